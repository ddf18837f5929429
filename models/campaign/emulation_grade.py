from odoo import fields, models


class EmulationGrade(models.Model):
    _name = "emulation.grade"
    _description = "Grade"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "set_id"
    _writable = {"*": {"officer": {"set_id", "name", "min_points", "rating"}}}
    _deletable = {"*": "officer"}
    _order = "set_id, min_points desc"

    set_id = fields.Many2one("emulation.criterion.set", required=True, ondelete="cascade", index=True)
    name = fields.Char(required=True)
    min_points = fields.Float(required=True, help="From this total on.")
    rating = fields.Selection(
        [
            ("excellent", "Excellent"),
            ("good", "Good"),
            ("completed", "Completed"),
            ("not_completed", "Not completed"),
        ],
        help="The yearly rating this grade stands for.",
    )
    company_id = fields.Many2one(related="set_id.company_id", store=True, index=True)
