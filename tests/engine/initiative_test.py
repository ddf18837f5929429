from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from engine.initiative import Mark, decide

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)
POINTS = st.builds(Mark, most=st.just(Fraction(100)), points=st.none() | st.integers(0, 100).map(Fraction))
PASSES = st.builds(Mark, passed=st.none() | st.booleans())
SHEETS = st.dictionaries(st.integers(1, 9), st.tuples(POINTS, PASSES), max_size=9)


@given(SHEETS, st.integers(0, 100))
def test_only_a_council_with_a_quorum_decides(sheets, percent):
    result = decide(sheets, Fraction(percent, 100), HALF, TWO_THIRDS)
    assert result.agree <= result.marked <= result.members == len(sheets)
    if result.code != "incomplete":
        assert 3 * result.marked >= 2 * result.members > 0
    if result.code == "recognise":
        assert 2 * result.agree > result.members


@given(SHEETS, st.integers(0, 99))
def test_a_higher_bar_recognises_no_more(sheets, percent):
    lower, higher = (decide(sheets, Fraction(bar, 100), HALF, TWO_THIRDS) for bar in (percent, percent + 1))
    assert higher.agree <= lower.agree
    assert not (higher.code == "recognise" and lower.code == "refuse")


def test_nobody_marked():
    assert decide({}, HALF, HALF, TWO_THIRDS).code == "incomplete"


def test_half_is_not_more_than_half():
    sheets = {member: [Mark(passed=member < 3)] for member in range(1, 5)}
    assert decide(sheets, HALF, HALF, TWO_THIRDS).code == "refuse"
