from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...engine import grading
from ...engine.vietnamese import format_decimal


class EmulationGradeCondition(models.Model):
    """A sentence of the regulation about one grade: a limit, a count of lines, or what rules better grades out."""

    _name = "emulation.grade.condition"
    _description = "Condition of a grade"
    _inherit = ["emulation.set.line.mixin", "emulation.guard.mixin"]
    _set_path = "grade_id.set_id"
    _guard_parent = "grade_id"
    _writable = {"*": {"officer": {"grade_id", "kind", "criterion_ids", "value", "count"}}}
    _deletable = {"*": "officer"}

    grade_id = fields.Many2one("emulation.grade", required=True, ondelete="cascade", index=True)
    set_id = fields.Many2one(related="grade_id.set_id")
    kind = fields.Selection(
        [
            ("least", "Points at least"),
            ("most", "Points at most"),
            ("full_lines", "Lines reaching a share of their points: at least"),
            ("weak_lines", "Lines below a share of their points: at most"),
            ("parts", "Every period has this grade, except at most"),
            ("knock_most", "No better grade above these points"),
            ("knock_least", "No better grade below these points"),
        ],
        required=True,
        default="least",
    )
    criterion_ids = fields.Many2many(
        "emulation.criterion",
        "emulation_grade_condition_criterion_rel",
        string="Criteria or groups",
        domain="[('set_id', '=', set_id)]",
        copy=False,  # a copy of the set has criteria of its own
        help="Empty: all lines of the sheet.",
    )
    value = fields.Float(string="Points or %")
    count = fields.Integer(string="How many", aggregator=None)
    company_id = fields.Many2one(related="grade_id.company_id", store=True, index=True)

    _not_negative = models.Constraint(
        "CHECK (value >= 0 AND count >= 0)", "A condition takes no negative figures."
    )

    @api.constrains("criterion_ids", "grade_id")
    def _check_same_set(self):
        for line in self:
            if line.criterion_ids.set_id - line.grade_id.set_id:
                raise ValidationError(self.env._("The criteria belong to another criterion set."))

    @api.depends("kind", "criterion_ids", "value", "count")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for line in self:
            figure = line.value if line.kind in ("least", "most", "knock_most", "knock_least") else line.count
            names = ", ".join(line.criterion_ids.mapped("name"))
            line.display_name = f"{kinds[line.kind]} {format_decimal(figure)}" + (
                f" ({names})" if names else ""
            )

    def _to_engine(self):
        """Return the condition for ``engine.grading``; a group stands for the lines below it."""
        self.ensure_one()
        return grading.Condition(
            self.kind,
            frozenset(self.criterion_ids._get_leaves().ids),
            Decimal(str(self.value)),
            self.count,
            ", ".join(self.criterion_ids.mapped("name")) or self.env._("All lines"),
        )
