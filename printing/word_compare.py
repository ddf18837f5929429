"""A Word file that came back: what is not as it was in the one that was made of the data.

A paper is read as the lines a reader sees: paragraphs in their order, and the rows of its tables, cell beside cell;
then what stands above, below and in notes, but for the numbers of pages.
Names, awards and sums stand in rows, numbers and what the caller names as facts; everything else is wording.
"""

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from .package import open_word
from .word_template import list_frames, list_notes

CELL = " | "
PICTURE = " [hình] "  # a picture may cover or say anything
NEAR = 20  # lines further down are not looked at: a file of a thousand other rows takes no minutes
GONE = (qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
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
    named = [clean(fact) for fact in facts if fact]
    found: list[Difference] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for verb, start, end, new_start, new_end in matcher.get_opcodes():
        if verb != "equal":
            found += _pair(before[start:end], after[new_start:new_end], named)
    return found


def _pair(before: list[str], after: list[str], facts: list[str]) -> Iterator[Difference]:
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


def _differ(line: str, new_lines: list[str], facts: list[str]) -> Iterator[Difference]:
    for new in new_lines:
        yield Difference(line, new, _is_fact(line, new, facts))


def _is_fact(before: str, after: str, facts: list[str]) -> bool:
    """Tell whether a name, an award, a number or a row of a table is touched.

    >>> _is_fact("Tặng Giấy khen cho bà An", "Tặng Giấy khen cho bà Anh", ["bà An"])
    True
    >>> _is_fact("Thưởng 1.000 đồng", "Thưởng 2.000 đồng", []), _is_fact("Vì đã cố gắng", "Vì đã nỗ lực", [])
    (True, False)
    """
    if CELL in before or CELL in after:
        return True
    if sorted(NUMBER.findall(before)) != sorted(NUMBER.findall(after)):
        return True
    return any(_count(fact, before) != _count(fact, after) for fact in facts)


def _count(fact: str, line: str) -> int:
    return len(re.findall(rf"(?<!\w){re.escape(fact)}(?!\w)", line))


def read_lines(content: bytes) -> list[str]:
    """Return the lines of a Word file; deleted text is not in them, inserted text is.

    :raises ValueError: the file is no readable Word file
    """
    document = open_word(content)
    frames = [*list_frames(document), *list_notes(document)]
    around = [_read_text(paragraph) for frame in frames for paragraph in frame.iter(qn("w:p"))]
    lines = [*_read_blocks(document.element.body), *(line for line in around if not line.isdigit())]
    return [line for line in lines if line]


def _read_blocks(container: Any) -> Iterator[str]:
    for element in container:
        if element.tag == qn("w:p"):
            yield _read_text(element)
        elif element.tag == qn("w:tbl"):
            yield from _read_table(element)
        elif element.tag in (qn("w:sdt"), qn("w:sdtContent")):
            yield from _read_blocks(element)


def _read_table(table: Any) -> Iterator[str]:
    """Yield the rows of a table with rules; one that only sets texts side by side is read cell by cell."""
    for row in table.iterchildren(qn("w:tr")):
        cells = list(row.iterchildren(qn("w:tc")))
        if table.find(f"{qn('w:tblPr')}/{qn('w:tblBorders')}") is None and len(cells) <= 2:
            for cell in cells:
                yield from _read_blocks(cell)
        else:
            texts = [" ".join(filter(None, _read_blocks(cell))) for cell in cells]
            yield CELL.join(texts[1:] if texts[0].isdigit() else texts)  # a new row renumbers those below


def _read_text(paragraph: Any) -> str:
    marks = {
        **{qn("w:t"): None, qn("w:tab"): " ", qn("w:br"): " ", qn("w:noBreakHyphen"): "-"},
        **{qn("w:drawing"): PICTURE, qn("w:pict"): PICTURE},
    }
    parts = (marks[part.tag] or part.text or "" for part in paragraph.iter(*marks) if not _is_gone(part))
    return clean("".join(parts))


def _is_gone(part: Any) -> bool:
    """Tell whether nobody sees a text: moved elsewhere, hidden, or there for old programs only."""
    run = next(part.iterancestors(qn("w:r")), None)
    hidden = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}") if run is not None else None
    is_hidden = hidden is not None and hidden.get(qn("w:val")) not in ("0", "false", "off")
    return is_hidden or next(part.iterancestors(*GONE), None) is not None


def clean(text: str) -> str:
    """Return a text with single spaces only, as it is compared.

    >>> clean(" Điều 1.  Tặng ")
    'Điều 1. Tặng'
    """
    return " ".join(text.replace("\u00a0", " ").split())
