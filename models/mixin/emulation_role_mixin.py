from odoo import api, models
from odoo.fields import Domain

from . import once

OFFICER_GROUP = "hr_emulation.group_emulation_officer"
ADMIN_GROUP = "hr_emulation.group_emulation_admin"


class EmulationRoleMixin(models.AbstractModel):
    """Who the current user is towards a record: one answer for verbs, guards, lists, portal and mails.

    The roles are those of ``verb.ROLES``. Nobody acts on oneself: the person a record is about, and the head
    of the unit it is about, is "owner" and neither head nor officer there. Where that leaves no officer, the
    head of the agency stands in for one, else an officer of the agency above. Heads act only while they are
    in office (``hr.department``).
    """

    _name = "emulation.role.mixin"
    _description = "Record with roles"

    # Field of the record whose state and roles this one shares (a line and its sheet).
    _guard_parent = None

    @api.model
    def _get_default_company(self):
        """Return whose a new entry of a common list is: an officer's own agency's; else shared by all agencies."""
        if self.env.su or self.env.user.has_group(ADMIN_GROUP):
            return self.env["res.company"]
        return self.env.company

    @api.model
    def _get_role_fields(self):
        """Return the fields a role depends on."""
        names = {"employee_id", "department_id", "partner_id", "unit_id", "company_id", "proposer_id"}
        return (names | {self._guard_parent}) & self._fields.keys()

    def _get_roles(self):
        """Return {id: frozenset of roles of the current user}, in a few queries for any number of records."""
        if self._guard_parent:
            # sudo: the parent - only the user's own roles leave.
            sudo = self.sudo()
            roles = sudo[self._guard_parent]._get_roles()
            return {record.id: roles.get(record[self._guard_parent].id, frozenset()) for record in sudo}
        # sudo: the record, employees and units - who heads what is not for everybody; only own roles leave.
        records = self.sudo()
        records._fetch_for_roles()
        user = self.env.user._get_emulation_identity()
        stand_ins = records._get_stood_in_for(user)
        return {record.id: frozenset(record._iter_roles(user, record.id in stand_ins)) for record in records}

    def _ask_roles(self):
        """Return the roles as ``_get_roles``, those that are kept (``once``) without asking again."""
        companies = tuple(self.env.context.get("allowed_company_ids") or ())
        known = once.ask(self.env, ("roles", self._name, self.env.uid, companies), dict)
        if unknown := self.filtered(lambda record: record.id not in known):
            known.update(unknown._get_roles())
        return {id_: known[id_] for id_ in self._ids}

    def _fetch_for_roles(self):
        """Read what the roles depend on, one query a model; left alone the ORM reads slices of a thousand."""
        self.fetch([field.name for field in self._determine_fields_to_fetch()])  # not what is read already
        if "employee_id" in self._fields:
            self.employee_id.fetch(["user_id"])
        if "department_id" in self._fields:
            self.department_id.fetch(["parent_id"])

    def _iter_roles(self, user, stands_in):
        """Yield the roles towards one record.

        :param user: ``res.users._get_emulation_identity()``
        """
        names = self._fields
        company = self.company_id if "company_id" in names else self.env["res.company"]
        owner = self._is_emulation_owner(user)
        if owner:
            yield "owner"
        elif user.headed and self._get_acting_unit_id() in user.headed:
            yield "head"
        if "proposer_id" in names and self.proposer_id.id == user.uid:
            yield "proposer"
        if "create_uid" in names and self.create_uid.id == user.uid:
            yield "declarer"
        if user.is_employee:
            yield "employee"
        if user.is_officer and company.id in user.companies and not owner:
            yield "officer"
        elif stands_in and not owner:
            yield "stand_in"
        if user.is_admin and (not company or company.id in user.companies) and not owner:
            yield "admin"

    def _is_emulation_owner(self, user):
        """Return whether the record is about the user, also as an outside party, or about a unit headed directly."""
        employee = self["employee_id"] if "employee_id" in self._fields else None
        unit = self["department_id"] if "department_id" in self._fields else None
        contact = self["partner_id"] if "partner_id" in self._fields else None
        return bool(
            (employee and employee.id in user.employees)
            or (unit and not employee and unit.id in user.led)
            or (contact and contact.id == user.partner)
        )

    def _get_acting_unit_id(self):
        """Return the id of the unit whose head acts on the record: for a unit, the one above it."""
        unit = self["department_id"] if "department_id" in self._fields else None
        if unit and not ("employee_id" in self._fields and self["employee_id"]):
            return unit.parent_id.id
        return self["unit_id"].id if "unit_id" in self._fields else False

    # ------------------------------------------------------------------
    # Where every officer is concerned
    # ------------------------------------------------------------------

    def _get_stood_in_for(self, user):
        """Return the ids of records in which the user stands in for the officers, all of them concerned.

        Who works in the portal only never does (``res.company._get_emulation_ranks``).
        """
        if "company_id" not in self._fields or not user.is_employee:
            return set()
        found = set()
        for company, records in self.grouped("company_id").items():
            before = company and company._get_emulation_asked_before(self.env["res.users"].browse(user.uid))
            if not company or before is None:
                continue
            records._read_emulation_owners()
            found |= {record.id for record in records if not before - record._get_emulation_owner_users()}
        return found

    def _get_emulation_owner_users(self):
        """Return the users a record is about: the employee's, those who head the unit directly, the contact's."""
        self.ensure_one()
        if "employee_id" in self._fields and self["employee_id"]:
            return self["employee_id"].user_id
        if "department_id" in self._fields and self["department_id"]:
            return self["department_id"]._get_emulation_led_by()
        if "partner_id" in self._fields and self["partner_id"]:
            return self["partner_id"].user_ids
        return self.env["res.users"]

    def _read_emulation_owners(self):
        """Read at once what ``_get_emulation_owner_users`` asks of each record."""
        if "employee_id" in self._fields:
            self["employee_id"].mapped("user_id")
        if "department_id" in self._fields:
            self["department_id"]._get_emulation_led_by_unit()

    def _get_acting_heads(self):
        """Return {id: users of the nearest head in office, none of them concerned}; flat in records and units."""
        # sudo: hr.department, res.users - to name who has to act
        units = self.env["hr.department"].sudo()
        acting = {record: units.browse(record._get_acting_unit_id() or ()) for record in self}
        company = {record: record["company_id"] if "company_id" in self._fields else None for record in self}
        heads = units._get_emulation_heads_of(
            (unit, company[record]) for record, unit in acting.items() if unit
        )
        self._read_emulation_owners()
        nobody, found = self.env["res.users"], {}
        for record, unit in acting.items():
            concerned = record._get_emulation_owner_users()
            steps = heads.get((unit, company[record]), ())
            found[record.id] = next((users - concerned for users in steps if users - concerned), nobody)
        return found

    def _get_emulation_deciders(self):
        """Return {id: users who decide on the record as officers}: the officers not concerned, else who stands in."""
        deciders = {}
        # sudo: users and units - to name who has to act.
        for company, records in self.sudo().grouped("company_id").items():
            ranks = company._get_emulation_ranks()
            records._read_emulation_owners()
            for record in records:
                concerned = record._get_emulation_owner_users()
                able = (users - concerned for users in ranks if users - concerned)
                deciders[record.id] = next(able, self.env["res.users"])
        return deciders

    @api.model
    def _get_role_domain(self, role):
        """Return the domain of the records towards which the current user has a role; for lists of what waits."""
        user = self.env.user._get_emulation_identity()
        names = self._fields
        owned = self._get_owner_domain(user)
        if role == "proposer" and "proposer_id" in names:
            return Domain("proposer_id", "=", user.uid)
        if role == "declarer":
            return Domain("create_uid", "=", user.uid)
        if role == "owner":
            return owned
        if role == "head" and "unit_id" in names:
            return Domain("unit_id", "in", list(user.headed)) & ~owned
        if (role == "officer" and user.is_officer) or (role == "admin" and user.is_admin):
            return Domain("company_id", "in", list(user.companies)) & ~owned
        if role == "stand_in" and "company_id" in names:
            return self._get_stand_in_domain() & ~owned
        return Domain.FALSE

    @api.model
    def _get_owner_domain(self, user):
        """Return the domain of the records about somebody, or about a unit this person heads directly.

        The same as ``_is_emulation_owner``, asked of the database.
        """
        about = Domain.FALSE
        person = "employee_id" in self._fields
        if person:
            about |= Domain("employee_id", "in", list(user.employees))
        if "department_id" in self._fields:
            unit = Domain("department_id", "in", list(user.led))
            about |= unit & Domain("employee_id", "=", False) if person else unit
        if "partner_id" in self._fields:
            about |= Domain("partner_id", "=", user.partner)
        return about

    @api.model
    def _get_stand_in_domain(self):
        """Return the domain of the records in which the current user stands in for officers all concerned.

        Where an agency has one officer, these are the officer's own; where it has none, all of them.
        """
        domain = Domain.FALSE
        for company in self.env.user._get_emulation_stand_in_companies():
            before = company._get_emulation_asked_before(self.env.user)
            concerned = [self._get_owner_domain(user._get_emulation_identity()) for user in before or ()]
            domain |= Domain("company_id", "=", company.id) & Domain.AND(concerned)
        return domain
