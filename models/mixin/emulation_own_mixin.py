from odoo import api, fields, models
from odoo.fields import Domain


class EmulationOwnMixin(models.AbstractModel):
    """A record about an employee or of a unit, found by the ids of who looks: record rules rely on it.

    A rule that compared ``employee_id.user_id`` would join every record with every employee. Search methods, not
    ids written into the rule: rules are cached by user and would miss a new head or a new employee record.
    """

    _name = "emulation.own.mixin"
    _description = "Record about a person or of a unit"

    is_about_me = fields.Boolean(
        string="About me", compute="_compute_is_about_me", search="_search_is_about_me", compute_sudo=True
    )
    is_of_my_units = fields.Boolean(
        string="Of my units",
        compute="_compute_is_of_my_units",
        search="_search_is_of_my_units",
        compute_sudo=True,
        help="The current user heads the unit or one above it, or is the deputy of one who does.",
    )

    # By user: without it one user would see what was computed for another.
    @api.depends_context("uid")
    @api.depends("employee_id")
    def _compute_is_about_me(self):
        own = self.env.user._get_emulation_employee_ids()
        for record in self:
            record.is_about_me = record.employee_id.id in own

    def _search_is_about_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("employee_id", "in", list(self.env.user._get_emulation_employee_ids()))

    @api.depends_context("uid")
    @api.depends("unit_id")
    def _compute_is_of_my_units(self):
        _led, headed = self.env["hr.department"]._get_emulation_acting_ids()
        for record in self:
            record.is_of_my_units = record.unit_id.id in headed

    def _search_is_of_my_units(self, operator, value):
        if operator != "in":
            return NotImplemented
        _led, headed = self.env["hr.department"]._get_emulation_acting_ids()
        return Domain("unit_id", "in", list(headed))
