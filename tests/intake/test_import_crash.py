"""The server that stores a list is killed: whole batches are there, the rest comes when it runs again."""

from odoo.tests import tagged

from ...models.intake import emulation_import
from ..helpers.race_common import RaceCase

COUNT, AT_ONCE = 16, 6
# The scheduled job, stopped for ever with its second batch stored and not yet committed.
STORING = """
import signal
__import__(values["module"], fromlist="*").STORED_AT_ONCE = values["at_once"]
model = env.registry["emulation.import"]
batches, store = [], model._store_batch
def store_and_stop(record):
    done = store(record)
    batches.append(done)
    if len(batches) == 2:
        record.env.flush_all()
        print("in the middle", flush=True)
        signal.pause()  # until it is killed
    return done
model._store_batch = store_and_stop
env["emulation.import"]._cron_work()
"""


@tagged("post_install", "-at_install")
class TestImportCrash(RaceCase):
    def setUp(self):
        super().setUp()
        with self.connection() as env:
            names = [f"Người Thử {number:02}" for number in range(COUNT)]
            people = env["hr.employee"].create([{"name": name} for name in names])
            lines = [f"{name}\tHTTNV\t2024" for name in names]
            record = env["emulation.import"].create(
                {"kind": "rating", "pasted": "\n".join(["Họ và tên\tXếp loại\tNăm", *lines])}
            )
            record.action_read()
            record._write_protected({"state": "running", "imported_by": env.uid, "imported_on": env.cr.now()})
            self.people, self.import_id = people.ids, record.id
        self.addCleanup(self.clean_up)

    def clean_up(self):
        with self.connection() as env:
            ratings = env["emulation.rating"].search([("employee_id", "in", self.people)])
            ratings._with_seal().unlink()
            record = env["emulation.import"].browse(self.import_id)
            record.line_ids._write_protected({"is_done": False})
            record._write_protected({"state": "undone"})
            record.unlink()
            env["hr.employee"].browse(self.people).unlink()
            self.find_triggers(env).unlink()

    def find_triggers(self, env):
        return env["ir.cron.trigger"].search([("cron_id", "=", env.ref("hr_emulation.cron_import").id)])

    def count(self):
        """Return (rows said to be stored, ratings that are)."""
        with self.connection() as env:
            ratings = env["emulation.rating"].search_count([("employee_id", "in", self.people)])
            return env["emulation.import"].browse(self.import_id).done_count, ratings

    def test_killed_in_the_middle_it_goes_on_and_stores_nothing_twice(self):
        self.kill_elsewhere(STORING, module=emulation_import.__name__, at_once=AT_ONCE)
        self.assertEqual(
            self.count(), (AT_ONCE, AT_ONCE), "one batch is stored, the second was not committed"
        )
        with self.connection() as env:
            env["emulation.import"]._cron_work()
        self.assertEqual(self.count(), (COUNT, COUNT))
        with self.connection() as env:
            self.assertEqual(env["emulation.import"].browse(self.import_id).state, "done")

    def test_what_somebody_else_holds_is_tried_a_minute_later(self):
        with self.connection() as other:
            other["emulation.import"].browse(self.import_id).lock_for_update()
            with self.connection() as env:
                env["emulation.import"]._cron_work()
            with self.connection() as env:
                record = env["emulation.import"].browse(self.import_id)
                self.assertEqual((record.state, record.problem), ("running", False))
                [trigger] = self.find_triggers(env)
                self.assertGreater(trigger.call_at, env.cr.now())
        self.assertEqual(self.count(), (0, 0))
        with self.connection() as env:
            env["emulation.import"]._cron_work()
        self.assertEqual(self.count(), (COUNT, COUNT))
