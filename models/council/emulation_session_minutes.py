"""What the minutes of a session print. Words are Vietnamese by law, whatever the user's language."""

from odoo import fields, models

from ...engine import vietnamese, voting
from ..mixin.emulation_document_mixin import NO_BREAK

FORMS = {"meeting": "họp", "written": "lấy ý kiến thành viên bằng văn bản"}
WAYS = {"electronic": "bỏ phiếu kín điện tử", "paper": "bỏ phiếu kín", "hands": "giơ tay biểu quyết"}
ROLES = {
    "chair": "Chủ tịch Hội đồng",
    "standing": "Phó Chủ tịch thường trực Hội đồng",
    "vice_chair": "Phó Chủ tịch Hội đồng",
    "member": "Thành viên Hội đồng",
    "secretary": "Thư ký Hội đồng",
}


class EmulationSession(models.Model):
    _inherit = "emulation.session"

    def _get_minutes_values(self):
        """Return plain values for the report ``hr_emulation.report_minutes``."""
        self.ensure_one()
        members, participants = self._get_vote_numbers()
        closed = self.date_end or self.closed_on
        return {
            "opened": self._get_moment(self.date_start),
            "closed": self._get_moment(closed) if closed else "…",
            "place": f"tại {self.location}" if self.location else "tại cơ quan",
            "form": FORMS[self.form],
            "way": WAYS[self.ballot_way],
            "chair": self._get_seat_line(self.chair_id),
            "secretary": self._get_seat_line(self.secretary_id),
            "members": members,
            "participants": participants,
            "needed": voting.needed_for_quorum(members, voting.as_share(self._get_quorum())),
            "written": self._list_seats("written"),
            "absent": self._list_seats("absent"),
            "discussion": (self.discussion or "").splitlines(),
            "conclusion": (self.conclusion or "").splitlines(),
            "lines": [item._get_minutes_line() for item in self.item_ids],
            "passed": len(self.item_ids.filtered("is_passed")),
            "signatures": [
                ("THƯ KÝ", self.secretary_id.name or ""),
                ("CHỦ TRÌ", self.chair_id.name or ""),
            ],
        }

    def _get_moment(self, moment):
        """Return e.g. ``08 giờ 30 phút, ngày 24 tháng 8 năm 2026`` in the agency's time zone."""
        local = self._get_local(moment)
        return f"{local:%H} giờ {local:%M} phút, {vietnamese.administrative_date(local.date())}"

    def _get_local(self, moment):
        zone = self.company_id.partner_id.tz or self.env.user.tz or "Asia/Ho_Chi_Minh"
        return fields.Datetime.context_timestamp(self.with_context(tz=zone), moment)

    @staticmethod
    def _get_seat_line(member):
        return f"{member.name} – {ROLES[member.role]}" if member else "…"

    def _list_seats(self, presence):
        """Return the names on the roll that voted so or stayed away, with the reason of absence."""
        rows = self.attendance_ids.filtered(lambda row: row.has_vote and row.presence == presence)
        return ", ".join(f"{row.name} ({row.reason})" if row.reason else row.name for row in rows)


class EmulationSessionItem(models.Model):
    _inherit = "emulation.session.item"

    def _get_minutes_line(self):
        self.ensure_one()
        commendation, is_counted = self.commendation_id, self.session_id.state == "closed"
        cast = self.agree_count + self.disagree_count + self.blank_count
        return {
            "name": commendation._get_recipient_name(),
            "award": commendation.award_id.with_context(lang="vi_VN").name,
            "conflict": self.conflict_names,
            "issued": self.entitled_count if is_counted else "",
            "cast": cast if is_counted else "",
            "valid": cast - self.blank_count if is_counted else "",
            "agree": self.agree_count if is_counted else "",
            "disagree": self.disagree_count if is_counted else "",
            "explanation": self._get_printed_explanation() if is_counted else "",
            "result": ("Đạt" if self.is_passed else "Không đạt") if is_counted else "",
        }

    def _get_printed_explanation(self):
        """Return the sum with a decimal comma, kept on one line."""
        return (self.explanation or "").replace(".", ",").replace(" ", NO_BREAK)
