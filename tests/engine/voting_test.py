"""Voting: figures of the law at their edges, and properties that hold for any council."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import voting

RULES = st.builds(
    voting.Rule,
    threshold=st.fractions(0, 1, max_denominator=100),
    quorum=st.fractions(0, 1, max_denominator=100),
    of_all_members=st.booleans(),
)


@st.composite
def tallies(draw):
    members = draw(st.integers(1, 60))
    participants = draw(st.integers(0, members))
    entitled = draw(st.integers(0, participants))
    agree = draw(st.integers(0, entitled))
    disagree = draw(st.integers(0, entitled - agree))
    blank = draw(st.integers(0, entitled - agree - disagree))
    left_out = draw(st.integers(0, members - entitled))
    return voting.Tally(members, participants, entitled, agree, disagree, blank, left_out)


@pytest.mark.parametrize(
    ("agree", "members", "percent", "passed"),
    [
        (9, 10, 90, True),  # exactly the threshold is enough
        (26, 29, 90, False),  # 89.66 %
        (27, 30, 90, True),
        (8, 10, 80, True),
        (6, 9, 66.66, True),  # two thirds, not 0.6666
        (6, 9, 66.67, True),
        (7, 14, 0, False),  # no threshold: more than half
        (8, 14, 0, True),
    ],
)
def test_edges(agree, members, percent, passed):
    tally = voting.Tally(members, members, members, agree=agree)
    rule = voting.Rule.from_percent(percent, 0, "all_members")
    assert voting.decide(tally, rule).passed is passed


def test_counted_on_those_who_may_vote():
    """Nine of ten present: 9/14 of all members fail at 80 %, 9/10 of those who took part pass."""
    tally = voting.Tally(14, 10, 10, agree=9)
    of_all = voting.Rule(Fraction(4, 5), Fraction(2, 3))
    of_present = voting.Rule(Fraction(4, 5), Fraction(2, 3), of_all_members=False)
    assert not voting.decide(tally, of_all).passed
    assert voting.decide(tally, of_present).passed


@pytest.mark.parametrize(
    "numbers",
    [(5, 6, 5), (5, 4, 5), (5, 5, 3, 2, 1, 1), (5, 5, 5, -1), (-1, -1, -1), (5, 5, 5, 0, 0, 0, 1)],
)
def test_impossible_counts_are_refused(numbers):
    with pytest.raises(ValueError):
        voting.Tally(*numbers)


@given(tallies(), RULES)
def test_never_passes_without_quorum(tally, rule):
    outcome = voting.decide(tally, rule)
    assert not outcome.passed or outcome.has_quorum
    assert outcome.has_quorum == (tally.participants >= voting.needed_for_quorum(tally.members, rule.quorum))


@given(tallies(), RULES)
def test_one_more_agreement_never_hurts(tally, rule):
    if tally.cast == tally.entitled:
        return
    more = replace(tally, agree=tally.agree + 1)
    assert voting.decide(more, rule).passed >= voting.decide(tally, rule).passed


@given(tallies(), RULES)
def test_no_vote_is_better_than_the_best(tally, rule):
    assert voting.decide(tally, rule).passed <= voting.find_best(tally, rule).passed


@given(tallies(), RULES)
def test_leaving_somebody_out_never_hurts(tally, rule):
    counted = voting.decide(replace(tally, left_out=0), rule)
    if tally.members > tally.left_out:
        assert counted.passed <= voting.decide(tally, rule).passed


@given(tallies(), RULES)
def test_explanation_agrees_with_the_result(tally, rule):
    outcome = voting.decide(tally, rule)
    reached = any(sign in outcome.explain() for sign in ("≥", ">"))
    assert outcome.passed == (outcome.has_quorum and outcome.base > 0 and reached)


@given(st.integers(0, 10_000))
def test_share_of_hundredths_is_near(hundredths):
    assert abs(voting.as_share(hundredths / 100) - Fraction(hundredths, 10_000)) <= Fraction(1, 10_000)
