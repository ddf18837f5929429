from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import working_days

DAYS = st.dates(date(2015, 1, 1), date(2039, 12, 31))


@pytest.mark.parametrize(
    "day",
    [date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26)]  # first day of the lunar year
    + [date(2026, 4, 26), date(2027, 4, 16)]  # tenth of the third lunar month
    + [date(year, month, day) for year in (2026, 2027) for month, day in ((1, 1), (4, 30), (5, 1), (9, 2))],
)
def test_public_holidays(day):
    assert working_days.holiday_name(day)
    assert not working_days.is_office_day(day)


def test_tet_is_five_days_at_least():
    tet = [date(2027, 2, 5) + timedelta(days=step) for step in range(5)]
    assert all(map(working_days.holiday_name, tet))


@given(DAYS, st.integers(1, 60))
def test_every_day_counted_is_a_working_day(first, days):
    last = working_days.last_of(first, days)
    span = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    assert sum(map(working_days.is_office_day, span)) == days
    assert working_days.is_office_day(last)


@given(DAYS, st.integers(1, 60))
def test_more_days_end_later(first, days):
    assert working_days.last_of(first, days) < working_days.last_of(first, days + 1)


@given(DAYS)
def test_a_period_never_ends_on_a_day_off_nor_earlier(day):
    end = working_days.end_of_period(day)
    assert end >= day and working_days.is_office_day(end)


def test_what_cannot_be_counted():
    with pytest.raises(ValueError, match="one working day"):
        working_days.last_of(date(2026, 1, 5), 0)
    with pytest.raises(ValueError, match="too few"):
        working_days.last_of(date(2026, 1, 5), 1, lambda _day: False)
