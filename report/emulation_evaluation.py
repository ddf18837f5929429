from odoo import models

from ..printing.workbook import Column


class EmulationEvaluation(models.Model):
    _name = "emulation.evaluation"
    _inherit = ["emulation.evaluation", "emulation.export.mixin"]

    def _get_export_title(self):
        return self.env._("Emulation results")

    def _get_export_columns(self):
        return [
            Column(self.env._("No."), 6, "whole"),
            Column(self.env._("Full name or collective"), 32),
            Column(self.env._("Unit"), 32),
            Column(self.env._("Campaign"), 40),
            Column(self.env._("Review round"), 28),
            Column(self.env._("Self score"), 12, "number"),
            Column(self.env._("Verified score"), 12, "number"),
            Column(self.env._("Final score"), 12, "number"),
            Column(self.env._("Levels given"), 18),
            Column(self.env._("Grade"), 26),
            Column(self.env._("Rank"), 8, "whole"),
        ]

    def _get_export_row(self):
        return (
            self.participation_id._get_recipient_name(),
            self.unit_id.name,
            self.campaign_id.name,
            self.review_id.name,
            *self._get_export_totals(),
            self.levels_text or None,
            self.grade_id.name,
            self.rank or None,
        )

    def _get_export_totals(self):
        """Return the three totals; levels by name have none."""
        if self.scale == "levels":
            return (None, None, None)
        return (self.self_total, self.verified_total, self.final_total)
