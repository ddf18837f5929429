"""Where a line of a paper is not broken: in a span of years, before a year in a title, before the last word of one."""

import re

from .pagination import Element

NO_BREAK = "\N{NO-BREAK SPACE}"
RANGE = re.compile(r"(?<=\d{4}) ([-–]) (?=\d{4})")
YEAR = re.compile(r"\b(năm) (\d{4})\b")
TITLES = ("abstract", "annex-name", "about")


def keep_range(text: str) -> str:
    """Return a text whose spans of years are not broken between two lines.

    >>> keep_range("giai đoạn 2021 - 2025, năm 2026").split(" ")
    ['giai', 'đoạn', '2021\\xa0-\\xa02025,', 'năm', '2026']
    """
    return RANGE.sub(rf"{NO_BREAK}\1{NO_BREAK}", text)


def keep_title(text: str) -> str:
    """Return a title in which no year stands alone, and no word on the last line.

    >>> keep_title("Kết thúc phong trào năm 2026 của tỉnh").split(" ")
    ['Kết', 'thúc', 'phong', 'trào', 'năm\\xa02026', 'của\\xa0tỉnh']
    >>> keep_title("Thu hồi hiện vật, tiền thưởng ").split(" ")
    ['Thu', 'hồi', 'hiện', 'vật,', 'tiền\\xa0thưởng', '']
    >>> keep_title("Kiểm phiếu")
    'Kiểm phiếu'
    """
    kept = YEAR.sub(rf"\1{NO_BREAK}\2", keep_range(text))
    return re.sub(r"(?<=\S \S)(\S*) (\S+)(?=\s*$)", rf"\1{NO_BREAK}\2", kept)


def keep_words(section: Element) -> None:
    """Keep together on a sheet what a line is not broken in."""
    for node in section.iter():
        for name in ("text", "tail"):
            text = getattr(node, name)
            if text and RANGE.search(text):
                setattr(node, name, keep_range(text))
    for node in section.xpath(" | ".join(f".//div[@class='{name}']" for name in TITLES)):
        for part in node.iter():
            if part.text:
                part.text = keep_title(part.text)
        for part in node:
            if part.tail:
                part.tail = keep_title(part.tail)
