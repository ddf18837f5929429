"""A participant who leaves a running campaign: what it owes stops, what it did stays, and it may come back."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_unit_report import UnitReportCommon

REASON = "Chuyển công tác sang cơ quan khác"


@tagged("post_install", "-at_install")
class TestLeaving(UnitReportCommon):
    def setUp(self):
        super().setUp()
        self.person, self.room = self.register(self.employee_sub, self.unit)
        self.officer = (self.person | self.room).with_user(self.user_officer)

    def leave(self, registrations):
        registrations.with_user(self.user_officer)._run_verb("leave", reason=REASON)

    def test_the_officer_takes_out_with_a_reason(self):
        for user in (self.user_head, self.user_other_head):
            with self.assertRaises(UserError):
                self.room.with_user(user)._run_verb("leave", reason=REASON)
        with self.assertRaises(UserError):
            self.officer._do_leave(" ")
        self.assertTrue(self.officer[0].can_leave)
        self.assertEqual(self.officer.action_leave()["res_model"], "emulation.reason.wizard")
        self.leave(self.person)
        self.assertEqual(
            (self.person.state, self.person.left_on, self.person.leaving_reason),
            ("left", self.today, REASON),
        )
        self.assertIn(REASON, "".join(map(str, self.person.message_ids.mapped("body"))))
        for values in ({"left_on": False}, {"state": "approved"}):
            with self.assertRaises(UserError):
                self.officer[0].write(values)

    def test_a_closed_campaign_lets_nobody_go(self):
        self.amend(self.campaign, state="closed")
        self.assertFalse(self.officer[0].can_leave)
        with self.assertRaises(UserError):
            self.leave(self.person)

    def test_its_sheets_wait_for_nobody(self):
        review = self.open_round()
        sheet, other = (
            review.evaluation_ids.filtered(lambda one, who=who: one.participation_id == who)
            for who in (self.person, self.room)
        )
        self.assertEqual(review.to_do_count, 2)
        self.fill(sheet, self.user_officer)
        self.assertTrue(sheet.with_user(self.user_head).is_my_turn)
        self.leave(self.person)
        self.assertEqual((sheet.state, other.state), ("stopped", "draft"))
        sheet.invalidate_recordset()
        self.assertFalse(sheet.with_user(self.user_head).is_my_turn)
        self.assertEqual((review.evaluation_count, review.to_do_count), (1, 1))
        for deed in (sheet.action_verify, sheet.action_submit, sheet.action_return):
            with self.assertRaises(UserError):
                deed()
        with self.assertRaises(UserError):
            sheet.with_user(self.user_officer).score_ids[0].actual_value = 7
        other._write_protected({"state": "confirmed"})
        review.with_user(self.user_officer).action_close()
        self.assertEqual(review.state, "closed")
        later = self.open_round()
        self.assertEqual(later.evaluation_ids.participation_id, self.room)

    def test_what_was_concluded_stays(self):
        review = self.open_round()
        review.evaluation_ids._write_protected({"state": "confirmed", "final_total": 90})
        before = (self.campaign.registration_count, self.campaign.approved_count)
        self.leave(self.person)
        self.campaign.invalidate_recordset()
        self.assertEqual(set(review.evaluation_ids.mapped("state")), {"confirmed"})
        self.assertEqual((self.campaign.registration_count, self.campaign.approved_count), before)
        self.assertEqual((self.campaign.left_count, self.campaign.tree_approved_count), (1, before[1]))
        sentences = " ".join(review.with_user(self.user_officer)._get_report()["participation"])
        self.assertIn("đã duyệt 01 cá nhân và 01 tập thể", sentences)
        self.assertIn("Đã thôi tham gia giữa chừng: 01 cá nhân.", sentences)
        self.assertIn("Đã kết luận 02/02 phiếu", sentences)

    def test_its_targets_take_no_figures_and_keep_what_they_reached(self):
        above = self.new_target(figure=400, roll_up="sum")
        ours = self.new_target(department_id=self.unit.id, parent_id=above.id)
        theirs = self.new_target(department_id=self.other_unit.id, parent_id=above.id)
        waiting = self.new_target(department_id=self.unit.id, state="submitted")
        self.report(ours, 150)
        self.report(theirs, 90)
        self.leave(self.room)
        self.assertEqual((ours.state, waiting.state, theirs.state), ("stopped", "draft", "active"))
        self.assertEqual((above.reached, ours.reached), (240, 150))
        self.assertEqual(above._get_reached_on(self.today)[above.id], 240)
        with self.assertRaises(UserError):
            self.report(ours, 160, self.user_head)
        with self.assertRaisesRegex(UserError, "left"):
            waiting.with_user(self.user_head).action_submit()
        self.report(theirs, 100)
        self.assertEqual(above.reached, 250)

    def test_who_left_without_a_figure_weighs_nothing_in_a_mean(self):
        above = self.new_target(figure=100, unit_of_measure="%", adds_up=False, roll_up="mean")
        common = {"figure": 100, "unit_of_measure": "%", "adds_up": False, "parent_id": above.id}
        self.new_target(department_id=self.unit.id, **common)
        self.report(self.new_target(department_id=self.other_unit.id, **common), 80)
        self.assertEqual(above.reached, 40)
        self.leave(self.room)
        self.assertEqual(above.reached, 80)
        self.assertEqual(above._get_reached_on(self.today)[above.id], 80)

    def test_its_reports_are_not_asked_for_any_more(self):
        self.env["emulation.installation"]._do_open_for_demonstration()
        handed_in = self.new_round(due=5, name="Quý I").report_ids
        self.answer(handed_in.filtered(lambda one: one.department_id == self.unit), self.user_head)
        handed_in = handed_in.filtered(lambda one: one.department_id == self.unit)
        handed_in.with_user(self.user_head).action_submit()
        owing = self.new_round(due=3, name="Quý II")
        report = owing.report_ids.filtered(lambda one: one.department_id == self.unit)
        self.assertEqual((owing.report_count, owing.received_count), (2, 0))
        self.leave(self.room)
        owing.invalidate_recordset()
        self.assertEqual((handed_in.state, report.state), ("submitted", "stopped"))
        self.assertEqual((owing.report_count, owing.received_count, report.days_late), (1, 0, 0))
        self.assertNotIn(self.unit.name, owing._get_state_sentence())
        before = self.env["mail.mail"].search([])
        self.env["emulation.report.round"]._cron_remind()
        told = (self.env["mail.mail"].search([]) - before).recipient_ids
        self.assertNotIn(self.user_head.partner_id, told)
        later = self.new_round(due=30, name="Quý III")
        self.assertEqual(later.report_ids.department_id, self.other_unit)
        schedule = self.env["emulation.report.schedule"].new({"campaign_id": self.campaign.id})
        self.assertNotIn(self.unit, schedule.unit_ids._origin)

    def test_its_unit_is_not_reminded_to_register(self):
        self.leave(self.room)
        self.campaign.with_user(self.user_officer).action_remind_units()
        self.assertNotIn(self.user_head, self.campaign.activity_ids.user_id)

    def test_it_comes_back(self):
        review, rounds = self.open_round(), self.new_round(due=5)
        aim = self.new_target(department_id=self.unit.id)
        self.leave(self.person | self.room)
        with self.assertRaises(UserError):
            self.room.with_user(self.user_head)._run_verb("come_back")
        self.officer.action_come_back()
        self.assertEqual(set(self.officer.mapped("state")), {"approved"})
        self.assertFalse(any(self.officer.mapped("left_on")) or any(self.officer.mapped("leaving_reason")))
        self.assertEqual(set(review.evaluation_ids.mapped("state")), {"draft"})
        self.assertEqual((aim.state, set(rounds.report_ids.mapped("state"))), ("active", {"owed"}))

    def test_the_person_is_told(self):
        self.leave(self.room)
        news = self.env["emulation.news"].search([("user_id", "=", self.user_head.id)], limit=1)
        self.assertEqual(news.kind, "registration_left")
        self.assertIn(self.campaign.name, news._get_lines()[0]["text"])

    def test_cost_does_not_grow(self):
        def make(number):
            units = self.env["hr.department"]
            for index in range(number):
                units |= self.new_unit(f"Đơn vị rời {number}-{index}")
            registrations = self.register(*units)
            for unit in units:
                self.new_target(department_id=unit.id)
            self.new_round(units, due=5, name=f"Đợt {number}")
            review = self.open_round()
            self.assertTrue(review.evaluation_ids)
            officer = registrations.with_user(self.user_officer)
            return (
                self.count_queries(lambda: officer._run_verb("leave", reason=REASON)),
                self.count_queries(officer.action_come_back),
            )

        make(2)
        few, many = make(2), make(22)
        for cheap, dear in zip(few, many, strict=True):
            self.assertLessEqual(dear, cheap)


@tagged("post_install", "-at_install")
class TestGone(UnitReportCommon):
    def test_who_left_the_agency_is_found(self):
        person, other = self.register(self.employee_sub, self.employee_proposer)
        self.employee_sub.active = False
        room = self.register(self.other_unit)
        self.other_unit.active = False
        mine = self.env["emulation.participation"].with_user(self.user_officer)
        found = mine.search([("campaign_id", "=", self.campaign.id), ("is_gone", "=", True)], order="id")
        self.assertEqual(found.ids, (person | room).ids)
        self.assertEqual(
            [one.with_user(self.user_officer).is_gone for one in person | other | room], [True, False, True]
        )
        found[0]._run_verb("leave", reason=REASON)
        self.assertEqual(mine.search([("is_gone", "=", True)]).ids, room.ids)
