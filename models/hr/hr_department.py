from odoo import api, fields, models
from odoo.fields import Domain

from ...engine.vietnamese import search_key
from ..mixin.search_words import LONGEST_KEY, get_index_definition, get_search_domain


class HrDepartment(models.Model):
    _name = "hr.department"
    _inherit = ["hr.department", "emulation.commended.mixin"]
    _emulation_recipient_field = "department_id"
    _emulation_text_fields = frozenset({"name"})

    emulation_is_headed = fields.Boolean(
        string="I am the head",
        compute="_compute_emulation_is_headed",
        search="_search_emulation_is_headed",
        compute_sudo=True,
        help="The current user heads this unit or a unit above it. Record rules rely on it.",
    )

    emulation_search_key = fields.Char(
        compute="_compute_emulation_search_key",
        store=True,
        help="Name of the unit and of those above it without accents, for every search of units.",
    )

    _emulation_search_key_idx = models.Index(get_index_definition("emulation_search_key"))

    # By user: without it one user would see what was computed for another.
    @api.depends_context("uid")
    @api.depends("manager_id", "parent_path")
    def _compute_emulation_is_headed(self):
        headed = self._get_emulation_headed_units()
        paths = tuple(unit.parent_path for unit in headed if unit.parent_path)
        for department in self:
            department.emulation_is_headed = bool(paths) and (department.parent_path or "").startswith(paths)

    @api.depends("complete_name")
    def _compute_emulation_search_key(self):
        for department in self:
            department.emulation_search_key = search_key(department.complete_name or "")[:LONGEST_KEY]

    @api.model
    def _search_display_name(self, operator, value):
        """Find each word typed, whatever its accents."""
        found = get_search_domain("emulation_search_key", operator, value)
        return super()._search_display_name(operator, value) if found is None else found

    def _search_emulation_is_headed(self, operator, value):
        # A search method, not a list of ids in the rule: rules are cached by user and would miss a new head.
        if operator != "in":
            return NotImplemented
        return Domain("id", "child_of", self._get_emulation_headed_units().ids)

    def _get_emulation_headed_units(self):
        """Return the departments whose manager is the current user."""
        # Sudoed: the link between a manager and its user is not readable by everybody; only ids leave.
        return self.env["hr.department"].sudo().search([("manager_id.user_id", "=", self.env.uid)])

    def _get_emulation_head_users(self):
        """Return the users who head this unit or a unit above it."""
        heads = self.env["res.users"]
        unit = self
        while unit:
            heads |= unit.manager_id.user_id
            unit = unit.parent_id
        return heads

    def _get_emulation_approvers(self, recipient_users):
        """Return {unit: users of the nearest head above that is none of ``recipient_users[unit]``}."""
        approvers = {}
        for unit in self:
            above, users = unit, self.env["res.users"]
            while above and not users:
                users = above.manager_id.user_id - recipient_users.get(unit, users)
                above = above.parent_id
            approvers[unit] = users
        return approvers
