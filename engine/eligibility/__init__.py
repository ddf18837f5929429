"""Who may receive an award: facts about a candidate in, one finding for each requirement out.

* ``facts``: what is known about a candidate, and what an award asks for: the words rules are written in
* ``kinds``: what every kind of requirement shares, and their registry ``KINDS``
* ``merit``, ``order``: the kinds, one function each
* ``judge``: findings, alternatives, the verdict

A new requirement of an existing kind is a record. A new kind is one function in ``merit`` or ``order``.
"""

from . import merit, order  # importing them enters their kinds in the registry
from .facts import (
    DISCIPLINE_LEVELS,
    RATINGS,
    REACHES,
    AbsenceFact,
    AchievementFact,
    AwardFact,
    BlockFact,
    Candidate,
    Facts,
    PostFact,
    RatingFact,
    Requirement,
    RestrictionFact,
    StayFact,
)
from .judge import Finding, judge, unreachable, verdict
from .kinds import KINDS, MET, NEEDS_REVIEW, NOT_MET

__all__ = [
    "DISCIPLINE_LEVELS",
    "KINDS",
    "MET",
    "NEEDS_REVIEW",
    "NOT_MET",
    "RATINGS",
    "REACHES",
    "AbsenceFact",
    "AchievementFact",
    "AwardFact",
    "BlockFact",
    "Candidate",
    "Facts",
    "Finding",
    "PostFact",
    "RatingFact",
    "Requirement",
    "RestrictionFact",
    "StayFact",
    "judge",
    "merit",
    "order",
    "unreachable",
    "verdict",
]
