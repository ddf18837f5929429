"""Portal pages with 10,000 employees, 200 campaigns and 100,000 commendations behind them, beside a bare /my/home.

One worker, two workers, and two workers with the read-only routes on a streaming replica that the benchmark
starts. The value is the time per answer under load, the floor that of /my/home without our cards, asked in turn in
the same run; the goal of 1.25 means at least 0.8 of its requests per second. Which server answered which page is
read from the log of both.
"""

import http.client
import re
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg2
from measure import Result, serving
from odoo.fields import Command
from odoo.sql_db import connection_info_for
from replica import replicated

EMPLOYEES, CAMPAIGNS, COMMENDATIONS, OWN, WAITING = 10_000, 200, 100_000, 10, 60
CLIENTS, REQUESTS, ROUNDS = 4, 8, 25
GOAL = 1.25
PASSWORD = "bench-portal"  # noqa: S105 (a database that lives a few minutes)
PAGE_WIDTH, COLUMN_WIDTH = 26, 22


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
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} "
        f"FROM {table} t, generate_series(1, %s) n WHERE t.id = %s RETURNING id",
        [count, record.id],
    )
    return [row[0] for row in env.cr.fetchall()]


def prepare(env):
    """Fill the database, by SQL where there are many; return the addresses to ask for."""
    user = env["res.users"].create(
        {
            "name": "Nguyễn Thị Đo",
            "login": "bench.portal",
            "password": PASSWORD,
            "group_ids": [(6, 0, env.ref("base.group_portal").ids)],
        }
    )
    unit = env["hr.department"].create({"name": "Phòng Đo lường"})
    me, colleague, other = env["hr.employee"].create(
        [
            {"name": "Nguyễn Thị Đo", "user_id": user.id, "department_id": unit.id},
            {"name": "Trần Văn Cân", "department_id": unit.id},
            {"name": "Người khác"},
        ]
    )
    unit.manager_id = me
    # A bare /my/home is the floor: without the cards of this addon.
    env.ref("hr_emulation.portal_my_home").active = False
    env["ir.config_parameter"].set_param("hr_emulation.portal_limit_factor", "0")
    env.company.write({"emulation_honour_board": "employees", "emulation_nomination": "agency"})
    first = prepare_employees(env, other)
    campaign = prepare_campaigns(env)
    award = env["emulation.award"].create({"code": "BENCH-P", "name": "Giấy khen"})
    mine = prepare_commendations(env, user, me, colleague, award, first)
    sheet, theirs = prepare_sheets(env, campaign, me, colleague, first)
    achievement = env["emulation.achievement"].create(
        {"employee_id": me.id, "name": "Số hóa hồ sơ", "kind": "initiative", "description": "Tiết kiệm giấy."}
    )
    copy_rows(env, "emulation_achievement", achievement, OWN - 1, {"name": "'Sáng kiến ' || n"})
    exemplar = env["emulation.exemplar"].create(
        {"employee_id": me.id, "name": "Người tốt", "story": "Việc tốt."}
    )
    exemplar.action_foster()
    exemplar.with_user(user).sudo()._do_agree()  # as in the portal
    exemplar.action_publish()
    copy_rows(env, "emulation_exemplar", exemplar, 200, {"name": "'Người tốt ' || n"})
    session, publication = prepare_council(env, me, award)
    env.cr.commit()
    vacuum(env)
    return {
        "for me to do": "/my/emulation",
        "campaigns": "/my/emulation/campaigns",
        "campaigns, searched": "/my/emulation/campaigns?filterby=all&search=phong+trao+so+1",
        "one campaign": f"/my/emulation/campaigns/{campaign.id}",
        "evaluations": "/my/emulation/evaluations",
        "one sheet, 20 criteria": f"/my/emulation/evaluations/{sheet.id}",
        "achievements": "/my/emulation/achievements",
        "one achievement": f"/my/emulation/achievements/{achievement.id}",
        "propose, colleague sought": "/my/emulation/nominate?search=nguoi+thu+77",
        "one proposal": f"/my/emulation/proposals/{mine.id}",
        "my commendations": "/my/emulation/commendations",
        "one commendation": f"/my/emulation/commendations/{mine.id}",
        "honour board": "/emulation/honour?year=2024",
        "honour board, searched": "/emulation/honour?year=2024&search=thu+9",
        "exemplary models": "/emulation/honour/stories",
        "council ballots": "/my/emulation/ballots",
        "a ballot of 20 proposals": f"/my/emulation/ballots/{session.id}",
        "lists for comments": "/my/emulation/publications",
        "a list of 20 proposals": f"/my/emulation/publications/{publication.id}",
        "my unit, 180 waiting": "/my/emulation/unit",
        "a sheet to verify": f"/my/emulation/unit/evaluations/{theirs.id}",
    }


def prepare_council(env, me, award):
    """A vote of 20 proposals in which the visitor sits, and the same proposals published for comments."""
    people = env["res.partner"].create([{"name": f"Bà {number}"} for number in range(20)])
    proposals = env["emulation.commendation"].create(
        [
            {
                "recipient_type": "partner",
                "partner_id": person.id,
                "award_id": award.id,
                "period_from": "2025-01-01",
                "period_to": "2025-12-31",
                "summary": "Giúp đỡ cơ quan.",
            }
            for person in people
        ]
    )
    proposals._do_submit()
    proposals._do_appraise()
    publication = env["emulation.publication"]._create_for(proposals)
    publication.action_publish()
    council = env["emulation.council"].create(
        {"name": "Hội đồng", "member_ids": [Command.create({"employee_id": me.id, "role": "chair"})]}
    )
    session = env["emulation.session"]._create_for(council, proposals)
    session.secretary_id = council.member_ids
    session.action_all_present()
    session.action_open()
    return session, publication


def vacuum(env):
    """Do what autovacuum does to a real database within minutes; it needs a line of its own."""
    _name, address = connection_info_for(env.cr.dbname)
    with closing(psycopg2.connect(**address)) as line:
        line.autocommit = True
        line.cursor().execute("VACUUM ANALYZE")


def prepare_employees(env, other):
    """Copy an employee with its version; return the first id."""
    names = {"name": "'Người thứ ' || n", "emulation_search_key": "'nguoi thu ' || n"}
    employees = copy_rows(env, "hr_employee", other, EMPLOYEES, names)
    copy_rows(
        env, "hr_version", other.current_version_id, EMPLOYEES, {"employee_id": f"{employees[0]} + n - 1"}
    )
    env.cr.execute(
        "UPDATE hr_employee e SET current_version_id = v.id FROM hr_version v "
        "WHERE v.employee_id = e.id AND e.id >= %s",
        [employees[0]],
    )
    return employees[0]


def prepare_campaigns(env):
    """Create a campaign with 20 criteria and copy its row; return it."""
    criteria = [
        (0, 0, {"name": f"Tiêu chí {number}", "kind": "rating", "max_points": 5}) for number in range(20)
    ]
    sheet = env["emulation.criterion.set"].create({"name": "Bộ tiêu chí", "criterion_ids": criteria})
    campaign = env["emulation.campaign"].create(
        {
            "name": "Phong trào đo",
            "theme": "Đoàn kết, kỷ cương, sáng tạo",
            "individual_set_id": sheet.id,
            "content_ids": [(0, 0, {"name": f"Nội dung {number}"}) for number in range(4)],
        }
    )
    campaign._write_protected({"state": "launched", "date_start": "2026-01-01", "date_end": "2030-12-31"})
    changes = {
        "name": "'Phong trào số ' || n",
        "search_key": "'phong trao so ' || n",
        "parent_path": "NULL",
    }
    copy_rows(env, "emulation_campaign", campaign, CAMPAIGNS, changes)
    return campaign


def prepare_commendations(env, user, me, colleague, award, first):
    """Copy granted commendations of everybody, some of my own, and what waits in my unit; return one of mine."""
    values = {
        "award_id": award.id,
        "period_from": "2025-01-01",
        "period_to": "2025-12-31",
        "summary": "Hoàn thành xuất sắc nhiệm vụ.",
    }
    proposals = env["emulation.commendation"].with_user(user).sudo()
    mine, waiting = proposals.create(
        [{**values, "employee_id": me.id}, {**values, "employee_id": colleague.id}]
    )
    waiting._do_submit()
    copy_rows(env, "emulation_commendation", waiting, WAITING - 1, {"proposer_id": "1"})
    granted = {
        "state": "'granted'",
        "granted_date": "date '2020-01-01' + (n % 2000)",
        "honour_consent": "n % 10 < 3",
    }
    copy_rows(env, "emulation_commendation", mine, OWN - 1, granted)
    others = {
        **granted,
        "proposer_id": "1",
        "employee_id": f"{first} + n % {EMPLOYEES}",
        "recipient_key": f"'employee:' || ({first} + n % {EMPLOYEES})",
        "recipient_name": "'Người thứ ' || n",
        "unit_id": "NULL",
        "honour_key": "'1key 0 ' || n",
        "honour_search": "'nguoi thu ' || n",
        "name_key": "'nguoi thu ' || n",
    }
    copy_rows(env, "emulation_commendation", mine, COMMENDATIONS, others)
    return mine.with_env(env)


def prepare_sheets(env, campaign, me, colleague, first):
    """Register and open a review: my sheet is a draft, the colleague's and its copies wait for me to verify."""
    awards = env["emulation.participation"]
    found = awards
    for employee in (me, colleague):
        values = {"recipient_type": "employee", "employee_id": employee.id}
        found |= awards._find_or_register(campaign, values)
    found._do_submit()
    found._do_approve()
    review = env["emulation.review"].create(
        {
            "name": "Tổng kết",
            "campaign_id": campaign.id,
            "date_from": "2026-01-01",
            "date_to": "2030-12-31",
            "self_deadline": "2030-12-31",
        }
    )
    review._do_open()
    sheet, theirs = (
        review.evaluation_ids.filtered(lambda entry, employee=employee: entry.employee_id == employee)
        for employee in (me, colleague)
    )
    theirs._save_self_scores({line.id: {"self_points": 4} for line in theirs.score_ids})
    theirs._do_submit()
    registration = theirs.participation_id
    changes = {"employee_id": f"{first} + n", "recipient_key": f"'employee:' || ({first} + n)"}
    submitted = {**changes, "state": "'submitted'"}
    copied = copy_rows(env, "emulation_participation", registration, WAITING, submitted)
    owners = {"employee_id": changes["employee_id"], "participation_id": f"{copied[0]} + n - 1"}
    copy_rows(env, "emulation_evaluation", theirs, WAITING - 1, owners)
    return sheet, theirs


def log_in(host, login="bench.portal"):
    """Return the session cookie of a portal user."""
    line = http.client.HTTPConnection(host, timeout=60)
    line.request("GET", "/web/login")
    answer = line.getresponse()
    token = re.search(r'csrf_token" value="([^"]+)"', answer.read().decode()).group(1)
    cookie = answer.getheader("Set-Cookie").split(";")[0]
    body = urllib.parse.urlencode({"login": login, "password": PASSWORD, "csrf_token": token})
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    line.request("POST", "/web/login", body, headers)
    answer = line.getresponse()
    answer.read()
    if answer.status != 303:
        raise RuntimeError(f"cannot log in: {answer.status}")
    return answer.getheader("Set-Cookie", cookie).split(";")[0]


def ask(host, cookie, path):
    """Ask for a page; it has to be there."""
    line = http.client.HTTPConnection(host, timeout=60)
    line.request("GET", path, headers={"Cookie": cookie})
    answer = line.getresponse()
    answer.read()
    line.close()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")


def seconds_per_answer(host, cookie, path):
    """Ask for a page from several clients at once; return seconds per answer."""

    def client(_number):
        for _time in range(REQUESTS // CLIENTS):
            ask(host, cookie, path)

    started = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(client, range(CLIENTS)))
    return (time.perf_counter() - started) / REQUESTS


def load(url, pages, label, table):
    """Yield a result a page, in short rounds that alternate with /my/home so that both see the same machine."""
    host = url.removeprefix("http://")
    cookie = log_in(host)
    for path in ("/my/home", *pages.values()):
        seconds_per_answer(host, cookie, path)  # warm
    for name, path in pages.items():
        rounds = [
            (seconds_per_answer(host, cookie, "/my/home"), seconds_per_answer(host, cookie, path))
            for _round in range(ROUNDS)
        ]
        # The best round of each: what others do on the machine only ever adds.
        floor, value = min(first for first, _ in rounds), min(second for _, second in rounds)
        result = Result(f"{name}, {label}", 1000 * value, 1000 * floor, GOAL, "ms")
        table.setdefault(name, {})[label] = f"{1 / value:.0f}/s, {floor / value:.2f} of home"
        yield result


def tell_servers(url, pages, primary, replica, table):
    """Ask for each page once while both servers log their statements; say who answered.

    :raises RuntimeError: a page was not read from the replica, or asked the primary for our data
    """
    host = url.removeprefix("http://")
    cookie = log_in(host)
    for server in (primary, replica):
        server.log_statements()
    for name, path in pages.items():
        marks = primary.log_size(), replica.log_size()
        ask(host, cookie, path)
        asked = [
            sum("emulation_" in line or "hr_employee" in line for line in server.statements(mark))
            for server, mark in zip((primary, replica), marks, strict=True)
        ]
        table[name]["who answered"] = f"replica {asked[1]}, primary {asked[0]}"
        if asked[0] or not asked[1]:
            raise RuntimeError(f"{path}: {asked[1]} queries on the replica, {asked[0]} on the primary")


def show(table):
    """Print the pages beside each other."""
    labels = list(dict.fromkeys(label for row in table.values() for label in row))
    print(" " * PAGE_WIDTH + "".join(f"{label:>{COLUMN_WIDTH}}" for label in labels))
    for name, row in table.items():
        print(f"{name:<{PAGE_WIDTH}}" + "".join(f"{row.get(label, ''):>{COLUMN_WIDTH}}" for label in labels))


def run(env):
    """Portal pages under load beside /my/home: one worker, two, and two with a replica."""
    pages, table = prepare(env), {}
    for workers in (1, 2):
        label = f"{workers} worker{'s' if workers > 1 else ''}"
        with serving(env, workers=workers) as url:
            yield from load(url, pages, label, table)
    with replicated(env) as (primary, replica):
        options = ("--db_host", primary.socket, "--db_user", "odoo", "--db_replica_host", replica.socket)
        with serving(env, workers=2, options=options) as url:
            yield from load(url, pages, "2 workers, replica", table)
            tell_servers(url, pages, primary, replica, table)
    show(table)
