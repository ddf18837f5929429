"""Targets of a campaign: how much is reached, what is to be expected by the deadline, and how serious that is.

Law 06/2022/QH15, Article 17: a campaign has criteria and targets, and is reviewed by what was reached. Figures are
totals up to a day ("lũy kế"), as agencies report them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date as Date
from decimal import ROUND_HALF_UP, Decimal

GOOD, NEARLY = Decimal(100), Decimal(80)  # %, from here on the light is green, amber
MOST_OF_LESS = Decimal(200)  # % of a target to keep low of which nothing happened
CENT = Decimal("0.01")
LIGHTS = ("none", "red", "amber", "green")
BEYOND = Decimal(10) ** 9  # % that no column and no reader needs more exactly


@dataclass(frozen=True)
class Target:
    """What is to be reached.

    :param figure: in the target's own unit of measure
    :param less: to stay at or below the figure is good (complaints, electricity); otherwise to reach it
    :param adds_up: the figure grows with time (dossiers done); otherwise it is a level (% on time)
    :param start: first day that counts; None: not known
    :param deadline: day by which it is to be reached; None: not known
    """

    figure: Decimal
    less: bool = False
    adds_up: bool = True
    start: Date | None = None
    deadline: Date | None = None


def get_percent(target: Target, reached: Decimal) -> Decimal:
    """Return how much of a target is reached, in %; above 100 it is surpassed.

    Where less is better, 100 % is the figure itself, 200 % is nothing at all, and twice the figure is 50 %.

    >>> get_percent(Target(Decimal(200)), Decimal(150)), get_percent(Target(Decimal(200)), Decimal(250))
    (Decimal('75.00'), Decimal('125.00'))
    >>> [get_percent(Target(Decimal(10), less=True), Decimal(n)) for n in (0, 5, 10, 20)]
    [Decimal('200.00'), Decimal('150.00'), Decimal('100.00'), Decimal('50.00')]
    >>> get_percent(Target(Decimal(0), less=True), Decimal(0)), get_percent(Target(Decimal(0), less=True), Decimal(1))
    (Decimal('100.00'), Decimal('0.00'))
    """
    figure = target.figure
    if figure <= 0:
        kept = reached <= figure if target.less else reached >= figure
        return _round(GOOD if kept else Decimal(0))
    if not target.less:
        return _round(GOOD * max(reached, Decimal(0)) / figure)
    if reached <= figure:
        return _round(min(MOST_OF_LESS, MOST_OF_LESS - GOOD * max(reached, Decimal(0)) / figure))
    return _round(GOOD * figure / reached)


def get_forecast(target: Target, reached: Decimal, day: Date) -> Decimal | None:
    """Return the figure to be expected at the deadline if it goes on as until ``day``; None: it cannot be told.

    >>> year = Target(Decimal(120), start=Date(2026, 1, 1), deadline=Date(2026, 12, 31))
    >>> get_forecast(year, Decimal(40), Date(2026, 4, 30))
    Decimal('121.67')
    >>> get_forecast(year, Decimal(118), Date(2027, 1, 5))
    Decimal('118')
    >>> get_forecast(Target(Decimal(98), adds_up=False), Decimal(97), Date(2026, 4, 30))
    Decimal('97')
    """
    if not target.adds_up or (target.deadline and day >= target.deadline):
        return reached
    if not target.start or not target.deadline or day < target.start:
        return None
    passed = (day - target.start).days + 1
    whole = (target.deadline - target.start).days + 1
    return _round(reached * whole / passed)


def get_light(target: Target, reached: Decimal | None, as_of: Date | None, today: Date) -> str:
    """Return ``none``, ``red``, ``amber`` or ``green``.

    :param reached: last figure reported; None: none yet
    :param as_of: the day that figure is about
    :param today: the deadline may have passed since

    >>> year = Target(Decimal(100), start=Date(2026, 1, 1), deadline=Date(2026, 12, 31))
    >>> half = Date(2026, 6, 30)
    >>> [get_light(year, reached, half, half) for reached in (None, Decimal(20), Decimal(45), Decimal(60))]
    ['none', 'red', 'amber', 'green']
    >>> get_light(year, Decimal(60), half, Date(2027, 1, 1)), get_light(year, None, None, Date(2027, 1, 1))
    ('red', 'red')
    """
    is_over = bool(target.deadline and today > target.deadline)
    if reached is None or as_of is None:
        return "red" if is_over else "none"
    if is_over:
        return "green" if get_percent(target, reached) >= GOOD else "red"
    if not target.less and get_percent(target, reached) >= GOOD:
        return "green"
    if target.less and target.adds_up and reached > target.figure:
        return "red"  # it only grows
    expected = get_forecast(target, reached, as_of)
    percent = get_percent(target, reached if expected is None else expected)
    if percent >= GOOD:
        return "green"
    return "amber" if percent >= NEARLY else "red"


def roll_up(kind: str, parts: Iterable[tuple[Decimal | None, Decimal]]) -> Decimal | None:
    """Return what a target reaches by its parts; None: no part has reported.

    :param kind: ``sum``, or ``mean`` weighted by the second of each pair
    :param parts: (reached or None, weight); a part that has not reported counts as nothing in a mean

    >>> parts = [(Decimal(100), Decimal(3)), (Decimal(80), Decimal(1)), (None, Decimal(1))]
    >>> roll_up("sum", parts), roll_up("mean", parts), roll_up("mean", [(None, Decimal(1))])
    (Decimal('180.00'), Decimal('76.00'), None)
    """
    parts = list(parts)
    known = [(reached, weight) for reached, weight in parts if reached is not None]
    if not known:
        return None
    if kind == "sum":
        return _round(sum((reached for reached, _weight in known), Decimal(0)))
    whole = sum((weight for _reached, weight in parts), Decimal(0))
    if whole <= 0:
        return None
    return _round(sum((reached * weight for reached, weight in known), Decimal(0)) / whole)


def get_overall(percents: Iterable[Decimal]) -> Decimal:
    """Return how far several targets are together, in %: no surplus of one makes up for another.

    >>> get_overall([Decimal(150), Decimal(50)]), get_overall([])
    (Decimal('75.00'), Decimal('0.00'))
    """
    capped = [min(GOOD, percent) for percent in percents]
    return _round(sum(capped, Decimal(0)) / len(capped)) if capped else Decimal("0.00")


def count_lights(lights: Iterable[str]) -> Mapping[str, int]:
    """Return how many targets show each light.

    >>> count_lights(["red", "green", "red"])["red"]
    2
    """
    lights = list(lights)
    return {light: lights.count(light) for light in LIGHTS}


def _round(number: Decimal) -> Decimal:
    return min(max(number, -BEYOND), BEYOND).quantize(CENT, ROUND_HALF_UP)
