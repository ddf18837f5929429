from odoo import http
from odoo.fields import Domain

from ...engine.typed import read_search
from .campaign_page import campaign_page
from .files import download_attachment
from .gate import ITEMS_PER_PAGE, PAGE, Gate, form_route
from .registrations import do_register, get_last_days, registration_values
from .rows import CAMPAIGN_FIELDS, campaign_row
from .texts import found_by, word

CAMPAIGNS = "/my/emulation/campaigns"
PAGE_FIELDS = [
    *CAMPAIGN_FIELDS,
    *("company_id", "standing_unit_id", "purpose", "audience", "registration_from"),
    *("registration_grace_days", "individual_set_id", "collective_set_id", "household_set_id"),
]


class Campaigns(http.Controller):
    """Campaigns: the list, the page with the visitor's registration, the launch document."""

    @http.route([CAMPAIGNS, f"{CAMPAIGNS}/page/<int:page>"], **PAGE)
    def campaigns(self, page=1, filterby="", search="", **_query):
        gate = Gate.enter()
        filters = get_filters(gate)
        search = read_search(search)
        campaigns = gate.records("emulation.campaign")
        domain = gate.person.audience() & found_by(search)
        wanted = filterby if filterby in filters else "open"
        found = campaigns.search(domain & filters[wanted]["domain"])  # ids only
        if not found and filterby not in filters:
            # Nobody asked for what runs, and nothing runs: show everything.
            wanted, found = "all", campaigns.search(domain)
        query = {"filterby": wanted, "search": search}
        pager = gate.get_pager(CAMPAIGNS, len(found), page, query)
        shown = found[pager["offset"] : pager["offset"] + ITEMS_PER_PAGE]
        shown.fetch(CAMPAIGN_FIELDS)
        values = {
            "campaigns": get_rows(gate, shown),
            "filters": [(name, entry["label"]) for name, entry in filters.items()],
            "filterby": wanted,
            "search": search,
            "list_pager": pager,
        }
        title = gate.env._("Emulation campaigns")
        return gate.render("hr_emulation.portal_campaigns", title, values, tab="campaigns")

    @http.route(f"{CAMPAIGNS}/<int:campaign_id>", **PAGE)
    def campaign(self, campaign_id, **_query):
        gate = Gate.enter()
        domain = gate.person.audience()
        campaign = gate.find("emulation.campaign", campaign_id, domain, PAGE_FIELDS)
        last_day = get_last_days(gate, campaign)[campaign.id]
        values = {"campaign": {**campaign_row(campaign, last_day), **campaign_page(campaign)}}
        values.update(registration_values(gate, campaign))
        crumbs = [(gate.env._("Emulation campaigns"), CAMPAIGNS)]
        return gate.render("hr_emulation.portal_campaign", campaign.name, values, crumbs, tab="campaigns")

    @http.route("/my/emulation/documents/<int:document_id>", **PAGE)
    def campaign_document(self, document_id, **_query):
        gate = Gate.enter()
        document = gate.find("emulation.campaign.document", document_id, Domain("state", "=", "issued"))
        gate.find("emulation.campaign", document.campaign_id.id, gate.person.audience())
        return download_attachment(document.document_attachment_id)

    @form_route(f"{CAMPAIGNS}/<int:campaign_id>/register", back=f"{CAMPAIGNS}/{{campaign_id}}")
    def register(self, campaign_id, **_form):
        gate = Gate.enter()
        campaign = gate.find("emulation.campaign", campaign_id, gate.person.audience())
        gate.throttle("register", limit=20)
        return gate.act(
            lambda: do_register(gate, campaign),
            gate.env._("You are registered."),
            f"{CAMPAIGNS}/{campaign.id}#registration",
            lambda: self.campaign(campaign_id),
        )

    @form_route("/my/emulation/registrations/<int:participation_id>/withdraw", back=CAMPAIGNS)
    def withdraw(self, participation_id, **_form):
        gate = Gate.enter()
        participation = gate.find("emulation.participation", participation_id, gate.person.own_or_led())
        gate.throttle("register", limit=20)
        return gate.act(
            participation.action_withdraw,
            gate.env._("The registration is withdrawn."),
            f"{CAMPAIGNS}/{participation.campaign_id.id}#registration",
        )


def get_filters(gate):
    running = Domain("state", "=", "launched")
    running &= Domain("date_end", "=", False) | Domain("date_end", ">=", gate.today)
    mine = Domain("participation_ids", "any", gate.person.own_or_led())
    return {
        "open": {"label": gate.env._("Running"), "domain": running},
        "mine": {"label": gate.env._("I take part"), "domain": mine},
        "ended": {"label": gate.env._("Ended"), "domain": ~running},
        "all": {"label": gate.env._("All"), "domain": Domain.TRUE},
    }


def get_rows(gate, campaigns):
    """Return what the list shows of each campaign, with the visitor's own registration."""
    domain = gate.person.own() & Domain("campaign_id", "in", campaigns.ids)
    own = gate.search("emulation.participation", domain, ["campaign_id", "state"])
    registered = {
        participation.campaign_id.id: {
            "state": participation.state,
            "state_name": word(participation, "state"),
        }
        for participation in own
    }
    days = get_last_days(gate, campaigns)
    return [
        {**campaign_row(campaign, days[campaign.id]), "mine": registered.get(campaign.id)}
        for campaign in campaigns
    ]
