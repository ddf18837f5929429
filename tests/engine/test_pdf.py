"""Pages cut out of a PDF, laid over a sheet and put together, read by an independent library."""

import io
import re

import pytest
from pypdf import PdfReader

from engine import pdf


def pages(content):
    return PdfReader(io.BytesIO(content), strict=True).pages


def drawing(page):
    """Return what a page draws, the forms it calls put in."""
    said = page.get_contents().get_data()
    for name, form in page["/Resources"].get("/XObject", {}).items():
        said = said.replace(name.encode() + b" Do", form.get_object().get_data())
    return re.findall(rb"\((\w+)\)", said)


def test_a_file_a_page():
    files = pdf.split(pdf.write_sample("one", "two", "three"))
    assert [[drawing(page) for page in pages(file)] for file in files] == [
        [[b"one"]],
        [[b"two"]],
        [[b"three"]],
    ]


def test_only_what_the_page_needs():
    one, _two = pdf.split(pdf.write_sample("one", "x" * 5000))
    assert len(one) < 1500


def test_the_sheet_is_drawn_first():
    files = pdf.split(pdf.write_sample("one", "two"), pdf.write_sample("sheet"))
    assert [drawing(pages(file)[0]) for file in files] == [[b"sheet", b"one"], [b"sheet", b"two"]]


def test_the_sheet_of_pages_that_draw_forms_themselves():
    plain = pdf.write_sample("one").replace(b"/ProcSet [/PDF]", b"/XObject <<>>  ")
    (file,) = pdf.split(plain, pdf.write_sample("sheet"))
    assert drawing(pages(file)[0]) == [b"sheet", b"one"]


def test_merging_keeps_the_order_and_the_sheet_once():
    files = pdf.split(pdf.write_sample("one", "two", "one"), pdf.write_sample("sheet"))
    merged = pdf.merge(files)
    assert [drawing(page) for page in pages(merged)] == [
        [b"sheet", b"one"],
        [b"sheet", b"two"],
        [b"sheet", b"one"],
    ]
    assert merged.count(b"(sheet)") == 1
    assert merged.count(b"(one)") == 1


def test_splitting_what_was_merged():
    files = pdf.split(pdf.write_sample("one", "two"), pdf.write_sample("sheet"))
    assert [drawing(pages(file)[0]) for file in pdf.split(pdf.merge(files))] == [
        [b"sheet", b"one"],
        [b"sheet", b"two"],
    ]


@pytest.mark.parametrize(
    "spoilt",
    [
        b"",
        b"no PDF at all",
        pdf.write_sample("one")[:-20],
        b"moved" + pdf.write_sample("one"),
        pdf.write_sample("one").replace(b"/Kids [", b"/Kits ["),
        pdf.write_sample("one").replace(b"/ProcSet [/PDF]", b"/Myself   2 0 R"),
        pdf.write_sample("one").replace(b"/ProcSet [/PDF]", b"/Nowhere  9 0 R"),
        pdf.write_sample("one").replace(b"xref\n0 6", b"xref\n1 5"),
        pdf.write_sample("one").replace(
            b"xref\n0 6\n0000000000 65535 f ", b"xref\n0 1\n0000000000 65535 f \n1 5"
        ),
    ],
)
def test_what_is_not_plain_is_refused(spoilt):
    with pytest.raises(ValueError):
        pdf.split(spoilt, pdf.write_sample("sheet"))
