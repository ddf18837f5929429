"""Whatever stands between the rows of a list, nobody of it is lost and nobody gets another's award."""

import unicodedata

import office_files as files
from hypothesis import given, settings
from hypothesis import strategies as st

from office.sheet import Sheet, text_of
from office.table import find_all
from office.vocabulary import KINDS

HEAD = ["STT", "Họ và tên", "Chức vụ", "Đơn vị", "Danh hiệu"]
FAMILY = [
    "Nguyễn",
    "Trần",
    "Vũ",
    "Đoàn",
    "Tô",
    "Tống",
    "Cống",
    "Hồ",
    "Sơn",
    "Ban",
    "Khoa",
    "Phan",
    "H'Hen",
    "Y",
]
GIVEN = ["Năm", "Tổng", "Công", "Sở", "Phòng", "Huyện", "Bộ", "Niê", "Giám", "Ký", "Tỉnh"]
POSTS = ["Giám đốc", "Chuyên viên", "Trưởng phòng", "Chủ tịch UBND", "", "Kế toán, thủ quỹ"]
UNITS = ["Phòng Tổng hợp", "Ban Tổ chức", "Tổ 1", "", "Văn phòng"]
NOISE = [
    [],
    ["II", "Cá nhân"],
    ["A", "Khối cơ quan"],
    ["Phòng Kế toán"],
    ["1. Phòng Nội vụ"],
    [None, "Đơn vị trực thuộc:"],
    ["Tổng cộng: 3 người"],
    ["Cộng", None, None, None, 4],
    [None, "Tổng số", None, 2],
    HEAD,
    [text.upper() for text in HEAD],
    ["Chủ tịch UBND tỉnh tặng Bằng khen"],
    ["Giám đốc Sở Nội vụ tặng Giấy khen cho các cá nhân sau"],
    ["Ghi chú: danh sách này có 5 người"],
    ["Trưởng phòng"],
]
people = st.builds(
    lambda family, given, post, unit, award, form: (
        unicodedata.normalize(form, f"{family} {given}"),
        post,
        unit,
        award,
    ),
    *(st.sampled_from(words) for words in (FAMILY, GIVEN, POSTS, UNITS, ["LĐTT", "CSTĐCS"], ["NFC", "NFD"])),
)


def build(lines, spread):
    """Return the rows of a list and who stands in it, in their order; the running number goes on."""
    rows, expected = [["DANH SÁCH"], *[[]] * spread, HEAD], []
    for line in lines:
        if isinstance(line, tuple):
            expected.append((line[0], line[3]))
            rows.append([len(expected), *line])
        else:
            rows.append(line)
    return rows, expected


@settings(max_examples=200, deadline=None)
@given(st.lists(people | st.sampled_from(NOISE), max_size=25), people, st.integers(0, 50))
def test_nobody_is_lost_between_other_rows(lines, last, spread):
    rows, expected = build([*lines, last], spread)
    tables = find_all([Sheet("1", rows)], KINDS["award"])
    found = [
        (text_of(row.cells[0]), text_of(row.cells[3]))
        for table in tables
        for row in table.rows
        if not row.doubts and not is_empty_row(row)
    ]
    assert found == expected


def is_empty_row(row):
    return not text_of(row.cells[3])


@settings(max_examples=40, deadline=None)
@given(st.lists(people, min_size=1, max_size=12), st.sampled_from(["xlsx", "ods", "xls", "docx", "csv"]))
def test_every_kind_of_file_says_the_same(lines, kind):
    rows, expected = build(lines, 0)
    from office.reader import read

    if kind == "csv":
        content = "\n".join(
            ";".join("" if cell is None else str(cell) for cell in row) for row in rows
        ).encode()
    else:
        make = {"ods": files.ods, "xls": files.xls, "docx": lambda found: files.docx("Danh sách", found[1:])}
        content = make[kind](rows) if kind in make else files.xlsx(("DS", rows))
    tables = find_all(read(content), KINDS["award"])
    found = [(text_of(row.cells[0]), text_of(row.cells[3])) for table in tables for row in table.rows]
    assert found == expected
