from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    emulation_digest_on = fields.Date(
        string="Last emulation digest", copy=False, groups="base.group_system", help="At most one mail a day."
    )
