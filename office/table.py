"""The table of a sheet: under titles, merged headings of up to three rows and column numbers, with section rows,
totals, repeated headings and signatures taken out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from . import headings as names
from .headings import Synonyms
from .letters import clean_line, search_key
from .problems import OfficeError
from .row_words import (
    COLUMN_NUMBER,
    ERROR,
    LEAD,
    ORDINAL,
    RUNNING_NUMBER,
    SIGNATURES,
    is_ditto,
    is_section,
    is_total,
)
from .sheet import MOST_JOINED, Cell, Cells, Place, Sheet, is_empty, text_of

CellsByColumn: TypeAlias = Mapping[int, Cell]

SEARCHED = 60  # rows among which the headings are looked for
HIGHEST = 3  # rows a heading may take
# What says that a row is about somebody else than the row before.
PERSON_FIELDS = frozenset({"unit", "post_unit", "identity", "email", "birth", "kind"})


class Heading(NamedTuple):
    """A column: its place, its text and the key it is remembered by."""

    column: int
    text: str
    key: str
    year: int | None = None


class Row(NamedTuple):
    """A row of data: its number in the file, its cells in the order of the headings, the sections above it.

    ``problems``: keys of the headings whose formula has no value. ``doubts``: why a person must look at the row:
    ``alone`` (only a name, that may be a heading), ``struck`` (some cells are struck through), ``unnumbered``
    (others have a running number; a signature perhaps).
    """

    number: int
    cells: tuple[Cell, ...]
    sections: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(slots=True)
class Table:
    """The table found in a sheet."""

    name: str
    headings: list[Heading]
    rows: list[Row]
    above: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)  # of above: what stands over this table and no other
    left_out: dict[str, int] = field(default_factory=dict)
    running: int | None = None
    first_row: int = 0
    follows: bool = False  # a table of a document, under the titles of the one before
    known: int = 0  # headings that are understood
    width: int = 0  # columns


def find_table(
    sheet: Sheet, synonyms: Synonyms, include_hidden: bool = False, header_row: int | None = None
) -> Table | None:
    """Return the first table of a sheet.

    :param dict synonyms: field -> headings people give it, without accents; they tell headings from titles
    :param bool include_hidden: take hidden rows and columns too
    :param int header_row: the number of the row the headings stand in, if a person said so
    :return: ``Table``, or None if nothing looks like one

    >>> from .sheet import Sheet
    >>> sheet = Sheet("1", [["DANH SÁCH"], ["STT", "Họ tên", "Năm"], [1, 2, 3], ["I", "Cá nhân"], [1, "An", 2020],
    ...                     ["Tổng cộng", None, 1]])
    >>> table = find_table(sheet, {"name": ("ho ten",), "year": ("nam",)})
    >>> table.above, [heading.key for heading in table.headings], [row[:3] for row in table.rows]
    (['DANH SÁCH'], ['ho ten', 'nam'], [(5, ('An', 2020), ('Cá nhân',))])
    """
    return next(iter(find_tables(sheet, synonyms, include_hidden, header_row)), None)


def find_tables(
    sheet: Sheet, synonyms: Synonyms, include_hidden: bool = False, header_row: int | None = None
) -> list[Table]:
    """Return the tables of a sheet: side by side, and one below another where new headings begin.

    >>> from .sheet import Sheet
    >>> synonyms = {"name": ("ho ten",), "year": ("nam",)}
    >>> sheet = Sheet("1", [["Họ tên", "Năm", None, "Họ tên", "Năm"], ["An", 2020, None, "Bình", 2021]])
    >>> [[row.cells for row in table.rows] for table in find_tables(sheet, synonyms)]
    [[('An', 2020)], [('Bình', 2021)]]
    """
    return _Finder(sheet, synonyms, include_hidden).find(header_row)


def find_all(
    sheets: Sequence[Sheet], synonyms: Synonyms, include_hidden: bool = False, header_row: int | None = None
) -> list[Table]:
    """Return the tables of a file. A table of a document without headings of its own goes on with the one before;
    one that nothing is known of (a letterhead, signatures) is left out where others are known.
    """
    tables: list[Table] = []
    read: list[str] = []  # lines of a document above the table before
    for sheet in sheets:
        found = find_tables(sheet, synonyms, include_hidden, header_row)
        if tables and sheet.follows and not any(table.known > 1 for table in found):
            last = tables[-1]
            if last.known > 1 and max(map(len, sheet.rows), default=0) == last.width:
                found = [_Finder(sheet, synonyms, include_hidden).go_on(last)]
        if sheet.follows and any(table.known > 1 for table in found):
            for table in found:
                table.titles = [line for line in table.titles if line not in read]
            read = sheet.above
        tables += found
    tables = [table for table in tables if table.rows]
    known = [table for table in tables if table.known > 1] or tables
    if known:
        others = sum(1 for table in tables if table not in known and len(table.rows) > 1)
        notes = {"tables": others} if others else {}
        for sheet in sheets:
            notes |= {why: notes.get(why, 0) + number for why, number in sheet.lost.items()}
        known[0].left_out |= notes
    return known


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
        joined = 0
        for top, left, bottom, right in self.sheet.merged:
            bottom, right = min(bottom, len(self.rows) - 1), min(right, left + 100)
            joined += max(bottom - top + 1, 0) * (right - left + 1)
            if joined > MOST_JOINED:
                raise OfficeError("too_joined", sheet=self.sheet.name)
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
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

    def find(self, header_row: int | None) -> list[Table]:
        tables: list[Table] = []
        begin: int | None = 0
        while begin is not None:
            place = self._find_headings(header_row, begin)
            if place is None:
                break
            found, begin = self._read(*place, self._get_titles(begin, place[0]))
            tables += found
        return tables

    def go_on(self, before: Table) -> Table:
        """Return the rows of a sheet that has no headings of its own, under those of the table before."""
        table = replace(before, name=self.sheet.name, rows=[], above=[], left_out={}, first_row=0)
        _Body(self, table, 0, 0).walk()
        return table

    def _read(self, start: int, height: int, titles: list[str]) -> tuple[list[Table], int | None]:
        """Return the tables under headings, and where new headings begin."""
        texts = self._get_headings(start, height)
        tables = []
        columns, ends = self.columns, []
        for block in self._split_columns(texts):
            self.columns = block
            headings = self._make_headings(texts)
            running = next(
                (place for place in block if search_key(texts[place]).strip(" .") in RUNNING_NUMBER), None
            )
            known = len(names.assign([heading.text for heading in headings], self.synonyms))
            above = [*self.sheet.above, *titles]
            table = Table(
                self.sheet.name, headings, [], above, running=running, first_row=start + height, known=known
            )
            table.width = max(map(len, self.rows))
            table.titles = list(above)
            table.follows = self.sheet.follows
            body = _Body(self, table, start, height)
            table.above += body.walk()
            ends.append(body.end)
            tables.append(table)
        self.columns = columns
        return tables, max((end for end in ends if end is not None), default=None)

    def _split_columns(self, texts: Mapping[int, str]) -> list[list[int]]:
        """Return the columns of each table: where the same headings begin again, another stands beside."""
        keys = [search_key(texts[column]).strip(" .") for column in self.columns]
        said = names.assign(keys, {"name": self.synonyms.get("name", ())})
        name = next((place for place, (_field, score) in said.items() if score == 1), None)
        again = [place for place, key in enumerate(keys) if name is not None and key == keys[name]]
        if len(again) < 2:
            return [self.columns]
        first, second = again[:2]
        before = 0
        while (
            before < first
            and first + before + 1 < second
            and keys[first - before - 1]
            and (keys[first - before - 1] == keys[second - before - 1])
        ):
            before += 1
        starts = [place - before for place in again]
        parts = [self.columns[begin:end] for begin, end in pairwise([0, *starts[1:], len(keys)])]
        fields = [len(names.assign([texts[place] for place in part], self.synonyms)) for part in parts]
        return parts if min(fields) > 1 else [self.columns]

    def _find_headings(self, header_row: int | None, begin: int) -> tuple[int, int] | None:
        if header_row is not None:
            starts: Sequence[int] = [header_row - self.sheet.first_number] if not begin else []
        else:
            filled = next((row for row in range(begin, len(self.rows)) if self.rows[row]), begin)
            starts = range(filled, min(len(self.rows), filled + SEARCHED))
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
        if begin:
            return None
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

    def _get_titles(self, begin: int, start: int) -> list[str]:
        titles: list[str] = []
        for row in range(begin, start):
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
        self.named: list[bool] = []  # of each row: whether it has a running number of its own
        self.end: int | None = None  # where other headings begin
        self.is_cut = False  # a heading or a hidden row stands between the row before and this one
        found = names.assign([heading.text for heading in table.headings], finder.synonyms)
        self.name = next((place for place, (field, _score) in found.items() if field == "name"), None)
        self.name_words = {tuple(name.split()) for name in finder.synonyms.get("name", ())}
        self.person = [place for place, (field, _score) in found.items() if field in PERSON_FIELDS]

    def walk(self) -> list[str]:
        """Fill the table; return the lines of text that stand below it."""
        finder, sheet = self.finder, self.finder.sheet
        for row in range(self.start, len(finder.rows)):
            cells = {column: finder.get(row, column, across=False) for column in finder.columns}
            filled = {column: cell for column, cell in cells.items() if not is_empty(cell)}
            if row in sheet.hidden_rows and not finder.include_hidden:
                self.leave_out("hidden")
                self.remember(cells, filled)
            elif filled and self.take(row, cells, filled):
                break
        self.doubt_unnumbered()
        return [text for _level, text in self.pending] if self.end is None else []

    def leave_out(self, why: str, number: int = 1) -> None:
        self.table.left_out[why] = self.table.left_out.get(why, 0) + number

    def remember(self, cells: CellsByColumn, filled: CellsByColumn) -> None:
        """A hidden row says whom the rows below it are about, where they leave the name blank."""
        if filled:
            values = [cells.get(heading.column) for heading in self.table.headings]
            self.before = self.fill_from_above(cells, values)

    def take(self, row: int, cells: CellsByColumn, filled: CellsByColumn) -> bool:
        """Take in a row; tell whether it is one that ends the table."""
        struck = [column for column in filled if (row, column) in self.finder.sheet.struck]
        if self.is_heading_again(row, cells, filled) or self.is_column_numbers(row, filled):
            self.leave_out("headings")
        elif self.is_new_heading(row, cells, filled):
            self.end = self.get_new_beginning(row)
            return True
        elif self.is_total(filled):
            self.leave_out("totals")
        elif self.is_signature(filled):
            return self.is_over(row)
        elif len(struck) == len(filled):
            self.leave_out("struck")
            self.remember(cells, filled)
        elif section := self.get_section(row, filled):
            self.pending.append(section)
        elif row in self.finder.sheet.pages and self.is_rest(filled):
            self.join(cells)
        else:
            self.settle_sections()
            self.add(row, cells, filled, struck)
        return False

    def is_over(self, row: int) -> bool:
        """Tell whether nothing of the list stands below a row that looks like a signature."""
        for later in range(row + 1, len(self.finder.rows)):
            cells = {column: self.finder.get(later, column, across=False) for column in self.finder.columns}
            filled = {column: cell for column, cell in cells.items() if not is_empty(cell)}
            headings = len(self.table.headings)
            full = self.table.running is None and len(filled) == headings > 2
            if self.is_numbered(filled) or full or len(filled) > max(3, headings // 2):
                self.leave_out("notes")
                return False
            if self.is_new_heading(later, cells, filled):
                self.end = later
                break
        below = [
            line for line in self.finder.rows[row : self.end] if any(not is_empty(cell) for cell in line)
        ]
        self.leave_out("below", len(below))
        return True

    def is_numbered(self, filled: CellsByColumn) -> bool:
        """Tell whether a row has a running number, and something else."""
        running = self.table.running
        if running is None or running not in filled or len(filled) < 2:
            return False
        return bool(ORDINAL.fullmatch(text_of(filled[running])))

    def is_new_heading(self, row: int, cells: CellsByColumn, filled: CellsByColumn) -> bool:
        """Tell whether other headings begin: texts that are all headings word by word, a name among them."""
        if len(filled) < 2 or not all(isinstance(cell, str) for cell in filled.values()):
            return False
        texts = [text_of(cell) for cell in filled.values()]
        if not any(len(text) < names.LONGEST and names.words_of(text) in self.name_words for text in texts):
            return False
        said = names.assign(texts, self.finder.synonyms).values()
        exact = {field for field, score in said if score == 1}
        running = any(search_key(text).strip(" .") in RUNNING_NUMBER for text in texts)
        return "name" in exact and len(exact) + running > 2

    def get_new_beginning(self, row: int) -> int:
        """The lines of text right above other headings are their titles."""
        while self.pending and row > self.start:
            row -= 1
            if any(not is_empty(cell) for cell in self.finder.rows[row]):
                self.pending.pop()
        return row

    def doubt_unnumbered(self) -> None:
        """Where most rows have a running number, one that has a name and no number is perhaps a signature."""
        if sum(self.named) * 2 < len(self.named):
            return
        for place, (row, named) in enumerate(zip(self.table.rows, self.named, strict=True)):
            if not named and self.name is not None and not is_empty(row.cells[self.name]):
                self.table.rows[place] = row._replace(doubts=(*row.doubts, "unnumbered"))

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
        if self.is_plain_number(filled):  # Mr Tống Công has a number of his own
            return False
        return any(is_total(text_of(cell), len(filled) <= 3) for cell in list(filled.values())[:2])

    def is_signature(self, filled: CellsByColumn) -> bool:
        running = self.table.running
        if running in filled or not self.table.rows or len(filled) > 3:
            return False
        return all(SIGNATURES.match(search_key(text_of(cell))) for cell in filled.values())

    def get_section(self, row: int, filled: CellsByColumn) -> tuple[int, str] | None:
        """Return (level, text) of a row that only names what follows, else None."""
        values = list(filled.values())
        if len(values) == 2 and next(iter(filled)) in (self.table.running, self.finder.columns[0]):
            found = ORDINAL.fullmatch(text_of(values[0]))
            if not found or found["number"] or not isinstance(values[1], str):
                return None
            return (self.get_level(found), clean_line(values[1])) if is_section(values[1]) else None
        if len(values) != 1 or not isinstance(values[0], str):
            return None
        text, column = clean_line(values[0]), next(iter(filled))
        lead = LEAD.match(text)
        if not self.is_joined(row, column) and (
            self.is_behind_name(column) or (not lead and not is_section(text) and self.is_name(column))
        ):
            return None
        return (self.get_level(lead), text[lead.end() :]) if lead else (3, text)

    def is_name(self, column: int) -> bool:
        return self.name is not None and self.table.headings[self.name].column == column

    def is_behind_name(self, column: int) -> bool:
        return self.name is not None and self.table.headings[self.name].column < column

    def is_joined(self, row: int, column: int) -> bool:
        """Tell whether a cell is joined to the one at its right."""
        return self.finder.covered.get((row, column + 1), (row, column + 1))[1] == column

    @staticmethod
    def get_level(found: re.Match[str]) -> int:
        return 0 if found["letter"] else 1 if found["roman"] else 2

    def settle_sections(self) -> None:
        for level, text in self.pending:
            self.sections = [entry for entry in self.sections if entry[0] < level]
            self.sections.append((level, text))
            self.is_cut = True
        self.leave_out("sections", len(self.pending)) if self.pending else None
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

    def add(self, row: int, cells: CellsByColumn, filled: CellsByColumn, struck: Sequence[int]) -> None:
        errors = {
            column for column, cell in filled.items() if isinstance(cell, str) and ERROR.fullmatch(cell)
        }
        cells = {column: None if column in errors else cell for column, cell in cells.items()}
        values = [cells.get(heading.column) for heading in self.table.headings]
        if all(map(is_empty, values)) and not errors:
            return
        values = self.fill_from_above(cells, values)
        unknown = self.finder.sheet.unknown | {(row, column) for column in errors}
        problems = tuple(heading.key for heading in self.table.headings if (row, heading.column) in unknown)
        number = row + self.finder.sheet.first_number
        texts = tuple(text for _level, text in self.sections)
        data = [column for column in filled if column != self.table.running]
        alone = len(data) == 1 and len(self.table.headings) > 1 and not self.is_plain_number(filled)
        doubts = (("alone",) if alone else ()) + (("struck",) if struck else ())
        self.table.rows.append(Row(number, tuple(values), texts, problems, doubts))
        repeated = self.name is not None and is_empty(cells.get(self.table.headings[self.name].column))
        self.named.append(repeated or self.table.running in filled)
        self.before = values
        self.is_cut = False

    def is_plain_number(self, filled: CellsByColumn) -> bool:
        """Tell whether the running number is in figures: a heading has a letter or none."""
        running = self.table.running
        if running is None or running not in filled:
            return False
        found = ORDINAL.fullmatch(text_of(filled[running]))
        return bool(found and found["number"])

    def fill_from_above(self, cells: CellsByColumn, values: Cells) -> Cells:
        """What is left blank at the left, or marked as above, is as in the row before."""
        if self.before is None:
            return values
        running = self.table.running
        numbered = running is not None and not is_empty(cells.get(running))
        filled = list(values)
        # Who a row is about is said once for several: only where the name itself is left blank, and nothing else
        # says that it is somebody else.
        other = any(
            not is_empty(values[place]) and values[place] != self.before[place] for place in self.person
        )
        leading = not numbered and not self.is_cut and not other
        leading = leading and self.name is not None and is_empty(values[self.name])
        for place, value in enumerate(values):
            leading = leading and is_empty(value)
            if leading or (isinstance(value, str) and is_ditto(value)):
                filled[place] = self.before[place]
        return filled
