from odoo import fields, models


class EmulationCampaignAward(models.Model):
    _name = "emulation.campaign.award"
    _description = "Award on offer in a campaign"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "campaign_id"
    _writable = {"draft": {"officer": {"campaign_id", "sequence", "award_id", "quota"}}}
    _deletable = {"draft": "officer"}
    _order = "campaign_id, sequence, id"
    _rec_name = "award_id"

    campaign_id = fields.Many2one("emulation.campaign", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10, aggregator=None)
    award_id = fields.Many2one("emulation.award", required=True, ondelete="restrict", index=True)
    quota = fields.Integer(help="How many at most; 0 means no limit.")
    company_id = fields.Many2one(related="campaign_id.company_id", store=True, index=True)

    _award_uniq = models.Constraint("UNIQUE (campaign_id, award_id)", "This award is already on offer.")
