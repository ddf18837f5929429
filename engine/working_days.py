"""Working days as the law counts them: neither the weekly rest nor the public holidays of Vietnam.

Public holidays: Labour Code 2019, Article 112 (Tết and the Hùng Kings' day by the lunar calendar), with the days off in
lieu and the exchanges the Government has announced, as the ``holidays`` package knows them: a Monday off against a
Saturday worked. What it does not know yet an agency enters itself. A period that ends on a day off ends with the next
working day (Civil Code 2015, Article 148(5): quoted by others, its text was not compared; a default of the rule book).
"""

from collections.abc import Callable
from datetime import date as Date
from datetime import timedelta
from functools import cache

import holidays
from dateutil.relativedelta import relativedelta

ONE_DAY = timedelta(days=1)
LONGEST = 4000  # days looked ahead: nobody counts further, and a calendar without any working day must end


@cache
def _holidays_of(year: int) -> dict[Date, str]:
    return dict(holidays.country_holidays("VN", years=year, language="vi"))


def holiday_name(day: Date) -> str:
    """Return what public holiday a day is, in Vietnamese; empty: none.

    >>> holiday_name(Date(2027, 2, 6)), holiday_name(Date(2026, 4, 26)), holiday_name(Date(2026, 5, 4))
    ('Tết Nguyên Đán', 'Ngày Giỗ Tổ Hùng Vương', '')
    """
    return _holidays_of(day.year).get(day, "")


@cache
def _exchanged_days(year: int) -> frozenset[Date]:
    return frozenset(holidays.country_holidays("VN", years=year).weekend_workdays)


def is_exchanged(day: Date) -> bool:
    """Tell whether a Saturday or Sunday is worked, against a working day off that the Government announced.

    >>> is_exchanged(Date(2026, 8, 22)), is_exchanged(Date(2026, 8, 29))
    (True, False)
    """
    return day in _exchanged_days(day.year)


def is_office_day(day: Date) -> bool:
    """Tell whether an office that works from Monday to Friday is open.

    >>> is_office_day(Date(2026, 9, 2)), is_office_day(Date(2026, 11, 28)), is_office_day(Date(2026, 11, 30))
    (False, False, True)

    Monday 31 August 2026 is off, Saturday the 22nd is worked for it:

    >>> is_office_day(Date(2026, 8, 31)), is_office_day(Date(2026, 8, 22))
    (False, True)
    """
    return (day.weekday() < 5 or is_exchanged(day)) and not holiday_name(day)


def last_of(first: Date, days: int, is_working: Callable[[Date], bool] = is_office_day) -> Date:
    """Return the last of so many working days, ``first`` counted if it is one.

    Ten working days from 28 January 2027 span Tết:

    >>> last_of(Date(2027, 1, 28), 10)
    datetime.date(2027, 2, 17)
    >>> last_of(Date(2026, 11, 2), 10), last_of(Date(2026, 11, 28), 1)
    (datetime.date(2026, 11, 13), datetime.date(2026, 11, 30))

    :param days: one or more
    :param is_working: what the agency's own calendar says
    :raises ValueError: no working day, or none so far ahead
    """
    if days < 1:
        raise ValueError("count one working day or more")
    day, left = first, days
    for _step in range(LONGEST):
        left -= is_working(day)
        if not left:
            return day
        day += ONE_DAY
    raise ValueError("too few working days in this calendar")


def deadline_after(start: Date, days: int, is_working: Callable[[Date], bool] = is_office_day) -> Date:
    """Return the last day of a period of working days that begins the day after ``start`` (Civil Code, Article 147(2)).

    >>> deadline_after(Date(2026, 11, 27), 10)
    datetime.date(2026, 12, 11)
    """
    return last_of(start + ONE_DAY, days, is_working)


def end_of_period(day: Date, is_working: Callable[[Date], bool] = is_office_day) -> Date:
    """Return the day a period really ends that falls on this day.

    >>> end_of_period(Date(2027, 1, 31)), end_of_period(Date(2026, 6, 30))
    (datetime.date(2027, 2, 1), datetime.date(2026, 6, 30))
    """
    return last_of(day, 1, is_working)


def end_of_months(start: Date, months: int) -> Date:
    """Return the last day of a period of months, as the calendar has it: the same day of the last month.

    >>> end_of_months(Date(2026, 12, 31), 6), end_of_months(Date(2026, 8, 31), 6)
    (datetime.date(2027, 6, 30), datetime.date(2027, 2, 28))
    """
    end: Date = start + relativedelta(months=months)
    return end
