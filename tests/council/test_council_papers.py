"""What a session prints: minutes under the heading of the council, counting minutes, ballots, opinion forms."""

import io
from datetime import datetime, time, timedelta
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools.pdf import PdfReader

from ..helpers.council_common import CouncilCommon
from ..helpers.paper_language import check_paper


@tagged("post_install", "-at_install")
class TestCouncilPapers(CouncilCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"emulation_is_state_body": True})
        cls.employee_head.sudo().job_title = "Trưởng phòng Tổ chức"
        cls.employee_sub_head.sudo().job_title = "Tổ trưởng Tổ Một"

    def vote(self, session, users=None):
        session.action_open()
        for user in users or self.voters:
            self.cast(session, user)
        session.action_close()

    def render(self, session, report):
        """Return the PDF a user of the agency gets, whatever the language."""
        reports = self.env["ir.actions.report"].with_user(self.user_officer).with_context(lang="en_US")
        with self.allow_pdf_render():
            reports = reports.with_context(force_report_rendering=True)
            return reports._render_qweb_pdf(f"hr_emulation.{report}", session.ids)[0]

    def read_pdf(self, content):
        return " ".join(
            " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split()
        )

    def check_parts(self, text, *parts, without=()):
        for part in without:
            self.assertNotIn(part.lower(), text.lower())
        for part in parts:
            with self.subTest(part=part):
                self.assertIn(part.lower(), text.lower())

    def test_minutes(self):
        own = self.new_commendation(self.employee_council, state="appraised", award=self.council_award)
        session = self.new_session(
            self.new_candidates(1) | own, present=self.voters[:6], location="Hội trường tầng 2"
        )
        self.vote(session, self.voters[:6])
        session.write({"conclusion": "Đề nghị Giám đốc quyết định.", "number": "7"})
        with self.allow_pdf_render():
            session.with_context(force_report_rendering=True).action_store_minutes()
        session.invalidate_recordset()
        check_paper(self, "minutes", session)
        self.check_parts(
            self.read_pdf(session.document_attachment_id.raw),
            "HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG",
            self.company.name,
            "BIÊN BẢN",
            "Bình xét thi đua",
            "Số: 07/BB-HĐTĐKT",
            "08 giờ 30 phút ngày 20 tháng 11 năm 2026",
            "Hội trường tầng 2",
            "Phạm Trưởng Phòng – Trưởng phòng Tổ chức, Chủ tịch Hội đồng",
            "Thành viên có mặt (06 người):",
            "Lê Tổ Trưởng – Tổ trưởng Tổ Một, Thành viên Hội đồng",
            "Thành viên vắng mặt (01 người):",
            "Hồ Chuyên Viên – Chuyên viên, Thư ký Hội đồng (Đi công tác)",
            "tham dự: 6/7; số thành viên tối thiểu phải tham dự: 5",
            "6/7 = 85,71% ≥ 80%",
            "5/7 = 71,43% < 80%",
            "Không biểu quyết: Đỗ Hội Đồng",
            "THƯ KÝ",
            "CHỦ TỌA",
            "Nơi nhận:",
            "- Lưu: VT, hồ sơ.",
        )
        self.assertNotIn("DỰ THẢO", self.read_pdf(session.document_attachment_id.raw))
        with self.assertRaises(UserError):
            session.conclusion = "Khác"

    def test_the_council_evaluates_the_review_of_a_campaign(self):
        """It stands in the minutes, and in the report of the round once the session is closed."""
        campaign = self.env["emulation.campaign"].create(
            {"name": "Phong trào thi đua năm 2026", "company_id": self.company.id}
        )
        review = self.env["emulation.review"].create(
            {
                "name": "Tổng kết năm 2026",
                "kind": "final",
                "campaign_id": campaign.id,
                "date_from": "2026-01-01",
                "date_to": "2026-12-31",
            }
        )
        session = self.new_session(self.new_candidates(1), location="Hội trường tầng 2")
        session.review_ids = review
        sentence = (
            "Hội đồng nghe và đánh giá báo cáo tổng kết phong trào thi đua năm 2026, giai đoạn từ ngày 01 tháng 01 "
            "năm 2026 đến ngày 31 tháng 12 năm 2026."
        )
        report = review.with_user(self.user_officer)
        self.assertEqual(report._get_report()["council"], [], "nothing was heard yet")
        self.vote(session)
        self.assertIn(sentence, self.read_pdf(self.render(session, "action_report_minutes")))
        self.assertEqual(
            report._get_report()["council"],
            [f"{session.council_id.name} đã nghe và đánh giá tại phiên họp ngày 20 tháng 11 năm 2026."],
        )
        with self.assertRaises(UserError):
            session.review_ids = False

    def test_a_session_may_hear_reviews_and_vote_on_nothing(self):
        """Nobody is asked for a vote, no box is made, and the minutes say nothing of one."""
        campaign = self.env["emulation.campaign"].create(
            {"name": "Phong trào thi đua năm 2026", "company_id": self.company.id}
        )
        review = self.env["emulation.review"].create(
            {
                "name": "Sơ kết năm 2026",
                "kind": "interim",
                "campaign_id": campaign.id,
                "date_from": "2026-01-01",
                "date_to": "2026-06-30",
            }
        )
        session = (
            self.env["emulation.session"]
            .with_user(self.user_officer)
            .create({"council_id": self.council.id, "abstract": "Sơ kết phong trào thi đua"})
        )
        session.action_all_present()
        with self.assertRaisesRegex(UserError, "agenda is empty"):
            session.action_open()
        session.review_ids = review
        absent = session.attendance_ids[:4]
        absent.write({"presence": "absent"})
        with self.assertRaisesRegex(UserError, "No quorum"):
            session.action_open()
        absent.write({"presence": "present"})
        session.action_open()
        self.assertEqual((session.state, session.key_name), ("open", False))
        self.assertIn("Nothing is voted on", session.voting_text)
        self.assertFalse(session.sudo().message_ids.notified_partner_ids, "nobody is asked for a vote")
        self.assertFalse(session.with_user(self.user_head).can_vote)
        session.conclusion = "Nhất trí với báo cáo sơ kết."
        session.action_close()
        self.assertEqual(session.state, "closed")
        with self.allow_pdf_render():
            session.with_context(force_report_rendering=True).action_store_minutes()
        session.invalidate_recordset()
        check_paper(self, "minutes", session)
        text = self.read_pdf(session.document_attachment_id.raw)
        self.check_parts(text, "nghe và đánh giá báo cáo sơ kết", "III. Kết luận", "Nhất trí với báo cáo")
        self.assertNotIn("DỰ THẢO", text)
        for part in ("biểu quyết bằng hình thức", "Số phiếu phát ra", "thống nhất đề nghị khen thưởng"):
            self.assertNotIn(part, text)
        with self.assertRaisesRegex(UserError, "Nothing was voted on"):
            session._get_counting_values()

    def test_minutes_take_the_next_number_of_the_year(self):
        session = self.new_session(self.new_candidates(1))
        self.vote(session)
        with self.allow_pdf_render():
            session.with_context(force_report_rendering=True).action_store_minutes()
        self.assertTrue(session.number.isdigit())
        self.assertEqual(session._get_document_number(), f"{session.number.zfill(2)}/BB-HĐTĐKT")

    def test_minutes_that_wait_for_a_printer_are_final(self):
        """What is printed later is what was stored, under the number it took."""
        session = self.new_session(self.new_candidates(1))
        self.vote(session)
        session.conclusion = "Đề nghị Giám đốc quyết định."
        reports = type(self.env["ir.actions.report"])
        with patch.object(reports, "_can_print", lambda self: False):
            session.action_store_minutes()
        number = session.number
        self.assertTrue(number)
        self.assertFalse(session.document_check, "nothing is missing: it waits")
        with self.assertRaises(UserError):
            session.conclusion = "Khác"
        with self.assertRaisesRegex(UserError, "stored already"):
            session.action_store_minutes()
        with self.allow_pdf_render():
            documents = self.env["emulation.document.mixin"].with_context(force_report_rendering=True)
            documents._print_waiting()
        session.invalidate_recordset()
        self.assertEqual((session.number, session.document_check), (number, "intact"))
        text = self.read_pdf(session.document_attachment_id.raw)
        self.check_parts(text, "Đề nghị Giám đốc quyết định.", without=["DỰ THẢO"])

    def test_minutes_of_a_council_on_initiatives(self):
        self.council.kind = "initiative"
        self.assertEqual(
            (self.council.heading, self.council.minutes_symbol), ("Hội đồng sáng kiến", "BB-HĐSK")
        )

    def test_minutes_need_a_closed_vote(self):
        session = self.new_session(self.new_candidates(1))
        session.action_open()
        with self.assertRaisesRegex(UserError, "in another step"):
            session.action_store_minutes()

    def test_minutes_state_the_publication_and_what_became_of_comments(self):
        award = self.new_award(
            "TEST-HC", rule={"needs_council": True, "quorum": 50, "publication_days": 10}, kind="form"
        )
        person = self.new_employee("Người Được Xét", self.other_unit)
        proposal = self.new_commendation(person, state="appraised", award=award)
        action = self.put_on("publication", proposal.with_user(self.user_officer))
        publication = self.env["emulation.publication"].with_user(self.user_officer).browse(action["res_id"])
        publication.action_publish()
        comment = publication._do_comment(self.user_proposer, "Đề nghị xem lại số liệu.", proposal)
        comment.answer = "Đã kiểm tra, số liệu đúng."
        comment.with_user(self.user_officer).action_handle()
        session = self.new_session(proposal)
        session.date_start = datetime.combine(publication.date_to, time(2)) + timedelta(days=1)
        text = self.read_pdf(self.render(session, "action_report_minutes"))
        self.check_parts(
            text,
            "công khai từ ngày",
            "(10 ngày làm việc); nhận được 01 ý kiến, đã giải quyết 01:",
            "Người Được Xét – Đã kiểm tra, số liệu đúng.",
        )
        self.assertNotIn(self.user_proposer.name, text.split("Kết quả công khai")[1], "no author is named")

    def test_counting_minutes(self):
        session = self.new_session(self.new_candidates(2))
        session.attendance_ids[0].uses_paper = True
        session.write(
            {
                "teller_ids": [
                    Command.create({"employee_id": self.employee_sub_head.id, "role": "head"}),
                    Command.create({"employee_id": self.employee_other_head.id}),
                ]
            }
        )
        with self.assertRaisesRegex(UserError, "when the vote is closed"):
            session._get_counting_values()
        session.action_open()
        for user in self.voters[1:]:
            self.cast(session, user)
        session.item_ids.write({"paper_disagree": 1})
        session.action_close()
        check_paper(self, "counting_minutes", session)
        self.check_parts(
            self.read_pdf(self.render(session, "action_report_counting_minutes")),
            "HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG",
            "BIÊN BẢN KIỂM PHIẾU",
            "Lê Tổ Trưởng – Tổ trưởng Tổ Một, Trưởng ban",
            "bỏ phiếu kín điện tử và phiếu giấy",
            "bằng khóa của máy chủ",
            "bỏ phiếu điện tử: 06, bỏ phiếu giấy hoặc giơ tay: 01",
            "6/7 = 85,71%",
            "TRƯỞNG BAN",
            without=["Nơi nhận"],
        )

    def test_ballot_papers_one_for_each_who_votes_on_paper(self):
        own = self.new_commendation(self.employee_council, state="appraised", award=self.council_award)
        session = self.new_session(self.new_candidates(2) | own)
        with self.assertRaisesRegex(UserError, "Nobody votes on ballot papers"):
            session._list_ballot_sheets()
        rows = session.attendance_ids.filtered(
            lambda row: row.user_id in (self.user_council, self.user_sub_head, self.user_head)
        )
        rows.write({"uses_paper": True})
        self.assertEqual(sorted(map(len, session._list_ballot_sheets())), [2, 3, 3])
        check_paper(self, "ballot_papers", session)
        content = self.render(session, "action_report_ballot_papers")
        pages = PdfReader(io.BytesIO(content)).pages
        self.assertEqual(len(pages), 3)
        for page in pages:
            text = " ".join(page.extract_text().split())
            self.check_parts(
                text, "PHIẾU BẦU", "HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG", "Ứng Viên 00", "không ghi tên"
            )
            for row in rows - rows.filtered(lambda row: row.user_id == self.user_council):
                self.assertNotIn(row.name, text)

    def test_opinion_forms_leave_secret_votes_to_ballots(self):
        unit = self.new_commendation(self.unit, state="appraised", award=self.council_unit_award)
        session = self.new_session(self.new_candidates(1) | unit, form="written")
        with_vote = session.attendance_ids.filtered("has_vote")
        forms = session._list_opinion_forms()
        self.assertEqual(len(forms), len(with_vote))
        head = next(form for form in forms if form["name"] == "Vũ Trưởng Khác")
        self.assertEqual([line["award"] for line in head["lines"]], [self.council_unit_award.name])
        self.assertTrue(head["has_secret"])
        check_paper(self, "opinion_forms", session)
        text = self.read_pdf(self.render(session, "action_report_opinion_forms"))
        self.check_parts(text, "PHIẾU LẤY Ý KIẾN", "Phạm Trưởng Phòng", "bỏ phiếu điện tử trên hệ thống")
        with_vote[:1].uses_paper = True
        sheets = session._list_ballot_sheets()
        self.assertEqual([[line["award"] for line in sheet] for sheet in sheets], [[self.council_award.name]])
        meeting = self.new_session(self.new_candidates(1))
        with self.assertRaisesRegex(UserError, "asked in writing"):
            meeting._list_opinion_forms()
