from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...engine import grading
from ...engine.vietnamese import format_decimal
from ..mixin.labels import get_labels

COUNTING = ("full_lines", "weak_lines")


class EmulationGradeCondition(models.Model):
    """A sentence of the regulation about one grade: a limit, a count of lines, or what rules better grades out."""

    _name = "emulation.grade.condition"
    _description = "Condition of a grade"
    _inherit = ["emulation.set.line.mixin", "emulation.guard.mixin"]
    _set_path = "grade_id.set_id"
    _guard_parent = "grade_id"
    _writable = {"*": {"officer": {"grade_id", "kind", "criterion_ids", "value", "level", "count"}}}
    _deletable = {"*": "officer"}

    grade_id = fields.Many2one("emulation.grade", required=True, ondelete="cascade", index=True)
    set_id = fields.Many2one(related="grade_id.set_id")
    kind = fields.Selection(
        [
            ("least", "Points at least"),
            ("most", "Points at most"),
            ("full_lines", "Lines reaching a share of their points, or a level: at least"),
            ("weak_lines", "Lines below a share of their points, or a level: at most"),
            ("parts", "Every period has this grade, except at most"),
            ("knock_most", "No better grade above these points"),
            ("knock_least", "No better grade below these points"),
            ("lower_most", "One grade lower above these points"),
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
    level = fields.Char(
        string="Or this level",
        help="Where lines are counted: a level by name instead of a share of the points; it or a better one reaches "
        "it. Lines without such a level are not counted.",
    )
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

    @api.constrains("level", "kind", "criterion_ids")
    def _check_level(self):
        for line in self.filtered("set_id.criterion_ids")._filter_unknown_level():
            raise ValidationError(line._get_unknown_level_text())

    def _get_unknown_level_text(self):
        return self.env._(
            "Grade “%(grade)s”: no criterion has a level “%(level)s”.",
            grade=self.grade_id.name,
            level=self.level,
        )

    def _filter_unknown_level(self):
        """Return the conditions that count a level nobody can be given: never reached, or always."""
        unknown = self.browse()
        for line in self.filtered(lambda line: line.level and line.kind in COUNTING):
            looked_at = line.criterion_ids._get_leaves() or line.set_id.criterion_ids
            if line.level not in {level.name for one in looked_at for level in one._get_levels()}:
                unknown |= line
        return unknown

    @api.depends("kind", "criterion_ids", "value", "level", "count")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = get_labels(self, "kind")
        for line in self:
            names = ", ".join(line.criterion_ids.mapped("name"))
            if line.kind in COUNTING:
                told = line._describe_count()
            else:
                figure = line.count if line.kind == "parts" else line.value
                told = f"{kinds[line.kind]} {format_decimal(figure)}"
            line.display_name = f"{told} ({names})" if names else told

    def _get_asked_lines(self):
        """Return the criteria whose points these conditions look at."""
        asked = self.filtered(lambda line: line.kind != "parts")
        every = asked.filtered(lambda line: not line.criterion_ids).set_id.criterion_ids
        return (asked.criterion_ids | every)._get_leaves()

    def _describe_count(self):
        """Return what a condition that counts lines asks for."""
        mark = self.level or f"{format_decimal(self.value)}%"
        if self.kind == "full_lines":
            return self.env._("At least %(count)s lines at %(mark)s", count=self.count, mark=mark)
        if not self.count:
            return self.env._("No line below %(mark)s", mark=mark)
        return self.env._("At most %(count)s lines below %(mark)s", count=self.count, mark=mark)

    def _to_engine(self):
        """Return the condition for ``engine.grading``; a group stands for the lines below it."""
        self.ensure_one()
        return grading.Condition(
            self.kind,
            frozenset(self.criterion_ids._get_leaves().ids),
            Decimal(str(self.value)),
            self.count,
            ", ".join(self.criterion_ids.mapped("name")) or self.env._("All lines"),
            (self.kind in COUNTING and self.level) or "",
        )
