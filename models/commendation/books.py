"""Which rule book a commendation goes by, and why: the day the dossier is received decides (Decree 152/2025/NĐ-CP,
Article 60(3))."""

from odoo import fields
from odoo.tools import format_date


def choose(records):
    """The day of receipt decides, not the achievement period; what an officer chose stays."""
    today = fields.Date.context_today(records)
    open_ones = records.filtered(lambda record: not record.rulebook_reason)
    wanted = {
        record: (record.company_id, record.received_on or today, record.award_id) for record in open_ones
    }
    chosen = records.env["emulation.rulebook"]._choose_many(wanted.values())
    for record in records:
        if record not in wanted:
            record.rulebook_id = record.rulebook_id
            continue
        # sudo: emulation.rulebook - the book of a campaign holds for everybody in it
        own = record.campaign_id.sudo().rulebook_id
        # the superior's campaign may go by a book the superior keeps for itself
        is_ours = not own.company_id or own.company_id == record.company_id
        takes_own = is_ours and own.state == "active" and own._covers(wanted[record][1])
        record.rulebook_id = own if takes_own else chosen[wanted[record]]


def describe_basis(record):
    """Say in a sentence why the rule book is the one it is."""
    record.ensure_one()
    book = record.rulebook_id.sudo()  # sudo: emulation.rulebook - the law is the same for everybody
    if record.rulebook_reason:
        return record.env._("Chosen by an officer: %(reason)s", reason=record.rulebook_reason)
    if not book:
        return record.env._("No rule book covers this day.")
    if not record.received_on:
        return record.env._("In force today; the day the dossier is received decides.")
    day = format_date(record.env, record.received_on)
    later = find_later(record)
    if later:
        return record.env._(
            "In force on %(day)s, the day of receipt. %(later)s came into force since: where its rule is more"
            " favourable, it applies.",
            day=day,
            later=later.code,
        )
    # sudo: emulation.campaign - only which rule book it goes by
    if book == record.campaign_id.sudo().rulebook_id:
        return record.env._("Chosen for the campaign, and in force on %(day)s, the day of receipt.", day=day)
    return record.env._("In force on %(day)s, the day of receipt.", day=day)


def find_later(record):
    """Return the book in force today, if the dossier is judged by the one before an amendment of the law."""
    key = (record.company_id, fields.Date.context_today(record), record.award_id)
    # sudo: emulation.rulebook - the law is the same for everybody
    today = record.env["emulation.rulebook"]._choose_many([key])[key].sudo()
    # sudo: emulation.rulebook - the law is the same for everybody
    amended = today.legal_document_ids.filtered("amends_id") - record.rulebook_id.sudo().legal_document_ids
    return today if today != record.rulebook_id and amended else today.browse()


def warn(records):
    """Say how many of the lines a proposal rests on nobody has compared with the amended law yet."""
    rules = records.env["emulation.award.rule"]._get_of(records)
    for record in records:
        lines = rules[record].with_company(record.company_id)._get_lines_for(record)
        doubtful = lines.filtered(lambda line: line.needs_confirmation and line.confidence == "uncompared")
        # sudo: emulation.rulebook - the name of the book only
        record.rulebook_warning = bool(doubtful) and records.env._(
            "This proposal rests on %(book)s: %(count)s of its lines are not yet compared with the amended law."
            "%(doubts)s",
            book=record.rulebook_id.sudo().code,
            count=len(doubtful),
            doubts="".join(
                f" {doubt}" for doubt in dict.fromkeys(doubtful.filtered("doubt").mapped("doubt"))
            ),
        )


def refresh(records):
    """A draft goes by today's rule book: take it anew where another came into force meanwhile."""
    stale = records.filtered(lambda record: record.state == "draft" and not record.received_on)
    # sudo: emulation.commendation - the book follows from the day
    stale.sudo()._with_seal()._compute_rulebook_id()
    records.env["emulation.commendation.paper"]._follow_rules(stale)


def change(record, book, received_on, reason):
    """Judge by another book or another day of receipt, for a reason that stays on record.

    :param book: the book to go by; the one of the day of receipt clears an earlier choice
    :param datetime.date received_on: the day the dossier was received
    """
    record.ensure_one().lock_for_update()
    # sudo: emulation.rulebook - the name of the book only
    before = record.rulebook_id.sudo().code or "–"
    # sudo: emulation.commendation - the officer's choice, checked by the dialog
    stored = record.sudo()
    stored._write_protected({"received_on": received_on, "rulebook_reason": False})
    if stored.rulebook_id != book:
        stored._write_protected({"rulebook_id": book.id, "rulebook_reason": reason})
    record.env["emulation.commendation.paper"]._follow_rules(record)
    note = record.env._(
        "Rule book: %(before)s → %(after)s. %(reason)s",
        before=before,
        after=book.code or "–",
        reason=reason,
    )
    record.message_post(body=note)
    record.env["emulation.appraisal"]._judge(record)
