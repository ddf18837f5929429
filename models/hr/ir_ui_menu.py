from odoo import models

from ..mixin.emulation_role_mixin import ADMIN_GROUP, OFFICER_GROUP

READINGS = "hr_emulation.menu_emulation_restriction_reading"
# Begun by officers: until then nobody else has anything to look for there.
BLOCKS = ("hr_emulation.menu_emulation_block", "hr_emulation.menu_emulation_block_year")


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """Hide the log of readings from whose rule lets them read nothing of it (the head of an agency has no group),
        and clusters and blocks where there are none."""
        hidden, user = super()._load_menus_blacklist(), self.env.user
        if not user.has_group(ADMIN_GROUP) and not user.company_ids._get_emulation_headed_by(user):
            hidden.append(self.env.ref(READINGS).id)
        # sudo: emulation.block - whether there is one, to hide menus
        if not user.has_group(OFFICER_GROUP) and not self.env["emulation.block"].sudo().search_count(
            [], limit=1
        ):
            hidden += [self.env.ref(name).id for name in BLOCKS]
        return hidden
