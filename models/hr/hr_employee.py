from odoo import api, fields, models
from odoo.fields import Domain

from ...engine.vietnamese import search_key
from ..mixin.search_words import LONGEST_KEY, get_index_definition, get_search_domain


class HrEmployee(models.Model):
    _name = "hr.employee"
    _inherit = ["hr.employee", "emulation.commended.mixin"]
    _emulation_text_fields = frozenset({"name"})

    # For HR only, as the employee itself: most others search through hr.employee.public, the portal in superuser mode.
    emulation_search_key = fields.Char(
        compute="_compute_emulation_search_key",
        store=True,
        groups="hr.group_hr_user",
        help="Name without accents, for every search of people.",
    )

    _emulation_search_key_idx = models.Index(get_index_definition("emulation_search_key"))

    @api.depends("name")
    def _compute_emulation_search_key(self):
        for employee in self:
            employee.emulation_search_key = search_key(employee.name or "")[:LONGEST_KEY]

    @api.model
    def _search_display_name(self, operator, value):
        """Find each word typed, whatever its accents."""
        found = get_search_domain("emulation_search_key", operator, value)
        if found is None:
            return super()._search_display_name(operator, value)
        if self._has_field_access(self._fields["emulation_search_key"], "read"):
            return found
        # sudo: hr.employee - the key is for HR; system administrators read employees without it, only ids leave
        return Domain("id", "in", self.sudo().with_context(active_test=False)._search(found))
