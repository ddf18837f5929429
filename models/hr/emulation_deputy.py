from odoo import fields, models


class EmulationDeputy(models.Model):
    """Who acts for the head of a unit from one day to another: a leave, a mission, a vacancy."""

    _name = "emulation.deputy"
    _description = "Deputy of the head of a unit"
    _inherit = ["emulation.guard.mixin"]
    _order = "date_from desc, id desc"
    _rec_name = "employee_id"
    _writable = {
        "*": {
            "head owner officer": {"department_id", "employee_id", "date_from", "date_to", "note"},
        }
    }
    _deletable = {"*": "head owner officer"}

    department_id = fields.Many2one(
        "hr.department", string="Unit", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="department_id.company_id", store=True, index=True)
    employee_id = fields.Many2one(
        "hr.employee", string="Deputy", required=True, ondelete="cascade", index=True
    )
    date_from = fields.Date(string="From date", required=True, default=fields.Date.context_today)
    date_to = fields.Date(string="To date", required=True)
    note = fields.Char(string="Reason")

    _dates_in_order = models.Constraint("CHECK (date_to >= date_from)", "It cannot end before it starts.")

    def _in_office(self, day):
        """Return those that hold on a day."""
        return self.filtered(lambda deputy: deputy.date_from <= day <= deputy.date_to)

    def _iter_roles(self, user, stands_in):
        """Nobody appoints or keeps oneself as a deputy."""
        if self.employee_id.id not in user.employees:
            yield from super()._iter_roles(user, stands_in)

    def _is_emulation_owner(self, user):
        """The head appoints; a deputy passes nothing on."""
        return self.department_id.manager_id.id in user.employees

    def _get_acting_unit_id(self):
        return self.department_id.parent_id.id
