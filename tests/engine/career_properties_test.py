"""What must hold for any career, judged by the books as they ship: facts as registers hold them, every award."""

from dataclasses import replace
from datetime import date, timedelta

import shipped
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.eligibility import (
    MET,
    NEEDS_REVIEW,
    NOT_MET,
    AchievementFact,
    AwardFact,
    Candidate,
    Facts,
    RatingFact,
    RestrictionFact,
    judge,
    verdict,
)

FIRST, LAST = 2012, 2026
YEARS = range(FIRST, LAST + 1)
BOOKS = st.sampled_from([2024, 2025, 2026])
# What somebody of each kind can hold, and how it is reached: most years good, a title now and then, a rare order.
HELD = {
    "individual": (
        "LDTT",
        "CSTDCS",
        "CSTDCS",
        "CSTDCS",
        "CSTDT",
        "CSTDB",
        "BKT",
        "BKB",
        "BKTTG",
        "HCLD3",
        "HCLD2",
    ),
    "collective": ("TTLDTT", "TTLDXS", "TTLDXS", "CTDT", "CTDB", "CTDCP", "BKT", "BKTTG", "HCLD3", "HCLD2"),
}
LEVELS = ("good", "good", "excellent", "excellent", "completed", "not_completed")
SUPPORTING = ("awards", "ratings", "achievements")


def whole_year(year):
    return date(year, 1, 1), date(year, 12, 31)


def awards_of(subject):
    return st.sets(st.tuples(st.sampled_from(HELD[subject]), st.sampled_from(YEARS)), max_size=14).map(
        lambda pairs: [
            AwardFact(code, *whole_year(year), source=(code, year)) for code, year in sorted(pairs)
        ]
    )


RATINGS = st.dictionaries(st.sampled_from(YEARS), st.sampled_from(LEVELS), max_size=15).map(
    lambda levels: [RatingFact(*pair) for pair in sorted(levels.items())]
)
ACHIEVEMENTS = st.lists(
    st.builds(
        AchievementFact,
        st.just("initiative"),
        st.sampled_from(["unit", "province", "ministry", "nation"]),
        st.booleans(),
        st.sampled_from(YEARS).map(lambda year: date(year, 6, 1)),
        st.just("Sáng kiến"),
    ),
    max_size=5,
)
RESTRICTIONS = st.lists(
    st.builds(
        lambda kind, start, days, level: RestrictionFact(
            kind, start, start + timedelta(days=days), level if kind == "discipline" else None
        ),
        st.sampled_from(["discipline", "pending"]),
        st.dates(date(FIRST, 1, 1), date(LAST, 12, 31)),
        st.integers(30, 400),
        st.sampled_from(["reprimand", "warning", "demotion"]),
    ),
    max_size=2,
)


@st.composite
def cases(draw, known_from=None, restrictions=True):
    """Somebody with a career, and an award of a book he is considered for."""
    book, subject = draw(BOOKS), draw(st.sampled_from(sorted(HELD)))
    fits = [code for code, row in shipped.awards().items() if row[f"subject_{subject}"] == "1"]
    code = draw(st.sampled_from([code for code in fits if code in shipped.rules(book)]))
    kind = "employee" if subject == "individual" else "department"
    candidate = Candidate(
        kind,
        7,
        code,
        *whole_year(LAST),
        on=date(LAST, 12, 31),
        subject=subject,
        basis=draw(st.sampled_from(["merit", "merit", "merit", "thematic", "ad_hoc", "career"])),
    )
    members = draw(st.lists(st.builds(Facts, awards_of("individual"), RATINGS), min_size=1, max_size=6))
    facts = Facts(
        draw(awards_of(subject)),
        draw(RATINGS),
        draw(ACHIEVEMENTS),
        draw(RESTRICTIONS) if restrictions else [],
        known_from=known_from,
        members=members if subject == "collective" else None,
    )
    return candidate, shipped.requirements(book, code), facts


def thin_out(draw, facts, spared=frozenset()):
    """Return the facts with some that speak for him gone; awards of the spared codes stay."""
    fewer = replace(facts)
    for name in SUPPORTING:
        kept = draw(st.sets(st.integers(0, 14)))
        found = [
            fact
            for place, fact in enumerate(getattr(facts, name))
            if place in kept or getattr(fact, "award", "") in spared
        ]
        setattr(fewer, name, found)
    return fewer


def clocks(requirements, candidate):
    """Codes of awards that start or stop a clock: without the last of them another time is asked about."""
    codes = {candidate.award}
    for rule in requirements:
        codes |= rule.since | (rule.awards if rule.kind == "award_interval" else frozenset())
    return codes


@settings(max_examples=300, deadline=None)
@given(case=cases(), data=st.data())
def test_what_is_only_missing_never_speaks_against_anybody(case, data):
    """With registers that may lack anything: a condition somebody fulfils is never "not met" because part of the
    proof is not on record."""
    candidate, requirements, facts = case
    fewer = thin_out(data.draw, facts, clocks(requirements, candidate))
    for old, new in zip(
        judge(candidate, requirements, facts), judge(candidate, requirements, fewer), strict=True
    ):
        if old.status == MET:
            assert new.status != NOT_MET, (old, new)


@settings(max_examples=300, deadline=None)
@given(case=cases(known_from=date(FIRST, 1, 1)), data=st.data())
def test_deleting_proof_never_helps(case, data):
    candidate, requirements, facts = case
    fewer = thin_out(data.draw, facts, clocks(requirements, candidate))
    before, after = (judge(candidate, requirements, known) for known in (facts, fewer))
    for old, new in zip(before, after, strict=True):
        assert not (old.status == NOT_MET and new.status == MET), (old, new)
    assert not (verdict(before) == NOT_MET and verdict(after) == MET)


@settings(max_examples=200, deadline=None)
@given(case=cases(known_from=date(FIRST, 1, 1)), data=st.data())
def test_a_discipline_or_an_open_case_never_helps(case, data):
    candidate, requirements, facts = case
    more = replace(facts, restrictions=[*facts.restrictions, *data.draw(RESTRICTIONS)])
    before, after = (verdict(judge(candidate, requirements, known)) for known in (facts, more))
    order = {NOT_MET: 0, NEEDS_REVIEW: 1, MET: 2}
    assert order[after] <= order[before]


@settings(max_examples=200, deadline=None)
@given(case=cases(restrictions=False))
def test_nothing_on_record_is_for_a_person_to_judge(case):
    candidate, requirements, facts = case
    empty = Facts(members=[Facts() for _member in facts.members] if facts.members else None)
    assert verdict(judge(candidate, requirements, empty)) == NEEDS_REVIEW


@settings(max_examples=200, deadline=None)
@given(case=cases(), since=st.sampled_from(YEARS))
def test_completer_registers_only_close_questions(case, since):
    """What is decided stays decided when the registers are known to be complete; only "cannot tell" may become "no"."""
    candidate, requirements, facts = case
    known = replace(facts, known_from=date(since, 1, 1))
    for old, new in zip(
        judge(candidate, requirements, facts), judge(candidate, requirements, known), strict=True
    ):
        assert new.status == old.status or (old.status, new.status) == (NEEDS_REVIEW, NOT_MET), (old, new)
