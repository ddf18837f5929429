from odoo import http
from odoo.fields import Domain
from werkzeug.exceptions import NotFound

from ...engine.typed import read_id
from ...engine.voting import CHOICES
from .gate import PAGE, Gate, form_route
from .rows import listed_dossier, summary_of
from .texts import day

BALLOTS = "/my/emulation/ballots"
MOST = 50
# What the page shows, read at once.
ITEM_FIELDS = ("commendation_id", "explanation", "is_passed")
PROPOSAL_FIELDS = (
    *("recipient_name", "position_name", "unit_name", "award_id", "summary", "achievement_ids"),
    *("employee_id", "department_id"),
)


class Ballots(http.Controller):
    """The ballots of a council member, with or without a desk. What was voted is never shown, to nobody."""

    @http.route(BALLOTS, **PAGE)
    def ballots(self, **_query):
        gate = Gate.enter()
        seats = gate.search("emulation.session.attendance", seats_domain(gate))
        seats = seats.sorted(lambda seat: seat.session_id.date_start, reverse=True)[:MOST]
        rows = [{**session_row(seat.session_id), **seat_state(seat)} for seat in seats]
        title = gate.env._("Council ballots")
        return gate.render("hr_emulation.portal_ballots", title, {"sessions": rows}, tab="waiting")

    @http.route(f"{BALLOTS}/<int:session_id>", **PAGE)
    def ballot(self, session_id, **_query):
        gate = Gate.enter()
        seat = find_seat(gate, session_id)
        session = seat.session_id
        session.item_ids.fetch(ITEM_FIELDS)
        session.item_ids.commendation_id.fetch(PROPOSAL_FIELDS)
        can_vote = seat._can_cast()
        own = session._get_ballot_items(seat)
        left_out = session.item_ids - own if can_vote else own.browse()
        values = {
            **session_row(session),
            **seat_state(seat),
            "can_vote": can_vote,
            "is_closed": session.state == "closed",
            "items": [item_row(item) for item in (own if can_vote else session.item_ids)],
            "left_out": [item.commendation_id.display_name for item in left_out],
        }
        crumbs = [(gate.env._("Council ballots"), BALLOTS)]
        return gate.render(
            "hr_emulation.portal_ballot", session.abstract, {"ballot": values}, crumbs, tab="waiting"
        )

    @form_route(f"{BALLOTS}/<int:session_id>/cast", back=f"{BALLOTS}/{{session_id}}")
    def cast(self, session_id, **_form):
        """Cast the visitor's ballots of one session, all at once."""
        gate = Gate.enter()
        session = find_seat(gate, session_id).session_id
        gate.throttle("ballot", limit=20)
        return gate.act(
            lambda: session._do_cast(gate.env.user, read_choices(gate.form)),
            gate.env._("Your vote is counted. Nobody can see how you voted."),
            f"{BALLOTS}/{session_id}",
            lambda: self.ballot(session_id),
            once=False,  # a fingerprint of a secret vote would tell it
        )


def seats_domain(gate):
    """Return the domain of the rolls on which the visitor stands, once the vote is open; none where no vote is held."""
    own = Domain("user_id", "=", gate.env.uid) & Domain("session_id.item_ids", "!=", False)
    return own & Domain("session_id.state", "in", ("open", "closed"))


def find_seat(gate, session_id):
    domain = seats_domain(gate) & Domain("session_id", "=", session_id)
    seat = gate.search("emulation.session.attendance", domain, limit=1)
    if not seat:
        raise NotFound
    return seat


def session_row(session):
    moment = session._get_local(session.date_start)
    return {
        "url": f"{BALLOTS}/{session.id}",
        "title": session.abstract,
        "council": session.council_id.name,
        "date": f"{moment:%H:%M} {day(moment.date())}",
        "location": session.location or "",
        "count": len(session.item_ids),
    }


def seat_state(seat):
    """Return where the visitor's vote stands, as a sign and in words."""
    env = seat.env
    if seat.session_id.state == "closed":
        return {"state": "closed", "state_name": env._("Closed")}
    if seat.has_voted:
        return {"state": "confirmed", "state_name": env._("You have voted")}
    if not seat._is_voter:
        return {"state": "withdrawn", "state_name": env._("You do not vote")}
    if seat.uses_paper:
        return {"state": "draft", "state_name": env._("You vote on paper or by show of hands")}
    return {"state": "draft", "state_name": env._("Your vote is awaited")}


def item_row(item):
    is_closed = item.session_id.state == "closed"
    dossier = item.commendation_id
    return {
        **listed_dossier(dossier),
        **summary_of(dossier),
        "id": item.id,
        "id_of_dossier": dossier.id,
        # Counts do not exist before the vote is closed.
        "result": item.explanation if is_closed else "",
        "is_passed": item.is_passed if is_closed else False,
    }


def read_choices(form):
    """Return {item id: choice} of the form; an invented choice is a blank vote."""
    choices = {}
    for name in form.sent:
        item = read_id(name.removeprefix("item-")) if name.startswith("item-") else None
        choice = form.choice(name, CHOICES)
        if item and choice:
            choices[item] = choice
    return choices
