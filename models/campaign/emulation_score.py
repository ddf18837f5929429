from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...engine import scoring
from ...engine.typed import is_given, read_id
from ...engine.vietnamese import clean_line
from ..mixin.actions import open_dialog
from . import marking, totals

MARK_OF_POINTS = {
    "self_points": "is_self_scored",
    "verified_points": "is_verified",
    "final_points": "is_final",
}


class EmulationScore(models.Model):
    """One criterion on one sheet: self, verified and final points side by side."""

    _name = "emulation.score"
    _description = "Score line"
    _inherit = ["emulation.guard.mixin", "emulation.evidence.mixin"]
    _order = "evaluation_id, sequence, id"
    _guard_parent = "evaluation_id"
    _writable = {
        "draft": {
            "owner officer stand_in": {"self_points", "actual_value", "answer", "note", "evidence_ids"}
        },
        "submitted": {"head officer stand_in": {"verified_points", "is_abstained", "verifier_note"}},
        "verified": {"officer stand_in": {"final_points"}},
    }

    evaluation_id = fields.Many2one("emulation.evaluation", required=True, ondelete="cascade", index=True)
    criterion_id = fields.Many2one("emulation.criterion", required=True, ondelete="restrict", index=True)
    sequence = fields.Integer(related="criterion_id.sequence", store=True, aggregator=None)
    company_id = fields.Many2one(related="evaluation_id.company_id", store=True, index=True)
    max_points = fields.Float(related="criterion_id.max_points")
    guidance = fields.Text(related="criterion_id.guidance")
    kind = fields.Selection(related="criterion_id.kind")
    rule_text = fields.Char(related="criterion_id.rule_text")
    missing_text = fields.Char(string="Still missing", compute="_compute_missing_text")
    answer = fields.Selection(
        [("yes", "Yes"), ("no", "No")],
        string="Yes or no",
        compute="_compute_answer",
        inverse="_inverse_answer",
        help="Of a line that is all or nothing; its points follow.",
    )
    level_choices = fields.Json(
        string="Levels by name",
        compute="_compute_level_choices",
        help="[[name, points]] of the levels there are; empty: any number of points.",
    )
    points_given = fields.Json(
        string="Given so far",
        compute="_compute_points_given",
        help="Which of the three points somebody gave: 0 of a line not filled in yet is not the level worth 0.",
    )
    is_measured = fields.Boolean(compute="_compute_is_measured", help="Points follow from the actual value.")
    actual_value = fields.Float(help="What was reached, in the criterion's unit.")
    is_self_scored = fields.Boolean(readonly=True)
    is_verified = fields.Boolean(readonly=True)
    is_final = fields.Boolean(readonly=True)
    is_abstained = fields.Boolean(
        string="Left to the officer", help="The unit head gives no points for this line."
    )
    self_points = fields.Float(string="Self points", digits=(8, 2))
    verified_points = fields.Float(string="Verified points", digits=(8, 2))
    final_points = fields.Float(string="Final points", digits=(8, 2))
    note = fields.Text()
    verifier_note = fields.Text(string="Verifier note")
    marked_stage = fields.Integer(
        string="Marked up to stage", default=0, readonly=True, copy=False, aggregator=None
    )
    mark_ids = fields.One2many("emulation.score.mark", "score_id", string="Marks")
    marker_names = fields.Char(string="Marked by", compute="_compute_marker_names")
    is_marked_only = fields.Boolean(related="criterion_id.is_marked_only")
    is_marked_by_me = fields.Boolean(
        string="I mark it",
        compute="_compute_is_marked_by_me",
        search="_search_is_marked_by_me",
        help="Record rules rely on it.",
    )
    is_to_mark = fields.Boolean(
        string="To mark by me", compute="_compute_is_to_mark", search="_search_is_to_mark"
    )
    change_ids = fields.One2many("emulation.score.change", "score_id", string="Changes of the score")

    _criterion_uniq = models.Constraint(
        "UNIQUE (evaluation_id, criterion_id)", "This criterion is already on the sheet."
    )

    def init(self):
        # Points are given in three stages: room on each page lets them change without touching an index.
        self.env.cr.execute("ALTER TABLE emulation_score SET (fillfactor = 50)")

    @api.constrains("self_points", "verified_points", "final_points")
    def _check_points(self):
        for score in self:
            # 0 stands where nobody has given points yet; given, it is checked by write
            score._refuse_faulty(*(score[name] for name in MARK_OF_POINTS if score[name]))

    def _refuse_faulty(self, *given):
        """Refuse points that the criterion does not take.

        :raises ValidationError: one of them is too much, or no level of the criterion
        """
        # sudo: emulation.criterion - the limits of the points only
        criterion = self.criterion_id.sudo()
        if fault := criterion._get_points_fault(*given):
            raise ValidationError(
                self.env._("%(criterion)s: %(reason)s", criterion=criterion.name, reason=fault)
            )

    @api.depends("criterion_id")
    def _compute_is_measured(self):
        for score in self:
            # sudo: emulation.criterion - only whether it is measured
            score.is_measured = bool(score.criterion_id) and score.criterion_id.sudo()._is_measured()

    @api.depends("criterion_id")
    def _compute_level_choices(self):
        for score in self:
            # sudo: emulation.criterion - which levels there are
            score.level_choices = score.criterion_id.sudo()._get_level_choices()

    @api.depends("is_self_scored", "is_verified", "is_final", "is_abstained", "evaluation_id.state")
    def _compute_points_given(self):
        for score in self:
            state = score.evaluation_id.state
            is_agreed = state in ("verified", "confirmed") and not score.is_abstained
            score.points_given = {
                "self_points": score.is_self_scored or state in ("submitted", "verified", "confirmed"),
                "verified_points": score.is_verified or is_agreed,
                "final_points": score.is_final or is_agreed or state == "confirmed",
            }

    @api.depends("is_self_scored", "self_points", "actual_value", "evidence_ids", "criterion_id")
    @api.depends_context("lang")
    def _compute_missing_text(self):
        for score in self:
            score.missing_text = (
                score._tell_evidence()
                if score._lacks_evidence()
                else score._is_missing() and self.env._("Not filled in yet")
            )

    def _tell_evidence(self):
        """Return what evidence a line lacks; of several occurrences how many files there are."""
        needed = self.criterion_id._count_evidence(self.actual_value)
        if needed < 2:
            return self.env._("Evidence is missing")
        found = len(self.evidence_ids)
        return self.env._("Evidence is missing: %(found)s of %(needed)s", found=found, needed=needed)

    @api.depends("is_self_scored", "self_points", "kind")
    def _compute_answer(self):
        for score in self:
            is_answered = score.kind == "yes_no" and score.is_self_scored
            score.answer = is_answered and ("yes" if score.self_points else "no")

    def _inverse_answer(self):
        for score in self.filtered(lambda score: score.kind == "yes_no"):
            points = {"yes": score.max_points, "no": 0}.get(score.answer, False)
            score.write({"self_points": points})

    @api.onchange("answer")
    def _onchange_answer(self):
        if self.kind == "yes_no" and self.answer:
            self.self_points = self.max_points if self.answer == "yes" else 0

    @api.depends("criterion_id")
    def _compute_marker_names(self):
        # sudo: emulation.criterion - who marks it is no secret
        stages = self.criterion_id.sudo()._get_stages()
        for score in self:
            by_stage = stages.get(score.criterion_id.id, {})
            score.marker_names = (
                " → ".join(", ".join(markers.mapped("display_name")) for markers in by_stage.values())
                or False
            )

    @api.depends("criterion_id")
    @api.depends_context("uid")
    def _compute_is_marked_by_me(self):
        mine = self.search([("id", "in", self.ids), ("is_marked_by_me", "=", True)])
        for score in self:
            score.is_marked_by_me = score in mine

    def _search_is_marked_by_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        criteria = marking.get_criteria(self.env)
        if not criteria:
            return Domain.FALSE
        others = Domain("evaluation_id", "any!", marking.get_others_domain(self.env))
        return Domain("criterion_id", "in", criteria.ids) & others

    @api.depends("criterion_id", "marked_stage", "evaluation_id.state")
    @api.depends_context("uid")
    def _compute_is_to_mark(self):
        waiting = self.search([("id", "in", self.ids), ("is_to_mark", "=", True)])
        for score in self:
            score.is_to_mark = score in waiting

    def _search_is_to_mark(self, operator, value):
        return marking.get_turn_domain(self.env) if operator == "in" else NotImplemented

    # ---------- Marking, many sheets at once ----------

    @api.model
    @api.readonly
    def get_marking(self, review_id=None):
        """Return what the current user marks in a round, for the grid.

        :param review_id: the round; None: the newest open one with something to mark
        :return: ``{"reviews": [{id, name}], "review": id or False, "columns", "rows", "cells"}``
        """
        self.check_access("read")
        reviews = marking.get_rounds(self.env)
        review = reviews.browse(review_id) if review_id in reviews.ids else reviews[:1]
        names = [{"id": one.id, "name": f"{one.campaign_id.name} – {one.name}"} for one in reviews]
        grid = marking.Grid(review).get_values() if review else {"columns": [], "rows": [], "cells": []}
        return {"reviews": names, "review": review.id, **grid}

    @api.model
    def save_marking(self, review_id=None, cells=(), reason=None):
        """Store the marks of the current user in one call, for any number of lines.

        :param cells: [[score id, points]]
        :param reason: why figures are changed that others gave
        :return: ``{"saved": number of lines, "errors": {score id: what is wrong with it}}``
        """
        self.check_access("read")
        review = marking.get_rounds(self.env).filtered(lambda one: one.id == review_id)
        if not review:
            raise UserError(self.env._("The review round is not open."))
        given = self._read_marks(cells)
        reason = clean_line(reason) if isinstance(reason, str) else ""
        errors = marking.Grid(review).save(given, reason)
        return {"saved": len(given) - len(errors), "errors": errors}

    def _read_marks(self, cells):
        """Return {score id: points} of what a client sent.

        :raises UserError: it is no list of marks
        """
        pairs = cells if isinstance(cells, list | tuple) else [cells]
        if all(isinstance(pair, list | tuple) and len(pair) == 2 and read_id(pair[0]) for pair in pairs):
            return {read_id(score): points for score, points in pairs}
        raise UserError(self.env._("You do not mark this line."))

    @api.onchange("actual_value")
    def _onchange_actual_value(self):
        if self.criterion_id._is_measured():
            # what is shown at once; saving computes it again
            self.self_points = float(scoring.score(self.criterion_id._to_engine(), self.actual_value))

    def write(self, vals):
        """Store points; False, None or an empty text takes them back: the line is not scored then, as with 0 it is."""
        self._check_values(vals)  # points are reckoned before the guard sees them
        self._check_round_open()
        self._check_not_marked(vals)
        if "final_points" in vals and not is_given(vals["final_points"]):
            raise UserError(self.env._("Give points, or 0."))
        if "self_points" in vals and "actual_value" not in vals:
            self._check_not_measured()
        if "actual_value" in vals:
            vals = self._write_measured_points(vals)
        marks = {mark: is_given(vals[name]) for name, mark in MARK_OF_POINTS.items() if name in vals}
        if marks and vals.get("is_abstained"):
            marks.pop("is_verified", None)
        result = super().write(vals)
        if marks and not self._has_seal():
            for score in self:
                score._refuse_faulty(*(vals[name] for name in MARK_OF_POINTS if is_given(vals.get(name))))
        if marks:
            self._write_protected(marks)
            # sudo: emulation.evaluation - totals are protected, whoever scores
            totals.update(self.sudo().evaluation_id)
        return result

    def _write_measured_points(self, vals):
        """Points of a measured criterion follow from its actual value; return what is left to write."""
        vals = dict(vals)
        typed = vals.pop("self_points", None)
        reached = vals["actual_value"]
        for line in self:
            if line.criterion_id._is_measured():
                rule = line.criterion_id._to_engine()
                points = float(scoring.score(rule, reached)) if is_given(reached) else False
                line._with_seal().write({"self_points": points})
            elif typed is not None:
                line.write({"self_points": typed})
        return vals

    def _check_not_measured(self):
        """Refuse typed points where points follow from what was reached; changes with a reason stay possible."""
        measured = self.criterion_id.filtered(lambda criterion: criterion._is_measured())
        if measured and not self._has_seal():
            raise UserError(
                self.env._(
                    "%(criteria)s: enter what was reached; the points follow from it.",
                    criteria=", ".join(measured.mapped("name")),
                )
            )

    def _check_not_marked(self, vals):
        """Refuse points typed on the sheet where others mark the line; they do it in their grid, stage by stage."""
        if self._has_seal():
            return
        marked = self.browse()
        if vals.keys() & {"verified_points", "final_points", "is_abstained"}:
            marked |= self.filtered("marker_names")
        if vals.keys() & {"self_points", "actual_value"}:
            marked |= self.filtered("is_marked_only")
        if marked:
            names = ", ".join(marked.criterion_id.mapped("name"))
            markers = ", ".join(dict.fromkeys(marked.mapped("marker_names")))
            raise UserError(
                self.env._(
                    "%(criteria)s: marked by %(markers)s. An officer can change it with a reason.",
                    criteria=names,
                    markers=markers,
                )
            )

    def _check_round_open(self):
        """Refuse points outside an open round; who may give which is in the table."""
        if self._has_seal():
            return  # a verb has checked already
        # sudo: emulation.review - whether it is open is no secret
        if any(review.state != "open" for review in self.sudo().evaluation_id.review_id):
            raise UserError(self.env._("The review round is not open."))

    def _is_missing(self):
        """Return whether the line still lacks points, or evidence of points; bonus and deductions are optional."""
        self.ensure_one()
        if not self.criterion_id or self.criterion_id.is_marked_only:
            return False
        if self._lacks_evidence():
            return True
        return not self.is_self_scored and self.criterion_id.kind not in ("bonus", "deduction")

    def _lacks_evidence(self):
        """Return whether points were given for what no paper shows, or not each time."""
        needed = self.criterion_id._count_evidence(self.actual_value)
        return bool(self.self_points) and len(self.evidence_ids) < needed

    @api.model
    def _find_missing(self, evaluation_ids):
        """Return [(evaluation id, criterion)] of the lines for which ``_is_missing`` holds, by one query."""
        self.flush_model()
        evidence = self._fields["evidence_ids"]
        return self.env.execute_query(
            SQL(
                """
                SELECT s.evaluation_id, c.name
                  FROM emulation_score s JOIN emulation_criterion c ON c.id = s.criterion_id
                 WHERE s.evaluation_id IN %(ids)s AND c.is_marked_only IS NOT TRUE
                   AND (CASE WHEN c.kind IN ('bonus', 'deduction') THEN FALSE ELSE NOT s.is_self_scored END
                        OR (c.evidence_required AND s.self_points <> 0
                            AND (SELECT COUNT(*) FROM %(table)s e WHERE e.%(column)s = s.id)
                                < CASE WHEN c.evidence_each AND c.kind IN ('bonus', 'deduction')
                                            AND c.points_per_occurrence > 0
                                       THEN GREATEST(CEIL(s.actual_value), 1) ELSE 1 END))
              ORDER BY s.evaluation_id, s.sequence, s.id
                """,
                ids=tuple(evaluation_ids),
                table=SQL.identifier(evidence.relation),
                column=SQL.identifier(evidence.column1),
            )
        )

    def action_change(self):
        """Open the wizard that changes points of a step that is over, with a reason."""
        return open_dialog(
            "emulation.score.change.wizard", {"default_score_id": self.id}, self.env._("Change points")
        )
