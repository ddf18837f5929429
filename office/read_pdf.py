"""Tables drawn with lines in PDF files: decisions and their annexes, over as many pages as they take."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from .problems import OfficeError
from .sheet import MOST_ROWS, Cells, Sheet, trim

if TYPE_CHECKING:  # loaded only where a PDF is read
    from pdfplumber.page import Page

MOST_PAGES = 300


def read_pdf(content: bytes) -> list[Sheet]:
    """Return the tables of a PDF; a table that goes on over the pages is one sheet.

    :raises OfficeError: it is locked, too long, a scan or has no table
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    try:
        with pdfplumber.open(io.BytesIO(content)) as book:
            if len(book.pages) > MOST_PAGES:
                raise OfficeError("too_many_pages", most=MOST_PAGES)
            sheets, has_text = _read_pages(book.pages)
    except OfficeError:
        raise
    except Exception as error:  # pdfminer raises many kinds for a damaged file
        causes = (error, error.__cause__, *error.args)
        locked = any(isinstance(cause, PDFPasswordIncorrect) for cause in causes)
        raise OfficeError("locked" if locked else "damaged") from error
    if not sheets:
        raise OfficeError("no_lines" if has_text else "scanned")
    return sheets


def _read_pages(pages: Iterable[Page]) -> tuple[list[Sheet], bool]:
    sheets: list[Sheet] = []
    above: list[str] = []
    has_text = False
    pictures = 0
    for page in pages:
        bottom, ended = 0.0, False
        for table in page.find_tables():
            lines = _get_lines(page, bottom, table.bbox[1])
            bottom = table.bbox[3]
            rows: list[Cells] = [[cell or None for cell in row] for row in table.extract()]
            # A table at the very top of a page with as many columns goes on from the page before.
            if sheets and not ended and _goes_on(sheets[-1], rows, lines):
                sheets[-1].pages.add(len(sheets[-1].rows))
                sheets[-1].rows += rows
            else:
                above += lines
                sheets.append(Sheet(str(len(sheets) + 1), rows, above=list(above), follows=True))
            ended = True
            if len(sheets[-1].rows) > MOST_ROWS:
                raise OfficeError("too_many_rows", sheet=sheets[-1].name, most=MOST_ROWS)
        above += _get_lines(page, bottom, page.height)
        has_text = has_text or bool(page.chars)
        pictures += not page.chars and bool(page.images)
        page.close()
    for sheet in sheets:
        trim(sheet.rows)
    if sheets and pictures:
        sheets[0].lost["pictures"] = pictures
    return sheets, has_text


def _goes_on(sheet: Sheet, rows: Sequence[Cells], lines: Iterable[str]) -> bool:
    """Tell whether rows continue a sheet: as many columns, and at most a page number above them."""
    numbers = all(line.strip(" -–/").replace("Trang", "").strip().isdecimal() for line in lines)
    return numbers and max(map(len, rows)) == max(map(len, sheet.rows))


def _get_lines(page: Page, top: float, bottom: float) -> list[str]:
    """Return the lines of text between two heights of a page."""
    top, bottom = max(top, 0), min(bottom, page.height)
    if bottom - top < 1:
        return []
    text = page.crop((0, top, page.width, bottom)).extract_text() or ""
    return [line.strip() for line in text.splitlines() if line.strip()]
