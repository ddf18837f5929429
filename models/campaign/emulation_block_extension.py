from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..mixin.refusals import GIVE_REASON


class EmulationBlockExtension(models.Model):
    """A later last day for the scores of one member of a block, with the reason: who gave it, and why, is kept."""

    _name = "emulation.block.extension"
    _description = "Extension for a member of a block"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "year_id"
    _writable = {"open": {"officer": {"year_id", "member_id", "date", "reason"}}}
    _write_once = True
    _order = "id desc"
    _rec_name = "member_id"

    year_id = fields.Many2one("emulation.block.year", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="year_id.company_id", store=True, index=True)
    member_id = fields.Many2one("emulation.block.member", required=True, ondelete="restrict", index=True)
    date = fields.Date(string="Until", required=True)
    reason = fields.Char(required=True)

    def _get_roles(self):
        """Nobody gives the unit one heads longer."""
        roles = super()._get_roles()
        led = self.env.user._get_emulation_identity().led
        # sudo: emulation.block.member - which unit it is
        own = {one.id for one in self.sudo() if one.member_id.department_id.id in led}
        return {key: found - {"officer"} if key in own else found for key, found in roles.items()}

    @api.constrains("year_id", "member_id", "date", "reason")
    def _check_extension(self):
        for extension in self:
            if not (extension.reason or "").strip():
                raise ValidationError(self.env._(GIVE_REASON))
            if extension.member_id not in extension.year_id.block_id.member_ids:
                raise ValidationError(self.env._("Only a member of the block has longer to score."))
            common = extension.year_id.score_deadline
            if not common:
                raise ValidationError(self.env._("The year has no last day for scores yet."))
            if extension.date <= common:
                raise ValidationError(self.env._("An extension ends after the deadline of all others."))

    @api.model
    @api.private
    def _get_days(self, years):
        """Return {(year id, member id): the days granted}, in one query."""
        # sudo: emulation.block.extension - until when a member scores is no secret
        days, given = {}, self.sudo().search([("year_id", "in", years.ids)])
        for extension in given:
            days.setdefault((extension.year_id.id, extension.member_id.id), []).append(extension.date)
        return days
