"""Which column is which: headings compared word by word without accents, then what the cells hold."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import TypeAlias

from .letters import search_key
from .sheet import Cell, is_empty, text_of
from .values import ISO, NUMBER, PARTS, WORDS, YEAR, read_identity

Synonyms: TypeAlias = Mapping[str, Sequence[str]]  # field -> headings people give it, without accents

# A heading longer than this is a sentence.
LONGEST = 120
ENOUGH = 0.34
WORD = re.compile(r"[a-z0-9]+")


@cache
def _split(synonym: str) -> tuple[str, ...]:
    return tuple(synonym.split())


def words_of(heading: str) -> tuple[str, ...]:
    """Return the words of a heading without accents, signs and what stands in brackets.

    >>> words_of("Họ và tên (chữ in hoa)*"), words_of("Số QĐ, ngày ký")
    (('ho', 'va', 'ten'), ('so', 'qd', 'ngay', 'ky'))
    """
    key = search_key(heading)
    return tuple(WORD.findall(re.sub(r"\(.*?\)", " ", key)) or WORD.findall(key))


def likeness(words: Sequence[str], synonym: Sequence[str]) -> float:
    """Return how much a heading means a synonym: the share of its words that are the synonym's, 0 if they do not
    all stand in it in their order ("tiêu chí" is no "chỉ tiêu").

    >>> likeness(("ngay", "sinh"), ("ngay", "sinh")), likeness(("ngay", "sinh"), ("ngay",))
    (1.0, 0.5)
    >>> likeness(("ngay",), ("ngay", "sinh")), likeness(("tieu", "chi"), ("chi", "tieu"))
    (0, 0)
    """
    rest = iter(words)
    return len(synonym) / len(words) if words and all(word in rest for word in synonym) else 0


def assign(headings: Iterable[str], synonyms: Synonyms) -> dict[int, tuple[str, float]]:
    """Return which field each column is, best pairs first, a field once.

    :param headings: texts, one a column
    :param dict synonyms: field -> headings people give it, without accents
    :return: {column: (field, likeness)}

    >>> found = assign(["STT", "Họ tên", "Ngày sinh", "Ngày"], {
    ...     "name": ("ho ten", "ho va ten"), "birth": ("ngay sinh",), "date": ("ngay", "ngay ky")})
    >>> {column: field for column, (field, _score) in sorted(found.items())}
    {1: 'name', 2: 'birth', 3: 'date'}
    """
    pairs = []
    for column, heading in enumerate(headings):
        words = words_of(heading) if heading and len(heading) <= LONGEST else ()
        for field, names in synonyms.items():
            best = max((likeness(words, _split(name)) for name in names), default=0) if words else 0
            if best >= ENOUGH:
                pairs.append((best, -column, field))
    found: dict[int, tuple[str, float]] = {}
    taken: set[str] = set()
    for score, column, field in sorted(pairs, reverse=True):
        if -column not in found and field not in taken:
            found[-column] = (field, score)
            taken.add(field)
    return found


def year_of(heading: Cell) -> int | None:
    """Return the year a column is about ("Năm 2019", "2019"), else None.

    >>> year_of("Năm 2019"), year_of(2020), year_of("Xếp loại năm 2021"), year_of("Giai đoạn 2016-2020"), year_of("Năm")
    (2019, 2020, 2021, None, None)
    """
    years = YEAR.findall(text_of(heading))
    return int(years[0]) if len(years) == 1 else None


def is_about(heading: str, synonyms: Synonyms) -> bool:
    """Tell whether a heading, its years left aside, is mostly the words of a field.

    >>> is_about("Năm 2018 Số QĐ", {"decision_number": ("so qd",)}), is_about("Năm 2018", {"year": ("nam",)})
    (True, False)
    """
    words = words_of(YEAR.sub(" ", re.sub(r"\b(?:năm|nam)\s+(?=\d{4})", "", heading, flags=re.I)))
    return any(likeness(words, tuple(name.split())) > 0.5 for names in synonyms.values() for name in names)


def find_title_year(lines: Iterable[str]) -> int | None:
    """Return the year titles name, dates and numbers of documents left aside, if it is one.

    >>> find_title_year(["DANH SÁCH NĂM 2020", "(Kèm theo QĐ số 12/QĐ-SNV ngày 05 tháng 01 năm 2021)"])
    2020
    >>> find_title_year(["Sinh năm 1980"]), find_title_year(["Năm 2019", "Năm 2020"]), find_title_year(["05/01/2021"])
    (None, None, None)
    """
    years: set[str] = set()
    for line in lines:
        key = search_key(line)
        for pattern in (WORDS, ISO, PARTS, NUMBER):
            key = pattern.sub(" ", key)
        if "sinh" not in key.split():
            years |= set(YEAR.findall(key))
    return int(years.pop()) if len(years) == 1 else None


def guess_by_content(
    columns: Mapping[int, Sequence[Cell]],
    unknown: Iterable[int],
    recognise: Mapping[str, Callable[[Cell], bool]],
) -> dict[int, str]:
    """Return fields of columns without a telling heading, by what most of their cells hold.

    :param columns: {column: cells}
    :param unknown: columns nobody named yet
    :param dict recognise: field -> function that tells whether a cell is one
    :return: {column: field}

    >>> guess_by_content({0: ["001085000123"] * 3, 1: ["LĐTT", "CSTĐ", None]}, [0, 1], {
    ...     "identity": is_identity, "award": lambda cell: cell in ("LĐTT", "CSTĐ")})
    {0: 'identity', 1: 'award'}
    """
    found: dict[int, str] = {}
    for column in unknown:
        cells = [cell for cell in columns[column][:200] if not is_empty(cell)]
        for field, is_one in recognise.items():
            if field not in found.values() and cells and sum(map(is_one, cells)) * 2 > len(cells):
                found[column] = field
                break
    return found


def is_identity(cell: Cell) -> bool:
    """Tell whether a cell holds an identity number of nine or twelve figures.

    >>> is_identity("001085000123"), is_identity("2020"), is_identity("An")
    (True, False, False)
    """
    try:
        return bool(read_identity(cell))
    except ValueError:
        return False
