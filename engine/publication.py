"""The window for comments before a council meets.

Decree 152/2025/NĐ-CP, Article 44(2): the list for state-level orders, honorary titles and the national
emulation fighter is published at least ten *working* days before the council meets; the simple procedure
(sudden achievements) needs none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date

from .reason import Reason


@dataclass(frozen=True)
class Window:
    """One publication of one proposal.

    :param first: first day, included
    :param last: last day on which a comment is taken
    :param days: working days it lasts
    :param unanswered: comments nobody has handled
    """

    first: Date
    last: Date
    days: int
    unanswered: int = 0


def why_not_ready(needed: int, windows: Iterable[Window], day: Date) -> Reason | None:
    """Say why a council cannot vote yet on a proposal; None: it can.

    :param needed: working days the award rule asks for; 0: none
    :param windows: ``Window`` objects of the proposal
    :param day: day of the session

    >>> window = Window(Date(2026, 11, 2), Date(2026, 11, 13), 10)
    >>> why_not_ready(10, [window], Date(2026, 11, 16))
    >>> print(why_not_ready(10, [window], Date(2026, 11, 13)))
    Comments on it are still taken.
    >>> print(why_not_ready(10, [], Date(2026, 11, 16)), why_not_ready(0, [], Date(2026, 11, 16)))
    It was not published for comments. None
    >>> why_not_ready(10, [Window(Date(2026, 11, 2), Date(2026, 11, 6), 5)], Date(2026, 11, 16)).code
    'too_short'
    >>> why_not_ready(10, [Window(Date(2026, 11, 2), Date(2026, 11, 13), 10, unanswered=1)], Date(2026, 11, 16)).code
    'unanswered'
    """
    windows = list(windows)
    if needed <= 0:
        return None
    if not windows:
        return Reason("not_published")
    long_enough = [window for window in windows if window.days >= needed]
    if not long_enough:
        return Reason("too_short")
    if not any(window.last < day for window in long_enough):
        return Reason("still_open")
    return Reason("unanswered") if any(window.unanswered for window in windows) else None
