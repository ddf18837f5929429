"""Two users act on the same rows at once, on two real connections."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import retrying
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..helpers.common import give_rule
from ..helpers.race_common import RaceCase


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


@tagged("post_install", "-at_install")
class TestConsentRace(RaceCase):
    """A person agrees to be shown while the award is being taken back."""

    def setUp(self):
        super().setUp()
        with self.connection() as env:
            person = new_test_user(env, "emulation_race_person", groups="base.group_user")
            employee = env["hr.employee"].create({"name": "Người được khen", "user_id": person.id})
            award = env["emulation.award"].create({"code": "TEST-CONSENT", "name": "Thử đồng ý"})
            self.book_id = give_rule(award).id
            record = env["emulation.commendation"].create(
                {
                    "recipient_type": "employee",
                    "employee_id": employee.id,
                    "award_id": award.id,
                    "company_id": env.company.id,
                    "period_from": "2025-01-01",
                    "period_to": "2025-12-31",
                }
            )
            record._write_protected({"state": "granted", "granted_date": "2025-12-31"})
            self.person_id, self.employee_id = person.id, employee.id
            self.record_id, self.award_id = record.id, award.id
        self.addCleanup(self.clean_up)

    def clean_up(self):
        with self.connection() as env:
            env["mail.message"].search(
                [("model", "=", "emulation.commendation"), ("res_id", "=", self.record_id)]
            ).unlink()
            env.cr.execute("DELETE FROM emulation_commendation WHERE id = %s", [self.record_id])
            env["emulation.rulebook"].browse(self.book_id).unlink()
            env["emulation.award"].browse(self.award_id).unlink()
            user = env["res.users"].browse(self.person_id)
            env["hr.employee"].browse(self.employee_id).unlink()
            partner = user.partner_id
            user.unlink()
            partner.unlink()

    def record(self, env):
        return env["emulation.commendation"].browse(self.record_id)

    def said(self, env):
        """Return the answers of the person, the newest first."""
        return env["emulation.consent"].search([("commendation_id", "=", self.record_id)])

    def consent(self, env, given, story=""):
        env["emulation.consent"]._answer(self.record(env), given, story)

    def test_no_yes_to_what_was_taken_back_meanwhile(self):
        with self.connection(self.person_id) as person:
            self.assertEqual(self.record(person).state, "granted")  # the person's transaction has begun
            with self.connection() as other:
                self.record(other)._start("revoke", "Sai sự thật")._finish("revoke", "Sai sự thật")
            with mute_logger("odoo.service.model", "odoo.sql_db"), self.assertRaises(UserError):
                # As the web server does: the whole request is played again after a conflict.
                retrying(lambda: self.consent(person, True, "Chuyện của tôi"), person)
        with self.connection() as env:
            record = self.record(env)
            self.assertEqual((record.state, record.honour_consent), ("revoked", False))
            self.assertFalse(self.said(env))

    def test_a_yes_on_its_way_is_not_overrun(self):
        with self.connection(self.person_id) as person:
            self.consent(person, True, "Chuyện của tôi")
            person.flush_all()
            with mute_logger("odoo.sql_db"), self.assertRaises(UserError), self.connection() as other:
                self.record(other)._start("revoke", "Sai sự thật")
        with self.connection() as env:
            record = self.record(env)
            self.assertEqual((record.state, record.honour_consent), ("granted", True))
            record._start("revoke", "Sai sự thật")._finish("revoke", "Sai sự thật")
        with self.connection(self.person_id) as person:
            self.consent(person, False)  # taken back at any time
        with self.connection() as env:
            self.assertEqual(self.said(env).mapped("is_given"), [False, True])
