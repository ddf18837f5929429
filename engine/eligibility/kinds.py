"""What every kind of requirement shares: the answer, the registry ``KINDS`` and how awards and years are counted.

A function reads a Requirement, a Candidate and the Facts about him and gives an Answer. Whoever adds one keeps
two promises: missing data is never "not met"; a revoked award never counts.
"""

from calendar import monthrange
from collections.abc import Callable, Collection, Iterable
from datetime import date as Date
from typing import Any, NamedTuple

from ..reason import Reason
from .facts import AwardFact, Candidate, Facts, Requirement

MET, NEEDS_REVIEW, NOT_MET = "met", "needs_review", "not_met"
# Years a requirement without a limit looks back.
LIFETIME = 80


class Answer(NamedTuple):
    """``evidence`` are facts or names, shown as their ``str``."""

    status: str
    reason: Reason
    evidence: tuple[Any, ...] = ()


Judge = Callable[[Requirement, Candidate, Facts], Answer]


class Kind(NamedTuple):
    """A kind of requirement: how it is judged, which parameters it reads, which facts it needs."""

    judge: Judge
    parameters: tuple[str, ...]
    needs: frozenset[str]
    dated: bool
    confidential: bool


KINDS: dict[str, Kind] = {}


def kind(
    name: str, *parameters: str, needs: Iterable[str] = (), dated: bool = False, confidential: bool = False
) -> Callable[[Judge], Judge]:
    """Enter a kind of requirement in the registry.

    :param parameters: the fields of Requirement it reads
    :param needs: the facts it reads: ``awards``, ``ratings``, ``restrictions``, ``members`` …
    :param dated: it cannot answer without the candidate's period
    :param confidential: only emulation officers may see the answer
    """

    def enter(judge: Judge) -> Judge:
        KINDS[name] = Kind(judge, parameters, frozenset(needs), dated, confidential)
        return judge

    return enter


def answer(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """Answer one requirement.

    :raises KeyError: its kind is unknown
    """
    if KINDS[rule.kind].dated and not candidate.end:
        return Answer(NEEDS_REVIEW, Reason("no_period"))
    return KINDS[rule.kind].judge(rule, candidate, facts)


def months_between(start: Date, end: Date) -> int:
    """Count full months from one day to another; the last day of a month completes it.

    >>> months_between(Date(2021, 12, 31), Date(2026, 12, 31))
    60
    >>> months_between(Date(2026, 1, 31), Date(2026, 2, 28))
    1
    >>> months_between(Date(2026, 3, 15), Date(2026, 6, 14))
    2
    """
    short = end.day < start.day and end.day < monthrange(end.year, end.month)[1]
    return (end.year - start.year) * 12 + end.month - start.month - short


def longest_run(years: Collection[int]) -> int:
    """Length of the longest unbroken run of years.

    >>> longest_run({2021, 2023, 2024, 2025}), longest_run(set())
    (3, 0)
    """
    best = 0
    for year in years:
        if year - 1 not in years:
            end = year
            while end + 1 in years:
                end += 1
            best = max(best, end - year + 1)
    return best


def first_year(rule: Requirement, candidate: Candidate) -> int:
    """First year that counts; 0 if all do."""
    return candidate.year - rule.years + 1 if rule.years else 0


def counted(rule: Requirement, candidate: Candidate, facts: Facts) -> tuple[list[AwardFact], list[AwardFact]]:
    """Split the awards that count for a requirement into granted ones and ones still proposed.

    Awards for sudden achievements and thematic campaigns are no ground for a higher one: Decree
    152/2025/NĐ-CP, Article 4(3), as the rule book records it in ``Requirement.not_counted``.
    """
    first, last, codes, own = first_year(rule, candidate), candidate.year, rule.awards, candidate.source
    granted: list[AwardFact] = []
    pending: list[AwardFact] = []
    for award in facts.awards:
        code, _start, period_to, decided, basis, status, source, _label = award
        if code not in codes or basis in rule.not_counted or (source is not None and source == own):
            continue
        until = period_to or decided
        if until and first <= until.year <= last:
            if status == "granted":
                granted.append(award)
            elif status == "pending":
                pending.append(award)
    return granted, pending


def weigh(found: int, pending: int, possible: int, needed: int, evidence: tuple[Any, ...] = ()) -> Answer:
    """Answer from what is on record, what is proposed, and what may exist without being on record."""
    values = {"found": found, "needed": needed, "pending": pending - found}
    if found >= needed:
        return Answer(MET, Reason("enough", values), evidence)
    if pending >= needed:
        return Answer(NEEDS_REVIEW, Reason("pending", values), evidence)
    if possible >= needed:
        return Answer(NEEDS_REVIEW, Reason("unknown", values), evidence)
    return Answer(NOT_MET, Reason("too_few", values), evidence)


def long_enough(months: int, needed: int) -> Answer:
    """Answer whether so many months are enough."""
    return Answer(
        MET if months >= needed else NOT_MET, Reason("duration", {"found": months, "needed": needed})
    )
