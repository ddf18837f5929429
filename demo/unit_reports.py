"""Plans and quarterly reports of the units in this year's demo campaigns: in time, late, owed; summed up."""

from datetime import date

from odoo import fields
from odoo.fields import Command

from .story import Story

QUESTIONS = (
    ("Kết quả nổi bật trong kỳ", "text", "", True),
    ("Khó khăn, vướng mắc", "text", "", False),
    ("Số buổi tuyên truyền, sinh hoạt chuyên đề", "number", "buổi", False),
    ("Đề xuất, kiến nghị", "text", "", False),
)
PLAN = (
    ("Việc lớn của đơn vị trong năm", "text", "", True),
    ("Biện pháp, phân công thực hiện", "text", "", True),
)
RESULTS = (
    "Hoàn thành nhiệm vụ được giao, hồ sơ giải quyết trước hạn tăng so với kỳ trước.",
    "Rà soát, cắt giảm thời gian xử lý ba thủ tục; không có hồ sơ trễ hẹn.",
    "Tổ chức hai đợt cao điểm, mọi đảng viên, đoàn viên đăng ký việc làm theo.",
)
DIFFICULTIES = ("Thiếu một biên chế từ đầu quý.", "", "Phần mềm báo cáo còn chậm vào cuối tháng.")
WISHES = ("Đề nghị tập huấn kỹ năng số cho công chức mới.", "", "Đề nghị sớm khen thưởng đột xuất.")


class UnitReportStory(Story):
    def tell_reports(self):
        """Ask units for their plan and four quarters; they hand in, one late, one owes; officers sum up."""
        today = fields.Date.context_today(self.env.user)
        for agency in ("sct", "vplc"):
            campaign = self.get_this_year(agency, today)
            plans = self._schedule(campaign, "plan", self._write_outline(campaign, "Kế hoạch thi đua", PLAN))
            self._hand_in(plans.report_ids, late=())
            quarters = self._schedule(
                campaign, "quarter", self._write_outline(campaign, "Báo cáo quý", QUESTIONS)
            )
            ended = quarters.filtered(lambda round: round.date_to < today).sorted("date_to")
            for record in ended[:-1]:
                self._hand_in(record.report_ids, late=(1,))
                self._sum_up(record, agency)
            self._hand_in(ended[-1:].report_ids.sorted("unit_name")[1:], late=(1,), accept=1)

    def _write_outline(self, campaign, name, questions):
        return campaign.env["emulation.report.template"].create(
            {
                "name": name,
                "company_id": campaign.company_id.id,
                "question_ids": [
                    Command.create(
                        {
                            "name": question,
                            "answer": answer,
                            "unit_of_measure": measure,
                            "is_required": required,
                            "sequence": sequence,
                        }
                    )
                    for sequence, (question, answer, measure, required) in enumerate(questions)
                ],
            }
        )

    def _schedule(self, campaign, kind, outline):
        year = campaign.date_start.year
        schedule = campaign.env["emulation.report.schedule"].create(
            {
                "campaign_id": campaign.id,
                "kind": kind,
                "template_id": outline.id,
                "date_from": date(year, 1, 1),
                "date_to": date(year, 12, 31),
                "due_days": 20 if kind == "plan" else 5,
                "unit_ids": self.get_led_units(campaign).ids,
            }
        )
        return campaign.env["emulation.report.round"].search(schedule.action_create()["domain"])

    def _hand_in(self, reports, late, accept=None):
        """Heads answer and hand in; the officer accepts (the first ``accept`` if given)."""
        for number, report in enumerate(reports.sorted("unit_name")):
            # sudo: units - who heads them
            head = self.as_user(report, report.sudo().department_id.manager_id.user_id)
            for line in head.line_ids.filtered(lambda line: not line.target_id):
                line.write(self._get_answer(line, number))
            head.action_submit()
            day = fields.Date.add(report.due_date, days=4 if number in late else -number)
            # What lies back is dated back.
            report._write_protected({"submitted_on": day, "is_late": number in late})
        (reports if accept is None else reports[:accept]).action_accept()

    def _get_answer(self, line, number):
        if line.answer == "number":
            return {"figure": 2 + number}
        texts = {"Khó": DIFFICULTIES, "Đề ": WISHES}.get(line.name[:3], RESULTS)
        return {"text": texts[number % len(texts)]}

    def _sum_up(self, record, agency):
        head = self.get(f"employee_{agency}_01")
        record.write(
            {
                "signer_id": head.id,
                "signer_title": head.job_title,
                "issue_date": fields.Date.add(record.due_date, days=7),
                "addressee": record.company_id.emulation_parent_agency or False,
                "recipient_lines": "Như trên\nCác phòng, đơn vị\nLưu: VT, TĐKT",
            }
        )
        record.action_draft_summary()
        record.action_issue()
