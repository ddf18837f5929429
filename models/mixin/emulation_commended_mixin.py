from markupsafe import Markup
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date


class EmulationCommendedMixin(models.AbstractModel):
    """A person or a unit with a history of commendations, for a smart button and a tab.

    Nothing is stored and no relation is added: the fields may stand on ``hr.employee`` and
    ``hr.employee.public`` alike, and a plain user reads just what the record rules of commendations show.
    """

    _name = "emulation.commended.mixin"
    _description = "Has a history of commendations"

    # Field of emulation.commendation that holds the id of this record.
    _emulation_recipient_field = "employee_id"

    emulation_granted_count = fields.Integer(
        string="Commendations", compute="_compute_emulation_granted_count"
    )
    emulation_history_html = fields.Html(
        string="History of commendations", compute="_compute_emulation_history_html", sanitize=False
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_emulation_granted_count(self):
        field = self._emulation_recipient_field
        groups = self.env["emulation.commendation"]._read_group(
            Domain(field, "in", self.ids) & Domain("state", "=", "granted"), [field], ["__count"]
        )
        counts = {recipient.id: count for recipient, count in groups}
        for record in self:
            record.emulation_granted_count = counts.get(record.id, 0)

    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_emulation_history_html(self):
        field = self._emulation_recipient_field
        commendations = self.env["emulation.commendation"].search(
            Domain(field, "in", self.ids) & Domain("state", "in", ("granted", "revoked")),
            order="granted_date desc, id desc",
        )
        by_recipient = commendations.grouped(lambda commendation: commendation[field].id)
        for record in self:
            record.emulation_history_html = self._get_emulation_history(by_recipient.get(record.id))

    def _get_emulation_history(self, commendations):
        """Return a table of commendations, revoked ones struck out; False without any."""
        if not commendations:
            return False
        head = Markup("<tr><th>%s</th><th>%s</th><th>%s</th><th>%s</th></tr>") % (
            self.env._("Award"),
            self.env._("Period"),
            self.env._("Decision"),
            self.env._("Date"),
        )
        rows = Markup("").join(
            self._get_emulation_history_row(commendation) for commendation in commendations
        )
        return Markup('<table class="table table-sm">%s%s</table>') % (head, rows)

    def _get_emulation_history_row(self, commendation):
        # Sudoed: number and date of a published decision; nothing else of it.
        commendation_sudo = commendation.sudo()
        number = commendation_sudo.decision_id._get_document_number() or commendation.external_decision or ""
        period = " – ".join(
            format_date(self.env, day) for day in (commendation.period_from, commendation.period_to) if day
        )
        cells = (commendation.award_id.name, period, number, format_date(self.env, commendation.granted_date))
        revoked = commendation.state == "revoked"
        cell = Markup("<td><s>%s</s></td>") if revoked else Markup("<td>%s</td>")
        row = Markup("").join(cell % text for text in cells)
        if revoked:
            row += Markup("<td>%s</td>") % self.env._("Revoked")
        return Markup("<tr>%s</tr>") % row

    def action_open_emulation_commendations(self):
        """Open the commendations of this person or unit that the user may read."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Commendations"),
            "res_model": "emulation.commendation",
            "view_mode": "list,form",
            "domain": [
                (self._emulation_recipient_field, "=", self.id),
                ("state", "in", ("granted", "revoked")),
            ],
        }
