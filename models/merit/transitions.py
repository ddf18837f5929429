"""The life of a commendation, in one table (DESIGN §3).

Buttons, ``can_<verb>`` fields, bulk actions, tests and docs/workflow.md all read it. Plain Python:
no ``env``. Labels are English source strings, translated where they are shown.
"""

from dataclasses import dataclass

STATES = {
    "draft": "Draft",
    "submitted": "Submitted",
    "endorsed": "Endorsed",
    "appraised": "Appraised",
    "voted": "Voted",
    "forwarded": "Forwarded",
    "granted": "Granted",
    "rejected": "Rejected",
    "withdrawn": "Withdrawn",
    "revoked": "Revoked",
}

ROLES = {
    "proposer": "the person who wrote the proposal",
    "unit_head": "the head of the recipient's unit, or of a unit above it",
    "officer": "an emulation officer of the company",
    "session": "a closed council session, by its result",
    "submission": "a submission sent to the superior agency",
    "decision": "an issued decision",
    "revocation": "an issued revocation decision",
}

# Roles that are people: their verbs have a button. The others are documents.
HUMAN_ROLES = frozenset({"proposer", "unit_head", "officer"})


@dataclass(frozen=True)
class Transition:
    """From which states a verb leads where, who may use it and whether a reason must be given."""

    from_states: tuple
    to_state: str
    role: str
    needs_reason: bool = False

    @property
    def is_human(self):
        return self.role in HUMAN_ROLES


TRANSITIONS = {
    "submit": Transition(("draft",), "submitted", "proposer"),
    "endorse": Transition(("submitted",), "endorsed", "unit_head"),
    "appraise": Transition(("submitted", "endorsed"), "appraised", "officer"),
    "return": Transition(("submitted", "endorsed", "appraised"), "draft", "officer", needs_reason=True),
    "reject": Transition(
        ("submitted", "endorsed", "appraised", "voted", "forwarded"), "rejected", "officer", needs_reason=True
    ),
    "withdraw": Transition(("draft", "submitted", "endorsed", "appraised"), "withdrawn", "proposer"),
    "vote": Transition(("appraised",), "voted", "session"),
    "forward": Transition(("appraised", "voted"), "forwarded", "submission"),
    "grant": Transition(("appraised", "voted", "forwarded"), "granted", "decision"),
    "revoke": Transition(("granted",), "revoked", "revocation", needs_reason=True),
}

HUMAN_VERBS = tuple(verb for verb, transition in TRANSITIONS.items() if transition.is_human)
FINAL_STATES = ("granted", "rejected", "withdrawn", "revoked")

# Conditions beyond state and role, for the documentation page.
EXTRA_CONDITIONS = {
    "endorse": "never for oneself; a stored requirement that blocks does not stop it",
    "appraise": (
        "never for oneself; straight from “Submitted” only where the award rule needs no endorsement or no head "
        "other than the recipient exists; every blocking finding is met or waived with a reason"
    ),
    "forward": "where the award rule needs a council, only after a vote",
    "grant": "where the award rule needs a council, only after a vote or the superior's answer",
}
