from odoo import fields, models
from odoo.tools import SQL


class EmulationReportVote(models.Model):
    """A row for each item of a session that was closed: the counts, never who voted what."""

    _name = "emulation.report.vote"
    _description = "Figures of votes"
    _inherit = ["emulation.report.mixin"]
    _auto = False
    _order = "id desc"

    session_id = fields.Many2one("emulation.session", readonly=True)
    council_id = fields.Many2one("emulation.council", readonly=True)
    commendation_id = fields.Many2one("emulation.commendation", readonly=True)
    award_id = fields.Many2one("emulation.award", readonly=True)
    closed_on = fields.Datetime(string="Closed on", readonly=True)
    is_passed = fields.Boolean(string="Passed", readonly=True)
    entitled_count = fields.Integer(string="May vote", readonly=True)
    agree_count = fields.Integer(string="Agree", readonly=True)
    disagree_count = fields.Integer(string="Disagree", readonly=True)
    blank_count = fields.Integer(string="Blank or invalid", readonly=True)
    agree_percent = fields.Float(
        string="Agree (%)", readonly=True, digits=(5, 2), aggregator="avg", help="Of those who may vote."
    )

    _depends = {
        "emulation.session.item": [
            *("session_id", "company_id", "commendation_id", "award_id", "is_passed"),
            *("entitled_count", "agree_count", "disagree_count", "blank_count"),
        ],
        "emulation.session": ["state", "council_id", "closed_on"],
        "emulation.commendation": [
            *("recipient_type", "subject", "employee_id", "department_id", "unit_id", "campaign_id"),
            *("recipient_name", "search_key"),
        ],
    }

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT i.id, 1 AS row_count,
                   i.company_id, c.recipient_type, c.subject, c.employee_id, c.department_id, c.unit_id,
                   c.campaign_id, c.recipient_name, c.search_key, i.session_id, s.council_id, i.commendation_id,
                   i.award_id, s.closed_on, i.is_passed, i.entitled_count, i.agree_count, i.disagree_count,
                   i.blank_count, 100.0 * i.agree_count / NULLIF(i.entitled_count, 0) AS agree_percent
              FROM emulation_session_item i
              JOIN emulation_session s ON s.id = i.session_id
              JOIN emulation_commendation c ON c.id = i.commendation_id
             WHERE s.state = 'closed'
            """
        )

    def _get_source_model(self):
        return "emulation.session"

    def _get_source_id(self):
        return self.session_id.id
