from unittest.mock import patch

from odoo.tests import tagged

from ..helpers.document_common import DocumentCommon


@tagged("post_install", "-at_install")
class TestWithoutPrinter(DocumentCommon):
    """Where wkhtmltopdf is not installed everything goes on; only the PDF waits."""

    def without_printer(self):
        report = type(self.env["ir.actions.report"])
        return patch.object(report, "_can_print", lambda self: False)

    def test_a_decision_is_issued_and_its_pdf_waits(self):
        decision = self.new_decision(self.new_lines(1), issue_date="2026-01-05")
        with self.without_printer():
            decision._do_issue()
            self.assertEqual(decision.state, "issued")
            self.assertFalse(decision.document_attachment_id)
            self.assertIn("The PDF waits", "".join(decision.message_ids.mapped("body")))
            decision.action_print_certificates()
            self.env["emulation.certificate"]._cron_print()
            self.assertEqual(decision.certificate_ids.mapped("print_state"), ["queued"], "they wait as well")
            self.env["emulation.document.mixin"]._print_waiting()
            self.assertFalse(decision.document_attachment_id)
        documents = self.env["emulation.document.mixin"].with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            documents._print_waiting()
        decision.invalidate_recordset()
        self.assertTrue(decision.document_attachment_id.raw.startswith(b"%PDF"))
        self.assertEqual(decision.document_check, "intact")
        kept = decision.document_attachment_id
        documents._print_waiting()
        self.assertEqual(decision.document_attachment_id, kept, "printed once")
