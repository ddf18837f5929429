from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.mixin.actions import open_dialog


class EmulationReasonWizard(models.TransientModel):
    """Ask for the reason of a verb, for any number of records of any model."""

    _name = "emulation.reason.wizard"
    _description = "Reason"
    _inherit = ["emulation.wizard.mixin"]

    reason = fields.Char(required=True, help="Whoever it concerns reads it.")
    res_model = fields.Char(string="Model", required=True)
    res_ids = fields.Json(string="Record ids", required=True)
    verb = fields.Char(required=True)
    count = fields.Integer(string="Records", compute="_compute_count")

    @api.depends("res_ids")
    def _compute_count(self):
        for wizard in self:
            wizard.count = len(wizard.res_ids or [])

    @api.private
    def _open(self, records, verb):
        """Return the action that asks for a reason and then runs the verb on the records."""
        return open_dialog(
            self._name,
            {
                "default_res_model": records._name,
                "default_res_ids": records.ids,
                "default_verb": verb,
            },
            str(self._get_label(records, verb)),
        )

    @api.model
    def _get_label(self, model, verb):
        """Return the name of a verb of people that takes a reason; None for anything else."""
        step = model._get_verbs().get(verb) if hasattr(model, "_get_verbs") else None
        if step is not None:
            return step.label if step.reason and not step.document else None
        return getattr(model, "_reasoned", {}).get(verb)

    def action_confirm(self):
        """Run the verb; the dialog is only a form and gives nobody a right they have not.

        :raises UserError: no verb of people that takes a reason has this name
        """
        self.ensure_one()
        model = self.env.get(self.res_model)
        if model is None or self._get_label(model, self.verb) is None:
            raise UserError(self.env._("This action takes no reason."))
        records = model.browse(id_ for id_ in self.res_ids if isinstance(id_, int)).exists()
        if self.verb in getattr(model, "_reasoned", {}):
            records.check_access("write")
            return bool(getattr(records, f"_do_{self.verb}")(self.reason))
        return records._run_verb(self.verb, reason=self.reason)
