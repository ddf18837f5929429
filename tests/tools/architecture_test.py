"""ARCHITECTURE.md says what the code is: its tables are compared with the folders and the rules of the lint."""

import ast
import re
from pathlib import Path

from tools import layers

TOP = Path(__file__).parents[2]
PAGE = (TOP / "ARCHITECTURE.md").read_text(encoding="utf-8")
NO_ROOM = {"hr.department", "hr.employee", "hr.employee.public"}  # Odoo's own, extended


def get_rows(heading):
    """Return the cells of the first table under a heading."""
    part = PAGE.split(f"## {heading}\n", 1)[1]
    table = re.search(r"^\|.*\n\|[-| ]+\n((?:\|.*\n)+)", part, re.M)[1]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()]


def get_models(folder):
    """Return the models of a folder: every ``_name`` of a class."""
    found = set()
    for file in folder.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign) and [getattr(one, "id", "") for one in node.targets] == ["_name"]:
                found.add(ast.literal_eval(node.value))
    return found


def test_every_model_has_its_room():
    rooms = {row[0].strip("`/"): row[1] for row in get_rows("Rooms")}
    folders = {path.name for path in (TOP / "models").iterdir() if (path / "__init__.py").is_file()}
    assert set(rooms) == folders
    for room, cell in rooms.items():
        named = {f"emulation.{name.strip()}" for name in cell.split(";")[0].split(",")}
        assert named == get_models(TOP / "models" / room) - NO_ROOM, room


def test_a_model_has_one_room():
    rooms = [path for path in (TOP / "models").iterdir() if path.is_dir()]
    names = [name for room in rooms for name in get_models(room) - NO_ROOM]
    assert sorted(names) == sorted(set(names))


def test_the_layers_are_those_of_the_lint():
    told = {}
    for cell, _holds, imports in get_rows("Layers"):
        folders = [folder.strip("`/") for folder in re.findall(r"`[a-z]+/`", cell)]
        told.update(dict.fromkeys(folders, imports))
    assert layers.ALLOWED.keys() - told.keys() == set()
    for folder in ("engine", "printing"):
        assert told[folder] == "nothing"
        assert layers.ALLOWED[folder] == {folder}
    assert told["office"] == "`engine`"
    assert layers.ALLOWED["office"] == {"office", "engine"}
    assert told["models"] == "plain Python"
    assert layers.ALLOWED["models"] - {"models", "odoo"} == layers.PLAIN


def test_what_it_points_to_is_there():
    for name in re.findall(r"`((?:models|tests|engine|report)/[\w/]+\.py)`", PAGE):
        assert (TOP / name).is_file(), name
    for name in re.findall(r"\]\(([\w/.-]+)\)", PAGE):
        assert (TOP / name).exists(), name


def test_the_code_cites_only_documents_that_are_here():
    for file in TOP.rglob("*.py"):
        for name in re.findall(r"\b(?:docs/)?[\w-]+\.md\b", file.read_text(encoding="utf-8")):
            if not file.is_relative_to(TOP / "tests"):  # tests of the tools write pages of their own
                assert any((TOP / folder / name).is_file() for folder in ("", "docs", "tools/bench")), (file, name)


def test_laws_are_cited_by_their_names():
    short = re.compile(r"\bL\d\d (?:Art|§)|\bND\d+ (?:Art|§)|\bDESIGN\b|§\s*\d")
    for file in [*TOP.rglob("*.py"), *TOP.rglob("*.xml"), *TOP.rglob("*.csv")]:
        if file != Path(__file__):
            assert not short.search(file.read_text(encoding="utf-8")), file
