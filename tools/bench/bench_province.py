"""The main screens, searches and verbs of each role in a tenth of a province, beside the same in a small office.

The small office has a unit, 200 past awards and a campaign; then the same database grows by SQL to a tenth of a
province: 10 agencies, 5,000 employees, 40,000 past awards with certificates, 7,200 registrations and sheets, 50,000
ratings. Value and floor are the same call after and before, each the fastest of several: what grows with what is
stored, not with what is shown, stands out. `PROVINCE_SCALE=10` grows it to the whole; `PROVINCE_EXPLAIN` names a file
for the plans of the ten heaviest queries.
"""

import os
import time
from pathlib import Path
from unittest.mock import patch

from bench_portal import copy_rows, vacuum
from measure import NOISE, PeakMemory, Result, fastest
from odoo.sql_db import Cursor

from odoo.addons.hr_emulation.engine.vietnamese import search_key

SCALE = float(os.environ.get("PROVINCE_SCALE") or 1)
AGENCIES, EMPLOYEES, AWARDS, SHEETS, RATINGS = (
    int(number * SCALE) for number in (10, 5_000, 40_000, 7_200, 50_000)
)
SMALL = 200
PAGE = 80
TIMES = 5
SCREEN, SEARCH = 2.0, 3.0
MOST_MEMORY = 400  # megabytes a worker may take
FIELDS = ("display_name", "state", "company_id", "unit_id")
# 4,000 names as they are: of ten people four are called Nguyễn, and full names return.
FAMILIES = ("Nguyễn", "Trần", "Nguyễn", "Lê", "Nguyễn", "Phạm", "Nguyễn", "Hoàng", "Đặng", "Vũ")
MIDDLES = ("Văn", "Thị", "Đức", "Minh", "Thanh", "Ngọc", "Quang", "Hữu", "Thu", "Xuân")
GIVEN = (
    "An Bình Châu Chi Cường Dung Dũng Duy Giang Hà Hải Hạnh Hiền Hiếu Hoa Hòa Hùng Hương Khánh Lan Liên Linh Long Mai"
    " Nam Nga Nhung Phong Phúc Quân Sơn Tâm Thảo Thắng Thủy Trang Tuấn Tùng Việt Yến"
).split()
TYPED_NAME = "nguyen van binh"
COUNTED = 10_001  # a list of the web client counts no further and then says "10000+"


def run(env):
    """Screens, searches and verbs of officer, head and employee: a tenth of a province beside a small office."""
    env = env(context=dict(env.context, tracking_disable=True, lang="vi_VN"))
    office = Office(env)
    small = office.measure()
    office.grow()
    with PeakMemory() as memory:
        large = office.measure()
    if os.environ.get("PROVINCE_EXPLAIN"):
        explain(env, office.queries, Path(os.environ["PROVINCE_EXPLAIN"]))
    print(f"{'':<58}{'small ms':>9}{'large ms':>9}")
    for name, (seconds, goal) in large.items():
        before = small[name][0]
        print(f"{name:<58}{1000 * before:>9.1f}{1000 * seconds:>9.1f}")
        yield Result(name, max(seconds, NOISE), max(before, NOISE), goal)
    yield Result("memory of the process", memory.megabytes, MOST_MEMORY, 1.0, "MB")


HEAD = """# The heaviest queries

How PostgreSQL answers the longest query of each of the ten slowest calls, with {agencies} agencies, {employees:,}
employees and {awards:,} past awards. Written by `PROVINCE_EXPLAIN=$PWD/docs/queries.md ./dev bench province`
(`tools/bench/bench_province.py`); `PROVINCE_SCALE=10` does it for a whole province.

What to look for: a *Seq Scan* or *Rows Removed by Filter* that grows with what is stored. Groups count every row they
show, by an index where there is one. What is typed is found by trigrams (`pg_trgm`, which Odoo adds to each database
it makes; in one made otherwise `CREATE EXTENSION pg_trgm`, then update the addon): without them the table is read, as
it is for words of one or two letters alone.
"""


def explain(env, queries, path, most=10):
    """Write the plans of the heaviest queries into a file.

    :param dict queries: ``{call: (seconds, query, parameters)}``
    """
    parts = [HEAD.format(agencies=AGENCIES, employees=EMPLOYEES, awards=AWARDS)]
    for call, (_seconds, query, parameters) in sorted(queries.items(), key=lambda item: -item[1][0])[:most]:
        env.cr.execute(f"EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) {query}", parameters)
        plan = "\n".join(row[0] for row in env.cr.fetchall())
        parts.append(f"## {call}\n\n```\n{shorten(plan)}\n```\n")
    path.write_text("\n".join(parts), encoding="utf-8")


def shorten(plan, width=160):
    """Return a plan whose lines can be read: long lists of ids are cut."""
    return "\n".join(line if len(line) <= width else f"{line[:width]} …" for line in plan.splitlines())


class Office:
    """People of each role, one of every record, and what is asked of them."""

    def __init__(self, env):
        self.env = env
        self.queries = {}
        self.award = env["emulation.award"].create({"code": "BENCH-T", "name": "Giấy khen"})
        self.unit = env["hr.department"].create({"name": "Phòng Tổng hợp"})
        self.officer = self.new_user("officer", "hr_emulation.group_emulation_officer")
        self.head, self.employee = (self.new_user(name, "base.group_user") for name in ("head", "employee"))
        self.head_person, self.person, self.model = env["hr.employee"].create(
            [
                {"name": "Trưởng phòng", "department_id": self.unit.id, "user_id": self.head.id},
                {"name": "Nhân viên", "department_id": self.unit.id, "user_id": self.employee.id},
                {"name": "Lê Thị Mẫu", "department_id": self.unit.id},
            ]
        )
        self.unit.manager_id = self.head_person
        self.people = [self.person.id, self.model.id]
        self.prepare_records()
        self.fill(SMALL, SMALL)
        self.refresh()

    def new_user(self, name, group):
        return self.env["res.users"].create(
            {"name": name, "login": f"bench_{name}", "group_ids": [(6, 0, self.env.ref(group).ids)]}
        )

    def propose(self, person, proposer=None):
        records = self.env["emulation.commendation"].with_user(proposer or self.env.user).sudo()
        return records.create(
            {
                "employee_id": person.id,
                "award_id": self.award.id,
                "period_from": "2021-01-01",
                "period_to": "2025-12-31",
                "summary": "Hoàn thành xuất sắc nhiệm vụ.",
            }
        )

    def prepare_records(self):
        """Make one of each, to be copied."""
        self.granted = self.propose(self.model)
        self.granted._with_seal()._take_snapshot()
        self.granted._write_protected({"state": "granted", "granted_date": "2024-06-01"})
        self.waiting = self.propose(self.person)
        self.waiting._do_submit()
        self.draft = self.propose(self.model, self.employee)
        self.certificate = self.env["emulation.certificate"]._create_protected(
            [
                {
                    "commendation_id": self.granted.id,
                    "company_id": self.env.company.id,
                    "number": "0001/2024",
                    "recipient_name": "Lê Thị Mẫu",
                    "issue_date": "2024-06-01",
                    "token": "bench",
                }
            ]
        )
        self.rating = self.env["emulation.rating"].create(
            {"employee_id": self.model.id, "year": 1950, "rating": "good"}
        )
        sheet = self.env["emulation.criterion.set"].create(
            {
                "name": "Bộ tiêu chí",
                "criterion_ids": [(0, 0, {"name": "A", "kind": "rating", "max_points": 5})],
            }
        )
        self.campaign = self.env["emulation.campaign"].create(
            {"name": "Phong trào đo", "theme": "Đoàn kết", "individual_set_id": sheet.id}
        )
        self.campaign._write_protected(
            {"state": "launched", "date_start": "2026-01-01", "date_end": "2030-12-31"}
        )
        registrations = self.env["emulation.participation"]
        values = {"recipient_type": "employee", "employee_id": self.model.id}
        self.registration = registrations._find_or_register(self.campaign, values)
        self.registration._do_submit()
        self.registration._do_approve()
        review = self.env["emulation.review"].create(
            {
                "name": "Tổng kết",
                "campaign_id": self.campaign.id,
                "date_from": "2026-01-01",
                "date_to": "2030-12-31",
                "self_deadline": "2030-12-31",
            }
        )
        review._do_open()
        self.sheet = review.evaluation_ids

    # ------------------------------------------------------------------
    # Growing
    # ------------------------------------------------------------------

    def fill(self, awards, others):
        """Add past awards with certificates, and registrations, sheets and ratings."""
        people = f"(ARRAY{self.people})[1 + n % {len(self.people)}]"
        start = self.env["emulation.commendation"].search_count([])
        name, key = get_name_sql(f"(n + {start})"), get_name_sql(f"(n + {start})", search_key)
        copied = copy_rows(
            self.env,
            "emulation_commendation",
            self.granted,
            awards,
            {
                "employee_id": people,
                "recipient_key": f"'employee:' || {people}",
                "recipient_name": name,
                "name_key": key,
                "search_key": key,
                "honour_search": key,
                "granted_date": "date '2016-01-01' + (n % 3650)",
            },
        )
        copy_rows(
            self.env,
            "emulation_certificate",
            self.certificate,
            awards,
            {
                "commendation_id": f"{copied[0]} + n - 1",
                "number": f"lpad((n + {start})::text, 6, '0') || '/2023'",
                "token": f"'bench-' || (n + {start})",
                "recipient_name": name,
                "recipient_key": key,
                "search_key": key,
            },
        )
        self.fill_sheets(others, start)

    def fill_sheets(self, count, start):
        someone = f"'bench:' || (n + {start})"
        found = {"recipient_key": someone, "search_key": get_name_sql(f"(n + {start})", search_key)}
        campaigns = copy_rows(
            self.env,
            "emulation_campaign",
            self.campaign,
            60,
            {"name": f"'Phong trào ' || (n + {start})", "parent_path": "NULL", "state": "'closed'"},
        )
        registrations = copy_rows(
            self.env,
            "emulation_participation",
            self.registration,
            count,
            {**found, "campaign_id": f"{campaigns[0]} + n % 60"},
        )
        copy_rows(
            self.env,
            "emulation_evaluation",
            self.sheet,
            count,
            {
                "participation_id": f"{registrations[0]} + n - 1",
                "campaign_id": f"{campaigns[0]} + n % 60",
                "search_key": found["search_key"],
                "state": "'confirmed'",
            },
        )

    def grow(self):
        """Become a part of a province."""
        agencies = self.env["res.company"].create([{"name": f"Sở số {number}"} for number in range(AGENCIES)])
        names = {"name": get_name_sql("n"), "emulation_search_key": get_name_sql("n", search_key)}
        self.people = copy_rows(self.env, "hr_employee", self.model, EMPLOYEES, names)
        versions = copy_rows(
            self.env,
            "hr_version",
            self.model.current_version_id,
            EMPLOYEES,
            {"employee_id": f"{self.people[0]} + n - 1"},
        )
        self.env.cr.execute(
            "UPDATE hr_employee SET current_version_id = %s + id - %s WHERE id >= %s",
            [versions[0], self.people[0], self.people[0]],
        )
        self.env.invalidate_all()
        self.fill(AWARDS, SHEETS)
        for agency in agencies:
            copy_rows(
                self.env,
                "emulation_certificate",
                self.certificate,
                1,
                {"company_id": str(agency.id), "token": f"'bench-agency-{agency.id}'"},
            )
        copy_rows(
            self.env,
            "emulation_rating",
            self.rating,
            RATINGS,
            {"recipient_key": "'bench:' || n", "year": "1951 + n % 200"},
        )
        self.refresh()

    def refresh(self):
        self.env.cr.commit()
        vacuum(self.env)

    # ------------------------------------------------------------------
    # What is asked
    # ------------------------------------------------------------------

    def measure(self):
        """Return {call: (seconds, goal)}."""
        found = {}
        for who in ("officer", "head", "employee"):
            user = self[who]
            for name, model, domain, goal in SCREENS:
                if self.env[model].with_user(user).has_access("read"):
                    found[f"{who}: {name}"] = (goal, self.list, user, model, domain)
            found[f"{who}: colleague picked by name"] = (SEARCH, self.pick, user)
        for name, field in (("state", "state"), ("award", "award_id"), ("unit", "unit_id")):
            found[f"officer: commendations by {name}"] = (SEARCH, self.group, self.officer, field)
        found["anybody: a certificate by number and name"] = (SEARCH, self.verify)
        found["hand in one proposal over five years"] = (SCREEN, self.submit)
        found["appraise one proposal over five years"] = (SCREEN, self.appraise)
        return {
            name: (self.time(name, deed, *arguments), goal)
            for name, (goal, deed, *arguments) in found.items()
        }

    def __getitem__(self, who):
        return getattr(self, who)

    def time(self, name, deed, *arguments):
        """Return the seconds of the fastest of several calls, each from a cold cache and undone.

        The heaviest query of a call is kept in ``queries``.
        """

        def once():
            self.env.flush_all()
            self.env.invalidate_all()
            with self.env.cr.savepoint() as savepoint:
                deed(*arguments)
                self.env.flush_all()
                savepoint.rollback()
            self.env.invalidate_all()

        self.queries[name] = find_heaviest(once)
        return fastest(once, TIMES)

    def list(self, user, model, domain):
        records = self.env[model].with_user(user)
        specification = {name: {} for name in FIELDS if name in records._fields}
        order = LIST_ORDERS.get(model)
        records.web_search_read(domain, specification, limit=PAGE, order=order, count_limit=COUNTED)

    def pick(self, user):
        self.env["hr.employee.public"].with_user(user).name_search(TYPED_NAME, limit=8)

    def group(self, user, field):
        records = self.env["emulation.commendation"].with_user(user)
        records.web_read_group([], [field], ["__count"], limit=PAGE)

    def verify(self):
        if not self.env["emulation.certificate"]._find_by_number("0001/2024", "le thi mau"):
            raise RuntimeError("the certificate is not found")

    def submit(self):
        self.draft._do_submit()

    def appraise(self):
        self.env["emulation.appraisal"]._judge(self.waiting)


def get_name_sql(number, change=str):
    """Return SQL for the name of the person of a number; ``change`` makes the key of it."""
    digits = (f"{number} % 10", f"{number} / 10 % 10", f"{number} / 100 % {len(GIVEN)}")
    parts = (
        "(ARRAY[{}])[1 + {}]".format(", ".join(f"'{change(word)}'" for word in words), digit)
        for words, digit in zip((FAMILIES, MIDDLES, GIVEN), digits, strict=True)
    )
    return " || ' ' || ".join(parts)


def find_heaviest(deed):
    """Do something; return ``(seconds, query, parameters)`` of its longest reading query."""
    found, execute = [(0.0, "SELECT 1", None)], Cursor.execute

    def timed(cursor, query, params=None, log_exceptions=True):
        started = time.perf_counter()
        result = execute(cursor, query, params, log_exceptions)
        seconds = time.perf_counter() - started
        code = query if isinstance(query, str) else query.code
        if code.lstrip().upper().startswith(("SELECT", "WITH")):
            found.append((seconds, code, params if isinstance(query, str) else query.params))
        return result

    with patch.object(Cursor, "execute", timed):
        deed()
    return max(found, key=lambda entry: entry[0])


TYPED = [("display_name", "ilike", TYPED_NAME)]
SCREENS = (
    ("all commendations", "emulation.commendation", [], SCREEN),
    ("waiting for me", "emulation.commendation", [("is_my_turn", "=", True)], SCREEN),
    ("commendations, typed", "emulation.commendation", TYPED, SEARCH),
    ("registrations", "emulation.participation", [], SCREEN),
    ("registrations, typed", "emulation.participation", TYPED, SEARCH),
    ("sheets", "emulation.evaluation", [], SCREEN),
    ("ratings", "emulation.rating", [], SCREEN),
    ("certificates", "emulation.certificate", [], SCREEN),
    ("certificates, typed", "emulation.certificate", TYPED, SEARCH),
    ("decisions", "emulation.decision", [], SCREEN),
    ("campaigns", "emulation.campaign", [], SCREEN),
)
# As the list views say.
LIST_ORDERS = {"emulation.participation": "id desc", "emulation.evaluation": "id desc"}
