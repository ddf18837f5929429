"""How late something is, and whether it is still taken.

Plain Python, no Odoo.
"""

from datetime import date, timedelta

REMINDED_BEFORE = (7, 3, 1, 0)  # days
WEEK = 7


def days_late(deadline: date | None, day: date) -> int:
    """Return by how many days ``day`` lies after the deadline; 0 on time or without a deadline.

    >>> days_late(date(2026, 10, 10), date(2026, 10, 12)), days_late(date(2026, 10, 10), date(2026, 10, 10))
    (2, 0)
    >>> days_late(None, date(2026, 1, 1))
    0
    """
    return max((day - deadline).days, 0) if deadline else 0


def is_reminder_day(deadline: date | None, day: date) -> bool:
    """Return whether who owes something is reminded: 7, 3, 1 and 0 days before its deadline, then every week.

    >>> [day for day in range(1, 29) if is_reminder_day(date(2026, 2, 10), date(2026, 2, day))]
    [3, 7, 9, 10, 17, 24]
    >>> is_reminder_day(None, date(2026, 2, 10))
    False
    """
    left = (deadline - day).days if deadline else None
    return left is not None and (left in REMINDED_BEFORE or (left < 0 and left % WEEK == 0))


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
