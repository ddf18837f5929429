import os
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from odoo.tests import tagged

from ...models.mixin.emulation_document_mixin import ANEW
from ..helpers import picture
from ..helpers.document_common import DocumentCommon
from odoo.addons.base.models.ir_actions_report import _wkhtml

UNPATCHED = os.environ.get("HR_EMULATION_UNPATCHED_WKHTMLTOPDF")
TOLERANCE = 1.0  # mm


@contextmanager
def printing_with(program):
    """Let Odoo find this wkhtmltopdf first."""
    path = os.pathsep.join([str(Path(program).parent), os.environ.get("PATH", "")])
    _wkhtml.cache_clear()
    try:
        with patch.dict(os.environ, PATH=path):
            yield
    finally:
        _wkhtml.cache_clear()


@tagged("post_install", "-at_install")
class TestTwoPrinters(DocumentCommon):
    """wkhtmltopdf with patched and with unpatched Qt put every word at the same millimetre."""

    def setUp(self):
        super().setUp()
        if not UNPATCHED:
            self.skipTest("no unpatched wkhtmltopdf on this machine")

    def _print_with_both(self, report, records):
        prints = self.env["ir.actions.report"].with_context(force_report_rendering=True, emulation_print=ANEW)
        with self.allow_pdf_render():
            self.assertTrue(_wkhtml().is_patched_qt, "the first wkhtmltopdf of PATH is the patched one")
            patched = prints._render_qweb_pdf(report, records.ids)[0]
            with printing_with(UNPATCHED):
                self.assertFalse(_wkhtml().is_patched_qt)
                unpatched = prints._render_qweb_pdf(report, records.ids)[0]
        return patched, unpatched

    def _assert_same_millimetres(self, patched, unpatched):
        sizes = picture.sizes(patched), picture.sizes(unpatched)
        self.assertEqual(len(sizes[0]), len(sizes[1]), "the same number of pages")
        for one, other in zip(*sizes, strict=True):
            self.assertAlmostEqual(one[0], other[0], delta=0.5)
            self.assertAlmostEqual(one[1], other[1], delta=0.5)
        pairs = zip(picture.pages(patched), picture.pages(unpatched), strict=True)
        for number, (one, other) in enumerate(pairs, start=1):
            stray = picture.stray_ink(one, other, TOLERANCE)
            self.assertLess(max(stray), 0.0005, f"page {number}: {stray} of the ink stands elsewhere")

    def test_every_certificate(self):
        for template in self.env["emulation.certificate.template"].search([]):
            with self.subTest(template=template.name):
                self._assert_same_millimetres(
                    *self._print_with_both("hr_emulation.action_report_stress", template)
                )

    def test_decision_without_annex(self):
        decision = self.new_decision(self.new_lines(1), issue_date="2026-01-05", place="Hà Nội")
        self._assert_same_millimetres(*self._print_with_both("hr_emulation.action_report_decision", decision))

    def test_decision_with_a_long_annex(self):
        lines = self.new_lines(45)
        lines[3]._write_protected(
            {"recipient_name": "Công ty Cổ phần Đầu tư Phát triển " + "Nông nghiệp " * 8}
        )
        decision = self.new_decision(lines, issue_date="2026-01-05", place="Hà Nội")
        patched, unpatched = self._print_with_both("hr_emulation.action_report_decision", decision)
        self.assertGreater(len(picture.sizes(patched)), 3)
        self._assert_same_millimetres(patched, unpatched)

    def test_submission(self):
        action = self.put_on("submission", self.new_lines(25).with_user(self.user_officer))
        submission = self.env["emulation.submission"].browse(action["res_id"])
        self._assert_same_millimetres(
            *self._print_with_both("hr_emulation.action_report_submission", submission)
        )

    def test_a_shift_of_two_millimetres_would_be_seen(self):
        from PIL import ImageChops

        decision = self.new_decision(self.new_lines(1), issue_date="2026-01-05")
        patched, _unpatched = self._print_with_both("hr_emulation.action_report_decision", decision)
        page = picture.pages(patched)[0]
        moved = ImageChops.offset(page, 2 * picture.PER_MM, 0)
        self.assertGreater(max(picture.stray_ink(page, moved, TOLERANCE)), 0.01)
