"""Pages cut out of a PDF, laid over a sheet and put together, read by an independent library."""

import io
import re

import pikepdf
import pytest
from pypdf import PdfReader

from printing import pdf


def write(*texts):
    """Return a PDF with a page for each text."""
    with pikepdf.new() as made:
        for text in texts:
            page = made.add_blank_page(page_size=(99, 99))
            page.Contents = made.make_stream(b"BT (%s) Tj ET" % text.encode())
        output = io.BytesIO()
        made.save(output)
        return output.getvalue()


def pages(content):
    return PdfReader(io.BytesIO(content), strict=True).pages


def drawing(page):
    """Return what a page draws, the forms it calls put in."""
    said = page.get_contents().get_data()
    for name, form in page["/Resources"].get("/XObject", {}).items():
        said = said.replace(name.encode() + b" Do", form.get_object().get_data())
    return re.findall(rb"\((\w+)\)", said)


def test_a_file_a_page():
    files = pdf.split(write("one", "two", "three"))
    assert [[drawing(page) for page in pages(file)] for file in files] == [
        [[b"one"]],
        [[b"two"]],
        [[b"three"]],
    ]


def test_only_what_the_page_needs():
    one, _two = pdf.split(write("one", "x" * 5000))
    assert len(one) < 1500


def test_the_sheet_is_drawn_first():
    files = pdf.split(write("one", "two"), write("sheet"))
    assert [drawing(pages(file)[0]) for file in files] == [[b"sheet", b"one"], [b"sheet", b"two"]]


def test_merging_keeps_the_order_and_the_sheet_once():
    files = pdf.split(write("one", "two", "one"), write("sheet"))
    merged = pdf.merge(files)
    assert [drawing(page) for page in pages(merged)] == [
        [b"sheet", b"one"],
        [b"sheet", b"two"],
        [b"sheet", b"one"],
    ]
    with pikepdf.open(io.BytesIO(merged)) as made:
        forms = {form.objgen for page in made.pages for form in page.Resources.XObject.values()}
    assert len(forms) == 1


def test_splitting_what_was_merged():
    files = pdf.split(write("one", "two"), write("sheet"))
    assert [drawing(pages(file)[0]) for file in pdf.split(pdf.merge(files))] == [
        [b"sheet", b"one"],
        [b"sheet", b"two"],
    ]


@pytest.mark.parametrize("spoilt", [b"", b"no PDF at all"])
def test_what_is_no_pdf_is_refused(spoilt):
    with pytest.raises(pikepdf.PdfError):
        pdf.split(spoilt)
