import base64
import io

from odoo import fields, models
from odoo.exceptions import UserError

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

    set_id = fields.Many2one("emulation.criterion.set", required=True, readonly=True)
    data = fields.Binary(string="File (.xlsx)")
    filename = fields.Char()

    def action_import(self):
        """Replace the criteria of the set.

        :raise UserError: listing every bad row; nothing is imported then
        """
        self.ensure_one()
        rows = self._read_rows()
        problems = self._find_problems(rows)
        if problems:
            raise UserError(self.env._("Nothing was imported:") + "\n" + "\n".join(problems))
        self.set_id.criterion_ids.unlink()
        lines = self.env["emulation.criterion"].create(
            [{**self._prepare(row), "set_id": self.set_id.id, "sequence": number} for number, row in rows]
        )
        by_code = {line.code: line for line in lines if line.kind == "group"}
        for line, (_number, row) in zip(lines, rows, strict=True):
            if row["group"]:
                line.parent_id = by_code[str(row["group"])]
        return {"type": "ir.actions.act_window_close"}

    def _read_rows(self):
        """Return [(row number, {column: value})]; the file is only read, never evaluated."""
        from openpyxl import load_workbook

        try:
            book = load_workbook(
                io.BytesIO(base64.b64decode(self.data or b"")), read_only=True, data_only=True
            )
        except Exception as error:  # openpyxl raises many kinds for a file that is no workbook
            raise UserError(self.env._("This is not an .xlsx file.")) from error
        values = book.worksheets[0].iter_rows(values_only=True)
        header = [str(cell or "").strip() for cell in next(values, ())]
        wrong = [name for name in header if name and name not in COLUMNS]
        missing = [name for name in ("name", "kind", "maximum") if name not in header]
        if wrong or missing:
            raise UserError(
                self.env._(
                    "The columns do not fit. Unknown: %(wrong)s. Missing: %(missing)s.",
                    wrong=", ".join(wrong) or "–",
                    missing=", ".join(missing) or "–",
                )
            )
        blank = dict.fromkeys(COLUMNS)
        rows = [
            (number, {**blank, **dict(zip(header, row, strict=False))})
            for number, row in enumerate(values, 2)
        ]
        return [(number, row) for number, row in rows if any(value is not None for value in row.values())]

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
            if found:
                problems.append(self.env._("Row %(row)s: %(found)s", row=number, found=", ".join(found)))
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
        import xlsxwriter

        buffer = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(buffer, options)
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, COLUMNS, book.add_format({"bold": True}))
        for number, line in enumerate(self.set_id._get_lines_from_the_root(), 1):
            cells = [
                line.parent_id.code or ""
                if field == "parent_id"
                else line[field] or ("" if kind != "number" else 0)
                for field, kind in COLUMNS.values()
            ]
            sheet.write_row(number, 0, [1 if cell is True else cell for cell in cells])
        book.close()
        return buffer.getvalue()

    def action_export(self):
        """Put the set's criteria into the file field and download it."""
        self.ensure_one()
        self.write({"data": base64.b64encode(self._export()), "filename": f"{self.set_id.name}.xlsx"})
        url = f"/web/content/{self._name}/{self.id}/data?download=true&filename_field=filename"
        return {"type": "ir.actions.act_url", "url": url, "target": "self"}
