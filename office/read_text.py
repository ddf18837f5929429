"""Plain text: .csv in any encoding Vietnamese offices use, and what was pasted from Excel or Word."""

import csv
import io
import unicodedata

from .problems import OfficeError
from .sheet import MOST_COLUMNS, MOST_ROWS, Sheet, trim

DELIMITERS = "\t;,|"


def read_text(content: str | bytes, name: str = "") -> list[Sheet]:
    """Return the one sheet of a text.

    :param content: bytes of a .csv file, or str that was pasted
    :raises OfficeError: the text is damaged or too long

    >>> read_text("Họ tên\\tNăm\\nAn\\t2020")[0].rows
    [['Họ tên', 'Năm'], ['An', '2020']]
    >>> read_text('Tên;Danh hiệu\\n"An; Bình";LĐTT'.encode("utf-16"))[0].rows
    [['Tên', 'Danh hiệu'], ['An; Bình', 'LĐTT']]
    """
    text = content if isinstance(content, str) else decode(content)
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    csv.field_size_limit(1_000_000)
    try:
        lines = list(csv.reader(io.StringIO(text), delimiter=find_delimiter(text)))
    except csv.Error as error:
        raise OfficeError("damaged") from error
    rows = trim([[*line[:MOST_COLUMNS]] for line in lines])
    if len(rows) > MOST_ROWS:
        raise OfficeError("too_many_rows", sheet=name, most=MOST_ROWS)
    return [Sheet(name, rows)]


def decode(content: bytes) -> str:
    """Return the text of a file: Unicode by its mark or its form, else the Vietnamese code page of Windows.

    >>> decode("Đỗ".encode("utf-8-sig")), decode("Đỗ".encode("utf-16")), decode(b"Ho\\xb5ng")
    ('Đỗ', 'Đỗ', 'Hoµng')
    >>> decode(b"T\\xf4i l\\xe0 \\xd0\\xf4\\xde")
    'Tôi là Đỗ'
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Windows-1258 writes tones apart; the fonts of before Unicode lie in the same half of the table.
        western = content.decode("cp1252", errors="replace")
        from .legacy import detect

        if detect([western]):
            return western
        return unicodedata.normalize("NFC", content.decode("cp1258", errors="replace"))


def find_delimiter(text: str) -> str:
    """Return what separates the cells: the sign that cuts most of the first lines into the same number of cells.

    >>> [find_delimiter(text) for text in ("a\\tb", "a;b\\n1,5;2", "a,b", "one")]
    ['\\t', ';', ',', ',']
    """
    lines = [line for line in text.split("\n")[:50] if line.strip()]
    counts = {sign: sorted(line.count(sign) for line in lines) for sign in DELIMITERS}
    typical = {sign: found[len(found) // 2] if found else 0 for sign, found in counts.items()}
    if not any(typical.values()):
        typical = {sign: found[-1] if found else 0 for sign, found in counts.items()}
    best = max(DELIMITERS, key=lambda sign: (typical[sign] > 0, sign == "\t", typical[sign]))
    return best if typical[best] else ","
