"""Which award a list means: by code, by name, by the words and abbreviations offices use."""

import re
from collections.abc import Mapping

from .letters import name_key, search_key

# Written out before anything is compared; longer ones first.
SHORT = (
    (r"\bchien sy\b", "chien si"),
    (r"\bki niem\b", "ky niem"),
    (r"\bcstd\s*cs\b|\bcstdcs\b", "chien si thi dua co so"),
    (r"\bcstd\b", "chien si thi dua"),
    (r"\bttldxs\b", "tap the lao dong xuat sac"),
    (r"\bttldtt\b", "tap the lao dong tien tien"),
    (r"\btt\s+(?=ld|lao dong)", "tap the "),
    (r"\bldtt\b", "lao dong tien tien"),
    (r"\bldxs\b", "lao dong xuat sac"),
    (r"\bbkttg\b|\bbkttcp\b", "bang khen cua thu tuong chinh phu"),
    (r"\bttg(?:cp)?\b|\bttcp\b", "thu tuong chinh phu"),
    (r"\bbk\b", "bang khen"),
    (r"\bgk\b", "giay khen"),
    (r"\bubnd\b", "uy ban nhan dan"),
    (r"\bhcld\b", "huan chuong lao dong"),
    (r"\bhc\b", "huan chuong"),
    (r"\bttcs\b", "co so"),
    (r"\bcp\b", "chinh phu"),
    (r"\btp\b", "thanh pho"),
    (r"\bknc\b", "ky niem chuong"),
    (r"\bhang\s+(?:1|i|nhat)\b", "hang nhat"),
    (r"\bhang\s+(?:2|ii|nhi)\b", "hang nhi"),
    (r"\bhang\s+(?:3|iii|ba)\b", "hang ba"),
)
# What remains after the words around an award are taken away.
NOISE = re.compile(r"\b(?:danh hieu|tang|duoc tang|dat|nam (?:hoc )?\d{4}(?: \d{4})?|\d{4})\b")
PROVINCE = r"(?:(?:chu tich )?uy ban nhan dan )?(?:tinh|thanh pho)"
MINISTRY = (
    r"(?:bo|bo truong|nganh|ban nganh|tong cuc|thanh tra chinh phu|ban (?:[a-z]+ ){1,5}trung uong|tong lien doan"
    r"|kiem toan nha nuoc|vien truong|chanh an)"
)
GIVEN = r"(?:cua |cap )?(?:chu tich )?(?:uy ban nhan dan )?(?:cap )?"
# Without accents "quan" is in "quan doi" too, "xa" in "xa hoi": the place stands alone or after its office.
PATTERNS = (
    (r"chien si thi dua toan quoc", "CSTDTQ"),
    (rf"chien si thi dua (?:cap )?{PROVINCE}", "CSTDT"),
    (rf"chien si thi dua (?:cap )?{MINISTRY}", "CSTDB"),
    (r"chien si thi dua (?:cap )?co so", "CSTDCS"),
    (r"chien si tien tien", "CSTT"),
    (r"tap the lao dong xuat sac", "TTLDXS"),
    (r"tap the lao dong tien tien", "TTLDTT"),
    (r"(?:ca nhan )?lao dong tien tien", "LDTT"),
    (r"don vi quyet thang", "DVQT"),
    (r"don vi tien tien", "DVTT"),
    (r"co thi dua (?:cua )?chinh phu", "CTDCP"),
    (rf"co thi dua (?:cua |cap )*{PROVINCE}", "CTDT"),
    (rf"co thi dua (?:cua |cap )*{MINISTRY}", "CTDB"),
    (r"bang khen (?:cua )?thu tuong(?: chinh phu)?", "BKTTG"),
    (rf"bang khen (?:cua |cap )*{PROVINCE}", "BKT"),
    (rf"bang khen (?:cua |cap )*{MINISTRY}", "BKB"),
    (
        rf"giay khen {GIVEN}(?:xa|phuong|dac khu|thi tran)(?! hoi\b)",
        "GKXA",
    ),
    (
        rf"giay khen {GIVEN}(?:huyen|quan|thi xa)(?! (?:doi|su|uy|khu|chung)\b)",
        "GKHUYEN",
    ),
    (r"giay khen (?:cua )?(?:giam doc )?so(?! \d)", "GKSO"),
    (r"gia dinh van hoa", "GDVH"),
)
# After an award may stand for what it was given, or whose it is: another award or another body makes it unsure.
AFTER = re.compile(
    r"(?:cap|cap co so|vi|ve|do|trong|da|thuc hien|giai doan|dot|nam|cua|nhan|lan thu|don vi|theo)\b"
)
# Who gives awards of another kind: the Party, unions and associations.
OTHER_BODY = re.compile(
    r"^uy\b|\b(?:doan|tinh uy|thanh uy|huyen uy|dang uy|quan uy|cong doan|mat tran|(?<!tong )lien doan|(?<!xa )hoi)\b"
)
# Words of a giver that one paper writes and another leaves out.
GIVER_WORDS = re.compile(r"\b(?:cua|cap|chu tich|giam doc|uy ban nhan dan)\b")
SIGNS = ".,;:()"
SPLIT = re.compile(r"\s*(?:[;\n+]|,(?! ?(?:ban|nganh)\b)|\bvà\b)\s*", re.I)
# Awards whose name goes on with the name of who gives them.
GIVEN_BY_MANY = frozenset(
    {"CSTDT", "CSTDB", "CTDT", "CTDB", "BKT", "BKB", "GKXA", "GKHUYEN", "GKSO"},
)


def award_key(text: str) -> str:
    """Return the words of an award: no accents, no quotation marks, abbreviations written out.

    >>> award_key("Danh hiệu “LĐTT” năm 2020"), award_key("HCLĐ hạng III"), award_key("BK của UBND tỉnh")
    ('lao dong tien tien', 'huan chuong lao dong hang ba', 'bang khen cua uy ban nhan dan tinh')
    """
    key = " ".join(re.findall(r"[a-z0-9]+", search_key(text)))
    for short, words in SHORT:
        key = re.sub(short, words, key)
    return " ".join(NOISE.sub(" ", key).split()) or key


def find_award(text: str | None, known: Mapping[str, str]) -> str | None:
    """Return the code of an award, or None.

    :param str text: what the list says
    :param dict known: award_key of a code, a name or a word learnt -> code of the award

    >>> known = {"huan chuong lao dong hang ba": "HCLD3", "lao dong gioi": "NB1"}
    >>> texts = ("LĐTT", "CSTĐ cơ sở", "Bằng khen của Chủ tịch UBND tỉnh", "HCLĐ hạng 3")
    >>> [find_award(text, known) for text in texts]
    ['LDTT', 'CSTDCS', 'BKT', 'HCLD3']
    >>> [find_award(text, known) for text in ("Chiến sĩ thi đua cấp Bộ", "TT LĐTT", "Lao động giỏi", "Giấy khen", "")]
    ['CSTDB', 'TTLDTT', 'NB1', None, None]

    Two awards without a sign between them, an award of the Party or of a union, a homograph without accents: None.

    >>> texts = ("Lao động tiên tiến Chiến sĩ thi đua cơ sở", "Bằng khen Tỉnh ủy", "Bằng khen của Ban Thường vụ Đoàn",
    ...          "Giấy khen xây dựng nông thôn mới", "Giấy khen quân đội", "Giấy khen số 12", "Bằng khen bóng đá")
    >>> [find_award(text, {}) for text in texts]
    [None, None, None, None, None, None, None]
    >>> texts = ("Bằng khen của Bộ Lao động - Thương binh và Xã hội", "Bằng khen tỉnh Huế", "Giấy khen xã Tân Lập",
    ...          "Giấy khen của UBND quận 1", "LĐTT vì đã có thành tích", "CSTĐ cấp tỉnh")
    >>> [find_award(text, {}) for text in texts]
    ['BKB', 'BKT', 'GKXA', 'GKHUYEN', 'LDTT', 'CSTDT']
    """
    key = award_key(text or "")
    if not key:
        return None
    if key in known:
        return known[key]
    for pattern, code in PATTERNS:
        if found := re.match(rf"{pattern}\b", key):
            return code if _may_follow(key[found.end() :].strip(), code) else None
    return None


def names_giver(text: str) -> bool:
    """Tell whether the name of an award goes on after the award itself: with who gives it, which one it is.

    >>> [names_giver(text) for text in ("Giấy khen của Giám đốc Sở Công Thương", "Bằng khen cấp tỉnh", "Giấy khen")]
    [True, False, True]
    """
    key = award_key(text)
    found = (re.match(rf"{pattern}\b", key) for pattern, _code in PATTERNS)
    return not any(match and match.end() == len(key) for match in found)


def has_same_giver(one: str, other: str) -> bool:
    """Tell whether two names of an award say the same of who gives it: the one may say less than the other.

    >>> name = "Giấy khen của Giám đốc Sở Công Thương"
    >>> texts = ("giấy khen Sở Công thương", "Giấy khen của Giám đốc Sở Công Thương tỉnh Lai Châu", "Giấy khen",
    ...          "Giấy khen của Chánh Văn phòng UBND tỉnh", "Giấy khen của Giám đốc Sở Nội vụ", "Bằng khen", "")
    >>> [has_same_giver(text, name) for text in texts]
    [True, True, True, False, False, False, False]
    >>> name = "Bằng khen của Chủ tịch UBND tỉnh"
    >>> texts = ("Bằng khen của Ủy ban nhân dân tỉnh Lai Châu", "Bằng khen Tỉnh ủy")
    >>> [has_same_giver(text, name) for text in texts]
    [True, False]

    Places that only their accents tell apart are two; where the tone stands makes none another.

    >>> name = "Giấy khen của Chủ tịch UBND xã Tân Hòa"
    >>> [has_same_giver(f"Giấy khen của UBND xã {place}", name) for place in ("Tân Hoà", "Tân Hoa", "Tấn Hòa")]
    [True, False, False]
    """
    words = [GIVER_WORDS.sub(" ", award_key(text)).split() for text in (one, other)]
    shorter, longer = sorted(words, key=len)
    rest = " ".join(longer[len(shorter) :])
    is_start = len(shorter) > 1 and longer[: len(shorter)] == shorter
    return is_start and not OTHER_BODY.search(rest) and _have_same_accents(one, other)


def _have_same_accents(one: str, other: str) -> bool:
    """Tell whether the words two texts share without accents are the same with them.

    >>> _have_same_accents("xã Tân Hoà, huyện Tân Uyên", "Xã Tân Hòa"), _have_same_accents("Tân", "Tấn")
    (True, False)
    """
    spelt: list[dict[str, set[str]]] = [{}, {}]
    for found, text in zip(spelt, (one, other), strict=True):
        for word in text.split():
            found.setdefault(search_key(word.strip(SIGNS)), set()).add(name_key(word.strip(SIGNS)))
    first, second = spelt
    return all(first[word] & second[word] for word in first.keys() & second.keys())


def _may_follow(rest: str, code: str) -> bool:
    """Tell whether the words after an award leave it that award.

    >>> _may_follow("vi da co thanh tich", "LDTT"), _may_follow("chien si thi dua co so", "LDTT")
    (True, False)
    >>> _may_follow("quang nam", "BKT"), _may_follow("doan", "BKT"), _may_follow("xuat sac", "LDTT")
    (True, False, False)
    """
    if not rest:
        return True
    if any(re.search(rf"\b{pattern}\b", rest) for pattern, _code in PATTERNS):
        return False
    if code in GIVEN_BY_MANY and not AFTER.match(rest):
        return not OTHER_BODY.search(rest)  # the name of the province, the ministry, the commune
    return bool(AFTER.match(rest))


def split_awards(text: str, known: Mapping[str, str]) -> list[str]:
    """Return the awards a cell names, one or several; a cell that is not understood stays whole.

    >>> split_awards("LĐTT, CSTĐCS", {}), split_awards("Chiến sĩ thi đua Bộ, ban, ngành", {})
    (['LĐTT', 'CSTĐCS'], ['Chiến sĩ thi đua Bộ, ban, ngành'])
    >>> split_awards("xyz, a", {})
    ['xyz, a']
    """
    parts = [part for part in SPLIT.split(text) if part.strip()]
    if len(parts) > 1 and award_key(text) not in known and all(find_award(part, known) for part in parts):
        return parts
    return [text]
