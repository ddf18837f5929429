from odoo import api, fields, models
from odoo.exceptions import ValidationError


class EmulationBlockScore(models.Model):
    """Points one member gives another, or itself (chấm chéo, tự chấm); only those of others make the ranking."""

    _name = "emulation.block.score"
    _description = "Cross score in a cluster or block"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "year_id"
    _writable = {"open": {"officer owner": {"year_id", "scorer_id", "member_id", "points", "note"}}}
    _deletable = {"open": "officer owner"}
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

    def _get_roles(self):
        """Add "owner" where the user acts for the member that scores."""
        roles = super()._get_roles()
        # sudo: emulation.block.member - for whom the user scores; only the own role leaves
        mine = set(self.sudo().scorer_id.with_user(self.env.user).sudo().filtered("is_mine").ids)
        return {
            score.id: roles[score.id] | ({"owner"} if score.scorer_id.id in mine else frozenset())
            for score in self.sudo()
        }

    @api.model
    def _get_role_fields(self):
        return super()._get_role_fields() | {"scorer_id"}

    @api.constrains("points", "scorer_id", "member_id", "year_id")
    def _check_score(self):
        for score in self.sudo():  # sudo: emulation.block.year - its members and maximum
            if score.year_id.state == "acclaimed":
                raise ValidationError(self.env._("The leader is elected: scores are closed."))
            if (score.scorer_id | score.member_id) - score.year_id.block_id.member_ids:
                raise ValidationError(self.env._("Only members of the block score one another."))
            if not 0 <= score.points <= score.year_id.maximum:
                raise ValidationError(
                    self.env._("Points lie between 0 and %(maximum)s.", maximum=score.year_id.maximum)
                )
