"""A Word file that came back: what is not as it was in the one that was made of the data.

A paper is read as the lines a reader sees: paragraphs in their order, and the rows of its tables, cell beside cell;
then what stands above, below and in notes, but for the numbers of pages.
Names, awards and sums stand in rows, numbers and what the caller names as facts; everything else is wording.
"""

import difflib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from docx.oxml.ns import qn

from .package import open_word
from .word_template import list_frames, list_notes

CELL = " | "
PICTURE = " [hình] "  # a picture may cover or say anything
PICTURES = (qn("w:drawing"), qn("w:pict"))
SIGN = " [ký hiệu] "  # a letter of a font of signs: which one, only the font knows
EQUATION = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
NEAR = 20  # lines further down are not looked at: a file of a thousand other rows takes no minutes
GONE = (
    qn("w:del"),
    qn("w:moveFrom"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)
HIDING = ("w:vanish", "w:strike", "w:dstrike")  # of letters: not seen, or crossed out
SMALLEST = 8  # half points: below four points nobody reads
LOWEST = 80  # twentieths of a point: a row as low as four points
PALE, PALE_THEMES = 0xD0, ("background1", "light1")  # of each of red, green and blue; as pale as the paper
WRAPPERS = (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"))  # around paragraphs, rows and cells
GROUNDS = (qn("w:p"), qn("w:tc"), qn("w:tbl"))
COLOUR = re.compile("[0-9A-Fa-f]{6}")
NUMBER = re.compile(r"\d[\d.,/]*\d|\d")


@dataclass(frozen=True)
class Difference:
    """A line as it was made and as it came back; one of them may be empty. ``is_fact``: a name, award or sum."""

    before: str
    after: str
    is_fact: bool


def compare(made: bytes, returned: bytes, facts: Iterable[str] = ()) -> list[Difference]:
    """Return the lines that differ, in their order.

    :param made: the Word file of the data
    :param returned: the one a person worked on
    :param facts: texts that may not change unnoticed: names, awards
    :raises ValueError: the file is no readable Word file
    """
    before, after = read_lines(made), read_lines(returned)
    named = find_all({clean(fact) for fact in facts if fact})
    found: list[Difference] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for verb, start, end, new_start, new_end in matcher.get_opcodes():
        if verb != "equal":
            found += _pair(before[start:end], after[new_start:new_end], named)
    return found


FindFacts = Callable[[str], list[str]]


def find_all(facts: Collection[str]) -> FindFacts:
    """Return a function that gives the facts of a line in their order, of those that begin alike the longest.

    >>> find_all(["An", "An Bình", "bà"])("bà An Bình và bà Anh, An")
    ['bà', 'An Bình', 'bà', 'An']
    """
    words = "|".join(map(re.escape, sorted(facts, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)").findall if words else lambda _line: []


def _pair(before: list[str], after: list[str], facts: FindFacts) -> Iterator[Difference]:
    """Set old lines beside the new ones they became: the most alike, in order."""
    rest = list(after)
    for line in before:
        close = difflib.get_close_matches(line, rest[:NEAR], n=1, cutoff=0.5)
        new = close[0] if close else ""
        if new:
            yield from _differ("", rest[: rest.index(new)], facts)
            rest = rest[rest.index(new) + 1 :]
        yield Difference(line, new, _is_fact(line, new, facts))
    yield from _differ("", rest, facts)


def _differ(line: str, new_lines: list[str], facts: FindFacts) -> Iterator[Difference]:
    for new in new_lines:
        yield Difference(line, new, _is_fact(line, new, facts))


def _is_fact(before: str, after: str, facts: FindFacts) -> bool:
    """Tell whether a name, an award, a number or a row of a table is touched, or has changed its place in the line.

    >>> names = find_all(["bà An", "ông Bình"])
    >>> _is_fact("Tặng Giấy khen cho bà An", "Tặng Giấy khen cho bà Anh", names)
    True
    >>> _is_fact("Cờ cho bà An, bằng cho ông Bình", "Cờ cho ông Bình, bằng cho bà An", names)
    True
    >>> _is_fact("Thưởng 1.000 đồng", "Thưởng 2.000 đồng", names), _is_fact("Vì cố gắng", "Vì nỗ lực", names)
    (True, False)
    """
    if CELL in before or CELL in after:
        return True
    return any(find(before) != find(after) for find in (NUMBER.findall, facts))


def read_lines(content: bytes) -> list[str]:
    """Return the lines of a Word file; deleted text is not in them, inserted text is.

    :raises ValueError: the file is no readable Word file
    """
    document = open_word(content)
    hidden = _Hidden(_list_styles_that(document, _hides), _list_styles_that(document, _is_pale))
    frames = [*list_frames(document), *list_notes(document)]
    around = [_read_text(paragraph, hidden) for frame in frames for paragraph in frame.iter(qn("w:p"))]
    body = _read_blocks(document.element.body, hidden)
    return [line for line in (*body, *(line for line in around if not line.isdigit())) if line]


class _Hidden(NamedTuple):
    """Ids of styles: whose letters nobody reads wherever they stand; whose letters are as pale as the paper."""

    styles: frozenset[str]
    pale: frozenset[str]


def _list_styles_that(document: Any, test: Callable[[Any], bool]) -> frozenset[str]:
    """Return the ids of the styles whose properties of letters pass a test, their heirs included."""
    found, above = set[str](), dict[str, str]()
    for style in document.styles.element.iterfind(qn("w:style")):
        name = style.get(qn("w:styleId")) or ""
        base = style.find(qn("w:basedOn"))
        above[name] = base.get(qn("w:val")) or "" if base is not None else ""
        if test(style.find(qn("w:rPr"))):
            found.add(name)
    for name in above:
        line = [name]
        while above.get(line[-1]) and above[line[-1]] not in line:
            line.append(above[line[-1]])
        if found & set(line):
            found.add(name)
    return frozenset(found)


def _hides(properties: Any) -> bool:
    """Tell whether properties of letters make them invisible, cross them out or make them too small to be read."""
    if properties is None:
        return False
    if any(_is_on(properties.find(qn(tag))) for tag in HIDING):
        return True
    size = properties.find(qn("w:sz"))
    return size is not None and float(size.get(qn("w:val")) or SMALLEST) < SMALLEST


def _is_pale(properties: Any) -> bool:
    """Tell whether properties of letters give them a colour as pale as the paper."""
    colour = properties.find(qn("w:color")) if properties is not None else None
    if colour is None:
        return False
    value = colour.get(qn("w:val")) or ""
    if colour.get(qn("w:themeColor")) in PALE_THEMES:
        return True
    return bool(COLOUR.fullmatch(value)) and all(part >= PALE for part in bytes.fromhex(value))


def _read_blocks(container: Any, hidden: _Hidden) -> Iterator[str]:
    for element in container:
        if element.tag == qn("w:p"):
            yield _read_text(element, hidden)
        elif element.tag == qn("w:tbl"):
            yield from _read_table(element, hidden)
        elif element.tag in WRAPPERS:
            yield from _read_blocks(element, hidden)


def _read_table(table: Any, hidden: _Hidden) -> Iterator[str]:
    """Yield the rows of a table with rules; one that only sets texts side by side is read cell by cell."""
    for row in _list_parts(table, qn("w:tr")):
        cells = list(_list_parts(row, qn("w:tc")))
        if _is_row_gone(row):
            continue
        if table.find(f"{qn('w:tblPr')}/{qn('w:tblBorders')}") is None and len(cells) <= 2:
            for cell in cells:
                yield from _read_blocks(cell, hidden)
        else:
            texts = [" ".join(filter(None, _read_blocks(cell, hidden))) for cell in cells]
            texts = texts[1:] if texts and texts[0].isdigit() else texts  # a new row renumbers those below
            yield CELL.join(texts) if any(texts) else ""


def _is_row_gone(row: Any) -> bool:
    """Tell whether a row is deleted, hidden, or too low for any letter to be seen."""
    properties = row.find(qn("w:trPr"))
    if properties is None:
        return False
    if properties.find(qn("w:del")) is not None or _is_on(properties.find(qn("w:hidden"))):
        return True
    height = properties.find(qn("w:trHeight"))
    if height is None or height.get(qn("w:hRule")) != "exact":
        return False
    return float(height.get(qn("w:val")) or LOWEST) < LOWEST


def _is_on(mark: Any) -> bool:
    return mark is not None and mark.get(qn("w:val")) not in ("0", "false", "off")


def _list_parts(container: Any, tag: str) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, those in content controls too."""
    for element in container:
        if element.tag == tag:
            yield element
        elif element.tag in WRAPPERS:
            yield from _list_parts(element, tag)


def _read_text(paragraph: Any, hidden: _Hidden) -> str:
    marks = {
        **{qn("w:t"): None, qn("w:tab"): " ", qn("w:br"): " ", qn("w:noBreakHyphen"): "-"},
        **dict.fromkeys(PICTURES, PICTURE),
        **{qn("w:sym"): SIGN, EQUATION: None},
    }
    pieces = (part for part in paragraph.iter(*marks) if not _is_gone(part, hidden))
    return clean("".join(marks[part.tag] or part.text or "" for part in pieces))


def _is_gone(part: Any, hidden: _Hidden) -> bool:
    """Tell whether nobody reads a text: moved elsewhere, deleted, hidden, crossed out, white on white, or for old
    programs only.

    A picture stays to be seen where letters are crossed out.
    """
    if next(part.iterancestors(*GONE), None) is not None:
        return True
    if part.tag in PICTURES:
        return False
    run = next(part.iterancestors(qn("w:r")), None)
    if run is None:
        return False
    styles = set(_list_styles(run))
    return _hides(run.find(qn("w:rPr"))) or bool(styles & hidden.styles) or _fades(run, styles & hidden.pale)


def _fades(run: Any, pale_styles: set[str]) -> bool:
    """Tell whether letters are as pale as the paper under them; on a ground of another colour they are read."""
    own = run.find(f"{qn('w:rPr')}/{qn('w:color')}")
    is_pale = _is_pale(run.find(qn("w:rPr"))) if own is not None else bool(pale_styles)
    if not is_pale:
        return False
    # the properties of a run, a paragraph, a cell or a table are called after it: r, rPr
    holders = (run, *run.iterancestors(*GROUNDS))
    return not any(_has_ground(holder.find(f"{holder.tag}Pr")) for holder in holders)


def _has_ground(properties: Any) -> bool:
    """Tell whether properties colour the ground under letters."""
    if properties is None:
        return False
    if properties.find(qn("w:highlight")) is not None:
        return True
    ground = properties.find(qn("w:shd"))
    fill = ground.get(qn("w:fill")) if ground is not None else None
    return bool(fill and COLOUR.fullmatch(fill) and min(bytes.fromhex(fill)) < PALE)


def _list_styles(run: Any) -> Iterator[str]:
    """Yield the styles of a run and of its paragraph."""
    for holder, properties, kind in (
        (run, "w:rPr", "w:rStyle"),
        (next(run.iterancestors(qn("w:p")), None), "w:pPr", "w:pStyle"),
    ):
        style = holder.find(f"{qn(properties)}/{qn(kind)}") if holder is not None else None
        if style is not None:
            yield style.get(qn("w:val")) or ""


def clean(text: str) -> str:
    """Return a text with single spaces and composed letters only, as it is compared.

    >>> clean(" Điều 1.  Tặng "), clean("Tạ\u0306ng") == clean("Ta\u0323\u0306ng") == "Tặng"
    ('Điều 1. Tặng', True)
    """
    return " ".join(unicodedata.normalize("NFC", text).replace("\u00a0", " ").split())
