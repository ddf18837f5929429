"""Excel files of before 2007 (.xls), by xlrd."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from .problems import OfficeError
from .read_xlsx import FIXED_DIGITS, show
from .sheet import MOST_COLUMNS, MOST_ROWS, Cell, Sheet, Shown, trim

if TYPE_CHECKING:  # loaded only where an old file is read
    import xlrd


def read_xls(content: bytes) -> list[Sheet]:
    """Return the visible sheets of an old Excel file.

    :raises OfficeError: the file is damaged, locked or a sheet too long
    """
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=content, formatting_info=True)
        pages = book.sheets()
        sheets = [_read_sheet(book, page) for page in pages if page.visibility == 0]
        if sheets and len(sheets) < len(pages):
            sheets[0].lost["hidden_sheets"] = len(pages) - len(sheets)
        return sheets
    except OfficeError:
        raise
    except Exception as error:  # xlrd raises many kinds for a damaged file
        raise OfficeError("locked" if "encrypted" in str(error) else "damaged") from error


def _read_sheet(book: xlrd.Book, page: xlrd.sheet.Sheet) -> Sheet:
    import xlrd

    if page.nrows > MOST_ROWS:
        raise OfficeError("too_many_rows", sheet=page.name, most=MOST_ROWS)
    rows = [[_get_value(book, cell) for cell in page.row(row)[:MOST_COLUMNS]] for row in range(page.nrows)]
    cells = [(row, column, cell) for row in range(page.nrows) for column, cell in enumerate(page.row(row))]
    return Sheet(
        page.name,
        trim(rows),
        unknown={(row, column) for row, column, cell in cells if cell.ctype == xlrd.XL_CELL_ERROR},
        struck={(row, column) for row, column, cell in cells if cell.value and _is_struck(book, cell)},
        hidden_rows={row for row, info in page.rowinfo_map.items() if info.hidden},
        hidden_columns={column for column, info in page.colinfo_map.items() if info.hidden},
        merged=[(top, left, bottom - 1, right - 1) for top, bottom, left, right in page.merged_cells],
    )


def _is_struck(book: xlrd.Book, cell: xlrd.sheet.Cell) -> bool:
    return bool(book.font_list[book.xf_list[cell.xf_index].font_index].struck_out)


def _get_value(book: xlrd.Book, cell: xlrd.sheet.Cell) -> Cell:
    import xlrd

    value: str | float = cell.value
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return datetime(*xlrd.xldate_as_tuple(value, book.datemode))
        except (ValueError, xlrd.XLDateError):
            return value
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        form = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
        shown = FIXED_DIGITS.fullmatch(form.split(";")[0])
        number = float(value)
        return Shown(number, show(number, shown)) if shown else number
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return None
    return value
