"""Registering in a campaign, with titles and a pledge, for oneself or for the unit one heads."""

from odoo.exceptions import UserError
from odoo.fields import Domain

from .texts import day, days_left, word

REGISTRATION_FIELDS = [
    *("recipient_key", "recipient_name", "recipient_type", "employee_id", "department_id", "partner_id"),
    *("state", "award_ids", "pledge", "leaving_reason", "refusal_reason", "submitted_on", "company_id"),
]


def registration_values(gate, campaign):
    """Return what the page of a campaign says about the visitor's registrations, and whom the form offers."""
    domain = gate.person.own_or_led() & Domain("campaign_id", "=", campaign.id)
    found = gate.search("emulation.participation", domain, REGISTRATION_FIELDS)
    found.company_id.fetch(["emulation_registration_days"])
    taken = {participation.recipient_key for participation in found if participation.state != "withdrawn"}
    free = [entry for entry in get_open_recipients(gate, campaign) if entry["key"] not in taken]
    return {
        "registrations": [registration_row(participation, gate.today) for participation in found],
        "recipients": free,
        "may_register": bool(free),
    }


def get_last_days(gate, campaigns):
    """Return {campaign id: the last day to register}, the days granted to units of who looks counted."""
    units = gate.records("hr.department").browse(gate.person.unit_ids + gate.person.led_ids)
    return campaigns._get_registration_days(units)


def get_open_recipients(gate, campaign):
    """Return whom this person may register today: all, or those to whose unit a later day was granted."""
    entries = get_recipients(gate, campaign)
    if not campaign._get_registration_closed_reason():
        return entries
    units = {entry["key"]: get_unit(gate, entry["key"]) for entry in entries}
    open_units = campaign._get_open_units(gate.records("hr.department").union(*units.values()))
    return [entry for entry in entries if units[entry["key"]] & open_units]


def get_unit(gate, key):
    """Return the unit of a recipient: itself, or where the employee works."""
    kind, _colon, record_id = key.partition(":")
    recipient = gate.records(f"hr.{kind}").browse(int(record_id))
    return recipient if kind == "department" else recipient.department_id


def get_recipients(gate, campaign):
    """Return who this person may register in the campaign: itself and the units it heads."""
    person, company, found = gate.person, campaign.company_id.id, []
    if campaign.individual_set_id or not campaign.collective_set_id:
        found += [
            {"key": f"employee:{employee}", "name": name}
            for employee, name, employer in person.employees
            if employer == company
        ]
    if campaign.collective_set_id and person.led_ids:
        units = gate.search(
            "hr.department", Domain("id", "in", person.led_ids) & Domain("company_id", "=", company), ["name"]
        )
        found += [{"key": f"department:{unit.id}", "name": unit.name} for unit in units]
    return found


def registration_row(participation, today):
    return {
        "id": participation.id,
        "name": participation._get_recipient_name(),
        "state": participation.state,
        "state_name": word(participation, "state"),
        "awards": ", ".join(participation.award_ids.mapped("name")),
        "pledge": participation.pledge or "",
        "reason": participation.leaving_reason or participation.refusal_reason or "",
        "answer_by": day(participation.answer_by),
        "days_left": days_left(participation.answer_by, today),
        "may_withdraw": participation.state in ("draft", "submitted"),
    }


def do_register(gate, campaign):
    form = gate.form
    allowed = {entry["key"] for entry in get_recipients(gate, campaign)}
    recipient = form.choice("recipient", allowed)
    pledge, awards = form.text("pledge", 2000), form.ids("award")
    form.check()
    if not recipient:
        raise UserError(gate.env._("You cannot register this person or unit."))
    kind, _colon, record_id = recipient.partition(":")
    values = {"recipient_type": kind, f"{kind}_id": int(record_id)}
    participations = gate.records("emulation.participation").with_company(campaign.company_id)
    participation = participations._find_or_register(campaign, values, awards, pledge)
    if participation.state == "withdrawn":
        participation._write_protected({"state": "draft"})
    if participation.state in ("draft", "refused"):
        offered = campaign.award_line_ids.award_id.ids
        chosen = [award for award in awards if award in offered]
        participation.write({"pledge": pledge, "award_ids": [(6, 0, chosen)]})
    participation.action_submit()
