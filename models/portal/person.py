"""Who stands at the door of the portal, in plain ids, and which records are theirs."""

from dataclasses import dataclass
from datetime import timedelta

from odoo.fields import Domain
from odoo.tools import SQL

RECEIPT_DAYS = 60  # so long a receipt is asked for after a commendation


@dataclass(frozen=True)
class Person:
    """Who is at the door, in plain ids.

    ``employees`` are the person's own records as (id, name, company id), ``unit_ids`` the units the person works in,
    ``unit_path_ids`` these and all units above them; ``headed_ids`` the units the person
    heads today with all units below them (a former head has none), ``led_ids`` only the units headed directly.
    ``is_former``: who has left and kept the account; such a person reads what is its own and does nothing.
    """

    user_id: int
    company_ids: tuple
    employee_ids: tuple = ()
    employees: tuple = ()
    unit_ids: tuple = ()
    unit_path_ids: tuple = ()
    led_ids: tuple = ()
    headed_ids: tuple = ()
    tag_ids: tuple = ()
    is_former: bool = False

    @property
    def is_head(self):
        return bool(self.led_ids)

    def own(self):
        """Domain of records whose recipient is this person."""
        return Domain("company_id", "in", self.company_ids) & Domain("employee_id", "in", self.employee_ids)

    def own_or_led(self):
        """Domain of records whose recipient is this person or a unit this person heads directly."""
        mine = Domain("employee_id", "in", self.employee_ids)
        if self.led_ids:
            mine |= Domain("department_id", "in", self.led_ids)
        return Domain("company_id", "in", self.company_ids) & mine

    def dossiers(self):
        """Domain of own dossiers and those of units headed, once handed in: a draft belongs to who writes it."""
        handed_in = Domain("state", "!=", "draft") | Domain("submitted_on", "!=", False)
        return self.own_or_led() & (handed_in | Domain("proposer_id", "=", self.user_id))

    def headed(self):
        """Domain of records of the units this person heads, without the person's own record."""
        in_units = Domain("unit_id", "in", self.headed_ids)
        # Also true of what is about no employee at all.
        not_self = Domain("employee_id", "not in", self.employee_ids)
        return Domain("company_id", "in", self.company_ids) & in_units & not_self

    def to_verify(self):
        """Domain of registrations and sheets this person decides as a head: a unit's own go to the head above it."""
        return self.headed() & Domain("department_id", "not in", self.led_ids)

    def proposed(self):
        """Domain of the dossiers this person proposed, for whomever."""
        return Domain("proposer_id", "=", self.user_id) & Domain("company_id", "in", self.company_ids)

    def proposing(self):
        """Domain of the dossiers this person writes: those proposed, that of a unit only while it heads the unit."""
        about = Domain("department_id", "=", False) | Domain("department_id", "in", self.led_ids)
        return self.proposed() & about

    def readable(self):
        """Domain of the dossiers this person reads whole: proposed by it, about it, of its units once handed in, or on
        the agenda of a vote it takes part in.
        """
        handed_in = self.headed() & Domain("state", "!=", "draft")
        seat = Domain("attendance_ids", "any", Domain("user_id", "=", self.user_id))
        agenda = Domain(
            "session_item_ids", "any", Domain("session_id", "any", Domain("state", "=", "open") & seat)
        )
        return self.proposed() | self.dossiers() | handed_in | agenda

    def returned(self):
        """Domain of proposals that came back to this person to be corrected."""
        return self.proposing() & Domain("state", "=", "draft") & Domain("reason", "!=", False)

    def merits(self, unit_id=None):
        """Domain of the achievements a proposal may rest on: the own ones, or those of a unit headed directly."""
        headed = Domain("department_id", "=", unit_id) & Domain("employee_id", "=", False)
        mine = headed & self.own_or_led() if unit_id else self.own()
        return mine & Domain("state", "in", ("submitted", "recognised"))

    def declared(self):
        """Domain of the achievements this person reads: the own ones, and initiatives it is a co-author of."""
        shared = Domain("author_ids", "any", Domain("employee_id", "in", self.employee_ids))
        return self.own() | (shared & Domain("company_id", "in", self.company_ids))

    def to_mark(self):
        """Domain of the initiatives before a council that wait for marks of this person."""
        waiting = Domain("user_id", "=", self.user_id) & Domain("is_given", "=", False)
        return Domain("session_id.state", "=", "open") & Domain("mark_ids", "any", waiting)

    def marked(self):
        """Domain of the achievements this person reads because it marks them, or did."""
        own = Domain("mark_ids", "any", Domain("user_id", "=", self.user_id))
        return Domain("initiative_item_ids", "any", own)

    def to_fill(self):
        """Domain of the scoring sheets this person has to fill in."""
        return self.own_or_led() & Domain("state", "=", "draft") & Domain("review_id.state", "=", "open")

    def to_receive(self, today):
        """Domain of commendations granted of late whose receipt nobody confirmed."""
        granted = self.own_or_led() & Domain("state", "=", "granted") & Domain("decision_id", "!=", False)
        received = Domain("request_ids", "any", Domain("kind", "=", "receipt"))
        return granted & Domain("granted_date", ">=", today - timedelta(days=RECEIPT_DAYS)) & ~received

    def to_pass(self):
        """Domain of proposals waiting for this person as a head: those of a unit itself wait for the head above."""
        return self.to_verify() & Domain("state", "=", "submitted") & Domain("needs_endorsement", "=", True)

    def to_report(self, until):
        """Domain of the reports that units this person heads directly owe by a day."""
        owed = Domain("state", "=", "owed") & Domain("round_id.state", "=", "open")
        mine = Domain("department_id", "in", self.led_ids) & Domain("company_id", "in", self.company_ids)
        return owed & mine & Domain("due_date", "<=", until)

    def to_mend(self):
        """Domain of what recorded visits found in units this person heads directly and no unit has answered."""
        recorded = Domain("state", "=", "open") & Domain("inspection_id.state", "=", "issued")
        return (
            recorded
            & Domain("department_id", "in", self.led_ids)
            & Domain("company_id", "in", self.company_ids)
        )

    def published(self):
        """Domain of the lists open for comments in this person's agencies."""
        return Domain("company_id", "in", self.company_ids) & Domain("is_open", "=", True)

    def audience(self):
        """Domain of the campaigns this person may read."""
        named = {
            "departments": Domain("audience_department_ids", "in", self.unit_path_ids + self.headed_ids),
            "employees": Domain("audience_employee_ids", "in", self.employee_ids),
            "tags": Domain("audience_category_ids", "in", self.tag_ids),
        }
        told = Domain("audience_kind", "=", "all")
        told |= Domain.OR(Domain("audience_kind", "=", kind) & domain for kind, domain in named.items())
        told |= Domain("participation_ids.employee_id", "in", self.employee_ids)
        told |= Domain("participation_ids.department_id", "in", self.led_ids)
        public = Domain("state", "in", ("launched", "closed"))
        return Domain("company_id", "in", self.company_ids) & public & told


def find_person(env):
    """Return the ``Person`` behind the current user; without ``employee_ids`` if there never was an employee."""
    # By SQL, one query for every page: a portal user reads nothing of hr, and through the ORM companies, employee and
    # units cost nine. Limited to what belongs to this very user; only ids and own names leave.
    rows = env.execute_query(
        SQL(
            """
            WITH mine AS (
                SELECT rel.cid FROM res_company_users_rel rel JOIN res_company c ON c.id = rel.cid AND c.active
                 WHERE rel.user_id = %(user)s),
            own AS (
                SELECT e.id, e.name, e.company_id, v.department_id, e.active
                  FROM hr_employee e LEFT JOIN hr_version v ON v.id = e.current_version_id
                 WHERE e.user_id = %(user)s AND e.company_id IN (SELECT cid FROM mine)),
            me AS (SELECT * FROM own WHERE active)
            SELECT 'company', cid, NULL, NULL, NULL FROM mine
             UNION ALL
            SELECT 'employee', me.id, me.name, me.company_id, NULL FROM me
             UNION ALL
            SELECT 'former', own.id, own.name, own.company_id, NULL
              FROM own WHERE NOT EXISTS (SELECT 1 FROM me)
             UNION ALL
            SELECT 'unit', d.id, NULL, NULL, d.parent_path FROM me JOIN hr_department d ON d.id = me.department_id
             UNION ALL
            SELECT 'tag', rel.category_id, NULL, NULL, NULL
              FROM me JOIN employee_category_rel rel ON rel.employee_id = me.id
          ORDER BY 1, 2
            """,
            user=env.uid,
        )
    )

    def ids(kind):
        return tuple(dict.fromkeys(row[1] for row in rows if row[0] == kind))

    # The one answer to who acts for a unit: heads in office and their deputies, of units that are open.
    led, headed = env["hr.department"]._get_emulation_acting_ids() if ids("employee") else ((), ())
    is_former = any(row[0] == "former" for row in rows)
    kind = "former" if is_former else "employee"
    path = {int(unit) for row in rows if row[0] == "unit" for unit in (row[4] or "").split("/") if unit}
    return Person(
        env.uid,
        ids("company"),
        ids(kind),
        tuple((row[1], row[2], row[3]) for row in rows if row[0] == kind),
        ids("unit"),
        tuple(sorted(path)),
        tuple(sorted(led)),
        tuple(sorted(headed)),
        ids("tag"),
        is_former,
    )
