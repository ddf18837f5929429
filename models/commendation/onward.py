"""Commendations put on the documents that come next: an agenda, a list for comments, a decision, a submission."""

from odoo import fields
from odoo.exceptions import UserError

from ..mixin.actions import open_form
from . import checks


def show_ratios(records):
    """Open own drafts of one award with their ratios; ticking rows asks "what if"."""
    drafts = records.filtered(lambda record: record.state == "draft")
    if len(drafts.award_id) != 1:
        raise UserError(records.env._("Choose drafts of one award."))
    wizard = records.env["emulation.propose"].create(
        {
            "source": "draft",
            "company_id": drafts[:1].company_id.id,
            "award_id": drafts.award_id.id,
            "period_to": drafts[:1].period_to,
            "line_ids": [
                fields.Command.create({"commendation_id": draft.id, "is_selected": True}) for draft in drafts
            ],
        }
    )
    return wizard._reopen()


def add_to_session(records):
    """Put the selected commendations on the agenda of a new session of the company's council."""
    _check_one_company(records)
    blocked = checks.cannot_be_tabled(records)
    able = records.filtered(lambda record: record.id not in blocked)
    if not able:
        raise UserError("\n".join(f"{record.display_name}: {blocked[record.id]}" for record in records))
    council = records.env["emulation.council"].search(
        [("company_id", "=", able.company_id.id), ("kind", "=", "emulation")], limit=1
    )
    if not council:
        raise UserError(
            records.env._("Set up the council of %(company)s first.", company=able.company_id.name)
        )
    return open_form(records.env["emulation.session"]._create_for(council, able))


def add_to_publication(records):
    """Put the selected commendations on a new list for comments."""
    _check_one_company(records)
    early = records.filtered(lambda record: record.state not in ("submitted", "endorsed", "appraised"))
    if early:
        raise UserError(
            records.env._(
                "Only proposals on their way are published: %(names)s.",
                names=", ".join(early.mapped("display_name")),
            )
        )
    return open_form(records.env["emulation.publication"]._create_for(records))


def add_to_decision(records, vals):
    _check_one_company(records)
    decision = records.env["emulation.decision"].create({"company_id": records.company_id.id, **vals})
    decision._do_add(records)
    return open_form(decision)


def add_to_submission(records):
    """Put the selected commendations on a new draft submission to a superior agency."""
    _check_one_company(records)
    submission = records.env["emulation.submission"].create(
        {
            "company_id": records.company_id.id,
            "abstract": "Về việc đề nghị khen thưởng",
            "line_ids": [fields.Command.create({"commendation_id": line.id}) for line in records],
        }
    )
    return open_form(submission)


def _check_one_company(records):
    if len(records.company_id) > 1:
        raise UserError(records.env._("Choose commendations of one company."))
