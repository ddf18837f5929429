"""The first screens over 400,000 past awards beside 4,000; 50,000 rows as .xlsx beside xlsxwriter and Odoo's own."""

import gc
import io
from types import SimpleNamespace
from unittest.mock import patch

from bench_eligibility import multiply
from measure import PeakMemory, Result, duration, fastest

PAST = 4_000, 400_000
ROWS = 50_000
MOST_MEMORY = 150  # MB above idle


def add_past(env, employee, count, year):
    """Multiply a granted commendation by SQL."""
    award = env.ref("hr_emulation.award_ldtt")
    first = env["emulation.commendation"].create({"employee_id": employee.id, "award_id": award.id})
    multiply(
        first,
        f"generate_series(1, {count}) n",
        {
            "state": "'granted'",
            "granted_date": f"make_date({year} - n %% 10, 1 + n %% 12, 1 + n %% 28)",
            "period_to": f"make_date({year} - n %% 10, 12, 31)",
        },
    )
    env.cr.execute("ANALYZE emulation_commendation")
    env.invalidate_all()


def look(env):
    """What is asked when an officer opens the lists and the figures of this year."""
    env.invalidate_all()
    env["emulation.commendation"].get_list_head()
    env["emulation.campaign"].get_list_head()
    report = env["emulation.report.commendation"]
    pending = [("state", "in", ("submitted", "endorsed", "appraised", "voted", "forwarded"))]
    report._read_group(pending, ["state", "waiting_age"], ["__count"])
    this_year = [("state", "=", "granted"), ("granted_date", ">=", "2199-01-01")]
    report._read_group(this_year, ["unit_id", "level"], ["__count"])


def write_raw(rows, columns):
    """Write as many cells by xlsxwriter alone."""
    import xlsxwriter

    book = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True})
    sheet = book.add_worksheet()
    style = book.add_format({"border": 1})
    for row in range(rows):
        for column in range(columns):
            sheet.write_string(row, column, "Nguyễn Văn An", style)
    book.close()


def write_by_odoo(records):
    """Export the same fields of the same records as the *Export* of every list does."""
    from odoo.addons.web.controllers import export

    names = [path for path, _width in records._export_fields]
    columns = [{"name": name, "type": records._fields[name].type} for name in names]
    with patch.object(export, "request", SimpleNamespace(env=records.env)):
        export.ExcelExport().from_data(columns, names, records.export_data(names)["datas"])


def idle_memory():
    with open("/proc/self/status", encoding="ascii") as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmRSS"))


def run(env):
    """Opening the first screens whatever lies in the history; a list of 50,000 rows in constant memory."""
    employee = env["hr.employee"].create({"name": "Nguyễn Văn An"})
    add_past(env, employee, PAST[0], 2025)
    look(env)
    few = fastest(lambda: look(env))
    add_past(env, employee, PAST[1] - PAST[0], 2025)
    look(env)
    yield Result(
        "open lists and figures over 400,000 awards, not 4,000", fastest(lambda: look(env)), few, 2.0
    )

    records = env["emulation.report.commendation"].search([], limit=ROWS)
    columns = len(records._get_export_columns())
    raw = duration(lambda: write_raw(ROWS, columns))
    env.invalidate_all()
    gc.collect()
    idle = idle_memory()
    with PeakMemory() as memory:
        ours = duration(records._build_export)
    yield Result("50,000 rows as .xlsx, beside raw xlsxwriter", ours, raw, 1.3)
    env.invalidate_all()
    yield Result("the same, beside Odoo's own export", ours, duration(lambda: write_by_odoo(records)), 0.6)
    yield Result("memory above idle", memory.megabytes - idle, MOST_MEMORY, 1.0, "MB")
