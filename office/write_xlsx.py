"""A plain list as an Excel file: headings, rows, nothing that is evaluated."""

import io
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .sheet import Cell


class Page(NamedTuple):
    """A worksheet: its name, its headings, its rows."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def build_plain_workbook(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return an .xlsx file; every text stays a text, whatever it begins with.

    :param head: headings
    :param rows: lists of values

    >>> build_plain_workbook(["Tên"], [["=1+1"]])[:2]
    b'PK'
    """
    return build_workbook([Page("Sheet1", head, rows)])


def build_workbook(pages: Iterable[Page]) -> bytes:
    """Return an .xlsx file of several worksheets, each text a text."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1})
    for page in pages:
        sheet = book.add_worksheet(page.name)
        sheet.write_row(0, 0, page.head, bold)
        for number, row in enumerate(page.rows, 1):
            sheet.write_row(number, 0, row)
        sheet.set_column(0, len(page.head) - 1, 22)
        sheet.freeze_panes(1, 0)
    book.close()
    return buffer.getvalue()
