from odoo import api, fields, models

from ...engine.vietnamese import search_key


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    # For HR only, as the employee itself: the portal asks in superuser mode and shows name and unit.
    emulation_search_key = fields.Char(
        compute="_compute_emulation_search_key",
        store=True,
        groups="hr.group_hr_user",
        help="Name without accents, for the search of colleagues in the portal.",
    )

    @api.depends("name")
    def _compute_emulation_search_key(self):
        for employee in self:
            employee.emulation_search_key = search_key(employee.name or "")
