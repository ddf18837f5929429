"""Scoring: from what was reached to points, a total, a grade and a rank.

Points are exact (``Decimal``, two decimals), so that a sheet of 100 points totals 100.

Source: Law on Emulation and Commendation 2022, Article 17, asks every campaign for criteria; scales, bonus
and minus points are each agency's own (guidance 2746/HD-BTĐKT of 2015 for clusters and blocks). The figures
are records of a criterion set, not code.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import NamedTuple, TypeVar

from .reason import Reason, Value

CENT = Decimal("0.01")
BASIC_KINDS = ("quantity", "rating", "yes_no")
KINDS = (*BASIC_KINDS, "bonus", "deduction")


Key = TypeVar("Key", bound=Hashable)
Number = int | float | str | Decimal  # taken as it prints, never by its binary error


class ScoringError(ValueError):
    """A sheet or a figure that cannot be scored; ``at`` is the start of the step that is wrong."""

    def __init__(self, code: str, at: Decimal | None = None, **values: Value) -> None:
        self.reason = Reason(code, values)
        self.at = at
        super().__init__(f"{self.reason} ({at})" if at is not None else str(self.reason))


def points(value: Number | None) -> Decimal:
    """Return a number as points: exact, two decimals, half up.

    >>> points(2.675), points("1"), points(None), points(-0.001)
    (Decimal('2.68'), Decimal('1.00'), Decimal('0.00'), Decimal('0.00'))
    """
    return Decimal(str(value or 0)).quantize(CENT, rounding=ROUND_HALF_UP) + 0  # no nothing below nothing


@dataclass(frozen=True)
class Step:
    """From ``start`` (included) up to ``end`` (excluded; None: no upper end) the criterion gives
    ``points``.
    """

    start: Decimal
    end: Decimal | None
    points: Decimal


class Level(NamedTuple):
    """A level that has a name instead of a number: ``points`` is what it is worth (``engine.levels``)."""

    name: str
    points: Decimal


class Ceiling(NamedTuple):
    """A group of lines whose bonus points, and whose deductions, count no more than ``most`` points."""

    key: Hashable
    most: Decimal


@dataclass(frozen=True)
class Criterion:
    """One line of a scoring sheet.

    :param key: identifies the line in the answers
    :param kind: ``quantity``, ``rating``, ``yes_no``, ``bonus`` or ``deduction``
    :param max_points: points at most; for a deduction, points taken off at most (0: no limit); for a bonus counted by
        occurrence 0 is no limit either
    :param weight: what the full mark of this line counts in the total; None: its points count as they are
    :param target: for a quantity: the value that earns the full mark
    :param lower_is_better: for a quantity: staying at or below the target earns the full mark
    :param floor: for a quantity in proportion: below this value (above it, where lower is better) it earns nothing;
        None: no such limit
    :param steps: for a quantity: a step table instead of the proportion
    :param per_occurrence: for a deduction or a bonus: points each time
    :param minimum: points below which the line is reported as too low; None: no minimum
    :param ceilings: of the groups above the line, the innermost first
    :param levels: for a rating: the only points there are, each with its name, the best first; none: any number
    """

    key: Hashable
    kind: str = "rating"
    max_points: Decimal = Decimal(0)
    weight: Decimal | None = None
    target: Decimal = Decimal(0)
    lower_is_better: bool = False
    floor: Decimal | None = None
    steps: tuple[Step, ...] = ()
    per_occurrence: Decimal = Decimal(0)
    minimum: Decimal | None = None
    ceilings: tuple[Ceiling, ...] = ()
    levels: tuple[Level, ...] = ()


@dataclass(frozen=True)
class Total:
    """What a sheet comes to: ``total`` = ``basic`` + ``bonus`` − ``deduction``, never below 0 nor above the ceiling of
    the sheet; ``too_low`` keys.
    """

    basic: Decimal
    bonus: Decimal
    deduction: Decimal
    total: Decimal
    too_low: tuple[Hashable, ...] = ()


def check_steps(steps: Iterable[Step], max_points: Decimal | None = None) -> None:
    """Refuse a step table with a gap, an overlap, an open end in the middle or more than the maximum.

    >>> check_steps([Step(0, 80, 0), Step(80, 100, 5), Step(100, None, 10)], 10)
    >>> check_steps([Step(0, 80, 0), Step(70, None, 5)])
    Traceback (most recent call last):
    ...
    engine.scoring.ScoringError: Two steps overlap. (70)
    >>> check_steps([Step(0, 80, 0), Step(90, None, 5)])
    Traceback (most recent call last):
    ...
    engine.scoring.ScoringError: Between two steps there is a gap. (80)
    """
    ordered = sorted(steps, key=lambda step: step.start)
    for step in ordered:
        if step.end is not None and step.end <= step.start:
            raise ScoringError("step_inverted", at=step.start)
        if step.points < 0 or (max_points is not None and step.points > max_points):
            raise ScoringError("step_out_of_range", at=step.start)
    for step, following in pairwise(ordered):
        if step.end is None or step.end > following.start:
            raise ScoringError("steps_overlap", at=following.start)
        if step.end < following.start:
            raise ScoringError("steps_gap", at=step.end)


def score_quantity(criterion: Criterion, value: Number | None) -> Decimal:
    """Return the points of a quantity: by its step table, else in proportion to the target, capped
    at the maximum.

    90 of 100 tasks for 20 points; more than the target does not earn more:

    >>> tasks = Criterion("tasks", "quantity", max_points=20, target=100)
    >>> score_quantity(tasks, 90), score_quantity(tasks, 130)
    (Decimal('18.00'), Decimal('20.00'))

    Where lower is better (late files, target 5), twice the target earns half:

    >>> late = Criterion("late", "quantity", max_points=10, target=5, lower_is_better=True)
    >>> score_quantity(late, 3), score_quantity(late, 10)
    (Decimal('10.00'), Decimal('5.00'))

    Where a regulation takes less than half of the target for nothing, and more than twice the limit:

    >>> half = Criterion("tasks", "quantity", max_points=20, target=100, floor=50)
    >>> score_quantity(half, 49.99), score_quantity(half, 50)
    (Decimal('0.00'), Decimal('10.00'))
    >>> late = Criterion("late", "quantity", max_points=10, target=5, lower_is_better=True, floor=10)
    >>> score_quantity(late, 10), score_quantity(late, 10.01)
    (Decimal('5.00'), Decimal('0.00'))

    A target of 0 or below 0 (a loss, a fall of 2 %) is no share of anything: reached or not, all or nothing:

    >>> fall = Criterion("poor households", "quantity", max_points=10, target=-2, lower_is_better=True)
    >>> [str(score_quantity(fall, value)) for value in (-3, -2, -1, 0, 1)]
    ['10.00', '10.00', '0.00', '0.00', '0.00']

    Outside the table the nearest step counts:

    >>> table = Criterion("hours", "quantity", 10, steps=(Step(0, 80, 2), Step(80, None, 10)))
    >>> score_quantity(table, 79.9), score_quantity(table, 80)
    (Decimal('2.00'), Decimal('10.00'))
    """
    reached, maximum = Decimal(str(value or 0)), Decimal(str(criterion.max_points))
    if criterion.steps:
        return points(_find_step(criterion.steps, reached).points)
    target = Decimal(str(criterion.target))
    if criterion.floor is not None and (
        reached > criterion.floor if criterion.lower_is_better else reached < criterion.floor
    ):
        return points(0)
    is_reached = reached <= target if criterion.lower_is_better else reached >= target
    if is_reached or target <= 0:
        return points(maximum if is_reached else 0)
    if criterion.lower_is_better:
        return points(maximum * target / reached)
    return points(min(max(maximum * reached / target, Decimal(0)), maximum))


def _find_step(steps: Iterable[Step], value: Decimal) -> Step:
    ordered = sorted(steps, key=lambda step: step.start)
    below = [step for step in ordered if step.start <= value]
    return below[-1] if below else ordered[0]


def score(criterion: Criterion, value: Number | None) -> Decimal:
    """Return the points that an actual value earns: measured, yes (1) or no (0), or occurrences of
    a deduction or a bonus.

    >>> score(Criterion("discipline", "yes_no", 10), 1)
    Decimal('10.00')
    >>> score(Criterion("late reports", "deduction", 5, per_occurrence=2), 3)
    Decimal('5.00')
    >>> score(Criterion("prizes of pupils", "bonus", 20, per_occurrence=5), 3)
    Decimal('15.00')
    """
    if criterion.kind == "quantity":
        return score_quantity(criterion, value)
    if criterion.kind == "yes_no":
        return points(criterion.max_points if value else 0)
    if criterion.kind == "deduction" or (criterion.kind == "bonus" and criterion.per_occurrence):
        counted = max(Decimal(str(value or 0)), Decimal(0)) * Decimal(str(criterion.per_occurrence))
        return points(min(counted, criterion.max_points) if criterion.max_points else counted)
    return check_points(criterion, value)


def is_unlimited(criterion: Criterion) -> bool:
    """Return whether a line takes any number of points: a deduction, or a bonus counted by occurrence, without a
    maximum.

    >>> is_unlimited(Criterion("late", "deduction")), is_unlimited(Criterion("late", "deduction", 5))
    (True, False)
    >>> is_unlimited(Criterion("idea", "bonus", per_occurrence=5)), is_unlimited(Criterion("idea", "bonus"))
    (True, False)
    """
    counted = criterion.kind == "deduction" or (criterion.kind == "bonus" and criterion.per_occurrence)
    return bool(counted and not criterion.max_points)


def check_points(criterion: Criterion, given: Number | None) -> Decimal:
    """Return given points, refused when negative or above the maximum; yes or no is all or nothing, and of levels
    with a name each is worth its own points.

    >>> check_points(Criterion("law", max_points=15), 12.5)
    Decimal('12.50')
    >>> check_points(Criterion("law", max_points=15), 16)
    Traceback (most recent call last):
    ...
    engine.scoring.ScoringError: 16.00 points, but between 0 and 15 are possible.
    >>> check_points(Criterion("registered", "yes_no", 10), 5)
    Traceback (most recent call last):
    ...
    engine.scoring.ScoringError: 5.00 points, but yes or no is 10 points or 0.
    >>> check_points(Criterion("duty", max_points=2, levels=(Level("A", Decimal(2)), Level("B", Decimal(0)))), 1)
    Traceback (most recent call last):
    ...
    engine.scoring.ScoringError: “1.00” is none of: A, B.
    """
    exact = points(given)
    unlimited = is_unlimited(criterion)
    if unlimited and exact < 0:
        raise ScoringError("negative", given=exact)
    if not unlimited and not 0 <= exact <= Decimal(str(criterion.max_points)):
        raise ScoringError("out_of_range", given=exact, maximum=criterion.max_points)
    if criterion.kind == "yes_no" and exact not in (0, Decimal(str(criterion.max_points))):
        raise ScoringError("yes_or_no", given=exact, maximum=criterion.max_points)
    if criterion.levels and exact not in {level.points for level in criterion.levels}:
        names = ", ".join(level.name for level in criterion.levels)
        raise ScoringError("no_level", given=exact, names=names)
    return exact


def add_up(
    criteria: Iterable[Criterion],
    given: Mapping[Hashable, Number | None],
    bonus_cap: Number | None = None,
    full: Number | None = None,
    base: Number | None = None,
    most: Number | None = None,
    deduction_cap: Number | None = None,
) -> Total:
    """Return the total of a sheet: basic points plus bonus (capped) minus deductions (capped), not below 0.

    Bonus and deductions are limited line by line where they are scored, then by the groups they stand in, from the
    inside out; those of the whole sheet after them (``bonus_cap``, ``deduction_cap``), its total (``most``) last. Lines
    without points in ``given`` count 0. With weights, a full mark counts its weight. ``base`` is what the parts of the
    period brought before the lines of this sheet.

    ``full`` is what full marks are worth for everybody. A recipient to whom some basic lines do not apply
    has them left out of ``criteria``; the others then count in proportion, so that full marks still total
    ``full``. Bonus, deductions and the minimum of a line are not stretched.

    >>> add_up([Criterion("work", max_points=60), Criterion("order", max_points=20)],
    ...        {"work": 54, "order": 20}, full=100).total
    Decimal('92.50')

    >>> sheet = [Criterion("work", max_points=70), Criterion("order", max_points=30, minimum=15),
    ...          Criterion("idea", "bonus", 10), Criterion("late", "deduction", per_occurrence=2)]
    >>> add_up(sheet, {"work": 65, "order": 12, "idea": 8, "late": 4}, bonus_cap=5)
    ... # doctest: +NORMALIZE_WHITESPACE
    Total(basic=Decimal('77.00'), bonus=Decimal('5.00'), deduction=Decimal('4.00'), total=Decimal('78.00'),
          too_low=('order',))
    >>> add_up([Criterion("work", max_points=10, weight=60), Criterion("order", max_points=10, weight=40)],
    ...        {"work": 5, "order": 10}).total
    Decimal('70.00')

    Six times late and two complaints are 22 points off, but no sheet loses more than 20:

    >>> add_up([Criterion("work", max_points=100), Criterion("late", "deduction"), Criterion("complaint", "deduction")],
    ...        {"work": 95, "late": 12, "complaint": 10}, deduction_cap=20).total
    Decimal('75.00')
    """
    criteria = tuple(criteria)
    too_low = tuple(
        line.key
        for line in criteria
        if line.minimum is not None and Decimal(str(given.get(line.key) or 0)) < line.minimum
    )
    earned = sum((_earn(line, given) for line in criteria if line.kind in BASIC_KINDS), Decimal(0))
    basic = points(earned * _get_stretch(criteria, full) + Decimal(str(base or 0)))
    bonus = _cap(_limit(criteria, given, "bonus")[0], bonus_cap)
    deduction = _cap(_limit(criteria, given, "deduction")[0], deduction_cap)
    total = _cap(max(basic + bonus - deduction, points(0)), most)
    return Total(basic, bonus, deduction, total, too_low)


def _cap(value: Decimal, most: Number | None) -> Decimal:
    """Return points, ``most`` at most; None: no limit."""
    return points(value if most is None else min(value, Decimal(str(most))))


def _earn(criterion: Criterion, given: Mapping[Hashable, Number | None]) -> Decimal:
    """Return what a line brings: its points, or the part of its weight."""
    earned = Decimal(str(given.get(criterion.key) or 0))
    if criterion.weight is not None and criterion.kind in BASIC_KINDS and criterion.max_points:
        return earned * Decimal(str(criterion.weight)) / Decimal(str(criterion.max_points))
    return earned


def _get_stretch(criteria: Iterable[Criterion], full: Number | None) -> Decimal:
    """Return the factor by which basic lines count so that full marks are worth ``full``."""
    maximum = get_maximum(criteria) if full is not None else Decimal(0)
    return Decimal(str(full)) / maximum if maximum else Decimal(1)


def _limit(
    criteria: Iterable[Criterion], given: Mapping[Hashable, Number | None], kind: str
) -> tuple[Decimal, dict[Hashable, Decimal]]:
    """Return what the lines of a kind bring within the ceilings of their groups, and {group: points beyond it}.

    >>> prizes, all_bonus = Ceiling("prizes", Decimal(5)), Ceiling("bonus", Decimal(8))
    >>> lines = [Criterion("city", "bonus", 4, ceilings=(prizes, all_bonus)),
    ...          Criterion("nation", "bonus", 4, ceilings=(prizes, all_bonus)),
    ...          Criterion("idea", "bonus", 6, ceilings=(all_bonus,))]
    >>> _limit(lines, {"city": 4, "nation": 4, "idea": 6}, "bonus")
    (Decimal('8'), {'prizes': Decimal('3'), 'bonus': Decimal('3')})
    """
    sums: dict[tuple[Ceiling, ...], Decimal] = {(): Decimal(0)}
    for line in criteria:
        if line.kind == kind:
            sums[line.ceilings] = sums.get(line.ceilings, Decimal(0)) + Decimal(str(given.get(line.key) or 0))
    beyond: dict[Hashable, Decimal] = {}
    while path := max(sums, key=len):  # the innermost first: what is left counts in the group above
        earned, inner = sums.pop(path), path[0]
        kept = min(earned, inner.most)
        if earned > kept:
            beyond[inner.key] = earned - kept
        sums[path[1:]] = sums.get(path[1:], Decimal(0)) + kept
    return sums[()], beyond


class Row(NamedTuple):
    """One line of how a total came about: a criterion (``line``), points beyond what a group allows (``ceiling``; both
    with their ``key``), or what the sheet did: ``base``, ``bonus_cap``, ``deduction_cap``, ``floor``, ``most``,
    ``rounding``.
    """

    what: str
    key: Hashable
    amount: Decimal


def explain(
    criteria: Iterable[Criterion],
    given: Mapping[Hashable, Number | None],
    bonus_cap: Number | None = None,
    full: Number | None = None,
    base: Number | None = None,
    most: Number | None = None,
    deduction_cap: Number | None = None,
) -> list[Row]:
    """Return the rows that add up to the total of ``add_up`` with the same arguments.

    >>> sheet = [Criterion("work", max_points=90), Criterion("idea", "bonus", 10), Criterion("late", "deduction")]
    >>> for row in explain(sheet, {"work": 85, "idea": 8, "late": 4}, bonus_cap=5, deduction_cap=3):
    ...     print(row.what, row.key, row.amount)
    line work 85.00
    line idea 8.00
    line late -4.00
    bonus_cap None -3.00
    deduction_cap None 1.00
    """
    criteria = tuple(criteria)
    total = add_up(criteria, given, bonus_cap, full, base, deduction_cap=deduction_cap)
    ceiling = _cap(total.total, most)
    stretch = _get_stretch(criteria, full)
    rows = [Row("base", None, points(base))] if base is not None else []
    for criterion in criteria:
        earned = _earn(criterion, given) * (stretch if criterion.kind in BASIC_KINDS else 1)
        rows.append(Row("line", criterion.key, points(-earned if criterion.kind == "deduction" else earned)))
    limited, too_much = _limit(criteria, given, "bonus")
    taken_off, too_hard = _limit(criteria, given, "deduction")
    rows += [Row("ceiling", key, -points(beyond)) for key, beyond in too_much.items()]
    rows += [Row("ceiling", key, points(beyond)) for key, beyond in too_hard.items()]
    rows += [
        Row("bonus_cap", None, total.bonus - points(limited)),
        Row("deduction_cap", None, points(taken_off) - total.deduction),
        Row("floor", None, total.total - (total.basic + total.bonus - total.deduction)),
    ]
    rows.append(Row("rounding", None, total.total - sum(row.amount for row in rows)))
    rows.append(Row("most", None, ceiling - total.total))
    return [row for row in rows if row.what in ("base", "line") or row.amount]


def get_maximum(criteria: Iterable[Criterion]) -> Decimal:
    """Return what the basic lines of a sheet add up to: weights where given, else maximum points.

    >>> get_maximum([Criterion("a", max_points=60), Criterion("b", max_points=40), Criterion("c", "bonus")])
    Decimal('100.00')
    """
    basic = (criterion for criterion in criteria if criterion.kind in BASIC_KINDS)
    return points(sum(Decimal(str(c.max_points if c.weight is None else c.weight)) for c in basic))


def find_too_low(minimums: Mapping[Key, Number], given: Mapping[Key, Number | None]) -> tuple[Key, ...]:
    """Return the keys whose points are below what a title asks for; a line that is not on the sheet asks nothing.

    >>> find_too_low({"work": 60, "order": 15, "sport": 5}, {"work": 60, "order": 14.99})
    ('order',)
    """
    return tuple(
        key for key, least in minimums.items() if key in given and points(given[key]) < points(least)
    )


def rank(totals: Mapping[Key, Number]) -> dict[Key, int]:
    """Return key -> rank, highest total first; equal totals share a rank and the next ones are skipped.

    Totals are compared as points, to the hundredth, as everybody reads them.

    >>> rank({"An": 95, "Bình": 90, "Chi": 95, "Dũng": 80})
    {'An': 1, 'Chi': 1, 'Bình': 3, 'Dũng': 4}
    """
    exact = {key: points(total) for key, total in totals.items()}
    ordered = sorted(exact.values(), reverse=True)
    places = {total: place for place, total in reversed([*enumerate(ordered, 1)])}
    return {key: places[total] for key, total in sorted(exact.items(), key=lambda item: -item[1])}
