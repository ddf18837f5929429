from odoo import api, models


class EmulationSetLineMixin(models.AbstractModel):
    """A record that belongs to a criterion set: a launched campaign freezes it with its set."""

    _name = "emulation.set.line.mixin"
    _description = "Part of a criterion set"

    # Where the set is found from here.
    _set_path = "set_id"

    def _check_set_unlocked(self):
        self.mapped(self._set_path)._check_unlocked()

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_set_unlocked()
        return lines

    def write(self, vals):
        self._check_set_unlocked()
        result = super().write(vals)
        self._check_set_unlocked()  # nor is a line moved into a set in use
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_locked(self):
        self._check_set_unlocked()
