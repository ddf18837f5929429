"""Eligibility: properties that hold for any candidate, and the cases the law is quoted for."""

import json
import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import eligibility as rules
from engine.eligibility import DISCIPLINE_LEVELS, RATINGS, REACHES

MET, NEEDS_REVIEW, NOT_MET = rules.MET, rules.NEEDS_REVIEW, rules.NOT_MET
BETTER = {NOT_MET: 0, NEEDS_REVIEW: 1, MET: 2}
CODES = ["LDTT", "CSTDCS", "CSTDT", "BKT"]
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
DAYS = st.dates(date(2015, 1, 1), date(2026, 12, 31))
OPTIONAL_DAYS = st.none() | DAYS


@st.composite
def award_facts(draw, **fixed):
    """An award whose period, if any, is in order."""
    period = sorted(draw(st.lists(DAYS, min_size=2, max_size=2))) if draw(st.booleans()) else (None, None)
    values = {
        "award": draw(st.sampled_from(CODES)),
        "period_from": period[0],
        "period_to": period[1],
        "decided": draw(OPTIONAL_DAYS),
        "basis": draw(st.sampled_from(["merit", "ad_hoc", "thematic", "career"])),
        "status": draw(st.sampled_from(["granted", "pending", "revoked"])),
        "source": draw(st.none() | st.integers(1, 5)),
    }
    return rules.AwardFact(**(values | fixed))


RATING_FACTS = st.builds(rules.RatingFact, st.integers(2018, 2026), st.sampled_from(sorted(RATINGS)))
ACHIEVEMENT_FACTS = st.builds(
    rules.AchievementFact,
    kind=st.sampled_from(["initiative", "project", "achievement"]),
    reach=st.none() | st.sampled_from(sorted(REACHES)),
    recognised=st.booleans(),
    date=OPTIONAL_DAYS,
)
RESTRICTION_FACTS = st.builds(
    rules.RestrictionFact,
    kind=st.sampled_from(["discipline", "pending", "fine"]),
    date_from=DAYS,
    date_to=OPTIONAL_DAYS,
    level=st.none() | st.sampled_from(sorted(DISCIPLINE_LEVELS)),
)
ABSENCE_FACTS = st.builds(
    rules.AbsenceFact,
    role=st.sampled_from(["leave", "study", "away"]),
    date_from=DAYS,
    date_to=OPTIONAL_DAYS,
    days=st.integers(0, 60),
    counts=st.booleans(),
)
PEOPLE = st.builds(
    rules.Facts,
    absences=st.lists(ABSENCE_FACTS, max_size=2),
    stays=st.lists(st.builds(rules.StayFact, st.sampled_from("AB"), DAYS, OPTIONAL_DAYS), max_size=2),
    posts=st.lists(st.builds(rules.PostFact, st.integers(0, 3), DAYS, OPTIONAL_DAYS), max_size=2),
    is_woman=st.none() | st.booleans(),
    awards=st.lists(award_facts(), max_size=8),
    ratings=st.lists(RATING_FACTS, max_size=6),
    achievements=st.lists(ACHIEVEMENT_FACTS, max_size=4),
    restrictions=st.lists(RESTRICTION_FACTS, max_size=2),
    known_from=OPTIONAL_DAYS,
    service_from=OPTIONAL_DAYS,
)
FACTS = st.builds(
    lambda facts, members: replace(facts, members=members), PEOPLE, st.none() | st.lists(PEOPLE, max_size=3)
)
REQUIREMENTS = st.builds(
    rules.Requirement,
    key=st.integers(),
    kind=st.sampled_from(sorted(rules.KINDS)),
    severity=st.sampled_from(["block", "warn", "info"]),
    group=st.sampled_from(["", "", "a", "b"]),
    branch=st.sampled_from(["", "1", "2"]),
    awards=st.frozensets(st.sampled_from(CODES), max_size=2),
    count=st.integers(0, 3),
    consecutive=st.booleans(),
    years=st.integers(0, 5),
    rating=st.sampled_from(sorted(RATINGS)),
    reach=st.sampled_from(["", *REACHES]),
    share=st.sampled_from([Decimal(share) for share in ("0", "20", "70", "100", "33.3")]),
    months=st.integers(0, 70),
    level=st.sampled_from(["", *DISCIPLINE_LEVELS]),
    members=st.booleans(),
    since=st.just(frozenset()) | st.frozensets(st.sampled_from(CODES), min_size=1, max_size=2),
    since_reading=st.sampled_from(["last", "any", "doubtful"]),
    days=st.integers(0, 40),
    rank=st.integers(0, 3),
    months_women=st.integers(0, 30),
    doubt=st.sampled_from(["", "", "", "Dự thảo sửa đổi"]),
    not_counted=st.just(frozenset({"ad_hoc", "thematic"})),
).map(lambda rule: replace(rule, count=min(rule.count, rule.years or 1)))
# ^ a count above the number of years is refused when a requirement is stored
CANDIDATES = st.builds(
    rules.Candidate,
    recipient_type=st.just("employee"),
    recipient_id=st.integers(1, 9),
    award=st.sampled_from(CODES),
    period_from=st.none() | st.just(YEAR[0]),
    period_to=st.none() | st.just(YEAR[1]),
    on=OPTIONAL_DAYS,
    source=st.none() | st.integers(1, 5),
    campaign_from=OPTIONAL_DAYS,
    campaign_to=OPTIONAL_DAYS,
    registered=st.none() | st.booleans(),
    quotas=st.just({}),
)


def an(award="CSTDT", **facts):
    return rules.Candidate("employee", 7, award, *YEAR, **facts)


def status(requirement, candidate, facts):
    [finding] = rules.judge(candidate, [requirement], facts)
    return finding.status


def statuses(candidate, requirements, facts):
    return [finding.status for finding in rules.judge(candidate, requirements, facts)]


@given(CANDIDATES, st.lists(REQUIREMENTS, max_size=6), FACTS)
def test_every_requirement_is_answered(candidate, requirements, facts):
    findings = rules.judge(candidate, requirements, facts)
    assert [finding.requirement for finding in findings] == requirements
    for finding in findings:
        assert finding.status in BETTER
        assert str(finding.reason)
        assert json.loads(json.dumps(finding.as_dict()))["status"] == finding.status
    assert rules.verdict(findings) in BETTER


@given(CANDIDATES, st.lists(REQUIREMENTS, max_size=6), FACTS, st.randoms())
def test_the_order_of_facts_never_matters(candidate, requirements, facts, generator):
    def shuffled(facts):
        mixed = replace(facts)
        for name in ("awards", "ratings", "achievements", "restrictions"):
            setattr(mixed, name, generator.sample(getattr(facts, name), len(getattr(facts, name))))
        if facts.members:
            mixed.members = [
                shuffled(member) for member in generator.sample(facts.members, len(facts.members))
            ]
        return mixed

    assert statuses(candidate, requirements, facts) == statuses(candidate, requirements, shuffled(facts))


@given(CANDIDATES, st.lists(REQUIREMENTS, max_size=6), FACTS, award_facts(status="revoked"))
def test_a_revoked_award_never_counts(candidate, requirements, facts, revoked):
    more = replace(facts, awards=[*facts.awards, revoked])
    assert statuses(candidate, requirements, facts) == statuses(candidate, requirements, more)


@given(CANDIDATES, st.lists(REQUIREMENTS, max_size=6), FACTS, st.data())
def test_an_award_for_a_sudden_or_thematic_achievement_is_no_ground(candidate, requirements, facts, data):
    requirements = [rule for rule in requirements if rule.kind != "not_yet_given"]
    sudden = data.draw(award_facts(basis=data.draw(st.sampled_from(["ad_hoc", "thematic"]))))
    more = replace(facts, awards=[*facts.awards, sudden])
    assert statuses(candidate, requirements, facts) == statuses(candidate, requirements, more)


# A new award restarts the clock of the next one and bars the same one, whose years may not carry it twice: there it
# does not support. So it does where the time of a requirement runs from it.
SUPPORTED = [
    ("awards", award_facts(), {"award_interval", "not_yet_given"}),
    ("ratings", RATING_FACTS.filter(lambda fact: fact.rating == "excellent"), set()),
    ("achievements", ACHIEVEMENT_FACTS, set()),
]


@pytest.mark.parametrize(
    ("name", "fact", "excluded"), SUPPORTED, ids=[name for name, _fact, _kinds in SUPPORTED]
)
@given(data=st.data())
def test_a_supporting_fact_never_makes_a_candidate_worse_off(name, fact, excluded, data):
    candidate, facts = data.draw(CANDIDATES), data.draw(FACTS)
    requirements = [
        rule
        for rule in data.draw(st.lists(REQUIREMENTS, max_size=6))
        if rule.kind not in excluded and not (rule.since and name == "awards")
    ]
    if name == "awards":
        fact = fact.filter(lambda award: award.award != candidate.award)
    more = replace(facts, **{name: [*getattr(facts, name), data.draw(fact)]})
    before, after = rules.judge(candidate, requirements, facts), rules.judge(candidate, requirements, more)
    for old, new in zip(before, after, strict=True):
        assert BETTER[new.status] >= BETTER[old.status], (old, new)
    assert BETTER[rules.verdict(after)] >= BETTER[rules.verdict(before)]


@given(CANDIDATES, st.lists(REQUIREMENTS, max_size=6))
def test_missing_data_is_never_not_met(candidate, requirements):
    candidate = replace(candidate, quotas={}, registered=None, campaign_to=None)
    # The age of a period and the size of a unit are known, not missing.
    requirements = [rule for rule in requirements if rule.kind not in {"period_age", "member_share"}]
    candidate = replace(candidate, is_leader=None)
    for facts in (rules.Facts(), rules.Facts(members=[rules.Facts()])):
        assert NOT_MET not in statuses(candidate, requirements, facts)


@given(CANDIDATES, st.lists(REQUIREMENTS, max_size=4), FACTS, st.data())
def test_deleting_what_speaks_for_somebody_never_turns_no_into_yes(candidate, requirements, facts, data):
    """Fewer awards, ratings or achievements on record are never better than more."""
    excluded = {"award_interval", "not_yet_given"}
    requirements = [rule for rule in requirements if rule.kind not in excluded and not rule.since]
    fewer = replace(facts)
    for name in ("awards", "ratings", "achievements"):
        kept = data.draw(st.sets(st.integers(0, 7)))
        setattr(fewer, name, [fact for place, fact in enumerate(getattr(facts, name)) if place in kept])
    before, after = (rules.judge(candidate, requirements, known) for known in (facts, fewer))
    for old, new in zip(before, after, strict=True):
        assert not (old.status == NOT_MET and new.status == MET), (old, new)


@given(CANDIDATES, st.lists(REQUIREMENTS, max_size=6), st.lists(award_facts(), max_size=8))
def test_registers_that_may_lack_anything_never_say_no(candidate, requirements, awards):
    """Awards and initiatives that are not on record may exist: only a record says no."""
    counting = {"prior_award", "initiative", "achievement", "member_share", "post_months", "unit_rating"}
    requirements = [rule for rule in requirements if rule.kind in counting]
    candidate = replace(candidate, period_to=YEAR[1])
    for found in rules.judge(candidate, requirements, rules.Facts(awards, members=[rules.Facts()])):
        short = found.requirement.kind == "member_share" and found.requirement.count > 1
        assert found.status != NOT_MET or short, found


@given(CANDIDATES, st.lists(REQUIREMENTS, max_size=6), FACTS)
def test_what_is_in_doubt_is_for_a_person(candidate, requirements, facts):
    for found in rules.judge(candidate, requirements, facts):
        if found.requirement.doubt:
            assert found.status == NEEDS_REVIEW


@given(CANDIDATES, st.integers(1, 30), st.sampled_from([1, 70, 100]))
def test_members_without_data_are_never_not_met(candidate, size, share):
    rule = rules.Requirement(1, "member_share", awards=frozenset({"LDTT"}), share=Decimal(share))
    assert status(rule, candidate, rules.Facts(members=[rules.Facts()] * size)) == NEEDS_REVIEW


@given(CANDIDATES, st.lists(REQUIREMENTS, min_size=1, max_size=6), FACTS)
def test_alternatives_settle_one_another(candidate, requirements, facts):
    findings = rules.judge(candidate, [replace(rule, group="x", branch="") for rule in requirements], facts)
    best = max(BETTER[finding.status] for finding in findings)
    for finding in findings:
        assert finding.decisive == (BETTER[finding.status] == best)
        assert not finding.blocks or best == BETTER[NOT_MET]


def held(*years, award="CSTDCS", **facts):
    return [rules.AwardFact(award, date(year, 1, 1), date(year, 12, 31), **facts) for year in years]


THREE = rules.Requirement(1, "prior_award", awards=frozenset({"CSTDCS"}), count=3, consecutive=True, years=4)
SINCE_2010 = date(2010, 1, 1)


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ((2023, 2024, 2025), MET),
        ((2024, 2025, 2026), MET),
        ((2023, 2025, 2026), NOT_MET),
        ((2022, 2023, 2024), NOT_MET),
    ],
)
def test_three_years_in_a_row(years, expected):
    assert status(THREE, an(), rules.Facts(held(*years), known_from=SINCE_2010)) == expected


def test_what_does_not_count_is_for_the_rule_book_to_say():
    sudden = rules.Facts(held(2025, basis="ad_hoc"), known_from=SINCE_2010)
    rule = rules.Requirement(1, "prior_award", awards=frozenset({"CSTDCS"}), years=5)
    assert status(rule, an(), sudden) == MET
    assert status(replace(rule, not_counted=frozenset({"ad_hoc"})), an(), sudden) == NOT_MET


def test_twice_in_one_year_is_one_year():
    assert status(THREE, an(), rules.Facts(held(2025, 2025, 2026), known_from=SINCE_2010)) == NOT_MET


def test_an_award_of_the_next_year_does_not_count():
    assert status(THREE, an(), rules.Facts(held(2025, 2026, 2027), known_from=SINCE_2010)) == NOT_MET


def test_the_proposal_itself_does_not_count():
    once = rules.Requirement(1, "prior_award", awards=frozenset({"CSTDCS"}), years=5)
    own = rules.Facts(held(2026, status="pending", source=4), known_from=SINCE_2010)
    assert status(once, an("CSTDCS", source=4), own) == NOT_MET
    assert status(once, an("CSTDCS", source=5), own) == NEEDS_REVIEW


def test_the_period_of_the_decision_counts_not_its_date():
    late = [rules.AwardFact("CSTDCS", date(2024, 1, 1), date(2024, 12, 31), decided=date(2025, 2, 1))]
    this_year = rules.Requirement(1, "prior_award", awards=frozenset({"CSTDCS"}), years=2)
    assert status(this_year, an(), rules.Facts(late, known_from=SINCE_2010)) == NOT_MET


def test_rating_in_some_of_the_years():
    three_of_five = rules.Requirement(1, "rating", rating="excellent", years=5, count=3)
    good = [rules.RatingFact(year, "good") for year in (2022, 2023)]
    excellent = [rules.RatingFact(year, "excellent") for year in (2024, 2025, 2026)]
    assert status(three_of_five, an(), rules.Facts(ratings=good + excellent)) == MET
    assert status(three_of_five, an(), rules.Facts(ratings=good + excellent[:2])) == NEEDS_REVIEW
    worse = [*good, rules.RatingFact(2024, "completed"), *excellent[1:]]
    assert status(three_of_five, an(), rules.Facts(ratings=worse)) == NOT_MET


def test_an_award_stands_for_a_rating():
    rule = rules.Requirement(1, "rating", rating="excellent", years=2, count=0, awards=frozenset({"TTLDXS"}))
    facts = rules.Facts(
        held(2025, award="TTLDXS"), [rules.RatingFact(2025, "good"), rules.RatingFact(2026, "excellent")]
    )
    assert status(rule, an(), facts) == MET


@pytest.mark.parametrize(
    ("share", "workers", "expected"),
    [("70", 7, MET), ("70", 6, NOT_MET), ("66.7", 6, NOT_MET), ("0", 1, MET)],
)
def test_share_of_members(share, workers, expected):
    rule = rules.Requirement(1, "member_share", awards=frozenset({"LDTT"}), share=Decimal(share), count=1)
    unit = rules.Candidate("department", 3, "TTLDTT", *YEAR, subject="collective")
    members = [rules.Facts(held(2026, award="LDTT"))] * workers + [rules.Facts(known_from=SINCE_2010)] * (
        10 - workers
    )
    assert status(rule, unit, rules.Facts(members=members)) == expected


def test_discipline_of_a_member():
    rule = rules.Requirement(1, "no_discipline", level="warning", members=True)
    unit = rules.Candidate("department", 3, "TTLDTT", *YEAR, subject="collective")
    mild, severe, unclear = (
        rules.Facts(
            restrictions=[rules.RestrictionFact("discipline", date(2026, 3, 1), date(2026, 6, 1), level)]
        )
        for level in ("reprimand", "warning", None)
    )
    assert status(rule, unit, rules.Facts(members=[mild])) == MET
    assert status(rule, unit, rules.Facts(members=[mild, severe])) == NOT_MET
    assert status(rule, unit, rules.Facts(members=[mild, unclear])) == NEEDS_REVIEW
    assert status(rule, unit, rules.Facts()) == NEEDS_REVIEW


def test_discipline_and_open_cases_are_confidential():
    for kind, entry in rules.KINDS.items():
        assert entry.confidential == (kind in {"no_discipline", "no_open_restriction", "no_fine"})


def test_service_and_campaign_months():
    ten = rules.Requirement(1, "service_months", months=10)
    assert status(ten, an(), rules.Facts(service_from=date(2026, 3, 1))) == MET
    assert status(ten, an(), rules.Facts(service_from=date(2026, 3, 2))) == NOT_MET
    five_years = rules.Requirement(1, "campaign_duration", months=60)
    start = date(2021, 1, 1)
    assert status(five_years, an(campaign_from=start, campaign_to=date(2025, 12, 31)), rules.Facts()) == MET
    assert (
        status(five_years, an(campaign_from=start, campaign_to=date(2025, 12, 30)), rules.Facts()) == NOT_MET
    )


def test_same_award_twice_for_one_period():
    rule = rules.Requirement(1, "not_yet_given")
    assert status(rule, an("LDTT"), rules.Facts(held(2025, award="LDTT"))) == MET
    assert status(rule, an("LDTT"), rules.Facts(held(2026, award="LDTT"))) == NOT_MET
    assert status(rule, an("LDTT"), rules.Facts(held(2026, award="LDTT", status="pending"))) == NEEDS_REVIEW
    assert status(rule, an("LDTT", source=4), rules.Facts(held(2026, award="LDTT", source=4))) == MET


def test_branches_of_an_alternative_hold_together():
    def rule(key, kind, branch, **parameters):
        return rules.Requirement(key, kind, group="merit", branch=branch, **parameters)

    requirements = [
        rule(1, "prior_award", "titles", awards=frozenset({"CSTDCS"}), count=2, years=2),
        rule(2, "initiative", "titles", count=2, years=2),
        rule(3, "rating", "ratings", rating="excellent", years=2, count=0),
    ]
    titles_only = rules.Facts(held(2025, 2026), [rules.RatingFact(2026, "good")], known_from=SINCE_2010)
    findings = rules.judge(an("BKT"), requirements, titles_only)
    assert [finding.blocks for finding in findings] == [False, True, True]
    initiatives = [rules.AchievementFact("initiative", "unit", True, date(2026, 5, 1))] * 2
    findings = rules.judge(an("BKT"), requirements, replace(titles_only, achievements=initiatives))
    assert rules.verdict(findings) == MET


def test_a_requirement_of_another_subject_or_basis_is_left_out():
    requirements = [
        rules.Requirement(1, "judgement", subject="collective"),
        rules.Requirement(2, "judgement", basis="thematic"),
        rules.Requirement(3, "judgement", subject="individual", basis="merit"),
    ]
    assert [finding.requirement.key for finding in rules.judge(an(), requirements, rules.Facts())] == [3]


def test_an_unknown_kind_is_an_error():
    with pytest.raises(KeyError, match="horoscope"):
        rules.judge(an(), [rules.Requirement(1, "horoscope")], rules.Facts())


def test_circular_prerequisites_are_found_through_alternatives():
    def needs(*codes, **more):
        return [rules.Requirement(code, "prior_award", awards=frozenset({code}), **more) for code in codes]

    assert rules.unreachable({"A": needs("A")}) == ["A"]
    assert rules.unreachable({"A": needs("B"), "B": needs("A", "C", group="x"), "C": []}) == []
    assert rules.unreachable({"A": needs("B"), "B": needs("A", "C"), "C": []}) == ["A", "B"]
    assert rules.unreachable({"A": needs("A", severity="warn")}) == []


def test_ten_thousand_candidates():
    """Every kind, a hundred thousand awards: it ends, and answers each candidate."""
    generator = random.Random(1)
    requirements = [
        rules.Requirement(
            kind, kind, awards=frozenset({"CSTDCS"}), rating="good", years=3, share=Decimal(70), months=6
        )
        for kind in rules.KINDS
    ]
    count = 0
    for number in range(10_000):
        awards = [
            rules.AwardFact(generator.choice(CODES), decided=date(2026, 6, 1) - timedelta(days=400 * turn))
            for turn in range(10)
        ]
        candidate = rules.Candidate("employee", number, "CSTDT", *YEAR)
        count += len(rules.judge(candidate, requirements, rules.Facts(awards)))
    assert count == 10_000 * len(rules.KINDS)
