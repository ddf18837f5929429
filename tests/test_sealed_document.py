import base64

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .document_common import DocumentCommon

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

    def test_nothing_is_added_to_or_taken_from_an_issued_decision(self):
        document = self.decision.with_user(self.user_officer)
        with self.assertRaises(UserError):
            document.article_ids.create({"decision_id": document.id, "content": "Điều thêm"})
        with self.assertRaises(UserError):
            document.article_ids[0].unlink()
        draft = self.new_decision(self.new_lines(1))
        with self.assertRaises(UserError):
            draft.article_ids[0].decision_id = document
