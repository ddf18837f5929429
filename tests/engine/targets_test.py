"""Targets: properties that hold for any figures and days."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from engine import targets
from engine.targets import LIGHTS, Target

figures = st.decimals(Decimal("0.01"), 10**6, places=2)
amounts = st.decimals(0, 10**6, places=2)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@st.composite
def whole_targets(draw):
    start = draw(days)
    deadline = start + timedelta(days=draw(st.integers(0, 2000)))
    return Target(draw(figures), draw(st.booleans()), draw(st.booleans()), start, deadline)


@given(whole_targets(), amounts, amounts)
def test_better_is_never_a_smaller_percentage(target, one, other):
    low, high = sorted((one, other))
    worse, better = (high, low) if target.less else (low, high)
    assert targets.get_percent(target, worse) <= targets.get_percent(target, better)


@given(whole_targets())
def test_the_figure_itself_is_one_hundred_percent(target):
    assert targets.get_percent(target, target.figure) == 100


@given(whole_targets(), amounts)
def test_to_keep_low_is_between_nothing_and_twice(target, reached):
    less = Target(target.figure, less=True)
    assert 0 <= targets.get_percent(less, reached) <= 200


@given(whole_targets(), amounts)
def test_on_the_deadline_the_forecast_is_what_is_reached(target, reached):
    assert targets.get_forecast(target, reached, target.deadline) == reached


@given(whole_targets(), amounts, days)
def test_a_sum_that_adds_up_is_never_forecast_to_shrink(target, reached, day):
    expected = targets.get_forecast(target, reached, day)
    assert expected is None or expected >= reached


@given(whole_targets(), amounts, amounts, days, days)
def test_better_is_never_a_worse_light(target, one, other, as_of, today):
    low, high = sorted((one, other))
    worse, better = (high, low) if target.less else (low, high)
    lights = [targets.get_light(target, reached, as_of, today) for reached in (worse, better)]
    assert LIGHTS.index(lights[0]) <= LIGHTS.index(lights[1])


@given(whole_targets(), amounts, days)
def test_after_the_deadline_there_is_no_amber(target, reached, as_of):
    after = target.deadline + timedelta(days=1)
    assert targets.get_light(target, reached, as_of, after) in ("red", "green")


@given(amounts, st.lists(figures, min_size=1, max_size=8))
def test_the_mean_of_equal_parts_is_the_part(reached, weights):
    mean = targets.roll_up("mean", [(reached, weight) for weight in weights])
    assert mean == reached


@given(st.lists(st.tuples(amounts, figures), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_order_of_parts_does_not_matter(parts, random):
    shuffled = random.sample(parts, len(parts))
    for kind in ("sum", "mean"):
        assert targets.roll_up(kind, parts) == targets.roll_up(kind, shuffled)


@given(st.lists(amounts, max_size=8))
def test_several_together_are_between_nothing_and_all(percents):
    assert 0 <= targets.get_overall(percents) <= 100
