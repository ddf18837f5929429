"""Periods and grades: worked sheets of public regulations, and what holds for any figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import levels
from engine.grading import Condition, Grade, Sheet, get_allowed, grade
from engine.parts import WAYS, Part, combine

amounts = st.decimals(0, 100, places=2)
parts = st.lists(st.builds(Part, st.one_of(st.none(), amounts), st.integers(1, 5)), max_size=12)


@given(st.sampled_from(WAYS), parts, st.integers(0, 12), st.sampled_from(("skip", "zero")))
def test_shares_add_up_to_the_total(way, given_parts, best, missing):
    found = combine(way, given_parts, best, missing)
    assert len(found.shares) == len(given_parts)
    assert sum(found.shares) == (found.total or 0)


@given(st.sampled_from([way for way in WAYS if way != "sum"]), amounts, st.integers(1, 12))
def test_equal_parts_give_what_each_of_them_is(way, figure, count):
    assert combine(way, [Part(figure)] * count, best=2).total == Decimal(figure).quantize(Decimal("0.01"))


@given(st.sampled_from(("mean", "weighted", "sum", "best")), parts, st.randoms(use_true_random=False))
def test_order_of_entry_does_not_matter(way, given_parts, random):
    shuffled = list(given_parts)
    random.shuffle(shuffled)
    assert combine(way, shuffled, best=3).total == combine(way, given_parts, best=3).total


@given(parts)
def test_a_mean_lies_between_its_parts(given_parts):
    figures = [part.points for part in given_parts if part.points is not None]
    total = combine("mean", given_parts).total
    if figures:
        assert min(figures) - Decimal("0.01") <= total <= max(figures) + Decimal("0.01")
    else:
        assert total is None


def test_unknown_ways_are_refused():
    with pytest.raises(ValueError, match="median"):
        combine("median", [Part(1)])


BANDS = (Grade("A", 90), Grade("B", 70), Grade("C", 50), Grade("D"))


@given(amounts, amounts)
def test_more_points_never_give_a_worse_grade(one, other):
    order = [band.key for band in BANDS]
    low, high = sorted((one, other))
    assert order.index(grade(BANDS, Sheet(high)).key) <= order.index(grade(BANDS, Sheet(low)).key)


@given(amounts, st.dictionaries(st.integers(1, 5), amounts), amounts)
def test_a_condition_never_lifts_a_grade(total, earned, limit):
    order = [band.key for band in BANDS]
    strict = tuple(
        Grade(band.key, band.start, (Condition("least", frozenset({1}), limit),) if band.start else ())
        for band in BANDS
    )
    sheet = Sheet(total, earned)
    assert order.index(grade(strict, sheet).key) >= order.index(grade(BANDS, sheet).key)


def test_two_terms_the_second_twice_and_class_a_every_month():
    """A primary school: the term is the mean of its months, the year (I + 2 × II) / 3, the title needs A each month."""
    first = combine("mean", [Part(figure) for figure in (92, 88, 95, 90)]).total
    second = combine("mean", [Part(figure) for figure in (94, 96, 91, 97, 92)]).total
    assert (first, second) == (Decimal("91.25"), Decimal("94.00"))
    year = combine("weighted", [Part(first), Part(second, 2)]).total
    assert year == Decimal("93.08")
    a = Grade("A", 90, (Condition("parts"),))
    assert grade([a, Grade("B", 70), Grade("C")], Sheet(year, parts=("A",) * 8 + ("B",))).key == "B"
    assert grade([a, Grade("B", 70), Grade("C")], Sheet(year, parts=("A",) * 9)).key == "A"


def test_a_month_is_not_asked_for_its_months():
    """One set grades the months and the year: a month may be class A, else no year ever were."""
    a = Grade("A", 90, (Condition("parts"),))
    assert grade([a, Grade("B", 70)], Sheet(95)).key == "A"


def test_a_violation_means_class_c_at_once():
    """A high school keeps a list of violations: one of them is class C whatever the total."""
    violations = frozenset({"absent", "exam"})
    grades = (Grade("A", 90), Grade("B", 80), Grade("C", 0, (Condition("knock_most", violations),)))
    assert grade(grades, Sheet(98, {"absent": 0, "exam": 0})).key == "A"
    found = grade(grades, Sheet(98, {"absent": 0, "exam": 1}))
    assert (found.key, [reason.code for reason in found.missing["A"]]) == ("C", ["knocked_most"])


def test_grades_by_counting_grades():
    """A high school without totals: A+ from five lines of A+ and none below A, A with one below, C where one is C."""
    letters = levels.read("A+; A; B; C")
    all_a, no_c = Condition("weak_lines", level="A"), Condition("weak_lines", level="B")
    plus = Grade("A+", 0, (Condition("full_lines", level="A+", count=5), all_a))
    a = Grade("A", 0, (Condition("weak_lines", level="A", count=1), no_c))
    lines = range(7)
    for marks, expected in (
        ("A+ A+ A+ A+ A+ A A", "A+"),
        ("A+ A+ A+ A+ A A A", "A"),
        ("A+ A+ A+ A+ A+ A+ B", "A"),
        ("A+ A+ A+ A+ A+ B B", "B"),
        ("A+ A+ A+ A+ A+ A+ C", "C"),
    ):
        given = {
            line: levels.find(letters, name).points for line, name in zip(lines, marks.split(), strict=True)
        }
        sheet = Sheet(None, given, dict.fromkeys(lines, 3), levels=dict.fromkeys(lines, letters))
        assert grade((plus, a, Grade("B", 0, (no_c,)), Grade("C")), sheet).key == expected, marks


def test_each_criterion_has_its_limit_for_the_grade():
    """A secondary school: excellent from 90 and no criterion below 80 % of its points."""
    excellent = Grade("excellent", 90, (Condition("weak_lines", value=80),))
    full = {"morals": 30, "teaching": 50, "other": 20}
    grades = (excellent, Grade("good", 70), Grade("done", 50))
    assert grade(grades, Sheet(93, {"morals": 30, "teaching": 47, "other": 16}, full)).key == "excellent"
    assert grade(grades, Sheet(93, {"morals": 30, "teaching": 48, "other": 15}, full)).key == "good"


def test_share_of_a_grade_by_the_grade_of_the_unit():
    """A unit of 14 rated good may rate a fifth of its people excellent."""
    assert get_allowed(20, 14) == 2
    assert get_allowed(33.3, 3) == 0
