"""Sentences of real campaign documents that no other test shows whole: years of a plan, plans of units, households."""

import base64
import re
from datetime import date, timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..helpers.picture import png
from .test_unit_report import UnitReportCommon


@tagged("post_install", "-at_install")
class TestSentences(UnitReportCommon):
    def test_a_plan_is_handed_in_with_a_file_and_read_by_the_standing_unit(self):
        """Each unit makes its plan in time: text and file; late is marked; who follows it up sees who has none."""
        self.env["emulation.installation"]._do_open_for_demonstration()
        self.amend(self.campaign, standing_unit_id=self.sub_unit.id)
        self.sub_unit.manager_id = self.employee_proposer
        asked = self.new_round(kind="plan", due=3, name="Kế hoạch năm")
        ours = asked.report_ids.filtered(lambda one: one.department_id == self.unit)
        file = self.env["ir.attachment"].create(
            {
                "name": "ke-hoach.png",
                "raw": base64.b64decode(png()),
                "res_model": ours._name,
                "res_id": ours.id,
            }
        )
        mine = self.answer(ours, self.user_head, "Bốn đợt cao điểm, mỗi quý một đợt")
        mine.evidence_ids = [Command.link(file.id)]
        mine.action_submit()
        self.assertEqual((ours.state, ours.is_late, ours.evidence_ids), ("submitted", False, file))
        standing = asked.report_ids.with_user(self.user_proposer)
        read = standing.search([("round_id", "=", asked.id)]).grouped("state")
        self.assertEqual(
            read["submitted"].line_ids.filtered("text").text, "Bốn đợt cao điểm, mỗi quý một đợt"
        )
        self.assertEqual(read["owed"].department_id, self.other_unit, "who has none yet")
        before = self.env["mail.mail"].search([])
        self.env["emulation.report.round"]._cron_remind()
        told = (self.env["mail.mail"].search([]) - before).recipient_ids
        self.assertEqual(told, self.user_other_head.partner_id, "who has handed in is left alone")
        late = asked.report_ids - ours
        late._write_protected({"due_date": self.today - timedelta(days=2)})
        self.answer(late, self.user_other_head, "Kế hoạch nộp sau").action_submit()
        self.assertEqual((late.is_late, late.days_late), (True, 2))

    def test_each_unit_says_how_far_it_is_and_its_measures(self):
        """What is reached is known already; by what measures the rest comes is asked, and stands in the summary."""
        asked = {"name": "Giải pháp đến hết năm", "answer": "text", "is_required": True}
        self.template.question_ids = [Command.create(asked)]
        self.report(self.new_target(department_id=self.unit.id), 120, day=self.today - timedelta(days=2))
        record = self.new_round(self.unit)
        mine = self.answer(record.report_ids, self.user_head)
        reached = mine.line_ids.filtered("target_id")
        self.assertEqual((reached.planned, reached.figure, reached._get_percent()), (200, 120, "60"))
        measures = mine.line_ids.filtered(lambda line: line.name == asked["name"])
        measures.text = False
        with self.assertRaisesRegex(UserError, "Not answered yet: Giải pháp đến hết năm"):
            mine.action_submit()
        measures.text = "Mỗi tuần thêm hai buổi tiếp dân"
        mine.action_submit()
        officer = record.with_user(self.user_officer)
        officer.action_draft_summary()
        html = self.env["ir.actions.report"]._render_qweb_html("hr_emulation.report_round", record.ids)[0]
        text = " ".join(re.sub(r"<[^>]+>", " ", html.decode()).split())
        self.assertIn("Giải pháp đến hết năm - Phòng Tổng hợp: Mỗi tuần thêm hai buổi tiếp dân", text)
        self.assertRegex(text, r"Hồ sơ đúng hạn .*200 hồ sơ.* 120.* 60")

    def enter_household(self, name, campaign):
        """Return the approved registration of a household, entered by the officer where it is registered."""
        wizard = self.env["emulation.outsider"].with_user(self.user_officer)
        context = wizard.create({"name": name, "street": "Bản Tả Lèng"}).action_create()["context"]
        registration = (
            self.env["emulation.participation"]
            .with_user(self.user_officer)
            .with_context(**context)
            .create({"campaign_id": campaign.id, "company_id": self.company.id})
        )
        registration.action_submit()
        registration.action_approve()
        return registration

    def conclude(self, sheet, done):
        self.fill(sheet, self.user_officer, done=done)
        officer = sheet.with_user(self.user_officer)
        officer.action_verify()
        officer.action_confirm()

    def test_a_household_has_criteria_and_ranks_of_its_own(self):
        """Households are scored by what is asked of households, ranked among themselves and counted as such."""
        own, other = self.new_sheet("Tiêu chí hộ gia đình"), self.new_sheet("Tiêu chí tập thể")
        campaign = self.new_campaign(
            "Gia đình tiêu biểu", household_set_id=own.id, collective_set_id=other.id
        )
        draft = self.new_document(campaign)._get_draft().get_points()
        self.assertIn("Đối với hộ gia đình", " ".join(point.text for point in draft))
        campaign.with_user(self.user_officer).action_launch()
        self.assertEqual(
            (campaign.household_set_id.template_id, campaign.household_set_id.locked), (own, True)
        )
        first, second = (self.enter_household(name, campaign) for name in ("Giàng A Páo", "Lò Văn Hặc"))
        unit = self.register(self.other_unit, campaign=campaign)
        review = self.open_round(campaign)
        sheets = review.evaluation_ids.grouped("participation_id")
        self.assertEqual(
            [sheets[one].set_id for one in (first, second, unit)],
            [campaign.household_set_id, campaign.household_set_id, campaign.collective_set_id],
        )
        for registration, done in ((first, 60), (second, 90), (unit, 100)):
            self.conclude(sheets[registration], done)
        self.assertEqual([sheets[one].rank for one in (first, second, unit)], [2, 1, 1])
        report = review.with_user(self.user_officer)._get_report()
        self.assertIn("Có 01 tập thể và 02 hộ gia đình đăng ký thi đua", report["participation"][0])
        leaders = dict(report["leaders"])
        self.assertTrue(leaders["Hộ gia đình dẫn đầu"].startswith("Lò Văn Hặc (93 điểm, hạng 1)"))
        self.assertEqual(report["grades"], [("A", 0, 1, 1), ("B", 0, 0, 1)])
        html = self.env["ir.actions.report"]._render_qweb_html("hr_emulation.report_review", review.ids)[0]
        text = " ".join(re.sub(r"<[^>]+>", "", html.decode()).split())
        self.assertIn("- A: 00 cá nhân, 01 tập thể, 01 hộ gia đình;", text)
        self.assertIn("- B: 00 cá nhân, 00 tập thể, 01 hộ gia đình.", text)
        chart = review.with_user(self.user_officer)._chart_grades(report["grades"])
        self.assertEqual(
            {series.name: list(series.values) for series in chart.series},
            {"Tập thể": [1, 0], "Hộ gia đình": [1, 1]},
        )
        below = campaign.browse(campaign.with_user(self.user_officer).action_clone()["res_id"])
        self.assertEqual(below.household_set_id, own, "repeated with it")

    def test_a_household_takes_part_with_the_criteria_of_units(self):
        """The people take part: a household registers, has a sheet of its own, and nobody else's criteria."""
        registration = self.enter_household("Giàng A Páo", self.campaign)
        self.assertEqual((registration.recipient_type, registration.subject), ("partner", "household"))
        sheet = self.open_round().evaluation_ids
        self.assertEqual(sheet.participation_id, registration)
        self.assertEqual(sheet.set_id, self.campaign.collective_set_id)
        self.conclude(sheet, 90)
        self.assertEqual((sheet.state, sheet.final_total, sheet.rank), ("confirmed", 93, 1))
        self.assertEqual(sheet.display_name, "Giàng A Páo")

    def test_saving_is_scored_against_its_target(self):
        """Save 5 % of electricity, water and materials: 4 % are four fifths of the points, more earns no more."""
        sheet = self.new_sheet("Tiết kiệm")
        saving = sheet.criterion_ids.sorted("sequence")[0]
        saving.write({"name": "Tiết kiệm điện, nước", "target": 5, "unit_of_measure": "%"})
        campaign = self.new_campaign("Tiết kiệm", individual_set_id=sheet.id, collective_set_id=sheet.id)
        campaign.with_user(self.user_officer).action_launch()
        first, second = self.register(self.employee_sub, self.employee_proposer, campaign=campaign)
        sheets = self.open_round(campaign).evaluation_ids
        for registration, percent, points in ((first, 4, 56), (second, 9, 70)):
            own = sheets.filtered(lambda one, of=registration: one.participation_id == of)
            self.fill(own, self.user_officer, done=percent, discipline=0)
            line = own.score_ids.sorted("sequence")[0]
            self.assertEqual((line.criterion_id.unit_of_measure, line.self_points), ("%", points))

    def test_five_years_hold_the_tasks_of_every_year(self):
        """The years stand below the five-year plan, count in it and its report, and end before it does."""
        officer = self.user_officer
        plan = self.new_campaign(
            "Phong trào 2021-2025", date_start=date(2021, 1, 1), date_end=date(2025, 12, 31)
        )
        plan.with_user(officer).action_launch()
        years = [
            self.new_campaign(
                f"Năm {year}",
                parent_id=plan.id,
                date_start=date(year, 1, 1),
                date_end=date(year, 12, 31),
                content_ids=[Command.create({"name": f"Nhiệm vụ năm {year}"})],
            )
            for year in (2021, 2022)
        ]
        for year, number in zip(years, (40, 70), strict=True):
            year.with_user(officer).action_launch()
            self.register(self.employee_sub, campaign=year, state="draft")._write_protected(
                {"state": "approved"}
            )
            self.report(self.new_target(campaign_id=year.id, figure=100), number)
        self.assertEqual((plan.target_count, plan.target_percent), (2, 55))
        review = self.open_round(plan).with_user(officer)
        below = review._get_report()["below"]
        self.assertEqual([row["name"] for row in below], ["Năm 2021", "Năm 2022"])
        self.assertEqual([row["tree_approved_count"] for row in below], [1, 1])
        self.assertEqual(
            [row["reached"] for row in review._get_target_rows()],
            ["", ""],
            "figures of later days do not count",
        )
        review.action_close()
        with self.assertRaisesRegex(UserError, "still run"):
            plan.with_user(officer).action_close()
