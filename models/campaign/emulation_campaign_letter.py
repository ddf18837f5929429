from odoo import api, fields, models
from odoo.exceptions import UserError

REPORT = "hr_emulation.report_campaign_launch"


class EmulationCampaign(models.Model):
    """The launch letter, plan or directive: its number, its PDF and its way to the audience."""

    _inherit = "emulation.campaign"

    letter_sent_date = fields.Date(string="Sent to the audience on", readonly=True, copy=False)

    def action_take_number(self):
        """Number the letters from the series of the year; a number given by the clerk stays."""
        self.filtered(lambda campaign: not campaign.issue_date).issue_date = fields.Date.context_today(self)
        self._take_number()

    def _get_number_series(self):
        return self.launch_document_kind

    @api.depends("launch_document_kind")
    def _compute_number_key(self):
        return super()._compute_number_key()

    def action_send_letter(self):
        """Store the PDF and send it to the audience, once."""
        self.ensure_one()
        if self.state != "launched":
            raise UserError(self.env._("%(name)s is not launched.", name=self.name))
        if self.letter_sent_date:
            raise UserError(self.env._("The launch letter was sent on %(date)s.", date=self.letter_sent_date))
        self.lock_for_update()
        self._store_letter()
        # sudo: hr.employee - addresses are readable by HR only; one message goes to all of them
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
            self._write_protected(self._store_document_pdf(REPORT))
