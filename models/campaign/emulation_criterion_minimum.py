from odoo import api, fields, models

from ...engine.vietnamese import format_decimal


class EmulationCriterionMinimum(models.Model):
    """Points of a criterion below which a recipient is not proposed for one title."""

    _name = "emulation.criterion.minimum"
    _description = "Minimum of a criterion for a title"
    _inherit = ["emulation.set.line.mixin", "emulation.guard.mixin"]
    _set_path = "criterion_id.set_id"
    _guard_parent = "criterion_id"
    _writable = {"*": {"officer": {"criterion_id", "award_id", "points"}}}
    _deletable = {"*": "officer"}
    _order = "criterion_id, id"

    criterion_id = fields.Many2one("emulation.criterion", required=True, ondelete="cascade", index=True)
    award_id = fields.Many2one("emulation.award", required=True, ondelete="cascade", index=True)
    points = fields.Float(required=True)
    company_id = fields.Many2one(related="criterion_id.company_id", store=True, index=True)

    _award_uniq = models.Constraint(
        "UNIQUE (criterion_id, award_id)", "This criterion already has a minimum for that title."
    )
    _points_positive = models.Constraint("CHECK (points > 0)", "A minimum is above 0.")

    @api.depends("award_id", "points")
    def _compute_display_name(self):
        for minimum in self:
            minimum.display_name = f"{minimum.award_id.name or ''} ≥ {format_decimal(minimum.points)}"

    def write(self, vals):
        result = super().write(vals)
        self.criterion_id._check_minimum()
        return result
