from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine.vietnamese import search_key
from ..mixin import once
from ..mixin.search_words import LONGEST_KEY, get_index_definition

# The units one heads or stands in for today, and all that is below them. A unit that was closed belongs to the one
# it was merged into, else to the one above it (its path says so).
HEADED = """
    WITH RECURSIVE me AS (
        SELECT id FROM hr_employee WHERE user_id = %(user)s AND active),
    led AS (
        SELECT d.id, d.parent_path FROM hr_department d
         WHERE d.active
           AND (d.company_id IS NULL OR d.company_id IN (
                SELECT cid FROM res_company_users_rel WHERE user_id = %(user)s))
           AND (d.manager_id IN (SELECT id FROM me)
                OR EXISTS (SELECT FROM emulation_deputy p
                            WHERE p.department_id = d.id AND p.employee_id IN (SELECT id FROM me)
                              AND p.date_from <= %(today)s AND p.date_to >= %(today)s))),
    headed(id, parent_path) AS (
        SELECT below.id, below.parent_path
          FROM led JOIN hr_department below ON below.parent_path LIKE led.parent_path || '%%'
         UNION
        SELECT below.id, below.parent_path
          FROM headed
          JOIN hr_department merged ON merged.emulation_successor_id = headed.id AND NOT merged.active
          JOIN hr_department below ON below.parent_path LIKE merged.parent_path || '%%')
    SELECT id, TRUE FROM led UNION ALL SELECT id, FALSE FROM headed
"""


class HrDepartment(models.Model):
    """Who acts for a unit today: the one answer that states, lists, portal and mails share."""

    _name = "hr.department"
    _inherit = ["emulation.words.mixin", "hr.department", "emulation.commended.mixin"]
    _words_field = "emulation_search_key"
    _emulation_recipient_field = "department_id"
    _emulation_text_fields = frozenset({"name"})

    emulation_is_headed = fields.Boolean(
        string="I am the head",
        compute="_compute_emulation_is_headed",
        search="_search_emulation_is_headed",
        compute_sudo=True,
        help="The current user heads this unit or a unit above it, or is the deputy of one who does. "
        "Record rules rely on it.",
    )
    emulation_deputy_ids = fields.One2many("emulation.deputy", "department_id", string="Deputies of the head")
    emulation_successor_id = fields.Many2one(
        "hr.department",
        string="Merged into",
        index="btree_not_null",
        help="Takes over what waits for this unit once it is archived; empty: the unit above.",
    )

    emulation_search_key = fields.Char(
        compute="_compute_emulation_search_key",
        store=True,
        help="Name of the unit and of those above it without accents, for every search of units.",
    )

    _emulation_search_key_idx = models.Index(get_index_definition("emulation_search_key"))

    # By user: without it one user would see what was computed for another.
    @api.depends_context("uid")
    @api.depends("manager_id", "parent_path", "active", "emulation_successor_id")
    def _compute_emulation_is_headed(self):
        _led, headed = self._get_emulation_acting_ids()
        for department in self:
            department.emulation_is_headed = department.id in headed

    @api.depends("complete_name")
    def _compute_emulation_search_key(self):
        for department in self:
            department.emulation_search_key = search_key(department.complete_name or "")[:LONGEST_KEY]

    def _search_emulation_is_headed(self, operator, value):
        # A search method, not a list of ids in the rule: rules are cached by user and would miss a new head.
        if operator != "in":
            return NotImplemented
        _led, headed = self._get_emulation_acting_ids()
        return Domain("id", "in", list(headed))

    @api.model
    def _get_emulation_acting_ids(self, user=None):
        """Return (ids of units the user heads or deputises directly, ids of all units that are theirs to act for).

        Only people with an active employee record, in active units of companies they see.
        """
        user = user or self.env.user
        return once.ask(
            self.env,
            ("acting", user.id, user.env.context.get("tz")),
            lambda: self._find_emulation_acting_ids(user),
        )

    def _find_emulation_acting_ids(self, user):
        self.env["hr.department"].flush_model(
            ["active", "company_id", "manager_id", "parent_path", "emulation_successor_id"]
        )
        self.env["hr.employee"].flush_model(["user_id", "active"])
        self.env["emulation.deputy"].flush_model()
        rows = self.env.execute_query(SQL(HEADED, user=user.id, today=fields.Date.context_today(user)))
        led = frozenset(unit for unit, is_led in rows if is_led)
        return led, frozenset(unit for unit, is_led in rows if not is_led)

    def _is_emulation_below(self, unit):
        """Return whether this unit is the given one or belongs to it."""
        # sudo: hr.department - the tree of units is no secret
        return bool(self and unit) and (self.sudo().parent_path or "").startswith(
            unit.sudo().parent_path or "/"
        )

    def _get_emulation_led_by(self):
        """Return the users who act for these units directly today: head and deputies with an active account."""
        return self.env["res.users"].union(*self._get_emulation_led_by_unit().values())

    def _get_emulation_led_by_unit(self):
        """Return {unit id: users who act for it directly today}; as many queries for many units as for one."""
        today = fields.Date.context_today(self)
        # sudo: employees - which account a head has is not for everybody; used to ask the right person.
        units = self.sudo()
        deputies = units.emulation_deputy_ids._in_office(today)
        people = (units.manager_id | deputies.employee_id).filtered("active")
        users = people.user_id.filtered("active")
        stand_ins = deputies.grouped("department_id")
        return {
            unit.id: ((unit.manager_id | stand_ins.get(unit, deputies.browse()).employee_id) & people).user_id
            & users
            for unit in units
        }

    def _get_emulation_chains(self):
        """Return {unit id: [unit, the unit above it, …]}; a closed unit passes to its successor or the one above."""
        # sudo: hr.department - the tree of units, to find who acts.
        units = self.sudo().with_context(active_test=False)
        return {unit.id: list(unit._iter_emulation_chain()) for unit in units}

    def _iter_emulation_chain(self):
        unit, seen = self, set()
        while unit and unit.id not in seen:
            seen.add(unit.id)
            if unit.active:
                yield unit
                unit = unit.parent_id
            else:
                unit = unit.emulation_successor_id or unit.parent_id

    def _get_emulation_heads(self, companies=None):
        """Return {unit id: [users of the nearest head, of the next head above, …]}, those in office only.

        :param companies: {unit id: company whose records are concerned}: a head who does not see the company is
            passed over; default: whatever company
        """
        companies = companies or {}
        nowhere = self.env["res.company"]
        heads = self._get_emulation_heads_of((unit, companies.get(unit.id, nowhere)) for unit in self)
        return {unit.id: steps for (unit, _company), steps in heads.items()}

    @api.model
    @api.private
    def _get_emulation_heads_of(self, pairs):
        """Return {(unit, company): [users of the nearest head, …]}; as many queries for many pairs as for one.

        :param pairs: units, each with the company whose records are concerned; an empty company is any
        """
        pairs = list(dict.fromkeys(pairs))
        chains = self.union(*(unit for unit, _company in pairs))._get_emulation_chains()
        units = self.union(*(unit for chain in chains.values() for unit in chain))
        known = units._get_emulation_led_by_unit()
        # sudo: res.users - which companies all of them see, read at once
        self.env["res.users"].union(*known.values()).sudo().mapped("company_ids")
        return {
            (unit, company): [
                able
                for step in chains.get(unit.id, ())
                if (able := known[step.id]._filter_emulation_company(company))
            ]
            for unit, company in pairs
        }
