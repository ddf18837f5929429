from odoo import fields, models
from odoo.tools import SQL

from ..commendation.emulation_commendation import PRIZE_STATES
from ..commendation.transitions import STATES
from ..mixin.dossier_states import PENDING_STATES
from .emulation_report_mixin import local_day, selection_of

# How long a dossier has waited at the same step: upper bounds in days.
AGES = [
    ("week", "Up to 7 days"),
    ("month", "8 to 30 days"),
    ("quarter", "31 to 90 days"),
    ("longer", "Over 90 days"),
]
STANDINGS = [("leader", "In a leading post"), ("worker", "Direct worker")]
SEXES = [("male", "Male"), ("female", "Female"), ("other", "Other"), ("unknown", "Not recorded")]


class EmulationReportCommendation(models.Model):
    """A row for each commendation: what it is, where it stands and how long, what it cost.

    ``standing`` tells leaders (heads of a unit today, as eligibility counts them) from direct workers. ``sex`` of
    whom another agency proposed by file is what that agency wrote. Years
    are those of the achievement, else of the decision. A decision recorded after the fact says nothing of the days
    it took.
    """

    _name = "emulation.report.commendation"
    _description = "Figures of commendations"
    _inherit = ["emulation.report.mixin"]
    _auto = False
    _order = "id desc"

    award_id = fields.Many2one("emulation.award", readonly=True)
    award_kind = fields.Selection(
        selection_of("emulation.award", "kind"), string="Kind of award", readonly=True
    )
    level = fields.Selection(selection_of("emulation.award", "level"), readonly=True)
    commendation_type = fields.Selection(
        selection_of("emulation.commendation", "commendation_type"),
        string="Kind of commendation",
        readonly=True,
    )
    proposer_id = fields.Many2one("res.users", readonly=True)
    state = fields.Selection(STATES, readonly=True)
    year = fields.Integer(readonly=True, aggregator=None)
    submitted_on = fields.Datetime(string="Submitted on", readonly=True)
    granted_date = fields.Date(string="Granted on", readonly=True)
    deadline = fields.Date(readonly=True)
    is_imported = fields.Boolean(string="From the history", readonly=True)
    sex = fields.Selection(SEXES, readonly=True, groups="hr_emulation.group_emulation_officer")
    standing = fields.Selection(STANDINGS, string="Leader or direct worker", readonly=True)
    finding_state = fields.Selection(
        selection_of("emulation.commendation", "finding_state"),
        string="Eligibility",
        readonly=True,
        groups="hr_emulation.group_emulation_officer",
    )

    # measures
    waiting_days = fields.Integer(string="Days at this step", readonly=True, aggregator="avg")
    waiting_age = fields.Selection(AGES, string="Waits at this step since", readonly=True)
    is_overdue = fields.Boolean(string="Overdue", readonly=True)
    days_to_decide = fields.Integer(
        string="Days to the decision",
        readonly=True,
        aggregator="avg",
        help="From the sudden achievement, else from the day it was submitted, to the decision.",
    )
    is_past_target = fields.Boolean(
        string="After the target",
        readonly=True,
        help="A sudden achievement that was commended later than the agency means to.",
    )
    currency_id = fields.Many2one("res.currency", readonly=True)
    prize_amount = fields.Monetary(
        string="Prize",
        readonly=True,
        help="Of awards in force; nothing where a higher award of the same day is paid instead.",
    )
    revoked_prize = fields.Monetary(
        string="Prize of revoked awards",
        readonly=True,
        help="Was paid before the award was revoked: to be returned, or recovered by now. Not part of the prizes.",
    )
    prize_state = fields.Selection(PRIZE_STATES, string="Payment", readonly=True)

    _depends = {
        "emulation.commendation": [
            *("company_id", "recipient_type", "subject", "employee_id", "department_id", "unit_id"),
            *("campaign_id", "recipient_name", "search_key", "award_id", "commendation_type", "proposer_id"),
            *("state", "period_to", "achieved_on", "submitted_on", "granted_date", "deadline", "import_id"),
            *("finding_state", "state_changed_on", "currency_id", "prize_amount", "prize_state"),
            "partner_id",
        ],
        "emulation.received.line": ["commendation_id", "partner_id", "sex"],
        "emulation.award": ["kind", "level"],
        "res.company": ["emulation_ad_hoc_days"],
        "hr.employee": ["current_version_id"],
        "hr.version": ["sex"],
        "hr.department": ["manager_id", "active"],
    }

    @property
    def _table_query(self):
        today = fields.Date.context_today(self)
        pending = SQL("c.state IN %s", PENDING_STATES)
        waiting = SQL("CASE WHEN %s THEN %s::date - %s END", pending, today, local_day("c.state_changed_on"))
        return SQL(
            """
            SELECT c.id, 1 AS row_count,
                   c.company_id, c.recipient_type, c.subject, c.employee_id, c.department_id, c.unit_id,
                   c.campaign_id, c.recipient_name, c.search_key, c.award_id, a.kind AS award_kind, a.level,
                   c.commendation_type, c.proposer_id, c.state, c.submitted_on, c.granted_date, c.deadline,
                   date_part('year', COALESCE(c.period_to, c.granted_date))::int AS year,
                   c.import_id IS NOT NULL AS is_imported, c.finding_state, c.currency_id, c.prize_state,
                   CASE WHEN c.state = 'granted' AND (c.prize_state <> 'none' OR c.import_id IS NOT NULL)
                        THEN c.prize_amount ELSE 0 END AS prize_amount,
                   CASE WHEN c.prize_state IN ('to_return', 'returned') THEN c.prize_amount ELSE 0 END
                   AS revoked_prize,
                   CASE WHEN c.subject = 'individual' THEN COALESCE(v.sex, (
                             SELECT MAX(r.sex) FROM emulation_received_line r
                              WHERE r.commendation_id = c.id AND r.partner_id = c.partner_id), 'unknown')
                   END AS sex,
                   CASE WHEN c.employee_id IS NULL THEN NULL
                        WHEN EXISTS (SELECT FROM hr_department d WHERE d.manager_id = c.employee_id AND d.active)
                        THEN 'leader' ELSE 'worker' END AS standing,
                   %(waiting)s AS waiting_days,
                   CASE WHEN %(waiting)s <= 7 THEN 'week' WHEN %(waiting)s <= 30 THEN 'month'
                        WHEN %(waiting)s <= 90 THEN 'quarter' WHEN %(waiting)s > 90 THEN 'longer' END AS waiting_age,
                   COALESCE(%(pending)s AND c.deadline < %(today)s, FALSE) AS is_overdue,
                   CASE WHEN c.import_id IS NULL AND c.granted_date >= COALESCE(c.achieved_on, %(submitted)s)
                        THEN c.granted_date - COALESCE(c.achieved_on, %(submitted)s) END AS days_to_decide,
                   COALESCE(c.import_id IS NULL AND c.commendation_type = 'ad_hoc'
                            AND c.granted_date - c.achieved_on > company.emulation_ad_hoc_days, FALSE)
                   AS is_past_target
              FROM emulation_commendation c
              JOIN emulation_award a ON a.id = c.award_id
              JOIN res_company company ON company.id = c.company_id
         LEFT JOIN hr_employee e ON e.id = c.employee_id
         LEFT JOIN hr_version v ON v.id = e.current_version_id
            """,
            waiting=waiting,
            pending=pending,
            today=today,
            submitted=local_day("c.submitted_on"),
        )

    def _get_source_model(self):
        return "emulation.commendation"
