from odoo import api, models
from odoo.fields import Domain

from ..mixin.search_words import get_search_domain


class HrEmployeePublic(models.Model):
    _name = "hr.employee.public"
    _inherit = ["hr.employee.public", "emulation.commended.mixin"]

    @api.model
    def _search_display_name(self, operator, value):
        """Find each word typed, whatever its accents; the key lies with the employee, whom few may read."""
        found = get_search_domain("emulation_search_key", operator, value)
        if found is None:
            return super()._search_display_name(operator, value)
        # sudo: hr.employee - the key is for HR; only ids leave, and the rules of this model apply to them
        employees = self.env["hr.employee"].sudo().with_context(active_test=False)
        return Domain("id", "in", employees._search(found))
