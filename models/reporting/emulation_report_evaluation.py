from odoo import fields, models
from odoo.tools import SQL

from .emulation_report_mixin import selection_of


class EmulationReportEvaluation(models.Model):
    """A row for each scoring sheet: points at the three steps, grade, whether it is late."""

    _name = "emulation.report.evaluation"
    _description = "Figures of evaluations"
    _inherit = ["emulation.report.mixin"]
    _auto = False
    _order = "id desc"

    review_id = fields.Many2one("emulation.review", readonly=True)
    review_kind = fields.Selection(
        selection_of("emulation.review", "kind"),
        string="Kind of round",
        readonly=True,
    )
    year = fields.Integer(readonly=True, aggregator=None, help="The year the round ends in.")
    state = fields.Selection(selection_of("emulation.evaluation", "state"), readonly=True)
    deadline = fields.Date(readonly=True, help="Of the step the sheet is at, with what its unit was granted.")
    is_overdue = fields.Boolean(string="Overdue", readonly=True)
    is_missing = fields.Boolean(
        string="Not submitted", readonly=True, help="In a round that is open, of a campaign that goes on."
    )
    self_total = fields.Float(string="Self score", readonly=True, digits=(8, 2), aggregator="avg")
    verified_total = fields.Float(string="Verified score", readonly=True, digits=(8, 2), aggregator="avg")
    final_total = fields.Float(string="Final score", readonly=True, digits=(8, 2), aggregator="avg")
    difference = fields.Float(
        string="Final less self score",
        readonly=True,
        digits=(8, 2),
        aggregator="avg",
        help="Confirmed sheets only.",
    )
    scale = fields.Selection(
        selection_of("emulation.criterion.set", "scale"),
        readonly=True,
        help="Levels by name have no points and no part in any mean.",
    )
    grade_id = fields.Many2one("emulation.grade", readonly=True)
    rating = fields.Selection(
        selection_of("emulation.grade", "rating"), string="Yearly rating", readonly=True
    )

    _depends = {
        "emulation.evaluation": [
            *("company_id", "employee_id", "department_id", "unit_id", "campaign_id", "participation_id"),
            *("review_id", "state", "self_total", "verified_total", "final_total", "grade_id", "search_key"),
            "set_id",
        ],
        "emulation.participation": ["recipient_type", "subject", "recipient_name"],
        "emulation.review": [
            "kind",
            "state",
            "date_to",
            "self_deadline",
            "verify_deadline",
            "confirm_deadline",
        ],
        "emulation.campaign": ["state"],
        "emulation.extension": ["review_id", "what", "department_id", "date"],
        "hr.department": ["parent_path"],
        "emulation.grade": ["rating"],
        "emulation.criterion.set": ["scale"],
    }

    @property
    def _table_query(self):
        # As engine.deadlines.latest: the day for all, or a later one granted to the unit or one above it.
        deadline = SQL(
            """
            CASE WHEN step.day IS NOT NULL THEN GREATEST(step.day, (
                 SELECT MAX(x.date)
                   FROM emulation_extension x
                   JOIN hr_department given ON given.id = x.department_id
                   JOIN hr_department own ON own.id = COALESCE(e.department_id, e.unit_id)
                  WHERE x.review_id = r.id AND x.what = step.what
                    AND own.parent_path LIKE given.parent_path || '%%')) END
            """
        )
        running = SQL("r.state = 'open' AND c.state <> 'cancelled'")
        return SQL(
            """
            SELECT e.id, 1 AS row_count,
                   e.company_id, p.recipient_type, p.subject, e.employee_id, e.department_id, e.unit_id,
                   e.campaign_id, p.recipient_name, e.search_key, e.review_id, r.kind AS review_kind,
                   date_part('year', r.date_to)::int AS year, e.state, %(deadline)s AS deadline,
                   COALESCE(%(running)s AND %(deadline)s < %(today)s, FALSE) AS is_overdue,
                   %(running)s AND e.state = 'draft' AS is_missing,
                   CASE WHEN e.state <> 'draft' THEN e.self_total END AS self_total,
                   CASE WHEN e.state IN ('verified', 'confirmed') THEN e.verified_total END AS verified_total,
                   CASE WHEN e.state = 'confirmed' THEN e.final_total END AS final_total,
                   CASE WHEN e.state = 'confirmed' THEN e.final_total - e.self_total END AS difference,
                   s.scale, e.grade_id, g.rating
              FROM emulation_evaluation e
              JOIN emulation_participation p ON p.id = e.participation_id
              JOIN emulation_review r ON r.id = e.review_id
              JOIN emulation_campaign c ON c.id = e.campaign_id
              JOIN emulation_criterion_set s ON s.id = e.set_id
        CROSS JOIN LATERAL (
                   SELECT CASE e.state WHEN 'draft' THEN 'self' WHEN 'submitted' THEN 'verify'
                                       WHEN 'verified' THEN 'confirm' END AS what,
                          CASE e.state WHEN 'draft' THEN r.self_deadline WHEN 'submitted' THEN r.verify_deadline
                                       WHEN 'verified' THEN r.confirm_deadline END AS day) step
         LEFT JOIN emulation_grade g ON g.id = e.grade_id
            """,
            deadline=deadline,
            running=running,
            today=fields.Date.context_today(self),
        )

    def _get_source_model(self):
        return "emulation.evaluation"
