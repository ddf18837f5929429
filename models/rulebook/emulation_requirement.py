from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...engine.eligibility import KINDS, Requirement
from ...engine.prize import exact
from ..mixin.labels import get_labels
from .confidence import CONFIDENCE, CONFIDENCE_HELP

# Where the field has another name than the engine's parameter.
PARAMETER_FIELDS = {"awards": "award_ids", "since": "since_award_ids", "rank": "post_group_id"}


class EmulationRequirement(models.Model):
    """One condition of an award rule. ``kind`` names one of ``engine.eligibility.KINDS``; which of the
    parameters it reads is in ``parameters``, and the form shows no others."""

    _name = "emulation.requirement"
    _description = "Requirement of an award rule"
    _order = "award_rule_id, sequence, id"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "award_rule_id"
    _writable = {
        "*": {
            "admin": {
                *("name", "sequence", "award_rule_id", "kind", "severity", "subject", "basis", "article"),
                *("alternative_group", "alternative_branch", "confidence", "doubt", "award_ids", "count"),
                *("consecutive", "years", "since_award_ids", "since_reading", "rating", "reach", "share"),
                *("months", "months_women", "days", "scope", "exempt_category_ids", "post_group_id"),
                *("level", "members"),
            }
        }
    }
    _deletable = {"*": "admin"}

    name = fields.Text(string="Condition in words", required=True, translate=True)
    sequence = fields.Integer(default=10, aggregator=None)
    award_rule_id = fields.Many2one("emulation.award.rule", required=True, ondelete="cascade", index=True)
    rulebook_id = fields.Many2one(related="award_rule_id.rulebook_id", store=True, index=True)
    award_id = fields.Many2one(related="award_rule_id.award_id", store=True, index=True)
    company_id = fields.Many2one(related="award_rule_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [
            ("prior_award", "Prior award"),
            ("rating", "Yearly rating"),
            ("initiative", "Initiative"),
            ("achievement", "Achievement"),
            ("member_share", "Share of members"),
            ("no_discipline", "No discipline in the period"),
            ("no_open_restriction", "No open case"),
            ("no_fine", "No administrative fine in the period"),
            ("campaign_duration", "Length of the campaign"),
            ("service_months", "Months of service"),
            ("award_interval", "Months since an award"),
            ("group_quota", "Quota of a group"),
            ("not_yet_given", "Not yet given for the period"),
            ("period_age", "Age of the period"),
            ("registration", "Registered in the campaign"),
            ("block_leader", "Leader of a cluster or block"),
            ("unit_rating", "Rating of the unit"),
            ("unit_rank", "Rank of the unit"),
            ("leader_share", "Share of leaders"),
            ("leave_days", "Days of leave"),
            ("long_study", "Long course"),
            ("transfer", "Transfer or secondment"),
            ("post_months", "Months in a post"),
            ("judgement", "Judged by a person"),
        ],
        required=True,
        default="judgement",
    )
    severity = fields.Selection(
        [("block", "Blocks"), ("warn", "Warns"), ("info", "Informs")], required=True, default="block"
    )
    subject = fields.Selection(
        [("individual", "Individual"), ("collective", "Collective"), ("household", "Household")],
        string="Only for",
        help="Empty: for every subject of the award.",
    )
    basis = fields.Selection(
        [
            ("merit", "Merit"),
            ("thematic", "Thematic"),
            ("ad_hoc", "Ad hoc"),
            ("career", "Career contribution"),
            ("seniority", "Length of service"),
            ("external", "External affairs"),
            ("resistance", "Resistance wars"),
        ],
        string="Only for kind",
        help="Empty: for every kind of commendation.",
    )
    applies_text = fields.Char(string="Applies to", compute="_compute_applies_text")
    alternative_group = fields.Char(
        string="Alternatives", help="Requirements of one award with the same letter are alternatives (or)."
    )
    alternative_branch = fields.Char(
        string="Branch", help="Requirements of one group with the same branch hold together (and)."
    )
    article = fields.Text(help="Where the law says so.")
    confidence = fields.Selection(CONFIDENCE, default="verified", required=True, help=CONFIDENCE_HELP)
    doubt = fields.Char(
        translate=True,
        help="Why this text may no longer hold. Until your agency confirms the line, whatever it finds needs a person.",
    )
    confirmed_on = fields.Date(string="Confirmed on", company_dependent=True, readonly=True, copy=False)
    needs_confirmation = fields.Boolean(compute="_compute_needs_confirmation")

    # parameters
    parameters = fields.Char(
        string="Names of the parameters",
        compute="_compute_parameters",
        help="The parameters the kind reads: the form shows no others.",
    )
    parameter_text = fields.Text(string="Parameters", compute="_compute_parameter_text")
    award_ids = fields.Many2many("emulation.award", string="Awards")
    count = fields.Integer(string="Number", default=1, aggregator=None)
    consecutive = fields.Boolean(string="In a row")
    years = fields.Integer(
        string="Within years", aggregator=None, help="The year of the proposal included; 0: no limit."
    )
    since_award_ids = fields.Many2many(
        "emulation.award",
        "emulation_requirement_since_award_rel",
        string="Since the last",
        help="The time runs from the last of these awards to the proposal, however long ago it was.",
    )
    since_reading = fields.Selection(
        [
            ("last", "From the last of them"),
            ("any", "From any of them that will do"),
            ("doubtful", "From the last; where an earlier start would do, a person decides"),
        ],
        string="Counted",
        help="Empty: from the last of them.",
    )
    rating = fields.Selection(
        [("excellent", "Excellent"), ("good", "Good"), ("completed", "Completed")], string="Rated at least"
    )
    reach = fields.Selection(
        [("unit", "Unit"), ("province", "Province"), ("ministry", "Ministry"), ("nation", "Nation")],
        string="Reach at least",
    )
    share = fields.Float(string="Share (%)", digits=(5, 2), aggregator=None)
    months = fields.Integer(aggregator=None)
    months_women = fields.Integer(string="Months for a woman", aggregator=None, help="0: the same.")
    days = fields.Integer(string="Working days", aggregator=None)
    scope = fields.Selection(
        [("company", "The agency"), ("unit", "Each unit"), ("campaign", "Each campaign or occasion")],
        string="Counted in",
        help="Empty: in the agency.",
    )
    exempt_category_ids = fields.Many2many(
        "hr.employee.category",
        string="Not counted",
        help="People with these tags count neither among those proposed nor in the group.",
    )
    post_group_id = fields.Many2one(
        "emulation.post.group",
        string="Posts from",
        ondelete="restrict",
        help="This group or a more senior one.",
    )
    level = fields.Selection(
        [("reprimand", "Reprimand"), ("warning", "Warning"), ("demotion", "Demotion or more")],
        string="From level",
        help="Disciplines below this level do not count.",
    )
    members = fields.Boolean(string="Of the members", help="Looks at the members of the collective.")

    @api.depends("confidence", "confirmed_on")
    @api.depends_context("company")
    def _compute_needs_confirmation(self):
        for requirement in self:
            requirement.needs_confirmation = (
                requirement.confidence != "verified" and not requirement.confirmed_on
            )

    @api.depends("kind")
    def _compute_parameters(self):
        for requirement in self:
            known = KINDS.get(requirement.kind)
            requirement.parameters = "," + ",".join(known.parameters if known else ()) + ","

    @api.depends("subject", "basis")
    @api.depends_context("lang")
    def _compute_applies_text(self):
        labels = {name: get_labels(self, name) for name in ("subject", "basis")}
        for requirement in self:
            texts = [labels[name].get(requirement[name]) for name in labels]
            requirement.applies_text = " · ".join(filter(None, texts))

    @api.depends(lambda self: self._get_parameter_fields())
    @api.depends_context("lang")
    def _compute_parameter_text(self):
        for requirement in self:
            known = KINDS.get(requirement.kind)
            names = [PARAMETER_FIELDS.get(name, name) for name in known.parameters] if known else []
            texts = [requirement._get_parameter_label(name) for name in names if requirement[name]]
            requirement.parameter_text = " · ".join(texts)

    @api.model
    def _get_parameter_fields(self):
        """Return the names of all fields that some kind reads."""
        names = {name for known in KINDS.values() for name in known.parameters}
        return ["kind", *sorted(PARAMETER_FIELDS.get(name, name) for name in names)]

    def _get_parameter_label(self, name):
        """Return a parameter and its value as text."""
        self.ensure_one()
        field = self._fields[name]
        label = field._description_string(self.env)
        if field.type == "boolean":
            return label
        if name == "since_award_ids":
            return f"{label}: {', '.join(self[name].mapped('code'))}"
        if field.type == "many2many":
            return ", ".join(self[name].mapped("code"))
        if field.type == "many2one":
            return f"{label}: {self[name].display_name}"
        if field.type == "selection":
            return f"{label}: {get_labels(self, name)[self[name]]}"
        return f"{label}: {self[name]:g}"

    @api.constrains(
        "kind",
        "award_ids",
        "count",
        "years",
        "rating",
        "share",
        "months",
        "consecutive",
        "since_award_ids",
        "days",
    )
    def _check_parameters(self):
        for requirement in self:
            if problem := requirement._get_parameter_problem():
                raise ValidationError(
                    self.env._(
                        "%(award)s, “%(requirement)s”: %(problem)s",
                        award=requirement.award_rule_id.display_name,
                        requirement=requirement.name,
                        problem=problem,
                    )
                )

    def _get_parameter_problem(self):
        """Return what is wrong with the parameters, or nothing."""
        self.ensure_one()
        used = KINDS[self.kind].parameters
        if min(self.count, self.years, self.months, self.months_women, self.days) < 0:
            return self.env._("numbers cannot be below zero.")
        if not 0 <= self.share <= 100:
            return self.env._("the share must lie between 0 and 100, not %(share)s.", share=f"{self.share:g}")
        if self.kind in ("prior_award", "award_interval") and not self.award_ids:
            return self.env._("name the awards.")
        if self.kind == "rating" and not self.rating:
            return self.env._("name the rating.")
        if self.kind == "leave_days" and self.days < 1:
            return self.env._("name the number of working days.")
        if self.kind == "post_months" and not (self.post_group_id and self.months):
            return self.env._("name the posts and the months.")
        if self.kind == "member_share" and not (self.award_ids or self.rating):
            return self.env._("name the awards or the rating of the members.")
        chain = self.consecutive if self.kind == "prior_award" else self.kind == "rating"
        if chain and "years" in used and self.years and not self.since_award_ids and self.count > self.years:
            return self.env._(
                "%(count)s years cannot lie within %(years)s.", count=self.count, years=self.years
            )
        return None

    @api.constrains("kind", "award_ids", "severity", "alternative_group", "alternative_branch")
    def _check_circular(self):
        self.award_rule_id._check_circular()

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_values(vals)  # its rule is looked at before it is there
        rules = self.env["emulation.award.rule"].browse(
            vals["award_rule_id"] for vals in vals_list if "award_rule_id" in vals
        )
        rules.rulebook_id._check_not_official()
        requirements = super().create(vals_list)
        requirements.award_rule_id._log_change(requirements.mapped("name"))
        return requirements

    def write(self, vals):
        self._check_values(vals)  # the rule it is moved to is looked at before it is written
        if vals.keys() - {"confirmed_on"}:
            rules = self.award_rule_id | self.award_rule_id.browse(vals.get("award_rule_id"))
            rules.rulebook_id._check_not_official()
        result = super().write(vals)
        if vals.keys() - {"confirmed_on", "confidence", "doubt"}:
            self.award_rule_id._log_change(self.mapped("name"))
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_official(self):
        self.rulebook_id._check_not_official()
        self.award_rule_id._log_change(self.mapped("name"))

    @api.private
    def _confirm_reading(self):
        """Record that the company has compared these lines with the law."""
        today = fields.Date.context_today(self)
        self.filtered("needs_confirmation")._write_protected({"confirmed_on": today})

    def _prepare_engine_requirement(self):
        """Return the record as the engine reads it.

        :rtype: engine.eligibility.Requirement
        """
        self.ensure_one()
        return Requirement(
            key=self.id,
            kind=self.kind,
            name=self.name,
            severity=self.severity,
            article=self.article or "",
            group=self.alternative_group or "",
            branch=self.alternative_branch or "",
            subject=self.subject or "",
            basis=self.basis or "",
            awards=frozenset(self.award_ids.mapped("code")),
            count=self.count,
            consecutive=self.consecutive,
            years=self.years,
            since=frozenset(self.since_award_ids.mapped("code")),
            since_reading=self.since_reading or "last",
            rating=self.rating or "",
            reach=self.reach or "",
            share=exact(self.share),
            months=self.months,
            level=self.level or "",
            members=self.members,
            days=self.days,
            months_women=self.months_women,
            rank=self.post_group_id.rank,
            scope=self.scope or "company",
            lookback=self.rulebook_id.lookback_years,
            doubt=(self.doubt or "") if self.needs_confirmation else "",
            not_counted=self.rulebook_id._get_not_counted(),
            moves_limits=self.rulebook_id.moves_limits,
        )
