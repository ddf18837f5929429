"""Tables in HTML: what Excel and Word put on the clipboard, and web pages saved with the name of an Excel file."""

from lxml import etree, html

from .problems import OfficeError
from .read_text import decode
from .sheet import MOST_COLUMNS, MOST_ROWS, Cells, Sheet, trim

MOST_SPAN = 1000


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
    taken: set[tuple[int, int]] = set()
    for top, line in enumerate(table.iter("tr")):
        if top >= MOST_ROWS:
            raise OfficeError("too_many_rows", sheet=sheet.name, most=MOST_ROWS)
        row: Cells = []
        for cell in line.iter("td", "th"):
            while (top, len(row)) in taken:
                row.append(None)
            height, width = (_get_span(cell, axis) for axis in ("rowspan", "colspan"))
            left = len(row)
            if height > 1 or width > 1:
                sheet.merged.append((top, left, top + height - 1, left + width - 1))
            taken.update((top + down, left + across) for down in range(1, height) for across in range(width))
            row += [" ".join(cell.text_content().split()), *[None] * (width - 1)]
        sheet.rows.append(row[:MOST_COLUMNS])
    trim(sheet.rows)
    return sheet


def _get_span(cell: html.HtmlElement, axis: str) -> int:
    text = cell.get(axis) or "1"
    return max(1, min(int(text), MOST_SPAN)) if text.isdecimal() else 1
