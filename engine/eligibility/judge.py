"""The judgement: every requirement answered, alternatives settled, one verdict.

A finding says **met**, **not met** or **needs review**, with the evidence and the article. Two promises hold for
every kind of requirement:

* missing data is never "not met": an award, a rating or an initiative that is not on record makes the finding
  "not met" only if the registers are complete for the years that count (``Facts.misses``);
* a revoked award never counts, nor one of a kind the rule book does not count
  (Decree 152/2025/NĐ-CP, Article 4(3)).
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..reason import Reason
from . import kinds
from .facts import AchievementFact, Candidate, Facts, RatingFact, Requirement  # noqa: F401 (the examples)
from .kinds import MET, NEEDS_REVIEW, NOT_MET

_ORDER = {NOT_MET: 0, NEEDS_REVIEW: 1, MET: 2}


@dataclass(slots=True)
class Finding:
    """The answer to one requirement.

    :param decisive: False if another alternative of the group settles the matter
    :param confidential: only emulation officers may see it (discipline, open cases)
    """

    requirement: Requirement
    status: str
    reason: Reason
    grounds: tuple[Any, ...]
    confidential: bool = False
    decisive: bool = True

    @property
    def evidence(self) -> tuple[str, ...]:
        """What the answer rests on, as texts."""
        return tuple(str(ground) for ground in self.grounds if ground)

    @property
    def blocks(self) -> bool:
        """Whether it stops the candidate by itself."""
        return self.decisive and self.status == NOT_MET and self.requirement.severity == "block"

    def as_dict(self) -> dict[str, Any]:
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
            "reason": self.reason.code,
            "values": dict(self.reason.values),
            "evidence": list(self.evidence),
            "confidential": self.confidential,
            "decisive": self.decisive,
            "blocks": self.blocks,
        }


def judge(candidate: Candidate, requirements: Iterable[Requirement], facts: Facts) -> list[Finding]:
    """Answer every requirement for one candidate.

    :param candidate: who, for what
    :param facts: what is on record about the recipient
    :return: a Finding for each requirement that concerns the candidate's subject and kind of commendation,
        in their order
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
            findings.append(
                Finding(
                    rule, answer.status, answer.reason, answer.evidence, kinds.KINDS[rule.kind].confidential
                )
            )
    _settle_alternatives(findings)
    return findings


def _settle_alternatives(findings: Iterable[Finding]) -> None:
    """Mark the findings that a better alternative of their group makes irrelevant."""
    groups: dict[str, dict[Hashable, list[Finding]]] = {}
    for finding in findings:
        rule = finding.requirement
        if rule.group:
            groups.setdefault(rule.group, {}).setdefault(_get_branch(rule), []).append(finding)
    for branches in groups.values():
        levels = {
            branch: min(_ORDER[finding.status] for finding in members) for branch, members in branches.items()
        }
        best = max(levels.values())
        for branch, members in branches.items():
            for finding in members:
                finding.decisive = levels[branch] == best


def _get_branch(rule: Requirement) -> Hashable:
    """Return what the requirements of one alternative have in common; without a branch each stands alone."""
    return rule.branch or ("alone", rule.key)


def verdict(findings: Iterable[Finding]) -> str:
    """Sum up findings: ``not_met`` if one blocks, ``needs_review`` if a person should look, else ``met``."""
    findings = list(findings)
    if any(finding.blocks for finding in findings):
        return NOT_MET
    doubtful = any(
        finding.decisive and finding.status != MET and finding.requirement.severity != "info"
        for finding in findings
    )
    return NEEDS_REVIEW if doubtful else MET


def unreachable(rules: Mapping[str, Iterable[Requirement]]) -> list[str]:
    """Find awards nobody could ever receive because they need one another.

    :param rules: what each award, by its code, asks for
    :return: the codes in the order given

    >>> needs = lambda *codes: [Requirement(codes, "prior_award", awards=frozenset(codes))]
    >>> rules = {"A": needs("B"), "B": needs("C"), "C": needs("A"), "D": []}
    >>> unreachable({**rules, "E": needs("D", "A"), "F": needs("X")})
    ['A', 'B', 'C']
    """
    reachable: set[str] = set()
    growing = True
    while growing:
        growing = False
        for award, requirements in rules.items():
            if award not in reachable and _can_be_reached(requirements, reachable, rules):
                reachable.add(award)
                growing = True
    return [award for award in rules if award not in reachable]


def _can_be_reached(
    requirements: Iterable[Requirement], reachable: set[str], rules: Mapping[str, Iterable[Requirement]]
) -> bool:
    """Tell whether every group of requirements has a branch whose prior awards can be received."""
    groups: dict[Hashable, dict[Hashable, list[bool]]] = {}
    for rule in requirements:
        possible = True
        if rule.kind == "prior_award" and rule.severity == "block" and rule.awards:
            possible = any(award in reachable or award not in rules for award in rule.awards)
        branch = _get_branch(rule)
        groups.setdefault(rule.group or branch, {}).setdefault(branch, []).append(possible)
    return all(any(all(branch) for branch in branches.values()) for branches in groups.values())
