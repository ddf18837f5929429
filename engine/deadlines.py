"""How late something is, and whether it is still taken.

Plain Python, no Odoo.
"""

from datetime import date, timedelta


def days_late(deadline: date | None, day: date) -> int:
    """Return by how many days ``day`` lies after the deadline; 0 on time or without a deadline.

    >>> days_late(date(2026, 10, 10), date(2026, 10, 12)), days_late(date(2026, 10, 10), date(2026, 10, 10))
    (2, 0)
    >>> days_late(None, date(2026, 1, 1))
    0
    """
    return max((day - deadline).days, 0) if deadline else 0


def is_refused(deadline: date | None, grace: int, day: date) -> bool:
    """Return whether it is too late: the days of grace are over.

    :param grace: days after the deadline on which it is still taken

    >>> [is_refused(date(2026, 10, 10), 2, date(2026, 10, day)) for day in (10, 12, 13)]
    [False, False, True]
    """
    return day > deadline + timedelta(days=grace) if deadline else False


def latest(deadline: date | None, extensions: list[date]) -> date | None:
    """Return the deadline that holds: the latest day granted, never earlier than the common one.

    >>> latest(date(2026, 10, 10), [date(2026, 10, 20), date(2026, 10, 5)])
    datetime.date(2026, 10, 20)
    >>> latest(None, [date(2026, 10, 20)])
    """
    return max([deadline, *extensions]) if deadline else None
