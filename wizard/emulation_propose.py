from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools.misc import get_lang

from ..engine import eligibility, points, ratios
from ..models.campaign import totals
from ..models.commendation.transitions import LIVE_STATES

BAR_STYLES = {"ok": "bg-success", "warn": "bg-warning", "block": "bg-danger"}
TEXT_STYLES = {"ok": "", "warn": "fw-bold text-warning", "block": "fw-bold text-danger"}
# Requirements about the whole list or about shares of a unit: the others are judged one by one later.
LIST_KINDS = ("group_quota", "member_share")


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
    campaign_occasion_ids = fields.Many2many(related="review_id.campaign_id.occasion_ids")
    occasion_id = fields.Many2one(
        "emulation.occasion",
        string="On the occasion",
        domain="[('id', 'in', campaign_occasion_ids)]",
        help="Takes a place of what is on offer on that occasion.",
    )
    period_from = fields.Date(string="Period from", compute="_compute_period", store=True, readonly=False)
    period_to = fields.Date(string="Period to", compute="_compute_period", store=True, readonly=False)
    grade_ids = fields.Many2many("emulation.grade", string="Grades", help="Empty: every grade.")
    max_rank = fields.Integer(string="Ranks up to", help="Only ranks up to this one; 0: all.")
    quota = fields.Integer(string="At most", help="How many to tick; 0: all that fit.")
    summary = fields.Text(
        string="Achievement", help="For all of them; empty: outstanding achievements in the campaign."
    )
    line_ids = fields.One2many("emulation.propose.line", "propose_id", string="Rows")
    selected_count = fields.Integer(string="Selected count", compute="_compute_bars")
    bars_html = fields.Html(string="Ratios", compute="_compute_bars", sanitize=False)

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
        too_low = totals.find_too_low(evaluations, self.award_id) | self._find_not_offered(evaluations)
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
        found = self.env["emulation.evaluation"].search(domain, order="rank, id")
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
            "res_model": "emulation.commendation",
            "view_mode": "list,form",
            "domain": [("id", "in", records.ids)],
            "name": self.env._("Proposed"),
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
        # Printed on papers: Vietnamese, and without the score, which stays on the sheet.
        summary = f"Đã có thành tích xuất sắc trong {points.inside_sentence(evaluation.campaign_id.name)}"
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
            "occasion_id": self.occasion_id.id,
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

    # ------------------------------------------------------------------
    # What the list looks like before it is handed in: quotas, shares, who is on it
    # ------------------------------------------------------------------

    @api.depends("line_ids.is_selected", "award_id")
    def _compute_bars(self):
        for wizard in self:
            wizard.selected_count = len(wizard.line_ids.filtered("is_selected"))
            rows = Markup("").join(wizard._get_bar_html(bar) for bar in wizard._get_bars())
            wizard.bars_html = Markup('<div class="o_emulation_bars">%s</div>') % rows

    def _get_bars(self):
        """Return the engine's bars for the ticked rows, what is broken first."""
        self.ensure_one()
        lines = self.line_ids.filtered("is_selected")
        rulebook = self._get_rulebook()
        rule = self._get_rule(rulebook)
        judged = self._get_judged_bars(rule, lines)
        has_quota = any(bar.kind == "group_quota" for bar in judged)
        people = self._get_people_bars(rulebook, rule, 0 if has_quota else self._get_quota_percent(rule))
        bars = self._get_offer_bars() + judged + people
        return sorted(bars, key=lambda bar: ratios.ORDER[bar.status])

    def _get_quota_percent(self, rule):
        """Return the quota of the staff, in per cent; 0: none."""
        quotas = rule.requirement_ids.filtered(lambda requirement: requirement.kind == "group_quota")
        return rule.quota_percent or max(quotas.mapped("share"), default=0)

    def _get_people_bars(self, rulebook, rule, quota):
        """Return the bars about the people on the list: none for a list of units."""
        lines = self.line_ids.filtered("employee_id")
        if not lines:
            return []
        ticked = lines.filtered("is_selected")
        # sudo: res.company - a figure of the settings
        return ratios.bars(
            [
                ratios.Person(
                    line.unit_id.name or "", line.is_leader, line.is_woman if line.is_sex_known else None
                )
                for line in ticked
            ],
            self._get_headcounts(lines.unit_id),
            quota=quota,
            quota_severity=self._get_severity(rule, "group_quota"),
            prerequisite=self._get_prerequisite(rulebook),
            holders=self._get_holders(lines.unit_id, ticked.employee_id),
            leaders_limit=self.company_id.sudo().emulation_leader_percent,
        )

    def _get_judged_bars(self, rule, lines):
        """Return what the rule book itself says about shares and quotas of the ticked rows."""
        if not lines or not any(requirement.kind in LIST_KINDS for requirement in rule.requirement_ids):
            return []
        candidates = self._prepare_candidates(lines)
        found = {}
        for key, findings in rule._check_eligibility(candidates).items():
            for finding in findings:
                if finding.requirement.kind in LIST_KINDS and finding.reason.values:
                    # A quota of the agency is the same for the whole list; other figures are each unit's own.
                    of_all = (
                        finding.requirement.kind == "group_quota" and finding.requirement.scope == "company"
                    )
                    unit = None if of_all else key
                    found[finding.requirement.key, unit] = finding
        names = {candidate.key: line.name for candidate, line in zip(candidates, lines, strict=True)}
        return [self._get_judged_bar(finding, names.get(unit)) for (_key, unit), finding in found.items()]

    def _get_judged_bar(self, finding, name):
        rule, values = finding.requirement, finding.reason.values
        severity = "block" if rule.severity == "block" and finding.status == "not_met" else "warn"
        if rule.kind == "group_quota":
            return ratios.Ratio(
                "group_quota", values["found"], values["needed"], 100, True, severity, rule.name
            )
        whole = values["total"] if rule.share else rule.count
        limit = ratios.Fraction(str(rule.share or 100))
        label = f"{name}: {rule.name}"
        return ratios.Ratio("share", values["found"], whole, limit, False, severity, label)

    def _prepare_candidates(self, lines):
        """Return the engine's candidates of the ticked rows, in their order."""
        if self.source == "draft":
            return self.env["emulation.award.rule"]._prepare_candidates(lines.commendation_id)
        return [
            eligibility.Candidate(
                recipient_type=holder.recipient_type,
                recipient_id=holder._get_recipient().id,
                award=self.award_id.code,
                period_from=self.period_from or None,
                period_to=self.period_to or None,
                on=fields.Date.context_today(self),
                subject=holder.subject,
                campaign=holder.campaign_id.id,
            )
            for holder in lines.evaluation_id.participation_id
        ]

    def _get_rulebook(self):
        day = fields.Date.context_today(self)  # the day the proposals would be received
        key = (self.company_id, day, self.award_id)
        return self.env["emulation.rulebook"]._choose_many([key])[key]

    def _get_rule(self, rulebook):
        """Return the award's rule in the rule book of the period; empty without one."""
        rule = self.award_id._rule(rulebook) if rulebook and self.award_id else None
        # sudo: emulation.award.rule - the law is the same for everybody
        return (rule or self.env["emulation.award.rule"]).sudo()

    def _get_severity(self, rule, kind):
        requirement = rule.requirement_ids.filtered(lambda requirement: requirement.kind == kind)[:1]
        return "block" if requirement.severity == "block" else "warn"

    def _get_prerequisite(self, rulebook):
        """Return the share of its members, in per cent, that a collective needs with this award; 0: none."""
        # sudo: emulation.rulebook - the law is the same for everybody
        requirements = rulebook.sudo().award_rule_ids.requirement_ids if rulebook else []
        shares = [
            requirement.share
            for requirement in requirements
            if requirement.kind == "member_share" and self.award_id in requirement.award_ids
        ]
        return max(shares, default=0)

    def _get_holders(self, units, ticked):
        """Return {unit name: people who have the award for this year, or are on their way}, in one query."""
        year = (self.period_to or fields.Date.context_today(self)).year
        # sudo: emulation.commendation - only a number of a unit leaves
        groups = (
            self.env["emulation.commendation"]
            .sudo()
            ._read_group(
                Domain("award_id", "=", self.award_id.id)
                & Domain("state", "in", LIVE_STATES)
                & Domain("unit_id", "in", units.ids)
                & Domain("employee_id", "not in", ticked.ids)
                & Domain("period_to", ">=", f"{year}-01-01")
                & Domain("period_to", "<=", f"{year}-12-31"),
                ["unit_id"],
                ["employee_id:count_distinct"],
            )
        )
        return {unit.name or "": count for unit, count in groups}

    def _get_headcounts(self, units):
        """Return {unit name: employees}, in one query."""
        # sudo: hr.employee - only a number of a unit leaves
        groups = (
            self.env["hr.employee"]
            .sudo()
            ._read_group([("department_id", "in", units.ids)], ["department_id"], ["__count"])
        )
        counts = {unit.id: count for unit, count in groups}
        return {unit.name or "": counts.get(unit.id, 0) for unit in units}

    def _get_bar_html(self, bar):
        return Markup(
            '<div class="mb-3"><div class="d-flex justify-content-between flex-wrap"><span class="me-2">%s</span>'
            '<span class="text-nowrap %s">%s</span></div><div class="progress" role="progressbar"'
            ' aria-label="%s" aria-valuenow="%s" aria-valuemin="0" aria-valuemax="100">'
            '<div class="progress-bar %s" style="width: %s%%"></div></div></div>'
        ) % (
            self._get_bar_name(bar),
            TEXT_STYLES[bar.status],
            self._get_bar_text(bar),
            self._get_bar_name(bar),
            bar.percent,
            BAR_STYLES[bar.status],
            min(bar.percent, 100),
        )

    def _get_bar_name(self, bar):
        names = {
            "quota": self.env._("Quota of the staff"),
            "group_quota": bar.label,
            "share": bar.label,
            "leaders": self.env._("Leaders/direct workers"),
            "women": self.env._("Women on the list (sex not entered: %(count)s)", count=bar.label)
            if bar.label
            else self.env._("Women on the list"),
            "prerequisite": self.env._("%(unit)s: members with the title", unit=bar.label),
        }
        return names[bar.kind]

    def _get_bar_text(self, bar):
        """Return the figures, e.g. ``7/10 = 70% ≥ 70%``."""
        if bar.kind == "group_quota":
            return self.env._("%(part)s, at most %(most)s", part=bar.part, most=bar.whole)
        sign, percent = "≤" if bar.at_most else "≥", self._format_number(bar.percent)
        limit = "" if bar.limit is None else f" {sign} {self._format_number(float(bar.limit))}%"
        if bar.kind == "leaders":
            return f"{bar.part} : {bar.whole - bar.part} = {percent}%{limit}"
        return f"{bar.part}/{bar.whole} = {percent}%{limit}"

    def _format_number(self, value):
        """Return a number as short as can be, with the decimal point of the user's language."""
        return f"{value:g}".replace(".", get_lang(self.env).decimal_point)

    def _check_bars(self):
        """Refuse a list that breaks a ratio the rules insist on.

        :raises UserError: naming each such ratio and how many to untick
        """
        blocked = [bar for bar in self._get_bars() if bar.status == ratios.BLOCK]
        if blocked:
            raise UserError("\n".join(self._get_blocked_text(bar) for bar in blocked))

    def _get_blocked_text(self, bar):
        name, figures = self._get_bar_name(bar), self._get_bar_text(bar)
        if bar.at_most:
            return self.env._(
                "%(name)s: %(figures)s. Untick %(count)s.", name=name, figures=figures, count=-bar.room
            )
        return self.env._("%(name)s: %(figures)s. Untick it.", name=name, figures=figures)

    # ------------------------------------------------------------------
    # The awards a campaign offers: a list longer than what is left warns or is refused, as the company sets
    # ------------------------------------------------------------------

    def _get_places(self, evaluations):
        """Return how many rows the preview ticks: what the user asks for, within what the campaigns still offer.

        A number for one unit, subject or occasion alone does not limit the others: the bars show it.
        """
        wanted = self.quota or len(evaluations)
        left = [
            offer.quota - self._count_proposed(offer)
            for offer in self._get_offers(evaluations.campaign_id)
            if all(self._takes_place(offer, evaluation) for evaluation in evaluations)
        ]
        return max(min([wanted, *left]), 0)

    def _get_offer_bars(self):
        lines = self.line_ids.filtered("is_selected")
        holders = lines.commendation_id if self.source == "draft" else lines.evaluation_id
        # sudo: res.company - a setting
        severity = self.company_id.sudo().emulation_offer_guard
        return [
            ratios.Ratio(
                "group_quota",
                self._count_proposed(offer)
                + len(holders.filtered(lambda holder, offer=offer: self._takes_place(offer, holder))),
                offer.quota,
                100,
                True,
                severity,
                self.env._(
                    "On offer in %(campaign)s%(whom)s",
                    campaign=offer.campaign_id.display_name,
                    whom=offer._get_limits_text(),
                ),
            )
            for offer in self._get_offers(holders.campaign_id)
        ]

    def _get_offers(self, campaigns):
        """Return the lines with a number that limits the award, of these campaigns and those above."""
        return self.env["emulation.campaign.award"]._find_for(campaigns, self.award_id).filtered("quota")

    def _takes_place(self, offer, holder):
        return offer._matches(holder, self.occasion_id)

    def _find_not_offered(self, evaluations):
        """Return {id: why the campaign does not offer the award to who has this sheet}."""
        lines = self.env["emulation.campaign.award"]._find_for(evaluations.campaign_id, self.award_id)
        found = {}
        for sheet in evaluations if lines else ():
            text = lines._explain_not_offered(sheet, self.award_id, self.occasion_id)
            ranked = lines.filtered(
                lambda line, sheet=sheet: line.max_rank and self._takes_place(line, sheet)
            )
            text = text or next(filter(None, (line._explain_rank(sheet.rank) for line in ranked)), None)
            if text:
                found[sheet.id] = text
        return found

    def _count_proposed(self, offer):
        """Return how many are proposed or commended already, apart from the drafts of this list."""
        used = offer._count_used(self.line_ids.commendation_id.ids, ("draft", *LIVE_STATES))
        return sum(used.get(offer.id, {}).values())


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
    is_sex_known = fields.Boolean(compute="_compute_recipient")
    grade_id = fields.Many2one(related="evaluation_id.grade_id")
    rank = fields.Integer(related="evaluation_id.rank")
    scale = fields.Selection(related="evaluation_id.scale")
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
            sex = holder.employee_id.sudo().sex
            line.is_woman, line.is_sex_known = sex == "female", bool(sex)

    def _get_leaders(self):
        """Return ids of employees who head a unit."""
        holders = self.commendation_id.employee_id | self.evaluation_id.participation_id.employee_id
        # sudo: hr.department - ids of heads only, of those on the list
        units = self.env["hr.department"].sudo().search([("manager_id", "in", holders.ids)])
        return set(units.manager_id.ids)
