from odoo import models


class EmulationCampaign(models.Model):
    _name = "emulation.campaign"
    _inherit = ["emulation.campaign", "emulation.search.mixin"]
    _search_key_fields = ("name", "theme", "number")
