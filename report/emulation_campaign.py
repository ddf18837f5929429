from odoo import models


class EmulationCampaign(models.Model):
    _inherit = "emulation.campaign"

    def action_export_xlsx(self):
        """Return the results of the selected campaigns as a workbook."""
        evaluations = self.env["emulation.evaluation"].search([("campaign_id", "in", self.ids)])
        return evaluations.sorted(
            lambda e: (e.campaign_id.id, e.review_id.id, e.rank or 10**9)
        ).action_export_xlsx()
