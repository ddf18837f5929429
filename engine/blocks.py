"""Members of a block score one another, or themselves with an appraisal: who is missing, what counts, who is placed
where.

Plain Python, no Odoo. Only the collective compared and acclaimed as leader may be proposed for a flag
(Decree 152/2025/NĐ-CP, Article 7); how many flags a block of some size has is for the agency to set.
"""

from collections.abc import Hashable, Iterable, Mapping
from decimal import Decimal

from . import scoring

# (scorer, scored) -> points; the scorer None is the body that appraises
Points = Mapping[tuple[Hashable | None, Hashable], Decimal]
Pair = tuple[Hashable | None, Hashable]
WAYS = ("cross", "own")


def find_missing(members: Iterable[Hashable], given: Points, way: str = "cross") -> list[Pair]:
    """Return the pairs (scorer, scored) without points.

    :param way: ``cross``: everybody scores everybody else, self-scores are left aside; ``own``: everybody scores
        itself and is appraised

    >>> find_missing("AB", {("A", "B"): Decimal(9)})
    [('B', 'A')]
    >>> find_missing("AB", {("A", "A"): Decimal(9), (None, "A"): Decimal(8), ("B", "B"): Decimal(7)}, "own")
    [(None, 'B')]
    """
    members = list(members)
    pairs: list[Pair] = [(a, b) for a in members for b in members if a != b]
    if way == "own":
        pairs = [(scorer, member) for member in members for scorer in (member, None)]
    return [pair for pair in pairs if pair not in given]


def get_points(
    members: Iterable[Hashable], given: Points, way: str, complete_only: bool
) -> dict[Hashable, Decimal]:
    """Return {member: what counts}: the mean of the others, or what its own score was appraised at.

    >>> given = {("A", "A"): Decimal(95), (None, "A"): Decimal(91), ("B", "A"): Decimal(80)}
    >>> get_points("AB", given, "own", False), get_points("AB", given, "cross", False)
    ({'A': Decimal('91.00')}, {'A': Decimal('80.00')})
    """
    if way == "cross":
        return get_means(members, given, complete_only)
    return {member: scoring.points(given[None, member]) for member in members if (None, member) in given}


def get_means(members: Iterable[Hashable], given: Points, complete_only: bool) -> dict[Hashable, Decimal]:
    """Return {member: mean of the points of the others}; self-scores never count.

    :param complete_only: count only those who scored everybody else. Half a ballot moves the ranks: whoever leaves
        one member out lifts or lowers it against the rest.

    >>> given = {("A", "B"): Decimal(90), ("B", "A"): Decimal(80), ("C", "A"): Decimal(100), ("B", "C"): Decimal(85),
    ...          ("A", "C"): Decimal(70), ("B", "B"): Decimal(100)}
    >>> {member: str(mean) for member, mean in get_means("ABC", given, False).items()}
    {'A': '90.00', 'B': '90.00', 'C': '77.50'}
    >>> {member: str(mean) for member, mean in get_means("ABC", given, True).items()}
    {'A': '80.00', 'B': '90.00', 'C': '77.50'}
    """
    members = list(members)
    left_out = {scorer for scorer, _scored in find_missing(members, given)} if complete_only else set()
    counted = set(members) - left_out
    means = {}
    for member in members:
        points = [
            value
            for (scorer, scored), value in given.items()
            if scored == member and scorer in counted and scorer != member
        ]
        if points:
            means[member] = scoring.points(sum(points, Decimal(0)) / len(points))
    return means


def count_flags(size: int, members_per_flag: int) -> int:
    """Return how many flags a block of so many members has; at least one.

    :param members_per_flag: 0 where every block has one

    >>> [count_flags(size, 10) for size in (4, 10, 19, 20)], count_flags(30, 0)
    ([1, 1, 1, 2], 1)
    """
    return max(size // members_per_flag, 1) if members_per_flag > 0 else 1


def place(ranks: Mapping[Hashable, int], first: Hashable | None = None) -> list[Hashable]:
    """Return the members by rank; among equals the one the meeting put first.

    >>> place({"A": 1, "B": 1, "C": 3}, "B"), place({"A": 2, "B": 1})
    (['B', 'A', 'C'], ['B', 'A'])
    """
    return sorted(ranks, key=lambda member: (ranks[member], member != first))


def is_shared(
    ranks: Mapping[Hashable, int], placed: list[Hashable], places: int, first: Hashable | None
) -> bool:
    """Return whether the last place on offer is shared with the next and the meeting has not decided.

    >>> ranks = {"A": 1, "B": 1, "C": 3}
    >>> is_shared(ranks, ["A", "B", "C"], 1, None), is_shared(ranks, ["B", "A", "C"], 1, "B")
    (True, False)
    >>> is_shared(ranks, ["A", "B", "C"], 2, None)
    False
    """
    if not 0 < places < len(placed):
        return False
    last, following = placed[places - 1], placed[places]
    return ranks[last] == ranks[following] and last != first
