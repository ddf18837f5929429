"""Cut a long table into pages ourselves.

A patched wkhtmltopdf repeats headings and keeps rows whole, an unpatched one does neither, and each rounds the
height of a row its own way. So rows get their height here, from the measured text, and each page its own table.

A sheet takes part when one of its children is ``<table class="lines" data-widths="9 62 …">``: the widths of the
columns in mm. What stands before the table is wrapped in ``<div class="table-head">``; what stands after it says its
height in mm as ``data-height``.
"""

import copy
import math
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from lxml import html

from .fonts import count_lines, font

Element: TypeAlias = html.HtmlElement
Row: TypeAlias = tuple[Element, float]  # and its height in mm
MARKS = {"draft-mark", "copy-mark"}  # lie behind the text
MM_PER_POINT = 25.4 / 72
PIXEL = (
    25.4 / 96 / 1.9
)  # mm of a pixel of the layout (LAYOUT_ZOOM): what is a whole number of them is not rounded
# As in static/src/report/document.css: .lines, .table-head.
SIZE, LINE, PADDING_TOP, PADDING_SIDE = 12.5, 1.2, 2.5, 4.0
HEAD_SIZE, HEAD_LINE, HEAD_SPACE = 14.0, 1.3, 24.0
TOO_WIDE = 99  # lines of a heading with a word wider than the page: more than any page holds
SLACK = 1.0  # mm of each row and of each page left free for rounding


def paginate(section: Element) -> list[Element]:
    """Return the sheets one ``section.sheet`` becomes, each of which fits on a page.

    :param section: its ``data-paper`` and ``data-margins`` are in mm
    """
    table = next(iter(section.xpath("./table[@data-widths]")), None)
    if table is None:
        return [section]
    paper_width, paper_height = map(float, section.get("data-paper").split())
    top, right, bottom, left = map(float, section.get("data-margins").split())
    widths = [float(width) for width in table.get("data-widths").split()]
    before, after = _around(section, table)
    room = paper_height - top - bottom - SLACK
    width = paper_width - left - right
    head = sum(_fix_head(node, width) for node in before if node.get("class") not in MARKS)
    heading = sum(_fix_row(row, widths) for row in table.xpath("./thead/tr"))
    rows = [(row, _fix_row(row, widths)) for row in table.xpath("./tbody/tr")]
    tail = sum(float(node.get("data-height") or 0) for node in after)
    pages = _fill_pages(rows, room - heading, head, tail)
    return [
        _make_sheet(section, table, widths, page, before if index == 0 else [], after, index, len(pages))
        for index, page in enumerate(pages)
    ]


def _around(section: Element, table: Element) -> tuple[list[Element], list[Element]]:
    children = list(section)
    at = children.index(table)
    return children[:at], children[at + 1 :]


def _fix_head(node: Element, width: float) -> float:
    """Give what stands above the table its height, in mm."""
    room = width / MM_PER_POINT * 0.97
    lines = sum(
        count_lines(child.text_content(), "Tinos-Bold", HEAD_SIZE, room) or TOO_WIDE for child in node
    )
    height = (lines * HEAD_SIZE * HEAD_LINE + HEAD_SPACE) * MM_PER_POINT
    node.set("style", f"height:{height:.2f}mm;overflow:hidden")
    return height


def _fix_row(row: Element, widths: Sequence[float]) -> float:
    """Give a row its height, in mm."""
    bold = row.getparent().tag == "thead" or set((row.get("class") or "").split()) & {"group", "total"}
    lines, column = 1, 0
    for cell in row:
        span = int(cell.get("colspan") or 1)
        room = sum(widths[column : column + span]) / MM_PER_POINT - 2 * PADDING_SIDE
        column += span
        lines = max(lines, _cell_lines(cell.text_content(), "Tinos-Bold" if bold else "Tinos-Regular", room))
    height = math.ceil(((lines * SIZE * LINE + 2 * PADDING_TOP) * MM_PER_POINT + SLACK) / PIXEL) * PIXEL
    row.set("style", f"height:{height + PIXEL / 10:.4f}mm")
    return height


def _cell_lines(text: str, file_name: str, room: float) -> int:
    lines = count_lines(text, file_name, SIZE, room * 0.97)
    if lines is not None:
        return lines
    # A word that must be broken: letters fill the line, and one more line for the words around it.
    return int(font(file_name).stringWidth(text, SIZE) / (room * 0.9)) + 2


def _fill_pages(rows: Iterable[Row], room: float, head: float, tail: float) -> list[list[Element]]:
    """Return lists of rows a page; a group heading stays with its first row, a total with the last one."""
    pages: list[list[Element]] = []
    page: list[Element] = []
    free = room - head
    for block, height in _blocks(rows):
        if page and height > free:
            pages.append(page)
            page, free = [], room
        page += block
        free -= height
    pages.append(page)
    if tail > free and len(page) > 1:
        last = _blocks([(row, 0) for row in page])[-1][0]
        if len(last) < len(page):
            pages[-1] = page[: -len(last)]
            pages.append(last)
    return pages


def _blocks(rows: Iterable[Row]) -> list[tuple[list[Element], float]]:
    """Return ``[(rows that stay together, their height)]``."""
    blocks: list[tuple[list[Element], float]] = []
    waiting = False
    for row, height in rows:
        classes = (row.get("class") or "").split()
        if blocks and (waiting or "total" in classes):
            blocks[-1] = ([*blocks[-1][0], row], blocks[-1][1] + height)
        else:
            blocks.append(([row], height))
        waiting = "group" in classes
    return blocks


def _make_sheet(
    section: Element,
    table: Element,
    widths: Iterable[float],
    rows: Iterable[Element],
    before: Iterable[Element],
    after: Iterable[Element],
    index: int,
    count: int,
) -> Element:
    """Return one of ``count`` sheets: the heading of the table on each, what stands around it once."""
    sheet = html.Element("section", dict(section.attrib))
    if index:
        sheet.set("data-continued", "1")
    if index < count - 1:
        sheet.set("style", "page-break-after:always")
    part = html.Element("table", dict(table.attrib))
    columns = html.Element("colgroup")
    columns.extend(html.Element("col", style=f"width:{width}mm") for width in widths)
    body = html.Element("tbody")
    body.extend(rows)
    part.append(columns)
    part.extend(copy.deepcopy(node) for node in table.xpath("./thead"))
    part.append(body)
    sheet.extend(before)
    sheet.append(part)
    if index == count - 1:
        sheet.extend(after)
    return sheet
