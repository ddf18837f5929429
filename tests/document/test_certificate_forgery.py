"""Certificates, keys and badges against somebody who writes into the database, or turns one agency's key on another."""

import base64
import json
import re

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL, mute_logger

from ...controllers.portal import throttle
from ...controllers.portal.commendations import sign_badge
from ...printing import signing
from ..helpers.document_common import DocumentCommon


class Forger(DocumentCommon):
    def forge(self, record, **columns):
        """Write as somebody does who has the database in hand."""
        self.env.flush_all()
        pairs = SQL(", ").join(SQL("%s = %s", SQL.identifier(name), value) for name, value in columns.items())
        table = SQL.identifier(record._table)
        self.env.cr.execute(SQL("UPDATE %s SET %s WHERE id = %s", table, pairs, record.id))
        self.env.invalidate_all()


@tagged("post_install", "-at_install", "security")
class TestCertificateForgery(HttpCase, Forger):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card, cls.other = cls.issue_cards()
        cls.key = cls.card.signing_key_id

    def setUp(self):
        super().setUp()
        throttle.forget()
        self.authenticate(None, None)

    def scan(self, code):
        return self.url_open(f"/kt/{code}?lang=en").text

    def open(self, card, code=""):
        return self.url_open(f"/emulation/verify/{card.token}?lang=en&p={code}").text

    # ---------- The register against what was signed ----------

    def test_the_paper_proves_what_the_register_lost(self):
        """The signed code is erased and the name changed: the paper's own code still says who got what."""
        code, name = self.card.payload, self.card.recipient_name
        for payload in (None, "", "12345", self.other.payload):
            self.forge(self.card, payload=payload, recipient_name="Kẻ Giả Mạo")
            for page in (self.scan(code), self.open(self.card, code)):
                self.assertIn("<h1>The register was changed</h1>", page)
                self.assertLess(page.index(name), page.index("Kẻ Giả Mạo"), "what is signed stands first")
                self.assertIn("In the register: <b>Kẻ Giả Mạo</b>", page)
            self.assertNotIn("<h1>Valid</h1>", self.open(self.card))

    def test_the_signature_of_another_certificate_is_none(self):
        facts = ("payload", "number", "recipient_name")
        stolen = {name: self.other[name] for name in facts}
        self.forge(self.other, number="9999/2026")
        self.forge(self.card, **stolen)
        page = self.open(self.card)
        self.assertNotIn("<h1>Valid</h1>", page)
        self.assertIn("carries no genuine signature", page)

    def test_two_signed_codes_of_one_certificate_are_told_apart(self):
        facts = signing.check(self.card.payload, {self.key.key_id: self.get_public()})[1]
        changed = signing.Statement(**{**vars(facts), "award": "Huân chương Sao vàng"})
        code = signing.sign(changed, self.key._get_private_key(), self.key.agency)
        page = self.scan(code)
        self.assertIn("<h1>Not genuine</h1>", page)
        self.assertNotIn("Sao vàng", page)
        self.assertNotIn("it is genuine", page)

    def get_public(self):
        return signing.PublicKey(self.key.public_key, self.key.agency)

    def test_the_issuer_is_who_signed_whatever_the_row_says(self):
        foreign = self.env["emulation.signing.key"]._get_current(self.other_company)
        self.forge(self.card, signing_key_id=foreign.id)
        page = self.scan(self.card.payload)
        self.assertIn(self.key.agency, page)
        self.assertNotIn(foreign.agency, page)

    def test_a_theft_is_not_hidden_by_another_key_in_the_row(self):
        self.key.with_user(self.user_admin)._do_report_stolen("2026-01-01", "Thử")
        self.forge(self.card, signing_key_id=self.env["emulation.signing.key"]._get_current(self.company).id)
        self.assertIn("stolen later", self.scan(self.card.payload))

    def test_a_stolen_key_proves_nothing_where_the_register_lost_its_code(self):
        facts = signing.Statement(self.card.token, "9", "Kẻ Giả Mạo", "Huân chương", "01", "2026-01-05")
        code = signing.sign(facts, self.key._get_private_key(), self.key.agency)
        self.key.with_user(self.user_admin)._do_report_stolen("2026-01-01", "Thử")
        self.assertIn("<h1>Not genuine</h1>", self.scan(code))
        self.forge(self.card, payload=None)
        page = self.scan(code)
        self.assertNotIn("Kẻ Giả Mạo", page)
        self.assertIn("carries no genuine signature", page)

    def test_an_agency_s_key_signs_for_no_other(self):
        """The other agency's own key, in the register of this one, with this one's name on it."""
        foreign = self.env["emulation.signing.key"]._get_current(self.other_company)
        facts = signing.check(self.card.payload, {self.key.key_id: self.get_public()})[1]
        code = signing.sign(facts, foreign._get_private_key(), foreign.agency)
        self.assertIn("<h1>Not genuine</h1>", self.scan(code))
        as_ours = signing.sign(facts, foreign._get_private_key(), self.key.agency)
        self.assertIn("<h1>Not genuine</h1>", self.scan(as_ours))
        self.forge(self.card, payload=code, company_id=self.other_company.id)
        self.assertIn(foreign.agency, self.scan(code), "then it is the other agency's, and says so")

    def test_a_spoilt_key_breaks_no_page(self):
        for public in ("!", "", "é", "A"):
            self.forge(self.key, public_key=public)
            self.assertNotIn("<h1>Valid</h1>", self.scan(self.card.payload))
            self.assertEqual(self.url_open("/emulation/keys.json").status_code, 200)
            self.assertEqual(self.url_open("/emulation/status.json").status_code, 200)

    # ---------- What is made of the register ----------

    def test_nothing_is_printed_of_a_changed_entry(self):
        self.forge(self.card, award_name="Huân chương Sao vàng")
        with self.assertRaisesRegex(UserError, f"{self.card.number}.*signed"):
            self.card._get_pdf()
        with self.assertRaises(UserError):
            sign_badge(self.card)
        self.assertTrue(sign_badge(self.other))

    def read_badge(self, card):
        """Return (head, claims) of a badge."""
        return [
            json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
            for part in sign_badge(card).split(".")[:2]
        ]

    def test_a_badge_is_signed_with_today_s_key_alone(self):
        self.assertIn(self.key.key_id, self.read_badge(self.card)[0]["kid"])
        self.key.with_user(self.user_admin)._do_report_stolen("2026-01-01", "Thử")
        now = self.env["emulation.signing.key"]._get_current(self.company)
        head, claims = self.read_badge(self.card)
        self.assertIn(now.key_id, head["kid"])
        self.assertEqual(claims["issuer"]["name"], now.agency)
        self.assertEqual(self.url_open(f"/emulation/keys/{now.key_id}.jwk").status_code, 200)
        self.assertEqual(self.url_open(f"/emulation/keys/{self.key.key_id}.jwk").status_code, 404)

    def test_a_copy_signs_no_badge(self):
        self.env["ir.config_parameter"].set_param("database.uuid", "another")
        with self.assertRaisesRegex(UserError, "copy of another one"):
            sign_badge(self.card)

    def test_a_badge_leads_to_no_doubtful_address(self):
        for address in ("http://thidua.example.vn", "https://localhost:8069"):
            self.env["ir.config_parameter"].set_param("hr_emulation.public_address", address)
            with self.subTest(address=address), self.assertRaisesRegex(UserError, "doubtful address"):
                sign_badge(self.card)

    def test_a_certificate_that_lost_its_decision_breaks_no_page(self):
        self.forge(self.card, decision_id=None)
        self.assertIn("<h1>The register was changed</h1>", self.scan(self.card.payload))
        with self.assertRaises(UserError):
            self.card._get_pdf()

    # ---------- Keys ----------

    def test_a_theft_is_never_told_later_than_it_was(self):
        report = self.key.with_user(self.user_admin)._do_report_stolen
        with self.assertRaisesRegex(UserError, "still to come"):
            report("2999-01-01", "Thử")
        report("2026-03-01", "Thử")
        with self.assertRaisesRegex(UserError, "earlier day"):
            report("2026-04-01", "Thử")
        report("2026-02-01", "Sớm hơn")
        self.assertEqual(str(self.key.stolen_on), "2026-02-01")

    def test_keys_of_one_agency_are_told_from_another_s(self):
        foreign = self.env["emulation.signing.key"]._get_current(self.other_company)
        listed = {key["id"]: key for key in self.url_open("/emulation/keys.json").json()["keys"]}
        self.assertNotEqual(listed[self.key.key_id]["body"], listed[foreign.key_id]["body"])

    # ---------- Guessing ----------

    def test_a_number_is_guessed_at_five_times_however_it_is_written(self):
        figure, year = self.card.number.split("/")
        spellings = [
            *(f"{'0' * zeros}{int(figure)}/{year}" for zeros in range(8)),
            *(f"{figure}{' ' * blanks}/{year}" for blanks in range(1, 4)),
            *(f"{figure} / {year}", f" {figure}/ {year}", f"{figure}/{year}\u200b", f"{figure}/{year}\u00a0"),
        ]
        codes = []
        for place, number in enumerate(spellings):
            data = {"lang": "en", "number": number, "name": f"Người {place}"}
            codes.append(self.url_open("/emulation/verify", data=data).status_code)
        self.assertEqual(set(codes[5:11]), {429}, codes)
        throttle.forget()
        for number in (f"{int(figure)}/{year}", f" {figure} / {year} "):
            found = self.url_open(
                "/emulation/verify", data={"number": number, "name": self.card.recipient_name}
            )
            self.assertTrue(re.search("<h1>(Valid|Hợp lệ|Có giá trị)", found.text), number)


@tagged("post_install", "-at_install", "security")
class TestForgedQueue(Forger):
    def test_the_queue_goes_on_without_it(self):
        decision = self.new_decision(self.new_lines(1), issue_date="2026-01-05")
        decision._do_issue()
        card = decision.certificate_ids.sudo()
        self.forge(card, award_name="Huân chương Sao vàng", print_state="queued")
        with self.enter_registry_test_mode(), mute_logger("odoo.addons.base.models.ir_cron"):
            self.env.ref("hr_emulation.cron_print_certificates").sudo().method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(card.print_state, "none")
        self.assertIn("không khớp với nội dung đã ký", card.decision_id.message_ids[:1].body)
