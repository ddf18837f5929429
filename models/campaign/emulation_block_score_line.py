from odoo import api, fields, models
from odoo.exceptions import ValidationError


class EmulationBlockScoreLine(models.Model):
    """Points for one criterion on the sheet of a member of a block."""

    _name = "emulation.block.score.line"
    _description = "Points for a criterion in a cluster or block"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "score_id"
    _writable = {"open": {"officer owner": {"score_id", "criterion_id", "points"}}}
    _deletable = {"open": "officer owner"}
    _order = "score_id, sequence, id"

    score_id = fields.Many2one("emulation.block.score", required=True, ondelete="cascade", index=True)
    criterion_id = fields.Many2one("emulation.criterion", required=True, ondelete="restrict", index=True)
    sequence = fields.Integer(related="criterion_id.sequence", store=True, aggregator=None)
    company_id = fields.Many2one(related="score_id.company_id", store=True, index=True)
    max_points = fields.Float(related="criterion_id.max_points")
    level_choices = fields.Json(string="Levels by name", compute="_compute_level_choices")
    points = fields.Float(digits=(8, 2), required=True)

    _criterion_uniq = models.Constraint(
        "UNIQUE (score_id, criterion_id)", "This criterion is already on the sheet."
    )

    @api.depends("criterion_id")
    def _compute_level_choices(self):
        for line in self:
            # sudo: emulation.criterion - which levels there are
            line.level_choices = line.criterion_id.sudo()._get_level_choices()

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.score_id._sum_lines()
        return lines

    def write(self, vals):
        result = super().write(vals)
        self.score_id._sum_lines()
        return result

    def unlink(self):
        scores = self.score_id
        result = super().unlink()
        scores.exists()._sum_lines()
        return result

    @api.constrains("points", "criterion_id", "score_id")
    def _check_points(self):
        for line in self.sudo():  # sudo: emulation.criterion - the criteria of the year and their limits
            if line.criterion_id.set_id != line.score_id.year_id.set_id or line.criterion_id.kind == "group":
                raise ValidationError(self.env._("The criterion belongs to another criterion set."))
            if fault := line.criterion_id._get_points_fault(line.points):
                raise ValidationError(
                    self.env._("%(criterion)s: %(reason)s", criterion=line.criterion_id.name, reason=fault)
                )
