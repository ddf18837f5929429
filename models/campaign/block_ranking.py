"""The table of points and places of a cluster or block, as plain values for ``report/emulation_block_report.xml``.

Words are Vietnamese by law (Decree 30/2020/NĐ-CP), whatever the user's language.
"""

from ...engine import points
from ..mixin import notices


class BlockRanking:
    """The table (bảng tổng hợp kết quả chấm điểm) of one ``emulation.block.year``; the minutes have it too."""

    def __init__(self, year):
        self.year = year.with_context(lang="vi_VN")
        self.block = self.year.block_id

    def get_values(self):
        """Return what the report ``hr_emulation.report_block_ranking`` prints."""
        abstract = f"kết quả chấm điểm, xếp hạng thi đua năm {self.year.year} của {self.block.name}"
        company = self.year.company_id
        return {
            "document": notices.get_frame(company, "BTH", abstract, ["Các thành viên của khối, cụm"]),
            "abstract": abstract,
            "counted": self.get_heading(),
            "lines": self.list_lines(),
            "closing": self.list_remarks(),
        }

    def get_heading(self):
        """Return what is counted, for the head of the column of points."""
        return "Điểm thẩm định" if self.year.way == "own" else "Điểm bình quân của các thành viên khác"

    def list_lines(self):
        """Return the members by their places, those without one last."""
        year = self.year
        given, means, ranks = year._get_given(), year._get_means(), year._get_ranks()
        prized = dict(year._get_laureates()) if year.leader_id and self.block.award_id else {}
        rest = [member for member in self.block.member_ids if member not in means]
        return [
            {
                "name": member.name,
                "own": write_points(given.get((member, member))),
                "points": write_points(means.get(member)),
                "rank": ranks.get(member, "–"),
                "remark": self.get_remark(member, prized),
            }
            for member in [*year._get_placed(), *rest]
        ]

    def get_remark(self, member, prized):
        leads = "Dẫn đầu" if member == self.year.leader_id else ""
        return "; ".join(filter(None, [leads, prized.get(member, self.block.award_id.browse()).name]))

    def list_remarks(self):
        """Return the sentences under the table: how far it holds, vote, reason of the meeting, what was settled."""
        year, remarks = self.year, []
        if year.state == "open":
            remarks.append("Số liệu tạm tính, khi đơn vị dẫn đầu chưa được suy tôn")
        if year.votes_cast:
            chosen = (year.leader_id or year.chosen_id).name or "…"
            remarks.append(f"Hội nghị biểu quyết: {year.vote_text} phiếu suy tôn {chosen} dẫn đầu.")
        if year.choice_reason:
            remarks.append(f"Lý do lựa chọn: {year.choice_reason}")
        if year.settled_reason:
            remarks.append(f"Thành viên chưa chấm điểm đầy đủ không được tính: {year.settled_reason}")
        return [points.end_sentence(remark) for remark in remarks]


def write_points(figure):
    """Write points as a table does: all with as many figures after the comma.

    >>> write_points(95.5), write_points(None)
    ('95,50', '–')
    """
    return "–" if figure is None else f"{figure:.2f}".replace(".", ",")
