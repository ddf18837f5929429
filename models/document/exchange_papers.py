"""What an exchange file says of a submission, of the answer to one and of a decision: plain values for the schema.

Dates as ISO texts, sums in đồng; what is empty is left out. Identity numbers are never in it.
"""

from odoo import fields

GRANTED = ("granted", "revoked")


def describe_submission(submission):
    """Return a sent submission with all its proposals, as its unit hands it to the superior."""
    lines = submission._get_ordered_lines()
    names = lines.commendation_id._get_printed_awards()
    return {
        "kind": "submission",
        "id": submission.verification_token,
        "to": submission.exchange_key_id.key_id,
        "number": submission._get_document_number(),
        "date": fields.Date.to_string(submission.issue_date),
        **_drop_empty(abstract=submission.abstract, addressee=submission.addressee),
        "lines": [_describe_proposal(line, names[line.commendation_id]) for line in lines],
    }


def _describe_proposal(line, award_name):
    proposal = line.commendation_id
    # sudo: hr.employee - year of birth and sex only, which the list of a submission asks for
    person = proposal.employee_id.sudo()
    return {
        "line": line.id,
        "subject": proposal.subject,
        "name": proposal._get_recipient_name(),
        "award": _describe_award(proposal, award_name),
        "type": proposal.commendation_type,
        **_drop_empty(
            unit=proposal.unit_name,
            position=proposal.position_name,
            birth_year=person.birthday and person.birthday.year,
            sex=person.sex,
            posthumous=proposal.is_posthumous,
            period_from=fields.Date.to_string(proposal.period_from),
            period_to=fields.Date.to_string(proposal.period_to),
            achieved_on=fields.Date.to_string(proposal.achieved_on),
            summary=proposal.summary,
            finding=proposal.finding_state,
            vote=_describe_vote(proposal),
        ),
    }


def _describe_vote(proposal):
    if not (proposal.vote_passed or proposal.vote_note):
        return None
    return {"passed": proposal.vote_passed, **_drop_empty(tally=proposal.vote_note)}


def describe_answer(received):
    """Return what was decided so far on a submission that another agency sent; what was revoked is said as granted,
    and by which decision it was taken back."""
    numbers = {line.commendation_id: line.line_number for line in received.line_ids if line.commendation_id}
    proposals = received.line_ids.commendation_id
    granted = proposals.filtered(lambda record: record.state in GRANTED and record.decision_id)
    refused = proposals.filtered(lambda record: record.state == "rejected")
    return {
        "kind": "answer",
        "submission": received.reference,
        "to": received.sender_id.key_id,
        "keys": _describe_keys(granted),
        "decisions": [
            describe_decided(decision, lines, numbers)
            for decision, lines in granted.grouped("decision_id").items()
        ],
        "refused": [{"line": numbers[record], "reason": record.reason} for record in refused],
    }


def describe_decision(decision):
    """Return an issued decision by itself."""
    lines = decision.commendation_ids
    return {"kind": "decision", "keys": _describe_keys(lines), "decision": describe_decided(decision, lines)}


def describe_decided(decision, lines, numbers=None):
    """Return number, date, issuer and signer of a decision, and these of its lines.

    :param dict numbers: {commendation: number of the proposal it answers}
    """
    names = lines._get_printed_awards()
    return {
        "number": decision._get_document_number(),
        "date": fields.Date.to_string(decision.issue_date),
        "issuer": _get_issuer(decision),
        # sudo: hr.employee - the name only, as printed under the decision
        **_drop_empty(signer=decision.signer_id.sudo().name, abstract=decision.abstract),
        "lines": [
            _drop_empty(line=(numbers or {}).get(record)) | _describe_granted(record, names[record])
            for record in lines
        ],
    }


def _describe_granted(record, award_name):
    return {
        "name": record._get_recipient_name(),
        "award": _describe_award(record, award_name),
        **_drop_empty(
            unit=record.unit_name,
            position=record.position_name,
            revoked=_describe_revocation(record),
            prize=int(record.prize_amount),
            certificate=_describe_certificate(_get_card(record)),
        ),
    }


def _describe_revocation(record):
    decision = record.revocation_decision_id
    if record.state != "revoked":
        return None
    # What a file says is Vietnamese, whoever writes it.
    reason = decision.with_context(lang="vi_VN")._get_revocation_reason()
    return {
        "number": decision._get_document_number(),
        "date": fields.Date.to_string(decision.issue_date),
        "issuer": _get_issuer(decision),
        "reason": reason or record.reason,
    }


def _get_issuer(decision):
    return decision.external_issuer or decision._get_issuer_name()


def _describe_award(record, name):
    return {"code": record.award_id.code, "name": name}


def _describe_certificate(card):
    return card and {"number": card.number, "code": card.payload, "address": card._get_qr_value()}


def _get_card(record):
    """Return the certificate in force; a code of version 1 is on old paper only."""
    return record.certificate_ids.filtered(lambda card: card.state == "issued" and card.payload.isdigit())[:1]


def _describe_keys(records):
    """Return every key the certificates are signed with, old ones too: the other agency may not know them."""
    cards = records.certificate_ids.browse().union(*map(_get_card, records))
    # sudo: emulation.signing.key - public halves only
    return [
        {"key": key.public_key, "agency": key.agency} for key in cards.sudo().signing_key_id if key.agency
    ]


def _drop_empty(**values):
    return {name: value for name, value in values.items() if value}
