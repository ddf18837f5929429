from odoo import models


class EmulationDecision(models.Model):
    _inherit = "emulation.decision"

    def action_export_xlsx(self):
        """Return the annex list of the selected decisions as a workbook."""
        return self.commendation_ids.action_export_xlsx()
