"""Periods: how the months, quarters or terms of a year become the figure of the year.

Schools weigh two terms as (I + 2 × II) / 3, offices take the mean of twelve months, workshops the best eight.
Which way is each agency's own regulation (Law on Emulation and Commendation 2022, Article 17, leaves scales to
it): a field of the round, not code.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .scoring import CENT, Number, points

WAYS = ("mean", "weighted", "sum", "best", "latest")
MISSING = ("skip", "zero")


@dataclass(frozen=True)
class Part:
    """One month, quarter or term; ``points`` is None where the recipient has no closed sheet (joined late)."""

    points: Number | None
    weight: Number = 1


@dataclass(frozen=True)
class Combined:
    """The figure of the whole; ``shares`` says what each part contributes, so that the shares add up to it.

    ``total`` is None while no part counts: nobody is scored 0 for a year that was never scored.
    """

    total: Decimal | None
    shares: tuple[Decimal, ...]


def combine(way: str, parts: Sequence[Part], best: int = 0, missing: str = "skip") -> Combined:
    """Return the figure of the whole from its parts, in the order of time.

    :param way: ``mean``, ``weighted`` (by the weight of each part), ``sum``, ``best`` (mean of the ``best``
        highest) or ``latest``
    :param best: how many parts count for ``best``; 0: all
    :param missing: a part without points is left out (``skip``) or counts 0 (``zero``)
    :raises ValueError: a way or a treatment that is not listed

    Two terms, the second counted twice, and a newcomer who has only the second:

    >>> combine("weighted", [Part(81), Part(90, 2)]).total
    Decimal('87.00')
    >>> combine("weighted", [Part(None), Part(90, 2)]).total
    Decimal('90.00')
    >>> combine("mean", [Part(None), Part(90)], missing="zero").total
    Decimal('45.00')
    >>> combine("best", [Part(70), Part(95), Part(85)], best=2).shares
    (Decimal('0.00'), Decimal('47.50'), Decimal('42.50'))
    >>> combine("mean", [Part(None), Part(None)]).total is None
    True
    """
    given, weights = _prepare(way, parts, best, missing)
    if not any(weights) and all(part.points is None for part in parts):
        return Combined(None, tuple(Decimal("0.00") for _part in parts))
    return _share(given, weights, 1 if way == "sum" else sum(weights))


def _prepare(
    way: str, parts: Sequence[Part], best: int, missing: str
) -> tuple[list[Decimal | None], list[Decimal]]:
    """Return the figure of each part, None where there is none, and how often it counts."""
    if way not in WAYS or missing not in MISSING:
        raise ValueError(f"unknown: {way}, {missing}")
    given = [points(part.points) if part.points is not None else None for part in parts]
    if all(figure is None for figure in given):
        return given, [Decimal(0)] * len(given)
    if missing == "zero":
        given = [points(0) if figure is None else figure for figure in given]
    return given, _get_weights(way, given, [Decimal(str(part.weight)) for part in parts], best)


def weigh(way: str, parts: Sequence[Part], best: int = 0, missing: str = "skip") -> list[Decimal]:
    """Return by how much each part goes into the figure of ``combine``; 0 for those that do not count.

    A single criterion of the year is made of the same parts as its total: of its best months, say.

    >>> [str(share) for share in weigh("best", [Part(70), Part(95), Part(85)], best=2)]
    ['0', '0.5', '0.5']
    >>> [str(share) for share in weigh("sum", [Part(70), Part(None)])]
    ['1', '0']
    """
    weights = _prepare(way, parts, best, missing)[1]
    return [weight / _get_divisor(way, weights) for weight in weights]


def make_up(way: str, whole: Decimal, there: Decimal) -> Decimal:
    """Return by how much points of a criterion are raised that stood on some parts only.

    It counts as in the parts that had it; a sum has nothing to make up for.

    :param whole: what all parts go into the figure by, together
    :param there: the same of the parts that had the criterion; not 0

    >>> make_up("mean", Decimal(1), Decimal("0.25")), make_up("sum", Decimal(4), Decimal(1))
    (Decimal('4'), Decimal('1'))
    """
    return Decimal(1) if way == "sum" else whole / there


def _get_divisor(way: str, weights: Sequence[Decimal]) -> Decimal:
    """Return what the weighed figures are divided by; 1 where nothing counts."""
    return Decimal(1) if way == "sum" else sum(weights, Decimal(0)) or Decimal(1)


def _get_weights(
    way: str, given: Sequence[Decimal | None], weights: Sequence[Decimal], best: int
) -> list[Decimal]:
    """Return what each part counts; 0 for those that do not."""
    counted = [index for index, figure in enumerate(given) if figure is not None]
    if way == "latest":
        counted = counted[-1:]
    if way == "best" and best:
        # Of equal parts the earlier counts: the order of entry changes nothing in the total.
        counted = sorted(counted, key=lambda index: (-(given[index] or 0), index))[:best]
    own = weights if way == "weighted" else [Decimal(1)] * len(given)
    return [own[index] if index in counted else Decimal(0) for index in range(len(given))]


def _share(given: Sequence[Decimal | None], weights: Sequence[Decimal], divisor: Decimal | int) -> Combined:
    """Return the total and its shares; the cents that rounding leaves go to the last part that counts."""
    if not divisor:
        return Combined(points(0), tuple(points(0) for _figure in given))
    exact = [(figure or Decimal(0)) * weight / divisor for figure, weight in zip(given, weights, strict=True)]
    total, shares = points(sum(exact)), [share.quantize(CENT) for share in exact]
    last = max((index for index, weight in enumerate(weights) if weight), default=0)
    shares[last] += total - sum(shares)
    return Combined(total, tuple(shares))
