"""A block of units that score one another: one year with its leader, one in the middle of scoring."""

from odoo import fields
from odoo.fields import Command

from .story import Story

# agency -> name of its block, its members in the order in which they head it
BLOCKS = {
    "sct": ("Khối thi đua các phòng thuộc Sở Công Thương", ("vp", "khtc", "qltm", "qlcn")),
    "bl": ("Cụm thi đua các sở, ngành, địa phương", ("snv", "vp", "ldld", "tp")),
}
# Points each member got from the three others last year, in their order.
LAST_YEAR = {0: (92, 94, 91), 1: (95, 96, 94), 2: (93, 90, 92), 3: (88, 91, 90)}
# Who has scored this year, and how.
THIS_YEAR = {0: (94, 92, 93), 1: (91, 95, 90)}
CRITERIA = (
    "Hoàn thành nhiệm vụ chuyên môn: 60 điểm\n"
    "Chấp hành chủ trương, pháp luật; xây dựng tập thể: 20 điểm\n"
    "Thực hiện nhiệm vụ công tác thi đua, khen thưởng: 20 điểm"
)


class BlockStory(Story):
    def tell_blocks(self):
        """The units of two agencies as blocks; the head passes on every year."""
        for agency, (name, units) in BLOCKS.items():
            self.tell_block(agency, name, units)

    def tell_block(self, agency, name, units):
        block = self.create_block(agency, name, units)
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
        later = {
            "member_id": running.block_id.member_ids[-1].id,
            "date": running.score_deadline.replace(day=27),
        }
        running.extension_ids = [Command.create({**later, "reason": "Đơn vị đang sắp xếp lại bộ máy"})]
        self.score(running, THIS_YEAR, by_scorer=True)

    def create_block(self, agency, name, units):
        return self.as_officer(self.env["emulation.block"], agency).create(
            {
                "name": name,
                "kind": "cluster" if name.startswith("Cụm") else "block",
                "company_id": self.get(f"company_{agency}").id,
                "theme": "Kỷ cương, trách nhiệm, sáng tạo",
                "criteria": CRITERIA,
                "member_ids": [
                    Command.create(
                        {"department_id": self.get(f"department_{agency}_{unit}").id, "sequence": place}
                    )
                    for place, unit in enumerate(units)
                ],
            }
        )

    def score(self, year, given, by_scorer=False):
        """Enter what the others gave a unit, or what a unit gave the others."""
        members, rows = year.block_id.member_ids, []
        for place, numbers in given.items():
            own = members[place]
            for other, number in zip(members - own, numbers, strict=True):
                pair = (own, other) if by_scorer else (other, own)
                rows.append({"scorer_id": pair[0].id, "member_id": pair[1].id, "points": number})
        year.score_ids.create([{**row, "year_id": year.id} for row in rows])
