from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class EmulationCampaignPush(models.TransientModel):
    """Launch a campaign and hand it down: every chosen unit or company gets its own campaign below it."""

    _name = "emulation.campaign.push"
    _description = "Launch and push"

    campaign_id = fields.Many2one("emulation.campaign", required=True, readonly=True)
    department_ids = fields.Many2many("hr.department", string="Units")
    company_ids = fields.Many2many("res.company", string="Companies")
    launch_below = fields.Boolean(string="Launch them at once", default=True)

    def action_push(self):
        """Create what is missing below, launch, tell each head once; a second run adds only new units."""
        self.ensure_one()
        if not (self.department_ids or self.company_ids):
            raise UserError(self.env._("Choose at least one unit or company."))
        campaign = self.campaign_id
        if campaign.state == "draft":
            campaign.action_launch()
        children = self.env["emulation.campaign"].create(self._prepare_children())
        if self.launch_below:
            children.action_launch()
        self._notify_heads(children)
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
                "audience": campaign.audience or self.env._("The unit's people"),
            }
        )[0]
        if company != campaign.company_id:
            vals.update(standing_unit_id=False, signer_id=False)
        for name in ("individual_set_id", "collective_set_id"):
            sheet = campaign[name].template_id or campaign[name]
            if sheet.company_id != company and sheet:
                sheet = sheet.copy({"name": sheet.name, "company_id": company.id})
            vals[name] = sheet.id
        return vals

    def _notify_heads(self, children):
        """One activity a campaign for its own head; no mail goes out."""
        todo = self.env.ref("mail.mail_activity_data_todo")
        model = self.env["ir.model"]._get("emulation.campaign")
        # Sudoed: who heads a unit is not readable by everybody; the activity shows it to the head alone.
        heads = {child: child.sudo()._get_owner_user() for child in children}
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [
                {
                    "activity_type_id": todo.id,
                    "summary": self.env._("A campaign was handed down to your unit"),
                    "res_model_id": model.id,
                    "res_id": child.id,
                    "user_id": head.id,
                }
                for child, head in heads.items()
                if head
            ]
        )
