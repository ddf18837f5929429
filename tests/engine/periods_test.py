"""Periods of reports: no day is left out, none is counted twice."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from engine import periods

days = st.dates(date(2020, 1, 1), date(2029, 12, 31))
kinds = st.sampled_from((*periods.MONTHS, "ad_hoc"))


@given(kinds, days, st.integers(0, 800), st.integers(0, 60))
def test_every_day_lies_in_exactly_one_period(kind, first, length, due):
    last = first + timedelta(days=length)
    found = periods.split(kind, first, last, due)
    assert (found[0].first, found[-1].last) == (first, last)
    for one, other in pairwise(found):
        assert other.first == one.last + timedelta(days=1)


@given(kinds, days, st.integers(0, 800), st.integers(0, 60))
def test_a_report_is_due_after_its_period(kind, first, length, due):
    for period in periods.split(kind, first, first + timedelta(days=length), due):
        assert (period.due - period.last).days == due
        assert periods.get_days_late(period.due, period.due) == 0


@given(kinds, days, st.integers(0, 800))
def test_names_tell_periods_apart(kind, first, length):
    names = [period.name for period in periods.split(kind, first, first + timedelta(days=length), 0)]
    assert len(set(names)) == len(names)
