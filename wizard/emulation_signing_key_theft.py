from odoo import fields, models


class EmulationSigningKeyTheft(models.TransientModel):
    """Since when somebody else may sign with a key, and what happened."""

    _name = "emulation.signing.key.theft"
    _description = "Report of a stolen key"
    _inherit = ["emulation.wizard.mixin"]

    key_ids = fields.Many2many("emulation.signing.key", string="Signing keys", required=True)
    since = fields.Date(string="Stolen since", required=True, default=fields.Date.context_today)
    note = fields.Char(string="What happened", required=True)

    def action_report(self):
        """Report the keys as stolen; whoever checks a code without the server is warned from now on."""
        self.ensure_one()
        self.key_ids._do_report_stolen(self.since, self.note)
        return {"type": "ir.actions.act_window_close"}
