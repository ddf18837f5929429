import base64
import hashlib
import io
from datetime import UTC, datetime
from unittest.mock import patch

import pikepdf
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from ...engine.vietnamese import search_key
from ...printing import signed
from ...printing.signed import Signature
from ..helpers.common import EmulationCommon
from ..helpers.document_common import DocumentCommon
from ..helpers.picture import png

PDF = b"%PDF-1.4 other"


@tagged("post_install", "-at_install")
class TestSealedDocument(HttpCase, DocumentCommon):
    """The PDF of an issued document stays what it was, through any door; if it does not, it shows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.decision = cls.new_decision(cls.new_lines(2), issue_date="2026-01-05")
        cls.decision._do_issue()
        cls.file = cls.decision.document_attachment_id

    def _call(self, model, method, *arguments):
        return self.make_jsonrpc_request(
            "/web/dataset/call_kw",
            {"model": model, "method": method, "args": arguments, "kwargs": {}},
        )

    def _attempts(self, attachment):
        other = base64.b64encode(PDF).decode()
        yield "write", [attachment.id], {"datas": other}
        yield "write", [attachment.id], {"raw": "x"}
        yield "write", [attachment.id], {"name": "x.pdf"}
        yield "write", [attachment.id], {"res_model": False, "res_id": False}
        yield "write", [attachment.id], {"type": "url", "url": "https://example.org"}
        yield "unlink", [attachment.id]

    def _assert_refused_for(self, user, attachment):
        content = attachment.raw
        self.authenticate(user.login, user.login)
        for attempt in self._attempts(attachment):
            with self.subTest(user=user.login, attempt=attempt), mute_logger("odoo.http"):
                with self.assertRaises(JsonRpcException) as error:
                    self._call("ir.attachment", *attempt)
                self.assertEqual(error.exception.args[0], "odoo.exceptions.AccessError")
        self.assertEqual(attachment.with_context(prefetch=False).raw, content)
        self.assertTrue(attachment.exists())

    def test_neither_officer_nor_administrator_can_change_or_delete_it_over_rpc(self):
        for user in (self.user_officer, self.user_admin):
            self._assert_refused_for(user, self.file)

    def test_the_pdf_of_a_certificate_is_sealed_too(self):
        card = self.decision.certificate_ids[0]
        card._get_pdf()
        self._assert_refused_for(self.user_officer, card.attachment_id)

    def test_printed_again_it_says_what_was_issued(self):
        """Somebody is renamed: the address that prints a decision would make another paper of the same number."""
        self.signer.name = "Kẻ Ký Sau"
        self.company.name = "Cơ quan khác"
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        printed = reports.with_user(self.user_officer)._render_qweb_pdf(
            "hr_emulation.action_report_decision", self.decision.ids
        )
        self.assertEqual(printed[0], self.file.raw)
        with self.assertRaises(AccessError):
            reports.with_user(self.user_proposer)._render_qweb_pdf(
                "hr_emulation.action_report_decision", self.decision.ids
            )

    def test_superuser_is_no_exception(self):
        with self.assertRaises(AccessError):
            self.file.sudo().raw = PDF
        with self.assertRaises(AccessError):
            self.file.sudo().unlink()

    def test_other_files_are_free(self):
        other = self.env["ir.attachment"].with_user(self.user_officer).create(
            {"name": "note.pdf", "raw": PDF, "res_model": self.decision._name, "res_id": self.decision.id}
        )  # fmt: skip
        other.name = "ghi chú.pdf"
        other.unlink()

    def test_a_file_changed_behind_our_back_shows(self):
        self.assertEqual(self.decision.document_check, "intact")
        # As the web client reads a form: sizes in place of contents.
        self.env.invalidate_all()
        self.assertEqual(self.decision.with_context(bin_size=True).document_check, "intact")
        path = self.file._full_path(self.file.store_fname)
        self.env["ir.attachment"].flush_model()
        with open(path, "rb") as file:
            kept = file.read()
        self.addCleanup(self._put, path, kept)
        self._put(path, kept + b"\n")
        self.env.invalidate_all()
        self.assertEqual(self.decision.document_check, "changed")
        self._put(path, b"")
        self.env.invalidate_all()
        self.assertEqual(self.decision.document_check, "missing")

    def _put(self, path, content):
        with open(path, "wb") as file:
            file.write(content)

    def test_signed_copy_stands_beside_the_issued_pdf(self):
        document = self.decision.with_user(self.user_officer)
        document.write({"signed_copy": base64.b64encode(PDF), "signed_copy_name": "bản ký.pdf"})
        self.assertEqual(len(document.signed_copy_sha256), 64)
        self.assertIn(document.signed_copy_sha256, document.message_ids[0].body)
        self.assertEqual(document.document_check, "intact")
        with self.assertRaises(ValidationError):
            document.write({"signed_copy": base64.b64encode(b"<html>")})
        with self.assertRaises(UserError):
            document.write({"signed_copy": base64.b64encode(PDF), "abstract": "Khác"})

    def test_digital_signatures_of_a_signed_copy_are_told(self):
        document = self.decision.with_user(self.user_officer).with_context(
            lang="vi_VN", tz="Asia/Ho_Chi_Minh"
        )
        moment = datetime(2026, 11, 27, 3, 15, tzinfo=UTC)
        good = Signature("Trần Văn Bình", "Sở Thử nghiệm", moment, False, ("CA một", "CA hai"), True)
        put = {"signed_copy": base64.b64encode(PDF), "signed_copy_name": "bản ký.pdf"}
        for found, told in (
            (good, "27/11/2026 10:15 theo đồng hồ của người ký. Chứng thư do CA một ← CA hai cấp."),
            (good._replace(is_stamped=True), "27/11/2026 10:15 theo dấu thời gian."),
        ):
            with patch.object(signed, "read_signatures", lambda _content, found=found: [found]):
                document.write(put)
            self.assertIn("Trần Văn Bình (Sở Thử nghiệm), ", document.signed_copy_check)
            self.assertIn(told, document.signed_copy_check)
        kept = document.signed_copy_sha256
        broken = good._replace(is_intact=False)
        with (
            patch.object(signed, "read_signatures", lambda _content: [good, broken]),
            self.assertRaisesRegex(ValidationError, "Tệp đã bị thay đổi sau khi Trần Văn Bình ký"),
            self.env.cr.savepoint(),
        ):
            document.write({"signed_copy": base64.b64encode(PDF + b"x")})
        self.assertEqual(document.signed_copy_sha256, kept)

    def test_what_was_signed_is_the_issued_pdf_or_it_is_said(self):
        document = self.decision.with_user(self.user_officer).with_context(lang="en_US")
        with pikepdf.new() as paper, io.BytesIO() as output:
            paper.add_blank_page()
            paper.save(output)
            issued = self.env["ir.attachment"].create({"name": "issued.pdf", "raw": output.getvalue()})
        self.decision._write_protected({"document_attachment_id": issued.id})
        good = Signature("Trần Văn Bình", "Sở Thử nghiệm", None, False, ("CA",), True)
        for found, content, told in (
            (good, issued.raw + b"% signed", "What was signed is the issued PDF."),
            (good, PDF, "is not the issued PDF as it is kept"),
            (good._replace(false_issuer="CA"), PDF, "CA did not issue the certificate that names it"),
            (good, PDF, f"to be signed by {self.signer.name}: no signature in the file is theirs"),
            (
                good._replace(valid_other=("2019-01-01", "2020-12-31")),
                PDF,
                "valid from 01/01/2019 to 31/12/2020, not when it was signed",
            ),
        ):
            with patch.object(signed, "read_signatures", lambda _content, found=found: [found]):
                document.write({"signed_copy": base64.b64encode(content)})
            self.assertIn(told, document.signed_copy_check)

    def test_a_certificate_without_accents_is_the_signers_own(self):
        document = self.decision.with_user(self.user_officer).with_context(lang="en_US")
        plain = search_key(self.signer.name).upper()
        found = Signature(plain, "", None, False, ("CA",), True)
        with patch.object(signed, "read_signatures", lambda _content: [found]):
            document.write({"signed_copy": base64.b64encode(PDF)})
        self.assertNotIn("theirs", document.signed_copy_check)

    def test_signatures_nobody_can_read_are_told_as_such(self):
        document = self.decision.with_user(self.user_officer).with_context(lang="en_US")
        document.write({"signed_copy": base64.b64encode(PDF)})
        self.assertIn("could not be read", document.signed_copy_check)

    def test_a_signed_copy_without_digital_signature_is_told_as_such(self):
        document = self.decision.with_user(self.user_officer).with_context(lang="vi_VN")
        with pikepdf.new() as paper, io.BytesIO() as output:
            paper.add_blank_page()
            paper.save(output)
            document.write({"signed_copy": base64.b64encode(output.getvalue())})
        self.assertEqual(document.signed_copy_check, "Tệp không có chữ ký số.")
        document.write({"signed_copy": png()})
        self.assertFalse(document.signed_copy_check)
        with self.assertRaises(UserError):
            document.write({"signed_copy_signatures": [{"signer": "Ai đó"}]})

    def test_nothing_is_added_to_or_taken_from_an_issued_decision(self):
        document = self.decision.with_user(self.user_officer)
        with self.assertRaises(UserError):
            document.article_ids.create({"decision_id": document.id, "content": "Điều thêm"})
        with self.assertRaises(UserError):
            document.article_ids[0].unlink()
        draft = self.new_decision(self.new_lines(1))
        with self.assertRaises(UserError):
            draft.article_ids[0].decision_id = document


@tagged("post_install", "-at_install", "security")
class TestClosedEvidence(HttpCase, EmulationCommon):
    """What was handed in and judged stays what it was: no file is changed behind the record that lists it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        own = cls.env(user=cls.user_proposer)
        cls.achievement = own["emulation.achievement"].create(
            {"recipient_type": "employee", "employee_id": cls.employee_proposer.id, "name": "Sổ tay"}
        )
        cls.file = own["ir.attachment"].create({"name": "minh-chung.pdf", "raw": b"%PDF-1.4 first"})
        cls.achievement.evidence_ids = cls.file

    def call(self, user, method, *arguments):
        self.authenticate(user.login, user.login)
        params = {"model": "ir.attachment", "method": method, "args": arguments, "kwargs": {}}
        with mute_logger("odoo.http"):
            return self.make_jsonrpc_request("/web/dataset/call_kw", params)

    def assert_closed(self, user, file):
        content, other = file.raw, base64.b64encode(PDF).decode()
        for method, *values in (
            ("write", {"datas": other}),
            ("write", {"raw": "%PDF-1.4 other"}),
            ("write", {"name": "khac.pdf"}),
            ("write", {"type": "url", "url": "https://example.org"}),
            ("unlink",),
        ):
            with self.subTest(user=user.login, method=method), self.assertRaises(JsonRpcException):
                self.call(user, method, file.ids, *values)
        self.env.invalidate_all()
        self.assertEqual(file.exists().raw, content)

    def test_a_draft_is_its_author_s(self):
        self.call(self.user_proposer, "write", self.file.ids, {"datas": base64.b64encode(PDF).decode()})
        self.assertEqual(self.file.raw, PDF)
        page = base64.b64encode(b"<html><script>x</script></html>").decode()
        with self.assertRaises(JsonRpcException):
            self.call(self.user_proposer, "write", self.file.ids, {"datas": page})
        self.env.invalidate_all()
        self.assertEqual(self.file.raw, PDF)

    def test_what_was_handed_in_stays(self):
        for state in ("submitted", "recognised"):
            self.achievement.sudo()._write_protected({"state": state})
            for user in (self.user_proposer, self.user_officer, self.user_admin):
                self.assert_closed(user, self.file)
        with self.assertRaises(UserError):
            self.file.sudo().unlink()  # as a page that deletes attachments does
        self.assertEqual(self.achievement.evidence_ids, self.file)

    def test_a_paper_of_a_granted_dossier_stays(self):
        record = self.new_commendation(self.employee_sub, state="submitted")
        paper = self.env["emulation.dossier.paper"].search([], limit=1)
        file = self.env["ir.attachment"].with_user(self.user_officer).create(
            {"name": "bien-ban.pdf", "raw": b"%PDF-1.4 first"}
        )  # fmt: skip
        listed = self.env["emulation.commendation.paper"].with_user(self.user_officer).create(
            {"commendation_id": record.id, "paper_id": paper.id, "attachment_ids": [Command.link(file.id)]}
        )  # fmt: skip
        file.name = "bien-ban-hop.pdf"
        record._write_protected({"state": "granted", "granted_date": "2025-06-30"})
        for user in (self.user_officer, self.user_admin):
            self.assert_closed(user, file)
        self.assertEqual(listed.attachment_ids, file)

    def test_a_file_is_no_way_into_a_field(self):
        """A file that says which field it fills is what the field shows."""
        campaign = self.env["emulation.campaign"].create({"name": "Thử", "company_id": self.company.id})
        values = {"name": "x", "raw": "x", "res_model": campaign._name, "res_id": campaign.id}
        with self.assertRaises(JsonRpcException):
            self.call(self.user_officer, "create", [{**values, "res_field": "state"}])

    def test_a_file_in_a_field_is_changed_by_the_field(self):
        """What signatures and hashes were told of, and what was looked at, is what is kept."""
        submission = self.env["emulation.submission"].with_user(self.user_officer).create(
            {"company_id": self.company.id, "abstract": "Thử", "signed_copy": base64.b64encode(PDF)}
        )  # fmt: skip
        domain = [("res_model", "=", submission._name), ("res_id", "=", submission.id)]
        file = self.env["ir.attachment"].search([*domain, ("res_field", "=", "signed_copy")])
        self.assertEqual(file.raw, PDF)
        for user in (self.user_officer, self.user_admin):
            self.assert_closed(user, file)
        self.assertEqual(submission.signed_copy_sha256, hashlib.sha256(PDF).hexdigest())
        submission.signed_copy = base64.b64encode(PDF + b"% other")
        self.assertEqual(submission.signed_copy_sha256, hashlib.sha256(PDF + b"% other").hexdigest())
