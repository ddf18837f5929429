"""10,000 candidates judged against 100,000 awards, beside bare SQL that reads the same rows."""

import tracemalloc
from collections import Counter
from datetime import date

from measure import Result, fastest

from odoo.addons.hr_emulation.engine.eligibility import Candidate, verdict

PEOPLE, AWARDS_EACH, YEAR = 10_000, 10, 2026


def prepare(env):
    """Return candidates for the province's title, whose rule asks for prior titles, initiatives, cases …"""
    env.cr.execute(
        """
        INSERT INTO resource_resource (name, resource_type, tz, active, company_id, time_efficiency)
        SELECT 'Người ' || n, 'user', 'UTC', true, %s, 100 FROM generate_series(1, %s) n RETURNING id
        """,
        [env.company.id, PEOPLE],
    )
    resources = [row[0] for row in env.cr.fetchall()]
    env.cr.execute(
        """
        INSERT INTO hr_employee (name, resource_id, company_id, active)
        SELECT 'Người ' || r, r, %s, true FROM unnest(%s) r RETURNING id
        """,
        [env.company.id, resources],
    )
    employees = [row[0] for row in env.cr.fetchall()]
    prepare_registers(env, employees)
    env.company.emulation_register_from = date(2010, 1, 1)
    env.flush_all()
    env.cr.execute("ANALYZE")
    return [
        Candidate("employee", employee, "CSTDT", date(YEAR, 1, 1), date(YEAR, 12, 31), date(YEAR, 11, 20))
        for employee in employees
    ]


def prepare_registers(env, employees):
    """Ten awards and an initiative for each; a case for one in a hundred."""
    person = {"employee_id": employees[0], "company_id": env.company.id}
    award = {"award_id": env.ref("hr_emulation.award_cstdcs").id}
    recipient = {"employee_id": "e", "recipient_key": "'employee:' || e"}
    everyone = f"unnest(ARRAY{employees}) e"
    multiply(
        env["emulation.commendation"].create({**person, **award}),
        f"{everyone}, generate_series({YEAR - AWARDS_EACH}, {YEAR - 1}) year",
        recipient
        | {"state": "'granted'", "commendation_type": "'merit'", "period_from": "make_date(year, 1, 1)"}
        | {"period_to": "make_date(year, 12, 31)", "granted_date": "make_date(year, 12, 20)"},
    )
    multiply(
        env["emulation.achievement"].create({**person, "name": "Sáng kiến", "kind": "initiative"}),
        everyone,
        recipient
        | {"state": "'recognised'", "reach": "'province'", "date_to": f"make_date({YEAR - 1}, 6, 1)"},
    )
    multiply(
        env["emulation.restriction"].create({**person, "kind": "pending", "date_from": date(YEAR, 6, 1)}),
        f"{everyone} WHERE e %% 100 = 0",
        recipient,
    )


def multiply(record, source, values):
    """Copy a record's row once for each row of a source, with other values; then remove the original."""
    record.flush_recordset()
    columns = [
        field.name
        for field in record._fields.values()
        if field.store and field.column_type and field.name != "id"
    ]
    copied = ", ".join(values.get(column, f"original.{column}") for column in columns)
    table, query = (
        record._table,
        "INSERT INTO {} ({}) SELECT {} FROM (SELECT * FROM {} WHERE id = %s) original, {}",
    )
    record.env.cr.execute(query.format(table, ", ".join(columns), copied, table, source), [record.id])
    remove = "DELETE FROM {} WHERE id = %s"
    record.env.cr.execute(remove.format(table), [record.id])
    record.env.invalidate_all()


def read_bare(env, candidates):
    """Read the rows the rules need, and nothing else."""
    keys = [candidate.recipient for candidate in candidates]
    for query in (
        """
        SELECT c.recipient_key, a.code, c.period_from, c.period_to, c.granted_date, c.commendation_type,
               c.state, c.id, COALESCE(d.number, c.external_decision)
          FROM emulation_commendation c
          JOIN emulation_award a ON a.id = c.award_id
     LEFT JOIN emulation_decision d ON d.id = c.decision_id
         WHERE c.recipient_key = ANY(%s)
        """,
        "SELECT recipient_key, kind, reach, state, date_to, name FROM emulation_achievement"
        " WHERE recipient_key = ANY(%s)",
        "SELECT recipient_key, kind, date_from, date_to FROM emulation_restriction"
        " WHERE recipient_key = ANY(%s)",
    ):
        env.cr.execute(query, [keys])
        env.cr.fetchall()


def run(env):
    """The check, its floor, its queries and its memory."""
    candidates = prepare(env)
    rule = env.ref("hr_emulation.award_cstdt")._rule(env.ref("hr_emulation.rulebook_2025"))
    answers = rule._check_eligibility(candidates)
    verdicts = Counter(verdict(findings) for findings in answers.values())
    print(f"{len(answers)} candidates, {len(rule.requirement_ids)} requirements: {dict(verdicts)}")
    del answers
    floor = fastest(lambda: read_bare(env, candidates))
    yield Result(
        "judge 10,000 candidates by 100,000 awards",
        fastest(lambda: rule._check_eligibility(candidates)),
        floor,
        3,
    )
    yield Result(
        "queries for 10,000 candidates",
        queries(env, rule, candidates),
        queries(env, rule, candidates[:10]),
        1,
        "",
    )
    yield Result("memory at the peak", memory(rule, candidates), 500, 1, "MB")


def queries(env, rule, candidates):
    """Count the queries of one check."""
    before = env.cr.sql_log_count
    rule._check_eligibility(candidates)
    return env.cr.sql_log_count - before


def memory(rule, candidates):
    """Return the megabytes one check needs above what was there before."""
    tracemalloc.start()
    rule._check_eligibility(candidates)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6
