import json
import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, split_every

from ...engine.vietnamese import search_key
from ..mixin.emulation_recipient_mixin import RECIPIENT_FIELDS, RECIPIENT_TYPES
from . import field_labels

# What stands in the cells, shown and mended in the grid.
CELLS = (
    "name", "unit", "post", "identity", "birth", "award", "decision_number", "decision_date", "signer", "year",
    "period", "summary", "rating", "source", "title", "reach", "recognition_number", "recognition_date",
    "restriction", "date_from", "date_to", "reason", "reference", "pledge",
    "criterion", "points", "actual", "result", "sex", "email", "joined", "parent_unit",
)  # fmt: skip
CHOICES = ("employee_id", "department_id", "partner_id", "award_id")
# What an officer may say of a row; the rest is what the import found out.
OPEN_FIELDS = {f"cell_{name}" for name in CELLS} | {*CHOICES, "is_outsider", "is_confirmed", "is_left_out"}
OPEN_FIELDS |= {"recipient_type"}


INSERT = """
    INSERT INTO emulation_import_line
        (import_id, company_id, sequence, number, sheet, raw, sections, year_key, verdict, recipient_label, unknown,
         doubts, cells, search_key, is_done, is_left_out, is_outsider, is_confirmed, create_uid, write_uid)
    VALUES %s
"""
ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def show(text):
    """Return a cell as it is shown: a date as d/m/Y."""
    found = ISO_DATE.fullmatch(text or "")
    return "/".join(reversed(found.groups())) if found else text


def _cell(label):
    return fields.Char(string=label, compute="_compute_cells", readonly=False)


class EmulationImportLine(models.Model):
    """A row of the file, the verdict on it and what became of it."""

    _name = "emulation.import.line"
    _description = "Row of an imported list"
    _inherit = ["emulation.guard.mixin", "emulation.search.mixin"]
    _search_key_fields = ("recipient_label",)
    _order = "import_id, sequence, id"
    _rec_name = "recipient_label"
    _check_company_auto = True
    _guard_parent = "import_id"
    _writable = {"draft checked done undone": {"officer": OPEN_FIELDS}}

    import_id = fields.Many2one(
        "emulation.import",
        string="Import of a list",
        required=True,
        ondelete="cascade",
        index=True,
        readonly=True,
    )
    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    kind = fields.Selection(related="import_id.kind")
    sequence = fields.Integer(readonly=True)
    number = fields.Integer(string="Row", readonly=True, aggregator=None)
    sheet = fields.Char(readonly=True)
    raw = fields.Json(readonly=True)
    sections = fields.Json(readonly=True)
    year_key = fields.Char(readonly=True)
    cells = fields.Json(help="What was corrected, by field.")
    recipient_label = fields.Char(string="As written", readonly=True)

    cell_name = _cell("Name")
    cell_unit = _cell("Unit")
    cell_post = _cell("Post")
    cell_identity = _cell("Identity number")
    cell_birth = _cell("Born")
    cell_award = _cell("Award as written")
    cell_decision_number = _cell("Number of the decision")
    cell_decision_date = _cell("Date of the decision")
    cell_signer = _cell("Who decided")
    cell_year = _cell("Year")
    cell_period = _cell("Period")
    cell_summary = _cell("What for")
    cell_rating = _cell("Rating as written")
    cell_source = _cell("Source")
    cell_title = _cell("Name of the initiative")
    cell_reach = _cell("Reach")
    cell_recognition_number = _cell("Number of the recognition")
    cell_recognition_date = _cell("Date of the recognition")
    cell_restriction = _cell("Discipline or case")
    cell_date_from = _cell("From")
    cell_date_to = _cell("To")
    cell_reason = _cell("Reason")
    cell_reference = _cell("Reference")
    cell_pledge = _cell("Pledge")
    cell_criterion = _cell("Criterion")
    cell_points = _cell("Points")
    cell_actual = _cell("What was reached")
    cell_result = _cell("Granted or refused")
    cell_sex = _cell("Sex")
    cell_email = _cell("E-mail address")
    cell_joined = _cell("First day in the agency")
    cell_parent_unit = _cell("Unit above")

    # what the row is about
    recipient_type = fields.Selection(RECIPIENT_TYPES, string="Recipient type")
    employee_id = fields.Many2one("hr.employee", check_company=True, index="btree_not_null")
    department_id = fields.Many2one(
        "hr.department", string="Collective", check_company=True, index="btree_not_null"
    )
    partner_id = fields.Many2one("res.partner", string="Outside party", index="btree_not_null")
    award_id = fields.Many2one("emulation.award", check_company=True, index="btree_not_null")
    chosen = fields.Json(readonly=True, help="What an officer chose: it is not looked for again.")
    is_outsider = fields.Boolean(string="Somebody from outside", help="Make an outside party of this name.")
    is_confirmed = fields.Boolean(string="Take it as it is")
    is_left_out = fields.Boolean(string="Leave it out")

    verdict = fields.Selection(
        field_labels.VERDICTS, default="todo", required=True, readonly=True, index=True
    )
    message = fields.Text(string="Why", readonly=True)
    unknown = fields.Json(
        string="Formulas without a value",
        readonly=True,
        help="Headings of formulas whose value the file does not hold.",
    )
    doubts = fields.Json(readonly=True, help="Why a person must look at the row, as the file was read.")
    confirmed = fields.Json(
        readonly=True, help="What an officer took as it is: something else is asked anew."
    )
    vals = fields.Json(readonly=True)
    before = fields.Json(readonly=True)
    res_id = fields.Integer(string="Record number", readonly=True, aggregator=None)
    is_done = fields.Boolean(string="Stored", readonly=True)

    _work_idx = models.Index("(import_id, verdict, is_done, id)")

    # ------------------------------------------------------------------
    # Cells
    # ------------------------------------------------------------------

    @api.depends("raw", "cells", "year_key", "import_id.column_ids.field_name")
    def _compute_cells(self):
        mappings = {record: record._get_mapping() for record in self.import_id}
        for line in self:
            texts = line._get_texts(mappings.get(line.import_id))
            for name in CELLS:
                line[f"cell_{name}"] = show(texts.get(name)) or False

    def _mend(self, vals):
        """Keep what was typed over the cells of the file; return the other values."""
        typed = {name.removeprefix("cell_"): vals[name] or "" for name in vals if name.startswith("cell_")}
        for line in self if typed else ():
            shown = {name: show(text) for name, text in line._get_texts().items()}
            changed = {name: text for name, text in typed.items() if text != shown.get(name, "")}
            line._write_protected({"cells": {**(line.cells or {}), **changed}})
        return {name: value for name, value in vals.items() if not name.startswith("cell_")}

    def _get_texts(self, mapping=None):
        """Return {field: text} of the row: what the file says by the columns as they are now, then what was mended."""
        mapping, sides = mapping or self.import_id._get_mapping()
        raw = self.raw or {}
        texts = {field: raw[key] for field, key in mapping.items() if key in raw}
        if self.year_key:
            model = self.import_id._kind_model()
            said = str(sides.get(self.year_key) or "")
            texts |= {
                model._year_field: raw.get(self.year_key, ""),
                **({model._side_field: said} if said else {}),
            }
        if texts.get("family_name"):
            texts["name"] = f"{texts['family_name']} {texts.get('name', '')}".strip()
        return {**texts, **(self.cells or {})}

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        """What an officer mends or chooses is looked at again at once."""
        if self._has_seal():
            return super().write(vals)
        # The cells are no columns: the write below does not see them.
        self._check_values(vals)
        self._check_writable(vals.keys())
        if any(line.is_done for line in self):
            raise UserError(self.env._("A row that is stored is not changed. Undo the import first."))
        vals = self._mend(vals)
        if "is_confirmed" in vals:
            self._write_protected({"confirmed": False})
        result = super().write(vals)
        self._note_choices(vals)
        self._recheck()
        return result

    def _note_choices(self, vals):
        named = [name for name in CHOICES if name in vals]
        if not named and not vals.get("recipient_type"):
            return
        for line in self:
            chosen = set(line.chosen or []) - set(named) | {name for name in named if line[name]}
            line._write_protected({"chosen": sorted(chosen)})
            line._learn_from(named)

    def _learn_from(self, named):
        texts, memory = self._get_texts(), self.env["emulation.import.memory"]
        if "award_id" in named and self.award_id and texts.get("award"):
            memory._learn(self.company_id, "award", texts["award"], award_id=self.award_id.id)
        if "department_id" in named and self.department_id and texts.get("name"):
            memory._learn(self.company_id, "unit", texts["name"], department_id=self.department_id.id)

    @api.model
    def _get_samples(self, record, key):
        """Return what stands in a column of the import, each text once."""
        self.flush_model(["raw"])
        query = SQL(
            "SELECT DISTINCT raw->>%s FROM emulation_import_line WHERE import_id = %s AND raw ? %s LIMIT 2000",
            key, record.id, key,
        )  # fmt: skip
        return [text for (text,) in self.env.execute_query(query) if text]

    def _recheck(self):
        for record, lines in self.grouped("import_id").items():
            record._kind_model()._check_lines(record, lines)
            lines._compare_with_others(record)

    def _compare_with_others(self, record):
        """Say of rows that were mended into what another row of the file says that they do."""
        model = record._kind_model()
        ready = self.filtered(lambda line: line.verdict in ("new", "change"))
        same = Domain.OR(
            Domain(name, "in", ready[name].ids) for name in RECIPIENT_FIELDS.values() if ready[name]
        )
        others = (
            record._search_lines(same & Domain("verdict", "in", ("new", "change")), None) if ready else ready
        )
        keys = {}
        for line in others - ready:
            keys.setdefault(model._get_line_key(line), line)
        for line in ready:
            first = keys.setdefault(model._get_line_key(line), line)
            if first != line:
                model._refuse_repeated(line, first)

    def _get_said_elsewhere(self):
        """Return {field: text} of what the cells of the row do not say, but its titles and headings do."""
        record, texts = self.import_id, self._get_texts()
        number, day = record.default_number, record.default_date
        decision = f"{number} ngày {day:%d/%m/%Y}" if number and day else number
        sections = self._read_sections()
        said = {
            "kind": sections.get("kind"),
            "unit": sections.get("unit"),
            "award": texts.get("award") or sections.get("award") or record.default_award_id.code,
            "year": texts.get("year") or sections.get("year") or record.default_year,
            "decision": texts.get("decision") or decision,
            "recognition": texts.get("recognition") or decision,
            "source": texts.get("source") or number,
        }
        return {name: str(text) for name, text in said.items() if text}

    def _read_sections(self):
        """Return {field: text} of the headings above the row; the nearest says it."""
        from ...office.awards import find_award
        from ...office.headings import find_title_year
        from ...office.words import find_section_kind

        said = {}
        for section in self.sections or []:
            name = "kind" if find_section_kind(section) else "award" if find_award(section, {}) else ""
            said[name or ("year" if find_title_year([section]) else "unit")] = section
        if "kind" in said:
            said["kind"] = {"employee": "Cá nhân", "department": "Tập thể"}[find_section_kind(said["kind"])]
        return said

    def _write_back(self, columns, extra):
        """Return the row as it is sent back: its number, its cells as they were mended, what is wrong."""
        texts, elsewhere = self._get_texts(), self._get_said_elsewhere()
        mapping, sides = self.import_id._get_mapping()
        field_of = {key: field for field, key in mapping.items()}
        cells = []
        for column in columns:
            text = (self.raw or {}).get(column.key, "")
            if column.key in sides and self.year_key:  # a column a year: this row is about one of them
                text = texts.get(column.field_name, "") if column.key == self.year_key else ""
            elif field_of.get(column.key) in (self.cells or {}):
                text = texts[field_of[column.key]]
            elif field_of.get(column.key) == "family_name" and "name" in (self.cells or {}):
                text = ""  # the mended name is whole
            cells.append(show(text))
        return [self.number, *cells, *(elsewhere.get(name, "") for name in extra), self.message or ""]

    @api.model
    @api.private
    def _insert(self, record, rows):
        """Insert the lines of an import, thousands in a few statements.

        :param rows: an iterable of (sequence, sheet, row of the table, {heading: text}, key of the column beside,
            {field: text} put over)
        """
        for part in split_every(1000, rows, list):
            self.env.cr.execute_values(INSERT, [self._prepare_row(record, *row) for row in part])
        self.invalidate_model()
        record.invalidate_recordset(["line_ids"])

    def _prepare_row(self, record, sequence, sheet, row, raw, year_key, part):
        """Return the values of ``INSERT`` for a row."""
        first = next(iter(raw.values()), "")[:200]
        return (
            record.id, record.company_id.id, sequence, row.number, sheet or None, json.dumps(raw),
            json.dumps(list(row.sections)), year_key or None, "todo", first,
            json.dumps(list(row.problems)) if row.problems else None,
            json.dumps(list(row.doubts)) if row.doubts else None, json.dumps(part) if part else None,
            search_key(first)[:200], False, False, False, False, self.env.uid, self.env.uid,
        )  # fmt: skip

    # ------------------------------------------------------------------
    # Buttons of the grid
    # ------------------------------------------------------------------

    def action_confirm(self):
        """Take the unsure rows as they are."""
        self.filtered(lambda line: not line.is_done).write({"is_confirmed": True})

    def action_leave_out(self):
        self.filtered(lambda line: not line.is_done).write({"is_left_out": True})

    def action_take_outsider(self):
        """Make outside parties of people nobody of the agency is."""
        self.filtered(lambda line: not line.is_done).write({"is_outsider": True})

    def _get_recipient(self):
        self.ensure_one()
        return self[RECIPIENT_FIELDS[self.recipient_type]] if self.recipient_type else None
