from dataclasses import dataclass

from odoo import api, fields, models

from ..mixin import once
from ..mixin.emulation_role_mixin import ADMIN_GROUP, OFFICER_GROUP


@dataclass(frozen=True)
class Identity:
    """Who a user is in the tree of units, in plain ids: asked once, compared with any number of records.

    ``employees`` are all own employee records, also of a post left; ``led`` the units headed or deputised today,
    ``headed`` these and all below them.
    """

    uid: int
    partner: int
    companies: frozenset
    employees: frozenset
    led: frozenset
    headed: frozenset
    is_employee: bool
    is_officer: bool
    is_admin: bool


class ResUsers(models.Model):
    _inherit = "res.users"

    emulation_digest_on = fields.Date(
        string="Last emulation digest", copy=False, groups="base.group_system", help="At most one mail a day."
    )

    emulation_news = fields.Selection(
        [("at_once", "At once"), ("digest", "Once a day"), ("off", "Only in the portal")],
        string="Emulation news by mail",
        default="at_once",
        required=True,
        help="How a person hears of registrations, sheets, decisions and answers that concern them.",
    )

    @api.private
    def _get_emulation_stand_in_companies(self):
        """Return the few companies for which this user may have to stand in for the officers."""
        self.ensure_one()
        user = self._get_emulation_identity()
        # sudo: res.company and units - which agencies the user heads; only those where it holds are used
        above = list(user.companies) if user.is_officer else []
        # sudo: res.company - which agencies the user heads; only those where it holds are used
        companies = (
            self.env["res.company"]
            .sudo()
            .search(["|", ("emulation_head_id", "in", list(user.employees)), ("parent_id", "in", above)])
        )
        # sudo: hr.department - as above
        top = (
            self.env["hr.department"].sudo().search([("id", "in", list(user.led)), ("parent_id", "=", False)])
        )
        return (companies | top.company_id).filtered(
            lambda company: self in company._get_emulation_stand_ins()
        )

    @api.private
    def _get_emulation_employee_ids(self):
        """Return the ids of all employee records of this user, also of a post left."""
        self.ensure_one()
        # sudo: hr.employee - which records are the user's own is not readable by everybody; only ids leave.
        employees = self.env["hr.employee"].sudo().with_context(active_test=False)
        return frozenset(employees._search([("user_id", "=", self.id)]).get_result_ids())

    @api.private
    def _filter_emulation_company(self, company):
        """Return those of the users who see a company; all of them where there is none."""
        return self.filtered(lambda user: not company or company in user.company_ids)

    @api.private
    def _get_emulation_identity(self):
        """Return who this user is towards units and records (``Identity``)."""
        self.ensure_one()
        return once.ask(
            self.env, ("identity", self.id, self.env.context.get("tz")), self._read_emulation_identity
        )

    def _read_emulation_identity(self):
        led, headed = self.env["hr.department"]._get_emulation_acting_ids(self)
        # sudo: res.users - the user's own companies, groups and units
        user = self.sudo()
        return Identity(
            uid=self.id,
            partner=user.partner_id.id,
            companies=frozenset(user._get_company_ids()),
            employees=self._get_emulation_employee_ids(),
            led=led,
            headed=headed,
            is_employee=user.has_group("base.group_user"),
            is_officer=user.has_group(OFFICER_GROUP),
            is_admin=user.has_group(ADMIN_GROUP),
        )
