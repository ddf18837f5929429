from odoo import fields
from odoo.tests import tagged

from ..helpers.portal_common import PDF, WIDTHS, PortalCommon, force


@tagged("post_install", "-at_install", "is_tour")
class TestPortalTours(PortalCommon):
    """Each story by clicking, as a portal user, in Vietnamese, on a desktop screen; below the same on a phone."""

    width = WIDTHS["desktop"]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.speak_vietnamese()

    def _tour(self, url, name, person):
        self.play(url, name, person, self.width)

    def _give_evidence(self):
        for line in self.sheet.score_ids:
            force(line, {"evidence_ids": [(0, 0, {"name": "b.pdf", "raw": PDF})]})

    def test_register(self):
        self._tour("/my/emulation/campaigns", "register", self.binh)

    def test_score(self):
        self._give_evidence()
        self._tour("/my/emulation/evaluations", "score", self.an)
        self.assertRecordValues(self.sheet, [{"state": "submitted", "self_total": 95.5}])

    def test_lost_connection_loses_nothing(self):
        self._tour("/my/emulation/evaluations", "offline", self.an)
        self.assertEqual(self.line.self_points, 33)

    def test_achievement(self):
        self._tour("/my/emulation/achievements", "achievement", self.an)
        proposed = self.env["emulation.commendation"].search([("employee_id", "=", self.binh.id)])
        self.assertRecordValues(proposed, [{"state": "submitted", "proposer_id": self.an.user_id.id}])

    def test_commendation(self):
        force(self.mine, {"state": "granted", "granted_date": self.today})
        self._tour("/my/emulation/commendations", "commendation", self.an)
        self.assertEqual(sorted(self.mine.request_ids.mapped("kind")), ["appeal", "receipt"])

    def test_head(self):
        self._give_evidence()
        self.sheet._save_self_scores({line.id: {"self_points": 40} for line in self.sheet.score_ids})
        self.sheet._do_submit()
        self._tour("/my/emulation/unit", "head", self.chi)
        self.assertEqual((self.mine.state, self.sheet.state), ("endorsed", "verified"))

    def test_large_file_is_refused_before_it_is_sent(self):
        self._tour("/my/emulation/evaluations", "large_file", self.an)

    def test_what_waits_leads_to_it(self):
        proposal = self._commendation(self.binh, proposer=self.an, state="draft", reason="Thiếu số liệu")
        self._tour("/my/emulation", "mend", self.an)
        self.assertRecordValues(
            proposal, [{"state": "withdrawn", "summary": "Tiết kiệm 200 giờ, có số liệu kèm theo"}]
        )

    def test_reason_of_a_refusal(self):
        force(self.participation, {"state": "refused", "refusal_reason": "Chưa đủ thời gian công tác"})
        self._tour("/my/emulation/campaigns", "refusal", self.an)

    def test_head_registers_the_unit(self):
        force(self.campaign, {"collective_set_id": self.campaign.individual_set_id.id})
        self._tour("/my/emulation/campaigns", "unit_registration", self.chi)
        found = self.campaign.participation_ids.filtered("department_id")
        self.assertRecordValues(
            found,
            [
                {
                    "department_id": self.unit.id,
                    "state": "submitted",
                    "pledge": "Cả phòng quyết tâm",
                }
            ],
        )

    def test_second_tab_asks(self):
        self._tour("/my/emulation/evaluations", "second_tab", self.an)
        self.assertEqual(self.line.self_points, 30)

    def test_evidence(self):
        self._tour("/my/emulation/evaluations", "evidence", self.an)
        self.assertFalse(self.sheet.score_ids[1].evidence_ids)

    def test_a_broken_file_goes_on(self):
        self._tour("/my/emulation/evaluations", "broken_file", self.an)
        self.assertEqual(len(self.sheet.score_ids[1].evidence_ids.raw), 500_009)

    def test_propose_oneself(self):
        self.achievement._do_submit()
        force(self.mine, {"state": "withdrawn"})
        self._tour("/my/emulation/achievements", "propose_oneself", self.an)
        found = self.env["emulation.commendation"].search(
            [("proposer_id", "=", self.an.user_id.id), ("employee_id", "=", self.an.id)]
        )
        self.assertRecordValues(found, [{"state": "submitted", "achievement_ids": self.achievement.ids}])

    def test_papers_and_a_correction(self):
        papers = self.env["ir.attachment"].create([{"name": f"{name}.pdf", "raw": PDF} for name in "ab"])
        decision = self.env["emulation.decision"].create({"company_id": self.agency.id})
        force(decision, {"document_attachment_id": papers[0].id, "number": "5"})
        force(self.mine, {"state": "granted", "granted_date": self.today, "decision_id": decision.id})
        self.new_certificate(papers[1])
        self._tour("/my/emulation/commendations", "papers", self.an)
        self.assertEqual(self.mine.request_ids.mapped("kind"), ["correction"])

    def test_honour_board_and_stories(self):
        force(self.mine, {"state": "granted", "granted_date": self.today, "honour_consent": True})
        yesterday = fields.Date.subtract(self.today, days=1)
        for name, until in (("Người giữ lửa", False), ("Chuyện đã hết hạn", yesterday)):
            exemplar = self.env["emulation.exemplar"].create(
                {
                    "name": name,
                    "story": "Từ một tờ giấy.",
                    "employee_id": self.binh.id,
                    "company_id": self.agency.id,
                    "consent_date": fields.Date.subtract(self.today, days=30),
                    "consent_until": until,
                }
            )
            force(exemplar, {"state": "published"})
        self._tour("/emulation/honour", "stories", self.binh)

    def test_head_by_the_list(self):
        self._give_evidence()
        self.sheet._save_self_scores({line.id: {"self_points": 40} for line in self.sheet.score_ids})
        self.sheet._do_submit()
        pending = self._participation(self.binh, state="submitted")
        self._tour("/my/emulation/unit", "head_list", self.chi)
        self.assertRecordValues(self.mine, [{"state": "draft", "reason": "Thiếu minh chứng"}])
        self.assertEqual((self.sheet.state, pending.state), ("verified", "approved"))


@tagged("post_install", "-at_install", "is_tour")
class TestPortalHomeTour(PortalCommon):
    """Odoo's start page with our cards and their numbers."""

    def test_cards(self):
        self._commendation(self.binh, proposer=self.an, state="draft", reason="Thiếu số liệu")
        self.start_tour("/my/home", "hr_emulation_portal_home", login=self.an.user_id.login)


@tagged("post_install", "-at_install", "is_tour")
class TestPortalToursPhone(TestPortalTours):
    width = WIDTHS["phone"]
    allow_inherited_tests_method = True
