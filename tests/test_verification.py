import logging

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from ..controllers.portal import throttle
from ..printing import signing
from .document_common import DocumentCommon


@tagged("post_install", "-at_install")
class TestVerification(HttpCase, DocumentCommon):
    """Five answers, each clear, and none about anybody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        decision = cls.new_decision(cls.new_lines(2), issue_date="2026-01-05")
        decision._do_issue()
        cls.card, cls.other = decision.certificate_ids.sorted("rank").sudo()

    def setUp(self):
        super().setUp()
        throttle.forget()

    def _get(self, path):
        self.authenticate(None, None)
        return self.url_open(path)

    def _page(self, payload=""):
        return self._get(f"/emulation/verify/{self.card.token}?lang=en&p={payload}")

    def test_valid(self):
        page = self._page(self.card.payload)
        self.assertEqual(page.status_code, 200)
        self.assertIn("<h1>Valid</h1>", page.text)
        self.assertIn("genuine", page.text)
        self.assertIn(self.card.recipient_name, page.text)
        self.assertNotIn(self.other.recipient_name, page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")

    def test_suspended_revoked_replaced(self):
        self.card.action_suspend()
        self.assertIn("<h1>Suspended</h1>", self._page().text)
        self.card.action_resume()
        self.card._do_revoke(self.card.decision_id)
        self.assertIn("<h1>Revoked</h1>", self._page().text)
        self.other.action_replace()
        page = self._get(f"/emulation/verify/{self.other.token}?lang=en").text
        self.assertIn("<h1>Replaced</h1>", page)
        self.assertIn(self.other.replaced_by_id.number, page)

    def test_unknown(self):
        for token in ("khong-co", "không", "x" * 300, "%00"):
            self.assertEqual(self._get(f"/emulation/verify/{token}").status_code, 404, token)

    def test_altered_and_foreign_payloads_say_so(self):
        altered = self._page(self.card.payload[:40] + "AAAA" + self.card.payload[44:]).text
        self.assertIn("was altered", altered)
        self.assertIn("<h1>Not genuine</h1>", altered)
        self.assertNotIn("<h1>Valid</h1>", altered)
        self.assertIn("another certificate", self._page(self.other.payload).text)
        facts = signing.Statement(self.card.token, "1", "An", "GK", "01", "2026-01-05")
        self.assertIn("never used", self._page(signing.sign(facts, signing.new_key()[0])).text)

    def _search(self, **values):
        self.authenticate(None, None)
        return self.url_open("/emulation/verify", data={"lang": "en", "number": self.card.number, **values})

    def test_search_needs_number_and_name(self):
        self.assertIn("<h1>Valid</h1>", self._search(name="nguyen thi ung vien 0000").text)
        self.assertEqual(self._search(name="Nguyễn Văn Khác").status_code, 404)
        self.assertNotIn(self.card.recipient_name, self._search(name="").text)

    def test_numbers_do_not_tell_what_a_person_was_given(self):
        """A name is not tried with one number after the other, nor a number with one name after the other."""
        codes = [
            self._search(number=f"{number:04}/2026", name="Trần Văn Mò").status_code for number in range(9)
        ]
        self.assertEqual(codes, [404] * 5 + [429] * 4)
        self.assertEqual(
            self._search(number="1", name="TRAN VAN MO").status_code, 429, "however it is written"
        )
        throttle.forget()
        codes = [self._search(name=f"Người {number}").status_code for number in range(9)]
        self.assertEqual(codes, [404] * 5 + [429] * 4)

    def test_an_honest_paper_may_be_checked_often(self):
        codes = {self._search(name=self.card.recipient_name).status_code for _time in range(12)}
        self.assertEqual(codes, {200})

    def test_a_flood_of_searches_is_stopped(self):
        codes = [self._search(number=str(number), name=f"N {number}").status_code for number in range(25)]
        self.assertEqual(codes, [404] * 20 + [429] * 5)

    def test_the_page_runs_nothing_and_is_framed_by_nobody(self):
        headers = self._page().headers
        self.assertIn("default-src 'none'", headers["Content-Security-Policy"])
        self.assertIn("frame-ancestors 'none'", headers["Content-Security-Policy"])
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(headers["Referrer-Policy"], "no-referrer")

    def test_a_name_in_an_address_is_not_searched(self):
        path = f"/emulation/verify?lang=en&number={self.card.number}&name={self.card.recipient_name}"
        self.assertNotIn("<h1>Valid</h1>", self._get(path).text)

    def test_nothing_about_the_visitor_is_kept(self):
        found = self._search(name="x")
        page = self._get(f"/emulation/verify/{self.card.token}")
        self.assertEqual((found.status_code, page.status_code), (404, 200))
        self.assertNotIn("Set-Cookie", found.headers)
        self.assertNotIn("Set-Cookie", page.headers)
        self.assertFalse(self._is_logged(f"/emulation/verify/{self.card.token}?p=x"))
        self.assertFalse(self._is_logged("/emulation/verify"))
        self.assertTrue(self._is_logged("/web/login"))

    def _is_logged(self, path):
        """Return whether the server's access log takes in its own line about a request."""
        arguments = (f"GET {path} HTTP/1.1", 200, "-")
        line = logging.LogRecord(
            "werkzeug", logging.INFO, "", 0, '203.0.113.7 - - "%s" %s %s', arguments, None
        )
        return bool(logging.getLogger("werkzeug").filter(line))

    def test_both_languages(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        self.env["ir.module.module"].search([("name", "=", "hr_emulation")])._update_translations("vi_VN")
        words = {"vi": "Có giá trị", "en": "Valid"}
        for lang, word in words.items():
            page = self._get(f"/emulation/verify/{self.card.token}?lang={lang}").text
            self.assertTrue(f'lang="{lang}"' in page and f"<h1>{word}</h1>" in page, lang)

    def test_status_list_names_nobody(self):
        self.other._do_revoke(self.other.decision_id)
        text = self._get("/emulation/status.json").text
        self.assertIn(signing.status_mark(self.other.token), text)
        self.assertNotIn(signing.status_mark(self.card.token), text)
        for secret in (self.other.token, self.other.number, self.other.recipient_name):
            self.assertNotIn(secret, text)

    def test_key_page_keeps_the_history(self):
        keys = self.env["emulation.signing.key"]
        self.assertTrue(
            keys.search([("company_id", "=", self.env.ref("base.main_company").id)]), "made at install"
        )
        old = keys._get_current(self.company)
        old.with_user(self.user_admin).action_rotate()
        new = keys._get_current(self.company)
        page = self._get("/emulation/keys?lang=en").text
        for key in (old, new):
            self.assertTrue(key.key_id in page and key.public_key in page)
        self.assertIn("retired on", page)
        self.assertIn("<h1>Valid</h1>", self._page(self.card.payload).text)
        self.assertIn("genuine", self._page(self.card.payload).text)

    def test_private_keys_leave_by_no_door(self):
        key = self.env["emulation.signing.key"]._get_current(self.company)
        self.assertNotIn(key.private_key, self._get("/emulation/keys").text)
        self.assertNotIn(key.private_key, self._get("/emulation/keys.json").text)
        with self.assertRaises(AccessError):
            key.with_user(self.user_admin).read(["private_key"])
