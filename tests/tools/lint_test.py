"""The checkers see the addon: what is wrong is found, what is allowed is not reported twice."""

import os
import subprocess
from pathlib import Path

import pytest

from tools import lint, packages
from tools.places import Places

HERE = Path(__file__).resolve().parents[2]
MANIFEST = """{
    "name": "Planted",
    "summary": "Mistakes on purpose",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "nobody",
    "data": ["data/planted.xml"],
}
"""
ONE = "from odoo import models\n\n\nclass One(models.Model):\n    _inherit = 'res.partner'\n"
TWICE = '<record id="same" model="res.partner"><field name="name">A</field></record>'
PLANTED = {
    "__manifest__.py": MANIFEST,
    "__init__.py": "from . import models\n",
    "README.md": "# Planted\n",
    "models/__init__.py": "from . import one, two\n",
    "models/one.py": ONE,
    "models/two.py": ONE.replace("One", "Two"),
    "data/planted.xml": f"<odoo>{TWICE}{TWICE}</odoo>\n",
}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What the Odoo checkers say of an addon with mistakes that is the top of a git repository."""
    folder = tmp_path_factory.mktemp("planted")
    for name, text in PLANTED.items():
        (folder / "addon" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "addon" / name).write_text(text)
    for name in (".pylintrc", ".oca_hooks.cfg"):
        (folder / "addon" / name).write_text((HERE / name).read_text())
    subprocess.run(["git", "init", "-q", folder / "addon"], check=True)
    bin = packages.lint_environment(Places.of(HERE)) / "bin"
    places = Places.of(folder / "addon", {"HOME": str(folder / "home")})
    places.make()
    names = lint.files(places.checkout)
    return lint.run(lint.addon_checks(bin, places, {**os.environ, "PYTHONUTF8": "1"}), places, names)


def test_two_classes_of_one_model(found):
    assert any("consider-merging-classes-inherited" in line for line in found["pylint odoo"])


def test_a_record_twice(found):
    assert any("xml-duplicate-record-id" in line for line in found["odoo module"])


def test_the_complaint_names_the_file_as_the_checkout_has_it(found):
    assert any(line.startswith("models/") for line in found["pylint odoo"])
    assert any(line.startswith("data/planted.xml:") for line in found["odoo module"])


def test_a_checker_that_ends_badly_without_a_word_is_a_complaint(tmp_path):
    places = Places.of(tmp_path / "x", {"HOME": str(tmp_path)})
    (tmp_path / "x").mkdir()
    places.make()
    check = lint.Check("broken", ["false"], tmp_path, None)
    assert lint.run([check], places, [])["broken"] == ["exit status 1"]
