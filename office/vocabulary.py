"""The headings people give the columns of an office list, without accents, by what is read from it.

The Vietnamese ones come with and without filler words; English ones are those of this addon's own files.
"""

PERSON = {
    "kind": ("loai doi tuong", "doi tuong", "ca nhan tap the", "ca nhan hay tap the", "kind", "loai"),
    "name": (
        "ho va ten", "ho ten", "ho va ten ca nhan", "ho ten ca nhan", "ten ca nhan", "ten ca nhan tap the",
        "ho va ten ten tap the", "ten tap the ca nhan", "ten tap the", "ten don vi ca nhan", "ten", "name",
        "full name", "ho ten ten tap the", "tap the ca nhan", "ten doi tuong", "can bo", "nhan vien",
        "ho ten can bo", "nguoi duoc khen thuong", "tac gia", "ho va ten tac gia", "tap the", "ca nhan",
    ),
    "family_name": ("ho va ten dem", "ho dem", "ho va dem", "ho lot", "ho chu lot", "last name"),
    "unit": (
        "don vi", "don vi cong tac", "phong ban", "phong", "noi cong tac", "bo phan", "co quan", "co quan don vi",
        "phong don vi", "to chuyen mon", "unit", "department", "thuoc don vi", "don vi quan ly",
    ),
    "post": ("chuc vu", "chuc danh", "chuc vu chuc danh", "vi tri", "vi tri viec lam", "position", "job", "post"),
    "post_unit": (
        "chuc vu don vi cong tac", "chuc vu don vi", "chuc vu va don vi cong tac", "chuc vu noi cong tac",
        "chuc danh don vi cong tac", "chuc vu co quan", "chuc vu co quan don vi",
    ),
    "identity": (
        "cccd", "so cccd", "cmnd", "so cmnd", "cmnd cccd", "so cmnd cccd", "cccd cmnd", "so dinh danh",
        "so dinh danh ca nhan", "so can cuoc", "can cuoc", "can cuoc cong dan", "ma dinh danh", "identity number",
        "identity",
    ),
    "email": ("email", "thu dien tu", "e mail", "dia chi email"),
    "birth": ("nam sinh", "ngay sinh", "ngay thang nam sinh", "sinh nam", "ngay thang sinh", "birth", "birth year"),
    "sex": ("gioi tinh", "nam nu", "gioi", "sex", "gender"),
}  # fmt: skip

AWARD = {
    "award": (
        "danh hieu", "danh hieu thi dua", "hinh thuc khen thuong", "hinh thuc", "danh hieu hinh thuc",
        "danh hieu thi dua hinh thuc khen thuong", "danh hieu hinh thuc khen thuong", "danh hieu khen thuong",
        "noi dung khen thuong", "khen thuong", "loai khen thuong", "danh hieu dat duoc", "hinh thuc khen",
        "hinh thuc danh hieu", "award", "title", "danh hieu de nghi", "danh hieu duoc tang",
    ),
    "decision": (
        "quyet dinh", "so ngay quyet dinh", "so ngay thang nam quyet dinh", "quyet dinh so ngay",
        "so quyet dinh ngay", "quyet dinh khen thuong", "so ngay thang quyet dinh", "decision",
        "so quyet dinh ngay thang nam ky", "so quyet dinh ngay ky", "quyet dinh so ngay thang nam",
    ),
    "decision_number": (
        "so quyet dinh", "quyet dinh so", "so qd", "qd so", "so van ban", "so", "decision number", "so hieu",
        "quyet dinh khen thuong so", "so ky hieu",
    ),
    "decision_date": (
        "ngay quyet dinh", "ngay ky", "ngay qd", "quyet dinh ngay", "quyet dinh ngay ky", "ngay thang nam",
        "quyet dinh ngay thang nam", "ngay ban hanh", "ngay", "ngay ky quyet dinh", "decision date", "date",
        "quyet dinh khen thuong ngay", "ngay thang",
    ),
    "signer": (
        "nguoi ky", "co quan ban hanh", "co quan ra quyet dinh", "cap quyet dinh", "noi ban hanh", "signer",
        "co quan khen thuong", "nguoi quyet dinh", "co quan quyet dinh", "issuer", "quyet dinh nguoi ky",
        "quyet dinh co quan ban hanh", "nguoi ky quyet dinh", "don vi khen", "co quan khen",
    ),
    "level": ("cap", "cap khen", "cap khen thuong", "level"),
}  # fmt: skip

TIME = {
    "year": (
        "nam", "nam khen thuong", "nam dat", "nam thi dua", "nam cong nhan", "year", "nam danh gia",
        "nam xep loai", "nam dat danh hieu", "nam khen",
    ),
    "period": ("giai doan", "thoi ky", "nam hoc", "period", "thoi gian", "thanh tich giai doan", "thoi gian dat"),
}  # fmt: skip

SUMMARY = {
    "summary": (
        "thanh tich", "noi dung", "ly do khen", "noi dung thanh tich", "tom tat thanh tich", "thanh tich dat duoc",
        "ly do", "summary", "achievement",
    ),
    "prize": ("tien thuong", "muc thuong", "muc tien thuong", "so tien", "so tien thuong", "prize"),
}  # fmt: skip

RATING = {
    "rating": (
        "xep loai", "muc do hoan thanh nhiem vu", "muc do hoan thanh", "ket qua danh gia", "ket qua xep loai",
        "danh gia xep loai", "xep loai chat luong", "danh gia", "rating", "muc xep loai", "ket qua",
        "muc do hoan thanh nhiem vu nam",
    ),
    "source": ("can cu", "nguon", "source", "van ban", "quyet dinh", "so quyet dinh"),
}  # fmt: skip

ACHIEVEMENT = {
    "title": (
        "ten sang kien", "sang kien", "ten de tai", "ten sang kien de tai", "ten giai phap", "initiative",
        "ten sang kien kinh nghiem", "ten de tai sang kien", "de tai", "noi dung sang kien", "giai phap",
        "ten de tai khoa hoc",
    ),
    "achievement_kind": ("loai", "loai sang kien", "loai hinh", "kind"),
    "reach": (
        "pham vi", "pham vi anh huong", "pham vi ap dung", "cap cong nhan", "reach", "pham vi anh huong hieu qua",
        "cap", "cap anh huong",
    ),
    "recognition_number": AWARD["decision_number"],
    "recognition_date": (*AWARD["decision_date"], "ngay cong nhan"),
    "recognition": (*AWARD["decision"], "quyet dinh cong nhan", "van ban cong nhan"),
}  # fmt: skip

RESTRICTION = {
    "restriction": (
        "hinh thuc ky luat", "ky luat", "hinh thuc", "hinh thuc xu ly", "loai vu viec", "tinh trang", "discipline",
        "noi dung",
    ),
    "date_from": (
        "tu ngay", "ngay bat dau", "hieu luc tu", "ngay quyet dinh", "ngay ky", "date from", "ngay hieu luc",
        "ngay", "bat dau",
    ),
    "date_to": ("den ngay", "ngay ket thuc", "ngay het hieu luc", "date to", "ket thuc", "ngay het han"),
    "reason": ("ly do", "noi dung vi pham", "hanh vi vi pham", "reason", "ghi chu"),
    "reference": ("so quyet dinh", "quyet dinh", "van ban", "reference", "van ban cham dut"),
}  # fmt: skip

CRITERION = {
    "code": ("ma", "ma tieu chi", "ma so", "ky hieu", "so thu tu muc", "code"),
    "group": ("nhom", "nhom tieu chi", "thuoc nhom", "group", "ma nhom"),
    "criterion": ("tieu chi", "ten tieu chi", "noi dung tieu chi", "noi dung", "noi dung danh gia", "name", "ten"),
    "criterion_kind": ("loai", "kieu", "loai tieu chi", "cach tinh", "kind"),
    "maximum": ("diem toi da", "diem chuan", "thang diem", "diem", "maximum", "so diem"),
    "weight": ("trong so", "he so", "weight"),
    "minimum": ("diem toi thieu", "minimum", "diem san"),
    "target": ("chi tieu", "muc tieu", "target"),
    "measure": ("don vi tinh", "dvt", "unit", "don vi"),
    "lower_is_better": ("cang it cang tot", "lower is better", "lower_is_better", "thap hon tot hon"),
    "least_value": ("ket qua thap nhat co diem", "nguong ket qua", "least_value"),
    "per_occurrence": ("diem moi lan", "diem tru moi lan", "per occurrence", "per_occurrence", "diem cong moi lan"),
    "evidence": ("minh chung", "can minh chung", "yeu cau minh chung", "evidence", "tai lieu minh chung"),
    "evidence_each": ("minh chung tung lan", "minh chung moi lan", "evidence each", "evidence_each"),
    "markers": ("noi cham diem", "noi cham", "don vi cham", "nguoi cham", "phong ban cham", "markers", "marked by"),
    "marked_only": ("khong tu cham", "marked only", "marked_only", "not self scored"),
    "steps": ("bac diem", "bang diem", "steps", "muc diem"),
    "levels": ("cac muc", "muc xep", "muc danh gia", "cac muc danh gia", "levels"),
    "register": ("lay so lieu tu so", "nguon so lieu", "lay tu so", "register"),
    "drawn_awards": ("danh hieu lay so lieu", "drawn awards", "drawn_awards"),
    "whole_only": ("chi tinh cho ca nam", "chi cham ca nam", "whole only", "whole_only"),
    "units": ("ap dung cho don vi", "don vi ap dung", "units"),
    "jobs": ("ap dung cho vi tri", "vi tri ap dung", "chuc danh ap dung", "jobs"),
    "tags": ("ap dung cho nhan", "nhan ap dung", "tags"),
    "minimums": ("diem toi thieu theo danh hieu", "minimums"),
    "guidance": ("huong dan", "cach cham", "huong dan cham", "guidance", "ghi chu"),
}  # fmt: skip

GRADE = {
    "grade": ("xep loai", "loai", "grade"),
    "from": ("tu diem", "diem tu", "from"),
    "year_rating": ("muc do hoan thanh nhiem vu nam", "muc xep loai nam", "xep loai nam", "rating"),
    "most": ("ty le toi da", "ty le toi da (%)", "share at most"),
    "share_of": ("ty le tinh tren", "tinh tren", "share of"),
    "rule": ("dieu kien", "condition"),
    "rule_lines": ("tieu chi xet", "tieu chi", "criteria"),
    "rule_value": ("diem hoac %", "diem hoac", "gia tri", "value"),
    "rule_level": ("muc xet", "dat muc", "muc", "level"),
    "rule_count": ("so luong", "so tieu chi", "count"),
}

LIMIT = {
    "limit": ("gioi han ca phieu", "gioi han cua phieu", "limit of the sheet"),
    "limit_points": ("so diem", "diem", "muc diem", "points"),
}

REGISTRATION = {
    "award": ("danh hieu dang ky", "dang ky danh hieu", "danh hieu thi dua dang ky", *AWARD["award"]),
    "pledge": ("noi dung dang ky", "cam ket", "noi dung giao uoc", "pledge", "chi tieu dang ky", "muc tieu"),
}

SCORE = {
    "criterion": ("tieu chi", "ma tieu chi", "criterion", "ten tieu chi", "noi dung"),
    "points": ("diem", "so diem", "diem cham", "points", "diem ket luan", "diem tham tra", "tong diem"),
    "actual": ("ket qua", "ket qua thuc hien", "gia tri", "actual", "thuc hien"),
}

RESULT = {
    "result": ("ket qua", "ket qua xet", "y kien", "result", "duoc khen", "dong y"),
    "reason": ("ly do", "ly do khong xet", "reason", "ghi chu"),
}

STAFF = {
    **PERSON,
    "joined": ("ngay vao co quan", "ngay tuyen dung", "ngay vao nganh", "ngay bat dau lam viec", "joined"),
    "parent_unit": ("don vi cap tren", "truc thuoc", "parent unit"),
}

READING = {
    "line": ("ma dong", "dong", "line"),
    "award": ("ma danh hieu", "ma danh hieu hinh thuc", "ma hinh thuc", "award code"),
    "award_name": ("danh hieu hinh thuc", "danh hieu", "hinh thuc"),
    "condition": ("dieu kien hien nay", "dieu kien", "condition"),
    "parameters": ("tham so", "parameters"),
    "article": ("can cu hien nay", "can cu", "article"),
    "verdict": ("ket qua doi chieu", "doi chieu", "ket qua", "verdict"),
    "new_condition": ("dieu kien moi", "sua thanh", "new condition"),
    "new_article": ("can cu moi", "new article"),
    "count": ("so lan", "so luong", "count"),
    "years": ("so nam", "trong so nam", "years"),
    "months": ("so thang", "months"),
    "days": ("so ngay", "so ngay lam viec", "days"),
    "share": ("ty le", "ti le", "share"),
    "rating": ("xep loai tu", "xep loai", "rating"),
}  # fmt: skip

# What is read -> field -> its headings.
KINDS = {
    "award": {**PERSON, **AWARD, **TIME, **SUMMARY},
    "rating": {**PERSON, **RATING, **TIME},
    "achievement": {**PERSON, "kind": ("doi tuong", "ca nhan tap the"), **ACHIEVEMENT, **TIME},
    "restriction": {**PERSON, **RESTRICTION},
    "staff": STAFF,
    "criterion": CRITERION,
    "grade": GRADE,
    "limit": LIMIT,
    "registration": {**PERSON, **REGISTRATION},
    "score": {**PERSON, **SCORE},
    "result": {**PERSON, **AWARD, **RESULT},
    "reading": READING,
}
