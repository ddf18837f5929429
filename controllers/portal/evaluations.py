from odoo import fields, http
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...engine import typed
from .evidence import attach
from .forms import explain
from .gate import PAGE, Gate, form_route
from .rows import SHEET_FIELDS, fetch_sheets, score_values, self_text, sheet_page, sheet_rows
from .texts import day

EVALUATIONS = "/my/emulation/evaluations"
SELF_FIELDS = ("self_points", "actual_value", "note")
NOTE_LENGTH = 4000
MOST_LINES = 200


class Evaluations(http.Controller):
    """The scoring sheet: saved line by line while it is filled in, safe against a second tab and a lost line."""

    @http.route(EVALUATIONS, **PAGE)
    def evaluations(self, **_query):
        gate = Gate.enter()
        found = gate.search(
            "emulation.evaluation", gate.person.own_or_led(), SHEET_FIELDS, limit=200, order="id desc"
        )
        fetch_sheets(found)
        values = {"sheets": sheet_rows(found)}
        title = gate.env._("Evaluations")
        return gate.render("hr_emulation.portal_evaluations", title, values, tab="evaluations")

    @http.route(f"{EVALUATIONS}/<int:evaluation_id>", **PAGE)
    def evaluation(self, evaluation_id, **_query):
        gate = Gate.enter()
        evaluation = find_sheet(gate, evaluation_id, SHEET_FIELDS)
        sheet = {**sheet_page(evaluation), **handed_in(evaluation), "expected": expected(evaluation)}
        crumbs = [(gate.env._("Evaluations"), EVALUATIONS)]
        return gate.render(
            "hr_emulation.portal_evaluation", sheet["campaign"], {"sheet": sheet}, crumbs, tab="evaluations"
        )

    @http.route(f"{EVALUATIONS}/<int:evaluation_id>/save", type="jsonrpc", auth="user")
    def save(self, evaluation_id, lines=None, **_options):
        """Store changed lines of the own sheet.

        :param list lines: ``{"id", "base": {field: what the page last knew}, "values": {field: what was typed}}``
        :return: ``{"lines": [{"id", "status", "values", "message"}], "total", "done", "count", "missing"}``.
            ``status``: ``saved``; ``conflict`` (somebody, or another tab, stored something else meanwhile: nothing
            is overwritten, ``values`` is what is stored now); ``refused`` (``message`` says why).
            Sending the same line again is harmless.
        """
        gate = Gate.enter()
        evaluation = find_sheet(gate, evaluation_id)
        gate.throttle("save", limit=240)
        evaluation.lock_for_update()
        by_id = {score.id: score for score in evaluation.score_ids}
        answers = [
            save_line(gate, evaluation, by_id.get(typed.read_id(line.get("id"))), line)
            for line in (lines if isinstance(lines, list) else [])[:MOST_LINES]
            if isinstance(line, dict)
        ]
        sheet = sheet_page(evaluation)
        return {
            "lines": answers,
            "total": sheet["self_total"],
            "done": sheet["done"],
            "count": sheet["count"],
            "percent": sheet["percent"],
            "missing": sheet["missing"],
        }

    @form_route(f"{EVALUATIONS}/<int:evaluation_id>/submit", back=f"{EVALUATIONS}/{{evaluation_id}}")
    def submit(self, evaluation_id, **_form):
        """Store what the form holds (it also works without script); with ``hand_in`` hand the sheet in.

        With ``take_back`` a sheet that was handed in becomes a draft again.
        """
        gate = Gate.enter()
        evaluation = find_sheet(gate, evaluation_id)
        gate.throttle("submit", limit=20)
        hand_in = "hand_in" in gate.form
        act, done = lambda: do_submit(gate, evaluation, hand_in), gate.env._("Saved.")
        if "take_back" in gate.form:
            act, done = evaluation.action_take_back, gate.env._("The sheet is a draft of yours again.")
        elif hand_in:
            done = gate.env._("The sheet is submitted.")
        return gate.act(
            act,
            done,
            f"{EVALUATIONS}/{evaluation.id}",
            lambda: self.evaluation(evaluation_id),
        )

    @form_route("/my/emulation/scores/<int:score_id>/evidence", back=EVALUATIONS)
    def evidence(self, score_id, **_form):
        """Attach files to a line of the own sheet."""
        gate = Gate.enter()
        own = Domain("evaluation_id", "any", gate.person.own_or_led())
        score = gate.find("emulation.score", score_id, own)
        evaluation = score.evaluation_id
        return gate.act(
            lambda: attach(gate, score, score.company_id, evaluation.state == "draft"),
            gate.env._("The file is attached."),
            f"{EVALUATIONS}/{evaluation.id}#line-{score.id}",
            lambda: self.evaluation(evaluation.id),
        )


def find_sheet(gate, evaluation_id, names=()):
    return gate.find("emulation.evaluation", evaluation_id, gate.person.own_or_led(), names)


def handed_in(evaluation):
    """Return when a sheet was handed in, and whether its owner may still take it back."""
    if evaluation.state != "submitted" or not evaluation.submitted_on:
        return {"submitted_on": "", "may_take_back": False}
    moment = fields.Datetime.context_timestamp(evaluation.env.user, evaluation.submitted_on)
    return {
        "submitted_on": f"{moment:%H:%M} {day(moment.date())}",
        "may_take_back": evaluation.can_take_back,
    }


def expected(evaluation):
    """Return by when the next step of a sheet that was handed in may be expected, a day granted to its unit counted."""
    what = {"submitted": "verify", "verified": "confirm"}.get(evaluation.state)
    if not what or evaluation.review_id.state != "open":
        return ""
    return day(evaluation.env["emulation.extension"]._get_deadlines(evaluation, what)[evaluation.id])


def read_score(name, value):
    """Read one field of a line as it was typed; None for a number that is empty: not given, which 0 is.

    :raises Mistyped: it cannot be read
    """
    return typed.read_text(value, NOTE_LENGTH) if name == "note" else typed.read_number(value)


def get_stored(score):
    """Return what is stored of a line, as the fields would be read from its page."""
    return {name: read_score(name, text) for name, text in score_values(score).items()}


def save_line(gate, evaluation, score, line):
    """Store what was typed into one line since the page last knew it; return the answer for the line."""
    if not score:
        message = gate.env._("This line is not here.")
        return {"id": typed.read_id(line.get("id")), "status": "refused", "message": message}
    answer = {"id": score.id, "status": "saved", "message": ""}
    try:
        wanted, base = read_line(line.get("values")), read_line(line.get("base"))
        changed = {name: text for name, text in wanted.items() if text != get_stored(score)[name]}
        if any(get_stored(score)[name] != base.get(name, read_score(name, "")) for name in changed):
            return {**answer, "status": "conflict", "values": score_values(score)}
        with gate.env.cr.savepoint():
            if changed:
                evaluation._save_self_scores({score.id: changed})
    except typed.Mistyped as error:
        answer.update(status="refused", message=explain(gate.env, error))
    except UserError as error:
        score.invalidate_recordset()
        answer.update(status="refused", message=str(error.args[0]))
    return {**answer, "values": score_values(score), "points": self_text(score)}


def read_line(values):
    values = values if isinstance(values, dict) else {}
    return {name: read_score(name, values[name]) for name in SELF_FIELDS if name in values}


def do_submit(gate, evaluation, hand_in):
    form, given = gate.form, {}
    for score in evaluation.score_ids:
        stored, changed = get_stored(score), {}
        for name in SELF_FIELDS:
            key = f"{name}-{score.id}"
            if key in form:
                value = form.text(key, NOTE_LENGTH) if name == "note" else form.number(key)
                if value != stored[name]:
                    changed[name] = value
        if changed:
            given[score.id] = changed
    form.check()
    save_lines(evaluation._save_self_scores, form, given)
    if hand_in:
        evaluation.action_submit()


def save_lines(save, form, given):
    """Store lines at once; what the sheet says against one of them stands at its first field.

    :param save: method that takes {score id: {field: value}}
    :raises Refused: one of them cannot be stored
    """
    try:
        save(given)
    except UserError:
        for score_id, changed in given.items():  # which ones? All of it is taken back anyway
            try:
                save({score_id: changed})
            except UserError as error:
                form.add_error(f"{next(iter(changed))}-{score_id}", error.args[0])
        form.check()
        raise
