"""What every kind of requirement shares: the answer, the registry ``KINDS`` and how awards and years are counted.

Plain Python, no Odoo. Run the examples with ``python -m doctest engine/requirements.py``.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

Date = date  # as the other modules of the engine call it

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


def longest_run(years):
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


def first_year(rule, candidate):
    """First year that counts; 0 if all do."""
    return candidate.year - rule.years + 1 if rule.years else 0


def counted(rule, candidate, facts):
    """Split the awards that count for a requirement into granted ones and ones still proposed."""
    first, last, codes, own = first_year(rule, candidate), candidate.year, rule.awards, candidate.source
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


def weigh(found, pending, possible, needed, evidence=()):
    """Answer from what is on record, what is proposed, and what may exist without being on record."""
    values = {"found": found, "needed": needed, "pending": pending - found}
    if found >= needed:
        return Answer(MET, "enough", values, evidence)
    if pending >= needed:
        return Answer(NEEDS_REVIEW, "pending", values, evidence)
    if possible >= needed:
        return Answer(NEEDS_REVIEW, "unknown", values, evidence)
    return Answer(NOT_MET, "too_few", values, evidence)


def long_enough(months, needed):
    """Answer whether so many months are enough."""
    return Answer(MET if months >= needed else NOT_MET, "duration", {"found": months, "needed": needed})
