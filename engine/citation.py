"""How administrative documents cite their legal bases (Decree 30/2020/NĐ-CP, Annex I).

Plain Python, no Odoo. Run the examples with ``python -m doctest engine/citation.py``.
"""

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


def date_in_words(date):
    """Write a date as legal bases do: a zero before days below 10 and before months 1 and 2.

    >>> from datetime import date
    >>> date_in_words(date(2025, 6, 4))
    'ngày 04 tháng 6 năm 2025'
    """
    month = f"{date.month:02}" if date.month < 3 else str(date.month)
    return f"ngày {date.day:02} tháng {month} năm {date.year}"


def cite(kind, name="", number="", date=None, issuer="", abstract=""):
    """Write a legal basis without its "Căn cứ" and closing mark.

    Laws go by name and date only, without number; other acts by type, number, date, issuer and abstract.

    :param str kind: a key of TYPE_NAMES, or ``other`` (cited by its name)
    :param datetime.date date: date of signing
    :rtype: str

    >>> from datetime import date
    >>> cite("law", "Luật Thi đua, khen thưởng", "06/2022/QH15", date(2022, 6, 15))
    'Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022'
    >>> cite("decree", "", "30/2020/NĐ-CP", date(2020, 3, 5), "Chính phủ", "về công tác văn thư")
    'Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư'
    >>> cite("other", "Quy chế thi đua, khen thưởng của Sở")
    'Quy chế thi đua, khen thưởng của Sở'
    """
    if kind == "law" or kind not in TYPE_NAMES or not number:
        parts = [name, date and date_in_words(date), kind != "law" and issuer and f"của {issuer}"]
    else:
        parts = [
            TYPE_NAMES[kind],
            f"số {number}",
            date and date_in_words(date),
            issuer and f"của {issuer}",
            abstract,
        ]
    return " ".join(part for part in parts if part)


def legal_basis_lines(citations, proposal=""):
    """Write the whole list: each line ends with a semicolon, the last one with a full stop.

    :param citations: texts from ``cite``, those that give power first
    :param str proposal: who proposed, as the last line ("Theo đề nghị của Chánh Văn phòng")
    :rtype: list[str]

    >>> legal_basis_lines(["Luật A", "Nghị định B"], "Theo đề nghị của Chánh Văn phòng")
    ['Căn cứ Luật A;', 'Căn cứ Nghị định B;', 'Theo đề nghị của Chánh Văn phòng.']
    >>> legal_basis_lines([])
    []
    """
    lines = [f"Căn cứ {citation}" for citation in citations] + ([proposal] if proposal else [])
    return [f"{line};" for line in lines[:-1]] + [f"{line}." for line in lines[-1:]]
