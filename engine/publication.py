"""The window for comments before a council meets.

Decree 152/2025/NĐ-CP, Article 44(2): the list for state-level orders, honorary titles and the national
emulation fighter is published at least ten *working* days before the council meets; the simple procedure
(sudden achievements) needs none.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Window:
    """One publication of one proposal.

    :param date first: first day, included
    :param date last: last day on which a comment is taken
    :param int days: working days it lasts
    :param int unanswered: comments nobody has handled
    """

    first: date
    last: date
    days: int
    unanswered: int = 0


NOT_PUBLISHED, TOO_SHORT, STILL_OPEN, UNANSWERED = "not_published", "too_short", "still_open", "unanswered"


def why_not_ready(needed, windows, day):
    """Say why a council cannot vote yet on a proposal, or return an empty text.

    :param int needed: working days the award rule asks for; 0: none
    :param windows: ``Window`` objects of the proposal
    :param date day: day of the session
    :return: one of the four reasons, or ""

    >>> window = Window(date(2026, 11, 2), date(2026, 11, 13), 10)
    >>> why_not_ready(10, [window], date(2026, 11, 16))
    ''
    >>> why_not_ready(10, [window], date(2026, 11, 13))
    'still_open'
    >>> why_not_ready(10, [], date(2026, 11, 16)), why_not_ready(0, [], date(2026, 11, 16))
    ('not_published', '')
    >>> why_not_ready(10, [Window(date(2026, 11, 2), date(2026, 11, 6), 5)], date(2026, 11, 16))
    'too_short'
    >>> why_not_ready(10, [Window(date(2026, 11, 2), date(2026, 11, 13), 10, unanswered=1)], date(2026, 11, 16))
    'unanswered'
    """
    if needed <= 0:
        return ""
    if not windows:
        return NOT_PUBLISHED
    long_enough = [window for window in windows if window.days >= needed]
    if not long_enough:
        return TOO_SHORT
    over = [window for window in long_enough if window.last < day]
    if not over:
        return STILL_OPEN
    return UNANSWERED if any(window.unanswered for window in windows) else ""
