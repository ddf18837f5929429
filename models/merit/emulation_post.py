from odoo import fields, models


class EmulationPost(models.Model):
    """A post somebody held, for career contribution."""

    _name = "emulation.post"
    _description = "Post held"
    _inherit = ["emulation.guard.mixin"]
    _writable = {
        "*": {"officer stand_in": {"name", "employee_id", "group_id", "date_from", "date_to", "label"}}
    }
    _deletable = {"*": "officer stand_in"}
    _order = "employee_id, date_from"
    _check_company_auto = True

    name = fields.Char(string="Post", required=True)
    employee_id = fields.Many2one(
        "hr.employee", required=True, index=True, check_company=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="employee_id.company_id", store=True, index=True)
    group_id = fields.Many2one("emulation.post.group", required=True, ondelete="restrict", check_company=True)
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="Until", help="Empty: still held.")
    label = fields.Char(string="Decision", help="Number and date of the decision of appointment.")

    _dates_in_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)", "A post cannot end before it starts."
    )
