from odoo.tests import tagged

from .portal_common import PDF, PortalCommon, force


@tagged("post_install", "-at_install", "is_tour")
class TestPortalTours(PortalCommon):
    """Each story by clicking, as a portal user, on a desktop screen; below the same on a phone."""

    def _tour(self, url, name, person):
        self.start_tour(url, f"hr_emulation_portal_{name}", login=person.user_id.login)

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


@tagged("post_install", "-at_install", "is_tour")
class TestPortalToursPhone(TestPortalTours):
    browser_size = "390x844"
    touch_enabled = True
    allow_inherited_tests_method = True
