"""By what words and signs a row that is no data is told: sums, signatures, headings between the rows, "as above"."""

import re

from .letters import clean_line, search_key

ORDINAL = re.compile(
    r"\s*(?:(?P<roman>[IVXLC]+)|(?P<letter>[A-ZĐ])|(?P<number>\d{1,3}(?:\.\d{1,3})*))\s*[.)/:\-]*\s*"
)
LEAD = re.compile(r"^\s*(?:(?P<roman>[IVX]+)|(?P<letter>[A-ZĐ])|(?P<number>\d{1,2}))\s*[.)/:\-]+\s*(?=\S)")
COLUMN_NUMBER = re.compile(r"\(?\s*(?:\d{1,2}|[a-e])\s*\)?(?:\s*=.*)?", re.I)
TOTAL = re.compile(
    r"(?:tong cong|tong so|cong so|tong|cong|total)(?:\W|\d|\b(?:nguoi|ca nhan|tap the|truong hop|don vi|danh hieu"
    r"|luot|dong|so|muc|phan|va|cac|i{1,3}|iv|vi{0,3}|[abc])\b)*"
)
SUMMED = re.compile(r"tong (?:cong|so)\b")
SIGNATURES = re.compile(
    r"^(?:nguoi lap|lap bieu|nguoi ky|thu truong|giam doc|pho giam doc|chu tich|truong phong|hieu truong|ky ten"
    r"|xac nhan"
    r"|tm\b|kt\b|noi nhan|ghi chu\s*:|\(?danh sach (?:nay )?(?:co|gom)|[^,]{2,30}, ngay\b|ngay\s*[.\d]*\s*thang)"
)
DITTO = frozenset({"nt", "-nt-", "- nt -", "nhu tren", "//", "ditto"})
DITTO_MARKS = frozenset({'"', "''", "”", "“", "〃", "´´"})
ERROR = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!)")
# How a heading between the rows begins: a unit, a kind, an award, a time. "Vũ" and "Đoàn" begin names too.
SECTION = re.compile(
    r"(?:phòng|ban|sở|chi cục|cục|vụ|viện|trung tâm|văn phòng|khoa|tổ|đội|trạm|trường|khối|cụm|chi nhánh|bộ phận|bộ"
    r"|thanh tra|ubnd|ủy ban|uỷ ban|xã|phường|thị trấn|thị xã|huyện|quận|thành phố|tỉnh|đặc khu|cá nhân|tập thể|các"
    r"|danh sách|danh hiệu|hình thức|bằng khen|giấy khen|huân chương|huy chương|kỷ niệm chương|chiến sĩ|lao động"
    r"|cờ thi đua|năm|giai đoạn|thời kỳ|quý|tháng|kết quả|đối với|đơn vị|công ty|doanh nghiệp|hộ gia đình|hội đồng"
    r"|đoàn thể|đoàn thanh niên|đảng ủy|công đoàn|phần|mục|nhóm|lãnh đạo|cán bộ|giáo viên|nhân viên|viên chức"
    r"|công chức|người lao động|học sinh|đợt|quyết định|ldtt|lđtt|cstđ|individuals?|collectives?|units?|department)\b"
)
CLEAR_WITHOUT_ACCENTS = re.compile(
    r"(?:phong|so|chi cuc|trung tam|van phong|truong|khoi|cum|bo phan|thanh tra|ubnd|uy ban|ca nhan|tap the|danh sach"
    r"|danh hieu|hinh thuc|bang khen|giay khen|huan chuong|chien si|nam|giai doan|don vi|cong ty|doi voi)\b"
)
RUNNING_NUMBER = ("stt", "so tt", "tt", "so thu tu", "no", "#")


def is_ditto(text: str) -> bool:
    """Tell whether a cell says: as above.

    >>> is_ditto("-nt-"), is_ditto(' " '), is_ditto("An")
    (True, True, False)
    """
    return search_key(text) in DITTO or text.strip() in DITTO_MARKS


def is_total(text: str, is_short: bool) -> bool:
    """Tell whether a text stands before a sum.

    :param bool is_short: little else stands in the row: then other words may follow

    >>> is_total("Tổng cộng: 3 người", False), is_total("TONG SO", False), is_total("Tổng số của phòng", True)
    (True, True, True)
    >>> is_total("Tống Công", True), is_total("Tổng kho", True), is_total("", True)
    (False, False, False)
    """
    line = clean_line(text).casefold()
    if not line.isascii() and not line.startswith(("tổng", "cộng")):
        return False
    key = search_key(line).strip(" :.")
    return bool(TOTAL.fullmatch(key) or (is_short and SUMMED.match(key)))


def is_section(text: str) -> bool:
    """Tell whether a text alone in its row is a heading of what follows, not somebody's name.

    >>> [is_section(text) for text in ("Phòng Tổng hợp", "II. Cá nhân", "CA NHAN", "Danh hiệu:", "Năm 2020")]
    [True, True, True, True, True]
    >>> [is_section(text) for text in ("Vũ Thị Phòng", "Đoàn Văn Hậu", "H'Hen Niê", "TO VAN NAM")]
    [False, False, False, False]
    """
    line = clean_line(LEAD.sub("", text)).casefold()
    if len(line.split()) > 6 or line.endswith(":") or any(sign.isdecimal() for sign in line):
        return True
    return bool((CLEAR_WITHOUT_ACCENTS if line.isascii() else SECTION).match(line))
