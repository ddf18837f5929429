from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..engine import periods, working_days
from ..models.campaign import leaving
from ..models.campaign.emulation_report_round import KINDS

NAMES = {"plan": "Kế hoạch"}
MOST_DAYS = 366  # to report in: later is never


class EmulationReportSchedule(models.TransientModel):
    """All rounds of reports of a campaign at once, each with its due day and what each unit owes."""

    _name = "emulation.report.schedule"
    _description = "Schedule of unit reports"
    _inherit = ["emulation.wizard.mixin"]

    campaign_id = fields.Many2one("emulation.campaign", required=True)
    company_id = fields.Many2one(related="campaign_id.company_id", related_sudo=False)
    kind = fields.Selection(KINDS, default="quarter", required=True)
    date_from = fields.Date(
        string="From date",
        compute="_compute_dates",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    date_to = fields.Date(
        string="To date",
        compute="_compute_dates",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    due_days = fields.Integer(
        string="Days to report",
        default=5,
        help="After the end of the period; a day off moves on to the next working day.",
    )
    template_id = fields.Many2one("emulation.report.template", string="Outline")
    asks_below = fields.Boolean(
        string="Ask the agencies below",
        help="Those to which the campaign was handed down; each sums up its own units and reports by the due day.",
    )
    unit_ids = fields.Many2many(
        "hr.department",
        string="Units asked",
        compute="_compute_unit_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
    )

    @api.depends("campaign_id")
    def _compute_dates(self):
        for schedule in self:
            schedule.date_from = schedule.campaign_id.date_start
            schedule.date_to = schedule.campaign_id.date_end

    @api.depends("campaign_id")
    def _compute_unit_ids(self):
        for schedule in self:
            campaign = schedule.campaign_id
            units = campaign.audience_department_ids
            if not units and campaign:
                units = units.search(
                    [("company_id", "=", campaign.company_id.id), ("parent_id", "!=", False)]
                )
            left = leaving.find_left(schedule)
            schedule.unit_ids = units.filtered(
                lambda unit, campaign=campaign, left=left: (campaign._origin, unit._origin) not in left
            )

    def action_create(self):
        """Create the rounds and ask the units.

        :raises UserError: no unit, or no period in these days
        """
        self.ensure_one()
        found = periods.split(self.kind, self.date_from, self.date_to, self._get_due_days())
        if not found or not (self.unit_ids or self.asks_below):
            raise UserError(self.env._("Choose units, and days that hold a period."))
        is_working = self.campaign_id.company_id._get_emulation_is_working()
        rounds = self.env["emulation.report.round"].create(
            [self._prepare_round(period, is_working) for period in found]
        )
        rounds.action_open()
        action = self.env["ir.actions.act_window"]._for_xml_id("hr_emulation.emulation_report_round_action")
        return {**action, "domain": [("id", "in", rounds.ids)]}

    def _get_due_days(self):
        return min(max(0, self.due_days), MOST_DAYS)

    def _prepare_round(self, period, is_working):
        due = period.due
        if self.kind == "plan":  # a plan is due at the beginning
            due = fields.Date.add(period.first, days=self._get_due_days())
        # A limit of days on a day off ends with the next working day: Civil Code 2015, Article 148(5).
        due = working_days.end_of_period(due, is_working)
        return {
            "name": f"{NAMES.get(self.kind, 'Báo cáo')} {period.name}",
            "campaign_id": self.campaign_id.id,
            "company_id": self.campaign_id.company_id.id,
            "kind": self.kind,
            "date_from": period.first,
            "date_to": period.last,
            "due_date": due,
            "template_id": self.template_id.id,
            "asks_below": self.asks_below,
            "unit_ids": [Command.set(self.unit_ids.ids)],
        }
