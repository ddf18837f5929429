"""What the registers say of one recipient in a period, as a number that a criterion turns into points.

Disciplines are confidential and stay out: who marks a sheet would read them there. Which register feeds which criterion
is each agency's own; how absences count is Decree 152/2025/NĐ-CP, Article 4(5).
"""

from collections.abc import Callable
from datetime import date as Date

from .eligibility.facts import Facts
from .eligibility.order import count_days
from .working_days import is_office_day

Codes = frozenset[str]


def count_awards(facts: Facts, first: Date, last: Date, codes: Codes = frozenset()) -> int:
    """Return how many awards were given in a period; only those of ``codes``, where any are named.

    >>> from .eligibility.facts import AwardFact
    >>> held = [AwardFact("GK", decided=Date(2026, 5, 1)), AwardFact("CTT", decided=Date(2026, 6, 1)),
    ...         AwardFact("GK", decided=Date(2025, 5, 1)), AwardFact("GK", decided=Date(2026, 7, 1), status="pending")]
    >>> facts, year = Facts(awards=held), (Date(2026, 1, 1), Date(2026, 12, 31))
    >>> count_awards(facts, *year), count_awards(facts, *year, frozenset({"GK"}))
    (2, 1)
    """
    return sum(
        award.status == "granted"
        and (not codes or award.award in codes)
        and (day := award.decided or award.until) is not None
        and first <= day <= last
        for award in facts.awards
    )


def count_initiatives(facts: Facts, first: Date, last: Date, _codes: Codes = frozenset()) -> int:
    """Return how many initiatives were recognised in a period.

    >>> from .eligibility.facts import AchievementFact
    >>> known = [AchievementFact("initiative", recognised=done, date=Date(2026, 3, 1)) for done in (True, False)]
    >>> count_initiatives(Facts(achievements=known), Date(2026, 1, 1), Date(2026, 12, 31))
    1
    """
    return sum(
        one.kind == "initiative" and one.recognised and one.date is not None and first <= one.date <= last
        for one in facts.achievements
    )


def count_days_away(
    facts: Facts,
    first: Date,
    last: Date,
    until: Date | None = None,
    is_working: Callable[[Date], bool] = is_office_day,
) -> int:
    """Return the working days of leave in a period; what the law takes for service is none.

    :param until: who is still away is counted until this day; None: to the end of the period
    :param is_working: what the agency's own calendar says

    >>> from .eligibility.facts import AbsenceFact
    >>> sick = AbsenceFact("leave", Date(2026, 3, 2), Date(2026, 3, 6), 5)
    >>> away = [sick, sick._replace(counts=False), sick._replace(role="study")]
    >>> count_days_away(Facts(absences=away), Date(2026, 1, 1), Date(2026, 12, 31))
    5

    Tuesday 24 November is a day off:

    >>> still = Facts(absences=[AbsenceFact("leave", Date(2026, 11, 23))])
    >>> count_days_away(still, Date(2026, 1, 1), Date(2026, 12, 31), until=Date(2026, 11, 27))
    4
    """
    away = [
        one
        for one in facts.absences
        if one.role == "leave"
        and one.counts
        and one.date_from <= (last if one.date_to else min(last, until or last))
        and (one.date_to or last) >= first
    ]
    return count_days(away, first, last, until, is_working)


REGISTERS = ("awards", "achievements", "absences")


def count(
    register: str,
    facts: Facts,
    first: Date,
    last: Date,
    codes: Codes = frozenset(),
    until: Date | None = None,
    is_working: Callable[[Date], bool] = is_office_day,
) -> int:
    """Return what a register says of a recipient from ``first`` to ``last``.

    :param register: one of ``REGISTERS``, named like the facts it reads
    :param codes: of awards, where only some count
    :param until: the day of the question, for who is still away
    :param is_working: what the agency's own calendar says
    :raises KeyError: there is no such register

    >>> count("absences", Facts(), Date(2026, 1, 1), Date(2026, 12, 31))
    0
    """
    if register == "absences":
        return count_days_away(facts, first, last, until, is_working)
    return {"awards": count_awards, "achievements": count_initiatives}[register](facts, first, last, codes)
