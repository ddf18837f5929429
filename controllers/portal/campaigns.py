from odoo import fields, http
from odoo.fields import Domain
from odoo.http import request

from .files import download_attachment
from .gate import EmulationGate
from .texts import day, found_by, typed, word

LIST_FIELDS = ["name", "theme", "kind", "state", "date_start", "date_end", "registration_deadline"]
PAGE_FIELDS = [
    *LIST_FIELDS,
    *("company_id", "registration_grace_days", "individual_set_id", "collective_set_id"),
]


class EmulationCampaigns(EmulationGate):
    """Campaigns: the list, the page, the launch document."""

    @http.route(
        ["/my/emulation/campaigns", "/my/emulation/campaigns/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def emulation_campaigns(self, page=1, filterby="", search="", **_query):
        person = self._emulation_person()
        filters = self._emulation_campaign_filters(person)
        search = typed(search, 100)
        # Sudoed: portal users have no access rights; the audience domain limits what is found.
        campaigns = request.env["emulation.campaign"].sudo()
        domain = person.audience() & found_by(search)
        wanted = filterby if filterby in filters else "open"
        found = campaigns.search(domain & filters[wanted]["domain"])  # ids only
        if not found and filterby not in filters:
            # Nobody asked for what runs, and nothing runs: show everything.
            wanted, found = "all", campaigns.search(domain)
        filterby = wanted
        pager = self._emulation_pager(
            "/my/emulation/campaigns", len(found), page, {"filterby": filterby, "search": search}
        )
        shown = found[pager["offset"] : pager["offset"] + self._emulation_items_per_page]
        shown.fetch(LIST_FIELDS)
        values = {
            "campaigns": self._emulation_campaign_rows(shown, person),
            "filters": [(name, entry["label"]) for name, entry in filters.items()],
            "filterby": filterby,
            "search": search,
            "pager": pager,
        }
        title = request.env._("Emulation campaigns")
        return self._emulation_render(
            "hr_emulation.portal_campaigns", title, values, tab="campaigns", person=person
        )

    def _emulation_campaign_filters(self, person):
        today = fields.Date.context_today(request.env.user)
        running = Domain("state", "=", "launched")
        running &= Domain("date_end", "=", False) | Domain("date_end", ">=", today)
        mine = Domain("participation_ids", "any", person.own_or_led())
        return {
            "open": {"label": request.env._("Running"), "domain": running},
            "mine": {"label": request.env._("I take part"), "domain": mine},
            "ended": {"label": request.env._("Ended"), "domain": ~running},
            "all": {"label": request.env._("All"), "domain": Domain.TRUE},
        }

    def _emulation_campaign_rows(self, campaigns, person):
        """Return what the list shows of each campaign, with the visitor's own registration."""
        own = (
            request.env["emulation.participation"]
            .sudo()
            .search_fetch(person.own() & Domain("campaign_id", "in", campaigns.ids), ["campaign_id", "state"])
        )
        registered = {participation.campaign_id.id: participation for participation in own}
        today = fields.Date.context_today(request.env.user)
        return [
            {
                **self._emulation_campaign_row(campaign, today),
                "mine": self._emulation_mine(registered.get(campaign.id)),
            }
            for campaign in campaigns
        ]

    def _emulation_campaign_row(self, campaign, today):
        deadline = campaign.registration_deadline or campaign.date_end
        return {
            "id": campaign.id,
            "url": f"/my/emulation/campaigns/{campaign.id}",
            "name": campaign.name,
            "theme": campaign.theme or "",
            "kind": word(campaign, "kind"),
            "state": campaign.state,
            "state_name": word(campaign, "state"),
            "date_start": day(campaign.date_start),
            "date_end": day(campaign.date_end),
            "deadline": day(deadline),
            "days_left": (deadline - today).days if deadline and deadline >= today else None,
            "is_open": campaign.state == "launched" and (not deadline or deadline >= today),
        }

    def _emulation_mine(self, participation):
        if not participation:
            return None
        return {"state": participation.state, "state_name": word(participation, "state")}

    @http.route(
        "/my/emulation/campaigns/<int:campaign_id>", type="http", auth="user", website=True, readonly=True
    )
    def emulation_campaign(self, campaign_id, **_query):
        person = self._emulation_person()
        campaign = self._emulation_find("emulation.campaign", campaign_id, person.audience(), PAGE_FIELDS)
        values = {"campaign": self._emulation_campaign_page(campaign)}
        values.update(self._emulation_registration_values(campaign, person))
        crumbs = [(request.env._("Emulation campaigns"), "/my/emulation/campaigns")]
        return self._emulation_render(
            "hr_emulation.portal_campaign", campaign.name, values, crumbs, tab="campaigns", person=person
        )

    def _emulation_campaign_page(self, campaign):
        today = fields.Date.context_today(request.env.user)
        return {**self._emulation_campaign_row(campaign, today), **campaign._get_portal_page()}

    def _emulation_registration_values(self, campaign, person):
        """What the page says about the visitor's registration; the registration door adds the form."""
        return {"registrations": []}

    @http.route(
        "/my/emulation/campaigns/<int:campaign_id>/document",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def emulation_campaign_document(self, campaign_id, **_query):
        person = self._emulation_person()
        campaign = self._emulation_find("emulation.campaign", campaign_id, person.audience())
        return download_attachment(campaign.document_attachment_id)
