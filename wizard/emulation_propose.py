from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ..engine import ratios
from ..models.merit.emulation_commendation_findings import LIVE_STATES

BAR_STYLES = {"ok": "bg-success", "warn": "bg-warning", "block": "bg-danger"}


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
    period_from = fields.Date()
    period_to = fields.Date()
    grade_ids = fields.Many2many("emulation.grade", string="Grades", help="Empty: every grade.")
    max_rank = fields.Integer(string="Best", help="Only ranks up to this one; 0: all.")
    quota = fields.Integer(string="At most", help="How many to tick; 0: all that fit.")
    summary = fields.Text(string="Achievement", help="For all of them; empty: grade and points of each.")
    line_ids = fields.One2many("emulation.propose.line", "propose_id")
    selected_count = fields.Integer(compute="_compute_bars")
    bars_html = fields.Html(string="Ratios", compute="_compute_bars", sanitize=False)

    # ------------------------------------------------------------------
    # Ratios
    # ------------------------------------------------------------------

    @api.depends("line_ids.is_selected", "award_id")
    def _compute_bars(self):
        for wizard in self:
            wizard.selected_count = len(wizard.line_ids.filtered("is_selected"))
            rows = Markup("").join(wizard._get_bar_html(bar) for bar in wizard._get_bars())
            wizard.bars_html = Markup('<div class="o_emulation_bars">%s</div>') % rows

    def _get_bars(self):
        """Return the engine's bars for the ticked rows."""
        self.ensure_one()
        rule, severity = self._get_quota_rule()
        lines = self.line_ids.filtered(lambda line: line.employee_id)
        people = [
            ratios.Person(line.unit_id.name or "", line.is_leader, line.is_woman)
            for line in lines
            if line.is_selected
        ]
        return ratios.bars(people, self._get_headcounts(lines.unit_id), rule.quota_percent, severity)

    def _get_quota_rule(self):
        """Return the award's rule and whether its quota blocks or warns."""
        rulebook = self.env["emulation.rulebook"]._for_date(
            self.company_id, self.period_to or fields.Date.context_today(self), raise_if_none=False
        )
        rule = rulebook._get_rules(self.award_id).get(self.award_id) if rulebook and self.award_id else None
        # Sudoed: the law is the same for everybody.
        rule = (rule or self.env["emulation.award.rule"]).sudo()
        quota = rule.requirement_ids.filtered(lambda requirement: requirement.kind == "group_quota")[:1]
        return rule, "block" if quota.severity == "block" else "warn"

    def _get_headcounts(self, units):
        """Return {unit name: employees}, in one query."""
        # Sudoed: only a number of a unit leaves.
        groups = (
            self.env["hr.employee"]
            .sudo()
            ._read_group([("department_id", "in", units.ids)], ["department_id"], ["__count"])
        )
        counts = {unit.id: count for unit, count in groups}
        return {unit.name or "": counts.get(unit.id, 0) for unit in units}

    def _get_bar_html(self, bar):
        names = {
            "quota": self.env._("Quota"),
            "leaders": self.env._("Leaders on the list"),
            "women": self.env._("Women on the list"),
            "prerequisite": self.env._("Share of %(unit)s proposed", unit=bar.label),
        }
        limit = ""
        if bar.limit is not None:
            sign = "≤" if bar.at_most else "≥"
            limit = f"{sign} {float(bar.limit):g} %"
        return Markup(
            '<div class="mb-2"><div class="d-flex justify-content-between"><span>%s</span>'
            '<span>%s/%s = %s %% %s</span></div><div class="progress" role="progressbar" aria-label="%s"'
            ' aria-valuenow="%s" aria-valuemin="0" aria-valuemax="100">'
            '<div class="progress-bar %s" style="width: %s%%"></div></div></div>'
        ) % (
            names[bar.kind],
            bar.part,
            bar.whole,
            f"{bar.percent:g}",
            limit,
            names[bar.kind],
            bar.percent,
            BAR_STYLES[bar.status],
            min(bar.percent, 100),
        )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_preview(self):
        """Fill the list: who qualifies by grade and rank, best first, ticked up to the quota."""
        self.ensure_one()
        evaluations = self._search_evaluations()
        taken = self._get_taken_keys(evaluations.participation_id.mapped("recipient_key"))
        left = self.quota or len(evaluations)
        commands = [Command.clear()]
        for evaluation in evaluations:
            problem = self._get_problem(evaluation, taken)
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
        blocked = [bar for bar in self._get_bars() if bar.status == ratios.BLOCK]
        if blocked:
            raise UserError(
                self.env._(
                    "Over the quota: %(part)s of %(whole)s, at most %(limit)s %%. Untick %(count)s.",
                    part=blocked[0].part,
                    whole=blocked[0].whole,
                    limit=f"{float(blocked[0].limit):g}",
                    count=-blocked[0].room,
                )
            )
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
            # Sudoed: only counts are shown, of women on the whole list.
            line.is_woman = holder.employee_id.sudo().sex == "female"

    def _get_leaders(self):
        """Return ids of employees who head a unit."""
        holders = self.commendation_id.employee_id | self.evaluation_id.participation_id.employee_id
        units = self.env["hr.department"].sudo().search([("manager_id", "in", holders.ids)])
        return set(units.manager_id.ids)
