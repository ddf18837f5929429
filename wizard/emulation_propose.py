from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ..models.commendation.transitions import LIVE_STATES


class EmulationPropose(models.TransientModel):
    """Proposes many at once, from confirmed evaluations, or hands in drafts; ticking rows moves the bars."""

    _name = "emulation.propose"
    _description = "Propose from evaluations"

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    source = fields.Selection(
        [("evaluation", "Confirmed evaluations"), ("draft", "Drafts")], required=True, default="evaluation"
    )
    review_id = fields.Many2one("emulation.review", string="Review round")
    award_id = fields.Many2one("emulation.award", required=True)
    period_from = fields.Date(compute="_compute_period", store=True, readonly=False)
    period_to = fields.Date(compute="_compute_period", store=True, readonly=False)
    grade_ids = fields.Many2many("emulation.grade", string="Grades", help="Empty: every grade.")
    max_rank = fields.Integer(string="Best", help="Only ranks up to this one; 0: all.")
    quota = fields.Integer(string="At most", help="How many to tick; 0: all that fit.")
    summary = fields.Text(string="Achievement", help="For all of them; empty: grade and points of each.")
    line_ids = fields.One2many("emulation.propose.line", "propose_id")

    @api.depends("review_id")
    def _compute_period(self):
        """The achievement period is what was reviewed, until somebody says otherwise."""
        for wizard in self.filtered("review_id"):
            wizard.period_from = wizard.review_id.date_from
            wizard.period_to = wizard.review_id.date_to

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_preview(self):
        """Fill the list: who qualifies by grade and rank, best first, ticked up to the quota."""
        self.ensure_one()
        evaluations = self._search_evaluations()
        if not evaluations:
            raise UserError(self.env._("No confirmed evaluation of this round fits."))
        taken = self._get_taken_keys(evaluations.participation_id.mapped("recipient_key"))
        too_low = evaluations._get_too_low(self.award_id)
        left = self._get_places(evaluations)
        commands = [Command.clear()]
        for evaluation in evaluations:
            problem = self._get_problem(evaluation, taken) or too_low.get(evaluation.id, False)
            ticked = not problem and left > 0
            left -= ticked
            commands.append(
                Command.create({"evaluation_id": evaluation.id, "problem": problem, "is_selected": ticked})
            )
        self.line_ids = commands
        return self._reopen()

    def _search_evaluations(self):
        domain = Domain("state", "=", "confirmed") & Domain("company_id", "=", self.company_id.id)
        domain &= Domain("review_id", "=", self.review_id.id)
        if self.grade_ids:
            domain &= Domain("grade_id", "in", self.grade_ids.ids)
        if self.max_rank:
            domain &= Domain("rank", ">", 0) & Domain("rank", "<=", self.max_rank)
        found = self.env["emulation.evaluation"].search(domain, order="final_total desc, id")
        return found.filtered(lambda item: self.award_id[f"subject_{item.participation_id.subject}"])

    def _get_taken_keys(self, keys):
        """Return the recipients already proposed for the award in the period."""
        found = self.env["emulation.commendation"].search(
            Domain("recipient_key", "in", keys)
            & Domain("award_id", "=", self.award_id.id)
            & Domain("state", "in", ("draft", *LIVE_STATES))
            & Domain("period_to", "=", self.period_to)
        )
        return set(found.mapped("recipient_key"))

    def _get_problem(self, evaluation, taken):
        if evaluation.participation_id.recipient_key in taken:
            return self.env._("Already proposed for this award and period.")
        return False

    def action_propose(self):
        """Create drafts for the ticked rows, or hand the ticked drafts in."""
        self.ensure_one()
        lines = self.line_ids.filtered("is_selected")
        if not lines:
            raise UserError(self.env._("Tick at least one row."))
        self._check_bars()
        if self.source == "draft":
            return lines.commendation_id.action_submit()
        records = self.env["emulation.commendation"].create(
            [self._prepare_commendation(line) for line in self._drop_taken(lines)]
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Proposed"),
            "res_model": "emulation.commendation",
            "view_mode": "list,form",
            "domain": [("id", "in", records.ids)],
        }

    def _drop_taken(self, lines):
        """Return the lines nobody has proposed meanwhile: confirming the same preview again adds nothing."""
        taken = self._get_taken_keys(lines.evaluation_id.participation_id.mapped("recipient_key"))
        fresh = lines.filtered(lambda line: line.evaluation_id.participation_id.recipient_key not in taken)
        if not fresh:
            raise UserError(self.env._("All of them were proposed already."))
        return fresh

    def _prepare_commendation(self, line):
        evaluation = line.evaluation_id
        participation = evaluation.participation_id
        points = f"{evaluation.final_total:g}"
        summary = self.env._(
            "%(grade)s, %(points)s points", grade=evaluation.grade_id.name or "", points=points
        )
        return {
            "recipient_type": participation.recipient_type,
            "employee_id": participation.employee_id.id,
            "department_id": participation.department_id.id,
            "partner_id": participation.partner_id.id,
            "subject": participation.subject,
            "company_id": self.company_id.id,
            "award_id": self.award_id.id,
            "campaign_id": evaluation.campaign_id.id,
            "evaluation_id": evaluation.id,
            "period_from": self.period_from,
            "period_to": self.period_to,
            "summary": self.summary or summary,
        }

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Propose from evaluations"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }


class EmulationProposeLine(models.TransientModel):
    """One row of the preview."""

    _name = "emulation.propose.line"
    _description = "Row of a mass proposal"

    propose_id = fields.Many2one(
        "emulation.propose", string="Proposal", required=True, ondelete="cascade", index=True
    )
    is_selected = fields.Boolean(string="Propose")
    evaluation_id = fields.Many2one("emulation.evaluation", readonly=True)
    commendation_id = fields.Many2one("emulation.commendation", readonly=True)
    employee_id = fields.Many2one("hr.employee", compute="_compute_recipient")
    unit_id = fields.Many2one("hr.department", compute="_compute_recipient")
    name = fields.Char(string="Recipient", compute="_compute_recipient")
    is_leader = fields.Boolean(compute="_compute_recipient")
    is_woman = fields.Boolean(compute="_compute_recipient")
    grade_id = fields.Many2one(related="evaluation_id.grade_id")
    rank = fields.Integer(related="evaluation_id.rank")
    final_total = fields.Float(related="evaluation_id.final_total", string="Points")
    problem = fields.Char(readonly=True)

    @api.depends("evaluation_id", "commendation_id")
    def _compute_recipient(self):
        leaders = self._get_leaders()
        for line in self:
            holder = line.commendation_id or line.evaluation_id.participation_id
            line.employee_id = holder.employee_id
            line.unit_id = holder.unit_id
            line.name = holder._get_recipient_name() if holder else False
            line.is_leader = holder.employee_id.id in leaders
            # sudo: hr.employee - only counts are shown, of women on the whole list
            line.is_woman = holder.employee_id.sudo().sex == "female"

    def _get_leaders(self):
        """Return ids of employees who head a unit."""
        holders = self.commendation_id.employee_id | self.evaluation_id.participation_id.employee_id
        # sudo: hr.department - ids of heads only, of those on the list
        units = self.env["hr.department"].sudo().search([("manager_id", "in", holders.ids)])
        return set(units.manager_id.ids)
