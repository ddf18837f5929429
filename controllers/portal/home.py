from datetime import timedelta

from odoo import fields, http
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import SQL, lazy

from .gate import DISPLAY_COOKIE, TEXT_SIZES, EmulationGate, find_person

# Counter of a card under /my: the method that counts for the person. An addon that brings more to do (ballots of a
# council, say) adds its counter in `_emulation_counters` and its card by inheriting the template.
COUNTERS = {
    "emulation_campaign_count": "_get_emulation_campaign_count",
    "emulation_evaluation_count": "_get_emulation_evaluation_count",
    "emulation_commendation_count": "_get_emulation_commendation_count",
    "emulation_waiting_count": "_get_emulation_waiting_count",
}
RECEIPT_DAYS = 60
YEAR = 365 * 24 * 3600


class EmulationHome(EmulationGate):
    """The cards under /my, and the switch for text size and contrast."""

    @http.route()
    def home(self, **kw):
        """Odoo's start page, with the visitor's text size and contrast and the switch for them."""
        response = super().home(**kw)
        # Asked only if the cards are there to ask.
        is_employee = lazy(lambda: bool(find_person(request.env).employee_ids))
        response.qcontext.update(self._emulation_frame(), emulation_is_employee=is_employee)
        return response

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        methods = self._emulation_counters()
        asked = methods.keys() & set(counters)
        if asked:
            person = find_person(request.env)
            for counter in asked:
                values[counter] = getattr(self, methods[counter])(person) if person.employee_ids else 0
        return values

    def _emulation_counters(self):
        """Return {counter of a card: name of the method that takes a ``Person`` and counts}."""
        return COUNTERS

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
        return request.env["emulation.evaluation"].sudo().search_count(self._emulation_to_fill(person))

    def _emulation_to_fill(self, person):
        is_open = Domain("state", "=", "draft") & Domain("review_id.state", "=", "open")
        return self._emulation_sheets(person) & is_open

    def _emulation_sheets(self, person):
        return person.own_or_led()

    def _get_emulation_commendation_count(self, person):
        return request.env["emulation.commendation"].sudo().search_count(person.dossiers())

    def _get_emulation_waiting_count(self, person):
        """What waits for the person beside sheets to fill in: a head's decisions, own proposals to mend, receipts."""
        return sum(self._emulation_count(self._emulation_waiting(person)).values())

    def _emulation_count(self, domains):
        """Return {name: how many there are} in one query.

        :param dict domains: {name: (model, domain)}; the domains hold the visitor's own ids
        """
        counts = [
            # Sudoed: portal users have no access rights.
            request.env[model].sudo()._search(domain).select(SQL("%s AS name, COUNT(*) AS number", name))
            for name, (model, domain) in domains.items()
        ]
        found = SQL(" UNION ALL ").join(SQL("(%s)", count) for count in counts)
        return dict(request.env.execute_query(found))

    def _emulation_waiting(self, person):
        """Return {what: (model, domain)} of what waits for the person. Overridden by doors that know more."""
        today = fields.Date.context_today(request.env.user)
        mend = Domain("proposer_id", "=", person.user_id) & Domain("company_id", "in", person.company_ids)
        received = Domain("request_ids", "any", Domain("kind", "=", "receipt"))
        granted = person.own_or_led() & Domain("state", "=", "granted") & Domain("decision_id", "!=", False)
        granted &= Domain("granted_date", ">=", today - timedelta(days=RECEIPT_DAYS)) & ~received
        waiting = {
            "mend": (
                "emulation.commendation",
                mend & Domain("state", "=", "draft") & Domain("reason", "!=", False),
            ),
            "receipt": ("emulation.commendation", granted),
        }
        if person.is_head:
            submitted = Domain("state", "=", "submitted")
            waiting["pass"] = (
                "emulation.commendation",
                person.headed() & submitted & Domain("needs_endorsement", "=", True),
            )
            waiting["verify"] = (
                "emulation.evaluation",
                person.to_verify() & submitted & Domain("review_id.state", "=", "open"),
            )
            waiting["approve"] = ("emulation.participation", person.to_verify() & submitted)
        return waiting

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
