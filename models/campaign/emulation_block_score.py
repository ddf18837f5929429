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
    is_own_hand = fields.Boolean(
        string="Given by the member itself", readonly=True, copy=False, help="Else an officer entered it."
    )

    _pair_uniq = models.Constraint(
        "UNIQUE (year_id, scorer_id, member_id)", "This member has scored that one already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        scores = super().create(vals_list)
        scores._note_hand()
        return scores

    def write(self, vals):
        result = super().write(vals)
        if "points" in vals:
            self._note_hand()
        return result

    def _note_hand(self):
        """Keep whether the member itself gave the points: then nobody else changes them."""
        if not self._has_seal():
            roles = self._get_roles()
            self.filtered(lambda score: "owner" in roles[score.id])._write_protected({"is_own_hand": True})

    def _get_roles(self):
        """Whoever acts for the member that scores is "owner"; an officer enters what no member gave itself."""
        roles = super()._get_roles()
        # sudo: emulation.block.member - for whom the user scores; only the own role leaves
        mine = set(self.sudo().scorer_id.with_user(self.env.user).sudo().filtered("is_mine").ids)
        found = {}
        # sudo: emulation.block.score - for whom it scores, and who entered it
        for score in self.sudo():
            if score.scorer_id.id in mine:
                found[score.id] = roles[score.id] | {"owner"}
            else:
                found[score.id] = roles[score.id] - ({"officer"} if score.is_own_hand else frozenset())
        return found

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
