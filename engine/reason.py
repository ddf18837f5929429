"""Why the engine decided so: a code and the figures that fill its sentence.

Rules give reasons, never sentences: whoever shows one translates ``TEXTS[code]`` and fills in the values. Each
sentence stands here once, in English; the catalogue of translations is drawn from this file. An addon enters its own
sentences as something that reads as one and knows its own catalogue: ``LazyTranslate`` of Odoo.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

Value = int | float | str | Decimal  # what fills a sentence


def _lt(text: str) -> str:
    """Mark a sentence for the catalogue of translations, which looks for calls of this name."""
    return text


TEXTS: dict[str, object] = {
    # eligibility: what was counted
    "enough": _lt("%(found)s on record, %(needed)s needed."),
    "pending": _lt("%(found)s on record, %(needed)s needed; %(pending)s more not decided yet."),
    "unknown": _lt("%(found)s on record, %(needed)s needed; the registers may lack earlier years."),
    "too_few": _lt("Only %(found)s on record, %(needed)s needed."),
    "failed_years": _lt("Not reached in %(years)s."),
    "years_since": _lt("%(found)s full years count, %(needed)s needed."),
    "used_before": _lt(
        "The same award was given for %(year)s already: whether these years count again, a person says."
    ),
    "earlier_start": _lt("Not since the last award; counted from an earlier day it would do."),
    "no_unit": _lt("The unit of the candidate is not known."),
    "unit_rank": _lt("The unit stands at place %(found)s; the first %(needed)s count."),
    "no_rank": _lt("The unit is not ranked for this year."),
    "post_months": _lt("%(found)s months in such posts, %(needed)s needed."),
    "woman_or_not": _lt(
        "%(found)s months in such posts; %(women)s are enough for a woman, %(needed)s for a man: the record does"
        " not say."
    ),
    "posts_unknown": _lt(
        "%(found)s months in such posts on record, %(needed)s needed; earlier posts may be missing."
    ),
    "no_merit": _lt("Nothing in the rule book looks at the merit: a person must judge."),
    "no_period": _lt("The achievement period is not filled in."),
    "share": _lt("%(found)s of %(total)s members; %(needed)s needed."),
    "share_open": _lt("%(found)s of %(total)s members, %(pending)s not known yet; %(needed)s needed."),
    "no_members": _lt("No member of the collective is on record."),
    # eligibility: good order
    "clean": _lt("None on record."),
    "discipline": _lt("%(found)s on record in the period."),
    "clean_since": _lt("None in the period; achievements count from %(day)s, after the last one."),
    "discipline_now": _lt("%(found)s in force after the period."),
    "discipline_later": _lt(
        "%(found)s after the period, ended since: whether the achievements count, a person says."
    ),
    "discipline_level": _lt("%(found)s on record in the period, its level is not filled in."),
    "restricted": _lt("%(found)s still open."),
    "duration": _lt("%(found)s months, %(needed)s needed."),
    "too_old": _lt("It ended %(found)s months ago; %(needed)s at most."),
    "no_limit": _lt("Achievements of the resistance wars have no such limit."),
    "limit_moved": _lt(
        "The %(needed)s months ended on %(day)s, a day off, so it is taken until %(until)s: Civil Code 2015, Article"
        " 148(5), a default to be confirmed."
    ),
    "no_campaign": _lt("No campaign, or its dates are not filled in."),
    "no_service": _lt("The first working day is not filled in."),
    "no_previous": _lt("No previous award on record."),
    "no_previous_period": _lt("The previous award has neither a period nor a date."),
    "quota": _lt("%(found)s proposed, %(needed)s at most."),
    "no_quota": _lt("The group the quota is counted on is not known."),
    "leaders": _lt("%(found)s of %(total)s proposed lead a unit; at most %(share)s%%."),
    "direct_worker": _lt("Leads no unit."),
    "leave_days": _lt("%(found)s working days of leave; fewer than %(needed)s are allowed."),
    "long_study": _lt("On a long course: its result counts."),
    "no_long_study": _lt("No long course in the period."),
    "transfer": _lt("Elsewhere for %(found)s months of the period: the opinion of that unit is needed."),
    "no_transfer": _lt("In the same unit for most of the period."),
    "first_time": _lt("Not given before for this period."),
    "duplicate": _lt("Already given for this period."),
    "duplicate_pending": _lt("Already proposed for this period."),
    "registered": _lt("Registered."),
    "not_registered": _lt("Not registered."),
    "no_registration": _lt("Whether the candidate registered is not known."),
    "leads_block": _lt("Elected leader."),
    "not_leader": _lt("Another member was elected leader."),
    "leader_open": _lt("No leader has been chosen yet."),
    "no_block": _lt("No cluster or block of that year is on record."),
    "judgement": _lt("A person must judge."),
    # prize money
    "paid": _lt("Coefficient %(coefficient)s × base salary %(base)s, rounded up."),
    "lower_title": _lt("Not paid: for the same period only the highest title is paid."),
    "lower_form": _lt("Not paid: for one achievement only the highest form is paid."),
    "paid_at_most": _lt(
        "Coefficient %(coefficient)s × base salary %(base)s, a ceiling that rounding does not pass."
    ),
    "fixed_amount": _lt("An amount the agency has fixed."),
    "chosen_pay": _lt("Paid beside another award, as decided when the decision was issued."),
    "chosen_none": _lt("Not paid beside another award, as decided when the decision was issued."),
    "doubtful_titles": _lt(
        "Two titles whose counting periods overlap or are not known: is each of them paid?"
    ),
    "one_achievement": _lt("Two forms for one achievement: one achievement is rewarded once."),
    "doubtful_forms": _lt(
        "Two forms for one period, the achievements are not recorded: is it one achievement?"
    ),
    "souvenir": _lt("A souvenir of equal value instead of money."),
    "no_coefficient": _lt("No amount is fixed for this award."),
    # scoring
    "step_inverted": _lt("A step ends before it starts."),
    "step_out_of_range": _lt("A step gives more than the maximum, or less than nothing."),
    "steps_overlap": _lt("Two steps overlap."),
    "steps_gap": _lt("Between two steps there is a gap."),
    "out_of_range": _lt("%(given)s points, but between 0 and %(maximum)s are possible."),
    "yes_or_no": _lt("%(given)s points, but yes or no is %(maximum)s points or 0."),
    "negative": _lt("%(given)s points, but a deduction is entered as the points taken off."),
    "no_level": _lt("“%(given)s” is none of: %(names)s."),
    "level_without_points": _lt("“%(name)s” has no points: give points to every level, or to none."),
    "level_figure": _lt("“%(name)s” is no level with points: write Good: 7"),
    "level_alone": _lt("“%(name)s” is the only level: there is nothing to choose."),
    "level_repeated": _lt("The level “%(name)s” stands there twice."),
    "levels_equal": _lt(
        "“%(first)s” and “%(second)s” are worth the same: each level needs points of its own."
    ),
    # grades
    "total_below": _lt("Total of %(found)s points, at least %(needed)s needed."),
    "points_least": _lt("%(name)s: %(found)s points, at least %(limit)s needed."),
    "points_most": _lt("%(name)s: %(found)s points, at most %(limit)s allowed."),
    "knocked_most": _lt("%(name)s: with more than %(limit)s points no better grade is possible."),
    "lowered_most": _lt("%(name)s: more than %(limit)s points lower the grade by one."),
    "knocked_least": _lt("%(name)s: with fewer than %(limit)s points no better grade is possible."),
    "lines_few": _lt("%(found)s lines reach %(share)s%% of their points, %(needed)s needed."),
    "lines_weak": _lt("%(found)s lines stay below %(share)s%% of their points, %(allowed)s allowed."),
    "levels_few": _lt("%(found)s lines at “%(level)s” or better, %(needed)s needed."),
    "levels_weak": _lt("%(found)s lines below “%(level)s”, %(allowed)s allowed."),
    "parts_below": _lt("%(found)s periods stay below this grade, %(allowed)s allowed."),
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
    values: Mapping[str, Value] = {}

    @property
    def text(self) -> object:
        """The sentence in English, its values not filled in."""
        return TEXTS[self.code]

    def __str__(self) -> str:
        return str(self.text) % self.values
