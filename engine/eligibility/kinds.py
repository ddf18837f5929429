"""What every kind of requirement shares: the answer, the registry ``KINDS`` and how awards and years are counted.

A function reads a Requirement, a Candidate and the Facts about them and gives an Answer. Whoever adds one keeps
two promises: missing data is never "not met"; a revoked award never counts.
"""

from calendar import monthrange
from collections.abc import Callable, Collection, Iterable
from datetime import date as Date
from datetime import timedelta
from typing import NamedTuple

from ..reason import Reason
from ..working_days import end_of_months
from .facts import (
    AwardFact,
    Candidate,
    Facts,
    Requirement,
    RestrictionFact,  # noqa: F401 (the examples)
)

MET, NEEDS_REVIEW, NOT_MET = "met", "needs_review", "not_met"


class Answer(NamedTuple):
    """``evidence`` are facts or names, shown as their ``str``."""

    status: str
    reason: Reason
    evidence: tuple[object, ...] = ()


Judge = Callable[[Requirement, Candidate, Facts], Answer]


class Kind(NamedTuple):
    """A kind of requirement: how it is judged, which parameters it reads, which facts it needs."""

    judge: Judge
    parameters: tuple[str, ...]
    needs: frozenset[str]
    dated: bool
    confidential: bool
    is_merit: bool
    is_quiet: bool


KINDS: dict[str, Kind] = {}


def kind(
    name: str,
    *parameters: str,
    needs: Iterable[str] = (),
    dated: bool = False,
    confidential: bool = False,
    is_merit: bool = True,
    is_quiet: bool = False,
) -> Callable[[Judge], Judge]:
    """Enter a kind of requirement in the registry.

    :param parameters: the fields of Requirement it reads
    :param needs: the facts it reads: ``awards``, ``ratings``, ``restrictions``, ``members`` …
    :param dated: it cannot answer without the candidate's period
    :param confidential: only emulation officers may see the answer
    :param is_merit: it looks at what was achieved, and not only at good order
    :param is_quiet: as a mere warning it does not count where nothing is on record
    """

    def enter(judge: Judge) -> Judge:
        KINDS[name] = Kind(judge, parameters, frozenset(needs), dated, confidential, is_merit, is_quiet)
        return judge

    return enter


def answer(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """Answer one requirement.

    :raises KeyError: its kind is unknown
    """
    own = KINDS[rule.kind]
    if own.dated and not candidate.end:
        return Answer(NEEDS_REVIEW, Reason("no_period"))
    if rule.since and rule.since not in candidate.bases:
        return Answer(NEEDS_REVIEW, Reason("no_previous"))
    return own.judge(rule, candidate, facts)


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


def full_months(first: Date, last: Date) -> int:
    """Count full months of a time, its first and its last day included.

    A month that begins on a day the last month lacks is over with the last day of that month.

    >>> full_months(Date(2026, 1, 1), Date(2026, 12, 31)), full_months(Date(2023, 3, 1), Date(2024, 2, 28))
    (12, 11)
    >>> full_months(Date(2024, 2, 29), Date(2027, 2, 27)), full_months(Date(2024, 2, 29), Date(2027, 2, 28))
    (35, 36)
    """
    months = months_between(first, last + timedelta(days=1))
    day = end_of_months(first, months)
    return months - (day.day < first.day and last < day)


def months_held(times: Iterable[tuple[Date, Date | None]], until: Date | None) -> int:
    """Count full months of several times, each day once; a time without an end lasts until then.

    Times that touch are one time: no day is lost between two posts.

    >>> months_held([(Date(2020, 1, 1), Date(2020, 12, 31)), (Date(2020, 7, 1), None)], Date(2021, 6, 30))
    18
    >>> months_held([(Date(2020, 1, 1), Date(2020, 6, 14)), (Date(2020, 6, 15), Date(2020, 12, 31))], None)
    12
    """
    merged: list[tuple[Date, Date]] = []
    for start, end in sorted(times, key=lambda time: time[0]):
        last = min(end or until or start, until or end or start)
        if last < start:
            continue
        if merged and start <= merged[-1][1] + timedelta(days=1):
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((start, last))
    return sum(full_months(start, last) for start, last in merged)


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
    """First year that counts; 0 if all do.

    Counted since an award, the first full year after the period of that award. Counted in any window of time, not
    before the last discipline has ended (Decree 152/2025/NĐ-CP, Article 4(4)).
    """
    if rule.since:
        return max(candidate.bases[rule.since].year + 1, candidate.clean_year)
    if not rule.years:
        return 0
    first = candidate.year - rule.years + 1
    return max(first, candidate.clean_year) if candidate.clean_from else first


def counted_days(rule: Requirement, candidate: Candidate) -> tuple[Date, Date]:
    """Return the first and the last day that count, of whole years; of school years where the period is one.

    A school year counts as the year it ends in, from its first day until the next one begins: what is recognised in
    October belongs to the school year that has begun.

    >>> one = Requirement(1, "initiative", years=1)
    >>> school = Candidate("employee", 7, "CSTDCS", Date(2025, 9, 1), Date(2026, 5, 31))
    >>> counted_days(one, school)
    (datetime.date(2025, 9, 1), datetime.date(2026, 8, 31))
    >>> counted_days(one, Candidate("employee", 7, "CSTDCS", Date(2026, 1, 1), Date(2026, 12, 31)))
    (datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
    """
    first = Date(max(first_year(rule, candidate), 1), 1, 1)
    start, end = candidate.start, candidate.end or Date.max
    crosses = start.year == candidate.year - 1 and (end - start).days <= 366
    if not crosses:
        return first, Date(max(candidate.year, 1), 12, 31)
    if rule.years and not rule.since:
        first = min(first, end_of_months(start, -12 * (rule.years - 1)))
    return first, max(end, end_of_months(start, 12) - timedelta(days=1))


def find_clean_day(candidate: Candidate, facts: Facts) -> Date | None:
    """Return the day after the last discipline that ended before the candidate's period; None: there was none.

    Achievements count only from the end of a discipline (Decree 152/2025/NĐ-CP, Article 4(4)).

    >>> an = Candidate("employee", 7, "BKTTG", Date(2026, 1, 1), Date(2026, 12, 31))
    >>> old = RestrictionFact("discipline", Date(2020, 2, 1), Date(2020, 7, 31))
    >>> find_clean_day(an, Facts(restrictions=[old]))
    datetime.date(2020, 8, 1)
    """
    ends = [fact.date_to for fact in facts.restrictions if fact.kind == "discipline" and fact.date_to]
    before = [end for end in ends if end < candidate.start]
    return max(before) + timedelta(days=1) if before else None


def used_year(rule: Requirement, candidate: Candidate, facts: Facts) -> int:
    """Return the last year of the time that counts which the same award was given for already; 0: none.

    One achievement is rewarded once (Law 06/2022/QH15, Article 5(2)c): whether years that carried the award once may
    carry it again, the law does not say.
    """
    if not (rule.since or rule.years > 1 or rule.count > 1):
        return 0
    own = {candidate.award}
    given = [award for award in facts.awards if award.award == candidate.award and award.status == "granted"]
    years = [
        award.year for award in given if holds(award, rule, candidate, own) and award.year < candidate.year
    ]
    last = max(years, default=0)
    return last if last >= first_year(rule, candidate) else 0


def oldest_year(rule: Requirement, candidate: Candidate) -> int:
    """First year that is looked at when it is asked whether the registers are complete."""
    return first_year(rule, candidate) or candidate.year - rule.lookback


def holds(award: AwardFact, rule: Requirement, candidate: Candidate, codes: Collection[str]) -> bool:
    """Tell whether an award on record is one of these and a ground for the candidate's.

    Awards for sudden achievements and thematic campaigns are no ground for a higher one: Decree
    152/2025/NĐ-CP, Article 4(3), as the rule book records it in ``Requirement.not_counted``.
    """
    own = award.source is not None and award.source == candidate.source
    return award.award in codes and award.basis not in rule.not_counted and not own


def counted(rule: Requirement, candidate: Candidate, facts: Facts) -> tuple[list[AwardFact], list[AwardFact]]:
    """Split the awards that count for a requirement into granted ones and ones still proposed.

    The award the time runs from is no longer counted within that time.
    """
    granted: list[AwardFact] = []
    pending: list[AwardFact] = []
    clean = candidate.clean_from
    # An award that is merely held once stays held; what is counted in time counts from the end of a discipline.
    is_counted_in_time = bool(rule.since or rule.years or rule.count > 1)
    first, last, codes, own, skipped = (
        first_year(rule, candidate),
        candidate.year,
        rule.awards,
        candidate.source,
        rule.not_counted,
    )
    after = candidate.bases[rule.since].until if rule.since else None
    for award in facts.awards:
        # As ``holds``, written out: a hundred thousand awards pass here.
        code, _start, period_to, decided, basis, status, source, _label = award
        if code not in codes or basis in skipped or (source is not None and source == own):
            continue
        until = period_to or decided
        if not until or until.year > last or (until <= after if after else until.year < first):
            continue
        if clean and is_counted_in_time and until < clean:
            continue
        if status == "granted":
            granted.append(award)
        elif status == "pending":
            pending.append(award)
    return granted, pending


def weigh(found: int, pending: int, possible: int, needed: int, evidence: tuple[object, ...] = ()) -> Answer:
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
