"""The minutes of a session on initiatives, as plain values: in Vietnamese by law, whatever the user's language."""

from ...engine import vietnamese
from ...engine.initiative import REACH_NAMES
from ..council.papers import ROLES, join_parts

STAGE_NAMES = {"first": "Xét duyệt vòng sơ khảo", "final": "Hội đồng đánh giá, xét công nhận"}
OUTCOME_NAMES = {
    "recognise": "Đề nghị công nhận",
    "refuse": "Không đề nghị công nhận",
    "change": "Yêu cầu chỉnh sửa, bổ sung",
}


class InitiativeMinutes:
    """What the report ``hr_emulation.report_initiative_minutes`` prints of an ``emulation.initiative.session``.

    The council helps the head to see effect and reach (Decree 152/2025/NĐ-CP, Article 33(6)): the minutes say by what
    was weighed, how many agreed of how many, and what each author is told.
    """

    def __init__(self, session):
        self.session = session
        # sudo: emulation.initiative.mark, emulation.council.member - the minutes name the members and count all marks
        self.marks = session.sudo().mark_ids
        self.members = session._get_members() | self.marks.member_id

    def get_values(self):
        session = self.session
        lines = [self.get_line(item) for item in session.item_ids]
        return {
            "day": vietnamese.administrative_date(session.date),
            "place": session.location or "trụ sở cơ quan",
            "stage": STAGE_NAMES[session.stage],
            "chair": self.get_member(session.chair_id),
            "secretary": self.get_member(session.secretary_id),
            "groups": [(title, rows) for title, rows in self.list_groups() if rows],
            "criteria": [self.get_criterion(criterion) for criterion in self.list_criteria()],
            "pass_percent": vietnamese.format_decimal(session.pass_percent),
            "majority": vietnamese.format_decimal(session.majority),
            "discussion": (session.discussion or "").splitlines(),
            "conclusion": (session.conclusion or "").splitlines(),
            "lines": lines,
            "recognised": len(session.item_ids.filtered(lambda item: item.outcome == "recognise")),
            "signatures": [
                ("THƯ KÝ", session.secretary_id.name or ""),
                ("CHỦ TỌA", session.chair_id.name or ""),
            ],
        }

    def get_member(self, member):
        # sudo: hr.employee - the post only, for the minutes
        post = member.employee_id.sudo().job_title or "" if member else ""
        return join_parts(member.name, post, ROLES[member.role]) if member else "…"

    def list_groups(self):
        """Return those who marked and those who did not, by name, post and place in the council."""
        marked = self.marks.filtered("is_given").member_id
        return (
            ("Thành viên tham gia chấm", [self.get_member(member) for member in self.members & marked]),
            ("Thành viên không tham gia chấm", [self.get_member(member) for member in self.members - marked]),
        )

    def list_criteria(self):
        return self.marks.criterion_id or self.session._get_criteria()

    def get_criterion(self, criterion):
        if criterion.kind == "points":
            most = vietnamese.format_decimal(criterion.most)
            return f"{criterion.name} (tối đa {most} điểm)"
        return f"{criterion.name} (đạt, không đạt)"

    def get_line(self, item):
        # sudo: emulation.achievement - what comes before the council stands in its minutes
        achievement = item.sudo().achievement_id
        is_counted = bool(item.outcome)
        has_points = "points" in self.list_criteria().mapped("kind")
        return {
            "name": achievement.name,
            "author": achievement._get_author_names(),
            "unit": ", ".join(filter(None, (achievement.position_name, achievement.unit_name))),
            "average": f"{vietnamese.format_decimal(item.average, 2)}%" if is_counted and has_points else "",
            "agree": f"{item.agree_count}/{item.member_count}" if is_counted else "",
            "reach": REACH_NAMES.get(item.reach, ""),
            "outcome": OUTCOME_NAMES.get(item.outcome, ""),
            "comment": (item.comment or "").splitlines(),
        }
