from odoo import api, fields, models


class EmulationBulkResult(models.TransientModel):
    """What a button on many records did, and why some were left out."""

    _name = "emulation.bulk.result"
    _description = "Result of a bulk action"
    _inherit = ["emulation.wizard.mixin"]

    res_model = fields.Char(string="Model", readonly=True)
    done_count = fields.Integer(string="Done", readonly=True)
    skipped_count = fields.Integer(string="Not done", readonly=True)
    line_ids = fields.One2many("emulation.bulk.result.line", "result_id", readonly=True, string="Rows")
    skipped_ids = fields.Json(readonly=True)
    document_model = fields.Char(readonly=True)
    document_id = fields.Many2oneReference(
        model_field="document_model", readonly=True, help="What the others were put on."
    )

    @api.private
    @api.model
    def _open(self, done, skipped, reasons, document=None):
        """Return the action that shows the dialog.

        :param done: the records that went
        :param skipped: the records that did not
        :param dict reasons: {id: reason} of those
        :param document: a record that the others were put on, to be opened from the dialog
        """
        by_reason = {}
        for record_id, reason in reasons.items():
            by_reason.setdefault(reason, []).append(record_id)
        ordered = sorted(by_reason.items(), key=lambda item: -len(item[1]))
        result = self.create(
            {
                "res_model": skipped._name,
                "done_count": len(done),
                "skipped_count": len(reasons),
                "skipped_ids": skipped.ids,
                "document_model": document and document._name,
                "document_id": document and document.id,
                "line_ids": [
                    fields.Command.create({"reason": reason, "count": len(ids), "record_ids": ids})
                    for reason, ids in ordered
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("%(done)s done, %(skipped)s not done", done=len(done), skipped=len(reasons)),
            "res_model": self._name,
            "res_id": result.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    def action_show_skipped(self):
        """Leave the dialog for a list of just the records that were left out."""
        self.ensure_one()
        return self._open_list(self.skipped_ids)

    def action_open_document(self):
        """Leave the dialog for what the others were put on."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.document_model,
            "res_id": self.document_id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _open_list(self, ids):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Not done"),
            "res_model": self.res_model,
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", ids)],
        }


class EmulationBulkResultLine(models.TransientModel):
    """One reason, and how many records it stopped."""

    _name = "emulation.bulk.result.line"
    _description = "Reason in the result of a bulk action"
    _inherit = ["emulation.wizard.mixin"]

    result_id = fields.Many2one("emulation.bulk.result", required=True, ondelete="cascade", index=True)
    reason = fields.Char(readonly=True)
    count = fields.Integer(string="Records", readonly=True)
    record_ids = fields.Json(string="Records concerned", readonly=True)
    record_names = fields.Char(string="For example", compute="_compute_record_names")

    def _compute_record_names(self):
        for line in self:
            model = self.env.get(line.result_id.res_model)
            # Only of what the user may read: the dialog is a record that anybody could fill in.
            few = (
                model.browse((line.record_ids or [])[:3])._filtered_access("read")
                if model is not None
                else []
            )
            line.record_names = ", ".join(record.display_name for record in few)

    def action_show(self):
        self.ensure_one()
        return self.result_id._open_list(self.record_ids)
