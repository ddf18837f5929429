"""What an agency keeps as PDF/A-2b: real prints, held against the standard's rules."""

import io

import pikepdf
from odoo.tests import tagged
from pypdf import PdfReader

from ...models.mixin.emulation_document_mixin import ANEW
from ..helpers.archive_rules import find_faults
from ..helpers.document_common import DocumentCommon


@tagged("post_install", "-at_install")
class TestArchive(DocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.emulation_keep_as_archive = True

    def read(self, content):
        return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]

    def issue_for(self, count):
        decision = self.new_decision(self.new_lines(count), issue_date="2026-11-20")
        self.issue(decision)
        return decision

    def test_a_decision_with_its_annex(self):
        decision = self.issue_for(40)
        content = decision.document_attachment_id.raw
        self.assertEqual(find_faults(content), [])
        self.assertEqual(decision.document_check, "intact")
        with self.allow_pdf_render():
            page = self.env["ir.actions.report"].with_context(
                force_report_rendering=True, emulation_print=ANEW
            )
            plain = page._render_qweb_pdf("hr_emulation.action_report_decision", decision.ids)[0]
        self.assertEqual(self.read(content), self.read(plain), "what is drawn stays as it is")
        self.assertGreater(len(self.read(content)), 1, "page numbers are laid over")
        with pikepdf.open(io.BytesIO(content)) as pdf:
            self.assertEqual(pdf.docinfo["/Author"], self.company.name)

    def test_certificates_on_each_layout(self):
        cards = self.issue_for(1).certificate_ids
        for template in self.env["emulation.certificate.template"].search([("company_id", "=", False)]):
            with self.subTest(template=template.name), self.allow_pdf_render():
                cards._write_protected({"attachment_id": False, "template_id": template.id})
                self.assertEqual(find_faults(cards._get_pdf()[1]), [])

    def test_the_rules_see_what_a_plain_print_lacks(self):
        self.company.emulation_keep_as_archive = False
        faults = find_faults(self.issue_for(1).document_attachment_id.raw)
        for clause in ("6.2.3", "6.6.2.1", "6.1.3"):
            self.assertTrue([fault for fault in faults if fault.startswith(clause)], (clause, faults))
