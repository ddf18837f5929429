"""What an achievement report has to speak of, by the kind of commendation (báo cáo thành tích).

The law asks for a report in every dossier (Law 06/2022/QH15, Article 84); Decree 152/2025/NĐ-CP prints forms of it in
an annex whose text was not at hand. The parts below are what such reports have in common; they bear no number of a
form, and an agency that has the forms puts its own in their place (a Word template).
"""

from collections.abc import Mapping
from typing import NamedTuple

NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


class Part(NamedTuple):
    """A section of a report: its field, and its heading for a person and for a collective, as printed."""

    name: str
    person: str
    collective: str


def _both(name: str, heading: str) -> Part:
    return Part(name, heading, heading)


BACKGROUND = Part("background", "Sơ lược lý lịch", "Sơ lược đặc điểm, tình hình")
DUTIES = Part("duties", "Quyền hạn, nhiệm vụ được giao hoặc đảm nhận", "Chức năng, nhiệm vụ được giao")
INITIATIVES = _both("initiatives", "Sáng kiến, đề tài")
RATINGS = _both("ratings", "Mức độ hoàn thành nhiệm vụ")
AWARDS = _both("awards", "Các hình thức đã được khen thưởng")
DISCIPLINE = _both("discipline", "Kỷ luật")
INFLUENCE = _both("influence", "Tác dụng nêu gương, phạm vi ảnh hưởng")

FORMS: Mapping[str, tuple[Part, ...]] = {
    "merit": (BACKGROUND, DUTIES, _both("results", "Thành tích đạt được"), INITIATIVES, RATINGS, AWARDS),
    "thematic": (
        BACKGROUND,
        _both("duties", "Nhiệm vụ được giao trong phong trào"),
        _both("results", "Kết quả thực hiện phong trào"),
        INITIATIVES,
        AWARDS,
    ),
    "ad_hoc": (
        BACKGROUND,
        _both("results", "Diễn biến sự việc và thành tích đột xuất"),
        INFLUENCE,
    ),
    "career": (
        BACKGROUND,
        _both("career", "Quá trình công tác, chức vụ đã đảm nhận"),
        _both("results", "Tóm tắt thành tích, đóng góp"),
        AWARDS,
        DISCIPLINE,
    ),
    "foreigner": (
        Part("background", "Sơ lược tiểu sử", "Sơ lược về tổ chức"),
        _both("results", "Thành tích, đóng góp đối với Việt Nam"),
        INFLUENCE,
        _both("awards", "Các hình thức khen thưởng của Việt Nam đã nhận"),
    ),
    "hero": (
        BACKGROUND,
        DUTIES,
        _both("results", "Thành tích đặc biệt xuất sắc"),
        INITIATIVES,
        INFLUENCE,
        RATINGS,
        AWARDS,
        DISCIPLINE,
    ),
}
SECTIONS = tuple(dict.fromkeys(part.name for parts in FORMS.values() for part in parts))
# Hero of Labour and Hero of the People's Armed Forces: Law 06/2022/QH15, Articles 62 and 63.
HEROES = frozenset({"AHLD", "AHLLVT"})


def choose_form(commendation_type: str | bool, award_code: str | bool = "", is_foreign: bool = False) -> str:
    """Return which report a dossier needs; a kind nobody provided for gets the common one.

    >>> choose_form("merit"), choose_form("merit", "AHLD"), choose_form("ad_hoc")
    ('merit', 'hero', 'ad_hoc')
    >>> choose_form("external"), choose_form("ad_hoc", is_foreign=True), choose_form("resistance")
    ('foreigner', 'foreigner', 'merit')
    """
    if award_code in HEROES:
        return "hero"
    if is_foreign or commendation_type == "external":
        return "foreigner"
    return str(commendation_type) if commendation_type in FORMS else "merit"


def get_headings(form: str, is_person: bool) -> dict[str, str]:
    """Return {section: heading with its numeral} in the order printed.

    >>> get_headings("ad_hoc", True)["results"]
    'II. Diễn biến sự việc và thành tích đột xuất'
    >>> list(get_headings("merit", False))
    ['background', 'duties', 'results', 'initiatives', 'ratings', 'awards']
    """
    return {
        part.name: f"{numeral}. {part.person if is_person else part.collective}"
        for numeral, part in zip(NUMERALS, FORMS[form], strict=False)
    }
