from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class EmulationCampaignPush(models.TransientModel):
    """Launch a campaign and hand it down: every chosen unit or company gets its own campaign below it."""

    _name = "emulation.campaign.push"
    _description = "Launch and hand down"

    campaign_id = fields.Many2one("emulation.campaign", required=True, readonly=True)
    department_ids = fields.Many2many("hr.department", string="Units that receive it")
    company_ids = fields.Many2many("res.company", string="Companies")
    launch_below = fields.Boolean(string="Launch them at once", default=True)

    def action_push(self):
        """Create what is missing below, launch, tell each head once; a second run adds only new units."""
        self.ensure_one()
        if not (self.department_ids or self.company_ids):
            raise UserError(self.env._("Choose at least one unit or company."))
        campaign = self.campaign_id
        campaign.check_access("write")
        self.env["emulation.campaign"].check_access("create")
        if campaign.state == "draft":
            campaign.action_launch()
        # What was handed down to whom is the wizard's to say; the company rule has been asked.
        children = self.env["emulation.campaign"]._create_protected(self._prepare_children())
        if self.launch_below:
            children.action_launch()
        return campaign._open_below()

    def _prepare_children(self):
        known = self.campaign_id.child_ids
        units = self.department_ids - known.owner_unit_id
        companies = self.company_ids - known.filtered(lambda child: not child.owner_unit_id).company_id
        vals_list = [
            {
                **self._prepare_child(unit.company_id or self.campaign_id.company_id),
                "owner_unit_id": unit.id,
                "standing_unit_id": unit.id,
                "audience_kind": "departments",
                "audience_department_ids": [Command.set(unit.ids)],
            }
            for unit in units
        ]
        return vals_list + [self._prepare_child(company) for company in companies]

    def _prepare_child(self, company):
        """Return what the campaign below takes over; criterion sets are copied into the other company."""
        campaign = self.campaign_id
        vals = campaign.copy_data(
            {
                "name": campaign.name,
                "parent_id": campaign.id,
                "company_id": company.id,
                "is_handed_down": True,
                "audience": campaign.audience or self.env._("The unit's people"),
            }
        )[0]
        if company != campaign.company_id:
            vals.update(self._prepare_foreign(vals))
        for name in ("individual_set_id", "collective_set_id"):
            sheet = campaign[name].template_id or campaign[name]
            if sheet and sheet.company_id != company:
                sheet = sheet.copy({"name": sheet.name, "company_id": company.id})
            vals[name] = sheet.id
        return vals

    def _prepare_foreign(self, vals):
        """Return what another company takes over otherwise: its own people, and only what companies share."""
        campaign = self.campaign_id
        shared = {
            name: [Command.set(campaign[name].filtered(lambda record: not record.company_id).ids)]
            for name in ("legal_basis_ids", "occasion_ids")
        }
        awards = campaign.award_line_ids.award_id.filtered(lambda award: not award.company_id).ids
        lines = [command for command in vals.get("award_line_ids", ()) if command[2]["award_id"] in awards]
        return {
            **shared,
            "award_line_ids": lines,
            "rulebook_id": False if campaign.rulebook_id.company_id else campaign.rulebook_id.id,
            "audience_kind": "all",
            "audience_department_ids": [Command.clear()],
            "audience_employee_ids": [Command.clear()],
            "standing_unit_id": False,
            "signer_id": False,
        }
