from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import EmulationCommon


@tagged("post_install", "-at_install")
class TestCommendationPaper(EmulationCommon):
    """The checklist follows the award rule; who may write the proposal may fill it in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.papers = cls.env["emulation.dossier.paper"].create([{"name": "Báo cáo"}, {"name": "Biên bản"}])
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
