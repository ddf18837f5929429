"""The page a monitor asks: do the jobs run, is there a key, a printer and room."""

import shutil
from collections import namedtuple
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import HttpCase, tagged

from ...models.reporting import emulation_health
from ..helpers.document_common import DocumentCommon

PAGE = "/emulation/health"
Room = namedtuple("Room", "total used free")


@tagged("post_install", "-at_install")
class TestHealth(DocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        names = cls.env["emulation.health"]._get_job_names()
        cls.jobs = cls.env["ir.cron"].browse(names)
        cls.jobs.write(
            {"active": True, "nextcall": fields.Datetime.now() + timedelta(hours=1), "failure_count": 0}
        )

    def look(self, free=50_000_000_000):
        self.env.invalidate_all()
        with (
            patch.object(shutil, "disk_usage", return_value=Room(10**11, 10**11 - free, free)),
            patch.object(type(self.env["ir.actions.report"]), "_can_print", lambda _reports: True),
        ):
            return self.env["emulation.health"]._look()

    def test_every_job_of_the_addon_is_looked_at(self):
        self.assertGreaterEqual(len(self.jobs), 11)
        found = self.look()
        self.assertTrue(found["ok"], found)
        self.assertEqual(
            set(found["jobs"]["rows"]), set(self.env["emulation.health"]._get_job_names().values())
        )

    def test_a_job_that_does_not_run(self):
        for values in (
            {"active": False},
            {"nextcall": fields.Datetime.now() - timedelta(hours=5)},
            {"failure_count": 2},
        ):
            with self.subTest(values=values):
                former = {name: self.jobs[0][name] for name in values}
                self.jobs[0].write(values)
                found = self.look()
                bad = [name for name, row in found["jobs"]["rows"].items() if not row["ok"]]
                self.assertEqual((found["ok"], len(bad)), (False, 1))
                self.jobs[0].write(former)

    def test_what_waits_is_counted_and_no_fault(self):
        decision = self.new_decision(self.new_lines(2), issue_date="2026-01-05")
        self.issue(decision)
        before = self.look()["queues"]["certificates"]
        decision.certificate_ids._write_protected({"print_state": "queued"})
        found = self.look()
        self.assertEqual(found["queues"]["certificates"], before + 2)
        self.assertTrue(found["ok"])

    def test_a_lost_key(self):
        key = self.env["emulation.signing.key"]._get_current(self.company)
        with patch.object(type(key), "_find_private_key", lambda _key: None):
            self.assertNotIn(key.key_id, self.look()["keys"]["missing"], "one that never signed is replaced")
        self.issue(self.new_decision(self.new_lines(1), issue_date="2026-01-05"))
        self.assertTrue(self.look()["keys"]["ok"])
        with patch.object(type(key), "_find_private_key", lambda _key: None):
            found = self.look()
        self.assertFalse(found["ok"])
        self.assertIn(key.key_id, found["keys"]["missing"])
        self.assertNotIn("private", str(found))

    def test_a_full_disk(self):
        self.assertFalse(self.look(free=emulation_health.ENOUGH - 1)["ok"])
        self.assertTrue(self.look(free=emulation_health.ENOUGH)["ok"])

    def test_nothing_to_print_with(self):
        with patch.object(type(self.env["ir.actions.report"]), "_can_print", lambda _reports: False):
            found = self.env["emulation.health"]._look()
        self.assertEqual((found["ok"], found["printer"]["ok"]), (False, False))


@tagged("post_install", "-at_install", "security")
class TestHealthPage(HttpCase, DocumentCommon):
    def ask(self, user=None):
        headers = {"Authorization": f"Bearer {self.new_key(user)}"} if user else {}
        return self.url_open(PAGE, headers=headers, allow_redirects=False)

    def new_key(self, user):
        until = fields.Datetime.now() + timedelta(days=1)
        return self.env["res.users.apikeys"].with_user(user)._generate("rpc", "Giám sát", until)

    def answer(self, is_well):
        look = {"ok": is_well}
        return patch.object(type(self.env["emulation.health"]), "_look", lambda _health: look)

    def test_an_administrator_with_a_key(self):
        for is_well, status in ((True, 200), (False, 503)):
            with self.answer(is_well):
                answer = self.ask(self.user_admin)
            self.assertEqual((answer.status_code, answer.json()), (status, {"ok": is_well}))
            self.assertEqual(answer.headers["Cache-Control"], "no-store")

    def test_the_page_itself_answers(self):
        answer = self.ask(self.user_admin)
        self.assertIn(answer.status_code, (200, 503))
        self.assertEqual(set(answer.json()), {"ok", "jobs", "queues", "keys", "printer", "disk"})
        for secret in (self.company.name, self.user_admin.name, self.env.cr.dbname):
            self.assertNotIn(secret, answer.text)

    def test_nobody_else(self):
        for user in (self.user_officer, self.user_head, self.user_council):
            self.assertEqual(self.ask(user).status_code, 404)
        self.assertEqual(self.ask().status_code, 401)
