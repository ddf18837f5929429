from odoo import fields, models


class EmulationAbsenceType(models.Model):
    """Why somebody is away: leave, a course, a secondment; and what the law takes for work all the same."""

    _name = "emulation.absence.type"
    _description = "Kind of absence"
    _inherit = ["emulation.search.mixin", "emulation.guard.mixin", "emulation.shipped.mixin"]
    _writable = {"*": {"admin": {"name", "sequence", "role", "counts", "article", "active"}}}
    _deletable = {"*": "admin"}
    _shipped_fields = ("name", "sequence", "role", "counts", "article")
    _search_key_fields = ("name",)
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10, aggregator=None)
    role = fields.Selection(
        [("leave", "Leave"), ("study", "Course"), ("away", "Secondment")], required=True, default="leave"
    )
    counts = fields.Boolean(
        string="Counts as leave",
        default=True,
        help="Off for what the law takes for work, as maternity leave (Decree 152/2025/NĐ-CP, Article 4(5)).",
    )
    article = fields.Char()
    active = fields.Boolean(default=True)
