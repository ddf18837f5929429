from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date
from odoo.tools.translate import LazyTranslate

from ...engine import deadlines, periods, targets, vietnamese
from ...engine.typed import is_given
from ..mixin.verb import Verb
from .emulation_report_template import ANSWERS

_lt = LazyTranslate(__name__)

OWED_DAYS = 30  # so long before its day a report waits for its unit
DECIDERS = {"officer": None, "stand_in": None}
VERBS = {
    "submit": Verb(
        ("owed",),
        "submitted",
        {"owner": None, "head": None, "officer": None},
        _lt("Hand in the report"),
        stamp=("submitted_on", "submitter_id"),
        checks=("_check_day", "_check_answers"),
        also="what must be answered is answered; later than the day it is marked late, or not taken after the days of "
        "grace where the round says so",
    ),
    "accept": Verb(("submitted",), "accepted", DECIDERS, _lt("Accept the report"), waited=True),
    "return": Verb(("submitted", "accepted"), "owed", DECIDERS, _lt("Return the report"), reason=True),
    "take_back": Verb(
        ("submitted",),
        "owed",
        {"owner": None, "head": None},
        _lt("Take it back to correct it"),
        also="until the officer acted on it; the day it is handed in again counts",
    ),
    "stop": Verb(
        ("owed",), "stopped", reason=True, document=True, also="by taking its unit out of the campaign"
    ),
    "resume": Verb(("stopped",), "owed", document=True, also="by taking its unit back"),
}


class EmulationUnitReport(models.Model):
    """What one unit owes in a round: its answers, figures and files, handed in by whoever acts as its head."""

    _name = "emulation.unit.report"
    _description = "Report of a unit"
    _inherit = [
        "emulation.verb.mixin",
        "emulation.search.mixin",
        "emulation.evidence.mixin",
        "emulation.thread.mixin",
    ]
    _search_key_fields = ("department_id.name", "round_id.name", "campaign_id.name")
    _order = "due_date desc, unit_name, id"
    _check_company_auto = True
    _verbs = VERBS
    _turn_action = "hr_emulation.emulation_unit_report_action"
    _writable = {
        "owed": {
            "owner head officer": {"line_ids", "evidence_ids"},
            "officer": {"due_date", "extension_reason"},
        },
    }

    round_id = fields.Many2one("emulation.report.round", required=True, ondelete="cascade", index=True)
    campaign_id = fields.Many2one(related="round_id.campaign_id", store=True, precompute=True, index=True)
    company_id = fields.Many2one(related="round_id.company_id", store=True, precompute=True, index=True)
    department_id = fields.Many2one(
        "hr.department", string="Unit", required=True, ondelete="restrict", index=True, check_company=True
    )
    unit_name = fields.Char(
        string="Name of the unit", compute="_compute_unit_name", store=True, precompute=True
    )
    state = fields.Selection(
        [
            ("owed", "Owed"),
            ("submitted", "Handed in"),
            ("accepted", "Accepted"),
            ("stopped", "Not asked any more"),
        ],
        default="owed",
        required=True,
        copy=False,
        tracking=True,
        index=True,
    )
    due_date = fields.Date(string="Due date", required=True, tracking=True, index=True)
    extension_reason = fields.Char(
        string="Extension reason", tracking=True, help="Why this unit has longer than the others."
    )
    submitted_on = fields.Date(string="Handed in on", copy=False, readonly=True)
    submitter_id = fields.Many2one("res.users", string="Handed in by", copy=False, readonly=True)
    is_late = fields.Boolean(string="Handed in late", copy=False, readonly=True)
    days_late = fields.Integer(
        string="Days late", compute="_compute_days_late", help="Until it was handed in, or until today."
    )
    reason = fields.Char(copy=False, readonly=True)
    score = fields.Float(
        copy=False, readonly=True, aggregator=None, help="Points concluded of the unit in this campaign."
    )
    line_ids = fields.One2many("emulation.unit.report.line", "report_id", string="Answers")
    can_submit = fields.Boolean(compute="_compute_can")
    can_accept = fields.Boolean(compute="_compute_can")
    can_return = fields.Boolean(compute="_compute_can")
    can_take_back = fields.Boolean(compute="_compute_can")

    _unit_uniq = models.Constraint("UNIQUE (round_id, department_id)", "The unit is asked already.")

    @api.depends("unit_name", "round_id.name")
    def _compute_display_name(self):
        for report in self:
            # sudo: emulation.report.round - its name
            report.display_name = f"{report.unit_name or ''} – {report.round_id.sudo().name or ''}"

    @api.depends("department_id")
    def _compute_unit_name(self):
        for report in self:
            # sudo: hr.department - its name, kept as it was called then
            report.unit_name = report.department_id.sudo().name

    @api.constrains("due_date", "extension_reason")
    def _check_extension(self):
        """A unit that has longer than the others has it for a reason."""
        for report in self:
            # sudo: emulation.report.round - the day of all others
            if (
                report.due_date > report.sudo().round_id.due_date
                and not (report.extension_reason or "").strip()
            ):
                raise ValidationError(
                    self.env._("%(report)s: give the reason of the extension.", report=report.display_name)
                )

    @api.depends("due_date", "submitted_on", "state", "is_late")
    def _compute_days_late(self):
        today = fields.Date.context_today(self)
        for report in self:
            day = {"owed": today, "stopped": False}.get(report.state, report.is_late and report.submitted_on)
            report.days_late = periods.get_days_late(report.due_date, day) if report.due_date and day else 0

    # ---------- Whose turn ----------

    @api.model
    def _get_other_turn_domain(self):
        """An owed report waits for the head of its unit for some weeks before its day."""
        soon = fields.Date.context_today(self) + timedelta(days=OWED_DAYS)
        owed = Domain("state", "=", "owed") & Domain("due_date", "<=", soon)
        # any!: whoever owes the report may not read the campaign
        owed &= Domain("campaign_id", "any!", [("state", "!=", "cancelled")])
        return owed & (self._get_role_domain("head") | self._get_role_domain("owner"))

    @api.model
    def _get_late_domain(self, today):
        return Domain("state", "=", "owed") & Domain("due_date", "<", today)

    # ---------- Verbs ----------

    def action_submit(self):
        """Hand the report in."""
        return self._run_verb("submit")

    def action_accept(self):
        return self._run_verb("accept")

    def action_return(self):
        return self._ask_reason("return")

    def action_take_back(self):
        """Owe the own report again, to correct it."""
        return self._run_verb("take_back")

    def _get_cannot_submit_reason(self):
        return self._check_before_summary("submit")

    def _check_before_summary(self, verb):
        """Return {id: reason}; a round that is summed up takes no more reports and gives none back."""
        reasons = self._check_verb(verb)
        text = self.env._("The summary of this round is issued.")
        for report in self.sudo():  # sudo: emulation.report.round - its state
            if report.round_id.state == "issued":
                reasons.setdefault(report.id, text)
            elif report.campaign_id.state == "cancelled":
                reasons.setdefault(report.id, self.env._("The campaign has ended."))
        return reasons

    def _get_cannot_accept_reason(self):
        return self._check_verb("accept")

    def _get_cannot_return_reason(self):
        return self._check_before_summary("return")

    def _get_cannot_take_back_reason(self):
        return self._check_before_summary("take_back")

    def _get_cannot_stop_reason(self):
        return self._check_verb("stop")

    def _get_cannot_resume_reason(self):
        return self._check_verb("resume")

    def _check_day(self):
        """Return {id: reason} where the round takes nothing late; what came in time may come back mended."""
        today, reasons = fields.Date.context_today(self), {}
        for (
            report
        ) in self.sudo():  # sudo: emulation.report.round - what it does with what is late is no secret
            strict = report.round_id.late_policy == "refuse" and not report.submitted_on
            if strict and deadlines.is_refused(report.due_date, report.round_id.grace_days, today):
                reasons[report.id] = self.env._(
                    "The deadline was %(date)s. An officer can extend it for the unit, with a reason.",
                    date=format_date(self.env, report.due_date),
                )
        return reasons

    def _check_answers(self):
        reasons = {}
        for report in self.sudo():  # sudo: emulation.unit.report.line - its own answers
            missing = report.line_ids.filtered(lambda line: line.is_required and not line._is_answered())
            if missing:
                names = ", ".join(missing.mapped("name"))
                reasons[report.id] = self.env._("Not answered yet: %(questions)s", questions=names)
        return reasons

    @api.private
    def _do_submit(self):
        """Hand in; figures of targets that changed are reported on the targets too."""
        todo = self._start("submit")
        today = fields.Date.context_today(self)
        # What was handed in on time and came back to be mended is not late the second time.
        late = todo.filtered(
            lambda report: report.is_late if report.submitted_on else report.due_date < today
        )
        late._finish("submit", reason=False, is_late=True)
        (todo - late)._finish("submit", reason=False, is_late=False)
        # sudo: emulation.unit.report.line - whoever may hand in reports on the targets
        todo.sudo().line_ids._report_on_targets()

    @api.private
    def _do_accept(self):
        self._start("accept")._finish("accept")

    @api.private
    def _do_return(self, reason):
        """Give it back with a reason; it is owed again, its day stays."""
        self._start("return", reason)._finish("return", reason, reason=reason)

    @api.private
    def _do_take_back(self):
        """Owe it again; whether it is in time is asked anew when it is handed in again."""
        self._start("take_back")._finish("take_back", submitted_on=False, is_late=False)

    @api.private
    def _do_stop(self, reason):
        """It is not waited for any more; what was written stays."""
        self._start("stop", reason)._finish("stop", reason, reason=reason)

    @api.private
    def _do_resume(self):
        self._start("resume")._finish("resume", reason=False)

    # ---------- What is known already ----------

    @api.model
    @api.private
    def _prefill_ended(self):
        """Fill in the figures of reports whose period has ended and that have none yet."""
        today = fields.Date.context_today(self)
        # sudo: emulation.unit.report - all agencies, by the scheduled job
        self.sudo().search(
            [
                ("state", "=", "owed"),
                ("round_id.state", "=", "open"),
                ("round_id.date_to", "<=", today),
                ("line_ids", "not any", [("target_id", "!=", False)]),
            ]
        )._prefill()

    @api.private
    def _prefill(self):
        """Bring the unit's targets, as they stood on the last day, and its points; some queries for all."""
        if not self:
            return
        # sudo: emulation.target - those of the unit that reports
        aims = (
            self.env["emulation.target"]
            .sudo()
            .search(
                Domain("campaign_id", "in", self.campaign_id.ids)
                & Domain("department_id", "in", self.department_id.ids)
                & Domain("state", "=", "active"),
                order="sequence, id",
            )
        )
        reached = {day: aims._get_reached_on(day) for day in set(self.round_id.mapped("date_to"))}
        lines, values = self.env["emulation.unit.report.line"], []
        asked = self.filtered(lambda report: report.round_id.kind != "plan" and not report.line_ids.target_id)
        for report in asked:
            mine = aims.filtered(
                lambda target, report=report: (
                    (target.campaign_id, target.department_id) == (report.campaign_id, report.department_id)
                )
            )
            known = reached[report.round_id.date_to]
            values += [
                lines._prepare_for_target(report, target, known[target.id], index)
                for index, target in enumerate(mine)
            ]
        lines._create_protected(values)
        self._take_scores()

    def _take_scores(self):
        # sudo: emulation.evaluation - points of the unit that reports
        sheets = (
            self.env["emulation.evaluation"]
            .sudo()
            .search(
                [
                    ("campaign_id", "in", self.campaign_id.ids),
                    ("department_id", "in", self.department_id.ids),
                    ("state", "=", "confirmed"),
                    ("set_id.scale", "!=", "levels"),
                ],
                order="id",
            )
        )
        points = {(sheet.campaign_id, sheet.department_id): sheet.final_total for sheet in sheets}
        rows = [
            (report.id, points[report.campaign_id, report.department_id])
            for report in self
            if (report.campaign_id, report.department_id) in points
        ]
        self._store_rows(["score"], rows)


class EmulationUnitReportLine(models.Model):
    """One answer: a text, a figure, or what is reached of one of the unit's targets."""

    _name = "emulation.unit.report.line"
    _description = "Answer in a unit report"
    _inherit = "emulation.guard.mixin"
    _guard_parent = "report_id"
    _writable = {"owed": {"owner head officer": {"text", "figure"}}}
    _order = "report_id, sequence, id"

    report_id = fields.Many2one("emulation.unit.report", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="report_id.company_id", store=True, precompute=True, index=True)
    sequence = fields.Integer(readonly=True)
    name = fields.Char(string="Question", required=True, readonly=True)
    guidance = fields.Char(string="How to answer", readonly=True)
    answer = fields.Selection(ANSWERS, default="text", required=True, readonly=True)
    unit_of_measure = fields.Char(string="Unit of measure", readonly=True)
    is_required = fields.Boolean(string="Must be answered", readonly=True)
    target_id = fields.Many2one(
        "emulation.target", readonly=True, ondelete="set null", index="btree_not_null"
    )
    planned = fields.Float(string="To be reached", readonly=True, aggregator=None)
    prefilled = fields.Float(string="Known before", readonly=True, aggregator=None)
    text = fields.Text(string="Answer in words")
    figure = fields.Float(aggregator=None)
    is_given = fields.Boolean(string="Figure given", readonly=True, help="0 is a figure, nothing is none.")

    @api.model
    def _prepare_for_target(self, report, target, reached, index):
        """Return the line that asks a unit for the figure of one of its targets."""
        return {
            "report_id": report.id,
            "sequence": index,
            "name": target.name,
            "answer": "number",
            "unit_of_measure": target.unit_of_measure,
            "target_id": target.id,
            "planned": target.figure,
            "prefilled": float(reached or 0),
            "figure": float(reached or 0),
            "is_given": True,
        }

    def write(self, vals):
        """Store an answer; False, None or an empty text takes a figure back."""
        result = super().write(vals)
        if "figure" in vals:
            self._write_protected({"is_given": is_given(vals["figure"])})
        return result

    def _is_answered(self):
        return bool(self.text and self.text.strip()) if self.answer == "text" else self.is_given

    def _get_answer(self):
        """Return the answer as a document prints it; empty for none."""
        if self.answer == "text":
            return (self.text or "").strip()
        return self._write_figure(self.figure) if self.is_given else ""

    def _write_figure(self, figure):
        return vietnamese.with_measure(vietnamese.format_decimal(round(figure, 2)), self.unit_of_measure)

    def _get_percent(self):
        """Return how much of its target is reached, in % with a comma; empty where no figure is given."""
        if not self.is_given:
            return ""
        percent = targets.get_percent(self.target_id._as_rule(), Decimal(str(self.figure)))
        return vietnamese.format_decimal(percent)

    @api.private
    def _report_on_targets(self):
        """A figure that differs from what was known becomes a figure on the target, as of the period's end."""
        today = fields.Date.context_today(self)
        changed = self.filtered(
            lambda line: (
                line.target_id.state == "active"
                and line.target_id.campaign_id.state == "launched"
                and line.target_id.roll_up == "own"
                and line.is_given
                and line.figure != line.prefilled
            )
        )
        self.env["emulation.target.progress"].create(
            [
                {
                    "target_id": line.target_id.id,
                    "date": min(today, line.report_id.round_id.date_to),
                    "value": line.figure,
                    "note": line.report_id.round_id.name,
                }
                for line in changed
            ]
        )
