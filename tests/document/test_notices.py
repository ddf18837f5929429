"""Letters and notices without a record of their own: what they say, as PDF and as Word file alike."""

import io
from datetime import date

from docx import Document
from lxml import html
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..helpers.council_common import CouncilCommon
from ..helpers.paper_language import check_paper


@tagged("post_install", "-at_install")
class TestNotices(CouncilCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "name": "Sở Thử nghiệm",
                "city": "Lai Châu",
                "emulation_document_symbol": "STN",
                "emulation_parent_agency": "UBND tỉnh",
                "emulation_head_title": "Giám đốc",
            }
        )
        cls.person = cls.new_employee("Trần & <b>Bình</b>", cls.unit)

    def read_paper(self, name, record, user=None):
        """Return the lines of a paper, having seen that the Word file says what the page of the PDF says."""
        reports = self.env["ir.actions.report"].with_user(user or self.user_officer)
        file_name, content = reports._build_word(name, record.id)
        self.assertTrue(file_name.endswith(".docx"))
        page = reports._render_qweb_html(f"hr_emulation.action_report_{name}", record.ids)[0]
        body = html.fromstring(page).find("body")
        for mark in body.xpath(".//div[@class='draft-mark' or @class='copy-mark']"):
            mark.getparent().remove(mark)  # in Word they stand in the header
        document = Document(io.BytesIO(content))
        texts = [node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t")]
        self.assertEqual(self.letters("".join(texts)), self.letters(body.text_content()))
        return [" ".join(line.split()) for line in body.text_content().splitlines() if line.strip()]

    @staticmethod
    def letters(text):
        return "".join(sign for sign in text if sign.isalnum())

    def test_notice_of_a_publication(self):
        proposal = self.new_commendation(self.person, state="appraised")
        action = proposal.with_user(self.user_officer).action_add_to_publication()
        publication = self.env["emulation.publication"].browse(action["res_id"])
        publication.write({"date_from": date(2035, 1, 1), "days": 10})
        text = "\n".join(self.read_paper("publication_notice", publication))
        self.assertIn("01 cá nhân được đề nghị khen thưởng", text)
        self.assertIn("Trần & <b>Bình</b>", text)
        self.assertIn("từ ngày 01 tháng 01 năm 2035", text)
        self.assertIn("/TB-STN", text)
        self.assertNotIn(proposal.summary, text)
        check_paper(self, "publication_notice", publication, "công khai danh sách")

    def test_notice_of_a_return_and_of_a_refusal(self):
        returned = self.new_commendation(self.person, state="submitted")
        with self.assertRaises(UserError):
            self.read_paper("outcome_notice", returned)
        returned.with_user(self.user_officer)._do_return("Thiếu xác nhận của Thuế")
        text = "\n".join(self.read_paper("outcome_notice", returned))
        self.assertIn("Về việc trả lại hồ sơ đề nghị khen thưởng", text)
        self.assertIn("Lý do: Thiếu xác nhận của Thuế.", text)
        period = returned._get_period_text()
        self.assertTrue(period)
        self.assertIn(f", thời gian lập thành tích {period}.", text)
        # A notice is addressed to nobody (Decree 30/2020, Annex I); who is to act is named in it.
        self.assertNotIn("Kính gửi", text)
        self.assertIn(f"Đề nghị {self.unit.name} bổ sung", text)
        self.assertIn(f"- {self.unit.name};", text)
        check_paper(self, "outcome_notice", returned, "trả lại hồ sơ")
        refused = self.new_commendation(self.new_employee("Lê Chi", self.unit), state="rejected")
        text = "\n".join(self.read_paper("outcome_notice", refused))
        self.assertIn("Về việc không xét khen thưởng", text)
        self.assertIn("Lý do: Trùng khen.", text)

    def test_a_committee_is_signed_for(self):
        self.company.write({"name": "Ủy ban nhân dân xã Thử", "emulation_head_title": "Chủ tịch"})
        returned = self.new_commendation(self.person, state="submitted")
        returned.with_user(self.user_officer)._do_return("Thiếu xác nhận của Thuế")
        check_paper(self, "outcome_notice", returned, "TM. Ủy ban nhân dân", "Chủ tịch")

    def test_request_for_opinions_one_letter_for_each_body(self):
        proposal = self.new_commendation(self.person, state="appraised")
        submission = (
            self.env["emulation.submission"]
            .with_user(self.user_officer)
            .create(
                {
                    "company_id": self.company.id,
                    "abstract": "Về việc đề nghị khen thưởng",
                    "addressee": "UBND tỉnh",
                    "consulted": "- Công an tỉnh;\n\nThuế tỉnh.",
                    "line_ids": [(0, 0, {"commendation_id": proposal.id})],
                }
            )
        )
        lines = self.read_paper("opinion_request", submission)
        self.assertEqual(
            [line for line in lines if line.startswith("Kính gửi")],
            [
                "Kính gửi: Công an tỉnh",
                "Kính gửi: Sở Thử nghiệm",
                "Kính gửi: Thuế tỉnh",
                "Kính gửi: Sở Thử nghiệm",
            ],
        )
        self.assertEqual(lines.count("Trần & <b>Bình</b>"), 2)
        self.assertIn("trong thời hạn 10 ngày làm việc", "\n".join(lines))
        self.assertEqual("\n".join(lines).count("- Như trên;"), 2)
        self.assertEqual(submission._list_opinion_requests()[0]["document"]["signer_lines"], ["Giám đốc"])
        check_paper(self, "opinion_request", submission, "Công an tỉnh")
        submission.consulted = False
        self.assertEqual(
            sum(line == "Phiếu trả lời ý kiến" for line in self.read_paper("opinion_request", submission)), 1
        )

    def test_an_achievement_report_of_a_person_and_of_a_unit(self):
        for recipient, name, heading in (
            (self.person, "Trần & <b>Bình</b>", "I. Sơ lược lý lịch"),
            (self.other_unit, self.other_unit.name, "I. Sơ lược đặc điểm, tình hình"),
        ):
            with self.subTest(name=name):
                proposal = self.new_commendation(recipient)
                report = self.env["emulation.achievement.report"].sudo()._begin(proposal)
                report.results = "Hoàn thành 12/10 nhiệm vụ.\nGiảm 20% chi phí."
                lines = self.read_paper("achievement_report", report, proposal.proposer_id)
                self.assertIn(heading, lines)
                self.assertIn("Giảm 20% chi phí.", "\n".join(lines))
                self.assertTrue(any(name in line for line in lines))

    def test_a_paper_of_others_is_not_made(self):
        proposal = self.new_commendation(self.person, state="rejected")
        for user in (self.user_foreign_officer, self.user_proposer):
            with self.assertRaises(AccessError):
                self.read_paper("outcome_notice", proposal, user)
        report = self.env["emulation.achievement.report"].sudo()._begin(proposal)
        with self.assertRaises(AccessError):
            self.read_paper("achievement_report", report, self.user_foreign_officer)
