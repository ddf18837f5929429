from odoo import fields, models


class EmulationScoreMark(models.Model):
    """What a marker gave a line: who, when, at which stage, what stood there before and why. Never edited."""

    _name = "emulation.score.mark"
    _description = "Mark of a line"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "score_id"
    _write_once = True
    _order = "id"

    score_id = fields.Many2one(
        "emulation.score", required=True, ondelete="cascade", index=True, readonly=True
    )
    criterion_id = fields.Many2one(related="score_id.criterion_id")
    level_choices = fields.Json(string="Levels by name", related="score_id.level_choices")
    company_id = fields.Many2one(related="score_id.company_id", store=True, index=True)
    stage = fields.Integer(string="Marking stage", readonly=True, aggregator=None)
    marker_name = fields.Char(string="Marked by", readonly=True, required=True)
    former_points = fields.Float(string="Before", digits=(8, 2), readonly=True)
    points = fields.Float(digits=(8, 2), readonly=True)
    reason = fields.Char(readonly=True)
