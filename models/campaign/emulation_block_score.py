from odoo import api, fields, models
from odoo.exceptions import ValidationError


class EmulationBlockScore(models.Model):
    """Points one member gives another (chấm chéo)."""

    _name = "emulation.block.score"
    _description = "Cross score in a cluster or block"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "year_id"
    _writable = {"open": {"officer": {"year_id", "scorer_id", "member_id", "points", "note"}}}
    _deletable = {"open": "officer"}
    _order = "year_id, member_id, scorer_id"

    year_id = fields.Many2one("emulation.block.year", required=True, ondelete="cascade", index=True)
    block_id = fields.Many2one(related="year_id.block_id")
    company_id = fields.Many2one(related="year_id.company_id", store=True, index=True)
    scorer_id = fields.Many2one(
        "emulation.block.member", string="Scored by", required=True, ondelete="restrict"
    )
    member_id = fields.Many2one("emulation.block.member", required=True, ondelete="restrict")
    points = fields.Float(digits=(8, 2), required=True)
    note = fields.Char()

    _pair_uniq = models.Constraint(
        "UNIQUE (year_id, scorer_id, member_id)", "This member has scored that one already."
    )
    _not_oneself = models.Constraint("CHECK (scorer_id <> member_id)", "A member does not score itself.")

    @api.constrains("points", "scorer_id", "member_id", "year_id")
    def _check_score(self):
        for score in self:
            if score.year_id.state == "acclaimed":
                raise ValidationError(self.env._("The leader is elected: scores are closed."))
            if (score.scorer_id | score.member_id) - score.year_id.block_id.member_ids:
                raise ValidationError(self.env._("Only members of the block score one another."))
            if not 0 <= score.points <= score.year_id.maximum:
                raise ValidationError(
                    self.env._("Points lie between 0 and %(maximum)s.", maximum=score.year_id.maximum)
                )
