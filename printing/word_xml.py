"""The pieces a Word file is made of: runs, paragraphs, properties of tables, in the measures of the page."""

import base64
import io
import re
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from PIL import Image

from .chart import Chart

FONT = "Times New Roman"
TWIPS_PER_MM = 1440 / 25.4
# What XML cannot hold: a letter typed by accident must not keep a paper from being made.
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CELL_SIDE = 1.4  # mm between text and rule
CHARTS = "http://schemas.openxmlformats.org/drawingml/2006/chart"
CHART_WIDTH, CHART_ROOM = 160, 12  # mm: across the page, and for the legend below the bars


def make_run(text: str, marks: frozenset[str]) -> Any:
    run = OxmlElement("w:r")
    if marks:
        properties = OxmlElement("w:rPr")
        for mark in sorted(marks):
            properties.append(make_element("w:u", val="single") if mark == "u" else OxmlElement(f"w:{mark}"))
        run.append(properties)
    if text == "\n":
        run.append(OxmlElement("w:br"))
        return run
    content = OxmlElement("w:t")
    content.text = to_xml(text)
    content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(content)
    return run


def make_chart_run(relation: str, number: int, chart: Chart) -> Any:
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


def to_png(data: str) -> io.BytesIO | None:
    """Return a picture in the one form every Word shows: logos come as WebP too; drawings in SVG are left out."""
    output = io.BytesIO()
    try:
        with Image.open(io.BytesIO(base64.b64decode(data))) as picture:
            picture.convert("RGBA").save(output, "PNG")
    except (ValueError, OSError, Image.DecompressionBombError):
        return None
    return output


def add_paragraph(container: Any, style: str, exact: float | None = None) -> Any:
    """Append an empty paragraph.

    :param exact: its height in mm
    """
    paragraph = OxmlElement("w:p")
    properties = OxmlElement("w:pPr")
    properties.append(make_element("w:pStyle", val=style))
    if exact is not None:
        properties.append(
            make_element("w:spacing", before="0", after="0", line=to_twips(exact), lineRule="exact")
        )
    paragraph.append(properties)
    append_to(container, paragraph)
    return paragraph


def keep_last(container: Any) -> None:
    """Keep the last paragraph on the page of what follows."""
    blocks = [block for block in container if block.tag != qn("w:sectPr")]
    if blocks and blocks[-1].tag == qn("w:p"):
        Paragraph(blocks[-1], container).paragraph_format.keep_with_next = True


def append_to(container: Any, element: Any) -> None:
    """Add an element at the end; the properties of the last section end a body, everything stands before them."""
    end = container.find(qn("w:sectPr"))
    if end is None:
        container.append(element)
    else:
        end.addprevious(element)


def make_element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def make_table_properties(ruled: bool, width: float) -> Any:
    properties = OxmlElement("w:tblPr")
    properties.append(make_element("w:tblW", w=to_twips(width), type="dxa"))
    if ruled:
        # Word sets the text flush with the margin, not the rule.
        properties.append(make_element("w:tblInd", w=to_twips(CELL_SIDE), type="dxa"))
        borders = OxmlElement("w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            borders.append(make_element(f"w:{side}", val="single", sz="4", space="0", color="000000"))
        properties.append(borders)
    properties.append(make_element("w:tblLayout", type="fixed"))
    above, beside = (0.9, CELL_SIDE) if ruled else (0.0, 0.0)
    properties.append(make_margins("w:tblCellMar", top=above, left=beside, bottom=above, right=beside))
    return properties


def make_margins(tag: str, **sides: float) -> Any:
    """Return the room between text and border in mm, by side, in the order Word asks for."""
    margins = OxmlElement(tag)
    for side, length in sides.items():
        margins.append(make_element(f"w:{side}", w=to_twips(length), type="dxa"))
    return margins


def name_font(style: Any) -> None:
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:cs", "w:hAnsi"):
        fonts.set(qn(script), FONT)


def to_twips(length: float) -> str:
    return str(round(length * TWIPS_PER_MM))
