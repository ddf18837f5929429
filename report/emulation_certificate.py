from odoo import models

from .workbook import Column


class EmulationCertificate(models.Model):
    _name = "emulation.certificate"
    _inherit = ["emulation.certificate", "emulation.export.mixin"]

    def _get_export_title(self):
        return self.env._("Register of certificates")

    def _get_export_columns(self):
        _ = self.env._
        return [
            Column(_("No."), 6, "whole"),
            Column(_("Number in the register"), 18),
            Column(_("Full name or collective"), 32),
            Column(_("Position"), 22),
            Column(_("Unit"), 32),
            Column(_("Title or form"), 34),
            Column(_("Decision"), 18),
            Column(_("Date"), 12, "date"),
            Column(_("State"), 14),
        ]

    def _get_export_row(self):
        states = dict(self._fields["state"]._description_selection(self.env))
        return (
            self.number,
            self.recipient_name,
            self.position_name,
            self.unit_name,
            self.award_id.name,
            self.decision_id._get_document_number() if self.decision_id else None,
            self.issue_date,
            states[self.state],
        )
