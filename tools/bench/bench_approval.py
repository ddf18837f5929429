"""1,000 commendations endorsed from the list, beside a bare ORM write of the same fields plus one batch log."""

import time
from statistics import median

from measure import Result
from odoo import fields

COUNT = 1000
ROUNDS = 5
GOAL = 2.0  # times the bare write


def prepare(env):
    """Return the head of a unit and 1,000 proposals handed in there."""
    user = env["res.users"].create(
        {"name": "Trưởng phòng", "login": "bench_head", "group_ids": [env.ref("base.group_user").id]}
    )
    unit = env["hr.department"].create({"name": "Phòng đo"})
    names = ["Trưởng phòng", *(f"Người thứ {number}" for number in range(COUNT))]
    employees = env["hr.employee"].create([{"name": name, "department_id": unit.id} for name in names])
    employees[0].user_id = user
    unit.manager_id = employees[0]
    award = env["emulation.award"].create({"code": "BENCH", "name": "Giấy khen"})
    records = env["emulation.commendation"].create(
        [
            {
                "employee_id": employee.id,
                "award_id": award.id,
                "rulebook_id": False,
                "period_from": "2025-01-01",
                "period_to": "2025-12-31",
                "summary": "Hoàn thành xuất sắc nhiệm vụ.",
            }
            for employee in employees[1:]
        ]
    )
    records._do_submit()
    env.flush_all()
    return user, records


def measure(env, deed):
    """Return seconds and queries of ``deed`` from a cold cache; what it did is undone."""
    env.flush_all()
    env.invalidate_all()
    with env.cr.savepoint() as savepoint:
        queries, start = env.cr.sql_log_count, time.perf_counter()
        deed()
        env.flush_all()
        seconds, queries = time.perf_counter() - start, env.cr.sql_log_count - queries
        savepoint.rollback()
    env.invalidate_all()
    return seconds, queries


def run(env):
    """1,000 proposals endorsed from a list, beside a bare write of the same fields and one batch log."""
    env = env(context=dict(env.context, tracking_disable=True))
    user, records = prepare(env)
    head = records.with_user(user)

    def bare():
        bare_records = records.with_user(user).sudo()
        now = fields.Datetime.now()
        bare_records._write_protected(
            {"state": "endorsed", "endorsed_on": now, "endorser_id": user.id, "state_changed_on": now}
        )
        bare_records._message_log_batch(dict.fromkeys(records.ids, "Endorsed"))

    for deed in (bare, head.action_endorse):  # warm up
        measure(env, deed)
    floors, times = [], []
    for _round in range(ROUNDS):
        floors.append(measure(env, bare))
        times.append(measure(env, head.action_endorse))
    yield Result(
        f"endorse {COUNT} commendations",
        median(seconds for seconds, _queries in times),
        median(seconds for seconds, _queries in floors),
        goal=GOAL,
    )
    print(f"queries: {times[0][1]}, bare {floors[0][1]}")
