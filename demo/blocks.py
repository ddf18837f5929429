"""A block of units that score one another: one year with its leader, one in the middle of scoring."""

from odoo import fields
from odoo.fields import Command

from .story import Story

UNITS = ("vp", "khtc", "qltm", "qlcn")
# Points each unit got from the three others last year, in their order.
LAST_YEAR = {"vp": (92, 94, 91), "khtc": (95, 96, 94), "qltm": (93, 90, 92), "qlcn": (88, 91, 90)}
# Who has scored this year, and how.
THIS_YEAR = {"vp": (94, 92, 93), "khtc": (91, 95, 90)}
CRITERIA = (
    "Hoàn thành nhiệm vụ chuyên môn: 60 điểm\n"
    "Chấp hành chủ trương, pháp luật; xây dựng tập thể: 20 điểm\n"
    "Thực hiện nhiệm vụ công tác thi đua, khen thưởng: 20 điểm"
)


class BlockStory(Story):
    def tell_blocks(self):
        """The units of one agency as a block; its head passes on every year."""
        block = self.create_block()
        year = fields.Date.context_today(self.env.user).year
        block.year_ids.create(
            {**block._prepare_next_year(), "year": year - 1, "theme": "Đúng hạn, đúng quy trình"}
        )
        last = block.year_ids
        self.score(last, LAST_YEAR)
        last.action_acclaim()
        block.action_start_year()
        running = block.year_ids - last
        running.score_deadline = fields.Date.context_today(self.env.user).replace(month=12, day=20)
        self.score(running, THIS_YEAR, by_scorer=True)
        return block

    def create_block(self):
        return self.as_officer(self.env["emulation.block"], "sct").create(
            {
                "name": "Khối thi đua các phòng thuộc Sở Công Thương",
                "kind": "block",
                "company_id": self.get("company_sct").id,
                "theme": "Kỷ cương, trách nhiệm, sáng tạo",
                "criteria": CRITERIA,
                "member_ids": [
                    Command.create(
                        {"department_id": self.get(f"department_sct_{unit}").id, "sequence": place}
                    )
                    for place, unit in enumerate(UNITS)
                ],
            }
        )

    def score(self, year, given, by_scorer=False):
        """Enter what the others gave a unit, or what a unit gave the others."""
        member = dict(zip(UNITS, year.block_id.member_ids, strict=True))
        rows = []
        for unit, numbers in given.items():
            others = [member[other] for other in UNITS if other != unit]
            for other, number in zip(others, numbers, strict=True):
                pair = (member[unit], other) if by_scorer else (other, member[unit])
                rows.append({"scorer_id": pair[0].id, "member_id": pair[1].id, "points": number})
        year.score_ids.create([{**row, "year_id": year.id} for row in rows])
