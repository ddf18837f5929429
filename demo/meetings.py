"""Meetings: of a block, whose minutes are closed, and of a unit that is about to vote on its proposals."""

from datetime import datetime

from odoo import fields

from .story import Story

DISCUSSION = (
    "Các thành viên thống nhất với kết quả chấm điểm.\n"
    "Đề nghị năm sau ấn định hạn chấm điểm sớm hơn để kịp tổng hợp."
)
CONCLUSION = (
    "Hội nghị nhất trí suy tôn đơn vị dẫn đầu khối và giao Văn phòng hoàn thiện hồ sơ đề nghị khen thưởng."
)


class MeetingStory(Story):
    def tell_meetings(self, agency="sct"):
        self.tell_block_meeting(agency)
        self.tell_unit_meeting(agency)

    def tell_block_meeting(self, agency):
        """Last year's leader was elected at a meeting of the heads of the units."""
        officer = self.as_officer(self.env["emulation.block.year"], agency)
        year = officer.search(
            [("company_id", "=", self.get(f"company_{agency}").id), ("state", "=", "acclaimed")], limit=1
        )
        meeting = self.create_meeting(agency, year_id=year.id, date_start=datetime(year.year, 12, 22, 7, 0))
        meeting.date_end = datetime(year.year, 12, 22, 9, 30)
        for row, member in zip(meeting.attendance_ids, year.block_id.member_ids, strict=True):
            # sudo: hr.employee - the head's name, as it stands in minutes
            head = member.department_id.sudo().manager_id
            row.write(
                {"name": head.name, "position": f"{head.job_title or 'Thủ trưởng đơn vị'}, {member.name}"}
            )
        meeting.write({"discussion": DISCUSSION, "conclusion": CONCLUSION})
        meeting.action_issue()

    def tell_unit_meeting(self, agency):
        """A unit has listed who was there and what is to be voted on."""
        waiting = self.env["emulation.commendation"].search(
            [
                ("company_id", "=", self.get(f"company_{agency}").id),
                ("state", "in", ("draft", "submitted")),
                ("unit_id.manager_id.user_id", "!=", False),
            ],
            limit=1,
        )
        unit = waiting.unit_id
        meeting = self.create_meeting(agency, department_id=unit.id, date_start=fields.Datetime.now())
        meeting.action_list_proposals()

    def create_meeting(self, agency, **values):
        """Create a meeting at the agency's seat, with all who belong to it; the second writes the minutes."""
        meetings = self.as_officer(self.env["emulation.meeting"], agency)
        meeting = meetings.create({**values, "location": "Phòng họp số 2"})
        meeting.action_list_people()
        others = meeting.attendance_ids.filtered(lambda row: row.part == "member")
        others[:1].part = "secretary"
        return meeting
