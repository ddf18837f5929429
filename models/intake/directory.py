"""Who may be meant by the rows of a list: read for a batch at once, people who left and closed units included."""

from odoo.tools import SQL

from ...engine.vietnamese import search_key
from ...office.people import Asked, Person, find_person, find_unit, unit_key


class Directory:
    """People and units of an agency.

    Read in superuser mode: an officer imports awards of everybody without the rights of the staff office. Only
    who is meant leaves this class.

    :param env: environment
    :param company: the agency
    :param learnt: {key of a unit: department} that officers explained before
    """

    def __init__(self, env, company, learnt):
        self.env = env
        self.company = company
        self.learnt = {key: memory.department_id.id for key, memory in learnt.items() if memory.department_id}
        self.units = self._read_units()
        # The agency itself stands in many lists where a unit should.
        self.unit_keys = {unit_key(name) for _unit, name in self.units} | {unit_key(company.name)}

    def _read_units(self):
        query = SQL(
            "SELECT id, name FROM hr_department WHERE company_id = %s OR company_id IS NULL", self.company.id
        )
        self.env["hr.department"].flush_model(["name", "company_id"])
        return [
            (unit, name if isinstance(name, str) else next(iter(name.values())))
            for unit, name in self.env.execute_query(query)
        ]

    def find_people(self, asked):
        """Return a Match for each Asked, in two queries whatever their number.

        :param asked: list of ``office.people.Asked``
        """
        people = self._read_people(asked)
        by_name, by_ends, by_identity, by_email = {}, {}, {}, {}
        for person in people:
            key = search_key(person.name)
            by_name.setdefault(key, []).append(person)
            by_ends.setdefault(self._get_ends(key), []).append(person)
            by_identity.setdefault(person.identity, []).append(person)
            by_email.setdefault(person.email.lower(), []).append(person)
        matches = []
        for one in asked:
            key = search_key(one.name)
            possible = dict.fromkeys(by_name.get(key) or by_ends.get(self._get_ends(key), []))
            possible |= dict.fromkeys(by_identity.get(one.identity, []) if one.identity else [])
            possible |= dict.fromkeys(by_email.get(one.email.lower(), []) if one.email else [])
            matches.append(find_person(one, list(possible), self.unit_keys))
        return matches

    @staticmethod
    def _get_ends(key):
        """Return family and given name: a slip is looked for among those who share both."""
        words = key.split()
        return (words[0], words[-1]) if words else ("", "")

    def _read_people(self, asked):
        for model, names in (
            (
                "hr.employee",
                ["name", "active", "emulation_search_key", "work_email", "birthday", "company_id"],
            ),
            ("hr.version", ["identification_id", "department_id"]),
        ):
            self.env[model].flush_model(names)
        keys = [search_key(one.name) for one in asked]
        patterns = {f"{first}%{last}" for first, last in map(self._get_ends, keys) if last}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT e.id, e.name, d.name, EXTRACT(YEAR FROM e.birthday)::int, v.identification_id, e.work_email,
                       NOT e.active
                  FROM hr_employee e
             LEFT JOIN hr_version v ON v.id = e.current_version_id
             LEFT JOIN hr_department d ON d.id = v.department_id
                 WHERE e.company_id = %s
                   AND (e.emulation_search_key LIKE ANY(%s) OR v.identification_id = ANY(%s)
                        OR LOWER(e.work_email) = ANY(%s))
              ORDER BY e.active DESC, e.id
                """,
                self.company.id,
                list(patterns),
                [one.identity for one in asked if one.identity],
                [one.email.lower() for one in asked if one.email],
            )
        )
        return [
            Person(row[0], row[1], self._get_name(row[2]), row[3], row[4] or "", row[5] or "", row[6])
            for row in rows
        ]

    @staticmethod
    def _get_name(name):
        return next(iter(name.values()), "") if isinstance(name, dict) else name or ""

    def find_unit(self, name):
        """Return the Match of a unit."""
        learnt = self.learnt.get(unit_key(name))
        if learnt:
            from ...office.people import Match

            return Match("name", learnt)
        return find_unit(name, self.units)


__all__ = ["Asked", "Directory"]
