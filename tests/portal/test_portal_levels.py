"""A line whose levels are words: chosen on the own sheet, read and changed by the head, by name on every page."""

from odoo.tests import tagged

from ..helpers.portal_common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalLevels(PortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.work = cls.sheet.score_ids.filtered(lambda line: line.max_points == 60)
        cls.order = cls.sheet.score_ids - cls.work
        cls.work.criterion_id.levels = "Tốt: 60; Khá: 40; Trung bình: 20"
        cls.page = f"/my/emulation/evaluations/{cls.sheet.id}"

    def save(self, points, before=""):
        self.login(self.an)
        line = {"id": self.work.id, "base": {"self_points": before}, "values": {"self_points": points}}
        return self.make_jsonrpc_request(f"{self.page}/save", {"lines": [line]})["lines"][0]

    def test_a_level_is_chosen_and_shown_by_name(self):
        self.login(self.an)
        page = self.url_open(self.page).text
        for option in ('<option value="60">Tốt</option>', '<option value="20">Trung bình</option>'):
            self.assertIn(option, page)
        self.assertEqual(self.save("40")["status"], "saved")
        self.assertIn('<option value="40" selected="True">Khá</option>', self.url_open(self.page).text)
        refused = self.save("50", before="40")
        self.assertIn("Tốt, Khá, Trung bình", str(refused))
        self.assertEqual(self.work.self_points, 40)

    def test_the_head_reads_the_word_and_agrees_or_chooses_another(self):
        (self.work | self.order)._with_seal().write({"self_points": 20})
        self.sheet._write_protected({"state": "submitted"})
        self.login(self.chi)
        url = f"/my/emulation/unit/evaluations/{self.sheet.id}"
        page = self.url_open(url).text
        self.assertIn("<strong>Trung bình (20)</strong>", page)
        self.assertIn('<option value="20" selected="True">Trung bình</option>', page)
        names = {f"verified_points-{self.work.id}": "40", f"verified_points-{self.order.id}": "20"}
        self.assertEqual(self.post(f"{url}/verify", names).status_code, 303)
        self.assertEqual((self.work.verified_points, self.sheet.state), (40, "verified"))
        self.login(self.an)
        self.assertIn("<strong>Khá (40)</strong>", self.url_open(self.page).text)

    def test_where_nothing_was_chosen_nothing_is_put_in_the_mouth_of_the_head(self):
        self.sheet._write_protected({"state": "submitted"})
        self.login(self.chi)
        page = self.url_open(f"/my/emulation/unit/evaluations/{self.sheet.id}").text
        self.assertIn('<option value="">–</option>', page)
        self.assertNotIn('selected="True"', page)
