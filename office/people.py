"""Who a row of a list is about: found among the people an agency has and had."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import NamedTuple

from .letters import clean_line, search_key

# Below this a name is another name, not one with a slip.
ALIKE = 0.85


class Person(NamedTuple):
    """A person on record. ``birth``: year; ``unit``: name of the unit; ``left``: is not employed any more."""

    id: int
    name: str
    unit: str = ""
    birth: int | None = None
    identity: str = ""
    email: str = ""
    left: bool = False


class Asked(NamedTuple):
    """What a row says of a person."""

    name: str
    unit: str = ""
    birth: int | None = None
    identity: str = ""
    email: str = ""


@dataclass(slots=True)
class Match:
    """The answer: one ``id`` if it is sure; ``candidates`` (ids, best first) if a person must choose; why.

    ``reason``: ``identity``, ``email``, ``name``, ``several``, ``other_name``, ``other_unit``, ``accents``,
    ``alike`` or ``nobody``.
    """

    reason: str
    id: int | None = None
    candidates: list[int] = field(default_factory=list)


def unit_key(name: str) -> str:
    """Return the name of a unit without accents, with the usual abbreviations written out.

    >>> unit_key("P. Tổng hợp") == unit_key("Phòng Tổng hợp"), unit_key("TT Dịch vụ việc làm")
    (True, 'trung tam dich vu viec lam')
    """
    words = search_key(name).replace(".", " ").replace(",", " ").replace("-", " ").split()
    short = {
        "p": "phong",
        "tt": "trung tam",
        "vp": "van phong",
        "bp": "bo phan",
        "cn": "chi nhanh",
        "k": "khoa",
    }
    if words:
        words[0] = short.get(words[0], words[0])
    return " ".join(words)


def title_case(name: str) -> str:
    """Return a name that is all in capitals as names are written; another as it is.

    >>> title_case("NGUYỄN VĂN AN"), title_case("H'HEN NIÊ"), title_case("Lê Văn b")
    ('Nguyễn Văn An', "H'Hen Niê", 'Lê Văn b')
    """
    if not name.isupper():
        return name
    return re.sub(r"[^\W\d_]+", lambda found: found[0].capitalize(), name)


def split_post_unit(text: str, units: Container[str]) -> tuple[str, str]:
    """Return post and unit of a cell that holds both: the unit is the first part the agency has, else the last part.

    :param units: keys (``unit_key``) of the units

    >>> units = {"phong tong hop"}
    >>> split_post_unit("Chuyên viên, Phòng Tổng hợp", units), split_post_unit("Chuyên viên", units)
    (('Chuyên viên', 'Phòng Tổng hợp'), ('Chuyên viên', ''))
    >>> split_post_unit("Phó Trưởng phòng - Phòng Tổng hợp, Sở Nội vụ", units), split_post_unit("Phòng Tổng hợp", units)
    (('Phó Trưởng phòng', 'Phòng Tổng hợp'), ('', 'Phòng Tổng hợp'))
    >>> split_post_unit("Kế toán, Sở Y tế", units)
    ('Kế toán', 'Sở Y tế')
    """
    parts = [part.strip() for part in re.split(r"[,;\n]|\s[-–]\s", text) if part.strip()]
    known = [place for place, part in enumerate(parts) if unit_key(part) in units]
    if known:
        return ", ".join(parts[: known[0]]), parts[known[0]]
    post, _comma, unit = text.rpartition(",")
    return (post or unit).strip(), unit.strip() if post else ""


def find_person(asked: Asked, people: Sequence[Person], units: Container[str]) -> Match:
    """Find who is asked for: by identity number, by e-mail address, else by name, unit and year of birth.

    :param Asked asked: the row
    :param people: list of Person with that identity number, address or a like name
    :param units: keys (``unit_key``) of all units the agency has and had: a person of one of them may have moved,
        one of another unit is somebody else

    >>> people = [Person(1, "Nguyễn Thị Hoa", "Phòng A", 1980), Person(2, "Nguyễn Thị Hoa", "Phòng B", 1990),
    ...           Person(3, "Lê Văn Cường", "Phòng A", None, "001085000123")]
    >>> find_person(Asked("Nguyễn Thị Hoa", "P. B"), people, {"phong a", "phong b"}).id
    2
    >>> find_person(Asked("NGUYEN THI HOA", birth=1980), people, set()).id
    1
    >>> find_person(Asked("Nguyễn Thị Hoa"), people, set())
    Match(reason='several', id=None, candidates=[1, 2])
    >>> find_person(Asked("Lê Văn Tám", identity="001085000123"), people, set())
    Match(reason='other_name', id=None, candidates=[3])
    >>> find_person(Asked("Lê Văn Cường", "Sở Y tế"), people, {"phong a"}).reason
    'other_unit'
    >>> find_person(Asked("Trần Thị Dung"), people, set())
    Match(reason='nobody', id=None, candidates=[])
    """
    for reason, wanted in (("identity", asked.identity), ("email", asked.email.lower())):
        found = [person for person in people if wanted and getattr(person, reason).lower() == wanted]
        if len(found) > 1:  # a mailbox shared by a unit
            found = [person for person in found if search_key(person.name) == search_key(asked.name)] or found
        if len(found) == 1:
            return _check_name(asked, found[0], reason)
        if found:
            return Match("several", candidates=[person.id for person in found])
    return _find_by_name(asked, people, units)


def _check_name(asked: Asked, person: Person, reason: str) -> Match:
    if not asked.name or search_key(asked.name) == search_key(person.name):
        return Match(reason, person.id)
    return Match("other_name", candidates=[person.id])


def _find_by_name(asked: Asked, people: Sequence[Person], units: Container[str]) -> Match:
    key = search_key(asked.name)
    possible = [person for person in people if not _contradicts(asked, person)]
    same = [person for person in possible if search_key(person.name) == key]
    if not same:
        ranked = sorted(possible, key=lambda person: -_likeness(key, person))
        alike = [person.id for person in ranked if _likeness(key, person) >= ALIKE]
        return Match("alike" if alike else "nobody", candidates=alike)
    exact = [
        person for person in same if clean_line(person.name).casefold() == clean_line(asked.name).casefold()
    ]
    if not exact and not clean_line(asked.name).isascii():
        return Match("accents", candidates=[person.id for person in same])
    return _choose(asked, exact or same, units)


def _contradicts(asked: Asked, person: Person) -> bool:
    """A known identity number or year of birth that differs is somebody else's."""
    other_identity = asked.identity and person.identity and asked.identity != person.identity
    return bool(other_identity or (asked.birth and person.birth and asked.birth != person.birth))


def _likeness(key: str, person: Person) -> float:
    return SequenceMatcher(None, key, search_key(person.name)).ratio()


def _choose(asked: Asked, found: Sequence[Person], units: Container[str]) -> Match:
    wanted = unit_key(asked.unit)
    if len(found) > 1:
        for fits in (
            [person for person in found if wanted and unit_key(person.unit) == wanted],
            [person for person in found if asked.birth and person.birth == asked.birth],
        ):
            if len(fits) == 1:
                return Match("name", fits[0].id)
        return Match("several", candidates=[person.id for person in found])
    person = found[0]
    born = asked.birth and person.birth == asked.birth
    if wanted and not born and unit_key(person.unit) != wanted and wanted not in units:
        return Match("other_unit", candidates=[person.id])
    return Match("name", person.id)


def find_unit(name: str, units: Sequence[tuple[int, str]]) -> Match:
    """Find a unit by its name.

    :param units: list of (id, name)

    >>> units = [(1, "Phòng Tổng hợp"), (2, "Phòng Kế toán"), (3, "Phòng Kế toán")]
    >>> find_unit("P. Tổng hợp", units).id, find_unit("Phòng Kế toán", units).candidates
    (1, [2, 3])
    >>> find_unit("Phòng Tổng họp", units)
    Match(reason='name', id=1, candidates=[])
    >>> find_unit("Phòng Tổng hơpj", units)
    Match(reason='alike', id=None, candidates=[1])
    """
    key = unit_key(name)
    same = [unit for unit, other in units if unit_key(other) == key]
    if len(same) == 1:
        return Match("name", same[0])
    if same:
        return Match("several", candidates=same)
    alike = [unit for unit, other in units if SequenceMatcher(None, key, unit_key(other)).ratio() >= ALIKE]
    return Match("alike" if alike else "nobody", candidates=alike)
