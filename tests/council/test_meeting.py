"""The meeting of a unit that proposes: who may write its minutes, what they say, where they are found again."""

from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..helpers.council_common import CouncilCommon
from ..helpers.paper_language import check_paper, read_paper


@tagged("post_install", "-at_install")
class TestMeeting(CouncilCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"name": "Sở Thử nghiệm", "city": "Lai Châu"})
        people = (cls.employee_unit, cls.employee_proposer)
        cls.proposals = cls.env["emulation.commendation"].union(
            *(cls.new_commendation(person, state="submitted") for person in people)
        )

    def new_meeting(self, user=None, **vals):
        meetings = self.env["emulation.meeting"].with_user(user or self.user_head)
        return meetings.create({"department_id": self.unit.id, "date_start": "2026-11-20 01:00:00", **vals})

    def new_written(self):
        meeting = self.new_meeting(conclusion="Thống nhất đề nghị\nGiao Tổ Thi đua lập hồ sơ.")
        meeting.action_list_people()
        rows = meeting.attendance_ids
        rows.filtered(lambda row: row.name == "Trần Đề Xuất").part = "secretary"
        absent = rows.filtered(lambda row: row.name == "Đặng Văn Bình")
        absent.write({"presence": "absent", "reason": "nghỉ ốm"})
        meeting.action_list_proposals()
        return meeting

    def test_the_head_writes_the_minutes_of_the_unit(self):
        meeting = self.new_written()
        self.assertEqual(meeting.attendance_ids[0].name, "Phạm Trưởng Phòng")
        self.assertEqual(meeting.attendance_ids[0].part, "chair")
        self.assertEqual(meeting.vote_ids.commendation_id, self.proposals)
        meeting.action_list_people()
        self.assertEqual(len(meeting.attendance_ids), len(set(meeting.attendance_ids.mapped("name"))))
        present = meeting.present_count
        first, second = meeting.vote_ids
        first.write({"votes_for": present - 1, "votes_against": 1, "note": "Một ý kiến khác"})
        second.write({"votes_for": present // 2, "votes_against": 0})
        self.assertEqual((first.is_passed, second.is_passed), (present > 2, False))
        text = "\n".join(read_paper(self, "meeting", meeting, self.user_head))
        for part in (
            *("Thư ký (người ghi biên bản): Trần Đề Xuất", "Thống nhất đề nghị.", "Không đề nghị"),
            *("- Đặng Văn Bình", "(nghỉ ốm).", "Phòng Tổng hợp", "Một ý kiến khác"),
            "Họp bình xét thi đua, khen thưởng năm 2026",
        ):
            self.assertIn(part, text)
        check_paper(self, "meeting", meeting, "Biên bản", "Phạm Trưởng Phòng", "Chủ trì", "nghỉ ốm")

    def test_the_rule_book_says_how_many_must_agree(self):
        book = self.env["emulation.rulebook"]._for_date(self.company, date(2026, 11, 20))
        meeting = self.new_written()
        vote, present = meeting.vote_ids[0], meeting.present_count
        self.assertEqual(present, 5)
        vote.votes_for = 3
        self.assertTrue(vote.is_passed)
        self.assertIn(
            "được quá nửa số người", "\n".join(read_paper(self, "meeting", meeting, self.user_head))
        )
        book.sudo().unit_vote_percent = 66.67
        meeting.invalidate_recordset()
        vote.invalidate_recordset()
        self.assertFalse(vote.is_passed, "three of five are not more than two thirds")
        self.assertIn(
            "được trên 66,67% số người", "\n".join(read_paper(self, "meeting", meeting, self.user_head))
        )
        meeting.action_issue()
        book.sudo().unit_vote_percent = 50
        meeting.invalidate_recordset()
        vote.invalidate_recordset()
        self.assertEqual(
            (meeting.majority, vote.is_passed), (66.67, False), "closed minutes stay as they are"
        )
        with self.assertRaises(ValidationError):
            book.sudo().unit_vote_percent = 100

    def test_closed_minutes_stay_and_take_their_signed_copy(self):
        meeting = self.new_written()
        meeting.vote_ids[0].votes_for = meeting.present_count + 1
        with self.assertRaisesRegex(UserError, "more votes than people present"):
            meeting.action_issue()
        meeting.vote_ids[0].votes_for = meeting.present_count
        with self.allow_pdf_render():
            meeting.with_context(force_report_rendering=True).action_issue()
        self.assertEqual((meeting.state, meeting.issue_date.isoformat()), ("issued", "2026-11-20"))
        self.assertTrue(meeting.number)
        self.assertEqual(meeting.document_check, "intact")
        for write in (
            lambda: meeting.write({"conclusion": "Khác"}),
            lambda: meeting.vote_ids[0].write({"votes_for": 0}),
            meeting.attendance_ids.unlink,
            meeting.unlink,
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                write()
        meeting.write({"signed_copy": meeting.document_attachment_id.datas, "signed_copy_name": "ky.pdf"})
        self.assertTrue(meeting.signed_copy_sha256)
        line = self.proposals[0].with_user(self.user_officer)
        self.assertEqual(line.meeting_vote_ids.meeting_id, meeting)
        other = self.new_meeting()
        other.action_list_proposals()
        self.assertFalse(other.vote_ids, "voted on already")

    def test_what_minutes_need(self):
        meeting = self.new_meeting()
        with self.assertRaisesRegex(UserError, "who chaired"):
            meeting.action_issue()
        meeting.action_list_people()
        with self.assertRaises(ValidationError):
            meeting.attendance_ids.part = "chair"

    def test_who_reads_and_who_writes(self):
        meeting = self.new_written()
        for user in (self.user_proposer, self.user_foreign_officer, self.user_other_head):
            with self.assertRaises(AccessError):
                meeting.with_user(user).read(["conclusion"])
            with self.assertRaises(AccessError):
                meeting.vote_ids.with_user(user).read(["votes_for"])
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self.new_meeting(user)
        meeting.with_user(self.user_officer).location = "Phòng họp 2"
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            meeting.write({"document_sha256": "0" * 64})
