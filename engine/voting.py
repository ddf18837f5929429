"""Voting in councils: quorum, threshold and the explained result, in whole numbers only.

Sources: Decree 152/2025/NĐ-CP, Article 33(5) (90% and 80% of *all* members for some titles; the rate of
votes stands in the minutes), Article 45(4) (quorum of the Central Council: two thirds, written opinions of
absent members are counted). Other figures are set by each agency.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

TWO_THIRDS = Fraction(2, 3)
HALF = Fraction(1, 2)
CHOICES = ("agree", "disagree", "blank")


def is_above(votes: int, present: int, percent: float | Decimal) -> bool:
    """Tell whether more than a share of the people present voted for something.

    The law asks for the rate of votes in the minutes of a unit's meeting (Decree 152/2025/NĐ-CP, Article 33(5)) and
    sets no share: the rule book says it.

    >>> is_above(6, 10, 50), is_above(5, 10, 50), is_above(2, 3, 66.67), is_above(0, 0, 0)
    (True, False, False, False)
    """
    return votes > present * as_share(percent)


def as_share(percent: float | Decimal) -> Fraction:
    """Return a percentage as an exact fraction; 66.66 and 66.67 both mean two thirds, 33.33 one third.

    :param percent: 0–100, at most two decimals

    >>> as_share(90)
    Fraction(9, 10)
    >>> as_share(66.66), as_share(66.67), as_share(33.33)
    (Fraction(2, 3), Fraction(2, 3), Fraction(1, 3))
    >>> as_share(66.5)
    Fraction(133, 200)
    """
    hundredths = round(percent * 100)
    if hundredths in (6666, 6667):
        return TWO_THIRDS
    if hundredths in (3333, 3334):
        return Fraction(1, 3)
    return Fraction(hundredths, 10_000)


def show_share(share: Fraction) -> str:
    """Return a share as Vietnamese papers write it: a percentage of at most two decimals, or ``2/3``.

    >>> show_share(Fraction(9, 10)), show_share(TWO_THIRDS), show_share(Fraction(13, 14))
    ('90%', '2/3', '92,86%')
    """
    if share.denominator == 3:
        return f"{share.numerator}/{share.denominator}"
    return _percent(share)


def _percent(share: Fraction) -> str:
    """Round half up to two decimals: an exact 62.505 is 62.51, whatever binary floats say."""
    hundredths = (share.numerator * 20_000 + share.denominator) // (2 * share.denominator)
    whole, rest = divmod(hundredths, 100)
    return f"{whole},{rest:02d}".rstrip("0").rstrip(",") + "%"


@dataclass(frozen=True)
class Rule:
    """What a vote needs.

    :param threshold: share of ``agree`` that passes; 0: more than the majority
    :param quorum: share of members that must take part; 0: nobody is asked
    :param of_all_members: the threshold is counted on all members, else on those who took part
    :param majority: share that must be exceeded where no threshold is set
    """

    threshold: Fraction = Fraction(0)
    quorum: Fraction = Fraction(0)
    of_all_members: bool = True
    majority: Fraction = HALF

    @classmethod
    def from_percent(cls, threshold: float, quorum: float, base: str, majority: float = 50) -> "Rule":
        """Make a rule from an award rule's figures, in per cent.

        >>> Rule.from_percent(90, 66.66, "all_members").of_all_members
        True
        """
        return cls(as_share(threshold), as_share(quorum), base == "all_members", as_share(majority))


@dataclass(frozen=True)
class Tally:
    """A counted vote. Written opinions of absent members are among the votes.

    :param members: voting members of the council
    :param participants: members who took part in the session, in the room or in writing
    :param entitled: participants who may vote on this item (no conflict of interest)
    :param left_out: members without a vote on this item who are not counted among all members either
    :raises ValueError: a negative number, or more votes than people entitled to one
    """

    members: int
    participants: int
    entitled: int
    agree: int = 0
    disagree: int = 0
    blank: int = 0
    left_out: int = 0

    def __post_init__(self) -> None:
        votes = (self.agree, self.disagree, self.blank)
        if min(self.members, self.participants, self.entitled, self.left_out, *votes) < 0:
            raise ValueError("A number of people or votes is never below zero.")
        if not self.entitled <= self.participants <= self.members:
            raise ValueError("More people than there are members.")
        if self.entitled + self.left_out > self.members:
            raise ValueError("Who is left out of the count has no vote.")
        if self.cast > self.entitled:
            raise ValueError("More votes than people who may vote.")

    @property
    def cast(self) -> int:
        return self.agree + self.disagree + self.blank


@dataclass(frozen=True)
class Outcome:
    """The result with the figures that explain it: ``agree`` of ``base``."""

    passed: bool
    has_quorum: bool
    agree: int
    base: int
    threshold: Fraction
    majority: Fraction = HALF

    @property
    def share(self) -> Fraction:
        return Fraction(self.agree, self.base) if self.base else Fraction(0)

    def explain(self) -> str:
        """Return the sum as it stands in the minutes: figures, no words.

        >>> decide(Tally(14, 14, 13, agree=13), Rule(Fraction(9, 10))).explain()
        '13/14 = 92,86% ≥ 90%'
        >>> decide(Tally(9, 7, 7, agree=5, disagree=2), Rule(TWO_THIRDS)).explain()
        '5/9 = 55,56% < 2/3'
        >>> decide(Tally(4, 4, 4, agree=2, disagree=2), Rule()).explain()
        '2/4 = 50% ≤ 50%'
        """
        left = f"{self.agree}/{self.base} = {_percent(self.share)}"
        if not self.threshold:
            return f"{left} {'>' if self.share > self.majority else '≤'} {show_share(self.majority)}"
        reached = self.share >= self.threshold
        return f"{left} {'≥' if reached else '<'} {show_share(self.threshold)}"


def has_quorum(members: int, participants: int, quorum: Fraction) -> bool:
    """Tell whether enough members take part.

    >>> has_quorum(9, 6, TWO_THIRDS), has_quorum(10, 6, TWO_THIRDS)
    (True, False)
    """
    return participants > 0 and participants * quorum.denominator >= members * quorum.numerator


def needed_for_quorum(members: int, quorum: Fraction) -> int:
    """Return how many members must take part, at least one.

    >>> needed_for_quorum(14, TWO_THIRDS), needed_for_quorum(9, TWO_THIRDS), needed_for_quorum(5, Fraction(0))
    (10, 6, 1)
    """
    return max(1, -(-members * quorum.numerator // quorum.denominator))


def decide(tally: Tally, rule: Rule) -> Outcome:
    """Decide one item.

    A blank or invalid vote is not agreement. Counted on all members, one who may not vote because of a
    conflict of interest still counts as a member: the law says "of all members" (Article 33(5)). It is silent
    on such conflicts, so an agency may leave that member out of the count (``Tally.left_out``).

    >>> decide(Tally(14, 13, 13, agree=13), Rule(Fraction(9, 10), TWO_THIRDS)).passed
    True
    >>> decide(Tally(14, 13, 13, agree=12, blank=1), Rule(Fraction(9, 10), TWO_THIRDS)).passed
    False
    >>> decide(Tally(14, 9, 9, agree=9), Rule(Fraction(1, 2), TWO_THIRDS)).has_quorum
    False
    >>> decide(Tally(9, 9, 8, agree=8, left_out=1), Rule(Fraction(9, 10))).explain()
    '8/8 = 100% ≥ 90%'
    """
    base = tally.members - tally.left_out if rule.of_all_members else tally.entitled
    quorate = has_quorum(tally.members, tally.participants, rule.quorum)
    outcome = Outcome(False, quorate, tally.agree, base, rule.threshold, rule.majority)
    reached = outcome.share >= rule.threshold if rule.threshold else outcome.share > rule.majority
    return replace(outcome, passed=quorate and bool(base) and reached)


def find_best(tally: Tally, rule: Rule) -> Outcome:
    """Return the outcome if everybody who may vote agreed: where it does not pass, no vote can.

    A council of nine cannot pass one of its members at 90% who has no vote and is counted all the same.

    >>> find_best(Tally(9, 9, 8), Rule(Fraction(9, 10))).explain()
    '8/9 = 88,89% < 90%'
    >>> find_best(Tally(9, 9, 8, left_out=1), Rule(Fraction(9, 10))).passed
    True
    """
    return decide(replace(tally, agree=tally.entitled, disagree=0, blank=0), rule)


def has_conflict(
    member: int,
    candidate: int | None = None,
    unit: int | None = None,
    own_units: Collection[int] = (),
    own_unit_conflict: bool = True,
) -> bool:
    """Tell whether a member has no vote on an item because it is about them or the unit they work in.

    Nobody votes on oneself; on one's own unit it is for the agency to say. The law is silent on both.

    :param member: the member
    :param candidate: the person the item is about, if it is about a person
    :param unit: the unit the item is about, if it is about a unit
    :param own_units: the unit the member works in and all units above it
    :param own_unit_conflict: members have no vote on their own unit

    >>> has_conflict(7, candidate=7), has_conflict(7, candidate=8)
    (True, False)
    >>> has_conflict(7, unit=3, own_units=(3, 1)), has_conflict(7, unit=3, own_units=(3, 1), own_unit_conflict=False)
    (True, False)
    """
    if candidate:
        return candidate == member
    return bool(own_unit_conflict and unit and unit in own_units)
