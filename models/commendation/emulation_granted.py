from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class EmulationGranted(models.Model):
    """What everybody of an agency may know of an award: who, which, when, by which decision; nothing else of it.

    The commendation itself, with its proposal, reasons and talk, stays with those who have a part in it.
    """

    _name = "emulation.granted"
    _description = "Award granted"
    _inherit = ["emulation.own.mixin", "emulation.words.mixin"]
    _auto = False
    _order = "granted_date desc, id desc"
    _rec_name = "recipient_name"

    company_id = fields.Many2one("res.company", readonly=True)
    employee_id = fields.Many2one("hr.employee", readonly=True)
    department_id = fields.Many2one("hr.department", string="Collective", readonly=True)
    unit_id = fields.Many2one("hr.department", readonly=True)
    award_id = fields.Many2one("emulation.award", readonly=True)
    campaign_id = fields.Many2one("emulation.campaign", readonly=True)
    recipient_name = fields.Char(string="Recipient name", readonly=True)
    unit_name = fields.Char(string="Unit at the time", readonly=True)
    position_name = fields.Char(string="Post at the time", readonly=True)
    search_key = fields.Char(readonly=True)
    state = fields.Selection([("granted", "Granted"), ("revoked", "Revoked")], readonly=True)
    period_from = fields.Date(string="Period from", readonly=True)
    period_to = fields.Date(string="Period to", readonly=True)
    granted_date = fields.Date(string="Granted on", readonly=True)
    decision_number = fields.Char(string="Decision", readonly=True)

    is_shown_to_all = fields.Boolean(
        string="Shown to all staff",
        compute="_compute_is_shown_to_all",
        search="_search_is_shown_to_all",
        compute_sudo=True,
        help="Granted, in an agency that shows its commendations to all staff.",
    )
    _depends = {
        "emulation.commendation": [
            *("company_id", "employee_id", "department_id", "unit_id", "award_id", "campaign_id", "state"),
            *("recipient_name", "unit_name", "position_name", "search_key", "period_from", "period_to"),
            *("granted_date", "decision_id", "external_decision"),
        ],
        "emulation.decision": ["number", "symbol"],
    }

    @api.depends("state", "company_id.emulation_show_granted")
    def _compute_is_shown_to_all(self):
        for record in self:
            record.is_shown_to_all = record.state == "granted" and record.company_id.emulation_show_granted

    def _search_is_shown_to_all(self, operator, value):
        # Ids, and no join with the companies: a record rule relies on it (see emulation.own.mixin).
        if operator != "in":
            return NotImplemented
        showing = self.env.user.company_ids.filtered("emulation_show_granted")
        return Domain("state", "=", "granted") & Domain("company_id", "in", showing.ids)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT c.id, c.company_id, c.employee_id, c.department_id, c.unit_id, c.award_id, c.campaign_id,
                   c.recipient_name, c.unit_name, c.position_name, c.search_key, c.state, c.period_from,
                   c.period_to, c.granted_date,
                   COALESCE(
                       CASE WHEN d.number ~ '^[0-9]$' THEN '0' ELSE '' END || d.number
                       || COALESCE('/' || NULLIF(d.symbol, ''), ''), c.external_decision) AS decision_number
              FROM emulation_commendation c LEFT JOIN emulation_decision d ON d.id = c.decision_id
             WHERE c.state IN ('granted', 'revoked')
            """
        )
