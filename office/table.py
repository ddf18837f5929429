"""The table of a sheet: under titles, merged headings of up to three rows and column numbers, with section rows,
totals, repeated headings and signatures taken out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from . import headings as names
from .headings import Synonyms
from .letters import clean_line, search_key
from .sheet import Cell, Cells, Place, Sheet, is_empty, text_of

CellsByColumn: TypeAlias = Mapping[int, Cell]

SEARCHED = 60  # rows among which the headings are looked for
HIGHEST = 3  # rows a heading may take
ORDINAL = re.compile(
    r"\s*(?:(?P<roman>[IVXLC]+)|(?P<letter>[A-ZĐ])|(?P<number>\d{1,3}(?:\.\d{1,3})*))\s*[.)/:\-]*\s*"
)
LEAD = re.compile(r"^\s*(?:(?P<roman>[IVX]+)|(?P<letter>[A-ZĐ])|(?P<number>\d{1,2}))\s*[.)/:\-]+\s*(?=\S)")
COLUMN_NUMBER = re.compile(r"\(?\s*(?:\d{1,2}|[a-e])\s*\)?(?:\s*=.*)?", re.I)
TOTALS = ("tong cong", "tong so", "tong", "cong", "total", "cong so")
SIGNATURES = re.compile(
    r"^(?:nguoi lap|lap bieu|nguoi ky|thu truong|giam doc|pho giam doc|chu tich|truong phong|hieu truong|ky ten"
    r"|xac nhan"
    r"|tm\b|kt\b|noi nhan|ghi chu\s*:|\(?danh sach (?:nay )?(?:co|gom)|[^,]{2,30}, ngay\b|ngay\s*[.\d]*\s*thang)"
)
DITTO = frozenset({"nt", "-nt-", "- nt -", "nhu tren", "//", "ditto"})
RUNNING_NUMBER = ("stt", "so tt", "tt", "so thu tu", "no", "#")


class Heading(NamedTuple):
    """A column: its place, its text and the key it is remembered by."""

    column: int
    text: str
    key: str
    year: int | None = None


class Row(NamedTuple):
    """A row of data: its number in the file, its cells in the order of the headings, the sections above it."""

    number: int
    cells: tuple[Cell, ...]
    sections: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(slots=True)
class Table:
    """The table found in a sheet."""

    name: str
    headings: list[Heading]
    rows: list[Row]
    above: list[str] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)
    running: int | None = None
    first_row: int = 0


def find_table(
    sheet: Sheet, synonyms: Synonyms, include_hidden: bool = False, header_row: int | None = None
) -> Table | None:
    """Return the table of a sheet.

    :param dict synonyms: field -> headings people give it, without accents; they tell headings from titles
    :param bool include_hidden: take hidden rows and columns too
    :param int header_row: the number of the row the headings stand in, if a person said so
    :return: ``Table``, or None if nothing looks like one

    >>> from .sheet import Sheet
    >>> sheet = Sheet("1", [["DANH SÁCH"], ["STT", "Họ tên", "Năm"], [1, 2, 3], ["I", "Cá nhân"], [1, "An", 2020],
    ...                     ["Tổng cộng", None, 1]])
    >>> table = find_table(sheet, {"name": ("ho ten",), "year": ("nam",)})
    >>> table.above, [heading.key for heading in table.headings], table.rows
    (['DANH SÁCH'], ['ho ten', 'nam'], [Row(number=5, cells=('An', 2020), sections=('Cá nhân',), problems=())])
    """
    return _Finder(sheet, synonyms, include_hidden).find(header_row)


class _Finder:
    def __init__(self, sheet: Sheet, synonyms: Synonyms, include_hidden: bool) -> None:
        self.sheet = sheet
        self.rows = sheet.rows
        self.synonyms = synonyms
        self.include_hidden = include_hidden
        width = max(map(len, self.rows), default=0)
        hidden: set[int] = set() if include_hidden else sheet.hidden_columns
        self.columns = [column for column in range(width) if column not in hidden]
        self.covered = self._get_covered()

    def _get_covered(self) -> dict[Place, Place]:
        """Return {place of a cell joined to another: place of that other}."""
        covered: dict[Place, Place] = {}
        for top, left, bottom, right in self.sheet.merged:
            for row in range(top, min(bottom, len(self.rows) - 1) + 1):
                for column in range(left, min(right, left + 100) + 1):
                    covered[row, column] = (top, left)
        return covered

    def get(self, row: int, column: int, across: bool = True) -> Cell:
        """Return a cell; one joined to another holds its value, sideways only where ``across``."""
        top, left = self.covered.get((row, column), (row, column))
        if left != column and not across:
            return None
        cells = self.rows[top]
        return cells[left] if left < len(cells) else None

    # ------------------------------------------------------------------------------------------------
    # The headings
    # ------------------------------------------------------------------------------------------------

    def find(self, header_row: int | None) -> Table | None:
        place = self._find_headings(header_row)
        if place is None:
            return None
        start, height = place
        texts = self._get_headings(start, height)
        headings = self._make_headings(texts)
        above = [*self.sheet.above, *self._get_titles(start)]
        running = next(
            (column for column in self.columns if search_key(texts[column]).strip(" .") in RUNNING_NUMBER),
            None,
        )
        table = Table(self.sheet.name, headings, [], above, running=running, first_row=start + height)
        table.above += _Body(self, table, start, height).walk()
        return table

    def _find_headings(self, header_row: int | None) -> tuple[int, int] | None:
        if header_row is not None:
            starts: Sequence[int] = [header_row - self.sheet.first_number]
        else:
            starts = range(min(len(self.rows), SEARCHED))
        best: tuple[float, int, int] | None = None
        for start in starts:
            if header_row is None and self._hangs_from_above(start):
                continue
            for height in range(1, HIGHEST + 1):
                if start + height > len(self.rows) or not self._may_be_heading(start + height - 1, height):
                    break
                score = self._score(start, height)
                if score and (best is None or score > best[0]):
                    best = (score, start, height)
        if best:
            return best[1:]
        return (starts[0], 1) if header_row is not None else self._find_plain_headings()

    def _hangs_from_above(self, row: int) -> bool:
        """A heading begins where the highest of its joined cells begins."""
        return any(self.covered.get((row, column), (row, 0))[0] < row for column in self.columns)

    def _may_be_heading(self, row: int, height: int) -> bool:
        """Tell whether a row can belong to a heading: texts and years only."""
        cells = [self.get(row, column) for column in self.columns]
        filled = [cell for cell in cells if not is_empty(cell)]
        if height == 1:
            return len(filled) > 1
        return bool(filled) and all(isinstance(cell, str) or names.year_of(cell) for cell in filled)

    def _score(self, start: int, height: int) -> float:
        texts = self._get_headings(start, height)
        found = names.assign([texts[column] for column in self.columns], self.synonyms)
        if len(found) < 2:
            return 0
        years = {names.year_of(texts[column]) for column in self.columns} - {None}
        beside = 0.3 * len(years) if len(years) > 1 else 0  # a column a year
        return sum(score for _field, score in found.values()) + beside - 0.1 * (height - 1)

    def _find_plain_headings(self) -> tuple[int, int] | None:
        """Without any known heading: the first row of at least two texts with rows as wide below it."""
        for start, row in enumerate(self.rows[:SEARCHED]):
            filled = [cell for cell in row if not is_empty(cell)]
            below = self.rows[start + 1 : start + 4]
            widest = max((sum(not is_empty(cell) for cell in line) for line in below), default=0)
            if len(filled) > 1 and widest > 1 and all(isinstance(cell, str) for cell in filled):
                return start, 1
        return None

    def _get_headings(self, start: int, height: int) -> dict[int, str]:
        """Return {column: text of its heading}, what stands over several columns before what stands below."""
        texts = {}
        for column in self.columns:
            parts: list[str] = []
            for row in range(start, start + height):
                text = clean_line(text_of(self.get(row, column)))
                if not text and row + 1 < start + height:
                    text = self._get_over(row, column)
                if text and text not in parts:
                    parts.append(text)
            texts[column] = " ".join(parts)
        return texts

    def _get_over(self, row: int, column: int) -> str:
        """Return the heading further left that stands over this column too, where the file joined no cells."""
        if is_empty(self.get(row + 1, column)):
            return ""
        for left in reversed([place for place in self.columns if place < column]):
            if not is_empty(self.get(row, left)):
                return "" if is_empty(self.get(row + 1, left)) else clean_line(text_of(self.get(row, left)))
        return ""

    def _make_headings(self, texts: Mapping[int, str]) -> list[Heading]:
        headings: list[Heading] = []
        keys: dict[str, int] = {}
        for column in self.columns:
            key = search_key(texts[column])
            if not key or key.strip(" .") in RUNNING_NUMBER:
                continue
            keys[key] = keys.get(key, 0) + 1
            if keys[key] > 1:
                key = f"{key} ({keys[key]})"
            headings.append(Heading(column, texts[column], key, names.year_of(texts[column])))
        return headings

    def _get_titles(self, start: int) -> list[str]:
        titles: list[str] = []
        for row in range(start):
            texts = dict.fromkeys(clean_line(text_of(self.get(row, column))) for column in self.columns)
            titles += filter(None, texts)
        return titles


class _Body:
    """The rows below the headings."""

    def __init__(self, finder: _Finder, table: Table, start: int, height: int) -> None:
        self.finder = finder
        self.table = table
        self.start = start + height
        self.header_keys = {
            tuple(search_key(text_of(finder.get(row, column))) for column in finder.columns)
            for row in range(start, start + height)
        }
        self.header_words = {heading.key for heading in table.headings}
        self.sections: list[tuple[int, str]] = []
        self.pending: list[
            tuple[int, str]
        ] = []  # lines of text that may be sections or notes: what follows tells
        self.before: Cells | None = None
        found = names.assign([heading.text for heading in table.headings], finder.synonyms)
        self.name = next((place for place, (field, _score) in found.items() if field == "name"), None)

    def walk(self) -> list[str]:
        """Fill the table; return the lines of text that stand below it."""
        finder, sheet = self.finder, self.finder.sheet
        for row in range(self.start, len(finder.rows)):
            if row in sheet.hidden_rows and not finder.include_hidden:
                self.leave_out("hidden")
                continue
            cells = {column: finder.get(row, column, across=False) for column in finder.columns}
            filled = {column: cell for column, cell in cells.items() if not is_empty(cell)}
            if filled and self.take(row, cells, filled):
                break
        return [text for _level, text in self.pending]

    def leave_out(self, why: str) -> None:
        self.table.left_out[why] = self.table.left_out.get(why, 0) + 1

    def take(self, row: int, cells: CellsByColumn, filled: CellsByColumn) -> bool:
        """Take in a row; tell whether it is one that ends the table."""
        if self.is_heading_again(row, cells, filled) or self.is_column_numbers(row, filled):
            self.leave_out("headings")
        elif self.is_total(filled):
            self.leave_out("totals")
        elif self.is_signature(filled):
            return True
        elif section := self.get_section(row, filled):
            self.pending.append(section)
        elif row in self.finder.sheet.pages and self.is_rest(filled):
            self.join(cells)
        else:
            self.settle_sections()
            self.add(row, cells)
        return False

    def is_heading_again(self, row: int, cells: CellsByColumn, filled: CellsByColumn) -> bool:
        keys = tuple(search_key(text_of(cell)) for cell in cells.values())
        if keys in self.header_keys:
            return True
        full = tuple(search_key(text_of(self.finder.get(row, column))) for column in self.finder.columns)
        return full in self.header_keys or (
            len(filled) > 2
            and all(search_key(text_of(cell)) in self.header_words for cell in filled.values())
        )

    def is_column_numbers(self, row: int, filled: CellsByColumn) -> bool:
        """Rows like (1) (2) (3), or A B 1 2, that number the columns."""
        texts = [text_of(cell) for cell in filled.values()]
        if len(texts) < 3 or not all(COLUMN_NUMBER.fullmatch(text) for text in texts):
            return False
        figures = [int(found[0]) for text in texts if (found := re.search(r"\d+", text))]
        first = not self.table.rows or row - 1 in self.finder.sheet.pages or row in self.finder.sheet.pages
        return first and all(after - before == 1 for before, after in pairwise(figures))

    def is_total(self, filled: CellsByColumn) -> bool:
        texts = [search_key(text_of(cell)).strip(" :.") for cell in filled.values()]
        if not texts[0].startswith(TOTALS) and not (len(texts) > 1 and texts[1].startswith(TOTALS)):
            return False
        word = texts[0] if texts[0].startswith(TOTALS) else texts[1]
        name = re.sub(r"[\d:.,()]", "", word).strip()
        return name in TOTALS or (name.startswith(("tong cong", "tong so")) and len(filled) <= 3)

    def is_signature(self, filled: CellsByColumn) -> bool:
        running = self.table.running
        if running in filled or not self.table.rows or len(filled) > 3:
            return False
        return bool(SIGNATURES.match(search_key(text_of(next(iter(filled.values()))))))

    def get_section(self, row: int, filled: CellsByColumn) -> tuple[int, str] | None:
        """Return (level, text) of a row that only names what follows, else None."""
        values = list(filled.values())
        if len(values) == 2 and next(iter(filled)) in (self.table.running, self.finder.columns[0]):
            found = ORDINAL.fullmatch(text_of(values[0]))
            if not found or found["number"] or not isinstance(values[1], str):
                return None
            return self.get_level(found), clean_line(values[1])
        if len(values) != 1 or not isinstance(values[0], str):
            return None
        text = clean_line(values[0])
        lead = LEAD.match(text)
        if not lead and len(self.table.headings) < 3:
            return None
        return (self.get_level(lead), text[lead.end() :]) if lead else (3, text)

    @staticmethod
    def get_level(found: re.Match[str]) -> int:
        return 0 if found["letter"] else 1 if found["roman"] else 2

    def settle_sections(self) -> None:
        for level, text in self.pending:
            self.sections = [entry for entry in self.sections if entry[0] < level]
            self.sections.append((level, text))
        self.pending = []

    def is_rest(self, filled: CellsByColumn) -> bool:
        """A row at the top of a page that ends the row cut at the bottom of the page before."""
        running = self.table.running
        return bool(self.table.rows) and running is not None and running not in filled

    def join(self, cells: CellsByColumn) -> None:
        last = self.table.rows[-1]
        joined: Cells = []
        for heading, before in zip(self.table.headings, last.cells, strict=True):
            more = cells.get(heading.column)
            joined.append(before if is_empty(more) else clean_line(f"{text_of(before)} {text_of(more)}"))
        self.table.rows[-1] = last._replace(cells=tuple(joined))

    def add(self, row: int, cells: CellsByColumn) -> None:
        values = [cells.get(heading.column) for heading in self.table.headings]
        if all(map(is_empty, values)):
            return
        values = self.fill_from_above(cells, values)
        unknown = self.finder.sheet.unknown
        problems = tuple(heading.key for heading in self.table.headings if (row, heading.column) in unknown)
        number = row + self.finder.sheet.first_number
        texts = tuple(text for _level, text in self.sections)
        self.table.rows.append(Row(number, tuple(values), texts, problems))
        self.before = values

    def fill_from_above(self, cells: CellsByColumn, values: Cells) -> Cells:
        """What is left blank at the left, or marked as above, is as in the row before."""
        if self.before is None:
            return values
        running = self.table.running
        numbered = running is not None and not is_empty(cells.get(running))
        filled = list(values)
        # Who a row is about is said once for several: only where the name itself is left blank.
        leading = not numbered and self.name is not None and is_empty(values[self.name])
        for place, value in enumerate(values):
            leading = leading and is_empty(value)
            if leading or (isinstance(value, str) and search_key(value) in DITTO):
                filled[place] = self.before[place]
        return filled
