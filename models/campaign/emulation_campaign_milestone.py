from odoo import fields, models


class EmulationCampaignMilestone(models.Model):
    _name = "emulation.campaign.milestone"
    _description = "Milestone of a campaign"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "campaign_id"
    _writable = {
        "draft": {"officer": {"campaign_id", "name", "date", "is_reached"}},
        "launched": {"officer": {"is_reached"}},
    }
    _deletable = {"draft": "officer"}
    _order = "campaign_id, date, id"

    campaign_id = fields.Many2one("emulation.campaign", required=True, ondelete="cascade", index=True)
    name = fields.Char(required=True)
    date = fields.Date(required=True)
    is_reached = fields.Boolean(string="Reached")
    company_id = fields.Many2one(related="campaign_id.company_id", store=True, index=True)
