from odoo import api, fields, models


class EmulationCommendationReason(models.TransientModel):
    """Asks why, before returning or rejecting proposals."""

    _name = "emulation.commendation.reason"
    _description = "Reason for returning or rejecting"

    verb = fields.Selection([("return", "Return"), ("reject", "Reject")], required=True)
    reason = fields.Char(required=True, help="The proposer reads it.")
    commendation_ids = fields.Many2many("emulation.commendation", required=True)
    count = fields.Integer(string="Proposals", compute="_compute_count")

    @api.depends("commendation_ids")
    def _compute_count(self):
        for wizard in self:
            wizard.count = len(wizard.commendation_ids)

    @api.model
    def _get_verb_label(self, verb):
        return dict(self._fields["verb"]._description_selection(self.env))[verb]

    def action_confirm(self):
        self.ensure_one()
        return self.commendation_ids._run_verb(self.verb, reason=self.reason)
