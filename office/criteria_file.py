"""A set of criteria as a file that another agency can read: JSON with every key known, nothing else.

Whom a line applies to, who marks it and where its figures come from belong to one agency and are not in it.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from .problems import OfficeError

FORMAT = "hr_emulation.criteria"
VERSION = 1
MOST_BYTES = 2_000_000
MOST_LINES = 500
MOST_LEVELS = 6
LARGEST = 1e9

Content = dict[str, Any]
Check = Callable[[object], bool]


def is_text(value: object) -> bool:
    """Tell whether a value is a text that a database can hold: no zero, no half of a letter.

    >>> is_text("Tốt"), is_text("a\\0"), is_text(chr(0xD800)), is_text("a" * 5001)
    (True, False, False, False)
    """
    if not isinstance(value, str) or len(value) > 5_000:
        return False
    return "\0" not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)


def is_name(value: object) -> bool:
    """Tell whether a value is one short line.

    >>> is_name("Kỷ luật"), is_name(" "), is_name("a\\nb"), is_name(5)
    (True, False, False, False)
    """
    return is_text(value) and bool(str(value).strip()) and len(str(value)) <= 500 and "\n" not in str(value)


def is_figure(value: object) -> bool:
    """Tell whether a value is a number from 0 to a thousand million.

    >>> is_figure(2.5), is_figure(-1), is_figure(float("nan")), is_figure(10**400), is_figure(True), is_figure("2")
    (True, False, False, False, False, False)
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return 0 <= value < LARGEST  # no comparison holds for what is no number


def is_measure(value: object) -> bool:
    """Tell whether a value may be a result: unlike points it may lie below 0 (growth, savings).

    >>> is_measure(-5), is_measure(5), is_measure(float("-inf")), is_measure(-1e9), is_measure("5")
    (True, True, False, False, False)
    """
    return is_figure(value) or (
        isinstance(value, int | float) and is_figure(-value) and not isinstance(value, bool)
    )


def is_count(value: object) -> bool:
    return is_figure(value) and isinstance(value, int) and value <= 1_000


def is_flag(value: object) -> bool:
    return isinstance(value, bool)


def is_list(value: object) -> bool:
    return isinstance(value, list) and len(value) <= MOST_LINES


def is_names(value: object) -> bool:
    return isinstance(value, list) and len(value) <= MOST_LINES and all(map(is_name, value))


def is_figures(value: object) -> bool:
    if not isinstance(value, dict) or len(value) > MOST_LINES:
        return False
    return all(map(is_name, value)) and all(map(is_figure, value.values()))


def one_of(*choices: str) -> Check:
    return lambda value: isinstance(value, str) and value in choices


class Part(NamedTuple):
    """What must and what may stand in one part of the file."""

    needed: Mapping[str, Check]
    possible: Mapping[str, Check]


SHEET = Part(
    {"name": is_name, "criteria": is_list},
    {
        "subject": one_of("individual", "collective", "any"),
        "scale": one_of("points", "weights", "levels"),
        "total_points": is_figure,
        "bonus_cap": is_figure,
        "deduction_cap": is_figure,
        "most_points": is_figure,
        "is_head_not_above": is_flag,
        "note": is_text,
        "grades": is_list,
        "ties": is_list,
        "fits": is_names,
    },
)
CRITERION = Part(
    {"name": is_name, "kind": one_of("group", "quantity", "rating", "yes_no", "bonus", "deduction")},
    {
        "code": is_name,
        "max_points": is_figure,
        "weight": is_figure,
        "minimum_points": is_figure,
        "target": is_measure,
        "unit_of_measure": is_name,
        "lower_is_better": is_flag,
        "least_value": is_measure,
        "points_per_occurrence": is_figure,
        "evidence_required": is_flag,
        "evidence_each": is_flag,
        "is_marked_only": is_flag,
        "is_whole_only": is_flag,
        "drawn_from": one_of("awards", "achievements", "absences"),
        "drawn_awards": is_names,
        "guidance": is_text,
        "steps": is_list,
        "levels": is_name,
        "minimums": is_figures,
        "children": is_list,
    },
)
STEP = Part(
    {"start": is_measure, "points": is_figure},
    {
        "end": is_measure,
    },
)
GRADE = Part(
    {"name": is_name, "min_points": is_figure},
    {
        "rating": one_of("excellent", "good", "completed", "not_completed"),
        "max_share": is_figure,
        "share_of": one_of("people", "next", "next_up"),
        "shares": is_figures,
        "conditions": is_list,
    },
)
CONDITION = Part(
    {
        "kind": one_of(
            *("least", "most", "full_lines", "weak_lines", "parts", "knock_most", "knock_least", "lower_most")
        )
    },
    {
        "criteria": is_names,
        "value": is_figure,
        "level": is_name,
        "count": is_count,
    },
)
TIE = Part(
    {"kind": one_of("criterion", "full_parts", "woman", "seniority", "handed_in")},
    {
        "criterion": is_name,
    },
)


def write(content: Content) -> bytes:
    """Return the file of a set.

    >>> write({"name": "Bộ tiêu chí"}).decode().splitlines()[1]
    '  "format": "hr_emulation.criteria",'
    """
    head = {"format": FORMAT, "version": VERSION}
    return (json.dumps(head | content, ensure_ascii=False, indent=2) + "\n").encode()


def read(data: bytes) -> Content:
    """Return what a file of criteria holds, every key and figure checked.

    :raises OfficeError: it is no such file, or says what is not known; which line, in its values

    >>> read(write({"name": "Bộ tiêu chí", "criteria": [{"name": "Kỷ luật", "kind": "rating", "code": "1"}]}))["name"]
    'Bộ tiêu chí'
    >>> read(write({"name": "Bộ tiêu chí", "criteria": [{"name": "Kỷ luật", "kind": "rating", "state": "x"}]}))
    Traceback (most recent call last):
    ...
    office.problems.OfficeError: Kỷ luật: “state” is not known or not possible.
    """
    if len(data) > MOST_BYTES:
        raise OfficeError("too_big", size=len(data) // 1_000_000, most=MOST_BYTES // 1_000_000)
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise OfficeError("not_criteria") from error
    if not isinstance(content, dict) or content.pop("format", None) != FORMAT:
        raise OfficeError("not_criteria")
    if content.pop("version", None) != VERSION:
        raise OfficeError("newer_criteria")
    _check(content, SHEET, str(content.get("name")))
    lines = list(iter_lines(content["criteria"]))
    _check_grades(content)
    _check_codes(content, lines)
    return content


def iter_lines(lines: list[Content], level: int = 1) -> Iterator[Content]:
    """Yield the lines of a file, each group before what it holds; each is checked before it is given.

    :raises OfficeError: a line says what is not known, or groups hold groups without end
    """
    for line in lines:
        _check(line, CRITERION, line.get("name") if isinstance(line, dict) else line)
        for step in line.get("steps", ()):
            _check(step, STEP, line["name"])
        below = line.get("children", [])
        if (below and line["kind"] != "group") or level > MOST_LEVELS:
            raise OfficeError("bad_criteria", where=line["name"], what="children")
        yield line
        yield from iter_lines(below, level + 1)


def _check_grades(content: Content) -> None:
    for grade in content.get("grades", ()):
        _check(grade, GRADE, grade.get("name") if isinstance(grade, dict) else grade)
        for condition in grade.get("conditions", ()):
            _check(condition, CONDITION, grade["name"])
    for tie in content.get("ties", ()):
        _check(tie, TIE, content["name"])


def _check_codes(content: Content, lines: list[Content]) -> None:
    """Refuse a code that stands for two lines, or a rule about a code that no line has."""
    if len(lines) > MOST_LINES:
        raise OfficeError("bad_criteria", where=content["name"], what="criteria")
    codes: set[str] = set()
    for line in lines:
        if line.get("code") in codes:
            raise OfficeError("bad_criteria", where=line["name"], what=line["code"])
        codes |= {line["code"]} if "code" in line else set()
    for grade in content.get("grades", ()):
        for condition in grade.get("conditions", ()):
            if unknown := set(condition.get("criteria", ())) - codes:
                raise OfficeError("bad_criteria", where=grade["name"], what=min(unknown))
    for tie in content.get("ties", ()):
        if (tie["kind"] == "criterion") != (tie.get("criterion") in codes):
            raise OfficeError("bad_criteria", where=tie["kind"], what=tie.get("criterion", "criterion"))


def _check(found: object, part: Part, where: object) -> None:
    """Refuse what lacks a key, has an unknown one, or a value that is not possible."""
    if not isinstance(found, dict):
        raise OfficeError("bad_criteria", where=str(where)[:80], what=str(found)[:80])
    known = {**part.needed, **part.possible}
    for key in [*part.needed, *found]:
        if key not in known or key not in found or not known[key](found[key]):
            raise OfficeError("bad_criteria", where=str(where)[:80], what=str(key)[:80])
