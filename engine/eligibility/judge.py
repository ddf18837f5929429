"""The judgement: every requirement answered, alternatives settled, one verdict.

A finding says **met**, **not met** or **needs review**, with the evidence and the article. Two promises hold for
every kind of requirement:

* missing data is never "not met": an award, a rating or an initiative that is not on record makes the finding
  "not met" only if the registers are complete for the years that count (``Facts.misses``);
* a revoked award never counts, nor one of a kind the rule book does not count
  (Decree 152/2025/NĐ-CP, Article 4(3)).
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date as Date

from ..reason import Reason
from . import kinds
from .facts import (
    AchievementFact,  # noqa: F401 (the examples)
    AwardFact,
    Candidate,
    Facts,
    RatingFact,  # noqa: F401 (the examples)
    Requirement,
)
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
    grounds: tuple[object, ...]
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

    def as_dict(self) -> dict[str, object]:
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
            "doubt": rule.doubt,
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
    rules = [
        rule
        for rule in requirements
        if rule.subject in ("", candidate.subject) and rule.basis in ("", candidate.basis)
    ]
    if facts.restrictions:
        candidate = replace(candidate, clean_from=kinds.find_clean_day(candidate, facts))
    bases = {
        codes: _find_bases(codes, rules, candidate, facts)
        for codes in {rule.since for rule in rules if rule.since}
    }
    last = {codes: found[0] for codes, found in bases.items() if found}
    findings = _answer(rules, replace(candidate, bases=last) if last else candidate, facts)
    for codes, found in bases.items():
        if found:
            _weigh_starts(findings, codes, [*found[1:], None], last, candidate, facts)
    _settle_alternatives(findings)
    return findings


def _answer(rules: Iterable[Requirement], candidate: Candidate, facts: Facts) -> list[Finding]:
    """Answer each requirement by itself. An answer that rests on a text of the law in doubt is for a person."""
    findings = []
    for rule in rules:
        answer = kinds.answer(rule, candidate, facts)
        status = NEEDS_REVIEW if rule.doubt else answer.status
        secret = kinds.KINDS[rule.kind].confidential
        findings.append(Finding(rule, status, answer.reason, answer.evidence, secret))
    return findings


def _find_bases(
    codes: frozenset[str], rules: Iterable[Requirement], candidate: Candidate, facts: Facts
) -> list[AwardFact]:
    """Return the awards that time may run from, the last one first; none if the day of one is not known."""
    rule = next(rule for rule in rules if rule.since == codes)
    held = [
        award
        for award in facts.awards
        if award.status == "granted" and kinds.holds(award, rule, candidate, codes)
    ]
    end = candidate.end or Date.max
    if any(award.until is None for award in held):
        return []
    in_time = [award for award in held if (award.until or Date.max) <= end]
    return sorted(in_time, key=lambda award: award.until or Date.min, reverse=True)


def _weigh_starts(
    findings: list[Finding],
    codes: frozenset[str],
    starts: Iterable[AwardFact | None],
    bases: Mapping[frozenset[str], AwardFact],
    candidate: Candidate,
    facts: Facts,
) -> None:
    """Look at the same requirements from an earlier start, where their reading of the law allows one.

    :param starts: the earlier awards, the latest first; None: no start at all, the whole time
    """
    places = [place for place, finding in enumerate(findings) if _runs_from(finding.requirement, codes)]
    if all(findings[place].requirement.since_reading == "last" for place in places):
        return
    best = [findings[place] for place in places]
    for start in starts:
        rules = [finding.requirement for finding in best]
        if start is None:
            rules = [replace(rule, since=frozenset()) for rule in rules]
        other = (
            {**bases, codes: start} if start else {key: base for key, base in bases.items() if key != codes}
        )
        found = _answer(rules, replace(candidate, bases=other), facts)
        _settle_alternatives(found)
        if start and all(finding.requirement.since_reading == "any" for finding in best):
            best = max(best, found, key=_rank)
        else:
            best = [_doubt(one, two) for one, two in zip(best, found, strict=True)]
    for place, finding in zip(places, best, strict=True):
        findings[place] = replace(finding, requirement=findings[place].requirement)


def _runs_from(rule: Requirement, codes: frozenset[str]) -> bool:
    return rule.since == codes or (rule.kind == "award_interval" and rule.awards == codes)


def _rank(findings: list[Finding]) -> tuple[int, int]:
    """Order whole answers: the better verdict, then the more of it met."""
    findings = [replace(finding) for finding in findings]
    _settle_alternatives(findings)
    return _ORDER[_sum_up(findings)], sum(_ORDER[finding.status] for finding in findings)


def _doubt(finding: Finding, other: Finding) -> Finding:
    """Leave to a person what is not met, but would do from another start, where the law may be read so."""
    is_doubtful = finding.requirement.since_reading == "doubtful"
    if is_doubtful and finding.status == NOT_MET and other.status != NOT_MET:
        return replace(finding, status=NEEDS_REVIEW, reason=Reason("earlier_start"))
    return finding


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
    """Sum up findings: ``not_met`` if one blocks, ``needs_review`` if a person should look, else ``met``.

    Where nothing was asked about the merit, a person should look: an empty list is never an answer.

    >>> verdict([])
    'needs_review'
    """
    findings = list(findings)
    summed = _sum_up(findings)
    if summed == MET and not any(kinds.KINDS[found.requirement.kind].is_merit for found in findings):
        return NEEDS_REVIEW
    return summed


def _sum_up(findings: Iterable[Finding]) -> str:
    findings = list(findings)
    if any(finding.blocks for finding in findings):
        return NOT_MET
    return NEEDS_REVIEW if any(map(_asks_for_a_look, findings)) else MET


def _asks_for_a_look(finding: Finding) -> bool:
    rule = finding.requirement
    if finding.status == MET or not finding.decisive or rule.severity == "info":
        return False
    is_quiet = rule.severity == "warn" and finding.status == NEEDS_REVIEW and kinds.KINDS[rule.kind].is_quiet
    return not is_quiet


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
