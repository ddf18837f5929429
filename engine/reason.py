"""Why the engine decided so: a code and the figures that fill its sentence.

Rules give reasons, never sentences: whoever shows one translates ``TEXTS[code]`` and fills in the values. Each
sentence stands here once, in English; the catalogue of translations is drawn from this file.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple


def _lt(text: str) -> str:
    """Mark a sentence for the catalogue of translations, which looks for calls of this name."""
    return text


TEXTS: Mapping[str, str] = {
    # eligibility: what was counted
    "enough": _lt("%(found)s on record, %(needed)s needed."),
    "pending": _lt("%(found)s on record, %(needed)s needed; %(pending)s more not decided yet."),
    "unknown": _lt("%(found)s on record, %(needed)s needed; the registers may lack earlier years."),
    "too_few": _lt("Only %(found)s on record, %(needed)s needed."),
    "no_period": _lt("The achievement period is not filled in."),
    "share": _lt("%(found)s of %(total)s members; %(needed)s needed."),
    "share_open": _lt("%(found)s of %(total)s members, %(pending)s not known yet; %(needed)s needed."),
    "no_members": _lt("No member of the collective is on record."),
    # eligibility: good order
    "clean": _lt("None on record."),
    "discipline": _lt("%(found)s on record in the period."),
    "discipline_level": _lt("%(found)s on record in the period, its level is not filled in."),
    "restricted": _lt("%(found)s still open."),
    "duration": _lt("%(found)s months, %(needed)s needed."),
    "too_old": _lt("It ended %(found)s months ago; %(needed)s at most."),
    "no_campaign": _lt("No campaign, or its dates are not filled in."),
    "no_service": _lt("The first working day is not filled in."),
    "no_previous": _lt("No previous award on record."),
    "no_previous_period": _lt("The previous award has neither a period nor a date."),
    "quota": _lt("%(found)s proposed, %(needed)s at most."),
    "no_quota": _lt("The group the quota is counted on is not known."),
    "first_time": _lt("Not given before for this period."),
    "duplicate": _lt("Already given for this period."),
    "duplicate_pending": _lt("Already proposed for this period."),
    "registered": _lt("Registered."),
    "not_registered": _lt("Not registered."),
    "no_registration": _lt("Whether the candidate registered is not known."),
    "leads_block": _lt("Acclaimed leader."),
    "not_leader": _lt("Another member was acclaimed leader."),
    "leader_open": _lt("The leader is not acclaimed yet."),
    "no_block": _lt("No cluster or block of that year is on record."),
    "judgement": _lt("A person must judge."),
    # prize money
    "paid": _lt("Coefficient %(coefficient)s × base salary %(base)s, rounded up."),
    "lower_title": _lt("Not paid: for the same period only the highest title is paid."),
    "souvenir": _lt("A souvenir of equal value instead of money."),
    "no_coefficient": _lt("No amount is fixed for this award."),
    # scoring
    "step_inverted": _lt("A step ends before it starts."),
    "step_out_of_range": _lt("A step gives more than the maximum, or less than nothing."),
    "steps_overlap": _lt("Two steps overlap."),
    "steps_gap": _lt("Between two steps there is a gap."),
    "out_of_range": _lt("%(given)s points, but between 0 and %(maximum)s are possible."),
    "negative": _lt("%(given)s points, but a deduction is entered as the points taken off."),
    # publication for comments
    "not_published": _lt("It was not published for comments."),
    "too_short": _lt("It was published for fewer working days than the award asks."),
    "still_open": _lt("Comments on it are still taken."),
    "unanswered": _lt("A comment on it is not handled yet."),
}


class Reason(NamedTuple):
    """Why: ``code`` is a key of ``TEXTS``, ``values`` fill its sentence.

    >>> str(Reason("too_few", {"found": 2, "needed": 3}))
    'Only 2 on record, 3 needed.'
    """

    code: str
    values: Mapping[str, Any] = {}

    @property
    def text(self) -> str:
        """The sentence in English, its values not filled in."""
        return TEXTS[self.code]

    def __str__(self) -> str:
        return self.text % self.values
