"""The unit's yes: who can give it, and where nobody can."""

from odoo.fields import Domain


def has_head(commendations):
    """Return {id: whether somebody in office, not the recipient, can endorse it now}; flat in units and records."""
    # sudo: emulation.commendation, units and users - only yes or no leaves
    return {key: bool(users) for key, users in commendations.sudo()._get_acting_heads().items()}


def get_waiting_domain():
    """Return the domain of what the unit is asked for."""
    return Domain("state", "=", "submitted") & Domain("needs_endorsement", "=", True)


def find_headless(env):
    """Return the submitted proposals whose endorsement nobody in office can give: the officer goes on."""
    # sudo: emulation.commendation - ids only; the record rules of the list apply where they are used.
    records = env["emulation.commendation"].sudo()
    names = ["unit_id", "company_id", "employee_id", "department_id"]
    able = has_head(records.search_fetch(get_waiting_domain(), names))
    return records.browse(key for key, is_able in able.items() if not is_able)


def is_needed(commendations):
    """Return {id: whether a head must endorse}: the rule asks for it and somebody in office can do it."""
    able = has_head(commendations)
    rules = commendations.env["emulation.award.rule"]._get_of(commendations)
    return {
        record.id: able[record.id] and (rule.needs_endorsement if rule else True)
        for record, rule in rules.items()
    }
