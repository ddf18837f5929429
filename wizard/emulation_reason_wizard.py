from odoo import api, fields, models
from odoo.exceptions import UserError

# model -> verbs that may be run with a reason; nothing else can be named over RPC
VERBS = {
    "emulation.participation": ("_do_refuse", "_do_withdraw"),
    "emulation.evaluation": ("_do_return",),
    "emulation.criterion.set": ("_do_new_version",),
    "emulation.campaign": ("_do_cancel",),
}


class EmulationReasonWizard(models.TransientModel):
    """Ask for the reason of an action, for any number of records."""

    _name = "emulation.reason.wizard"
    _description = "Reason"

    reason = fields.Char(required=True)
    res_model = fields.Char(required=True)
    res_ids = fields.Json(required=True)
    verb = fields.Char(required=True)

    def _open(self, records, verb):
        """Return the action that asks for a reason and then runs ``verb`` (a ``_do_`` method) on the
        records.
        """
        wizard_context = {
            "default_res_model": records._name,
            "default_res_ids": records.ids,
            "default_verb": verb,
        }
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reason"),
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": wizard_context,
        }

    def action_confirm(self):
        self.ensure_one()
        if self.verb not in VERBS.get(self.res_model, ()):
            raise UserError(self.env._("This action takes no reason."))
        records = self.env[self.res_model].browse(self.res_ids).exists()
        records.check_access("write")
        return getattr(records, self.verb)(self.reason) and True

    @api.private
    def _report(self, records, done, reasons):
        """Say what was skipped and why; a single record that cannot go is an error."""
        if reasons and not done:
            raise UserError("\n".join(dict.fromkeys(reasons.values())))
        if not reasons:
            return True
        message = self.env._(
            "%(done)s done, %(skipped)s skipped: %(reasons)s",
            done=len(done),
            skipped=len(reasons),
            reasons=" · ".join(list(dict.fromkeys(reasons.values()))[:5]),
        )
        params = {
            "type": "warning",
            "message": message,
            "sticky": True,
            "next": {"type": "ir.actions.act_window_close"},
        }
        return {"type": "ir.actions.client", "tag": "display_notification", "params": params}
