"""A Word file of an agency's own as template: fields in braces are filled, rows that list are repeated.

``{number}`` stands for a value of the document. A row of a table with fields of a line, as ``{line.name}``, is repeated
for every line. A field may be split over differently formatted pieces of text, as Word likes to do; its value takes the
format of its first letter. Fields are names out of a list and nothing else: a template computes nothing.
"""

import copy
import io
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from .package import open_word
from .word import to_xml

FIELD = re.compile(r"\{([^{}]*)\}")
BROKEN = re.compile(r"\{.{0,40}|.{0,40}\}")  # a brace that is opened and not closed, or closed and not opened
LINE = "line."


@dataclass(frozen=True)
class Place:
    """Where a field stands, as a person counts: ``part`` is ``body``, ``header`` or ``footer``.

    ``table`` and ``row`` are 0 outside tables; ``paragraph`` counts the paragraphs of the part, or of the row.
    """

    part: str
    paragraph: int
    table: int = 0
    row: int = 0


@dataclass(frozen=True)
class Problem:
    """A field nobody knows, or a field of a line outside a table (``is_stray``), and where it stands.

    ``field`` is what is written there, with its braces.
    """

    field: str
    place: Place
    is_stray: bool = False


def find_problems(content: bytes, fields: Sequence[str], line_fields: Sequence[str]) -> list[Problem]:
    """Return what keeps a template from being filled, in the order a reader meets it.

    :param fields: names of the values of a document
    :param line_fields: names of the values of a line, without ``line.``
    :raises ValueError: the file is no readable Word file

    >>> from docx import Document
    >>> made, output = Document(), io.BytesIO()
    >>> made.add_paragraph("Số: {nubmer}").text, made.save(output)
    ('Số: {nubmer}', None)
    >>> [problem.field for problem in find_problems(output.getvalue(), ["number"], [])]
    ['{nubmer}']
    """
    known = {*fields, *(LINE + name for name in line_fields)}
    problems = []
    for paragraph, place in _walk(open_word(content)):
        text = _text(paragraph)
        problems += [Problem(field, place) for field in BROKEN.findall(FIELD.sub("", text))]
        for field in FIELD.findall(text):
            name = field.strip()
            if name not in known:
                problems.append(Problem(f"{{{field}}}", place))
            elif name.startswith(LINE) and not (place.table and place.part == "body"):
                problems.append(Problem(f"{{{field}}}", place, is_stray=True))
    return problems


def fill(content: bytes, values: Mapping[str, str], lines: Sequence[Mapping[str, str]]) -> bytes:
    """Return the file with its fields filled.

    :param values: ``{field: text}``; a new line in a text is a new line in the file
    :param lines: the same for each line, without ``line.``
    """
    document = open_word(content)
    rows = _find_line_rows(document)
    plain = [paragraph for paragraph, _place in _walk(document) if not rows & set(paragraph.iterancestors())]
    for paragraph in plain:
        _fill_paragraph(paragraph, values)
    for row in rows:
        _repeat(row, values, lines)
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def _walk(document: Any) -> Iterator[tuple[Any, Place]]:
    """Yield every paragraph with its place: body, then headers and footers."""
    yield from _walk_part(document.element.body, "body")
    for section in document.sections:
        for part in ("header", "footer"):
            for kind in ("", "first_page_", "even_page_"):
                block = getattr(section, f"{kind}{part}")
                if not block.is_linked_to_previous:
                    yield from _walk_part(block._element, part)


def _walk_part(part: Any, name: str) -> Iterator[tuple[Any, Place]]:
    tables = list(part.iter(qn("w:tbl")))
    outside, inside = 0, dict[int, int]()
    for paragraph in part.iter(qn("w:p")):
        row = next(paragraph.iterancestors(qn("w:tr")), None)
        if row is None:
            outside += 1
            yield paragraph, Place(name, outside)
            continue
        table = row.getparent()
        inside[id(row)] = inside.get(id(row), 0) + 1
        number = table.index(row) - len(table.xpath("./w:tblPr | ./w:tblGrid")) + 1
        yield paragraph, Place(name, inside[id(row)], tables.index(table) + 1, number)


def _find_line_rows(document: Any) -> set[Any]:
    """Return the rows that are repeated: those with a field of a line; of rows inside one another the outer."""
    found = {
        row
        for paragraph in document.element.body.iter(qn("w:p"))
        if any(field.strip().startswith(LINE) for field in FIELD.findall(_text(paragraph)))
        for row in itertools.islice(paragraph.iterancestors(qn("w:tr")), 1)
    }
    return {row for row in found if not found & set(row.iterancestors())}


def _repeat(row: Any, values: Mapping[str, str], lines: Sequence[Mapping[str, str]]) -> None:
    """Set a copy of the row for every line in its place; every field is filled once, whatever its value looks like."""
    for line in lines:
        made = copy.deepcopy(row)
        texts = {**values, **{LINE + name: text for name, text in line.items()}}
        for paragraph in made.iter(qn("w:p")):
            _fill_paragraph(paragraph, texts)
        row.addprevious(made)
    row.getparent().remove(row)


def _text(element: Any) -> str:
    return "".join(node.text or "" for node in element.iter(qn("w:t")))


def _fill_paragraph(paragraph: Any, values: Mapping[str, str]) -> None:
    """Fill the fields of a paragraph that have a value, from the last to the first: places before stay right."""
    nodes = list(paragraph.iter(qn("w:t")))
    for match in reversed(list(FIELD.finditer("".join(node.text or "" for node in nodes)))):
        value = values.get(match[1].strip())
        if value is not None:
            _replace(nodes, match.start(), match.end(), to_xml(value))


def _replace(nodes: Sequence[Any], start: int, end: int, value: str) -> None:
    """Write ``value`` over the letters from ``start`` to ``end`` of the joined texts, into the first text touched."""
    offset, is_written = 0, False
    for node in nodes:
        text = node.text or ""
        left, right = max(start - offset, 0), min(end - offset, len(text))
        offset += len(text)
        if left >= right:
            continue
        node.text = text[:left] + ("" if is_written else value) + text[right:]
        node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        is_written = True
    for node in nodes:
        if "\n" in (node.text or ""):
            _break_lines(node)


def _break_lines(node: Any) -> None:
    """Turn new lines of a text into breaks of Word."""
    first, *others = (node.text or "").split("\n")
    node.text, last = first, node
    for text in others:
        line_break = node.makeelement(qn("w:br"))
        more = copy.deepcopy(node)
        more.text = text
        last.addnext(line_break)
        line_break.addnext(more)
        last = more
