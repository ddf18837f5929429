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
    able = _keep_able(records, blocked)
    council = records.env["emulation.council"].search(
        [("company_id", "=", able.company_id.id), ("kind", "=", "emulation")], limit=1
    )
    if not council:
        raise UserError(
            records.env._("Set up the council of %(company)s first.", company=able.company_id.name)
        )
    return _report(records.env["emulation.session"]._create_for(council, able), able, blocked)


def add_to_publication(records):
    """Put the selected commendations on a new list for comments."""
    _check_one_company(records)
    on_their_way = ("submitted", "endorsed", "appraised")
    reason = records.env._("Only proposals on their way are published.")
    blocked = {record.id: reason for record in records if record.state not in on_their_way}
    able = _keep_able(records, blocked)
    return _report(records.env["emulation.publication"]._create_for(able), able, blocked)


def add_to_decision(records, vals):
    _check_one_company(records)
    decision = records.env["emulation.decision"].create({"company_id": records.company_id.id, **vals})
    blocked = decision._get_line_reasons(records, adding=True)
    able = _keep_able(records, blocked)
    decision._do_add(able)
    return _report(decision, able, blocked)


def add_to_submission(records):
    """Put the selected commendations on a new draft submission to a superior agency."""
    _check_one_company(records)
    # What else forwarding asks for, a vote for example, may still come: it is asked when the submission is sent.
    possible = records._get_verb("forward").source
    blocked = {
        record.id: record._get_wrong_state_text() for record in records if record.state not in possible
    }
    able = _keep_able(records, blocked)
    submission = records.env["emulation.submission"].create(
        {
            "company_id": records.company_id.id,
            "abstract": "Về việc đề nghị khen thưởng",
            "line_ids": [fields.Command.create({"commendation_id": line.id}) for line in able],
        }
    )
    return _report(submission, able, blocked)


def _check_one_company(records):
    if len(records.company_id) > 1:
        raise UserError(records.env._("Choose commendations of one company."))


def _keep_able(records, blocked):
    """Return those that nothing stops.

    :param dict blocked: {id: reason}
    :raises UserError: there is none; each is named
    """
    able = records.filtered(lambda record: record.id not in blocked)
    if not able:
        raise UserError("\n".join(f"{record.display_name}: {blocked[record.id]}" for record in records))
    return able


def _report(document, able, blocked):
    """Open the new document; where some could not be put on it, say first which and why."""
    if not blocked:
        return open_form(document)
    skipped = able.browse(blocked)
    return able.env["emulation.bulk.result"]._open(able, skipped, blocked, document)
