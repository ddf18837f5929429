from odoo import http
from odoo.http import request
from odoo.tools import lazy

from ...models.portal.emulation_portal import DISPLAY_COOKIE, TEXT_SIZES
from .files import is_local_address
from .gate import PAGE, PUBLIC_PAGE, Gate
from .rows import (
    DOSSIER_FIELDS,
    SHEET_FIELDS,
    commendation_row,
    fetch_dossiers,
    fetch_sheets,
    proposal_row,
    sheet_row,
)
from odoo.addons.portal.controllers.portal import CustomerPortal

MOST = 50
YEAR = 365 * 24 * 3600


class Home(CustomerPortal):
    """Odoo's start page with our cards. The only door that is Odoo's too, so its own names bear the prefix."""

    @http.route()
    def home(self, **kw):
        response = super().home(**kw)
        portal = request.env["emulation.portal"]
        frame = portal._get_frame()
        attributes = {"lang": frame["page_lang"], "class": frame["page_class"]}
        # Asked only if the cards are there to ask.
        is_employee = lazy(lambda: is_working(portal._get_person()))
        response.qcontext.update(frame, html_data=attributes, emulation_is_employee=is_employee)
        return response

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        asked = [name for name in counters if name in COUNTERS]
        if asked:
            values.update(dict.fromkeys(asked, 0))
            portal = request.env["emulation.portal"]
            person = portal._get_person()
            if person.is_former:
                asked = [name for name in asked if name == "emulation_commendation_count"]
            if person.employee_ids:
                values.update(count_for_cards(portal, person, asked))
        return values


# Each card under /my and what it counts.
COUNTERS = {
    "emulation_waiting_count",
    "emulation_campaign_count",
    "emulation_evaluation_count",
    "emulation_commendation_count",
    "emulation_ballot_count",
}


def is_working(person):
    return bool(person.employee_ids) and not person.is_former


def count_for_cards(portal, person, asked):
    """Return {counter: number}, in one query; the first card counts everything that waits."""
    waiting = portal._get_waiting(person)
    cards = {
        "emulation_campaign_count": ("emulation.campaign", portal._get_joinable(person)),
        "emulation_commendation_count": ("emulation.commendation", person.dossiers()),
    }
    counts = portal._count({**waiting, **{name: cards[name] for name in cards if name in asked}})
    counts["emulation_waiting_count"] = sum(counts[name] for name in waiting)
    counts["emulation_evaluation_count"] = counts["fill"]
    counts["emulation_ballot_count"] = counts["vote"]
    return {name: counts[name] for name in asked}


class Waiting(http.Controller):
    """What waits for this person, in one list, each with the way to it; and the switch of text size and contrast."""

    @http.route("/my/emulation", **PAGE)
    def waiting(self, **_query):
        gate = Gate.enter()
        portal = gate.env["emulation.portal"]
        waiting = portal._get_waiting(gate.person)
        counts = portal._count(waiting)

        def read(name, names):
            """Read what waits under ``name``, if anything does."""
            model, domain = waiting[name]
            return gate.search(model, domain, names, limit=MOST) if counts[name] else gate.records(model)

        sheets, returned, receipts = (
            read("fill", SHEET_FIELDS),
            read("mend", DOSSIER_FIELDS),
            read("receipt", DOSSIER_FIELDS),
        )
        fetch_sheets(sheets)
        fetch_dossiers(returned | receipts)
        values = {
            "sheets": [sheet_row(sheet) for sheet in sheets],
            "mend": [proposal_row(proposal) for proposal in returned],
            "receipts": [commendation_row(commendation) for commendation in receipts],
            "unit_counts": {name: counts.get(name, 0) for name in ("pass", "verify", "approve")},
            "ballots": counts["vote"],
            "publications": counts["comment"],
        }
        return gate.render("hr_emulation.portal_waiting", gate.env._("For me to do"), values, tab="waiting")

    @http.route("/my/emulation/display", **PUBLIC_PAGE)
    def display(self, size="normal", contrast="", back="/my", **_query):
        """Remember text size and contrast in a cookie and go back to the page."""
        size = size if size in TEXT_SIZES else "normal"
        response = request.redirect(back if is_local_address(back) else "/my", code=303)
        value = f"{size}-{'contrast' if contrast else 'plain'}"
        response.set_cookie(DISPLAY_COOKIE, value, max_age=YEAR, samesite="Lax")
        return response
