"""Criteria: whom they apply to, minimums for titles, measured values, evidence."""

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, tagged

from ...models.campaign import totals
from ...models.campaign.explanation import get_rows
from ..helpers.campaign_common import CampaignCommon

PNG = b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@tagged("post_install", "-at_install")
class TestLimitedCriteria(CampaignCommon):
    def launch(self, **limits):
        """Launch with the discipline criterion (30 of 100 points) limited as given."""
        form = Form(
            self.sheet.criterion_ids[1].with_user(self.user_officer),
            "hr_emulation.emulation_criterion_view_form",
        )
        for name, records in limits.items():
            for record in records:
                getattr(form, name).add(record)
        form.save()
        self.campaign.with_user(self.user_officer).action_launch()

    def get_sheets(self, *recipients):
        self.register(*recipients)
        return self.open_round().evaluation_ids.grouped(
            lambda sheet: sheet.employee_id if sheet.employee_id else sheet.department_id
        )

    def names(self, sheet):
        return set(sheet.score_ids.criterion_id.mapped("name"))

    def test_a_unit_with_those_below_it_and_their_people(self):
        self.launch(department_ids=self.unit)
        recipients = (self.employee_sub, self.employee_other, self.sub_unit, self.other_unit)
        sheets = self.get_sheets(*recipients)
        self.assertEqual(
            [("Kỷ luật" in self.names(sheets[recipient])) for recipient in recipients],
            [True, False, True, False],
        )

    def test_positions_tags_and_people(self):
        job = self.env["hr.job"].create({"name": "Trưởng phòng", "company_id": self.company.id})
        tag = self.env["hr.employee.category"].create({"name": "Đảng viên"})
        self.employee_head.job_id = job
        self.employee_sub.category_ids = tag
        self.launch(job_ids=job, category_ids=tag, employee_ids=self.employee_other)
        recipients = (
            self.employee_head,
            self.employee_sub,
            self.employee_other,
            self.employee_unit,
            self.unit,
        )
        sheets = self.get_sheets(*recipients)
        applies = [("Kỷ luật" in self.names(sheets[recipient])) for recipient in recipients]
        self.assertEqual(applies, [True, True, True, False, False])
        own = self.campaign.individual_set_id.criterion_ids.filtered("is_limited")
        self.assertEqual((own.job_ids, own.category_ids, own.employee_ids), (job, tag, self.employee_other))

    def test_full_marks_are_worth_the_same_for_everybody(self):
        self.launch(department_ids=self.unit)
        sheets = self.get_sheets(self.employee_sub, self.employee_other)
        for employee, done, total in ((self.employee_other, 100, 100), (self.employee_sub, 100, 70)):
            line = sheets[employee].score_ids.filtered(lambda line: line.kind == "quantity")
            line.with_user(self.user_officer).actual_value = done
            self.assertEqual(sheets[employee].self_total, total)
        line = sheets[self.employee_other].score_ids.filtered(lambda line: line.kind == "quantity")
        line.with_user(self.user_officer).actual_value = 90  # 63 of 70
        self.assertEqual(sheets[self.employee_other].self_total, 90)
        bonus = sheets[self.employee_other].score_ids.filtered(lambda line: line.kind == "bonus")
        bonus.with_user(self.user_officer).self_points = 3
        self.assertEqual(sheets[self.employee_other].self_total, 93)

    def test_what_does_not_apply_is_not_missed(self):
        self.launch(department_ids=self.unit)
        sheet = self.get_sheets(self.employee_other)[self.employee_other]
        sheet.score_ids.filtered("is_measured").with_user(self.user_officer).actual_value = 100
        sheet.with_user(self.user_officer).action_submit()
        self.assertEqual(sheet.state, "submitted")


@tagged("post_install", "-at_install")
class TestMinimum(CampaignCommon):
    def setUp(self):
        super().setUp()
        self.other_award = self.new_award("TEST-KHAC")
        line = self.sheet.criterion_ids[1].with_user(self.user_officer)
        form = Form(line, "hr_emulation.emulation_criterion_view_form")
        form.minimum_points = 10
        with form.minimum_ids.new() as minimum:
            minimum.award_id, minimum.points = self.award, 25
        form.save()

    def confirm(self, **points):
        self.campaign.with_user(self.user_officer).action_launch()
        self.register(*(self.env["hr.employee"].browse(int(key[1:])) for key in points))
        sheets = self.open_round().evaluation_ids
        for sheet in sheets:
            self.fill(sheet, self.user_officer, discipline=points[f"e{sheet.employee_id.id}"])
        sheets.with_user(self.user_officer).action_verify()
        sheets.with_user(self.user_officer).action_confirm()
        return sheets

    def preview(self, review, award):
        wizard = (
            self.env["emulation.propose"]
            .with_user(self.user_officer)
            .create(
                {
                    "review_id": review.id,
                    "award_id": award.id,
                    "period_from": self.PERIOD[0],
                    "period_to": self.PERIOD[1],
                    "company_id": self.company.id,
                }
            )
        )
        wizard.action_preview()
        return {line.evaluation_id.employee_id: (line.is_selected, line.problem) for line in wizard.line_ids}

    def test_each_title_has_its_own(self):
        low, middle, high = self.employee_sub, self.employee_other, self.employee_unit
        sheets = self.confirm(**{f"e{low.id}": 9, f"e{middle.id}": 24, f"e{high.id}": 25})
        for award, passed in ((self.award, {high}), (self.other_award, {middle, high})):
            rows = self.preview(sheets.review_id, award)
            self.assertEqual({person for person, (ticked, _why) in rows.items() if ticked}, passed)
            self.assertTrue(all("Kỷ luật" in why for ticked, why in rows.values() if not ticked))

    def test_it_is_looked_up_once_for_all(self):
        sheets = self.confirm(**{f"e{person.id}": 9 for person in (self.employee_sub, self.employee_other)})

        def cost(some):
            return self.count_queries(lambda: totals.find_too_low(some, self.award))

        self.assertEqual(cost(sheets[0]), cost(sheets))

    def test_it_cannot_be_above_the_maximum(self):
        with self.assertRaisesRegex(ValidationError, "above the maximum"):
            self.sheet.criterion_ids[1].minimum_ids.points = 31

    def test_a_locked_set_keeps_its_grades(self):
        self.campaign.with_user(self.user_officer).action_launch()
        used, free = self.campaign.individual_set_id, self.sheet
        grade = used.grade_ids[0].with_user(self.user_officer)
        for deed in (
            lambda: grade.write({"min_points": 1}),
            lambda: grade.write({"rating": "good"}),
            grade.unlink,
            lambda: grade.create({"set_id": used.id, "name": "S", "min_points": 99}),
            lambda: free.grade_ids[0].with_user(self.user_officer).write({"set_id": used.id}),
        ):
            with self.assertRaisesRegex(UserError, "new version"), self.cr.savepoint():
                deed()

    def test_a_locked_set_keeps_its_minimums(self):
        self.campaign.with_user(self.user_officer).action_launch()
        own = self.campaign.individual_set_id.criterion_ids.minimum_ids.with_user(self.user_officer)
        self.assertEqual((own.award_id, own.points), (self.award, 25))
        with self.assertRaises(UserError):
            own.points = 1
        with self.assertRaises(UserError):
            own.unlink()
        with self.assertRaises(UserError):
            own.create({"criterion_id": own.criterion_id.id, "award_id": self.other_award.id, "points": 1})


@tagged("post_install", "-at_install")
class TestBadSets(CampaignCommon):
    """A set that cannot be scored is refused when it is written or, at the latest, when a campaign is launched."""

    def test_weights_that_do_not_total_are_refused(self):
        with Form(self.sheet.with_user(self.user_officer)) as form:
            form.scale = "weights"
        for line, weight in zip(self.sheet.criterion_ids, (60, 30, 5, 5), strict=True):
            with Form(
                line.with_user(self.user_officer), "hr_emulation.emulation_criterion_view_form"
            ) as form:
                form.weight = weight  # bonus and deduction do not count
        self.assertEqual(self.sheet.current_total, 90)
        with self.assertRaisesRegex(UserError, r"adds up to 90.0 instead of 100.0"):
            self.campaign.with_user(self.user_officer).action_launch()
        self.assertEqual(self.campaign.state, "draft")
        self.sheet.criterion_ids[1].weight = 40
        self.campaign.with_user(self.user_officer).action_launch()
        self.assertEqual(self.campaign.state, "launched")

    def fill_steps(self, *steps):
        line = self.sheet.criterion_ids[0].with_user(self.user_officer)
        with Form(line, "hr_emulation.emulation_criterion_view_form") as form:
            for start, end, points in steps:
                with form.step_ids.new() as step:
                    step.start, step.points = start, points
                    if end is None:
                        step.is_open = True
                    else:
                        step.end = end

    def test_step_tables_that_overlap_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "at 70.*overlap"):
            self.fill_steps((0, 80, 10), (70, None, 70))

    def test_step_tables_with_a_gap_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "at 80.*gap"):
            self.fill_steps((0, 80, 10), (90, None, 70))

    def test_steps_inside_out_or_above_the_maximum_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "ends before it starts"), self.env.cr.savepoint():
            self.fill_steps((80, 70, 10))
        with self.assertRaisesRegex(ValidationError, "more than the maximum"):
            self.fill_steps((0, None, 71))

    def test_a_whole_step_table_is_taken(self):
        self.fill_steps((0, 80, 10), (80, 100, 50), (100, None, 70))
        self.assertEqual(len(self.sheet.criterion_ids[0].step_ids), 3)


@tagged("post_install", "-at_install")
class TestScoreLine(CampaignCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.campaign.with_user(self.user_officer).action_launch()
        self.register(self.employee_proposer)
        self.evaluation = self.open_round().evaluation_ids
        self.lines = self.evaluation.score_ids.sorted("sequence")

    def test_a_measured_line_takes_no_typed_points(self):
        quantity, deduction = (self.lines[0] | self.lines[3]).with_user(self.user_proposer)
        for line in (quantity, deduction):
            with self.assertRaisesRegex(UserError, "what was reached"), self.env.cr.savepoint():
                line.self_points = 70
            with self.assertRaisesRegex(UserError, "what was reached"), self.env.cr.savepoint():
                self.evaluation.with_user(self.user_proposer)._save_self_scores(
                    {line.id: {"self_points": 70}}
                )
            self.assertEqual((line.self_points, line.is_self_scored), (0, False))
        quantity.write({"actual_value": 50, "self_points": 70})
        self.assertEqual((quantity.self_points, quantity.is_self_scored), (35, True))

    def test_yes_or_no_is_all_or_nothing(self):
        line = self.campaign.individual_set_id.criterion_ids.filtered(lambda line: line.name == "Kỷ luật")
        line._with_seal().write({"kind": "yes_no"})
        score = self.evaluation.score_ids.filtered(lambda score: score.criterion_id == line)
        score = score.with_user(self.user_officer)
        self.assertFalse(score.answer)
        score.answer = "yes"
        self.assertEqual((score.self_points, score.is_self_scored), (30, True))
        score.answer = "no"
        self.assertEqual((score.self_points, score.answer), (0, "no"))
        with self.assertRaisesRegex(ValidationError, "yes or no"):
            score.self_points = 15

    def test_the_sheet_says_how_a_line_is_scored_and_what_it_lacks(self):
        own = self.campaign.individual_set_id.with_context(lang="vi_VN")
        work, _order, bonus, late = own.criterion_ids.sorted("sequence")
        work._with_seal().write({"unit_of_measure": "hồ sơ", "least_value": 50, "evidence_required": True})
        self.assertEqual(
            work.rule_text, "Định lượng: chỉ tiêu 100 hồ sơ; dưới 50 hồ sơ không có điểm; phải có minh chứng"
        )
        self.assertEqual(late.rule_text, "Điểm trừ: 2 điểm mỗi lần")
        bonus._with_seal().write({"points_per_occurrence": 2.5})
        self.assertEqual(bonus.rule_text, "Điểm thưởng: 2,5 điểm mỗi lần; tối đa 10 điểm")
        work._with_seal().write(
            {
                "least_value": 0,
                "step_ids": [
                    Command.create({"start": -5, "end": 1500000, "points": 12.5}),
                    Command.create({"start": 1500000, "is_open": True, "points": 70}),
                ],
            }
        )
        work.invalidate_recordset()
        self.assertIn("từ -5 đến dưới 1.500.000: 12,5; từ 1.500.000 trở lên: 70", work.rule_text)
        sheet = self.evaluation.with_user(self.user_officer).with_context(lang="vi_VN")
        first, second = sheet.score_ids.sorted("sequence")[:2]
        first.actual_value = 2000000
        self.assertEqual((first.missing_text, second.missing_text), ("Thiếu minh chứng", "Chưa điền"))
        self.assertEqual(get_rows(sheet)[0][:2], (work.name, "thực hiện: 2.000.000 hồ sơ"))

    def test_less_than_a_floor_earns_nothing(self):
        line = self.campaign.individual_set_id.criterion_ids[0]._with_seal()
        line.write({"least_value": 50})
        score = self.evaluation.score_ids.sorted("sequence")[0].with_user(self.user_officer)
        for reached, points in ((49.99, 0), (50, 35)):
            score.actual_value = reached
            self.assertEqual(score.self_points, points)
        with self.assertRaisesRegex(ValidationError, "would earn nothing"):
            line.write({"least_value": 101})
        line.write({"lower_is_better": True, "least_value": 200})
        with self.assertRaisesRegex(ValidationError, "would earn nothing"):
            line.write({"least_value": 99})

    def test_evidence_saved_from_the_web_client_is_checked_by_content(self):
        line = self.lines[1].with_user(self.user_proposer)
        own = self.env["ir.attachment"].with_user(self.user_proposer)
        good, bad = own.create(
            [
                {"name": "ảnh.png", "datas": PNG},
                {"name": "ảnh.png", "raw": b"<html><script>alert(1)</script></html>"},
            ]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        # The web client saves with a context that gives sizes in place of contents.
        line.with_context(bin_size=True).evidence_ids = [Command.link(good.id)]
        self.assertEqual(line.evidence_ids, good)
        with self.assertRaises(ValidationError):
            line.with_context(bin_size=True).evidence_ids = [Command.link(bad.id)]

    def test_evidence_is_downloaded_never_shown(self):
        line = self.lines[1].with_user(self.user_proposer)
        line.evidence_ids = [Command.create({"name": "ảnh.png", "datas": PNG})]
        attachment = line.evidence_ids
        self.assertEqual(attachment.mimetype, "image/png")
        self.authenticate(self.user_proposer.login, self.user_proposer.login)
        response = self.url_open(f"/web/content/{attachment.id}?download=true")
        self.assertEqual(response.status_code, 200)
        self.assertTrue(response.headers["Content-Disposition"].startswith("attachment"))
        self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")
        form = self.env["emulation.evaluation"].get_view(view_type="form")["arch"]
        self.assertIn('widget="emulation_evidence"', form)
        self.assertNotIn("many2many_binary", form)


@tagged("post_install", "-at_install")
class TestOffer(CampaignCommon):
    """A campaign offers two of an award; three are first."""

    def setUp(self):
        super().setUp()
        with Form(self.campaign.with_user(self.user_officer)) as form, form.award_line_ids.new() as line:
            line.award_id, line.quota = self.award, 2
        self.campaign.with_user(self.user_officer).action_launch()
        self.register(self.employee_sub, self.employee_unit, self.employee_other)
        self.sheets = self.open_round().evaluation_ids
        for sheet in self.sheets:
            self.fill(sheet, self.user_officer)
        self.sheets.with_user(self.user_officer).action_verify()
        self.sheets.with_user(self.user_officer).action_confirm()

    def open_wizard(self):
        form = Form(self.env["emulation.propose"].with_user(self.user_officer))
        form.review_id, form.award_id = self.sheets.review_id, self.award
        form.period_from, form.period_to = self.PERIOD
        wizard = form.save()
        wizard.action_preview()
        return wizard

    def test_the_preview_ticks_what_is_on_offer(self):
        wizard = self.open_wizard()
        self.assertEqual(len(wizard.line_ids), 3)
        self.assertEqual(len(wizard.line_ids.filtered("is_selected")), 2)
        self.assertIn("2, at most 2", wizard.bars_html)
        wizard.action_propose()
        self.assertEqual(len(self.open_wizard().line_ids.filtered("is_selected")), 0)

    def test_one_too_many_is_refused(self):
        wizard = self.open_wizard()
        wizard.line_ids.is_selected = True
        self.assertIn("bg-danger", wizard.bars_html)
        with self.assertRaisesRegex(UserError, "On offer in Phong trào thử: 3, at most 2. Untick 1"):
            wizard.action_propose()
        self.assertFalse(self.env["emulation.commendation"].search([("campaign_id", "=", self.campaign.id)]))

    def test_or_warned_about_as_the_company_sets(self):
        self.company.emulation_offer_guard = "warn"
        wizard = self.open_wizard()
        wizard.line_ids.is_selected = True
        self.assertIn("bg-warning", wizard.bars_html)
        wizard.action_propose()
        proposed = self.env["emulation.commendation"].search([("campaign_id", "=", self.campaign.id)])
        self.assertEqual(len(proposed), 3)

    def test_what_others_proposed_counts(self):
        self.new_commendation(self.employee_other_head, campaign_id=self.campaign.id)
        rejected = self.new_commendation(self.employee_head, campaign_id=self.campaign.id, state="rejected")
        self.assertEqual(rejected.state, "rejected")
        self.assertEqual(len(self.open_wizard().line_ids.filtered("is_selected")), 1)
