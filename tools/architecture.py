"""ARCHITECTURE.md says in which room each model lies: what it leaves out is a complaint."""

import ast
import re
from pathlib import Path

PAGE = "ARCHITECTURE.md"
PREFIX = "emulation."


def broken(checkout, names):
    """Return a complaint for each model that stands in no row of the table of rooms, or in a wrong one."""
    if PAGE not in names:
        return []
    told = get_rooms((checkout / PAGE).read_text(encoding="utf-8"))
    there = {}
    for name in names:
        parts = Path(name).parts
        if parts[0] == "models" and len(parts) == 3 and name.endswith(".py"):
            text = (checkout / name).read_text(encoding="utf-8")
            there.setdefault(parts[1], set()).update(get_models(text))
    found = []
    for room in sorted({*told, *there}):
        missing = there.get(room, set()) - told.get(room, set())
        gone = told.get(room, set()) - there.get(room, set())
        found += [
            f"{PAGE}: say in the table of rooms that models/{room}/ has {name}" for name in sorted(missing)
        ]
        found += [f"{PAGE}: models/{room}/ has no {name}" for name in sorted(gone)]
    return found


def get_models(text):
    """Return the models of ours that a file makes.

    >>> sorted(get_models("class A:\\n    _name = 'emulation.a'\\nclass B:\\n    _name = 'hr.employee'"))
    ['emulation.a']
    """
    return {
        node.value.value
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Assign)
        and [getattr(one, "id", "") for one in node.targets] == ["_name"]
        and isinstance(node.value, ast.Constant)
        and node.value.value.startswith(PREFIX)
    }


def get_rooms(page):
    """Return {room: models} of the table; what stands behind a semicolon is explanation.

    >>> rooms = get_rooms("| room of `models/` | models |\\n|---|---|\\n| `a/` | one, two.three; more |\\n")
    >>> rooms["a"] == {"emulation.one", "emulation.two.three"}
    True
    """
    table = re.search(r"^\| room of .*\n\|[-| ]+\n((?:\|.*\n)+)", page, re.M)
    rooms = {}
    for row in table[1].splitlines() if table else ():
        room, cell = (part.strip() for part in row.strip("|").split("|"))
        rooms[room.strip("`/")] = {PREFIX + name.strip() for name in cell.split(";")[0].split(",")}
    return rooms
