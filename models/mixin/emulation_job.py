from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.constants import GC_UNLINK_LIMIT

AT_ONCE = 5_000  # so many rows are done while the user waits: some five seconds
PIECE = 2_000
KEPT_DAYS = 30
STATES = [
    ("waiting", "Under way"),
    ("stopped", "Stopped"),
    ("failed", "Could not be finished"),
    ("done", "Finished"),
]
CRON = "hr_emulation.cron_job"


class EmulationJob(models.Model):
    """Work on thousands of rows that a scheduled job does in pieces for the one who asked for it.

    One that is stopped keeps what is done. A model hands work over by ``emulation.pieces.mixin``.
    """

    _name = "emulation.job"
    _description = "Work in the background"
    _inherit = ["emulation.guard.mixin", "emulation.thread.mixin", "emulation.work.mixin"]
    _work_cron = CRON
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(string="Work", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    user_id = fields.Many2one(
        "res.users", string="Started by", required=True, readonly=True, index=True, ondelete="cascade"
    )
    res_model = fields.Char(string="Model", required=True, readonly=True)
    res_id = fields.Integer(string="Record", readonly=True, help="0: the rows are what a verb is used on.")
    kind = fields.Char(string="Kind of work", required=True, readonly=True)
    record_ids = fields.Json(string="What is worked on", readonly=True)
    arguments = fields.Json(readonly=True)
    in_sudo = fields.Boolean(string="Rights asked before", readonly=True)
    state = fields.Selection(STATES, default="waiting", required=True, readonly=True)
    total = fields.Integer(string="Rows", readonly=True, aggregator=None)
    done_count = fields.Integer(string="Rows done", readonly=True, aggregator=None)
    skipped_count = fields.Integer(
        string="Rows left out",
        readonly=True,
        aggregator=None,
        help="Done already, or something stands against it.",
    )
    left_out = fields.Json(string="Why rows were left out", readonly=True)
    progress = fields.Integer(compute="_compute_progress", help="In % of the rows.")
    problem = fields.Text(readonly=True)

    _of_record_idx = models.Index("(res_model, res_id) WHERE state != 'done'")

    @api.depends("done_count", "total")
    def _compute_progress(self):
        for job in self:
            job.progress = 100 * job.done_count // job.total if job.total else 0

    # ------------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------------

    def action_stop(self):
        """Stop after the piece that is being worked on; what is done stays."""
        self._turn("waiting", "stopped")

    def action_resume(self):
        """Go on where it was stopped or could not go on."""
        self._turn("stopped", "waiting")
        self._turn("failed", "waiting")
        self._wake()

    def action_show_left_out(self):
        """Open the dialog that says by reason what was left out."""
        self.ensure_one()
        reasons = {id_: reason for reason, ids in (self.left_out or {}).items() for id_ in ids}
        records = self.env[self.res_model].browse(self.record_ids[: self.done_count])
        done = records.filtered(lambda record: record.id not in reasons)
        return self.env["emulation.bulk.result"]._open(done, records.browse(reasons), reasons)

    def _turn(self, source, target):
        self.check_access("read")
        # sudo: emulation.job - who sees a job, its starter or an officer of the agency, may stop it and let it go on
        self.sudo().filtered(lambda job: job.state == source)._write_protected({"state": target})

    def _open(self):
        """Return the screen that says how far it is."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    # ------------------------------------------------------------------
    # Work
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def _hand_over(self, record, kind, ids, arguments):
        """Let the scheduled job do work on these ids; see ``emulation.pieces.mixin``."""
        return self._store(
            ids,
            {
                "name": record.display_name,
                "company_id": record.company_id.id,
                "res_model": record._name,
                "res_id": record.id,
                "kind": kind,
                "arguments": arguments,
                "in_sudo": record.env.su or not record.has_access("write"),
            },
        )

    @api.model
    def _is_long(self, rows):
        """Return whether rows are more than anybody wants to wait for before a screen."""
        return len(rows) > AT_ONCE

    @api.model
    @api.private
    def _hand_over_verb(self, records, verb, values):
        """Let the scheduled job use a verb on more records than anybody wants to wait for."""
        step, model = records._get_verb(verb), self.env["ir.model"]._get(records._name)
        companies = records.company_id if "company_id" in records._fields else self.env.company
        return self._store(
            records.ids,
            {
                "name": f"{step.label or verb}: {model.name}",
                "company_id": (companies & self.env.company or companies[:1] or self.env.company).id,
                "res_model": records._name,
                "kind": "verb",
                "arguments": {"verb": verb, "values": values, "companies": self.env.companies.ids},
                "in_sudo": records.env.su,
            },
        )

    def _store(self, ids, values):
        """Store a job on these ids and start it."""
        values = {**values, "user_id": self.env.uid, "record_ids": ids, "total": len(ids)}
        # sudo: emulation.job - nobody writes one; who may ask for the work was asked
        job = self.sudo()._create_protected([values])
        self._wake()
        return job.sudo(self.env.su)

    def _work_piece(self):
        piece = self.record_ids[self.done_count : self.done_count + PIECE]
        skipped = self._work(piece) if piece else ()
        self._notice_stop()
        done = self.done_count + len(piece)
        self._write_protected(
            {
                "done_count": done,
                "skipped_count": self.skipped_count + len(skipped),
                "left_out": self._add_left_out(skipped),
            }
        )
        if done >= self.total:
            self._end("done")
        return done < self.total

    def _add_left_out(self, skipped):
        """Return {reason: ids} with those of another piece; work that gives no reasons adds none."""
        found = dict(self.left_out or {})
        for id_, reason in skipped.items() if isinstance(skipped, dict) else ():
            found[reason] = [*found.get(reason, ()), id_]
        return found or False

    def _notice_stop(self):
        """Let what was done to this job elsewhere meanwhile end this transaction.

        :raises psycopg2.errors.SerializationFailure: which ``_try_piece`` expects and no log needs
        """
        self.env.flush_all()
        query = SQL("SELECT FROM emulation_job WHERE id = %s FOR UPDATE", self.id)
        self.env.cr.execute(query, log_exceptions=False)

    def _work(self, piece):
        """Do one piece in the name of who asked for it; return the ids that were left out, perhaps with reasons."""
        named = self._for_asker(self.env[self.res_model])
        # sudo: the record - who may ask for the work was asked when it was handed over, by a verb that asks for more
        record = named.sudo(self.in_sudo).with_company(self.company_id).browse(self.res_id or ()).exists()
        if self.res_id and not record:
            raise UserError(self.env._("The record is there no more."))
        if record:
            record.check_access("write")
        return getattr(record, f"_work_{self.kind}")(piece, **(self.arguments or {}))

    def _fail(self, problem):
        self._end("failed", problem=problem)

    def _end(self, state, **values):
        self._write_protected({"state": state, **values})
        told = self.with_context(lang=self.user_id.lang)
        if state == "done":
            text = told.env._(
                "Finished: %(count)s rows, %(skipped)s of them were left out.",
                count=self.total,
                skipped=self.skipped_count,
            )
        else:
            text = told.env._("It could not be finished: %(problem)s", problem=self.problem)
        self._tell_asker(self.user_id, text)

    @api.autovacuum
    def _gc_jobs(self):
        """Delete what was finished long ago.

        :return: how many were deleted, and whether there are more
        """
        last = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        # sudo: emulation.job - everybody's, to delete it
        old = self.sudo().search([("state", "=", "done"), ("write_date", "<", last)], limit=GC_UNLINK_LIMIT)
        old._with_seal().unlink()
        return len(old), len(old) == GC_UNLINK_LIMIT
