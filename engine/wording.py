"""What a decision and a certificate say in words: the time an achievement was made in, the verb, the award's name.

The next award is counted from the time written in the decision (Decree 152/2025/NĐ-CP, Article 33(7)): it comes from
the achievement period, never from the day of signature.
"""

import re
from collections.abc import Iterable
from datetime import date as Date
from datetime import timedelta

from .vietnamese import administrative_date

Period = tuple[Date | None, Date | None]
# A school year starts from July to September and ends from April to August of the next year.
SCHOOL_STARTS, SCHOOL_ENDS = range(7, 10), range(4, 9)

# What a campaign is called by; a name that begins otherwise is its motto.
CAMPAIGN_NOUNS = ("Phong trào", "Đợt", "Chương trình", "Cuộc vận động", "Thi đua")


NO_BREAK = "\N{NO-BREAK SPACE}"
# At the end of a name, and no longer than what a letterhead has on a line.
PLACE = re.compile(r"\b(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|phường|xã)(?: [\w-]+){1,4}$", re.I)


def period_text(start: Date | None, end: Date | None) -> str:
    """Write an achievement period as decisions do.

    >>> period_text(Date(2026, 1, 1), Date(2026, 12, 31)), period_text(Date(2024, 1, 1), Date(2026, 12, 31))
    ('năm 2026', 'giai đoạn 2024 - 2026')
    >>> period_text(Date(2025, 9, 1), Date(2026, 5, 31)), period_text(Date(2023, 9, 5), Date(2026, 6, 30))
    ('năm học 2025 - 2026', 'các năm học từ 2023 - 2024 đến 2025 - 2026')
    >>> period_text(Date(2026, 1, 1), Date(2026, 6, 30)), period_text(Date(2026, 2, 1), Date(2026, 10, 31))
    ('6 tháng đầu năm 2026', 'từ tháng 02 đến tháng 10 năm 2026')
    >>> period_text(Date(2026, 3, 5), Date(2026, 3, 5)), period_text(None, Date(2026, 12, 31))
    ('ngày 05 tháng 3 năm 2026', 'năm 2026')
    >>> period_text(Date(2025, 11, 3), Date(2026, 2, 10))
    'từ ngày 03 tháng 11 năm 2025 đến ngày 10 tháng 02 năm 2026'
    >>> period_text(None, None)
    ''
    """
    if end is None:
        return ""
    if start is None:
        return f"năm {end.year}"
    if start == end:
        return administrative_date(end)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"năm {end.year}" if start.year == end.year else f"giai đoạn {start.year} - {end.year}"
    if start.month in SCHOOL_STARTS and end.month in SCHOOL_ENDS and end.year > start.year:
        if end.year == start.year + 1:
            return f"năm học {start.year} - {end.year}"
        return f"các năm học từ {start.year} - {start.year + 1} đến {end.year - 1} - {end.year}"
    if start.day == 1 and (end + timedelta(days=1)).day == 1 and start.year == end.year:
        return _months_text(start.month, end.month, end.year)
    return f"từ {administrative_date(start)} đến {administrative_date(end)}"


def _months_text(first: int, last: int, year: int) -> str:
    """Write whole months of one year: a half year or a quarter by its name."""
    names = {(1, 6): "6 tháng đầu", (7, 12): "6 tháng cuối"}
    names |= {
        (3 * quarter - 2, 3 * quarter): f"quý {'I' * quarter if quarter < 4 else 'IV'}"
        for quarter in range(1, 5)
    }
    if (first, last) in names:
        return f"{names[first, last]} năm {year}"
    months = [f"{month:02}" if month < 3 else str(month) for month in (first, last)]
    if first == last:
        return f"tháng {months[0]} năm {year}"
    return f"từ tháng {months[0]} đến tháng {months[1]} năm {year}"


def periods_text(periods: Iterable[Period]) -> str:
    """Write the periods of several commendations: each once, the earliest first; empty ones are left out.

    >>> year = lambda number: (Date(number, 1, 1), Date(number, 12, 31))
    >>> periods_text([year(2026), year(2025), year(2026), (None, None)])
    'năm 2025, năm 2026'
    """
    known = sorted({(end, start or Date.min) for start, end in periods if end})
    texts = [period_text(None if start == Date.min else start, end) for end, start in known]
    return ", ".join(dict.fromkeys(texts))


def verb(posthumous: Iterable[bool]) -> str:
    """Say how it is given: the dead receive posthumously (Decree 152/2025/NĐ-CP, Articles 29 and 30).

    >>> verb([False]), verb([True]), verb([True, False])
    ('Tặng', 'Truy tặng', 'Tặng, truy tặng')
    """
    dead = set(posthumous)
    if dead == {True}:
        return "Truy tặng"
    return "Tặng, truy tặng" if dead == {True, False} else "Tặng"


def printed_name(pattern: str, head: str, agency: str) -> str:
    """Fill the name an award is printed by: ``{head}`` and ``{agency}`` are those of the agency that gives it.

    A post that already names its agency is not followed by the agency again; without a post the agency speaks.

    >>> printed_name("Giấy khen của {head} {agency}", "Giám đốc", "Sở Công Thương")
    'Giấy khen của Giám đốc Sở Công Thương'
    >>> printed_name("Giấy khen của {head} {agency}", "Chánh Văn phòng", "Văn phòng Ủy ban nhân dân tỉnh")
    'Giấy khen của Chánh Văn phòng Ủy ban nhân dân tỉnh'
    >>> printed_name("Giấy khen của {head} {agency}", "", "Sở Công Thương"), printed_name("Lao động tiên tiến", "", "")
    ('Giấy khen của Sở Công Thương', 'Lao động tiên tiến')
    """
    body = join_overlapping(head, agency)
    return " ".join(re.sub(r"\{head\}\s*\{agency\}", lambda _match: body, pattern).split())


def campaign_text(name: str) -> str:
    """Return a campaign as it stands inside a sentence: by its own name, quoted only where that is a motto.

    >>> campaign_text("Phong trào thi đua năm 2026 của Sở Nội vụ")
    'phong trào thi đua năm 2026 của Sở Nội vụ'
    >>> campaign_text("Đợt thi đua đặc biệt"), campaign_text("Lào Cai chung sức")
    ('đợt thi đua đặc biệt', 'phong trào thi đua “Lào Cai chung sức”')
    """
    noun = next((noun for noun in CAMPAIGN_NOUNS if name.startswith(f"{noun} ")), "")
    return noun.lower() + name[len(noun) :] if noun else f"phong trào thi đua “{name}”"


def close_lines(lines: Iterable[str]) -> list[str]:
    """End each line of a list with a semicolon, the last one with a full stop (Decree 30/2020/NĐ-CP, Annex I).

    >>> close_lines(["Như Điều 3", "Lưu: VT"]), close_lines(["Lưu: VT", "Lưu: VT"]), close_lines([])
    (['Như Điều 3;', 'Lưu: VT.'], ['Lưu: VT;', 'Lưu: VT.'], [])
    """
    told = list(lines)
    return [f"{line};" for line in told[:-1]] + [f"{line}." for line in told[-1:]]


def keep_place(agency: str) -> str:
    """Return the name of an agency as a letterhead breaks it: what it is the agency of stays on one line.

    >>> keep_place("Văn phòng UBND tỉnh Lai Châu").split(" ")
    ['Văn', 'phòng', 'UBND', 'tỉnh\xa0Lai\xa0Châu']
    >>> keep_place("Ủy ban nhân dân xã Mường Than").split(" "), keep_place("Sở Nội vụ")
    (['Ủy', 'ban', 'nhân', 'dân', 'xã\xa0Mường\xa0Than'], 'Sở Nội vụ')
    """
    return PLACE.sub(lambda match: match[0].replace(" ", NO_BREAK), agency)


def signer_lines(title: str, agency: str) -> list[str]:
    """Return what stands above a signature: an agency that decides together is signed for, TM. (Decree
    30/2020/NĐ-CP, Annex I, Part I, Section II.7).

    >>> signer_lines("Giám đốc", "Sở Công Thương")
    ['Giám đốc']
    >>> signer_lines("Chủ tịch", "Ủy ban nhân dân xã Mường Than"), signer_lines("Chủ tịch", "UBND tỉnh Lai Châu")
    (['TM. Ủy ban nhân dân', 'Chủ tịch'], ['TM. Ủy ban nhân dân', 'Chủ tịch'])
    """
    is_committee = re.match(r"(?:ủy ban nhân dân|ubnd)\b", agency, re.I)
    return ["TM. Ủy ban nhân dân", title] if is_committee else [title]


def join_overlapping(head: str, agency: str) -> str:
    """Join a post and its agency: "Chánh Văn phòng" of "Văn phòng Bộ" is the "Chánh Văn phòng Bộ".

    >>> join_overlapping("Chánh Văn phòng", "Văn phòng Bộ"), join_overlapping("", "Sở Nội vụ")
    ('Chánh Văn phòng Bộ', 'Sở Nội vụ')
    """
    post, office = head.split(), agency.split()
    lower_post, lower_office = head.lower().split(), agency.lower().split()
    shared = next(
        (count for count in range(len(office), 0, -1) if lower_post[-count:] == lower_office[:count]), 0
    )
    return " ".join([*post, *office[shared:]])
