from odoo import fields, http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from ...printing.evidence import MAGIC_NAMES
from .evidence import EmulationEvidence
from .texts import day, file_size, points, typed, word

SELF_FIELDS = ("self_points", "actual_value", "note")
# What a row shows of a sheet and of what it belongs to.
SHEET_FIELDS = [
    *("campaign_id", "review_id", "participation_id", "department_id", "employee_id", "state"),
    *("grade_id", "self_total", "verified_total", "final_total", "set_id", "company_id"),
]
LINE_FIELDS = [
    *("criterion_id", "self_points", "verified_points", "final_points", "actual_value", "note"),
    *("verifier_note", "is_self_scored", "is_verified", "is_final", "evidence_ids", "company_id"),
]
CRITERION_FIELDS = [
    *("name", "parent_id", "kind", "guidance", "max_points", "unit_of_measure", "target"),
    *("evidence_required", "points_per_occurrence"),
]
VERIFY_FIELDS = ("verified_points", "verifier_note")


class EmulationEvaluations(EmulationEvidence):
    """The scoring sheet: saved line by line while it is filled in, safe against a second tab and a lost line."""

    @http.route("/my/emulation/evaluations", type="http", auth="user", website=True, readonly=True)
    def emulation_evaluations(self, **_query):
        person = self._emulation_person()
        # Sudoed: portal users have no access rights; the domain is the visitor's own sheets.
        found = (
            request.env["emulation.evaluation"]
            .sudo()
            .search_fetch(self._emulation_sheets(person), SHEET_FIELDS, limit=200, order="id desc")
        )
        self._emulation_fetch_sheets(found)
        values = {"sheets": [self._emulation_sheet_row(evaluation) for evaluation in found]}
        title = request.env._("Evaluations")
        return self._emulation_render(
            "hr_emulation.portal_evaluations", title, values, tab="evaluations", person=person
        )

    def _emulation_fetch_sheets(self, evaluations):
        """Read what the rows of sheets show, and no more: a campaign or a review has many long texts."""
        evaluations.campaign_id.fetch(["name"])
        evaluations.review_id.fetch(["name", "state", "self_deadline", "date_to"])
        evaluations.participation_id.fetch(
            ["recipient_name", "recipient_type", "employee_id", "department_id", "partner_id"]
        )

    def _emulation_sheet_row(self, evaluation):
        today = fields.Date.context_today(request.env.user)
        deadline = evaluation.review_id.self_deadline or evaluation.review_id.date_to
        is_open = evaluation.state == "draft" and evaluation.review_id.state == "open"
        return {
            "id": evaluation.id,
            "url": f"/my/emulation/evaluations/{evaluation.id}",
            "campaign": evaluation.campaign_id.name,
            "review": evaluation.review_id.name,
            "recipient": evaluation.participation_id._get_recipient_name(),
            "is_unit": bool(evaluation.department_id),
            "state": evaluation.state,
            "state_name": word(evaluation, "state"),
            "is_open": is_open,
            "deadline": day(deadline),
            "days_left": (deadline - today).days if is_open and deadline >= today else None,
            "is_late": is_open and deadline < today,
            "grade": evaluation.grade_id.name if evaluation.state == "confirmed" else "",
            "final_total": points(evaluation.final_total) if evaluation.state == "confirmed" else "",
        }

    @http.route(
        "/my/emulation/evaluations/<int:evaluation_id>", type="http", auth="user", website=True, readonly=True
    )
    def emulation_evaluation(self, evaluation_id, **_query):
        person = self._emulation_person()
        evaluation = self._emulation_find(
            "emulation.evaluation", evaluation_id, self._emulation_sheets(person), SHEET_FIELDS
        )
        sheet = self._emulation_sheet(evaluation)
        crumbs = [(request.env._("Evaluations"), "/my/emulation/evaluations")]
        return self._emulation_render(
            "hr_emulation.portal_evaluation",
            sheet["campaign"],
            {"sheet": sheet},
            crumbs,
            tab="evaluations",
            person=person,
        )

    def _emulation_sheet(self, evaluation):
        self._emulation_fetch_sheets(evaluation)
        evaluation.set_id.fetch(["total_points"])
        lines = [
            self._emulation_line(score, evaluation) for score in self._emulation_sheet_scores(evaluation)
        ]
        done = sum(not line["missing"] for line in lines)
        return {
            **self._emulation_sheet_row(evaluation),
            "lines": lines,
            "self_total": points(evaluation.self_total),
            "verified_total": points(evaluation.verified_total),
            "maximum": points(evaluation.set_id.total_points),
            "done": done,
            "count": len(lines),
            "percent": round(100 * done / len(lines)) if lines else 0,
            "missing": [line["name"] for line in lines if line["missing"]],
            "accept": ",".join(f".{name}" for name in MAGIC_NAMES),
            "file_limit": evaluation.company_id.emulation_evidence_size,
            "user": request.env.uid,
        }

    def _emulation_sheet_scores(self, evaluation):
        """Return the lines of a sheet in their order, read with what a page shows of them."""
        scores = evaluation.env["emulation.score"].search_fetch(
            [("evaluation_id", "=", evaluation.id)], LINE_FIELDS, order="sequence, id"
        )
        scores.criterion_id.fetch(CRITERION_FIELDS)
        return scores

    def _emulation_line(self, score, evaluation):
        criterion = score.criterion_id
        past_draft = evaluation.state != "draft"
        return {
            "id": score.id,
            "name": criterion.name,
            "group": criterion.parent_id.name or "",
            "guidance": criterion.guidance or "",
            "max_points": points(criterion.max_points),
            "maximum": criterion.max_points,
            "is_measured": criterion._is_measured(),
            "unit": criterion.unit_of_measure or "",
            "target": points(criterion.target) if criterion.target else "",
            "needs_evidence": criterion.evidence_required,
            "missing": score._is_missing(),
            "values": self._emulation_line_values(score),
            "self_text": points(score.self_points) if score.is_self_scored or past_draft else "",
            "verified_text": points(score.verified_points)
            if evaluation.state in ("verified", "confirmed")
            else "",
            "final_text": points(score.final_points) if evaluation.state == "confirmed" else "",
            "verifier_note": score.verifier_note or "",
            "evidence": self._emulation_evidence(score.evidence_ids),
        }

    def _emulation_line_values(self, score):
        """Return what the form holds of a line; an untouched line is empty, not zero."""
        given = score.is_self_scored
        return {
            "self_points": f"{score.self_points:g}" if given else "",
            "actual_value": f"{score.actual_value:g}" if given or score.actual_value else "",
            "note": score.note or "",
        }

    def _emulation_evidence(self, attachments):
        return [
            {"id": attachment.id, "name": attachment.name, "size": file_size(attachment.file_size)}
            for attachment in attachments
        ]

    # ------------------------------------------------------------------------------------------------
    # Saving
    # ------------------------------------------------------------------------------------------------

    @http.route(
        "/my/emulation/evaluations/<int:evaluation_id>/save", type="jsonrpc", auth="user", website=True
    )
    def emulation_evaluation_save(self, evaluation_id, lines, **_options):
        """Store changed lines of the own sheet.

        :param list lines: ``{"id", "base": {field: what the page last knew}, "values": {field: what was typed}}``
        :return: ``{"lines": [{"id", "status", "values", "message"}], "total", "done", "count", "missing"}``.
            ``status``: ``saved``; ``conflict`` (somebody, or another tab, stored something else meanwhile: nothing
            is overwritten, ``values`` is what is stored now); ``refused`` (``message`` says why).
            Sending the same line again is harmless.
        """
        person = self._emulation_person()
        evaluation = self._emulation_find(
            "emulation.evaluation", evaluation_id, self._emulation_sheets(person)
        )
        self._emulation_throttle("save", limit=240)
        evaluation.lock_for_update()
        by_id = {score.id: score for score in evaluation.score_ids}
        answers = [
            self._emulation_save_line(evaluation, by_id.get(line.get("id")), line)
            for line in (lines if isinstance(lines, list) else [])[:200]
            if isinstance(line, dict)
        ]
        sheet = self._emulation_sheet(evaluation)
        return {
            "lines": answers,
            "total": sheet["self_total"],
            "done": sheet["done"],
            "count": sheet["count"],
            "percent": sheet["percent"],
            "missing": sheet["missing"],
        }

    def _emulation_save_line(self, evaluation, score, line):
        if not score:
            return {
                "id": line.get("id"),
                "status": "refused",
                "message": request.env._("This line is not here."),
            }
        answer = {"id": score.id, "status": "saved", "message": ""}
        wanted, base = self._emulation_texts(line.get("values")), self._emulation_texts(line.get("base"))
        stored = self._emulation_line_values(score)
        changed = {name: text for name, text in wanted.items() if text != stored[name]}
        if any(stored[name] != base.get(name, "") for name in changed):
            return {**answer, "status": "conflict", "values": stored}
        try:
            with request.env.cr.savepoint():
                values = {name: self._emulation_number(name, text) for name, text in changed.items()}
                if values:
                    evaluation._save_self_scores({score.id: values})
        except UserError as error:
            score.invalidate_recordset()
            answer.update(status="refused", message=str(error.args[0]))
        return {**answer, "values": self._emulation_line_values(score)}

    def _emulation_texts(self, values):
        values = values if isinstance(values, dict) else {}
        return {name: typed(values[name], 4000) for name in SELF_FIELDS if name in values}

    def _emulation_number(self, name, text):
        """Read what was typed: a comma or a point before the fraction; an emptied field is zero."""
        if name == "note":
            return text
        try:
            return round(float(text.replace(",", ".") or 0), 2)
        except ValueError as error:
            raise UserError(request.env._("%(text)s is not a number.", text=text)) from error

    @http.route(
        "/my/emulation/evaluations/<int:evaluation_id>/submit",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def emulation_evaluation_submit(self, evaluation_id, **form):
        """Hand the sheet in, with what the form holds (it also works without script)."""
        person = self._emulation_person()
        evaluation = self._emulation_find(
            "emulation.evaluation", evaluation_id, self._emulation_sheets(person)
        )
        self._emulation_throttle("submit", limit=20)
        return self._emulation_act(
            f"/my/emulation/evaluations/{evaluation.id}",
            request.env._("The sheet is handed in.") if "hand_in" in form else request.env._("Saved."),
            lambda: self._emulation_do_submit(evaluation, form),
        )

    def _emulation_do_submit(self, evaluation, form):
        for score in evaluation.score_ids:
            given = {name: typed(form.get(f"{name}-{score.id}"), 4000) for name in SELF_FIELDS}
            present = {name: text for name, text in given.items() if f"{name}-{score.id}" in form}
            stored = self._emulation_line_values(score)
            values = {
                name: self._emulation_number(name, text)
                for name, text in present.items()
                if text != stored[name]
            }
            if values:
                evaluation._save_self_scores({score.id: values})
        if "hand_in" in form:
            evaluation.action_submit()

    # ------------------------------------------------------------------------------------------------
    # Evidence
    # ------------------------------------------------------------------------------------------------

    @http.route(
        "/my/emulation/scores/<int:score_id>/evidence",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def emulation_score_evidence(self, score_id, **_form):
        """Attach files to a line of the own sheet."""
        person = self._emulation_person()
        domain = Domain("evaluation_id", "any", self._emulation_sheets(person))
        score = self._emulation_find("emulation.score", score_id, domain)
        return self._emulation_act(
            f"/my/emulation/evaluations/{score.evaluation_id.id}#line-{score.id}",
            request.env._("The file is attached."),
            lambda: self._emulation_attach(score, score.company_id, score.evaluation_id.state == "draft"),
        )
