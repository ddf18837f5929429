from odoo import fields, models
from odoo.tools import SQL

from .emulation_report_mixin import local_day, selection_of

STEPS = [
    ("unit", "With the unit"),
    ("officer", "With the standing body"),
    ("decision", "From appraisal to decision"),
]
# Rows of one commendation have its id, times this, plus the step's number.
SPAN = 4


class EmulationReportStep(models.Model):
    """A row for each step a commendation went through, or is at: how long it took.

    A step that nobody has ended yet counts until today.
    """

    _name = "emulation.report.step"
    _description = "Time at each step"
    _inherit = ["emulation.report.mixin"]
    _auto = False
    _order = "id desc"

    commendation_id = fields.Many2one("emulation.commendation", readonly=True)
    award_id = fields.Many2one("emulation.award", readonly=True)
    proposer_id = fields.Many2one("res.users", readonly=True)
    submitted_on = fields.Datetime(string="Submitted on", readonly=True)
    state = fields.Selection(selection_of("emulation.commendation", "state"), readonly=True)
    step = fields.Selection(STEPS, readonly=True)
    date_from = fields.Date(string="From", readonly=True)
    date_to = fields.Date(string="To", readonly=True)
    is_open = fields.Boolean(string="Still at this step", readonly=True)
    days = fields.Integer(readonly=True, aggregator="avg")

    _depends = {
        "emulation.commendation": [
            *("company_id", "recipient_type", "subject", "employee_id", "department_id", "unit_id"),
            *("campaign_id", "recipient_name", "search_key", "award_id", "proposer_id", "state", "import_id"),
            *("submitted_on", "endorsed_on", "appraised_on", "granted_date", "needs_endorsement"),
        ],
    }

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT c.id * %(span)s + s.number AS id, 1 AS row_count,
                   c.id AS commendation_id, c.company_id, c.recipient_type,
                   c.subject, c.employee_id, c.department_id, c.unit_id, c.campaign_id, c.recipient_name,
                   c.search_key, c.award_id, c.proposer_id, c.submitted_on, c.state, s.step,
                   s.date_from, s.date_to, s.date_to IS NULL AS is_open,
                   GREATEST(COALESCE(s.date_to, %(today)s::date) - s.date_from, 0) AS days
              FROM emulation_commendation c
             CROSS JOIN LATERAL (VALUES
                   (1, 'unit', %(submitted)s, %(endorsed)s, c.needs_endorsement, 'submitted'),
                   (2, 'officer', COALESCE(%(endorsed)s, %(submitted)s), %(appraised)s,
                    c.endorsed_on IS NOT NULL OR NOT COALESCE(c.needs_endorsement, FALSE), 'submitted,endorsed'),
                   (3, 'decision', %(appraised)s, c.granted_date, TRUE, 'appraised,voted,forwarded')
                   ) AS s(number, step, date_from, date_to, applies, states)
             WHERE c.import_id IS NULL AND c.state <> 'draft' AND s.applies AND s.date_from IS NOT NULL
               AND (s.date_to IS NOT NULL OR c.state = ANY(string_to_array(s.states, ',')))
            """,
            span=SPAN,
            today=fields.Date.context_today(self),
            submitted=local_day("c.submitted_on"),
            endorsed=local_day("c.endorsed_on"),
            appraised=local_day("c.appraised_on"),
        )

    def _get_source_model(self):
        return "emulation.commendation"

    def _get_source_id(self):
        return self.commendation_id.id
