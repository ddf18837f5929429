"""What one transaction cannot show: two issue a decision at once; the server that prints is killed."""

from odoo.exceptions import LockError
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.document import emulation_certificate_print
from ..helpers.race_common import DecisionRaceCase

COUNT, CHUNK = 24, 6
# A print job that stops for ever with its second chunk kept and not yet committed.
PRINTING = """
import signal
__import__(values["module"], fromlist="*").CHUNK = values["chunk"]
model = env.registry["emulation.certificate"]
kept, keep = [], model._keep_pages
def keep_and_stop(cards, pages):
    keep(cards, pages)
    kept.append(cards)
    if len(kept) == 2:
        cards.env.flush_all()
        print("in the middle", flush=True)
        signal.pause()  # until it is killed
model._keep_pages = keep_and_stop
env["emulation.certificate"]._cron_print()
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
        self.kill_elsewhere(PRINTING, module=emulation_certificate_print.__name__, chunk=CHUNK)
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
