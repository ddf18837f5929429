from odoo import fields, models


class EmulationScoreChange(models.Model):
    """A change of points after their step was over: who, when, old, new and why. Never edited."""

    _name = "emulation.score.change"
    _description = "Change of points"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "score_id"
    _write_once = True
    _order = "id desc"

    score_id = fields.Many2one(
        "emulation.score", required=True, ondelete="cascade", index=True, readonly=True
    )
    criterion_id = fields.Many2one(related="score_id.criterion_id")
    company_id = fields.Many2one(related="score_id.company_id", store=True, index=True)
    field_name = fields.Selection(
        [
            ("self_points", "Self points"),
            ("verified_points", "Verified points"),
            ("final_points", "Final points"),
        ],
        string="Points",
        required=True,
        readonly=True,
    )
    old_points = fields.Float(string="Old points", digits=(8, 2), readonly=True)
    new_points = fields.Float(string="New points", digits=(8, 2), readonly=True)
    reason = fields.Char(required=True, readonly=True)
