from markupsafe import Markup
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from .years_glance import draw_years, read_years


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

    emulation_years_html = fields.Html(
        string="Years at a glance", compute="_compute_emulation_years_html", sanitize=False
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_emulation_granted_count(self):
        field = self._emulation_recipient_field
        groups = self.env["emulation.granted"]._read_group(
            Domain(field, "in", self.ids) & Domain("state", "=", "granted"), [field], ["__count"]
        )
        counts = {recipient.id: count for recipient, count in groups}
        for record in self:
            record.emulation_granted_count = counts.get(record.id, 0)

    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_emulation_history_html(self):
        field = self._emulation_recipient_field
        commendations = self.env["emulation.granted"].search(Domain(field, "in", self.ids))
        by_recipient = commendations.grouped(lambda commendation: commendation[field].id)
        for record in self:
            record.emulation_history_html = self._get_emulation_history(by_recipient.get(record.id))

    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_emulation_years_html(self):
        years = read_years(self.env, self._emulation_recipient_field, self.ids)
        for record in self:
            record.emulation_years_html = draw_years(self.env, years.get(record.id))

    def _get_emulation_history(self, commendations):
        """Return a list of commendations, revoked ones struck out; False without any. It fits a phone."""
        if not commendations:
            return False
        rows = Markup("").join(self._get_emulation_history_row(item) for item in commendations)
        return Markup('<ul class="list-unstyled mb-0">%s</ul>') % rows

    def _get_emulation_history_row(self, granted):
        period = " – ".join(
            format_date(self.env, day) for day in (granted.period_from, granted.period_to) if day
        )
        granted_by = self.env._(
            "Decision %(number)s of %(date)s",
            number=granted.decision_number or "–",
            date=format_date(self.env, granted.granted_date),
        )
        award = granted.award_id.name
        if granted.state == "revoked":
            badge = Markup('<s>%s</s> <span class="badge text-bg-danger">%s</span>')
            award = badge % (award, self._get_revocation_label(granted))
        details = " · ".join(filter(None, [granted_by, period]))
        return Markup(
            '<li class="py-2 border-bottom"><div class="fw-bold">%s</div><div class="text-muted">%s</div></li>'
        ) % (award, details)

    def _get_revocation_label(self, granted):
        # sudo: emulation.commendation - number of the published decision; nothing else of it
        decision = self.env["emulation.commendation"].sudo().browse(granted.id).revocation_decision_id
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
            "res_model": "emulation.granted",
            "view_mode": "list",
            "domain": [(self._emulation_recipient_field, "=", self.id)],
        }
