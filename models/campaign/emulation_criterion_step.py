from decimal import Decimal

from odoo import api, fields, models

from ...engine import scoring
from ...engine.vietnamese import format_decimal


class EmulationCriterionStep(models.Model):
    """A step of a quantity: from a value (included) up to a value (excluded) these points."""

    _name = "emulation.criterion.step"
    _description = "Step of a criterion"
    _inherit = ["emulation.set.line.mixin", "emulation.guard.mixin"]
    _set_path = "criterion_id.set_id"
    _guard_parent = "criterion_id"
    _writable = {"*": {"officer": {"criterion_id", "start", "end", "is_open", "points"}}}
    _deletable = {"*": "officer"}
    _order = "criterion_id, start"

    criterion_id = fields.Many2one("emulation.criterion", required=True, ondelete="cascade", index=True)
    start = fields.Float(string="From", required=True)
    end = fields.Float(string="Up to (excluded)")
    is_open = fields.Boolean(string="No upper end")
    points = fields.Float(required=True)
    company_id = fields.Many2one(related="criterion_id.company_id", store=True, index=True)

    @api.depends("start", "end", "is_open", "points")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for step in self:
            start, end, points = map(format_decimal, (step.start, step.end, step.points))
            step.display_name = (
                self.env._("from %(start)s on: %(points)s", start=start, points=points)
                if step.is_open
                else self.env._(
                    "from %(start)s to below %(end)s: %(points)s", start=start, end=end, points=points
                )
            )

    def write(self, vals):
        result = super().write(vals)
        self.criterion_id._check_steps()
        return result

    def _to_engine(self):
        end = None if self.is_open else Decimal(str(self.end))
        return scoring.Step(Decimal(str(self.start)), end, scoring.points(self.points))
