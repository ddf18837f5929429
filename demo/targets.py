"""Targets of the demo campaigns: set by officers, registered by units, reported on by their heads."""

from datetime import date

from odoo import fields

from .story import Story

# (target, figure, unit of measure, options, figures reported as (day, total so far))
LEVEL = {"adds_up": False}
LESS = {"direction": "less"}
TARGETS = {
    "c1": [
        (
            "Cán bộ, công chức, viên chức hoàn thành tốt nhiệm vụ trở lên hằng năm",
            100,
            "%",
            LEVEL,
            [(date(2022, 12, 31), 96), (date(2023, 12, 31), 97.5), (date(2025, 12, 15), 99)],
        ),
        (
            "Văn bản tham mưu đúng hạn",
            98,
            "%",
            LEVEL,
            [(date(2023, 6, 30), 97), (date(2025, 12, 15), 98.6)],
        ),
        (
            "Sáng kiến được công nhận trong 5 năm",
            60,
            "sáng kiến",
            {},
            [(date(2023, 6, 30), 28), (date(2025, 12, 15), 71)],
        ),
    ],
    "c2": [
        (
            "Cán bộ, công chức, viên chức, người lao động học tập nghị quyết, chỉ thị",
            100,
            "%",
            LEVEL,
            [(date(2022, 6, 30), 82), (date(2022, 12, 15), 100)],
        ),
        (
            "Tiết kiệm điện, nước, văn phòng phẩm so với năm trước",
            5,
            "%",
            LEVEL,
            [(date(2022, 6, 30), 3.2), (date(2022, 12, 15), 5.4)],
        ),
        (
            "Cán bộ, công chức vi phạm pháp luật về giao thông",
            0,
            "trường hợp",
            LESS,
            [(date(2022, 12, 15), 0)],
        ),
    ],
    "c3": [
        ("Giá trị sản xuất công nghiệp", 5200, "tỷ đồng", {}, [(date(2023, 10, 25), 5310)]),
        (
            "Hồ sơ thủ tục hành chính giải quyết trước hạn và đúng hạn",
            98,
            "%",
            LEVEL,
            [(date(2023, 8, 30), 97.2), (date(2023, 10, 25), 99.1)],
        ),
        ("Sản phẩm OCOP được hỗ trợ xúc tiến thương mại", 30, "sản phẩm", {}, [(date(2023, 10, 25), 34)]),
    ],
    "c4": [
        ("Lớp bồi dưỡng hoàn thành đúng kế hoạch", 24, "lớp", {}, [(date(2025, 11, 30), 25)]),
    ],
    "c5": [
        (
            "Sở, ban, ngành, địa phương phát động phong trào của mình",
            100,
            "%",
            LEVEL,
            [(date(2021, 6, 30), 85), (date(2021, 12, 15), 100)],
        ),
    ],
}
# What units contribute this year, in % of their figure, by order of units: one surpasses, one lags, one is silent.
SHARES = (1.04, 0.55, None, 0.9, 0.8, 0.97)
FIGURE = 120


class TargetStory(Story):
    def set_targets(self, key, campaign):
        """Set what a past campaign was to reach, with what it reached."""
        for name, figure, measure, options, figures in TARGETS.get(key, ()):
            target = campaign.env["emulation.target"].create(
                {
                    "name": name,
                    "campaign_id": campaign.id,
                    "figure": figure,
                    "unit_of_measure": measure,
                    **options,
                }
            )
            target.action_approve()
            self._report_figures(target, figures)

    def _report_figures(self, target, figures):
        entries = target.env["emulation.target.progress"]
        entries.create([{"target_id": target.id, "date": day, "value": value} for day, value in figures])

    def tell_targets(self):
        """This year's targets: of the campaign, of its units, of a person; on course, behind and silent."""
        today = fields.Date.context_today(self.env.user)
        for agency in ("sct", "vplc"):
            campaign = self.get_this_year(agency, today)
            targets = campaign.env["emulation.target"]
            common = {"campaign_id": campaign.id}
            dossiers = targets.create(
                {
                    **common,
                    "name": "Việc lớn hoàn thành trước hạn",
                    "figure": 600,
                    "unit_of_measure": "việc",
                    "roll_up": "sum",
                }
            )
            study = targets.create(
                {
                    **common,
                    "name": "Công chức, viên chức học tập nghị quyết, chỉ thị",
                    "figure": 100,
                    "unit_of_measure": "%",
                    **LEVEL,
                }
            )
            complaints = targets.create(
                {
                    **common,
                    "name": "Hồ sơ trễ hẹn",
                    "figure": 10,
                    "unit_of_measure": "hồ sơ",
                    **LESS,
                }
            )
            (dossiers | study | complaints).action_approve()
            self._report_figures(study, [(fields.Date.subtract(today, days=60), 78), (today, 93)])
            self._report_figures(complaints, [(fields.Date.subtract(today, days=20), 4)])
            self._tell_unit_targets(campaign, dossiers, today)
            self._tell_personal_target(campaign, agency, today)

    def _tell_unit_targets(self, campaign, above, today):
        """Heads register their part, the officer approves it, they report; the last still waits for approval."""
        units = self.get_led_units(campaign)
        for unit, share in zip(units, SHARES, strict=False):
            head = self.as_user(campaign.env["emulation.target"], unit.manager_id.user_id)
            target = head.create(
                {
                    "name": "Việc lớn hoàn thành trước hạn",
                    "campaign_id": campaign.id,
                    "department_id": unit.id,
                    "parent_id": above.id,
                    "figure": FIGURE,
                    "unit_of_measure": "việc",
                    "note": "Phân công từng việc, kiểm tra hằng tháng.",
                }
            )
            target.action_submit()
            target.with_env(campaign.env).action_approve()
            if share:
                passed = (today - campaign.date_start).days + 1
                done = round(FIGURE * share * min(1, passed / 365))
                days = (fields.Date.subtract(today, days=35), today)
                self._report_figures(target, [(days[0], round(done * 0.85)), (days[1], done)])
        waiting = self.as_user(campaign.env["emulation.target"], units[:1].manager_id.user_id).create(
            {
                "name": "Hồ sơ số hóa",
                "campaign_id": campaign.id,
                "department_id": units[:1].id,
                "figure": 3000,
                "unit_of_measure": "hồ sơ",
            }
        )
        waiting.action_submit()

    def _tell_personal_target(self, campaign, agency, today):
        person = self.get_people(agency, 4)[3:]
        target = campaign.env["emulation.target"].create(
            {
                "name": "Cách làm mới được áp dụng",
                "campaign_id": campaign.id,
                "employee_id": person.id,
                "figure": 2,
                "unit_of_measure": "cách làm",
                "needs_approval": True,
            }
        )
        target.action_approve()
        self._report_figures(target, [(today, 1)])
