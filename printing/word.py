"""A document as a Word file: the lean page that is printed as PDF, read once more into .docx.

One template says a document; this turns its HTML into paragraphs and tables with real styles, so that an officer mends
it in Word. Measures are those of ``static/src/report/document.css`` (Decree 30/2020/NĐ-CP, Annex I); the font goes by
its name, Times New Roman. What the page draws (lines, room for a signature) becomes borders and spacing.
"""

import copy
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from lxml import html

from .chart import Chart, build_chart_part
from .layout import A4, MARGINS, read_page
from .pagination import Element
from .word_looks import ALIGNMENTS, BODY, CELL, LOOKS, Look
from .word_xml import (
    CELL_SIDE,
    add_paragraph,
    append_to,
    keep_last,
    make_chart_run,
    make_element,
    make_margins,
    make_run,
    make_table_properties,
    name_font,
    to_png,
    to_twips,
)

POINTS = re.compile(r"[\d.]+pt")
BLOCKS = {"p", "div", "table", "section"}
RULES = {"rule": (22, 1.6), "title-rule": (36, 3), "letterhead-rule": (0, 8)}  # width in mm, points above
ABOVE = {"lines": 2.1, "signature": 4.9}  # mm of room above a table
MARKS = {"draft-mark", "copy-mark"}  # they stand in the header of the first page
SIGNER_SPACE = 27  # mm
BOX = "\u2610"  # to be ticked by hand


def build(page: str | bytes, title: str = "", author: str = "") -> bytes:
    """Return the Word file of a lean page.

    :param page: HTML whose ``section.sheet`` elements say paper and margins in mm
    :param title: of the file's properties

    >>> page = "<html><head></head><body><section class='sheet'><p class='article'>Điều 1.</p></section></body></html>"
    >>> [paragraph.text for paragraph in Document(io.BytesIO(build(page))).paragraphs]
    ['Điều 1.']
    """
    document = Document()
    document.core_properties.title = title
    document.core_properties.author = author
    document.core_properties.language = "vi-VN"
    normal = document.styles["Normal"]
    name_font(normal)
    normal.font.size = Pt(14)
    normal.paragraph_format.space_after = Pt(0)
    return Writer(document).build(read_page(page)[1])


class Writer:
    """Writes blocks of a lean page into a Word file."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.names: dict[str, str] = {}
        self.charts: list[Chart] = []
        self.scale = 1.0

    def make(self, blocks: Iterable[tuple[Element, float]], width: float) -> list[Any]:
        """Return blocks as elements of the file, to be put where they belong.

        :param blocks: each with the width in mm it was set for
        :param width: in mm of where it comes; a table that is wider is made narrower
        """
        container = OxmlElement("w:body")
        for block, set_for in blocks:
            self.scale = min(1.0, width / set_for)
            self._write_block(container, block, set_for)
        self.scale = 1.0
        return list(container)

    def build(self, root: Element) -> bytes:
        sheets = root.xpath("//section[contains(concat(' ', @class, ' '), ' sheet ')]")
        for number, sheet in enumerate(sheets):
            self._write_sheet(sheet, is_first=number == 0)
        output = io.BytesIO()
        self.document.save(output)
        return output.getvalue()

    # ---------- Sheets ----------

    def _write_sheet(self, sheet: Element, is_first: bool) -> None:
        section = self.document.sections[0] if is_first else self._break()
        width, height = map(float, sheet.get("data-paper", A4).split())
        top, right, bottom, left = map(float, sheet.get("data-margins", MARGINS).split())
        section.orientation = WD_ORIENT.LANDSCAPE if width > height else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(width), Mm(height)
        section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
        section.left_margin, section.right_margin = Mm(left), Mm(right)
        section.header_distance = Mm(top / 2)
        self._write_header(section, sheet)
        body = self.document.element.body
        self._write_blocks(body, sheet, width - left - right)

    def _break(self) -> Any:
        """Begin a section on a new page; the paragraph that ends the last one takes no room."""
        section = self.document.add_section()
        end = self.document.paragraphs[-1]
        end.paragraph_format.line_spacing = Pt(1)
        end.paragraph_format.space_after = end.paragraph_format.space_before = Pt(0)
        return section

    def _write_header(self, section: Any, sheet: Element) -> None:
        """Number pages from the second on, in the middle of the upper margin; marks stand on the first."""
        section.header.is_linked_to_previous = False
        section.first_page_header.is_linked_to_previous = False
        section.different_first_page_header_footer = True
        marks = [_text(mark) for mark in sheet if MARKS & _classes(mark)]
        first = section.first_page_header.paragraphs[0]
        first.text = " – ".join(marks)
        first.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if sheet.get("data-page-numbers"):
            start = OxmlElement("w:pgNumType")
            start.set(qn("w:start"), "1")
            section._sectPr.find(qn("w:cols")).addprevious(start)  # Word minds the order
            numbered = section.header.paragraphs[0]
            numbered.alignment = WD_ALIGN_PARAGRAPH.CENTER
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), "PAGE")
            numbered._p.append(field)

    # ---------- Blocks ----------

    def _write_blocks(self, container: Any, element: Element, width: float) -> None:
        """Write what stands in an element: paragraphs and tables; text between them is a paragraph of its own."""
        loose = html.Element("p")
        loose.text = element.text
        for child in element:
            if child.tag in BLOCKS:
                self._write_loose(container, element, loose)
                loose = html.Element("p")
                self._write_block(container, child, width)
                loose.text = child.tail
            elif isinstance(child.tag, str):
                loose.append(copy.deepcopy(child))
        self._write_loose(container, element, loose)

    def _write_loose(self, container: Any, parent: Element, loose: Element) -> None:
        if _text(loose) or loose.xpath(".//img"):
            self._write_paragraph(container, loose, self._get_look(parent))

    def _write_block(self, container: Any, element: Element, width: float) -> None:
        names = _classes(element)
        if MARKS & names:
            return
        if "chart" in names:
            self._write_chart(container, Chart.from_text(element.get("data-chart")))
        elif rule := RULES.keys() & names:
            self._write_rule(container, *RULES[rule.pop()], width)
        elif "signer-space" in names:
            add_paragraph(container, "Normal", exact=SIGNER_SPACE)
        elif element.tag == "table":
            self._write_table(container, element, width)
        elif any(child.tag in BLOCKS for child in element):
            self._write_blocks(container, element, width)
            if "table-title" in names:
                keep_last(container)
        elif element.tag == "p" or _text(element) or element.xpath(".//img"):
            self._write_paragraph(container, element, self._get_look(element))

    def _write_rule(self, container: Any, length: float, above: float, width: float) -> None:
        """Draw a line of some length in the middle: the border of an empty paragraph."""
        side = (width - length) / 2 if length else 0
        look = Look("Đường kẻ", size=1, side=round(side, 1), before=above, line=1)
        paragraph = add_paragraph(container, self._get_style(look))
        borders = OxmlElement("w:pBdr")
        line = OxmlElement("w:top")
        for name, value in {"val": "single", "sz": "6", "space": "0", "color": "000000"}.items():
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
        properties = paragraph.find(qn("w:pPr"))
        properties.append(borders)
        indent = OxmlElement("w:ind")
        indent.set(qn("w:left"), to_twips(side))
        indent.set(qn("w:right"), to_twips(side))
        properties.append(indent)

    # ---------- Tables ----------

    def _write_table(self, container: Any, element: Element, width: float) -> None:
        widths = [self.scale * column for column in _get_widths(element, width)]
        ruled = "lines" in _classes(element)
        if "signature" in _classes(element):
            keep_last(container)  # nobody signs an empty page
        if room := ABOVE.get("lines" if ruled else element.get("class") or ""):
            add_paragraph(container, "Normal", exact=room)
            keep_last(container)
        table = OxmlElement("w:tbl")
        table.append(make_table_properties(ruled, sum(widths)))
        grid = OxmlElement("w:tblGrid")
        for column in widths:
            grid.append(make_element("w:gridCol", w=to_twips(column)))
        table.append(grid)
        for row in element.xpath("./tr | ./thead/tr | ./tbody/tr"):
            table.append(self._make_row(row, widths, ruled))
        append_to(container, table)
        if container.tag == qn("w:tc") or ruled:
            add_paragraph(container, "Normal", exact=0.4)

    def _make_row(self, row: Element, widths: list[float], ruled: bool) -> Any:
        made = OxmlElement("w:tr")
        properties = OxmlElement("w:trPr")
        properties.append(OxmlElement("w:cantSplit"))
        if row.getparent().tag == "thead":
            properties.append(OxmlElement("w:tblHeader"))
        made.append(properties)
        column = 0
        for cell in row.xpath("./td | ./th"):
            span = int(cell.get("colspan") or 1)
            made.append(self._make_cell(cell, sum(widths[column : column + span]), span, ruled))
            column += span
        return made

    def _make_cell(self, cell: Element, width: float, span: int, ruled: bool) -> Any:
        made = OxmlElement("w:tc")
        properties = OxmlElement("w:tcPr")
        properties.append(make_element("w:tcW", w=to_twips(width), type="dxa"))
        if span > 1:
            properties.append(make_element("w:gridSpan", val=str(span)))
        if ruled and "index" in _classes(cell):
            properties.append(make_margins("w:tcMar", left=0.35, right=0.35))
        if ruled:
            properties.append(make_element("w:vAlign", val="center"))
        made.append(properties)
        self._write_blocks(made, cell, width - (2 * CELL_SIDE if ruled else 0))
        if made[-1].tag != qn("w:p"):
            add_paragraph(made, self._get_style(self._get_look(cell)))
        return made

    # ---------- Charts ----------

    def _write_chart(self, container: Any, chart: Chart) -> None:
        """Write a chart of Word's own, with the workbook behind it: its figures can be edited in Word."""
        content, book = build_chart_part(chart)
        package, number = self.document.part.package, len(self.charts) + 1
        self.charts.append(chart)
        figures = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), CONTENT_TYPE.SML_SHEET, book, package)
        part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, content, package)
        part.relate_to(figures, RELATIONSHIP_TYPE.PACKAGE)  # the first one, rId1
        relation = self.document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
        paragraph = add_paragraph(container, self._get_style(LOOKS["center"]))
        paragraph.append(make_chart_run(relation, number, chart))
        keep_last(container)  # of its caption

    # ---------- Paragraphs ----------

    def _write_paragraph(self, container: Any, element: Element, look: Look) -> None:
        paragraph = add_paragraph(container, self._get_style(look))
        for text, marks in _runs(element):
            paragraph.append(make_run(text, marks))
        for picture in element.xpath(".//img"):
            self._add_picture(paragraph, picture.get("src") or "")

    def _add_picture(self, paragraph: Any, source: str) -> None:
        """Add a picture the page carries inside; one that would have to be fetched or is not drawn is left out."""
        _head, _comma, data = source.partition("base64,")
        if picture := to_png(data):
            run = Paragraph(paragraph, self.document._body).add_run()
            run.add_picture(picture, height=Mm(20))

    def _get_look(self, element: Element) -> Look:
        """Return the style of the innermost element that has one; in a table by what kind of cell it is."""
        node, names = element, set[str]()
        while node is not None:
            names |= _classes(node)
            if node.tag in ("td", "th") and _is_ruled(node):
                return _get_cell_look(node, names)
            for name in (node.get("class") or "").split():
                if name in LOOKS:
                    return self._adapt(LOOKS[name], element)
            node = node.getparent()
        return (
            BODY if element.tag == "p" else replace(BODY, name="Đoạn", first_line=0, align="left", before=0)
        )

    @staticmethod
    def _adapt(look: Look, element: Element) -> Look:
        """Let a style of the page's own ``style`` attribute through: alignment and size are all there is."""
        style = dict(
            part.split(":", 1)
            for part in (element.get("style") or "").replace(" ", "").split(";")
            if ":" in part
        )
        align = style.get("text-align", "")
        align = align if align in ALIGNMENTS else look.align
        is_size = POINTS.fullmatch(style.get("font-size", ""))
        size = float(style["font-size"].removesuffix("pt")) if is_size else look.size
        if (align, size) == (look.align, look.size):
            return look
        return replace(look, name=f"{look.name} {align} {size:g}", align=align, size=size)

    def _get_style(self, look: Look) -> str:
        """Return the id of a style, made at its first use."""
        if look.name not in self.names:
            if own := self._find_style(look.name):
                self.names[look.name] = own
                return own
            style = self.document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = self.document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
            style.quick_style = True
            name_font(style)
            style.font.size, style.font.bold = Pt(look.size), look.bold
            style.font.italic, style.font.all_caps = look.italic, look.caps
            shape = style.paragraph_format
            shape.alignment = ALIGNMENTS[look.align]
            shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
            shape.line_spacing = look.line
            shape.keep_with_next = look.keep
            if look.first_line:
                shape.first_line_indent = Mm(look.first_line)
            if look.side and look.name != "Đường kẻ":
                shape.left_indent = shape.right_indent = Mm(look.side)
            self.names[look.name] = style.style_id
        return self.names[look.name]

    def _find_style(self, name: str) -> str | None:
        """Return the id of a paragraph style an agency's file has under this name: its look is the agency's."""
        return next(
            (
                style.style_id
                for style in self.document.styles
                if style.name == name and style.type == WD_STYLE_TYPE.PARAGRAPH
            ),
            None,
        )


def _get_cell_look(cell: Element, names: set[str]) -> Look:
    row = _classes(cell.getparent())
    table = next(iter(cell.xpath("ancestor::table[1]")))
    is_small = "small" in _classes(table)
    if cell.tag == "th":
        return LOOKS["small th" if is_small else "lines th"]
    if "total" in row and "number" in names:
        return LOOKS["lines sum"]
    for name in ("index", "number", "mark"):
        if name in names:
            return LOOKS[f"lines {name}"]
    if {"group", "total"} & row:
        return LOOKS["lines bold"]
    return LOOKS["small"] if is_small else CELL


def _is_ruled(cell: Element) -> bool:
    return "lines" in _classes(next(iter(cell.xpath("ancestor::table[1]"))))


def _classes(element: Element) -> set[str]:
    return set((element.get("class") or "").split())


def _text(element: Element) -> str:
    return " ".join(element.text_content().split())


def _runs(element: Element) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield ``(text, marks)`` of an element's inline content: marks are ``b``, ``i``, ``u``; a break is a new line.

    Spaces are collapsed as a browser does: none at the beginning, one between words.
    """
    before = " "
    for text, marks in _raw_runs(element, frozenset()):
        if text == "\n":
            before = " "
            yield text, marks
            continue
        words = "".join(" " if sign in " \t\r\n" else sign for sign in text)
        while "  " in words:
            words = words.replace("  ", " ")
        if before == " ":
            words = words.removeprefix(" ")
        if words:
            before = words[-1]
            yield words, marks


def _raw_runs(element: Element, marks: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    if element.text:
        yield element.text, marks
    for child in element:
        if not isinstance(child.tag, str):
            pass
        elif child.tag == "br":
            yield "\n", marks
        else:
            added = {child.tag} & {"b", "i", "u"}
            if child.tag == "span" and "box" in _classes(child):
                yield BOX, marks
            if child.tag == "span" and "motto" in _classes(element):
                added = {"u"}  # the line below the motto is as long as its text
            yield from _raw_runs(child, marks | added)
        if child.tail:
            yield child.tail, marks


def _get_widths(table: Element, width: float) -> list[float]:
    """Return the widths of the columns in mm: as the table says, the rest shared out."""
    if table.get("data-widths"):
        return [float(number) for number in table.get("data-widths").split()]
    row = max(table.xpath("./tr | ./thead/tr | ./tbody/tr"), key=len)
    given = [_get_width(cell, width) for cell in row.xpath("./td | ./th")]
    free = given.count(None)
    rest = (width - sum(filter(None, given))) / free if free else 0
    return [rest if column is None else column for column in given]


def _get_width(cell: Element, width: float) -> float | None:
    style = (cell.get("style") or "").replace(" ", "")
    for part in style.split(";"):
        if part.startswith("width:") and part.endswith("mm"):
            return float(part[6:-2])
    shares = {"agency": 0.43, "recipients": 0.45}
    for name in _classes(cell):
        if name in shares:
            return shares[name] * width
    return 10 if "index" in _classes(cell) else None
