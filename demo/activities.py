"""Models, inspections and propaganda of this year's demo campaigns, at every step of their life."""

import base64

from odoo import fields
from odoo.fields import Command

from .pictures import draw_counter, draw_launch
from .story import Story

STORIES = (
    (
        "Không để hồ sơ qua đêm",
        "Bộ phận một cửa phân loại hồ sơ ngay khi nhận, việc đơn giản trả trong ngày. Sau sáu tháng, hồ sơ trả trước"
        " hạn tăng từ 62% lên 91%, người dân không phải đi lại lần hai.",
    ),
    (
        "Thứ Sáu không giấy",
        "Mỗi thứ Sáu mọi văn bản trình, ký trên hệ thống; lượng giấy in giảm một phần ba.",
    ),
    ("Mỗi tuần một sáng kiến nhỏ", "Họp tổ mười phút, mỗi người nêu một việc có thể làm gọn hơn."),
)
STEPS = (
    "Hướng dẫn viết thành quy trình",
    "Bố trí máy quét cho bộ phận một cửa",
    "Giới thiệu tại hội nghị sơ kết",
)
CHECKLIST = (
    ("Kế hoạch thi đua của đơn vị", "good", ""),
    ("Đăng ký thi đua của cá nhân, tập thể", "good", ""),
    ("Sổ theo dõi chỉ tiêu, minh chứng", "bad", "Chưa cập nhật từ đầu quý"),
    ("Công khai kết quả chấm điểm", "partly", "Chưa niêm yết tại trụ sở"),
)
NEWS = (
    ("article", "Phát động phong trào thi đua năm", "Toàn thể công chức, viên chức dự lễ phát động.", 0),
    ("meeting", "Sinh hoạt chuyên đề về văn hóa công sở", "", 45),
    ("broadcast", "Phóng sự về bộ phận một cửa", "", 1200),
    ("visual", "Pa nô, khẩu hiệu tại trụ sở", "", 300),
    ("article", "Gương sáng: không để hồ sơ qua đêm", "Câu chuyện của bộ phận một cửa.", 0),
)


class ActivityStory(Story):
    def tell_activities(self):
        """Models found and spread, visits made and findings mended, articles written."""
        today = fields.Date.context_today(self.env.user)
        for agency in ("sct", "vplc"):
            campaign = self.get_this_year(agency, today)
            units = self.get_led_units(campaign)
            self._tell_models(campaign, agency, units, today)
            self._tell_visits(campaign, agency, units, today)
            self._tell_news(campaign, units, today)

    def _tell_models(self, campaign, agency, units, today):
        stories = campaign.env["emulation.exemplar"]
        for unit, (name, story) in zip(units, STORIES, strict=False):
            head = self.as_user(stories, unit.manager_id.user_id)
            mine = head.create(
                {
                    "name": name,
                    "story": story,
                    "recipient_type": "department",
                    "department_id": unit.id,
                    "company_id": campaign.company_id.id,
                    "campaign_id": campaign.id,
                }
            )
            mine.action_nominate()
            stories |= mine.with_env(campaign.env)
        (stories[:2]).action_foster()
        for story in stories[:2]:
            story.step_ids = [
                Command.create(
                    {
                        "name": step,
                        "date": fields.Date.subtract(today, days=40 - 15 * index),
                        "helper_id": self.get(f"employee_{agency}_02").id,
                        "is_done": index < 2,
                    }
                )
                for index, step in enumerate(STEPS)
            ]
        best = stories[:1]
        best.write(
            {
                "consent_date": fields.Date.subtract(today, days=30),
                "picture": base64.b64encode(draw_counter()),
                "spread_ids": [
                    Command.create(
                        {
                            "department_id": unit.id,
                            "name": "Phân loại hồ sơ ngay khi nhận",
                            "result": "Hồ sơ trả trong ngày tăng",
                        }
                    )
                    for unit in units[1:3]
                ],
            }
        )
        best.action_publish()
        best.action_honour()

    def _tell_visits(self, campaign, agency, units, today):
        visits = campaign.env["emulation.inspection"]
        lead = self.get(f"employee_{agency}_02")
        # sudo: hr.employee - names of the team
        team = self.get_people(agency, 2).sudo()
        common = {
            "campaign_id": campaign.id,
            "company_id": campaign.company_id.id,
            "subject": "Việc thực hiện phong trào thi đua tại đơn vị",
            "lead_id": lead.id,
            "team": "\n".join(team.mapped("name")),
        }
        day = fields.Date.subtract(today, days=25)
        made = visits.create(
            {
                **common,
                "department_id": units[:1].id,
                "planned_date": day,
                "visit_date": day,
                "attendants": "Thủ trưởng đơn vị và đại diện công chức",
                "conclusion": "Đơn vị thực hiện nghiêm túc phong trào.\nKhắc phục các tồn tại nêu trên đúng hạn.",
                "signer_id": lead.id,
                "signer_title": "Trưởng đoàn kiểm tra",
                "recipient_lines": "Đơn vị được kiểm tra\nLưu: VT, TĐKT",
                "item_ids": [
                    Command.create({"name": name, "answer": answer, "note": note})
                    for name, answer, note in CHECKLIST
                ],
                "finding_ids": [
                    Command.create({"name": name, "deadline": fields.Date.add(day, days=days)})
                    for name, days in (
                        ("Chưa cập nhật sổ theo dõi chỉ tiêu", 10),
                        ("Chưa niêm yết kết quả chấm điểm", 15),
                        ("Chưa phân công người theo dõi thi đua", 20),
                    )
                ],
            }
        )
        made.action_issue()
        head = self.as_user(made.finding_ids, units[:1].manager_id.user_id)
        for finding in head[:2]:
            finding._run_verb("mend", reason="Đã thực hiện, có minh chứng tại đơn vị.")
        made.finding_ids[:1].action_settle()
        visits.create(
            [
                {**common, "department_id": unit.id, "planned_date": fields.Date.add(today, days=10 * number)}
                for number, unit in enumerate(units[1:3], start=1)
            ]
        )

    def _tell_news(self, campaign, units, today):
        lines = campaign.env["emulation.propaganda"].create(
            [
                {
                    "name": name,
                    "kind": kind,
                    "text": text,
                    "audience_count": people,
                    "date": fields.Date.subtract(today, days=12 * index),
                    "campaign_id": campaign.id,
                    "company_id": campaign.company_id.id,
                    "department_id": units[index % len(units)].id,
                }
                for index, (kind, name, text, people) in enumerate(NEWS)
            ]
        )
        lines[:1].picture = base64.b64encode(draw_launch())
        lines.filtered("text").action_publish()
