"""Two users act on the same rows at once, on two real connections."""

from odoo.fields import Command
from odoo.service.model import retrying
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import give_rule
from .race_common import RaceCase


@tagged("post_install", "-at_install")
class TestCommendationRace(RaceCase):
    def setUp(self):
        super().setUp()
        with self.connection() as env:
            users = [
                new_test_user(env, f"emulation_race_{name}", groups="hr_emulation.group_emulation_officer")
                for name in ("first", "second")
            ]
            award = env["emulation.award"].create({"code": "TEST-RACE", "name": "Thử tranh chấp"})
            self.book_id = give_rule(award).id
            records, partners = self.create_proposals(env, award, 3)
            records._do_submit()
            self.first_id, self.second_id = users[0].id, users[1].id
            self.ids, self.award_id, self.partner_ids = records.ids, award.id, partners.ids
        self.addCleanup(self.clean_up)

    def clean_up(self):
        with self.connection() as env:
            users = env["res.users"].browse([self.first_id, self.second_id])
            env["mail.message"].search(
                [("model", "=", "emulation.commendation"), ("res_id", "in", self.ids)]
            ).unlink()
            env["mail.activity"].with_context(active_test=False).search(
                [("user_id", "in", users.ids)]
            ).unlink()
            env.cr.execute("DELETE FROM emulation_commendation WHERE id = ANY(%s)", [self.ids])
            env["emulation.rulebook"].browse(self.book_id).unlink()
            env["emulation.award"].browse(self.award_id).unlink()
            partners = users.partner_id | env["res.partner"].browse(self.partner_ids)
            users.write({"group_ids": [Command.set(env.ref("base.group_user").ids)]})
            users.unlink()
            partners.unlink()

    def records(self, env, count=3):
        return env["emulation.commendation"].browse(self.ids[:count])

    def test_rows_held_by_another_are_skipped_and_explained(self):
        with self.connection(self.first_id) as first, self.connection(self.second_id) as second:
            self.records(first, 2).action_appraise()
            first.flush_all()
            action = self.records(second).action_appraise()
            result = second["emulation.bulk.result"].browse(action["res_id"])
            self.assertEqual((result.done_count, result.skipped_count), (1, 2))
            self.assertIn("Somebody else is working on it", result.line_ids.reason)
        self.check_once(appraisers=[self.first_id, self.first_id, self.second_id])

    def test_the_slower_one_is_told_and_nothing_happens_twice(self):
        with self.connection(self.second_id) as second:
            self.records(second).mapped("state")  # the second user's transaction has begun
            with self.connection(self.first_id) as first:
                self.records(first).action_appraise()
            with mute_logger("odoo.service.model", "odoo.sql_db"):
                # As the web server does: the whole request is played again after a conflict.
                action = retrying(lambda: self.records(second).action_appraise(), second)
            result = second["emulation.bulk.result"].browse(action["res_id"])
            self.assertEqual((result.done_count, result.skipped_count), (0, 3))
            self.assertIn("It is in another step: Appraised.", result.line_ids.reason)
        self.check_once(appraisers=[self.first_id] * 3)

    def check_once(self, appraisers):
        with self.connection() as env:
            records = self.records(env)
            self.assertEqual(records.mapped("state"), ["appraised"] * 3)
            self.assertEqual([record.appraiser_id.id for record in records], appraisers)
            for record in records:
                moves = record.message_ids.tracking_value_ids.mapped("new_value_char")
                self.assertEqual(moves.count("Appraised"), 1, "one note, not two")
