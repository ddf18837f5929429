"""The path of test_path.py by clicking: officer in the backend, employee in the portal (unit head: its own tour)."""

from datetime import date

from odoo.tests import HttpCase, tagged

from ..helpers.campaign_common import CampaignCommon
from ..helpers.portal_common import play_story


@tagged("post_install", "-at_install", "is_tour")
class TestPathTour(CampaignCommon, HttpCase):
    def test_officer_and_employee_click_the_path(self):
        self.env["emulation.base.salary"].search([]).unlink()
        self.env["emulation.base.salary"].create({"date_from": date(2024, 7, 1), "amount": 2_340_000})
        officer, employee = self.user_officer.login, self.user_portal.login
        self.start_tour(
            f"/odoo/emulation-campaigns/{self.campaign.id}", "hr_emulation_officer_launch", login=officer
        )
        self.assertEqual(self.campaign.state, "launched")
        page = f"/my/emulation/campaigns/{self.campaign.id}"
        play_story(self, page, "path_register", employee)
        registration = self.campaign.participation_ids
        self.assertEqual((registration.employee_id, registration.state), (self.employee_portal, "submitted"))

        proposals = self.new_commendation(self.employee_portal) | self.new_commendation(self.employee_sub)
        self.walk(proposals, "endorsed")
        self.start_tour("/odoo/emulation-commendations", "hr_emulation_officer_appraise", login=officer)
        self.assertEqual(set(proposals.mapped("state")), {"appraised"})

        decision = self.env["emulation.decision"].browse(
            self.put_on("decision", proposals.with_user(self.user_officer))["res_id"]
        )
        decision.write(
            {
                "abstract": "Về việc khen thưởng",
                "signer_id": self.employee_head.id,
                "signer_title": "Giám đốc",
                "number": "07",
            }
        )
        if not decision.article_ids:
            decision.article_ids = [(0, 0, {"content": "Tặng thưởng cho các cá nhân có tên."})]
        self.start_tour(
            f"/odoo/emulation-decisions/{decision.id}", "hr_emulation_officer_issue", login=officer
        )
        self.assertEqual((decision.state, len(decision.certificate_ids)), ("issued", 2))
        play_story(self, "/my/emulation/commendations", "path_certificate", employee)
