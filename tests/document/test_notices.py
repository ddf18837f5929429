"""Letters and notices without a record of their own: what they say, as PDF and as Word file alike."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..helpers.council_common import CouncilCommon
from ..helpers.paper_language import check_paper, read_paper


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
        return read_paper(self, name, record, user)

    def test_notice_of_a_publication(self):
        proposal = self.new_commendation(self.person, state="appraised")
        action = self.put_on("publication", proposal.with_user(self.user_officer))
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
        self.rulebook.opinion_days = 7
        self.assertIn(
            "trong thời hạn 7 ngày làm việc", submission._list_opinion_requests()[0]["paragraphs"][-1]
        )
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

    def test_an_achievement_report_says_nothing_twice(self):
        proposal = self.new_commendation(self.person, summary="Giảm 20% chi phí.\nKhông hồ sơ trễ hạn.")
        report = self.env["emulation.achievement.report"].sudo()._begin(proposal)
        name = proposal._get_recipient_name()
        self.assertEqual(report.background.splitlines()[0], name)
        report.results = "Giảm 20% chi phí.  \n\nKhông hồ sơ trễ hạn"
        sections = report._get_sections()
        self.assertNotIn(name, sections[0]["lines"])
        self.assertEqual(report._get_printed_values()["summary"], [], "the results say it")
        text = "\n".join(self.read_paper("achievement_report", report, proposal.proposer_id))
        self.assertEqual(text.count("Giảm 20% chi phí"), 1)
        self.assertEqual(text.count(name), 2, "who it is about, and who signs")
        report.results = "Giảm 20% chi phí trong ba quý."
        text = "\n".join(self.read_paper("achievement_report", report, proposal.proposer_id))
        self.assertIn("Tóm tắt thành tích:", text)
        self.assertIn("Không hồ sơ trễ hạn.", text)

    def test_a_registration_is_printed_with_what_is_promised(self):
        campaign = self.env["emulation.campaign"].create(
            {"name": "Phong trào thi đua năm 2035", "company_id": self.company.id}
        )
        campaign._write_protected({"state": "launched"})
        title = self.env["emulation.award"].search([("code", "=", "LDTT")])
        registration = self.env["emulation.participation"].create(
            {
                "campaign_id": campaign.id,
                "recipient_type": "employee",
                "employee_id": self.person.id,
                "company_id": self.company.id,
                "award_ids": title.ids,
                "pledge": "Không để hồ sơ trễ hạn.",
            }
        )
        target = {"campaign_id": campaign.id, "employee_id": self.person.id, "figure": 98.5}
        self.env["emulation.target"].create(
            {**target, "name": "Hồ sơ đúng hạn", "unit_of_measure": "%", "adds_up": False}
        )
        lines = self.read_paper("registration", registration)
        self.assertIn("Tham gia phong trào thi đua năm 2035", lines)
        for line in ("Không để hồ sơ trễ hạn.", "Hồ sơ đúng hạn: ít nhất 98,5%", "Lao động tiên tiến"):
            self.assertIn(line, lines)
        check_paper(self, "registration", registration, "Bản đăng ký thi đua", "Trần & <b>Bình</b>")

    def test_what_a_report_speaks_of_goes_by_the_kind_of_commendation(self):
        common = ["I. Sơ lược lý lịch", "III. Thành tích đạt được", "V. Mức độ hoàn thành nhiệm vụ"]
        career = ["II. Quá trình công tác, chức vụ đã đảm nhận", "V. Kỷ luật"]
        for kind, expected, missing in (
            ("merit", common, "Kỷ luật"),
            ("thematic", ["III. Kết quả thực hiện phong trào"], "Mức độ"),
            (
                "ad_hoc",
                ["II. Diễn biến sự việc và thành tích đột xuất", "III. Tác dụng nêu gương"],
                "Sáng kiến",
            ),
            ("career", career, "Sáng kiến"),
            ("external", ["II. Thành tích, đóng góp đối với Việt Nam"], "Mức độ"),
        ):
            with self.subTest(kind=kind):
                proposal = self.new_commendation(
                    self.person, commendation_type=kind, achieved_on="2026-10-05"
                )
                report = self.env["emulation.achievement.report"].sudo()._begin(proposal)
                text = "\n".join(self.read_paper("achievement_report", report, proposal.proposer_id))
                for heading in expected:
                    self.assertIn(heading, text)
                self.assertNotIn(missing, text)
                self.assertEqual(
                    "Thời gian lập thành tích: ngày 05 tháng 10 năm 2026" in text, kind == "ad_hoc"
                )

    def test_a_hero_and_a_foreigner_are_told_of_in_their_own_way(self):
        hero = self.env["emulation.award"].search([("code", "=", "AHLD")])
        reports = self.env["emulation.achievement.report"].sudo()
        report = reports._begin(self.new_commendation(self.person, award_id=hero.id))
        self.assertEqual(report.report_form, "hero")
        text = "\n".join(self.read_paper("achievement_report", report, self.user_officer))
        self.assertIn("III. Thành tích đặc biệt xuất sắc", text)
        self.person.sudo().country_id = self.env.ref("base.la")
        self.assertEqual(reports._begin(self.new_commendation(self.person)).report_form, "foreigner")

    def test_what_a_thematic_campaign_leads_to_is_thematic(self):
        """Titles are of the regular work of a year, whatever the campaign (Law 06/2022/QH15, Article 16)."""
        campaign = self.env["emulation.campaign"].create(
            {"name": "Chuyên đề", "company_id": self.company.id, "kind": "thematic"}
        )
        form, title = (self.env["emulation.award"].search([("code", "=", code)]) for code in ("GKTT", "LDTT"))
        kinds = [
            self.new_commendation(self.person, award_id=award.id, campaign_id=campaign.id).commendation_type
            for award in (form, title)
        ]
        self.assertEqual(kinds, ["thematic", "merit"])
        sudden = self.new_commendation(self.person, commendation_type="ad_hoc", award_id=form.id)
        sudden.campaign_id = campaign
        self.assertEqual(sudden.commendation_type, "ad_hoc")

    def test_a_paper_of_others_is_not_made(self):
        proposal = self.new_commendation(self.person, state="rejected")
        for user in (self.user_foreign_officer, self.user_proposer):
            with self.assertRaises(AccessError):
                self.read_paper("outcome_notice", proposal, user)
        report = self.env["emulation.achievement.report"].sudo()._begin(proposal)
        with self.assertRaises(AccessError):
            self.read_paper("achievement_report", report, self.user_foreign_officer)
