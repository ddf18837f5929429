from odoo import models

from ..mixin.emulation_role_mixin import ADMIN_GROUP


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """Show the log of readings to those whose rule lets them read it: the head of an agency has no group."""
        hidden = super()._load_menus_blacklist()
        user = self.env.user
        if not user.has_group(ADMIN_GROUP) and not user.company_ids._get_emulation_headed_by(user):
            hidden.append(self.env.ref("hr_emulation.menu_emulation_restriction_reading").id)
        return hidden
