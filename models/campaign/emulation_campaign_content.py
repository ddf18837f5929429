from odoo import fields, models


class EmulationCampaignContent(models.Model):
    _name = "emulation.campaign.content"
    _description = "Content section of a campaign"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "campaign_id"
    _writable = {"draft": {"officer head": {"campaign_id", "sequence", "name", "description"}}}
    _deletable = {"draft": "officer head"}
    _order = "campaign_id, sequence, id"

    campaign_id = fields.Many2one("emulation.campaign", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10, aggregator=None)
    name = fields.Char(string="Heading", required=True)
    description = fields.Text()
    company_id = fields.Many2one(related="campaign_id.company_id", store=True, index=True)
