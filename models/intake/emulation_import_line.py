import json
import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, split_every

from ...engine.vietnamese import search_key
from ..mixin.emulation_recipient_mixin import RECIPIENT_FIELDS, RECIPIENT_TYPES
from . import field_labels

# What stands in the cells, shown and mended in the grid.
CELLS = (
    "name", "unit", "post", "identity", "birth", "award", "decision_number", "decision_date", "signer", "year",
    "period", "summary", "rating", "source", "title", "reach", "recognition_number", "recognition_date",
    "restriction", "date_from", "date_to", "reason", "reference", "pledge",
    "criterion", "points", "actual", "result",
)  # fmt: skip
CHOICES = ("employee_id", "department_id", "partner_id", "award_id")
# What an officer may say of a row; the rest is what the import found out.
OPEN_FIELDS = {f"cell_{name}" for name in CELLS} | {*CHOICES, "is_outsider", "is_confirmed", "is_left_out"}
OPEN_FIELDS |= {"recipient_type"}


INSERT = """
    INSERT INTO emulation_import_line
        (import_id, company_id, sequence, number, sheet, raw, sections, year_key, verdict, recipient_label, unknown,
         cells, search_key, is_done, is_left_out, is_outsider, is_confirmed, create_uid, write_uid)
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

    # what the row is about
    recipient_type = fields.Selection(RECIPIENT_TYPES)
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
    unknown = fields.Json(readonly=True, help="Headings of formulas whose value the file does not hold.")
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
            side = {model._side_field: str(sides.get(self.year_key, ""))}
            texts |= {model._year_field: raw.get(self.year_key, ""), **side}
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
            json.dumps(list(row.problems)) if row.problems else None, json.dumps(part) if part else None,
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
