"""Read what the eligibility rules need to know, for all candidates at once.

One query for each register, whatever the number of candidates. Plain SQL: a hundred thousand awards as ORM
records would take seconds and hundreds of megabytes.
"""

from collections import defaultdict
from dataclasses import replace

from odoo.tools import SQL

from ...engine.eligibility import (
    KINDS,
    AchievementFact,
    AwardFact,
    BlockFact,
    Facts,
    RatingFact,
    RestrictionFact,
)

PENDING_STATES = ("submitted", "endorsed", "appraised", "voted", "forwarded")
RECIPIENT_TABLES = {"employee": "hr_employee", "department": "hr_department"}


class EligibilityFacts:
    """Facts about candidates, read when the object is made.

    Access rights are the caller's business: everything on record is read, disciplines included.

    :param env: environment
    :param candidates: list of ``engine.eligibility.Candidate``
    :param rules: ``{award code: [engine.eligibility.Requirement]}``
    """

    def __init__(self, env, candidates, rules):
        self.env = env
        self.candidates = candidates
        self.rules = rules
        requirements = [requirement for rule in rules.values() for requirement in rule]
        self.needs = {need for requirement in requirements for need in KINDS[requirement.kind].needs}
        if any(requirement.members for requirement in requirements):
            self.needs.add("members")
        self.facts = defaultdict(Facts)
        self.members = {}
        self.registered = {}
        self.quotas = {}
        self._read()

    def of(self, candidate):
        """Return the facts about a candidate's recipient."""
        return self.facts[candidate.recipient]

    def complete(self, candidate):
        """Return the candidate with his registration and his quota, where a rule asks for them."""
        if not self.needs & {"registration", "quota"}:
            return candidate
        registered = candidate.registered
        if registered is None and candidate.campaign:
            registered = (candidate.campaign, candidate.recipient) in self.registered
        return replace(candidate, registered=registered, quota=candidate.quota or self._get_quota(candidate))

    # ------------------------------------------------------------------------------------------------
    # Queries
    # ------------------------------------------------------------------------------------------------

    def _read(self):
        self.env.flush_all()  # the queries below read tables, not the cache
        companies = self._read_companies()
        if "members" in self.needs:
            self._read_members()
        keys = list({candidate.recipient for candidate in self.candidates} | set(self.members))
        self._read_known_from(keys, companies)
        for need in ("awards", "ratings", "achievements", "restrictions", "blocks"):
            if need in self.needs:
                getattr(self, f"_read_{need}")(keys)
        if "service" in self.needs:
            self._read_service()
        if "registration" in self.needs:
            self._read_registrations()
        if "quota" in self.needs:
            self._read_quotas(companies)

    def _read_companies(self):
        """Return ``{recipient key: company id}``; outside parties belong to the current company."""
        companies = {candidate.recipient: self.env.company.id for candidate in self.candidates}
        for kind, table in RECIPIENT_TABLES.items():
            ids = [
                candidate.recipient_id for candidate in self.candidates if candidate.recipient_type == kind
            ]
            if ids:
                rows = self.env.execute_query(
                    SQL("SELECT id, company_id FROM %s WHERE id = ANY(%s)", SQL.identifier(table), ids)
                )
                companies.update((f"{kind}:{recipient}", company) for recipient, company in rows if company)
        return companies

    def _read_known_from(self, keys, companies):
        # sudo: res.company - dates of the settings, of companies the caller may not have switched on
        found = self.env["res.company"].sudo().browse(set(companies.values()))
        known = {
            company.id: (company.emulation_register_from or None, company._get_emulation_known())
            for company in found
        }
        for key in keys:
            company = companies.get(key) or companies.get(self.members.get(key))
            facts = self.facts[key]
            facts.known_from, facts.known = known.get(company, (None, {}))

    def _read_awards(self, keys):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT c.recipient_key, a.code, c.period_from, c.period_to,
                       COALESCE(c.granted_date, d.issue_date), c.commendation_type,
                       CASE WHEN c.state = 'granted' THEN 'granted' ELSE 'pending' END,
                       c.id, COALESCE(d.number || '/' || d.symbol, d.number, c.external_decision)
                  FROM emulation_commendation c
                  JOIN emulation_award a ON a.id = c.award_id
             LEFT JOIN emulation_decision d ON d.id = c.decision_id
                 WHERE c.recipient_key = ANY(%s)
                   AND c.state IN %s
                """,
                keys,
                ("granted", *PENDING_STATES),
            )
        )
        facts = self.facts
        for row in rows:
            facts[row[0]].awards.append(AwardFact._make(row[1:]))

    def _read_ratings(self, keys):
        rows = self.env.execute_query(
            SQL(
                "SELECT recipient_key, year, rating FROM emulation_rating WHERE recipient_key = ANY(%s)", keys
            )
        )
        for key, year, rating in rows:
            self.facts[key].ratings.append(RatingFact(year, rating))

    def _read_achievements(self, keys):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT recipient_key, kind, reach, state = 'recognised',
                       COALESCE(date_to, recognition_date, date_from), name
                  FROM emulation_achievement
                 WHERE recipient_key = ANY(%s) AND state != 'refused'
                """,
                keys,
            )
        )
        for row in rows:
            self.facts[row[0]].achievements.append(AchievementFact._make(row[1:]))

    def _read_restrictions(self, keys):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT recipient_key, kind, date_from, date_to, discipline_level, release_reference
                  FROM emulation_restriction
                 WHERE recipient_key = ANY(%s)
                """,
                keys,
            )
        )
        for key, *values, label in rows:
            self.facts[key].restrictions.append(RestrictionFact(*values, label or ""))

    def _read_blocks(self, keys):
        """Every year of every block the recipients are members of."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT m.recipient_key, y.year, b.name, y.state = 'acclaimed', y.leader_id IS NOT DISTINCT FROM m.id
                  FROM emulation_block_member m
                  JOIN emulation_block b ON b.id = m.block_id
                  JOIN emulation_block_year y ON y.block_id = m.block_id
                 WHERE m.recipient_key = ANY(%s)
                """,
                keys,
            )
        )
        for key, *values in rows:
            self.facts[key].blocks.append(BlockFact._make(values))

    def _read_service(self):
        """First day of the first contract; other dates of an employee are those of data entry."""
        ids = [
            candidate.recipient_id for candidate in self.candidates if candidate.recipient_type == "employee"
        ]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT employee_id, MIN(contract_date_start)
                  FROM hr_version
                 WHERE employee_id = ANY(%s) AND contract_date_start IS NOT NULL
              GROUP BY employee_id
                """,
                ids,
            )
        )
        for employee, start in rows:
            self.facts[f"employee:{employee}"].service_from = start

    def _read_members(self):
        """Members of a collective are the employees who were in the unit, or one below it, at the end of the
        candidate's period. Sets ``members``: ``{member's key: collective's key}``."""
        days = {}
        for candidate in self.candidates:
            if candidate.recipient_type == "department" and candidate.end:
                days.setdefault(candidate.end, set()).add(candidate.recipient_id)
        if not days:
            return
        pairs = [(day, unit) for day, units in days.items() for unit in units]
        rows = self.env.execute_query(self._get_members_query(pairs))
        for unit, employee in rows:
            key = f"employee:{employee}"
            self.members[key] = f"department:{unit}"
            collective = self.facts[f"department:{unit}"]
            collective.members = collective.members or []
            collective.members.append(self.facts[key])

    def _get_members_query(self, pairs):
        days, units = zip(*pairs, strict=True)
        return SQL(
            """
            WITH asked(day, unit_id) AS (SELECT * FROM UNNEST(%s::date[], %s::integer[])),
                 in_force AS (
                    SELECT DISTINCT ON (day, v.employee_id)
                           day, v.employee_id, v.department_id, v.departure_date
                      FROM (SELECT DISTINCT day FROM asked) days, hr_version v
                     WHERE v.active AND v.employee_id IS NOT NULL
                  ORDER BY day, v.employee_id, v.date_version > day,
                           ABS(day - v.date_version)
                 )
            SELECT DISTINCT asked.unit_id, in_force.employee_id
              FROM asked
              JOIN hr_department unit ON unit.id = asked.unit_id
              JOIN hr_department below ON below.parent_path LIKE unit.parent_path || '%%'
              JOIN in_force ON in_force.day = asked.day AND in_force.department_id = below.id
              JOIN hr_employee e ON e.id = in_force.employee_id
             WHERE e.active OR in_force.departure_date > asked.day
            """,
            list(days),
            list(units),
        )

    def _read_registrations(self):
        campaigns = {candidate.campaign for candidate in self.candidates if candidate.campaign}
        if not campaigns:
            return
        rows = self.env.execute_query(
            SQL(
                "SELECT campaign_id, recipient_key FROM emulation_participation"
                " WHERE campaign_id = ANY(%s) AND state IN ('submitted', 'approved')",
                list(campaigns),
            )
        )
        self.registered = set(rows)

    def _read_quotas(self, companies):
        """Count who is proposed for each award, company and year; the batch itself is counted apart."""
        self.companies = companies
        sources = [candidate.source for candidate in self.candidates if candidate.source is not None]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT c.company_id, a.code,
                       EXTRACT(YEAR FROM COALESCE(c.period_to, c.granted_date))::integer,
                       COUNT(DISTINCT c.recipient_key)
                  FROM emulation_commendation c
                  JOIN emulation_award a ON a.id = c.award_id
                 WHERE c.company_id = ANY(%s) AND c.state IN %s AND NOT c.id = ANY(%s)
              GROUP BY 1, 2, 3
                """,
                list(set(companies.values())),
                ("granted", *PENDING_STATES),
                sources,
            )
        )
        counts = defaultdict(int)
        counts.update(((company, code, year), count) for company, code, year, count in rows)
        for candidate in self.candidates:
            counts[companies[candidate.recipient], candidate.award, candidate.year] += 1
        self.quotas = counts

    def _get_quota(self, candidate):
        """Return how many are proposed for the candidate's award and how many the quota is counted on."""
        rule = next((part for part in self.rules[candidate.award] if part.kind == "group_quota"), None)
        if not rule or not rule.awards:
            return None
        company = self.companies[candidate.recipient]
        base = sum(self.quotas.get((company, award, candidate.year), 0) for award in rule.awards)
        return self.quotas[company, candidate.award, candidate.year], base
