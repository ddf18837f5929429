"""ARCHITECTURE.md says what the code is: its tables are compared with the folders and the rules of the lint."""

import re
from pathlib import Path

from tools import architecture, layers

TOP = Path(__file__).parents[2]
PAGE = (TOP / "ARCHITECTURE.md").read_text(encoding="utf-8")


def get_rows(heading):
    """Return the cells of the first table under a heading."""
    part = PAGE.split(f"## {heading}\n", 1)[1]
    table = re.search(r"^\|.*\n\|[-| ]+\n((?:\|.*\n)+)", part, re.M)[1]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()]


def get_names():
    return [str(path.relative_to(TOP)) for path in (TOP / "models").glob("*/*.py")]


def test_every_model_has_its_room():
    names = get_names()
    assert not architecture.broken(TOP, [architecture.PAGE, *names])
    folders = {path.name for path in (TOP / "models").iterdir() if (path / "__init__.py").is_file()}
    assert architecture.get_rooms(PAGE).keys() == folders


def test_a_model_without_a_room_is_told(tmp_path):
    names = [architecture.PAGE, *get_names()]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((TOP / name).read_bytes())
    planted = tmp_path / "models/merit/emulation_planted.py"
    planted.write_text('class Planted:\n    _name = "emulation.planted"\n')
    (tmp_path / "models/merit/emulation_rating.py").unlink()
    names = [name for name in names if (tmp_path / name).exists()]
    found = architecture.broken(tmp_path, [*names, "models/merit/emulation_planted.py"])
    assert [line.rpartition(" ")[2] for line in found] == ["emulation.planted", "emulation.rating"]


def test_a_second_class_of_a_model_is_told(tmp_path):
    """Also the forms that pylint-odoo does not see."""
    (tmp_path / "models/merit").mkdir(parents=True)
    classes = {
        "one": 'class One:\n    _name = "emulation.one"\n    _inherit = ["mail.thread"]\n',
        "other": 'class One:\n    _inherit = "emulation.one"\n',
        "third": 'class One:\n    _name = "emulation.one"\n    _inherit = ["emulation.one"]\n',
        "two": 'class Two:\n    _inherit = ["emulation.two", "emulation.one"]\n',
    }
    names = [f"models/merit/{name}.py" for name in classes]
    for name, text in zip(names, classes.values(), strict=True):
        (tmp_path / name).write_text(text)
    found = architecture.split(tmp_path, names)
    assert [line.partition(":")[0] for line in found] == names[1:3]
    assert all("emulation.one" in line for line in found)


def test_a_model_has_one_room():
    rooms = architecture.get_rooms(PAGE)
    names = [name for models in rooms.values() for name in models]
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


def test_no_door_does_what_a_verb_asks_about():
    """A door presses the button: what another addon asks before a verb is asked there too."""
    own_check = {"_do_cast", "_do_comment"}  # no verbs: the ballot of a member, the comment on a list
    called = set()
    for file in (TOP / "controllers").rglob("*.py"):
        called |= set(re.findall(r"\._do_\w+(?=\()", file.read_text(encoding="utf-8")))
    assert {name.lstrip(".") for name in called} == own_check


def test_what_it_points_to_is_there():
    for name in re.findall(r"`((?:models|tests|engine|report)/[\w/]+\.py)`", PAGE):
        assert (TOP / name).is_file(), name
    for name in re.findall(r"\]\(([\w/.-]+)\)", PAGE):
        assert (TOP / name).exists(), name


def test_the_code_cites_only_documents_that_are_here():
    for file in TOP.rglob("*.py"):
        for name in re.findall(r"\b(?:docs/)?[\w-]+\.md\b", file.read_text(encoding="utf-8")):
            if not file.is_relative_to(TOP / "tests"):  # tests of the tools write pages of their own
                assert any((TOP / folder / name).is_file() for folder in ("", "docs", "tools/bench")), (
                    file,
                    name,
                )


def test_laws_are_cited_by_their_names():
    short = re.compile(r"\bL\d\d (?:Art|§)|\bND\d+ (?:Art|§)|\bDESIGN\b|§\s*\d")
    for file in [*TOP.rglob("*.py"), *TOP.rglob("*.xml"), *TOP.rglob("*.csv")]:
        if file != Path(__file__):
            assert not short.search(file.read_text(encoding="utf-8")), file
