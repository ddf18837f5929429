"""Tables in HTML: what Excel and Word put on the clipboard, and web pages saved with the name of an Excel file."""

import re

from lxml import etree, html

from .problems import OfficeError
from .read_text import decode
from .sheet import MOST_COLUMNS, MOST_ROWS, Cells, Sheet, trim

MOST_SPAN = 1000
BREAK = "\ue000"  # of no text
CLASS = re.compile(r"\.([\w-]+)\s*\{([^}]*)\}")


def read_html(content: str | bytes) -> list[Sheet]:
    """Return a sheet for each table that holds no other.

    :param content: bytes or str
    :raises OfficeError: there is no table, or it is too long

    >>> read_html("<table><tr><th rowspan=2>Tên<th colspan=2>Năm<tr><td>2019<td>2020</table>")[0].rows
    [['Tên', 'Năm'], [None, '2019', '2020']]
    """
    text = content if isinstance(content, str) else decode(content)
    try:
        page = html.document_fromstring(text, html.HTMLParser(no_network=True))
    except etree.ParserError as error:
        raise OfficeError("damaged") from error
    tables = [table for table in page.iter("table") if table.find(".//table") is None]
    if not tables:
        raise OfficeError("no_table")
    return [_read_table(table, number) for number, table in enumerate(tables, 1)]


def _read_table(table: html.HtmlElement, number: int) -> Sheet:
    sheet = Sheet(str(number), [])
    struck = _get_struck_classes(table)
    taken: dict[int, int] = {}  # column -> first row that is free of what hangs down from above
    for top, line in enumerate(table.iter("tr")):
        if top >= MOST_ROWS:
            raise OfficeError("too_many_rows", sheet=sheet.name, most=MOST_ROWS)
        row: Cells = []
        for cell in line.iter("td", "th"):
            while taken.get(len(row), 0) > top:
                row.append(None)
            left = len(row)
            if left >= MOST_COLUMNS:
                break
            height = _get_span(cell, "rowspan")
            width = min(_get_span(cell, "colspan"), MOST_COLUMNS - left)
            if height > 1 or width > 1:
                sheet.merged.append((top, left, top + height - 1, left + width - 1))
            taken.update(dict.fromkeys(range(left, left + width), top + height))
            if _is_struck(cell, struck):
                sheet.struck.add((top, left))
            row += [_get_text(cell), *[None] * (width - 1)]
        sheet.rows.append(row)
    trim(sheet.rows)
    return sheet


def _get_struck_classes(table: html.HtmlElement) -> set[str]:
    """Return the classes of cells that the style sheet of the page strikes through, as Excel writes it."""
    styles = "\n".join(style.text or "" for style in table.getroottree().iter("style"))
    return {name for name, look in CLASS.findall(styles) if "line-through" in look}


def _is_struck(cell: html.HtmlElement, classes: set[str]) -> bool:
    if "line-through" in (cell.get("style") or "") or classes.intersection((cell.get("class") or "").split()):
        return True
    gone = "".join(part.text_content() for part in cell.iter("s", "strike", "del"))
    return bool(gone.strip()) and gone.split() == cell.text_content().split()


def _get_text(cell: html.HtmlElement) -> str:
    """Return the text of a cell, line by line.

    >>> read_html("<table><tr><td>LĐTT<br>CSTĐ\\n cơ sở<td><p>a<p>b</table>")[0].rows
    [['LĐTT\\nCSTĐ cơ sở', 'a\\nb']]
    """
    for part in cell.iter("br", "p", "div", "li"):
        part.tail = f"{BREAK}{part.tail or ''}"
    lines = (" ".join(line.split()) for line in cell.text_content().split(BREAK))
    return "\n".join(filter(None, lines))


def _get_span(cell: html.HtmlElement, axis: str) -> int:
    text = cell.get(axis) or "1"
    return max(1, min(int(text), MOST_SPAN)) if text.isdecimal() else 1
