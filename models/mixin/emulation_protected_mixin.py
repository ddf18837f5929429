from odoo import api, models
from odoo.exceptions import AccessError

# The identity of this object is the key: no RPC call can carry it, so nobody outside the code can forge it.
_SEAL = object()


class EmulationProtectedMixin(models.AbstractModel):
    """Fields that only the model's own verbs may set: states, numbers, amounts, links to decisions.

    A model lists them in ``_protected_fields``; its ``_do_`` methods store them through
    ``_write_protected``. Any other ``create`` or ``write`` that names one is refused, whoever asks.
    """

    _name = "emulation.protected.mixin"
    _description = "Record with fields that only its own actions set"

    _protected_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            forged = {name for name in self._protected_fields & vals.keys() if vals[name]}
            self._check_protected(self._without_defaults(forged, vals))
        return super().create(vals_list)

    def write(self, vals):
        self._check_protected(self._protected_fields & vals.keys())
        return super().write(vals)

    def _without_defaults(self, names, vals):
        """Return the names whose value is not simply the default."""
        defaults = self.default_get(list(names)) if names else {}
        return {name for name in names if vals[name] != defaults.get(name)}

    def _has_seal(self):
        """Return whether one of the record's own verbs is writing."""
        return self.env.context.get("emulation_seal") is _SEAL

    def _check_protected(self, names):
        if names and not self._has_seal():
            labels = ", ".join(sorted(self._fields[name]._description_string(self.env) for name in names))
            raise AccessError(
                self.env._("Only the actions of the record can set: %(fields)s.", fields=labels)
            )

    @api.private
    def _with_seal(self):
        """Return the records with the right to set protected fields, for code that writes itself."""
        return self.with_context(emulation_seal=_SEAL)

    @api.private
    def _write_protected(self, vals):
        """Write protected fields; the only way in."""
        self._with_seal().write(vals)

    @api.private
    def _create_protected(self, vals_list):
        """Create records with protected fields set; returns them without the seal."""
        seal = self.with_context(emulation_seal=_SEAL)
        return seal.create(vals_list).with_context(emulation_seal=None)
