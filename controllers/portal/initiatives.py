from odoo import http
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from werkzeug.exceptions import NotFound

from .forms import Refused
from .gate import PAGE, Gate, form_route
from .rows import evidence_rows
from .texts import day, paragraphs, points, word

INITIATIVES = "/my/emulation/initiatives"
MOST = 50
COMMENT_LENGTH = 1000
VERDICTS = ("pass", "fail")


class Initiatives(http.Controller):
    """The sheets of a member of a council on initiatives, with or without a desk: marks and comments on each."""

    @http.route(INITIATIVES, **PAGE)
    def sessions(self, **_query):
        gate = Gate.enter()
        marks = gate.search(
            "emulation.initiative.mark", marks_domain(gate), ["session_id", "item_id", "is_given"]
        )
        sessions = marks.session_id.sorted("date", reverse=True)[:MOST]
        own = marks.grouped("session_id")
        rows = [session_row(session, own[session]) for session in sessions]
        title = gate.env._("Initiatives to mark")
        return gate.render("hr_emulation.portal_initiatives", title, {"sessions": rows}, tab="waiting")

    @http.route(f"{INITIATIVES}/<int:marking_id>", **PAGE)
    def session(self, marking_id, **_query):
        gate = Gate.enter()
        marks = find_marks(gate, marking_id)
        session = marks.session_id
        values = {
            **session_row(session, marks),
            "is_open": session.state == "open",
            "items": [item_row(item, own) for item, own in marks.grouped("item_id").items()],
            "left_out": (session.item_ids - marks.item_id).achievement_id.mapped("name"),
        }
        crumbs = [(gate.env._("Initiatives to mark"), INITIATIVES)]
        return gate.render(
            "hr_emulation.portal_initiative_sheet",
            session.council_id.name,
            {"sheet": values},
            crumbs,
            tab="waiting",
        )

    @form_route(f"{INITIATIVES}/<int:marking_id>/save", back=f"{INITIATIVES}/{{marking_id}}")
    def save(self, marking_id, **_form):
        """Keep the marks and comments of the visitor, all at once; what is left empty may come later."""
        gate = Gate.enter()
        marks = find_marks(gate, marking_id)
        gate.throttle("marks", limit=30)
        return gate.act(
            lambda: store(gate.form, marks),
            lambda: get_outcome(gate, marks),
            f"{INITIATIVES}/{marking_id}",
            lambda: self.session(marking_id),
        )


def marks_domain(gate):
    """Return the domain of the visitor's own marks, once the marking is open."""
    return Domain("user_id", "=", gate.env.uid) & Domain("session_id.state", "in", ("open", "closed"))


def find_marks(gate, marking_id):
    """Return the visitor's marks of a session.

    :raises NotFound: it is not open yet, or not the visitor's to mark
    """
    marks = gate.search(
        "emulation.initiative.mark", marks_domain(gate) & Domain("session_id", "=", marking_id)
    )
    if not marks:
        raise NotFound
    return marks


def store(form, marks):
    """Write what changed, mark by mark; the guard refuses what is closed or another's.

    :raises Refused: a number cannot be read, or lies outside its criterion
    """
    read = {mark: read_mark(form, mark) for mark in marks}
    form.check()
    for mark, values in read.items():
        changed = {name: value for name, value in values.items() if value != get_stored(mark, name)}
        if changed:
            try:
                mark.write(changed)
            except ValidationError as error:
                raise Refused({field_name(mark, "points"): str(error.args[0])}) from error


def get_stored(mark, name):
    """Return what is stored of a mark as the form would be read: None for points not given, which 0 is."""
    return None if name == "points" and not mark.is_given else mark[name]


def read_mark(form, mark):
    """Return the values of one mark, of what the form asks for; left or made empty it is no mark yet."""
    values = {"comment": form.line(field_name(mark, "comment"), COMMENT_LENGTH) or False}
    name = "points" if mark.kind == "points" else "verdict"
    if field_name(mark, name) not in form:
        return values
    if name == "points":
        return {**values, name: form.number(field_name(mark, name))}
    return {**values, name: form.choice(field_name(mark, name), VERDICTS, False)}


def field_name(mark, name):
    return f"{name}-{mark.id}"


def get_outcome(gate, marks):
    left = len(marks.filtered(lambda mark: not mark.is_given).item_id)
    if left:
        return gate.env._("Saved. Initiatives still to mark: %(count)s.", count=left)
    return gate.env._("Saved. You have marked everything; marks can be changed until the session is closed.")


def session_row(session, marks):
    left = marks.filtered(lambda mark: not mark.is_given).item_id
    return {
        **sheet_state(session, left),
        "url": f"{INITIATIVES}/{session.id}",
        "title": session.council_id.name,
        "stage": word(session, "stage"),
        "date": day(session.date),
        "count": len(marks.item_id),
    }


def sheet_state(session, left):
    """Return where the visitor's marks stand, as a sign and in words."""
    env = session.env
    if session.state == "closed":
        return {"state": "closed", "state_name": env._("Closed")}
    if left:
        return {"state": "draft", "state_name": env._("Your marks are awaited")}
    return {"state": "confirmed", "state_name": env._("You have marked everything")}


def item_row(item, marks):
    achievement = item.achievement_id
    is_closed = item.session_id.state == "closed"
    return {
        "id": item.id,
        "name": achievement.name,
        "author": achievement._get_author_names(),
        "place": ", ".join(filter(None, (achievement.position_name, achievement.unit_name))),
        "kind_name": word(achievement, "kind"),
        "period": " – ".join(filter(None, (day(achievement.date_from), day(achievement.date_to)))),
        "lines": paragraphs(achievement.description),
        "evidence": evidence_rows(achievement.evidence_ids),
        "marks": [mark_row(mark) for mark in marks],
        # The result does not exist before the session is closed.
        "outcome": word(item, "outcome") if is_closed else "",
        "result": item.explanation if is_closed else "",
        "comment": paragraphs(item.comment) if is_closed else [],
    }


def mark_row(mark):
    return {
        "id": mark.id,
        "criterion": mark.criterion_id.name,
        "kind": mark.kind,
        "most": points(mark.most),
        "points": points(mark.points) if mark.is_given else "",
        "verdict": mark.verdict or "",
        "verdict_name": word(mark, "verdict"),
        "comment": mark.comment or "",
    }
