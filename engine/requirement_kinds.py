"""The kinds of requirement an award may have: one function each, entered in ``KINDS`` by ``@kind``.

Plain Python, no Odoo. A function reads a Requirement, a Candidate and the Facts about him and gives an
Answer. Whoever adds one keeps two promises: missing data is never "not met"; a revoked award never counts.

Run the examples with ``python -m doctest engine/requirement_kinds.py``.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date as Date
from datetime import timedelta
from typing import NamedTuple

try:
    from . import facts as known
except ImportError:  # run alone
    import facts as known

AchievementFact, AwardFact, Candidate = known.AchievementFact, known.AwardFact, known.Candidate
BlockFact, Facts, RatingFact, Requirement, RestrictionFact = (
    known.BlockFact,
    known.Facts,
    known.RatingFact,
    known.Requirement,
    known.RestrictionFact,
)
DISCIPLINE_LEVELS, RATINGS, REACHES = known.DISCIPLINE_LEVELS, known.RATINGS, known.REACHES

MET, NEEDS_REVIEW, NOT_MET = "met", "needs_review", "not_met"
# Awards for sudden achievements and thematic campaigns are no ground for a higher one:
# Decree 152/2025/NĐ-CP, Article 4(3).
NOT_COUNTED = frozenset({"ad_hoc", "thematic"})
# Years a requirement without a limit looks back.
LIFETIME = 80

# Reason -> English text, filled with the finding's values. Doors translate by reason.
EXPLANATIONS = {
    "enough": "%(found)s on record, %(needed)s needed.",
    "pending": "%(found)s on record, %(needed)s needed; %(pending)s more not decided yet.",
    "unknown": "%(found)s on record, %(needed)s needed; the registers may lack earlier years.",
    "too_few": "Only %(found)s on record, %(needed)s needed.",
    "no_period": "The achievement period is not filled in.",
    "share": "%(found)s of %(total)s members; %(needed)s needed.",
    "share_open": "%(found)s of %(total)s members, %(pending)s not known yet; %(needed)s needed.",
    "no_members": "No member of the collective is on record.",
    "clean": "None on record.",
    "discipline": "%(found)s on record in the period.",
    "discipline_level": "%(found)s on record in the period, its level is not filled in.",
    "restricted": "%(found)s still open.",
    "duration": "%(found)s months, %(needed)s needed.",
    "too_old": "It ended %(found)s months ago; %(needed)s at most.",
    "no_campaign": "No campaign, or its dates are not filled in.",
    "no_service": "The first working day is not filled in.",
    "no_previous": "No previous award on record.",
    "no_previous_period": "The previous award has neither a period nor a date.",
    "quota": "%(found)s proposed, %(needed)s at most.",
    "no_quota": "The group the quota is counted on is not known.",
    "first_time": "Not given before for this period.",
    "duplicate": "Already given for this period.",
    "duplicate_pending": "Already proposed for this period.",
    "registered": "Registered.",
    "not_registered": "Not registered.",
    "no_registration": "Whether the candidate registered is not known.",
    "leads_block": "Acclaimed leader.",
    "not_leader": "Another member was acclaimed leader.",
    "leader_open": "The leader is not acclaimed yet.",
    "no_block": "No cluster or block of that year is on record.",
    "judgement": "A person must judge.",
}


class Answer(NamedTuple):
    """``values`` fill the text of the reason; ``evidence`` are facts or names, shown as their ``str``."""

    status: str
    reason: str
    values: dict = {}
    evidence: tuple = ()


class Kind(NamedTuple):
    """A kind of requirement: how it is judged, which parameters it reads, which facts it needs."""

    judge: Callable
    parameters: tuple
    needs: frozenset
    dated: bool
    confidential: bool


KINDS = {}


def kind(name, *parameters, needs=(), dated=False, confidential=False):
    """Enter a kind of requirement in the registry.

    :param parameters: the fields of Requirement it reads
    :param needs: the facts it reads: ``awards``, ``ratings``, ``restrictions``, ``members`` …
    :param bool dated: it cannot answer without the candidate's period
    :param bool confidential: only emulation officers may see the answer
    """

    def enter(judge):
        KINDS[name] = Kind(judge, parameters, frozenset(needs), dated, confidential)
        return judge

    return enter


def answer(rule, candidate, facts):
    """Answer one requirement.

    :raises KeyError: its kind is unknown
    """
    if KINDS[rule.kind].dated and not candidate.end:
        return Answer(NEEDS_REVIEW, "no_period")
    return KINDS[rule.kind].judge(rule, candidate, facts)


def months_between(start, end):
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


def _longest_run(years):
    """Length of the longest unbroken run of years.

    >>> _longest_run({2021, 2023, 2024, 2025}), _longest_run(set())
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


def _first_year(rule, candidate):
    """First year that counts; 0 if all do."""
    return candidate.year - rule.years + 1 if rule.years else 0


def _counted(rule, candidate, facts):
    """Split the awards that count for a requirement into granted ones and ones still proposed."""
    first, last, codes, own = _first_year(rule, candidate), candidate.year, rule.awards, candidate.source
    granted, pending = [], []
    for award in facts.awards:
        code, _start, period_to, decided, basis, status, source, _label = award
        if code not in codes or basis in NOT_COUNTED or (source is not None and source == own):
            continue
        until = period_to or decided
        if until and first <= until.year <= last:
            if status == "granted":
                granted.append(award)
            elif status == "pending":
                pending.append(award)
    return granted, pending


def _weigh(found, pending, possible, needed, evidence=()):
    """Answer from what is on record, what is proposed, and what may exist without being on record."""
    values = {"found": found, "needed": needed, "pending": pending - found}
    if found >= needed:
        return Answer(MET, "enough", values, evidence)
    if pending >= needed:
        return Answer(NEEDS_REVIEW, "pending", values, evidence)
    if possible >= needed:
        return Answer(NEEDS_REVIEW, "unknown", values, evidence)
    return Answer(NOT_MET, "too_few", values, evidence)


@kind("prior_award", "awards", "count", "consecutive", "years", needs={"awards"}, dated=True)
def _prior_award(rule, candidate, facts):
    """The candidate holds an award so many times, in unbroken years if ``consecutive``; a missing year
    breaks the chain (Law 06/2022/QH15, Articles 21 and 22).

    >>> rule = Requirement(1, "prior_award", awards=frozenset({"CSTDCS"}), count=3, consecutive=True, years=4)
    >>> an = Candidate("employee", 7, "CSTDT", period_to=Date(2026, 12, 31))
    >>> held = [AwardFact("CSTDCS", decided=Date(year, 12, 20)) for year in (2023, 2024, 2025)]
    >>> _prior_award(rule, an, Facts(held)).status
    'met'
    >>> gap = Facts([held[0], held[2]], known_from=Date(2020, 1, 1))
    >>> _prior_award(rule, an, gap).status
    'not_met'
    >>> _prior_award(rule, an, Facts([held[2]])).reason
    'unknown'
    """
    granted, pending = _counted(rule, candidate, facts)
    evidence = tuple(granted)
    first = _first_year(rule, candidate) or candidate.year - LIFETIME
    if not rule.consecutive:
        possible = rule.count if facts.misses(first) else 0
        return _weigh(len(granted), len(granted) + len(pending), possible, rule.count, evidence)
    years = {award.until.year for award in granted}
    run = _longest_run(years)
    if run >= rule.count:
        return _weigh(run, run, run, rule.count, evidence)
    proposed = years | {award.until.year for award in pending}
    unknown = {year for year in range(first, candidate.year + 1) if facts.misses(year)}
    return _weigh(run, _longest_run(proposed), _longest_run(proposed | unknown), rule.count, evidence)


@kind("rating", "rating", "years", "count", "awards", needs={"ratings", "awards"}, dated=True)
def _rating(rule, candidate, facts):
    """Rated at least so in ``count`` of the last ``years`` years (all of them if ``count`` is 0); holding one
    of the awards counts as well ("excellent, or Excellent Labour Collective").

    >>> rule = Requirement(1, "rating", rating="good", years=2, count=0)
    >>> an = Candidate("employee", 7, "BKT", period_to=Date(2026, 12, 31))
    >>> two = [RatingFact(2025, "excellent"), RatingFact(2026, "good")]
    >>> _rating(rule, an, Facts(ratings=two)).status, _rating(rule, an, Facts(ratings=two[:1])).status
    ('met', 'needs_review')
    >>> _rating(rule, an, Facts(ratings=[RatingFact(2026, "completed")])).status
    'not_met'
    """
    years = range(candidate.year - (rule.years or 1) + 1, candidate.year + 1)
    ratings = {}
    for rating in facts.ratings:
        ratings[rating.year] = max(ratings.get(rating.year, 0), RATINGS[rating.rating])
    granted, pending = _counted(rule, candidate, facts) if rule.awards else ((), ())
    good = {year for year, level in ratings.items() if level >= RATINGS[rule.rating]}
    good |= {award.until.year for award in granted}
    proposed = good | {award.until.year for award in pending}
    found = sum(year in good for year in years)
    expected = sum(year in proposed for year in years)
    possible = sum(year in proposed or year not in ratings for year in years)
    evidence = tuple(f"{year}: {rating}" for year, rating in sorted(facts.ratings) if year in years)
    return _weigh(found, expected, possible, rule.count or len(years), evidence)


@kind("initiative", "reach", "years", "count", needs={"achievements"}, dated=True)
def _initiative(rule, candidate, facts):
    """Has so many initiatives or science projects recognised with that reach or a wider one, by the head
    competent for it (Decree 152/2025/NĐ-CP, Article 33(6)).

    >>> rule = Requirement(1, "initiative", reach="province", years=3)
    >>> an = Candidate("employee", 7, "CSTDT", period_to=Date(2026, 12, 31))
    >>> wide = AchievementFact("initiative", "nation", True, Date(2025, 5, 5), "Bể lọc")
    >>> narrow = wide._replace(reach="unit")
    >>> _initiative(rule, an, Facts(achievements=[wide])).status
    'met'
    >>> _initiative(rule, an, Facts(achievements=[narrow], known_from=Date(1990, 1, 1))).status
    'not_met'
    """
    first = _first_year(rule, candidate)
    found = pending = 0
    evidence = []
    for achievement in facts.achievements:
        reach = REACHES.get(achievement.reach, 0)
        if achievement.kind == "achievement" or (
            achievement.date and not (first <= achievement.date.year <= candidate.year)
        ):
            continue
        if achievement.recognised and achievement.date and reach >= REACHES.get(rule.reach, 0):
            found += 1
            evidence.append(achievement.label)
        elif not achievement.recognised or not achievement.date or not reach:
            pending += 1
    possible = rule.count if facts.misses(first or candidate.year - LIFETIME) else 0
    return _weigh(found, found + pending, possible, rule.count, tuple(evidence))


@kind("achievement", "reach", "years", "count", needs={"achievements"}, dated=True)
def _achievement(rule, candidate, facts):
    """Has so many recognised achievements of any kind, initiatives included."""
    every = [fact._replace(kind="initiative") for fact in facts.achievements]
    return _initiative(rule, candidate, Facts(achievements=every, known_from=facts.known_from))


@kind(
    "member_share", "awards", "rating", "share", "count", needs={"members", "awards", "ratings"}, dated=True
)
def _member_share(rule, candidate, facts):
    """A share of the members, or a number of them, holds an award or a rating in the candidate's year:
    70 per cent Advanced Workers, one Grassroots Emulation Fighter (Law 06/2022/QH15, Articles 27, 28).

    >>> rule = Requirement(1, "member_share", awards=frozenset({"LDTT"}), share=70)
    >>> unit = Candidate("department", 3, "TTLDTT", period_to=Date(2026, 12, 31), subject="collective")
    >>> worker = Facts([AwardFact("LDTT", decided=Date(2026, 12, 20))])
    >>> other = Facts(known_from=Date(2026, 1, 1))
    >>> _member_share(rule, unit, Facts(members=[worker] * 7 + [other] * 3)).status
    'met'
    >>> _member_share(rule, unit, Facts(members=[worker] * 6 + [other] * 4)).status
    'not_met'
    >>> _member_share(rule, unit, Facts(members=[worker] * 6 + [Facts()] * 4)).status
    'needs_review'
    """
    if not facts.members:
        return Answer(NEEDS_REVIEW, "no_members")
    statuses = [_member_status(rule, candidate, member) for member in facts.members]
    total, found = len(statuses), statuses.count(MET)
    possible = found + statuses.count(NEEDS_REVIEW)
    needed = f"{rule.share:g}%" if rule.share else rule.count
    values = {"found": found, "total": total, "needed": needed, "pending": possible - found}

    def enough(count):
        return count * 100 >= round(rule.share * 1000) * total / 1000 if rule.share else count >= rule.count

    if enough(found):
        return Answer(MET, "share", values)
    return (
        Answer(NEEDS_REVIEW, "share_open", values) if enough(possible) else Answer(NOT_MET, "share", values)
    )


def _member_status(rule, candidate, member):
    """Judge one member of a collective for the candidate's year."""
    this_year = Requirement(None, "", awards=rule.awards, years=1, rating=rule.rating, count=1)
    return (_rating if rule.rating else _prior_award)(this_year, candidate, member).status


@kind("no_discipline", "level", "years", "members", needs={"restrictions"}, dated=True, confidential=True)
def _no_discipline(rule, candidate, facts):
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
        return Answer(NEEDS_REVIEW, "no_members")
    start = candidate.period_from or Date(candidate.year, 1, 1)
    if rule.years:
        start = min(start, Date(_first_year(rule, candidate), 1, 1))
    people = facts.members if rule.members else [facts]
    found = [
        fact
        for person in people
        for fact in person.restrictions
        if fact.kind == "discipline"
        and fact.date_from <= candidate.end
        and (fact.date_to or Date.max) >= start
    ]
    least = DISCIPLINE_LEVELS.get(rule.level, 0)
    severe = [fact for fact in found if DISCIPLINE_LEVELS.get(fact.level, 0) >= least]
    if severe:
        return Answer(NOT_MET, "discipline", {"found": len(severe)}, tuple(fact.label for fact in severe))
    unclear = [fact for fact in found if not fact.level]
    if unclear:
        return Answer(
            NEEDS_REVIEW, "discipline_level", {"found": len(unclear)}, tuple(f.label for f in unclear)
        )
    return Answer(MET, "clean")


@kind("no_open_restriction", needs={"restrictions"}, confidential=True)
def _no_open_restriction(rule, candidate, facts):
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
        return Answer(NOT_MET, "restricted", {"found": len(still)}, tuple(fact.label for fact in still))
    return Answer(MET, "clean")


@kind("campaign_duration", "months")
def _campaign_duration(rule, candidate, facts):
    """The campaign lasted long enough (Law 06/2022/QH15, Articles 25, 26, 44, 73).

    >>> rule = Requirement(1, "campaign_duration", months=36)
    >>> three_years = {"campaign_from": Date(2024, 1, 1), "campaign_to": Date(2026, 12, 31)}
    >>> _campaign_duration(rule, Candidate("department", 3, "CTDT", **three_years), Facts()).status
    'met'
    """
    if not candidate.campaign_from or not candidate.campaign_to:
        return Answer(NEEDS_REVIEW, "no_campaign")
    return _last(
        months_between(candidate.campaign_from, candidate.campaign_to + timedelta(days=1)), rule.months
    )


def _last(months, needed):
    return Answer(MET if months >= needed else NOT_MET, "duration", {"found": months, "needed": needed})


@kind("service_months", "months", needs={"service"})
def _service_months(rule, candidate, facts):
    """Has served long enough by the end of the period. Maternity leave counts as service (Decree
    152/2025/NĐ-CP, Article 4(5)), hence calendar months are counted.
    """
    if not facts.service_from or not candidate.end:
        return Answer(NEEDS_REVIEW, "no_service")
    return _last(max(0, months_between(facts.service_from, candidate.end + timedelta(days=1))), rule.months)


@kind("award_interval", "awards", "months", needs={"awards"})
def _award_interval(rule, candidate, facts):
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
        and award.basis not in NOT_COUNTED
        and (award.source is None or award.source != candidate.source)
    ]
    if not held:
        return Answer(NEEDS_REVIEW, "no_previous")
    if not candidate.end or not all(award.until for award in held):
        return Answer(NEEDS_REVIEW, "no_previous_period", evidence=tuple(held))
    last = max(held, key=lambda award: award.until)
    return _last(months_between(last.until, candidate.end), rule.months)._replace(evidence=(last,))


@kind("group_quota", "share", "count", "awards", needs={"quota"})
def _group_quota(rule, candidate, facts):
    """No more are proposed than a share of the group (rounded down, but at least ``count``).

    >>> rule = Requirement(1, "group_quota", share=20, count=1)
    >>> unit = Candidate("department", 3, "CTDCP", quota=(2, 10), subject="collective")
    >>> _group_quota(rule, unit, Facts()).status
    'met'
    """
    if candidate.quota is None:
        return Answer(NEEDS_REVIEW, "no_quota")
    proposed, base = candidate.quota
    limit = max(round(rule.share * 1000) * base // 100_000, rule.count)
    return Answer(MET if proposed <= limit else NOT_MET, "quota", {"found": proposed, "needed": limit})


@kind("not_yet_given", needs={"awards"})
def _not_yet_given(rule, candidate, facts):
    """One achievement, one award: not given before for the same period (Law 06/2022/QH15, Article 5(2)c)."""
    if not candidate.period_to:
        return Answer(NEEDS_REVIEW, "no_period")
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
        ("granted", NOT_MET, "duplicate"),
        ("pending", NEEDS_REVIEW, "duplicate_pending"),
    ):
        found = tuple(award for award in same if award.status == status)
        if found:
            return Answer(answer, reason, {}, found)
    return Answer(MET, "first_time")


@kind("period_age", "months")
def _period_age(rule, candidate, facts):
    """The period ended no more than so many months ago (Decree 152/2025/NĐ-CP, Article 33(9): six months).

    >>> rule = Requirement(1, "period_age", months=6)
    >>> for day in (Date(2026, 9, 30), Date(2026, 10, 1)):
    ...     an = Candidate("employee", 7, "HCLD3", None, Date(2026, 3, 31), day)
    ...     print(_period_age(rule, an, None).status)
    met
    not_met
    """
    if not candidate.period_to or not candidate.on:
        return Answer(NEEDS_REVIEW, "no_period")
    months = months_between(candidate.period_to, candidate.on)
    late = months_between(candidate.period_to, candidate.on - timedelta(days=1)) >= rule.months
    return Answer(NOT_MET if late else MET, "too_old", {"found": months, "needed": rule.months})


@kind("registration", needs={"registration"})
def _registration(rule, candidate, facts):
    """Registered in the campaign, where the agency asks for it."""
    if candidate.registered is None:
        return Answer(NEEDS_REVIEW, "no_registration")
    return Answer(MET, "registered") if candidate.registered else Answer(NOT_MET, "not_registered")


@kind("block_leader", needs={"blocks"}, dated=True)
def _block_leader(rule, candidate, facts):
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
        return Answer(MET, "leads_block", evidence=led)
    if not blocks:
        return Answer(NEEDS_REVIEW, "no_block")
    if all(block.decided for block in blocks):
        return Answer(NOT_MET, "not_leader", evidence=blocks)
    return Answer(NEEDS_REVIEW, "leader_open", evidence=blocks)


@kind("judgement")
def _judgement(rule, candidate, facts):
    """What no register can answer: "exemplary", "outstanding in a movement" …"""
    return Answer(NEEDS_REVIEW, "judgement")
