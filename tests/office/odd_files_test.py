"""Odd files: each gives the expected rows or says what was left out; nobody's award becomes another's."""

import io
import re
import tracemalloc
import zlib

import office_files as files
import pytest
from office_files import AN, BINH

from office import read_html, safety
from office.problems import OfficeError
from office.reader import read, read_pasted
from office.sheet import Sheet, text_of
from office.table import find_all
from office.vocabulary import KINDS

AWARDS = KINDS["award"]
SHORT = ["STT", "Họ và tên", "Đơn vị", "Danh hiệu"]
CUC = ["Lê Cúc", "Phòng Tổng hợp", "LĐTT"]
DUNG = ["Phạm Dũng", "Văn phòng", "CSTĐCS"]


def tables(content, synonyms=AWARDS, **options):
    sheets = read(content) if isinstance(content, bytes) else read_pasted(content)
    return find_all(sheets, synonyms, **options)


def rows(content, *keys, **options):
    """Return the texts of some columns, of all tables one after another."""
    found = []
    for table in tables(content, **options):
        places = [[heading.key for heading in table.headings].index(key) for key in keys]
        found += [tuple(text_of(row.cells[place]) for place in places) for row in table.rows]
    return found


def doubts(content, **options):
    return [row.doubts for table in tables(content, **options) for row in table.rows]


def left_out(content, **options):
    return tables(content, **options)[0].left_out


def sheet(*lines, shape=None):
    return files.xlsx(("DS", lines), shape=shape)


def reason(content):
    with pytest.raises(OfficeError) as caught:
        read(content)
    assert str(caught.value)
    return caught.value.reason


# ------------------------------------------------------------------------------------------------
# Where the table is
# ------------------------------------------------------------------------------------------------


def test_headings_in_english_and_without_accents():
    for head in (
        ["No", "Full name", "Department", "Award", "Decision number", "Decision date", "Year"],
        ["STT", "Ho va ten", "Don vi", "Danh hieu", "So quyet dinh", "Ngay quyet dinh", "Nam"],
    ):
        (table,) = tables(sheet(head, [1, *AN], [2, *BINH]))
        assert table.known == 6
        assert [row.cells[0] for row in table.rows] == [AN[0], BINH[0]]


def test_forty_and_a_hundred_empty_rows_first():
    for empty in (40, 100):
        assert rows(sheet(*[[]] * empty, SHORT, [1, *CUC]), "ho va ten") == [("Lê Cúc",)]


def test_sixty_columns():
    many = [f"Chỉ số {number}" for number in range(56)]
    found = rows(sheet(SHORT + many, [1, *CUC, *range(56)]), "ho va ten", "danh hieu", "chi so 55")
    assert found == [("Lê Cúc", "LĐTT", "55")]


def test_two_tables_side_by_side():
    head = [*SHORT, None, *SHORT]
    content = sheet(["DANH SÁCH"], head, [1, *CUC, None, 3, *AN[:1], "Tổ 1", "LĐTT"], [2, *DUNG])
    assert rows(content, "ho va ten", "danh hieu") == [
        ("Lê Cúc", "LĐTT"), ("Phạm Dũng", "CSTĐCS"), ("Nguyễn Văn An", "LĐTT")
    ]  # fmt: skip


def test_another_table_below_with_other_columns():
    content = sheet(
        ["Năm 2019"], SHORT, [1, *CUC], [], ["Năm 2020"], ["STT", "Đơn vị", "Danh hiệu", "Họ và tên"],
        [1, "Văn phòng", "CSTĐCS", "Phạm Dũng"],
    )  # fmt: skip
    assert rows(content, "ho va ten", "don vi", "danh hieu") == [tuple(CUC), tuple(DUNG)]
    first, second = tables(content)
    assert (first.above, second.above) == (["Năm 2019"], ["Năm 2020"])


def test_headings_again_on_each_page():
    content = sheet(SHORT, [1, *CUC], [text.upper() for text in SHORT], [2, *DUNG])
    assert rows(content, "ho va ten") == [("Lê Cúc",), ("Phạm Dũng",)]
    assert left_out(content) == {"headings": 1}


def test_a_list_with_fewer_columns_on_another_sheet_is_read():
    wide = [*SHORT, *(f"Cột {number}" for number in range(12))]
    content = files.xlsx(
        ("2019", [wide, [1, *CUC]]), ("2020", [["Họ tên", "Danh hiệu"], ["Phạm Dũng", "LĐTT"]])
    )
    assert [table.name for table in tables(content)] == ["2019", "2020"]


def test_a_hidden_sheet_is_named():
    def shape(book):
        book["Cũ"].sheet_state = "hidden"

    content = files.xlsx(("Mới", [SHORT, [1, *CUC]]), ("Cũ", [SHORT, [1, *DUNG]]), shape=shape)
    assert left_out(content) == {"hidden_sheets": 1}


def test_a_table_without_known_headings_beside_a_list_is_named():
    notes = [["Mục", "Nội dung"], ["a", "b"], ["c", "d"]]
    assert left_out(files.xlsx(("DS", [SHORT, [1, *CUC]]), ("Khác", notes))) == {"tables": 1}


def test_a_word_table_cut_in_two_goes_on():
    content = files.docx(
        "Danh sách", [SHORT, [1, *CUC]], "(Trang sau)", [[2, *DUNG], [3, "Lê Ẩn", "Tổ 1", "LĐTT"]]
    )
    assert rows(content, "ho va ten") == [("Lê Cúc",), ("Phạm Dũng",), ("Lê Ẩn",)]


# ------------------------------------------------------------------------------------------------
# Rows
# ------------------------------------------------------------------------------------------------


def test_units_as_sections_with_units_below():
    content = sheet(
        SHORT, ["A", "Khối cơ quan"], ["I", "Sở Nội vụ"], ["1. Phòng Tổng hợp"], [1, "Lê Cúc", None, "LĐTT"],
        ["2. Phòng Kế toán"], [1, "Phạm Dũng", None, "LĐTT"], ["II", "Sở Y tế"], [1, "Lê Ẩn", None, "LĐTT"],
    )  # fmt: skip
    (table,) = tables(content)
    assert [row.sections for row in table.rows] == [
        ("Khối cơ quan", "Sở Nội vụ", "Phòng Tổng hợp"), ("Khối cơ quan", "Sở Nội vụ", "Phòng Kế toán"),
        ("Khối cơ quan", "Sở Y tế"),
    ]  # fmt: skip
    assert table.left_out == {"sections": 5}


def test_a_name_alone_is_no_heading():
    head = ["STT", "Họ và tên", "Đơn vị", "Ghi chú"]
    content = sheet(
        ["Danh hiệu LĐTT"], head, [None, "Lê Cúc"], [None, "Vũ Thị Hoa"], [None, "Phòng Kế toán"], [1, "An"]
    )
    assert rows(content, "ho va ten") == [("Lê Cúc",), ("Vũ Thị Hoa",), ("An",)]
    assert doubts(content)[:2] == [("alone",), ("alone",)]
    assert tables(content)[0].rows[2].sections == ("Phòng Kế toán",)


def test_roman_running_numbers():
    content = sheet(
        ["Danh hiệu LĐTT"], ["STT", "Họ và tên", "Đơn vị"], ["I", "Lê Cúc"], ["II", "Vũ Dũng", "Tổ 1"]
    )
    assert rows(content, "ho va ten") == [("Lê Cúc",), ("Vũ Dũng",)]
    assert doubts(content) == [("alone",), ()]


def test_totals_in_the_middle():
    content = sheet(
        SHORT, [1, *CUC], ["Cộng: 1 người"], ["", "Tổng số (I)", None, "1 LĐTT"], [2, *DUNG],
        ["Tổng cộng", None, 2, 3, 4],
        [3, "Tống Văn Công", "Tổng kho", "LĐTT"],
    )  # fmt: skip
    assert rows(content, "ho va ten") == [("Lê Cúc",), ("Phạm Dũng",), ("Tống Văn Công",)]
    assert left_out(content) == {"totals": 3}


def test_what_looks_like_a_signature_does_not_end_the_list():
    content = sheet(
        SHORT, [1, *CUC], ["Chủ tịch UBND tỉnh tặng Bằng khen"], [2, *DUNG], ["Giám đốc Sở tặng Giấy khen"],
        [3, "Lê Ẩn", "Tổ 1", "LĐTT"], [None, "Người lập biểu", None, "Giám đốc"], [None, "Trần Ký", None, "Lê Duyệt"],
    )  # fmt: skip
    assert rows(content, "ho va ten") == [("Lê Cúc",), ("Phạm Dũng",), ("Lê Ẩn",)]
    assert left_out(content)["below"] == 2


def test_a_post_in_a_row_without_a_name_is_no_signature():
    head = ["STT", "Họ và tên", "Chức vụ", "Danh hiệu"]
    content = sheet(
        head, [1, "Lê Cúc", "Phó Giám đốc", "LĐTT"], [None, None, "Giám đốc", "CSTĐCS"], [2, "An", "", "LĐTT"]
    )
    assert rows(content, "ho va ten", "danh hieu") == [
        ("Lê Cúc", "LĐTT"),
        ("Lê Cúc", "CSTĐCS"),
        ("An", "LĐTT"),
    ]


def test_who_signs_is_no_recipient():
    head = ["STT", "Họ và tên", "Đơn vị"]
    content = sheet(
        ["Danh hiệu LĐTT"], head, [1, "Lê Cúc", "Tổ 1"], [2, "An", "Tổ 1"], [None, "KẾ TOÁN TRƯỞNG", "BÍ THƯ"],
        [None, "Trần Ký", "Lê Duyệt"],
    )  # fmt: skip
    assert [found[-1:] for found in doubts(content)] == [(), (), ("unnumbered",), ("unnumbered",)]


def test_one_person_two_awards_in_merged_cells():
    def shape(book):
        for area in ("A2:A3", "B2:B3", "C2:C3"):
            book.active.merge_cells(area)

    content = sheet(SHORT, [1, *CUC], [None, None, None, "CSTĐCS"], [2, *DUNG], shape=shape)
    assert rows(content, "ho va ten", "danh hieu") == [
        ("Lê Cúc", "LĐTT"), ("Lê Cúc", "CSTĐCS"), ("Phạm Dũng", "CSTĐCS")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line", [[None, "Văn phòng", "CSTĐCS"], [None, "nt", "CSTĐCS", "001085000124"]], ids=["unit", "identity"]
)
def test_a_missing_name_is_not_the_one_above(line):
    head = ["Họ và tên", "Đơn vị", "Danh hiệu", "CCCD"]
    content = sheet(head, ["Lê Cúc", "Phòng Tổng hợp", "LĐTT", "001085000123"], line)
    assert rows(content, "ho va ten") == [("Lê Cúc",), ("",)]


def test_a_filtered_row_takes_its_second_award_along():
    def shape(book):
        book.active.row_dimensions[3].hidden = True

    content = sheet(SHORT, [1, *CUC], [2, *DUNG], [None, None, None, "Giấy khen"], shape=shape)
    assert rows(content, "ho va ten") == [("Lê Cúc",), ("Phạm Dũng",)]
    assert left_out(content) == {"hidden": 1}


def test_a_section_stands_between_a_name_and_a_blank():
    content = sheet(SHORT, [1, *CUC], ["II", "Cá nhân"], [None, None, None, "CSTĐCS"])
    assert rows(content, "ho va ten") == [("Lê Cúc",), ("",)]


def test_ditto_marks():
    content = sheet(
        ["Họ và tên", "Danh hiệu", "Số quyết định"], ["An", "LĐTT", "1/QĐ-A"], ["Cúc", '"', "-nt-"]
    )
    assert rows(content, "danh hieu", "so quyet dinh")[1] == ("LĐTT", "1/QĐ-A")


def test_errors_of_formulas_are_no_texts():
    content = "Họ và tên;Danh hiệu;Số quyết định\nAn;LĐTT;#REF!\n#N/A;LĐTT;1/QĐ-A".encode()
    (table,) = tables(content)
    assert [row.problems for row in table.rows] == [("so quyet dinh",), ("ho va ten",)]

    def shape(book):
        book.active["B2"] = "#N/A"
        book.active["B2"].data_type = "e"

    (table,) = tables(sheet(SHORT, [1, *CUC], shape=shape))
    assert table.rows[0].problems == ("ho va ten",)


def test_percents_are_as_they_look():
    def shape(book):
        book.active["B2"].number_format = "0%"

    assert rows(sheet(["Họ và tên", "Điểm"], ["An", 0.98], shape=shape), "diem", synonyms=KINDS["score"]) == [
        ("98%",)
    ]


# ------------------------------------------------------------------------------------------------
# Struck through
# ------------------------------------------------------------------------------------------------


def strike_xlsx(whole):
    from openpyxl.styles import Font

    def shape(book):
        for place in ("A3", "B3", "C3", "D3") if whole else ("D3",):
            book.active[place].font = Font(strike=True)

    return sheet(SHORT, [1, *CUC], [2, *DUNG], shape=shape)


def strike_xls(whole):
    import xlwt

    book = xlwt.Workbook()
    page = book.add_sheet("DS")
    gone = xlwt.easyxf("font: struck_out on")
    for top, line in enumerate([SHORT, [1, *CUC], [2, *DUNG]]):
        for left, value in enumerate(line):
            style = gone if top == 2 and (whole or left == 3) else xlwt.Style.default_style
            page.write(top, left, value, style)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def strike_docx(whole):
    from docx import Document

    document = Document()
    table = document.add_table(3, 4)
    for top, line in enumerate([SHORT, [1, *CUC], [2, *DUNG]]):
        for left, value in enumerate(line):
            run = table.cell(top, left).paragraphs[0].add_run(str(value))
            run.font.strike = (top == 2 and (whole or left == 3)) or None
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def strike_html(whole):
    cells = "".join(
        f"<td>{text if left < 3 and not whole else f'<s>{text}</s>'}" for left, text in enumerate([2, *DUNG])
    )
    head = "".join(f"<th>{text}" for text in SHORT)
    return f"<table><tr>{head}<tr><td>1<td>{'<td>'.join(CUC)}<tr>{cells}</table>"


@pytest.mark.parametrize("make", [strike_xlsx, strike_xls, strike_docx, strike_html])
def test_struck_through(make):
    assert rows(make(whole=True), "ho va ten") == [("Lê Cúc",)]
    assert left_out(make(whole=True)) == {"struck": 1}
    assert doubts(make(whole=False)) == [(), ("struck",)]


# ------------------------------------------------------------------------------------------------
# Encodings and containers
# ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258"])
def test_csv_encodings(encoding):
    import unicodedata

    text = "STT;Họ và tên;Danh hiệu\n1;Nguyễn Thị Phượng;LĐTT\n"
    if encoding == "cp1258":  # hats stand with their letters, tones after them
        parts = unicodedata.normalize("NFD", text)
        for hat in ("a\u0306", "a\u0302", "e\u0302", "o\u0302", "o\u031b", "u\u031b"):
            parts = parts.replace(hat, unicodedata.normalize("NFC", hat))
            parts = parts.replace(hat[0] + "\u0323" + hat[1], unicodedata.normalize("NFC", hat) + "\u0323")
        text = parts.replace("Đ", "\u0110")
    content = text.encode(encoding)
    if encoding == "utf-16-le":
        assert reason(content) == "unknown"
        return
    assert rows(content, "ho va ten", "danh hieu") == [("Nguyễn Thị Phượng", "LĐTT")]


def test_old_font_in_some_cells_only():
    content = sheet(
        SHORT, [1, "NguyÔn V¨n §øc", "Phßng Tæng hîp", "Lao ®éng tiªn tiÕn"],
        [2, "Bùi Thị Đào", "Phòng Bá", "LĐTT"],
        *([number, "TrÇn ThÞ Ph­¬ng", "V¨n phßng", "LĐTT"] for number in range(3, 9)),
    )  # fmt: skip
    found = rows(content, "ho va ten", "don vi")
    assert found[0] == ("Nguyễn Văn Đức", "Phòng Tổng hợp")
    assert found[1] == ("Bùi Thị Đào", "Phòng Bá")


def test_locked_files():
    manifest = '<manifest><file-entry full-path="content.xml"><encryption-data/></file-entry></manifest>'
    mime = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}
    assert (
        reason(files.archive(**mime, **{"META-INF/manifest.xml": manifest, "content.xml": "\x00\x01"}))
        == "locked"
    )
    assert reason(files.archive(**mime, **{"encrypted-package": "\x00\x01"})) == "locked"


def test_a_locked_pdf():
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(100, 700, "text")
    canvas.save()
    assert reason(buffer.getvalue()) == "locked"


def test_pages_of_a_pdf_that_are_pictures_are_named():
    from PIL import Image
    from reportlab.lib import colors
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Table

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    grid = Table(
        [["No", "Name", "Award"], ["1", "An", "LDTT"]], style=[("GRID", (0, 0), (-1, -1), 1, colors.black)]
    )
    grid.wrapOn(canvas, 400, 400)
    grid.drawOn(canvas, 50, 600)
    canvas.showPage()
    canvas.drawImage(ImageReader(Image.new("RGB", (50, 50), "gray")), 0, 0, 500, 700)
    canvas.showPage()
    canvas.save()
    assert left_out(buffer.getvalue())["pictures"] == 1


def test_bombs(monkeypatch):
    packed = zlib.compress(b"0" * 5_000_000)
    pdf = b"%PDF-1.4\n1 0 obj<</Filter/FlateDecode>>stream\n" + packed + b"\nendstream"
    twice = b"%PDF-1.4\n1 0 obj<<>>stream\r\n" + zlib.compress(packed) + b"\nendstream"
    monkeypatch.setattr(safety, "MOST_STREAMS", 4_000_000)
    assert (reason(pdf), reason(twice)) == ("bomb", "bomb")
    monkeypatch.setattr(safety, "MOST_SHARED", 1_000_000)
    texts = {"xl/workbook.xml": "<workbook/>", "xl/sharedStrings.xml": "<si><t>a</t></si>" * 100_000}
    assert reason(files.archive(**texts)) == "bomb"


def test_wide_cells_do_not_fill_the_memory():
    wide = "<td colspan=1000 rowspan=1000>a" * 300
    page = f"<table><tr><td>Họ tên<td>Danh hiệu<td>Năm<tr><td>An<td>LĐTT<td>2020{wide * 20}</table>"
    tracemalloc.start()
    read_html.read_html(page)
    assert tracemalloc.get_traced_memory()[1] < 60_000_000
    tracemalloc.stop()
    from docx import Document
    from docx.oxml.ns import qn

    document = Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "a"
    table.cell(1, 0)._tc.get_or_add_tcPr().get_or_add_gridSpan().set(qn("w:val"), "2000000000")
    buffer = io.BytesIO()
    document.save(buffer)
    assert read(buffer.getvalue())[0].rows == [["a"]]


def test_many_sheets_that_repeat_a_row():
    body = "".join(
        f'<table:table table:name="{number}"><table:table-row table:number-rows-repeated="59000">'
        '<table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell>'
        "</table:table-row></table:table>"
        for number in range(50)
    )
    names = ("office", "table", "text")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    content = f"<office:document-content {spaces}><office:body>{body}</office:body></office:document-content>"
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    assert reason(files.archive(mimetype=mime, **{"content.xml": content})) == "too_many_rows"


def test_cells_joined_without_end():
    found = Sheet("1", [SHORT, *([number, *CUC] for number in range(50_000))])
    found.merged = [(number, 0, 60_000, 99) for number in range(300)]
    with pytest.raises(OfficeError) as caught:
        find_all([found], AWARDS)
    assert caught.value.reason == "too_joined"


# ------------------------------------------------------------------------------------------------
# Word
# ------------------------------------------------------------------------------------------------


def word(change):
    from docx import Document

    document = Document()
    document.add_paragraph("Danh sách")
    table = document.add_table(3, 4)
    files.fill_word_table(table, [SHORT, [1, *CUC], [2, *DUNG]])
    change(document, table)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def wrap(element, xml):
    """Put an element into the innermost element of an XML text, in its place."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    around = parse_xml(re.sub(r"^<([\w:]+)", rf"<\1 {nsdecls('w')}", xml))
    inner = around
    while len(inner):
        inner = inner[-1]
    element.addprevious(around)
    inner.append(element)


def test_a_table_in_a_text_box():
    box = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent/></wps:txbx></w:drawing></mc:Choice>'
        "</mc:AlternateContent></w:r></w:p>"
    )
    content = word(lambda document, table: wrap(table._tbl, box))
    assert rows(content, "ho va ten") == [("Lê Cúc",), ("Phạm Dũng",)]


def test_cells_and_rows_in_content_controls():
    def change(document, table):
        wrap(table.cell(1, 1).paragraphs[0]._p, "<w:sdt><w:sdtContent/></w:sdt>")
        wrap(table.rows[2]._tr, "<w:sdt><w:sdtContent/></w:sdt>")

    assert rows(word(change), "ho va ten") == [("Lê Cúc",), ("Phạm Dũng",)]


def test_a_row_that_begins_further_right():
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    def change(document, table):
        line = table.rows[2]._tr
        line.remove(line.tc_lst[0])
        line.insert(0, parse_xml(f'<w:trPr {nsdecls("w")}><w:gridBefore w:val="1"/></w:trPr>'))

    assert rows(word(change), "ho va ten", "don vi") == [tuple(CUC[:2]), tuple(DUNG[:2])]


def test_text_moved_away_in_a_tracked_change():
    def change(document, table):
        paragraph = table.cell(2, 1).paragraphs[0]
        paragraph.add_run("Lê Ẩn")
        wrap(paragraph.runs[0]._r, "<w:moveFrom/>")

    assert rows(word(change), "ho va ten") == [("Lê Cúc",), ("Lê Ẩn",)]


def test_lines_of_a_cell_stay_apart():
    page = "<table><tr><td>Họ tên<td>Danh hiệu<td>Năm<tr><td>An<td>LĐTT<br>CSTĐCS<td>2020</table>"
    assert rows(page, "danh hieu") == [("LĐTT\nCSTĐCS",)]
