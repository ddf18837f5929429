"""Read what the eligibility rules need to know, for all candidates at once.

One query for each register, whatever the number of candidates. Plain SQL: a hundred thousand awards as ORM
records would take seconds and hundreds of megabytes.
"""

from collections import defaultdict
from dataclasses import replace

from odoo.tools import SQL

from ...engine.eligibility import (
    KINDS,
    AbsenceFact,
    AchievementFact,
    AwardFact,
    BlockFact,
    Facts,
    PostFact,
    RatingFact,
    RestrictionFact,
    StayFact,
)
from ..mixin.dossier_states import PENDING_STATES
from .quota_counts import QuotaCounts

RECIPIENT_TABLES = {"employee": "hr_employee", "department": "hr_department"}


class EligibilityFacts:
    """Facts about candidates, read when the object is made.

    Access rights are the caller's business: everything on record is read, disciplines included.

    :param env: environment
    :param candidates: list of ``engine.eligibility.Candidate``
    :param rules: ``{award code: [engine.eligibility.Requirement]}``
    :param batch: who else is on the list and counts in quotas, as ``QuotaCounts`` takes it
    """

    def __init__(self, env, candidates, rules, batch=()):
        self.env = env
        self.batch = batch
        self.candidates = candidates
        self.rules = rules
        requirements = [requirement for rule in rules.values() for requirement in rule]
        self.needs = {need for requirement in requirements for need in KINDS[requirement.kind].needs}
        if any(requirement.members for requirement in requirements):
            self.needs.add("members")
        self.facts = defaultdict(Facts)
        self.members = {}
        self.registered = {}
        self.leaders = set()
        self.units = {}
        self.quotas = None
        self._read()

    @classmethod
    def read_registers(cls, env, keys, registers):
        """Return {recipient key: facts} of some registers, whatever they may be proposed for.

        :param registers: any of ``awards``, ``ratings``, ``achievements``, ``restrictions``, ``blocks``, ``absences``
        """
        read = cls(env, [], {})
        for register in sorted(registers):
            getattr(read, f"_read_{register}")(list(keys))
        return read.facts

    def of(self, candidate):
        """Return the facts about a candidate's recipient."""
        return self.facts[candidate.recipient]

    def complete(self, candidate):
        """Return the candidate with registration and quota, where a rule asks for them."""
        if not self.needs & {"registration", "quota", "person"}:
            return candidate
        registered = candidate.registered
        if registered is None and candidate.campaign:
            registered = (candidate.campaign, candidate.recipient) in self.registered
        is_person = candidate.recipient_type == "employee"
        return replace(
            candidate,
            registered=registered,
            is_leader=candidate.recipient in self.leaders if is_person else None,
            quotas=self.quotas.of(candidate, self.rules[candidate.award]) if self.quotas else {},
        )

    # ------------------------------------------------------------------------------------------------
    # Queries
    # ------------------------------------------------------------------------------------------------

    def _read(self):
        self.env.flush_all()  # the queries below read tables, not the cache
        companies = self._read_companies()
        if "members" in self.needs:
            self._read_members()
        if self.needs & {"unit", "quota"}:
            self._read_units()
        units = {f"department:{unit}" for unit in self.units.values()} if "unit" in self.needs else set()
        keys = list({candidate.recipient for candidate in self.candidates} | set(self.members) | units)
        self._read_known_from(keys, companies)
        registers = (
            "awards",
            "ratings",
            "achievements",
            "restrictions",
            "blocks",
            "absences",
            "stays",
            "posts",
        )
        for need in (*registers, "person", "unit"):
            if need in self.needs:
                getattr(self, f"_read_{need}")(keys)
        if "service" in self.needs:
            self._read_service()
        if "registration" in self.needs:
            self._read_registrations()
        if "quota" in self.needs:
            self.quotas = QuotaCounts(
                self.env, self.candidates, self.rules, companies, self.units, self.batch
            )

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
        facts, make = self.facts, AwardFact._make
        for key, *values in rows:
            facts[key].awards.append(make(values))

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
        rows += self._read_shared_achievements(keys)
        for row in rows:
            self.facts[row[0]].achievements.append(AchievementFact._make(row[1:]))

    def _read_shared_achievements(self, keys):
        """Initiatives a person is a co-author of, from the share on that the agency sets."""
        return self.env.execute_query(
            SQL(
                """
                SELECT 'employee:' || s.employee_id, a.kind, a.reach, a.state = 'recognised',
                       COALESCE(a.date_to, a.recognition_date, a.date_from), a.name
                  FROM emulation_achievement_author s
                  JOIN emulation_achievement a ON a.id = s.achievement_id
                  JOIN res_company c ON c.id = a.company_id
                 WHERE s.employee_id = ANY(%s) AND a.state IN ('submitted', 'recognised')
                   AND s.share >= COALESCE(c.emulation_coauthor_share, 0)
                """,
                self._get_employee_ids(keys),
            )
        )

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

    # people, units -------------------------------------------------------------------------------------

    def _get_employee_ids(self, keys):
        return [int(key.partition(":")[2]) for key in keys if key.startswith("employee:")]

    def _read_absences(self, keys):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT a.employee_id, t.role, a.date_from, a.date_to, a.days, t.counts, a.label
                  FROM emulation_absence a
                  JOIN emulation_absence_type t ON t.id = a.type_id
                 WHERE a.employee_id = ANY(%s)
                """,
                self._get_employee_ids(keys),
            )
        )
        for employee, *values in rows:
            self.facts[f"employee:{employee}"].absences.append(AbsenceFact._make(values))

    def _read_stays(self, keys):
        """The units of a person, from one version of the employment to the next."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT v.employee_id, COALESCE(d.name->>%s, d.name->>'en_US'), v.date_version,
                       LEAD(v.date_version) OVER (PARTITION BY v.employee_id ORDER BY v.date_version) - 1
                  FROM hr_version v
                  JOIN hr_department d ON d.id = v.department_id
                 WHERE v.active AND v.employee_id = ANY(%s)
              ORDER BY v.employee_id, v.date_version
                """,
                self.env.lang or "en_US",
                self._get_employee_ids(keys),
            )
        )
        for employee, *values in rows:
            self.facts[f"employee:{employee}"].stays.append(StayFact._make(values))

    def _read_posts(self, keys):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT p.employee_id, g.rank, p.date_from, p.date_to, p.name
                  FROM emulation_post p
                  JOIN emulation_post_group g ON g.id = p.group_id
                 WHERE p.employee_id = ANY(%s)
                """,
                self._get_employee_ids(keys),
            )
        )
        for employee, *values in rows:
            self.facts[f"employee:{employee}"].posts.append(PostFact._make(values))

    def _read_person(self, keys):
        ids = self._get_employee_ids(keys)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT e.id, v.sex, EXISTS (SELECT FROM hr_department d WHERE d.manager_id = e.id AND d.active)
                  FROM hr_employee e
             LEFT JOIN hr_version v ON v.id = e.current_version_id
                 WHERE e.id = ANY(%s)
                """,
                ids,
            )
        )
        for employee, sex, leads in rows:
            self.facts[f"employee:{employee}"].is_woman = sex == "female" if sex else None
            if leads:
                self.leaders.add(f"employee:{employee}")

    def _read_units(self):
        """Set ``units``: ``{candidate's key: the unit}`` they work in, today's where the proposal names none."""
        people = self._get_employee_ids(candidate.recipient for candidate in self.candidates)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT e.id, v.department_id FROM hr_employee e JOIN hr_version v ON v.id = e.current_version_id
                 WHERE e.id = ANY(%s) AND v.department_id IS NOT NULL
                """,
                people,
            )
        )
        today = {f"employee:{employee}": unit for employee, unit in rows}
        for candidate in self.candidates:
            if unit := candidate.unit or today.get(candidate.recipient):
                self.units[candidate.key] = unit

    def _read_unit(self, keys):
        """What is known about the unit of each candidate, and its place in the ranking of the year."""
        places = self._read_places()
        for candidate in self.candidates:
            unit = self.units.get(candidate.key)
            if unit:
                facts = self.facts[candidate.recipient]
                facts.unit = self.facts[f"department:{unit}"]
                facts.unit.known_from, facts.unit.known = facts.known_from, facts.known
                facts.unit_rank = places.get((unit, candidate.year))

    def _read_places(self):
        """Return ``{(unit, year): its best place in a confirmed evaluation of that year}``."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT e.department_id, EXTRACT(YEAR FROM r.date_to)::integer, MIN(e.rank)
                  FROM emulation_evaluation e
                  JOIN emulation_review r ON r.id = e.review_id
                 WHERE e.department_id = ANY(%s) AND e.state = 'confirmed' AND e.rank > 0
              GROUP BY 1, 2
                """,
                list(set(self.units.values())),
            )
        )
        return {(unit, year): rank for unit, year, rank in rows}
