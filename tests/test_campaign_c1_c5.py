"""The five campaigns of public documents, built through the forms an officer fills, fact by fact."""

from datetime import date

from odoo.tests import Form, tagged

from .campaign_common import CampaignCommon

OCCASIONS = [
    ("115 năm thành lập tỉnh", date(1909, 6, 28), date(2024, 6, 28)),
    ("75 năm thành lập Đảng bộ tỉnh", date(1949, 10, 10), date(2024, 10, 10)),
    ("70 năm ngày Bác Hồ gửi thư", date(1953, 12, 12), date(2023, 12, 12)),
    ("20 năm chia tách, thành lập tỉnh", date(2004, 1, 1), date(2024, 1, 1)),
]
THEME_C4 = (
    "Kỷ cương, trách nhiệm, đổi mới, sáng tạo thi đua thực hiện thắng lợi nhiệm vụ phát triển kinh tế - xã hội "
    "hàng năm và Kế hoạch 5 năm (2021-2025) theo Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XIV nhiệm kỳ 2020-2025"
)


@tagged("post_install", "-at_install")
class TestFiveCampaigns(CampaignCommon):
    def build(self, name, kind, start, end, contents, **facts):
        """Fill in the campaign form as an officer and launch it."""
        form = Form(self.env["emulation.campaign"].with_user(self.user_officer))
        form.name, form.kind = name, kind
        form.date_start, form.date_end = start, end
        form.purpose, form.scope = "Hoàn thành nhiệm vụ chính trị", "Toàn cơ quan"
        form.individual_set_id = self.sheet
        lists = {key: facts.pop(key) for key in list(facts) if key.endswith("_ids")}
        for key, value in facts.items():
            setattr(form, key, value)
        for key, records in lists.items():
            for record in records:
                getattr(form, key).add(record)
        for heading in contents:
            with form.content_ids.new() as content:
                content.name = heading
        campaign = form.save()
        campaign.action_launch()
        self.assertEqual(campaign.state, "launched")
        self.assertEqual(campaign.content_ids.mapped("name"), list(contents))
        self.assertEqual((campaign.date_start, campaign.date_end), (start, end))
        return campaign

    def basis(self, kind, number, issued, issuer):
        return self.env["emulation.legal.document"].create(
            {
                "name": f"{kind} {number}",
                "kind": kind,
                "number": number,
                "issue_date": issued,
                "issuer": issuer,
                "company_id": self.company.id,
            }
        )

    def letter(self, campaign):
        report = self.env["ir.actions.report"].with_user(self.user_officer)
        return report._render_qweb_html("hr_emulation.report_campaign_launch", campaign.ids)[0].decode()

    def review(self, campaign, kind, start, end):
        form = Form(self.env["emulation.review"].with_user(self.user_officer))
        form.campaign_id, form.kind, form.name = campaign, kind, f"{kind} {end.year}"
        form.date_from, form.date_to = start, end
        return form.save()

    def test_c1_five_years_below_a_campaign_of_the_province(self):
        province = self.build("Phong trào của tỉnh", "thematic", date(2021, 1, 1), date(2025, 12, 31), ["Thi đua"],
                              audience="Toàn tỉnh")  # fmt: skip
        bases = (
            self.basis("directive", "09/CT-UBND", date(2021, 8, 11), "UBND tỉnh Lai Châu")
            | self.basis("resolution", "39/2020/NQ-HĐND", date(2020, 12, 13), "HĐND tỉnh")
        )  # fmt: skip
        campaign = self.build(
            "Phong trào thi đua 2021–2025",
            "regular",
            date(2021, 1, 1),
            date(2025, 12, 31),
            ["Thi đua hoàn thành nhiệm vụ hằng năm", "Đề xuất khen thưởng kịp thời"],
            parent_id=province,
            audience="Cán bộ, công chức, viên chức, người lao động; tự nguyện",
            standing_unit_id=self.unit,
            legal_basis_ids=bases,
        )
        self.assertEqual((campaign.parent_id, campaign.standing_unit_id), (province, self.unit))
        self.assertFalse(campaign.registration_required)
        self.assertFalse(campaign.warning)
        for year in range(2021, 2025):
            self.review(campaign, "interim", date(year, 1, 1), date(year, 12, 31))
        self.review(campaign, "final", date(2021, 1, 1), date(2025, 12, 31))
        self.assertEqual(campaign.review_ids.mapped("kind"), ["interim"] * 1 + ["final"] + ["interim"] * 3)
        html = self.letter(campaign)
        for fact in ("09/CT-UBND", "11 tháng 8 năm 2021", "39/2020/NQ-HĐND", "Phòng Tổng hợp"):
            self.assertIn(fact, html)

    def test_c2_a_year_of_several_kinds_launched_by_letter_162(self):
        occasion = self.env["emulation.occasion"].create(
            {"name": "75 năm Đảng bộ tỉnh", "date": date(2022, 3, 5), "company_id": self.company.id}
        )
        year = (date(2022, 1, 1), date(2022, 12, 31))
        campaign = self.build(
            "Phong trào thi đua năm 2022",
            "regular",
            *year,
            [
                "Học tập và làm theo Bác",
                "Văn hóa công sở",
                "Tiết kiệm",
                "An toàn giao thông",
                "Xây dựng Đảng",
            ],
            audience="Cán bộ, công chức, viên chức",
            number="162",
            symbol="VPUBND-TCHC",
            occasion_ids=occasion,
        )
        for kind in ("phase", "thematic", "ad_hoc"):
            self.build(f"Phong trào {kind}", kind, *year, ["Thi đua"], parent_id=campaign, audience="Cơ quan")
        self.assertEqual(campaign._get_document_number(), "162/VPUBND-TCHC")
        self.assertEqual(set(campaign.child_ids.mapped("kind")), {"phase", "thematic", "ad_hoc"})
        target = campaign.individual_set_id.criterion_ids.filtered(lambda line: line.kind == "quantity")
        self.assertEqual(target.target, 100)  # 100 % học tập, quán triệt
        self.assertIn("162/VPUBND-TCHC", self.letter(campaign))

    def test_c3_a_special_campaign_for_four_occasions(self):
        occasions = self.env["emulation.occasion"].create(
            [
                {"name": name, "origin_date": origin, "date": day, "company_id": self.company.id}
                for name, origin, day in OCCASIONS
            ]
        )
        bases = self.basis("directive", "34-CT/TW", date(2014, 4, 7), "Bộ Chính trị")
        bases |= self.basis("directive", "32-CT/TU", date(2014, 6, 26), "Tỉnh ủy")
        contents = [f"Nhóm nội dung {number}" for number in range(1, 8)]
        campaign = self.build(
            "Phong trào thi đua đặc biệt",
            "special",
            date(2023, 6, 1),
            date(2023, 10, 30),
            contents,
            audience="Các phòng, đơn vị thuộc Sở",
            occasion_ids=occasions,
            legal_basis_ids=bases,
        )
        self.assertEqual(
            {(one.name, one.origin_date, one.date) for one in campaign.occasion_ids}, set(OCCASIONS)
        )
        html = self.letter(campaign)
        for fact in ("34-CT/TW", "32-CT/TU", "30 tháng 10 năm 2023", "g) Nhóm nội dung 7", OCCASIONS[0][0]):
            self.assertIn(fact, html)

    def test_c4_a_launch_letter_signed_by_the_rector(self):
        rector = self.new_employee("Nguyễn Tiến Tăng", self.unit)
        campaign = self.build(
            "Phát động thi đua",
            "regular",
            date(2021, 8, 24),
            date(2025, 12, 31),
            [f"Nội dung {number}" for number in range(1, 6)],
            theme=THEME_C4,
            audience="Các khoa, phòng",
            collective_set_id=self.sheet,
            issue_date=date(2021, 8, 24),
            place="Lai Châu",
            signer_id=rector,
            signer_title="HIỆU TRƯỞNG",
            recipient_lines="Ban TĐKT Sở Nội vụ\nTrường CĐCĐ (Trưởng Khối thi đua)\nLưu: VT, TĐKT",
            legal_basis_ids=self.basis("directive", "02/CT-UBND", date(2021, 8, 11), "UBND tỉnh Lai Châu"),
        )
        html = self.letter(campaign)
        facts = (
            "Lai Châu, ngày 24 tháng 8 năm 2021",
            THEME_C4,
            "HIỆU TRƯỞNG",
            "Nguyễn Tiến Tăng",
            "02/CT-UBND",
        )
        for fact in (*facts, "- Trường CĐCĐ (Trưởng Khối thi đua);", "- Lưu: VT, TĐKT."):
            self.assertIn(fact, html)
        self.assertTrue(campaign.collective_set_id.locked)

    def test_c5_a_plan_handed_down_to_the_departments(self):
        campaign = self.build(
            "Phong trào thi đua năm 2021",
            "regular",
            date(2021, 1, 1),
            date(2021, 12, 31),
            ["Đánh giá và có giải pháp hoàn thành từng chỉ tiêu", "Nhân rộng điển hình"],
            audience="Các sở, ban, ngành, đoàn thể, địa phương",
            launch_document_kind="plan",
            issue_date=date(2021, 3, 8),
        )
        action = campaign.action_push()
        form = Form(
            self.env["emulation.campaign.push"].with_user(self.user_officer).with_context(**action["context"])
        )
        form.department_ids.add(self.unit)
        form.department_ids.add(self.other_unit)
        form.save().action_push()
        self.assertEqual(campaign.child_ids.standing_unit_id, self.unit | self.other_unit)
        self.assertEqual(set(campaign.child_ids.mapped("state")), {"launched"})
        self.assertIn("Kế hoạch", self.letter(campaign))
