"""Scoring: properties that hold for any sheet and any figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import scoring
from engine.scoring import Ceiling, Criterion, ScoringError, Step

amounts = st.decimals(0, 1000, places=2)
maxima = st.integers(1, 100)


@st.composite
def sheets(draw):
    kinds = st.sampled_from(("rating", "bonus", "deduction"))
    inner, outer = (Ceiling(name, Decimal(draw(maxima))) for name in ("inner", "outer"))
    places = st.sampled_from(((), (outer,), (inner, outer)))
    criteria = [
        Criterion(key, kind, Decimal(draw(maxima)), ceilings=draw(places))
        for key, kind in enumerate(draw(st.lists(kinds, max_size=12)))
    ]
    earned = {c.key: draw(st.decimals(0, c.max_points, places=2)) for c in criteria}
    return criteria, earned


@st.composite
def step_tables(draw):
    bounds = sorted(draw(st.sets(st.integers(0, 500), min_size=2, max_size=8)))
    gains = sorted(draw(st.lists(maxima, min_size=len(bounds), max_size=len(bounds))))
    ends = [*bounds[1:], None]
    return tuple(
        Step(Decimal(a), b and Decimal(b), Decimal(p)) for a, b, p in zip(bounds, ends, gains, strict=True)
    )


@given(sheets(), st.one_of(st.none(), maxima))
def test_total_lies_between_zero_and_the_maximum(sheet, cap):
    criteria, earned = sheet
    bonus = sum(c.max_points for c in criteria if c.kind == "bonus")
    maximum = scoring.get_maximum(criteria) + (bonus if cap is None else min(bonus, cap))
    assert 0 <= scoring.add_up(criteria, earned, cap).total <= maximum


@given(sheets())
def test_no_group_counts_more_than_its_ceiling(sheet):
    criteria, earned = sheet
    for group in ("inner", "outer"):
        inside = [line for line in criteria if group in {ceiling.key for ceiling in line.ceilings}]
        most = next((c.most for line in inside for c in line.ceilings if c.key == group), Decimal(0))
        bonus = [line for line in inside if line.kind == "bonus"]
        assert scoring.add_up(bonus, earned).bonus <= most
        assert scoring.add_up(inside, earned).deduction <= most
        alone = [line for line in criteria if line.kind == "rating"]
        assert scoring.add_up(alone, earned) == scoring.add_up(
            [Criterion(line.key, line.kind, line.max_points) for line in alone], earned
        ), "points for the work itself are limited line by line"


@given(sheets(), st.randoms(use_true_random=False))
def test_total_does_not_depend_on_the_order(sheet, random):
    criteria, earned = sheet
    shuffled = random.sample(criteria, len(criteria))
    assert scoring.add_up(criteria, earned).total == scoring.add_up(shuffled, earned).total


@given(sheets())
def test_full_marks_total_what_the_set_says(sheet):
    criteria = [c for c in sheet[0] if c.kind == "rating"]
    full = {c.key: c.max_points for c in criteria}
    assert scoring.add_up(criteria, full).total == scoring.get_maximum(criteria)


@given(sheets(), st.data(), maxima)
def test_full_marks_are_worth_the_same_whatever_applies(sheet, data, full):
    criteria = [c for c in sheet[0] if c.kind == "rating"]
    left = [c for c in criteria if data.draw(st.booleans())]
    total = scoring.add_up(left, {c.key: c.max_points for c in left}, full=full).total
    assert total == (full if left else 0)


@given(sheets(), maxima, st.randoms(use_true_random=False))
def test_a_stretched_total_stays_in_bounds_and_does_not_depend_on_the_order(sheet, full, random):
    criteria, earned = sheet
    bonus = sum(c.max_points for c in criteria if c.kind == "bonus")
    total = scoring.add_up(criteria, earned, full=full).total
    assert 0 <= total <= full + bonus
    assert total == scoring.add_up(random.sample(criteria, len(criteria)), earned, full=full).total


@given(maxima, st.integers(1, 500), amounts, amounts)
def test_more_never_earns_less(maximum, target, one, other):
    criterion = Criterion("x", "quantity", Decimal(maximum), target=Decimal(target))
    low, high = sorted((one, other))
    assert 0 <= scoring.score(criterion, low) <= scoring.score(criterion, high) <= maximum


@given(maxima, st.integers(1, 500), amounts, amounts)
def test_where_lower_is_better_more_never_earns_more(maximum, target, one, other):
    criterion = Criterion("x", "quantity", Decimal(maximum), target=Decimal(target), lower_is_better=True)
    low, high = sorted((one, other))
    assert maximum >= scoring.score(criterion, low) >= scoring.score(criterion, high) >= 0


@given(step_tables(), amounts, amounts)
def test_a_rising_step_table_is_complete_and_monotone(steps, one, other):
    scoring.check_steps(steps, 100)
    criterion = Criterion("x", "quantity", Decimal(100), steps=steps)
    low, high = sorted((one, other))
    assert scoring.score(criterion, low) <= scoring.score(criterion, high)
    assert scoring.score(criterion, low) in {step.points for step in steps}


@given(step_tables(), st.integers(1, 50))
def test_a_moved_step_is_a_gap_or_an_overlap(steps, shift):
    first, *rest = steps
    for moved in (first.end + shift, first.end - shift):
        broken = (Step(first.start, moved, first.points), *rest)
        with pytest.raises(ScoringError):
            scoring.check_steps(broken)


@given(st.dictionaries(st.integers(), amounts, min_size=1))
def test_ranks_count_who_is_better(totals):
    ranks = scoring.rank(totals)
    for key, total in totals.items():
        assert ranks[key] == 1 + sum(other > total for other in totals.values())


@pytest.mark.parametrize(
    ("kind", "maximum", "value", "reason"),
    [
        ("rating", 10, 10.01, "out_of_range"),
        ("rating", 10, -1, "out_of_range"),
        ("deduction", 0, -1, "negative"),
        ("bonus", 5, 6, "out_of_range"),
        ("yes_no", 10, 5, "yes_or_no"),
        ("yes_no", 10, 9.99, "yes_or_no"),
    ],
)
def test_points_out_of_range_are_refused(kind, maximum, value, reason):
    with pytest.raises(ScoringError) as caught:
        scoring.check_points(Criterion("x", kind, maximum), value)
    assert caught.value.reason.code == reason


@given(
    sheets(),
    st.one_of(st.none(), maxima),
    st.one_of(st.none(), st.just(100)),
    st.one_of(st.none(), amounts),
    st.one_of(st.none(), maxima),
    st.one_of(st.none(), maxima),
)
def test_the_rows_of_an_explanation_add_up_to_the_total(sheet, cap, full, base, most, off):
    criteria, earned = sheet
    total = scoring.add_up(criteria, earned, cap, full, base, most, off).total
    assert sum(row.amount for row in scoring.explain(criteria, earned, cap, full, base, most, off)) == total
    assert most is None or total <= most


@given(sheets(), maxima, maxima, st.randoms(use_true_random=False))
def test_a_sheet_counts_no_more_bonus_and_deductions_than_it_allows(sheet, cap, off, random):
    criteria, earned = sheet
    free, found = scoring.add_up(criteria, earned), scoring.add_up(criteria, earned, cap, deduction_cap=off)
    assert (found.bonus, found.deduction) == (min(free.bonus, cap), min(free.deduction, off))
    assert found.total == max(found.basic + found.bonus - found.deduction, 0)
    shuffled = random.sample(criteria, len(criteria))
    assert scoring.add_up(shuffled, earned, cap, deduction_cap=off) == found


@given(sheets(), maxima, maxima)
def test_a_narrower_limit_of_deductions_never_costs_anybody_anything(sheet, one, other):
    criteria, earned = sheet
    narrow, wide = sorted((one, other))
    totals = [scoring.add_up(criteria, earned, deduction_cap=most).total for most in (narrow, wide, None)]
    assert totals == sorted(totals, reverse=True)


def test_a_sheet_may_have_a_ceiling_of_its_own():
    """Full marks, 10 of bonus, 3 taken off: 107, but no sheet counts more than 100; 4 off the work still show."""
    sheet = [
        Criterion("work", max_points=100),
        Criterion("idea", "bonus", 10),
        Criterion("late", "deduction"),
    ]
    assert scoring.add_up(sheet, {"work": 100, "idea": 10, "late": 3}, most=100).total == 100
    assert scoring.add_up(sheet, {"work": 96, "idea": 5, "late": 3}, most=100).total == 98
    assert scoring.explain(sheet, {"work": 100, "idea": 10, "late": 3}, most=100)[-1] == ("most", None, -7)


def test_limits_follow_one_another_from_the_line_to_the_sheet():
    """Three lines of 4, 3 and 8 off: their group allows 5 of the first two, the sheet 10 of all, so 90 − 10."""
    order = Ceiling("order", Decimal(5))
    sheet = [
        Criterion("work", max_points=90),
        Criterion("late", "deduction", ceilings=(order,)),
        Criterion("files", "deduction", 3, ceilings=(order,)),
        Criterion("complaint", "deduction"),
    ]
    given = {"work": 90, "late": 4, "files": 3, "complaint": 8}
    assert scoring.add_up(sheet, given, deduction_cap=10).total == 80
    limits = [row for row in scoring.explain(sheet, given, deduction_cap=10) if row.what != "line"]
    assert limits == [("ceiling", "order", 2), ("deduction_cap", None, 3)]


@given(maxima, st.integers(1, 500), st.integers(0, 500), st.booleans(), amounts, amounts)
def test_a_floor_takes_all_or_nothing(maximum, target, floor, less, one, other):
    line = Criterion(
        "x", "quantity", Decimal(maximum), target=Decimal(target), lower_is_better=less, floor=Decimal(floor)
    )
    free = Criterion("x", "quantity", Decimal(maximum), target=Decimal(target), lower_is_better=less)
    for value in (one, other):
        assert scoring.score(line, value) in (0, scoring.score(free, value))
    worse, better = sorted((one, other), reverse=less)
    assert scoring.score(line, worse) <= scoring.score(line, better)


def test_totals_are_ranked_as_they_are_read():
    for totals in ({"A": 90.001, "B": 90.004}, {"B": 90.004, "A": 90.001}, {"A": 0.1 + 0.2, "B": 0.3}):
        assert set(scoring.rank(totals).values()) == {1}
