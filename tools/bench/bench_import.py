"""50,000 past awards from an .xlsx file: read, looked at, stored, undone, beside the bare work for the same rows."""

import base64
import io
import os

from measure import PeakMemory, Result, duration

from odoo.addons.hr_emulation.models.intake import reading

PEOPLE = 5_000
YEARS = range(2015, 2025)
HEAD = ["STT", "Họ và tên", "Đơn vị", "Danh hiệu", "Số quyết định", "Ngày quyết định", "Năm"]
MOST_MEMORY = 300  # MB above idle


def build_file():
    """Return an .xlsx file with a row for each person and year."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEAD)
    number = 0
    for year in YEARS:
        for person in range(PEOPLE):
            number += 1
            row = [
                number,
                f"Nguyễn Văn Số {person}",
                f"Phòng {person % 50}",
                "LĐTT",
                f"{person % 50 + 1}/QĐ-SNV",
            ]
            sheet.write_row(number, 0, [*row, f"05/01/{year + 1}", year])
    book.close()
    return buffer.getvalue()


def prepare(env):
    """Make units and people; return an import with the file."""
    units = env["hr.department"].create([{"name": f"Phòng {number}"} for number in range(50)])
    for start in range(0, PEOPLE, 500):
        env["hr.employee"].create(
            [
                {"name": f"Nguyễn Văn Số {number}", "department_id": units[number % 50].id}
                for number in range(start, start + 500)
            ]
        )
        env.flush_all()
        env.invalidate_all()
    return env["emulation.import"].create({"data": base64.b64encode(build_file()), "filename": "50000.xlsx"})


def work(env, record):
    """Do all batches of what the import is at, each as the scheduled job would."""
    while record._do_batch():
        env.flush_all()
        env.invalidate_all()  # as the commit after a batch


def idle_memory():
    with open("/proc/self/status", encoding="ascii") as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmRSS"))


def bare_read(content):
    from openpyxl import load_workbook

    for _row in load_workbook(io.BytesIO(content), read_only=True).active.iter_rows(values_only=True):
        pass


def run(env):
    """50,000 past awards read, looked at, stored and undone; memory above idle; the same file twice."""
    env = env(context=dict(env.context, tracking_disable=True))
    record = prepare(env)
    content = base64.b64decode(record.data)
    rows = PEOPLE * len(YEARS)
    idle = idle_memory()
    os.environ.setdefault("PYTHONMALLOC", "malloc")
    with PeakMemory() as memory:
        read = duration(lambda: reading.read_file(record))
        record._write_protected({"state": "checking"})
        check = duration(lambda: work(env, record))
        assert record.ready_count == rows, (record.ready_count, record.wrong_count, record.unsure_count)
        record._write_protected({"state": "running", "imported_by": env.uid, "imported_on": env.cr.now()})
        store = duration(lambda: work(env, record))
        assert record.done_count == rows
        again = env["emulation.import"].create({"data": base64.b64encode(content), "filename": "again.xlsx"})
        reading.read_file(again)
        again._write_protected({"state": "checking"})
        twice = duration(lambda: work(env, again))
        assert again.same_count == rows, (again.ready_count, again.same_count)
        record._write_protected({"state": "undoing"})
        undo = duration(lambda: work(env, record))
        assert not record.done_count
    floor = duration(lambda: bare_read(content))
    yield Result(f"read {rows} rows, beside openpyxl alone", read, floor)
    yield Result("look at them, beside reading them", check, read)
    yield Result("store them, beside looking at them", store, check)
    yield Result("look at them again: all recorded", twice, check)
    yield Result("undo them, beside storing them", undo, store)
    yield Result("memory above idle", memory.megabytes - idle, MOST_MEMORY, 1.0, "MB")
