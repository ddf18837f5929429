import base64
import io
import os
from unittest.mock import patch

from docx import Document
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import file_path, mute_logger

from ...printing import layout, signing
from ..helpers.document_common import DocumentCommon

ADDRESS = "hr_emulation.public_address"


@tagged("post_install", "-at_install")
class TestInstallation(DocumentCommon):
    """A copy signs nothing that anybody outside believes; codes lead to an address that people reach."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.installation = cls.env["emulation.installation"]
        cls.keys = cls.env["emulation.signing.key"]
        cls.decision = cls.new_decision(cls.new_lines(1), issue_date="2026-01-05")
        cls.decision._do_issue()
        cls.card = cls.decision.certificate_ids.sudo()

    def set_parameter(self, name, value):
        self.env["ir.config_parameter"].set_param(name, value)

    def duplicate(self):
        """Be what Odoo makes of a database that is duplicated: another identifier, without the files of keys."""
        self.set_parameter("database.uuid", "another")

    def neutralize(self):
        """Do what Odoo does to a copy for trying out."""
        self.duplicate()
        self.env.flush_all()
        with open(file_path("hr_emulation/data/neutralize.sql")) as file:
            self.env.cr.execute(file.read())
        self.env.invalidate_all()
        self.set_parameter("database.is_neutralized", True)

    def new_ready_decision(self):
        return self.new_decision(self.new_lines(1), issue_date="2026-02-05")

    def test_the_private_key_lies_outside_the_database(self):
        key = self.card.signing_key_id
        self.assertEqual((key.place, key.private_key, key.is_here), ("file", False, True))
        self.assertEqual(key.agency, self.company.name)
        self.env.cr.execute("SELECT private_key FROM emulation_signing_key WHERE id = %s", [key.id])
        self.assertEqual(self.env.cr.fetchall(), [(None,)])

    def test_where_no_file_can_be_kept_the_key_lies_in_the_database(self):
        store = type(self.installation._get_key_store())
        with patch.object(store, "keep", return_value=False):
            self.card.signing_key_id.with_user(self.user_admin).action_rotate()
        key = self.keys._get_current(self.company)
        self.assertEqual(key.place, "database")
        self.assertEqual(signing.public_of(key._get_private_key()), key.public_key)

    def test_a_key_given_by_the_environment(self):
        key = self.card.signing_key_id
        private = key._get_private_key()
        store = self.installation._get_key_store()
        self.addCleanup(store.keep, key.key_id, private)
        store.forget(key.key_id)
        with self.assertRaisesRegex(UserError, "is not on this server"):
            self.keys._get_current(self.company)._get_private_key()
        with patch.dict(os.environ, {f"HR_EMULATION_KEY_{key.key_id.upper()}": private}):
            self.assertEqual(self.keys._get_current(self.company)._get_private_key(), private)
        another = {f"HR_EMULATION_KEY_{key.key_id.upper()}": signing.new_key()[0]}
        with patch.dict(os.environ, another), self.assertRaises(UserError):
            key._get_private_key()

    def test_a_renamed_agency_signs_with_a_new_key(self):
        old = self.card.signing_key_id
        self.company.name = "Sở Thử nghiệm và Môi trường"
        new = self.keys._get_current(self.company)
        self.assertNotEqual(new, old)
        self.assertTrue(old.retired_on)
        self.assertEqual(new.agency, self.company.name)
        self.assertEqual(self.card._verify(self.card.payload).page, "issued")
        self.assertEqual(self.card._verify().issuer, "Sở Thử nghiệm")

    def test_a_duplicate_signs_nothing(self):
        self.duplicate()
        decision = self.new_ready_decision()
        with self.assertRaisesRegex(UserError, "copy of another one"):
            decision._do_issue()
        self.assertEqual(decision.state, "draft")
        with self.assertRaises(UserError):
            self.card.signing_key_id.with_user(self.user_admin).action_rotate()
        self.assertFalse(self.keys._get_status_lists())
        self.assertEqual(self.card._verify(self.card.payload).page, "issued", "but checks what it holds")

    def test_the_real_one_under_a_new_name_goes_on_once_somebody_says_so(self):
        self.duplicate()
        settings = self.env["res.config.settings"].create({})
        self.assertTrue(settings.emulation_is_moved)
        settings.action_emulation_adopt_database()
        decision = self.new_ready_decision()
        decision._do_issue()
        self.assertEqual(decision.certificate_ids.sudo()._verify().page, "issued")

    def test_a_neutralised_copy_signs_with_a_key_nobody_else_knows(self):
        known = self.keys._get_public_keys()
        self.neutralize()
        decision = self.new_ready_decision()
        decision._do_issue()
        card = decision.certificate_ids.sudo()
        self.assertTrue(card.signing_key_id.is_trial)
        self.assertEqual(signing.check(card.payload, known), ("unknown_key", None))
        for entry in self.keys._get_status_lists():
            self.assertNotIn(entry["key"], known)
        listed = self.keys._get_key_list()["keys"]
        self.assertTrue(next(key for key in listed if key["id"] == card.signing_key_id.key_id)["trial"])

    def test_a_copy_marks_what_it_prints(self):
        self.neutralize()
        decision = self.new_ready_decision()
        self.issue(decision)
        with self.allow_pdf_render():
            decision.certificate_ids._print_chunk()
        for content in (decision.document_attachment_id.raw, decision.certificate_ids.attachment_id.raw):
            self.assertIn("KHÔNG CÓ GIÁ TRỊ", self.pages(content)[0].extract_text())
        self.issue(original := self.new_real_decision())
        self.assertNotIn(
            "KHÔNG CÓ GIÁ TRỊ", self.pages(original.document_attachment_id.raw)[0].extract_text()
        )

    def test_every_sheet_of_a_copy_says_so(self):
        """Also working papers and forms: a ballot, a payment list, the answer another body sends back."""
        reports = self.env["ir.actions.report"].with_user(self.user_officer)
        papers = [("decision", self.decision), ("payments", self.decision), ("ceremony", self.decision)]
        papers += [("roll_call", self.decision), ("seating", self.decision)]
        papers += [("reissue_request", self.card), ("receipt", self.decision.commendation_ids[:1])]
        papers[-1][1]._write_protected({"submitted_on": "2025-12-01"})
        for is_copy in (False, True):
            if is_copy:
                self.neutralize()
            for name, record in papers:
                with self.subTest(paper=name, is_copy=is_copy):
                    page = reports._render_qweb_html(f"hr_emulation.action_report_{name}", record.ids)[0]
                    sheets = layout.read_page(page)[1].xpath("//section[contains(@class, 'sheet')]")
                    marks = [len(sheet.xpath("./div[@class='copy-mark']")) for sheet in sheets]
                    self.assertEqual(marks, [int(is_copy)] * len(sheets))
                    word = Document(io.BytesIO(reports._build_word(name, record.id)[1]))
                    for section in word.sections:
                        said = section.first_page_header.paragraphs[0].text
                        self.assertEqual(layout.COPY_TEXT in said, is_copy)

    def test_a_template_of_the_agency_is_marked_in_a_copy(self):
        made = Document()
        made.add_paragraph("{number}")
        made.save(output := io.BytesIO())
        self.env["emulation.word.template"].create(
            {"name": "Mẫu", "company_id": self.company.id, "content": base64.b64encode(output.getvalue())}
        )
        for marks in ([], [layout.COPY_TEXT]):
            content = self.env["ir.actions.report"]._build_word("decision", self.decision.id)[1]
            texts = [one.text for one in Document(io.BytesIO(content)).paragraphs]
            self.assertEqual(texts, [*marks, self.decision._get_document_number()])
            self.neutralize()

    def new_real_decision(self):
        self.set_parameter("database.is_neutralized", False)
        self.installation._do_adopt()
        return self.new_ready_decision()

    def test_a_copy_sends_nothing(self):
        self.duplicate()
        self.new_commendation(self.employee_sub, state="submitted")
        before = self.env["mail.mail"].search_count([])
        self.env["emulation.notifier"]._cron_send_digests()
        self.env["emulation.review"]._cron_remind()
        self.assertEqual(self.env["mail.mail"].search_count([]), before)
        self.installation._do_adopt()
        self.env["emulation.notifier"]._cron_send_digests()
        self.assertGreater(self.env["mail.mail"].search_count([]), before, "the real one does")

    def test_nobody_is_told_by_mail_what_happens_in_a_copy(self):
        partner = self.env["res.partner"].create({"name": "Bà Hà", "email": "ha@example.org"})
        for is_copy in (True, False):
            if is_copy:
                self.duplicate()
            else:
                self.installation._do_adopt()
            message = self.decision.message_post(
                body="Mời dự họp",
                partner_ids=partner.ids,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )
            sent = self.env["mail.mail"].search_count([("mail_message_id", "=", message.id)])
            self.assertEqual(bool(sent), not is_copy)

    def test_doubtful_addresses_are_not_printed(self):
        for address in (
            "http://thidua.example.org",
            "https://localhost:8069",
            "https://odoo",
            "https://192.168.1.20",
            "https://máy-chủ.local",
            "https://localhost.",
            "https://127.1",
            "https://0x7f.1",
            "https://thidua.test",
            "https://thidua.example.vn/#",
            "https://thidua.example.vn?x=",
            "https://thidua.example.vn@kegiamao.vn",
        ):
            self.set_parameter(ADDRESS, address)
            with self.subTest(address=address), self.assertRaisesRegex(UserError, "doubtful address"):
                self.decision.action_print_certificates()
            self.assertEqual(self.card.print_state, "none")
            with self.subTest(address=address), self.assertRaises(UserError):
                self.card._get_pdf()

    def test_an_administrator_may_print_all_the_same(self):
        self.set_parameter(ADDRESS, "http://192.168.1.20")
        settings = self.env["res.config.settings"].create({})
        self.assertIn("not a secure address", settings.emulation_address_doubts)
        with self.assertRaises(AccessError):
            settings.with_user(self.user_officer).action_emulation_confirm_address()
        settings.action_emulation_confirm_address()
        self.decision.action_print_certificates()
        self.assertEqual(self.card.print_state, "queued")
        self.set_parameter(ADDRESS, "http://192.168.1.21")
        with self.assertRaises(UserError):
            self.decision.action_print_certificates()

    def test_the_address_of_the_first_print_stays(self):
        self.set_parameter(ADDRESS, False)
        self.set_parameter("web.base.url", "https://thidua.sonoivu.gov.vn")
        with self.allow_pdf_render():
            self.card._print_chunk()
        self.set_parameter("web.base.url", "https://other.gov.vn")
        self.assertIn("https://thidua.sonoivu.gov.vn/kt/", self.card._get_qr_value())
        self.set_parameter(ADDRESS, "https://other.gov.vn")
        with self.assertRaisesRegex(UserError, "another address"):
            self.decision.action_print_certificates()

    def test_the_job_gives_up_a_doubtful_address_and_says_why(self):
        self.decision.action_print_certificates()
        self.set_parameter(ADDRESS, "http://localhost")
        with self.allow_pdf_render():
            self.env.ref("hr_emulation.cron_print_certificates").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.card.print_state, "none")
        self.assertIn("địa chỉ chưa chắc chắn", self.decision.message_ids[0].body)

    def test_the_preview_warns(self):
        self.set_parameter(ADDRESS, "http://localhost")
        wizard = self.env["emulation.decision.issue"].with_user(self.user_officer)
        self.assertIn(
            "doubtful address", wizard.create({"decision_id": self.new_ready_decision().id}).warnings
        )


@tagged("post_install", "-at_install")
class TestKeyDoors(HttpCase, DocumentCommon):
    """Nobody puts another key, another agency or another date under a signature."""

    def test_nothing_of_a_key_is_written_over_rpc(self):
        key = self.env["emulation.signing.key"]._get_current(self.company)
        other = signing.new_key()[1]
        self.authenticate(self.user_admin.login, self.user_admin.login)
        attempts = [
            {"public_key": other},
            {"agency": "Văn phòng Chính phủ"},
            {"key_id": "00"},
            {"retired_on": False},
            {"stolen_on": False},
            {"company_id": self.other_company.id},
            {"private_key": "x"},
            {"place": "database"},
        ]
        for values in attempts:
            with self.subTest(values=values), mute_logger("odoo.http"):
                with self.assertRaises(JsonRpcException) as error:
                    self.make_jsonrpc_request(
                        "/web/dataset/call_kw",
                        {
                            "model": key._name,
                            "method": "write",
                            "args": [key.ids, values],
                            "kwargs": {},
                        },
                    )
                self.assertEqual(error.exception.args[0], "odoo.exceptions.AccessError")
        self.assertNotEqual(key.public_key, other)
