from odoo import api, models
from odoo.exceptions import AccessError


class EmulationProtectedMixin(models.AbstractModel):
    """A record not yet on the list of ``emulation.guard.mixin``: fields that only its own actions set are named."""

    _name = "emulation.protected.mixin"
    _inherit = ["emulation.guard.mixin"]
    _description = "Record with fields that only its own actions set"

    _protected_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        model = self if self._has_seal() else self._drop_foreign_defaults()
        for vals in vals_list:
            forged = {name for name in self._protected_fields & vals.keys() if vals[name]}
            defaults = model.default_get(list(forged)) if forged else {}
            self._check_protected({name for name in forged if vals[name] != defaults.get(name)})
        return super(EmulationProtectedMixin, model).create(vals_list).with_env(self.env)

    def write(self, vals):
        self._check_protected(self._protected_fields & vals.keys())
        return super().write(vals)

    def _check_protected(self, names):
        if names and not self._has_seal():
            labels = ", ".join(sorted(self._fields[name]._description_string(self.env) for name in names))
            raise AccessError(
                self.env._("Only the actions of the record can set: %(fields)s.", fields=labels)
            )
