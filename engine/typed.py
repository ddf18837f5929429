"""What somebody typed, read at one door: texts, numbers, ids and dates, whatever a form, an address or a file holds.

Each function returns the plain value, None for nothing typed, or raises ``Mistyped``; no other exception leaves.
Numbers are read as they are written in Viet Nam: a comma before the fraction, points between thousands.
"""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from unicodedata import category

LARGEST_ID = 2**31 - 1
LARGEST_NUMBER = 10**12  # above any sum of money or count of ours, below where a float loses its cents
FIRST_YEAR, LAST_YEAR = 1900, 2200
LONGEST_NUMBER = 30
# Points between thousands only where three digits follow each: "7.555" is read as seven thousand, "95.5" is not.
NUMBER = re.compile(r"-?(?:[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:[.,][0-9]+)?)")
SPACE_IN_NUMBER = re.compile(r"(?<=[0-9])[ \u00a0\u202f](?=[0-9]{3}(?:[^0-9]|$))")
DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")


class Mistyped(ValueError):
    """What was typed cannot be read; ``code`` says why, ``shown`` is the beginning of it, safe to repeat.

    ``code`` is ``not_text``, ``too_long``, ``not_number``, ``too_large`` or ``not_date``.
    """

    def __init__(self, code: str, shown: object = "", limit: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.shown = clean(shown)[:40] if isinstance(shown, str) else ""
        self.limit = limit


def clean(text: str) -> str:
    """Return the text without what no database stores and no page shows: control signs and broken halves of letters.

    >>> clean("a\\x00b\\r\\nc\\td")
    'ab\\nc\\td'
    >>> clean("ạ" + chr(0xD800))
    'ạ'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.encode("utf-8", "ignore").decode()
    if text.isprintable():
        return text
    return "".join(sign for sign in text if sign in "\n\t" or category(sign) != "Cc")


def read_text(value: object, limit: int) -> str:
    """Return a text of several lines, without blanks around it.

    :param int limit: signs allowed
    :raises Mistyped: ``not_text`` (a list, a file, a number), ``too_long``

    >>> read_text("  Tiết kiệm\\r\\n200 giờ ", 100)
    'Tiết kiệm\\n200 giờ'
    """
    if value is None or value is False:
        return ""
    if not isinstance(value, str):
        raise Mistyped("not_text")
    text = clean(value).strip()
    if len(text) > limit:
        raise Mistyped("too_long", text, limit)
    return text


def read_line(value: object, limit: int) -> str:
    """Return a text of one line: what stands on several is joined by a blank.

    >>> read_line("Nguyễn\\r\\nAn", 100)
    'Nguyễn An'
    """
    return " ".join(read_text(value, limit).split())


def read_search(value: object, limit: int = 100) -> str:
    """Return what is looked for, cut to ``limit``; what is no text looks for nothing.

    >>> read_search("x" * 5000) == "x" * 100, read_search(["x"])
    (True, '')
    """
    return " ".join(clean(value).split())[:limit] if isinstance(value, str) else ""


def read_number(value: object, digits: int = 2) -> float | None:
    """Return a number rounded to ``digits``, None for nothing.

    :raises Mistyped: ``not_text``, ``not_number``, ``too_large``

    >>> [read_number(text) for text in ("95,5", "95.5", "1.250.400.750", "1 250,75", "-3", "0.125", "")]
    [95.5, 95.5, 1250400750.0, 1250.75, -3.0, 0.13, None]
    """
    if not isinstance(value, str) and value is not None:
        raise Mistyped("not_text")
    text = clean(value or "").strip()
    if not text:
        return None
    if len(text) > LONGEST_NUMBER:
        raise Mistyped("too_large", text)
    plain = SPACE_IN_NUMBER.sub("", text)
    if not NUMBER.fullmatch(plain):
        raise Mistyped("not_number", text)
    if "," in plain or re.fullmatch(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+", plain):
        plain = plain.replace(".", "").replace(",", ".")
    number = Decimal(plain)
    if abs(number) > LARGEST_NUMBER:
        raise Mistyped("too_large", text)
    return float(number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))  # as on paper


def is_given(value: object) -> bool:
    """Return whether a number was given at all: nothing typed is no number, 0 is one.

    >>> [is_given(value) for value in (0, 0.0, "0", None, False, "")]
    [True, True, True, False, False, False]
    """
    return value is not None and value is not False and value != ""


def read_id(value: object) -> int | None:
    """Return the id of a record, None for what can be none.

    >>> [read_id(value) for value in ("12", 12, "0", "-1", "1_0", "²", "9" * 5000, 2**31, [1], True)]
    [12, 12, None, None, None, None, None, None, None, None]
    """
    number = _digits(value)
    return number if number is not None and 0 < number <= LARGEST_ID else None


def read_ids(values: object, most: int = 1000) -> list[int]:
    """Return the ids among ``values``, each once, in their order, at most ``most``.

    >>> read_ids(["3", "x", "3", "1"]), read_ids("31")
    ([3, 1], [])
    """
    if not isinstance(values, (list, tuple)):
        return []
    found = dict.fromkeys(read_id(value) for value in values[: 2 * most])
    return [number for number in found if number is not None][:most]


def read_date(value: object) -> date | None:
    """Return a day, None for nothing; as browsers send it or as people write it.

    :raises Mistyped: ``not_text``, ``not_date``

    >>> read_date("2026-11-30"), read_date("30/11/2026"), read_date("")
    (datetime.date(2026, 11, 30), datetime.date(2026, 11, 30), None)
    """
    text = read_search(value)
    if not isinstance(value, str) and value is not None:
        raise Mistyped("not_text")
    if not text:
        return None
    if found := ISO_DAY.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := DAY.fullmatch(text):
        day, month, year = map(int, found.groups())
    else:
        raise Mistyped("not_date", text)
    try:
        read = date(year, month, day)
    except ValueError as error:
        raise Mistyped("not_date", text) from error
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Mistyped("not_date", text)
    return read


def _digits(value: object) -> int | None:
    """Return a whole number of at most ten ASCII digits, None for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value if abs(value) < 10**10 else None
    if isinstance(value, str) and len(value) <= 10 and value.isascii() and value.isdigit():
        return int(value)
    return None
