import base64
import re
from decimal import Decimal
from functools import partial

from odoo import fields, models
from odoo.fields import Command

from ..engine import scoring
from ..models.campaign import set_file
from ..office import criteria_file, values, words
from ..office.write_xlsx import Page, build_workbook
from . import grade_rows, limit_rows, marker_cells, name_cells
from .marker_cells import MarkerCells
from .name_cells import NameCells
from .office_rows import read_rows, refuse

# column -> (field, kind of value, heading in the file that goes out)
COLUMNS = {
    "code": ("code", "text", "Mã"),
    "group": ("parent_id", "text", "Nhóm"),
    "criterion": ("name", "text", "Tiêu chí"),
    "criterion_kind": ("kind", "kind", "Loại"),
    "maximum": ("max_points", "number", "Điểm tối đa"),
    "weight": ("weight", "number", "Trọng số"),
    "minimum": ("minimum_points", "number", "Điểm tối thiểu"),
    "target": ("target", "number", "Chỉ tiêu"),
    "measure": ("unit_of_measure", "text", "Đơn vị tính"),
    "lower_is_better": ("lower_is_better", "flag", "Càng ít càng tốt"),
    "least_value": ("least_value", "number", "Kết quả thấp nhất có điểm"),
    "per_occurrence": ("points_per_occurrence", "number", "Điểm mỗi lần"),
    "evidence": ("evidence_required", "flag", "Minh chứng"),
    "evidence_each": ("evidence_each", "flag", "Minh chứng từng lần"),
    "steps": ("step_ids", "steps", "Bậc điểm"),
    "levels": ("levels", "text", "Các mức"),
    "markers": ("marker_ids", "markers", "Nơi chấm điểm"),
    "marked_only": ("is_marked_only", "flag", "Không tự chấm"),
    "register": ("drawn_from", "register", "Lấy số liệu từ sổ"),
    "drawn_awards": ("drawn_award_ids", "awards", "Danh hiệu lấy số liệu"),
    "whole_only": ("is_whole_only", "flag", "Chỉ tính cho cả năm"),
    "units": ("department_ids", "units", "Áp dụng cho đơn vị"),
    "jobs": ("job_ids", "jobs", "Áp dụng cho vị trí"),
    "tags": ("category_ids", "tags", "Áp dụng cho nhãn"),
    "minimums": ("minimum_ids", "minimums", "Điểm tối thiểu theo danh hiệu"),
    "guidance": ("guidance", "lines", "Hướng dẫn"),
}
KIND_LABELS = {
    "group": "Nhóm",
    "rating": "Định tính",
    "quantity": "Định lượng",
    "yes_no": "Có/Không",
    "bonus": "Điểm thưởng",
    "deduction": "Điểm trừ",
}
REGISTER_LABELS = {
    "awards": "Khen thưởng đã nhận",
    "achievements": "Sáng kiến được công nhận",
    "absences": "Ngày nghỉ",
}
REQUIRED = ("criterion", "criterion_kind", "maximum")
NAMED = ("awards", "units", "jobs", "tags", "minimums")
# What an empty cell, or a file without the column, leaves as it is.
KEPT = (*NAMED, "markers")
NUMBER = r"-?\d+(?:\.\d+)?"
STEP = re.compile(rf"(?P<start>{NUMBER})\s*-\s*(?P<end>{NUMBER})?\s*:\s*(?P<points>{NUMBER})")


def _plain(number):
    """Return a number as its cell says it, every figure of it.

    >>> _plain(1234567.5), _plain(-5.0), _plain(80.0)
    ('1234567.5', '-5', '80')
    """
    return f"{Decimal(str(number)):f}".removesuffix(".0")


class EmulationSetImport(models.TransientModel):
    """Read the criteria of a set from an office file, all rows or none; the same list comes out of the set.

    A code is what the sheet shows, so 1.10 is not 1.1. Codes and names that repeat are refused: three imports of
    one file give one set.
    """

    _name = "emulation.set.import"
    _description = "Import criteria"
    _inherit = ["emulation.wizard.mixin"]

    data = fields.Binary(string="File")
    filename = fields.Char()
    set_id = fields.Many2one("emulation.criterion.set", required=True, readonly=True)

    def action_import(self):
        """Make the criteria of the set those of the file, line by line.

        A line already there (same code, or same name where it has none) is changed and keeps what the file does
        not say: whom it applies to, its minimums for titles, its automatic source.

        :raise UserError: listing every bad row; nothing is imported then
        """
        self.ensure_one()
        rows, grades, limits = self._read_rows(), self._read_grades(), self._read_limits()
        problems = [*self._find_problems(rows), *self._find_duplicates(rows)]
        problems += [(number, limit_rows.find_problems(self.env, row)) for number, row in limits]
        refuse(self.env, [*problems, *self._find_grade_problems(rows, grades)])
        lines = self._store_rows(rows)
        groups = lines.filtered(lambda line: line.kind == "group")
        named = {line.name: line for line in groups} | {line.code: line for line in groups if line.code}
        for line, (_number, row) in zip(lines, rows, strict=True):
            line.parent_id = named[row["group"]] if row["group"] else False
        if grades:
            by_key = {key: line.id for line in lines for key in (line.name, line.code) if key}
            grade_rows.store(self.set_id, [row for _number, row in grades], by_key)
        limit_rows.store(self.set_id, [row for _number, row in limits])
        return {"type": "ir.actions.act_window_close"}

    def _store_rows(self, rows):
        """Change the lines that are there, create the others, delete what the file leaves out; in its order."""
        sheet = self.set_id
        kept = {row["code"] or row["criterion"] for _number, row in rows}
        known = {key: line for line in sheet.criterion_ids if (key := line.code or line.name) in kept}
        stays = sheet.criterion_ids.browse().union(*known.values())
        stays.parent_id = False  # a group that goes takes with it what is still in it
        (sheet.criterion_ids - stays).unlink()
        stored, readers = sheet.criterion_ids.browse(), self._get_readers()
        for number, row in rows:
            vals = {**self._prepare(row, *readers), "sequence": number}
            line = known.pop(row["code"] or row["criterion"], None)
            if line:
                line.write(vals)
            else:
                line = stored.create({**vals, "set_id": sheet.id})
            stored |= line
        return stored

    def _get_readers(self):
        """Return what reads the cells that name offices, people, units, positions, tags and awards."""
        company = self.set_id.company_id or self.env.company
        return MarkerCells(company), NameCells(company)

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    def _read_rows(self):
        """Return [(row number, {column: value})].

        :raises UserError: the file cannot be read, or a column is missing
        """
        found = read_rows(self.env, self.data, "criterion", {name: COLUMNS[name][2] for name in REQUIRED})
        return [
            (
                number,
                {name: self._read_cell(name, cells[name]) if name in cells else None for name in COLUMNS},
            )
            for number, cells in found
        ]

    def _read_grades(self):
        """Return [(row number, {column: value})] of the grades; a file without them leaves those of the set."""
        required = {name: grade_rows.HEADINGS[name] for name in grade_rows.REQUIRED}
        found = read_rows(self.env, self.data, "grade", required, optional=True)
        return [(number, grade_rows.clean(cells)) for number, cells in found]

    def _read_limits(self):
        """Return [(row number, {column: value})] of the limits of the sheet; a file without them leaves them."""
        found = read_rows(self.env, self.data, "limit", limit_rows.HEADINGS, optional=True)
        return [(number, limit_rows.clean(cells)) for number, cells in found]

    def _find_grade_problems(self, rows, grades):
        known = {row[name] for _number, row in rows for name in ("code", "criterion")}
        return [(number, grade_rows.find_problems(self.env, row, known)) for number, row in grades]

    @staticmethod
    def _read_cell(name, cell):
        """Return a number as a number, a kind as its key, anything else as it is shown; what is unreadable as text."""
        text = values.read_text(cell)
        kind = COLUMNS[name][1]
        if name == "code" and hasattr(cell, "year"):
            return cell  # what a sheet program made of 1.10; refused by name
        if kind == "kind":
            return words.find_choice("criterion_kind", text or "") or text
        if kind == "lines":
            return values.read_lines(cell)
        if kind == "register":
            return words.find_choice("register", text or "") or text
        if kind == "flag":
            return {"yes": True, "no": False}.get(words.find_choice("flag", text or ""), text)
        if kind == "number":
            try:
                return values.read_number(cell)
            except ValueError:
                return text
        return text

    def _find_duplicates(self, rows):
        """A code, or a name without one, stands for one criterion."""
        first, problems = {}, []
        for number, row in rows:
            key = row["code"] or row["criterion"]
            if key in first:
                text = self.env._(
                    "“%(key)s” is in row %(row)s too: give each a code of its own, as text",
                    key=key,
                    row=first[key],
                )
                problems.append((number, [text]))
            first.setdefault(key, number)
        return problems

    def _find_problems(self, rows):
        """Return [(number, texts)] of every row: what is wrong with it, in its words."""
        readers = self._get_readers()
        groups = {
            row[key]
            for _number, row in rows
            for key in ("code", "criterion")
            if row["criterion_kind"] == "group" and row[key]
        }
        return [
            (
                number,
                [
                    *self._find_line_problems(row, groups),
                    *self._find_cell_problems(row),
                    *self._find_name_problems(row, *readers),
                    *self._find_step_problems(row),
                    *self._find_level_problems(row),
                ],
            )
            for number, row in rows
        ]

    def _find_line_problems(self, row, groups):
        """Return what is wrong with what a row says it is, and where it stands."""
        found = []
        if not row["criterion"]:
            found.append(self.env._("no name"))
        if row["criterion_kind"] not in dict(self.env["emulation.criterion"]._fields["kind"].selection):
            found.append(self.env._("unknown kind “%(kind)s”", kind=row["criterion_kind"] or ""))
        if hasattr(row["code"], "year"):
            day = values.read_text(row["code"])
            found.append(self.env._("the code “%(code)s” is a date: enter the code as text", code=day))
        if row["register"] and row["register"] not in REGISTER_LABELS:
            found.append(self.env._("unknown register “%(name)s”", name=row["register"]))
        if row["group"] and row["group"] not in groups:
            found.append(self.env._("unknown group “%(group)s”", group=row["group"]))
        return found

    def _find_cell_problems(self, row):
        """Return which cells hold neither the number nor the yes or no that stands there."""
        numbers = [
            self.env._("“%(value)s” is not a number of 0 or more", value=row[column])
            for column, (_field, kind, _heading) in COLUMNS.items()
            if kind == "number" and not self._is_number(row[column])
        ]
        flags = [
            self.env._("“%(value)s” is neither yes (x) nor no (empty)", value=row[column])
            for column, (_field, kind, _heading) in COLUMNS.items()
            if kind == "flag" and isinstance(row[column], str)
        ]
        return numbers + flags

    def _find_name_problems(self, row, cells, names):
        """Return which names of a row are nobody's and nothing's, or several ones'."""
        markers = [
            self.env._("“%(name)s” is no office and no person, or several", name=name)
            for name in cells.list_unknown(row["markers"])
        ]
        named = [
            self.env._(
                "%(column)s: “%(name)s” is not known, or stands for several", column=heading, name=name
            )
            for column, (_field, kind, heading) in COLUMNS.items()
            if kind in NAMED
            for name in names.list_unknown(kind, row[column])
        ]
        return markers + named

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
            return [self.env["emulation.criterion"].new({"name": row["criterion"]})._explain_steps(error)]
        return []

    def _find_level_problems(self, row):
        """Return what is wrong with the levels of a row, in a list."""
        fault = row["levels"] and self.env["emulation.criterion"]._get_levels_fault(
            row["levels"], row["criterion_kind"], row["maximum"] if self._is_number(row["maximum"]) else 0
        )
        return [fault] if fault else []

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
            f"{_plain(step.start)}-{'' if step.is_open else _plain(step.end)}:{_plain(step.points)}"
            for step in steps
        )

    def _prepare(self, row, cells, names):
        convert = {
            **dict.fromkeys(("text", "lines", "register"), lambda value: value or False),
            "kind": lambda value: value,
            "number": lambda value: value or 0,
            "steps": lambda value: [Command.clear(), *map(Command.create, self._read_steps(value))],
            "flag": bool,
            "markers": cells.prepare,
            **{what: partial(names.prepare, what) for what in NAMED},
        }
        return {
            field: convert[kind](row[column])
            for column, (field, kind, _heading) in COLUMNS.items()
            if field != "parent_id" and (row[column] or kind not in KEPT)
        }

    def _export(self):
        """Return the workbook of the set's criteria as bytes."""
        rows = []
        for line in self.set_id._get_lines_from_the_root():
            cells = [
                line.parent_id.code or line.parent_id.name or ""
                if field == "parent_id"
                else self._write_steps(line.step_ids)
                if kind == "steps"
                else marker_cells.write(line.marker_ids)
                if kind == "markers"
                else name_cells.write(kind, line, field)
                if kind in NAMED
                else KIND_LABELS[line.kind]
                if kind == "kind"
                else REGISTER_LABELS.get(line.drawn_from, "")
                if kind == "register"
                else line[field] or ("" if kind != "number" else 0)
                for field, kind, _heading in COLUMNS.values()
            ]
            rows.append(["x" if cell is True else cell for cell in cells])
        criteria = Page("Tiêu chí", [heading for *_rest, heading in COLUMNS.values()], rows)
        grades = Page("Xếp loại", [*grade_rows.HEADINGS.values()], grade_rows.write(self.set_id))
        limits = Page("Giới hạn", [*limit_rows.HEADINGS.values()], limit_rows.write(self.set_id))
        return build_workbook([criteria, grades, limits])

    def action_export(self):
        """Put the set's criteria into the file field and download it."""
        self.ensure_one()
        return self._download(self._export(), "xlsx")

    def action_share(self):
        """Download the whole set, its grades too, as a file that another agency can begin with."""
        self.ensure_one()
        return self._download(criteria_file.write(set_file.describe(self.set_id)), "json")

    def _download(self, content, kind):
        self.write({"data": base64.b64encode(content), "filename": f"{self.set_id.name}.{kind}"})
        url = f"/web/content/{self._name}/{self.id}/data?download=true&filename_field=filename"
        return {"type": "ir.actions.act_url", "url": url, "target": "self"}
