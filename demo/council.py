"""The councils of the demo agencies: one that has voted, with its minutes, and one in the middle of a vote."""

from odoo import fields

from .story import Story

SEATS = {
    "lanhdao": "chair",
    "hoidong": "standing",
    "truong1": "member",
    "truong2": "member",
    "truong3": "member",
    "cong1": "member",
    "chuyenvien": "secretary",
}
VOTED = ("lanhdao", "truong1", "truong3")


class CouncilStory(Story):
    def tell_councils(self):
        """Put this year's appraised proposals before the council: one vote ends, the other is open."""
        self.vote("vplc", SEATS)
        self.finish_vote(self.get_last_session("vplc"))
        self.vote("sct", VOTED)

    def vote(self, agency, voters):
        """Set up the council, open a vote on what is appraised and let some members vote."""
        desk = self.as_officer(self.env["emulation.council"], agency)
        company = self.get(f"company_{agency}")
        desk.create(
            {
                "name": f"Hội đồng Thi đua - Khen thưởng {company.name}",
                "company_id": company.id,
                "established_by": f"Quyết định của Thủ trưởng {company.name}",
                "member_ids": [
                    fields.Command.create(
                        {
                            "employee_id": self.get_employee(agency, login).id,
                            "role": role,
                            "sequence": index,
                        }
                    )
                    for index, (login, role) in enumerate(SEATS.items())
                ],
            }
        )
        proposals = self.as_officer(self.env["emulation.commendation"], agency).search(
            [("company_id", "=", company.id), ("state", "=", "appraised")]
        )
        proposals.env["emulation.onward"]._add_to_session(proposals)
        session = self.get_last_session(agency)
        session.location = "Phòng họp số 1"
        session.action_all_present()
        session.action_open()
        for login in voters:
            user = self.get_user(agency, login)
            # sudo: emulation.session - as the portal does it: the vote is the member's own
            session.sudo()._do_cast(user, {}, rest="agree")

    def get_employee(self, agency, login):
        user, company = self.get_user(agency, login), self.get(f"company_{agency}")
        return self.env["hr.employee"].search([("user_id", "=", user.id), ("company_id", "=", company.id)])

    def get_last_session(self, agency):
        return self.as_officer(self.env["emulation.session"], agency).search(
            [("company_id", "=", self.get(f"company_{agency}").id)], limit=1, order="id desc"
        )

    def finish_vote(self, session):
        session.action_close()
        session.write(
            {
                "number": "1",
                "discussion": "Thư ký trình bày tóm tắt thành tích và kết quả thẩm định từng trường hợp.\n"
                "Các thành viên thảo luận, thống nhất với kết quả thẩm định.",
                "conclusion": "Hội đồng đề nghị Thủ trưởng cơ quan xem xét, quyết định.",
            }
        )
