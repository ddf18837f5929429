"""Tables in Word documents (.docx), with the lines of text above each."""

import io
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from lxml import etree

from .problems import OfficeError
from .safety import DAMAGED
from .sheet import MOST_COLUMNS, MOST_ROWS, Cells, Sheet, trim

Element: TypeAlias = etree._Element

OLD = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# What is written in the file and not shown: the copy of a text box for old programs, text that was moved away.
UNSEEN = (f"{OLD}Fallback", f"{WORD}moveFrom")
LETTERHEAD = 3  # rows of a table that is one at most
OFF = ("0", "false", "off", "none")
LINE = {f"{WORD}tab": " ", f"{WORD}br": "\n"}


def read_docx(content: bytes) -> list[Sheet]:
    """Return a sheet for each table of a document, tables inside tables after the one that holds them.

    :raises OfficeError: the file is damaged or holds no table
    """
    import docx

    try:
        body = docx.Document(io.BytesIO(content)).element.body
    except (KeyError, AttributeError, etree.XMLSyntaxError, *DAMAGED) as error:
        raise OfficeError("damaged") from error
    sheets: list[Sheet] = []
    above: list[str] = []
    for element in body.iterchildren(f"{WORD}p", f"{WORD}tbl", f"{WORD}sdt"):
        if element.tag == f"{WORD}p":
            above += _get_lines(element)
        for table in _get_outer_tables(element):
            sheets += _read_table(table, above, str(len(sheets) + 1))
    if not sheets:
        raise OfficeError("no_table")
    return sheets


def _get_outer_tables(element: Element) -> list[Element]:
    """Return the tables of a block that stand in no other table: it is one, or holds them in a text box."""
    if element.tag == f"{WORD}tbl":
        return [element]
    return [table for table in _iter_shown(element, "tbl") if _get_table(table, element) is None]


def _read_table(table: Element, above: list[str], number: str) -> list[Sheet]:
    sheet = Sheet(number, [], above=list(above), follows=True)
    inner: list[Element] = []
    starts: dict[int, int] = {}
    for line in table.iter(f"{WORD}tr"):
        if _get_table(line) is not table:
            continue
        if len(sheet.rows) >= MOST_ROWS:
            raise OfficeError("too_many_rows", sheet=sheet.name, most=MOST_ROWS)
        row: Cells = [None] * _get_number(line, "trPr/gridBefore")
        for cell in line.iter(f"{WORD}tc"):
            if _get_table(cell) is not table:
                continue
            inner += [own for own in _iter_shown(cell, "tbl") if _get_table(own) is table]
            _take_cell(sheet, row, cell, starts)
        sheet.rows.append(row[:MOST_COLUMNS])
    trim(sheet.rows)
    above.clear()
    above += sheet.above
    if len(sheet.rows) <= LETTERHEAD:
        above += [text for row in sheet.rows for text in row if isinstance(text, str)]
    return [
        sheet,
        *(
            part
            for index, own in enumerate(inner, 1)
            for part in _read_table(own, above, f"{number}.{index}")
        ),
    ]


def _iter_shown(element: Element, name: str) -> Iterator[Element]:
    """Yield parts of an element; a text box is written twice, for new programs and for old ones."""
    for part in element.iter(f"{WORD}{name}"):
        if not any(parent.tag in UNSEEN for parent in part.iterancestors()):
            yield part


def _get_number(element: Element, path: str) -> int:
    """Return a number of a property, as many columns as are read at most."""
    found = element.find("/".join(f"{WORD}{name}" for name in path.split("/")))
    text = found.get(f"{WORD}val", "1") if found is not None else "0"
    return min(int(text), MOST_COLUMNS) if text.isdecimal() else 0


def _get_table(part: Element, within: Element | None = None) -> Element | None:
    """Return the table a part stands in, None if there is none within an element."""
    for parent in part.iterancestors():
        if parent is within:
            return None
        if parent.tag == f"{WORD}tbl":
            return parent
    return None


def _take_cell(sheet: Sheet, row: Cells, cell: Element, starts: dict[int, int]) -> None:
    """Add the text of a cell; cells joined downwards hold their text in the first only."""
    top, left = len(sheet.rows), len(row)
    width = max(_get_number(cell, "tcPr/gridSpan"), 1)
    join = cell.find(f"{WORD}tcPr/{WORD}vMerge")
    continued = join is not None and join.get(f"{WORD}val", "continue") == "continue"
    if continued and left in starts:
        first = starts[left]
        sheet.merged = [area for area in sheet.merged if area[:2] != (first, left)]
        sheet.merged.append((first, left, top, left + width - 1))
    else:
        starts[left] = top
        if width > 1:
            sheet.merged.append((top, left, top, left + width - 1))
    paragraphs = [part for part in cell.iter(f"{WORD}p") if _get_cell(part) is cell]
    text = None if continued else "\n".join(_get_lines(*paragraphs)) or None
    if text and _is_struck(paragraphs):
        sheet.struck.add((top, left))
    row += [text, *[None] * (width - 1)]


def _get_cell(part: Element) -> Element:
    return next(parent for parent in part.iterancestors() if parent.tag == f"{WORD}tc")


def _is_struck(paragraphs: Iterable[Element]) -> bool:
    """Tell whether every text of a cell is struck through."""
    runs = [
        run
        for paragraph in paragraphs
        for run in paragraph.iter(f"{WORD}r")
        if run.find(f"{WORD}t") is not None
    ]
    return bool(runs) and all(
        any(
            line.get(f"{WORD}val", "1") not in OFF
            for name in ("strike", "dstrike")
            for line in run.iterfind(f"{WORD}rPr/{WORD}{name}")
        )
        for run in runs
    )


def _get_lines(*paragraphs: Element) -> list[str]:
    """Return the lines of paragraphs that are not empty; text that was deleted or moved away is not in them, nor
    what stands in tables of a text box.
    """
    lines: list[str] = []
    for paragraph in paragraphs:
        parts = []
        for element in paragraph.iter(f"{WORD}t", f"{WORD}tab", f"{WORD}br"):
            if any(parent.tag in UNSEEN for parent in element.iterancestors()):
                continue
            if _get_table(element, paragraph) is None:
                parts.append(element.text or "" if element.tag == f"{WORD}t" else LINE[element.tag])
        lines += filter(None, (" ".join(text.split()) for text in "".join(parts).split("\n")))
    return lines
