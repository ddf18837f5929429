from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain

from ..engine import years
from ..models.campaign import asking, tree
from ..models.mixin.refusals import HEADS_ONLY, OFFICERS_ONLY


class EmulationCampaignPush(models.TransientModel):
    """Launch a campaign and hand it down: every chosen unit or company gets its own campaign below it."""

    _name = "emulation.campaign.push"
    _description = "Launch and hand down"
    _inherit = ["emulation.wizard.mixin"]

    campaign_id = fields.Many2one("emulation.campaign", required=True, readonly=True)
    department_ids = fields.Many2many("hr.department", string="Units that receive it")
    company_ids = fields.Many2many("res.company", string="Companies")
    launch_below = fields.Boolean(string="Launch them at once", default=True)
    share = fields.Selection(
        [("common", "All draw on the number above"), ("even", "Shared out in equal parts")],
        string="Quotas",
        default="common",
        required=True,
        help="Those below never have more on offer together than the campaign above.",
    )

    def action_take_all(self):
        """Fill in every unit below the one that hands down, units of units too; who needs none is taken out again."""
        self.ensure_one()
        campaign = self.campaign_id
        owner, domain = campaign.owner_unit_id, Domain("company_id", "=", campaign.company_id.id)
        if owner:
            domain &= Domain("id", "child_of", owner.id) & Domain("id", "!=", owner.id)
        units = self.env["hr.department"].search(domain) - self._get_known().owner_unit_id
        if not units:
            raise UserError(self.env._("There is no unit below that does not have it yet."))
        self.department_ids = units
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Launch and hand down"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_push(self):
        """Create what is missing below, launch, tell each head once; a second run adds only new units."""
        self.ensure_one()
        if not (self.department_ids or self.company_ids):
            raise UserError(self.env._("Choose at least one unit or company."))
        campaign = self.campaign_id
        campaign.check_access("write")
        if not campaign._get_roles()[campaign.id] & {"officer", "stand_in", "head"}:
            raise AccessError(self.env._(HEADS_ONLY))
        self._check_units()
        if campaign.state == "draft":
            campaign.action_launch()
        # sudo: emulation.campaign - what was handed down to whom is the wizard's to say; roles and units are checked
        children = self.env["emulation.campaign"].sudo()._create_protected(self.sudo()._prepare_children())
        # sudo: emulation.review - as above
        tree.copy_rounds({campaign.sudo(): children})
        children = children.sudo(False)
        if self.launch_below:
            children.action_launch()
        else:
            asking.tell_heads(children)
        return campaign._open_below()

    def _check_units(self):
        """A unit hands down to those below it, an agency to its own units; agencies get it from an officer of theirs.

        :raises AccessError: the user is no officer of an agency that would get it
        :raises UserError: naming the others
        """
        owner, company = self.campaign_id.owner_unit_id, self.campaign_id.company_id
        user = self.env.user._get_emulation_identity()
        if self.company_ids and not (user.is_officer and user.companies.issuperset(self.company_ids.ids)):
            raise AccessError(self.env._(OFFICERS_ONLY))
        others = self.department_ids.filtered(
            lambda unit: (
                not unit._is_emulation_below(owner)
                if owner
                else unit.company_id and unit.company_id != company
            )
        )
        if others:
            names = ", ".join(others.mapped("display_name"))
            raise UserError(self.env._("%(units)s: not below the one that hands it down.", units=names))

    def _get_known(self):
        """Return what was handed down already; what a unit runs of its own, or gave up, is none of it."""
        # sudo: emulation.campaign - those below may belong to other agencies; only whose they are
        return self.campaign_id.sudo().child_ids.filtered(
            lambda child: child.is_handed_down and child.state != "cancelled"
        )

    def _prepare_children(self):
        known = self._get_known()
        units = self.department_ids - known.owner_unit_id
        companies = self.company_ids - known.filtered(lambda child: not child.owner_unit_id).company_id
        vals_list = [
            {
                **self._prepare_child(unit.company_id or self.campaign_id.company_id, unit),
                "owner_unit_id": unit.id,
                "standing_unit_id": unit.id,
                "audience_kind": "departments",
                "audience_department_ids": [Command.set(unit.ids)],
            }
            for unit in units
        ]
        vals_list += [self._prepare_child(company) for company in companies]
        self._share_quotas(vals_list)
        return vals_list

    def _share_quotas(self, vals_list):
        """Give each new campaign its part of what is left; without a number of its own it draws on the one above.

        :raises UserError: there is less left than campaigns to share it out to
        """
        for line in self.campaign_id.award_line_ids.filtered("quota"):
            commands = [
                command[2]
                for vals in vals_list
                for command in vals.get("award_line_ids", ())
                if line._is_copied_to(command[2])
            ]
            # sudo: emulation.campaign.award - numbers of those below, also of other agencies
            left = line.quota - line.sudo()._get_given_below()
            shares = years.share_out(left, len(commands)) if self.share == "even" else [0] * len(commands)
            if self.share == "even" and 0 in shares:
                raise UserError(
                    self.env._(
                        "%(award)s: %(left)s left are too few to share out.",
                        award=line.award_id.display_name,
                        left=left,
                    )
                )
            for values, quota in zip(commands, shares, strict=True):
                values["quota"] = quota

    def _prepare_child(self, company, unit=None):
        """Return what the campaign below takes over; criterion sets are copied into the other company.

        Numbers on offer for another unit alone stay above.
        """
        campaign = self.campaign_id
        vals = {
            **campaign.copy_data()[0],
            "name": campaign.name,
            "parent_id": campaign.id,
            "company_id": company.id,
            "is_handed_down": True,
            "audience": campaign.audience or self.env._("The unit's people"),
        }
        if company != campaign.company_id:
            vals.update(self._prepare_foreign(vals))
        vals["award_line_ids"] = [
            command
            for command in vals.get("award_line_ids", ())
            if not command[2].get("department_id")
            or (unit and unit._is_emulation_below(unit.browse(command[2]["department_id"])))
        ]
        for name in campaign._set_fields:
            sheet = campaign[name].template_id or campaign[name]
            if sheet and sheet.company_id != company:
                sheet = sheet.copy({"name": sheet.name, "company_id": company.id})
            vals[name] = sheet.id
        return vals

    def _prepare_foreign(self, vals):
        """Return what another company takes over otherwise: its own people, and only what companies share."""
        campaign = self.campaign_id
        shared = campaign.occasion_ids.filtered(lambda occasion: not occasion.company_id).ids
        awards = campaign.award_line_ids.award_id.filtered(lambda award: not award.company_id).ids
        lines = [
            command
            for command in vals.get("award_line_ids", ())
            if command[2]["award_id"] in awards and command[2].get("occasion_id") in (None, False, *shared)
        ]
        return {
            "occasion_ids": [Command.set(shared)],
            "block_ids": [Command.clear()],
            "body_ids": [],
            "award_line_ids": lines,
            "rulebook_id": False if campaign.rulebook_id.company_id else campaign.rulebook_id.id,
            "audience_kind": "all",
            "audience_department_ids": [Command.clear()],
            "audience_employee_ids": [Command.clear()],
            "standing_unit_id": False,
        }
