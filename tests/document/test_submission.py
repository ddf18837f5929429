import io
import re
import zipfile

import openpyxl
from odoo.exceptions import UserError
from odoo.tests import tagged

from ...printing.workbook import COUNTRY, SIGN_HERE, Frame
from ..helpers.document_common import DocumentCommon
from ..helpers.paper_language import read_paper


@tagged("post_install", "-at_install")
class TestSubmission(DocumentCommon):
    """A submission goes up; the superior's answers come back line by line."""

    def _sent(self, count):
        lines = self.new_lines(count)
        action = self.put_on("submission", lines.with_user(self.user_officer))
        submission = self.env["emulation.submission"].with_user(self.user_officer).browse(action["res_id"])
        submission.write(
            {"addressee": "Chủ tịch UBND tỉnh", "signer_id": self.signer.id, "symbol": "TTr-STN"}
        )
        with self.allow_pdf_render():
            submission.with_context(force_report_rendering=True).action_send()
        submission.invalidate_recordset()
        return submission

    def test_send_forwards_and_numbers(self):
        submission = self._sent(2)
        self.assertEqual(submission._get_document_number(), "01/TTr-STN")
        self.assertEqual(set(submission.line_ids.commendation_id.mapped("state")), {"forwarded"})
        text = self.pages(submission.document_attachment_id.raw)[0].extract_text()
        self.assertIn("Kính gửi: Chủ tịch UBND tỉnh", text)
        self.assertIn("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022", " ".join(text.split()))
        with self.assertRaises(UserError):
            submission.addressee = "Khác"

    def test_it_says_only_what_was_found(self):
        lines = self.new_lines(3, self.new_award("TEST-HO", subject_household=True))
        household = lines[0]
        household._write_protected({"subject": "household", "finding_state": "met"})
        lines[1]._write_protected({"finding_state": "review"})
        lines[2]._write_protected({"finding_state": "not_met"})
        action = self.put_on("submission", lines.with_user(self.user_officer))
        submission = self.env["emulation.submission"].with_user(self.user_officer).browse(action["res_id"])
        submission.write({"addressee": "UBND tỉnh", "answer_by": "2026-03-31"})
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("hr_emulation.report_submission", submission.ids)[0]
            .decode()
        )
        text = " ".join(re.sub(r"<[^>]+>", " ", html).split())
        self.assertNotIn("bảo đảm đúng đối tượng", text)
        self.assertIn("03 trường hợp (02 cá nhân, 01 hộ gia đình)", text)
        self.assertIn("01 trường hợp đáp ứng các điều kiện", text)
        self.assertIn("01 trường hợp còn nội dung phải xem xét thêm: Nguyễn Thị Ứng Viên 0001.", text)
        self.assertIn("01 trường hợp có điều kiện chưa đạt", text)
        self.assertIn("thông báo kết quả chậm nhất ngày 31 tháng 3 năm 2026", text)

    def test_what_holds_for_all_names_nobody(self):
        """The list attached does: a letter of a hundred names is read by nobody."""
        action = self.put_on("submission", self.new_lines(3).with_user(self.user_officer))
        submission = self.env["emulation.submission"].browse(action["res_id"])
        self.assertEqual(submission._get_finding_sentences(), ["03 trường hợp chưa có kết quả thẩm định."])

    def test_a_bad_line_is_named(self):
        lines = self.new_lines(2)
        action = self.put_on("submission", lines.with_user(self.user_officer))
        submission = self.env["emulation.submission"].browse(action["res_id"])
        submission.write({"addressee": "UBND tỉnh", "signer_id": self.signer.id})
        lines[1]._write_protected({"state": "withdrawn"})
        with self.assertRaisesRegex(UserError, "Ứng Viên 0001"):
            submission.action_send()
        self.assertEqual(submission.state, "draft")

    def test_zip_holds_pdf_list_and_papers(self):
        submission = self._sent(1)
        line = submission.line_ids
        self.env["ir.attachment"].create(
            {
                "name": "../báo cáo.pdf",
                "raw": b"%PDF-1.4",
                "res_model": "emulation.commendation",
                "res_id": line.commendation_id.id,
            }
        )
        evidence = self.env["ir.attachment"].create({"name": "xác nhận.pdf", "raw": b"%PDF-1.4"})
        self.env["emulation.commendation.paper"].create(
            {
                "commendation_id": line.commendation_id.id,
                "paper_id": self.env["emulation.dossier.paper"].search([], limit=1).id,
                "attachment_ids": evidence.ids,
            }
        )
        line.commendation_id._write_protected({"recipient_name": "../../Tổ 1/2"})
        archive = zipfile.ZipFile(io.BytesIO(submission._build_zip()))
        names = archive.namelist()
        self.assertEqual({name.count("/") for name in names if name.startswith("ho-so")}, {2}, names)
        self.assertEqual(sum(name.endswith(".pdf") for name in names), 3)
        self.assertFalse([name for name in names if ".." in name.split("/")])
        sheet = openpyxl.load_workbook(io.BytesIO(archive.read("danh-sach.xlsx"))).active
        values = [cell.value for row in sheet.iter_rows() for cell in row]
        self.assertIn(line.commendation_id.recipient_name, values)
        number = submission._get_document_number()
        for expected in (
            *(*COUNTRY, submission.company_id.name.upper(), "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG"),
            *(SIGN_HERE, *Frame("").signers),
        ):
            self.assertIn(expected, values)
        self.assertTrue([value for value in values if f"Kèm theo Tờ trình số {number} ngày" in str(value)])

    def test_one_number_of_two_superiors_is_two_decisions(self):
        submission = self._sent(3)
        issuers = ("Chủ tịch UBND tỉnh", "Bộ trưởng Bộ Nội vụ", "chủ tịch UBND tỉnh")
        for line, issuer in zip(submission.line_ids, issuers, strict=True):
            line.write(
                {
                    "answer": "granted",
                    "external_number": "12/QĐ-KT",
                    "external_date": "2026-03-04",
                    "external_issuer": issuer,
                }
            )
        submission.action_record_answers()
        one, other, again = (line.commendation_id.decision_id for line in submission.line_ids)
        self.assertEqual(one, again)
        self.assertNotEqual(one, other)
        self.assertEqual(
            (one | other).mapped("external_issuer"), ["Chủ tịch UBND tỉnh", "Bộ trưởng Bộ Nội vụ"]
        )

    def test_answers_flow_back(self):
        submission = self._sent(3)
        granted, refused, waiting = submission.line_ids
        granted.write({"answer": "granted"})
        with self.assertRaisesRegex(UserError, "number and date"):
            submission.action_record_answers()
        granted.write(
            {
                "external_number": "1234/QĐ-UBND",
                "external_date": "2026-03-04",
                "external_issuer": "Chủ tịch UBND tỉnh",
            }
        )
        refused.write({"answer": "refused", "refusal_reason": "Chưa đủ thời gian"})
        submission.action_record_answers()
        self.assertEqual(granted.commendation_id.state, "granted")
        self.assertEqual(
            granted.commendation_id.external_decision, "1234/QĐ-UBND, 04/3/2026, Chủ tịch UBND tỉnh"
        )
        self.assertEqual(str(granted.commendation_id.granted_date), "2026-03-04")
        self.assertEqual(refused.commendation_id.state, "rejected")
        notice = " ".join(read_paper(self, "outcome_notice", refused.commendation_id))
        self.assertIn("đã trình Chủ tịch UBND tỉnh; Chủ tịch UBND tỉnh không xét khen thưởng", notice)
        self.assertNotIn(f"{self.company.name} không xét", notice, "the agency did not refuse")
        self.assertEqual(waiting.commendation_id.state, "forwarded")
        with self.assertRaises(UserError):
            granted.external_number = "1"
        with self.assertRaises(UserError):
            waiting.unlink()
        with self.assertRaises(UserError):
            waiting.commendation_id = self.new_lines(1)
