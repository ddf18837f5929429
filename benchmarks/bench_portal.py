"""Portal pages with 10,000 employees, 200 campaigns and 100,000 commendations behind them, beside a bare /my/home.

One worker, two workers, and two workers with the read-only routes on a streaming replica. The value is the time per
answer under load, the floor that of /my/home in the same run; the goal of 1.25 means at least 0.8 of its requests
per second.
"""

import http.client
import re
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from statistics import median

from measure import Result, serving
from replica import replicated

EMPLOYEES, CAMPAIGNS, COMMENDATIONS, OWN = 10_000, 200, 100_000, 10
CLIENTS, REQUESTS, ROUNDS = 4, 32, 3
GOAL = 1.25
PASSWORD = "bench-portal"  # noqa: S105 (a database that lives a few minutes)


def copy_rows(env, table, record, count, changes):
    """Insert copies of a record by SQL; `changes` gives the SQL of columns that differ, `n` counts from 1."""
    env.flush_all()
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name <> 'id'",
        [table],
    )
    columns = [f'"{name}"' for (name,) in env.cr.fetchall()]
    values = [changes.get(name.strip('"'), f"t.{name}").replace("%", "%%") for name in columns]
    env.cr.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} "  # noqa: S608 (our own names)
        f"FROM {table} t, generate_series(1, %s) n WHERE t.id = %s RETURNING id",
        [count, record.id],
    )
    return [row[0] for row in env.cr.fetchall()]


def prepare(env):
    """Fill the database; return the addresses to ask for."""
    company = env.company
    user = env["res.users"].create(
        {
            "name": "Nguyễn Thị Đo",
            "login": "bench.portal",
            "password": PASSWORD,
            "group_ids": [(6, 0, env.ref("base.group_portal").ids)],
        }
    )
    unit = env["hr.department"].create({"name": "Phòng Đo lường"})
    me, other = env["hr.employee"].create(
        [{"name": "Nguyễn Thị Đo", "user_id": user.id, "department_id": unit.id}, {"name": "Người khác"}]
    )
    employees = copy_rows(env, "hr_employee", other, EMPLOYEES, {"name": "'Người thứ ' || n"})
    version = other.current_version_id
    copy_rows(env, "hr_version", version, EMPLOYEES, {"employee_id": f"{employees[0]} + n - 1"})
    env.cr.execute(
        "UPDATE hr_employee e SET current_version_id = v.id FROM hr_version v "
        "WHERE v.employee_id = e.id AND e.id >= %s",
        [employees[0]],
    )
    sheet = env["emulation.criterion.set"].create(
        {
            "name": "Bộ tiêu chí",
            "criterion_ids": [
                (0, 0, {"name": f"Tiêu chí {number}", "kind": "rating", "max_points": 5})
                for number in range(20)
            ],
        }
    )
    campaign = env["emulation.campaign"].create(
        {"name": "Phong trào đo", "theme": "Đoàn kết, kỷ cương, sáng tạo", "individual_set_id": sheet.id}
    )
    campaign._write_protected({"state": "launched", "date_start": "2026-01-01", "date_end": "2030-12-31"})
    copy_rows(
        env,
        "emulation_campaign",
        campaign,
        CAMPAIGNS,
        {"name": "'Phong trào số ' || n", "parent_path": "NULL"},
    )
    award = env["emulation.award"].create({"code": "BENCH-P", "name": "Giấy khen"})
    proposal = env["emulation.commendation"].create(
        {
            "employee_id": me.id,
            "award_id": award.id,
            "period_from": "2025-01-01",
            "period_to": "2025-12-31",
            "summary": "Hoàn thành xuất sắc nhiệm vụ.",
        }
    )
    changes = {
        "state": "'granted'",
        "granted_date": "date '2020-01-01' + (n % 2000)",
        "honour_consent": "n % 100 = 0",
    }
    copy_rows(env, "emulation_commendation", proposal, OWN - 1, changes)
    others = {**changes, "employee_id": f"{employees[0]} + n % {EMPLOYEES}"}
    others["recipient_key"] = f"'employee:' || ({employees[0]} + n % {EMPLOYEES})"
    others["recipient_name"] = "'Người thứ ' || n"
    copy_rows(env, "emulation_commendation", proposal, COMMENDATIONS, others)
    company.emulation_honour_board = "employees"
    env.cr.commit()
    env.cr.execute("ANALYZE")
    env.cr.commit()
    return {
        "campaigns": "/my/emulation/campaigns",
        "one campaign": f"/my/emulation/campaigns/{campaign.id}",
        "my commendations": "/my/emulation/commendations",
        "one commendation": f"/my/emulation/commendations/{proposal.id}",
        "evaluations": "/my/emulation/evaluations",
        "achievements": "/my/emulation/achievements",
        "honour board": "/emulation/honour?year=2024",
    }


def log_in(host):
    """Return the session cookie of the portal user."""
    line = http.client.HTTPConnection(host, timeout=60)
    line.request("GET", "/web/login")
    answer = line.getresponse()
    token = re.search(r'csrf_token" value="([^"]+)"', answer.read().decode()).group(1)
    cookie = answer.getheader("Set-Cookie").split(";")[0]
    body = urllib.parse.urlencode({"login": "bench.portal", "password": PASSWORD, "csrf_token": token})
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    line.request("POST", "/web/login", body, headers)
    answer = line.getresponse()
    answer.read()
    if answer.status != 303:
        raise RuntimeError(f"cannot log in: {answer.status}")
    return answer.getheader("Set-Cookie", cookie).split(";")[0]


def seconds_per_answer(host, cookie, path):
    """Ask for a page from several clients at once; return seconds per answer."""

    def client(_number):
        for _time in range(REQUESTS // CLIENTS):
            line = http.client.HTTPConnection(host, timeout=60)
            line.request("GET", path, headers={"Cookie": cookie})
            answer = line.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status}")
            line.close()

    started = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(client, range(CLIENTS)))
    return (time.perf_counter() - started) / REQUESTS


def load(url, pages, label):
    """Yield a result a page, in rounds that alternate with /my/home so that both see the same machine."""
    host = url.removeprefix("http://")
    cookie = log_in(host)
    for path in ("/my/home", *pages.values()):
        seconds_per_answer(host, cookie, path)  # warm
    for name, path in pages.items():
        rounds = [
            (seconds_per_answer(host, cookie, "/my/home"), seconds_per_answer(host, cookie, path))
            for _round in range(ROUNDS)
        ]
        floor, value = median(first for first, _ in rounds), median(second for _, second in rounds)
        yield Result(f"{name}, {label}", 1000 * value, 1000 * floor, GOAL, "ms")


def run(env):
    """Portal pages under load beside /my/home: one worker, two, and two with a replica."""
    pages = prepare(env)
    for workers in (1, 2):
        with serving(env, workers=workers) as url:
            yield from load(url, pages, f"{workers} worker{'s' if workers > 1 else ''}")
    with replicated(env) as (primary, replica):
        options = ("--db_host", primary.socket, "--db_user", "odoo", "--db_replica_host", replica.socket)
        before = replica.rows_read(env.cr.dbname)
        with serving(env, workers=2, options=options) as url:
            yield from load(url, pages, "2 workers, replica")
        if replica.rows_read(env.cr.dbname) - before < REQUESTS:
            raise RuntimeError("the replica was not asked")
