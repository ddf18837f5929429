"""What breaks in a Word template once it is filled with the longest there is: found before anybody prints it.

Widths are measured with the letters of this addon, which are as wide as those of Times New Roman.
"""

import io
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import html

from . import word_template
from .fonts import count_lines, font
from .word_paper import Paper
from .word_template import Fields, Place

# Of Vietnamese names the longest are of units and awards; letters with two marks show whether a font has them all.
SAMPLES: Mapping[str, str] = {
    "name": "Công Tằng Tôn Nữ Nguyễn Thị Phương Quỳnh Thục Khuê",
    "unit": "Trung tâm Khuyến công, Xúc tiến thương mại và Phát triển công nghiệp hỗ trợ khu vực biên giới phía Bắc",
    "post": "Phó Trưởng phòng Quản lý chất lượng, Phòng Kế hoạch - Tài chính và Hợp tác quốc tế",
    "award": "Bằng khen của Bộ trưởng, Thủ trưởng cơ quan ngang Bộ, Thủ trưởng cơ quan thuộc Chính phủ",
    "title": "Về việc tặng Giấy khen cho các tập thể, cá nhân có thành tích xuất sắc trong phong trào thi đua năm học"
    " 2025 - 2026 và giai đoạn 2021 - 2025",
    "date": "Thành phố Hồ Chí Minh, ngày 28 tháng 12 năm 2026",
    "short": "1.234/QĐ-TTKCXTTM",
    "money": "1.234.567.890",
    "text": "Đã hoàn thành xuất sắc nhiệm vụ được giao, có nhiều đổi mới, sáng tạo, được nhân rộng trong toàn ngành. "
    * 6,
    "lines": "\n".join(
        ["Đơn vị đã thực hiện đúng tiến độ các nhiệm vụ trọng tâm được giao trong kế hoạch công tác năm."]
        * 12
    ),
}
LINES = 60
TABLE = "<table class='lines'><tbody>%s</tbody></table>"
ROW = f"<tr><td class='index'>%d</td><td>{SAMPLES['name']}</td><td>{SAMPLES['award']}</td></tr>"
SIDE = 108  # twips between the text and the border of a cell, where a file says nothing
PARTED = re.compile(r"\t| {4,}|\u00a0{4,}")  # set side by side by hand
EMU_PER_POINT, TWIPS = 12_700, 20
DEFAULT_SIZE, LINE_HEIGHT = 11.0, 1.15
# Without these a paper is not what the decree asks for (Decree 30/2020/NĐ-CP, Article 8).
OBLIGATORY = (
    *("agency", "number", "place_date", "abstract", "signer_title", "signer_name", "recipients"),
    *("signer_1_name", "signer_2_name"),
)


@dataclass(frozen=True)
class Finding:
    """What breaks, and where.

    ``kind``: ``missing`` (``text``: fields of which one must be there), ``alone`` (a label without its value),
    ``word`` (wider than its column), ``line`` (set side by side, it does not fit), ``cut`` (higher than its row or
    box), ``wide`` (a table beyond the margin).
    """

    kind: str
    text: str
    place: Place | None = None


def make_sample(fields: Fields, kind_of: Callable[[str], str]) -> Paper:
    """Return a paper with the longest values, and many lines.

    :param kind_of: of a field by its whole name, one of :data:`SAMPLES`

    >>> paper = make_sample(Fields(["agency"], {"line": ["name"]}), lambda name: "name")
    >>> paper.values["agency"] == SAMPLES["name"], len(paper.lists["line"])
    (True, 60)
    """
    values = {name: SAMPLES[kind_of(name)] for name in fields.values}
    lines = {
        key: {name: SAMPLES[kind_of(f"{key}.{name}")] for name in names}
        for key, names in fields.lists.items()
    }
    lists = {
        key: [{**line, "index": str(number)} for number in range(1, LINES + 1)] for key, line in lines.items()
    }
    rows = "".join(ROW % number for number in range(1, LINES + 1))
    page = f"<div><p>{SAMPLES['text']}</p><p>{SAMPLES['title']}</p>{TABLE % rows}</div>"
    blocks = [(element, word_template.A4_WIDTH) for element in html.fromstring(page)]
    return Paper(values, lists, dict.fromkeys(fields.blocks, blocks))


def check(
    content: bytes,
    fields: Fields,
    sample: Paper,
    needed: Sequence[Collection[str]],
    optional: Collection[str],
) -> list[Finding]:
    """Return what is missing and what breaks when the template is filled with the sample.

    :param needed: of each of these one field must be there
    :param optional: fields that may be empty
    """
    used = word_template.list_fields(content)
    found = [
        Finding("missing", " ".join(f"{{{name}}}" for name in names))
        for names in needed
        if not used & set(names)
    ]
    found += _find_lonely(content, optional)
    document = Document(io.BytesIO(word_template.fill(content, [sample])))
    return [*found, *_measure(document)]


def _find_lonely(content: bytes, optional: Collection[str]) -> Iterator[Finding]:
    """Yield paragraphs of which only a label is left where their fields are empty."""
    for paragraph, place in word_template.walk(Document(io.BytesIO(content))):
        text = word_template.get_text(paragraph)
        names = [name.strip() for name in word_template.FIELD.findall(text)]
        label = word_template.FIELD.sub("", text).strip()
        if names and set(names) <= set(optional) and any(sign.isalpha() for sign in label) and not place.row:
            yield Finding("alone", text.strip(), place)


def _measure(document: Any) -> Iterator[Finding]:
    seen = set()
    for paragraph, place in word_template.walk(document):
        for kind in _judge(document, paragraph):
            text = word_template.get_text(paragraph).strip()[:80]
            if (kind, text) not in seen:
                seen.add((kind, text))
                yield Finding(kind, text, place)
    for number, table in enumerate(document.element.body.iter(qn("w:tbl")), 1):
        if _get_table_width(table) > word_template.get_width(document, table) * 1440 / 25.4 + 4 * SIDE:
            yield Finding("wide", "", Place("body", 0, table=number, row=1))


def _judge(document: Any, paragraph: Any) -> Iterator[str]:
    text = word_template.get_text(paragraph)
    if not text.strip():
        return
    room, height = _get_room(document, paragraph)
    size, name = _get_letters(document, paragraph)
    lines = count_lines(text, name, size, room)
    if lines is None:
        yield "word"
    elif height is not None and lines * size * LINE_HEIGHT > height:
        yield "cut"
    tabbed = "".join("\t" if node.tag == qn("w:tab") else node.text or "" for node in _list_pieces(paragraph))
    if PARTED.search(tabbed.strip()) and font(name).stringWidth(text, size) > room:
        yield "line"


def _list_pieces(paragraph: Any) -> Iterator[Any]:
    for run in paragraph.iter(qn("w:r")):
        yield from (node for node in run if node.tag in (qn("w:t"), qn("w:tab")))


def _get_letters(document: Any, paragraph: Any) -> tuple[float, str]:
    """Return size in points and font of the widest run of a paragraph."""
    shown = Paragraph(paragraph, document._body)
    sizes, is_bold = [], False
    for run in shown.runs:
        sizes.append(run.font.size)
        is_bold = is_bold or bool(run.bold or _inherit(shown.style, "bold"))
    size = max(filter(None, sizes), default=None) or _inherit(shown.style, "size")
    return size.pt if size else _get_default_size(document), "Tinos-Bold" if is_bold else "Tinos-Regular"


def _inherit(style: Any, attribute: str) -> Any:
    while style is not None:
        value = getattr(style.font, attribute)
        if value is not None:
            return value
        style = style.base_style
    return None


def _get_default_size(document: Any) -> float:
    found = document.styles.element.find(
        f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:sz')}"
    )
    return int(found.get(qn("w:val"))) / 2 if found is not None else DEFAULT_SIZE


def _get_room(document: Any, paragraph: Any) -> tuple[float, float | None]:
    """Return the width in points a paragraph has, and the height where that is fixed."""
    box = next(paragraph.iterancestors(qn("w:txbxContent")), None)
    if box is not None:
        return _get_box(box)
    cell = next(paragraph.iterancestors(qn("w:tc")), None)
    if cell is None:
        return word_template.get_width(document, paragraph) / 25.4 * 72 - _get_indents(paragraph), None
    width = _get_cell_width(cell)
    row = next(cell.iterancestors(qn("w:tr")))
    height = row.find(f"{qn('w:trPr')}/{qn('w:trHeight')}")
    is_exact = height is not None and height.get(qn("w:hRule")) == "exact"
    return max(width - 2 * SIDE, TWIPS) / TWIPS, _number(height, "val") / TWIPS if is_exact else None


def _get_cell_width(cell: Any) -> float:
    """Return the width of a cell in twips: its own, or of the columns it covers."""
    own = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
    if own is not None and own.get(qn("w:type")) == "dxa" and _number(own, "w"):
        return _number(own, "w")
    row, table = cell.getparent(), next(cell.iterancestors(qn("w:tbl")))
    columns = [_number(column, "w") for column in table.iterfind(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")]
    first = sum(
        _get_span(other) for other in row.iterchildren(qn("w:tc")) if row.index(other) < row.index(cell)
    )
    return sum(columns[first : first + _get_span(cell)]) or A4_TWIPS


def _get_span(cell: Any) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return int(_number(span, "val")) if span is not None else 1


A4_TWIPS = word_template.A4_WIDTH / 25.4 * 1440


def _get_table_width(table: Any) -> float:
    return sum(_number(column, "w") for column in table.iterfind(f"{qn('w:tblGrid')}/{qn('w:gridCol')}"))


def _get_box(box: Any) -> tuple[float, float | None]:
    """Return width and height of a box in points, as drawn by Word of today or of old."""
    for holder in box.iterancestors(qn("wp:anchor"), qn("wp:inline")):
        extent = holder.find(qn("wp:extent"))
        return int(extent.get("cx")) / EMU_PER_POINT, int(extent.get("cy")) / EMU_PER_POINT
    for holder in box.iterancestors():
        sizes = dict(re.findall(r"(width|height):([\d.]+)pt", holder.get("style") or ""))
        if sizes.keys() == {"width", "height"}:
            return float(sizes["width"]), float(sizes["height"])
    return A4_TWIPS / TWIPS, None


def _get_indents(paragraph: Any) -> float:
    indent = paragraph.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    return sum(_number(indent, side) for side in ("left", "right")) / TWIPS if indent is not None else 0.0


def _number(element: Any, name: str) -> float:
    try:
        return float(element.get(qn(f"w:{name}")) or 0)
    except ValueError:
        return 0.0
