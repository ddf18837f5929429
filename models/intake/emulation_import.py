import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...office.words import get_fields
from ...office.write_xlsx import build_plain_workbook
from ..mixin.labels import get_labels
from . import field_labels, reading

# So many rows are looked at and stored while the officer waits; more are left to the scheduled job.
DIRECT = 300
CHECKED_AT_ONCE = 500
STORED_AT_ONCE = 200
# Headings of what the rows of a list to send back say for themselves, in the order they are written.
HEADINGS = {
    "kind": "Cá nhân hay tập thể",
    "unit": "Đơn vị",
    "award": "Danh hiệu, hình thức khen thưởng",
    "year": "Năm",
    "decision": "Quyết định (số, ngày)",
    "recognition": "Quyết định công nhận",
    "source": "Căn cứ",
}


class EmulationImport(models.Model):
    """A list that comes into the registers: read, looked at row by row, mended, stored in batches, undone as a whole.

    Nothing is stored before an officer has seen a verdict on every row. The file, its hash, who imported it and
    what became of each row are kept. How a file is read stands in ``reading.py``. Rows are looked at, stored and undone
    in batches, each a transaction: an import that is stopped or killed leaves whole batches and goes on.
    """

    _name = "emulation.import"
    _description = "Import of a list"
    _inherit = [
        "emulation.guard.mixin",
        "emulation.search.mixin",
        "emulation.thread.mixin",
        "emulation.work.mixin",
    ]
    _work_cron = "hr_emulation.cron_import"
    _work_states = ("checking", "running", "undoing")
    _order = "id desc"
    _rec_name = "filename"
    _check_company_auto = True
    _search_key_fields = ("filename", "imported_by.name")
    _writable = {
        "draft undone": {"officer": {"kind", "data", "filename", "pasted"}},
        "draft checked undone": {
            "officer": {
                *("header_row", "include_hidden", "default_year", "default_award_id", "default_number"),
                *("default_date", "default_signer", "default_unit_id", "campaign_id", "replace_known"),
                *("review_id", "column_ids"),
            }
        },
    }
    _deletable = {"draft checked undone": "officer"}

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True, readonly=True
    )
    kind = fields.Selection(field_labels.KINDS, required=True, default="award")
    state = fields.Selection(
        [
            ("draft", "In preparation"),
            ("checking", "Being looked at"),
            ("checked", "Looked at"),
            ("running", "Being stored"),
            ("done", "Stored"),
            ("undoing", "Being undone"),
            ("undone", "Undone"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    data = fields.Binary(string="File", attachment=True, copy=False)
    filename = fields.Char(string="File name", copy=False)
    pasted = fields.Text(
        string="Pasted table", copy=False, help="Copy the table in Excel or Word and paste it here."
    )
    sha256 = fields.Char(string="SHA-256", readonly=True, copy=False)
    imported_by = fields.Many2one("res.users", string="Imported by", readonly=True, copy=False)
    imported_on = fields.Datetime(string="Imported on", readonly=True, copy=False)
    undone_by = fields.Many2one("res.users", string="Undone by", readonly=True, copy=False)
    undone_on = fields.Datetime(string="Undone on", readonly=True, copy=False)
    problem = fields.Text(readonly=True, copy=False)

    # how the file is read
    header_row = fields.Integer(
        string="Row of the headings",
        aggregator=None,
        help="0: found by itself. Otherwise the number of the row in the file.",
    )
    include_hidden = fields.Boolean(string="Hidden rows and columns too")
    left_out = fields.Text(string="Left out", readonly=True, copy=False)
    above = fields.Text(string="Above the table", readonly=True, copy=False)
    column_ids = fields.One2many("emulation.import.column", "import_id", copy=False, string="Columns")

    # what the title says for all rows
    default_year = fields.Integer(
        string="Year of all rows", aggregator=None, help="For rows that name no year."
    )
    default_award_id = fields.Many2one(
        "emulation.award", string="Award of all rows", check_company=True, help="For rows that name no award."
    )
    default_number = fields.Char(
        string="Decision of all rows", help="Number with symbol, for example 12/QĐ-SNV."
    )
    default_date = fields.Date(string="Decided on")
    default_signer = fields.Char(string="Decided by")
    default_unit_id = fields.Many2one(
        "hr.department", string="Unit of all rows", check_company=True, context={"active_test": False}
    )
    campaign_id = fields.Many2one(
        "emulation.campaign",
        check_company=True,
        help="The campaign the people and units of the list registered in.",
    )
    review_id = fields.Many2one(
        "emulation.review",
        string="Review round of the points",
        check_company=True,
        help="Points go to the step each sheet of the round is at.",
    )
    replace_known = fields.Boolean(
        string="Replace what is already there",
        help="Otherwise a row that says something else is left to you.",
    )

    line_ids = fields.One2many("emulation.import.line", "import_id", copy=False, string="Rows of the file")
    line_count = fields.Integer(string="Rows", compute="_compute_counts")
    todo_count = fields.Integer(compute="_compute_counts")
    ready_count = fields.Integer(string="To store", compute="_compute_counts")
    same_count = fields.Integer(string="Already recorded", compute="_compute_counts")
    unsure_count = fields.Integer(string="Unsure", compute="_compute_counts")
    wrong_count = fields.Integer(string="Wrong", compute="_compute_counts")
    done_count = fields.Integer(string="Stored rows", compute="_compute_counts")
    progress = fields.Integer(compute="_compute_counts", help="In %, of what is being done at the moment.")

    # ------------------------------------------------------------------
    # Compute methods
    # ------------------------------------------------------------------

    @api.depends("line_ids.verdict", "line_ids.is_done", "line_ids.is_left_out", "state")
    def _compute_counts(self):
        groups = self.env["emulation.import.line"]._read_group(
            [("import_id", "in", self.ids)], ["import_id", "verdict", "is_done", "is_left_out"], ["__count"]
        )
        for record in self:
            record._set_counts([group[1:] for group in groups if group[0] == record])

    def _set_counts(self, groups):
        def count(*verdicts, done=None):
            return sum(
                number
                for verdict, is_done, left_out, number in groups
                if (not verdicts or verdict in verdicts)
                and (done is None or is_done == done)
                and (not left_out or not verdicts)
            )

        self.line_count = count()
        self.todo_count = count("todo")
        self.ready_count = count("new", "change", done=False)
        self.same_count = count("same")
        self.unsure_count = count("unsure")
        self.wrong_count = count("wrong")
        self.done_count = count(done=True)
        self.progress = self._get_progress()

    def _get_progress(self):
        total = self.line_count
        if not total or self.state not in ("checking", "running", "undoing"):
            return 100 if self.state in ("checked", "done", "undone") else 0
        if self.state == "checking":
            return 100 * (total - self.todo_count) // total
        whole = self.done_count + self.ready_count
        done = self.done_count if self.state == "running" else self.ready_count
        return 100 * done // whole if whole else 100

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_except_stored(self):
        if self.filtered(
            lambda record: record.state not in ("draft", "checked", "undone") or record.done_count
        ):
            raise UserError(self.env._("What was stored is kept with its file. Undo it first."))

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    def action_read(self):
        """Read the file again and look at every row.

        :raises UserError: saying why the file cannot be read
        """
        for record in self:
            record._check_not_stored()
            reading.read_file(record)
            record._begin("checking")
        return True

    def _check_not_stored(self):
        self.check_access("write")
        if self.state not in ("draft", "checked", "undone") or self.done_count:
            raise UserError(self.env._("Rows of this file are stored already. Undo them first."))

    def _get_content(self):
        """Return the bytes of the file, or the text that was pasted."""
        content = base64.b64decode(self.with_context(bin_size=False).data or b"")
        if not content and not (self.pasted or "").strip():
            raise UserError(self.env._("Choose a file or paste a table first."))
        return content or self.pasted

    # ------------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------------

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
            self._wake()

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
        if state != "checked":
            self._message_log(body=self._get_outcome())

    def _get_outcome(self):
        """Return what became of the work that ended."""
        return {
            "checked": self.env._("Every row was looked at."),
            "done": self.env._("Stored: %(count)s rows.", count=self.done_count),
            "undone": self.env._("Undone: nothing of this file is stored any more."),
        }[self.state]

    def _get_done(self):
        done = self._search_lines([("is_done", "=", True)], None)
        return done.with_context(prefetch_fields=False)  # only what is asked of them is read

    # ------------------------------------------------------------------
    # The job
    # ------------------------------------------------------------------

    def _get_work_name(self):
        return self.filename or get_labels(self, "kind")[self.kind]

    def _get_asker(self):
        asked = {"undoing": self.undone_by, "running": self.imported_by}
        return asked.get(self.state) or self.write_uid

    def _work_piece(self):
        asker = self._get_asker()
        if self._for_asker(self).with_company(self.company_id)._do_batch():
            return True
        self._tell_asker(asker, self.with_context(lang=asker.lang)._get_outcome())
        return False

    def _fail(self, problem):
        """Stop it: an officer looks at the rows again."""
        asker = self._get_asker()
        self._write_protected({"state": "checked", "problem": problem})
        told = self.with_context(lang=asker.lang).env
        self._tell_asker(asker, told._("It could not be finished: %(problem)s", problem=problem))

    # ------------------------------------------------------------------
    # For the kinds
    # ------------------------------------------------------------------

    def _kind_model(self):
        """Return the model that knows what to do with rows of this kind."""
        return self.env[f"emulation.import.{self.kind}"]

    def _get_mapping(self):
        """Return {field: key of the heading} and {key of a heading: what it says of the values below it}."""
        mapping, columns, known = {}, [], get_fields(self.kind)
        for column in self.column_ids.filtered(lambda column: column.field_name in known):
            mapping.setdefault(column.field_name, column.key)
            columns.append((column.key, column.heading, column.year))
        model = self._kind_model()
        sides = model._get_sides(self, columns)
        mains = self.column_ids.filtered(lambda column: column.field_name == model._year_field)
        if len(sides) < 2 <= len(mains):  # two columns of awards: a row has one of each
            sides = dict.fromkeys(mains.mapped("key"), "")
        return mapping, sides

    # ------------------------------------------------------------------
    # Files to download
    # ------------------------------------------------------------------

    def action_download_wrong(self):
        """Download the rows that are wrong or unsure, with what is wrong, to send back."""
        self.ensure_one()
        bad = Domain("verdict", "in", ("wrong", "unsure")) & Domain("is_left_out", "=", False)
        lines = self.line_ids.filtered_domain(bad)
        if not lines:
            raise UserError(self.env._("No row is wrong or unsure."))
        columns = self.column_ids
        head = [self.env._("Row"), *columns.mapped("heading")]
        extra = self._get_said_elsewhere(lines)
        head += [*extra.values(), self.env._("What is wrong")]
        rows = [line._write_back(columns, extra) for line in lines]
        return self._download(self.env._("Rows to correct"), head, rows)

    def _get_said_elsewhere(self, lines):
        """Return {field: heading} of what titles and headings between the rows say: each row of the file to send
        back says it itself.
        """
        known = get_fields(self.kind)
        named = set(self.column_ids.mapped("field_name"))
        names = {name for line in lines for name in line._get_said_elsewhere()}
        return {
            name: HEADINGS[name] for name in HEADINGS if name in names and name in known and name not in named
        }

    def action_download_template(self):
        """Download an empty list with the headings that are understood, an example and what may stand where."""
        self.ensure_one()
        head, rows = self._kind_model()._get_template(self)
        labels = get_labels(self.with_context(lang="vi_VN"), "kind")
        return self._download(labels[self.kind], head, rows)

    def _download(self, title, head, rows):
        content = build_plain_workbook(head, rows)
        return self.env["emulation.export.mixin"]._get_download(f"{title}.xlsx", content)
