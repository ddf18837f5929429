"""An empty number is none: it is missing, named at hand-in, and never 0. And 0 is a number."""

from lxml import html
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..helpers.portal_common import PortalCommon, force


@tagged("post_install", "-at_install")
class TestPortalGiven(PortalCommon):
    def _save(self, typed, base, name="self_points"):
        """Send one line as the script of the sheet does; return the whole answer."""
        line = {"id": self.line.id, "base": {name: base}, "values": {name: typed}}
        url = f"/my/emulation/evaluations/{self.sheet.id}/save"
        return self.make_jsonrpc_request(url, {"lines": [line]})

    def test_an_emptied_line_is_missing_again(self):
        self.login(self.an)
        self._save("50", "")
        answer = self._save("", "50")
        self.assertEqual(answer["lines"][0]["status"], "saved")
        self.assertEqual(answer["lines"][0]["values"]["self_points"], "")
        self.assertEqual((answer["done"], answer["total"], answer["lines"][0]["points"]), (0, "0", ""))
        self.assertIn(self.line.criterion_id.name, answer["missing"])
        self.assertRecordValues(self.line, [{"is_self_scored": False, "self_points": 0}])

    def test_a_zero_is_given(self):
        self.login(self.an)
        answer = self._save("0", "")
        self.assertEqual((answer["done"], answer["lines"][0]["values"]["self_points"]), (1, "0"))
        self.assertNotIn(self.line.criterion_id.name, answer["missing"])
        self.assertTrue(self.line.is_self_scored)
        page = html.document_fromstring(self.url_open(f"/my/emulation/evaluations/{self.sheet.id}").text)
        fields = page.xpath(f"//input[@name = 'self_points-{self.line.id}']/@value")
        self.assertEqual(fields, ["0"])

    def test_two_tabs_tell_empty_from_zero(self):
        self.login(self.an)
        self._save("0", "")
        self.assertEqual(self._save("5", "")["lines"][0]["status"], "conflict", "the other tab stored 0")
        self.assertEqual(self._save("5", "0")["lines"][0]["status"], "saved")

    def test_an_emptied_result_is_missing_and_so_are_its_points(self):
        force(self.line.criterion_id, {"kind": "quantity", "target": 100})
        self.login(self.an)
        self.assertEqual(self._save("50", "", "actual_value")["lines"][0]["points"], "30")
        answer = self._save("", "50", "actual_value")
        self.assertEqual(answer["lines"][0]["values"]["actual_value"], "")
        self.assertRecordValues(self.line, [{"is_self_scored": False, "self_points": 0, "actual_value": 0}])
        self._save("0", "", "actual_value")
        self.assertTrue(self.line.is_self_scored, "nothing was reached: that is said")

    def test_an_empty_answer_is_neither_yes_nor_no(self):
        force(self.line.criterion_id, {"kind": "yes_no"})
        self.login(self.an)
        self._save("60", "")
        self.assertEqual(self.line.answer, "yes")
        self._save("", "60")
        self.assertFalse(self.line.answer)
        self._save("0", "")
        self.assertEqual(self.line.answer, "no")
        self.line.answer = False
        self.assertFalse(self.line.is_self_scored)

    def test_without_script_it_is_named_at_hand_in(self):
        second = self.sheet.score_ids[1]
        self.env["ir.attachment"].create({"name": "b", "res_model": "emulation.score", "res_id": second.id})
        self.sheet._save_self_scores({self.line.id: {"self_points": 55}, second.id: {"self_points": 0}})
        self.login(self.an)
        url = f"/my/emulation/evaluations/{self.sheet.id}/submit"
        form = {f"self_points-{self.line.id}": "", f"self_points-{second.id}": "0"}
        answer = self.post(url, {**form, "hand_in": "1"})
        self.assertEqual(answer.status_code, 422)
        self.assertIn(
            self.line.criterion_id.name,
            html.document_fromstring(answer.text).xpath("string(//*[@role='alert'])"),
        )
        self.assertEqual(self.sheet.state, "draft")
        self.post(url, {**form, f"self_points-{self.line.id}": "0", "hand_in": "1"})
        self.assertRecordValues(self.sheet, [{"state": "submitted", "self_total": 0}])

    def test_a_head_gives_points_or_zero(self):
        lines = self.sheet.score_ids
        self.sheet._save_self_scores({line.id: {"self_points": 40} for line in lines})
        force(self.sheet, {"state": "submitted"})
        self.login(self.chi)
        url = f"/my/emulation/unit/evaluations/{self.sheet.id}/verify"
        answer = self.post(url, {f"verified_points-{self.line.id}": ""})
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Give points, or 0.", answer.text)
        self.assertEqual(self.sheet.state, "submitted")
        self.post(url, {f"verified_points-{self.line.id}": "0"})
        self.assertRecordValues(self.line, [{"is_verified": True, "verified_points": 0}])

    def test_final_points_are_not_taken_away(self):
        self.sheet._save_self_scores({line.id: {"self_points": 40} for line in self.sheet.score_ids})
        force(self.sheet, {"state": "verified"})
        with self.assertRaisesRegex(UserError, "Give points, or 0"):
            self.line.write({"final_points": False})

    def test_a_report_tells_nothing_from_zero(self):
        report = self._unit_report(("Số buổi",))
        line = report.line_ids
        force(line, {"answer": "number", "is_required": True})
        self.login(self.chi)
        url = f"/my/emulation/unit/reports/{report.id}/save"
        answer = self.post(url, {f"figure-{line.id}": "", "hand_in": "1"})
        self.assertEqual((answer.status_code, report.state), (422, "owed"))
        self.assertIn("Số buổi", html.document_fromstring(answer.text).xpath("string(//*[@role='alert'])"))
        self.post(url, {f"figure-{line.id}": "3"})
        self.post(url, {f"figure-{line.id}": ""})
        self.assertRecordValues(line, [{"is_given": False, "figure": 0}])
        self.assertEqual(line._get_answer(), "")
        self.post(url, {f"figure-{line.id}": "0", "hand_in": "1"})
        self.assertEqual((report.state, line._get_answer()), ("submitted", "0"))
        self.assertIn("Tổng cộng: 0", report.round_id._get_draft())

    def test_a_mark_of_a_council_is_taken_back(self):
        session = self._marking(self.chi, self.an)
        mark = session.mark_ids.filtered(lambda mark: mark.kind == "points")[0]
        self.login(self.chi)
        url = f"/my/emulation/initiatives/{session.id}/save"
        self.post(url, {f"points-{mark.id}": "0"})
        self.assertRecordValues(mark, [{"is_given": True, "points": 0}])
        self.post(url, {f"points-{mark.id}": ""})
        self.assertRecordValues(mark, [{"is_given": False, "points": 0}])
