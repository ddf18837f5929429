"""Praise given twice for the same thing (khen thưởng trùng thành tích): Law 06/2022/QH15, Article 5(2)c.

Names are compared without accents, case, word order or one mistyped letter, because
old registers hold the same person under several spellings and several units.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date as Date

from .vietnamese import search_key

# How much of the shorter description must reappear in the other to call it the same achievement.
SAME_TEXT = 0.8


@dataclass(frozen=True, slots=True)
class Entry:
    """One commendation, proposed or given.

    :param recipient: key of the recipient in the system, e.g. ``employee:7``
    :param achievements: keys of recorded achievements or initiatives it rests on
    :param text: the achievement in words
    :param kind: ``title``, ``form`` or ``recognition``
    :param label: how to name it to people
    """

    key: Hashable
    recipient: str
    name: str
    award: str
    kind: str = "form"
    period_from: Date | None = None
    period_to: Date | None = None
    achievements: frozenset[Hashable] = frozenset()
    text: str = ""
    label: str = ""


def name_key(name: str) -> str:
    """Return a name without accents, case and word order.

    >>> name_key("Nguyễn Thị  Ánh") == name_key("NGUYEN THI ANH") == name_key("Ánh Nguyễn Thị")
    True
    """
    return " ".join(sorted(search_key(name).split()))


def spellings(key: str) -> set[str]:
    """Return a key and all its spellings with one letter left out: two names share one if a letter differs.

    >>> bool(spellings("anh nguyen") & spellings("anh nguyem"))
    True
    >>> bool(spellings("anh nguyen") & spellings("binh tran"))
    False
    """
    return {key} | {key[:place] + key[place + 1 :] for place in range(len(key))}


def ends(key: str) -> tuple[str, str]:
    """Return the beginning of a key and its end read backwards, nearly half of it each.

    Of two keys that differ by a letter, or by two neighbours that changed places, one of the two is the same: an index
    finds the few keys that begin or end so, and ``spellings`` decides.

    >>> ends("anh nguyen"), ends("anh nguyem"), ends("ahn nguyen")
    (('anh ', 'neyu'), ('anh ', 'meyu'), ('ahn ', 'neyu'))
    """
    middle = len(key) // 2
    return key[: max(0, middle - 1)], key[middle + 1 :][::-1]


def overlap(first: Entry, second: Entry) -> bool:
    """Tell whether two achievement periods share a day; an open end reaches for ever.

    >>> year = lambda number: Entry(number, "", "", "", "form", Date(number, 1, 1), Date(number, 12, 31))
    >>> overlap(year(2025), year(2026)), overlap(year(2025), year(2025))
    (False, True)
    """
    return (first.period_from or Date.min) <= (second.period_to or Date.max) and (
        second.period_from or Date.min
    ) <= (first.period_to or Date.max)


def competing(first: Entry, second: Entry) -> bool:
    """Tell whether one achievement cannot carry both awards: the same award, or two that are no titles.

    Titles build on one another and a form may go with a title.

    >>> make = lambda award, kind: Entry(award, "", "", award, kind)
    >>> competing(make("GK", "form"), make("BK", "form"))
    True
    >>> competing(make("LDTT", "title"), make("CSTDCS", "title")), competing(make("GK", "form"), make("X", "title"))
    (False, False)
    """
    return first.award == second.award or "title" not in (first.kind, second.kind)


def same_achievement(first: Entry, second: Entry, words: dict[str, frozenset[str]] | None = None) -> bool:
    """Tell whether two entries rest on the same achievement.

    The same record, or most of the words of the shorter description; without any description the same award
    counts as the same achievement. A title is for the work of its whole period, however it is described.

    :param words: ``{text: its words}`` known already

    >>> a = Entry(1, "", "", "GK", text="Sáng kiến số hóa hồ sơ lưu trữ của phòng")
    >>> same_achievement(a, Entry(2, "", "", "BK", text="sang kien so hoa ho so luu tru của phòng, năm 2025"))
    True
    >>> same_achievement(a, Entry(3, "", "", "BK", text="Cứu người trong bão số 3"))
    False
    >>> same_achievement(*(Entry(4, "", "", "CSTDCS", "title", text=text) for text in ("Số hóa", "Cải cách")))
    True
    """
    is_title = "title" in (first.kind, second.kind) and first.award == second.award
    if is_title or first.achievements & second.achievements:
        return True
    words = {} if words is None else words
    for entry in (first, second):
        if entry.text not in words:
            words[entry.text] = frozenset(search_key(entry.text).split())
    mine, others = words[first.text], words[second.text]
    if not mine or not others:
        return first.award == second.award
    return len(mine & others) >= SAME_TEXT * min(len(mine), len(others))


class _Names:
    """Entries by recipient and by name. One mistyped letter is forgiven where an outside party is concerned:
    two persons of the staff whose names differ by a letter are two persons."""

    def __init__(self, entries: Iterable[Entry], with_near: bool) -> None:
        self.by_recipient: dict[str, list[Entry]] = defaultdict(list)
        self.by_name: dict[str, list[Entry]] = defaultdict(list)
        self.near_party: dict[str, list[Entry]] = defaultdict(list)
        self.near_all: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            key = name_key(entry.name)
            self.by_recipient[entry.recipient].append(entry)
            self.by_name[key].append(entry)
            if with_near or is_party(entry):
                for spelling in spellings(key):
                    self.near_all[spelling].append(entry)
                    if is_party(entry):
                        self.near_party[spelling].append(entry)

    def like(self, entry: Entry) -> Iterable[Entry]:
        """Return the entries that may be about the same recipient, once each."""
        key = name_key(entry.name)
        found = [*self.by_recipient.get(entry.recipient, ()), *self.by_name.get(key, ())]
        near = self.near_all if is_party(entry) else self.near_party
        for spelling in spellings(key) if near else ():
            found += near.get(spelling, ())
        return {other.key: other for other in found if other.key != entry.key}.values()


def is_party(entry: Entry) -> bool:
    """Tell whether the recipient is an outside party, whose name somebody typed."""
    return entry.recipient.startswith("partner:")


def find_duplicates(
    candidates: Iterable[Entry], earlier: Iterable[Entry]
) -> Mapping[Hashable, list[tuple[Entry, bool]]]:
    """Return ``{candidate key: [(earlier entry, certain)]}``; certain: the very same recipient.

    >>> period = {"period_from": Date(2025, 1, 1), "period_to": Date(2025, 12, 31)}
    >>> new = Entry(1, "employee:7", "Nguyễn Thị Ánh", "GK", text="Số hóa hồ sơ lưu trữ", **period)
    >>> old = [Entry(2, "employee:7", "Nguyễn Thị Ánh", "BK", text="số hóa hồ sơ lưu trữ", **period),
    ...        Entry(3, "partner:9", "Nguyễn Thi Anh", "BK", text="số hóa hồ sơ lưu trữ", **period),
    ...        Entry(4, "employee:8", "Trần Bình", "BK", text="số hóa hồ sơ lưu trữ", **period)]
    >>> [(entry.key, certain) for entry, certain in find_duplicates([new], old)[1]]
    [(2, True), (3, False)]
    """
    candidates = list(candidates)
    names = _Names(earlier, with_near=any(map(is_party, candidates)))
    words: dict[str, frozenset[str]] = {}
    found: dict[Hashable, list[tuple[Entry, bool]]] = {}
    for candidate in candidates:
        same = [
            (entry, entry.recipient == candidate.recipient)
            for entry in names.like(candidate)
            if competing(candidate, entry)
            and overlap(candidate, entry)
            and same_achievement(candidate, entry, words)
        ]
        if same:
            found[candidate.key] = sorted(same, key=lambda pair: (not pair[1], str(pair[0].key)))
    return found
