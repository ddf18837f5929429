"""Levels by name: A+, A, B, C, or Tốt, Khá, Trung bình, each worth points of its own.

What is stored of a line is its points, so a level stands for exactly one number of points and the other way round: two
levels of a line that are worth the same could not be told apart afterwards. Source: each agency's regulation.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from .scoring import Level, Number, ScoringError, points
from .typed import Mistyped, read_number
from .vietnamese import clean_line, format_decimal, search_key

FEWEST = 2


def read(text: str | None) -> tuple[Level, ...]:
    """Return the levels of a text, the best first; where none says its points the last one is worth 0, and so on up.

    :raises ScoringError: the text is not a list of levels; the code says why

    >>> [(level.name, int(level.points)) for level in read("A+; A; B; C")]
    [('A+', 3), ('A', 2), ('B', 1), ('C', 0)]
    >>> write(read("Trung bình: 5; Tốt: 10; Khá: 7,5"))
    'Tốt 10, Khá 7,5, Trung bình 5'
    >>> [level.name for level in read("A, B, C")], read("")
    (['A', 'B', 'C'], ())
    """
    parts = _split(text or "")
    if not parts:
        return ()
    pairs = [_read_level(part) for part in parts]
    given = [number for _name, number in pairs if number is not None]
    if given and len(given) < len(pairs):
        name = next(name for name, number in pairs if number is None)
        raise ScoringError("level_without_points", name=name)
    if not given:
        pairs = [(name, Decimal(len(pairs) - place)) for place, (name, _none) in enumerate(pairs, 1)]
    levels = sorted((Level(name, points(number)) for name, number in pairs), key=lambda level: -level.points)
    _check(levels)
    return tuple(levels)


def _split(text: str) -> list[str]:
    separator = r"[;\n]" if ";" in text or ":" in text or "\n" in text else r"[,]"
    return [part for part in map(clean_line, re.split(separator, text)) if part]


def _read_level(part: str) -> tuple[str, Decimal | None]:
    name, colon, figure = part.rpartition(":")
    if not colon:
        return part, None
    try:
        number = read_number(figure.strip())
    except Mistyped as error:
        raise ScoringError("level_figure", name=part) from error
    if number is None or number < 0 or not name.strip():
        raise ScoringError("level_figure", name=part)
    return name.strip(), Decimal(str(number))


def _check(levels: Sequence[Level]) -> None:
    if len(levels) < FEWEST:
        raise ScoringError("level_alone", name=levels[0].name)
    names: dict[str, str] = {}
    worth: dict[Decimal, str] = {}
    for level in levels:
        key = _key(level.name)
        if key in names:
            raise ScoringError("level_repeated", name=level.name)
        if level.points in worth:
            raise ScoringError("levels_equal", first=worth[level.points], second=level.name)
        names[key] = worth[level.points] = level.name


def _key(name: str) -> str:
    return clean_line(name).casefold()


def find(levels: Sequence[Level], typed: str) -> Level:
    """Return the level of a name as it was typed: small letters will do, and no accents where only one is meant.

    :raises ScoringError: none of these

    >>> marks = read("Tốt: 10; Khá: 7; Trung bình: 5")
    >>> find(marks, " tốt").name, find(marks, "kha").name
    ('Tốt', 'Khá')
    >>> find(read("A+; A; B"), "a+").name
    'A+'
    >>> find(marks, "Xuất sắc")
    Traceback (most recent call last):
    ...
    engine.scoring.ScoringError: “Xuất sắc” is none of: Tốt, Khá, Trung bình.
    """
    exact = [level for level in levels if _key(level.name) == _key(typed)]
    plain = exact or [level for level in levels if search_key(level.name) == search_key(typed)]
    if len(plain) != 1:
        raise ScoringError("no_level", given=clean_line(typed)[:80], names=list_names(levels))
    return plain[0]


def get_name(levels: Iterable[Level], given: Number | None) -> str:
    """Return the name of the level that these points stand for, or an empty text.

    >>> get_name(read("A+; A; B; C"), 2), get_name(read("A+; A; B; C"), 2.5)
    ('A', '')
    """
    return next((level.name for level in levels if level.points == points(given)), "")


def list_names(levels: Iterable[Level]) -> str:
    return ", ".join(level.name for level in levels)


def write(levels: Iterable[Level]) -> str:
    """Return the levels and what they are worth, for people to read."""
    return ", ".join(f"{level.name} {format_decimal(level.points)}" for level in levels)


def count(names: Iterable[str], order: Sequence[str]) -> str:
    """Return how often each level was given, in the order of the levels; empty where none was.

    >>> count(["A", "A+", "A"], ["A+", "A", "B"])
    '1 A+, 2 A'
    """
    given = list(names)
    return ", ".join(f"{given.count(name)} {name}" for name in order if name in given)
