import base64
import io

from odoo import fields, models
from odoo.exceptions import UserError

MOST_ROWS = 20_000


class EmulationXlsxImportMixin(models.AbstractModel):
    """Reads an .xlsx file whose first row names the columns, and writes one like it.

    An heir lists its columns in ``_import_columns`` and those that must be there in ``_import_required``,
    finds what is wrong row by row and imports all rows or none.
    """

    _name = "emulation.xlsx.import.mixin"
    _description = "Import of an .xlsx file"

    _import_columns = ()
    _import_required = ()

    data = fields.Binary(string="File (.xlsx)")
    filename = fields.Char()

    def _read_rows(self):
        """Return [(row number, {column: value})]; the file is only read, never evaluated.

        :raises UserError: it is no .xlsx file, its columns do not fit or it is too long
        """
        values = self._open_sheet().iter_rows(values_only=True, max_row=MOST_ROWS + 2)
        header = [str(cell or "").strip() for cell in next(values, ())]
        self._check_header(header)
        blank = dict.fromkeys(self._import_columns)
        rows = [
            (number, {**blank, **dict(zip(header, row, strict=False))})
            for number, row in enumerate(values, 2)
        ]
        rows = [(number, row) for number, row in rows if any(value is not None for value in row.values())]
        if len(rows) > MOST_ROWS:
            raise UserError(self.env._("The file has more than %(most)s rows.", most=MOST_ROWS))
        return rows

    def _open_sheet(self):
        from openpyxl import load_workbook

        content = io.BytesIO(base64.b64decode(self.data or b""))
        try:
            return load_workbook(content, read_only=True, data_only=True).worksheets[0]
        except Exception as error:  # openpyxl raises many kinds for a file that is no workbook
            raise UserError(self.env._("This is not an .xlsx file.")) from error

    def _check_header(self, header):
        wrong = [name for name in header if name and name not in self._import_columns]
        missing = [name for name in self._import_required if name not in header]
        if wrong or missing:
            raise UserError(
                self.env._(
                    "The columns do not fit. Unknown: %(wrong)s. Missing: %(missing)s.",
                    wrong=", ".join(wrong) or "–",
                    missing=", ".join(missing) or "–",
                )
            )

    def _refuse(self, problems):
        """Refuse the whole file, naming every bad row.

        :param problems: [(row number, [what is wrong])]
        """
        lines = [
            self.env._("Row %(row)s: %(found)s", row=number, found=", ".join(found))
            for number, found in problems
            if found
        ]
        if lines:
            raise UserError(self.env._("Nothing was imported:") + "\n" + "\n".join(lines))

    def _write_workbook(self, rows):
        """Return the bytes of an .xlsx file with the columns of this import."""
        import xlsxwriter

        buffer = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(buffer, options)
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, self._import_columns, book.add_format({"bold": True}))
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)
        book.close()
        return buffer.getvalue()

    def _download(self, content, filename):
        """Put a file into the file field and return the action that downloads it."""
        self.ensure_one()
        self.write({"data": base64.b64encode(content), "filename": filename})
        url = f"/web/content/{self._name}/{self.id}/data?download=true&filename_field=filename"
        return {"type": "ir.actions.act_url", "url": url, "target": "self"}
