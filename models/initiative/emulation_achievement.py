from odoo import api, fields, models
from odoo.tools.translate import LazyTranslate

from ..merit.emulation_achievement import DECIDERS
from ..mixin.verb import Verb

_lt = LazyTranslate(__name__)


class EmulationAchievement(models.Model):
    """An initiative comes before the council, may be sent back for a change, and is recognised by a decision."""

    _inherit = "emulation.achievement"
    _verbs = {"return": Verb(("submitted",), "draft", DECIDERS, _lt("Send back for a change"), reason=True)}

    recognition_id = fields.Many2one(
        "emulation.recognition",
        string="Decision on initiatives",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    initiative_item_ids = fields.One2many(
        "emulation.initiative.item", "achievement_id", string="Before the council"
    )
    return_reason = fields.Char(string="To be changed", readonly=True, copy=False)
    can_return = fields.Boolean(compute="_compute_can")

    def action_return(self):
        """Give it back to its author with a reason."""
        return self._ask_reason("return")

    def _get_cannot_return_reason(self):
        return self._check_verb("return")

    def _get_cannot_take_back_reason(self):
        """Return {id: reason}; what a council or a decision has before it stays there."""
        reasons = super()._get_cannot_take_back_reason()
        # sudo: emulation.initiative.item - whether it is before a council, not what was said there
        for achievement in self.sudo().filtered(lambda record: record.id not in reasons):
            is_before = achievement.recognition_id or any(
                item.session_id.state != "closed" or item.outcome == "recognise"
                for item in achievement.initiative_item_ids
            )
            if is_before:
                reasons[achievement.id] = self.env._("The council has it before it.")
        return reasons

    @api.private
    def _do_return(self, reason):
        self._start("return", reason)._finish("return", reason, return_reason=reason)

    def _get_council_item(self):
        """Return the last item by which a council wanted it recognised; may be empty."""
        self.ensure_one()
        wanted = self.initiative_item_ids.filtered(lambda item: item.outcome == "recognise")
        return wanted.sorted("id")[-1:]
