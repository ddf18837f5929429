"""Texts typed in the fonts of before Unicode: TCVN3 (.VnTime, ABC) and VNI.

Such a text looks right only in its own font; as Unicode it reads "NguyÔn V¨n ¸nh". It is recognised by letters no
Vietnamese text in Unicode holds, and converted letter by letter. Capitals of TCVN3 come from a second font (.VnTimeH)
with the codes of small letters: a text cannot tell them, so they stay small.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal, TypeAlias

Encoding: TypeAlias = Literal["TCVN3", "VNI"]

LETTERS = {
    "a": "àảãáạ",
    "ă": "ằẳẵắặ",
    "â": "ầẩẫấậ",
    "e": "èẻẽéẹ",
    "ê": "ềểễếệ",
    "i": "ìỉĩíị",
    "o": "òỏõóọ",
    "ô": "ồổỗốộ",
    "ơ": "ờởỡớợ",
    "u": "ùủũúụ",
    "ư": "ừửữứự",
    "y": "ỳỷỹýỵ",
}
# The codes of TCVN 5712:1993 VN3, vowel by vowel in the order of LETTERS.
_TCVN3_TONES = {
    "a": "µ¶·¸¹",
    "ă": "»¼½¾Æ",
    "â": "ÇÈÉÊË",
    "e": "ÌÎÏÐÑ",
    "ê": "ÒÓÔÕÖ",
    "i": "×ØÜÝÞ",
    "o": "ßáâãä",
    "ô": "åæçèé",
    "ơ": "êëìíî",
    "u": "ïñòóô",
    "ư": "õö÷øù",
    "y": "úûüýþ",
}
TCVN3 = dict(zip("¨©ª«¬\u00ad®¡¢£¤¥¦§", "ăâêôơưđĂÂÊÔƠƯĐ", strict=True)) | {
    code: letter
    for vowel, codes in _TCVN3_TONES.items()
    for code, letter in zip(codes, LETTERS[vowel], strict=True)
}
# VNI writes the tone (and the hat) after the vowel; ơ and ư are ô and ö, i and đ have letters of their own.
_VNI_TONES = dict(zip("øûõùï", "\u0300\u0309\u0303\u0301\u0323", strict=True))
_VNI_HATS = {
    "â": "\u0302",
    "à": "\u0302\u0300",
    "á": "\u0302\u0301",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
    "ê": "\u0306",
    "è": "\u0306\u0300",
    "é": "\u0306\u0301",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}
_VNI_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_CODES = re.compile(r"([aeouyôö])([øûõùïâàáåãäêèéúüë])|[ôöñæóòî]", re.I)
_VNI_HATTED = {"a": "âàáåãäêèéúüë", "e": "âàáåãä", "o": "âàáåãä"}

# Signs no Unicode text sets inside a word, and letters that Unicode Vietnamese has and the old fonts cannot have.
_TCVN3_SURE = re.compile(r"(?<=[A-Za-z])[µ¶·¸¹»¼½¾¨©ª«¬®§Æ×Þß÷þ]|[µ¶·¸¹»¼½¾¨©ª«¬®§](?=[A-Za-z])")
_VNI_SURE = re.compile(r"[aeouyôö][øûïåäëü]|[ñö][aeouøùûõï]", re.I)
_UNICODE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]|[aeiouyAEIOUY][\u0300\u0301\u0303\u0309\u0323]")


def detect(texts: Iterable[str]) -> Encoding | None:
    """Tell in which old font texts were typed.

    :param texts: iterable of str, a sample of a file
    :return: ``TCVN3``, ``VNI`` or None (Unicode, or no accents at all)

    >>> detect(["Hoµng V¨n §øc", "Lao ®éng tiªn tiÕn"]), detect(["Nguyeãn Vaên Ñöùc", "Lao ñoäng tieân tieán"])
    ('TCVN3', 'VNI')
    >>> detect(["Hoàng Văn Đức"]), detect(["Hoang Van Duc"]), detect(["3 m² × 4, ±5"])
    (None, None, None)
    """
    text = "\n".join(texts)
    unicode = len(_UNICODE.findall(unicodedata.normalize("NFC", text)))
    tcvn3, vni = len(_TCVN3_SURE.findall(text)), len(_VNI_SURE.findall(text))
    if max(tcvn3, vni) <= unicode:
        return None
    return "TCVN3" if tcvn3 >= vni else "VNI"


def has_unicode(text: str) -> bool:
    """Tell whether a text holds a letter that Vietnamese has in Unicode and no old font has.

    >>> has_unicode("Bùi Thị Đào"), has_unicode("NguyÔn V¨n §øc"), has_unicode("Bá")
    (True, False, False)
    """
    return bool(_UNICODE.search(unicodedata.normalize("NFC", text)))


def convert(text: str, encoding: Encoding) -> str:
    """Return a text as Unicode.

    :param str encoding: what ``detect`` returned

    >>> convert("NguyÔn ThÞ Ph­¬ng", "TCVN3"), convert("Nguyeãn Thò Phöông Ñöùc", "VNI")
    ('Nguyễn Thị Phương', 'Nguyễn Thị Phương Đức')
    """
    if encoding == "TCVN3":
        return "".join(TCVN3.get(letter, letter) for letter in text)
    return _VNI_CODES.sub(_convert_vni, text)


def _convert_vni(match: re.Match[str]) -> str:
    """Write a vowel and the mark after it, or a single code, as one letter."""
    vowel, mark = match.group(1), (match.group(2) or "").lower()
    if not vowel:
        letter = _VNI_SINGLE[match.group(0).lower()]
        return letter.upper() if match.group(0).isupper() else letter
    base = _VNI_SINGLE.get(vowel.lower(), vowel.lower())
    if mark in _VNI_TONES:
        letter = unicodedata.normalize("NFC", base + _VNI_TONES[mark])
    elif mark in _VNI_HATTED.get(vowel.lower(), ""):
        letter = unicodedata.normalize("NFC", base + _VNI_HATS[mark])
    else:
        letter = base + _VNI_SINGLE.get(mark, mark)
    return letter.upper() if vowel.isupper() else letter
