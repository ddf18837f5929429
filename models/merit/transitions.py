"""The life of a commendation, in one table (DESIGN §3).

Buttons, ``can_<verb>`` fields, bulk actions, tests and docs/workflow.md all read it. Plain Python:
no ``env``. Labels are English source strings, translated where they are shown.
"""

import sys
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
    """From which states a verb leads where, who may use it and whether a reason must be given.

    ``role`` may use it from every from-state; ``others`` names further roles, each with the states it is
    limited to.
    """

    from_states: tuple
    to_state: str
    role: str
    needs_reason: bool = False
    others: tuple = ()

    @property
    def is_human(self):
        return self.role in HUMAN_ROLES

    def get_states_by_role(self):
        """Return {role: states from which it may use the verb}.

        >>> TRANSITIONS["return"].get_states_by_role()["unit_head"]
        ('submitted',)
        """
        return {self.role: self.from_states, **dict(self.others)}


TRANSITIONS = {
    "submit": Transition(("draft",), "submitted", "proposer"),
    "endorse": Transition(("submitted",), "endorsed", "unit_head"),
    "appraise": Transition(("submitted", "endorsed"), "appraised", "officer"),
    "return": Transition(
        ("submitted", "endorsed", "appraised"),
        "draft",
        "officer",
        needs_reason=True,
        others=(("unit_head", ("submitted",)),),
    ),
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
    "submit": (
        "the achievement period and a description or a recorded achievement are there; where the rule insists, "
        "every paper needed for the submission is there or waived with a reason"
    ),
    "endorse": "never for oneself; only where the proposal needs an endorsement (fixed on submission)",
    "appraise": (
        "never for oneself; straight from “Submitted” only where the award rule needs no endorsement or no "
        "head but the recipient exists; every blocking finding is met or waived with a reason; where the rule "
        "insists, so is every paper needed by then"
    ),
    "return": "never for oneself; a head only what waits for the unit's endorsement",
    "reject": "never for oneself",
    "forward": "where the award rule needs a council, only after a vote that passed",
    "grant": (
        "where the award rule needs a council, only after a vote that passed or the superior's answer; "
        "an ad hoc commendation needs no council; where the rule insists, the dossier is complete"
    ),
}

PAGE_HEAD = """# The life of a commendation

Written from `models/merit/transitions.py` by `python3 models/merit/transitions.py > docs/workflow.md`;
a test fails when this page is not fresh.

Every verb is idempotent, locks the records it moves, and skips and explains what cannot go.
"""


def _describe_roles(step):
    """Return who may use a verb, in words.

    >>> _describe_roles(TRANSITIONS["submit"])
    'the person who wrote the proposal'
    """
    limited = [
        f"{ROLES[role]} (from {', '.join(STATES[state] for state in states)})" for role, states in step.others
    ]
    return "; ".join([ROLES[step.role], *limited])


def render_page():
    """Return docs/workflow.md: the table for people, and the same as a diagram."""
    lines = [PAGE_HEAD, "| verb | from | to | who | reason | also |", "|---|---|---|---|---|---|"]
    for verb, step in TRANSITIONS.items():
        sources = ", ".join(STATES[state] for state in step.from_states)
        reason = "needed" if step.needs_reason else "–"
        extra = EXTRA_CONDITIONS.get(verb, "–")
        lines.append(
            f"| {verb} | {sources} | {STATES[step.to_state]} | {_describe_roles(step)} | {reason} | {extra} |"
        )
    lines += ["", "```mermaid", "stateDiagram-v2", "    [*] --> draft"]
    for verb, step in TRANSITIONS.items():
        lines += [f"    {state} --> {step.to_state} : {verb}" for state in step.from_states]
    lines += [f"    {state} --> [*]" for state in FINAL_STATES] + ["```", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(render_page())
