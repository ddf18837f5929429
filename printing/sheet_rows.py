"""Rows of a long sheet written as they come, a whole row at a time: a third of the time of cell by cell."""

import datetime
import math
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from xlsxwriter.utility import xl_col_to_name

LONGEST_TEXT = 32_767  # UTF-16 units in a cell
FIRST_DAY = datetime.date(1900, 3, 1)  # before it the calendar of spreadsheets has a day that never was
DAY_ZERO = datetime.date(1899, 12, 30).toordinal()
SECONDS = 24 * 60 * 60
# What XML cannot hold as it is, and what a spreadsheet would read as such a sign.
SPECIAL = re.compile(r"[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# What is used of a sheet that xlsxwriter does not promise; where it is not as expected, it writes cell by cell.
NEEDED = ("fh", "_write_single_row", "_check_dimensions")


def get_row_writer(sheet: Any, styles: Sequence[Any]) -> Callable[[int, Sequence[Any]], None]:
    """Return a function of (row, values) that writes a row of a sheet, below what was written before.

    :param sheet: a sheet of xlsxwriter, in constant memory; else rows are written cell by cell
    :param styles: a format for each column
    """
    if not (sheet.constant_memory and all(hasattr(sheet, name) for name in NEEDED)):
        return lambda row, values: write_cells(sheet, row, values, styles)
    # Where a cell begins, up to the number of its row, and what follows it.
    begin = [
        (f'<c r="{xl_col_to_name(column)}', f'" s="{style._get_xf_index()}"')
        for column, style in enumerate(styles)
    ]
    last = len(styles) - 1

    def write(row: int, values: Sequence[Any]) -> None:
        sheet._write_single_row(row)  # what was written cell by cell before is above
        if sheet._check_dimensions(row, 0) or sheet._check_dimensions(row, last):
            return  # below the last row of any sheet, as xlsxwriter does
        number = str(row + 1)
        cells = [
            f"{start}{number}{style}{get_content(value)}"
            for (start, style), value in zip(begin, values, strict=True)
        ]
        sheet.fh.write(f'<row r="{number}">{"".join(cells)}</row>')

    return write


def get_content(value: Any) -> str:
    """Return the end of a cell: its type follows the value.

    >>> get_content(None), get_content(3.5), get_content(datetime.date(2026, 1, 2))
    ('/>', '><v>3.5</v></c>', '><v>46024</v></c>')
    >>> get_content("A & B")
    ' t="inlineStr"><is><t>A &amp; B</t></is></c>'
    """
    if value is None or value is False:
        return "/>"
    if isinstance(value, datetime.date):
        number = count_days(value)
    elif isinstance(value, int | float):
        number = value if math.isfinite(value) else None
    else:
        return get_text(str(value))
    return get_text(as_text(value)) if number is None else f"><v>{number:.16G}</v></c>"


def count_days(day: datetime.date) -> float | None:
    """Return a day, or a moment of it, as spreadsheets count; None before they count right.

    >>> count_days(datetime.date(1900, 3, 1)), count_days(datetime.date(1890, 5, 19))
    (61, None)
    >>> count_days(datetime.datetime(2026, 1, 2, 12, 0))
    46024.5
    """
    days = day.toordinal() - DAY_ZERO
    if isinstance(day, datetime.datetime):
        time = day.hour * 3600 + day.minute * 60 + day.second
        return None if day.date() < FIRST_DAY else days + time / SECONDS
    return None if day < FIRST_DAY else days


def as_text(value: Any) -> str:
    """Return what a spreadsheet has no number for: an early day, as offices write it, or no number at all.

    >>> as_text(datetime.date(1890, 5, 19)), as_text(float("nan"))
    ('19/05/1890', 'nan')
    """
    return f"{value:%d/%m/}{value.year}" if isinstance(value, datetime.date) else str(value)


@lru_cache(maxsize=4096)  # names of units and awards stand on every other row
def get_text(text: str) -> str:
    r"""Return a text as the end of its cell; never a formula, whatever it begins with.

    >>> get_text("=1+1")
    ' t="inlineStr"><is><t>=1+1</t></is></c>'
    >>> get_text(" <r>\x07_x0041_")
    ' t="inlineStr"><is><t xml:space="preserve"> &lt;r&gt;_x0007__x005F_x0041_</t></is></c>'
    """
    if len(text) > LONGEST_TEXT // 2:
        text = cut(text)
    if SPECIAL.search(text):
        text = SPECIAL.sub(_escape, text)
    kept = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    return f' t="inlineStr"><is><t{kept}>{text}</t></is></c>'


def cut(text: str) -> str:
    """Return as much of a text as a cell holds, and show where it was cut.

    >>> cut("a" * 40_000)[-3:], len(cut("a" * 40_000)), len(cut("😀" * 40_000)), cut("An")
    ('aa…', 32767, 16384, 'An')
    """
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_TEXT:
        return text
    return units[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", errors="ignore") + "…"


def _escape(found: re.Match[str]) -> str:
    sign = found[0]
    if len(sign) > 1:
        return f"_x005F{sign}"
    return NAMED.get(sign) or f"_x{ord(sign):04X}_"


def write_cells(sheet: Any, row: int, values: Sequence[Any], styles: Sequence[Any]) -> None:
    """Write a row cell by cell, each by its type."""
    for column, (value, style) in enumerate(zip(values, styles, strict=True)):
        write_cell(sheet, row, column, value, style)


def write_cell(sheet: Any, row: int, column: int, value: Any, style: Any) -> None:
    """Write one cell by the type of its value; a text that begins with ``=`` stays a text."""
    if value is None or value is False:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, datetime.date) and count_days(value) is not None:
        sheet.write_datetime(row, column, value, style)
    elif isinstance(value, int | float) and math.isfinite(value):
        sheet.write_number(row, column, value, style)
    else:
        text = cut(as_text(value))
        # xlsxwriter takes a text in these signs for one of several fonts, and writes it as it is.
        sheet.write_string(row, column, f" {text}" if text.startswith("<r>") else text, style)
