"""Levels by name: what an officer types is read once, and a level and its points are told apart in both directions."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import levels, scoring
from engine.grading import Condition, Grade, Sheet, grade
from engine.scoring import Criterion, ScoringError

FOUR = levels.read("A+; A; B; C")
NAMES = st.lists(
    st.text("ABCDĐTốtKhá+ ", min_size=1, max_size=8).map(levels.clean_line).filter(bool),
    min_size=2,
    max_size=8,
    unique_by=str.casefold,
)


@given(NAMES)
def test_levels_without_points_count_down_to_nothing(names):
    found = levels.read("; ".join(names))
    assert [level.name for level in found] == names
    assert [level.points for level in found] == [*range(len(names) - 1, -1, -1)]


@given(NAMES, st.data())
def test_a_level_and_its_points_are_one_thing(names, data):
    figures = data.draw(
        st.lists(st.integers(0, 10_000), min_size=len(names), max_size=len(names), unique=True)
    )
    text = "\n".join(f"{name}: {figure}" for name, figure in zip(names, figures, strict=True))
    found = levels.read(text)
    assert sorted(found, key=lambda level: -level.points) == [*found], "the best first, however it was typed"
    for level in found:
        assert levels.get_name(found, level.points) == level.name
        assert levels.find(found, f" {level.name.upper()} ") == level
        line = Criterion("line", max_points=found[0].points, levels=found)
        assert scoring.check_points(line, level.points) == level.points


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tốt", "level_alone"),
        ("Tốt: 10; Khá", "level_without_points"),
        ("Tốt: mười; Khá: 7", "level_figure"),
        ("Tốt: -1; Khá: 7", "level_figure"),
        (": 5; Khá: 7", "level_figure"),
        ("Tốt: 10; tốt: 7", "level_repeated"),
        ("Tốt: 10; Khá: 10", "levels_equal"),
    ],
)
def test_what_is_no_list_of_levels_is_refused(text, code):
    with pytest.raises(ScoringError) as caught:
        levels.read(text)
    assert caught.value.reason.code == code


@pytest.mark.parametrize("typed", ["D", "", "A++", "10", "Rất tốt"])
def test_a_level_that_is_not_there_is_refused_by_name(typed):
    with pytest.raises(ScoringError, match="is none of: A\\+, A, B, C"):
        levels.find(FOUR, typed)


@given(st.decimals(0, 3, places=2))
def test_no_points_between_two_levels(number):
    line = Criterion("line", max_points=Decimal(3), levels=FOUR)
    if number in (0, 1, 2, 3):
        assert scoring.check_points(line, number) == number
    else:
        with pytest.raises(ScoringError):
            scoring.check_points(line, number)


@given(st.lists(st.sampled_from("A+ A B C".split()), min_size=1, max_size=20))
def test_at_least_and_at_most_say_the_same(given_levels):
    """All but two lines at A or better is the same sentence as at most two below A."""
    sheet = Sheet(
        None,
        {place: levels.find(FOUR, name).points for place, name in enumerate(given_levels)},
        dict.fromkeys(range(len(given_levels)), 3),
        levels=dict.fromkeys(range(len(given_levels)), FOUR),
    )
    least = Condition("full_lines", count=max(len(given_levels) - 2, 0), level="A")
    most = Condition("weak_lines", count=2, level="A")
    assert {grade([Grade("x", 0, (one,))], sheet).key for one in (least, most)} in ({"x"}, {None})


def test_lines_without_such_a_level_are_not_counted():
    mixed = {"duty": FOUR, "order": levels.read("Đạt; Không đạt")}
    sheet = Sheet(None, {"duty": 2, "order": 0, "late": 1}, {"duty": 3, "order": 1, "late": 5}, levels=mixed)
    assert grade([Grade("x", 0, (Condition("weak_lines", count=0, level="A"),))], sheet).key == "x"


def test_how_often_each_level_was_given():
    assert levels.count(["B", "A+", "B", ""], [level.name for level in FOUR]) == "1 A+, 2 B"
    assert levels.count([], ["A"]) == ""
