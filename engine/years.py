"""What repeats: years in names move on, numbers are shared out.

Plain Python, no Odoo.
"""

import re
from datetime import date

from dateutil.relativedelta import relativedelta

# A year of this or the last century standing alone: 2026, not 12026 and not the 2020 of 39/2020/QĐ.
YEAR = re.compile(r"(?<![\d/])(?:19|20)\d\d(?![\d/])")


def get_span(start: date | None, end: date | None) -> int:
    """Return by how many years a period moves when it is repeated: as many as it lasts, the last one begun is whole.

    >>> get_span(date(2026, 1, 1), date(2026, 12, 31)), get_span(date(2021, 1, 1), date(2025, 12, 31))
    (1, 5)

    A school year is one year, though it touches two; so is the winter of a campaign:

    >>> get_span(date(2025, 9, 1), date(2026, 5, 31)), get_span(date(2025, 11, 20), date(2026, 2, 3))
    (1, 1)
    >>> get_span(None, date(2026, 1, 1))
    1
    """
    if not start or not end:
        return 1
    lasts = relativedelta(end, start)
    months: int = lasts.years * 12 + lasts.months
    return max(1, -(-months // 12))


def shift_day(day: date | None, years: int) -> date | None:
    """Return the same day some years later; 29 February becomes the 28th where there is none.

    >>> shift_day(date(2024, 2, 29), 1)
    datetime.date(2025, 2, 28)
    """
    return day + relativedelta(years=years) if day else day


def shift_name(name: str, years: int) -> str:
    """Return a name with its years moved on; the years in the number of a document stay.

    >>> shift_name("Phong trào thi đua năm 2026", 1)
    'Phong trào thi đua năm 2027'
    >>> shift_name("Kế hoạch 2021-2025 theo Nghị quyết 39/2020", 5)
    'Kế hoạch 2026-2030 theo Nghị quyết 39/2020'
    """
    return YEAR.sub(lambda found: str(int(found.group()) + years), name)


def share_out(number: int, parts: int) -> list[int]:
    """Return a number in as equal shares as whole numbers allow, the larger ones first.

    >>> share_out(7, 3), share_out(2, 3), share_out(5, 0)
    ([3, 2, 2], [1, 1, 0], [])
    """
    if parts <= 0:
        return []
    share, rest = divmod(max(number, 0), parts)
    return [share + (place < rest) for place in range(parts)]
