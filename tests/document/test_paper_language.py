from odoo import SUPERUSER_ID
from odoo.tests import tagged

from ..helpers.document_common import DocumentCommon
from ..helpers.paper_language import check_paper, read_paper

ENGLISH_NAME, VIETNAMESE_NAME = "Grassroots Trial Fighter", "Chiến sĩ thử cơ sở"


@tagged("post_install", "-at_install")
class TestPaperLanguage(DocumentCommon):
    """A paper is Vietnamese whoever prints it: a user of another language, or a job of the server that has none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("vi_VN")
        cls.title = cls.new_document_award(ENGLISH_NAME, "CSTHU", 1.0, kind="title")
        cls.title.with_context(lang="vi_VN").name = VIETNAMESE_NAME
        cls.title.official_name = VIETNAMESE_NAME
        cls.decision = cls.new_decision(
            cls.new_lines(2, award=cls.title), issue_date="2026-01-05", place="Hà Nội"
        )
        cls.submission = cls.env["emulation.submission"].create(
            {
                "company_id": cls.company.id,
                "abstract": "Về việc đề nghị khen thưởng",
                "addressee": "UBND tỉnh",
                "line_ids": [
                    (0, 0, {"commendation_id": line.id}) for line in cls.new_lines(2, award=cls.title)
                ],
            }
        )
        cls.campaign = cls.env["emulation.campaign"].create(
            {
                "name": "Phong trào thử",
                "company_id": cls.company.id,
                "date_start": "2025-01-01",
                "date_end": "2025-12-31",
                "purpose": "Hoàn thành nhiệm vụ",
                "award_line_ids": [(0, 0, {"award_id": cls.title.id})],
            }
        )

    def check(self, report, record, *parts, without=()):
        check_paper(self, report, record, *parts, without=[ENGLISH_NAME, *without])

    def test_files_are_named_in_vietnamese(self):
        papers = self.env["ir.actions.report"].search([("report_name", "=like", "hr_emulation.%")])
        self.assertTrue(papers)
        reader = papers.with_user(self.user_officer)
        for paper in papers:
            name = reader._get_report_from_name(paper.report_name).name
            self.assertEqual(name, paper.with_context(lang="vi_VN").name)
            self.assertNotEqual(name, paper.with_context(lang="en_US").name)
        name, _content = reader._build_word("ceremony", self.decision.id)
        self.assertTrue(name.startswith("Kịch bản trao thưởng"), name)

    def test_decision_and_what_hangs_on_it(self):
        self.check("decision", self.decision, VIETNAMESE_NAME, "QUYẾT ĐỊNH")
        self.check("ceremony", self.decision, VIETNAMESE_NAME, "Kịch bản trao thưởng", "(02 cá nhân)")
        self.check("payments", self.decision, "Danh sách chi tiền thưởng")

    def test_who_is_called_and_who_sits_where(self):
        lines = self.new_lines(5, award=self.title) | self.new_lines(1, award=self.document_award)
        long_name = (
            "Trung tâm Khuyến công, Xúc tiến thương mại và Phát triển công nghiệp hỗ trợ vùng biên giới"
        )
        lines[0]._write_protected({"recipient_name": long_name})
        decision = self.new_decision(lines, issue_date="2026-01-05", place="Hà Nội", seats_per_row=3)
        self.issue(decision)
        decision.with_user(self.user_officer).write(
            {"ceremony_on": "2026-01-20 01:30:00", "ceremony_place": "Hội trường tầng 3"}
        )
        called = read_paper(self, "roll_call", decision)
        turns = [line for line in called if line.startswith("Lượt")]
        self.assertEqual(len(turns), 6, "three turns on the list, and under the pictures")
        self.assertTrue(turns[0].endswith("(03 cá nhân)") and turns[1].endswith("(02 cá nhân)"), turns)
        self.assertIn("Tổ chức trao: 08:30 20/01/2026, Hội trường tầng 3", called)
        numbers = decision.certificate_ids.sorted("rank").mapped("number")
        self.assertEqual([line for line in called if line in numbers], numbers)
        seats = read_paper(self, "seating", decision)
        self.assertEqual(
            [line for line in seats if line[1:] in ("01", "02", "03")],
            ["A01", "A02", "A03", "B01", "B02", "B03"],
        )
        self.check("roll_call", decision, "Danh sách có mặt", "Tên ghi dưới ảnh", long_name)
        self.check("seating", decision, "Sơ đồ chỗ ngồi", "SÂN KHẤU", long_name)

    def test_whose_decision_it_is(self):
        self.company.write({"name": "Sở Thử nghiệm", "emulation_head_title": "Giám đốc"})
        for report in ("decision", "payments", "ceremony"):
            self.check(report, self.decision, "của Giám đốc Sở Thử nghiệm")

    def test_a_post_does_not_repeat_its_unit(self):
        line = self.new_lines(1, award=self.title)
        line._write_protected({"position_name": "Trưởng phòng", "unit_name": "Phòng Tổng hợp"})
        decision = self.new_decision(line, issue_date="2026-01-05", place="Hà Nội")
        self.check(
            "decision", decision, f"{line.recipient_name}, Trưởng phòng Tổng hợp", without=["phòng Phòng"]
        )

    def test_submission(self):
        self.check("submission", self.submission, VIETNAMESE_NAME, "Tờ trình", "Nơi nhận", "Như trên")

    def test_launch_letter(self):
        launch = self.env["emulation.campaign.document"].create({"campaign_id": self.campaign.id})
        self.check("campaign_document", launch, VIETNAMESE_NAME, "Mục tiêu")

    def test_amendment(self):
        self.issue(self.decision)
        lines = self.decision.commendation_ids
        amendment = self.env["emulation.decision"].create(
            {
                "company_id": self.company.id,
                "signer_id": self.signer.id,
                "kind": "amendment",
                "amended_decision_id": self.decision.id,
                "change_ids": [
                    (0, 0, {"commendation_id": line.id, "recipient_name": f"Tên đúng {line.id}"})
                    for line in lines
                ],
            }
        )
        self.check("decision", amendment, VIETNAMESE_NAME, f"Tên đúng {lines[0].id}")

    def test_amendment_of_one_issued_at_once(self):
        """It says what stood there before, also where it is issued before anybody looked at it."""
        self.issue(self.decision)
        line = self.decision.commendation_ids[0]
        before = line.recipient_name
        amendment = self.new_correction(line, "Tên đúng")
        self.issue(amendment)
        self.assertEqual(line.recipient_name, "Tên đúng")
        self.check("decision", amendment, f"đã ghi “{before}", "nay sửa thành “Tên đúng")

    def test_dossier(self):
        line = self.new_lines(1, award=self.title)
        line._write_protected({"submitted_on": "2026-01-02 03:04:00"})
        report = self.env["emulation.achievement.report"]._create_protected([{"commendation_id": line.id}])
        self.check("achievement_report", report, VIETNAMESE_NAME, line.recipient_name)
        self.check("receipt", line, VIETNAMESE_NAME, line.recipient_name)

    def test_sheets_of_a_certificate_template(self):
        template = self.env["emulation.certificate.template"].search([], limit=1)
        self.check("stress", template)
        self.check("calibration", template, "Dấu thập")

    def test_certificate(self):
        self.issue(self.decision)
        self.check("certificate", self.decision.certificate_ids, VIETNAMESE_NAME.upper())

    def test_request_for_another_certificate(self):
        """With blanks where nobody asked; a lost one is issued again, a damaged one exchanged and handed back."""
        unit = self.new_lines(1, award=self.document_award)
        unit._write_protected({"subject": "collective", "recipient_name": "Phòng Kỹ thuật an toàn"})
        decision = self.new_decision(unit | self.new_lines(1, award=self.title), issue_date="2026-01-05")
        self.issue(decision)
        of_unit, of_person = decision.certificate_ids.sorted("rank", reverse=True)
        lines = read_paper(self, "reissue_request", of_unit)
        self.assertIn("Giấy đề nghị", lines)
        self.assertIn("Thủ trưởng đơn vị", lines)
        self.assertIn("Cấp đổi, cấp lại giấy khen thử", lines)
        self.env["emulation.request"]._ask(of_person.commendation_id, "reissue", "Bị ướt", "damaged")
        lines = read_paper(self, "reissue_request", of_person)
        self.assertIn(f"Cấp đổi bằng chứng nhận danh hiệu {VIETNAMESE_NAME}", lines)
        self.assertIn("Lý do cụ thể: Bị ướt.", lines)
        self.assertTrue(any("gửi kèm hiện vật cũ" in line for line in lines))
        self.check("reissue_request", of_person, "Đơn đề nghị", "bị hư hỏng", of_person.number)
        of_person._write_protected({"decision_id": False})
        lines = read_paper(self, "reissue_request", of_person)
        self.assertTrue(any("Quyết định số …" in line for line in lines), "blank, where no decision is known")
        of_person._write_protected({"decision_id": decision.id})
        amended = self.new_correction(of_person.commendation_id, "Tên Đúng")
        self.issue(amended)
        self.assertEqual(of_person.request_ids.state, "answered", "answered by whatever replaced it")

    def test_certificates_of_the_real_job(self):
        """The job runs as the server does: without a language."""
        self.issue(self.decision)
        cards = self.decision.certificate_ids
        with self.allow_pdf_render():
            cards.with_env(
                self.env(user=SUPERUSER_ID, context={"force_report_rendering": True})
            )._print_missing()
        cards.invalidate_recordset()
        for card in cards:
            text = " ".join(page.extract_text() for page in self.pages(card.attachment_id.raw))
            self.assertNotIn(ENGLISH_NAME.lower(), text.lower())
            self.assertIn(VIETNAMESE_NAME.lower(), " ".join(text.split()).lower())
