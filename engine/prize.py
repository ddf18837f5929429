"""Prize money: what a commendation is worth, and which commendations of one day are paid.

Amounts are whole đồng (int); coefficients are multiples of the base salary and are
kept exact (Decimal), so that 0.3 × 2,340,000 is 702,000 and nothing else.

Source: Decree 152/2025/NĐ-CP, Articles 47–50 (principles, titles) and 51–55 (forms). The figures themselves
are records of a rule book, not code.
"""

from bisect import bisect_right
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date as Date
from decimal import Decimal
from fractions import Fraction

from .reason import Reason, Value

ROUNDING = 10_000
Figure = Decimal | int | str | float  # taken as it prints, never by its binary error
Period = tuple[Date, Date]
# Two periods of which both ends differ by less are one counting period typed in two ways.
TYPING_DAYS = 31
# The shortest counting period of its own: a school year, from September to May.
SCHOOL_YEAR_DAYS = 270


@dataclass(frozen=True)
class PrizeClaim:
    """One commendation decided on a day.

    :param key: identifies the claim in the answer, for instance the commendation's id
    :param recipient: identifies who receives; claims of one recipient are weighed together
    :param kind: ``title``, ``form`` or ``recognition``
    :param coefficient: multiple of the base salary for this recipient's subject; None: no amount is fixed
    :param individual_coefficient: the individual's coefficient the subject's one derives from, for agencies
        that round the individual amount before multiplying it; None: nothing to derive from
    :param amount: đồng, where the agency fixes amounts instead of coefficients; None: the coefficient counts
    :param is_maximum: the coefficient is a ceiling ("not above 0.6 times"): rounding never goes beyond it
    :param period: counting period ``(from, to)``; None: not known
    :param achievements: identify what is rewarded; empty: not known
    :param foreign: a foreigner, or a Vietnamese living abroad
    :param article: where the amount stands
    :param choice: ``pay`` or ``none``, where a person answered a doubt
    :param settled: đồng paid out for it already, by an earlier decision of the same day
    :param is_decided: it stands on a decision that is issued already; nobody is asked about it any more
    """

    key: Hashable
    recipient: Hashable
    kind: str
    coefficient: Figure | None
    individual_coefficient: Figure | None = None
    amount: int | None = None
    is_maximum: bool = False
    period: Period | None = None
    achievements: frozenset[Hashable] = frozenset()
    foreign: bool = False
    article: str = ""
    choice: str = ""
    settled: int = 0
    is_decided: bool = False


@dataclass(frozen=True)
class PrizeLine:
    """What a claim comes to.

    :param key: the claim's key
    :param amount: đồng to pay, 0 if none
    :param value: đồng the award is worth, also when it is not paid or given as a souvenir
    :param reason: why so much: ``paid``, ``paid_at_most``, ``fixed_amount``, ``lower_title``, ``lower_form``,
        ``souvenir``, ``no_coefficient``, ``chosen_pay`` or ``chosen_none``
    :param article: where the amount stands
    :param coefficient: multiple of the base salary; 0 if no amount is fixed
    :param prevailing: key of the claim paid instead of this one, if any
    :param doubt: what a person has to answer before the money is decided, asked of the lower one of two; None:
        nothing
    """

    key: Hashable
    amount: int
    value: int
    reason: Reason
    article: str = ""
    coefficient: Decimal = Decimal(0)
    prevailing: Hashable = None
    doubt: Reason | None = None


def exact(number: Figure) -> Decimal:
    """Take a figure without binary error: a float counts as it prints.

    >>> exact(0.3) * 3, exact('4.5'), exact(2)
    (Decimal('0.9'), Decimal('4.5'), Decimal('2'))
    """
    return number if isinstance(number, Decimal) else Decimal(str(number))


def base_salary_on(date: Date, table: Iterable[tuple[Date, int]]) -> int:
    """Give the base salary in force on a date: for a prize, the day the award decision is issued, whatever
    the year of the achievement or the day of payment (Decree 152/2025/NĐ-CP, Articles 47–50).

    :param date: the decision's issue date
    :param table: pairs ``(from date, đồng a month)``, in any order
    :raises ValueError: the date lies before the first base salary

    >>> table = [(Date(2024, 7, 1), 2_340_000), (Date(2026, 7, 1), 2_530_000), (Date(2023, 7, 1), 1_800_000)]
    >>> base_salary_on(Date(2026, 6, 30), table), base_salary_on(Date(2026, 7, 1), table)
    (2340000, 2530000)
    >>> base_salary_on(Date(2019, 1, 1), table)
    Traceback (most recent call last):
    ...
    ValueError: no base salary is known on 2019-01-01: the first starts on 2023-07-01
    """
    lines = sorted(table)
    position = bisect_right(lines, date, key=lambda line: line[0])
    if not position:
        known = f"the first starts on {lines[0][0]}" if lines else "the table is empty"
        raise ValueError(f"no base salary is known on {date}: {known}")
    return lines[position - 1][1]


def coefficient_for(
    subject: str, coefficients: Mapping[str, Figure | None], multipliers: Mapping[str, Figure]
) -> Decimal | None:
    """Give the coefficient of a subject: its own figure, else a multiple of the individual's.

    A form's collective is twice, its household one and a half times the individual (Decree 152/2025/NĐ-CP,
    Article 54(2) and (3)): the rule book says so. A title has no such rule.

    :param subject: ``individual``, ``collective`` or ``household``
    :param coefficients: the figure of each subject; None or missing: the rule book names none
    :param multipliers: what the individual's is multiplied by, for each subject that derives from it
    :return: None when no amount is fixed

    >>> decree = {"collective": 2, "household": "1.5"}
    >>> [coefficient_for(subject, {"individual": "0.3"}, decree) for subject in ("household", "collective")]
    [Decimal('0.45'), Decimal('0.6')]
    >>> coefficient_for("collective", {"collective": "1.5"}, {})
    Decimal('1.5')
    >>> coefficient_for("household", {"individual": 1}, {})
    """
    own, individual = coefficients.get(subject), coefficients.get("individual")
    if own is not None:
        return exact(own)
    if subject not in multipliers or individual is None:
        return None
    return exact(individual) * exact(multipliers[subject])


def round_up(amount: Fraction | Decimal | int, step: int = ROUNDING) -> int:
    """Round up to the next multiple of a step (Decree 152/2025/NĐ-CP, Articles 47–50: to ten thousand đồng).

    >>> round_up(702_000), round_up(2_340_000), round_up(Decimal('702000.5'), 1)
    (710000, 2340000, 702001)
    """
    return -(-Fraction(amount) // step) * step


def prize_amount(
    coefficient: Figure,
    base: Figure,
    rounding: int = ROUNDING,
    individual_coefficient: Figure | None = None,
    is_maximum: bool = False,
) -> int:
    """Give the money of an award: coefficient × base salary, rounded up once, at the end.

    Where an agency rounds the individual's amount first and multiplies it then, give
    ``individual_coefficient``; the product is rounded up again, since the law wants whole tens of thousands.

    :param coefficient: multiple of the base salary for the recipient's subject
    :param base: base salary in đồng
    :param rounding: step in đồng
    :param individual_coefficient: round this one first; None: round once, at the end
    :param is_maximum: the product is a ceiling, which rounding up never passes
    :raises ValueError: a figure is negative, or the step is not above zero

    The individual and the household certificate of commendation, before and after 1 July 2026:

    >>> [(prize_amount(c, 2_340_000), prize_amount(c, 2_530_000)) for c in ('0.3', '0.45', '0.6')]
    [(710000, 760000), (1060000, 1140000), (1410000, 1520000)]

    Rounding the individual's amount first makes the collective's 1,420,000 instead of 1,410,000:

    >>> prize_amount('0.6', 2_340_000, individual_coefficient='0.3')
    1420000

    A badge of "not above 0.6 times" is never paid more than that (Decree 152/2025/NĐ-CP, Article 54(1)d):

    >>> prize_amount('0.6', 2_340_000, is_maximum=True)
    1404000
    >>> prize_amount(-1, 2_340_000)
    Traceback (most recent call last):
    ...
    ValueError: a coefficient cannot be negative: -1
    """
    coefficient, base = exact(coefficient), exact(base)
    if coefficient < 0:
        raise ValueError(f"a coefficient cannot be negative: {coefficient}")
    if base < 0 or rounding <= 0:
        raise ValueError(f"base salary {base} and rounding {rounding} must be positive")
    full = Fraction(coefficient) * Fraction(base)
    amount = round_up(full, rounding)
    if individual_coefficient:
        individual = Fraction(exact(individual_coefficient))
        rounded = round_up(individual * Fraction(base), rounding)
        amount = round_up(rounded * Fraction(coefficient) / individual, rounding)
    return min(amount, int(full)) if is_maximum else amount


def compare_periods(first: Period, second: Period) -> str:
    """Tell whether two counting periods are one: ``same``, ``different`` or ``doubtful``.

    Periods without a common day are different, and so are a year and the three years it lies in. What overlaps
    otherwise, as a calendar year and a school year, or the year and the half of it somebody served, is for a person
    to say.

    >>> year = lambda number: (Date(number, 1, 1), Date(number, 12, 31))
    >>> compare_periods(year(2026), (Date(2026, 1, 2), Date(2026, 12, 31)))
    'same'
    >>> compare_periods(year(2026), year(2025)), compare_periods(year(2026), (Date(2024, 1, 1), Date(2026, 12, 31)))
    ('different', 'different')
    >>> compare_periods(year(2026), (Date(2025, 9, 1), Date(2026, 5, 31)))
    'doubtful'
    >>> compare_periods(year(2026), (Date(2026, 7, 1), Date(2026, 12, 31)))
    'doubtful'
    """
    (start, end), (other_start, other_end) = first, second
    if end < other_start or other_end < start:
        return "different"
    if max(abs((start - other_start).days), abs((end - other_end).days)) <= TYPING_DAYS:
        return "same"
    short, long = sorted(((end - start).days + 1, (other_end - other_start).days + 1))
    return "different" if short >= SCHOOL_YEAR_DAYS and long >= 2 * short - TYPING_DAYS else "doubtful"


def _weigh_pair(claim: PrizeClaim, other: PrizeClaim) -> tuple[str, str]:
    """Return why one of two claims of one recipient gives way, and what is doubtful about the two; both may be empty.

    * Titles of one counting period: only the highest; without a period a person says.
    * Forms for one achievement: one achievement is rewarded once (Law 06/2022/QH15, Article 5(2)c), the highest is
      paid, and a person looks; where the achievements are not recorded and the periods meet, a person says.
    * A title and a form are both paid.
    """
    periods = compare_periods(claim.period, other.period) if claim.period and other.period else "doubtful"
    if claim.kind == other.kind == "title":
        if periods == "same":
            return "lower_title", ""
        return "", "doubtful_titles" if periods == "doubtful" else ""
    if claim.kind == other.kind == "form":
        if claim.achievements & other.achievements:
            return "lower_form", "one_achievement"
        if not (claim.achievements and other.achievements) and periods != "different":
            return "", "doubtful_forms"
    return "", ""


def _value(claim: PrizeClaim, base: int, rounding: int, round_individual_first: bool) -> int:
    if claim.amount is not None:
        return claim.amount
    if not claim.coefficient:
        return 0
    individual = claim.individual_coefficient if round_individual_first else None
    return prize_amount(claim.coefficient, base, rounding, individual, claim.is_maximum)


def prize_lines(
    claims: Iterable[PrizeClaim], base: int, rounding: int = ROUNDING, round_individual_first: bool = False
) -> list[PrizeLine]:
    """Decide what is paid among commendations decided on one day, by however many decisions
    (Decree 152/2025/NĐ-CP, Article 49(5): "at the same moment").

    * Titles with different counting periods are all paid; for one counting period only the highest title.
    * Forms with different periods and achievements are all paid; a title and a form are both paid.
    * Foreigners and Vietnamese abroad receive a souvenir of equal value (Article 48(4)), where money would be paid.

    :param base: base salary in đồng on the decision's issue date
    :param rounding: step in đồng
    :param round_individual_first: an agency's choice; the default rounds once, at the end
    :return: a PrizeLine for each claim, in the order given
    :raises ValueError: a coefficient is negative

    Advanced Worker and Grassroots Emulation Fighter for one year, on one day: only the Fighter is paid.

    >>> year, three_years = (Date(2026, 1, 1), Date(2026, 12, 31)), (Date(2024, 1, 1), Date(2026, 12, 31))
    >>> worker = PrizeClaim('LDTT', 'An', 'title', '0.3', period=year)
    >>> fighter = PrizeClaim('CSTDCS', 'An', 'title', '1.0', period=year)
    >>> [(line.key, line.amount, line.reason.code) for line in prize_lines([worker, fighter], 2_340_000)]
    [('LDTT', 0, 'lower_title'), ('CSTDCS', 2340000, 'paid')]

    A title of the year and a title of three years: both. A title and a certificate of merit: both.

    >>> province = PrizeClaim('CSTDT', 'An', 'title', '3.0', period=three_years)
    >>> merit = PrizeClaim('BKT', 'An', 'form', '1.5', period=year)
    >>> [line.amount for line in prize_lines([fighter, province], 2_340_000)]
    [2340000, 7020000]
    >>> [line.amount for line in prize_lines([fighter, merit], 2_340_000)]
    [2340000, 3510000]

    A decision signed on 30 June 2026 and one signed a day later:

    >>> [prize_lines([fighter], base)[0].amount for base in (2_340_000, 2_530_000)]
    [2340000, 2530000]

    The Worker of the day was paid out already: the Fighter receives the rest.

    >>> [line.amount for line in prize_lines([replace(worker, settled=710_000), fighter], 2_340_000)]
    [0, 1630000]

    >>> print(prize_lines([merit], 2_340_000)[0].reason)
    Coefficient 1.5 × base salary 2340000, rounded up.
    """
    claims = list(claims)
    values = {claim.key: _value(claim, base, rounding, round_individual_first) for claim in claims}
    # What ranks first: the higher value; of equal ones what was given first.
    places = {claim.key: (-values[claim.key], place) for place, claim in enumerate(claims)}
    beside: dict[Hashable, list[PrizeClaim]] = {}
    for claim in claims:
        beside.setdefault(claim.recipient, []).append(claim)
    return [
        _make_line(
            claim, [other for other in beside[claim.recipient] if other is not claim], values, places, base
        )
        for claim in claims
    ]


def _make_line(
    claim: PrizeClaim,
    others: Collection[PrizeClaim],
    values: Mapping[Hashable, int],
    places: Mapping[Hashable, tuple[int, int]],
    base: int,
) -> PrizeLine:
    """Decide one claim beside the others of its recipient; of two in doubt, the lower one is asked about.

    Where one of them leaves no doubt that this one is not paid, nobody is asked, and no answer given about another
    one pays it.
    """
    lower, prevailing, doubt, is_certain = "", None, "", False
    for other in sorted(others, key=lambda other: places[other.key]):
        why_lower, why_doubtful = _weigh_pair(claim, other)
        ranks_first = places[other.key] < places[claim.key]
        if ranks_first or other.is_decided:
            doubt = doubt or why_doubtful
        if ranks_first and why_lower and not is_certain:
            is_certain = not why_doubtful
            if is_certain or not lower:
                lower, prevailing = why_lower, other.key
    if is_certain:
        doubt = ""
        claim = replace(claim, choice="")
    reason = _get_reason(claim, base, lower)
    settled = sum(other.settled for other in others if _gives_way(other, claim, places))
    paid = reason.code in ("paid", "paid_at_most", "fixed_amount", "chosen_pay")
    is_open = not (claim.choice or claim.foreign or claim.is_decided)
    return PrizeLine(
        key=claim.key,
        amount=max(values[claim.key] - settled, 0) if paid else 0,
        value=values[claim.key],
        reason=reason,
        article=claim.article,
        coefficient=exact(claim.coefficient or 0),
        prevailing=prevailing,
        doubt=Reason(doubt) if doubt and is_open else None,
    )


def _gives_way(claim: PrizeClaim, to: PrizeClaim, places: Mapping[Hashable, tuple[int, int]]) -> bool:
    """Tell whether a claim is not paid beside another one, though it may have been paid out already.

    What a person answered settles a doubt, and no more: of two titles of one period only the higher is paid.
    """
    lower, doubt = _weigh_pair(claim, to)
    return bool(lower) and places[to.key] < places[claim.key] and not (doubt and to.choice)


def _get_reason(claim: PrizeClaim, base: int, lower: str) -> Reason:
    """Say why a claim is paid or not."""
    if claim.coefficient is None and claim.amount is None:
        return Reason("no_coefficient")
    if claim.foreign:
        return Reason(lower or "souvenir")
    if claim.choice:
        return Reason(f"chosen_{claim.choice}")
    if lower:
        return Reason(lower)
    if claim.amount is not None:
        return Reason("fixed_amount")
    values: dict[str, Value] = {"coefficient": exact(claim.coefficient or 0), "base": base}
    return Reason("paid_at_most" if claim.is_maximum else "paid", values)
