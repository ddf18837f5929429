"""Word files: what the fields of a template become, what is wrong and where; what a returned file says otherwise."""

import base64
import copy
import html
import io
import unicodedata
import zipfile

import pytest
from docx import Document
from docx.enum.dml import MSO_THEME_COLOR
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from PIL import Image

from printing import word, word_check, word_compare, word_paper, word_template, word_xml
from printing.word_paper import Paper

MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
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
        for read in (word_compare.read_lines, lambda given: word_template.find_problems(given, FIELDS)):
            try:
                read(bytes(spoilt))
            except ValueError:
                refused += 1
    assert refused > length


# ---------- A template ----------

FIELDS = word_template.Fields(["number", "date"], {"line": ["name", "sum"], "other": ["name"]}, ["body"])


def fill(content, values, lines):
    return word_template.fill(content, [Paper(values, {"line": lines})])


def test_fields_are_filled_however_word_split_them():
    content = make_template(["Số: {", "num", "ber}/QĐ, ", "{date}"], row=["{line.name}", "{ line.sum } đồng"])
    assert word_template.find_problems(content, FIELDS) == []
    lines = [{"name": name, "sum": sum_} for name, sum_ in ROWS]
    paragraphs, (table,) = read(fill(content, {"number": "12", "date": "ngày\n05"}, lines))
    assert paragraphs == ["Số: 12/QĐ, ngày\n05"]
    assert table == [["", ""], *([name, f"{sum_} đồng"] for name, sum_ in ROWS)]


def test_a_value_with_braces_is_a_value():
    content = make_template(["{number} {date}"])
    assert read(fill(content, {"number": "{date}", "date": "5"}, []))[0] == ["{date} 5"]


def test_a_wrong_field_is_named_with_its_place():
    content = make_template(["{number}"], ["x {nubmer} và {line.name}"], row=["{line.nam}", ""])
    problems = word_template.find_problems(content, FIELDS)
    assert problems == [
        word_template.Problem("{nubmer}", word_template.Place("body", 2)),
        word_template.Problem("{line.name}", word_template.Place("body", 2), kind="stray"),
        word_template.Problem("{line.nam}", word_template.Place("body", 1, table=1, row=2)),
    ]


def test_headers_and_footers_too():
    document = Document(io.BytesIO(make_template(["{number}"])))
    document.sections[0].footer.paragraphs[0].text = "{number} {other}"
    output = io.BytesIO()
    document.save(output)
    (problem,) = word_template.find_problems(output.getvalue(), FIELDS)
    assert (problem.field, problem.place.part) == ("{other}", "footer")
    filled = Document(io.BytesIO(fill(output.getvalue(), {"number": "9"}, [])))
    assert filled.sections[0].footer.paragraphs[0].text == "9 {other}"


def test_a_value_of_a_line_that_looks_like_a_field_is_a_value():
    content = make_template(["{number}"], row=["{line.name}", "{number} {line.sum}"])
    lines = [{"name": "{number} {line.sum}", "sum": "{total}"}]
    paragraphs, (table,) = read(fill(content, {"number": "{line.name}"}, lines))
    assert paragraphs == ["{line.name}"]
    assert table[1:] == [["{number} {line.sum}", "{line.name} {total}"]]


@pytest.mark.parametrize(
    "text",
    [
        *("{{number}}", "{% for x in line %}", "{{ line.__class__.__mro__ }}", "{number.env}", "{number!r}"),
        "{0}",
        *("{number:>9}", "{number[0]}", "{line.name.__init__}", "{}", "{ number", "number}"),
    ],
)
def test_a_template_computes_nothing(text):
    content = make_template(["x"], row=[text, ""])
    assert word_template.find_problems(content, FIELDS)
    before = read(content)
    if "{number}" not in text:
        assert read(fill(content, {"number": "1"}, [{}])) == before


def test_what_xml_cannot_hold_is_left_out():
    content = make_template(["{number}"])
    assert read(fill(content, {"number": "1\x0b\x00\ud800"}, []))[0] == ["1"]


NASTY = "Nguyễn & <b>An</b> \"x\" 'y' ]]> &amp; " + "Rất dài " * 60 + "!"


def test_names_are_text_whatever_is_in_them():
    content = make_template(["{number}"], row=["{line.name}", ""])
    paragraphs, (table,) = read(fill(content, {"number": NASTY}, [{"name": NASTY}]))
    assert paragraphs == [NASTY] and table[1][0] == NASTY
    page = make([(html.escape(NASTY), "1")])
    assert read(word.build(page))[1][0][1][1] == NASTY


TABLE = (
    "<table class='lines' data-lines='%s'><tr class='group'><td data-group='1'>Tập thể</td></tr>%s</table>"
)
ROW = "<tr><td class='index'>1</td><td data-field='name'>%s</td></tr>"


def make_sheet(names, copy_of=""):
    rows = "".join(ROW % name for name in names) + "<tr class='total'><td data-field='total'>9</td></tr>"
    return (
        f"<section class='sheet' data-copy='{copy_of}'><table class='heading'><tr><td data-field='agency'>Sở</td></tr>"
        f"</table><p data-field='bases'>Căn cứ A;</p><p data-field='bases'>Căn cứ B.</p><p>Xét  đề nghị</p>"
        f"{TABLE % ('line', rows)}<table class='signature'><tr><td>An</td></tr></table></section>"
    )


def test_a_page_is_read_into_fields_lines_and_blocks():
    annex = f"<section class='sheet' data-paper='297 210'>{TABLE % ('other', ROW % 'Chi')}</section>"
    (paper,) = word_paper.read(make_sheet(["An", "Bình"]) + annex)
    assert paper.values == {"agency": "Sở", "bases": "Căn cứ A;\nCăn cứ B.", "total": "9"}
    assert paper.lists["line"] == [{"group": "Tập thể", "name": "An"}, {"group": "Tập thể", "name": "Bình"}]
    assert paper.lists["other"][0]["name"] == "Chi"
    assert [block.tag for block, _width in paper.blocks["body"]] == ["p", "p", "p", "table"]
    assert [(block.tag, width) for block, width in paper.blocks["annex"]] == [("table", 252.0)]


def test_the_text_of_a_paper_stands_in_the_form_of_the_agency():
    content = make_template(["Trước"], ["{body}"], ["Sau"])
    document = Document(io.BytesIO(word_template.fill(content, word_paper.read(make_sheet(["An", "Bình"])))))
    texts = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert texts == ["Trước", "Căn cứ A;", "Căn cứ B.", "Xét đề nghị", "Sau"]
    assert [row.cells[-1].text for row in document.tables[0].rows] == ["Tập thể", "An", "Bình", "9"]
    assert document.styles["Thân văn bản"].font.name == word_xml.FONT


def test_a_style_of_the_agency_keeps_its_look():
    made = Document(io.BytesIO(make_template(["{body}"])))
    made.styles.add_style("Thân văn bản", WD_STYLE_TYPE.PARAGRAPH).font.name = "Arial"
    output = io.BytesIO()
    made.save(output)
    document = Document(
        io.BytesIO(word_template.fill(output.getvalue(), word_paper.read(make_sheet(["An"]))))
    )
    assert document.styles["Thân văn bản"].font.name == "Arial"
    assert "Thân văn bản" in {paragraph.style.name for paragraph in document.paragraphs}


def test_a_wide_list_is_made_as_narrow_as_the_page():
    sheet = "<section class='sheet' data-paper='297 210' data-margins='20 15 15 30'>%s</section>"
    table = "<table class='lines' data-widths='52 200'><tr><td>1</td><td>An</td></tr></table>"
    papers = word_paper.read(sheet % table)
    made = Document(io.BytesIO(make_template(["{body}"])))
    section = made.sections[0]
    section.page_width, section.left_margin, section.right_margin = Mm(210), Mm(30), Mm(15)
    output = io.BytesIO()
    made.save(output)
    (table,) = Document(io.BytesIO(word_template.fill(output.getvalue(), papers))).tables
    assert sum(column.width.mm for column in table.columns) == pytest.approx(165, abs=0.2)


def test_a_paper_for_each_of_many_on_pages_of_their_own():
    content = make_template(["Phiếu của {agency}"], row=["{line.name}", ""])
    papers = word_paper.read(make_sheet(["An"], 1) + make_sheet(["Bình", "Chi"], 2))
    document = Document(io.BytesIO(word_template.fill(content, papers)))
    assert [[row.cells[0].text for row in table.rows] for table in document.tables] == [
        ["", "An"],
        ["", "Bình", "Chi"],
    ]
    assert document.element.xml.count('w:type="page"') == 1
    assert sum(paragraph.text == "Phiếu của Sở" for paragraph in document.paragraphs) == 2


def test_what_differs_among_copies_stands_in_no_header():
    """All copies share the header of the file: it would name the first of them."""
    document = Document(io.BytesIO(make_template(["{name}"])))
    document.sections[0].header.paragraphs[0].text = "{agency}, phiếu của {name}"
    output = io.BytesIO()
    document.save(output)
    known = word_template.Fields(["agency", "name"], own=["name"])
    (problem,) = word_template.find_problems(output.getvalue(), known)
    assert (problem.field, problem.kind, problem.place.part) == ("{name}", "copy", "header")
    papers = [Paper({"agency": "Sở", "name": name}) for name in ("An", "Bình")]
    made = Document(io.BytesIO(word_template.fill(output.getvalue(), papers)))
    assert made.sections[0].header.paragraphs[0].text == "Sở, phiếu của "
    assert [one.text for one in made.paragraphs if one.text.strip()] == ["An", "Bình"]


def test_lines_of_a_field_that_stands_alone_are_paragraphs():
    paragraphs, _tables = read(fill(make_template(["{date}"], ["x {date}"]), {"date": "một\nhai"}, []))
    assert paragraphs == ["một", "hai", "x một\nhai"]


def test_a_box_that_hangs_on_a_paragraph_is_filled_by_itself():
    document = Document(io.BytesIO(make_template(["Số: {number}"])))
    box = f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>{{date}} {{dat}}</w:t></w:r></w:p>"
    document.paragraphs[0]._p.append(parse_xml(f"{box}</w:txbxContent></w:pict></w:r>"))
    output = io.BytesIO()
    document.save(output)
    assert [problem.field for problem in word_template.find_problems(output.getvalue(), FIELDS)] == ["{dat}"]
    made = Document(io.BytesIO(fill(output.getvalue(), {"number": "9", "date": "một"}, [])))
    texts = [node.text for node in made.element.body.iter(qn("w:t"))]
    assert texts == ["Số: 9", "một {dat}"]


@pytest.mark.parametrize(
    ("runs", "row", "kind"),
    [
        (["x {body}"], (), "block"),
        (["x"], ["{body}", ""], "block"),
        (["x"], ["{line.name} {other.name}", ""], "mixed"),
        (["{other.name}"], (), "stray"),
    ],
)
def test_what_stands_where_it_cannot_be_filled(runs, row, kind):
    (problem,) = word_template.find_problems(make_template(runs, row=row), FIELDS)
    assert problem.kind == kind


def test_a_field_in_a_footnote_is_named():
    document = Document(io.BytesIO(make_template(["x"])))
    text = "<w:footnote><w:p><w:r><w:t>{number}</w:t></w:r></w:p></w:footnote>"
    note = f"<w:footnotes {nsdecls('w')}>{text}</w:footnotes>"
    part = Part(
        PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, note.encode(), document.part.package
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    output = io.BytesIO()
    document.save(output)
    (problem,) = word_template.find_problems(output.getvalue(), FIELDS)
    assert (problem.kind, problem.place) == ("note", word_template.Place("note", 1))


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
        "pPr": "pStyle keepNext pBdr spacing ind sectPr",
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


# ---------- What breaks ----------

CHECKED = word_template.Fields(
    ["number", "agency", "opinions"], {"line": ["index", "name", "sum"]}, ["body", "annex"]
)
KINDS = {"number": "short", "agency": "unit", "opinions": "text", "line.name": "name", "line.sum": "money"}
NEEDED = [["number"], ["agency"], ["line.name", "annex"]]


def check(document):
    output = io.BytesIO()
    document.save(output)
    sample = word_check.make_sample(CHECKED, lambda name: KINDS.get(name, "short"))
    return word_check.check(output.getvalue(), CHECKED, sample, NEEDED, {"opinions"})


def make_wide(row):
    """Return a template with A4 paper and a table over its whole width."""
    document = Document(io.BytesIO(make_template(["{agency} {number}"], row=row)))
    section = document.sections[0]
    section.page_width, section.left_margin, section.right_margin = Mm(210), Mm(30), Mm(15)
    return document


def set_widths(document, *widths):
    (table,) = document.tables
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        for cell in (column, *column.cells):
            cell.width = Mm(width)


def test_a_good_template_breaks_in_nothing():
    document = make_wide(["{line.index}", "{line.name}", "{line.sum}"])
    set_widths(document, 15, 100, 45)
    document.add_paragraph("{opinions}")
    assert check(document) == []


def test_what_a_paper_must_show_is_missing():
    found = check(Document(io.BytesIO(make_template(["{number}"]))))
    assert [(one.kind, one.text) for one in found] == [
        ("missing", "{agency}"),
        ("missing", "{line.name} {annex}"),
    ]


def test_a_column_is_too_narrow_for_a_sum():
    document = make_wide(["{line.index}", "{line.name}", "{line.sum}"])
    set_widths(document, 15, 130, 15)
    (finding,) = check(document)
    assert (finding.kind, finding.text, finding.place.row) == ("word", "1.234.567.890", 2)


def test_a_row_of_fixed_height_cuts_a_name():
    document = make_wide(["{line.index}", "{line.name}", "{line.sum}"])
    set_widths(document, 15, 40, 45)
    row = document.tables[0].rows[1]
    row.height, row.height_rule = Mm(6), WD_ROW_HEIGHT_RULE.EXACTLY
    (finding,) = check(document)
    assert finding.kind == "cut" and finding.text.startswith("Công Tằng")


@pytest.mark.parametrize("parted", ["{agency}\t{number}", "{agency}          {number}"])
def test_what_is_set_side_by_side_does_not_fit(parted):
    document = make_wide(["{line.index}", "{line.name}", "{line.sum}"])
    set_widths(document, 15, 100, 45)
    document.add_paragraph(parted)
    assert [finding.kind for finding in check(document)] == ["line"]


def test_a_label_stays_alone_and_a_table_is_too_wide():
    document = make_wide(["{line.index}", "{line.name}", "{line.sum}"])
    set_widths(document, 15, 150, 45)
    document.add_paragraph("Ý kiến của các cơ quan: {opinions}")
    assert [finding.kind for finding in check(document)] == ["alone", "wide"]


def test_a_box_of_fixed_size_cuts_a_long_name():
    document = make_wide(["{line.index}", "{line.name}", "{line.sum}"])
    set_widths(document, 15, 100, 45)
    text = "<w:txbxContent><w:p><w:r><w:t>{agency}</w:t></w:r></w:p></w:txbxContent>"
    shape = f"<v:shape style='width:90pt;height:20pt'><v:textbox>{text}</v:textbox></v:shape>"
    box = f"<w:r {nsdecls('w')} xmlns:v='urn:schemas-microsoft-com:vml'><w:pict>{shape}</w:pict></w:r>"
    document.paragraphs[0]._p.append(parse_xml(box))
    assert [finding.kind for finding in check(document)] == ["cut"]


# ---------- What somebody hides from the comparison ----------


def work_on(change):
    document = Document(io.BytesIO(word.build(make())))
    change(document)
    output = io.BytesIO()
    document.save(output)
    return word_compare.compare(word.build(make()), output.getvalue(), ["Nguyễn Thị An"])


def hide(document):
    run = next(run for run in document.paragraphs[1].runs if "An" in run.text)
    run.font.hidden = True


def write_above(document):
    document.sections[0].first_page_header.paragraphs[0].text = "Bản này thay bản trước"


def paste(document):
    picture = io.BytesIO()
    Image.new("RGB", (9, 9)).save(picture, "PNG")
    picture.seek(0)
    document.paragraphs[1].add_run().add_picture(picture)


def write_in_a_note(document):
    text = "<w:footnote><w:p><w:r><w:t>Trừ bà An</w:t></w:r></w:p></w:footnote>"
    notes = f"<w:footnotes {nsdecls('w')}>{text}</w:footnotes>".encode()
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, notes, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def hide_by_style(document):
    style = document.styles.add_style("Ẩn", WD_STYLE_TYPE.CHARACTER)
    style.font.hidden = True
    heir = document.styles.add_style("Ẩn nữa", WD_STYLE_TYPE.CHARACTER)
    heir.base_style = style
    next(run for run in document.paragraphs[1].runs if "An" in run.text).style = heir


def strike_out(document):
    """As people do who work on paper."""
    for cell in document.tables[0].rows[1].cells:
        for run in cell.paragraphs[0].runs:
            run.font.strike = True


def find_an(document):
    return next(run for run in document.paragraphs[1].runs if "An" in run.text)


def write_white(document):
    find_an(document).font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)


def write_in_the_colour_of_the_paper(document):
    find_an(document).font.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1


def write_tiny(document):
    find_an(document).font.size = Pt(1)


def fade_by_style(document):
    style = document.styles.add_style("Nhạt", WD_STYLE_TYPE.CHARACTER)
    style.font.color.rgb = RGBColor(0xF2, 0xF2, 0xF2)
    find_an(document).style = style


def add_a_sign(document):
    run = find_an(document)._r
    run.append(parse_xml(f"<w:sym {nsdecls('w')} w:font='Wingdings' w:char='F0FC'/>"))


def write_an_equation(document):
    text = f"<m:oMath xmlns:m='{MATH}'><m:r><m:t>trừ bà An</m:t></m:r></m:oMath>"
    document.paragraphs[1]._p.append(parse_xml(text))


def hide_a_row(document):
    document.tables[0].rows[1]._tr.get_or_add_trPr().append(parse_xml(f"<w:hidden {nsdecls('w')}/>"))


def press_a_row_flat(document):
    row = document.tables[0].rows[1]
    row.height_rule, row.height = WD_ROW_HEIGHT_RULE.EXACTLY, Pt(0.05)


def delete_in_tracked_changes(document):
    paragraph = document.paragraphs[1]._p
    deleted = parse_xml(f"<w:del {nsdecls('w')} w:id='1' w:author='x'/>")
    run = next(run for run in document.paragraphs[1].runs if "An" in run.text)._r
    run.addprevious(deleted)
    deleted.append(run)
    assert paragraph.find(qn("w:del")) is not None


def wrap(element):
    """Set an element into a content control, as templates of document systems have them."""
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent/></w:sdt>")
    element.addprevious(control)
    control[1].append(element)


def add_a_row_in_a_control(document):
    row = document.tables[0].rows[1]._tr
    more = copy.deepcopy(row)
    row.addnext(more)
    next(node for node in more.iter(qn("w:t")) if "An" in node.text).text = "Phạm Thị Thêm"
    wrap(more)


def change_a_cell_in_a_control(document):
    cell = document.tables[0].rows[1].cells[1]._tc
    next(cell.iter(qn("w:t"))).text = "Phạm Thị Khác"
    wrap(cell)


@pytest.mark.parametrize(
    "change",
    [
        *(hide, write_above, paste, write_in_a_note, hide_by_style, strike_out, delete_in_tracked_changes),
        *(add_a_row_in_a_control, change_a_cell_in_a_control),
        *(add_a_sign, write_an_equation, hide_a_row, press_a_row_flat),
        *(write_white, write_in_the_colour_of_the_paper, write_tiny, fade_by_style),
    ],
)
def test_what_is_hidden_laid_over_or_set_around_is_noticed(change):
    assert len(work_on(change)) == 1


def test_white_letters_on_a_dark_ground_are_read():
    def shade(document):
        for cell in document.tables[0].rows[0].cells:
            cell._tc.get_or_add_tcPr().append(
                parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="1F3864"/>')
            )
            for run in cell.paragraphs[0].runs:
                run.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)

    assert work_on(shade) == []


def test_dark_letters_in_a_pale_style_are_read():
    def darken(document):
        fade_by_style(document)
        find_an(document).font.color.rgb = RGBColor(0, 0, 0)

    assert work_on(darken) == []


def test_a_picture_in_crossed_out_letters_is_seen():
    def paste_struck(document):
        paste(document)
        document.paragraphs[1].runs[-1].font.strike = True

    assert len(work_on(paste_struck)) == 1


def test_what_stands_in_content_controls_is_read_as_elsewhere():
    def wrap_all(document):
        for row in document.tables[0].rows:
            wrap(row.cells[0]._tc)
            wrap(row._tr)
        wrap(document.tables[0]._tbl)
        wrap(document.paragraphs[1]._p)

    assert work_on(wrap_all) == []


def test_what_changes_its_place_in_a_line_is_a_fact():
    made = make().replace("cho bà Nguyễn Thị An", "cho 01 tập thể, 05 cá nhân: bà Nguyễn Thị An, ông Lê Chi")
    names = ["Nguyễn Thị An", "Lê Chi"]
    for before, after in (
        ("bà Nguyễn Thị An, ông Lê Chi", "ông Lê Chi, bà Nguyễn Thị An"),
        ("01 tập thể, 05 cá nhân", "05 tập thể, 01 cá nhân"),
    ):
        (found,) = word_compare.compare(word.build(made), word.build(made.replace(before, after)), names)
        assert found.is_fact


def test_letters_composed_otherwise_are_the_same():
    returned = unicodedata.normalize("NFD", make())
    assert returned != make()
    assert word_compare.compare(word.build(make()), word.build(returned), ["Nguyễn Thị An"]) == []


def test_a_row_of_a_template_may_stand_in_a_content_control():
    document = Document(io.BytesIO(make_template(["x"], row=["{line.name}", "{line.nam}"])))
    wrap(document.tables[0].rows[1]._tr)
    output = io.BytesIO()
    document.save(output)
    (problem,) = word_template.find_problems(output.getvalue(), FIELDS)
    assert (problem.field, problem.place) == ("{line.nam}", word_template.Place("body", 2, table=1, row=2))
    made = Document(io.BytesIO(fill(output.getvalue(), {}, [{"name": name} for name, _sum in ROWS])))
    texts = [node.text for node in made.element.body.iter(qn("w:t")) if node.text]
    assert texts == ["x", *(name for name, _sum in ROWS)]


def test_the_number_of_a_page_that_word_writes_is_nothing():
    def number(document):
        (field,) = document.sections[0].header.paragraphs[0]._p.iter(qn("w:fldSimple"))
        field.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>2</w:t></w:r>"))

    assert work_on(number) == []


# ---------- What stays together on a page ----------


def test_the_last_words_stay_with_the_signature_and_a_title_with_its_table():
    page = (
        "<section class='sheet'><p>Một</p><div class='table-title'><p><b>III. Kết quả</b></p></div>"
        "<table class='lines small'><thead><tr><th>STT</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>"
        "<p>Biên bản đã được thông qua./.</p>"
        "<table class='signature'><tr><td class='signer'><div class='signer-title'>Thư ký</div></td></tr></table>"
        "</section>"
    )
    document = Document(io.BytesIO(word.build(page)))
    kept = [one.text for one in document.paragraphs if one.paragraph_format.keep_with_next]
    assert kept == ["III. Kết quả", "", "Biên bản đã được thông qua./.", ""]
    heading = document.tables[0].cell(0, 0).paragraphs[0].style
    assert (heading.name, heading.font.size.pt, heading.paragraph_format.keep_with_next) == (
        *("Tiêu đề bảng nhỏ", 11.5),
        True,
    )
