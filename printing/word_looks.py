"""How the paragraphs of a paper look: the styles an officer finds in Word, after Decree 30/2020/NĐ-CP, Annex I."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from docx.enum.text import WD_ALIGN_PARAGRAPH

LINE = 1.13  # of Word's own line of this font, as line-height 1.3 of the page
TIGHT = 1.04
ALIGNMENTS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


@dataclass(frozen=True)
class Look:
    """A paragraph style: its name in Word, sizes in points, indents in mm.

    >>> BODY.name, BODY.size, BODY.first_line, LOOKS["article"].first_line
    ('Thân văn bản', 14, 10, 10)
    """

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
