import re

from odoo import fields, models
from odoo.fields import Command

from ..engine import scoring

# column -> (field, kind of value); the first row of the file has to name exactly these
COLUMNS = {
    "code": ("code", "text"),
    "group": ("parent_id", "text"),
    "name": ("name", "text"),
    "kind": ("kind", "text"),
    "maximum": ("max_points", "number"),
    "weight": ("weight", "number"),
    "minimum": ("minimum_points", "number"),
    "target": ("target", "number"),
    "unit": ("unit_of_measure", "text"),
    "lower_is_better": ("lower_is_better", "flag"),
    "per_occurrence": ("points_per_occurrence", "number"),
    "evidence": ("evidence_required", "flag"),
    "steps": ("step_ids", "steps"),
    "guidance": ("guidance", "text"),
}
NUMBER = r"\d+(?:\.\d+)?"
STEP = re.compile(rf"(?P<start>{NUMBER})\s*-\s*(?P<end>{NUMBER})?\s*:\s*(?P<points>{NUMBER})")


class EmulationSetImport(models.TransientModel):
    """Read the criteria of a set from an .xlsx file, all rows or none; the same file comes out of the set."""

    _name = "emulation.set.import"
    _description = "Import criteria"
    _inherit = ["emulation.xlsx.import.mixin"]
    _import_columns = tuple(COLUMNS)
    _import_required = ("name", "kind", "maximum")

    set_id = fields.Many2one("emulation.criterion.set", required=True, readonly=True)

    def action_import(self):
        """Make the criteria of the set those of the file, line by line.

        A line already there (same code, or same name where it has none) is changed and keeps what the file does
        not say: whom it applies to, its minimums for titles, its automatic source.

        :raise UserError: listing every bad row; nothing is imported then
        """
        self.ensure_one()
        rows = self._read_rows()
        self._refuse(self._find_problems(rows))
        lines = self._store_rows(rows)
        by_code = {line.code: line for line in lines if line.kind == "group"}
        for line, (_number, row) in zip(lines, rows, strict=True):
            line.parent_id = by_code[str(row["group"])] if row["group"] else False
        return {"type": "ir.actions.act_window_close"}

    def _store_rows(self, rows):
        """Change the lines that are there, create the others, delete what the file leaves out; in its order."""
        sheet = self.set_id
        known = {line.code or line.name: line for line in sheet.criterion_ids}
        kept = {str(row["code"] or row["name"]) for _number, row in rows}
        sheet.criterion_ids.filtered(lambda line: (line.code or line.name) not in kept).unlink()
        stored = sheet.criterion_ids.browse()
        for number, row in rows:
            vals = {**self._prepare(row), "sequence": number}
            line = known.pop(str(row["code"] or row["name"]), None)
            if line:
                line.write({**vals, "parent_id": False})
            else:
                line = stored.create({**vals, "set_id": sheet.id})
            stored |= line
        return stored

    def _find_problems(self, rows):
        kinds = dict(self.env["emulation.criterion"]._fields["kind"].selection)
        groups = {str(row["code"]) for _number, row in rows if row["kind"] == "group" and row["code"]}
        problems = []
        for number, row in rows:
            found = []
            if not str(row["name"] or "").strip():
                found.append(self.env._("no name"))
            if row["kind"] not in kinds:
                found.append(self.env._("unknown kind “%(kind)s”", kind=row["kind"]))
            if row["group"] and str(row["group"]) not in groups:
                found.append(self.env._("unknown group “%(group)s”", group=row["group"]))
            found += [
                self.env._("“%(value)s” is not a positive number", value=row[column])
                for column, (_field, kind) in COLUMNS.items()
                if kind == "number" and not self._is_number(row[column])
            ]
            problems.append((number, found + self._find_step_problems(row)))
        return problems

    def _find_step_problems(self, row):
        """Return what is wrong with the step table of a row, in a list."""
        steps = self._read_steps(row["steps"])
        if steps is None:
            return [self.env._("“%(value)s” is no step table: write 0-80:2; 80-:10", value=row["steps"])]
        try:
            scoring.check_steps(
                [
                    scoring.Step(step["start"], None if step["is_open"] else step["end"], step["points"])
                    for step in steps
                ],
                row["maximum"] if self._is_number(row["maximum"]) else None,
            )
        except scoring.ScoringError as error:
            return [self.env["emulation.criterion"].new({"name": row["name"]})._explain_steps(error)]
        return []

    @staticmethod
    def _is_number(value):
        if value is None:
            return True
        return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1e9

    @staticmethod
    def _read_steps(text):
        """Return what a cell like ``0-80:2; 80-:10`` holds as values, [] for an empty one, None if unreadable."""
        parts = [part.strip().replace(",", ".") for part in str(text or "").split(";") if part.strip()]
        found = [STEP.fullmatch(part) for part in parts]
        if not all(found):
            return None
        return [
            {
                "start": float(step["start"]),
                "end": float(step["end"] or 0),
                "is_open": not step["end"],
                "points": float(step["points"]),
            }
            for step in found
        ]

    @staticmethod
    def _write_steps(steps):
        return "; ".join(
            f"{step.start:g}-{'' if step.is_open else f'{step.end:g}'}:{step.points:g}" for step in steps
        )

    def _prepare(self, row):
        convert = {
            "text": lambda value: str(value) if value is not None else False,
            "number": lambda value: value or 0,
            "steps": lambda value: [Command.clear(), *map(Command.create, self._read_steps(value))],
            "flag": lambda value: str(value or "").strip().lower() in ("1", "x", "yes", "true", "có"),
        }
        return {
            field: convert[kind](row[column])
            for column, (field, kind) in COLUMNS.items()
            if field != "parent_id"
        }

    def _export(self):
        """Return the workbook of the set's criteria as bytes."""
        rows = []
        for line in self.set_id._get_lines_from_the_root():
            cells = [
                line.parent_id.code or ""
                if field == "parent_id"
                else self._write_steps(line.step_ids)
                if kind == "steps"
                else line[field] or ("" if kind != "number" else 0)
                for field, kind in COLUMNS.values()
            ]
            rows.append([1 if cell is True else cell for cell in cells])
        return self._write_workbook(rows)

    def action_export(self):
        """Put the set's criteria into the file field and download it."""
        self.ensure_one()
        return self._download(self._export(), f"{self.set_id.name}.xlsx")
