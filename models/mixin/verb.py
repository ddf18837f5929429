"""How a model says what its verbs do and who may write what: two tables, read by everything.

``_verbs`` of a model maps a verb to a ``Verb``; ``_writable`` maps states to roles to field names. Buttons,
lists, bulk actions, record guards, tests and docs/workflow.md all read them. Plain Python: no ``env``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

ANY = "*"  # every state, or a model without states

# What may stand against a verb: a function ``records -> {id: reason}``, or the name of a method that returns the same.
Check = str | Callable[[Any], Mapping[int, str]]

# Who somebody is towards a record (``emulation.role.mixin`` answers it).
ROLES = {
    "owner": "the person it is about, or the head of the unit it is about",
    "proposer": "the person who wrote the proposal",
    "declarer": "the person who entered it",
    "head": "the head of the unit, or of a unit above it, or their deputy",
    "officer": "an emulation officer of the agency",
    "stand_in": "whoever decides where every officer of the agency is concerned",
    "admin": "an administrator of emulation and commendation",
    "employee": "every employee",
    "program": "the data that comes with the program; no person",
}


@dataclass(frozen=True)
class Verb:
    """From which states a verb leads where, and who may use it.

    :param source: states it starts from
    :param target: state it leads to; None leaves the state as it is
    :param roles: role to the states it is limited to, or None for every state of ``source``
    :param label: name of the button and the dialog (a lazy translation)
    :param reason: a reason must be given
    :param stamp: fields that take the time and the user, e.g. ``("endorsed_on", "endorser_id")``
    :param before: names of methods that bring the records up to date before anything is asked of them
    :param shown_if: asked for showing its button already, and so for lists and for what waits: cheap ones, else like
        ``checks``
    :param checks: asked before it is done, not for showing a button: functions ``records -> {id: reason}``, or names of
        methods that return the same
    :param document: no person uses it: a document or a job of the addon does
    :param waited: somebody waits for it: it is "my turn" for whoever may use it
    :param also: what else must hold, in words, for the documentation
    """

    source: tuple[str, ...]
    target: str | None
    roles: Mapping[str, tuple[str, ...] | None] = field(default_factory=dict)
    label: Any = ""
    reason: bool = False
    stamp: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    shown_if: tuple[Check, ...] = ()
    checks: tuple[Check, ...] = ()
    document: bool = False
    waited: bool = False
    also: str = ""

    def get_roles(self, state: str) -> frozenset[str]:
        """Return the roles that may use the verb from a state.

        >>> verb = Verb(("draft", "sent"), "back", {"officer": None, "head": ("sent",)})
        >>> sorted(verb.get_roles("sent")), sorted(verb.get_roles("draft")), sorted(verb.get_roles("back"))
        (['head', 'officer'], ['officer'], [])
        """
        if state not in self.source:
            return frozenset()
        return frozenset(role for role, states in self.roles.items() if states is None or state in states)


def merge_writable(tables: list[Mapping]) -> dict[str, dict[str, frozenset[str]]]:
    """Return one table of several: {state: {role: fields}}; states and roles may be named together.

    >>> table = merge_writable([{"draft sent": {"owner officer": {"a"}}}, {"draft": {"owner": {"b"}}}])
    >>> sorted(table["draft"]["owner"]), sorted(table["sent"]["officer"])
    (['a', 'b'], ['a'])
    """
    merged: dict[str, dict[str, frozenset[str]]] = {}
    for table in tables:
        for states, by_role in table.items():
            for state in states.split():
                for roles, names in by_role.items():
                    for role in roles.split():
                        known = merged.setdefault(state, {}).get(role, frozenset())
                        merged[state][role] = known | frozenset(names)
    return merged


def get_fields(table: Mapping, state: str | None, roles: frozenset[str] | None = None) -> frozenset[str]:
    """Return what these roles (None: all of them together) may write in a state.

    >>> table = merge_writable([{"draft": {"owner": {"a"}}, ANY: {"officer": {"b"}}}])
    >>> sorted(get_fields(table, "draft")), sorted(get_fields(table, "sent", frozenset({"owner"})))
    (['a', 'b'], [])
    """
    found: frozenset[str] = frozenset()
    for key in {state or ANY, ANY}:
        for role, names in table.get(key, {}).items():
            if roles is None or role in roles:
                found |= names
    return found
