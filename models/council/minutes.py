"""What the minutes of a session print. Words are Vietnamese by law, whatever the user's language."""

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


class Minutes:
    """The minutes of one ``emulation.session``, as plain values."""

    def __init__(self, session):
        self.session = session

    def get_values(self):
        """Return what the report ``hr_emulation.report_minutes`` prints."""
        session = self.session
        members, participants = session._get_vote_numbers()
        closed = session.date_end or session.closed_on
        return {
            "opened": self._get_moment(session.date_start),
            "closed": self._get_moment(closed) if closed else "…",
            "place": f"tại {session.location}" if session.location else "tại cơ quan",
            "form": FORMS[session.form],
            "way": WAYS[session.ballot_way],
            "chair": self._get_seat_line(session.chair_id),
            "secretary": self._get_seat_line(session.secretary_id),
            "members": members,
            "participants": participants,
            "needed": voting.needed_for_quorum(members, voting.as_share(session._get_quorum())),
            "written": self._list_seats("written"),
            "absent": self._list_seats("absent"),
            "discussion": (session.discussion or "").splitlines(),
            "conclusion": (session.conclusion or "").splitlines(),
            "lines": [self._get_line(item) for item in session.item_ids],
            "passed": len(session.item_ids.filtered("is_passed")),
            "signatures": [
                ("THƯ KÝ", session.secretary_id.name or ""),
                ("CHỦ TRÌ", session.chair_id.name or ""),
            ],
        }

    def _get_moment(self, moment):
        """Return e.g. ``08 giờ 30 phút, ngày 24 tháng 8 năm 2026`` in the agency's time zone."""
        local = self.session._get_local(moment)
        return f"{local:%H} giờ {local:%M} phút, {vietnamese.administrative_date(local.date())}"

    @staticmethod
    def _get_seat_line(member):
        return f"{member.name} – {ROLES[member.role]}" if member else "…"

    def _list_seats(self, presence):
        """Return the names on the list that voted so or stayed away, with the reason of absence."""
        rows = self.session.attendance_ids.filtered(lambda row: row.has_vote and row.presence == presence)
        return ", ".join(f"{row.name} ({row.reason})" if row.reason else row.name for row in rows)

    def _get_line(self, item):
        commendation, is_counted = item.commendation_id, self.session.state == "closed"
        cast = item.agree_count + item.disagree_count + item.blank_count
        return {
            "name": commendation._get_recipient_name(),
            "award": commendation.award_id.with_context(lang="vi_VN").name,
            "conflict": item.conflict_names,
            "issued": item.entitled_count if is_counted else "",
            "cast": cast if is_counted else "",
            "valid": cast - item.blank_count if is_counted else "",
            "agree": item.agree_count if is_counted else "",
            "disagree": item.disagree_count if is_counted else "",
            "explanation": self._get_explanation(item) if is_counted else "",
            "result": ("Đạt" if item.is_passed else "Không đạt") if is_counted else "",
        }

    @staticmethod
    def _get_explanation(item):
        """Return the sum with a decimal comma, kept on one line."""
        return (item.explanation or "").replace(".", ",").replace(" ", NO_BREAK)
