from odoo import api, models

from ..mixin import shipped_texts


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    @api.model
    def _load_module_terms(self, modules, langs, overwrite=False):
        """Bring the Vietnamese texts of the addon that nobody changed: Odoo adds those that are missing only."""
        if shipped_texts.MODULE not in modules or shipped_texts.LANG not in langs:
            return super()._load_module_terms(modules, langs, overwrite=overwrite)
        terms = self.env["emulation.shipped.term"]
        shipped = shipped_texts.read(self.env.cr)
        kept = {} if overwrite else terms._renew(shipped)
        result = super()._load_module_terms(modules, langs, overwrite=overwrite)
        terms._note(shipped, kept)
        return result
