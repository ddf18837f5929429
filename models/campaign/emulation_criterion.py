import math
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tools import SQL

from ...engine import levels, scoring
from ...engine.vietnamese import format_decimal
from ..mixin.labels import get_labels
from ..mixin.reason import tell
from . import rule_text


class EmulationCriterion(models.Model):
    """A line of a scoring sheet; groups hold others and give the sheet its tree."""

    _name = "emulation.criterion"
    _description = "Criterion"
    _inherit = ["emulation.set.line.mixin", "emulation.guard.mixin", "hr.mixin"]
    _guard_parent = "set_id"
    _writable = {
        "*": {
            "officer": {
                *("set_id", "parent_id", "child_ids", "sequence", "code", "name", "guidance", "kind"),
                *("max_points", "weight", "minimum_points", "unit_of_measure", "target", "lower_is_better"),
                "levels",
                *("least_value", "step_ids", "points_per_occurrence", "evidence_required", "evidence_each"),
                *("minimum_ids", "is_whole_only"),
                *("marker_ids", "is_marked_only", "drawn_from", "drawn_award_ids"),
                *("employee_ids", "department_ids", "job_ids", "category_ids"),
            },
            "admin": {"source_ids"},
        }
    }
    _deletable = {"*": "officer"}
    _order = "set_id, sequence, id"

    set_id = fields.Many2one("emulation.criterion.set", required=True, ondelete="cascade", index=True)
    parent_id = fields.Many2one(
        "emulation.criterion",
        string="Group",
        ondelete="cascade",
        index=True,
        domain="[('set_id', '=', set_id), ('kind', '=', 'group')]",
    )
    child_ids = fields.One2many("emulation.criterion", "parent_id", string="Sub-criteria")
    sequence = fields.Integer(default=10, aggregator=None)
    code = fields.Char()
    name = fields.Char(required=True)
    guidance = fields.Text()
    kind = fields.Selection(
        [
            ("group", "Group"),
            ("quantity", "Quantity"),
            ("rating", "By level"),
            ("yes_no", "Yes or no"),
            ("bonus", "Bonus"),
            ("deduction", "Deduction"),
        ],
        required=True,
        default="rating",
    )
    max_points = fields.Float(
        string="Max points",
        help="Points at most; for a deduction, points taken off at most. A deduction, or a bonus counted by "
        "occurrence, has no limit of its own with 0. Of a group: what its bonus, and its deductions, count at most; "
        "0: no limit.",
    )
    levels = fields.Char(
        string="Levels by name",
        help="Of a criterion by level: the only levels there are, the best first, as A+; A; B; C, or with what each is "
        "worth, as Good: 10; Fair: 7; Average: 5. Without points the last one is worth 0, the one before 1, and so on. "
        "Empty: any number of points up to the maximum.",
    )
    weight = fields.Float(help="What the full mark counts in the total, where the set uses weights.")
    minimum_points = fields.Float(
        string="Minimum points", help="Below this the recipient does not qualify for a title; 0: no minimum."
    )
    unit_of_measure = fields.Char(string="Unit of measure")
    target = fields.Float()
    lower_is_better = fields.Boolean(string="Lower is better")
    least_value = fields.Float(
        string="Earns points from",
        help="Below this result (above it, where less is better) a quantity in proportion earns nothing; 0: no such "
        "limit.",
    )
    source_ids = fields.One2many(
        "emulation.criterion.source",
        "criterion_id",
        string="Automatic source",
        groups="hr_emulation.group_emulation_admin",
    )
    drawn_from = fields.Selection(
        [
            ("awards", "Awards given"),
            ("achievements", "Initiatives recognised"),
            ("absences", "Working days of leave"),
        ],
        string="Taken from the register",
        help="What the register says of the recipient in the period of the round. It is looked at before it is "
        "filled in.",
    )
    drawn_award_ids = fields.Many2many(
        "emulation.award", "emulation_criterion_drawn_award_rel", string="Only these awards"
    )
    step_ids = fields.One2many("emulation.criterion.step", "criterion_id", copy=True, string="Steps")
    points_per_occurrence = fields.Float(
        string="Points per occurrence", help="For a bonus or a deduction: points each time."
    )
    evidence_required = fields.Boolean(string="Evidence is required")
    evidence_each = fields.Boolean(
        string="Evidence each time",
        help="Of a bonus or a deduction counted by occurrence: as many files as occurrences.",
    )
    company_id = fields.Many2one(related="set_id.company_id", store=True, index=True)

    # whom it applies to: anybody named by any of these; nobody named: everybody
    employee_ids = fields.Many2many(
        "hr.employee", "emulation_criterion_employee_rel", string="Only these people"
    )
    department_ids = fields.Many2many(
        "hr.department",
        "emulation_criterion_department_rel",
        string="Only these units",
        help="The units, those below them, and their people.",
    )
    job_ids = fields.Many2many("hr.job", "emulation_criterion_job_rel", string="Only these positions")
    category_ids = fields.Many2many(
        "hr.employee.category", "emulation_criterion_category_rel", string="Only people with these tags"
    )
    is_whole_only = fields.Boolean(
        string="Only for the whole period",
        help="In a year made of months or terms: not on their sheets, only on the sheet of the year.",
    )
    is_limited = fields.Boolean(
        string="Is limited", compute="_compute_is_limited", help="It does not apply to everybody."
    )
    scale = fields.Selection(string="Scale", related="set_id.scale")
    rule_text = fields.Char(string="How it is scored", compute="_compute_rule_text")
    minimum_ids = fields.One2many(
        "emulation.criterion.minimum", "criterion_id", string="Minimum for a title", copy=True
    )

    marker_ids = fields.One2many(
        "emulation.criterion.marker",
        "criterion_id",
        string="Marked by",
        copy=True,
        help="Offices or people who mark this line besides the recipient, stage by stage; those of a group mark "
        "all its lines.",
    )
    is_marked_only = fields.Boolean(
        string="Not scored by the recipient", help="Only those named under “Marked by” give points."
    )

    _points_not_negative = models.Constraint(
        "CHECK (max_points >= 0 AND weight >= 0 AND points_per_occurrence >= 0 AND minimum_points >= 0)",
        "Points cannot be negative; a deduction is entered as the points taken off.",
    )

    @api.depends("employee_ids", "department_ids", "job_ids", "category_ids")
    def _compute_is_limited(self):
        for line in self:
            line.is_limited = line.employee_ids or line.department_ids or line.job_ids or line.category_ids

    @api.depends(
        *("kind", "max_points", "target", "unit_of_measure", "lower_is_better", "least_value", "step_ids"),
        *("points_per_occurrence", "minimum_points", "evidence_required", "evidence_each"),
        *("parent_id.max_points", "levels", "set_id.scale"),
    )
    @api.depends_context("lang")
    def _compute_rule_text(self):
        kinds = get_labels(self, "kind")
        for line in self:
            is_named = line.kind == "rating" and line.levels
            kind = self.env._("Levels") if is_named else kinds.get(line.kind, "")
            line.rule_text = f"{kind}{rule_text.describe(line)}"

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A criterion cannot be its own group."))
        if any(line.parent_id and line.parent_id.set_id != line.set_id for line in self):
            raise ValidationError(self.env._("The group belongs to another criterion set."))

    @api.constrains("minimum_points", "minimum_ids", "max_points", "kind")
    def _check_minimum(self):
        for line in self.filtered(lambda line: line.kind not in ("group", "deduction")):
            if max([line.minimum_points, *line.minimum_ids.mapped("points")]) > line.max_points:
                raise ValidationError(
                    self.env._("%(criterion)s: the minimum is above the maximum.", criterion=line.name)
                )

    @api.constrains("step_ids", "max_points", "kind")
    def _check_steps(self):
        for criterion in self.filtered("step_ids"):
            try:
                scoring.check_steps(criterion._to_engine().steps, Decimal(str(criterion.max_points)))
            except scoring.ScoringError as error:
                raise ValidationError(criterion._explain_steps(error)) from error

    @api.constrains("levels", "max_points", "kind")
    def _check_levels(self):
        for line in self.filtered("levels"):
            if fault := line._get_levels_fault(line.levels, line.kind, line.max_points):
                raise ValidationError(
                    self.env._("%(criterion)s: %(reason)s", criterion=line.name, reason=fault)
                )

    @api.model
    def _get_levels_fault(self, text, kind, maximum):
        """Return why a criterion cannot have these levels, or an empty text.

        :param float maximum: its points at most; 0 or None: those of the best level
        """
        try:
            found = levels.read(text)
        except scoring.ScoringError as error:
            return tell(self.env, error.reason)
        if found and kind != "rating":
            return self.env._("Only a criterion by level has levels by name.")
        if found and maximum and found[0].points != scoring.points(maximum):
            return self.env._(
                "“%(level)s”, the best level, is worth %(points)s points, but the maximum is %(maximum)s.",
                level=found[0].name,
                points=format_decimal(found[0].points),
                maximum=format_decimal(scoring.points(maximum)),
            )
        return ""

    @api.onchange("levels")
    def _onchange_levels(self):
        """The best level is the maximum; what cannot be read is said when it is saved."""
        self.max_points = self._get_best(self.levels) or self.max_points

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_best(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._with_best(vals))

    def _with_best(self, vals):
        """Return values in which levels without a maximum have that of the best of them."""
        self._check_values(vals)  # levels are read before the guard sees them
        if vals.get("levels") and not vals.get("max_points"):
            return {**vals, "max_points": self._get_best(vals["levels"])}
        return vals

    @staticmethod
    def _get_best(text):
        """Return the points of the best of some levels, 0 where they cannot be read."""
        try:
            found = levels.read(text)
        except scoring.ScoringError:
            return 0.0
        return float(found[0].points) if found else 0.0

    @api.constrains("drawn_from", "kind", "points_per_occurrence")
    def _check_drawn(self):
        if any(line.drawn_from and not line._is_measured() for line in self):
            raise ValidationError(
                self.env._("Only quantities, and bonus or deductions counted by occurrence, have a source.")
            )

    @api.constrains("least_value", "target", "lower_is_better")
    def _check_least_value(self):
        for line in self.filtered("least_value"):
            is_beyond = (
                line.least_value < line.target if line.lower_is_better else line.least_value > line.target
            )
            if is_beyond:
                raise ValidationError(
                    self.env._(
                        "%(criterion)s: whoever reaches the target would earn nothing.", criterion=line.name
                    )
                )

    def _explain_steps(self, error):
        return self.env._(
            "%(criterion)s, at %(at)s: %(problem)s",
            criterion=self.name,
            at=error.at,
            problem=tell(self.env, error.reason),
        )

    def copy_data(self, default=None):
        """Keep the people named: the ORM leaves out those an officer without HR rights cannot read."""
        vals_list = super().copy_data(default)
        if "employee_ids" not in (default or {}):
            for line, vals in zip(self, vals_list, strict=True):
                # sudo: emulation.criterion - to whom it applies; the copy applies to the same people
                vals["employee_ids"] = [Command.set(line.sudo().employee_ids.ids)]
        return vals_list

    def _get_leaves(self):
        """Return the criteria themselves, and for each group the criteria below it."""
        leaves = level = self
        while level:
            level = level.child_ids
            leaves |= level
        return leaves.filtered(lambda line: line.kind != "group")

    def _get_stages(self):
        """Return {criterion id: {stage: its markers}} of those of these criteria that somebody marks, in order."""
        # sudo: emulation.criterion.marker - who marks what is no secret
        markers = (
            self.env["emulation.criterion.marker"]
            .sudo()
            .search([("criterion_id.set_id", "in", self.set_id.ids)])
        )
        by_line, found = markers.grouped("criterion_id"), {}
        for line in self if markers else ():
            mine, above = markers.browse(), line
            while above:
                mine |= by_line.get(above, mine.browse())
                above = above.parent_id
            if mine and line.kind != "group":
                found[line.id] = dict(sorted(mine.grouped("stage").items()))
        return found

    def _is_measured(self):
        """Return whether points follow from an actual value instead of being given."""
        return self.kind == "quantity" or self._is_counted()

    def _is_counted(self):
        """Return whether what is entered is how often something happened."""
        return self.kind in ("bonus", "deduction") and self.points_per_occurrence > 0

    def _is_unlimited(self):
        """Return whether any number of points may be given: then its maximum of 0 is none, and is not shown."""
        each = scoring.points(self.points_per_occurrence)
        return scoring.is_unlimited(
            scoring.Criterion(self.id, self.kind, scoring.points(self.max_points), per_occurrence=each)
        )

    def _count_evidence(self, reached):
        """Return how many files a line needs for what was reached, once it brings points.

        One is enough for whatever it shows; where each time is to be shown, one a time.
        """
        self.ensure_one()
        if not self.evidence_required:
            return 0
        is_each = self.evidence_each and self._is_counted()
        return max(math.ceil(reached), 1) if is_each else 1

    def _get_minimums(self, award):
        """Return {criterion id: points needed for a title}; a minimum without a title holds for every title."""
        self.fetch(["name", "minimum_points"])
        minimums = {line.id: line.minimum_points for line in self if line.minimum_points}
        for minimum in self.env["emulation.criterion.minimum"].search_fetch(
            [("criterion_id", "in", self.ids), ("award_id", "=", award.id)], ["criterion_id", "points"]
        ):
            minimums[minimum.criterion_id.id] = max(minimum.points, minimums.get(minimum.criterion_id.id, 0))
        return minimums

    @api.model
    def _get_applies_sql(self):
        """Return the SQL condition: criterion ``c`` applies to sheet ``e``, by its employee, unit and tags today."""
        limits = {
            name: SQL.identifier(self._fields[name].relation)
            for name in ("employee_ids", "department_ids", "job_ids", "category_ids")
        }
        return SQL(
            """
            (NOT EXISTS (SELECT FROM %(people)s l WHERE l.%(own)s = c.id)
             AND NOT EXISTS (SELECT FROM %(units)s l WHERE l.%(own)s = c.id)
             AND NOT EXISTS (SELECT FROM %(jobs)s l WHERE l.%(own)s = c.id)
             AND NOT EXISTS (SELECT FROM %(tags)s l WHERE l.%(own)s = c.id))
            OR EXISTS (SELECT FROM %(people)s l WHERE l.%(own)s = c.id AND l.hr_employee_id = e.employee_id)
            OR EXISTS (SELECT FROM %(units)s l
                         JOIN hr_department above ON above.id = l.hr_department_id
                         JOIN hr_department unit ON unit.id = e.unit_id
                        WHERE l.%(own)s = c.id AND unit.parent_path LIKE above.parent_path || '%%')
            OR EXISTS (SELECT FROM %(jobs)s l
                         JOIN hr_version v ON v.job_id = l.hr_job_id
                         JOIN hr_employee p ON p.current_version_id = v.id
                        WHERE l.%(own)s = c.id AND p.id = e.employee_id)
            OR EXISTS (SELECT FROM %(tags)s l
                         JOIN employee_category_rel t ON t.category_id = l.hr_employee_category_id
                        WHERE l.%(own)s = c.id AND t.employee_id = e.employee_id)
            """,
            people=limits["employee_ids"],
            units=limits["department_ids"],
            jobs=limits["job_ids"],
            tags=limits["category_ids"],
            own=SQL.identifier("emulation_criterion_id"),
        )

    def _get_points_fault(self, *given):
        """Return why this line does not take one of these points, or an empty text."""
        line = self._to_engine()
        try:
            for points in given:
                scoring.check_points(line, points)
        except scoring.ScoringError as error:
            return tell(self.env, error.reason)
        return ""

    def _to_engine(self):
        """Return this line as ``engine.scoring.Criterion``, exact to the hundredth."""
        self.ensure_one()
        return scoring.Criterion(
            key=self.id,
            kind=self.kind,
            max_points=scoring.points(self.max_points),
            weight=scoring.points(self.weight) if self.set_id.scale == "weights" else None,
            target=Decimal(str(self.target)),
            lower_is_better=self.lower_is_better,
            floor=Decimal(str(self.least_value)) if self.least_value else None,
            steps=tuple(step._to_engine() for step in self.step_ids),
            per_occurrence=scoring.points(self.points_per_occurrence),
            minimum=scoring.points(self.minimum_points) if self.minimum_points else None,
            ceilings=tuple(self._iter_ceilings()),
            levels=self._get_levels(),
        )

    def _get_levels(self):
        """Return the levels by name as ``engine.scoring.Level``, the best first; none where any points will do."""
        return levels.read(self.levels) if self.kind == "rating" else ()

    def _list_levels(self):
        """Return the levels by name, with what each is worth where points count."""
        found = self._get_levels()
        return levels.list_names(found) if self.set_id.scale == "levels" else levels.write(found)

    def _get_level_choices(self):
        """Return [[name, points]] for a form in which a level is chosen, the best first."""
        return [[level.name, float(level.points)] for level in self._get_levels()]

    def _name_points(self, given):
        """Return the points of a line as a level by name, with what it is worth where points count; else a figure."""
        name = levels.get_name(self._get_levels(), given)
        figure = format_decimal(scoring.points(given))
        if not name:
            return figure
        return name if self.set_id.scale == "levels" else f"{name} ({figure})"

    def _iter_ceilings(self):
        """Yield the limits of the groups above, the innermost first."""
        for group in self._iter_limiting_groups():
            yield scoring.Ceiling(group.id, scoring.points(group.max_points))

    def _iter_limiting_groups(self):
        """Yield the groups that limit what this bonus or deduction counts, the innermost first."""
        group = self.parent_id if self.kind in ("bonus", "deduction") else self.browse()
        while group:
            if group.max_points:
                yield group
            group = group.parent_id
