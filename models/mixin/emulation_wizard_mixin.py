from odoo import api, models

from .naming import check_named


class EmulationWizardMixin(models.AbstractModel):
    """A form that is thrown away tells nothing its user may not read.

    It names records the user reads only, and what it works out of them, it works out with the rights of the user: no
    field of such a form is computed, or related, in superuser mode.
    """

    _name = "emulation.wizard.mixin"
    _description = "Form that answers as its user"

    @api.model_create_multi
    def create(self, vals_list):
        check_named(self, vals_list)
        return super().create(vals_list)

    def write(self, vals):
        check_named(self, [vals])
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        check_named(self, [values])
        return super().onchange(values, field_names, fields_spec)
