"""Work for everybody who comes through the portal: a sheet, a registration, a list, a returned proposal, a unit."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from .merit import OWN_FORM
from .story import Story

# Employees with portal accounts, by the number of their record: .cong1, .cong2 and .cong3.
PORTAL_PEOPLE = {"cong1": "07", "cong2": "09", "cong3": "12"}
CRITERIA = (
    ("Hoàn thành việc được giao đúng hạn", "Theo phần mềm quản lý công việc của cơ quan.", 60),
    ("Có cách làm mới, giảm giấy tờ cho người dân", "Nêu việc làm và số liệu trước, sau.", 25),
    ("Chấp hành kỷ luật, kỷ cương hành chính", "", 15),
)
EXEMPLAR = (
    "Người giữ sạch hồ sơ quá hạn",
    "Ba năm liền không để hồ sơ nào quá hạn, mỗi tuần dành một buổi chiều hướng dẫn đồng nghiệp mới.",
)


class PortalStory(Story):
    def tell_portal(self):
        """Leave something waiting for every portal login, a deputy who acts as a head, stories and a public board."""
        for agency in ("vplc", "vplcai", "sct", "tct", "bl"):
            people = {
                login: self.get(f"employee_{agency}_{number}") for login, number in PORTAL_PEOPLE.items()
            }
            self.let_act_for_the_head(people["cong3"], people["cong2"].department_id)
            self.open_sheets(agency, people)
            self.let_join(agency, people)
            self.let_propose(agency, people)
        self.show_people("sct")

    def let_act_for_the_head(self, person, unit):
        """Make a portal user the deputy of the head of a unit."""
        today = fields.Date.context_today(self.env.user)
        self.as_user(self.env["emulation.deputy"], unit.manager_id.user_id).create(
            {
                "department_id": unit.id,
                "employee_id": person.id,
                "date_from": today,
                "date_to": today + timedelta(days=90),
                "note": "Thay thủ trưởng đơn vị trong thời gian đi học.",
            }
        )

    def open_campaign(self, agency, name, **values):
        today = fields.Date.context_today(self.env.user)
        company = self.get(f"company_{agency}")
        campaign = self.as_officer(self.env["emulation.campaign"], agency).create(
            {
                "name": f"{name} năm {today.year}",
                "theme": "Nước rút về đích",
                "kind": "thematic",
                "company_id": company.id,
                "purpose": "Hoàn thành các chỉ tiêu còn lại của năm.",
                "scope": f"Toàn thể {company.name}.",
                "audience": "Cán bộ, công chức, viên chức, người lao động tự nguyện đăng ký tham gia.",
                "content_ids": [
                    Command.create(
                        {
                            "name": "Xong việc trong năm",
                            "description": "Rà từng việc còn lại, giao người, giao ngày.",
                        }
                    )
                ],
                "date_start": today - timedelta(days=14),
                "date_end": today + timedelta(days=45),
                "registration_deadline": today + timedelta(days=20),
                **values,
            }
        )
        campaign.action_launch()
        return campaign

    def join(self, campaign, people):
        registrations = self.env["emulation.participation"]
        for person in people:
            # sudo: emulation.participation - as the portal does it, in the person's own name
            own = registrations.with_user(person.user_id).sudo().with_company(campaign.company_id)
            made = own.create(
                {
                    "campaign_id": campaign.id,
                    "company_id": campaign.company_id.id,
                    "recipient_type": "employee",
                    "employee_id": person.id,
                    "pledge": "Không để việc quá hạn, có ít nhất một cách làm mới.",
                }
            )
            made.action_submit()
            registrations |= made.with_env(self.env)
        return registrations

    def get_criteria(self, agency):
        return self.as_officer(self.env["emulation.criterion.set"], agency).create(
            {
                "name": "Bộ tiêu chí đợt thi đua cao điểm",
                "company_id": self.get(f"company_{agency}").id,
                "total_points": 100,
                "criterion_ids": [
                    Command.create(
                        {"name": name, "guidance": guidance, "kind": "rating", "max_points": points}
                    )
                    for name, guidance, points in CRITERIA
                ],
                "grade_ids": [
                    Command.create({"name": "Hoàn thành xuất sắc", "min_points": 90}),
                    Command.create({"name": "Hoàn thành tốt", "min_points": 70}),
                    Command.create({"name": "Hoàn thành", "min_points": 0}),
                ],
            }
        )

    def open_sheets(self, agency, people):
        """A campaign in which two have a sheet to fill in, and the third has handed it in for the deputy to verify."""
        today = fields.Date.context_today(self.env.user)
        criteria = self.get_criteria(agency)
        campaign = self.open_campaign(agency, "Đợt thi đua cao điểm", individual_set_id=criteria.id)
        registrations = self.join(campaign, people.values())
        self.as_officer(registrations, agency).action_approve()
        review = self.as_officer(self.env["emulation.review"], agency).create(
            {
                "name": "Tổng kết đợt",
                "campaign_id": campaign.id,
                "date_from": today - timedelta(days=14),
                "date_to": today + timedelta(days=45),
                "self_deadline": today + timedelta(days=10),
                "verify_deadline": today + timedelta(days=17),
            }
        )
        review.action_open()
        sheet = review.evaluation_ids.filtered(lambda entry: entry.employee_id == people["cong2"])
        # sudo: emulation.evaluation - as the portal does it, in the person's own name
        own = sheet.with_user(people["cong2"].user_id).sudo()
        own._save_self_scores(
            {line.id: {"self_points": line.criterion_id.max_points - 3} for line in own.score_ids}
        )
        own.action_submit()

    def let_join(self, agency, people):
        """A campaign to join; one has, and the deputy has to answer."""
        criteria = self.get_criteria(agency)
        campaign = self.open_campaign(
            agency, "Phong trào hiến kế cải cách hành chính", individual_set_id=criteria.id
        )
        self.join(campaign, [people["cong2"]])

    def let_propose(self, agency, people):
        """A proposal that came back to who wrote it, and one for the deputy to pass, published for comments."""
        returned = self.propose_oneself(agency, people["cong2"], "Giải quyết xong 120 hồ sơ tồn đọng.")
        self.as_officer(returned, agency)._do_return("Cần nêu số liệu so với cùng kỳ năm trước.")
        listed = self.propose_oneself(agency, people["cong2"], "Rút quy trình từ bảy bước còn bốn bước.")
        lists = self.as_officer(self.env["emulation.publication"], agency)
        lists._create_for(self.as_officer(listed, agency)).action_publish()

    def propose_oneself(self, agency, person, summary):
        today = fields.Date.context_today(self.env.user)
        # sudo: emulation.commendation - as the portal does it, in the person's own name
        proposals = self.env["emulation.commendation"].with_user(person.user_id).sudo()
        proposal = proposals.with_company(person.company_id).create(
            {
                "recipient_type": "employee",
                "employee_id": person.id,
                "company_id": person.company_id.id,
                "award_id": self.env["emulation.award"].search([("code", "=", OWN_FORM[agency])]).id,
                "commendation_type": "thematic",
                "period_from": today.replace(month=1, day=1),
                "period_to": today,
                "summary": summary,
            }
        )
        # sudo: emulation.achievement.report - as the portal does it, in the person's own name
        report = self.env["emulation.achievement.report"].with_user(person.user_id).sudo()
        report._begin(proposal).write(
            {"duties": "Tham mưu, giải quyết hồ sơ theo phân công.", "results": summary}
        )
        proposal.action_submit()
        return proposal.with_env(self.env)

    def show_people(self, agency):
        """Open the honour board to everybody, with the consent of those shown, and tell a story."""
        company = self.get(f"company_{agency}")
        company.emulation_honour_board = "public"
        granted = self.env["emulation.commendation"].search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "granted"),
                ("employee_id.user_id", "!=", False),
            ],
            limit=6,
        )
        for commendation in granted:
            # sudo: emulation.commendation - as the portal does it, in the person's own name
            owner = commendation.with_user(commendation.employee_id.user_id).sudo()
            consents = owner.env["emulation.consent"]
            consents._answer(owner, True, "Làm từng việc nhỏ cho xong, rồi mới nhận việc lớn.")
        title, story = EXEMPLAR
        stories = self.as_officer(self.env["emulation.exemplar"], agency).create(
            {
                "employee_id": self.get(f"employee_{agency}_07").id,
                "company_id": company.id,
                "name": title,
                "story": story,
            }
        )
        stories.action_foster()
        if person := stories.employee_id.user_id:
            # sudo: emulation.exemplar - as the portal does it, in the person's own name
            stories.with_user(person).sudo()._do_agree()
        else:
            stories.consent_date = fields.Date.context_today(self.env.user)
        stories.action_publish()
