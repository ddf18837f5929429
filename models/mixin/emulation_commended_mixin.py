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
        """Return a list of commendations, revoked ones struck out; False without any. It fits a phone."""
        if not commendations:
            return False
        rows = Markup("").join(self._get_emulation_history_row(item) for item in commendations)
        return Markup('<ul class="list-unstyled mb-0">%s</ul>') % rows

    def _get_emulation_history_row(self, commendation):
        # Sudoed: number and date of a published decision; nothing else of it.
        commendation_sudo = commendation.sudo()
        decision = commendation_sudo.decision_id
        number = (decision and decision._get_document_number()) or commendation.external_decision or "–"
        period = " – ".join(
            format_date(self.env, day) for day in (commendation.period_from, commendation.period_to) if day
        )
        granted_on = format_date(self.env, commendation.granted_date)
        granted_by = self.env._("Decision %(number)s of %(date)s", number=number, date=granted_on)
        award = Markup("<s>%s</s>") % commendation.award_id.name
        if commendation.state == "revoked":
            award += Markup(' <span class="badge text-bg-danger">%s</span>') % self._get_revocation_label(
                commendation_sudo
            )
        else:
            award = commendation.award_id.name
        details = " · ".join(filter(None, [granted_by, period]))
        return Markup(
            '<li class="py-2 border-bottom"><div class="fw-bold">%s</div><div class="text-muted">%s</div></li>'
        ) % (award, details)

    def _get_revocation_label(self, commendation_sudo):
        decision = commendation_sudo.revocation_decision_id
        number = decision and decision._get_document_number()
        return (
            self.env._("Revoked by decision %(number)s", number=number) if number else self.env._("Revoked")
        )

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
