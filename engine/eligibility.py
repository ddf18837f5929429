"""Who may receive an award: facts about a candidate in, one finding for each requirement out.

Plain Python, no Odoo. A finding says **met**, **not met** or **needs review**, with the evidence and the
article. Two promises hold for every kind of requirement:

* missing data is never "not met": an award, a rating or an initiative that is not on record makes the finding
  "not met" only if the registers are complete for the years that count (``Facts.known_from``);
* a revoked award never counts, nor one given for a sudden achievement or a thematic campaign
  (Decree 152/2025/NĐ-CP, Article 4(3)).

A new requirement of an existing kind is a record. A new kind is one function in
``requirements_of_merit.py`` or ``requirements_of_order.py``.

Run the examples with ``python -m doctest engine/eligibility.py``.
"""

from dataclasses import dataclass

try:
    from . import facts as known
    from . import requirement_kinds as kinds
except ImportError:  # run alone
    import facts as known
    import requirement_kinds as kinds

# The words of this module, wherever they are defined.
AwardFact, BlockFact, RatingFact, AchievementFact, RestrictionFact = (
    known.AwardFact,
    known.BlockFact,
    known.RatingFact,
    known.AchievementFact,
    known.RestrictionFact,
)
Candidate, Facts, Requirement = known.Candidate, known.Facts, known.Requirement
KINDS, EXPLANATIONS = kinds.KINDS, kinds.EXPLANATIONS
MET, NEEDS_REVIEW, NOT_MET = kinds.MET, kinds.NEEDS_REVIEW, kinds.NOT_MET
_ORDER = {NOT_MET: 0, NEEDS_REVIEW: 1, MET: 2}


@dataclass(slots=True)
class Finding:
    """The answer to one requirement.

    :param decisive: False if another alternative of the group settles the matter
    :param confidential: only emulation officers may see it (discipline, open cases)
    """

    requirement: Requirement
    status: str
    reason: str
    values: dict
    grounds: tuple
    confidential: bool = False
    decisive: bool = True

    @property
    def evidence(self):
        """What the answer rests on, as texts."""
        return tuple(str(ground) for ground in self.grounds if ground)

    @property
    def blocks(self):
        return self.decisive and self.status == NOT_MET and self.requirement.severity == "block"

    @property
    def explanation(self):
        """The reason in English."""
        return EXPLANATIONS[self.reason] % self.values

    def as_dict(self):
        """Return a copy that can be stored as JSON."""
        rule = self.requirement
        return {
            "requirement": rule.key,
            "kind": rule.kind,
            "name": rule.name,
            "severity": rule.severity,
            "article": rule.article,
            "group": rule.group,
            "branch": rule.branch,
            "status": self.status,
            "reason": self.reason,
            "values": dict(self.values),
            "evidence": list(self.evidence),
            "confidential": self.confidential,
            "decisive": self.decisive,
            "blocks": self.blocks,
        }


def judge(candidate, requirements, facts):
    """Answer every requirement for one candidate.

    :param Candidate candidate: who, for what
    :param requirements: iterable of Requirement
    :param Facts facts: what is on record about the recipient
    :return: a Finding for each requirement that concerns the candidate's subject and kind of commendation,
        in their order
    :rtype: list[Finding]
    :raises KeyError: a requirement is of an unknown kind

    Grassroots Emulation Fighter: rated excellent *or* a recognised initiative (Law 06/2022/QH15, Article 23).

    >>> from datetime import date as Date
    >>> rules = [Requirement(1, "rating", rating="excellent", years=1, group="merit"),
    ...          Requirement(2, "initiative", reach="unit", years=1, group="merit")]
    >>> an = Candidate("employee", 7, "CSTDCS", Date(2026, 1, 1), Date(2026, 12, 31))
    >>> facts = Facts(ratings=[RatingFact(2026, "good")], achievements=[
    ...     AchievementFact("initiative", "unit", True, Date(2026, 6, 1), "Sổ tay điện tử")])
    >>> [(finding.status, finding.decisive) for finding in judge(an, rules, facts)]
    [('not_met', False), ('met', True)]
    >>> verdict(judge(an, rules, facts)), verdict(judge(an, rules, Facts()))
    ('met', 'needs_review')
    """
    findings = []
    for rule in requirements:
        if rule.subject in ("", candidate.subject) and rule.basis in ("", candidate.basis):
            answer = kinds.answer(rule, candidate, facts)
            findings.append(Finding(rule, *answer, KINDS[rule.kind].confidential))
    _settle_alternatives(findings)
    return findings


def _settle_alternatives(findings):
    """Mark the findings that a better alternative of their group makes irrelevant."""
    groups = {}
    for finding in findings:
        rule = finding.requirement
        if rule.group:
            branch = rule.branch or ("alone", rule.key)
            groups.setdefault(rule.group, {}).setdefault(branch, []).append(finding)
    for branches in groups.values():
        levels = {
            branch: min(_ORDER[finding.status] for finding in members) for branch, members in branches.items()
        }
        best = max(levels.values())
        for branch, members in branches.items():
            for finding in members:
                finding.decisive = levels[branch] == best


def verdict(findings):
    """Sum up findings: ``not_met`` if one blocks, ``needs_review`` if a person should look, else ``met``."""
    if any(finding.blocks for finding in findings):
        return NOT_MET
    doubtful = any(
        finding.decisive and finding.status != MET and finding.requirement.severity != "info"
        for finding in findings
    )
    return NEEDS_REVIEW if doubtful else MET


def unreachable(rules):
    """Find awards nobody could ever receive because they need one another.

    :param dict rules: award code -> iterable of Requirement
    :return: the codes in the order given
    :rtype: list[str]

    >>> needs = lambda *codes: [Requirement(codes, "prior_award", awards=frozenset(codes))]
    >>> rules = {"A": needs("B"), "B": needs("C"), "C": needs("A"), "D": []}
    >>> unreachable({**rules, "E": needs("D", "A"), "F": needs("X")})
    ['A', 'B', 'C']
    """
    reachable, growing = set(), True
    while growing:
        growing = False
        for award, requirements in rules.items():
            if award not in reachable and _can_be_reached(requirements, reachable, rules):
                reachable.add(award)
                growing = True
    return [award for award in rules if award not in reachable]


def _can_be_reached(requirements, reachable, rules):
    """Tell whether every group of requirements has a branch whose prior awards can be received."""
    groups = {}
    for rule in requirements:
        if rule.kind == "prior_award" and rule.severity == "block":
            possible = not rule.awards or any(
                award in reachable or award not in rules for award in rule.awards
            )
        else:
            possible = True
        branch = rule.branch or ("alone", rule.key)
        groups.setdefault(rule.group or branch, {}).setdefault(branch, []).append(possible)
    return all(any(all(branch) for branch in branches.values()) for branches in groups.values())
