from odoo import fields, models
from odoo.tools import SQL

from .emulation_report_mixin import selection_of


class EmulationReportParticipation(models.Model):
    """A row for each registration in a campaign: who, for how many titles, how far."""

    _name = "emulation.report.participation"
    _description = "Figures of registrations"
    _inherit = ["emulation.report.mixin"]
    _auto = False
    _order = "id desc"

    campaign_kind = fields.Selection(
        selection_of("emulation.campaign", "kind"),
        string="Kind of campaign",
        readonly=True,
    )
    campaign_state = fields.Selection(
        selection_of("emulation.campaign", "state"),
        string="State of the campaign",
        readonly=True,
    )
    year = fields.Integer(readonly=True, aggregator=None, help="The year the campaign ends in.")
    state = fields.Selection(selection_of("emulation.participation", "state"), readonly=True)
    title_count = fields.Integer(string="Titles aimed at", readonly=True)
    sheet_count = fields.Integer(string="Scoring sheets", readonly=True)
    missing_count = fields.Integer(
        string="Sheets not submitted",
        readonly=True,
        help="In a round that is open, of a campaign that goes on.",
    )

    _depends = {
        "emulation.participation": [
            *("company_id", "recipient_type", "subject", "employee_id", "department_id", "unit_id"),
            *("campaign_id", "recipient_name", "search_key", "state", "award_ids"),
        ],
        "emulation.campaign": ["kind", "state", "date_start", "date_end"],
        "emulation.evaluation": ["participation_id", "review_id", "state"],
        "emulation.review": ["state"],
    }

    @property
    def _table_query(self):
        titles = self.env["emulation.participation"]._fields["award_ids"]
        return SQL(
            """
            SELECT p.id, 1 AS row_count,
                   p.company_id, p.recipient_type, p.subject, p.employee_id, p.department_id, p.unit_id,
                   p.campaign_id, p.recipient_name, p.search_key, p.state, c.kind AS campaign_kind,
                   c.state AS campaign_state,
                   date_part('year', COALESCE(c.date_end, c.date_start))::int AS year,
                   (SELECT COUNT(*) FROM %(titles)s t WHERE t.%(column)s = p.id)::int AS title_count,
                   (SELECT COUNT(*) FROM emulation_evaluation e WHERE e.participation_id = p.id)::int AS sheet_count,
                   (SELECT COUNT(*) FROM emulation_evaluation e JOIN emulation_review r ON r.id = e.review_id
                     WHERE e.participation_id = p.id AND e.state = 'draft'
                       AND r.state = 'open' AND c.state <> 'cancelled')::int AS missing_count
              FROM emulation_participation p JOIN emulation_campaign c ON c.id = p.campaign_id
            """,
            titles=SQL.identifier(titles.relation),
            column=SQL.identifier(titles.column1),
        )

    def _get_source_model(self):
        return "emulation.participation"
