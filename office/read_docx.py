"""Tables in Word documents (.docx), with the lines of text above each."""

import io
import zipfile
from typing import TypeAlias

from lxml import etree

from .problems import OfficeError
from .sheet import MOST_ROWS, Cells, Sheet, trim

Element: TypeAlias = etree._Element

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_docx(content: bytes) -> list[Sheet]:
    """Return a sheet for each table of a document, tables inside tables after the one that holds them.

    :raises OfficeError: the file is damaged or holds no table
    """
    import docx

    try:
        body = docx.Document(io.BytesIO(content)).element.body
    except (KeyError, ValueError, AttributeError, etree.XMLSyntaxError, zipfile.BadZipFile) as error:
        raise OfficeError("damaged") from error
    sheets: list[Sheet] = []
    above: list[str] = []
    for element in body.iterchildren(f"{WORD}p", f"{WORD}tbl", f"{WORD}sdt"):
        if element.tag == f"{WORD}p":
            above += _get_lines(element)
            continue
        for table in [element] if element.tag == f"{WORD}tbl" else element.iter(f"{WORD}tbl"):
            sheets += _read_table(table, above, str(len(sheets) + 1))
    if not sheets:
        raise OfficeError("no_table")
    return sheets


def _read_table(table: Element, above: list[str], number: str) -> list[Sheet]:
    sheet = Sheet(number, [], above=list(above))
    inner: list[Element] = []
    starts: dict[int, int] = {}
    for line in table.iterchildren(f"{WORD}tr"):
        if len(sheet.rows) >= MOST_ROWS:
            raise OfficeError("too_many_rows", sheet=sheet.name, most=MOST_ROWS)
        row: Cells = []
        for cell in line.iter(f"{WORD}tc"):
            if _get_table(cell) is not table:
                continue
            inner += cell.iterchildren(f"{WORD}tbl")
            _take_cell(sheet, row, cell, starts)
        sheet.rows.append(row)
    trim(sheet.rows)
    above += [text for row in sheet.rows[:3] for text in row if isinstance(text, str)]
    return [
        sheet,
        *(
            part
            for index, own in enumerate(inner, 1)
            for part in _read_table(own, above, f"{number}.{index}")
        ),
    ]


def _get_table(cell: Element) -> Element:
    parent = cell.getparent()
    while parent.tag != f"{WORD}tbl":
        parent = parent.getparent()
    return parent


def _take_cell(sheet: Sheet, row: Cells, cell: Element, starts: dict[int, int]) -> None:
    """Add the text of a cell; cells joined downwards hold their text in the first only."""
    top, left = len(sheet.rows), len(row)
    span = cell.find(f"{WORD}tcPr/{WORD}gridSpan")
    width = int(span.get(f"{WORD}val", 1)) if span is not None else 1
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
    text = None if continued else "\n".join(_get_lines(*cell.iterchildren(f"{WORD}p"))) or None
    row += [text, *[None] * (width - 1)]


def _get_lines(*paragraphs: Element) -> list[str]:
    """Return the lines of paragraphs that are not empty; deleted text is not in them."""
    lines = []
    for paragraph in paragraphs:
        parts = []
        for element in paragraph.iter(f"{WORD}t", f"{WORD}tab", f"{WORD}br"):
            parts.append(element.text or "" if element.tag == f"{WORD}t" else " ")
        text = " ".join("".join(parts).split())
        if text:
            lines.append(text)
    return lines
