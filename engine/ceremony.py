"""How a ceremony is arranged: who is called together, who sits where."""

from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def split_turns(items: Sequence[Item], most: int) -> list[Sequence[Item]]:
    """Split a group into turns on the stage, of nearly equal size and at most ``most`` each.

    >>> split_turns("abcdefg", 5)
    ['abcd', 'efg']
    >>> split_turns("", 5)
    []
    """
    count = -(-len(items) // most)
    size, larger = divmod(len(items), count) if count else (0, 0)
    turns, start = [], 0
    for place in range(count):
        end = start + size + (place < larger)
        turns.append(items[start:end])
        start = end
    return turns


def row_name(row: int) -> str:
    """Return the name of a row of seats, the first being 0.

    >>> row_name(0), row_name(25), row_name(26), row_name(701), row_name(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    name = ""
    row += 1
    while row:
        row, letter = divmod(row - 1, len(LETTERS))
        name = LETTERS[letter] + name
    return name


def seat_name(place: int, width: int) -> str:
    """Return the seat of who is called at a place (the first is 0), where a row has ``width`` seats.

    >>> seat_name(0, 10), seat_name(9, 10), seat_name(10, 10)
    ('A01', 'A10', 'B01')
    """
    row, seat = divmod(place, width)
    return f"{row_name(row)}{seat + 1:02d}"
