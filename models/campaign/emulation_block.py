from odoo import fields, models
from odoo.exceptions import ValidationError


class EmulationBlock(models.Model):
    """A cluster (by territory) or block (by function) of bodies that emulate one another.

    Law 06/2022/QH15, Article 16(2)c.
    """

    _name = "emulation.block"
    _description = "Cluster or block"
    _inherit = ["emulation.search.mixin", "emulation.guard.mixin", "emulation.thread.mixin"]
    _search_key_fields = ("name",)
    _order = "name"
    _writable = {
        "*": {"officer": {"name", "kind", "company_id", "member_ids", "year_ids", "award_id", "active"}}
    }
    _deletable = {"*": "officer"}

    name = fields.Char(required=True)
    kind = fields.Selection([("cluster", "Cluster"), ("block", "Block")], required=True, default="block")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True, string="Organised by"
    )
    member_ids = fields.One2many("emulation.block.member", "block_id", string="Members")
    year_ids = fields.One2many("emulation.block.year", "block_id", string="Years")
    award_id = fields.Many2one(
        "emulation.award",
        string="Flag for the leader",
        domain="[('subject_collective', '=', True), ('company_id', 'in', (company_id, False))]",
        help="What the elected leader is proposed for; the law asks more of it than to lead.",
    )
    active = fields.Boolean(default=True)

    def action_start_year(self):
        """Start the next year of each block; the head passes on to the next member in order."""
        years = self.env["emulation.block.year"].create([block._prepare_next_year() for block in self])
        return {
            "type": "ir.actions.act_window",
            "res_model": "emulation.block.year",
            "view_mode": "list,form",
            "domain": [("id", "in", years.ids)],
            "name": self.env._("Years"),
        }

    def _prepare_next_year(self):
        self.ensure_one()
        members, last = self.member_ids, self.year_ids.sorted("year")[-1:]
        if len(members) < 2:
            raise ValidationError(self.env._("%(block)s needs at least two members.", block=self.name))
        place = list(members).index(last.head_id) + 1 if last.head_id in members else 0
        year = last.year + 1 if last else fields.Date.context_today(self).year
        return {"block_id": self.id, "year": year, "head_id": members[place % len(members)].id}
