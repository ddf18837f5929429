"""Grades: by total, by limits on single criteria, by counting lines, and by what knocks somebody down.

Regulations say "Excellent: from 90 points, work at least 55 of 60, no month below A" or "late twice: class C,
whatever the total". Each such sentence is a condition of a grade. The grade is the best one that is reached
and that nothing knocks below. Source: each agency's regulation; Law 2022, Article 17, asks for criteria.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from .reason import Reason, Value
from .scoring import BASIC_KINDS, Level, Number, points


@dataclass(frozen=True)
class Condition:
    """One sentence of a regulation about a grade.

    :param kind: ``least``/``most``: the points of ``keys`` together are at least/at most ``value``;
        ``full_lines``: at least ``count`` lines reach ``value`` % of their full mark; ``weak_lines``: at most
        ``count`` lines stay below ``value`` %; ``parts``: all parts but ``count`` have this grade or a better
        one (a month has none and is not asked); ``knock_most``/``knock_least``: more than/fewer than ``value`` points
        in ``keys`` gives no better grade than this one; ``lower_most``: more than ``value`` points in ``keys`` turn
        this grade into the next one below
    :param level: for ``full_lines`` and ``weak_lines``: this level by name, instead of a share of the full mark; lines
        that have no such level are not counted
    :param keys: the lines it looks at; empty: all lines, of which those that are counted are the basic ones. Where
        deductions stand among other lines they are taken off; alone, the points taken off are what is looked at. Of
        lines none of which is on the sheet (they do not apply) nothing is asked
    """

    kind: str
    keys: frozenset[Hashable] = frozenset()
    value: Number = 0
    count: int = 0
    name: str = ""
    level: str = ""


@dataclass(frozen=True)
class Grade:
    """A grade, reached from ``start`` points on when all its conditions hold."""

    key: Hashable
    start: Number = 0
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """What is graded: total, points, full marks, kind and named levels by line, and the grades of the parts of the
    period.

    A line whose kind is not said is a basic one.
    """

    total: Number | None
    given: Mapping[Hashable, Number] = field(default_factory=dict)
    full: Mapping[Hashable, Number] = field(default_factory=dict)
    parts: tuple[Hashable | None, ...] = ()
    kinds: Mapping[Hashable, str] = field(default_factory=dict)
    levels: Mapping[Hashable, tuple[Level, ...]] = field(default_factory=dict)

    def is_deduction(self, key: Hashable) -> bool:
        return self.kinds.get(key) == "deduction"

    def is_basic(self, key: Hashable) -> bool:
        return self.kinds.get(key, "rating") in BASIC_KINDS


@dataclass(frozen=True)
class Graded:
    """The grade (None: none reached), and for every better grade why not: {key: reasons}."""

    key: Hashable | None
    missing: Mapping[Hashable, tuple[Reason, ...]]


def grade(grades: Sequence[Grade], sheet: Sheet) -> Graded:
    """Return the best grade whose start and conditions are met and that nothing knocks below.

    :param grades: the best first

    90 points are enough for A, but work stays below 55; one violation would mean C at once:

    >>> a = Grade("A", 90, (Condition("least", frozenset({"work"}), 55, name="work"),))
    >>> b, c = Grade("B", 70), Grade("C", 0, (Condition("knock_most", frozenset({"late"}), 0, name="late"),))
    >>> found = grade([a, b, c], Sheet(92, {"work": 54, "late": 0}))
    >>> found.key, [str(reason) for reason in found.missing["A"]]
    ('B', ['work: 54.00 points, at least 55.00 needed.'])
    >>> grade([a, b, c], Sheet(92, {"work": 60, "late": 5})).key
    'C'

    Without points, by counting lines of full marks:

    >>> plus = Grade("A+", 0, (Condition("full_lines", value=100, count=2),))
    >>> grade([plus, Grade("A")], Sheet(None, {1: 1, 2: 1, 3: 0}, {1: 1, 2: 1, 3: 1})).key
    'A+'

    Papers that are untrue cost one grade, whichever was reached:

    >>> untrue = Condition("lower_most", frozenset({"untrue"}), 0, name="untrue")
    >>> four = [Grade(key, start, (untrue,)) for key, start in (("A", 90), ("B", 70), ("C", 50), ("D", 0))]
    >>> [grade(four, Sheet(total, {"untrue": 5})).key for total in (95, 71, 50, 20)]
    ['B', 'C', 'D', 'D']
    """
    order = [one.key for one in grades]
    missing: dict[Hashable, tuple[Reason, ...]] = {}
    for position, one in enumerate(grades):
        knocked = [found for worse in grades[position + 1 :] for found in _get_knocks(worse, sheet)]
        reasons = (*_get_reasons(one, sheet, order), *knocked)
        if not reasons:
            return _lower(grades, position, sheet, missing)
        missing[one.key] = reasons
    return Graded(None, missing)


def _lower(
    grades: Sequence[Grade], position: int, sheet: Sheet, missing: dict[Hashable, tuple[Reason, ...]]
) -> Graded:
    """Return the grade reached, or the next one below where something on the sheet costs one grade."""
    reached = grades[position]
    reasons = tuple(
        Reason("lowered_most", _figures(condition, _sum(condition, sheet)))
        for condition in reached.conditions
        if condition.kind == "lower_most"
        and _is_on_sheet(condition, sheet)
        and _sum(condition, sheet) > points(condition.value)
    )
    if not reasons or position + 1 == len(grades):
        return Graded(reached.key, missing)
    return Graded(grades[position + 1].key, {**missing, reached.key: reasons})


def _get_knocks(one: Grade, sheet: Sheet) -> list[Reason]:
    """Return why nothing better than this grade is possible."""
    found = []
    for condition in one.conditions:
        if not _is_on_sheet(condition, sheet):
            continue
        earned = _sum(condition, sheet)
        if condition.kind == "knock_most" and earned > points(condition.value):
            found.append(Reason("knocked_most", _figures(condition, earned)))
        if condition.kind == "knock_least" and earned < points(condition.value):
            found.append(Reason("knocked_least", _figures(condition, earned)))
    return found


def _get_reasons(one: Grade, sheet: Sheet, order: Sequence[Hashable]) -> list[Reason]:
    reasons = []
    if points(sheet.total) < points(one.start):
        reasons.append(Reason("total_below", {"found": points(sheet.total), "needed": points(one.start)}))
    for condition in one.conditions:
        reason = _check(condition, sheet, one.key, order)
        if reason:
            reasons.append(reason)
    return reasons


def _check(condition: Condition, sheet: Sheet, key: Hashable, order: Sequence[Hashable]) -> Reason | None:
    if not _is_on_sheet(condition, sheet):
        return None
    if condition.kind in ("least", "most"):
        earned, limit = _sum(condition, sheet), points(condition.value)
        if condition.kind == "least" and earned < limit:
            return Reason("points_least", _figures(condition, earned))
        if condition.kind == "most" and earned > limit:
            return Reason("points_most", _figures(condition, earned))
    elif condition.kind in ("full_lines", "weak_lines"):
        return _check_lines(condition, sheet)
    elif condition.kind == "parts":
        worse = [part for part in sheet.parts if part not in order or order.index(part) > order.index(key)]
        if len(worse) > condition.count:
            return Reason("parts_below", {"found": len(worse), "allowed": condition.count})
    return None


def _check_lines(condition: Condition, sheet: Sheet) -> Reason | None:
    """Return why too few lines reach what is asked, or too many stay below it.

    >>> marks = (Level("A", Decimal(2)), Level("B", Decimal(1)), Level("C", Decimal(0)))
    >>> given, full = {1: 2, 2: 1, 3: 0, 4: 9}, {1: 2, 2: 2, 3: 2, 4: 9}
    >>> sheet = Sheet(None, given, full, levels=dict.fromkeys([1, 2, 3], marks))
    >>> str(_check_lines(Condition("full_lines", count=3, level="B"), sheet))
    '2 lines at “B” or better, 3 needed.'
    >>> str(_check_lines(Condition("weak_lines", count=0, level="B"), sheet))
    '1 lines below “B”, 0 allowed.'
    """
    least = {key: _get_least(condition, sheet, key, full) for key, full in sheet.full.items()}
    reached = [
        points(sheet.given.get(key)) >= needed
        for key, needed in least.items()
        if needed is not None and (key in condition.keys if condition.keys else sheet.is_basic(key))
    ]
    found, weak = sum(reached), len(reached) - sum(reached)
    asked = {"level": condition.level} if condition.level else {"share": condition.value}
    what = "levels" if condition.level else "lines"
    if condition.kind == "full_lines" and found < condition.count:
        return Reason(f"{what}_few", {"found": found, "needed": condition.count, **asked})
    if condition.kind == "weak_lines" and weak > condition.count:
        return Reason(f"{what}_weak", {"found": weak, "allowed": condition.count, **asked})
    return None


def _get_least(condition: Condition, sheet: Sheet, key: Hashable, full: Number) -> Decimal | None:
    """Return the points from which a line reaches what a condition counts; None: it is not counted."""
    if not condition.level:
        return points(full) * Decimal(str(condition.value)) / 100 if full else None
    named = {level.name: level.points for level in sheet.levels.get(key, ())}
    return named.get(condition.level)


def _is_on_sheet(condition: Condition, sheet: Sheet) -> bool:
    """Return whether there is anything to look at: a line of party members says nothing about the others.

    >>> party = Condition("knock_least", frozenset({"party"}), 5)
    >>> grade([Grade("A"), Grade("C", 0, (party,))], Sheet(95, {"work": 95})).key
    'A'
    >>> grade([Grade("A"), Grade("C", 0, (party,))], Sheet(95, {"work": 95, "party": 0})).key
    'C'
    """
    return not condition.keys or not condition.keys.isdisjoint(sheet.given.keys() | sheet.full.keys())


def _sum(condition: Condition, sheet: Sheet) -> Decimal:
    """Return the points of the lines a condition looks at.

    Deductions among other lines are taken off; alone, the points taken off are the sum:

    >>> sheet = Sheet(50, {"work": 55, "late": 5}, kinds={"work": "rating", "late": "deduction"})
    >>> _sum(Condition("least", frozenset({"work", "late"})), sheet)
    Decimal('50.00')
    >>> _sum(Condition("knock_most", frozenset({"late"})), sheet)
    Decimal('5.00')
    """
    keys = condition.keys or sheet.given.keys()
    alone = all(map(sheet.is_deduction, keys))
    return points(
        sum(
            Decimal(str(sheet.given.get(key) or 0)) * (-1 if sheet.is_deduction(key) and not alone else 1)
            for key in keys
        )
    )


def _figures(condition: Condition, earned: Decimal) -> dict[str, Value]:
    return {"name": condition.name, "found": earned, "limit": points(condition.value)}


RATINGS = ("excellent", "good", "completed", "not_completed")


def get_allowed(share: Number, members: int) -> int:
    """Return how many of ``members`` may have a grade limited to ``share`` %, rounded down; 0 % is none.

    >>> get_allowed(20, 14), get_allowed(20, 4)
    (2, 0)
    """
    return int(Decimal(members) * Decimal(str(share)) / 100)


def is_better(order: Sequence[Hashable], one: Hashable, other: Hashable) -> bool:
    """Return whether a grade stands above another one; what is not graded or not in ``order`` stands nowhere.

    :param order: the best first

    >>> grades = ["A", "B", "C"]
    >>> is_better(grades, "A", "B"), is_better(grades, "B", "B"), is_better(grades, "A", None)
    (True, False, False)
    """
    return one in order and other in order and order.index(one) < order.index(other)
