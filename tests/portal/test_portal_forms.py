"""A form that is refused comes back as it was typed, with what is wrong at its fields."""

from lxml import html
from odoo.tests import tagged

from ..helpers.portal_common import PortalCommon

ACHIEVEMENTS = "/my/emulation/achievements"


@tagged("post_install", "-at_install")
class TestPortalForms(PortalCommon):
    def _refused(self, url, form):
        answer = self.post(url, form)
        self.assertEqual(answer.status_code, 422, answer.headers.get("Location"))
        return html.document_fromstring(answer.text)

    def _field(self, page, name):
        return page.xpath("//*[@name = $name]", name=name)[0]

    def _error(self, page, name):
        """Return what stands at a field, as a screen reader finds it."""
        field = self._field(page, name)
        self.assertEqual(field.get("aria-invalid"), "true")
        note = page.get_element_by_id(field.get("aria-describedby").split()[-1])
        return note.text_content()

    def test_what_was_typed_comes_back(self):
        self.login(self.an)
        text = "Tiết kiệm 200 giờ.\r\n<b>Hai</b> dòng & “ngoặc”"
        form = {
            "name": "Số hóa <hồ sơ>",
            "kind": "initiative",
            "description": text,
            "date_from": "2026-02-01",
            "date_to": "2026-01-01",
        }
        page = self._refused(f"{ACHIEVEMENTS}/save", form)
        self.assertEqual(self._field(page, "name").get("value"), form["name"])
        self.assertEqual(self._field(page, "description").text_content().lstrip("\n"), text.replace("\r", ""))
        self.assertEqual(page.xpath("//select[@name = 'kind']/option[@selected]/@value"), ["initiative"])
        self.assertEqual(self._field(page, "date_from").get("value"), "2026-02-01")
        self.assertIn("cannot end before", self._error(page, "date_to"))
        self.assertEqual(self._field(page, "date_to").get("autofocus"), "autofocus")
        self.assertFalse(self.env["emulation.achievement"].search([("name", "like", "Số hóa")]))

    def test_odd_values_stand_at_their_fields(self):
        self.login(self.an)
        page = self._refused(
            f"{ACHIEVEMENTS}/save", {"name": "", "date_from": "nan", "description": "x" * 4001}
        )
        self.assertIn("Give it a name", self._error(page, "name"))
        self.assertIn("nan is not a date", self._error(page, "date_from"))
        self.assertIn("4000", self._error(page, "description"))

    def test_a_head_keeps_the_points_of_a_whole_sheet(self):
        lines = self.sheet.score_ids
        self.sheet._save_self_scores({line.id: {"self_points": 40} for line in lines})
        self.env["ir.attachment"].create({"name": "b", "res_model": "emulation.score", "res_id": lines[1].id})
        self.sheet._write_protected({"state": "submitted"})
        self.login(self.chi)
        url = f"/my/emulation/unit/evaluations/{self.sheet.id}/verify"
        form = {
            f"verified_points-{lines[0].id}": "inf",
            f"verified_points-{lines[1].id}": "39,5",
            f"verifier_note-{lines[1].id}": "Thiếu một ngày",
        }
        page = self._refused(url, form)
        self.assertEqual(self._field(page, f"verified_points-{lines[1].id}").get("value"), "39,5")
        self.assertEqual(self._field(page, f"verifier_note-{lines[1].id}").get("value"), "Thiếu một ngày")
        self.assertIn("inf is not a number", self._error(page, f"verified_points-{lines[0].id}"))
        page = self._refused(url, {**form, f"verified_points-{lines[0].id}": "61"})
        self.assertTrue(self._error(page, f"verified_points-{lines[0].id}"), "above the maximum")
        self.assertFalse(any(lines.mapped("is_verified")), "all of it or nothing")

    def test_ticks_stay_when_the_reason_is_missing(self):
        self.login(self.chi)
        page = self._refused("/my/emulation/unit/proposals", {"verb": "return", "record": self.mine.id})
        self.assertEqual(page.xpath("//input[@name = 'record'][@checked]/@value"), [str(self.mine.id)])
        self.assertIn("Give a reason", self._error(page, "reason"))

    def test_the_right_one_of_several_forms_comes_back(self):
        self.mine._write_protected({"state": "granted", "granted_date": self.today})
        self.login(self.an)
        url = f"/my/emulation/commendations/{self.mine.id}/request"
        page = self._refused(url, {"kind": "appeal", "text": " "})
        opened = page.xpath("//details[@open]//input[@name = 'kind']/@value")
        self.assertEqual(opened, ["appeal"])

    def test_a_text_is_shown_where_its_form_is_gone(self):
        self.login(self.an)
        self.achievement._write_protected({"state": "submitted"})
        page = self._refused(f"{ACHIEVEMENTS}/{self.achievement.id}/save", {"name": "Một giờ viết lách"})
        self.assertIn("Một giờ viết lách", page.text_content())
        self.assertTrue(page.xpath("//*[@role = 'alert']"))

    def test_forms_reached_by_get_lead_to_their_page(self):
        """After a log-in the browser comes by GET: to the page of the form, never to an error."""
        self.login(self.an)
        for url, page in (
            (f"{ACHIEVEMENTS}/save", f"{ACHIEVEMENTS}/new"),
            (f"{ACHIEVEMENTS}/{self.achievement.id}/save", f"{ACHIEVEMENTS}/{self.achievement.id}"),
            (
                f"/my/emulation/evaluations/{self.sheet.id}/submit",
                f"/my/emulation/evaluations/{self.sheet.id}",
            ),
        ):
            answer = self.url_open(url, allow_redirects=False)
            self.assertEqual(answer.status_code, 303)
            self.assertTrue(answer.headers["Location"].endswith(page))
            self.assertEqual(self.url_open(url).status_code, 200)

    def test_numbers_that_are_none_are_never_stored(self):
        self.login(self.an)
        url = f"/my/emulation/evaluations/{self.sheet.id}/save"
        for odd in ("inf", "nan", "1e308", "1_0", "²", "9" * 5000, [1], {"a": 1}, True):
            line = {"id": self.line.id, "base": {}, "values": {"self_points": odd, "actual_value": odd}}
            answer = self.make_jsonrpc_request(url, {"lines": [line]})["lines"][0]
            self.assertEqual(answer["status"], "refused", odd)
            self.assertTrue(answer["message"])
        self.assertFalse(self.line.is_self_scored)

    def test_sending_again_what_is_written_another_way_is_harmless(self):
        self.login(self.an)
        url = f"/my/emulation/evaluations/{self.sheet.id}/save"
        for text in ("50.50", "50,5", "50.5"):
            line = {"id": self.line.id, "base": {}, "values": {"self_points": text}}
            answer = self.make_jsonrpc_request(url, {"lines": [line]})["lines"][0]
            self.assertEqual((answer["status"], answer["values"]["self_points"]), ("saved", "50,5"))

    def test_a_page_of_a_list_is_found_by_its_number(self):
        self.login(self.an)
        for page in ("2", "x", "nan", "9" * 5000, "-1", "²"):
            answer = self.url_open("/my/emulation/campaigns", params={"page": page})
            self.assertEqual(answer.status_code, 200, page)

    def test_pages_cannot_be_framed_by_others(self):
        self.login(self.an)
        headers = self.url_open("/my/emulation").headers
        self.assertIn("frame-ancestors 'self'", headers["Content-Security-Policy"])
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(headers["Referrer-Policy"], "same-origin")
