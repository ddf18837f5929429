from odoo import http
from odoo.fields import Domain
from odoo.http import request
from werkzeug.exceptions import NotFound

from ...engine.voting import CHOICES
from .home import EmulationHome
from .texts import day, paragraphs

BALLOTS = "/my/emulation/ballots"
MOST = 50
# What the page shows, read at once.
ITEM_FIELDS = ("commendation_id", "explanation", "is_passed")
PROPOSAL_FIELDS = (
    "recipient_name",
    "position_name",
    "unit_name",
    "award_id",
    "summary",
    "achievement_ids",
    "employee_id",
    "department_id",
)


class EmulationBallots(EmulationHome):
    """The ballots of a council member, with or without a desk. What was voted is never shown, to nobody."""

    def _emulation_counters(self):
        return {**super()._emulation_counters(), "emulation_ballot_count": "_get_emulation_ballot_count"}

    def _get_emulation_ballot_count(self, person):
        """Secret ballots still to cast."""
        # Sudoed: portal users have no access rights; counted on the person's own seats.
        return request.env["emulation.session"].sudo()._get_open_ballot_count(request.env.user)

    def _emulation_seats(self):
        """Domain of the rolls on which the visitor stands, once the vote is open."""
        own = Domain("member_id.user_id", "=", request.env.uid)
        return own & Domain("session_id.state", "in", ("open", "closed"))

    @http.route(BALLOTS, type="http", auth="user", website=True, readonly=True)
    def emulation_ballots(self, **_query):
        person = self._emulation_person()
        # Sudoed: portal users have no access rights; only sessions on whose roll the visitor stands.
        seats = request.env["emulation.session.attendance"].sudo().search(self._emulation_seats())
        seats = seats.sorted(lambda seat: seat.session_id.date_start, reverse=True)[:MOST]
        rows = [{**self._emulation_session_row(seat), **self._emulation_seat_state(seat)} for seat in seats]
        title = request.env._("Council ballots")
        return self._emulation_render(
            "hr_emulation.portal_ballots", title, {"sessions": rows}, tab="waiting", person=person
        )

    def _emulation_session_row(self, seat):
        session = seat.session_id
        moment = session._get_local(session.date_start)
        return {
            "url": f"{BALLOTS}/{session.id}",
            "title": session.abstract,
            "council": session.council_id.name,
            "date": f"{moment:%H:%M} {day(moment.date())}",
            "location": session.location or "",
            "count": len(session.item_ids),
        }

    def _emulation_seat_state(self, seat):
        """Return where the visitor's vote stands, as a sign and in words."""
        if seat.session_id.state == "closed":
            return {"state": "closed", "state_name": request.env._("Closed")}
        if seat.has_voted:
            return {"state": "confirmed", "state_name": request.env._("You have voted")}
        if not seat._is_voter:
            return {"state": "withdrawn", "state_name": request.env._("You do not vote")}
        if seat.uses_paper:
            return {"state": "draft", "state_name": request.env._("You vote on paper or by show of hands")}
        return {"state": "draft", "state_name": request.env._("Your vote is awaited")}

    @http.route(f"{BALLOTS}/<int:session_id>", type="http", auth="user", website=True, readonly=True)
    def emulation_ballot(self, session_id, **_query):
        person = self._emulation_person()
        seat = self._emulation_find_seat(session_id)
        session = seat.session_id
        session.item_ids.fetch(ITEM_FIELDS)
        session.item_ids.commendation_id.fetch(PROPOSAL_FIELDS)
        can_vote = seat._can_cast()
        own = session._get_ballot_items(seat)
        values = {
            **self._emulation_session_row(seat),
            **self._emulation_seat_state(seat),
            "can_vote": can_vote,
            "is_closed": session.state == "closed",
            "items": [self._emulation_item(item) for item in (own if can_vote else session.item_ids)],
            "left_out": [item.commendation_id.display_name for item in session.item_ids - own]
            if can_vote
            else [],
        }
        return self._emulation_render(
            "hr_emulation.portal_ballot",
            session.abstract,
            {"ballot": values},
            [(request.env._("Council ballots"), BALLOTS)],
            tab="waiting",
            person=person,
        )

    def _emulation_find_seat(self, session_id):
        # Sudoed: portal users have no access rights; the domain is the visitor's own seat.
        seats = request.env["emulation.session.attendance"].sudo()
        seat = seats.search(self._emulation_seats() & Domain("session_id", "=", session_id), limit=1)
        if not seat:
            raise NotFound
        return seat

    def _emulation_item(self, item):
        commendation, is_closed = item.commendation_id, item.session_id.state == "closed"
        place = ", ".join(filter(None, (commendation.position_name, commendation.unit_name)))
        return {
            "id": item.id,
            "recipient": commendation._get_recipient_name(),
            "place": place,
            "award": commendation.award_id.name,
            "summary": paragraphs(commendation.summary),
            "achievements": commendation.achievement_ids.mapped("name"),
            # Counts do not exist before the vote is closed.
            "result": item.explanation if is_closed else "",
            "is_passed": item.is_passed if is_closed else False,
        }

    @http.route(f"{BALLOTS}/<int:session_id>/cast", type="http", auth="user", website=True, methods=["POST"])
    def emulation_cast(self, session_id, **form):
        """Cast the visitor's ballots of one session, all at once."""
        self._emulation_person()
        session = self._emulation_find_seat(session_id).session_id
        self._emulation_throttle("ballot", limit=20)
        choices = {
            int(name.removeprefix("item-")): choice
            for name, choice in form.items()
            if name.startswith("item-") and name.removeprefix("item-").isdigit() and choice in CHOICES
        }
        return self._emulation_act(
            f"{BALLOTS}/{session_id}",
            request.env._("Your vote is counted. Nobody can see how you voted."),
            lambda: session._do_cast(request.env.user, choices),
        )
