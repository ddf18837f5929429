from odoo import api, models


class IrDefault(models.Model):
    """What people set as their default is a way to give a value: it holds only where values are given.

    Everybody may set defaults of one's own, for any field; a record of a guarded model is not born with one that
    nobody may give it.
    """

    _inherit = "ir.default"

    @api.model
    def _get_model_defaults(self, model_name, condition=False):
        found = super()._get_model_defaults(model_name, condition)
        model = self.env.get(model_name)
        if not found or not isinstance(model, self.env.registry["emulation.guard.mixin"]):
            return found
        allowed = model._get_creatable()
        return {name: value for name, value in found.items() if name in allowed}

    @api.model
    def _get_emulation_personal(self, model_name):
        """Return the names of the fields of a model for which the current user keeps a default of one's own."""
        if not self._get_model_defaults(model_name):
            return set()
        # sudo: ir.default - the user's own; only names of fields leave
        own = self.sudo().search([("user_id", "=", self.env.uid), ("field_id.model", "=", model_name)])
        return set(own.field_id.mapped("name"))
