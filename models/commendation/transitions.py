"""The life of a commendation in one table: its states, its verbs, and what may be written when.

Buttons, lists, bulk actions, guards, tests and docs/workflow.md all read it.
"""

from functools import partial

from odoo.tools.translate import LazyTranslate

from ..mixin.verb import Verb
from . import checks

_lt = LazyTranslate(__name__)

STATES = [
    ("draft", "In preparation"),
    ("submitted", "Submitted"),
    ("endorsed", "Endorsed"),
    ("appraised", "Appraised"),
    ("voted", "Voted"),
    ("forwarded", "Forwarded"),
    ("granted", "Granted"),
    ("rejected", "Rejected"),
    ("withdrawn", "Withdrawn"),
    ("revoked", "Revoked"),
]
# What people read instead of “Voted”: which way the vote went.
STAGES = [
    stage
    for state in STATES
    for stage in (
        [state]
        if state[0] != "voted"
        else [("passed", "Passed by the council"), ("refused", "Refused by the council")]
    )
]

DECIDERS = {"officer": None, "stand_in": None}

VERBS = {
    "submit": Verb(
        ("draft",),
        "submitted",
        {"proposer": None},
        _lt("Submit"),
        before=("_refresh_books",),
        checks=(
            checks.rule_is_missing,
            checks.content_is_missing,
            checks.initiative_is_spent,
            partial(checks.paper_is_missing, verb="submit"),
            partial(checks.offer_is_exhausted, verb="submit"),
        ),
        also="a rule book of the day of receipt rules the award; the achievement period and a description or a "
        "recorded achievement are there, the period meets the campaign's or says why not; the campaign has one on "
        "offer left; where the rule insists, every paper needed for the submission is there or "
        "waived with a reason",
    ),
    "endorse": Verb(
        ("submitted",),
        "endorsed",
        {"head": None},
        _lt("Endorse"),
        stamp=("endorsed_on", "endorser_id"),
        shown_if=(checks.needs_no_endorsement,),
        waited=True,
        also="only where the proposal needs an endorsement (fixed on submission)",
    ),
    "appraise": Verb(
        ("submitted", "endorsed"),
        "appraised",
        DECIDERS,
        _lt("Appraise"),
        before=("_judge_again",),
        stamp=("appraised_on", "appraiser_id"),
        shown_if=(checks.waits_for_endorsement,),
        checks=(
            checks.rule_is_missing,
            checks.finding_blocks,
            checks.initiative_is_spent,
            partial(checks.paper_is_missing, verb="appraise"),
            partial(checks.offer_is_exhausted, verb="appraise"),
        ),
        waited=True,
        also="straight from “Submitted” only where no endorsement is needed or nobody in office could give it; every "
        "blocking finding is met or waived with a reason; where the rule insists, so is every paper needed by then",
    ),
    "return": Verb(
        ("submitted", "endorsed", "appraised"),
        "draft",
        {**DECIDERS, "head": ("submitted",)},
        _lt("Return"),
        reason=True,
        also="a head only what waits for the unit's endorsement",
    ),
    "reject": Verb(
        ("submitted", "endorsed", "appraised", "voted", "forwarded"),
        "rejected",
        DECIDERS,
        _lt("Reject"),
        reason=True,
        stamp=("rejected_on",),
    ),
    "withdraw": Verb(
        ("draft", "submitted", "endorsed", "appraised"), "withdrawn", {"proposer": None}, _lt("Withdraw")
    ),
    "take_back": Verb(
        ("submitted",),
        "draft",
        {"proposer": None},
        _lt("Take it back to correct it"),
        checks=(checks.is_published,),
        also="to correct it, until somebody acted on it; not while it stands on a published list",
    ),
    "vote": Verb(("appraised",), "voted", document=True, also="by the result of a closed council session"),
    "forward": Verb(
        ("appraised", "voted"),
        "forwarded",
        shown_if=(checks.council_is_missing,),
        checks=(checks.finding_still_blocks, partial(checks.became_unlawful, verb="forward")),
        document=True,
        also="by a submission that was sent; where the award rule needs a council, only after a vote that passed; "
        "no case opened and no time limit passed since the appraisal, and a book chosen since is met too, unless "
        "waived with a reason; a waiver holds for what was on record when it was given",
    ),
    "grant": Verb(
        ("appraised", "voted", "forwarded"),
        "granted",
        shown_if=(checks.council_is_missing,),
        checks=(
            checks.rule_is_missing,
            partial(checks.paper_is_missing, verb="grant"),
            partial(checks.offer_is_exhausted, verb="grant"),
            checks.finding_still_blocks,
            partial(checks.became_unlawful, verb="grant"),
        ),
        document=True,
        also="by an issued decision; where the award rule needs a council, only after a vote that passed or the "
        "superior's answer; an ad hoc commendation needs no council; where the rule insists, the dossier is complete; "
        "no case opened since the appraisal, none was open on the day the decision bears, and a book chosen since is "
        "met too, unless waived with a reason",
    ),
    "revoke": Verb(
        ("granted",), "revoked", reason=True, document=True, also="by an issued revocation decision"
    ),
}

# What the proposer writes: fixed once it left the proposer's hands (Law 06/2022/QH15, Article 15).
CONTENT = frozenset(
    {
        *("recipient_type", "employee_id", "department_id", "partner_id", "subject", "unit_id", "company_id"),
        *("award_id", "commendation_type", "is_posthumous", "campaign_id", "evaluation_id"),
        *("occasion_id", "period_from", "period_to", "period_reason", "achieved_on", "summary"),
        "achievement_ids",
    }
)
WRITABLE = {
    "draft": {"proposer officer": CONTENT | {"paper_ids", "report_ids"}},
    "submitted endorsed appraised voted forwarded": {"officer": {"paper_ids"}},
}
