from odoo import fields, http
from odoo.fields import Domain
from odoo.http import request

from .files import download_attachment
from .gate import EmulationGate
from .texts import day, matches, paragraphs, points, word

LIST_FIELDS = ["name", "theme", "kind", "state", "date_start", "date_end", "registration_deadline"]


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
        search = search[:100]
        # Sudoed: portal users have no access rights; the audience domain limits what is found.
        campaigns = request.env["emulation.campaign"].sudo()
        if filterby not in filters:
            # Nobody asked: what runs, or everything where nothing runs.
            running = campaigns.search_count(person.audience() & filters["open"]["domain"], limit=1)
            filterby = "open" if running else "all"
        found = campaigns.search_fetch(person.audience() & filters[filterby]["domain"], LIST_FIELDS)
        if search:
            found = found.filtered(lambda campaign: matches(search, campaign.name, campaign.theme))
        pager = self._emulation_pager(
            "/my/emulation/campaigns", len(found), page, {"filterby": filterby, "search": search}
        )
        shown = found[pager["offset"] : pager["offset"] + self._emulation_items_per_page]
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
        campaign = self._emulation_find("emulation.campaign", campaign_id, person.audience())
        values = {"campaign": self._emulation_campaign_page(campaign)}
        values.update(self._emulation_registration_values(campaign, person))
        crumbs = [(request.env._("Emulation campaigns"), "/my/emulation/campaigns")]
        return self._emulation_render(
            "hr_emulation.portal_campaign", campaign.name, values, crumbs, tab="campaigns", person=person
        )

    def _emulation_campaign_page(self, campaign):
        today = fields.Date.context_today(request.env.user)
        return {
            **self._emulation_campaign_row(campaign, today),
            "purpose": paragraphs(campaign.purpose),
            "audience": paragraphs(campaign.audience),
            "contents": [
                {"name": content.name, "text": paragraphs(content.description)}
                for content in campaign.content_ids
            ],
            "occasions": [{"name": entry.name, "date": day(entry.date)} for entry in campaign.occasion_ids],
            "legal_bases": [
                " ".join(filter(None, [basis.name, basis.number])) for basis in campaign.legal_basis_ids
            ],
            "standing_unit": campaign.standing_unit_id.name or "",
            "awards": [line.award_id.name for line in campaign.award_line_ids],
            "sheets": self._emulation_campaign_sheets(campaign),
            "rounds": [
                {
                    "name": review.name,
                    "date_from": day(review.date_from),
                    "date_to": day(review.date_to),
                    "self_deadline": day(review.self_deadline),
                }
                for review in campaign.review_ids
            ],
            "document_number": campaign._get_document_number(),
            "document_date": day(campaign.issue_date),
            "has_document": bool(campaign.document_attachment_id),
        }

    def _emulation_campaign_sheets(self, campaign):
        """Return the criteria with their guidance, for people and for units."""
        sets = [
            (request.env._("Criteria for people"), campaign.individual_set_id),
            (request.env._("Criteria for units"), campaign.collective_set_id),
        ]
        return [
            {
                "title": title,
                "total": points(criterion_set.total_points),
                "criteria": [
                    {
                        "name": criterion.name,
                        "code": criterion.code or "",
                        "is_group": criterion.kind == "group",
                        "kind": word(criterion, "kind"),
                        "guidance": criterion.guidance or "",
                        "max_points": points(criterion.max_points),
                        "evidence": criterion.evidence_required,
                    }
                    for criterion in criterion_set.criterion_ids
                ],
                "grades": [
                    {"name": grade.name, "from": points(grade.min_points)}
                    for grade in criterion_set.grade_ids
                ],
            }
            for title, criterion_set in sets
            if criterion_set
        ]

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
