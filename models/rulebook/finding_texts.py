"""Findings of ``engine.eligibility`` as sentences in the user's language."""

from ...engine.reason import Reason
from ..mixin.labels import get_labels
from ..mixin.reason import tell


def describe_findings(env, findings):
    """Return findings as texts, a dictionary each.

    :param findings: Finding objects or the dictionaries ``Finding.as_dict`` stored
    :rtype: list[dict]
    """
    stored = [finding if isinstance(finding, dict) else finding.as_dict() for finding in findings]
    # sudo: emulation.requirement - its wording is public; its company's book may not be readable
    requirements = (
        env["emulation.requirement"].sudo().browse(finding["requirement"] for finding in stored).exists()
    )
    names = {requirement.id: requirement.name for requirement in requirements}
    return [_describe(env, finding, names) for finding in stored]


def _describe(env, finding, names):
    kept = ("status", "article", "severity", "blocks", "decisive", "confidential")
    return {
        "name": names.get(finding["requirement"], finding["name"]),
        "text": tell(env, Reason(finding["reason"], finding["values"])),
        "evidence": _translate_evidence(env, finding),
        **{key: finding[key] for key in kept},
    }


def _translate_evidence(env, stored):
    """Return the evidence as one line; ratings are stored by their code."""
    evidence = ", ".join(filter(None, stored["evidence"]))
    if stored["kind"] == "rating":
        for code, label in get_labels(env["emulation.rating"], "rating").items():
            evidence = evidence.replace(f": {code}", f": {label}")
    return evidence
