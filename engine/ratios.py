"""What a list of proposals looks like before it is handed in: quotas, prerequisites, who is on it.

Integer arithmetic, so that 70% of 10 is 7 and not 7.000000001.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

OK, WARN, BLOCK = "ok", "warn", "block"
Percent = int | float | Decimal | Fraction  # taken as it prints
ORDER = {BLOCK: 0, WARN: 1, OK: 2}


@dataclass(frozen=True, slots=True)
class Ratio:
    """One ratio.

    :param kind: ``quota`` (of the staff), ``group_quota`` (of another group, ``whole`` is the most allowed),
        ``prerequisite`` (members who hold the title), ``share`` (of members, as a requirement says),
        ``leaders`` or ``women`` (of those whose sex is on record; ``label`` counts the others)
    :param limit: per cent; None: shown for information
    :param at_most: the limit is a ceiling, else a floor
    :param severity: what a broken limit means, ``warn`` or ``block``
    """

    kind: str
    part: int
    whole: int
    limit: Fraction | int | None = None
    at_most: bool = True
    severity: str = WARN
    label: str = ""

    @property
    def percent(self) -> float:
        """The share in per cent, two digits.

        >>> Ratio("women", 1, 3).percent, Ratio("women", 0, 0).percent
        (33.33, 0.0)
        """
        return round(100 * self.part / self.whole, 2) if self.whole else 0.0

    @property
    def status(self) -> str:
        """``ok``, ``warn`` or ``block``.

        >>> Ratio("quota", 3, 20, limit=15, severity="block").status
        'ok'
        >>> Ratio("quota", 4, 20, limit=15, severity="block").status
        'block'
        >>> Ratio("prerequisite", 6, 10, limit=70, at_most=False).status
        'warn'
        >>> Ratio("quota", 0, 0, limit=15).status
        'ok'
        """
        if self.limit is None:
            return OK
        share, border = 100 * self.part, self.limit * self.whole
        broken = share > border if self.at_most else share < border
        return self.severity if broken else OK

    @property
    def room(self) -> int:
        """How many more fit below the ceiling (negative: too many), or are missing to the floor.

        >>> Ratio("quota", 2, 20, limit=15).room, Ratio("prerequisite", 6, 10, limit=70, at_most=False).room
        (1, 1)
        """
        if self.limit is None:
            return 0
        border = Fraction(self.limit) * self.whole / 100
        if self.at_most:
            return border.numerator // border.denominator - self.part
        return -(-border.numerator // border.denominator) - self.part


@dataclass(frozen=True, slots=True)
class Person:
    """A candidate on the list, or several who are alike: thousands are counted without an object for each."""

    unit: str = ""
    is_leader: bool = False
    is_woman: bool | None = None  # None: not on record
    count: int = 1


def bars(
    people: Iterable[Person],
    headcounts: Mapping[str, int],
    quota: Percent = 0,
    quota_severity: str = WARN,
    prerequisite: Percent = 0,
    holders: Mapping[str, int] | None = None,
    leaders_limit: Percent = 0,
) -> list[Ratio]:
    """Return the bars of a list of people proposed for one award, what is broken first.

    A collective needs a share of members with the title of the individual, 70% for a Progressive Labour
    Collective (Law 06/2022/QH15, Articles 27 and 28): who holds it already and who is ticked count together.
    Direct workers and women go before others (Article 5(2)d and (3)): both shares are always shown.

    :param people: the Persons ticked
    :param headcounts: members by unit, of every unit on the list
    :param quota: per cent of the headcount; 0: no quota
    :param prerequisite: per cent of each unit; 0: no collective title asks for the award
    :param holders: members by unit who hold the title or are proposed for it elsewhere
    :param leaders_limit: the agency's own ceiling for leaders, per cent; 0: none

    >>> an, binh = Person("A", is_leader=True, is_woman=False), Person("A", is_woman=True)
    >>> def show(*args, **options):
    ...     for bar in bars(*args, **options):
    ...         print(bar.kind, bar.label, bar.part, bar.whole, bar.status)
    >>> show([an, binh], {"A": 10}, quota=15)
    quota  2 10 warn
    leaders  1 2 ok
    women  1 2 ok
    >>> show([an, binh], {"A": 10}, prerequisite=70, holders={"A": 5}, leaders_limit=40)
    leaders  1 2 warn
    women  1 2 ok
    prerequisite A 7 10 ok
    >>> show([an, binh, Person("A")], {"A": 10})
    leaders  1 3 ok
    women 1 1 2 ok
    >>> show([Person("A", is_leader=True, count=3), Person("B", is_woman=True, count=5)], {"A": 10, "B": 10}, quota=15)
    quota  8 20 warn
    leaders  3 8 ok
    women 3 5 5 ok
    """
    people, holders = list(people), holders or {}
    total, found = _count(people), []
    if quota:
        limit = Fraction(str(quota))
        found.append(Ratio("quota", total, sum(headcounts.values()), limit, True, quota_severity))
    ceiling = Fraction(str(leaders_limit)) if leaders_limit else None
    found.append(Ratio("leaders", _count(one for one in people if one.is_leader), total, ceiling))
    known = _count(one for one in people if one.is_woman is not None)
    women = _count(one for one in people if one.is_woman)
    found.append(Ratio("women", women, known, label=str(total - known) if known < total else ""))
    in_units = Counter[str]()
    for one in people:
        in_units[one.unit] += one.count
    for unit, headcount in headcounts.items() if prerequisite else ():
        part = in_units[unit] + holders.get(unit, 0)
        found.append(Ratio("prerequisite", part, headcount, Fraction(str(prerequisite)), False, WARN, unit))
    return sorted(found, key=lambda bar: ORDER[bar.status])


def _count(people: Iterable[Person]) -> int:
    return sum(one.count for one in people)
