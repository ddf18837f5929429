"""What is done with the rows of an import, in batches: looked at, stored, undone."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL
from psycopg2.errors import SerializationFailure

from .emulation_import import DIRECT

CHECKED_AT_ONCE = 500
STORED_AT_ONCE = 200


class EmulationImport(models.Model):
    """Each batch is one transaction: an import that is stopped or killed leaves whole batches and goes on."""

    _inherit = "emulation.import"

    # ------------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------------

    def action_check(self):
        """Look at every row again."""
        for record in self:
            record._check_not_stored()
            record.line_ids._write_protected({"verdict": "todo"})
            record._begin("checking")
        return True

    def action_run(self):
        """Store the rows that are new or change something; rows that are wrong or unsure stay."""
        for record in self:
            record.check_access("write")
            if record.state not in ("checked", "done"):
                raise UserError(self.env._("Look at the rows first."))
            if not record.ready_count:
                raise UserError(
                    self.env._("There is nothing to store: every row is recorded, unsure or wrong.")
                )
            record._write_protected({"imported_by": self.env.uid, "imported_on": fields.Datetime.now()})
            record._begin("running")
        return True

    def action_stop(self):
        """Stop after the batch that is being worked on; what is stored stays and can be gone on with or undone."""
        for record in self.filtered(lambda record: record.state in ("checking", "running", "undoing")):
            stopped = {"checking": "draft", "running": "checked", "undoing": "done"}[record.state]
            record._write_protected({"state": stopped})
        return True

    def action_undo(self):
        """Take back all that was stored, unless something rests on it.

        :raises UserError: saying what rests on it
        """
        for record in self:
            record.check_access("write")
            if not record.done_count:
                raise UserError(self.env._("Nothing of this file is stored."))
            record._check_none_own()
            rests = record._kind_model()._get_rests(record, record._get_done())
            if rests:
                raise UserError(
                    self.env._("This rests on what was imported; undo it first:")
                    + "\n"
                    + "\n".join(rests[:50])
                )
            record._write_protected({"undone_by": self.env.uid, "undone_on": fields.Datetime.now()})
            record._begin("undoing")
        return True

    def _check_none_own(self):
        """Nobody takes back what is about oneself: a discipline is not undone by whom it binds.

        :raises UserError: naming the rows
        """
        user = self.env.user._get_emulation_identity()
        own = Domain("employee_id", "in", list(user.employees)) | Domain(
            "department_id", "in", list(user.led)
        )
        if lines := self._search_lines(Domain("is_done", "=", True) & own, None):
            numbers = ", ".join(map(str, lines.mapped("number")))
            raise UserError(
                self.env._("Rows about yourself: %(rows)s. Another officer undoes it.", rows=numbers)
            )

    def _begin(self, state):
        """Do small files while the officer waits, leave others to the scheduled job."""
        self._write_protected({"state": state, "problem": False})
        if len(self.line_ids) <= DIRECT:
            while self._do_batch():
                pass
        else:
            # sudo: ir.cron - officers may start the job, not edit it
            self.env.ref("hr_emulation.cron_import").sudo()._trigger()

    # ------------------------------------------------------------------
    # Batches
    # ------------------------------------------------------------------

    @api.private
    def _do_batch(self):
        """Do one batch of what the import is at; return how many rows, 0 when it is finished."""
        self.ensure_one()
        self.lock_for_update()
        work = {"checking": self._check_batch, "running": self._store_batch, "undoing": self._undo_batch}
        done = work[self.state]() if self.state in work else 0
        if not done and self.state in work:
            self._finish()
        return done

    def _search_lines(self, domain, limit, order="id"):
        return self.env["emulation.import.line"].search(
            Domain("import_id", "=", self.id) & Domain(domain), limit=limit, order=order
        )

    def _check_batch(self):
        lines = self._search_lines([("verdict", "=", "todo")], CHECKED_AT_ONCE)
        if lines:
            self._kind_model()._check_lines(self, lines)
        return len(lines)

    def _store_batch(self):
        domain = [("verdict", "in", ("new", "change")), ("is_done", "=", False), ("is_left_out", "=", False)]
        lines = self._search_lines(domain, STORED_AT_ONCE)
        if lines:
            self._take_turn()
            model = self._kind_model()
            model._check_lines(self, lines)  # the registers may have changed since
            ready = lines.filtered(lambda line: line.verdict in ("new", "change"))
            ready = self._leave_out_repeated(ready)
            model._store_lines(self, ready)
            ready._write_protected({"is_done": True})
        return len(lines)

    def _take_turn(self):
        """Let one import of an agency store at a time: two officers with the same file must see what the other stored.

        A transaction that began before the other ended fails here and is done again by the server.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL("UPDATE res_company SET write_date = write_date WHERE id = %s", self.company_id.id),
            log_exceptions=False,
        )

    def _leave_out_repeated(self, lines):
        """Return the lines without those that say what another of the batch says: they may have been mended into it."""
        model, first = self._kind_model(), {}
        for line in lines:
            key = model._get_line_key(line)
            if first.setdefault(key, line) != line:
                model._refuse_repeated(line, first[key])
        return self.env["emulation.import.line"].union(*first.values())

    def _undo_batch(self):
        lines = self._search_lines([("is_done", "=", True)], STORED_AT_ONCE, order="id desc")
        if lines:
            self._kind_model()._undo_lines(self, lines)
            lines._write_protected({"is_done": False, "res_id": 0, "verdict": "todo"})
        return len(lines)

    def _finish(self):
        if self.state == "undoing":
            self._kind_model()._clean_up(self)
        if self.state == "checking":
            self._kind_model()._compare_lines(self)
        state = {"checking": "checked", "running": "done", "undoing": "undone"}[self.state]
        self._write_protected({"state": state})
        texts = {
            "done": self.env._("Stored: %(count)s rows.", count=self.done_count),
            "undone": self.env._("Undone: nothing of this file is stored any more."),
        }
        if state in texts:
            self._message_log(body=texts[state])

    def _get_done(self):
        done = self._search_lines([("is_done", "=", True)], None)
        return done.with_context(prefetch_fields=False)  # only what is asked of them is read

    @api.model
    @api.private
    def _cron_work(self):
        """Go on with every import that waits, batch by batch, each committed as it comes."""
        cron = self.env["ir.cron"]
        for record in self.search([("state", "in", ("checking", "running", "undoing"))], order="id"):
            done = True
            while done:
                done = self._try_again_later(record)
                if not cron._commit_progress(done, remaining=int(bool(done))):
                    return

    def _try_again_later(self, record):
        """Do a batch; one that another import overtook is done again in a new transaction."""
        try:
            return record._try_batch()
        except SerializationFailure:
            self.env.cr.rollback()
            return 1

    def _try_batch(self):
        """Do a batch as the person who started it; one nobody can do stops the import and is told."""
        user = {"undoing": self.undone_by, "running": self.imported_by}.get(self.state) or self.write_uid
        work = self.with_user(user).with_context(lang=user.lang).with_company(self.company_id)
        try:
            with self.env.cr.savepoint():
                return work._do_batch()
        except UserError as error:
            self._write_protected({"state": "checked", "problem": str(error)})
            return 0
