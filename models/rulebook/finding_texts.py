"""Findings of ``engine.eligibility`` as sentences in the user's language."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# The same English as engine.requirement_kinds.EXPLANATIONS (a test compares them), written again so that
# translators find it.
TEXTS = {
    "enough": _lt("%(found)s on record, %(needed)s needed."),
    "pending": _lt("%(found)s on record, %(needed)s needed; %(pending)s more not decided yet."),
    "unknown": _lt("%(found)s on record, %(needed)s needed; the registers may lack earlier years."),
    "too_few": _lt("Only %(found)s on record, %(needed)s needed."),
    "no_period": _lt("The achievement period is not filled in."),
    "share": _lt("%(found)s of %(total)s members; %(needed)s needed."),
    "share_open": _lt("%(found)s of %(total)s members, %(pending)s not known yet; %(needed)s needed."),
    "no_members": _lt("No member of the collective is on record."),
    "clean": _lt("None on record."),
    "discipline": _lt("%(found)s on record in the period."),
    "discipline_level": _lt("%(found)s on record in the period, its level is not filled in."),
    "restricted": _lt("%(found)s still open."),
    "duration": _lt("%(found)s months, %(needed)s needed."),
    "too_old": _lt("It ended %(found)s months ago; %(needed)s at most."),
    "no_campaign": _lt("No campaign, or its dates are not filled in."),
    "no_service": _lt("The first working day is not filled in."),
    "no_previous": _lt("No previous award on record."),
    "no_previous_period": _lt("The previous award has neither a period nor a date."),
    "quota": _lt("%(found)s proposed, %(needed)s at most."),
    "no_quota": _lt("The group the quota is counted on is not known."),
    "first_time": _lt("Not given before for this period."),
    "duplicate": _lt("Already given for this period."),
    "duplicate_pending": _lt("Already proposed for this period."),
    "registered": _lt("Registered."),
    "not_registered": _lt("Not registered."),
    "no_registration": _lt("Whether the candidate registered is not known."),
    "leads_block": _lt("Acclaimed leader."),
    "not_leader": _lt("Another member was acclaimed leader."),
    "leader_open": _lt("The leader is not acclaimed yet."),
    "no_block": _lt("No cluster or block of that year is on record."),
    "judgement": _lt("A person must judge."),
}


def describe_findings(env, findings):
    """Return findings as texts, a dictionary each.

    :param findings: Finding objects or the dictionaries ``Finding.as_dict`` stored
    :rtype: list[dict]
    """
    stored = [finding if isinstance(finding, dict) else finding.as_dict() for finding in findings]
    # Sudoed: the wording of a requirement is public, its company's book may not be readable.
    requirements = (
        env["emulation.requirement"].sudo().browse(finding["requirement"] for finding in stored).exists()
    )
    names = {requirement.id: requirement.name for requirement in requirements}
    return [_describe(env, finding, names) for finding in stored]


def _describe(env, finding, names):
    kept = ("status", "article", "severity", "blocks", "decisive", "confidential")
    text = env._(TEXTS[finding["reason"]])  # a lazy text takes no values of its own
    return {
        "name": names.get(finding["requirement"], finding["name"]),
        "text": text % finding["values"],
        "evidence": _translate_evidence(env, finding),
        **{key: finding[key] for key in kept},
    }


def _translate_evidence(env, stored):
    """Return the evidence as one line; ratings are stored by their code."""
    evidence = ", ".join(filter(None, stored["evidence"]))
    if stored["kind"] == "rating":
        for code, label in env["emulation.rating"]._fields["rating"]._description_selection(env):
            evidence = evidence.replace(f": {code}", f": {label}")
    return evidence
