"""Targets: who registers, approves and reports; what counts, rolls up and is printed."""

from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ...report import emulation_review
from ..helpers.campaign_common import CampaignCommon


class TargetCommon(CampaignCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign.with_user(cls.user_officer).action_launch()
        cls.today = fields.Date.today()

    def new_target(self, user=None, state="active", **vals):
        """Create a target of 200 dossiers by ``user`` (default: the officer) and bring it to ``state``."""
        target = (
            self.env["emulation.target"]
            .with_user(user or self.user_officer)
            .create(
                {
                    "name": "Hồ sơ đúng hạn",
                    "campaign_id": self.campaign.id,
                    "figure": 200,
                    "unit_of_measure": "hồ sơ",
                    **vals,
                }
            )
        )
        if state in ("submitted", "active"):
            target.sudo()._do_submit()
        if state == "active":
            target.sudo()._do_approve()
        return target.with_env(self.env)

    def report(self, target, value, user=None, day=None):
        return (
            self.env["emulation.target.progress"]
            .with_user(user or self.user_officer)
            .create({"target_id": target.id, "value": value, "date": day or self.today})
        )


@tagged("post_install", "-at_install")
class TestTarget(TargetCommon):
    # ---------- Who ----------

    def test_a_head_registers_and_the_officer_approves(self):
        target = self.new_target(self.user_head, "draft", department_id=self.unit.id)
        mine = target.with_user(self.user_head)
        mine.action_submit()
        self.assertEqual(target.state, "submitted")
        with self.assertRaises(UserError):
            mine.action_approve()  # nobody decides on their own matter
        officer = target.with_user(self.user_officer)
        self.assertTrue(officer.is_my_turn)
        officer.action_approve()
        self.assertEqual(target.state, "active")

    def test_the_head_above_approves_the_unit_below(self):
        target = self.new_target(self.user_sub_head, "submitted", department_id=self.sub_unit.id)
        self.assertFalse(target.with_user(self.user_other_head).can_approve)
        target.with_user(self.user_head).action_approve()
        self.assertEqual(target.state, "active")

    def test_a_person_registers_for_oneself_only(self):
        target = self.new_target(self.user_proposer, "draft", employee_id=self.employee_proposer.id)
        target.with_user(self.user_proposer).action_submit()
        with self.assertRaises(UserError):
            self.new_target(self.user_proposer, "draft", department_id=self.other_unit.id)
        with self.assertRaises(UserError):
            self.new_target(self.user_proposer, "draft")

    def test_returned_with_a_reason_it_can_be_mended(self):
        target = self.new_target(self.user_head, "submitted", department_id=self.unit.id)
        with self.assertRaises(UserError):
            target.with_user(self.user_officer)._do_return("")
        target.with_user(self.user_officer)._do_return("Chỉ tiêu thấp hơn năm trước")
        self.assertEqual((target.state, target.reason), ("draft", "Chỉ tiêu thấp hơn năm trước"))
        target.with_user(self.user_head).figure = 250
        self.assertEqual(target.figure, 250)

    def test_an_approved_target_is_closed(self):
        target = self.new_target(department_id=self.unit.id)
        for user in (self.user_head, self.user_officer):
            with self.assertRaises(UserError):
                target.with_user(user).figure = 1

    def test_colleagues_see_the_campaign_s_targets_only(self):
        common, theirs = self.new_target(), self.new_target(department_id=self.unit.id)
        seen = self.env["emulation.target"].with_user(self.user_other_head).search([])
        self.assertIn(common, seen)
        self.assertNotIn(theirs, seen)
        self.assertIn(theirs, self.env["emulation.target"].with_user(self.user_head).search([]))
        foreign = self.env["emulation.target"].with_user(self.user_foreign_officer)
        foreign = foreign.with_context(allowed_company_ids=self.other_company.ids)
        self.assertFalse(foreign.search([]))

    # ---------- Figures ----------

    def test_the_acting_head_reports_and_it_counts(self):
        target = self.new_target(department_id=self.unit.id)
        self.assertEqual((target.light, target.percent), ("none", 0))
        self.report(target, 150, self.user_head)
        self.assertEqual((target.reached, target.percent, target.reached_on), (150, 75, self.today))
        self.assertTrue(target.with_user(self.user_head).can_report)

    def test_a_deputy_reports_for_the_head(self):
        target = self.new_target(department_id=self.unit.id)
        with self.assertRaises(UserError):
            self.report(target, 10, self.user_council)
        self.env["emulation.deputy"].create(
            {
                "department_id": self.unit.id,
                "employee_id": self.employee_council.id,
                "date_from": self.today,
                "date_to": self.today,
            }
        )
        self.report(target, 10, self.user_council)
        self.assertEqual(target.reached, 10)

    def test_nobody_reports_for_another_unit(self):
        target = self.new_target(department_id=self.unit.id)
        for user in (self.user_other_head, self.user_proposer):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                self.report(target, 10, user)
        self.assertFalse(target.reached)

    def test_where_figures_are_approved_they_wait(self):
        target = self.new_target(department_id=self.unit.id)
        target.with_user(self.user_officer).needs_approval = True
        entry = self.report(target, 150, self.user_head)
        self.assertEqual((entry.state, target.reached), ("submitted", 0))
        with self.assertRaises(UserError):
            entry.with_user(self.user_head).action_approve()
        entry.with_user(self.user_officer).action_approve()
        self.assertEqual((entry.state, target.percent), ("approved", 75))

    def test_a_refused_figure_counts_no_more(self):
        target = self.new_target(department_id=self.unit.id)
        self.report(target, 60, self.user_head, self.today - timedelta(days=9))
        wrong = self.report(target, 600, self.user_head)
        wrong.with_user(self.user_officer)._do_refuse("Nhầm số")
        self.assertEqual(target.reached, 60)
        with self.assertRaises(UserError):
            wrong.with_user(self.user_head).value = 1

    def test_the_latest_day_counts_and_of_a_day_the_latest_entry(self):
        target = self.new_target(department_id=self.unit.id)
        self.report(target, 80)
        self.report(target, 20, day=self.today - timedelta(days=40))
        self.assertEqual(target.reached, 80)
        self.report(target, 90)
        self.assertEqual(target.reached, 90)

    def test_figures_nobody_can_have(self):
        target = self.new_target(department_id=self.unit.id)
        with self.assertRaises(ValidationError):
            self.report(target, 10, day=self.today + timedelta(days=1))
        with self.assertRaises(ValidationError):
            self.report(target, -1)

    def test_only_running_targets_take_figures(self):
        for state in ("draft", "submitted"):
            with self.subTest(state=state), self.assertRaises(UserError):
                self.report(self.new_target(state=state, department_id=self.unit.id), 10)
        target = self.new_target(department_id=self.unit.id)
        self.campaign.with_user(self.user_officer).action_close()
        with self.assertRaises(UserError):
            self.report(target, 10)

    # ---------- Lights ----------

    def test_all_of_the_staff(self):
        """100 % is a level: 98 % is at risk, not done."""
        target = self.new_target(figure=100, unit_of_measure="%", adds_up=False)
        self.report(target, 98)
        self.assertEqual(target.light, "amber")
        self.report(target, 100)
        self.assertEqual((target.light, target.percent), ("green", 100))

    def test_less_is_better(self):
        target = self.new_target(figure=5, unit_of_measure="vụ", direction="less")
        self.report(target, 6)
        self.assertEqual(target.light, "red")

    def test_a_light_changes_with_the_day_alone(self):
        target = self.new_target(date_start=date(2025, 1, 1), deadline=self.today)
        self.report(target, 150)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE emulation_target SET deadline = %s WHERE id = %s",
            [self.today - timedelta(days=1), target.id],
        )
        self.env.invalidate_all()
        target._write_protected({"light": "amber"})
        self.env["emulation.target"]._refresh_lights()
        self.assertEqual(target.light, "red")

    # ---------- Rolled up ----------

    def test_the_campaign_s_target_is_the_sum_of_its_units(self):
        above = self.new_target(figure=400, roll_up="sum")
        parts = [
            self.new_target(department_id=unit.id, parent_id=above.id)
            for unit in (self.unit, self.other_unit)
        ]
        for part, value in zip(parts, (150, 90), strict=True):
            self.report(part, value)
        self.assertEqual((above.reached, above.percent), (240, 60))
        with self.assertRaises(UserError):
            self.report(above, 10)

    def test_a_mean_is_weighted_by_people(self):
        above = self.new_target(figure=100, unit_of_measure="%", adds_up=False, roll_up="mean")
        common = {"figure": 100, "unit_of_measure": "%", "adds_up": False, "parent_id": above.id}
        for unit, weight, value in ((self.unit, 30, 100), (self.other_unit, 10, 80)):
            self.report(self.new_target(department_id=unit.id, weight=weight, **common), value)
        self.assertEqual(above.reached, 95)

    def test_parts_are_measured_alike_and_belong_below(self):
        above = self.new_target(roll_up="sum")
        with self.assertRaises(ValidationError):
            self.new_target(parent_id=above.id, unit_of_measure="triệu đồng")
        elsewhere = self.new_campaign("Phong trào khác")
        with self.assertRaises(ValidationError):
            self.new_target(campaign_id=elsewhere.id, parent_id=above.id)

    def test_a_campaign_below_counts_its_part_of_the_target_above(self):
        child = self.new_campaign("Nhánh", parent_id=self.campaign.id)
        child.with_user(self.user_officer).action_launch()
        whole = self.new_target(roll_up="sum")
        part = self.new_target(campaign_id=child.id, parent_id=whole.id, department_id=self.unit.id)
        self.report(part, 100)
        self.assertEqual((self.campaign.target_count, child.target_count), (1, 1))
        self.assertEqual((self.campaign.target_percent, child.target_percent), (50, 50))

    def test_the_figures_of_a_campaign_that_is_over_stand(self):
        target = self.new_target(department_id=self.unit.id)
        draft = self.new_target(state="draft", department_id=self.unit.id)
        counted = self.report(target, 50, self.user_head)
        target.with_user(self.user_officer).needs_approval = True
        waiting = self.report(target, 90, self.user_head)
        self.campaign._do_close()
        officer = self.user_officer
        for change in (
            lambda: draft.with_user(officer).write({"figure": 1}),
            lambda: target.with_user(officer).write({"weight": 3}),
            lambda: self.new_target(state="draft"),
            lambda: draft.with_user(officer).unlink(),
        ):
            with self.assertRaisesRegex(UserError, "The campaign is over|cannot be deleted"):
                change()
        for verb in (
            waiting.with_user(officer).action_approve,
            waiting.with_user(self.user_head).action_take_back,
            counted.with_user(officer).action_refuse,
            target.with_user(officer).action_cancel,
        ):
            with self.assertRaisesRegex(UserError, "The campaign has ended"):
                verb()
        self.assertFalse(waiting.with_user(officer).is_my_turn)
        self.assertEqual((target.reached, target.state), (50, "active"))

    def test_a_campaign_counts_those_below_it(self):
        year = self.new_campaign("Năm 2026", parent_id=self.campaign.id)
        self.report(self.new_target(figure=100), 100)
        year.with_user(self.user_officer).action_launch()
        self.report(self.new_target(figure=100, campaign_id=year.id), 50)
        self.assertEqual((self.campaign.target_count, self.campaign.target_percent), (2, 75))
        self.assertEqual((year.target_count, year.target_percent), (1, 50))

    # ---------- The report ----------

    def test_the_report_compares_two_rounds(self):
        target = self.new_target(department_id=self.unit.id, date_start=date(2025, 1, 1))
        rounds = [
            self.env["emulation.review"].create(
                {
                    "name": name,
                    "campaign_id": self.campaign.id,
                    "date_from": date(2025, 1, 1),
                    "date_to": last,
                }
            )
            for name, last in (("Sơ kết", date(2025, 6, 30)), ("Tổng kết", date(2025, 12, 31)))
        ]
        self.report(target, 90, day=date(2025, 6, 15))
        self.report(target, 210, day=date(2025, 12, 20))
        self.report(target, 999, day=date(2026, 1, 20))
        row = rounds[1].with_user(self.user_officer)._get_target_rows()[0]
        self.assertEqual((row["before"], row["reached"], row["percent"]), ("90", "210", "105"))
        self.assertEqual(row["figure"], "200 hồ sơ")
        html = self.env["ir.qweb"]._render(
            "hr_emulation.report_review", {"docs": rounds[1].with_user(self.user_officer)}
        )
        for text in ("Kết quả thực hiện chỉ tiêu", "Có 1 chỉ tiêu, đã đạt 1, trong đó vượt 1", "Kỳ trước"):
            self.assertIn(text, str(html))

    def test_the_report_counts_what_its_table_has_no_room_for(self):
        self.patch(emulation_review, "LISTED", 2)
        review = (
            self.env["emulation.review"]
            .create(
                {
                    "name": "Tổng kết",
                    "campaign_id": self.campaign.id,
                    "date_from": date(2025, 1, 1),
                    "date_to": date(2025, 12, 31),
                }
            )
            .with_user(self.user_officer)
        )
        for number in range(3):
            target = self.new_target(name=f"Chỉ tiêu thứ {number}", date_start=date(2025, 1, 1))
            self.report(target, 210, day=date(2025, 12, 20))
        html = str(self.env["ir.qweb"]._render("hr_emulation.report_review", {"docs": review}))
        self.assertIn("Có 3 chỉ tiêu, đã đạt 3, trong đó vượt 3; bảng dưới đây nêu 2 chỉ tiêu đầu.", html)
        table = html[: html.index("</table>", html.index("Kết quả thực hiện chỉ tiêu"))]
        self.assertIn("Chỉ tiêu thứ 1", table)
        self.assertNotIn("Chỉ tiêu thứ 2", table)

    # ---------- Cost ----------

    def test_cost_does_not_grow(self):
        def make(number):
            for index in range(number):
                self.new_target(name=f"Chỉ tiêu {index}", department_id=self.unit.id, state="submitted")

        def approve(found):
            return self.count_queries(lambda: found.with_user(self.user_officer).action_approve())

        def look():
            self.env["emulation.target"]._refresh_lights()
            self.campaign.with_user(self.user_officer).target_percent  # noqa: B018

        search = self.env["emulation.target"].search
        make(2)
        approve(search([("state", "=", "submitted")]))
        make(2)
        few = approve(search([("state", "=", "submitted")]))
        few_looks = self.count_queries(look)
        make(22)
        self.assertLessEqual(approve(search([("state", "=", "submitted")])), few)
        self.assertLessEqual(self.count_queries(look), few_looks)
