from odoo import fields, models

MODULE = "hr_emulation"
# What is lost for good, in this order.
LOST = ("emulation.certificate", "emulation.decision", "emulation.commendation", "emulation.campaign")


class BaseModuleUninstall(models.TransientModel):
    """Says before the addon is removed what goes with it, and what to take out first."""

    _inherit = "base.module.uninstall"

    emulation_loss_text = fields.Text(compute="_compute_emulation_loss_text")

    def _compute_emulation_loss_text(self):
        for wizard in self:
            is_ours = MODULE in wizard._get_modules().mapped("name")
            wizard.emulation_loss_text = wizard._get_emulation_loss() if is_ours else False

    def _get_emulation_loss(self):
        """Return how many records of each kind are lost, one a line; empty if there are none."""
        counts = {name: self.env[name].search_count([]) for name in LOST if name in self.env}
        return "\n".join(
            f"{self.env['ir.model']._get(name).name}: {count}" for name, count in counts.items() if count
        )
