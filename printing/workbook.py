"""Write a list as .xlsx in constant memory: title, a row of headings, rows as they come, and who signs it."""

import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from .sheet_rows import get_row_writer

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
FIRST_ROW = 2  # without a frame: below the title and an empty line
WIDEST_A4 = 190  # characters across a landscape page that can still be read; wider lists go on A3
MOST_LETTERS = 31  # of the name of a sheet: Excel takes no more
SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
COUNTRY = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
SIGN_HERE = "(Ký, ghi rõ họ tên)"


@dataclass(frozen=True)
class Column:
    """One column: ``heading`` as printed, ``width`` in characters, ``kind`` one of ``FORMATS``."""

    heading: str
    width: int = 20
    kind: str = "text"


@dataclass(frozen=True)
class Frame:
    """What stands round a list that is exported: whose it is, of which day, who signs it.

    ``dated`` is place and day as documents write them, ``period`` what the list is about.
    """

    agency: str
    superior: str = ""
    dated: str = ""
    period: str = ""
    signers: tuple[str, str] = ("NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG CƠ QUAN")


def build_workbook(
    title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], frame: Frame | None = None
) -> bytes:
    """Return the bytes of a workbook.

    ``rows`` is any iterable of tuples in the order of ``columns``; it is read once and never held whole.
    Cells are written by type, so a text that begins with ``=`` stays a text (no formula injection).

    >>> build_workbook("Danh sách", [Column("Họ và tên"), Column("Điểm", 8, "number")], [("=An", 95)])[:2]
    b'PK'
    """
    stream = io.BytesIO()
    # Only row by row writing keeps memory constant; the file grows in a temporary folder.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as workbook:
        _Sheet(workbook, title, columns, frame).fill(rows)
    return stream.getvalue()


class _Sheet:
    """A sheet on its way: rows are written from top to bottom, once."""

    def __init__(self, workbook: Any, title: str, columns: Sequence[Column], frame: Frame | None) -> None:
        self.workbook = workbook
        self.title = title
        self.columns = columns
        self.frame = frame
        self.sheet = workbook.add_worksheet(sheet_name(title))
        self.last = len(columns) - 1
        self.row = 0

    def style(self, **format_: Any) -> Any:
        return self.workbook.add_format({"font_name": "Times New Roman", **format_})

    def fill(self, rows: Iterable[Sequence[Any]]) -> None:
        self.set_up_page()
        framed = self.frame and Head(self.sheet, self.style, self.frame, (self.last + 1) // 2, self.last)
        if framed:
            self.row = framed.write_above(self.title)
        else:
            self.sheet.write_string(0, 0, self.title, self.style(**TITLE))
            self.row = FIRST_ROW
        head = self.write_headings()
        formats = {kind: self.style(**format_) for kind, format_ in FORMATS.items()}
        write = get_row_writer(self.sheet, [formats[column.kind] for column in self.columns])
        for row in rows:
            write(self.row, row)
            self.row += 1
        self.sheet.autofilter(head, 0, max(self.row - 1, head), self.last)
        if framed:
            framed.write_below(self.row + 1)

    def set_up_page(self) -> None:
        width = sum(column.width for column in self.columns)
        self.sheet.set_landscape()
        self.sheet.set_paper(9 if width <= WIDEST_A4 else 8)  # A4, A3
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer("&C&P/&N")
        for index, column in enumerate(self.columns):
            self.sheet.set_column(index, index, column.width)

    def write_headings(self) -> int:
        style = self.style(**HEADING)
        for index, column in enumerate(self.columns):
            self.sheet.write_string(self.row, index, column.heading, style)
        self.sheet.repeat_rows(self.row)
        self.sheet.freeze_panes(self.row + 1, 0)
        self.row += 1
        return self.row - 1


class Head:
    """What stands above and below the columns of a sheet, from the first to ``last``; ``middle`` begins the right half.

    ``style`` makes a format of the workbook.
    """

    def __init__(self, sheet: Any, style: Callable[..., Any], frame: Frame, middle: int, last: int) -> None:
        self.sheet = sheet
        self.style = style
        self.frame = frame
        self.middle = middle
        self.last = last

    def write_above(self, title: str) -> int:
        """Write agency and country side by side, then the title across the sheet; return the first free row."""
        centre = {"align": "center", "valign": "vcenter", "text_wrap": True}
        pairs = ((self.frame.superior.upper(), COUNTRY[0]), (self.frame.agency.upper(), COUNTRY[1]))
        for number, (left, right) in enumerate(pairs):
            self.sheet.set_row(number, 32)
            self.across(number, 0, self.middle - 1, left, self.style(bold=number == 1, **centre))
            self.across(number, self.middle, self.last, right, self.style(bold=True, **centre))
        self.across(3, 0, self.last, title.upper(), self.style(**TITLE, **centre))
        self.across(4, 0, self.last, self.frame.period, self.style(italic=True, **centre))
        return 6

    def write_below(self, row: int) -> None:
        """Write place and day at the right, and below who made and who signs the list, side by side."""
        centre = {"align": "center", "text_wrap": True}
        below = ((" ", self.frame.dated, {"italic": True}), (*self.frame.signers, {"bold": True}))
        for left, right, look in (*below, (SIGN_HERE, SIGN_HERE, {"italic": True})):
            self.across(row, 0, self.middle - 1, left, self.style(**look, **centre))
            self.across(row, self.middle, self.last, right, self.style(**look, **centre))
            row += 1

    def across(self, row: int, first: int, last: int, text: str, style: Any) -> None:
        if last > first:
            self.sheet.merge_range(row, first, row, last, text, style)
        else:
            self.sheet.write_string(row, first, text, style)


def sheet_name(title: str) -> str:
    """Return a title as the name of a sheet: no sign Excel refuses, whole words of at most 31 characters.

    >>> sheet_name("Danh sách khen thưởng năm 2025/2026: cá nhân"), sheet_name("")
    ('Danh sách khen thưởng năm 2025', 'Danh sách')
    >>> sheet_name("Khen thưởng cấp cơ sở và của cơ quan"), len(sheet_name("a" * 40))
    ('Khen thưởng cấp cơ sở và của cơ', 31)
    >>> sheet_name("Danh sách đề nghị khen thưởng năm 2025")
    'Danh sách đề nghị khen thưởng'
    """
    name = SHEET_NAME.sub(" ", title).strip()
    if len(name) > MOST_LETTERS:
        name = name[: MOST_LETTERS + 1].rsplit(" ", 1)[0][:MOST_LETTERS]
    return name.strip(" '") or "Danh sách"
