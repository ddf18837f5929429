import json
from decimal import Decimal

from odoo import api, models
from odoo.fields import Domain

from ...engine import levels, scoring
from ...engine.vietnamese import search_key
from ...office import values
from ..campaign import totals
from ..campaign.emulation_evaluation import STAGES
from ..campaign.emulation_score import MARK_OF_POINTS
from ..mixin.reason import tell
from ..mixin.verb import get_fields


class EmulationImportScore(models.AbstractModel):
    """Points kept on paper or in a spreadsheet: a row a criterion, or a column a criterion.

    Points go to the step the sheet is at: the self score, what the head verified, the final points. They are
    bound by the sheet's own rules: an open round, the maximum of the criterion, nobody scores oneself.
    """

    _name = "emulation.import.score"
    _description = "Import of points"
    _inherit = ["emulation.import.rating"]
    _year_field = "points"
    _side_field = "criterion"
    _target = "emulation.score"
    _knows_own = True

    # ------------------------------------------------------------------
    # A column a criterion
    # ------------------------------------------------------------------

    @api.model
    def _get_sides(self, record, headings):
        """Return the columns whose headings name a criterion of the round."""
        names = self._get_names(self._get_criteria(record))
        return {key: text for key, text, _year in headings if self._find_criterion(names, text)}

    @staticmethod
    def _get_criteria(record):
        criteria = record.review_id.campaign_id._get_sets().criterion_ids
        return criteria.filtered(lambda criterion: criterion.kind != "group")

    @staticmethod
    def _get_names(criteria):
        """Return {code or name without accents: criterion}."""
        names = {search_key(criterion.name): criterion for criterion in criteria}
        return names | {search_key(item.code): item for item in criteria if item.code}

    @staticmethod
    def _find_criterion(names, text):
        """Return the criterion of a code, a name, or a code before a name (“1.2. Kỷ luật”)."""
        key = search_key(text or "").strip(" .:")
        code, _blank, rest = key.partition(" ")
        return names.get(key) or (rest and names.get(code.rstrip(".:"))) or None

    # ------------------------------------------------------------------
    # Reading a row
    # ------------------------------------------------------------------

    @api.model
    def _check_row(self, record, verdict):
        if record.review_id.state != "open":
            verdict.wrong.append(self.env._("Choose a review round that is open."))
        complaint = self.env._("“%(value)s” is not a number.")
        points = verdict.take("points", self._read_points, complaint)
        actual = verdict.take("actual", values.read_number, complaint)
        if points is None and actual is None and not verdict.wrong:
            verdict.wrong.append(self.env._("The points are missing."))
        verdict.vals = {"points": points, "actual": actual}

    @staticmethod
    def _read_points(cell):
        """Return a number, or what may be a level by name: which levels there are is known with the criterion."""
        try:
            return values.read_number(cell)
        except ValueError:
            return values.read_text(cell)

    @api.model
    def _match_known(self, record, verdicts):
        sheets = self._read_sheets(record, verdicts)
        criteria = {sheet.id: self._get_names(sheet.criterion_ids) for sheet in sheets.set_id}
        by_key = {sheet.participation_id.recipient_key: sheet for sheet in sheets}
        lines = {(line.evaluation_id, line.criterion_id): line for line in sheets.score_ids}
        for verdict in verdicts:
            sheet = by_key.get(verdict.recipient_key)
            if sheet:
                names = criteria[sheet.set_id.id]
                criterion = self._find_criterion(names, verdict.texts.get("criterion"))
                self._take_score(verdict, sheet, criterion and lines.get((sheet, criterion)))
            elif not verdict.unsure:
                verdict.wrong.append(self.env._("There is no scoring sheet in this round."))
        self._check_rights(verdicts)

    def _read_sheets(self, record, verdicts):
        keys = {verdict.recipient_key for verdict in verdicts} - {None}
        return self.env["emulation.evaluation"].search(
            Domain("review_id", "=", record.review_id.id)
            & Domain("participation_id.recipient_key", "in", list(keys))
        )

    def _take_score(self, verdict, sheet, line):
        given, verdict.vals = verdict.vals, {}
        if not line:
            text = verdict.texts.get("criterion") or ""
            verdict.wrong.append(self.env._("“%(value)s” is no criterion of the sheet.", value=text))
        elif sheet.state not in STAGES:
            verdict.wrong.append(self.env._("The sheet is confirmed already."))
        elif sheet.state == "draft" and line.is_measured:
            self._take_measured(verdict, line, given)
        else:
            self._take_points(verdict, line, STAGES[sheet.state], given["points"])

    def _take_measured(self, verdict, line, given):
        """Points follow from what was reached; a list that has one figure means what was reached."""
        actual = given["actual"] if given["actual"] is not None else given["points"]
        if isinstance(actual, str):
            return verdict.wrong.append(self.env._("“%(value)s” is not a number.", value=actual))
        verdict.existing = line
        verdict.vals = {"actual_value": actual}
        verdict.changes = self._get_changes(line, "self_points", verdict.vals)
        return None

    def _take_points(self, verdict, line, name, points):
        if points is None:
            return verdict.wrong.append(self.env._("The points are missing."))
        criterion = line.criterion_id._to_engine()
        try:
            if criterion.levels:
                points = float(levels.find(criterion.levels, verdict.texts["points"]).points)
            elif isinstance(points, str):
                return verdict.wrong.append(self.env._("“%(value)s” is not a number.", value=points))
            scoring.check_points(criterion, Decimal(str(points)))
        except scoring.ScoringError as error:
            return verdict.wrong.append(tell(self.env, error.reason))
        verdict.existing = line
        verdict.vals = {name: points}
        verdict.changes = self._get_changes(line, name, verdict.vals)
        return None

    def _get_changes(self, line, name, vals):
        """A line nobody filled in yet is changed by 0 points too; a level is said by its name."""
        changes, criterion = self._format_changes(line, vals), line.criterion_id
        is_given = line[MARK_OF_POINTS[name]]
        if (changes and criterion.levels) or not (changes or is_given):
            told = criterion._name_points(vals.get(name))
            before = f"{criterion._name_points(line[name])} → " if is_given else ""
            changes = [f"{line._fields[name]._description_string(self.env)}: {before}{told}"]
        return changes

    def _check_rights(self, verdicts):
        """Say of lines the officer may not score (one's own sheet) that it is so: one reading for all."""
        verdicts = [verdict for verdict in verdicts if verdict.existing and not verdict.wrong]
        lines = self.env[self._target].union(*(verdict.existing for verdict in verdicts))
        table, roles, states = lines._get_writable(), lines._get_roles(), lines._get_guard_states()
        for verdict in verdicts:
            line = verdict.existing
            if not verdict.vals.keys() <= get_fields(table, states[line.id], roles[line.id]):
                verdict.wrong.append(self.env._("You may not score this sheet."))

    @api.model
    def _get_key(self, line):
        return (line.res_id,)

    @api.model
    def _get_recognisers(self, record):
        return {}

    # ------------------------------------------------------------------
    # Storing and undoing: lines that get the same are written together
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def _store_lines(self, record, lines):
        targets = self.env[self._target].browse(lines.mapped("res_id"))
        kept = ("actual_value", *MARK_OF_POINTS, *MARK_OF_POINTS.values())
        for line, target in zip(lines, targets, strict=True):
            line._write_protected({"before": {name: target[name] for name in kept}})
        for vals, same in lines.grouped(lambda line: json.dumps(line.vals, sort_keys=True)).items():
            targets.browse(same.mapped("res_id")).write(json.loads(vals))

    @api.model
    @api.private
    def _undo_lines(self, record, lines):
        targets = self.env[self._target]
        for before, same in lines.grouped(lambda line: json.dumps(line.before, sort_keys=True)).items():
            found = targets.browse(same.mapped("res_id")).exists()
            vals = json.loads(before)
            marks = {name: vals.pop(name) for name in MARK_OF_POINTS.values()}
            found._write_protected({"actual_value": vals.pop("actual_value")})
            found._write_protected(vals)
            found._write_protected(marks)
            targets |= found
        # sudo: emulation.evaluation - totals are computed, whoever undoes
        totals.update(targets.sudo().evaluation_id)

    @api.model
    def _get_rests(self, record, lines):
        targets = self.env[self._target].browse(lines.mapped("res_id")).exists()
        passed = self.env["emulation.evaluation"]
        for line, target in zip(lines, targets, strict=False):
            name = next(iter(line.vals or {}), "")
            if name not in ("actual_value", STAGES.get(target.evaluation_id.state)) or (
                name == "actual_value" and target.evaluation_id.state != "draft"
            ):
                passed |= target.evaluation_id
        return [
            self.env._("%(name)s: the sheet was handed on.", name=name)
            for name in passed.mapped("display_name")
        ]

    # ------------------------------------------------------------------
    # The list to fill in
    # ------------------------------------------------------------------

    @api.model
    def _get_template(self, record):
        criteria = self._get_criteria(record)
        if not criteria:
            return ["STT", "Họ và tên", "Đơn vị", "Tiêu chí", "Điểm"], [
                [1, "Nguyễn Văn A", "Phòng Tổng hợp", "Kỷ luật", 10]
            ]
        head = ["STT", "Họ và tên", "Đơn vị"]
        names = [f"{item.code} {item.name}" if item.code else item.name for item in criteria]
        head += list(dict.fromkeys(names))  # people and units may be scored by sets that share criteria
        sheets = self.env["emulation.evaluation"].search([("review_id", "=", record.review_id.id)])
        return head, [
            [number, sheet.display_name, sheet.unit_id.name or ""] for number, sheet in enumerate(sheets, 1)
        ]
