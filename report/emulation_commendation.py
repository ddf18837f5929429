from odoo import models

from ..printing.workbook import Column


class EmulationCommendation(models.Model):
    _name = "emulation.commendation"
    _inherit = ["emulation.commendation", "emulation.export.mixin"]

    def _get_export_title(self):
        return self.env._("List of commendations")

    def _get_export_columns(self):
        return [
            Column(self.env._("No."), 6, "whole"),
            Column(self.env._("Full name or collective"), 32),
            Column(self.env._("Position"), 22),
            Column(self.env._("Unit"), 32),
            Column(self.env._("Title or form"), 34),
            Column(self.env._("Achievement"), 50),
            Column(self.env._("State"), 18),
            Column(self.env._("Decision"), 18),
            Column(self.env._("Date"), 12, "date"),
            Column(self.env._("Prize (đồng)"), 16, "money"),
        ]

    def _get_export_rows(self):
        names = self._get_printed_awards()
        return [record._get_listed_values(names[record]) for record in self]

    def _get_listed_values(self, award):
        """Return the values of one record; ``award`` is the name of its award on paper."""
        decision = self.decision_id
        number = decision._get_document_number() if decision else self.external_decision
        return (
            self._get_recipient_name(),
            self.position_name,
            self.unit_name or self.unit_id.name,
            award,
            self.summary,
            self._get_export_state(),
            number,
            self.granted_date,
            self._get_due_prize() or None,
        )

    def _get_export_state(self):
        return self._get_state_label()
