"""Requirements of good order: discipline, time, quotas, repetition, registration, judgement."""

from collections.abc import Callable, Iterable
from datetime import date as Date
from datetime import timedelta
from decimal import Decimal  # noqa: F401 (the examples)

from ..reason import Reason, Value
from ..working_days import end_of_months, end_of_period, is_office_day
from .facts import (
    DISCIPLINE_LEVELS,
    AbsenceFact,
    AwardFact,
    BlockFact,  # noqa: F401 (the examples)
    Candidate,
    Facts,
    RatingFact,  # noqa: F401 (the examples)
    Requirement,
    RestrictionFact,
    StayFact,  # noqa: F401 (the examples)
)
from .kinds import (
    MET,
    NEEDS_REVIEW,
    NOT_MET,
    Answer,
    first_year,
    full_months,
    holds,
    kind,
    long_enough,
    months_between,
    months_held,
)


@kind(
    "no_discipline",
    "level",
    "years",
    "members",
    needs={"restrictions"},
    dated=True,
    confidential=True,
    is_merit=False,
)
def _no_discipline(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """No discipline of that level or above in the period, of the candidate or of members of the unit;
    achievements count only from the end of a discipline (Decree 152/2025/NĐ-CP, Article 4(4); Law
    06/2022/QH15, Article 28).

    >>> rule = Requirement(1, "no_discipline", level="warning")
    >>> an = Candidate("employee", 7, "LDTT", Date(2026, 1, 1), Date(2026, 12, 31))
    >>> _no_discipline(rule, an, Facts(restrictions=[
    ...     RestrictionFact("discipline", Date(2025, 9, 1), Date(2026, 3, 1), "warning")])).status
    'not_met'
    >>> _no_discipline(rule, an, Facts(restrictions=[
    ...     RestrictionFact("discipline", Date(2025, 9, 1), Date(2025, 12, 1), "warning")])).status
    'met'
    """
    if rule.members and facts.members is None:
        return Answer(NEEDS_REVIEW, Reason("no_members"))
    start = candidate.start
    if rule.years:
        start = min(start, Date(first_year(rule, candidate), 1, 1))
    people = (facts.members or []) if rule.members else [facts]
    end = candidate.end or Date.max
    found = [
        fact
        for person in people
        for fact in person.restrictions
        if fact.kind == "discipline" and fact.date_from <= end and (fact.date_to or Date.max) >= start
    ]
    least = DISCIPLINE_LEVELS.get(rule.level, 0)
    severe = [fact for fact in found if DISCIPLINE_LEVELS.get(fact.level or "", 0) >= least]
    if severe:
        return Answer(NOT_MET, Reason("discipline", {"found": len(severe)}), _labels(severe))
    unclear = [fact for fact in found if not fact.level]
    if unclear:
        return Answer(NEEDS_REVIEW, Reason("discipline_level", {"found": len(unclear)}), _labels(unclear))
    if not rule.members and facts.restrictions and (later := _disciplined_since(candidate, facts)):
        return later
    clean = candidate.clean_from
    return Answer(MET, Reason("clean_since", {"day": f"{clean:%d/%m/%Y}"}) if clean else Reason("clean"))


def _disciplined_since(candidate: Candidate, facts: Facts) -> Answer | None:
    """Look at a discipline imposed after the period and no later than the day of the judgement.

    Achievements count from its end: while it is in force nothing of the period counts; once it has ended, a person
    says.
    """
    end, day = candidate.end or Date.max, candidate.on or Date.min
    later = [fact for fact in facts.restrictions if fact.kind == "discipline" and end < fact.date_from <= day]
    now = [fact for fact in later if (fact.date_to or Date.max) >= day]
    if now:
        return Answer(NOT_MET, Reason("discipline_now", {"found": len(now)}), _labels(now))
    if later:
        return Answer(NEEDS_REVIEW, Reason("discipline_later", {"found": len(later)}), _labels(later))
    return None


def _labels(facts: list[RestrictionFact]) -> tuple[str, ...]:
    return tuple(fact.label for fact in facts)


@kind("no_open_restriction", needs={"restrictions"}, confidential=True, is_merit=False)
def _no_open_restriction(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """Nobody is proposed while a discipline is considered or a case with signs of violation is open; the case
    ends when the person is cleared in writing (Decree 152/2025/NĐ-CP, Article 4(4)).

    >>> an = Candidate("employee", 7, "LDTT", on=Date(2026, 11, 20))
    >>> case = RestrictionFact("pending", Date(2026, 10, 1))
    >>> _no_open_restriction(None, an, Facts(restrictions=[case])).status
    'not_met'
    >>> closed = case._replace(date_to=Date(2026, 11, 1))
    >>> _no_open_restriction(None, an, Facts(restrictions=[closed])).status
    'met'
    """
    day = candidate.on or candidate.period_to or Date.max
    cases = [fact for fact in facts.restrictions if fact.kind != "fine"]
    still = [fact for fact in cases if fact.date_from <= day and (fact.date_to is None or fact.date_to > day)]
    if still:
        return Answer(NOT_MET, Reason("restricted", {"found": len(still)}), _labels(still))
    return Answer(MET, Reason("clean"))


@kind("no_fine", needs={"restrictions"}, dated=True, confidential=True, is_merit=False)
def _no_fine(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """Not fined by an authority in the period, where the regulation of an agency asks for it; a fine is no discipline
    and no open case.

    >>> an = Candidate("employee", 7, "LDTT", Date(2026, 1, 1), Date(2026, 12, 31))
    >>> fine = RestrictionFact("fine", Date(2026, 3, 2), Date(2026, 3, 2))
    >>> before = RestrictionFact("fine", Date(2025, 3, 2), Date(2025, 3, 2))
    >>> [_no_fine(None, an, Facts(restrictions=[fact])).status for fact in (fine, before)]
    ['not_met', 'met']
    >>> _no_open_restriction(None, an, Facts(restrictions=[fine._replace(date_to=None)])).status
    'met'
    """
    end = candidate.end or Date.max
    found = [
        fact
        for fact in facts.restrictions
        if fact.kind == "fine"
        and fact.date_from <= end
        and (fact.date_to or fact.date_from) >= candidate.start
    ]
    if found:
        return Answer(NOT_MET, Reason("discipline", {"found": len(found)}), _labels(found))
    return Answer(MET, Reason("clean"))


@kind("campaign_duration", "months", is_merit=False)
def _campaign_duration(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """The campaign lasted long enough (Law 06/2022/QH15, Articles 25, 26, 44, 73).

    >>> rule = Requirement(1, "campaign_duration", months=36)
    >>> three_years = {"campaign_from": Date(2024, 1, 1), "campaign_to": Date(2026, 12, 31)}
    >>> _campaign_duration(rule, Candidate("department", 3, "CTDT", **three_years), Facts()).status
    'met'
    """
    if not candidate.campaign_from or not candidate.campaign_to:
        return Answer(NEEDS_REVIEW, Reason("no_campaign"))
    return long_enough(full_months(candidate.campaign_from, candidate.campaign_to), rule.months)


@kind("service_months", "months", needs={"service", "ratings", "awards"}, is_merit=False, is_quiet=True)
def _service_months(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """Has served long enough by the end of the period. Maternity leave counts as service (Decree
    152/2025/NĐ-CP, Article 4(5)), hence calendar months are counted.

    Without a first working day on record, a rating or an award of an earlier year proves service since then.

    >>> rule = Requirement(1, "service_months", months=10)
    >>> an = Candidate("employee", 7, "LDTT", period_to=Date(2026, 12, 31))
    >>> [_service_months(rule, an, facts).status for facts in (
    ...     Facts(service_from=Date(2026, 6, 1)), Facts(ratings=[RatingFact(2025, "good")]), Facts())]
    ['not_met', 'met', 'needs_review']
    """
    if not candidate.end:
        return Answer(NEEDS_REVIEW, Reason("no_service"))
    seen = [Date(rating.year, 12, 31) for rating in facts.ratings if rating.year < candidate.year]
    seen += [award.until for award in facts.awards if award.until and award.until < candidate.end]
    start = min([facts.service_from] if facts.service_from else seen, default=None)
    months = max(0, full_months(start, candidate.end)) if start else 0
    if not facts.service_from and months < rule.months:
        return Answer(NEEDS_REVIEW, Reason("no_service"))
    return long_enough(months, rule.months)


@kind("award_interval", "awards", "months", needs={"awards"}, is_merit=False)
def _award_interval(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """So many months since the last award, counted from the end of the period written in its decision, else
    from the date of that decision (Decree 152/2025/NĐ-CP, Article 33(7)).

    >>> rule = Requirement(1, "award_interval", awards=frozenset({"BKTTG"}), months=60)
    >>> an = Candidate("employee", 7, "HCLD3", period_to=Date(2026, 12, 31))
    >>> _award_interval(rule, an, Facts([AwardFact("BKTTG", period_to=Date(2021, 12, 31))])).status
    'met'
    >>> _award_interval(rule, an, Facts([AwardFact("BKTTG", decided=Date(2022, 6, 1))])).status
    'not_met'
    """
    base = candidate.bases.get(rule.awards)
    held = [base] if base else [award for award in facts.awards if _is_held(award, rule, candidate)]
    if not held:
        return Answer(NEEDS_REVIEW, Reason("no_previous"))
    dated = [(award.until, award) for award in held if award.until]
    if not candidate.end or len(dated) < len(held):
        return Answer(NEEDS_REVIEW, Reason("no_previous_period"), evidence=tuple(held))
    until, last = max(dated, key=lambda pair: pair[0])
    return long_enough(months_between(until, candidate.end), rule.months)._replace(evidence=(last,))


def _is_held(award: AwardFact, rule: Requirement, candidate: Candidate) -> bool:
    return award.status == "granted" and holds(award, rule, candidate, rule.awards)


@kind("group_quota", "share", "count", "awards", "scope", needs={"quota"}, is_merit=False)
def _group_quota(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """No more are proposed than a share of the group (rounded down, but at least ``count``).

    >>> rule = Requirement(1, "group_quota", share=Decimal(20), count=1)
    >>> for proposed in (2, 3):
    ...     unit = Candidate("department", 3, "CTDCP", quotas={1: (proposed, 10)}, subject="collective")
    ...     print(_group_quota(rule, unit, Facts()).status)
    met
    not_met
    """
    if rule.key not in candidate.quotas:
        return Answer(NEEDS_REVIEW, Reason("no_quota"))
    proposed, base = candidate.quotas[rule.key]
    limit = max(int(rule.share * base // 100), rule.count)
    return Answer(
        MET if proposed <= limit else NOT_MET, Reason("quota", {"found": proposed, "needed": limit})
    )


@kind("leader_share", "share", "awards", "scope", needs={"quota", "person"}, is_merit=False)
def _leader_share(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """Of those proposed no more lead a unit than this share: direct workers go first (Law 06/2022/QH15, Article
    5(2)d). Who leads nothing is never held back by it.

    >>> rule = Requirement(1, "leader_share", share=Decimal(30))
    >>> for leads in (True, False, None):
    ...     an = Candidate("employee", 7, "CSTDCS", quotas={1: (4, 10)}, is_leader=leads)
    ...     print(_leader_share(rule, an, Facts()).status)
    not_met
    met
    needs_review
    """
    if candidate.is_leader is False:
        return Answer(MET, Reason("direct_worker"))
    if candidate.is_leader is None or rule.key not in candidate.quotas:
        return Answer(NEEDS_REVIEW, Reason("no_quota"))
    leaders, proposed = candidate.quotas[rule.key]
    values: dict[str, Value] = {"found": leaders, "total": proposed, "share": rule.share}
    enough = leaders * 100 <= rule.share * proposed
    return Answer(MET if enough else NOT_MET, Reason("leaders", values))


@kind("leave_days", "days", needs={"absences"}, dated=True, is_merit=False)
def _leave_days(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """Away for fewer working days than ``days`` in the period. Maternity leave counts as work (Decree
    152/2025/NĐ-CP, Article 4(5)); the number is each agency's own.

    >>> rule = Requirement(1, "leave_days", days=40)
    >>> an = Candidate("employee", 7, "LDTT", Date(2026, 1, 1), Date(2026, 12, 31))
    >>> sick = AbsenceFact("leave", Date(2026, 3, 2), Date(2026, 4, 24), 40, label="Nghỉ ốm")
    >>> [_leave_days(rule, an, Facts(absences=[fact])).status for fact in (sick, sick._replace(counts=False))]
    ['not_met', 'met']
    """
    away = [fact for fact in _absences(candidate, facts) if fact.role == "leave" and fact.counts]
    found = count_days(away, candidate.start, candidate.end, candidate.on, candidate.is_working)
    values = {"found": found, "needed": rule.days}
    status = NOT_MET if found >= max(rule.days, 1) else MET
    return Answer(status, Reason("leave_days", values), tuple(fact.label for fact in away))


def days_within(
    absence: AbsenceFact,
    start: Date,
    end: Date | None,
    until: Date | None = None,
    is_working: Callable[[Date], bool] = is_office_day,
) -> int:
    """Return the working days of an absence that lie in a period, never more than it has; who is still away is counted
    until a day, by default the last of the period.

    >>> over_new_year = AbsenceFact("leave", Date(2025, 11, 3), Date(2026, 1, 9), 49)
    >>> days_within(over_new_year, Date(2026, 1, 1), Date(2026, 12, 31))
    6
    >>> days_within(AbsenceFact("leave", Date(2026, 12, 1)), Date(2026, 1, 1), Date(2026, 12, 31))
    23
    """
    last = absence.date_to or min(end or Date.max, until or Date.max)
    if last == Date.max or (absence.date_to and start <= absence.date_from and last <= (end or last)):
        return absence.days
    first, last = max(absence.date_from, start), min(last, end or last)
    days = (first + timedelta(days=step) for step in range((last - first).days + 1))
    found = sum(map(is_working, days))
    return min(absence.days, found) if absence.date_to else found


def count_days(
    absences: Iterable[AbsenceFact],
    start: Date,
    end: Date | None,
    until: Date | None = None,
    is_working: Callable[[Date], bool] = is_office_day,
) -> int:
    """Return the working days of several absences that lie in a period; a day two of them name is one day.

    >>> two = [AbsenceFact("leave", Date(2026, 3, 2), Date(2026, 3, 13), 10),
    ...        AbsenceFact("leave", Date(2026, 3, 9), Date(2026, 3, 20), 10)]
    >>> count_days(two, Date(2026, 1, 1), Date(2026, 12, 31)), count_days(two[:1], Date(2026, 1, 1), None)
    (15, 10)

    Two leaves that reach into the next year, one after the other had begun: nine working days are left of this one.

    >>> over = [AbsenceFact("leave", Date(2026, 12, 21), Date(2027, 1, 15), 20),
    ...         AbsenceFact("leave", Date(2026, 12, 28), Date(2027, 1, 22), 20)]
    >>> count_days(over, Date(2026, 1, 1), Date(2026, 12, 31))
    9
    """
    last_day = min(end or Date.max, until or Date.max)
    total = 0
    for first, last, group in _merge_absences(absences, last_day):
        found = sum(days_within(one, start, end, until, is_working) for one in group)
        if len(group) > 1 and last < Date.max:
            whole = AbsenceFact("leave", first, last, found)
            within = min(last, end or last)
            found = min(found, days_within(whole._replace(date_to=None), start, within, None, is_working))
        total += found
    return total


def _merge_absences(
    absences: Iterable[AbsenceFact], last_day: Date
) -> list[tuple[Date, Date, list[AbsenceFact]]]:
    """Return first day, last day and the absences of each time away; those that overlap are one time."""
    times: list[tuple[Date, Date, list[AbsenceFact]]] = []
    for absence in sorted(absences, key=lambda one: one.date_from):
        last = absence.date_to or max(absence.date_from, last_day)
        if times and absence.date_from <= times[-1][1]:
            first, other, group = times.pop()
            times.append((first, max(last, other), [*group, absence]))
        else:
            times.append((absence.date_from, last, [absence]))
    return times


@kind("long_study", "months", needs={"absences"}, dated=True, is_merit=False)
def _long_study(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """No course of so many months in the period: a long course is judged by its result, which a person reads.

    >>> rule = Requirement(1, "long_study", months=12)
    >>> an = Candidate("employee", 7, "LDTT", Date(2026, 1, 1), Date(2026, 12, 31))
    >>> course = AbsenceFact("study", Date(2025, 9, 1), Date(2027, 6, 30), label="Cao học")
    >>> _long_study(rule, an, Facts(absences=[course])).status, _long_study(rule, an, Facts()).status
    ('needs_review', 'met')
    """
    courses = [fact for fact in _absences(candidate, facts) if fact.role == "study"]
    end = candidate.end or Date.max - timedelta(days=1)
    long = [fact for fact in courses if full_months(fact.date_from, fact.date_to or end) >= rule.months]
    if long:
        return Answer(NEEDS_REVIEW, Reason("long_study"), tuple(fact.label for fact in long))
    return Answer(MET, Reason("no_long_study"))


@kind("transfer", "months", needs={"absences", "stays"}, dated=True, is_merit=False)
def _transfer(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """Was not elsewhere for so many months of the period: then the other unit's opinion is needed.

    Elsewhere: in another unit before a transfer, or seconded.

    >>> rule = Requirement(1, "transfer", months=6)
    >>> an = Candidate("employee", 7, "LDTT", Date(2026, 1, 1), Date(2026, 12, 31))
    >>> moved = [StayFact("Phòng A", Date(2020, 1, 1), Date(2026, 6, 30)), StayFact("Phòng B", Date(2026, 7, 1))]
    >>> found = _transfer(rule, an, Facts(stays=moved))
    >>> found.status, found.evidence, _transfer(rule, an, Facts(stays=moved[1:])).status
    ('needs_review', ('Phòng A',), 'met')
    """
    start, end = candidate.start, candidate.end or Date.max
    away = [
        (fact.label, fact.date_from, fact.date_to)
        for fact in _absences(candidate, facts)
        if fact.role == "away"
    ]
    home = facts.stays[-1].unit if facts.stays else ""
    away += [(stay.unit, stay.date_from, stay.date_to) for stay in facts.stays if stay.unit != home]
    within = [
        (name, max(since, start), min(until or end, end))
        for name, since, until in away
        if since <= end and (until or end) >= start
    ]
    months = months_held([(since, until) for _name, since, until in within], end)
    if months >= rule.months:
        names = tuple(dict.fromkeys(name for name, _since, _until in within))
        return Answer(NEEDS_REVIEW, Reason("transfer", {"found": months}), names)
    return Answer(MET, Reason("no_transfer"))


def _absences(candidate: Candidate, facts: Facts) -> list[AbsenceFact]:
    """Return the absences that touch the candidate's period."""
    start, end = candidate.start, candidate.end or Date.max
    return [fact for fact in facts.absences if fact.date_from <= end and (fact.date_to or end) >= start]


@kind("not_yet_given", needs={"awards"}, is_merit=False)
def _not_yet_given(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """One achievement, one award: not given before for the same period (Law 06/2022/QH15, Article 5(2)c)."""
    if not candidate.period_to:
        return Answer(NEEDS_REVIEW, Reason("no_period"))
    start, code = candidate.start, candidate.award
    same = [
        award
        for award in facts.awards
        if award.award == code
        and award.status in ("granted", "pending")
        and award.period_to
        and (award.source is None or award.source != candidate.source)
        and award.period_to >= start
        and (award.period_from or award.period_to) <= candidate.period_to
    ]
    if found := tuple(award for award in same if award.status == "granted"):
        return Answer(NOT_MET, Reason("duplicate"), found)
    if same:
        return Answer(NEEDS_REVIEW, Reason("duplicate_pending"), tuple(same))
    return Answer(MET, Reason("first_time"))


@kind("period_age", "months", is_merit=False)
def _period_age(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """The period ended no more than so many months before it is submitted (Decree 152/2025/NĐ-CP, Article 33(9): six
    months); achievements of the resistance wars have no such limit. It favours who hands in that a limit on a day off
    ends with the next working day (Civil Code 2015, Article 148(5)): a default of the rule book, and the answer names
    it.

    >>> rule = Requirement(1, "period_age", months=6)
    >>> for day in (Date(2026, 9, 30), Date(2026, 10, 1)):
    ...     an = Candidate("employee", 7, "HCLD3", None, Date(2026, 3, 31), day)
    ...     print(_period_age(rule, an, None).status)
    met
    not_met

    What was submitted in time stays so, however late it is looked at. 28 February 2027 is a Sunday:

    >>> for day in (Date(2027, 3, 1), Date(2027, 3, 2)):
    ...     an = Candidate("employee", 7, "HCLD3", None, Date(2026, 8, 31), Date(2027, 5, 1), handed_in=day)
    ...     print(_period_age(rule, an, None).status)
    met
    not_met
    """
    if candidate.basis == "resistance":
        return Answer(MET, Reason("no_limit"))
    day = candidate.handed_in or candidate.on
    if not candidate.period_to or not day:
        return Answer(NEEDS_REVIEW, Reason("no_period"))
    months = months_between(candidate.period_to, day)
    last = end_of_months(candidate.period_to, rule.months)
    values = {"found": months, "needed": rule.months}
    if day <= last or not rule.moves_limits:
        return Answer(MET if day <= last else NOT_MET, Reason("too_old", values))
    moved = end_of_period(last, candidate.is_working)
    if day > moved:
        return Answer(NOT_MET, Reason("too_old", values))
    return Answer(
        MET, Reason("limit_moved", {**values, "day": f"{last:%d/%m/%Y}", "until": f"{moved:%d/%m/%Y}"})
    )


@kind("registration", needs={"registration"}, is_merit=False)
def _registration(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """Registered in the campaign, where the agency asks for it."""
    if candidate.registered is None:
        return Answer(NEEDS_REVIEW, Reason("no_registration"))
    return (
        Answer(MET, Reason("registered"))
        if candidate.registered
        else Answer(NOT_MET, Reason("not_registered"))
    )


@kind("block_leader", needs={"blocks"}, dated=True)
def _block_leader(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """The collective was acclaimed leader of its cluster or block in the year (Law 06/2022/QH15, Articles 25
    and 26; Decree 152/2025/NĐ-CP, Article 7).

    >>> unit = Candidate("department", 3, "CTDT", Date(2025, 1, 1), Date(2025, 12, 31), subject="collective")
    >>> for year, decided, leads in ((2025, True, True), (2025, True, False), (2025, False, False), (2024, True, True)):
    ...     block = BlockFact(year, "Khối các sở", decided, leads)
    ...     print(_block_leader(None, unit, Facts(blocks=[block])).status)
    met
    not_met
    needs_review
    needs_review
    """
    blocks = tuple(block for block in facts.blocks if block.year == candidate.year)
    led = tuple(block for block in blocks if block.leads)
    if led:
        return Answer(MET, Reason("leads_block"), evidence=led)
    if not blocks:
        return Answer(NEEDS_REVIEW, Reason("no_block"))
    if all(block.decided for block in blocks):
        return Answer(NOT_MET, Reason("not_leader"), evidence=blocks)
    return Answer(NEEDS_REVIEW, Reason("leader_open"), evidence=blocks)


@kind("judgement")
def _judgement(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """What no register can answer: "exemplary", "outstanding in a movement" …"""
    return Answer(NEEDS_REVIEW, Reason("judgement"))
