"""The benchmarks still run: each with a handful of records. What they would measure is not looked at."""

import contextlib
import importlib
import io
import sys
from pathlib import Path
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

from ... import tools
from ..helpers.council_common import keep_keys_apart

FOLDER = Path(tools.__file__).parent / "bench"
# Of each benchmark, what makes it large.
SMALL = {
    "bench_approval": {"COUNT": 3, "ROUNDS": 1},
    "bench_eligibility": {"PEOPLE": 100, "AWARDS_EACH": 2},
    "bench_reporting": {"PAST": (3, 5), "ROWS": 5},
    "bench_scoring": {"PEOPLE": 3},
}


@tagged("post_install", "-at_install")
class TestBenches(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(setattr, sys, "path", list(sys.path))
        sys.path.insert(0, str(FOLDER))
        keep_keys_apart(
            cls
        )  # one of them opens a vote, and the file of its key is no part of the transaction
        # They keep what they measure on; here all of it is undone.
        cls.startClassPatcher(patch.object(cls.cr, "commit", cls.cr.flush))

    def load(self, name, **small):
        module = importlib.import_module(name)
        for constant, value in small.items():
            self.patch(module, constant, value)
        return module

    def test_each_yields_what_it_measures(self):
        for name, small in SMALL.items():
            with (
                self.subTest(name),
                self.cr.savepoint() as savepoint,
                contextlib.redirect_stdout(io.StringIO()),
            ):
                found = list(self.load(name, **small).run(self.env))
                self.assertTrue(found)
                self.assertEqual(len({result.name for result in found}), len(found))
                savepoint.rollback()
            self.env.invalidate_all()

    def test_certificates_can_be_printed(self):
        bench = self.load("bench_certificates", COUNT=3)
        decision = bench.prepare(self.env)
        decision.action_issue()
        self.assertEqual(len(decision.certificate_ids), 3)
        self.env["emulation.installation"]._check_public_address()

    def test_pages_of_the_portal_are_filled(self):
        bench = self.load(
            "bench_portal",
            EMPLOYEES=20,
            CAMPAIGNS=2,
            COMMENDATIONS=3,
            OWN=2,
            WAITING=2,
            vacuum=lambda env: None,
        )
        self.assertGreater(len(bench.prepare(self.env)), 20)

    def test_the_longest_verbs_are_done(self):
        self.load("bench_scoring", PEOPLE=3)
        bench = self.load("bench_long", AT_ONCE=2, PIECE=1, LINES=2)
        self.assertEqual(len(list(bench.run(self.env))), 5)
