import hashlib
import re

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .document_common import POINTS_PER_MM, DocumentCommon


@tagged("post_install", "-at_install")
class TestDecision(DocumentCommon):
    """Issue: all or nothing, numbered without gaps, and never touched again."""

    def test_issue_grants_numbers_pays_registers_and_stores(self):
        lines = self.new_lines(2)
        decision = self.new_decision(lines, issue_date="2026-06-30")
        self.issue(decision)
        self.assertEqual(decision.state, "issued")
        self.assertEqual(decision._get_document_number(), "01/QĐ-STN")
        self.assertEqual(set(lines.mapped("state")), {"granted"})
        self.assertEqual(lines.mapped("prize_amount"), [710_000, 710_000])
        self.assertEqual(set(lines.mapped("prize_state")), {"to_pay"})
        self.assertEqual(decision.prize_total_words, "Một triệu bốn trăm hai mươi nghìn đồng")
        content = decision.document_attachment_id.raw
        self.assertEqual(hashlib.sha256(content).hexdigest(), decision.document_sha256)
        self.assertEqual(decision.certificate_ids.sorted("rank").mapped("number"), ["0001/2026", "0002/2026"])

    def test_numbers_follow_each_other_and_start_again_each_year(self):
        numbers = []
        for date in ("2026-01-02", "2026-01-03", "2027-01-02"):
            decision = self.new_decision(self.new_lines(1), issue_date=date)
            self.issue(decision)
            numbers.append(decision.number)
        self.assertEqual(numbers, ["1", "2", "1"])

    def test_one_bad_line_is_named_and_nothing_changes(self):
        lines = self.new_lines(1000)
        decision = self.new_decision(lines, issue_date="2026-01-02")
        lines[700]._write_protected({"state": "rejected"})
        with self.assertRaisesRegex(UserError, "Ứng Viên 0700") as error:
            self.issue(decision)
        self.assertNotIn("0699", str(error.exception))
        self.assertEqual(decision.state, "draft")
        self.assertEqual(set((lines - lines[700]).mapped("state")), {"appraised"})
        self.assertFalse(decision.certificate_ids)
        lines[700]._write_protected({"state": "appraised"})
        self.issue(decision)
        self.assertEqual(decision.number, "1", "a refused issue burns no number")
        self.assertEqual(len(decision.certificate_ids), 1000)
        self.assertEqual(set(lines.mapped("state")), {"granted"})

    def test_issuing_twice_is_one_decision(self):
        decision = self.new_decision(self.new_lines(1))
        self.issue(decision)
        decision._do_issue()
        self.assertEqual(len(decision.certificate_ids), 1)

    def test_an_issued_decision_is_closed(self):
        decision = self.new_decision(self.new_lines(1))
        self.issue(decision)
        with self.assertRaises(UserError):
            decision.abstract = "Khác"
        with self.assertRaises(UserError):
            decision.article_ids[0].content = "Khác"
        with self.assertRaises(UserError):
            decision.unlink()
        with self.assertRaises(AccessError):
            self.new_decision(self.new_lines(1)).write({"state": "issued"})
        with self.assertRaises(UserError):
            decision.certificate_ids.sudo().unlink()

    def test_wizard_wants_the_typed_words(self):
        decision = self.new_decision(self.new_lines(2))
        wizard = (
            self.env["emulation.decision.issue"]
            .with_user(self.user_officer)
            .create({"decision_id": decision.id})
        )
        self.assertIn("Giấy khen thử", wizard.preview)
        wizard.confirmation = "yes"
        with self.assertRaises(UserError):
            wizard.action_confirm()
        wizard.confirmation = "issue 2"
        with self.allow_pdf_render():
            wizard.with_context(force_report_rendering=True).action_confirm()
        self.assertEqual(decision.state, "issued")

    def test_order_of_the_law(self):
        merit = self.new_document_award("Bằng khen thử", "BKTHU", 1.5, level="ministry")
        lower = self.new_lines(2)
        lower[0]._write_protected({"recipient_name": "Trần Thị Đào"})
        lower[1]._write_protected({"recipient_name": "Lê Văn Cường"})
        unit = self.env["emulation.commendation"].create(
            {
                "recipient_type": "department",
                "department_id": self.unit.id,
                "award_id": self.document_award.id,
                "rulebook_id": self.document_book.id,
                "company_id": self.company.id,
            }
        )
        unit._write_protected({"state": "appraised", "recipient_name": "Phòng Tổng hợp"})
        upper = self.new_lines(1, merit)
        decision = self.new_decision(lower | unit | upper)
        self.assertEqual(decision._get_ordered_lines(), upper | unit | lower[1] | lower[0])

    def test_revocation_strikes_out_and_asks_the_money_back(self):
        lines = self.new_lines(2)
        grant = self.new_decision(lines)
        self.issue(grant)
        lines[0].with_user(self.user_officer).action_prize_paid()
        action = lines.with_user(self.user_officer).action_add_to_revocation()
        revocation = self.env["emulation.decision"].with_user(self.user_officer).browse(action["res_id"])
        revocation.signer_id = self.signer
        with self.assertRaisesRegex(UserError, "ground"):
            revocation.action_issue()
        revocation.write({"revocation_ground": "fraud", "revocation_reason": "Kê khai gian dối"})
        self.issue(revocation)
        self.assertEqual(set(lines.mapped("state")), {"revoked"})
        self.assertEqual(lines.mapped("prize_state"), ["to_return", "none"])
        self.assertEqual(revocation.prize_total, lines[0].prize_amount)
        self.assertEqual(set(grant.certificate_ids.mapped("state")), {"revoked"})

    def test_amendment_corrects_the_name_and_replaces_the_certificate(self):
        line = self.new_lines(1)
        grant = self.new_decision(line)
        self.issue(grant)
        amendment = (
            self.env["emulation.decision"]
            .with_user(self.user_officer)
            .create(
                {
                    "company_id": self.company.id,
                    "kind": "amendment",
                    "signer_id": self.signer.id,
                    "amended_decision_id": grant.id,
                    "change_ids": [(0, 0, {"commendation_id": line.id, "recipient_name": "Nguyễn Tên Đúng"})],
                }
            )
        )
        self.issue(amendment)
        old = grant.certificate_ids.filtered(lambda card: card.state == "replaced")
        self.assertEqual(line.recipient_name, "Nguyễn Tên Đúng")
        self.assertEqual(old.replaced_by_id.recipient_name, "Nguyễn Tên Đúng")

    def test_layout_in_millimetres(self):
        decision = self.new_decision(
            self.new_lines(60), issue_date="2026-01-05", place="Hà Nội", authority="Giám đốc Sở Thử nghiệm"
        )
        self.issue(decision)
        pages = self.pages(decision.document_attachment_id.raw)
        sizes = [tuple(round(float(side) / POINTS_PER_MM) for side in page.mediabox[2:]) for page in pages]
        self.assertEqual(sizes[0], (210, 297))
        self.assertEqual(set(sizes[1:]), {(297, 210)})
        text = pages[0].extract_text()
        for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 01/QĐ-STN"):
            self.assertIn(words, text)
        self.assertIn("Hà Nội, ngày 05 tháng 01 năm 2026", text)
        annex = [page.extract_text() for page in pages[1:]]
        self.assertGreater(len(annex), 1)
        self.assertTrue(all("Họ và tên" in page for page in annex), "headings repeat on every page")
        self.assertTrue(
            annex[1].strip().endswith("2") or re.search(r"^2\b", annex[1].strip()), annex[1][-40:]
        )
        fonts = {str(font["/BaseFont"]) for page in pages for font in self._fonts(page)}
        self.assertTrue(fonts and all("Tinos" in font for font in fonts), fonts)
        edges = self._text_edges(pages[0])
        self.assertAlmostEqual(edges["left"], 30, delta=1.5)
        self.assertGreaterEqual(edges["top"], 18)
        self.assertLess(edges["right"], 196)

    def _fonts(self, page):
        return [font.get_object() for font in page["/Resources"]["/Font"].values()]

    def _text_edges(self, page):
        """Return where the text starts, in mm from the left and the top."""
        spots = []

        def visit(text, matrix, text_matrix, _font, _size):
            if text.strip():
                x = (matrix[0] * text_matrix[4] + matrix[2] * text_matrix[5] + matrix[4]) / POINTS_PER_MM
                y = (matrix[1] * text_matrix[4] + matrix[3] * text_matrix[5] + matrix[5]) / POINTS_PER_MM
                spots.append((x, 297 - y))

        page.extract_text(visitor_text=visit)
        return {
            "left": min(x for x, _y in spots),
            "right": max(x for x, _y in spots),
            "top": min(y for _x, y in spots),
        }
