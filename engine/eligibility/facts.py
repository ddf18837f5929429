"""What is known about a candidate, and what an award asks for: the words eligibility rules are written in."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from decimal import Decimal
from typing import NamedTuple

from ..working_days import is_office_day

RATINGS = {"not_completed": 0, "completed": 1, "good": 2, "excellent": 3}
# Ministry and province are one level of the law: Law 06/2022/QH15, Article 3(5).
REACHES = {"unit": 1, "province": 2, "ministry": 2, "nation": 3}
DISCIPLINE_LEVELS = {"reprimand": 1, "warning": 2, "demotion": 3}


class AwardFact(NamedTuple):
    """An award on record. ``status``: ``granted``, ``pending`` (proposed, not decided) or ``revoked``;
    ``basis``: ``merit``, ``ad_hoc``, ``thematic`` …; ``source`` identifies the record, ``label`` names it."""

    award: str
    period_from: Date | None = None
    period_to: Date | None = None
    decided: Date | None = None
    basis: str = "merit"
    status: str = "granted"
    source: Hashable = None
    label: str = ""

    @property
    def until(self) -> Date | None:
        """End of the period the award counts for: the period written in its decision, else the date of that
        decision (Decree 152/2025/NĐ-CP, Article 33(7))."""
        return self.period_to or self.decided

    @property
    def year(self) -> int:
        """The year it counts for; 1 if neither a period nor a decision is known."""
        return (self.until or Date.min).year

    def __str__(self) -> str:
        """The fact as evidence.

        >>> str(AwardFact("CSTDCS", decided=Date(2025, 12, 20), label="12/QĐ-SNV"))
        'CSTDCS 2025 (12/QĐ-SNV)'
        """
        until = self.until
        parts = (self.award, until and until.year, self.label and f"({self.label})")
        return " ".join(str(part) for part in parts if part)


class RatingFact(NamedTuple):
    """A yearly completion level, a key of RATINGS."""

    year: int
    rating: str


class AchievementFact(NamedTuple):
    """An achievement or initiative; ``reach`` is a key of REACHES, ``date`` the day it was recognised."""

    kind: str
    reach: str | None = None
    recognised: bool = False
    date: Date | None = None
    label: str = ""


class RestrictionFact(NamedTuple):
    """A discipline (``discipline``), an open case (``pending``) or an administrative fine (``fine``); no ``date_to``:
    still open.
    """

    kind: str
    date_from: Date
    date_to: Date | None = None
    level: str | None = None
    label: str = ""


class BlockFact(NamedTuple):
    """A year in a cluster or block. ``decided``: its leader is acclaimed; ``leads``: it is this recipient."""

    year: int
    block: str
    decided: bool
    leads: bool

    def __str__(self) -> str:
        """The fact as evidence.

        >>> str(BlockFact(2025, "Khối các sở", True, True))
        'Khối các sở 2025'
        """
        return f"{self.block} {self.year}"


class AbsenceFact(NamedTuple):
    """Time away from the work of the unit. ``role``: ``leave``, ``study`` (a course) or ``away`` (seconded);
    ``days`` are working days; ``counts``: False for what the law takes for service, as maternity leave (Decree
    152/2025/NĐ-CP, Article 4(5))."""

    role: str
    date_from: Date
    date_to: Date | None = None
    days: int = 0
    counts: bool = True
    label: str = ""


class StayFact(NamedTuple):
    """A time in one unit; no ``date_to``: still there."""

    unit: str
    date_from: Date
    date_to: Date | None = None


class PostFact(NamedTuple):
    """A post held; the higher ``rank``, the more senior its group."""

    rank: int
    date_from: Date
    date_to: Date | None = None
    label: str = ""


@dataclass(slots=True)
class Facts:
    """What is on record about one recipient.

    :param known_from: from this day on the registers are complete; None: they may lack anything
    :param known: the same for one register (``awards``, ``ratings``, ``achievements``), where it is another day
    :param service_from: first working day
    :param members: facts about each member of a collective; None: not known
    :param stays: the units a person worked in; the last one is the unit of today
    :param is_woman: None: not known
    :param unit: facts about the unit a person works in; None: not known
    :param unit_rank: place of that unit in the ranking of the year; None: not ranked
    """

    awards: list[AwardFact] = field(default_factory=list)
    ratings: list[RatingFact] = field(default_factory=list)
    achievements: list[AchievementFact] = field(default_factory=list)
    restrictions: list[RestrictionFact] = field(default_factory=list)
    blocks: list[BlockFact] = field(default_factory=list)
    absences: list[AbsenceFact] = field(default_factory=list)
    stays: list[StayFact] = field(default_factory=list)
    posts: list[PostFact] = field(default_factory=list)
    known_from: Date | None = None
    known: dict[str, Date] = field(default_factory=dict)
    service_from: Date | None = None
    members: "list[Facts] | None" = None
    is_woman: bool | None = None
    unit: "Facts | None" = None
    unit_rank: int | None = None

    def misses(self, year: int, register: str = "") -> bool:
        """Tell whether a record of that year may be missing in a register.

        >>> facts = Facts(known={"awards": Date(2015, 1, 1)})
        >>> facts.misses(2015, "awards"), facts.misses(2014, "awards"), facts.misses(2015, "ratings")
        (False, True, True)
        """
        since = self.known.get(register, self.known_from)
        return (
            since is None or year < since.year or (year == since.year and (since.month, since.day) != (1, 1))
        )


@dataclass(slots=True, frozen=True)
class Candidate:
    """One recipient considered for one award.

    :param recipient_type: ``employee``, ``department`` or ``partner``
    :param award: code of the award
    :param on: the day of the judgement
    :param handed_in: the day it went to the superior agency; None: it is judged as if it went that day
    :param subject: ``individual``, ``collective`` or ``household``
    :param basis: kind of commendation: ``merit``, ``thematic``, ``ad_hoc`` … (Law 06/2022/QH15, Article 8)
    :param source: the record that proposes them; it never counts as a fact about them
    :param campaign_from: with ``campaign_to``, the dates of the campaign they are commended in
    :param campaign: identifies that campaign
    :param registered: whether they registered in it; None: not known
    :param quotas: for each requirement that counts a group, ``(proposed, the group)``; missing: not known
    :param unit: identifies the unit a quota may be counted in
    :param is_leader: they lead a unit; None: not known
    :param bases: for each set of codes a requirement counts "since", the award the time runs from
    :param clean_from: the day after the last discipline that ended before the period; what was achieved earlier no
        longer counts (Decree 152/2025/NĐ-CP, Article 4(4))
    :param is_working: tells of a day whether the agency works
    """

    recipient_type: str
    recipient_id: Hashable
    award: str
    period_from: Date | None = None
    period_to: Date | None = None
    on: Date | None = None
    subject: str = "individual"
    basis: str = "merit"
    source: Hashable = None
    campaign_from: Date | None = None
    campaign_to: Date | None = None
    campaign: Hashable = None
    registered: bool | None = None
    quotas: Mapping[Hashable, tuple[int, int]] = field(default_factory=dict)
    unit: Hashable = None
    is_leader: bool | None = None
    bases: Mapping[frozenset[str], AwardFact] = field(default_factory=dict)
    clean_from: Date | None = None
    handed_in: Date | None = None
    is_working: Callable[[Date], bool] = field(default=is_office_day, compare=False, repr=False)
    # Asked of each candidate by each requirement, so worked out once: the day up to which facts count, the year of the
    # commendation (the last of the period), the first day of the period (without one, of the year).
    end: Date | None = field(init=False, compare=False, repr=False)
    year: int = field(init=False, compare=False, repr=False)
    start: Date = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        end = self.period_to or self.on
        year = (end or Date.min).year
        object.__setattr__(self, "end", end)
        object.__setattr__(self, "year", year)
        object.__setattr__(self, "start", self.period_from or Date(year, 1, 1))

    @property
    def recipient(self) -> str:
        """Key of the recipient, as records store it.

        >>> Candidate("employee", 7, "LDTT").recipient
        'employee:7'
        """
        return f"{self.recipient_type}:{self.recipient_id}"

    @property
    def key(self) -> Hashable:
        """Key of the candidate among the candidates judged together."""
        if self.source is not None:
            return self.source
        return self.recipient, self.award, self.period_from, self.period_to

    @property
    def clean_year(self) -> int:
        """The first full year after the last discipline, at most the first of the period; 0: there was none."""
        day = self.clean_from
        return min(day.year + (day > Date(day.year, 1, 1)), self.start.year) if day else 0


@dataclass(slots=True, frozen=True)
class Requirement:
    """One condition of an award. Which parameters count depends on the kind.

    Requirements of one ``group`` are alternatives; those of one ``branch`` of a group hold together.

    :param severity: ``block``, ``warn`` or ``info``
    :param subject: only for this subject; empty: for all
    :param basis: only for this kind of commendation; empty: for all
    :param share: per cent
    :param years: how many years, the candidate's own year included; 0: any. With ``since``: at least so many
        years must have passed
    :param since: the time runs from the last award of one of these codes, not from a number of years ago
        (Decree 152/2025/NĐ-CP, Article 33(7))
    :param since_reading: ``last``: from the last of them; ``any``: from any of them that does; ``doubtful``: from
        the last, but where an earlier start would do, a person decides
    :param months_women: ``months`` of a woman; 0: the same
    :param scope: what a quota is counted in: ``company``, ``unit`` or ``campaign``
    :param rank: the least senior group of posts that counts
    :param lookback: years that are looked back where nothing limits the time
    :param doubt: why this text of the law may no longer hold; empty: no doubt
    :param not_counted: kinds of commendation whose awards are no ground for this one, as the rule book says
    :param moves_limits: a time limit that ends on a day off ends with the next working day, as the rule book says
    """

    key: Hashable
    kind: str
    name: str = ""
    severity: str = "block"
    article: str = ""
    group: str = ""
    branch: str = ""
    subject: str = ""
    basis: str = ""
    awards: frozenset[str] = frozenset()
    count: int = 1
    consecutive: bool = False
    years: int = 0
    rating: str = ""
    reach: str = ""
    share: Decimal = Decimal(0)
    months: int = 0
    level: str = ""
    members: bool = False
    since: frozenset[str] = frozenset()
    since_reading: str = "last"
    days: int = 0
    months_women: int = 0
    rank: int = 0
    scope: str = "company"
    lookback: int = 80
    doubt: str = ""
    not_counted: frozenset[str] = frozenset()
    moves_limits: bool = True
