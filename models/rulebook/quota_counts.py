"""How many are proposed, and of how large a group: for every quota of a batch of candidates at once."""

from collections import defaultdict

from odoo.tools import SQL

from ..mixin.dossier_states import PENDING_STATES

QUOTA_KINDS = ("group_quota", "leader_share")


class QuotaCounts:
    """Counts of proposals by agency, unit or campaign, award and year, read when the object is made.

    :param env: environment
    :param candidates: list of ``engine.eligibility.Candidate``, who are counted as well
    :param rules: ``{award code: [engine.eligibility.Requirement]}``
    :param companies: ``{recipient key: company id}``
    :param units: ``{candidate key: unit id}``
    :param batch: ``(company, unit, campaign, award code, year, recipient key, leads a unit)`` of others who are
        proposed together with the candidates and count as they do
    """

    def __init__(self, env, candidates, rules, companies, units, batch=()):
        self.env = env
        self.candidates = candidates
        self.companies = companies
        self.units = units
        self.requirements = [rule for group in rules.values() for rule in group if rule.kind in QUOTA_KINDS]
        self.exempt = self._read_exempt()
        self.staff = self._read_staff()
        # {(scope, place, award, year): {recipient key: leads a unit}}
        self.groups = defaultdict(dict)
        self.people, self.staff_counts = {}, {}
        self._read_proposals(batch)

    def of(self, candidate, rules):
        """Return ``{requirement key: (proposed, group)}`` of the quotas a candidate falls under."""
        places = {rule: self._get_place(candidate, rule.scope) for rule in rules if rule.kind in QUOTA_KINDS}
        found = {rule.key: self._count(rule, place, candidate) for rule, place in places.items() if place}
        return {key: counts for key, counts in found.items() if counts}

    def _get_place(self, candidate, scope):
        places = {
            "company": self.companies.get(candidate.recipient),
            "unit": self.units.get(candidate.key),
            "campaign": candidate.campaign,
        }
        return places[scope]

    def _count(self, rule, place, candidate):
        """Return ``(proposed, group)``, for leaders ``(leaders, proposed)``; None where the group is not known."""
        proposed = self._get_people(rule, place, candidate.award, candidate.year)
        if rule.kind == "leader_share":
            return sum(proposed.values()), len(proposed)
        if rule.awards:
            groups = [self._get_people(rule, place, award, candidate.year) for award in rule.awards]
            return len(proposed), sum(map(len, groups))
        staff = self._count_staff(rule, place)
        return None if staff is None else (len(proposed), staff)

    def _count_staff(self, rule, place):
        """Return how many work in a place and count, or None; as ``_get_people``, once for all candidates there."""
        asked = (rule.key, rule.scope, place)
        if asked not in self.staff_counts:
            staff = self.staff.get(asked[1:])
            self.staff_counts[asked] = None if staff is None else len(staff - self.exempt[rule.key])
        return self.staff_counts[asked]

    def _get_people(self, rule, place, award, year):
        """Return ``{recipient key: leads a unit}`` of those who are proposed and count.

        Found once for all candidates of a place: thousands of one agency share the same thousands.
        """
        asked = (rule.key, rule.scope, place, award, year)
        if asked not in self.people:
            group, exempt = self.groups.get(asked[1:], {}), self.exempt[rule.key]
            self.people[asked] = {key: leads for key, leads in group.items() if key not in exempt}
        return self.people[asked]

    def _read_staff(self):
        """Return ``{(scope, place): recipient keys}`` of the people of each agency and unit."""
        if all(rule.awards or rule.kind == "leader_share" for rule in self.requirements):
            return {}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT e.company_id, v.department_id, e.id
                  FROM hr_employee e JOIN hr_version v ON v.id = e.current_version_id
                 WHERE e.active AND (e.company_id = ANY(%s) OR v.department_id = ANY(%s))
                """,
                list(set(self.companies.values())),
                list(set(self.units.values())),
            )
        )
        staff = defaultdict(set)
        for company, unit, employee in rows:
            staff["company", company].add(f"employee:{employee}")
            staff["unit", unit].add(f"employee:{employee}")
        return staff

    def _read_exempt(self):
        """Return ``{requirement key: recipients who do not count}``."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT r.emulation_requirement_id, t.employee_id
                  FROM emulation_requirement_hr_employee_category_rel r
                  JOIN employee_category_rel t ON t.category_id = r.hr_employee_category_id
                 WHERE r.emulation_requirement_id = ANY(%s)
                """,
                [rule.key for rule in self.requirements if isinstance(rule.key, int)],
            )
        )
        exempt = defaultdict(set)
        for requirement, employee in rows:
            exempt[requirement].add(f"employee:{employee}")
        return exempt

    def _read_proposals(self, batch):
        """Count who is proposed; the batch itself is counted apart, for its records may not be handed in yet."""
        years = {candidate.year for candidate in self.candidates}
        codes = {candidate.award for candidate in self.candidates}.union(
            *(rule.awards for rule in self.requirements)
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT c.company_id, c.unit_id, c.campaign_id, a.code,
                       EXTRACT(YEAR FROM COALESCE(c.period_to, c.granted_date))::integer, c.recipient_key,
                       EXISTS (SELECT FROM hr_department d WHERE d.manager_id = c.employee_id AND d.active)
                  FROM emulation_commendation c
                  JOIN emulation_award a ON a.id = c.award_id
                 WHERE c.company_id = ANY(%s) AND a.code = ANY(%s) AND c.state IN %s AND NOT c.id = ANY(%s)
                   AND EXTRACT(YEAR FROM COALESCE(c.period_to, c.granted_date))::integer = ANY(%s)
                """,
                list(set(self.companies.values())),
                list(codes),
                ("granted", *PENDING_STATES),
                [candidate.source for candidate in self.candidates if candidate.source is not None],
                list(years),
            )
        )
        for row in (*rows, *batch):
            self._enter(*row)
        leaders = self._read_leaders()
        for candidate in self.candidates:
            self._enter(
                self.companies.get(candidate.recipient),
                self.units.get(candidate.key),
                candidate.campaign,
                candidate.award,
                candidate.year,
                candidate.recipient,
                candidate.recipient in leaders,
            )

    def _enter(self, company, unit, campaign, code, year, recipient, leads):
        for scope, place in (("company", company), ("unit", unit), ("campaign", campaign)):
            if place:
                self.groups[scope, place, code, year][recipient] = leads

    def _read_leaders(self):
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT manager_id FROM hr_department WHERE active AND manager_id = ANY(%s)",
                [
                    candidate.recipient_id
                    for candidate in self.candidates
                    if candidate.recipient_type == "employee"
                ],
            )
        )
        return {f"employee:{employee}" for (employee,) in rows}
