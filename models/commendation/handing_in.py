"""What is fixed when a proposal is handed in: the day of receipt, the rule book, the names, the day to decide by."""

from odoo import fields


def receive(commendations):
    """Note the day of receipt, once, and take the rule book of that day with its papers.

    Handed in again after it was returned, a dossier keeps its first day.
    """
    today = fields.Date.context_today(commendations)
    fresh = commendations.filtered(lambda record: not record.received_on)
    # sudo: emulation.commendation - set by the verb, not typed
    fresh.sudo()._write_protected({"received_on": today})
    commendations.env["emulation.commendation.paper"]._follow_rules(commendations)


def freeze_names(commendations):
    """Freeze name, unit and post at the end of the achievement period; the unit that acts is today's."""
    # sudo: emulation.commendation - the verb freezes what nobody types
    commendations.sudo()._with_seal()._compute_unit_id()
    for day, records in commendations.grouped(lambda record: record.period_to).items():
        # sudo: emulation.commendation - as above
        records.sudo()._with_seal()._take_snapshot(day)


def set_deadlines(commendations):
    """Note by when each is to be decided; a step for which the agency sets no days sets no deadline."""
    # sudo: emulation.commendation, res.company - settings of the agency; set by the verb, not typed
    records = commendations.sudo()
    records._store_rows(["deadline"], [(record.id, _get_target_day(record)) for record in records])


def _get_target_day(record):
    """Return the day: ad hoc from the achievement, the others from the receipt through all steps to come."""
    company = record.company_id
    if record.commendation_type == "ad_hoc":
        return fields.Date.add(record.achieved_on, days=company.emulation_ad_hoc_days)
    days = [company.emulation_appraise_days, company.emulation_decide_days]
    days += [company.emulation_endorse_days] if record.needs_endorsement else []
    return fields.Date.add(record.received_on, days=sum(days)) if all(days) else None
