"""Open any office file: the one way in."""

from collections.abc import Callable

from . import legacy
from .problems import OfficeError
from .read_docx import read_docx
from .read_html import read_html
from .read_ods import read_ods
from .read_pdf import read_pdf
from .read_text import read_text
from .read_xls import read_xls
from .read_xlsx import read_xlsx
from .safety import MEGABYTE, MOST_BYTES, Kind, identify
from .sheet import Cells, Sheet

READERS: dict[Kind, Callable[[bytes], list[Sheet]]] = {
    "xlsx": read_xlsx,
    "xls": read_xls,
    "ods": read_ods,
    "csv": read_text,
    "html": read_html,
    "docx": read_docx,
    "pdf": read_pdf,
}
SAMPLE = 2_000


def read(content: bytes) -> list[Sheet]:
    """Return the sheets of a file, their texts in Unicode.

    :param bytes content: the file; what it is is told by its content
    :raises OfficeError: it is refused, with the reason

    >>> [sheet.rows for sheet in read("Họ tên;Năm\\nAn;2020".encode())]
    [[['Họ tên', 'Năm'], ['An', '2020']]]
    """
    sheets = READERS[identify(content)](content)
    if not any(sheet.rows for sheet in sheets):
        raise OfficeError("empty")
    return [_convert(sheet) for sheet in sheets]


def read_pasted(text: str | None) -> list[Sheet]:
    """Return the sheets of what was pasted: a table in HTML or lines of text.

    >>> read_pasted("Họ tên\\tNăm\\nAn\\t2020")[0].rows
    [['Họ tên', 'Năm'], ['An', '2020']]
    """
    if not text or not text.strip():
        raise OfficeError("empty")
    if len(text) > MOST_BYTES:
        raise OfficeError("too_big", size=len(text) // MEGABYTE, most=MOST_BYTES // MEGABYTE)
    sheets = read_html(text) if "<table" in text[:MEGABYTE].lower() else read_text(text)
    return [_convert(sheet) for sheet in sheets]


def _convert(sheet: Sheet) -> Sheet:
    """Bring texts of old fonts into Unicode.

    :raises OfficeError: something is left that no Vietnamese text holds
    """
    texts = [value for row in sheet.rows[:SAMPLE] for value in row if isinstance(value, str)] + sheet.above
    encoding = legacy.detect(texts)
    if not encoding:
        return sheet
    sheet.rows = [_convert_row(row, encoding) for row in sheet.rows]
    sheet.above = [legacy.convert(line, encoding) for line in sheet.above]
    left = [value for row in sheet.rows[:SAMPLE] for value in row if isinstance(value, str)]
    if legacy.detect(left):
        raise OfficeError("legacy_font", encoding=encoding)
    return sheet


def _convert_row(row: Cells, encoding: legacy.Encoding) -> Cells:
    """A row that somebody typed in Unicode stays, but for cells that are surely of the old font."""
    texts = [value for value in row if isinstance(value, str)]
    unicode = any(map(legacy.has_unicode, texts))
    return [
        legacy.convert(value, encoding)
        if isinstance(value, str) and (not unicode or legacy.detect([value]) == encoding)
        else value
        for value in row
    ]
