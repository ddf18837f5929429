"""Prize money: the published test vectors, and properties that hold for any figure."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import prize

BASES = (2_340_000, 2_530_000)
VECTORS = {  # coefficient: amounts at the base salaries of 1/7/2024 and 1/7/2026
    "0.3": (710_000, 760_000),
    "0.45": (1_060_000, 1_140_000),
    "0.6": (1_410_000, 1_520_000),
    "0.8": (1_880_000, 2_030_000),
    "1.0": (2_340_000, 2_530_000),
    "1.5": (3_510_000, 3_800_000),
    "2.25": (5_270_000, 5_700_000),
    "3.0": (7_020_000, 7_590_000),
    "3.5": (8_190_000, 8_860_000),
    "4.5": (10_530_000, 11_390_000),
    "5.25": (12_290_000, 13_290_000),
    "7.0": (16_380_000, 17_710_000),
    "8.0": (18_720_000, 20_240_000),
    "12.0": (28_080_000, 30_360_000),
}
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
PERIODS = [
    YEAR,
    (date(2026, 1, 2), date(2026, 12, 31)),
    (date(2025, 9, 1), date(2026, 5, 31)),
    (date(2024, 1, 1), date(2026, 12, 31)),
]
COEFFICIENTS = st.decimals(0, 300, places=2)
AMOUNTS = st.integers(1, 10**8)


@st.composite
def claims_of_three_recipients(draw):
    """Claims of An and Bình, and of Jane, a foreigner."""
    recipient = draw(st.sampled_from(["An", "Bình", "Jane"]))
    return prize.PrizeClaim(
        key=draw(st.uuids()),
        recipient=recipient,
        kind=draw(st.sampled_from(["title", "form", "recognition"])),
        coefficient=draw(st.none() | COEFFICIENTS),
        foreign=recipient == "Jane",
        period=draw(st.none() | st.sampled_from(PERIODS)),
        achievements=draw(st.frozensets(st.integers(1, 3), max_size=2)),
        amount=draw(st.none() | st.integers(0, 10**7)),
        is_maximum=draw(st.booleans()),
    )


CLAIMS = st.lists(claims_of_three_recipients(), unique_by=lambda claim: claim.key)


@pytest.mark.parametrize("coefficient", VECTORS)
@pytest.mark.parametrize("form", [str, float, Decimal])
def test_vectors(coefficient, form):
    assert tuple(prize.prize_amount(form(coefficient), base) for base in BASES) == VECTORS[coefficient]


@given(COEFFICIENTS, AMOUNTS, st.sampled_from([1, 1_000, 10_000, 100_000]))
def test_rounded_up_by_less_than_a_step(coefficient, base, rounding):
    amount = prize.prize_amount(coefficient, base, rounding)
    exact = Fraction(coefficient) * base
    assert amount % rounding == 0
    assert 0 <= amount - exact < rounding


@given(COEFFICIENTS, COEFFICIENTS, AMOUNTS)
def test_a_higher_coefficient_never_pays_less(one, other, base):
    low, high = sorted((one, other))
    assert prize.prize_amount(low, base) <= prize.prize_amount(high, base)


@given(st.decimals("0.01", 50, places=2), AMOUNTS)
def test_rounding_first_never_pays_less(individual, base):
    for multiplier in (2, Decimal("1.5")):
        coefficient = individual * multiplier
        first = prize.prize_amount(coefficient, base, individual_coefficient=individual)
        assert first >= prize.prize_amount(coefficient, base)
        assert first % 10_000 == 0


def test_household_rounded_first():
    # 1.5 × 710,000 = 1,065,000 is no whole ten thousand.
    assert prize.prize_amount("0.45", 2_340_000, individual_coefficient="0.3") == 1_070_000


@pytest.mark.parametrize(("coefficient", "base", "rounding"), [(-1, 1, 1), (1, -1, 1), (1, 1, 0)])
def test_figures_that_cannot_be(coefficient, base, rounding):
    with pytest.raises(ValueError):
        prize.prize_amount(coefficient, base, rounding)


@given(st.dictionaries(st.dates(date(2000, 1, 1), date(2040, 1, 1)), AMOUNTS, min_size=1), st.randoms())
def test_base_salary_holds_until_the_next(table, generator):
    lines = list(table.items())
    generator.shuffle(lines)
    starts = sorted(table)
    for start, following in zip(starts, [*starts[1:], date(2050, 1, 1)], strict=True):
        for day in (start, following - timedelta(days=1)):
            assert prize.base_salary_on(day, lines) == table[start]
    with pytest.raises(ValueError, match=str(starts[0])):
        prize.base_salary_on(starts[0] - timedelta(days=1), lines)


def test_no_base_salary_at_all():
    with pytest.raises(ValueError, match="empty"):
        prize.base_salary_on(date(2026, 1, 1), [])


@given(CLAIMS, AMOUNTS, st.booleans())
def test_every_claim_is_answered_once(claims, base, first):
    lines = prize.prize_lines(claims, base, round_individual_first=first)
    assert [line.key for line in lines] == [claim.key for claim in claims]
    for line in lines:
        assert line.amount in (0, line.value)
        assert str(line.reason)


@given(CLAIMS, AMOUNTS)
def test_one_title_a_period_and_the_dearest(claims, base):
    lines = {line.key: line for line in prize.prize_lines(claims, base)}
    for claim in claims:
        line = lines[claim.key]
        for other in claims:
            if is_one_title_twice(claim, other):
                assert not (line.amount and lines[other.key].amount)
        if line.prevailing:
            assert lines[line.prevailing].value >= line.value
        if claim.kind == "recognition" and not claim.foreign and line.reason.code != "no_coefficient":
            assert line.amount == line.value


def is_one_title_twice(claim, other):
    return (
        claim is not other
        and claim.kind == other.kind == "title"
        and claim.recipient == other.recipient
        and claim.period
        and other.period
        and prize.compare_periods(claim.period, other.period) == "same"
    )


@given(CLAIMS, AMOUNTS)
def test_nobody_is_paid_more_than_the_highest_title_of_each_period_and_every_achievement_once(claims, base):
    """The sum a person receives never exceeds the highest that the law allows."""
    lines = {line.key: line for line in prize.prize_lines(claims, base)}
    for recipient in ("An", "Bình", "Jane"):
        own = [claim for claim in claims if claim.recipient == recipient]
        for claim in own:
            rivals = [
                other
                for other in own
                if other is claim
                or is_one_title_twice(claim, other)
                or (claim.kind == other.kind == "form" and claim.achievements & other.achievements)
            ]
            if claim.kind == "title" or len(rivals) == 1:
                paid = sum(lines[other.key].amount for other in rivals if other.period == claim.period)
                assert paid <= max(lines[other.key].value for other in rivals)
        allowed = sum(lines[claim.key].value for claim in own)
        assert sum(lines[claim.key].amount for claim in own) <= allowed
        if recipient == "Jane":
            assert not any(lines[claim.key].amount for claim in own)


@given(CLAIMS, AMOUNTS, st.randoms())
def test_two_decisions_of_one_day_pay_no_more_than_one(claims, base, generator):
    """What the first paid out is taken off what the second pays beside it."""
    whole = {line.key: line.amount for line in prize.prize_lines(claims, base)}
    first = [claim for claim in claims if generator.random() < 0.5]
    paid = {line.key: line.amount for line in prize.prize_lines(first, base)}
    issued = [
        replace(claim, settled=paid[claim.key], is_decided=True) if claim.key in paid else claim
        for claim in claims
    ]
    later = {line.key: line.amount for line in prize.prize_lines(issued, base) if line.key not in paid}
    for recipient in ("An", "Bình", "Jane"):
        own = {claim.key for claim in claims if claim.recipient == recipient}
        together = sum(amount for key, amount in {**later, **paid}.items() if key in own)
        assert together <= sum(amount for key, amount in whole.items() if key in own)


@given(st.lists(COEFFICIENTS, min_size=2, max_size=4), AMOUNTS)
def test_titles_of_one_year_pay_the_highest_and_no_more(coefficients, base):
    claims = [
        prize.PrizeClaim(number, "An", "title", coefficient, period=PERIODS[number % 2])
        for number, coefficient in enumerate(coefficients)
    ]
    paid = sum(line.amount for line in prize.prize_lines(claims, base))
    assert paid == prize.prize_amount(max(coefficients), base)


@given(COEFFICIENTS, AMOUNTS, st.sampled_from([1, 1_000, 10_000, 100_000]))
def test_a_ceiling_is_never_passed(coefficient, base, rounding):
    amount = prize.prize_amount(coefficient, base, rounding, is_maximum=True)
    assert amount <= Fraction(coefficient) * base
    assert amount >= Fraction(coefficient) * base - rounding


@given(st.sampled_from(PERIODS), st.sampled_from(PERIODS))
def test_comparing_periods_does_not_depend_on_their_order(one, other):
    assert prize.compare_periods(one, other) == prize.compare_periods(other, one)
    assert prize.compare_periods(one, one) == "same"


@given(CLAIMS, AMOUNTS, st.randoms())
def test_order_does_not_change_what_a_recipient_gets(claims, base, generator):
    shuffled = claims[:]
    generator.shuffle(shuffled)
    for recipient in ("An", "Bình", "Jane"):
        keys = {claim.key for claim in claims if claim.recipient == recipient}
        paid, paid_shuffled = (
            sum(line.amount for line in prize.prize_lines(order, base) if line.key in keys)
            for order in (claims, shuffled)
        )
        assert paid == paid_shuffled


def test_what_a_person_is_asked():
    def claim(key, kind, **facts):
        return prize.PrizeClaim(key, "An", kind, 1, **facts)

    claims = [
        claim("no period", "title"),
        claim("year", "title", period=YEAR),
        claim("merit", "form", achievements=frozenset({7}), period=YEAR),
        claim("other merit", "form", achievements=frozenset({7, 9}), period=YEAR),
        claim("third", "form", achievements=frozenset({8}), period=YEAR),
    ]
    doubts = {line.key: line.doubt and line.doubt.code for line in prize.prize_lines(claims, BASES[0])}
    assert doubts == {
        "no period": None,
        "year": "doubtful_titles",
        "merit": None,
        "other merit": "one_achievement",
        "third": None,
    }
    unknown = [claim("fourth", "form", period=YEAR), claim("fifth", "form", period=YEAR)]
    lines = prize.prize_lines(unknown, BASES[0])
    assert [(line.amount, line.doubt and line.doubt.code) for line in lines] == [
        (2_340_000, None),
        (2_340_000, "doubtful_forms"),
    ]


def test_of_two_in_doubt_the_one_that_is_not_decided_yet_is_asked_about():
    issued = prize.PrizeClaim("issued", "An", "title", "0.3", is_decided=True)
    lines = prize.prize_lines([issued, prize.PrizeClaim("draft", "An", "title", 1)], BASES[0])
    assert [line.doubt and line.doubt.code for line in lines] == [None, "doubtful_titles"]


def test_the_answer_of_a_person_settles_the_doubt():
    pay, drop = (
        prize.PrizeClaim(choice, "An", "title", 1, period=period, choice=choice)
        for choice, period in (("pay", YEAR), ("none", (date(2025, 9, 1), date(2026, 5, 31))))
    )
    lines = prize.prize_lines([pay, drop], BASES[0])
    assert [(line.amount, line.reason.code, line.doubt) for line in lines] == [
        (2_340_000, "chosen_pay", None),
        (0, "chosen_none", None),
    ]


def test_an_answer_about_one_title_does_not_pay_another_of_the_same_year():
    """An Advanced Worker and a Fighter of 2026 beside a title of the school year: the answer is about the latter."""
    school_year = (date(2025, 9, 1), date(2026, 5, 31))
    worker = prize.PrizeClaim("worker", "An", "title", "0.3", period=YEAR, choice="pay")
    fighter = prize.PrizeClaim("fighter", "An", "title", 1, period=YEAR)
    school = prize.PrizeClaim("school", "An", "title", 2, period=school_year)
    amounts = {line.key: line.amount for line in prize.prize_lines([worker, fighter, school], BASES[1])}
    assert amounts == {"worker": 0, "fighter": 2_530_000, "school": 5_060_000}
    # The worker was paid out before: the answer about the school year takes nothing from what is due.
    paid = replace(worker, choice="", settled=760_000, is_decided=True)
    chosen = replace(fighter, choice="pay")
    amounts = {line.key: line.amount for line in prize.prize_lines([paid, chosen, school], BASES[1])}
    assert amounts["fighter"] == 2_530_000 - 760_000


@given(
    st.lists(st.tuples(AMOUNTS, st.sampled_from(PERIODS), st.sampled_from(["", "pay", "none"])), min_size=2)
)
def test_no_answer_pays_two_titles_of_one_period(titles):
    claims = [
        prize.PrizeClaim(number, "An", "title", None, amount=amount, period=period, choice=choice)
        for number, (amount, period, choice) in enumerate(titles)
    ]
    lines = {line.key: line for line in prize.prize_lines(claims, BASES[0])}
    for claim in claims:
        for other in claims:
            if is_one_title_twice(claim, other):
                assert not (lines[claim.key].amount and lines[other.key].amount)


def test_an_agency_that_fixes_amounts():
    [line] = prize.prize_lines([prize.PrizeClaim(1, "An", "form", None, amount=500_000)], BASES[0])
    assert (line.amount, line.reason.code) == (500_000, "fixed_amount")


def test_foreigner_receives_one_souvenir_for_two_titles_of_a_year():
    """A gift stands for money (Decree 152/2025/NĐ-CP, Article 48(4)): where none would be paid, none is given."""
    claims = [
        prize.PrizeClaim(code, "Jane", "title", coefficient, period=YEAR, foreign=True)
        for code, coefficient in (("LDTT", "0.3"), ("CSTDCS", "1"))
    ]
    assert [line.reason.code for line in prize.prize_lines(claims, BASES[0])] == ["lower_title", "souvenir"]


def test_foreigner_receives_a_souvenir():
    claim = prize.PrizeClaim(1, "Jane", "form", "1.5", foreign=True)
    [line] = prize.prize_lines([claim], BASES[0])
    assert (line.amount, line.value, line.reason.code) == (0, 3_510_000, "souvenir")


def test_award_without_an_amount():
    [line] = prize.prize_lines([prize.PrizeClaim(1, "Household", "title", None)], BASES[0])
    assert (line.amount, line.value, line.reason.code) == (0, 0, "no_coefficient")
