from odoo import api, fields, models
from odoo.tools import format_date

from . import asking

REMINDED_DAYS = 3  # before the day


class EmulationCampaignMilestone(models.Model):
    _name = "emulation.campaign.milestone"
    _description = "Milestone of a campaign"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "campaign_id"
    _writable = {
        "draft": {"officer head": {"campaign_id", "name", "date", "is_reached"}},
        "launched": {"officer head": {"is_reached"}},
    }
    _deletable = {"draft": "officer head"}
    _order = "campaign_id, date, id"

    campaign_id = fields.Many2one("emulation.campaign", required=True, ondelete="cascade", index=True)
    name = fields.Char(required=True)
    date = fields.Date(required=True)
    is_reached = fields.Boolean(string="Reached", copy=False)
    reminded_on = fields.Date(readonly=True, copy=False)
    is_missed = fields.Boolean(string="Missed", compute="_compute_is_missed")
    company_id = fields.Many2one(related="campaign_id.company_id", store=True, index=True)

    @api.depends("date", "is_reached")
    def _compute_is_missed(self):
        today = fields.Date.context_today(self)
        for milestone in self:
            milestone.is_missed = bool(milestone.date and not milestone.is_reached and milestone.date < today)

    @api.model
    @api.private
    def _remind(self):
        """Tell the officers of running campaigns which milestones are due within days, each once."""
        today = fields.Date.context_today(self)
        due = self.search(
            [
                ("campaign_id.state", "=", "launched"),
                ("is_reached", "=", False),
                ("reminded_on", "=", False),
                ("date", "<=", fields.Date.add(today, days=REMINDED_DAYS)),
            ]
        )
        notes = {
            campaign: "; ".join(f"{one.name} ({format_date(self.env, one.date)})" for one in milestones)
            for campaign, milestones in due.grouped("campaign_id").items()
        }
        asking.ask_officers(self.env._("Milestones to come"), notes)
        due._write_protected({"reminded_on": today})
