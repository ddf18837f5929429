from odoo import api, models
from odoo.fields import Domain

from ...engine import points
from ..commendation.transitions import LIVE_STATES


class EmulationReview(models.Model):
    """Proposals of many at once from the sheets of a round, as the wizard asks for them."""

    _inherit = "emulation.review"

    @api.private
    def _work_propose(self, ids, *, values):
        """Make drafts from these sheets, with the rights of who asks for them.

        :param dict values: award, period and text of all of them
        :return: the ids of those who are proposed for the award and the period already
        """
        sheets = self.env["emulation.evaluation"].sudo(False).browse(ids).exists()
        taken = self._get_taken(sheets, values)
        fresh = sheets.filtered(lambda sheet: sheet.participation_id.recipient_key not in taken)
        fresh.env["emulation.commendation"].create([_prepare_proposal(sheet, values) for sheet in fresh])
        return (sheets - fresh).ids

    def _get_taken(self, sheets, values):
        """Return the recipients already proposed for the award in the period."""
        # sudo: emulation.commendation - which of these recipients, whoever proposed them; nothing of it is shown
        found = (
            self.env["emulation.commendation"]
            .sudo()
            .search(
                Domain("recipient_key", "in", sheets.participation_id.mapped("recipient_key"))
                & Domain("award_id", "=", values["award_id"])
                & Domain("state", "in", ("draft", *LIVE_STATES))
                & Domain("period_to", "=", values["period_to"])
            )
        )
        return set(found.mapped("recipient_key"))


def _prepare_proposal(sheet, values):
    registration = sheet.participation_id
    # Printed on papers: Vietnamese, and without the score, which stays on the sheet.
    text = f"Đã có thành tích xuất sắc trong {points.inside_sentence(sheet.campaign_id.name)}"
    return {
        **values,
        "recipient_type": registration.recipient_type,
        "employee_id": registration.employee_id.id,
        "department_id": registration.department_id.id,
        "partner_id": registration.partner_id.id,
        "subject": registration.subject,
        "company_id": sheet.company_id.id,
        "campaign_id": sheet.campaign_id.id,
        "evaluation_id": sheet.id,
        "summary": values["summary"] or text,
    }
