"""A long list is made by a job: with the rights of who asked, told to nobody else, deleted after some days."""

import io
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from openpyxl import load_workbook

from ...models.reporting import emulation_export
from ...report import emulation_export_mixin
from ..helpers.common import EmulationCommon


@tagged("post_install", "-at_install")
class TestLongExport(EmulationCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        people = (cls.employee_sub, cls.employee_unit, cls.employee_other)
        cls.items = cls.env["emulation.commendation"]
        for person in people:
            cls.items |= cls.new_commendation(person, state="granted")
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.patch(emulation_export_mixin, "LONG", 2)
        self.patch(emulation_export_mixin, "CHUNK", 2)

    def ask(self, user=None, records=None):
        """Return the export a user asked for."""
        user = user or self.user_officer
        records = self.items if records is None else records
        action = records.with_user(user).action_export_xlsx()
        self.assertEqual(action["res_model"], "emulation.export")
        return self.env["emulation.export"].browse(action["res_id"])

    def work(self):
        """Let the job run; return what it said of its progress each time it would have committed."""
        told = []

        def commit(_cron, *_args, **_kwargs):
            self.env.flush_all()
            told.append(self.env["emulation.export"].search([], limit=1).done_count)
            return 1

        with patch.object(self.env.registry["ir.cron"], "_commit_progress", commit):
            self.env["emulation.export"]._cron_work()
        return told

    def test_it_is_made_while_its_asker_works(self):
        export = self.ask()
        self.assertEqual((export.state, export.total, export.progress), ("waiting", 3, 0))
        with self.assertRaises(UserError):
            export.with_user(self.user_officer).action_download()
        told = self.work()
        self.assertEqual((export.state, export.progress), ("done", 100))
        self.assertEqual(told, [0, 2, 3, 3], "after every part of the rows")
        rows = list(load_workbook(io.BytesIO(export.attachment_id.raw)).active.iter_rows(values_only=True))
        names = {row[1] for row in rows if isinstance(row[0], int)}
        self.assertEqual(names, set(self.items.mapped("recipient_name")))
        same = self.items.with_user(self.user_officer)._build_export()[1]
        again = list(load_workbook(io.BytesIO(same)).active.iter_rows(values_only=True))
        self.assertEqual(rows, again, "as the list that is downloaded at once")

    def test_short_lists_come_at_once(self):
        self.assertEqual(
            self.items[:2].with_user(self.user_officer).action_export_xlsx()["type"], "ir.actions.act_url"
        )

    def test_who_asked_is_told_and_nobody_else(self):
        self.user_officer.lang = "vi_VN"
        export = self.ask()
        self.work()
        message = self.env["mail.message"].search(
            [("model", "=", "emulation.export"), ("res_id", "=", export.id)]
        )
        self.assertEqual(message.notified_partner_ids, self.user_officer.partner_id)
        self.assertIn(f"/web/content/{export.attachment_id.id}", message.body)
        self.assertIn("Danh sách anh/chị cần đã lập xong", message.body)

    def test_the_link_opens_for_its_asker_only(self):
        export = self.ask()
        self.work()
        self.env.flush_all()
        url = export.with_user(self.user_officer).action_download()["url"]
        for user, status in ((self.user_officer, 200), (self.user_admin, 404), (self.user_head, 404)):
            self.authenticate(user.login, user.login)
            with self.subTest(user=user.login):
                self.assertEqual(self.url_open(url).status_code, status)
        self.assertFalse(self.env["emulation.export"].with_user(self.user_admin).search([]))
        with self.assertRaises(AccessError):
            export.with_user(self.user_admin).read(["name"])

    def test_it_is_read_with_the_rights_of_who_asked(self):
        with self.assertRaises(AccessError):
            self.items.with_user(self.user_other_head).action_export_xlsx()
        export = self.ask()
        # an officer no more when the job runs
        self.user_officer.group_ids -= self.env.ref("hr_emulation.group_emulation_officer")
        self.work()
        self.assertEqual(export.state, "failed")
        self.assertFalse(export.attachment_id)
        self.assertTrue(export.problem)

    def test_what_is_gone_is_left_out(self):
        draft = self.new_commendation(self.employee_sub)
        export = self.ask(records=self.items | draft)
        draft.with_user(self.user_proposer).unlink()
        self.work()
        self.assertEqual(export.state, "done")

    def test_nobody_writes_or_deletes_one(self):
        export = self.ask()
        for user in (self.user_officer, self.user_admin):
            with self.assertRaises(AccessError):
                export.with_user(user).write({"res_model": "res.users"})
            with self.assertRaises(AccessError):
                export.with_user(user).unlink()
            with self.assertRaises(AccessError):
                self.env["emulation.export"].with_user(user).create({"res_model": "res.users"})

    def test_what_kills_the_server_is_not_tried_for_ever(self):
        export = self.ask()
        export._write_protected({"state": "running", "attempt_count": emulation_export.MOST_ATTEMPTS})
        self.work()
        self.assertEqual(export.state, "failed")

    def test_old_ones_go_with_their_files(self):
        old, kept = self.ask(), self.ask()
        self.work()
        attachment = old.attachment_id
        days = timedelta(days=emulation_export.KEPT_DAYS, hours=1)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE emulation_export SET create_date = %s WHERE id = %s",
            [fields.Datetime.now() - days, old.id],
        )
        self.env.invalidate_all()
        self.assertEqual(self.env["emulation.export"]._gc_exports(), (1, False))
        self.assertFalse(old.exists() | kept.exists() - kept)
        self.assertFalse(attachment.exists())
        self.assertTrue(kept.attachment_id)

    def test_a_file_of_one_download_is_its_makers_and_goes_the_next_day(self):
        action = self.items[:1].with_user(self.user_officer).env["emulation.export.mixin"]
        url = action._get_download("Danh sách.xlsx", b"PK")["url"]
        file = self.env["ir.attachment"].browse(int(url.split("/")[3].split("?")[0]))
        self.assertTrue(file.with_user(self.user_officer).has_access("read"))
        self.assertFalse(file.with_user(self.user_admin).has_access("read"))
        kept = self.ask()
        self.work()
        exports = self.env["emulation.export"]
        exports._gc_downloads()
        self.assertTrue(file.exists())
        self.env.cr.execute("UPDATE ir_attachment SET create_date = create_date - interval '2 days'")
        self.env.invalidate_all()
        exports._gc_downloads()
        self.assertFalse(file.exists())
        self.assertTrue(kept.attachment_id.exists(), "a long list is kept for its week")
