from odoo import fields, models


class EmulationPostGroup(models.Model):
    """A group of equivalent posts, as career contribution counts them (Decree 152/2025/NĐ-CP, Articles 9–26; the
    list of equivalents is the agency's to enter)."""

    _name = "emulation.post.group"
    _description = "Group of posts"
    _inherit = ["emulation.search.mixin", "emulation.guard.mixin"]
    _writable = {"*": {"admin": {"name", "rank", "coefficient", "company_id", "active"}}}
    _deletable = {"*": "admin"}
    _search_key_fields = ("name",)
    _order = "rank desc, id"

    name = fields.Char(required=True, translate=True)
    rank = fields.Integer(
        string="Seniority", required=True, aggregator=None, help="The higher, the more senior."
    )
    coefficient = fields.Char(help="Of the post allowance, for example 0.9 – 1.0.")
    company_id = fields.Many2one("res.company", index=True, help="Empty: shared by all companies.")
    active = fields.Boolean(default=True)
