from datetime import timedelta

import vobject
from odoo import fields, http
from odoo.fields import Domain
from odoo.http import request

from .files import download
from .gate import PAGE, Gate
from .registrations import get_last_days

CALENDAR = "/my/emulation/calendar.ics"
MOST = 200
YEAR_AHEAD = 366


class Calendar(http.Controller):
    """Deadlines, votes and lists of the visitor as a file for the calendar of the phone."""

    @http.route(CALENDAR, **PAGE)
    def calendar(self, **_query):
        gate = Gate.enter()
        entries = list(get_entries(gate))
        if not entries:  # a file without an event is none: calendars refuse it (RFC 5545, 3.6)
            gate.say("success", gate.env._("Nothing with a day waits for you now."))
            return request.redirect("/my/emulation", code=303)
        address = gate.env["emulation.installation"]._get_public_address()
        calendar = vobject.iCalendar()
        for entry in entries:
            add(calendar, address, *entry)
        name = gate.env._("Emulation and commendation")
        return download(calendar.serialize().encode(), f"{name}.ics", "text/calendar; charset=utf-8")


def get_entries(gate):
    """Yield (key, day or moment, title, address of the page) of all that has a day for the visitor."""
    yield from get_sheets(gate)
    yield from get_registrations(gate)
    yield from get_lists(gate)
    yield from get_sessions(gate)
    yield from get_ceremonies(gate)
    yield from get_reports(gate)
    yield from get_findings(gate)
    yield from get_targets(gate)


def has_entries(gate):
    """Return whether the file would hold anything; it stops at the first."""
    return any(True for _entry in get_entries(gate))


def add(calendar, address, key, start, title, url):
    """Add one event: a day, or a moment with its time."""
    event = calendar.add("vevent")
    event.add("uid").value = f"{key}@{address.rpartition('/')[2]}"
    event.add("dtstamp").value = fields.Datetime.now().replace(tzinfo=vobject.icalendar.utc)
    event.add("dtstart").value = start
    event.add("summary").value = title
    event.add("url").value = f"{address}{url}"


def get_sheets(gate):
    """Return the last days to fill in and, for a head, to verify."""
    env, person = gate.env, gate.person
    extensions, sheets = (
        env["emulation.extension"],
        gate.search("emulation.evaluation", person.to_fill(), limit=MOST),
    )
    days = extensions._get_deadlines(sheets, "self")
    for sheet in sheets:
        if day := days[sheet.id] or sheet.review_id.date_to:
            title = env._("Scoring sheet: %(name)s", name=sheet.campaign_id.name)
            yield f"sheet-{sheet.id}", day, title, f"/my/emulation/evaluations/{sheet.id}"
    if person.is_head:
        domain = (
            person.to_verify() & Domain("state", "=", "submitted") & Domain("review_id.state", "=", "open")
        )
        sheets = gate.search("emulation.evaluation", domain, limit=MOST)
        days = extensions._get_deadlines(sheets, "verify")
        for review, waiting in sheets.filtered("review_id.verify_deadline").grouped("review_id").items():
            title = env._("Scores to verify: %(name)s", name=review.campaign_id.name)
            first = min(days[sheet.id] for sheet in waiting)
            yield f"verify-{review.id}", first, title, "/my/emulation/unit#verify"


def get_reports(gate):
    """Return the days on which reports of the units headed are due."""
    if gate.person.is_head:
        until = gate.today + timedelta(days=YEAR_AHEAD)
        for report in gate.search("emulation.unit.report", gate.person.to_report(until), limit=MOST):
            title = gate.env._("Report due: %(name)s", name=report.round_id.name)
            url = f"/my/emulation/unit/reports/{report.id}"
            yield f"report-{report.id}", report.due_date, title, url


def get_findings(gate):
    """Return the days by which units headed are to resolve what inspections found."""
    if gate.person.is_head:
        for finding in gate.search("emulation.inspection.finding", gate.person.to_mend(), limit=MOST):
            if finding.deadline:
                title = gate.env._("Finding to be resolved: %(name)s", name=finding.name)
                url = f"/my/emulation/unit/inspections/{finding.inspection_id.id}"
                yield f"finding-{finding.id}", finding.deadline, title, url


def get_targets(gate):
    """Return the days by which the visitor's targets, and those of units headed, are to be reached."""
    domain = gate.person.own_or_led() & Domain("state", "=", "active") & Domain("deadline", ">=", gate.today)
    for target in gate.search("emulation.target", domain, ["name", "deadline"], limit=MOST):
        title = gate.env._("Target to be reached: %(name)s", name=target.name)
        yield f"target-{target.id}", target.deadline, title, f"/my/emulation/targets/{target.id}"


def get_registrations(gate):
    """Return the last days to register in campaigns."""
    domain = gate.env["emulation.portal"]._get_joinable(gate.person)
    campaigns = gate.search("emulation.campaign", domain, ["name", "registration_deadline"], limit=MOST)
    days = get_last_days(gate, campaigns)
    for campaign in campaigns.filtered("registration_deadline"):
        title = gate.env._("Registration closes: %(name)s", name=campaign.name)
        yield f"campaign-{campaign.id}", days[campaign.id], title, f"/my/emulation/campaigns/{campaign.id}"


def get_lists(gate):
    """Return the last days to comment on published lists."""
    for record in gate.search("emulation.publication", gate.person.published(), limit=MOST):
        title = gate.env._("Comments close: %(name)s", name=record.name)
        yield f"list-{record.id}", record.date_to, title, f"/my/emulation/publications/{record.id}"


def get_sessions(gate):
    """Return the sessions of councils on whose attendance list the visitor is."""
    domain = Domain("user_id", "=", gate.env.uid) & Domain("session_id.state", "!=", "closed")
    for session in gate.search("emulation.session.attendance", domain, limit=MOST).session_id:
        if session.date_start:
            title = gate.env._("Council session: %(name)s", name=session.abstract or session.council_id.name)
            start = session.date_start.replace(tzinfo=vobject.icalendar.utc)
            yield f"session-{session.id}", start, title, f"/my/emulation/ballots/{session.id}"


def get_ceremonies(gate):
    """Return the ceremonies at which the visitor, or a unit it heads, is handed an award."""
    domain = gate.person.own_or_led() & Domain("state", "=", "granted")
    domain &= Domain("decision_id.ceremony_on", ">=", fields.Datetime.now())
    for commendation in gate.search("emulation.commendation", domain, limit=MOST):
        decision = commendation.decision_id
        title = gate.env._("Ceremony: %(name)s", name=commendation.award_id.name)
        if decision.ceremony_place:
            title = f"{title}, {decision.ceremony_place}"
        start = decision.ceremony_on.replace(tzinfo=vobject.icalendar.utc)
        yield f"ceremony-{commendation.id}", start, title, f"/my/emulation/commendations/{commendation.id}"
