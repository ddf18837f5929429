import base64

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..engine.eligibility import KINDS
from ..office import values, words
from ..office.write_xlsx import build_plain_workbook
from .office_rows import read_rows, refuse

HEADINGS = {
    "line": "Mã dòng",
    "award": "Mã danh hiệu",
    "award_name": "Danh hiệu, hình thức",
    "condition": "Điều kiện hiện nay",
    "parameters": "Tham số",
    "article": "Căn cứ hiện nay",
    "verdict": "Kết quả đối chiếu",
    "new_condition": "Điều kiện mới",
    "new_article": "Căn cứ mới",
    "count": "Số lần",
    "years": "Số năm",
    "months": "Số tháng",
    "days": "Số ngày",
    "share": "Tỷ lệ (%)",
    "rating": "Xếp loại từ",
}
REQUIRED = ("line", "award", "verdict")
NUMBERS = ("count", "years", "months", "days", "share")
WHOLE = {"count", "years", "months", "days"}
VERDICT_WORDS = {"keep": "Giữ nguyên", "change": "Sửa", "drop": "Bỏ", "add": "Thêm"}


class EmulationReadingImport(models.TransientModel):
    """Take in how the agency reads the law: each line of a rule book kept, changed, dropped or added.

    The list goes out with every line of the book; the legal officer writes a verdict beside each. What is kept counts
    as confirmed; what differs goes into the agency's own book, so that what was shipped stays as it is. A file
    with one bad row changes nothing; a row without a verdict is left for later.
    """

    _name = "emulation.reading.import"
    _description = "Import the agency's own reading of the law"
    _inherit = ["emulation.wizard.mixin"]

    rulebook_id = fields.Many2one("emulation.rulebook", required=True, readonly=True)
    data = fields.Binary(string="File")
    filename = fields.Char()

    # ------------------------------------------------------------------
    # Out
    # ------------------------------------------------------------------

    def action_export(self):
        """Put the lines of the book into the file field and download it."""
        self.ensure_one()
        name = f"{self.rulebook_id.code}.xlsx"
        self.write({"data": base64.b64encode(self._export()), "filename": name})
        url = f"/web/content/{self._name}/{self.id}/data?download=true&filename_field=filename"
        return {"type": "ir.actions.act_url", "url": url, "target": "self"}

    def _export(self):
        """Return the workbook with one row a line, in Vietnamese, the verdict empty where it is not confirmed."""
        rows = [
            [
                line.id,
                line.award_id.code,
                line.award_id.name,
                line.name,
                line.parameter_text or "",
                line.article or "",
                "" if line.needs_confirmation else VERDICT_WORDS["keep"],
            ]
            for line in self.rulebook_id.with_context(lang="vi_VN").award_rule_ids.requirement_ids
        ]
        return build_plain_workbook(list(HEADINGS.values()), rows)

    # ------------------------------------------------------------------
    # In
    # ------------------------------------------------------------------

    def action_import(self):
        """Store the verdicts of the file.

        :raises AccessError: only an administrator of emulation decides what the law says here
        :raises UserError: listing every bad row; nothing is stored then
        """
        self.ensure_one()
        self._check_who()
        required = {name: HEADINGS[name] for name in REQUIRED}
        rows = [
            (number, self._read_row(cells))
            for number, cells in read_rows(self.env, self.data, "reading", required)
        ]
        rows = [(number, row) for number, row in rows if row["verdict"]]
        refuse(self.env, [(number, self._find_problems(row)) for number, row in rows])
        if not rows:
            raise UserError(self.env._("No row has a verdict: write “Giữ nguyên”, “Sửa”, “Bỏ” or “Thêm”."))
        self._store([row for _number, row in rows])
        return self._open_result([row["verdict"] for _number, row in rows])

    def _check_who(self):
        if not self.env.user.has_group("hr_emulation.group_emulation_admin"):
            raise AccessError(self.env._("Only an administrator of emulation can do this."))

    def _read_row(self, cells):
        row = {name: values.read_text(cells[name]) if name in cells else None for name in HEADINGS}
        row["verdict"] = words.find_choice("verdict", row["verdict"] or "") or row["verdict"]
        if row["rating"]:
            row["rating"] = words.find_choice("rating", row["rating"]) or row["rating"]
        for name in NUMBERS:
            if row[name]:
                try:
                    row[name] = values.read_number(cells[name])
                except ValueError:
                    continue  # stays a text: named among the problems
        return row

    def _get_line(self, row):
        """Return the line a row is about, or an empty one: of this book and of the award the row names."""
        text = str(row["line"] or "").split(".")[0]
        by_id = {line.id: line for line in self.rulebook_id.award_rule_ids.requirement_ids}
        line = by_id.get(int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else None
        none = self.env["emulation.requirement"]
        return line if line and line.award_id.code == row["award"] else none

    def _get_rule(self, row):
        return self.rulebook_id.award_rule_ids.filtered(lambda rule: rule.award_id.code == row["award"])

    def _find_problems(self, row):
        """Return what is wrong with a row, in a list."""
        if row["verdict"] not in VERDICT_WORDS:
            return [self.env._("unknown verdict “%(verdict)s”", verdict=row["verdict"])]
        if row["verdict"] == "add":
            return self._find_problems_of_added(row)
        line = self._get_line(row)
        if not line:
            return [
                self.env._(
                    "the book has no line %(line)s of %(award)s",
                    line=row["line"] or "",
                    award=row["award"] or "",
                )
            ]
        if row["verdict"] != "change":
            return []
        return self._find_problems_of_changed(row, line)

    def _find_problems_of_added(self, row):
        found = []
        if not self._get_rule(row):
            found.append(self.env._("the book has no rule for “%(award)s”", award=row["award"] or ""))
        if not row["new_condition"]:
            found.append(self.env._("the new condition is missing"))
        return found

    def _find_problems_of_changed(self, row, line):
        given = [name for name in (*NUMBERS, "rating") if row[name] is not None]
        found = [
            self.env._("“%(value)s” is not a number of 0 or more", value=row[name])
            for name in given
            if name != "rating" and not _is_number(row[name], name in WHOLE)
        ]
        known = KINDS[line.kind].parameters
        found += [
            self.env._("this condition has no “%(column)s”", column=HEADINGS[name])
            for name in given
            if name not in known
        ]
        if "rating" in given and row["rating"] not in ("excellent", "good", "completed"):
            found.append(self.env._("unknown rating “%(rating)s”", rating=row["rating"]))
        if not (given or row["new_condition"] or row["new_article"]):
            found.append(self.env._("nothing says what changes"))
        return found

    # ------------------------------------------------------------------
    # Storing
    # ------------------------------------------------------------------

    def _store(self, rows):
        """Confirm what is kept; what differs is written into the agency's own book, rule by rule."""
        differing = {row["award"] for row in rows if row["verdict"] != "keep"}
        kept = [row for row in rows if row["award"] not in differing]
        self.env["emulation.requirement"].union(*map(self._get_line, kept))._confirm_reading()
        for code in sorted(differing):
            own = [row for row in rows if row["award"] == code]
            self._store_rule(own, self._get_rule(own[0]))

    def _store_rule(self, rows, rule):
        local = rule._get_local_rule(self.env.company)
        pairs = _pair(rule.requirement_ids, local.requirement_ids)
        confirmed = local.requirement_ids.browse()
        for row in rows:
            if row["verdict"] == "add":
                vals = {**self._prepare(row), "award_rule_id": local.id, "kind": "judgement"}
                confirmed |= confirmed.create(vals)
                continue
            line = pairs.get(self._get_line(row), confirmed.browse())
            if row["verdict"] == "drop":
                line.unlink()
                continue
            self._refuse_lost(line, row)
            if row["verdict"] == "change":
                line.write({**self._prepare(row), "doubt": False})
            confirmed |= line
        confirmed._confirm_reading()

    def _refuse_lost(self, line, row):
        if not line:
            raise UserError(
                self.env._(
                    "%(award)s: your own book has no line “%(line)s” any more. Export the list from that book.",
                    award=row["award"],
                    line=self._get_line(row).name,
                )
            )

    def _prepare(self, row):
        vals = {name: row[name] for name in (*NUMBERS, "rating") if row[name] is not None}
        vals |= {"name": row["new_condition"]} if row["new_condition"] else {}
        return vals | ({"article": row["new_article"]} if row["new_article"] else {})

    def _open_result(self, verdicts):
        counts = {verdict: verdicts.count(verdict) for verdict in VERDICT_WORDS}
        text = self.env._(
            "Lines kept: %(keep)s, changed: %(change)s, dropped: %(drop)s, added: %(add)s.", **counts
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": text,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }


def _is_number(value, whole):
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value < 1e6:
        return False
    return not whole or float(value).is_integer()


def _pair(lines, copies):
    """Return {line: its copy in the agency's own book}; one the agency has reworded is found by its place.

    A book that is the agency's own is paired with itself.
    """
    if lines == copies:
        return {line: line for line in lines}
    free = list(copies)
    pairs = {}
    for line in lines:
        same = next((copy for copy in free if (copy.kind, copy.name) == (line.kind, line.name)), None)
        same = same or next((c for c in free if (c.kind, c.sequence) == (line.kind, line.sequence)), None)
        if same:
            pairs[line] = same
            free.remove(same)
    return pairs
