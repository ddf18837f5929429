"""Every example in the docstrings of what needs Odoo holds; those of the engine are run without it."""

import doctest
from importlib import import_module
from pathlib import Path

from odoo.tests import BaseCase, tagged

TOP = Path(__file__).resolve().parents[2]
ROOMS = ("controllers", "models", "report", "wizard")


@tagged("post_install", "-at_install")
class TestExamples(BaseCase):
    def test_examples(self):
        files = [path for room in ROOMS for path in (TOP / room).rglob("*.py") if ">>> " in path.read_text()]
        self.assertGreater(len(files), 5)
        for path in files:
            name = ".".join(path.relative_to(TOP).with_suffix("").parts)
            with self.subTest(module=name):
                result = doctest.testmod(import_module(f"odoo.addons.hr_emulation.{name}"))
                self.assertGreater(result.attempted, 0)
                self.assertFalse(result.failed)
