"""What every reader returns: sheets of plain values."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import TypeAlias

MOST_ROWS = 60_000
MOST_COLUMNS = 200
MOST_MERGES = 200_000
MOST_JOINED = 2_000_000  # cells that belong to joined ones

# What a cell holds. True and False are numbers too, and a moment is a date; times and durations are left as they are.
Cell: TypeAlias = str | float | date | time | timedelta | None
Cells: TypeAlias = list[Cell]
Place: TypeAlias = tuple[int, int]  # row and column, from 0
Area: TypeAlias = tuple[int, int, int, int]  # top, left, bottom, right, from 0, ends included


class Shown(float):
    """A number that the sheet shows with fixed digits: 1.1 shown as 1.10, 12 shown as 0012.

    >>> number = Shown(1.1, "1.10")
    >>> number == 1.1, number.text
    (True, '1.10')
    """

    __slots__ = ("text",)
    text: str

    def __new__(cls, value: float, text: str) -> "Shown":
        number = super().__new__(cls, value)
        number.text = text
        return number


@dataclass(slots=True)
class Sheet:
    """A sheet, a table of a document or a page of text.

    :param rows: lists of values: None, str, int, float, bool, date or datetime
    :param first_number: what the file calls the first row
    :param hidden_rows: rows filtered out or hidden (their place, from 0)
    :param hidden_columns: columns hidden (their place, from 0)
    :param merged: cells joined: (top, left, bottom, right), from 0, ends included
    :param above: lines of text that stand above the table, in documents
    :param pages: rows that begin a new page, in PDF
    :param unknown: cells with a formula whose value the file does not hold, or that is an error: {(row, column)}
    :param struck: cells whose whole text is struck through
    :param lost: what of the file cannot be read, by its kind: {"hidden_sheets": 1}
    :param follows: it may go on with the rows of the sheet before it, as tables of documents do
    """

    name: str
    rows: list[Cells]
    first_number: int = 1
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)
    unknown: set[Place] = field(default_factory=set)
    struck: set[Place] = field(default_factory=set)
    lost: dict[str, int] = field(default_factory=dict)
    follows: bool = False


def text_of(value: Cell) -> str:
    """Return a cell as text: whole numbers without a fraction, numbers as the sheet shows them, dates as d/m/Y.

    >>> from datetime import date, datetime
    >>> [text_of(value) for value in (None, " a ", 12.0, 1.5, Shown(1.1, "1.10"), True, date(2026, 1, 5))]
    ['', 'a', '12', '1.5', '1.10', '1', '05/01/2026']
    >>> text_of(datetime(2026, 1, 5, 0, 0))
    '05/01/2026'
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Shown):
        return value.text
    if isinstance(value, (bool, int)):
        return str(int(value))
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return f"{value:%d/%m/%Y}" if hasattr(value, "year") else str(value)


def is_empty(value: Cell) -> bool:
    """Tell whether a cell shows nothing.

    >>> is_empty(None), is_empty(" \\u00a0"), is_empty(0)
    (True, True, False)
    """
    return value is None or (isinstance(value, str) and not value.strip())


def trim(rows: list[Cells]) -> list[Cells]:
    """Return rows without the empty ones at the end, each without the empty cells at its end.

    >>> trim([["a", None], [None, "b", ""], ["", None]])
    [['a'], [None, 'b']]
    """
    for row in rows:
        while row and is_empty(row[-1]):
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows
