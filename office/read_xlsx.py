"""Excel files (.xlsx, .xlsm): values row by row, formulas by the value Excel stored, nothing evaluated."""

from __future__ import annotations

import io
import re
import zipfile
from posixpath import join, normpath
from typing import TYPE_CHECKING, TypeAlias

from lxml import etree

from .problems import OfficeError
from .sheet import MOST_COLUMNS, MOST_MERGES, MOST_ROWS, Cell, Sheet, Shown, trim

if TYPE_CHECKING:  # loaded only where a file is read
    from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

Element: TypeAlias = etree._Element

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
FIXED_DIGITS = re.compile(r"(0+)(?:\.(0+))?(%)?")
REFERENCE = re.compile(r"([A-Z]+)(\d+)")


def read_xlsx(content: bytes) -> list[Sheet]:
    """Return the visible sheets of an Excel file.

    :param bytes content: the file, already checked by ``safety.identify``
    :raises OfficeError: the file is damaged or a sheet too long
    """
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        places = _find_parts(content)
        sheets = [
            _read_sheet(page, content, places.get(page.title))
            for page in book.worksheets
            if page.sheet_state == "visible"
        ]
        hidden = len(book.worksheets) - len(sheets)
        book.close()
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        etree.XMLSyntaxError,
        zipfile.BadZipFile,
    ) as error:
        raise OfficeError("damaged") from error
    if sheets and hidden:
        sheets[0].lost["hidden_sheets"] = hidden
    return sheets


def _read_sheet(page: ReadOnlyWorksheet, content: bytes, part: str | None) -> Sheet:
    page.reset_dimensions()  # what the file says of its size is often wrong
    sheet = Sheet(page.title, [])
    looks: dict[int, bool] = {}  # style -> whether it strikes through
    for number, cells in enumerate(page.iter_rows(max_col=MOST_COLUMNS, max_row=MOST_ROWS + 1)):
        for column, cell in enumerate(cells):
            if cell.value is not None and cell.data_type == "e":
                sheet.unknown.add((number, column))
            if cell.value is not None and _is_struck(cell, looks):
                sheet.struck.add((number, column))
        sheet.rows.append([_get_value(cell) for cell in cells])
    trim(sheet.rows)
    if len(sheet.rows) > MOST_ROWS:
        raise OfficeError("too_many_rows", sheet=page.title, most=MOST_ROWS)
    if part:
        _read_looks(sheet, content, part)
    return sheet


def _is_struck(cell: ReadOnlyCell, looks: dict[int, bool]) -> bool:
    style = cell._style_id  # what the public name copies for each cell anew
    if style not in looks:
        looks[style] = bool(style and cell.font.strike)
    return looks[style]


def _get_value(cell: ReadOnlyCell | EmptyCell) -> Cell:
    value: Cell = cell.value
    if cell.data_type == "e":
        return None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        shown = FIXED_DIGITS.fullmatch(cell.number_format.split(";")[0])
        if shown:
            text = show(value, shown)
            return value if text == str(value) else Shown(value, text)
    return value


def show(value: float, form: re.Match[str]) -> str:
    """Return a number as its format shows it.

    >>> show(1.1, FIXED_DIGITS.fullmatch("0.00")), show(12, FIXED_DIGITS.fullmatch("0000"))
    ('1.10', '0012')
    >>> show(0.98, FIXED_DIGITS.fullmatch("0%")), show(0.085, FIXED_DIGITS.fullmatch("0.0%"))
    ('98%', '8.5%')
    """
    digits = len(form[2] or "")
    width = len(form[1]) + (digits + 1 if digits else 0)
    return f"{value * 100 if form[3] else value:0{width}.{digits}f}{form[3] or ''}"


def _find_parts(content: bytes) -> dict[str, str]:
    """Return {title of a sheet: the member of the archive it lies in}."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        book = _parse(archive.read("xl/workbook.xml"))
        relations = _parse(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target") for relation in relations}
    places = {}
    for sheet in book.iter(f"{MAIN}sheet"):
        target = targets.get(sheet.get(RELATION), "")
        places[sheet.get("name")] = (
            target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        )
    return places


def _parse(xml: bytes) -> Element:
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))


def _read_looks(sheet: Sheet, content: bytes, part: str) -> None:
    """Read what the quick reader leaves out: hidden rows and columns, joined cells, formulas without a value."""
    tags = tuple(MAIN + name for name in ("col", "row", "mergeCell", "f"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(part) as file:
        walk = etree.iterparse(file, tag=tags, resolve_entities=False, no_network=True)
        for _event, element in walk:
            _read_look(sheet, element)
            if element.tag == f"{MAIN}row":
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]


def _read_look(sheet: Sheet, element: Element) -> None:
    name = element.tag.removeprefix(MAIN)
    if name == "row" and element.get("hidden") in ("1", "true"):
        sheet.hidden_rows.add(int(element.get("r")) - 1)
    elif name == "col" and element.get("hidden") in ("1", "true"):
        last = min(int(element.get("max")), MOST_COLUMNS)
        sheet.hidden_columns.update(range(int(element.get("min")) - 1, last))
    elif name == "mergeCell":
        start, _colon, end = element.get("ref").partition(":")
        if len(sheet.merged) >= MOST_MERGES:
            raise OfficeError("too_joined", sheet=sheet.name)
        sheet.merged.append((*_get_place(start), *_get_place(end or start)))
    elif name == "f":
        cell = element.getparent()
        if not (cell.findtext(f"{MAIN}v") or "").strip():
            sheet.unknown.add(_get_place(cell.get("r")))


def _get_place(reference: str) -> tuple[int, int]:
    """Return (row, column) of a reference, from 0.

    >>> _get_place("C7"), _get_place("AA1")
    ((6, 2), (0, 26))
    """
    found = REFERENCE.fullmatch(reference)
    if not found:
        raise ValueError(reference)
    letters, number = found.groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(number) - 1, column - 1
