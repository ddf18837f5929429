from odoo import fields, http
from odoo.fields import Domain
from odoo.http import request

from .gate import DISPLAY_COOKIE, TEXT_SIZES, EmulationGate, find_person

COUNTERS = {
    "emulation_campaign_count",
    "emulation_evaluation_count",
    "emulation_commendation_count",
    "emulation_waiting_count",
    "emulation_ballot_count",
}
YEAR = 365 * 24 * 3600


class EmulationHome(EmulationGate):
    """The cards under /my, and the switch for text size and contrast."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        asked = COUNTERS.intersection(counters)
        if asked:
            person = find_person(request.env)
            for counter in asked:
                count = getattr(self, f"_get_{counter}")
                values[counter] = count(person) if person.employee_ids else 0
        return values

    def _get_emulation_campaign_count(self, person):
        """Campaigns the person may still join."""
        return request.env["emulation.campaign"].sudo().search_count(self._emulation_joinable(person))

    def _emulation_joinable(self, person):
        """Domain of running campaigns of the person's audience, without those already joined."""
        today = fields.Date.context_today(request.env.user)
        joined = (
            request.env["emulation.participation"]
            .sudo()
            ._search(person.own() & Domain("state", "in", ("draft", "submitted", "approved")))
        )
        joined_campaigns = joined.select("campaign_id")
        running = Domain("state", "=", "launched")
        running &= Domain("registration_deadline", "=", False) | Domain("registration_deadline", ">=", today)
        running &= Domain("date_end", "=", False) | Domain("date_end", ">=", today)
        return person.audience() & running & Domain("id", "not in", joined_campaigns)

    def _get_emulation_evaluation_count(self, person):
        """Scoring sheets waiting to be filled in."""
        domain = (
            self._emulation_sheets(person)
            & Domain("state", "=", "draft")
            & Domain("review_id.state", "=", "open")
        )
        return request.env["emulation.evaluation"].sudo().search_count(domain)

    def _emulation_sheets(self, person):
        return person.own_or_led()

    def _get_emulation_commendation_count(self, person):
        return request.env["emulation.commendation"].sudo().search_count(person.own_or_led())

    def _get_emulation_waiting_count(self, person):
        """What a head still has to endorse or verify."""
        if not person.is_head:
            return 0
        waiting = person.headed() & Domain("state", "=", "submitted")
        return sum(
            request.env[model].sudo().search_count(waiting)
            for model in ("emulation.commendation", "emulation.evaluation")
        )

    def _get_emulation_ballot_count(self, person):
        """Secret ballots still to cast. Zero where councils are not installed."""
        sessions = request.env.get("emulation.session")
        if sessions is None or not hasattr(sessions, "_get_open_ballot_count"):
            return 0
        return sessions.sudo()._get_open_ballot_count(request.env.user)

    @http.route("/my/emulation", type="http", auth="user", website=True, readonly=True)
    def emulation_home(self, **_query):
        return request.redirect("/my/emulation/campaigns")

    @http.route(
        "/my/emulation/display", type="http", auth="public", website=True, readonly=True, sitemap=False
    )
    def emulation_display(self, size="normal", contrast="", back="/my", **_query):
        """Remember text size and contrast in a cookie and go back to the page."""
        size = size if size in TEXT_SIZES else "normal"
        back = back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/my"
        response = request.redirect(back, code=303)
        value = f"{size}-{'contrast' if contrast else 'plain'}"
        response.set_cookie(DISPLAY_COOKIE, value, max_age=YEAR, samesite="Lax")
        return response
