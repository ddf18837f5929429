from contextlib import nullcontext
from datetime import timedelta

from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date
from odoo.tools.constants import GC_UNLINK_LIMIT

KEPT_DAYS = 7
MOST_ATTEMPTS = 3


class EmulationExport(models.Model):
    """A long list on its way to an .xlsx file, made by a scheduled job for the one who asked for it.

    Nobody else sees it. Rows are read with the rights of who asked, on the day it is made, and the file is deleted
    after some days. A job that was killed is done anew.
    """

    _name = "emulation.export"
    _description = "Long list on its way"
    _inherit = [
        "emulation.search.mixin",
        "emulation.guard.mixin",
        "emulation.thread.mixin",
        "emulation.work.mixin",
    ]
    _work_cron = "hr_emulation.cron_export"
    _work_states = ("waiting", "running")
    _search_key_fields = ("name",)
    _order = "id desc"

    name = fields.Char(string="List", readonly=True)
    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade", index=True)
    res_model = fields.Char(string="Model", required=True, readonly=True)
    record_ids = fields.Json(string="Records", readonly=True)
    company_ids = fields.Json(string="Agencies chosen", readonly=True)
    attempt_count = fields.Integer(string="Attempts", readonly=True, aggregator=None)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("running", "Being made"),
            ("done", "Ready"),
            ("failed", "Could not be made"),
        ],
        default="waiting",
        required=True,
        readonly=True,
    )
    total = fields.Integer(string="Rows", readonly=True, aggregator=None)
    done_count = fields.Integer(string="Rows written", readonly=True, aggregator=None)
    progress = fields.Integer(compute="_compute_progress", help="In % of the rows.")
    attachment_id = fields.Many2one("ir.attachment", string="File", readonly=True, ondelete="set null")
    problem = fields.Char(readonly=True)
    kept_until = fields.Date(string="Kept until", compute="_compute_kept_until")

    @api.depends("done_count", "total", "state")
    def _compute_progress(self):
        for export in self:
            export.progress = 100 * export.done_count // export.total if export.total else 0

    @api.depends("create_date")
    def _compute_kept_until(self):
        for export in self:
            export.kept_until = export.create_date and export.create_date.date() + timedelta(days=KEPT_DAYS)

    def action_download(self):
        """Download the file.

        :raises UserError: it is not ready
        """
        self.ensure_one()
        if not self.attachment_id:
            raise UserError(self.env._("The file is not ready yet."))
        return {"type": "ir.actions.act_url", "url": self._get_url(), "target": "download"}

    def _get_url(self):
        return f"/web/content/{self.attachment_id.id}?download=true"

    @api.model
    @api.private
    def _ask(self, records):
        """Let the job make the list of these records; return the screen that says how far it is."""
        # sudo: emulation.export - everybody may ask for what is theirs to read, nobody writes one
        export = self.sudo()._create_protected(
            [
                {
                    "name": records.with_context(lang="vi_VN")._get_export_title(),
                    "user_id": self.env.uid,
                    "res_model": records._name,
                    "record_ids": records.ids,
                    "company_ids": self.env.companies.ids,
                    "total": len(records),
                }
            ]
        )
        self._wake()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": export.id,
            "views": [(False, "form")],
        }

    # ------------------------------------------------------------------
    # The job
    # ------------------------------------------------------------------

    def _get_frame(self):
        return nullcontext()  # how far it is, is committed as the rows are written

    def _work_piece(self):
        """Make the whole list; one that was begun several times and never ended is not begun again."""
        self._write_protected({"state": "running", "done_count": 0, "attempt_count": self.attempt_count + 1})
        self.env["ir.cron"]._commit_progress()  # what kills the server again and again is not tried for ever
        if self.attempt_count > MOST_ATTEMPTS:
            told = self.with_context(lang=self.user_id.lang).env
            raise UserError(told._("It was begun several times and never ended."))
        name, content = self._get_records()._build_export(tell=self._tell_progress)
        self._keep(name, content)
        self._tell_asker(self.user_id, self._get_good_news())
        return False

    def _fail(self, problem):
        self._write_protected({"state": "failed", "problem": problem})
        told = self.with_context(lang=self.user_id.lang).env
        text = told._("Your list could not be made: %(problem)s", problem=problem)
        self._tell_asker(self.user_id, text)

    def _get_records(self):
        """Return the records that are left, as who asked sees them."""
        asker = self._for_asker(self.env[self.res_model]).with_context(tz=self.user_id.tz)
        return asker.with_context(allowed_company_ids=self.company_ids).browse(self.record_ids).exists()

    def _tell_progress(self, count):
        self._write_protected({"done_count": count})
        self.env["ir.cron"]._commit_progress()

    def _keep(self, name, content):
        attachment = self.env["ir.attachment"].create(
            {"name": name, "raw": content, "res_model": self._name, "res_id": self.id}
        )
        self._write_protected({"state": "done", "done_count": self.total, "attachment_id": attachment.id})

    def _get_good_news(self):
        """Return a link that nobody else can open."""
        told = self.with_context(lang=self.user_id.lang)
        text = told.env._(
            "Your list is ready, %(count)s rows. It is kept until %(day)s:",
            count=self.total,
            day=format_date(told.env, self.kept_until),
        )
        return Markup('<p>%s <a href="%s">%s</a></p>') % (text, self._get_url(), self.attachment_id.name)

    @api.autovacuum
    def _gc_downloads(self):
        """Delete the files that were made for one download: lists, dossiers in one zip, certificates in one file.

        :return: how many were deleted, and whether there are more
        """
        last = fields.Datetime.now() - timedelta(days=1)
        # sudo: ir.attachment - everybody's, to delete it
        files = self.env["ir.attachment"].sudo()
        domain = [("res_model", "=", self._name), ("res_id", "in", (0, False)), ("create_date", "<", last)]
        old = files.search(domain, limit=GC_UNLINK_LIMIT)
        old.unlink()
        return len(old), len(old) == GC_UNLINK_LIMIT

    @api.autovacuum
    def _gc_exports(self):
        """Delete what is old, with its file.

        :return: how many were deleted, and whether there are more
        """
        last = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        # sudo: emulation.export - everybody's, to delete it
        old = self.sudo().search([("create_date", "<", last)], limit=GC_UNLINK_LIMIT)
        old._with_seal().unlink()
        return len(old), len(old) == GC_UNLINK_LIMIT
