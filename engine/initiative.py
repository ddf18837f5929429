"""How a council on initiatives (hội đồng sáng kiến) comes to its result.

The law leaves criteria and thresholds to the head who recognises (Law 06/2022/QH15, Articles 21–23; Decree
152/2025/NĐ-CP, Article 33(6)): they are figures of the session.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

# How far an initiative reaches, as papers say it.
REACH_NAMES = {"unit": "cơ sở", "province": "cấp tỉnh", "ministry": "cấp bộ", "nation": "toàn quốc"}


@dataclass(frozen=True)
class Mark:
    """What a member says of one criterion.

    :param most: the most points it can get; 0: the criterion is only passed or failed
    :param points: points given; None: nothing yet
    :param passed: for a criterion that is passed or failed; None: nothing yet
    """

    most: Fraction = Fraction(0)
    points: Fraction | None = None
    passed: bool | None = None

    @property
    def is_given(self) -> bool:
        return (self.points if self.most else self.passed) is not None


@dataclass(frozen=True)
class Result:
    """What the marks of a council come to.

    :param code: ``recognise``, ``refuse``, or ``incomplete`` where too few members have marked everything
    :param average: mean of the totals, in % of the most points; None: nothing is counted in points
    :param agree: members for whom it is an initiative
    :param marked: members who marked every criterion
    :param members: members who may mark it
    """

    code: str
    average: Fraction | None
    agree: int
    marked: int
    members: int


def decide(
    sheets: Mapping[Hashable, Iterable[Mark]], pass_share: Fraction, majority: Fraction, quorum: Fraction
) -> Result:
    """Count the marks: a member agrees with every criterion passed and enough points; more than the majority
    of all members must agree.

    >>> def sheet(points, passed=True): return [Mark(Fraction(100), Fraction(points)), Mark(passed=passed)]
    >>> half, two_thirds = Fraction(1, 2), Fraction(2, 3)
    >>> decide({1: sheet(80), 2: sheet(60), 3: sheet(40)}, half, half, two_thirds).code
    'recognise'
    >>> decide({1: sheet(80), 2: sheet(60, passed=False), 3: sheet(40)}, half, half, two_thirds).code
    'refuse'
    >>> empty = [Mark(Fraction(100)), Mark()]
    >>> decide({1: sheet(80), 2: empty, 3: empty}, half, half, two_thirds)
    Result(code='incomplete', average=Fraction(4, 5), agree=1, marked=1, members=3)

    :param sheets: member to the marks of all criteria
    :param pass_share: share of the most points from which a member agrees
    :param majority: share of all members that must be passed
    :param quorum: share of all members that must have marked everything
    """
    complete = [list(marks) for marks in map(list, sheets.values()) if all(mark.is_given for mark in marks)]
    shares = [share for marks in complete if (share := _share(marks)) is not None]
    agree = sum(_agrees(marks, pass_share) for marks in complete)
    members, marked = len(sheets), len(complete)
    if not marked or marked < quorum * members:
        code = "incomplete"
    else:
        code = "recognise" if agree > majority * members else "refuse"
    average = sum(shares, Fraction(0)) / len(shares) if shares else None
    return Result(code, average, agree, marked, members)


def _share(marks: list[Mark]) -> Fraction | None:
    most = sum((mark.most for mark in marks), Fraction(0))
    return sum((mark.points or Fraction(0) for mark in marks), Fraction(0)) / most if most else None


def _agrees(marks: list[Mark], pass_share: Fraction) -> bool:
    share = _share(marks)
    return all(mark.most or mark.passed for mark in marks) and (share is None or share >= pass_share)
