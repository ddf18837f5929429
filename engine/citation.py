"""How administrative documents cite their legal bases (Decree 30/2020/NĐ-CP, Annex I)."""

from collections.abc import Iterable
from datetime import date as Date

from .vietnamese import administrative_date
from .wording import close_lines

TYPE_NAMES = {
    "law": "Luật",
    "decree": "Nghị định",
    "circular": "Thông tư",
    "resolution": "Nghị quyết",
    "directive": "Chỉ thị",
    "decision": "Quyết định",
    "plan": "Kế hoạch",
    "letter": "Công văn",
}


# What gives power comes before what it rests on: the order of the law (Law on the Promulgation of Legal Documents).
RANKS = ("law", "resolution", "decree", "circular", "directive", "decision", "plan", "letter", "other")


def rank(kind: str, date: Date | None, today: Date) -> tuple[int, Date]:
    """Return what legal bases are sorted by: their kind, then the day they were signed; undated ones last.

    :raises ValueError: the kind is unknown

    >>> rank("law", None, Date(2026, 1, 1)) < rank("decree", Date(2020, 3, 5), Date(2026, 1, 1))
    True
    """
    return RANKS.index(kind), date or today


def cite(
    kind: str,
    name: str = "",
    number: str = "",
    date: Date | None = None,
    issuer: str = "",
    abstract: str = "",
    amended: Iterable[Date] = (),
) -> str:
    """Write a legal basis without its "Căn cứ" and closing mark.

    Laws go by name and date only, without number; other acts by type, number, date, issuer and abstract. An act
    without a type of its own, or without a number, is cited by its name, and by what is known of the rest.

    :param kind: a key of TYPE_NAMES, or ``other``
    :param date: day of signing
    :param amended: days on which the acts were signed that amend it and are in force

    >>> cite("law", "Luật Thi đua, khen thưởng", "06/2022/QH15", Date(2022, 6, 15))
    'Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022'
    >>> cite("law", "Luật Thi đua, khen thưởng", "", Date(2022, 6, 15), amended=[Date(2026, 4, 23)])
    'Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022 (được sửa đổi, bổ sung ngày 23 tháng 4 năm 2026)'
    >>> cite("decree", "", "30/2020/NĐ-CP", Date(2020, 3, 5), "Chính phủ", "về công tác văn thư")
    'Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư'
    >>> cite("other", "Quy chế thi đua, khen thưởng", "12/QC-SCT", Date(2026, 3, 5), "Sở Công Thương")
    'Quy chế thi đua, khen thưởng số 12/QC-SCT ngày 05 tháng 3 năm 2026 của Sở Công Thương'
    >>> cite("other", "Quy chế thi đua của Sở Công Thương", "", Date(2026, 3, 5), "Sở Công Thương")
    'Quy chế thi đua của Sở Công Thương ngày 05 tháng 3 năm 2026'
    >>> cite("decision", "Quyết định giao chỉ tiêu thi đua", issuer="Chủ tịch Ủy ban nhân dân tỉnh")
    'Quyết định giao chỉ tiêu thi đua của Chủ tịch Ủy ban nhân dân tỉnh'
    """
    day = administrative_date(date) if date else ""
    if kind == "law":
        parts = [name, day]
    elif kind in TYPE_NAMES and number:
        parts = [TYPE_NAMES[kind], f"số {number}", day, f"của {issuer}" if issuer else "", abstract]
    else:
        # People often write the number or the issuer into the name: neither is said twice.
        parts = [
            name,
            f"số {number}" if number and number not in name else "",
            day,
            f"của {issuer}" if issuer and issuer not in name else "",
        ]
    days = ", ".join(administrative_date(day) for day in sorted(amended))
    return " ".join(" ".join([*parts, f"(được sửa đổi, bổ sung {days})" if days else ""]).split())


def legal_basis_lines(citations: Iterable[str], proposal: str = "") -> list[str]:
    """Write the whole list: each line ends with a semicolon, the last one with a full stop.

    :param citations: texts from ``cite``, those that give power first
    :param proposal: who proposed, as the last line ("Theo đề nghị của Chánh Văn phòng")

    >>> legal_basis_lines(["Luật A", "Nghị định B"], "Theo đề nghị của Chánh Văn phòng")
    ['Căn cứ Luật A;', 'Căn cứ Nghị định B;', 'Theo đề nghị của Chánh Văn phòng.']
    >>> legal_basis_lines(["Luật A", "Luật A"]), legal_basis_lines([])
    (['Căn cứ Luật A;', 'Căn cứ Luật A.'], [])
    """
    lines = [f"Căn cứ {citation.rstrip(' .;')}" for citation in citations] + ([proposal] if proposal else [])
    return close_lines(lines)
