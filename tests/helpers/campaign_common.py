from datetime import date

from odoo.fields import Command

from .common import EmulationCommon


class CampaignCommon(EmulationCommon):
    """A criterion set that totals 100, a launched campaign and an open review round."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sheet = cls.new_sheet("Bộ tiêu chí thử")
        cls.campaign = cls.new_campaign("Phong trào thử")

    @classmethod
    def new_sheet(cls, name, maximum=30, **vals):
        sheet = cls.env["emulation.criterion.set"].create(
            {
                "name": name,
                "company_id": cls.company.id,
                "bonus_cap": 5,
                "grade_ids": [
                    Command.create({"name": "A", "min_points": 90, "rating": "excellent"}),
                    Command.create({"name": "B", "min_points": 70, "rating": "good"}),
                ],
                **vals,
            }
        )
        lines = [
            {"name": "Hoàn thành nhiệm vụ", "kind": "quantity", "max_points": 70, "target": 100},
            {"name": "Kỷ luật", "kind": "rating", "max_points": maximum},
            {"name": "Sáng kiến", "kind": "bonus", "max_points": 10},
            {"name": "Nộp muộn", "kind": "deduction", "points_per_occurrence": 2},
        ]
        cls.env["emulation.criterion"].create(
            [{**line, "set_id": sheet.id, "sequence": index} for index, line in enumerate(lines)]
        )
        return sheet

    @classmethod
    def new_campaign(cls, name, **vals):
        return cls.env["emulation.campaign"].create(
            {
                "name": name,
                "company_id": cls.company.id,
                "purpose": "Hoàn thành nhiệm vụ năm",
                "scope": "Toàn cơ quan",
                "audience": "Mọi công chức",
                "content_ids": [Command.create({"name": "Thi đua hoàn thành nhiệm vụ"})],
                "date_start": date(2025, 1, 1),
                "date_end": date(2099, 12, 31),
                "individual_set_id": cls.sheet.id,
                "collective_set_id": cls.sheet.id,
                **vals,
            }
        )

    @classmethod
    def new_document(cls, campaign, purpose="launch", **vals):
        """Return a draft with all that it needs to be issued, of the officer."""
        basis = cls.env["emulation.legal.document"].create(
            {"name": "Luật Thi đua, khen thưởng", "kind": "law", "company_id": campaign.company_id.id}
        )
        document = cls.env["emulation.campaign.document"].create(
            {
                "campaign_id": campaign.id,
                "purpose": purpose,
                "signer_id": cls.employee_head.id,
                "signer_title": "GIÁM ĐỐC",
                "recipient_lines": "Như trên\nLưu: VT",
                "legal_basis_ids": basis.ids,
                "place": "Hà Nội",
                **vals,
            }
        )
        return document.with_user(cls.user_officer)

    @classmethod
    def amend(cls, campaign, **vals):
        """Change a launched campaign behind its amendments, to set up what a test is about."""
        campaign._write_protected(vals)

    def register(self, *recipients, campaign=None, state="approved"):
        """Return registrations of employees or departments, brought to ``state``."""
        campaign = campaign or self.campaign
        kinds = {"hr.employee": "employee", "hr.department": "department"}
        registrations = self.env["emulation.participation"].create(
            [
                {
                    "campaign_id": campaign.id,
                    "company_id": campaign.company_id.id,
                    "recipient_type": kinds[recipient._name],
                    f"{kinds[recipient._name]}_id": recipient.id,
                }
                for recipient in recipients
            ]
        )
        officer = registrations.with_user(self.user_officer)
        if state in ("submitted", "approved"):
            officer.action_submit()
        if state == "approved":
            officer.action_approve()
        return registrations

    def open_round(self, campaign=None):
        review = self.env["emulation.review"].create(
            {
                "name": "Tổng kết",
                "campaign_id": (campaign or self.campaign).id,
                "date_from": date(2025, 1, 1),
                "date_to": date(2025, 12, 31),
            }
        )
        review.with_user(self.user_officer).action_open()
        return review

    def fill(self, evaluation, user, done=100, discipline=30, bonus=0, late=0):
        """Score one's own sheet as ``user`` and hand it in."""
        lines = evaluation.score_ids.sorted("sequence").with_user(user)
        lines[0].actual_value = done
        lines[1].self_points = discipline
        lines[2].self_points = bonus
        lines[3].actual_value = late
        evaluation.with_user(user).action_submit()
