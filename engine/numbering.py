"""Numbers of documents: written one way, compared as they are printed.

Decree 30/2020/NĐ-CP, Annex I: a number is written in Arabic figures, one to nine with a zero before them, then a
stroke and the symbol of the document. ``2``, ``02`` and `` 2`` are one number on paper, so they are one here.
Plain Python, no Odoo.
"""

import re
import unicodedata
from collections.abc import Callable

LEADING_ZEROS = re.compile(r"^0+(?=\d)")


def clean(text: str | None) -> str:
    """Return a number or symbol as it is kept: composed letters, plain figures, single spaces.

    >>> clean("  2 "), clean("５"), clean(None), clean("QĐ-SCT ")
    ('2', '5', '', 'QĐ-SCT')
    """
    return " ".join(unicodedata.normalize("NFKC", text or "").split())


def printed(number: str | None, symbol: str | None = "") -> str:
    """Return number and symbol as a document bears them; empty without a number.

    >>> printed("2", "QĐ-SCT"), printed("002", "QĐ-SCT"), printed("12a"), printed("", "QĐ-SCT")
    ('02/QĐ-SCT', '02/QĐ-SCT', '12a', '')
    """
    number, symbol = clean(number), clean(symbol)
    if number.isascii() and number.isdigit():
        number = LEADING_ZEROS.sub("", number).zfill(2)
    return f"{number}/{symbol}" if number and symbol else number


def key(series: str, year: int, number: str, symbol: str | None = "") -> str:
    """Return what two documents of one agency may not have in common.

    :param series: kind of document that is numbered by itself
    :param year: of the date of the document

    >>> key("decision", 2026, "02", "qđ-sct") == key("decision", 2026, " 2", "QĐ-SCT")
    True
    >>> key("decision", 2026, "2", "QĐ-SCT")
    'decision/2026/2/QĐ-SCT'

    A symbol typed behind the number is printed like one in its own field:

    >>> key("decision", 2026, "02/qđ-sct"), key("decision", 2026, "2")
    ('decision/2026/2/QĐ-SCT', 'decision/2026/2')
    """
    number, symbol = LEADING_ZEROS.sub("", clean(number)).upper(), clean(symbol).upper()
    return "/".join(filter(None, (series, str(year), number, symbol)))


def next_free(last: int, count: int, get_taken: Callable[[list[int]], set[int]]) -> list[int]:
    """Return the next ``count`` numbers after ``last``, stepping over those that somebody took by hand.

    :param get_taken: called with numbers, returns those of them that are taken

    >>> next_free(1, 3, lambda numbers: {3, 4} & set(numbers))
    [2, 5, 6]
    """
    free: list[int] = []
    while len(free) < count:
        candidates = list(range(last + 1, last + 1 + count - len(free)))
        taken = get_taken(candidates)
        free += [number for number in candidates if number not in taken]
        last = candidates[-1]
    return free
