from decimal import Decimal

from odoo import api, fields, models

from ...engine import targets


class EmulationCampaign(models.Model):
    """The targets of a campaign and of all below it, at a glance."""

    _name = "emulation.campaign"
    _inherit = ["emulation.campaign"]

    target_ids = fields.One2many("emulation.target", "campaign_id", string="Targets of the campaign")
    target_count = fields.Integer(string="Targets", compute="_compute_targets")
    target_percent = fields.Float(
        string="Targets reached",
        compute="_compute_targets",
        help="In % of all running targets, those of the campaigns below included.",
    )
    target_red_count = fields.Integer(string="Targets behind", compute="_compute_targets")

    @api.depends("target_ids.state", "target_ids.percent", "target_ids.light")
    def _compute_targets(self):
        # sudo: emulation.campaign - those below may be another agency's; ids only
        below = self.sudo().search_fetch([("id", "child_of", self.ids)], ["parent_path"]) if self.ids else []
        above = {
            campaign.id: {int(part) for part in campaign.parent_path.split("/") if part} for campaign in below
        }
        found = {}
        # sudo: emulation.target - as above; numbers only
        groups = (
            self.env["emulation.target"]
            .sudo()
            ._read_group(
                [("campaign_id", "in", [*above]), ("state", "=", "active")],
                ["campaign_id", "parent_id.campaign_id", "light", "percent"],
                ["__count"],
            )
        )
        for campaign, counted_in, light, percent, count in groups:
            # A part of a target is counted with it wherever that one is counted.
            for id_ in above[campaign.id] - above.get(counted_in.id, set()):
                found.setdefault(id_, []).extend([(light, percent)] * count)
        for campaign in self:
            own = found.get(campaign.id, [])
            campaign.target_count = len(own)
            campaign.target_red_count = sum(light == "red" for light, _percent in own)
            campaign.target_percent = float(
                targets.get_overall(Decimal(str(percent)) for _light, percent in own)
            )

    def action_view_targets(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("hr_emulation.emulation_target_action")
        context = {"default_campaign_id": self.id}
        return {**action, "domain": [("campaign_id", "child_of", self.id)], "context": context}
