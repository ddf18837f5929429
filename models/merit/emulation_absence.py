from datetime import timedelta

from odoo import api, fields, models


class EmulationAbsence(models.Model):
    """A person's leave, course or secondment, as far as awards depend on it. Officers only: it may name an illness."""

    _name = "emulation.absence"
    _description = "Absence"
    _order = "date_from desc, id desc"
    _rec_name = "employee_id"
    _inherit = ["emulation.guard.mixin"]
    _writable = {
        "*": {"officer stand_in": {"employee_id", "type_id", "date_from", "date_to", "days", "label"}}
    }
    _deletable = {"*": "officer stand_in"}
    _check_company_auto = True

    employee_id = fields.Many2one(
        "hr.employee", required=True, index=True, check_company=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="employee_id.company_id", store=True, index=True)
    type_id = fields.Many2one("emulation.absence.type", string="Kind", required=True, ondelete="restrict")
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="Until", help="Last day, included. Empty: still away.")
    days = fields.Integer(
        string="Working days", compute="_compute_days", store=True, readonly=False, aggregator=None
    )
    label = fields.Char(string="Paper", help="Number and date of the paper that grants it.")

    _dates_in_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)", "An absence cannot end before it starts."
    )
    _days_not_negative = models.Constraint("CHECK (days >= 0)", "Working days are never below zero.")

    @api.depends("date_from", "date_to", "employee_id")
    def _compute_days(self):
        """Count the working days of the agency's calendar; they may be corrected by hand."""
        for absence in self:
            absence.days = absence._count_working_days() if absence.date_from and absence.date_to else 0

    def _count_working_days(self):
        is_working = self.company_id._get_emulation_is_working()
        span = range((self.date_to - self.date_from).days + 1)
        return sum(is_working(self.date_from + timedelta(days=day)) for day in span)
