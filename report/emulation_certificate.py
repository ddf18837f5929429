from odoo import models

from ..printing.workbook import Column


class EmulationCertificate(models.Model):
    _name = "emulation.certificate"
    _inherit = ["emulation.certificate", "emulation.export.mixin"]

    def _get_export_title(self):
        return self.env._("Register of certificates")

    def _get_export_columns(self):
        return [
            Column(self.env._("No."), 6, "whole"),
            Column(self.env._("Number in the register"), 18),
            Column(self.env._("Full name or collective"), 32),
            Column(self.env._("Position"), 22),
            Column(self.env._("Unit"), 32),
            Column(self.env._("Title or form"), 34),
            Column(self.env._("Decision"), 18),
            Column(self.env._("Date"), 12, "date"),
            Column(self.env._("State"), 14),
        ]

    def _get_export_row(self):
        states = dict(self._fields["state"]._description_selection(self.env))
        return (
            self.number,
            self.recipient_name,
            self.position_name,
            self.unit_name,
            self.award_name or self.award_id.name,
            self.decision_id._get_document_number() if self.decision_id else None,
            self.issue_date,
            states[self.state],
        )
