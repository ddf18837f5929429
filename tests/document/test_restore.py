"""The drill: a backup is restored under another name. Old papers verify, nothing new is signed."""

import json
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import odoo.service.db
from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tests import get_db_name, tagged
from odoo.tools import config, mute_logger

from ...printing import signing
from ..helpers.race_common import DecisionRaceCase

COPY = "_drill"


@tagged("post_install", "-at_install")
class TestRestore(DecisionRaceCase):
    count = 2

    def setUp(self):
        super().setUp()
        self.issue()
        self.name = get_db_name() + COPY
        self.startPatcher(patch.dict(config.options, {"list_db": True, "pg_path": self.get_programs()}))
        self.addCleanup(self.drop_copy)

    def get_programs(self):
        """Return the folder of pg_dump and psql: those of the server where none are installed."""
        found = shutil.which("pg_dump", path=config["pg_path"] or None)
        if found:
            return str(Path(found).parent)
        with self.registry.cursor() as cr:
            cr.execute("SELECT setting FROM pg_config WHERE name = 'BINDIR'")
            return cr.fetchone()[0]

    def drop_copy(self):
        Registry.delete(self.name)
        with mute_logger("odoo.service.db", "odoo.sql_db"):
            odoo.service.db.exp_drop(self.name)

    def restore(self, **options):
        # A server without the extensions that Odoo would like says so to the log and goes on.
        quiet = mute_logger("odoo.service.db", "odoo.sql_db")
        with tempfile.NamedTemporaryFile(suffix=".zip") as backup, quiet:
            odoo.service.db.dump_db(get_db_name(), backup)
            backup.flush()
            odoo.service.db.restore_db(self.name, backup.name, **options)

    @contextmanager
    def copied(self):
        with Registry(self.name).cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})

    def test_certificates_verify_and_nothing_new_is_signed(self):
        with self.connection() as env:
            cards = self.decision(env).certificate_ids
            codes = cards.mapped("payload")
            published = env["emulation.signing.key"]._get_public_keys()
        self.restore()
        with self.copied() as env:
            register = env["emulation.certificate"]
            self.assertEqual([register._verify_code(code).page for code in codes], ["issued"] * self.count)
            sheet = self.decision(env).document_attachment_id
            self.assertEqual(self.decision(env).document_check, "intact", sheet.store_fname)
            with self.assertRaises(UserError):
                register.search([("state", "=", "issued")], limit=1)._do_replace("Thử")
            env["emulation.installation"]._do_adopt()
            key = env["emulation.signing.key"]._get_current(env.company)
            with self.assertRaises(UserError):
                key._get_private_key()  # its file did not come along: an administrator makes a new key
            key.action_rotate()
            card = register.search([("state", "=", "issued")], limit=1)._do_replace("Thử")
            self.assertEqual(card._verify(card.payload).page, "issued")
            self.assertEqual(signing.check(card.payload, published), ("unknown_key", None))

    def test_a_neutralised_copy_deceives_nobody(self):
        with self.connection() as env:
            keys = env["emulation.signing.key"]._get_key_list()
        self.restore(copy=True, neutralize_database=True)
        with self.copied() as env:
            env.cr.execute("SELECT count(*) FROM emulation_signing_key WHERE private_key IS NOT NULL")
            self.assertEqual(env.cr.fetchall(), [(0,)])
            card = env["emulation.certificate"].search([("state", "=", "issued")], limit=1)._do_replace("Thử")
            self.assertTrue(env["emulation.installation"]._is_copy())
            self.assertFalse(
                env["ir.mail_server"].search([("active", "=", True), ("smtp_host", "!=", "invalid")])
            )
            crons = env["ir.cron"].search([("cron_name", "ilike", "emulation")])
            self.assertFalse(crons, "no job of this addon runs in a copy")
            code = card.payload
        self.assertIn("UNKNOWN KEY", self.check_offline(keys, f"https://thidua.example.org/kt/{code}"))

    def check_offline(self, keys, text):
        script = Path(__file__).parents[2] / "docs/verify_certificate.py"
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(keys, file)
            file.flush()
            done = subprocess.run(
                [sys.executable, script, file.name, text], capture_output=True, text=True, check=False
            )
        self.assertFalse(done.stderr)
        return done.stdout
