"""One model, one class, in the room ARCHITECTURE.md says: anything else is a complaint."""

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
    return found + split(checkout, names)


def split(checkout, names):
    """Return a complaint for each further class of a model inside ``models/``.

    pylint-odoo's own rule does not see them: it passes over a class with a ``_name``, and over a list of parents.
    """
    first, found = {}, []
    for name in sorted(names):
        if Path(name).parts[0] == "models" and name.endswith(".py"):
            for line, model in get_classes((checkout / name).read_text(encoding="utf-8")):
                place = first.setdefault(model, f"{name}:{line}")
                if place != f"{name}:{line}":
                    found.append(f"{name}:{line}: {model} has a class at {place} already: put them together")
    return found


def get_classes(text):
    """Yield the line of each class and the model it makes or adds to.

    >>> one = "class A:\\n    _name = 'a'\\n    _inherit = ['b']"
    >>> list(get_classes(one + "\\nclass C:\\n    _inherit = ['c', 'd']\\nclass E:\\n    _inherit = 'e'"))
    [(1, 'a'), (4, 'c'), (6, 'e')]
    """
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef):
            said = dict(_get_constants(node))
            parents = said.get("_inherit") or ()
            model = said.get("_name") or (parents if isinstance(parents, str) else next(iter(parents), None))
            if model:
                yield node.lineno, model


def _get_constants(node):
    """Yield (name, value) of what a class says of itself in plain values."""
    for line in node.body:
        if isinstance(line, ast.Assign) and len(line.targets) == 1:
            try:
                yield getattr(line.targets[0], "id", ""), ast.literal_eval(line.value)
            except ValueError:
                continue


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
