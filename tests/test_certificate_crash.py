"""What one transaction cannot show: two issue a decision at once; the server that prints is killed."""

import json
import os
import signal
import subprocess
import sys

from odoo.exceptions import LockError
from odoo.service.model import retrying
from odoo.tests import get_db_name, tagged
from odoo.tools import mute_logger

from ..models.document import emulation_certificate_print
from .race_common import DecisionRaceCase, get_server_options

COUNT, CHUNK = 24, 6
# Another server, with a print job that stops for ever with its second chunk kept and not yet committed.
OTHER_SERVER = """
import json, sys, time
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.service.server import load_server_wide_modules
from odoo.tools import config
options, database, chunk_module, chunk = json.loads(sys.argv[1])
config.parse_config(options)
load_server_wide_modules()
registry = Registry(database)
__import__(chunk_module, fromlist="*").CHUNK = chunk
kept = []
keep = registry["emulation.certificate"]._keep_pages
def keep_and_stop(cards, pages):
    keep(cards, pages)
    kept.append(cards)
    if len(kept) == 2:
        cards.env.flush_all()
        print("in the middle", flush=True)
        time.sleep(600)
registry["emulation.certificate"]._keep_pages = keep_and_stop
with registry.cursor() as cursor:
    api.Environment(cursor, SUPERUSER_ID, {})["emulation.certificate"]._cron_print()
print("finished", flush=True)
"""


@tagged("post_install", "-at_install")
class TestCertificateCrash(DecisionRaceCase):
    count = COUNT

    def files(self, env):
        """Return the number of files kept for each certificate."""
        cards = self.decision(env).certificate_ids
        groups = env["ir.attachment"]._read_group(
            [("res_model", "=", cards._name), ("res_id", "in", cards.ids)], ["res_id"], ["__count"]
        )
        return [count for _card, count in groups]

    def test_who_issues_second_finds_it_locked_or_issued(self):
        with self.connection() as late:
            late["emulation.decision"].search_count([])  # this transaction has begun
            with self.connection() as first:
                self.decision(first)._do_issue()
                first.flush_all()
                with self.connection() as second, self.assertRaises(LockError):
                    self.decision(second)._do_issue()
            with mute_logger("odoo.service.model", "odoo.sql_db"):
                # As the web server does: the whole request is played again after a conflict.
                retrying(lambda: self.decision(late)._do_issue(), late)
        with self.connection() as env:
            decision = self.decision(env)
            self.assertEqual(decision.state, "issued")
            self.assertEqual(len(decision.certificate_ids), COUNT)
            owner = [("res_model", "=", decision._name), ("res_id", "=", decision.id)]
            self.assertEqual(env["ir.attachment"].search_count(owner), 1)

    def test_opened_while_another_prints_it(self):
        self.issue()
        with self.connection() as job, self.connection() as reader:
            self.decision(job).certificate_ids[0]._print_chunk()
            job.flush_all()
            with self.assertRaises(LockError):
                self.decision(reader).certificate_ids[0]._get_pdf()
        with self.connection() as env:
            self.assertEqual(self.files(env), [1])

    def test_killed_in_the_middle_it_goes_on_and_prints_nothing_twice(self):
        self.issue()
        with self.connection() as env:
            self.decision(env).certificate_ids._write_protected({"print_state": "queued"})
        self._print_elsewhere_and_kill()
        with self.connection() as env:
            kept = {
                card.id: card.attachment_id.id
                for card in self.decision(env).certificate_ids
                if card.attachment_id
            }
            self.assertEqual(len(kept), CHUNK, "one chunk is kept, the second was not committed")
            env["emulation.certificate"]._cron_print()
        with self.connection() as env:
            cards = self.decision(env).certificate_ids
            self.assertEqual(set(cards.mapped("print_state")), {"done"})
            self.assertEqual(self.files(env), [1] * COUNT)
            self.assertEqual({card.id: card.attachment_id.id for card in cards if card.id in kept}, kept)

    def _print_elsewhere_and_kill(self):
        command = [
            sys.executable,
            "-c",
            OTHER_SERVER,
            json.dumps([get_server_options(), get_db_name(), emulation_certificate_print.__name__, CHUNK]),
        ]
        environ = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        server = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ, cwd="/"
        )
        try:
            said = server.stdout.readline().strip()
            os.kill(server.pid, signal.SIGKILL)
        finally:
            server.kill()
            _output, errors = server.communicate()
        self.assertEqual(said, "in the middle", errors[-2000:])
