from datetime import timedelta

from odoo import fields, http
from odoo.fields import Domain
from odoo.http import request

from ...models.portal.emulation_news import SHOWN_DAYS
from ...models.portal.emulation_portal import DISPLAY_COOKIE, TAB_URLS, TEXT_SIZES
from .calendar import has_entries
from .files import is_local_address
from .gate import PAGE, PUBLIC_PAGE, Gate, form_route
from .rows import (
    DOSSIER_FIELDS,
    SHEET_FIELDS,
    commendation_row,
    fetch_dossiers,
    fetch_sheets,
    proposal_row,
    sheet_rows,
)
from .texts import day_of
from odoo.addons.portal.controllers.portal import CustomerPortal

MOST = 50
NEWS, LOOKED_AT = 10, 50  # shown, of so many: what was asked and is done is left out
SETTINGS = "/my/emulation/settings"
UNIT_COUNTS = ("report", "finding", "pass", "verify", "approve", "target", "figure")
YEAR = 365 * 24 * 3600


class Home(CustomerPortal):
    """Odoo's start page with our cards. The only door that is Odoo's too, so its own names bear the prefix."""

    @http.route()
    def home(self, **kw):
        response = super().home(**kw)
        portal = request.env["emulation.portal"]
        person = portal._get_person()
        if person.employee_ids:  # a customer's page stays as Odoo and other addons make it
            frame = portal._get_frame()
            response.qcontext.update(
                frame,
                html_data={"lang": frame["page_lang"]},
                emulation_is_person=True,
                emulation_is_employee=is_working(person),
            )
        elif request.env["emulation.block.member"]._find_mine():
            response.qcontext.update(emulation_is_guest=True)
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
            elif "emulation_block_count" in asked:
                years = request.env["emulation.block.year"]
                # sudo: emulation.block.year - the number of those in which the visitor's own body has not scored
                values["emulation_block_count"] = years.sudo().search_count(years._get_to_score_domain())
        return values


# Each card under /my and what it counts.
COUNTERS = {
    "emulation_waiting_count",
    "emulation_campaign_count",
    "emulation_evaluation_count",
    "emulation_commendation_count",
    "emulation_ballot_count",
    "emulation_block_count",
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
    counts["emulation_block_count"] = counts["score"]
    return {name: counts[name] for name in asked}


class Waiting(http.Controller):
    """What waits for this person, in one list, each with the way to it; and the switch of text size and contrast."""

    @http.route("/my/emulation", **PAGE)
    def waiting(self, **_query):
        gate = Gate.enter(former=True)
        if gate.person.is_former:
            return request.redirect(TAB_URLS["commendations"], code=303)  # nothing waits for who has left
        portal = gate.env["emulation.portal"]
        waiting = portal._get_waiting(gate.person)
        counts = portal._count(waiting)

        def read(name, names):
            """Read what waits under ``name``, if anything does."""
            model, domain = waiting[name]
            return gate.search(model, domain, names, limit=MOST) if counts[name] else gate.records(model)

        sheets, returned, receipts = (
            read("fill", SHEET_FIELDS),
            read("to_correct", DOSSIER_FIELDS),
            read("receipt", DOSSIER_FIELDS),
        )
        fetch_sheets(sheets)
        fetch_dossiers(returned | receipts)
        values = {
            "sheets": sheet_rows(sheets),
            "to_correct": [proposal_row(proposal) for proposal in returned],
            "receipts": [commendation_row(commendation) for commendation in receipts],
            "unit_counts": {name: counts.get(name, 0) for name in UNIT_COUNTS},
            "news": get_news(gate),
            "has_days": bool(sheets) or has_entries(gate),  # each sheet has its day
            "ballots": counts["vote"],
            "marks": counts["mark"],
            "publications": counts["comment"],
            "blocks": counts["score"],
        }
        return gate.render("hr_emulation.portal_waiting", gate.env._("For me to do"), values, tab="waiting")

    @http.route(SETTINGS, **PAGE)
    def settings(self, **_query):
        """How the visitor wants to hear of news."""
        gate = Gate.enter(former=True)
        field = gate.env["res.users"]._fields["emulation_news"]
        # sudo: res.users - the visitor's own choice
        values = {
            "choices": field._description_selection(gate.env),
            "chosen": gate.env.user.sudo().emulation_news,
        }
        return gate.render("hr_emulation.portal_settings", gate.env._("How I am told"), values)

    @form_route(f"{SETTINGS}/save", back=SETTINGS)
    def save_settings(self, **_form):
        gate = Gate.enter(former=True)
        gate.throttle("settings", limit=20)
        choices = dict(gate.env["res.users"]._fields["emulation_news"].selection)
        choice = gate.form.choice("news", choices, "at_once")

        def act():
            # sudo: res.users - the visitor's own choice
            gate.env.user.sudo().emulation_news = choice

        return gate.act(act, gate.env._("Saved."), SETTINGS, self.settings)

    @http.route("/my/emulation/display", **PUBLIC_PAGE)
    def display(self, size="normal", contrast="", back="/my", **_query):
        """Remember text size and contrast in a cookie and go back to the page."""
        size = size if size in TEXT_SIZES else "normal"
        response = request.redirect(back if is_local_address(back) else "/my", code=303)
        value = f"{size}-{'contrast' if contrast else 'plain'}"
        response.set_cookie(DISPLAY_COOKIE, value, max_age=YEAR, samesite="Lax")
        return response


def get_news(gate):
    """Return the latest news of the visitor, with the way to each."""
    since = fields.Datetime.now() - timedelta(days=SHOWN_DAYS)
    domain = Domain("user_id", "=", gate.env.uid) & Domain("create_date", ">=", since)
    names = ["kind", "res_model", "res_id", "create_date"]
    news = gate.search("emulation.news", domain, names, limit=LOOKED_AT)
    return [{**line, "date": day_of(gate.env, line["date"])} for line in news._get_lines(limit=NEWS)]
