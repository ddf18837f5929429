"""Periods of reports: months, quarters, half-years and years between two days, with the day each report is due."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta

MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
ROMAN = ("I", "II", "III", "IV")
MOST = 120


@dataclass(frozen=True)
class Period:
    """One period, its days included.

    :param name: as Vietnamese documents call it
    :param due: last day on which its report is in time
    """

    name: str
    first: Date
    last: Date
    due: Date


def split(kind: str, first: Date, last: Date, due_days: int) -> list[Period]:
    """Return the whole periods of a kind that touch the days from ``first`` to ``last``, cut to these days.

    :param kind: ``month``, ``quarter``, ``half_year``, ``year``; anything else is one period
    :param due_days: days after the end of a period until its report is due

    >>> [(p.name, str(p.first), str(p.due)) for p in split("quarter", Date(2026, 1, 1), Date(2026, 6, 30), 5)]
    [('quý I/2026', '2026-01-01', '2026-04-05'), ('quý II/2026', '2026-04-01', '2026-07-05')]
    >>> [p.name for p in split("half_year", Date(2026, 3, 15), Date(2027, 1, 2), 5)]
    ['6 tháng đầu năm 2026', '6 tháng cuối năm 2026', '6 tháng đầu năm 2027']
    >>> [p.name for p in split("ad_hoc", Date(2026, 3, 15), Date(2026, 4, 2), 0)]
    ['từ 15/03/2026 đến 02/04/2026']
    >>> split("month", Date(2026, 2, 1), Date(2026, 1, 1), 0)
    []
    """
    if last < first:
        return []
    if kind not in MONTHS:
        return [Period(f"từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}", first, last, last + timedelta(due_days))]
    found: list[Period] = []
    months = MONTHS[kind]
    year, month = first.year, (first.month - 1) // months * months + 1
    while (start := Date(year, month, 1)) <= last and len(found) < MOST:
        end_month = month + months - 1
        end = Date(year, end_month, monthrange(year, end_month)[1])
        cut = min(end, last)
        found.append(Period(get_name(kind, start), max(start, first), cut, cut + timedelta(due_days)))
        year, month = (year, month + months) if end_month < 12 else (year + 1, 1)
    return found


def get_name(kind: str, start: Date) -> str:
    """Return what a period is called.

    >>> get_name("month", Date(2026, 3, 1)), get_name("year", Date(2026, 1, 1))
    ('tháng 3/2026', 'năm 2026')
    """
    if kind == "month":
        return f"tháng {start.month}/{start.year}"
    if kind == "quarter":
        return f"quý {ROMAN[(start.month - 1) // 3]}/{start.year}"
    if kind == "half_year":
        return f"6 tháng {'đầu' if start.month == 1 else 'cuối'} năm {start.year}"
    return f"năm {start.year}"


def get_days_late(due: Date, handed_in: Date) -> int:
    """Return how many days after the due day something was handed in; 0: in time.

    >>> get_days_late(Date(2026, 4, 5), Date(2026, 4, 7)), get_days_late(Date(2026, 4, 5), Date(2026, 4, 5))
    (2, 0)
    """
    return max(0, (handed_in - due).days)
