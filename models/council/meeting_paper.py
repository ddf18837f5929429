"""The minutes of a meeting of a unit or of a block, as plain values for ``report/meeting_report.xml``.

Words are Vietnamese by law (Decree 30/2020/NĐ-CP), whatever the user's language.
"""

from ...engine import points, vietnamese
from ..campaign.block_ranking import BlockRanking
from .papers import join_parts, write_moment

PARTS = {"chair": "chủ trì", "secretary": "thư ký", "guest": "khách mời"}


class MeetingPaper:
    """The minutes of one ``emulation.meeting``."""

    def __init__(self, meeting):
        self.meeting = meeting
        # sudo: emulation.block.year - the ranking and the vote, which the block decided together
        self.year = meeting.sudo().year_id
        self.ranking = BlockRanking(self.year)

    def get_values(self):
        """Return what the report ``hr_emulation.report_meeting`` prints."""
        meeting = self.meeting
        ended = meeting.date_end and self.get_moment(meeting.date_end)
        return {
            "opened": self.get_moment(meeting.date_start),
            "closed": ended or "…… giờ …… phút cùng ngày",
            "place": meeting.location or "trụ sở cơ quan",
            "chair": self.get_officer("chair"),
            "secretary": self.get_officer("secretary"),
            "groups": [
                (f"{title} ({len(rows):02d} người)", list(map(self.get_row, rows)))
                for title, rows in self.list_groups()
                if rows
            ],
            "present": len(meeting._get_voters()),
            "majority": self.get_majority(),
            "discussion": self.list_lines(meeting.discussion),
            "votes": self.list_votes(),
            "ranking": self.ranking.list_lines() if self.year else [],
            "counted": self.ranking.get_heading() if self.year else "",
            "remarks": self.list_remarks(),
            "conclusion": self.list_lines(meeting.conclusion),
            "signatures": [
                ("Thư ký", self.get_part("secretary").name or ""),
                ("Chủ trì", self.get_part("chair").name or ""),
            ],
        }

    @staticmethod
    def list_lines(text):
        return [points.end_sentence(line) for line in (text or "").splitlines() if line.strip()]

    def get_moment(self, moment):
        return write_moment(self.meeting._get_local(moment))

    def get_majority(self):
        share = self.meeting.majority
        return "quá nửa" if share == 50 else f"trên {vietnamese.format_decimal(share)}%"

    def get_part(self, part):
        return self.meeting.attendance_ids.filtered(lambda row: row.part == part)[:1]

    def get_officer(self, part):
        row = self.get_part(part)
        return join_parts(row.name, row.position) if row else "…"

    def list_groups(self):
        rows = self.meeting.attendance_ids
        present = rows.filtered(lambda row: row.presence == "present")
        guests = present.filtered(lambda row: row.part == "guest")
        return (
            ("Thành phần tham dự", present - guests),
            ("Khách mời", guests),
            ("Vắng mặt", rows - present),
        )

    @staticmethod
    def get_row(row):
        """Return e.g. ``Phạm Văn An – Trưởng phòng, chủ trì``; of who is absent the reason."""
        if row.presence == "absent":
            return join_parts(row.name, row.position) + f" ({row.reason or 'không có lý do'})"
        return join_parts(row.name, row.position, PARTS.get(row.part) if row.part != "guest" else "")

    def list_votes(self):
        """Return a line for each proposal: who, what for, how many were for and against, and of how many."""
        votes, present = self.meeting.vote_ids, self.meeting.present_count
        awards = votes.commendation_id._get_printed_awards()
        return [
            {
                "name": vote.commendation_id._get_recipient_name(),
                "award": awards[vote.commendation_id],
                "for": vote.votes_for,
                "against": vote.votes_against,
                "share": vietnamese.percentage(vote.votes_for, present) if present else "–",
                "result": "Đề nghị" if vote.is_passed else "Không đề nghị",
                "note": vote.note or "",
            }
            for vote in votes
        ]

    def list_remarks(self):
        """Return the block's sentences on its vote, and for what each one placed is to be proposed."""
        if not self.year:
            return []
        remarks = self.ranking.list_remarks()
        if self.year.leader_id and not self.year.votes_cast:
            remarks.insert(0, f"Hội nghị suy tôn {self.year.leader_id.name} dẫn đầu.")
        if self.year.leader_id and self.year.block_id.award_id:
            remarks += [
                f"Hội nghị thống nhất đề nghị tặng {award.name} cho {member.name}."
                for member, award in self.year._get_laureates()
            ]
        return remarks
