"""What agencies below delivered: whose figures are added, so that nobody is counted twice and nobody left out."""

from collections.abc import Collection, Mapping


def get_shares(contained: Mapping[int, Collection[int]]) -> dict[int, int]:
    """Return ``{figures: how often they are added}`` so that what each agency counted itself is in the sum once.

    :param contained: ``{figures: what was added to them directly}``, those of the agencies nearest above first

    Agency 1 locked its year with the figures of 2, those of 3 came later or were not asked for:

    >>> get_shares({1: {2}, 2: set(), 3: set()})
    {1: 1, 2: 0, 3: 1}

    Agency 2 lies below 1. Both took the figures of 3, 1 before 2 had closed: 3 is in the sum twice, and once taken out.

    >>> get_shares({1: {3}, 2: {3}, 3: set()})
    {1: 1, 2: 1, 3: -1}
    """
    times = dict.fromkeys(contained, 0)
    shares: dict[int, int] = {}
    for figures in contained:
        shares[figures] = 1 - times[figures]
        for below in _get_all(contained, figures):
            times[below] += shares[figures]
    return shares


def _get_all(contained: Mapping[int, Collection[int]], figures: int) -> set[int]:
    """Return all that figures contain, at whatever distance; what is not known is part of them."""
    found, todo = set[int](), set(contained[figures])
    while todo:
        below = todo.pop()
        if below in contained and below not in found and below != figures:
            found.add(below)
            todo |= set(contained[below])
    return found
