from odoo import fields, models

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
    "guidance": ("guidance", "text"),
}


class EmulationSetImport(models.TransientModel):
    """Read the criteria of a set from an .xlsx file, all rows or none; the same file comes out of the set."""

    _name = "emulation.set.import"
    _description = "Import criteria"
    _inherit = ["emulation.xlsx.import.mixin"]
    _import_columns = tuple(COLUMNS)
    _import_required = ("name", "kind", "maximum")

    set_id = fields.Many2one("emulation.criterion.set", required=True, readonly=True)

    def action_import(self):
        """Replace the criteria of the set.

        :raise UserError: listing every bad row; nothing is imported then
        """
        self.ensure_one()
        rows = self._read_rows()
        self._refuse(self._find_problems(rows))
        self.set_id.criterion_ids.unlink()
        lines = self.env["emulation.criterion"].create(
            [{**self._prepare(row), "set_id": self.set_id.id, "sequence": number} for number, row in rows]
        )
        by_code = {line.code: line for line in lines if line.kind == "group"}
        for line, (_number, row) in zip(lines, rows, strict=True):
            if row["group"]:
                line.parent_id = by_code[str(row["group"])]
        return {"type": "ir.actions.act_window_close"}

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
            problems.append((number, found))
        return problems

    @staticmethod
    def _is_number(value):
        if value is None:
            return True
        return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1e9

    def _prepare(self, row):
        convert = {
            "text": lambda value: str(value) if value is not None else False,
            "number": lambda value: value or 0,
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
                else line[field] or ("" if kind != "number" else 0)
                for field, kind in COLUMNS.values()
            ]
            rows.append([1 if cell is True else cell for cell in cells])
        return self._write_workbook(rows)

    def action_export(self):
        """Put the set's criteria into the file field and download it."""
        self.ensure_one()
        return self._download(self._export(), f"{self.set_id.name}.xlsx")
