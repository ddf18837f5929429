"""A document as a Word file: the lean page that is printed as PDF, read once more into .docx.

One template says a document; this turns its HTML into paragraphs and tables with real styles, so that an officer mends
it in Word. Measures are those of ``static/src/report/document.css`` (Decree 30/2020/NĐ-CP, Annex I); the font goes by
its name, Times New Roman. What the page draws (lines, room for a signature) becomes borders and spacing.
"""

import base64
import copy
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from lxml import html
from PIL import Image

from .chart import Chart, build_chart_part
from .layout import A4, MARGINS, read_page
from .pagination import Element

FONT = "Times New Roman"
TWIPS_PER_MM = 1440 / 25.4
LINE = 1.13  # of Word's own line of this font, as line-height 1.3 of the page
TIGHT = 1.04
POINTS = re.compile(r"[\d.]+pt")
# What XML cannot hold: a letter typed by accident must not keep a paper from being made.
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BLOCKS = {"p", "div", "table", "section"}
ALIGNMENTS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


@dataclass(frozen=True)
class Look:
    """A paragraph style: its name in Word, sizes in points, indents in mm."""

    name: str
    size: float = 14
    bold: bool = False
    italic: bool = False
    caps: bool = False
    align: str = "left"
    first_line: float = 0
    side: float = 0
    before: float = 0
    after: float = 0
    line: float = LINE
    keep: bool = False


BODY = Look("Thân văn bản", align="justify", first_line=10, before=6)
CELL = Look("Ô bảng", size=12.5, line=TIGHT)
# By class of the element, or of one around it; the innermost that is named wins.
LOOKS: Mapping[str, Look] = {
    "parent-agency": Look("Cơ quan chủ quản", 12.25, caps=True, align="center", line=TIGHT),
    "agency-name": Look("Tên cơ quan", 12.5, bold=True, caps=True, align="center", line=TIGHT),
    "national": Look("Quốc hiệu", 12.25, bold=True, align="center", line=TIGHT),
    "motto": Look("Tiêu ngữ", 13, bold=True, align="center", line=TIGHT),
    "second": Look("Số, ký hiệu", 13, align="center", before=3, line=TIGHT),
    "about": Look("Trích yếu công văn", 12.5, align="center", line=TIGHT),
    "place-date": Look("Địa danh, ngày tháng", 13.5, italic=True, align="center", before=3, line=TIGHT),
    "letterhead-name": Look("Tên đơn vị", 15, bold=True, line=TIGHT),
    "letterhead-line": Look("Địa chỉ", 10.5, line=TIGHT),
    "type-name": Look("Tên loại văn bản", 14, bold=True, caps=True, align="center", before=16, keep=True),
    "abstract": Look("Trích yếu", 14, bold=True, align="center", side=12, keep=True),
    "authority": Look("Thẩm quyền ban hành", 14, bold=True, caps=True, align="center", before=10),
    "addressee": Look("Kính gửi", 14, align="center", before=12, after=4),
    "legal-basis": replace(BODY, name="Căn cứ", italic=True),
    "resolves": Look("Quyết định", 14, bold=True, align="center", before=10, after=2, keep=True),
    "article": replace(BODY, name="Điều"),
    "member": replace(BODY, name="Thành viên", before=2),
    "recipients": Look("Nơi nhận", 11, line=TIGHT),
    "recipients-title": Look("Nơi nhận (tiêu đề)", 12, bold=True, italic=True, line=TIGHT),
    "signer": Look("Người ký", 13.5, bold=True, align="center", line=TIGHT),
    "signer-title": Look(
        "Chức vụ người ký", 13.5, bold=True, caps=True, align="center", line=TIGHT, keep=True
    ),
    "signer-name": Look("Họ tên người ký", 13.5, bold=True, align="center", line=TIGHT),
    "annex-title": Look("Tên phụ lục", 14, bold=True, caps=True, align="center", keep=True),
    "annex-name": Look("Trích yếu phụ lục", 14, bold=True, align="center", keep=True),
    "annex-source": Look("Kèm theo", 14, italic=True, align="center", before=2, after=4, keep=True),
    "note": Look("Ghi chú", 12, italic=True, align="justify", first_line=10, before=6),
    "caption": Look("Tên biểu đồ", 12, italic=True, align="center", before=2, after=6),
    "center": Look("Giữa dòng", 14, align="center", before=6),
    "right": Look("Bên phải", 14, align="right", before=6),
    "plain": replace(BODY, name="Không thụt dòng", first_line=0),
    "lines": CELL,
    "small": replace(CELL, name="Ô bảng nhỏ", size=11.5),
    "lines th": replace(CELL, name="Tiêu đề bảng", bold=True, align="center", keep=True),
    "small th": replace(CELL, name="Tiêu đề bảng nhỏ", size=11.5, bold=True, align="center", keep=True),
    "lines index": replace(CELL, name="Số thứ tự", align="center"),
    "lines number": replace(CELL, name="Ô số", align="right"),
    "lines mark": replace(CELL, name="Ô đánh dấu", align="center"),
    "lines bold": replace(CELL, name="Dòng nhóm", bold=True),
    "lines sum": replace(CELL, name="Ô tổng", bold=True, align="right"),
}
RULES = {"rule": (22, 1.6), "title-rule": (36, 3), "letterhead-rule": (0, 8)}  # width in mm, points above
CELL_SIDE = 1.4  # mm between text and rule
ABOVE = {"lines": 2.1, "signature": 4.9}  # mm of room above a table
MARKS = {"draft-mark", "copy-mark"}  # they stand in the header of the first page
SIGNER_SPACE = 27  # mm
BOX = "\u2610"  # to be ticked by hand
CHARTS = "http://schemas.openxmlformats.org/drawingml/2006/chart"
CHART_WIDTH, CHART_ROOM = 160, 12  # mm: across the page, and for the legend below the bars


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
    _name_font(normal)
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
            _paragraph(container, "Normal", exact=SIGNER_SPACE)
        elif element.tag == "table":
            self._write_table(container, element, width)
        elif any(child.tag in BLOCKS for child in element):
            self._write_blocks(container, element, width)
            if "table-title" in names:
                _keep_last(container)
        elif element.tag == "p" or _text(element) or element.xpath(".//img"):
            self._write_paragraph(container, element, self._get_look(element))

    def _write_rule(self, container: Any, length: float, above: float, width: float) -> None:
        """Draw a line of some length in the middle: the border of an empty paragraph."""
        side = (width - length) / 2 if length else 0
        look = Look("Đường kẻ", size=1, side=round(side, 1), before=above, line=1)
        paragraph = _paragraph(container, self._get_style(look))
        borders = OxmlElement("w:pBdr")
        line = OxmlElement("w:top")
        for name, value in {"val": "single", "sz": "6", "space": "0", "color": "000000"}.items():
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
        properties = paragraph.find(qn("w:pPr"))
        properties.append(borders)
        indent = OxmlElement("w:ind")
        indent.set(qn("w:left"), _twips(side))
        indent.set(qn("w:right"), _twips(side))
        properties.append(indent)

    # ---------- Tables ----------

    def _write_table(self, container: Any, element: Element, width: float) -> None:
        widths = [self.scale * column for column in _get_widths(element, width)]
        ruled = "lines" in _classes(element)
        if "signature" in _classes(element):
            _keep_last(container)  # nobody signs an empty page
        if room := ABOVE.get("lines" if ruled else element.get("class") or ""):
            _paragraph(container, "Normal", exact=room)
            _keep_last(container)
        table = OxmlElement("w:tbl")
        table.append(_table_properties(ruled, sum(widths)))
        grid = OxmlElement("w:tblGrid")
        for column in widths:
            grid.append(_element("w:gridCol", w=_twips(column)))
        table.append(grid)
        for row in element.xpath("./tr | ./thead/tr | ./tbody/tr"):
            table.append(self._make_row(row, widths, ruled))
        _append(container, table)
        if container.tag == qn("w:tc") or ruled:
            _paragraph(container, "Normal", exact=0.4)

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
        properties.append(_element("w:tcW", w=_twips(width), type="dxa"))
        if span > 1:
            properties.append(_element("w:gridSpan", val=str(span)))
        if ruled and "index" in _classes(cell):
            properties.append(_margins("w:tcMar", left=0.35, right=0.35))
        if ruled:
            properties.append(_element("w:vAlign", val="center"))
        made.append(properties)
        self._write_blocks(made, cell, width - (2 * CELL_SIDE if ruled else 0))
        if made[-1].tag != qn("w:p"):
            _paragraph(made, self._get_style(self._get_look(cell)))
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
        paragraph = _paragraph(container, self._get_style(LOOKS["center"]))
        paragraph.append(_chart_run(relation, number, chart))

    # ---------- Paragraphs ----------

    def _write_paragraph(self, container: Any, element: Element, look: Look) -> None:
        paragraph = _paragraph(container, self._get_style(look))
        for text, marks in _runs(element):
            paragraph.append(_run(text, marks))
        for picture in element.xpath(".//img"):
            self._add_picture(paragraph, picture.get("src") or "")

    def _add_picture(self, paragraph: Any, source: str) -> None:
        """Add a picture the page carries inside; one that would have to be fetched or is not drawn is left out."""
        _head, _comma, data = source.partition("base64,")
        if picture := _to_png(data):
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
            _name_font(style)
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


def _run(text: str, marks: frozenset[str]) -> Any:
    run = OxmlElement("w:r")
    if marks:
        properties = OxmlElement("w:rPr")
        for mark in sorted(marks):
            properties.append(_element("w:u", val="single") if mark == "u" else OxmlElement(f"w:{mark}"))
        run.append(properties)
    if text == "\n":
        run.append(OxmlElement("w:br"))
        return run
    content = OxmlElement("w:t")
    content.text = to_xml(text)
    content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(content)
    return run


def _chart_run(relation: str, number: int, chart: Chart) -> Any:
    """Return a run that shows a chart of the package.

    :param number: among the charts of the file
    """
    run = parse_xml(
        f"<w:r {nsdecls('w', 'wp', 'a', 'r')}><w:drawing><wp:inline><wp:extent/><wp:docPr/><wp:cNvGraphicFramePr/>"
        f'<a:graphic><a:graphicData uri="{CHARTS}"><c:chart xmlns:c="{CHARTS}" r:id="{relation}"/></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )
    extent, properties = run.find(f".//{qn('wp:extent')}"), run.find(f".//{qn('wp:docPr')}")
    extent.set("cx", str(Mm(CHART_WIDTH)))
    extent.set("cy", str(Mm(chart.get_height() + CHART_ROOM)))
    properties.set("id", str(1000 + number))  # pictures count from 1
    properties.set("name", f"Biểu đồ {number}")
    properties.set("descr", to_xml(chart.title))
    return run


def to_xml(text: str) -> str:
    """Return a text without what XML cannot hold.

    >>> to_xml("Nguyễn\\x0b Văn An")
    'Nguyễn Văn An'
    """
    return NO_XML.sub("", text)


def _to_png(data: str) -> io.BytesIO | None:
    """Return a picture in the one form every Word shows: logos come as WebP too; drawings in SVG are left out."""
    output = io.BytesIO()
    try:
        with Image.open(io.BytesIO(base64.b64decode(data))) as picture:
            picture.convert("RGBA").save(output, "PNG")
    except (ValueError, OSError, Image.DecompressionBombError):
        return None
    return output


def _paragraph(container: Any, style: str, exact: float | None = None) -> Any:
    """Append an empty paragraph.

    :param exact: its height in mm
    """
    paragraph = OxmlElement("w:p")
    properties = OxmlElement("w:pPr")
    properties.append(_element("w:pStyle", val=style))
    if exact is not None:
        properties.append(_element("w:spacing", before="0", after="0", line=_twips(exact), lineRule="exact"))
    paragraph.append(properties)
    _append(container, paragraph)
    return paragraph


def _keep_last(container: Any) -> None:
    """Keep the last paragraph on the page of what follows."""
    blocks = [block for block in container if block.tag != qn("w:sectPr")]
    if blocks and blocks[-1].tag == qn("w:p"):
        Paragraph(blocks[-1], container).paragraph_format.keep_with_next = True


def _append(container: Any, element: Any) -> None:
    """Add an element at the end; the properties of the last section end a body, everything stands before them."""
    end = container.find(qn("w:sectPr"))
    if end is None:
        container.append(element)
    else:
        end.addprevious(element)


def _element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def _table_properties(ruled: bool, width: float) -> Any:
    properties = OxmlElement("w:tblPr")
    properties.append(_element("w:tblW", w=_twips(width), type="dxa"))
    if ruled:
        # Word sets the text flush with the margin, not the rule.
        properties.append(_element("w:tblInd", w=_twips(CELL_SIDE), type="dxa"))
        borders = OxmlElement("w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            borders.append(_element(f"w:{side}", val="single", sz="4", space="0", color="000000"))
        properties.append(borders)
    properties.append(_element("w:tblLayout", type="fixed"))
    above, beside = (0.9, CELL_SIDE) if ruled else (0.0, 0.0)
    properties.append(_margins("w:tblCellMar", top=above, left=beside, bottom=above, right=beside))
    return properties


def _margins(tag: str, **sides: float) -> Any:
    """Return the room between text and border in mm, by side, in the order Word asks for."""
    margins = OxmlElement(tag)
    for side, length in sides.items():
        margins.append(_element(f"w:{side}", w=_twips(length), type="dxa"))
    return margins


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


def _name_font(style: Any) -> None:
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:cs", "w:hAnsi"):
        fonts.set(qn(script), FONT)


def _twips(length: float) -> str:
    return str(round(length * TWIPS_PER_MM))
