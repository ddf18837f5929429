import re

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ...engine.vietnamese import search_key, short_date
from ...office import values
from ...office.awards import award_key, split_awards
from ...office.vocabulary import KINDS
from ..mixin.dossier_states import LIVE_STATES
from ..mixin.emulation_recipient_mixin import RECIPIENT_FIELDS
from ..mixin.labels import get_labels
from ..rulebook.award_names import AwardNames

# Not counted for higher awards, Decree 152/2025/NĐ-CP, Article 4(3).
TYPES = (("dot xuat", "ad_hoc"), ("chuyen de", "thematic"))


class Known(AwardNames):
    """The awards of an agency and what the date column looks like."""

    def __init__(self, env, company, texts):
        super().__init__(env, company)
        self.day_first = not values.month_comes_first(texts)
        self.swapped = values.may_be_swapped(
            [values.read_date(text) if values.ISO.fullmatch(text) else text for text in texts]
        )


class EmulationImportAward(models.AbstractModel):
    """Past awards: each row becomes a granted commendation, each decision one record for its number and date."""

    _name = "emulation.import.award"
    _description = "Import of past awards"
    _inherit = ["emulation.import.kind"]
    _year_field = "award"
    _target = "emulation.commendation"

    # ------------------------------------------------------------------
    # Reading a row
    # ------------------------------------------------------------------

    @api.model
    def _prepare(self, record):
        key = record._get_mapping()[0].get("decision_date")
        texts = record.line_ids._get_samples(record, key) if key else []
        return Known(self.env, record.company_id, texts)

    @api.model
    def _get_sides(self, record, headings):
        """Years side by side, else titles and forms of awards side by side."""
        sides = super()._get_sides(record, headings)
        if self._year_field and len(sides) < 2:
            from ...office.headings import words_of

            words = {tuple(name.split()) for name in KINDS["award"]["award"]}
            awards = [key for key, text, _year in headings if words_of(text) in words]
            sides = dict.fromkeys(awards, "") if len(awards) > 1 else sides
        return sides

    @api.model
    def _split_row(self, record, texts):
        """A cell that names several awards gives a row for each."""
        text = texts.get("award")
        parts = split_awards(text, {}) if text else []
        if len(parts) < 2:
            return [{}]
        rows = [{"award": part} for part in parts]
        for name in ("decision", "decision_number", "decision_date", "signer", "year", "level"):
            lines = [line.strip() for line in re.split(r"[;\n]", texts.get(name) or "") if line.strip()]
            if len(lines) == len(parts):  # each award has its own
                for row, line in zip(rows, lines, strict=True):
                    row[name] = line
        return rows

    def _find_kind_by_content(self, verdict):
        award = self._find_award(verdict)
        if award and not (award.subject_individual or award.subject_household):
            return "department"
        return "employee"

    def _find_award(self, verdict):
        line = verdict.line
        if "award_id" in (line.chosen or []) and line.award_id:
            return line.award_id
        text = verdict.texts.get("award")
        if text:
            return verdict.shared.find(text)
        for section in reversed(line.sections or []):
            if found := verdict.shared.find(section):
                return found
        return line.import_id.default_award_id

    @api.model
    def _check_row(self, record, verdict):
        self._check_award(verdict)
        self._read_decision(record, verdict)
        self._doubt_shared_decision(record, verdict)
        self._read_years(record, verdict)
        texts = verdict.texts
        summary = texts.get("summary") or False
        prize = verdict.take("prize", values.read_number, self.env._("“%(value)s” is not an amount."))
        verdict.vals |= {
            "summary": summary,
            "prize_amount": prize or 0,
            "commendation_type": self._get_type(
                f"{summary or ''} {texts.get('award') or ''} {texts.get('level') or ''}"
            ),
            "recipient_name": values.read_text(texts.get("name")),
            "unit_name": values.read_text(texts.get("unit")),
            "position_name": values.read_text(texts.get("post")),
        }

    def _check_award(self, verdict):
        award = verdict.award = self._find_award(verdict)
        text = verdict.texts.get("award")
        if not award and text:
            verdict.is_open = True
            verdict.unsure.append(self.env._("“%(award)s” is no known award: choose it once.", award=text))
        elif not award:
            verdict.wrong.append(self.env._("The award is missing."))
        elif not self._fits(award, verdict):
            verdict.wrong.append(
                self.env._("%(award)s is not for this kind of recipient.", award=award.display_name)
            )

    @staticmethod
    def _fits(award, verdict):
        kind = verdict.recipient.get("recipient_type") or "employee"
        if kind == "partner":
            return True
        return award.subject_individual if kind == "employee" else award.subject_collective

    @staticmethod
    def _get_type(text):
        key = search_key(text)
        return next((kind for words, kind in TYPES if words in key), "merit")

    def _doubt_shared_decision(self, record, verdict):
        """Two awards of a row and a decision beside each: only the first column of decisions is read."""
        if not verdict.line.year_key or verdict.texts.get("decision") or not verdict.vals["number"]:
            return
        from ...office.headings import is_about

        decisions = {name: KINDS["award"][name] for name in ("decision", "decision_number")}
        columns = record.column_ids.filtered(lambda column: not column.field_name)
        if any(is_about(column.heading, decisions) for column in columns):
            verdict.unsure.append(self.env._("The row names several decisions: say which is of this award."))

    def _read_decision(self, record, verdict):
        texts = verdict.texts
        cited = values.read_decision(texts.get("decision")) or values.read_decision(
            texts.get("decision_number")
        )
        number = (cited and cited.number) or values.read_text(texts.get("decision_number"))
        number = number or values.read_text(texts.get("decision")) or record.default_number
        day = self._read_day(verdict) or (cited and cited.date)
        if not day and number == record.default_number:
            day = record.default_date
        signer = texts.get("signer") or (cited and cited.issuer) or record.default_signer
        for name in ("decision", "decision_number"):
            if len(values.split_decisions(texts.get(name) or "")) > 1:
                verdict.wrong.append(self.env._("The cell names several decisions: say which is meant."))
        if day and day > fields.Date.context_today(record):
            verdict.wrong.append(self.env._("The decision lies in the future."))
        if not number:
            verdict.unsure.append(self.env._("The number of the decision is not said."))
        elif not day and not texts.get("decision_date"):
            verdict.unsure.append(self.env._("The date of the decision is not said."))
        verdict.vals |= {
            "number": number or False,
            "date": str(day or "") or False,
            "signer": signer or False,
        }

    def _read_day(self, verdict):
        text = verdict.texts.get("decision_date") or ""
        mended = "decision_date" in (verdict.line.cells or {})
        first = verdict.shared.day_first or mended
        if verdict.shared.swapped and not mended and values.ISO.fullmatch(text):
            verdict.unsure.append(
                self.env._(
                    "Day and month may be swapped: other rows of the column are texts the program could not read."
                )
            )
        return verdict.take(
            "decision_date",
            lambda cell: values.read_date(cell, first),
            self.env._("“%(value)s” is not a date."),
        )

    def _read_years(self, record, verdict):
        start, end = self._read_period(record, verdict)
        day = verdict.vals["date"] and fields.Date.to_date(verdict.vals["date"])
        if not end and not day:
            verdict.wrong.append(self.env._("Neither a year nor a date of the decision is said."))
        if not end and day and verdict.award and verdict.award.period_kind == "year":
            year = day.year - 1 if day.month <= 6 else day.year
            start, end = values.read_period(str(year))
            verdict.unsure.append(
                self.env._(
                    "The year is not said: decided on %(day)s, it is taken as %(year)s.",
                    day=format_date(self.env, day),
                    year=year,
                )
            )
        if start and day and day < start:
            verdict.wrong.append(self.env._("It was decided before the period began."))
        verdict.vals |= {"period_from": str(start or "") or False, "period_to": str(end or "") or False}

    # ------------------------------------------------------------------
    # What is on record
    # ------------------------------------------------------------------

    @api.model
    def _match_known(self, record, verdicts):
        keys = {verdict.recipient_key for verdict in verdicts} - {None}
        # sudo: emulation.commendation - a duplicate is one, whoever may read it; officers read its decision
        known = (
            self.env["emulation.commendation"]
            .sudo()
            .search(
                Domain("recipient_key", "in", list(keys)) & Domain("state", "in", (*LIVE_STATES, "revoked"))
            )
        )
        by_key = known.grouped(lambda item: (item.recipient_key, item.award_id.id))
        for verdict in verdicts:
            award = verdict.award.id if verdict.award else 0
            for item in by_key.get((verdict.recipient_key, award), ()):
                self._compare(verdict, item)

    def _compare(self, verdict, item):
        """The same decision: on record. Another decision for the same year: a person must look."""
        number = item.decision_id._get_document_number() if item.decision_id else item.external_decision
        same_number = bool(number) and self._is_same_decision(verdict, item, number)
        end = verdict.vals["period_to"]
        same_year = bool(end and item.period_to and str(item.period_to.year) == end[:4])
        if item.state in ("granted", "revoked") and (
            same_number or (same_year and not verdict.vals["number"])
        ):
            verdict.existing = item
            verdict.unsure = []
        elif same_year and not verdict.existing:
            state = get_labels(item, "state")[item.state]
            verdict.unsure.append(
                self.env._(
                    "For the same year there is: %(item)s (%(state)s).",
                    item=number or item.display_name,
                    state=state,
                )
            )

    @staticmethod
    def _is_same_decision(verdict, item, number):
        """The same number, of the same year: numbers begin anew every January."""
        day = verdict.vals["date"]
        same_year = not day or not item.granted_date or str(item.granted_date.year) == day[:4]
        return same_year and get_number_key(number.split(",")[0]) == get_number_key(verdict.vals["number"])

    @api.model
    def _get_key(self, line):
        vals = line.vals or {}
        return line.award_id.id, get_number_key(vals.get("number")), vals.get("period_to") or vals.get("date")

    # ------------------------------------------------------------------
    # Storing and undoing
    # ------------------------------------------------------------------

    @api.model
    def _create_records(self, record, lines):
        decisions = self._get_decisions(record, lines)
        vals_list = [self._prepare_commendation(record, line, decisions) for line in lines]
        return self.env["emulation.history"]._record(record, vals_list)

    def _get_decisions(self, record, lines):
        """Return {(number, date): decision}, each made once for its number and date."""
        decisions = {}
        for line in lines:
            vals = line.vals
            key = (vals["number"], vals["date"])
            if all(key) and key not in decisions:
                day = fields.Date.to_date(vals["date"])
                signer = vals["signer"] or record.company_id.name
                decisions[key] = self.env["emulation.decision"]._get_external(
                    record.company_id, vals["number"], day, signer
                )
        return decisions

    def _prepare_commendation(self, record, line, decisions):
        vals = dict(line.vals)
        number, day, signer = (vals.pop(name) for name in ("number", "date", "signer"))
        decision = decisions.get((number, day))
        shown = day and short_date(fields.Date.to_date(day))
        kind = line.recipient_type
        return {
            "recipient_type": kind,
            RECIPIENT_FIELDS[kind]: line[RECIPIENT_FIELDS[kind]].id,
            "company_id": record.company_id.id,
            "award_id": line.award_id.id,
            **{name: value for name, value in vals.items() if value},
            "granted_date": day or vals["period_to"],
            "decision_id": decision.id if decision else False,
            "external_decision": ", ".join(filter(None, (number, shown, signer))) or False,
            **({"subject": self._get_subject(line)} if kind == "partner" else {}),
        }

    @staticmethod
    def _get_subject(line):
        award = line.award_id
        return (
            "individual"
            if award.subject_individual
            else "collective"
            if award.subject_collective
            else "household"
        )

    @api.model
    def _get_rests(self, record, lines):
        items = self.env["emulation.commendation"].browse(lines.mapped("res_id")).exists()
        return self.env["emulation.history"]._get_resting(items) + super()._get_rests(record, lines)

    def _delete_records(self, records):
        self.env["emulation.history"]._take_back(records)

    @api.model
    def _clean_up(self, record):
        """Decisions that only this import needed go with it."""
        record.line_ids.flush_model(["vals"])
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT split_part(vals->>'number', '/', 1) FROM emulation_import_line"
                " WHERE import_id = %s AND vals->>'number' <> 'false'",
                record.id,
            )
        )
        numbers = {number for (number,) in rows if number}
        decisions = self.env["emulation.decision"].search(
            Domain("external_issuer", "!=", False)
            & Domain("number", "in", list(numbers))
            & Domain("company_id", "=", record.company_id.id)
            & Domain("create_date", ">=", record.create_date)
        )
        decisions._drop_unused_external()

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    @api.model
    def _get_recognisers(self, record):
        known = Known(self.env, record.company_id, [])
        return {
            **super()._get_recognisers(record),
            "award": lambda cell: isinstance(cell, str) and bool(known.find(cell)),
        }

    @api.model
    def _find_award_in(self, record, text):
        """Return the award a title names in quotation marks or after "danh hiệu", if it is the only one."""
        known = Known(self.env, record.company_id, [])
        key = f" {award_key(text)} "
        names = sorted(known.words, key=len, reverse=True)
        found = []
        for name in names:
            if len(name.split()) > 2 and f" {name} " in key:
                found.append(known.words[name])
                key = key.replace(f" {name} ", " ")
        return known.by_code.get(found[0]) if len(set(found)) == 1 else None

    @api.model
    def _get_template(self, record):
        head = [
            "STT", "Họ và tên", "Chức vụ", "Đơn vị", "Số CCCD", "Năm sinh", "Danh hiệu, hình thức khen thưởng",
            "Năm", "Số quyết định", "Ngày quyết định", "Người ký",
        ]  # fmt: skip
        rows = [
            ["I", "Tập thể"],
            [1, "Phòng Tổng hợp", "", "", "", "", "Tập thể lao động tiên tiến", 2024, "12/QĐ-SNV", "05/01/2025",
             "Giám đốc Sở"],
            ["II", "Cá nhân"],
            [1, "Nguyễn Văn A", "Chuyên viên", "Phòng Tổng hợp", "001085000123", 1985, "Lao động tiên tiến", 2024,
             "12/QĐ-SNV", "05/01/2025", "Giám đốc Sở"],
            [2, "Trần Thị B", "Kế toán", "Phòng Kế toán", "", 1990, "Bằng khen của UBND tỉnh", 2024, "345/QĐ-UBND",
             "10/03/2025", "Chủ tịch UBND tỉnh"],
        ]  # fmt: skip
        return head, rows


def get_number_key(number):
    """Return a decision number as it is compared: no accents, blanks or leading zeros.

    >>> get_number_key("012/QĐ-SNV") == get_number_key("12 / QĐ - SNV")
    True
    """
    return "".join(search_key(number or "").split()).lstrip("0")
