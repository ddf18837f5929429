from odoo import fields, models


class EmulationOccasion(models.Model):
    _name = "emulation.occasion"
    _description = "Anniversary"
    _inherit = ["emulation.search.mixin", "emulation.guard.mixin"]
    _search_key_fields = ("name",)
    _order = "date"
    _writable = {"*": {"officer admin": {"name", "date", "origin_date", "company_id"}}}
    _deletable = {"*": "officer admin"}

    name = fields.Char(required=True)
    date = fields.Date(help="The day celebrated.")
    origin_date = fields.Date(string="Origin date", help="The day of the event itself.")
    # Officers keep their own agency's; a shared one is the administrator's.
    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self._get_default_company(),
        help="Empty: shared by all companies.",
    )
