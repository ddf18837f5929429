from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...engine import blocks
from ..mixin.actions import open_list


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
        "*": {
            "officer": {
                *("name", "kind", "company_id", "member_ids", "year_ids", "award_id", "active"),
                *("theme", "criteria", "set_id", "way", "members_per_flag", "second_award_id"),
                "second_count",
            }
        }
    }
    _deletable = {"*": "officer"}

    name = fields.Char(required=True)
    kind = fields.Selection([("cluster", "Cluster"), ("block", "Block")], required=True, default="block")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True, string="Organised by"
    )
    theme = fields.Text(string="Theme of the block", help="Taken over into each new year.")
    criteria = fields.Text(string="What is scored", help="The criteria the members agreed on, one a line.")
    set_id = fields.Many2one(
        "emulation.criterion.set",
        string="Criteria with points",
        domain="[('company_id', '=', company_id), ('subject', '!=', 'individual'), ('is_template', '=', True),"
        " ('scale', '!=', 'levels')]",
        help="Each new year takes its own copy; points are then given criterion by criterion.",
    )
    way = fields.Selection(
        [("cross", "Members score one another"), ("own", "Own score, appraised")],
        string="Way of scoring",
        default="cross",
        required=True,
    )
    member_ids = fields.One2many("emulation.block.member", "block_id", string="Members")
    year_ids = fields.One2many("emulation.block.year", "block_id", string="Years")
    award_id = fields.Many2one(
        "emulation.award",
        string="Flag for the leader",
        domain="[('subject_collective', '=', True), ('company_id', 'in', (company_id, False))]",
        help="What the elected leader is proposed for; the law asks more of it than to lead.",
    )
    members_per_flag = fields.Integer(
        string="Members for each flag", help="20 members and 10 here: two flags. 0: every block has one."
    )
    flag_count = fields.Integer(string="Flags", compute="_compute_flag_count")
    second_award_id = fields.Many2one(
        "emulation.award",
        string="For the places after",
        domain="[('subject_collective', '=', True), ('company_id', 'in', (company_id, False))]",
    )
    second_count = fields.Integer(string="How many places after")
    campaign_ids = fields.Many2many(
        "emulation.campaign", string="Campaigns that name it", compute="_compute_campaign_ids"
    )
    active = fields.Boolean(default=True)

    _not_negative = models.Constraint(
        "CHECK (members_per_flag >= 0 AND second_count >= 0)", "A number cannot be negative."
    )

    @api.depends("member_ids", "members_per_flag")
    def _compute_flag_count(self):
        for block in self:
            block.flag_count = blocks.count_flags(len(block.member_ids), block.members_per_flag)

    def _compute_campaign_ids(self):
        campaigns = self.env["emulation.campaign"].search([("block_ids", "in", self.ids)])
        for block in self:
            block.campaign_ids = campaigns.filtered(lambda campaign, block=block: block in campaign.block_ids)

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()  # menus are kept a user: with the first block they appear
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_scored(self):
        """A block in which somebody has scored is archived, not deleted."""
        # sudo: emulation.block.score - whether there is one
        if self.sudo().year_ids.score_ids and not self._has_seal():
            raise UserError(self.env._("Members have scored in it already."))

    def action_start_year(self):
        """Start the next year of each block; head and deputy pass on to the next members in order."""
        years = self.env["emulation.block.year"].create([block._prepare_next_year() for block in self])
        return open_list("emulation.block.year", [("id", "in", years.ids)], self.env._("Years"))

    def _prepare_next_year(self):
        self.ensure_one()
        members, last = self.member_ids, self.year_ids.sorted("year")[-1:]
        if len(members) < 2:
            raise ValidationError(self.env._("%(block)s needs at least two members.", block=self.name))
        place = list(members).index(last.head_id) + 1 if last.head_id in members else 0
        year = last.year + 1 if last else fields.Date.context_today(self).year
        head, deputy = (members[(place + step) % len(members)].id for step in (0, 1))
        return {
            "block_id": self.id,
            "year": year,
            "head_id": head,
            "deputy_id": deputy,
            "theme": self.theme,
            "maximum": last.maximum or 100,
            "set_id": self.set_id.id,
            "way": self.way,
        }
