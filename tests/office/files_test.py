"""Files of many shapes, and the rows each must give."""

import io
import unicodedata
import zipfile
from datetime import date, datetime

import office_files as files
import pytest
from office_files import AN, BINH, HEAD

from office import safety
from office.problems import OfficeError
from office.reader import read, read_pasted
from office.table import find_table
from office.vocabulary import KINDS

AWARDS = KINDS["award"]
TITLES = [["SỞ NỘI VỤ"], ["DANH SÁCH"], ["Cá nhân được tặng danh hiệu năm 2020"], []]
PEOPLE = ("Nguyễn Văn An", "Trần Thị Bình")


def tables(content, synonyms=AWARDS, **options):
    found = [find_table(sheet, synonyms, **options) for sheet in read(content)]
    return [table for table in found if table]


def table(content, synonyms=AWARDS, **options):
    (found,) = tables(content, synonyms, **options)
    return found


def column(found, key):
    place = [heading.key for heading in found.headings].index(key)
    return tuple(row.cells[place] for row in found.rows)


def numbered(*rows):
    return [[number, *row] for number, row in enumerate(rows, 1)]


def check_people(found):
    assert column(found, "ho va ten") == PEOPLE
    assert column(found, "danh hieu") == ("Lao động tiên tiến", "Chiến sĩ thi đua cơ sở")
    assert column(found, "so quyet dinh") == ("12/QĐ-SNV", "12/QĐ-SNV")


def test_01_plain_list_under_titles():
    found = table(files.xlsx(("Sheet1", [*TITLES, HEAD, *numbered(AN, BINH)])))
    check_people(found)
    assert found.above == ["SỞ NỘI VỤ", "DANH SÁCH", "Cá nhân được tặng danh hiệu năm 2020"]
    assert [row.number for row in found.rows] == [6, 7]


def test_02_two_rows_of_headings_with_merged_cells():
    def shape(book):
        page = book.active
        for area in ("A1:G1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:F2", "G2:G3"):
            page.merge_cells(area)

    top = ["STT", "Họ và tên", "Đơn vị", "Danh hiệu", "Quyết định", None, "Năm"]
    below = [None, None, None, None, "Số", "Ngày, tháng, năm", None]
    rows = [["DANH SÁCH KHEN THƯỞNG"], top, below, *numbered(AN, BINH)]
    found = table(files.xlsx(("DS", rows), shape=shape))
    keys = [heading.key for heading in found.headings]
    assert keys == ["ho va ten", "don vi", "danh hieu", "quyet dinh so", "quyet dinh ngay, thang, nam", "nam"]
    assert column(found, "quyet dinh so") == ("12/QĐ-SNV", "12/QĐ-SNV")


def test_03_two_rows_of_headings_in_csv_without_merges():
    rows = [
        "STT;Họ và tên;Đơn vị;Quyết định;;Danh hiệu",
        ";;;Số;Ngày;",
        "1;Nguyễn Văn An;Phòng Tổng hợp;12/QĐ-SNV;05/01/2021;LĐTT",
    ]
    found = table("\r\n".join(rows).encode("utf-8-sig"))
    assert [heading.key for heading in found.headings][2:4] == ["quyet dinh so", "quyet dinh ngay"]
    assert column(found, "danh hieu") == ("LĐTT",)


def test_04_sections_totals_column_numbers_and_signatures():
    rows = [
        *TITLES, HEAD, ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        ["I", "Tập thể"], [1, "Phòng Tổng hợp", None, "Tập thể lao động tiên tiến", "13/QĐ-SNV", "06/01/2021", 2020],
        ["II. Cá nhân"], *numbered(AN, BINH), ["Tổng cộng", None, 3], [],
        ["Danh sách này có 03 trường hợp."], [None, "Người lập biểu", None, None, "Giám đốc"],
    ]  # fmt: skip
    found = table(files.xlsx(("DS", rows)))
    assert column(found, "ho va ten") == ("Phòng Tổng hợp", *PEOPLE)
    assert [row.sections for row in found.rows] == [("Tập thể",), ("Cá nhân",), ("Cá nhân",)]
    assert found.left_out == {"headings": 1, "totals": 1, "sections": 2, "below": 1}


def test_05_real_dates_serials_and_texts():
    rows = [
        HEAD,
        [1, *AN[:4], date(2021, 1, 5), 2020],
        [2, *BINH[:4], 44201, 2020],
        [3, *AN[:4], "5.1.2021", 2020],
    ]
    found = table(files.xlsx(("DS", rows)))
    assert column(found, "ngay quyet dinh") == (datetime(2021, 1, 5), 44201, "5.1.2021")


def test_06_numbers_kept_as_they_look():
    def shape(book):
        book.active["B3"].number_format = "0.00"
        book.active["D2"].number_format = "000000000000"

    rows = [
        ["Họ tên", "Mã", "Năm", "CCCD"],
        ["An", 1.1, 2020, 1085000123],
        ["Bình", 1.1, 2020, "001085000124"],
    ]
    found = table(files.xlsx(("DS", rows), shape=shape))
    codes = column(found, "ma")
    assert codes[0] == 1.1 and codes[1].text == "1.10"
    assert column(found, "cccd")[0].text == "001085000123"


def test_07_decomposed_letters():
    found = table(files.xlsx(("DS", files.decomposed([HEAD, *numbered(AN, BINH)]))))
    assert [heading.key for heading in found.headings][:2] == ["ho va ten", "chuc vu, don vi cong tac"]
    assert [unicodedata.normalize("NFC", name) for name in column(found, "ho va ten")] == list(PEOPLE)


def test_08_tcvn3():
    rows = [
        ["STT", "Hä vµ tªn", "§¬n vÞ", "Danh hiÖu", "N¨m"],
        [1, "NguyÔn V¨n An", "Phßng Tæng hîp", "Lao ®éng tiªn tiÕn", 2010],
        [2, "TrÇn ThÞ Ph­¬ng", "V¨n phßng", "ChiÕn sÜ thi ®ua c¬ së", 2010],
    ]
    found = table(files.xlsx(("DS", rows)))
    assert column(found, "ho va ten") == ("Nguyễn Văn An", "Trần Thị Phương")
    assert column(found, "danh hieu") == ("Lao động tiên tiến", "Chiến sĩ thi đua cơ sở")


def test_09_vni():
    rows = [
        ["STT", "Hoï vaø teân", "Ñôn vò", "Danh hieäu", "Naêm"],
        [1, "Nguyeãn Vaên Ñöùc", "Phoøng Toång hôïp", "Lao ñoäng tieân tieán", 2009],
    ]
    found = table(files.xls(rows))
    assert column(found, "ho va ten") == ("Nguyễn Văn Đức",)
    assert column(found, "don vi") == ("Phòng Tổng hợp",)


def test_10_hidden_columns_and_filtered_rows():
    def shape(book):
        page = book.active
        page.column_dimensions["D"].hidden = True
        page.row_dimensions[3].hidden = True

    rows = [HEAD[:5], [1, *AN[:4]], [2, *BINH[:4]], [3, "Lê Cúc", None, "LĐTT", "1/QĐ-A"]]
    content = files.xlsx(("DS", rows), shape=shape)
    found = table(content)
    assert column(found, "ho va ten") == ("Nguyễn Văn An", "Lê Cúc")
    assert "danh hieu" not in [heading.key for heading in found.headings]
    assert found.left_out == {"hidden": 1}
    assert len(table(content, include_hidden=True).rows) == 3


def test_11_old_excel_with_dates_and_a_hidden_row():
    rows = [["DANH SÁCH"], HEAD, [1, *AN[:4], date(2021, 1, 5), 2020], [2, *BINH]]
    found = table(files.xls(rows, hidden=[3]))
    assert column(found, "ho va ten") == ("Nguyễn Văn An",)
    assert column(found, "ngay quyet dinh") == (datetime(2021, 1, 5),)


def test_12_open_document():
    rows = [["DANH SÁCH"], HEAD, [1, *AN], [2, *BINH[:4], date(2021, 1, 5), 2020], [3, "Lê Ẩn", *BINH[1:]]]
    found = table(files.ods(rows, hidden=[4]))
    check_people(found)
    assert column(found, "ngay quyet dinh") == ("05/01/2021", date(2021, 1, 5))


def test_13_formulas_by_their_stored_value():
    rows = [HEAD, [1, *AN], [2, *BINH]]

    def shape(book):
        book.active["G2"] = "=2019+1"  # written by a program that stored no value

    found = table(files.xlsx(("DS", rows), shape=shape))
    assert found.rows[0].problems == ("nam",)
    assert found.rows[1].problems == ()
    assert column(found, "nam")[0] is None


def test_14_three_sheets_one_without_a_table_one_hidden():
    def shape(book):
        book["Cũ"].sheet_state = "hidden"

    content = files.xlsx(
        ("2020", [HEAD, *numbered(AN)]), ("Ghi chú", [["In trên giấy A3"]]), ("2021", [HEAD, *numbered(BINH)]),
        ("Cũ", [HEAD, *numbered(AN, BINH)]), shape=shape,
    )  # fmt: skip
    assert [(found.name, column(found, "ho va ten")) for found in tables(content)] == [
        ("2020", PEOPLE[:1]), ("2021", PEOPLE[1:])
    ]  # fmt: skip


def test_15_word_with_letterhead_and_nested_table():
    letterhead = [["UBND TỈNH\nSỞ NỘI VỤ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]]
    inner = [["Họ và tên", "Danh hiệu", "Năm"], ["Lê Cúc", "LĐTT", "2019"]]
    rows = [HEAD, *numbered(AN, BINH), [None, [*inner], None, None, None, None, None]]
    content = files.docx(letterhead, "DANH SÁCH", "(Kèm theo Quyết định số 12/QĐ-SNV ngày 05/01/2021)", rows)
    outer, nested = tables(content)
    assert column(outer, "ho va ten") == PEOPLE
    assert "(Kèm theo Quyết định số 12/QĐ-SNV ngày 05/01/2021)" in outer.above
    assert column(nested, "ho va ten") == ("Lê Cúc",)


def test_16_word_with_cells_joined_downwards():
    rows = [
        ["STT", "Họ và tên", "Đơn vị", "Danh hiệu"],
        ["1", "Nguyễn Văn An", "Phòng Tổng hợp", "LĐTT"],
        ["2", "Trần Thị Bình", None, "CSTĐCS"],
    ]
    found = table(files.docx("Danh sách", (rows, [((1, 2), (2, 2))])))
    assert column(found, "don vi") == ("Phòng Tổng hợp", "Phòng Tổng hợp")
    assert column(found, "danh hieu") == ("LĐTT", "CSTĐCS")


def test_17_pdf_over_pages():
    people = [
        [number, f"Nguyễn Văn Số {number}", "Phòng Tổng hợp", "Lao động tiên tiến"] for number in range(1, 61)
    ]
    title = [
        "SỞ NỘI VỤ",
        "DANH SÁCH KHEN THƯỞNG",
        "(Kèm theo Quyết định số 12/QĐ-SNV ngày 05 tháng 01 năm 2021)",
    ]
    content = files.pdf(title, [["STT", "Họ và tên", "Đơn vị", "Danh hiệu"], *people], [40, 200, 200, 200])
    found = table(content)
    assert column(found, "ho va ten") == tuple(f"Nguyễn Văn Số {number}" for number in range(1, 61))
    assert found.left_out["headings"] >= 1
    assert "(Kèm theo Quyết định số 12/QĐ-SNV ngày 05 tháng 01 năm 2021)" in found.above


def test_18_pasted_from_excel_and_from_word():
    text = (
        "STT\tHọ và tên\tDanh hiệu\tNăm\r\n1\tNguyễn Văn An\tLĐTT\t2020\r\n2\tTrần Thị Bình\tCSTĐCS\t2020\r\n"
    )
    web = (
        "<html><body><table border=1><tr><td rowspan=2>Họ và tên<td colspan=2>Quyết định<tr><td>Số<td>Ngày"
        "<tr><td><p>Nguyễn Văn\n An</p><td>12/QĐ-SNV<td>05/01/2021</table></body></html>"
    )
    (plain,), (pasted,) = (
        [find_table(sheet, AWARDS) for sheet in read_pasted(content)] for content in (text, web)
    )
    assert column(plain, "ho va ten") == PEOPLE
    assert column(pasted, "ho va ten") == ("Nguyễn Văn An",)
    assert column(pasted, "quyet dinh so") == ("12/QĐ-SNV",)


def test_19_awards_by_year_side_by_side():
    rows = [
        ["STT", "Họ và tên", "Đơn vị", "Danh hiệu thi đua các năm", None, None],
        [None, None, None, 2018, 2019, 2020],
        [1, "Nguyễn Văn An", "Phòng Tổng hợp", "LĐTT", "CSTĐCS", None],
    ]

    def shape(book):
        for area in ("A1:A2", "B1:B2", "C1:C2", "D1:F1"):
            book.active.merge_cells(area)

    found = table(files.xlsx(("DS", rows), shape=shape))
    assert [heading.year for heading in found.headings] == [None, None, 2018, 2019, 2020]
    assert found.rows[0].cells[2:] == ("LĐTT", "CSTĐCS", None)


def test_20_name_written_once_for_several_awards():
    rows = [
        HEAD,
        [1, *AN],
        [None, None, None, "Bằng khen của Chủ tịch UBND tỉnh", "345/QĐ-UBND", "10/3/2021", 2020],
        [2, *BINH],
        [None, None, None, "Giấy khen", "nt", "nt", 2020],
    ]
    found = table(files.xlsx(("DS", rows)))
    assert column(found, "ho va ten") == (PEOPLE[0], PEOPLE[0], PEOPLE[1], PEOPLE[1])
    assert column(found, "so quyet dinh")[3] == "12/QĐ-SNV"


def test_21_old_windows_encoding_and_web_page_named_xls():
    text = "Họ và tên;Danh hiệu;Năm\nNguyễn Văn An;LĐTT;2020"
    content = text.encode("utf-16")
    assert column(table(content), "ho va ten") == ("Nguyễn Văn An",)
    page = "<html><table><tr><th>Họ tên<th>Danh hiệu<th>Năm<tr><td>An<td>LĐTT<td>2020</table></html>"
    assert column(table(page.encode()), "ho ten") == ("An",)


def test_22_fifty_thousand_rows_of_formats_without_data():
    def shape(book):
        book.active["A200000"].number_format = "0.00"

    found = table(files.xlsx(("DS", [HEAD, *numbered(AN, BINH)]), shape=shape))
    check_people(found)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"x" * (20 * 1024 * 1024 + 1), "too_big"),
        (b"PK\x03\x04 cut off", "damaged"),
        (files.archive(**{"a.txt": "x"}), "unknown"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "old_word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "damaged"),
        (b"%PDF-1.4 nothing more", "damaged"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "unknown"),
        (b"{\\rtf1 x}", "unknown"),
        (files.docx("Không có bảng"), "no_table"),
        (
            files.archive(
                **{
                    "xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]><workbook>&d;</workbook>'
                }
            ),
            "entities",
        ),
        (files.archive(**{"xl/workbook.xml": "<workbook/>"}), "damaged"),
        (files.archive(**{"word/document.xml": "<document/>"}), "damaged"),
    ],
)
def test_what_is_refused(content, reason):
    with pytest.raises(OfficeError) as caught:
        read(content)
    assert caught.value.reason == reason
    assert str(caught.value)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
def test_a_file_spoilt_at_any_byte_is_read_or_refused(method):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest>nothing is locked</manifest>" * 30)
        archive.writestr("content.xml", "<content/>")
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet" * 4)
    content = buffer.getvalue()
    refused = set()
    for place in range(len(content)):
        spoilt = bytearray(content)
        spoilt[place] ^= 0xFF
        try:
            safety.identify(bytes(spoilt))
        except OfficeError as error:
            refused.add(error.reason)
    assert "damaged" in refused


def test_a_word_file_with_a_spoilt_picture_is_damaged():
    content = files.docx([HEAD, *numbered(AN)])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        picture = archive.getinfo("docProps/thumbnail.jpeg")
    start = picture.header_offset + 30 + len(picture.filename)
    with pytest.raises(OfficeError) as caught:
        read(content[:start] + b"\xff" * 8 + content[start + 8 :])
    assert caught.value.reason == "damaged"


def test_a_file_that_unpacks_to_too_much(monkeypatch):
    content = files.archive(**{"xl/workbook.xml": "x", "xl/bomb.xml": "0" * 3_000_000})
    assert len(content) < 10_000
    monkeypatch.setattr(safety, "MOST_UNPACKED", 2_000_000)
    with pytest.raises(OfficeError) as caught:
        read(content)
    assert caught.value.reason == "bomb"


def test_a_scan_is_refused_with_words():
    from reportlab.pdfgen.canvas import Canvas

    for text, reason in ((None, "scanned"), ("Chỉ có chữ", "no_lines")):
        buffer = io.BytesIO()
        canvas = Canvas(buffer)
        if text:
            canvas.drawString(100, 700, "Only text")
        else:
            canvas.rect(10, 10, 100, 100)
        canvas.showPage()
        canvas.save()
        with pytest.raises(OfficeError) as caught:
            read(buffer.getvalue())
        assert caught.value.reason == reason


def test_too_many_rows():
    content = "Họ tên;Năm\n" + "An;2020\n" * 60_001
    with pytest.raises(OfficeError) as caught:
        read(content.encode())
    assert caught.value.reason == "too_many_rows"
