"""OpenDocument spreadsheets (.ods): one XML file, read row by row."""

import io
import zipfile
from datetime import date, datetime
from typing import IO, TypeAlias

from lxml import etree

from .problems import OfficeError
from .sheet import MOST_COLUMNS, MOST_MERGES, MOST_ROWS, Cell, Cells, Sheet, is_empty, trim

Element: TypeAlias = etree._Element

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
HIDDEN = ("collapse", "filter")
NUMBERS = ("float", "percentage", "currency")


def read_ods(content: bytes) -> list[Sheet]:
    """Return the sheets of an OpenDocument spreadsheet.

    :raises OfficeError: the file is damaged or a sheet too long
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("content.xml") as file:
            walk = _Walk()
            walk.go(file)
    except (etree.XMLSyntaxError, KeyError, ValueError, IndexError) as error:
        raise OfficeError("damaged") from error
    unseen = set(map(id, walk.hidden))
    sheets = [sheet for sheet in walk.sheets if id(sheet) not in unseen]
    if sheets and walk.hidden:
        sheets[0].lost["hidden_sheets"] = len(walk.hidden)
    return sheets


class _Walk:
    """The way through the file, with the sheet and the column it has come to."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.hidden: list[Sheet] = []
        self.struck: set[str] = set()  # styles that strike through
        self.unseen: set[str] = set()  # styles of hidden sheets
        self.column = 0
        self.depth = 0

    def go(self, file: IO[bytes]) -> None:
        tags = (*(TABLE + name for name in ("table", "table-column", "table-row")), f"{STYLE}style")
        options = {"resolve_entities": False, "no_network": True, "tag": tags}
        for event, element in etree.iterparse(file, events=("start", "end"), **options):
            name = element.tag.removeprefix(TABLE)
            if element.tag == f"{STYLE}style":
                if event == "end":
                    self.take_style(element)
            elif name == "table":
                self.take_table(event, element)
            elif event == "end" and self.depth == 1:
                self.take_column(element) if name == "table-column" else self.take_row(element)

    def take_style(self, element: Element) -> None:
        name = element.get(f"{STYLE}name", "")
        line = f"{STYLE}text-line-through-style"
        if any(part.get(line, "none") != "none" for part in element.iter(f"{STYLE}text-properties")):
            self.struck.add(name)
        if any(part.get(f"{TABLE}display") == "false" for part in element.iter(f"{STYLE}table-properties")):
            self.unseen.add(name)

    def take_table(self, event: str, element: Element) -> None:
        self.depth += 1 if event == "start" else -1
        if event == "start" and self.depth == 1:
            self.sheets.append(Sheet(element.get(f"{TABLE}name", ""), []))
            if element.get(f"{TABLE}style-name") in self.unseen:
                self.hidden.append(self.sheets[-1])
            self.column = 0
        elif event == "end" and self.depth == 0:
            trim(self.sheets[-1].rows)

    def take_column(self, element: Element) -> None:
        count = int(element.get(f"{TABLE}number-columns-repeated", 1))
        if element.get(f"{TABLE}visibility") in HIDDEN:
            places = range(self.column, min(self.column + count, MOST_COLUMNS))
            self.sheets[-1].hidden_columns.update(places)
        self.column += count

    def take_row(self, element: Element) -> None:
        sheet = self.sheets[-1]
        values = self.read_cells(sheet, element)
        empty = all(map(is_empty, values))
        count = int(element.get(f"{TABLE}number-rows-repeated", 1))
        room = MOST_ROWS - sum(len(other.rows) for other in self.sheets)
        if count > room and not empty:
            raise OfficeError("too_many_rows", sheet=sheet.name, most=MOST_ROWS)
        for _repeated in range(min(count, max(room, 0))):
            if element.get(f"{TABLE}visibility") in HIDDEN:
                sheet.hidden_rows.add(len(sheet.rows))
            sheet.rows.append(list(values))
        element.clear()

    def read_cells(self, sheet: Sheet, element: Element) -> Cells:
        values: Cells = []
        for cell in element.iter(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            rows, columns = (
                int(cell.get(f"{TABLE}number-{axis}-spanned", 1)) for axis in ("rows", "columns")
            )
            if rows > 1 or columns > 1:
                top, left = len(sheet.rows), len(values)
                if len(sheet.merged) >= MOST_MERGES:
                    raise OfficeError("too_joined", sheet=sheet.name)
                sheet.merged.append((top, left, top + rows - 1, left + columns - 1))
            if cell.get(f"{TABLE}style-name") in self.struck:
                sheet.struck.add((len(sheet.rows), len(values)))
            count = int(cell.get(f"{TABLE}number-columns-repeated", 1))
            covered = cell.tag == f"{TABLE}covered-table-cell"
            values += [None if covered else _get_value(cell)] * min(count, MOST_COLUMNS - len(values))
        return values


def _get_value(cell: Element) -> Cell:
    kind = cell.get(f"{OFFICE}value-type")
    if kind in NUMBERS:
        return float(cell.get(f"{OFFICE}value"))
    if kind == "date":
        text = cell.get(f"{OFFICE}date-value")
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    if kind == "boolean":
        return bool(cell.get(f"{OFFICE}boolean-value") == "true")
    lines = ["".join(paragraph.itertext()) for paragraph in cell.iter(f"{TEXT}p")]
    return "\n".join(lines) or None
