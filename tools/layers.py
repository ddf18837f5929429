"""Which folder may import which: one direction, doors → models → plain Python."""

import ast
from pathlib import Path, PurePosixPath

from .places import MODULE

PLAIN = {"engine", "printing", "office"}  # need no Odoo
DOORS = {"controllers", "report", "wizard"}
# What a folder may import of this addon and of Odoo; nothing else.
ALLOWED = {
    "engine": {"engine"},
    "printing": {"printing"},
    "office": {"office", "engine"},
    "models": PLAIN | {"models", "odoo"},
    **dict.fromkeys(DOORS, PLAIN | DOORS | {"models", "odoo"}),
    "demo": PLAIN | {"demo", "models", "odoo"},
    "tools": PLAIN | DOORS | {"tools", "models", "odoo"},
}


def broken(checkout, names):
    """Return a complaint for each import of the checkout's files that goes against the direction."""
    own = {Path(name).parts[0] for name in names}
    found = []
    for name in names:
        folder = Path(name).parts[0]
        if name.endswith(".py") and folder in ALLOWED:
            tree = ast.parse((checkout / name).read_text(encoding="utf-8"))
            found += [
                f"{name}:{line}: {folder}/ imports nothing of {target}"
                for line, target in imports(tree, name)
                if target in own | {"odoo"} and target not in ALLOWED[folder]
            ]
    return found


def imports(tree, name):
    """Yield the line of each import and what it is of: a top folder of the checkout, or a package.

    >>> text = "from ...engine import prize\\nfrom odoo.addons.hr_emulation.tests import x\\nimport odoo.tools"
    >>> list(imports(ast.parse(text), "models/merit/x.py"))
    [(1, 'engine'), (2, 'tests'), (3, 'odoo')]
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, _top(alias.name.split("."))
        elif isinstance(node, ast.ImportFrom):
            here = PurePosixPath(name).parent.parts
            base = list(here[: len(here) - node.level + 1]) if node.level else []
            module = [*base, *(node.module or "").split(".")]
            for alias in node.names if not [part for part in module if part] else [None]:
                yield node.lineno, _top([part for part in module if part] or [alias.name])


def _top(parts):
    own = ["odoo", "addons", MODULE]
    return parts[len(own)] if parts[: len(own)] == own and len(parts) > len(own) else parts[0]
