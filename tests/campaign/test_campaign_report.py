"""The report of a round: its figures, its words, its life as a document."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ...models.campaign.review_report import ReviewFigures
from ..helpers.campaign_common import CampaignCommon
from ..helpers.paper_language import check_paper


@tagged("post_install", "-at_install")
class TestReviewReport(CampaignCommon):
    def setUp(self):
        super().setUp()
        self.campaign.theme = "Kỷ cương, sáng tạo"
        self.campaign.with_user(self.user_officer).action_launch()
        people = (self.employee_sub, self.employee_proposer, self.employee_other, self.other_unit)
        self.register(*people)
        self.review = self.open_round()
        self.sheets = self.review.evaluation_ids
        for sheet, discipline in zip(self.sheets, (25, 30, 5, 28), strict=True):
            self.fill(sheet, self.user_officer, discipline=discipline)
        self.officer = self.review.with_user(self.user_officer)

    def confirm(self, sheets=None):
        sheets = (self.sheets if sheets is None else sheets).with_user(self.user_officer)
        sheets.action_verify()
        sheets.action_confirm()

    def render(self):
        report = self.env["ir.actions.report"].with_user(self.user_officer)
        html = report._render_qweb_html("hr_emulation.report_review", self.review.ids)[0].decode()
        return " ".join(html.replace("&#34;", '"').split())

    def assertPrinted(self, *texts):
        html = self.render()
        for text in texts:
            self.assertIn(text, html)

    def test_it_is_vietnamese_whoever_prints_it(self):
        self.confirm()
        check_paper(self, "review", self.review)

    def test_it_says_who_took_part_and_what_came_of_it(self):
        self.confirm()
        self.assertPrinted(
            "Báo cáo",
            "Tổng kết phong trào thử",
            "với chủ đề “Kỷ cương, sáng tạo”",
            "Có 03 cá nhân và 01 tập thể đăng ký thi đua; đã duyệt 03 cá nhân và 01 tập thể.",
            "Đã kết luận 04/04 phiếu chấm điểm.",
            "Tổ Thi đua",
            ">97,5</td>",  # 95 and 100
            "- A: 02 cá nhân, 01 tập thể;",
            "- B: 01 cá nhân, 00 tập thể.",
            "Trần Đề Xuất (100 điểm, hạng 1); Nguyễn Thị Ánh (95 điểm, hạng 2)",
            "Phòng Kế toán (98 điểm, hạng 1)",
            "Kết quả chấm điểm, xếp loại",
        )

    def test_points_without_a_rank_lead_nobody(self):
        self.confirm()
        self.assertIn("Cá nhân dẫn đầu", self.render())
        self.env.cr.execute(
            "UPDATE emulation_evaluation SET rank = NULL WHERE review_id = %s", [self.review.id]
        )
        self.env.invalidate_all()
        html = self.render()
        self.assertIn("Trần Đề Xuất", html)
        for words in ("dẫn đầu", "None", "hạng)"):
            self.assertNotIn(words, html)

    def test_prizes_are_set_against_the_budget(self):
        """Openness of finances: what was decided of all campaigns together, beside what was planned."""
        below = self.new_campaign("Nhánh", parent_id=self.campaign.id)
        first, second, dropped = (
            self.new_commendation(person, campaign_id=campaign.id, state="granted")
            for person, campaign in (
                (self.employee_sub, self.campaign),
                (self.employee_proposer, below),
                (self.employee_other, self.campaign),
            )
        )
        (first | second)._write_protected({"prize_amount": 1_500_000, "prize_state": "to_pay"})
        dropped._write_protected({"prize_amount": 9_000_000, "prize_state": "none"})
        self.assertIn("Tiền thưởng đã quyết định: 3.000.000 đồng.", self.render())
        self.amend(self.campaign, budget=2_000_000)
        self.campaign.invalidate_recordset()
        self.assertEqual(self.campaign.tree_prize_total, 3_000_000)
        self.assertTrue(self.campaign.is_over_budget)
        self.assertIn("bằng 150% kinh phí dự kiến (2.000.000 đồng).", self.render())

    def test_proposals_and_models_with_a_consent_that_holds(self):
        self.new_commendation(self.employee_sub, campaign_id=self.campaign.id, state="submitted")
        self.new_commendation(self.employee_proposer, campaign_id=self.campaign.id, state="granted")
        self.new_commendation(self.employee_other, campaign_id=self.campaign.id, state="rejected")
        today = fields.Date.context_today(self.review)
        shown, expired, unasked = self.env["emulation.exemplar"].create(
            [
                {
                    "name": name,
                    "story": "Mười năm không một hồ sơ trễ hạn.",
                    "employee_id": self.employee_sub.id,
                    "company_id": self.company.id,
                    "campaign_id": self.campaign.id,
                }
                for name in ("Người giữ lửa", "Người đi trước", "Người lặng lẽ")
            ]
        )
        (shown | expired).consent_date = today - timedelta(days=9)
        (shown | expired).with_user(self.user_officer).action_publish()
        expired._write_protected({"consent_until": today - timedelta(days=1)})  # its day has passed
        html = self.render()
        self.assertIn("- Danh hiệu TEST-GK: đề nghị 3, đã tặng 1.", html)
        self.assertIn("Người giữ lửa", html)
        self.assertNotIn("Người đi trước", html)
        self.assertNotIn(unasked.name, html)

    def test_an_award_is_named_as_on_its_own_papers(self):
        """By the rule book in force, where the campaign names none; where it names one, by that."""
        self.company.emulation_head_title = "Giám đốc"
        proposal = self.new_commendation(self.employee_sub, campaign_id=self.campaign.id, state="submitted")
        rule = self.env["emulation.award.rule"]._get_of(proposal)[proposal]
        rule.sudo().printed_name = "Giấy khen của {head} {agency}"
        self.assertFalse(self.campaign.rulebook_id)
        name = proposal._get_printed_awards()[proposal]
        self.assertEqual(name, f"Giấy khen của Giám đốc {self.company.name}")
        self.assertIn(f"- {name}: đề nghị 1, đã tặng 0.", self.render())
        book = self.env["emulation.rulebook"].create(
            {"name": "Quy chế riêng", "code": "RIENG", "date_from": "1990-01-01", "date_to": "1999-12-31"}
        )
        values = {"rulebook_id": book.id, "award_id": proposal.award_id.id}
        self.env["emulation.award.rule"].create({**values, "printed_name": "Giấy khen theo quy chế riêng"})
        self.campaign._write_protected({"rulebook_id": book.id})
        self.assertIn("- Giấy khen theo quy chế riêng: đề nghị 1, đã tặng 0.", self.render())

    def test_lessons_are_printed_and_sections_numbered_without_a_gap(self):
        self.review.lessons = "Giao chỉ tiêu sớm hơn."
        html = self.render()
        self.assertIn("Giao chỉ tiêu sớm hơn.", html)
        self.assertRegex(html, r"3\. Bài học")

    def test_its_symbol_says_that_it_is_a_report(self):
        self.company.emulation_document_symbol = "STN"
        names = ("name", "date_from", "date_to")
        review = self.env["emulation.review"].create(
            {"campaign_id": self.review.campaign_id.id, **{name: self.review[name] for name in names}}
        )
        self.assertEqual(review.symbol, "BC-STN")

    def test_it_is_a_draft_until_the_round_is_closed_and_then_stands(self):
        self.assertIn("DỰ THẢO", self.render())
        with self.assertRaisesRegex(UserError, "another step: Open"):
            self.officer.action_issue_report()
        with self.assertRaises(AccessError):
            self.officer.document_sha256 = "0" * 64
        self.confirm()
        self.officer.action_close()
        with Form(self.officer) as form:
            form.lessons, form.addressee, form.symbol = "Bài học", "Ủy ban nhân dân tỉnh", "BC-STN"
            form.signer_title = "GIÁM ĐỐC"
        with self.assertRaisesRegex(UserError, "needs a signer"):
            self.officer.action_issue_report()
        with Form(self.officer) as form:
            form.signer_id = self.employee_head
            form.recipient_lines = "Như trên"
        self.assertIn("DỰ THẢO", self.render(), "not issued yet: no number, no date")
        self.officer.action_issue_report()
        self.assertNotIn("DỰ THẢO", self.render())
        self.assertEqual(
            (self.review.number, self.review.issue_date), ("1", fields.Date.context_today(self.review))
        )
        self.assertPrinted("01/BC-STN", "Kính gửi: Ủy ban nhân dân tỉnh", "GIÁM ĐỐC")
        self.assertEqual(len(self.review.document_sha256), 64)
        with self.assertRaisesRegex(UserError, "is issued"):
            self.officer.action_issue_report()
        for vals in ({"lessons": "Khác"}, {"number": "9"}, {"signer_id": False}):
            with self.assertRaisesRegex(UserError, "does not allow"):
                self.officer.write(vals)
        self.assertIn(str(self.review.document_attachment_id.id), self.officer.action_print()["url"])

    def test_letters_and_reports_of_each_agency_have_their_own_numbers(self):
        other = self.new_campaign("Của sở khác", company_id=self.other_company.id, individual_set_id=False,
                                  collective_set_id=False)  # fmt: skip
        letters = self.env["emulation.campaign.document"].create(
            [{"campaign_id": campaign.id} for campaign in self.campaign | other]
        )
        letters[0].with_user(self.user_officer).action_take_number()
        letters[1].with_user(self.user_foreign_officer).with_context(
            allowed_company_ids=self.other_company.ids
        ).action_take_number()
        self.assertEqual(letters.mapped("number"), ["1", "1"])

    def test_only_officers_print_the_list_of_all(self):
        self.confirm()
        report = self.env["ir.actions.report"]
        for user in (self.user_proposer, self.user_head, self.user_council):
            with self.assertRaises(AccessError):
                report.with_user(user)._render_qweb_html("hr_emulation.report_review", self.review.ids)
            with self.assertRaises(AccessError):
                ReviewFigures(self.review.with_user(user)).list_sheets()
        glance = self.review.with_user(self.user_sub_head).glance_html
        self.assertIn("Tổ Thi đua", glance)
        self.assertNotIn("Phòng Kế toán", glance)

    def test_units_at_a_glance(self):
        self.confirm(self.sheets[:1])
        glance = self.officer.glance_html
        self.assertIn("Tổ Thi đua", glance)
        self.assertIn("1/2", glance)
        self.assertIn("bg-success", glance)
        self.assertIn("bg-info", glance)
        rows = {row["name"]: row for row in ReviewFigures(self.review).list_units()}
        self.assertEqual((rows["Tổ Thi đua"]["mean"], rows["Phòng Kế toán"]["confirmed"]), (95, 0))

    def test_a_unit_name_is_no_markup(self):
        self.sub_unit.name = "<script>alert(1)</script>"
        self.assertNotIn("<script>", self.officer.glance_html)
        self.assertIn("&lt;script&gt;", self.officer.glance_html)

    def test_it_costs_the_same_for_many(self):
        def cost(*people):
            campaign = self.new_campaign(f"Quy mô {len(people)}")
            campaign.with_user(self.user_officer).action_launch()
            self.register(*people, campaign=campaign)
            self.review = self.open_round(campaign)
            for sheet in self.review.evaluation_ids:
                self.fill(sheet, self.user_officer)
            self.confirm(self.review.evaluation_ids)
            self.render()  # what the server keeps between two papers is asked for once, whoever printed last
            return self.count_queries(self.render)

        people = self.employee_sub | self.employee_proposer | self.employee_portal | self.employee_sub_head
        cost(people[0])
        self.assertEqual(cost(people[0]), cost(*people))
