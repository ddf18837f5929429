from odoo.tests import HttpCase, tagged

from ..helpers.campaign_common import CampaignCommon


@tagged("post_install", "-at_install")
class TestCampaignTours(CampaignCommon, HttpCase):
    def test_a_head_verifies_ten_sheets_with_the_keyboard(self):
        self.campaign.with_user(self.user_officer).action_launch()
        people = [self.new_employee(f"Người {number:02}", self.sub_unit) for number in range(10)]
        self.register(*people)
        review = self.open_round()
        for evaluation in review.evaluation_ids:
            self.fill(evaluation, self.user_officer)
        first = review.evaluation_ids[0]
        login = self.user_sub_head.login
        self.start_tour(f"/odoo/emulation-evaluations/{first.id}", "hr_emulation_verify", login=login)
        self.assertEqual(set(review.evaluation_ids.mapped("state")), {"verified"})

    def test_an_officer_cascades_a_campaign(self):
        login = self.user_officer.login
        self.start_tour(f"/odoo/emulation-campaigns/{self.campaign.id}", "hr_emulation_cascade", login=login)
        self.assertEqual(self.campaign.child_ids.owner_unit_id, self.other_unit)
        self.assertEqual(set((self.campaign | self.campaign.child_ids).mapped("state")), {"launched"})

    def test_a_line_at_the_desk_is_empty_or_zero(self):
        self.campaign.with_user(self.user_officer).action_launch()
        self.register(self.new_employee("Người chấm", self.sub_unit))
        sheet = self.open_round().evaluation_ids
        login = self.user_officer.login
        self.start_tour(f"/odoo/emulation-evaluations/{sheet.id}", "hr_emulation_given", login=login)
        self.assertFalse(sheet.score_ids.sorted("sequence")[1].is_self_scored)
