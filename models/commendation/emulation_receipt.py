from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine import vietnamese, wording


class EmulationReceipt(models.AbstractModel):
    """What who handed in a proposal gets back: a number, a time, and the list of papers received."""

    _name = "emulation.receipt"
    _description = "Receipt of a proposal"

    @api.model
    @api.private
    def _get_number(self, commendation):
        """Return the number a proposal was received under, as 2026/000123; empty while it is not handed in.

        The year it was handed in and its place in the register of proposals: nothing to allot, nothing to collide.
        """
        if not commendation.submitted_on or commendation.state == "draft":
            return ""
        moment = fields.Datetime.context_timestamp(commendation, commendation.submitted_on)
        return f"{moment.year}/{commendation.id:06d}"

    @api.model
    @api.private
    def _get_values(self, commendation):
        """Return what the printed receipt says.

        :raises UserError: the proposal was not handed in
        """
        if not commendation.submitted_on:
            raise UserError(
                self.env._(
                    "%(record)s was not handed in: there is nothing to confirm.",
                    record=commendation.display_name,
                )
            )
        company = commendation.company_id
        moment = fields.Datetime.context_timestamp(commendation, commendation.submitted_on)
        papers = commendation.paper_ids
        return {
            "style": self.env["ir.actions.report"]._get_lean_style("document"),
            "is_state_body": company.emulation_is_state_body,
            "parent_agency": wording.keep_place(company.emulation_parent_agency or ""),
            "agency": wording.keep_place(company.name),
            "number": self._get_number(commendation),
            "moment": f"{moment:%H} giờ {moment:%M} phút, {vietnamese.administrative_date(moment.date())}",
            # sudo: res.users - the name only, of who handed it in
            "proposer": commendation.proposer_id.sudo().name or "",
            "recipient": commendation._get_recipient_name(),
            "unit": commendation.unit_name or "",
            "award": commendation._get_printed_awards()[commendation],
            "period": commendation._get_period_text(),
            "there": papers.filtered("is_there").paper_id.mapped("name"),
            "missing": papers.filtered(lambda line: not line.is_there and not line.is_waived).paper_id.mapped(
                "name"
            ),
        }

    @api.model
    @api.private
    def _get_pdf(self, commendation):
        """Return the receipt as PDF."""
        report = self.env["ir.actions.report"].with_context(lang="vi_VN", tz="Asia/Ho_Chi_Minh")
        return report._render_qweb_pdf("hr_emulation.action_report_receipt", commendation.ids)[0]
