from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.commendation import checks
from ..helpers.common import EmulationCommon


@tagged("post_install", "-at_install")
class TestCommendationPaper(EmulationCommon):
    """The checklist follows the award rule; who may write the proposal may fill it in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.papers = cls.env["emulation.dossier.paper"].create(
            [{"name": "Báo cáo", "due_at": "submit"}, {"name": "Ý kiến", "due_at": "appraise"}]
        )
        cls.with_papers = cls.new_award("TEST-HS", rule={"paper_ids": cls.papers.ids})

    def test_checklist_of_the_rule(self):
        record = self.new_commendation(self.employee_sub, award=self.with_papers)
        self.assertEqual(record.paper_ids.paper_id, self.papers)
        self.assertEqual(record.missing_paper_count, 2)
        line = record.paper_ids[0].with_user(self.user_proposer)
        line.on_paper = True
        self.assertEqual(record.missing_paper_count, 1)
        record.with_user(self.user_proposer).award_id = self.award
        self.assertEqual(record.paper_ids, line.sudo(), "what is there stays, what was missing goes")

    def test_closed_after_submission(self):
        record = self.new_commendation(self.employee_sub, award=self.with_papers, state="submitted")
        for user in (self.user_proposer, self.user_head, self.user_other_head):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                record.paper_ids[0].with_user(user).write({"on_paper": True})
        record.paper_ids[0].with_user(self.user_officer).write({"on_paper": True})
        self.assertEqual(record.missing_paper_count, 1)


@tagged("post_install", "-at_install")
class TestIncompleteDossier(EmulationCommon):
    """A missing paper warns or stops the step that needs it, by rule; an officer may waive it with a reason."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.report, cls.opinion, cls.minutes = cls.env["emulation.dossier.paper"].create(
            [
                {"name": "Báo cáo thành tích", "due_at": "submit"},
                {"name": "Ý kiến cấp ủy", "due_at": "appraise"},
                {"name": "Biên bản bình xét", "due_at": "grant"},
            ]
        )
        cls.papers = cls.report | cls.opinion | cls.minutes
        cls.strict = cls.new_award("TEST-CHAT", rule={"paper_ids": cls.papers.ids, "dossier_check": "block"})
        cls.lenient = cls.new_award("TEST-NHE", rule={"paper_ids": cls.papers.ids})

    def hand_in(self, record, paper, user):
        line = record.paper_ids.filtered(lambda line: line.paper_id == paper)
        line.with_user(user).on_paper = True

    def waive(self, record, paper, reason="Đã có trong hồ sơ năm trước", user=None):
        action = record.paper_ids.filtered(lambda line: line.paper_id == paper).action_waive()
        waivers = self.env["emulation.waiver"].with_user(user or self.user_officer)
        return waivers.with_context(**action["context"]).create({"reason": reason})

    def refused(self, deed, *names):
        with self.assertRaises(UserError) as caught:
            deed()
        for name in names:
            self.assertIn(name, str(caught.exception))

    def test_each_step_wants_its_papers(self):
        record = self.new_commendation(self.employee_sub, award=self.strict)
        proposer, officer = record.with_user(self.user_proposer), record.with_user(self.user_officer)
        self.assertIn(self.report.name, proposer._get_refused("submit")[record.id])
        self.refused(proposer.action_submit, self.report.name)
        self.hand_in(record, self.report, self.user_proposer)
        proposer.action_submit()
        record.with_user(self.user_sub_head).action_endorse()
        self.refused(officer.action_appraise, self.opinion.name)
        self.hand_in(record, self.opinion, self.user_officer)
        officer.action_appraise()
        self.assertEqual(record.state, "appraised")
        self.assertIn(self.minutes.name, record._get_refused("grant")[record.id])
        self.refused(lambda: record._do_grant(self.new_decision()), self.minutes.name)
        self.hand_in(record, self.minutes, self.user_officer)
        record._do_grant(self.new_decision())
        self.assertEqual(record.state, "granted")

    def test_by_default_it_only_warns(self):
        record = self.new_commendation(self.employee_sub, award=self.lenient, state="endorsed")
        self.assertEqual(record.missing_paper_count, 3)
        shown = record.with_user(self.user_proposer).finding_html
        self.assertIn(f"{self.report.name}, {self.opinion.name}", shown, "the proposer is told")
        self.assertNotIn(self.minutes.name, shown, "which nobody can have yet")
        record.with_user(self.user_officer).action_appraise()
        self.assertEqual(record.state, "appraised")

    def test_the_company_decides_where_the_rule_is_silent(self):
        self.company.emulation_dossier_guard = "block"
        record = self.new_commendation(self.employee_sub, award=self.lenient)
        self.refused(record.with_user(self.user_proposer).action_submit, self.report.name)
        rule = self.rulebook.award_rule_ids.filtered(lambda rule: rule.award_id == self.lenient)
        rule.dossier_check = "warn"
        record.with_user(self.user_proposer).action_submit()
        self.assertEqual(record.state, "submitted")

    def test_an_officer_waives_with_a_reason_that_is_logged(self):
        record = self.new_commendation(self.employee_sub, award=self.strict)
        for user in (self.user_proposer, self.user_sub_head, self.user_council):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.waive(record, self.report, user=user)
        self.refused(lambda: self.waive(record, self.report, reason="  "))
        self.waive(record, self.report)
        line = record.paper_ids.filtered(lambda line: line.paper_id == self.report)
        self.assertTrue(line.with_user(self.user_proposer).is_waived)
        self.assertIn(f"{self.report.name}. Đã có trong hồ sơ năm trước", record.officer_log)
        record.with_user(self.user_proposer).action_submit()
        self.assertEqual(record.state, "submitted")

    def test_no_officer_waives_a_paper_of_the_own_dossier(self):
        record = self.new_commendation(self.employee_officer, award=self.strict)
        self.refused(lambda: self.waive(record, self.report))

    def test_checking_dossiers_costs_the_same_for_many(self):
        def deed(count):
            records = self.env["emulation.commendation"]
            for number in range(count):
                employee = self.new_employee(f"Người thứ {number}", self.sub_unit)
                records |= self.new_commendation(employee, award=self.strict)
            return self.count_queries(
                lambda: checks.paper_is_missing(records.with_user(self.user_proposer), "submit")
            )

        few, more = deed(2), deed(22)
        self.assertLessEqual(more, few + 2, f"2: {few} queries, 22: {more}")
