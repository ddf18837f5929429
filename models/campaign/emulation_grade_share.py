from odoo import api, fields, models

from ...engine.vietnamese import format_decimal


class EmulationGradeShare(models.Model):
    """How large a share of a unit may have a grade when the unit itself is graded so."""

    _name = "emulation.grade.share"
    _description = "Share of a grade"
    _inherit = ["emulation.set.line.mixin", "emulation.guard.mixin"]
    _set_path = "grade_id.set_id"
    _guard_parent = "grade_id"
    _writable = {"*": {"officer": {"grade_id", "unit_grade", "share"}}}
    _deletable = {"*": "officer"}

    grade_id = fields.Many2one("emulation.grade", required=True, ondelete="cascade", index=True)
    unit_grade = fields.Char(string="Grade of the unit", required=True)
    share = fields.Float(string="Share at most (%)", required=True)
    company_id = fields.Many2one(related="grade_id.company_id", store=True, index=True)

    _share_range = models.Constraint(
        "CHECK (share >= 0 AND share <= 100)", "A share lies between 0 and 100%."
    )
    _unit_grade_uniq = models.Constraint(
        "UNIQUE (grade_id, unit_grade)", "This grade of the unit has its share already."
    )

    @api.depends("unit_grade", "share")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.unit_grade or ''}: {format_decimal(line.share)}%"
