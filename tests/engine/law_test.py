"""Cases a lawyer would put, answered by the rule books as they ship: the table law_cases.tsv.

Facts are written in a small language: ``good 2019-2021; CSTDCS 2024; known 2000`` is a person rated good from 2019
to 2021, Grassroots Emulation Fighter of 2024, whose registers are complete since 2000.

What a table of the engine cannot say is tested where it happens:

* the book by the day of receipt, no book, no rule, an open case: ``test_commendation_rulebook``;
* books and base salaries by day, the law cited as amended: ``test_rulebook_data``;
* titles of one day in two decisions, doubts, who may sign: ``test_decision_prize``;
* period, name, "Truy tặng", no article on 0 đồng: ``test_awards_on_paper``;
* dates in words: the doctests of ``engine.vietnamese``; ten working days over Tết: those of ``engine.working_days``;
* a publication that is still open, too short or unanswered: the doctests of ``engine.publication``;
* a member concerned in a council of nine: ``test_council``; quotas an agency sets: ``test_rulebook``, ``test_propose``.
"""

import csv
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import shipped

from engine import prize, voting, working_days
from engine.eligibility import (
    MET,
    NEEDS_REVIEW,
    NOT_MET,
    AbsenceFact,
    AchievementFact,
    AwardFact,
    BlockFact,
    Candidate,
    Facts,
    PostFact,
    RatingFact,
    Requirement,
    RestrictionFact,
    StayFact,
    judge,
    verdict,
)

ANSWERS = {MET: "eligible", NEEDS_REVIEW: "cannot tell", NOT_MET: "not"}
BASES = {"career": "career", "sudden": "ad_hoc", "thematic": "thematic", "resistance": "resistance"}
RATING_WORDS = {"excellent", "good", "completed", "failed"}
DISCIPLINES = {"reprimand", "warning", "demotion"}
PERSON = {"leave", "study", "away", "stay", "post", "woman", "man", "service"}
MEMBERS = {
    "none": Facts(known_from=date(2000, 1, 1)),
    "LDTT": Facts(
        [AwardFact("LDTT", decided=date(2026, 12, 20))],
        [RatingFact(2026, "good")],
        known_from=date(2000, 1, 1),
    ),
    "fighter": Facts(
        [AwardFact(code, decided=date(2026, 12, 20)) for code in ("LDTT", "CSTDCS")],
        [RatingFact(2026, "excellent")],
        known_from=date(2000, 1, 1),
    ),
    "completed": Facts(ratings=[RatingFact(2026, "completed")], known_from=date(2000, 1, 1)),
    "failed": Facts(ratings=[RatingFact(2026, "not_completed")], known_from=date(2000, 1, 1)),
    "unrated": Facts(),
    "fighter-alone": Facts(
        [AwardFact("CSTDCS", decided=date(2026, 12, 20))],
        [RatingFact(2026, "excellent")],
        known_from=date(2000, 1, 1),
    ),
}
MEMBERS |= {
    name: replace(
        MEMBERS["none"],
        restrictions=[RestrictionFact("discipline", date(2026, 3, 1), date(2026, 9, 1), level)],
    )
    for name, level in (("warned", "warning"), ("reprimanded", "reprimand"), ("unclear", None))
}
MEMBERS["completed-warned"] = replace(MEMBERS["warned"], ratings=MEMBERS["completed"].ratings)


def cases(*areas):
    path = Path(__file__).with_name("law_cases.tsv")
    with open(path, encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["area"] in areas]
    return pytest.mark.parametrize("row", rows, ids=[f"{row['award']}: {row['facts']}" for row in rows])


def day_after(text, word):
    return date.fromisoformat(re.search(rf"{word} (\d{{4}}-\d\d-\d\d)", text)[1])


def base_on(text):
    return prize.base_salary_on(day_after(text, "decided"), shipped.base_salaries())


# Money ----------------------------------------------------------------------------------------------


def claim(code, subject, period=None, number=0, **facts):
    rule, award = shipped.rules(2025)[code], shipped.awards()[code]
    figures = {
        name: rule[f"coefficient_{name}"] or None for name in ("individual", "collective", "household")
    }
    multipliers = shipped.MULTIPLIERS if rule["is_multiplied"] == "1" else {}
    return prize.PrizeClaim(
        key=(number, code, period),
        recipient="An",
        kind=award["kind"],
        coefficient=prize.coefficient_for(subject, figures, multipliers),
        is_maximum=rule["coefficient_is_maximum"] == "1",
        period=period,
        **facts,
    )


@cases("prize")
def test_prize(row):
    [line] = prize.prize_lines([claim(row["award"], row["facts"].split(",")[0])], base_on(row["facts"]))
    expected = row["answer"]
    assert (line.reason.code == "no_coefficient") == (expected == "none")
    assert str(line.amount) == ("0" if expected == "none" else expected)


@cases("together")
def test_awards_of_one_day(row):
    facts = row["facts"]
    claims = []
    for number, part in enumerate(row["award"].split(" + ")):
        code, time = part.split()
        achievement = 0 if "one achievement" in facts else number
        forms = frozenset({achievement}) if "achievement" in facts else frozenset()
        subject = "collective" if "one collective" in facts else "individual"
        claims.append(
            claim(code, subject, read_period(time), number, achievements=forms, foreign="foreigner" in facts)
        )
    lines = prize.prize_lines(claims, base_on(facts))
    # A question mark: the sum stands when a person has answered.
    shown = (f"{line.amount}{'?' if line.doubt else ''}" for line in lines)
    assert " + ".join(shown) == row["answer"]


def read_period(text):
    if ".." in text:
        return tuple(map(date.fromisoformat, text.split("..")))
    years = [int(year) for year in text.split("-")]
    return date(years[0], 1, 1), date(years[-1], 12, 31)


# Votes and publication ------------------------------------------------------------------------------


@cases("vote")
def test_vote(row):
    members, present, agree = map(int, re.findall(r"\d+", row["facts"]))
    rule = shipped.rules(2025)[row["award"]]
    outcome = voting.decide(
        voting.Tally(members, present, present, agree=agree, disagree=present - agree),
        voting.Rule.from_percent(float(rule["vote_threshold"]), float(rule["quorum"]), rule["vote_base"]),
    )
    assert ("passed" if outcome.passed else "refused") == row["answer"], outcome.explain()


@cases("publication")
def test_working_days_of_publication(row):
    assert shipped.rules(2025)[row["award"]]["publication_days"] == row["answer"]


@cases("days")
def test_working_days(row):
    first = date.fromisoformat(row["facts"])
    assert working_days.last_of(first, int(row["award"])).isoformat() == row["answer"]


# Eligibility ----------------------------------------------------------------------------------------


@cases("eligibility")
def test_eligibility(row):
    code, *words = row["award"].split()
    candidate, facts = read_case(code, words, row["facts"])
    book = 2026 if "amended" in words else 2025
    findings = judge(candidate, shipped.requirements(book, code), facts)
    shown = [(found.requirement.name, found.status, str(found.reason)) for found in findings]
    assert ANSWERS[verdict(findings)] == row["answer"], shown


@cases("local")
def test_rules_an_agency_adds(row):
    """What no book asks for, or asks for with figures of the agency: one condition, with its parameters."""
    kind, *parameters = row["award"].split()
    values = {name: int(number) for name, number in (text.split("=") for text in parameters)}
    rule = Requirement("own", kind, **{"lookback": 30, **values})
    candidate, facts = read_case("LDTT", [], row["facts"])
    [found] = judge(candidate, [rule], facts)
    assert ANSWERS[found.status] == row["answer"], str(found.reason)


def read_case(code, words, text):
    subject = next((word for word in words if word in ("collective", "household")), "individual")
    kind = {"individual": "employee", "collective": "department", "household": "partner"}[subject]
    values = {
        "period_from": date(2026, 1, 1),
        "period_to": date(2026, 12, 31),
        "on": date(2026, 12, 31),
        "subject": subject,
        "basis": next((BASES[word] for word in words if word in BASES), "merit"),
    }
    facts = Facts()
    for token in filter(None, map(str.strip, text.split(";"))):
        read_fact(token, facts, values)
    quota = values.pop("quota", None)
    rules = [rule.key for rule in shipped.requirements(2025, code) if rule.kind == "group_quota"]
    return Candidate(kind, 7, code, **values, quotas=dict.fromkeys(rules, quota) if quota else {}), facts


def read_fact(token, facts, values):
    """Enter one fact of the small language into the facts, or into the values of the candidate."""
    word, _space, rest = token.partition(" ")
    if word in RATING_WORDS:
        level = "not_completed" if word == "failed" else word
        facts.ratings += [RatingFact(year, level) for year in read_years(rest)]
    elif word in ("initiative", "project", "proposed") and not rest.split()[0].isupper():
        read_initiative(token, facts)
    elif word in DISCIPLINES | {"case", "maternity"}:
        read_time(word, rest, facts)
    elif word in PERSON:
        read_person(word, rest, facts)
    elif word == "members":
        counts = [part.split() for part in rest.split(",")]
        facts.members = [MEMBERS[name] for name, count in counts for _turn in range(int(count))]
    elif word == "block":
        facts.blocks.append(BlockFact(2026, "Khối các sở", rest != "open", rest == "led"))
    elif word == "known":
        facts.known_from = date(int(rest), 1, 1)
    elif word == "quota":
        values["quota"] = tuple(map(int, rest.split(" of ")))
    elif word == "registered":
        values["registered"] = rest == "yes"
    elif word == "on":
        values["on"] = date.fromisoformat(rest)
    elif word in ("period", "campaign"):
        values[f"{word}_from"], values[f"{word}_to"] = map(date.fromisoformat, rest.split(".."))
        values["on"] = max(values["on"], values[f"{word}_to"]) if word == "campaign" else values[f"{word}_to"]
    else:
        read_awards(token, facts)


def read_days(text):
    start, _dots, end = text.partition("..")
    return date.fromisoformat(start), date.fromisoformat(end) if end else None


def read_person(word, text, facts):
    """Leave, courses, units, posts and service of a person: ``leave 2026-03-02..2026-04-24 40``, ``post 2 …``."""
    if word in ("woman", "man"):
        facts.is_woman = word == "woman"
    elif word == "service":
        facts.service_from = date.fromisoformat(text)
    elif word in ("stay", "post"):
        name, days = text.split()
        place, make = (
            (facts.stays, lambda *time: StayFact(name, *time))
            if word == "stay"
            else (facts.posts, lambda *time: PostFact(int(name), *time))
        )
        place.append(make(*read_days(days)))
    else:
        days, *count = text.split()
        facts.absences.append(AbsenceFact(word, *read_days(days), days=int(count[0]) if count else 0))


def read_years(text):
    first, _dash, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def read_initiative(token, facts):
    words = token.split()
    recognised = words[0] != "proposed"
    kind, reach, when = words if recognised else words[1:]
    day = date.fromisoformat(when if "-" in when else f"{when}-06-01")
    facts.achievements.append(
        AchievementFact(kind, reach, recognised, day if recognised else None, "Sáng kiến")
    )


def read_time(word, text, facts):
    days = read_days(text)
    if word == "maternity":
        facts.absences.append(AbsenceFact("leave", *days, days=120, counts=False, label="Nghỉ thai sản"))
    elif word == "case":
        facts.restrictions.append(RestrictionFact("pending", *days))
    else:
        facts.restrictions.append(RestrictionFact("discipline", *days, word))


def read_awards(token, facts):
    words = token.split()
    statuses = {"proposed": "pending", "revoked": "revoked", "granted": "granted"}
    status = statuses[words.pop(0)] if words[0] in statuses else "granted"
    basis = BASES.get(words[-1], "merit")
    code, years = words[0], words[1]
    assert code in shipped.awards(), token
    facts.awards += [
        AwardFact(code, date(year, 1, 1), date(year, 12, 31), basis=basis, status=status, source=(code, year))
        for year in read_years(years)
    ]


# What every book must hold --------------------------------------------------------------------------


@pytest.mark.parametrize("book", [2024, 2025, 2026])
def test_open_cases_bind_every_award_and_somebody_looks_at_the_merit(book):
    """Decree 152/2025/NĐ-CP, Article 4(4)."""
    for code in shipped.rules(book):
        rules = shipped.requirements(book, code)
        for kind in ("no_open_restriction", "no_discipline"):
            assert any(rule.kind == kind and rule.severity == "block" for rule in rules), (book, code, kind)
        for subject in ("individual", "collective", "household"):
            for basis in ("merit", "thematic", "ad_hoc", "career", "seniority", "external", "resistance"):
                nobody = Candidate("employee", 1, code, subject=subject, basis=basis)
                assert verdict(judge(nobody, rules, Facts())) == NEEDS_REVIEW, (book, code, subject, basis)


def test_the_amended_book_compares_itself_with_nothing_yet():
    for row in shipped.read("emulation.requirement.csv"):
        if "_2026_" in row["id"]:
            assert row["confidence"] != "verified", row["id"]


def test_shares_are_exact():
    assert {
        type(rule.share) for code in shipped.rules(2025) for rule in shipped.requirements(2025, code)
    } == {Decimal}
