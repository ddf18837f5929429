import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...engine.vietnamese import search_key
from ...office.problems import EXPLANATIONS, OfficeError
from ...office.words import get_fields
from ...office.write_xlsx import build_plain_workbook
from . import field_labels

# So many rows are looked at and stored while the officer waits; more are left to the scheduled job.
DIRECT = 300
DECISION = ["default_number", "default_date", "default_signer"]
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
    what became of each row are kept.
    """

    _name = "emulation.import"
    _description = "Import of a list"
    _inherit = ["emulation.guard.mixin", "emulation.search.mixin", "emulation.thread.mixin"]
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
            record._do_read()
            record._begin("checking")
        return True

    def _check_not_stored(self):
        self.check_access("write")
        if self.state not in ("draft", "checked", "undone") or self.done_count:
            raise UserError(self.env._("Rows of this file are stored already. Undo them first."))

    @api.private
    def _do_read(self):
        """Find the tables of the file; make a column for each heading and a line for each row."""
        self.ensure_one()
        content = self._get_content()
        tables = self._find_tables(content)
        # sudo: emulation.import.line - nothing of them is stored, checked above
        self.line_ids.sudo()._with_seal().unlink()
        self._set_columns(tables)
        titles = self._set_defaults(tables)
        self.env["emulation.import.line"]._insert(self, self._iterate_lines(tables, titles))
        digest = hashlib.sha256(content if isinstance(content, bytes) else content.encode()).hexdigest()
        self._write_protected({"sha256": digest})

    def _get_content(self):
        """Return the bytes of the file, or the text that was pasted."""
        content = base64.b64decode(self.with_context(bin_size=False).data or b"")
        if not content and not (self.pasted or "").strip():
            raise UserError(self.env._("Choose a file or paste a table first."))
        return content or self.pasted

    def _find_tables(self, content):
        from ...office.reader import read, read_pasted
        from ...office.table import find_all
        from ...office.vocabulary import KINDS

        try:
            sheets = read(content) if isinstance(content, bytes) else read_pasted(content)
            tables = find_all(sheets, KINDS[self.kind], self.include_hidden, self.header_row or None)
            if not tables:
                raise OfficeError("no_table")
        except OfficeError as error:
            raise UserError(self._explain(error)) from error
        return tables

    def _explain(self, error):
        """Return why a file is refused, in the user's language."""
        texts = {
            "empty": self.env._("The file is empty."),
            "too_big": self.env._("The file is too big: at most %(most)s MB are read."),
            "bomb": self.env._("The file unpacks to more than %(most)s MB: it is refused."),
            "entities": self.env._("The file declares entities of its own: it is refused."),
            "damaged": self.env._("The file is damaged or is not what its name says."),
            "locked": self.env._("The file is protected by a password: save it without one."),
            "old_word": self.env._("This is an old Word file (.doc): save it as .docx."),
            "unknown": self.env._(
                "Files of this kind are not read: use .xlsx, .xls, .ods, .csv, .docx or .pdf."
            ),
            "not_word": self.env._("This is no Word file (.docx)."),
            "foreign": self.env._(
                "The Word file holds what runs or is fetched from elsewhere: %(what)s. Save it without."
            ),
            "too_long": self.env._("The Word file has more than %(most)s paragraphs."),
            "scanned": self.env._("The PDF holds pictures of pages, no text: use the file it was made from."),
            "no_lines": self.env._(
                "No table with lines was found in the PDF: use the file it was made from."
            ),
            "too_many_rows": self.env._(
                "“%(sheet)s” has more than %(most)s rows: cut it into several files."
            ),
            "too_joined": self.env._("“%(sheet)s” joins too many cells: undo the joins."),
            "too_many_pages": self.env._("The PDF has more than %(most)s pages: cut it into several files."),
            "no_table": self.env._("No table was found in the file."),
            "not_criteria": self.env._("This is no file of criteria as this program writes it."),
            "newer_criteria": self.env._("This file of criteria was written by a later version."),
            "bad_criteria": self.env._("%(where)s: “%(what)s” is not known or not possible."),
            "not_exchange": self.env._("This is no exchange file as this program writes it."),
            "other_exchange": self.env._(
                "This exchange file is of version %(version)s; version %(known)s is read."
            ),
            "bad_exchange": self.env._("%(where)s: this is not possible in an exchange file."),
            "legacy_font": self.env._(
                "The text is in an old font (%(encoding)s): convert it to Unicode first."
            ),
        }
        return texts.get(error.reason, EXPLANATIONS[error.reason]) % error.values

    def _set_columns(self, tables):
        """Keep what the officer said of headings that are there again; recall or guess the others."""
        headings = {}
        for table in tables:
            for place, heading in enumerate(table.headings):
                samples = headings.setdefault(heading.key, (heading, []))[1]
                samples += [row.cells[place] for row in table.rows[:200]]
        old = {column.key: column.field_name for column in self.column_ids}
        fields_found = self._guess_fields(headings, old)
        self.column_ids._with_seal().unlink()
        values = [
            {
                "import_id": self.id,
                "sequence": sequence,
                "key": key,
                "heading": heading.text,
                "sample": self._get_sample(samples),
                "year": heading.year or 0,
                "field_name": fields_found.get(key, False),
            }
            for sequence, (key, (heading, samples)) in enumerate(headings.items())
        ]
        self.env["emulation.import.column"]._create_protected(values)

    @staticmethod
    def _get_sample(samples):
        from ...office.sheet import text_of

        texts = dict.fromkeys(filter(None, map(text_of, samples[:50])))
        return " · ".join(list(texts)[:3])

    def _guess_fields(self, headings, old):
        """Return {key of a heading: field}, by what was said before, by the words, by what the cells hold."""
        from ...office import headings as names
        from ...office.vocabulary import KINDS

        memory = self.env["emulation.import.memory"]._recall(self.company_id, "heading", self.kind)
        found = {key: memory[key].field_name for key in headings if key in memory}
        found |= {key: field for key, field in old.items() if key in headings}
        main = self._kind_model()._year_field
        columns = [(key, heading.text, heading.year) for key, (heading, _samples) in headings.items()]
        sides = self._kind_model()._get_sides(self, [column for column in columns if column[0] not in found])
        if main and len(sides) > 1:
            found |= dict.fromkeys(sides, main)
        taken = set(found.values())
        synonyms = {field: words for field, words in KINDS[self.kind].items() if field not in taken}
        rest = [key for key in headings if key not in found]
        assigned = names.assign([headings[key][0].text for key in rest], synonyms)
        found |= {rest[column]: field for column, (field, _score) in assigned.items()}
        rest = [key for key in rest if key not in found]
        recognise = {
            field: test
            for field, test in self._kind_model()._get_recognisers(self).items()
            if field not in found.values()
        }
        columns = {number: headings[key][1] for number, key in enumerate(rest)}
        return found | {
            rest[n]: field for n, field in names.guess_by_content(columns, list(columns), recognise).items()
        }

    def _set_defaults(self, tables):
        """Take year, award and decision from the titles, where a column does not say them and nobody else did.

        What all tables share is said once for the whole list; what their titles say differently is put over the
        rows of each: returns {field: text} for each table.
        """
        lines = list(dict.fromkeys(line for table in tables for line in table.above))
        vals = {"above": "\n".join(lines[:40]), "left_out": self._describe_left_out(tables)}
        said = self._read_titles(tables)
        own = [{} for _table in tables]
        for name, fields_of in (
            ("year", ["default_year"]),
            ("award", ["default_award_id"]),
            ("decision", DECISION),
        ):
            values = [title[name] for title in said]
            if self[fields_of[0]]:
                continue
            if len(set(filter(None, values))) == 1:
                value = next(filter(None, values))
                vals |= dict(zip(fields_of, value if name == "decision" else (value,), strict=True))
            for place, value in enumerate(values if len(set(filter(None, values))) > 1 else ()):
                own[place] |= self._write_title(name, value) if value else {}
        self._write_protected(vals)
        return own

    def _read_titles(self, tables):
        """Return for each table what its titles say; in a document the titles hold until another says otherwise."""
        from ...office.headings import find_title_year
        from ...office.values import read_decision

        model, said = self._kind_model(), []
        for table in tables:
            cited = [
                read_decision(line) for line in table.titles if not search_key(line).startswith("can cu")
            ]
            cited = [found for found in cited if found and found.date and self._is_decision(found.number)]
            award = model._find_award_in(self, " ".join(table.titles))
            title = {
                "year": find_title_year([*table.titles, table.name]),
                "award": award.id if award else None,
                "decision": tuple(cited[0]) if len(cited) == 1 else None,
            }
            before = said[-1] if said and table.follows else {}
            said.append({name: value or before.get(name) for name, value in title.items()})
        return said

    @staticmethod
    def _is_decision(number):
        """A title may name the law and the proposal too: a decision has QĐ in its number, or no letters at all."""
        key = search_key(number or "")
        return bool(key) and ("qd" in key or key.isdecimal())

    def _write_title(self, name, value):
        """Return {field: text} of what a title says, as a cell of a row would say it."""
        if name == "award":
            return {"award": self.env["emulation.award"].browse(value).code}
        if name == "year":
            return {"year": str(value)}
        number, day, issuer = value
        known = get_fields(self.kind)
        field = next((field for field in ("decision", "recognition", "source") if field in known), None)
        text = f"{number} ngày {day:%d/%m/%Y}" + (f" của {issuer}" if issuer else "")
        return {field: text} if field else {}

    def _describe_left_out(self, tables):
        labels = {
            "hidden": self.env._("hidden or filtered rows"),
            "headings": self.env._("repeated headings"),
            "totals": self.env._("totals"),
            "sections": self.env._("headings between the rows"),
            "struck": self.env._("rows struck through"),
            "notes": self.env._("notes between the rows"),
            "below": self.env._("rows from the signatures on"),
            "tables": self.env._("tables without known headings"),
            "hidden_sheets": self.env._("hidden sheets"),
            "pictures": self.env._("pages that are pictures"),
        }
        counts = {}
        for table in tables:
            for why, number in table.left_out.items():
                counts[why] = counts.get(why, 0) + number
        return ", ".join(f"{labels[why]}: {number}" for why, number in counts.items()) or False

    def _iterate_lines(self, tables, titles):
        """Yield a line for each row, and for each column where they stand side by side."""
        sequence = 0
        multiple = len({table.name for table in tables}) > 1
        model = self._kind_model()
        mapping, sides = self._get_mapping()
        matrix = sides if len(sides) > 1 else {}
        for table, title in zip(tables, titles, strict=True):
            keys = [heading.key for heading in table.headings]
            for row in table.rows:
                raw = self._get_raw(keys, row)
                texts = {field: raw.get(key, "") for field, key in mapping.items()}
                over = self._put_title(title, row, texts)
                for year_key in [key for key in matrix if raw.get(key)] or ([] if matrix else [False]):
                    main = {model._year_field: raw[year_key]} if year_key else {}
                    for part in model._split_row(self, texts | main):
                        sequence += 1
                        yield sequence, table.name if multiple else "", row, raw, year_key, over | part

    @staticmethod
    def _put_title(title, row, texts):
        """Return what the title of a table says of a row that does not say it itself, nor a heading above it."""
        if not title:
            return {}
        from ...office.awards import find_award
        from ...office.headings import find_title_year

        said = {
            "year": texts.get("year") or texts.get("period") or find_title_year(row.sections),
            "award": texts.get("award") or any(find_award(section, {}) for section in row.sections),
            "decision": texts.get("decision") or texts.get("decision_number"),
            "recognition": texts.get("recognition") or texts.get("recognition_number"),
        }
        return {name: text for name, text in title.items() if not said.get(name, texts.get(name))}

    @staticmethod
    def _get_raw(keys, row):
        from ...office.sheet import text_of

        texts = {}
        for key, cell in zip(keys, row.cells, strict=True):
            # A real date stays apart from a text that only looks like one.
            text = f"{cell:%Y-%m-%d}" if hasattr(cell, "year") else text_of(cell)
            if text:
                texts[key] = text
        return texts

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
        labels = dict(self._fields["kind"]._description_selection(self.with_context(lang="vi_VN").env))
        return self._download(labels[self.kind], head, rows)

    def _download(self, title, head, rows):
        content = build_plain_workbook(head, rows)
        # Without a record behind it, an attachment is readable by its creator only.
        attachment = self.env["ir.attachment"].create({"name": f"{title}.xlsx", "raw": content})
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
            "target": "self",
        }
