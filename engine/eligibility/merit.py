"""Requirements that count what was achieved: awards, ratings, initiatives, shares of members."""

from collections.abc import Iterable
from datetime import date as Date
from decimal import Decimal  # noqa: F401 (the examples)

from ..reason import Reason
from .facts import (
    RATINGS,
    REACHES,
    AchievementFact,  # noqa: F401 (the examples)
    AwardFact,  # noqa: F401 (the examples)
    Candidate,
    Facts,
    PostFact,  # noqa: F401 (the examples)
    RatingFact,  # noqa: F401 (the examples)
    Requirement,
)
from .kinds import (
    MET,
    NEEDS_REVIEW,
    NOT_MET,
    Answer,
    counted,
    counted_days,
    first_year,
    kind,
    longest_run,
    months_held,
    oldest_year,
    used_year,
    weigh,
)


@kind("prior_award", "awards", "count", "consecutive", "years", "since", needs={"awards"}, dated=True)
def _prior_award(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """The candidate holds an award so many times, in unbroken years if ``consecutive``; a missing year
    breaks the chain (Law 06/2022/QH15, Articles 21 and 22).

    >>> rule = Requirement(1, "prior_award", awards=frozenset({"CSTDCS"}), count=3, consecutive=True, years=4)
    >>> an = Candidate("employee", 7, "CSTDT", period_to=Date(2026, 12, 31))
    >>> held = [AwardFact("CSTDCS", decided=Date(year, 12, 20)) for year in (2023, 2024, 2025)]
    >>> _prior_award(rule, an, Facts(held)).status
    'met'

    Years that carried the same award already do not carry it again without a person looking:

    >>> again = [AwardFact("CSTDT", Date(2022, 1, 1), Date(2024, 12, 31))]
    >>> print(_prior_award(rule, an, Facts(held + again)).reason)
    The same award was given for 2024 already: whether these years count again, a person says.
    >>> gap = Facts([held[0], held[2]], known_from=Date(2020, 1, 1))
    >>> _prior_award(rule, an, gap).status
    'not_met'
    >>> _prior_award(rule, an, Facts([held[2]])).reason.code
    'unknown'
    """
    granted, pending = counted(rule, candidate, facts)
    evidence = tuple(granted)
    first = oldest_year(rule, candidate)
    years = [award.year for award in granted]
    measure = _count_in_a_row if rule.consecutive else len
    run = measure(years)
    used = used_year(rule, candidate, facts) if run >= rule.count else 0
    if used and measure([year for year in years if year > used]) < rule.count:
        return Answer(NEEDS_REVIEW, Reason("used_before", {"year": used}), evidence)
    if not rule.consecutive:
        possible = rule.count if facts.misses(first, "awards") else 0
        return weigh(run, run + len(pending), possible, rule.count, evidence)
    if run >= rule.count:
        return weigh(run, run, run, rule.count, evidence)
    proposed = {*years, *(award.year for award in pending)}
    unknown = {year for year in range(first, candidate.year + 1) if facts.misses(year, "awards")}
    return weigh(run, longest_run(proposed), longest_run(proposed | unknown), rule.count, evidence)


def _count_in_a_row(years: Iterable[int]) -> int:
    return longest_run(set(years))


@kind(
    "rating",
    "rating",
    "years",
    "count",
    "consecutive",
    "awards",
    "since",
    needs={"ratings", "awards"},
    dated=True,
)
def _rating(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """Rated at least so in ``count`` of the last ``years`` years (all of them if ``count`` is 0), in a row if
    ``consecutive``; holding one of the awards counts as well ("excellent, or Excellent Labour Collective").

    >>> rule = Requirement(1, "rating", rating="good", years=2, count=0)
    >>> an = Candidate("employee", 7, "BKT", period_to=Date(2026, 12, 31))
    >>> two = [RatingFact(2025, "excellent"), RatingFact(2026, "good")]
    >>> _rating(rule, an, Facts(ratings=two)).status, _rating(rule, an, Facts(ratings=two[:1])).status
    ('met', 'needs_review')
    >>> _rating(rule, an, Facts(ratings=[RatingFact(2026, "completed")])).status
    'not_met'

    A year without a rating in a register that is complete was not rated; the candidate's own may still come:

    >>> _rating(rule, an, Facts(ratings=[two[1]], known={"ratings": Date(2018, 1, 1)})).status
    'not_met'
    >>> _rating(rule, an, Facts(ratings=[two[1]], known={"ratings": Date(2026, 1, 1)})).status
    'needs_review'
    >>> _rating(rule, an, Facts(ratings=[two[0]], known={"ratings": Date(2018, 1, 1)})).status
    'needs_review'

    Since the previous award every year counts, however many there are, and at least ``years`` must have passed
    (Decree 152/2025/NĐ-CP, Article 33(7)):

    >>> since = Requirement(1, "rating", rating="good", years=5, count=0, since=frozenset({"BKTTG"}))
    >>> base = {since.since: AwardFact("BKTTG", period_to=Date(2018, 12, 31))}
    >>> an = Candidate("employee", 7, "HCLD3", period_to=Date(2026, 12, 31), bases=base)
    >>> seven = [RatingFact(year, "good") for year in range(2020, 2027)]
    >>> print(_rating(since, an, Facts(ratings=[RatingFact(2019, "completed"), *seven])).reason)
    Not reached in 2019.
    """
    years = range(first_year(rule, candidate) or candidate.year, candidate.year + 1)
    if len(years) < max(rule.years, 1):
        return Answer(NOT_MET, Reason("years_since", {"found": len(years), "needed": rule.years}))
    ratings: dict[int, int] = {}
    for rating in facts.ratings:
        ratings[rating.year] = max(ratings.get(rating.year, 0), RATINGS[rating.rating])
    granted, pending = counted(rule, candidate, facts) if rule.awards else ([], [])
    good = {year for year, level in ratings.items() if level >= RATINGS[rule.rating]}
    good |= {award.year for award in granted}
    proposed = good | {award.year for award in pending}
    # The rating of the candidate's own year may still come; of earlier years only if the register may lack it.
    open_years = {year for year in years if year == candidate.year or "ratings" not in facts.known}
    open_years |= {year for year in years if facts.misses(year, "ratings")}
    possible = {year for year in years if year in proposed or (year not in ratings and year in open_years)}
    measure = longest_run if rule.count and rule.consecutive else len
    found = weigh(
        measure(good.intersection(years)),
        measure(proposed.intersection(years)),
        measure(possible),
        rule.count or len(years),
        tuple(f"{year}: {rating}" for year, rating in sorted(facts.ratings) if year in years),
    )
    used = used_year(rule, candidate, facts) if found.status == MET else 0
    fresh = good.intersection(year for year in years if year > used)
    if used and measure(fresh) < (rule.count or max(rule.years, 1)):
        return found._replace(status=NEEDS_REVIEW, reason=Reason("used_before", {"year": used}))
    if found.status == NOT_MET and not rule.count:
        failed = ", ".join(str(year) for year in years if year not in possible)
        return found._replace(reason=Reason("failed_years", {"years": failed}))
    return found


@kind("initiative", "reach", "years", "count", "since", needs={"achievements"}, dated=True)
def _initiative(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
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
    first, last = counted_days(rule, candidate)
    found = pending = 0
    evidence: list[str] = []
    for achievement in facts.achievements:
        reach = REACHES.get(achievement.reach or "", 0)
        day = achievement.date
        if achievement.kind == "achievement" or (day and not first <= day <= last):
            continue
        if day and candidate.clean_from and day < candidate.clean_from:
            continue
        if achievement.recognised and achievement.date and reach >= REACHES.get(rule.reach, 0):
            found += 1
            evidence.append(achievement.label)
        elif not achievement.recognised or not achievement.date or not reach:
            pending += 1
    possible = rule.count if facts.misses(oldest_year(rule, candidate), "achievements") else 0
    return weigh(found, found + pending, possible, rule.count, tuple(evidence))


@kind("achievement", "reach", "years", "count", "since", needs={"achievements"}, dated=True)
def _achievement(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """Has so many recognised achievements of any kind, initiatives included."""
    every = [fact._replace(kind="initiative") for fact in facts.achievements]
    return _initiative(
        rule, candidate, Facts(achievements=every, known_from=facts.known_from, known=facts.known)
    )


@kind(
    "member_share", "awards", "rating", "share", "count", needs={"members", "awards", "ratings"}, dated=True
)
def _member_share(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """A share of the members, or a number of them, holds an award or a rating in the candidate's year:
    70 per cent Advanced Workers, one Grassroots Emulation Fighter (Law 06/2022/QH15, Articles 27, 28).

    >>> rule = Requirement(1, "member_share", awards=frozenset({"LDTT"}), share=Decimal(70))
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
        return Answer(NEEDS_REVIEW, Reason("no_members"))
    statuses = [_member_status(rule, candidate, member) for member in facts.members]
    total, found = len(statuses), statuses.count(MET)
    possible = found + statuses.count(NEEDS_REVIEW)
    needed = f"{rule.share.normalize():f}%" if rule.share else rule.count
    values = {"found": found, "total": total, "needed": needed, "pending": possible - found}

    def enough(count: int) -> bool:
        return count * 100 >= rule.share * total if rule.share else count >= rule.count

    if enough(found):
        return Answer(MET, Reason("share", values))
    if enough(possible):
        return Answer(NEEDS_REVIEW, Reason("share_open", values))
    return Answer(NOT_MET, Reason("share", values))


def _member_status(rule: Requirement, candidate: Candidate, member: Facts) -> str:
    """Judge one member of a collective for the candidate's year."""
    this_year = Requirement(
        None, "", awards=rule.awards, years=1, rating=rule.rating, count=1, not_counted=rule.not_counted
    )
    return (_rating if rule.rating else _prior_award)(this_year, candidate, member).status


@kind("unit_rating", "rating", needs={"unit", "ratings"}, dated=True)
def _unit_rating(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """The unit of the candidate is rated at least so in the year: quotas often grow with the rating of the unit.

    >>> rule = Requirement(1, "unit_rating", rating="excellent")
    >>> an = Candidate("employee", 7, "CSTDCS", period_to=Date(2026, 12, 31))
    >>> for rating in ("excellent", "good"):
    ...     print(_unit_rating(rule, an, Facts(unit=Facts(ratings=[RatingFact(2026, rating)]))).status)
    met
    not_met
    >>> _unit_rating(rule, an, Facts()).status
    'needs_review'
    """
    if facts.unit is None:
        return Answer(NEEDS_REVIEW, Reason("no_unit"))
    this_year = Requirement(None, "rating", rating=rule.rating, years=1, count=0)
    return _rating(this_year, candidate, facts.unit)


@kind("unit_rank", "count", needs={"unit"})
def _unit_rank(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """The unit of the candidate stands among the first ``count`` of the year's ranking.

    >>> an = Candidate("employee", 7, "CSTDCS")
    >>> [_unit_rank(Requirement(1, "unit_rank", count=3), an, Facts(unit_rank=rank)).status for rank in (3, 4, None)]
    ['met', 'not_met', 'needs_review']
    """
    if facts.unit_rank is None:
        return Answer(NEEDS_REVIEW, Reason("no_rank"))
    values = {"found": facts.unit_rank, "needed": rule.count}
    return Answer(MET if facts.unit_rank <= rule.count else NOT_MET, Reason("unit_rank", values))


@kind("post_months", "rank", "months", "months_women", needs={"posts", "person"}, dated=True)
def _post_months(rule: Requirement, candidate: Candidate, facts: Facts) -> Answer:
    """Held posts of a group, or of a more senior one, for so many months: career contribution (Decree
    152/2025/NĐ-CP, Articles 9–26). A woman needs one third less (Article 4(7)): ``months_women``.

    >>> rule = Requirement(1, "post_months", rank=2, months=180, months_women=120, lookback=30)
    >>> an = Candidate("employee", 7, "HCLD3", period_to=Date(2026, 12, 31), basis="career")
    >>> ten = [PostFact(2, Date(2010, 1, 1), Date(2016, 12, 31)), PostFact(3, Date(2017, 1, 1), Date(2019, 12, 31))]
    >>> known = Date(1990, 1, 1)
    >>> [_post_months(rule, an, Facts(posts=ten, is_woman=who, known_from=known)).status for who in (True, False, None)]
    ['met', 'not_met', 'needs_review']
    """
    posts = [
        post
        for post in facts.posts
        if post.rank >= rule.rank and post.date_from <= (candidate.end or Date.max)
    ]
    found = months_held([(post.date_from, post.date_to) for post in posts], candidate.end)
    least = rule.months_women or rule.months
    needed = rule.months if facts.is_woman is False or not rule.months_women else least
    values = {"found": found, "needed": needed}
    evidence = tuple(post.label for post in posts)
    if found >= needed and (facts.is_woman is not None or found >= rule.months):
        return Answer(MET, Reason("post_months", values), evidence)
    if facts.is_woman is None and found >= least:
        return Answer(
            NEEDS_REVIEW, Reason("woman_or_not", {"found": found, "needed": rule.months, "women": least})
        )
    if facts.misses(candidate.year - rule.lookback):
        return Answer(NEEDS_REVIEW, Reason("posts_unknown", values), evidence)
    return Answer(NOT_MET, Reason("post_months", values), evidence)
