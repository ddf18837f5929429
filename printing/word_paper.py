"""What a paper says, as the fields a Word template of an agency's own is filled with.

A paper exists once, as a lean page. What an agency may set in its own place is marked there: ``data-field="number"``
on whatever holds the number; several of one name are the lines of one text. A marked cell of a ruled table belongs to
the line of its row: ``{line.name}``, or the name the table says by ``data-lines``; ``data-group`` is a heading that
holds for the lines below it. What stands in no frame is the ``body``; further sheets are the ``annex``. Sheets with
``data-copy`` are one paper for each of many people.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from .layout import A4, MARGINS, read_page
from .pagination import Element

LINE = "line"
GREETING = "Kính gửi: "  # stands in the agency's own file
BODY, ANNEX = "body", "annex"
# Of a sheet: what stands around the text, in the agency's form from its own file.
MARKS = {"draft-mark", "copy-mark"}
FRAME = MARKS | {
    "heading",
    "letterhead-rule",
    "title-rule",
    "type-name",
    "abstract",
    "signature",
    "table-head",
    "annex-title",
}
AROUND = {"legal_bases", "authority", "addressee", "place_date", "title", "source"}
BLOCKS = {"div", "p", "br", "tr", "table"}

Lines = list[dict[str, str]]


@dataclass(frozen=True)
class Paper:
    """One paper, for one of those who get it: texts, lines of its lists, blocks with the width they were set for."""

    values: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, Lines] = field(default_factory=dict)
    blocks: Mapping[str, Sequence[tuple[Element, float]]] = field(default_factory=dict)


def read(page: str | bytes) -> list[Paper]:
    """Return what a page says, a paper for each of those who get one.

    >>> (paper,) = read("<section class='sheet'><p data-field='number'>12</p><p>Tặng giấy khen</p></section>")
    >>> paper.values, [element.text for element, _width in paper.blocks["body"]]
    ({'number': '12'}, ['12', 'Tặng giấy khen'])
    """
    copies = dict[str, list[Element]]()
    for sheet in read_page(page)[1].xpath("//section[contains(concat(' ', @class, ' '), ' sheet ')]"):
        copies.setdefault(sheet.get("data-copy") or "", []).append(sheet)
    return [_read_sheets(sheets) for sheets in copies.values()] or [Paper()]


def _read_sheets(sheets: Sequence[Element]) -> Paper:
    values, lists = dict[str, list[str]](), dict[str, Lines]()
    for sheet in sheets:
        _read_marks(sheet, values, lists)
    blocks = {
        BODY: [(child, _get_width(sheets[0])) for child in sheets[0] if not _is_frame(child)],
        ANNEX: [(child, _get_width(sheet)) for sheet in sheets[1:] for child in sheet if not _is_mark(child)],
    }
    texts = {name: "\n".join(parts) for name, parts in values.items()}
    if "addressee" in texts:
        texts["addressee"] = texts["addressee"].removeprefix(GREETING)
    return Paper(texts, lists, blocks)


def _read_marks(sheet: Element, values: dict[str, list[str]], lists: dict[str, Lines]) -> None:
    group, rows = "", dict[Element, dict[str, str]]()
    for element in sheet.iter(tag=etree.Element):
        if element.get("data-group"):
            group = get_text(element)
        name = element.get("data-field")
        if not name:
            continue
        row = _get_row(element)
        if row is None:
            values.setdefault(name, []).append(get_text(element))
            continue
        if row not in rows:
            key = next(row.iterancestors("table")).get("data-lines") or LINE
            rows[row] = {"group": group} if group else {}
            lists.setdefault(key, []).append(rows[row])
        said = rows[row].get(name)
        rows[row][name] = get_text(element) if said is None else f"{said}\n{get_text(element)}"


def _get_row(element: Element) -> Element | None:
    """Return the row of a list an element stands in; its sum is none."""
    row = element if element.tag == "tr" else next(element.iterancestors("tr"), None)
    if row is None or "total" in _classes(row) or "lines" not in _classes(next(row.iterancestors("table"))):
        return None
    return row


def _is_frame(element: Element) -> bool:
    return not isinstance(element.tag, str) or bool(
        FRAME & _classes(element) or element.get("data-field") in AROUND
    )


def _is_mark(element: Element) -> bool:
    return not isinstance(element.tag, str) or bool(MARKS & _classes(element))


def _get_width(sheet: Element) -> float:
    width = float(sheet.get("data-paper", A4).split()[0])
    _top, right, _bottom, left = map(float, sheet.get("data-margins", MARGINS).split())
    return width - left - right


def _classes(element: Element) -> set[str]:
    return set((element.get("class") or "").split())


def get_text(element: Element) -> str:
    """Return the text of an element as a reader sees it: blocks and breaks begin a line, spaces are single.

    >>> from lxml import html
    >>> get_text(html.fromstring("<div> Sở <b>Công  Thương</b><br>Phòng</div>"))
    'Sở Công Thương\\nPhòng'
    """
    lines = "".join(_get_pieces(element)).split("\n")
    return "\n".join(filter(None, (_squeeze(line) for line in lines)))


def _squeeze(text: str) -> str:
    """Return a text with single spaces; spaces that may not break stay, as in the room for a number."""
    return " ".join(filter(None, text.replace("\t", " ").replace("\r", " ").split(" ")))


def _get_pieces(element: Element) -> Iterator[str]:
    yield (element.text or "").replace("\n", " ")
    for child in element:
        if isinstance(child.tag, str):
            yield "\n" if child.tag in BLOCKS else ""
            yield from _get_pieces(child)
            yield "\n" if child.tag in BLOCKS - {"br"} else ""
        yield (child.tail or "").replace("\n", " ")
