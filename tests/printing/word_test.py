"""Word files: what the fields of a template become, what is wrong and where; what a returned file says otherwise."""

import base64
import html
import io
import zipfile

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from PIL import Image

from printing import word, word_compare, word_template

PAGE = """<html><body><section class="sheet" data-page-numbers="1"><div class="type-name">Quyết định</div>
<p class="article"><b>Điều 1.</b> Tặng <i>Giấy khen</i> cho bà Nguyễn Thị An vì đã cố gắng.</p>
<table class="lines" data-widths="12 62 102"><thead>
<tr><th class="index">STT</th>
<th>Họ tên</th><th>Mức thưởng</th></tr></thead><tbody>%s</tbody></table></section></body></html>"""
ROWS = [("Nguyễn Thị An", "700.000"), ("Trần Văn Bình", "700.000"), ("Lê Chi", "1.400.000")]


def make(rows=ROWS, **changes):
    body = "".join(
        f"<tr><td>{number}</td><td>{name}</td><td class='number'>{sum_}</td></tr>"
        for number, (name, sum_) in enumerate(rows, 1)
    )
    page = PAGE % body
    for before, after in changes.items():
        page = page.replace(before, after)
    return page


def make_template(*paragraphs, row=()):
    document = Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for text in runs:
            paragraph.add_run(text)
    if row:
        table = document.add_table(rows=2, cols=len(row))
        for cell, text in zip(table.rows[1].cells, row, strict=True):
            cell.text = text
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def read(content):
    document = Document(io.BytesIO(content))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    return [paragraph.text for paragraph in document.paragraphs], tables


# ---------- A file that came back ----------


def test_the_same_file_differs_in_nothing():
    assert word_compare.compare(word.build(make()), word.build(make()), ["Nguyễn Thị An"]) == []


def test_a_sentence_is_wording():
    returned = make().replace("cố gắng", "nỗ lực")
    (found,) = word_compare.compare(word.build(make()), word.build(returned), ["Nguyễn Thị An"])
    assert not found.is_fact and "nỗ lực" in found.after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("bà Nguyễn Thị An", "bà Nguyễn Thị Anh"),
        ("1.400.000", "1.500.000"),
        ("Trần Văn Bình", "Trần Văn Bính"),
    ],
)
def test_a_name_or_a_sum_is_a_fact(before, after):
    returned = make().replace(before, after)
    (found,) = word_compare.compare(word.build(make()), word.build(returned), ["Nguyễn Thị An"])
    assert found.is_fact and before in found.before and after in found.after


def test_a_row_that_is_gone_or_new_is_one_difference_though_those_below_are_renumbered():
    (gone,) = word_compare.compare(word.build(make()), word.build(make(ROWS[1:])), [])
    assert gone.is_fact and gone.after == "" and "Nguyễn Thị An" in gone.before
    (new,) = word_compare.compare(word.build(make(ROWS[1:])), word.build(make()), [])
    assert new.is_fact and new.before == "" and "Nguyễn Thị An" in new.after


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04"])
def test_what_is_no_word_file_is_told(content):
    with pytest.raises(ValueError):
        word_compare.read_lines(content)


def test_a_word_file_spoilt_at_any_byte_of_a_part_is_read_or_refused():
    """A picture is no XML: what looks for declarations of entities does not unpack it."""
    document, picture, output = Document(), io.BytesIO(), io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(picture, "BMP")
    document.add_picture(picture)
    document.save(output)
    content = output.getvalue()
    with zipfile.ZipFile(output) as archive:
        [part] = [part for part in archive.infolist() if part.filename.startswith("word/media/")]
    assert part.compress_type == zipfile.ZIP_DEFLATED
    length = 30 + len(part.filename) + part.compress_size
    refused = 0
    for place in range(part.header_offset, part.header_offset + length):
        spoilt = bytearray(content)
        spoilt[place] ^= 0xFF
        for read in (word_compare.read_lines, lambda given: word_template.find_problems(given, [], [])):
            try:
                read(bytes(spoilt))
            except ValueError:
                refused += 1
    assert refused > length


# ---------- A template ----------

FIELDS, LINE_FIELDS = ["number", "date"], ["name", "sum"]


def test_fields_are_filled_however_word_split_them():
    content = make_template(["Số: {", "num", "ber}/QĐ, ", "{date}"], row=["{line.name}", "{ line.sum } đồng"])
    assert word_template.find_problems(content, FIELDS, LINE_FIELDS) == []
    lines = [{"name": name, "sum": sum_} for name, sum_ in ROWS]
    paragraphs, (table,) = read(word_template.fill(content, {"number": "12", "date": "ngày\n05"}, lines))
    assert paragraphs == ["Số: 12/QĐ, ngày\n05"]
    assert table == [["", ""], *([name, f"{sum_} đồng"] for name, sum_ in ROWS)]


def test_a_value_with_braces_is_a_value():
    content = make_template(["{number} {date}"])
    assert read(word_template.fill(content, {"number": "{date}", "date": "5"}, []))[0] == ["{date} 5"]


def test_a_wrong_field_is_named_with_its_place():
    content = make_template(["{number}"], ["x {nubmer} và {line.name}"], row=["{line.nam}", ""])
    problems = word_template.find_problems(content, FIELDS, LINE_FIELDS)
    assert problems == [
        word_template.Problem("{nubmer}", word_template.Place("body", 2)),
        word_template.Problem("{line.name}", word_template.Place("body", 2), is_stray=True),
        word_template.Problem("{line.nam}", word_template.Place("body", 1, table=1, row=2)),
    ]


def test_headers_and_footers_too():
    document = Document(io.BytesIO(make_template(["{number}"])))
    document.sections[0].footer.paragraphs[0].text = "{number} {other}"
    output = io.BytesIO()
    document.save(output)
    (problem,) = word_template.find_problems(output.getvalue(), FIELDS, LINE_FIELDS)
    assert (problem.field, problem.place.part) == ("{other}", "footer")
    filled = Document(io.BytesIO(word_template.fill(output.getvalue(), {"number": "9"}, [])))
    assert filled.sections[0].footer.paragraphs[0].text == "9 {other}"


def test_a_value_of_a_line_that_looks_like_a_field_is_a_value():
    content = make_template(["{number}"], row=["{line.name}", "{number} {line.sum}"])
    lines = [{"name": "{number} {line.sum}", "sum": "{total}"}]
    paragraphs, (table,) = read(word_template.fill(content, {"number": "{line.name}"}, lines))
    assert paragraphs == ["{line.name}"]
    assert table[1:] == [["{number} {line.sum}", "{line.name} {total}"]]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "{{number}}",
            "{% for x in line %}",
            "{{ line.__class__.__mro__ }}",
            "{number.env}",
            "{number!r}",
            "{0}",
        ),
        *("{number:>9}", "{number[0]}", "{line.name.__init__}", "{}", "{ number", "number}"),
    ],
)
def test_a_template_computes_nothing(text):
    content = make_template(["x"], row=[text, ""])
    assert word_template.find_problems(content, FIELDS, LINE_FIELDS)
    before = read(content)
    if "{number}" not in text:
        assert read(word_template.fill(content, {"number": "1"}, [{}])) == before


def test_what_xml_cannot_hold_is_left_out():
    content = make_template(["{number}"])
    assert read(word_template.fill(content, {"number": "1\x0b\x00\ud800"}, []))[0] == ["1"]


NASTY = "Nguyễn & <b>An</b> \"x\" 'y' ]]> &amp; " + "Rất dài " * 60 + "!"


def test_names_are_text_whatever_is_in_them():
    content = make_template(["{number}"], row=["{line.name}", ""])
    paragraphs, (table,) = read(word_template.fill(content, {"number": NASTY}, [{"name": NASTY}]))
    assert paragraphs == [NASTY] and table[1][0] == NASTY
    page = make([(html.escape(NASTY), "1")])
    assert read(word.build(page))[1][0][1][1] == NASTY


@pytest.mark.parametrize("data", ["", "no base 64!", base64.b64encode(b"<svg onload='x'/>").decode()])
def test_a_picture_nobody_can_draw_is_left_out(data):
    page = make().replace("<b>Điều 1.</b>", f"<img src='data:image/svg+xml;base64,{data}'/>")
    assert not Document(io.BytesIO(word.build(page))).inline_shapes


def test_a_picture_of_the_web_is_drawn_and_one_elsewhere_is_not_fetched():
    output = io.BytesIO()
    Image.new("RGB", (4, 4)).save(output, "WEBP")
    source = f"data:image/webp;base64,{base64.b64encode(output.getvalue()).decode()}"
    page = make().replace("<b>Điều 1.</b>", f"<img src='{source}'/><img src='http://127.0.0.1:9/x.png'/>")
    assert len(Document(io.BytesIO(word.build(page))).inline_shapes) == 1


def test_text_that_was_moved_is_read_where_it_is_now():
    document = Document()
    document.add_paragraph("An")
    body = document.element.body
    moved = parse_xml(
        f"<w:p {nsdecls('w')}><w:moveFrom w:id='1'><w:r><w:t>Bình</w:t></w:r></w:moveFrom>"
        "<w:moveTo w:id='2'><w:r><w:t>Chi</w:t></w:r></w:moveTo>"
        "<w:del w:id='3'><w:r><w:delText>Dũng</w:delText></w:r></w:del></w:p>"
    )
    body.insert(0, moved)
    output = io.BytesIO()
    document.save(output)
    assert word_compare.read_lines(output.getvalue()) == ["Chi", "An"]


def test_properties_stand_in_the_order_word_asks_for():
    body = Document(
        io.BytesIO(
            word.build(make().replace("</section>", "</section><section class='sheet'><p>x</p></section>"))
        )
    ).element.body
    orders = {
        "sectPr": "headerReference type pgSz pgMar pgNumType cols titlePg docGrid",
        "tblPr": "tblW tblInd tblBorders tblLayout tblCellMar",
        "tcPr": "tcW gridSpan tcMar vAlign",
        "pPr": "pStyle pBdr spacing ind sectPr",
    }
    for name, order in orders.items():
        places = order.split()
        for properties in body.iter(qn(f"w:{name}")):
            found = [places.index(child.tag.split("}")[1]) for child in properties]
            assert found == sorted(found), (name, [child.tag for child in properties])


def test_a_sum_is_bold_and_stands_right():
    page = make().replace(
        "</tbody>", "<tr class='total'><td colspan='2'>Tổng</td><td class='number'>3</td></tr></tbody>"
    )
    document = Document(io.BytesIO(word.build(page)))
    assert document.tables[0].rows[-1].cells[-1].paragraphs[0].style.name == "Ô tổng"
