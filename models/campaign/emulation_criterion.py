from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...engine import scoring


class EmulationCriterion(models.Model):
    """A line of a scoring sheet; groups hold others and give the sheet its tree."""

    _name = "emulation.criterion"
    _description = "Criterion"
    _order = "set_id, sequence, id"

    set_id = fields.Many2one("emulation.criterion.set", required=True, ondelete="cascade", index=True)
    parent_id = fields.Many2one(
        "emulation.criterion",
        string="Group",
        ondelete="cascade",
        index=True,
        domain="[('set_id', '=', set_id), ('kind', '=', 'group')]",
    )
    child_ids = fields.One2many("emulation.criterion", "parent_id")
    sequence = fields.Integer(default=10, aggregator=None)
    code = fields.Char()
    name = fields.Char(required=True)
    guidance = fields.Text()
    kind = fields.Selection(
        [
            ("group", "Group"),
            ("quantity", "Quantity"),
            ("rating", "Rating"),
            ("yes_no", "Yes or no"),
            ("bonus", "Bonus"),
            ("deduction", "Deduction"),
        ],
        required=True,
        default="rating",
    )
    max_points = fields.Float(help="Points at most; for a deduction, points taken off at most.")
    weight = fields.Float(help="What the full mark counts in the total, where the set uses weights.")
    minimum_points = fields.Float(
        help="Below this the recipient does not qualify for a title; 0: no minimum."
    )
    unit_of_measure = fields.Char()
    target = fields.Float()
    lower_is_better = fields.Boolean()
    source_ids = fields.One2many(
        "emulation.criterion.source",
        "criterion_id",
        string="Automatic source",
        groups="hr_emulation.group_emulation_admin",
    )
    step_ids = fields.One2many("emulation.criterion.step", "criterion_id", copy=True)
    points_per_occurrence = fields.Float(help="For a deduction: points taken off each time.")
    evidence_required = fields.Boolean()
    company_id = fields.Many2one(related="set_id.company_id", store=True, index=True)

    _points_not_negative = models.Constraint(
        "CHECK (max_points >= 0 AND weight >= 0 AND points_per_occurrence >= 0 AND minimum_points >= 0)",
        "Points cannot be negative; a deduction is entered as the points taken off.",
    )

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A criterion cannot be its own group."))
        if any(line.parent_id and line.parent_id.set_id != line.set_id for line in self):
            raise ValidationError(self.env._("The group belongs to another criterion set."))

    @api.constrains("step_ids", "max_points", "kind")
    def _check_steps(self):
        for criterion in self.filtered("step_ids"):
            try:
                scoring.check_steps(criterion._to_engine().steps, Decimal(str(criterion.max_points)))
            except scoring.ScoringError as error:
                raise ValidationError(criterion._explain_steps(error)) from error

    def _explain_steps(self, error):
        texts = {
            "step_inverted": self.env._("A step ends before it starts."),
            "step_out_of_range": self.env._("A step gives more than the maximum, or less than nothing."),
            "steps_overlap": self.env._("Two steps overlap."),
            "steps_gap": self.env._("Between two steps there is a gap."),
        }
        return self.env._(
            "%(criterion)s, at %(at)s: %(problem)s",
            criterion=self.name,
            at=error.values["at"],
            problem=texts[error.reason],
        )

    @api.model_create_multi
    def create(self, vals_list):
        criteria = super().create(vals_list)
        criteria.set_id._check_unlocked()
        return criteria

    def write(self, vals):
        self.set_id._check_unlocked()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_locked(self):
        self.set_id._check_unlocked()

    def _is_measured(self):
        """Return whether points follow from an actual value instead of being given."""
        return self.kind == "quantity" or (self.kind == "deduction" and self.points_per_occurrence > 0)

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
            steps=tuple(step._to_engine() for step in self.step_ids),
            per_occurrence=scoring.points(self.points_per_occurrence),
            minimum=scoring.points(self.minimum_points) if self.minimum_points else None,
        )
