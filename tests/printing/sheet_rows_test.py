"""Rows written at once are what xlsxwriter writes cell by cell."""

import datetime
import io
import re
import zipfile
from unittest.mock import patch

import openpyxl
import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from printing import sheet_rows
from printing.workbook import Column, build_workbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# What a database can hold in a text: no zero byte, no half of a pair.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(-1e12, 1e12),
    st.dates(datetime.date(1900, 3, 1)),
    st.datetimes(datetime.datetime(1900, 3, 1)).map(lambda moment: moment.replace(microsecond=0)),
    TEXTS.filter(lambda text: not text.startswith("<r>")),
)


def write(rows, by_cells=False):
    """Return the cells of a sheet: [{attribute: value, "text": …}], and the file."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("a")
        styles = [book.add_format({"border": 1, "num_format": "0" * (index + 1)}) for index in range(3)]
        with patch.object(sheet_rows, "NEEDED", ("missing",) if by_cells else sheet_rows.NEEDED):
            put = sheet_rows.get_row_writer(sheet, styles)
        sheet.write_string(0, 0, "Tên")
        for number, row in enumerate(rows, 1):
            put(number, row)
        sheet.write_string(len(rows) + 1, 0, "Dưới")
    with zipfile.ZipFile(stream) as file:
        tree = etree.fromstring(file.read("xl/worksheets/sheet1.xml"))
    cells = [
        dict(cell.attrib)
        | {"text": "".join(cell.itertext())}
        | {"space": [part.attrib.values() for part in cell.iter(f"{MAIN}t")]}
        for cell in tree.iter(f"{MAIN}c")
    ]
    return cells, tree.find(f"{MAIN}dimension").get("ref"), stream


def as_numbers(cells):
    """Return the cells with their numbers as numbers: the two write digits beyond the tenth differently."""
    return [
        cell
        if "t" in cell or not cell["text"]
        else cell | {"text": pytest.approx(float(cell["text"]), rel=1e-12)}
        for cell in cells
    ]


@settings(max_examples=60, deadline=None)
@example([["\x1f", " a", "b\n"], ["\x85", "\u2028", "_x0041_"]])
@given(st.lists(st.lists(VALUES, min_size=3, max_size=3), max_size=5))
def test_a_row_at_once_is_the_row_cell_by_cell(rows):
    fast, slow = write(rows), write(rows, by_cells=True)
    assert [
        cell | {"text": float(cell["text"])} if is_number(cell) else cell for cell in fast[0]
    ] == as_numbers(slow[0])
    assert fast[1] == slow[1]


def is_number(cell):
    return "t" not in cell and bool(cell["text"])


def test_it_really_writes_rows_at_once():
    """Else the test above compares a thing with itself."""
    with patch.object(sheet_rows, "write_cells", side_effect=AssertionError("cell by cell")):
        write([["a", 1, None]])
        with pytest.raises(AssertionError, match="cell by cell"):
            write([["a", 1, None]], by_cells=True)


@pytest.mark.parametrize("by_cells", [False, True])
def test_a_text_in_the_signs_of_fonts_is_a_text(by_cells):
    """Taken for several fonts it is written as it is, and the file cannot be opened."""
    _cells, _size, stream = write([["<r>&</r>", "=1+1", "=cmd|' /C calc'!A0"]], by_cells)
    row = [cell.value for cell in openpyxl.load_workbook(stream).active[2]]
    assert [row[0].strip(), *row[1:]] == ["<r>&</r>", "=1+1", "=cmd|' /C calc'!A0"]
    assert all(cell.data_type == "s" for cell in openpyxl.load_workbook(stream).active[2])


@pytest.mark.parametrize("by_cells", [False, True])
def test_what_a_spreadsheet_has_no_number_for_is_a_text(by_cells):
    rows = [[datetime.date(1890, 5, 19), float("nan"), float("-inf")]]
    cells = write(rows, by_cells)[0][1:4]
    assert [cell["text"] for cell in cells] == ["19/05/1890", "nan", "-inf"]
    assert {cell["t"] for cell in cells} == {"inlineStr"}


def test_a_text_longer_than_a_cell_is_cut_and_opens():
    content = build_workbook("Danh sách", [Column("Nội dung")], [("ă" * 40_000,)])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet.max_row == 4
    assert sheet.cell(4, 1).value == "ă" * 32_766 + "…"


def test_rows_below_the_last_of_a_sheet_are_left_out_as_xlsxwriter_does():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("a")
        put = sheet_rows.get_row_writer(sheet, [book.add_format()])
        put(2**20 - 1, ["cuối"])
        put(2**20, ["quá"])
    with zipfile.ZipFile(stream) as file:
        text = file.read("xl/worksheets/sheet1.xml").decode()
    assert re.findall(r"<t>(.*?)</t>", text) == ["cuối"]
