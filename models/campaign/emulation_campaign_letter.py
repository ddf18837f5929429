from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine import vietnamese

REPORT = "hr_emulation.report_campaign_launch"


class EmulationCampaign(models.Model):
    """The launch letter, plan or directive: what it says, its number, and its way to the audience."""

    _inherit = "emulation.campaign"

    letter_sent_date = fields.Date(string="Sent to the audience on", readonly=True, copy=False)

    def action_take_number(self):
        """Number the letter from the yearly sequence; a number given by the clerk stays."""
        for campaign in self.filtered(lambda campaign: not campaign.number):
            campaign.issue_date = campaign.issue_date or fields.Date.context_today(campaign)
            # Sudoed: officers have no right on sequences; only the number leaves.
            sequence = self.env["ir.sequence"].sudo().with_company(campaign.company_id)
            campaign.number = sequence.next_by_code(
                "emulation.campaign.letter", sequence_date=campaign.issue_date
            )

    def action_send_letter(self):
        """Store the PDF and send it to the audience, once."""
        self.ensure_one()
        if self.state != "launched":
            raise UserError(self.env._("%(name)s is not launched.", name=self.name))
        if self.letter_sent_date:
            raise UserError(self.env._("The launch letter was sent on %(date)s.", date=self.letter_sent_date))
        self.lock_for_update()
        self._store_letter()
        # Sudoed: addresses of employees are readable by HR only; one message goes to all of them.
        employees = self.env["hr.employee"].sudo().search(self._get_audience_domain())
        self.message_post(
            body=self.env._("%(name)s is launched. The letter is attached.", name=self.name),
            partner_ids=(employees.user_id.partner_id | employees.work_contact_id).ids,
            attachment_ids=self.document_attachment_id.ids,
        )
        self._write_protected({"letter_sent_date": fields.Date.context_today(self)})

    @api.private
    def _store_letter(self):
        if not self.document_attachment_id:
            self.write(self._store_document_pdf(REPORT))

    # Words of administrative documents are Vietnamese by law (Decree 30/2020) and not translated terms.
    def _get_launch_type_name(self):
        return {"plan": "Kế hoạch", "directive": "Chỉ thị"}.get(self.launch_document_kind, "")

    def _get_launch_addressee(self):
        return f"Kính gửi: {(self.audience or 'Các đơn vị, cá nhân').strip().rstrip('.')}"

    def _get_launch_paragraphs(self):
        """Return [(heading, text)] of what Article 17 of the Law asks a campaign to state."""
        self.ensure_one()
        opening = f"{self.company_id.name} phát động phong trào thi đua"
        opening += f" với chủ đề “{self.theme.strip()}”." if self.theme else f" “{self.name}”."
        parts = [
            ("", opening),
            ("Mục tiêu:", self.purpose),
            ("Phạm vi:", self.scope),
            ("Đối tượng:", self.audience),
            ("Thời gian:", self._get_period_text()),
        ]
        if self.occasion_ids:
            parts.append(("Chào mừng:", "; ".join(self.occasion_ids.mapped("name"))))
        parts.append(("Nội dung thi đua:", " "))
        parts += [
            (f"{place}. {content.name}{'.' if content.description else ''}", content.description or " ")
            for place, content in enumerate(self.content_ids, 1)
        ]
        sets = (self.individual_set_id | self.collective_set_id).mapped("criterion_ids")
        tops = sets.filtered(lambda line: not line.parent_id).mapped("name")
        parts.append(("Tiêu chí:", "; ".join(dict.fromkeys(tops))))
        parts.append(
            ("Danh hiệu, hình thức khen thưởng:", "; ".join(self.award_line_ids.award_id.mapped("name")))
        )
        if self.standing_unit_id:
            unit = self.standing_unit_id.name
            parts.append(
                ("Tổ chức thực hiện:", f"{unit} theo dõi, đôn đốc, sơ kết, tổng kết và thẩm định hồ sơ.")
            )
        return [(heading, text) for heading, text in parts if text]

    def _get_period_text(self):
        if not (self.date_start and self.date_end):
            return False
        first, last = (vietnamese.administrative_date(day) for day in (self.date_start, self.date_end))
        return f"từ {first} đến hết {last}."
