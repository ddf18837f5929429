from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from .campaigns import EmulationCampaigns
from .texts import typed, word


class EmulationRegistrations(EmulationCampaigns):
    """Register in a campaign with titles and a pledge, for oneself or for the unit one heads; withdraw."""

    def _emulation_registration_values(self, campaign, person):
        values = super()._emulation_registration_values(campaign, person)
        # Sudoed: limited to the visitor's own registration and that of units the visitor heads.
        found = (
            request.env["emulation.participation"]
            .sudo()
            .search(person.own_or_led() & Domain("campaign_id", "=", campaign.id))
        )
        taken = {participation.recipient_key for participation in found if participation.state != "withdrawn"}
        free = [entry for entry in self._emulation_recipients(campaign, person) if entry["key"] not in taken]
        is_open = self._emulation_campaign_is_open(campaign)
        values.update(
            registrations=[self._emulation_registration(participation) for participation in found],
            recipients=free,
            may_register=bool(free) and is_open,
        )
        return values

    def _emulation_recipients(self, campaign, person):
        """Return who this person may register in the campaign: itself and the units it heads."""
        found = []
        if campaign.individual_set_id or not campaign.collective_set_id:
            found += [
                {"key": f"employee:{employee}", "name": name}
                for employee, name, company in person.employees
                if company == campaign.company_id.id
            ]
        if campaign.collective_set_id and person.led_ids:
            # Sudoed: names of the units the person heads, within the campaign's company.
            domain = Domain("id", "in", person.led_ids) & Domain("company_id", "=", campaign.company_id.id)
            units = request.env["hr.department"].sudo().search_fetch(domain, ["name"])
            found += [{"key": f"department:{unit.id}", "name": unit.name} for unit in units]
        return found

    def _emulation_campaign_is_open(self, campaign):
        return not campaign._get_registration_closed_reason()

    def _emulation_registration(self, participation):
        return {
            "id": participation.id,
            "name": participation._get_recipient_name(),
            "state": participation.state,
            "state_name": word(participation, "state"),
            "awards": ", ".join(participation.award_ids.mapped("name")),
            "pledge": participation.pledge or "",
            "reason": participation.refusal_reason or "",
            "may_withdraw": participation.state in ("draft", "submitted"),
        }

    @http.route(
        "/my/emulation/campaigns/<int:campaign_id>/register",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def emulation_register(self, campaign_id, recipient="", pledge="", **_form):
        person = self._emulation_person()
        campaign = self._emulation_find("emulation.campaign", campaign_id, person.audience())
        self._emulation_throttle("register", limit=20)
        awards = [int(value) for value in request.httprequest.form.getlist("award") if value.isdigit()]
        return self._emulation_act(
            f"/my/emulation/campaigns/{campaign.id}#registration",
            request.env._("You are registered."),
            lambda: self._emulation_do_register(campaign, person, recipient, awards, typed(pledge, 2000)),
        )

    def _emulation_do_register(self, campaign, person, recipient, awards, pledge):
        allowed = {entry["key"] for entry in self._emulation_recipients(campaign, person)}
        if recipient not in allowed:
            raise UserError(request.env._("You cannot register this person or unit."))
        kind, _colon, record_id = recipient.partition(":")
        values = {"recipient_type": kind, f"{kind}_id": int(record_id)}
        # Sudoed: portal users have no access rights; recipient and campaign have passed the gate.
        participations = request.env["emulation.participation"].sudo().with_company(campaign.company_id)
        participation = participations._find_or_register(campaign, values, awards, pledge)
        if participation.state == "withdrawn":
            participation._write_protected({"state": "draft"})
        if participation.state in ("draft", "refused"):
            offered = campaign.award_line_ids.award_id.ids
            chosen = [award for award in awards if award in offered]
            participation.write({"pledge": pledge, "award_ids": [(6, 0, chosen)]})
        participation.action_submit()

    @http.route(
        "/my/emulation/registrations/<int:participation_id>/withdraw",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def emulation_withdraw(self, participation_id, **_form):
        person = self._emulation_person()
        participation = self._emulation_find("emulation.participation", participation_id, person.own_or_led())
        self._emulation_throttle("register", limit=20)
        return self._emulation_act(
            f"/my/emulation/campaigns/{participation.campaign_id.id}#registration",
            request.env._("The registration is withdrawn."),
            participation.action_withdraw,
        )
