"""Write a list as .xlsx in constant memory: one title, one row of headings, then rows as they come."""

import datetime
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

FORMATS: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True, "valign": "top", "border": 1},
    "number": {"num_format": "General", "valign": "top", "border": 1},
    "whole": {"num_format": "0", "valign": "top", "border": 1, "align": "center"},
    "money": {"num_format": "#,##0", "valign": "top", "border": 1},
    "date": {"num_format": "dd/mm/yyyy", "valign": "top", "border": 1, "align": "center"},
}
HEADING = {
    "bold": True,
    "text_wrap": True,
    "align": "center",
    "valign": "vcenter",
    "border": 1,
    "bg_color": "#F3E3C3",
}
TITLE = {"bold": True, "font_size": 14}
FIRST_ROW = 2  # below the title and an empty line


@dataclass(frozen=True)
class Column:
    """One column: ``heading`` as printed, ``width`` in characters, ``kind`` one of ``FORMATS``."""

    heading: str
    width: int = 20
    kind: str = "text"


def build_workbook(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return the bytes of a workbook.

    ``rows`` is any iterable of tuples in the order of ``columns``; it is read once and never held whole.
    Cells are written by type, so a text that begins with ``=`` stays a text (no formula injection).

    >>> build_workbook("Danh sách", [Column("Họ và tên"), Column("Điểm", 8, "number")], [("=An", 95)])[:2]
    b'PK'
    """
    import xlsxwriter

    stream = io.BytesIO()
    # Only row by row writing keeps memory constant; the file grows in a temporary folder.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as workbook:
        formats = {
            kind: workbook.add_format({"font_name": "Times New Roman", **f}) for kind, f in FORMATS.items()
        }
        sheet = _start_sheet(workbook, title, columns)
        for index, row in enumerate(rows, start=FIRST_ROW + 1):
            for column, value in enumerate(row):
                _write_cell(sheet, index, column, value, formats[columns[column].kind])
    return stream.getvalue()


def _start_sheet(workbook: Any, title: str, columns: Sequence[Column]) -> Any:
    sheet = workbook.add_worksheet()
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(FIRST_ROW)
    sheet.freeze_panes(FIRST_ROW + 1, 0)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)
    sheet.write_string(0, 0, title, workbook.add_format({"font_name": "Times New Roman", **TITLE}))
    heading = workbook.add_format({"font_name": "Times New Roman", **HEADING})
    for index, column in enumerate(columns):
        sheet.write_string(FIRST_ROW, index, column.heading, heading)
    return sheet


def _write_cell(sheet: Any, row: int, column: int, value: Any, style: Any) -> None:
    if value is None or value is False:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, datetime.date):
        sheet.write_datetime(row, column, value, style)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, str(value), style)
