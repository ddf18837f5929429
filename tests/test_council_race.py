"""Members cast at the same moment, on real connections of their own."""

from odoo.exceptions import AccessError, LockError
from odoo.fields import Command
from odoo.service.model import retrying
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .race_common import RaceCase

MEMBERS = 4


@tagged("post_install", "-at_install")
class TestCouncilRace(RaceCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(self.clean_up)
        with self.connection() as env:
            users = [
                new_test_user(env, f"emulation_vote_race_{number}", groups="base.group_user")
                for number in range(MEMBERS)
            ]
            employees = env["hr.employee"].create([{"name": user.name, "user_id": user.id} for user in users])
            council = env["emulation.council"].create(
                {
                    "name": "Hội đồng thử tranh chấp",
                    "member_ids": [
                        Command.create({"employee_id": employee.id, "role": "member"})
                        for employee in employees
                    ],
                }
            )
            award = env["emulation.award"].create({"code": "TEST-VOTE-RACE", "name": "Thử bỏ phiếu"})
            records, partners = self.create_proposals(env, award, 3)
            records._do_submit()
            records._do_appraise()
            session = env["emulation.session"]._create_for(council, records)
            session.write({"chair_id": council.member_ids[0].id, "secretary_id": council.member_ids[1].id})
            session.action_all_present()
            session.action_open()
            self.session_id, self.user_ids = session.id, [user.id for user in users]
            self.made = [
                ("emulation.commendation", records.ids),
                ("emulation.council", council.ids),
                ("hr.employee", employees.ids),
                ("emulation.award", award.ids),
            ]
            self.partner_ids = partners.ids

    def clean_up(self):
        with self.connection() as env:
            env.cr.execute(
                "DELETE FROM emulation_ballot b USING emulation_session_item i "
                "WHERE i.id = b.item_id AND i.session_id = %s",
                [self.session_id],
            )
            for table in ("emulation_session_item", "emulation_session_attendance"):
                env.cr.execute(f"DELETE FROM {table} WHERE session_id = %s", [self.session_id])
            env.cr.execute("DELETE FROM emulation_session WHERE id = %s", [self.session_id])
            for model, ids in self.made:
                env["mail.message"].search([("model", "=", model), ("res_id", "in", ids)]).unlink()
                env["mail.activity"].with_context(active_test=False).search(
                    [("res_model", "=", model), ("res_id", "in", ids)]
                ).unlink()
                if model == "emulation.commendation":
                    env.cr.execute("DELETE FROM emulation_commendation WHERE id = ANY(%s)", [ids])
                else:
                    env[model].browse(ids).unlink()
            env["mail.message"].search(
                [("model", "=", "emulation.session"), ("res_id", "=", self.session_id)]
            ).unlink()
            users = env["res.users"].browse(self.user_ids)
            partners = users.partner_id | env["res.partner"].browse(self.partner_ids)
            users.write({"group_ids": [Command.set(env.ref("base.group_user").ids)]})
            users.unlink()
            partners.unlink()

    def cast(self, env, choice):
        session = env["emulation.session"].sudo().browse(self.session_id)
        session._do_cast(env.user, dict.fromkeys(session.item_ids.ids, choice))

    def count(self):
        with self.connection() as env:
            env.cr.execute(
                "SELECT choice, count(*) FROM emulation_ballot b JOIN emulation_session_item i ON i.id = b.item_id "
                "WHERE i.session_id = %s GROUP BY 1",
                [self.session_id],
            )
            return dict(env.cr.fetchall())

    def test_two_members_at_once_take_two_ballots(self):
        """Neither waits for the other: a ballot somebody else is filling is skipped."""
        first_user, second_user = self.user_ids[:2]
        with self.connection(first_user) as first, self.connection(second_user) as second:
            self.cast(first, "agree")
            self.cast(second, "disagree")
        self.assertEqual(self.count(), {"agree": 3, "disagree": 3, None: 6})

    def test_the_later_of_two_votes_again_on_fresh_ballots(self):
        """All but one ballot of each item went while the last member's page was open."""
        with self.connection(self.user_ids[3]) as last:
            last["emulation.session"].sudo().browse(self.session_id).item_ids.mapped("sequence")
            for user_id in self.user_ids[:3]:
                with self.connection(user_id) as env:
                    self.cast(env, "agree")
            with mute_logger("odoo.service.model", "odoo.sql_db"):
                # As the web server does: the whole request is played again after a conflict.
                retrying(lambda: self.cast(last, "blank"), last)
        self.assertEqual(self.count(), {"agree": 9, "blank": 3})

    def test_one_member_in_two_windows_votes_once(self):
        user_id = self.user_ids[0]
        with self.connection(user_id) as first, self.connection(user_id) as second:
            self.cast(first, "agree")
            with self.assertRaises(LockError):
                self.cast(second, "disagree")
            second.cr.rollback()
        with self.connection(user_id) as again, self.assertRaises(AccessError):
            self.cast(again, "disagree")
        self.assertEqual(self.count(), {"agree": 3, None: 9})

    def test_a_vote_does_not_slip_in_while_the_session_closes(self):
        for user_id in self.user_ids[:3]:
            with self.connection(user_id) as env:
                self.cast(env, "agree")
        with self.connection(self.user_ids[3]) as last:
            last["emulation.session"].sudo().browse(self.session_id).mapped("state")
            with self.connection() as env:
                env["emulation.session"].browse(self.session_id).action_close()
            with mute_logger("odoo.service.model", "odoo.sql_db"), self.assertRaises(AccessError):
                retrying(lambda: self.cast(last, "disagree"), last)
        self.assertEqual(self.count(), {"agree": 9})
