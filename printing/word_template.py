"""A Word file of an agency's own as template: fields in braces are filled, rows that list are repeated.

``{number}`` stands for a value of the document. A row of a table with fields of a line, as ``{line.name}``, is repeated
for every line. A field may be split over differently formatted pieces of text, as Word likes to do; its value takes the
format of its first letter. Fields are names out of a list and nothing else: a template computes nothing.
"""

import copy
import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm
from lxml.etree import XMLSyntaxError

from .package import open_word
from .word import Writer
from .word_paper import Paper
from .word_xml import to_xml

FIELD = re.compile(r"\{([^{}]*)\}")
BROKEN = re.compile(r"\{.{0,40}|.{0,40}\}")  # a brace that is opened and not closed, or closed and not opened
A4_WIDTH = 165.0  # mm between the margins of the decree


@dataclass(frozen=True)
class Place:
    """Where a field stands, as a person counts: ``part`` is ``body``, ``header``, ``footer`` or ``note``.

    ``table`` and ``row`` are 0 outside tables; ``paragraph`` counts the paragraphs of the part, or of the row.
    """

    part: str
    paragraph: int
    table: int = 0
    row: int = 0


@dataclass(frozen=True)
class Problem:
    """What is wrong with a field, and where it stands.

    ``field`` is what is written there, with its braces. ``kind``: ``unknown`` to this paper; ``stray``: of a line, but
    not in a row of a table; ``mixed``: of another list than the first of its row; ``block``: several paragraphs, but
    not alone in a paragraph of the text; ``note``: in a footnote, where nothing is filled; ``copy``: each of the many
    who get the paper has another one, and all share the header or footer where it stands.
    """

    field: str
    place: Place
    kind: str = "unknown"


@dataclass(frozen=True)
class Fields:
    """The fields of a paper: of its values, of the lines of each of its lists, and those of several paragraphs.

    ``own``: values that differ among the copies of a paper that goes to many.
    """

    values: Collection[str]
    lists: Mapping[str, Collection[str]] = field(default_factory=dict)
    blocks: Collection[str] = ()
    own: Collection[str] = ()

    def list_names(self) -> list[str]:
        """Return every field as it stands between braces.

        >>> Fields(["number"], {"line": ["name"]}, ["body"]).list_names()
        ['number', 'body', 'line.name']
        """
        lines = (f"{key}.{name}" for key, names in self.lists.items() for name in names)
        return [*self.values, *self.blocks, *lines]


def find_problems(content: bytes, fields: Fields) -> list[Problem]:
    """Return what keeps a template from being filled, in the order a reader meets it.

    :param fields: those there are; every other is refused
    :raises ValueError: the file is no readable Word file

    >>> from docx import Document
    >>> made, output = Document(), io.BytesIO()
    >>> made.add_paragraph("Số: {nubmer}").text, made.save(output)
    ('Số: {nubmer}', None)
    >>> [problem.field for problem in find_problems(output.getvalue(), Fields(["number"]))]
    ['{nubmer}']
    """
    known = set(fields.list_names())
    problems, lists = [], dict[Any, str]()
    for paragraph, place in walk(open_word(content)):
        text = get_text(paragraph)
        problems += [Problem(found, place) for found in BROKEN.findall(FIELD.sub("", text))]
        for written in FIELD.findall(text):
            name = written.strip()
            kind = "" if name in known else "unknown"
            if place.part == "note":
                kind = "note"
            elif kind:
                pass
            elif name in fields.blocks:
                kind = "" if _is_alone(paragraph, place) else "block"
            elif name in fields.own and place.part != "body":
                kind = "copy"
            elif "." in name:
                kind = _judge_line(paragraph, place, name, lists)
            if kind:
                problems.append(Problem(f"{{{written}}}", place, kind))
    return problems


def list_fields(content: bytes) -> set[str]:
    """Return the fields a template uses."""
    return {
        name.strip()
        for paragraph, _place in walk(open_word(content))
        for name in FIELD.findall(get_text(paragraph))
    }


def _is_alone(paragraph: Any, place: Place) -> bool:
    """Tell whether a paragraph can be replaced by others: one field and nothing else, in the text itself."""
    return bool(_get_only_field(paragraph)) and place.part == "body" and not place.table


def _judge_line(paragraph: Any, place: Place, name: str, lists: dict[Any, str]) -> str:
    """Return what is wrong with a field of a line.

    :param lists: the list each row met so far is repeated for
    """
    if not place.table or place.part != "body":
        return "stray"
    row = next(paragraph.iterancestors(qn("w:tr")))
    return "" if lists.setdefault(row, _get_list(name)) == _get_list(name) else "mixed"


def _get_list(name: str) -> str:
    """Return the list a field belongs to; empty: none.

    >>> _get_list("line.name"), _get_list("number")
    ('line', '')
    """
    return name.strip().rpartition(".")[0]


def fill(content: bytes, papers: Sequence[Paper], mark: str = "") -> bytes:
    """Return the file with its fields filled; for several papers one after the other, each on a page of its own.

    :param mark: stands above each
    """
    document = open_word(content)
    writer, body = Writer(document), document.element.body
    originals = [element for element in body if element.tag != qn("w:sectPr")]
    parts = [originals, *([copy.deepcopy(element) for element in originals] for _paper in papers[1:])]
    for number, part in enumerate(parts[1:], 1):
        _append_copy(body, part, number)
    for paper, part in zip(papers, parts, strict=True):
        _set_above(part, mark)
        _fill_part(document, writer, part, paper)
    shared = _get_shared(papers)
    for frame in list_frames(document):
        for paragraph in frame.iter(qn("w:p")):
            _fill_paragraph(paragraph, shared)
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def _set_above(part: Sequence[Any], mark: str) -> None:
    if mark and part:
        paragraph = parse_xml(
            f"<w:p {nsdecls('w')}><w:pPr><w:jc w:val='center'/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t/></w:r></w:p>"
        )
        paragraph[1][1].text = mark
        part[0].addprevious(paragraph)


def _get_shared(papers: Sequence[Paper]) -> dict[str, str]:
    """Return the values for headers and footers: what is not the same on all papers stays empty there."""
    return {
        name: value if all(paper.values.get(name) == value for paper in papers) else ""
        for name, value in papers[0].values.items()
    }


def _append_copy(body: Any, part: Sequence[Any], number: int) -> None:
    """Add the elements of one more paper on a new page; names and numbers that may stand once only are not repeated."""
    end = body.find(qn("w:sectPr"))
    for element in part:
        for mark in list(element.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
            mark.getparent().remove(mark)
        for drawn in element.iter(qn("wp:docPr")):
            drawn.set("id", str(10_000 * number + int(drawn.get("id", "0"))))
    page_break = parse_xml(f"<w:p {nsdecls('w')}><w:r><w:br w:type='page'/></w:r></w:p>")
    for element in (page_break, *part):
        body.append(element) if end is None else end.addprevious(element)


def _fill_part(document: Any, writer: Writer, part: Sequence[Any], paper: Paper) -> None:
    rows = _find_line_rows(part, paper.lists)
    paragraphs = [paragraph for element in part for paragraph in element.iter(qn("w:p"))]
    for paragraph in paragraphs:
        if not rows.keys() & set(paragraph.iterancestors()):
            name = _get_only_field(paragraph)
            if name in paper.blocks:
                _insert(paragraph, writer.make(paper.blocks[name], get_width(document, paragraph)))
            else:
                _fill_paragraph(paragraph, paper.values)
    for row, key in rows.items():
        _repeat(row, paper.values, key, paper.lists.get(key, ()))


def _get_only_field(paragraph: Any) -> str:
    """Return the field that is all a paragraph holds; empty: there is more in it, or none."""
    found = FIELD.fullmatch(get_text(paragraph).strip())
    is_more = (
        paragraph.find(f".//{qn('w:drawing')}") is not None
        or paragraph.find(f".//{qn('w:pict')}") is not None
    )
    return found[1].strip() if found and not is_more else ""


def _insert(paragraph: Any, elements: Sequence[Any]) -> None:
    """Put elements in the place of a paragraph; one that ends a section stays, empty."""
    for element in elements:
        paragraph.addprevious(element)
    if paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None:
        paragraph.getparent().remove(paragraph)
        return
    for run in paragraph.findall(qn("w:r")):
        paragraph.remove(run)


def get_width(document: Any, paragraph: Any) -> float:
    """Return the room in mm between the margins of the section a paragraph or a table stands in."""
    ends = paragraph.xpath("self::*/w:pPr/w:sectPr | following-sibling::w:p/w:pPr/w:sectPr")
    end = ends[0] if ends else document.element.body.find(qn("w:sectPr"))
    section = Section(end, document.part) if end is not None else None
    if section is None or None in (section.page_width, section.left_margin, section.right_margin):
        return A4_WIDTH
    return float((section.page_width - section.left_margin - section.right_margin) / Mm(1))


def walk(document: Any) -> Iterator[tuple[Any, Place]]:
    """Yield every paragraph with its place: body, then headers and footers."""
    yield from _walk_part(document.element.body, "body")
    for frame in list_frames(document):
        yield from _walk_part(frame, "header" if frame.tag == qn("w:hdr") else "footer")
    for notes in list_notes(document):
        yield from _walk_part(notes, "note")


def list_frames(document: Any) -> list[Any]:
    """Return the headers and footers."""
    return [
        block._element
        for section in document.sections
        for part in ("header", "footer")
        for kind in ("", "first_page_", "even_page_")
        for block in [getattr(section, f"{kind}{part}")]
        if not block.is_linked_to_previous
    ]


def list_notes(document: Any) -> list[Any]:
    """Return the footnotes and endnotes, as they are read: in them nothing is filled.

    :raises ValueError: they cannot be read
    """
    kinds = (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES)
    try:
        return [
            parse_xml(relation.target_part.blob)
            for relation in document.part.rels.values()
            if relation.reltype in kinds
        ]
    except XMLSyntaxError as error:
        raise ValueError(str(error)) from error


def _walk_part(part: Any, name: str) -> Iterator[tuple[Any, Place]]:
    places = _number_rows(part)
    outside, inside = 0, dict[Any, int]()
    for paragraph in part.iter(qn("w:p")):
        row = next(paragraph.iterancestors(qn("w:tr")), None)
        if row is None:
            outside += 1
            yield paragraph, Place(name, outside)
            continue
        inside[row] = inside.get(row, 0) + 1
        yield paragraph, Place(name, inside[row], *places[row])


def _number_rows(part: Any) -> dict[Any, tuple[int, int]]:
    """Return ``{row: (its table, its place there)}``, counted from 1; a row may stand in a content control."""
    tables = {table: number for number, table in enumerate(part.iter(qn("w:tbl")), 1)}
    counts, places = dict[Any, int](), dict[Any, tuple[int, int]]()
    for row in part.iter(qn("w:tr")):
        table = next(row.iterancestors(qn("w:tbl")))
        counts[table] = counts.get(table, 0) + 1
        places[row] = tables[table], counts[table]
    return places


def _find_line_rows(part: Sequence[Any], lists: Collection[str]) -> dict[Any, str]:
    """Return the rows that are repeated and for which of the lists; of rows inside one another the outer."""
    found = dict[Any, str]()
    for element in part:
        for paragraph in element.iter(qn("w:p")):
            named = (key for key in map(_get_list, FIELD.findall(get_text(paragraph))) if key in lists)
            row = next(paragraph.iterancestors(qn("w:tr")), None)
            if row is not None and (key := next(named, "")):
                found.setdefault(row, key)
    return {row: key for row, key in found.items() if not found.keys() & set(row.iterancestors())}


def _repeat(row: Any, values: Mapping[str, str], key: str, lines: Sequence[Mapping[str, str]]) -> None:
    """Set a copy of the row for every line in its place; every field is filled once, whatever its value looks like.

    What a line says nothing of is empty.
    """
    empty = {
        name.strip(): ""
        for paragraph in row.iter(qn("w:p"))
        for name in FIELD.findall(get_text(paragraph))
        if _get_list(name)
    }
    for line in lines:
        made = copy.deepcopy(row)
        texts = {**values, **empty, **{f"{key}.{name}": text for name, text in line.items()}}
        for paragraph in made.iter(qn("w:p")):
            _fill_paragraph(paragraph, texts)
        row.addprevious(made)
    row.getparent().remove(row)


def _list_texts(paragraph: Any) -> list[Any]:
    """Return the texts of a paragraph, without those of paragraphs in a box that hangs on it."""
    return [node for node in paragraph.iter(qn("w:t")) if next(node.iterancestors(qn("w:p"))) is paragraph]


def get_text(paragraph: Any) -> str:
    """Return the text of a paragraph, however Word split it."""
    return "".join(node.text or "" for node in _list_texts(paragraph))


def _fill_paragraph(paragraph: Any, values: Mapping[str, str]) -> None:
    """Fill the fields of a paragraph; one that is all of it makes a paragraph of each of its lines."""
    name = _get_only_field(paragraph)
    *before, last = values.get(name, "").split("\n")
    for line in before:
        made = copy.deepcopy(paragraph)
        for once in made.xpath("./w:pPr/w:sectPr | .//w:bookmarkStart | .//w:bookmarkEnd"):
            once.getparent().remove(once)
        paragraph.addprevious(made)
        _fill_fields(made, {name: line})
    _fill_fields(paragraph, {**values, name: last} if before else values)


def _fill_fields(paragraph: Any, values: Mapping[str, str]) -> None:
    """Fill the fields that have a value, from the last to the first: places before stay right."""
    nodes = _list_texts(paragraph)
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
