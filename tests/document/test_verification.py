import logging

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from ...controllers.portal import throttle
from ...printing import signing
from ..helpers.common import load_vietnamese
from ..helpers.document_common import DocumentCommon
from .test_verify_offline import OLD_CODE, OLD_KEY


@tagged("post_install", "-at_install")
class TestVerification(HttpCase, DocumentCommon):
    """Five answers, each clear, and none about anybody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card, cls.other = cls.issue_cards()

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

    def _scan(self, code=None):
        """Open the address in a printed code."""
        return self._get(f"/kt/{code or self.card.payload}?lang=en")

    def test_the_address_in_the_printed_code(self):
        page = self._scan()
        self.assertEqual(page.status_code, 200)
        self.assertIn("<h1>Valid</h1>", page.text)
        self.assertIn("genuine", page.text)
        self.assertTrue(self.card._get_qr_value().endswith(f"/kt/{self.card.payload}"))
        code = self.card.payload
        self.assertIn("<h1>Not genuine</h1>", self._scan(code[:-1] + str(int(code[-1]) ^ 1)).text)
        for nonsense in ("1", "0", "9" * 5000, "khac", "%00", "²", "-1"):
            self.assertEqual(self._scan(nonsense).status_code, 404, nonsense[:10])

    def test_what_is_signed_stands_first_when_the_register_was_changed(self):
        """Somebody with the database in hand turns a certificate into a higher one of somebody else."""
        self.env.cr.execute(
            "UPDATE emulation_certificate SET award_name = 'Huân chương Sao vàng', recipient_name = 'Kẻ Giả Mạo',"
            " award_id = %s WHERE id = %s",
            [self.env.ref("hr_emulation.award_hcsv").id, self.card.id],
        )
        self.env.invalidate_all()
        for page in (self._scan(), self._page(), self._page(self.card.payload)):
            self.assertIn("<h1>The register was changed</h1>", page.text)
            self.assertNotIn("<h1>Valid</h1>", page.text)
            signed, false = page.text.index("Nguyễn Thị Ứng Viên 0000"), page.text.index("Kẻ Giả Mạo")
            self.assertLess(signed, false)
            self.assertIn("In the register: <b>Huân chương Sao vàng</b>", page.text)
            self.assertNotIn("Gold Star", page.text)

    def test_what_an_award_is_called_afterwards_says_nothing_of_what_was_signed(self):
        """An administrator renames the award: the page of an issued certificate would call it a higher one."""
        self.card.award_id.with_user(self.user_admin).name = "Huân chương Sao vàng"
        self.assertNotIn("Sao vàng", self._page().text)
        official = self.env.ref("hr_emulation.award_gkso")
        self.env.cr.execute(
            "UPDATE emulation_certificate SET award_id = %s WHERE id = %s", [official.id, self.card.id]
        )
        self.env.invalidate_all()
        page = self._page().text
        self.assertIn("<h1>Valid</h1>", page)
        self.assertIn(official.with_context(lang="en_US").name, page, "in the words of the catalogue")
        official.with_user(self.user_admin).with_context(lang="en_US").name = "Gold Star Order"
        page = self._page().text
        self.assertIn("<h1>Valid</h1>", page)
        self.assertNotIn("Gold Star", page)

    def test_a_register_without_a_genuine_signature_says_so(self):
        self.env.cr.execute(
            "UPDATE emulation_certificate SET payload = '12345' WHERE id = %s", [self.card.id]
        )
        self.env.invalidate_all()
        page = self._page().text
        self.assertIn("carries no genuine signature", page)
        self.assertNotIn("<h1>Valid</h1>", page)

    def test_signed_but_not_in_the_register(self):
        key = self.card.signing_key_id
        facts = signing.Statement(signing.new_token(), "0099/2026", "An", "GK", "01", "2026-01-05")
        code = signing.sign(facts, key._get_private_key(), key.agency)
        page = self._scan(code)
        self.assertEqual(page.status_code, 404)
        self.assertIn("<h1>Not in the register</h1>", page.text)
        key.with_user(self.user_admin)._do_report_stolen("2026-01-01", "Thử")
        self.assertIn("a key that was stolen", self._scan(code).text)
        self.assertIn("The register confirms this certificate", self._scan().text)
        self.assertIn("<h1>Valid</h1>", self._scan().text)

    def test_codes_of_version_1_stay_valid(self):
        key = self.env["emulation.signing.key"]._create_protected(
            [{"company_id": self.company.id, "key_id": OLD_KEY.name, "public_key": OLD_KEY.public}]
        )
        statement = signing.check(OLD_CODE, {OLD_KEY.name: OLD_KEY})[1]
        self.card._write_protected(
            {
                "payload": OLD_CODE,
                "token": statement.token,
                "number": statement.number,
                "recipient_name": statement.name,
                "award_name": statement.award,
                "issue_date": statement.date,
                "signing_key_id": key.id,
            }
        )
        self.card.decision_id._write_protected({"number": "5", "symbol": "QĐ-SCT"})
        page = self._page(OLD_CODE).text
        self.assertIn("<h1>Valid</h1>", page)
        self.assertIn("genuine", page)
        self.assertIn(f"/emulation/verify/{statement.token}?p={OLD_CODE}", self.card._get_qr_value())

    def test_a_certificate_is_found_among_any_number_of_agencies_with_its_number(self):
        names = [f"Sở {index}" for index in range(25)]
        companies = self.env["res.company"].create([{"name": name} for name in names])
        self.env["emulation.certificate"]._create_protected(
            [
                {
                    "company_id": company.id,
                    "commendation_id": self.card.commendation_id.id,
                    "number": self.card.number,
                    "recipient_name": f"Người {company.name}",
                }
                for company in companies
            ]
        )
        self.assertIn("<h1>Valid</h1>", self._search(name="nguyen thi ung vien 0000").text)
        self.assertIn("<h1>Valid</h1>", self._search(number="1/2026", name="nguyen thi ung vien 0000").text)
        namesake = self.env["emulation.certificate"]._find_by_number(self.card.number, "người sở 7")
        self.assertEqual(namesake.company_id, companies[7])

    def test_namesakes_of_two_agencies_are_both_shown(self):
        self.other._write_protected({"company_id": self.other_company.id, "number": self.card.number})
        self.other._write_protected({"recipient_name": self.card.recipient_name})
        page = self._search(name=self.card.recipient_name).text
        self.assertIn("<h1>Valid</h1>", page)
        self.assertIn("<h1>The register was changed</h1>", page, "its signature is for other facts")

    def test_the_list_costs_no_scan(self):
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        for query in (
            "SELECT 1 FROM emulation_certificate WHERE state IN ('suspended', 'revoked', 'replaced')",
            "SELECT 1 FROM emulation_certificate WHERE number IN ('0001/2026') AND recipient_key = 'an'",
        ):
            self.env.cr.execute(f"EXPLAIN {query}")
            plan = "\n".join(line for (line,) in self.env.cr.fetchall())
            self.assertRegex(plan, "emulation_certificate_(not_in_force|verification)_idx", plan)

    def test_suspended_revoked_replaced(self):
        self.card.action_suspend()
        self.assertIn("<h1>Suspended</h1>", self._page().text)
        self.card.action_resume()
        self.card._do_revoke(self.card.decision_id)
        self.assertIn("<h1>Recalled</h1>", self._page().text)
        self.other.action_replace()
        page = self._get(f"/emulation/verify/{self.other.token}?lang=en").text
        self.assertIn("<h1>Replaced</h1>", page)
        self.assertIn(self.other.replaced_by_id.number, page)

    def test_a_revoked_one_says_by_which_decision(self):
        line = self.card.commendation_id
        revocation = self.env["emulation.decision"].create(
            {
                "kind": "revocation",
                "company_id": self.company.id,
                "amended_decision_id": self.card.decision_id.id,
                "revocation_ground": "fraud",
                "issue_date": "2026-02-03",
                "number": "77",
            }
        )
        line._write_protected({"revocation_decision_id": revocation.id})
        self.card._do_revoke(revocation)
        page = self._page().text
        self.assertIn("03/02/2026", page)
        self.assertIn("77/", page)
        self.assertIn("<title>Revoked certificate</title>", page)

    def test_a_replaced_one_leads_to_the_one_in_its_place(self):
        self.other.action_replace()
        page = self._get(f"/emulation/verify/{self.other.token}?lang=en").text
        self.assertIn(f"/emulation/verify/{self.other.replaced_by_id.token}", page)

    def test_it_says_when_it_was_checked_and_whom_to_ask(self):
        self.company.partner_id.write({"phone": "0213 3876 543", "email": "tdkt@example.vn"})
        page = self._page().text
        self.assertRegex(page, r"Checked at \d\d:\d\d \d\d/\d\d/\d{4}")
        self.assertIn("tel:0213 3876 543", page)
        self.assertIn("mailto:tdkt@example.vn", page)

    def test_it_is_light(self):
        self.assertLess(len(self._page().content), 20_000, "no fonts in the page")

    def test_shared_it_shows_a_title_and_a_picture(self):
        page = self._page().text
        self.assertIn('property="og:title" content="Valid certificate"', page)
        self.assertIn("/hr_emulation/static/src/portal/share.png", page)

    def test_what_badges_lead_to_is_there_for_everybody(self):
        key = self.card.signing_key_id
        answer = self._get(f"/emulation/keys/{key.key_id}.jwk")
        self.assertEqual(answer.json()["x"], key.public_key)
        self.assertEqual(answer.headers["Access-Control-Allow-Origin"], "*")
        profile = self._get(f"/emulation/issuers/{self.company.id}").json()
        self.assertEqual((profile["type"], profile["name"]), (["Profile"], self.company.name))
        self.assertTrue(profile["id"].endswith(f"/emulation/issuers/{self.company.id}"))
        for nothing in ("/emulation/keys/xyz.jwk", "/emulation/issuers/0"):
            self.assertEqual(self._get(nothing).status_code, 404)

    def test_unknown(self):
        for token in ("khong-co", "không", "x" * 300, "%00"):
            self.assertEqual(self._get(f"/emulation/verify/{token}").status_code, 404, token)

    def test_altered_and_foreign_payloads_say_so(self):
        code = self.card.payload
        altered = self._page(code[:-1] + str(int(code[-1]) ^ 1)).text
        self.assertIn("was altered", altered)
        self.assertIn("<h1>Not genuine</h1>", altered)
        self.assertNotIn("<h1>Valid</h1>", altered)
        self.assertIn("another certificate", self._page(self.other.payload).text)
        facts = signing.Statement(self.card.token, "1", "An", "GK", "01", "2026-01-05")
        self.assertIn("never used", self._page(signing.sign(facts, signing.new_key()[0], "Sở A")).text)

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
        self.assertFalse(self._is_logged("/kt/123456?lang=vi"))
        self.assertFalse(self._is_logged("/kiem-tra"))
        self.assertTrue(self._is_logged("/web/login"))

    def _is_logged(self, path):
        """Return whether the server's access log takes in its own line about a request."""
        arguments = (f"GET {path} HTTP/1.1", 200, "-")
        line = logging.LogRecord(
            "werkzeug", logging.INFO, "", 0, '203.0.113.7 - - "%s" %s %s', arguments, None
        )
        return bool(logging.getLogger("werkzeug").filter(line))

    def test_both_languages(self):
        load_vietnamese(self.env)
        words = {"vi": "Có hiệu lực", "en": "Valid"}
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
        self.assertEqual(key.place, "file")
        self.assertFalse(key.private_key, "not even in the database")
        for path in ("/emulation/keys", "/emulation/keys.json", "/emulation/status.json"):
            self.assertNotIn(key._get_private_key(), self._get(path).text)
        with self.assertRaises(AccessError):
            key.with_user(self.user_admin).read(["private_key"])
