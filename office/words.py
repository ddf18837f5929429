"""Words of lists that stand for a choice: ratings, kinds of recipient, reach, disciplines, answers."""

from .letters import search_key
from .vocabulary import KINDS

CHOICES: dict[str, dict[str, tuple[str, ...]]] = {
    "recipient": {
        "employee": ("ca nhan", "person", "employee", "nguoi", "cn"),
        "department": ("tap the", "don vi", "unit", "department", "phong", "tt"),
    },
    "rating": {
        "excellent": ("hoan thanh xuat sac nhiem vu", "hoan thanh xuat sac", "xuat sac", "htxsnv", "htxs", "excellent"),
        "good": ("hoan thanh tot nhiem vu", "hoan thanh tot", "tot", "httnv", "htt", "good"),
        "completed": ("hoan thanh nhiem vu", "hoan thanh", "htnv", "ht", "completed"),
        "not_completed": (
            "khong hoan thanh nhiem vu", "khong hoan thanh", "chua hoan thanh nhiem vu", "chua hoan thanh", "khtnv",
            "kht", "not completed", "not_completed",
        ),
    },
    "reach": {
        "unit": ("co so", "don vi", "cap co so", "unit", "cap don vi", "so", "cap so"),
        "province": ("tinh", "cap tinh", "thanh pho", "cap thanh pho", "province"),
        "ministry": ("bo", "cap bo", "nganh", "bo ban nganh", "cap nganh", "ministry"),
        "nation": ("toan quoc", "nha nuoc", "cap nha nuoc", "quoc gia", "nation"),
    },
    "achievement_kind": {
        "initiative": ("sang kien", "sang kien kinh nghiem", "giai phap", "initiative"),
        "project": ("de tai", "de tai khoa hoc", "de an", "cong trinh", "project"),
        "achievement": ("thanh tich", "achievement"),
    },
    "discipline": {
        "reprimand": ("khien trach", "reprimand"),
        "warning": ("canh cao", "warning"),
        "demotion": (
            "ha bac luong", "giang chuc", "cach chuc", "buoc thoi viec", "khai tru", "sa thai", "demotion",
            "keo dai thoi han nang luong",
        ),
    },
    "pending": {
        "pending": (
            "dang xem xet ky luat", "dang xem xet", "dang dieu tra", "dang thanh tra", "dang kiem tra",
            "dang xac minh", "don thu dang xac minh", "chua co ket luan", "pending",
        ),
    },
    "fine": {
        "fine": (
            "xu phat vi pham hanh chinh", "xu phat hanh chinh", "phat vi pham hanh chinh", "phat hanh chinh",
            "administrative fine",
        ),
    },
    "answer": {
        "granted": ("dat", "duoc", "dong y", "duoc tang", "duoc khen", "da tang", "co", "granted", "x", "khen"),
        "refused": ("khong", "khong dat", "khong dong y", "khong xet", "tu choi", "loai", "refused"),
    },
    "verdict": {
        "keep": ("giu nguyen", "giu", "nhu cu", "khong doi", "dung", "keep"),
        "change": ("sua", "sua doi", "thay doi", "change"),
        "drop": ("bo", "bai bo", "khong con", "drop"),
        "add": ("them", "bo sung", "moi", "add"),
    },
    "flag": {"yes": ("co", "x", "yes", "true", "1", "v", "bat buoc"), "no": ("", "khong", "no", "false", "0")},
    "criterion_kind": {
        "group": ("nhom", "muc", "group"),
        "rating": (
            "muc do", "dinh tinh", "dinh tinh (cham theo muc do)", "danh gia muc do", "rating", "cham muc do",
            "cham diem",
        ),
        "quantity": ("so luong", "chi tieu", "dinh luong", "quantity"),
        "yes_no": ("co khong", "dat khong dat", "yes_no", "yes no", "co hay khong", "co/khong"),
        "bonus": ("diem cong", "diem thuong", "thuong", "bonus"),
        "deduction": ("diem tru", "tru diem", "tru", "deduction"),
    },
    "register": {
        "awards": ("khen thuong da nhan", "khen thuong", "awards"),
        "achievements": ("sang kien duoc cong nhan", "sang kien", "achievements"),
        "absences": ("ngay nghi", "so ngay nghi", "absences"),
    },
    "set_limit": {
        "total_points": ("diem chuan cua phieu", "diem chuan ca phieu", "diem chuan", "total points"),
        "bonus_cap": ("diem thuong nhieu nhat", "diem thuong toi da", "diem cong toi da", "bonus cap"),
        "deduction_cap": ("diem tru nhieu nhat", "diem tru toi da", "deductions cap"),
        "most_points": ("diem ca phieu nhieu nhat", "diem ca phieu toi da", "total at most"),
    },
    "grade_share_of": {
        "people": ("tong so nguoi", "tong so nguoi cua don vi", "people"),
        "next": ("so nguoi xep loai lien duoi", "next"),
        "next_up": ("so nguoi xep loai nay va loai lien duoi", "next_up"),
    },
    "grade_rule": {
        "least": ("diem it nhat", "diem toi thieu", "least"),
        "most": ("diem nhieu nhat", "diem toi da", "most"),
        "full_lines": (
            "so tieu chi dat ty le diem hoac muc: it nhat", "so tieu chi dat ty le diem: it nhat", "full_lines",
        ),
        "weak_lines": (
            "so tieu chi duoi ty le diem hoac muc: nhieu nhat", "so tieu chi duoi ty le diem: nhieu nhat", "weak_lines",
        ),
        "parts": ("moi ky dat loai nay, tru nhieu nhat", "parts"),
        "knock_most": ("khong xep loai cao hon khi diem tren", "knock_most"),
        "knock_least": ("khong xep loai cao hon khi diem duoi", "knock_least"),
        "lower_most": ("ha mot bac khi diem tren", "lower_most"),
        "unit_share": ("ty le toi da khi don vi xep loai", "unit_share"),
    },
}  # fmt: skip


def find_choice(choice: str, text: str) -> str | None:
    """Return what a cell means, or None if it is not understood.

    >>> find_choice("rating", "Hoàn thành tốt nhiệm vụ"), find_choice("rating", "HTXSNV"), find_choice("rating", "A")
    ('good', 'excellent', None)
    >>> find_choice("discipline", "Cảnh cáo"), find_choice("reach", "Cấp tỉnh"), find_choice("flag", "")
    ('warning', 'province', 'no')
    """
    key = search_key(text).strip(" .:;-*")
    return next((value for value, words in CHOICES[choice].items() if key == value or key in words), None)


def find_in_text(choice: str, text: str) -> str | None:
    """Return the first choice whose words stand in a longer text, or None; longer words first.

    >>> find_in_text("discipline", "Kỷ luật cảnh cáo theo QĐ 5/QĐ-SNV"), find_in_text("pending", "Đang xem xét.")
    ('warning', 'pending')
    """
    key = f" {' '.join(search_key(text).replace('.', ' ').replace(':', ' ').split())} "
    pairs = [(word, value) for value, words in CHOICES[choice].items() for word in words if len(word) > 3]
    return next(
        (value for word, value in sorted(pairs, key=lambda pair: -len(pair[0])) if f" {word} " in key), None
    )


# What a heading between the rows says of the rows below it: "Phòng Tổng hợp" is where people work, no collective.
SECTION_KINDS = {"employee": ("ca nhan", "individuals", "persons"), "department": ("tap the", "collectives")}


def find_section_kind(text: str) -> str | None:
    """Return whether the rows below a heading are people or collectives, or None if it does not say so.

    >>> [find_section_kind(text) for text in ("II. Cá nhân:", "Các tập thể", "Phòng Tổng hợp", "Tập thể và cá nhân")]
    ['employee', 'department', None, None]
    """
    key = search_key(text)
    found = [kind for kind, words in SECTION_KINDS.items() if any(word in key for word in words)]
    if not found and key.strip(" .:;-") in ("don vi", "cac don vi", "units"):
        return "department"
    return found[0] if len(found) == 1 else None


def get_fields(kind: str) -> list[str]:
    """Return the fields that can be read for a kind of import.

    >>> get_fields("rating")[:3]
    ['kind', 'name', 'family_name']
    """
    return list(KINDS[kind])
