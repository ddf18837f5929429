"""Requirements of good order: discipline, time, quotas, repetition, registration, judgement."""

from datetime import date as Date
from datetime import timedelta
from decimal import Decimal  # noqa: F401 (the examples)

from ..reason import Reason
from .facts import DISCIPLINE_LEVELS, AwardFact, BlockFact, Candidate, Facts, Requirement, RestrictionFact  # noqa: F401 (the examples)
from .kinds import MET, NEEDS_REVIEW, NOT_MET, Answer, first_year, kind, long_enough, months_between


@kind("no_discipline", "level", "years", "members", needs={"restrictions"}, dated=True, confidential=True)
def _no_discipline(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """No discipline of that level or above in the period, of the candidate or of his unit's members;
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
    start = candidate.period_from or Date(candidate.year, 1, 1)
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
    return Answer(MET, Reason("clean"))


def _labels(facts: list[RestrictionFact]) -> tuple[str, ...]:
    return tuple(fact.label for fact in facts)


@kind("no_open_restriction", needs={"restrictions"}, confidential=True)
def _no_open_restriction(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """Nobody is proposed while a discipline is considered or a case with signs of violation is open; the case
    ends when he is cleared in writing (Decree 152/2025/NĐ-CP, Article 4(4)).

    >>> an = Candidate("employee", 7, "LDTT", on=Date(2026, 11, 20))
    >>> case = RestrictionFact("pending", Date(2026, 10, 1))
    >>> _no_open_restriction(None, an, Facts(restrictions=[case])).status
    'not_met'
    >>> closed = case._replace(date_to=Date(2026, 11, 1))
    >>> _no_open_restriction(None, an, Facts(restrictions=[closed])).status
    'met'
    """
    day = candidate.on or candidate.period_to or Date.max
    still = [
        fact
        for fact in facts.restrictions
        if fact.date_from <= day and (fact.date_to is None or fact.date_to > day)
    ]
    if still:
        return Answer(NOT_MET, Reason("restricted", {"found": len(still)}), _labels(still))
    return Answer(MET, Reason("clean"))


@kind("campaign_duration", "months")
def _campaign_duration(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """The campaign lasted long enough (Law 06/2022/QH15, Articles 25, 26, 44, 73).

    >>> rule = Requirement(1, "campaign_duration", months=36)
    >>> three_years = {"campaign_from": Date(2024, 1, 1), "campaign_to": Date(2026, 12, 31)}
    >>> _campaign_duration(rule, Candidate("department", 3, "CTDT", **three_years), Facts()).status
    'met'
    """
    if not candidate.campaign_from or not candidate.campaign_to:
        return Answer(NEEDS_REVIEW, Reason("no_campaign"))
    return long_enough(
        months_between(candidate.campaign_from, candidate.campaign_to + timedelta(days=1)), rule.months
    )


@kind("service_months", "months", needs={"service"})
def _service_months(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """Has served long enough by the end of the period. Maternity leave counts as service (Decree
    152/2025/NĐ-CP, Article 4(5)), hence calendar months are counted.
    """
    if not facts.service_from or not candidate.end:
        return Answer(NEEDS_REVIEW, Reason("no_service"))
    return long_enough(
        max(0, months_between(facts.service_from, candidate.end + timedelta(days=1))), rule.months
    )


@kind("award_interval", "awards", "months", needs={"awards"})
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
    held = [
        award
        for award in facts.awards
        if award.award in rule.awards
        and award.status == "granted"
        and award.basis not in rule.not_counted
        and (award.source is None or award.source != candidate.source)
    ]
    if not held:
        return Answer(NEEDS_REVIEW, Reason("no_previous"))
    dated = [(award.until, award) for award in held if award.until]
    if not candidate.end or len(dated) < len(held):
        return Answer(NEEDS_REVIEW, Reason("no_previous_period"), evidence=tuple(held))
    until, last = max(dated, key=lambda pair: pair[0])
    return long_enough(months_between(until, candidate.end), rule.months)._replace(evidence=(last,))


@kind("group_quota", "share", "count", "awards", needs={"quota"})
def _group_quota(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """No more are proposed than a share of the group (rounded down, but at least ``count``).

    >>> rule = Requirement(1, "group_quota", share=Decimal(20), count=1)
    >>> unit = Candidate("department", 3, "CTDCP", quota=(2, 10), subject="collective")
    >>> _group_quota(rule, unit, Facts()).status
    'met'
    """
    if candidate.quota is None:
        return Answer(NEEDS_REVIEW, Reason("no_quota"))
    proposed, base = candidate.quota
    limit = max(int(rule.share * base // 100), rule.count)
    return Answer(
        MET if proposed <= limit else NOT_MET, Reason("quota", {"found": proposed, "needed": limit})
    )


@kind("not_yet_given", needs={"awards"})
def _not_yet_given(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """One achievement, one award: not given before for the same period (Law 06/2022/QH15, Article 5(2)c)."""
    if not candidate.period_to:
        return Answer(NEEDS_REVIEW, Reason("no_period"))
    start = candidate.period_from or Date(candidate.year, 1, 1)
    same = [
        award
        for award in facts.awards
        if award.award == candidate.award
        and award.status in ("granted", "pending")
        and award.period_to
        and (award.source is None or award.source != candidate.source)
        and award.period_to >= start
        and (award.period_from or award.period_to) <= candidate.period_to
    ]
    for status, answer, reason in (
        ("granted", NOT_MET, Reason("duplicate")),
        ("pending", NEEDS_REVIEW, Reason("duplicate_pending")),
    ):
        found = tuple(award for award in same if award.status == status)
        if found:
            return Answer(answer, reason, found)
    return Answer(MET, Reason("first_time"))


@kind("period_age", "months")
def _period_age(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """The period ended no more than so many months ago (Decree 152/2025/NĐ-CP, Article 33(9): six months).

    >>> rule = Requirement(1, "period_age", months=6)
    >>> for day in (Date(2026, 9, 30), Date(2026, 10, 1)):
    ...     an = Candidate("employee", 7, "HCLD3", None, Date(2026, 3, 31), day)
    ...     print(_period_age(rule, an, None).status)
    met
    not_met
    """
    if not candidate.period_to or not candidate.on:
        return Answer(NEEDS_REVIEW, Reason("no_period"))
    months = months_between(candidate.period_to, candidate.on)
    late = months_between(candidate.period_to, candidate.on - timedelta(days=1)) >= rule.months
    return Answer(NOT_MET if late else MET, Reason("too_old", {"found": months, "needed": rule.months}))


@kind("registration", needs={"registration"})
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
