"""The words of the field: one for each meaning, and none of those that were given up.

A word that was given up appears nowhere a Vietnamese reader looks: translations, data, papers, documentation. Two
meanings that English happened to name alike have texts of their own, so that each has its own Vietnamese word. What is
kept and what was given up stands in ``docs/words.md``.
"""

import ast
import re
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[2]
FOLDERS = (
    *("data", "demo", "report", "views", "wizard", "controllers", "models", "engine", "docs"),
    *("static", "migrations", "security"),  # office/ holds the words that lists of others are written in
)
KINDS = {".xml", ".csv", ".md", ".py", ".json", ".js", ".html"}

# Given up: what is said instead. A form of words that has another, right use is excepted by what stands around it.
DROPPED = {
    r"danh hiệu/hình thức": "danh hiệu, hình thức",
    r"\bcông ty\b": "cơ quan",
    r"đơn vị (?:có thể chi|tự tặng|yêu cầu|phải xác nhận)|(?:quy chế|cho|riêng) của đơn vị\b": "cơ quan",
    r"(?<!thủ )(?<!Thủ )[Tt]rưởng đơn vị": "thủ trưởng đơn vị",
    r"kỳ thành tích|thời gian tính thành tích|cho kỳ này": "thời gian lập thành tích",
    r"kỳ sơ kết": "đợt sơ kết, tổng kết",
    r"[Mm]ức xếp loại|[Xx]ếp mức|[Mm]ức xếp\b": "mức độ hoàn thành nhiệm vụ; of a scoring sheet: xếp loại",
    r"[Pp]hê duyệt": "duyệt",
    r"[Đđ]ình chỉ hiệu lực|[Tt]ạm đình chỉ": "tạm dừng hiệu lực",
    r"viện dẫn pháp lý|văn bản pháp lý": "điều khoản viện dẫn; văn bản pháp luật",
    r"[Tt]rùng khen\b": "khen thưởng trùng thành tích",
    r"được khen\b(?! thưởng)|lần khen\b(?! thưởng)": "được khen thưởng, lần khen thưởng",
    r"[Đđ]iểm danh": "thành viên dự họp, có mặt",
    r"không chuyển được": "không thực hiện được",
    r"phôi có sẵn": "phôi in sẵn",
    r"\b[Bb]ạn\b(?! đọc)": "anh/chị, or no pronoun",
    r"Thẻ nhân viên|có thẻ": "từ khóa nhân sự",
    r"^A chữ thường": "A cỡ chữ vừa",
    r"phòng ban\b": "đơn vị",
    r"xoá|uỷ|hoá\b|khoá\b|huỷ|hoà\b": "the tone mark on the first vowel: xóa, ủy, hóa, khóa, hủy, hòa",
    r"Covid-19": "COVID-19",
    r"Học tập và làm theo Bác": "Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh",
    r"(?:Luật|Nghị định|Thông tư)[^.;|<>“”]{0,40}, (?:điểm|khoản|Điều) |Điều \d+\(\d": "khoản 1 Điều 75 Luật …",
    r"(?:Nghị định|Thông tư) \d+/\d{4}": "Nghị định số 152/2025/NĐ-CP; Thông tư số 15/2025/TT-BNV",
    r"[Ll]ịch sử khen thưởng": "quá trình khen thưởng",
    r"giai đoạn lập thành tích|chữ ký (?:đó )?là thật": "thời gian lập thành tích; chữ ký số hợp lệ",
    r"(?:thu|Thu) hồi (?:quyết định|danh sách|khen thưởng)": "hủy bỏ quyết định; rút danh sách",
}
# Only in Vietnamese texts of the program: elsewhere the same letters are something else.
DROPPED_TRANSLATIONS = {
    r"(?:\d|\)s) %(?!\()": "70%, without a space",
    r"[Vv]í dụ(?!:|$)": "ví dụ: …",
    r"trong kỳ\b(?! chấm| báo cáo)": "trong thời gian lập thành tích",
    r"(?<!Badge )\b\d+\.\d{1,2}\b(?![.\d])": "a decimal comma",
    r"danh hiệu (?:Chiến sĩ|Lao động|Tập thể|Đơn vị)": "danh hiệu “Lao động tiên tiến”",
    r"từ \d năm|[^\d]\b\d năm (?:liên tục|trở lên)": "từ 05 năm trở lên",
    r"\b(?:một|khi|[Mm]ọi) nhân viên\b|[Mm]ọi người lao động": "cá nhân; công chức, viên chức, người lao động",
    r"[Hh]iện vật(?! khen thưởng| và tiền thưởng)(?!$)": "bằng, giấy khen: an object is a flag, a medal, a frame",
    r"[Cc]ông bố": "công khai (a list), đăng (a text)",
    r"\bchốt\b": "khóa, xác định",
    r"giải phóng": "trở về trạng thái chờ quyết định",
    r"tờ giấy": "bản giấy",
    r"Thiết lập ▸": "Cài đặt ▸",
    r"[Tt]ừ chối": "không xét, không duyệt, không công nhận; of a file: không đọc",
    r"[Cc]hương trình họp": "nội dung họp",
    r"[Cc]án bộ (?:thi đua|khác|phụ trách)": "chuyên viên thi đua",
    r"[Hh]ãy [^.:;]* trước\.$": "trước hết hãy …: at the end it is read as “the one before”",
    r"^Thi đua: ": "Thi đua, khen thưởng: …",
    r"(?:giữ|lưu) mãi": "lưu vĩnh viễn",
    r"bộ (?:quy tắc )?chính thức": "theo luật định",
    r"(?:trong|sau) thời gian xét": "thời gian lập thành tích",
    r"[Cc]òn nợ": "chưa nộp",
    r"người trong cuộc": "người có liên quan",
    r"Khóa riêng": "khóa bí mật",
    r"[Cc]hâm chước": "nhận muộn",
    r"(?:nhóm|loại) lạ": "không có nhóm, loại",
    r"[Nn]ạp (?:tệp|lại)": "nhập từ tệp, nhập lại",
    r"[Pp]hòng, ban\b": "đơn vị",
    r"[Cc]hỉ tiêu khen thưởng|[Cc]hỉ tiêu %\(quota": "số lượng khen thưởng; chỉ tiêu is a target of work",
    r"[Kk]hen đột xuất": "khen thưởng đột xuất",
    r"trực tiếp lao động(?! \(Điều)": "người lao động trực tiếp",
    r"(?:^|[.:] |; )anh/chị (?:dùng|chia|lưu|mở|chuyển|chọn|hoàn tác|xử lý|kiểm tra)\b": "hãy …",
    r"^Anh/chị (?:chọn|hoàn tác|kiểm tra|dùng)\b": "hãy …",
    r"(?:^Đề nghị trả lời|^Trả lời|[Dd]ự kiến\b[^;.]*) trước(?: ngày)?$": "chậm nhất ngày: the day itself is within it",
    r"^Điều chỉnh cho đơn vị|“Điều chỉnh cho đơn vị”": "the button is “Điều chỉnh cho cơ quan”",
}
# Private words of the program's authors: English that readers of the screens cannot look up. In source texts only.
PRIVATE = {
    r"[Ss]hipped": "original, supplied, defined by law",
    r"\bmend(?:ed|s)?\b": "correct, resolve",
    r"\b[Aa]cclaim|\b[Aa]cclamation": "elect, election",
    r"\b[Gg]ive up\b": "discard",
    r"[Cc]ould not go\b": "could not be processed",
    r"\bticked ones\b": "selected",
    r"\b[Ff]alls? too\b|\b[Ii]t stands$|^Stands$": "revoke too; uphold",
    r"what stands\b": "the points given",
    r"\b[Cc]all off\b": "cancel",
    r"[Ss]ay something back": "respond",
    r"\bissued PDF since\b": "integrity of the issued PDF",
    r"\bND152\b|\bL22\b": "Decree 152/2025/NĐ-CP; Law 06/2022/QH15",
    r"\b[Dd]raw (?:ratings|from)\b": "derive",
    r"^There$|/> There$": "received",
}

FIELD = "model:ir.model.fields,field_description:hr_emulation.field_emulation_"
STATE = "model:ir.model.fields.selection,name:hr_emulation.selection__"
VIEW = "model_terms:ir.ui.view,arch_db:hr_emulation."
REPORT = "model:ir.actions.report,name:hr_emulation."
ACTION = "model:ir.actions.act_window,name:hr_emulation."
COMPANY = "model:ir.model.fields,field_description:hr_emulation.field_res_company__"
# Places that had one English text and mean different things, and what each says: no two of a group may share again.
SAID = (
    {
        STATE + "emulation_commendation__state__voted": "Hội đồng đã biểu quyết",
        FIELD + "session__voted_count": "Số người đã bỏ phiếu",
    },
    {
        STATE + "emulation_certificate_field__kind__rule": "Đường kẻ",
        FIELD + "award__rule_ids": "Quy định xét tặng",
    },
    {
        FIELD + "campaign__warning": "Cảnh báo về thời gian",
        STATE + "emulation_restriction__discipline_level__warning": "Cảnh cáo",
    },
    {
        VIEW + "emulation_commendation_view_form": "Gửi đề nghị",
        VIEW + "emulation_evaluation_view_form": "Gửi phiếu chấm điểm",
        VIEW + "emulation_participation_view_form": "Gửi đăng ký",
        VIEW + "emulation_achievement_view_form": "Gửi kê khai",
    },
    {
        VIEW + "emulation_campaign_view_form": "Kết thúc phong trào",
        VIEW + "emulation_review_view_form": "Kết thúc đợt",
        VIEW + "emulation_bulk_result_view_form": "Đóng",
    },
    {
        VIEW + "emulation_evaluation_view_form": "Kết luận",
        VIEW + "emulation_reason_wizard_view_form": "Xác nhận",
    },
    {
        STATE + "emulation_decision__state__issued": "Đã ban hành",
        STATE + "emulation_submission__state__issued": "Đã trình",
    },
    {FIELD + "decision__issuer_id": "Người thực hiện ban hành", VIEW + "verification_page": "Cơ quan cấp"},
    {FIELD + "certificate__issue_date": "Ngày cấp", FIELD + "decision__issue_date": "Ngày ban hành"},
    {
        VIEW + "emulation_certificate_view_search": "Ngày cấp",
        VIEW + "emulation_decision_view_search": "Ngày ban hành",
    },
    {
        FIELD + "campaign_push__department_ids": "Đơn vị nhận",
        STATE + "emulation_mass_registration__subject__collective": "Tập thể",
    },
    {
        STATE + "emulation_campaign__audience_kind__all": "Toàn thể cơ quan",
        STATE + "res_company__emulation_honour_board__public": "Mọi người, kể cả ngoài cơ quan",
        VIEW + "emulation_criterion_view_form": "Mọi đối tượng",
    },
    {
        FIELD + "campaign_milestone__is_reached": "Đã hoàn thành",
        VIEW + "emulation_evaluation_view_form": "Kết quả đạt được",
    },
    {
        STATE + "emulation_criterion__kind__rating": "Định tính (chấm theo mức độ)",
        FIELD + "rating__rating": "Mức độ hoàn thành nhiệm vụ",
    },
    {FIELD + "certificate__rank": "Thứ tự trao", FIELD + "evaluation__rank": "Thứ hạng"},
    {
        STATE + "emulation_exemplar__state__published": "Đã đăng",
        STATE + "emulation_publication__state__published": "Đang công khai",
    },
    {
        VIEW + "emulation_exemplar_view_form": "Đăng",
        VIEW + "emulation_publication_view_form": "Công khai danh sách",
    },
    {
        STATE + "emulation_request__state__answered": "Đã trả lời",
        VIEW + "emulation_submission_view_list": "Đã có kết quả",
    },
    {
        FIELD + "submission_line__answer": "Kết quả",
        FIELD + "publication_comment__answer": "Cách xử lý",
        FIELD + "request__answer": "Trả lời",
    },
    {
        STATE + "emulation_achievement__state__refused": "Không công nhận",
        STATE + "emulation_participation__state__refused": "Không duyệt",
        STATE + "emulation_submission_line__answer__refused": "Cấp trên không xét",
    },
    {
        VIEW + "emulation_achievement_view_form": "Không công nhận",
        VIEW + "emulation_participation_view_form": "Không duyệt",
    },
    {
        STATE + "emulation_commendation__prize_state__returned": "Đã thu hồi",
        "code:addons/hr_emulation/controllers/portal/unit.py": "Đã trả lại",
    },
    {
        FIELD + "award_rule__needs_council": "Phải qua Hội đồng bỏ phiếu",
        "code:addons/hr_emulation/controllers/portal/commendations.py": "Hội đồng đã bỏ phiếu",
    },
    {FIELD + "decision__article_ids": "Các điều", FIELD + "requirement__article": "Điều khoản viện dẫn"},
    {
        STATE + "emulation_campaign_document__kind__letter": "Công văn",
        STATE + "emulation_campaign_document__kind__appeal": "Lời kêu gọi",
        STATE + "emulation_campaign_document__purpose__launch": "Văn bản phát động",
    },
    {
        VIEW + "emulation_decision_view_form": "Tệp văn bản",
        VIEW + "portal_commendation": "Quyết định và bằng",
    },
    {
        STATE + "emulation_rulebook__state__active": "Đang áp dụng",
        VIEW + "emulation_criterion_set_view_search": "Đang sử dụng",
    },
    {FIELD + "council__active": "Đang hoạt động", FIELD + "award__active": "Đang sử dụng"},
    {
        STATE + "emulation_decision__state__draft": "Dự thảo",
        STATE + "emulation_commendation__state__draft": "Đang lập",
    },
    {
        STATE + "emulation_campaign__state__draft": "Dự thảo",
        STATE + "emulation_participation__state__draft": "Đang lập",
    },
    {
        STATE + "emulation_submission__state__draft": "Dự thảo",
        STATE + "emulation_achievement__state__draft": "Đang lập",
    },
    {
        STATE + "emulation_commendation__state__revoked": "Đã hủy bỏ",
        STATE + "emulation_certificate__state__revoked": "Đã thu hồi",
    },
    {FIELD + "campaign_award__quota": "Số lượng tối đa", FIELD + "criterion__target": "Chỉ tiêu"},
    {
        FIELD + "commendation__subject": "Loại đối tượng",
        FIELD + "campaign__audience": "Đối tượng tham gia",
        FIELD + "award__subject_text": "Đối tượng được tặng",
        VIEW + "emulation_commendation_view_form": "Đối tượng",
    },
    {
        FIELD + "commendation__finding_state": "Kết quả xét điều kiện",
        FIELD + "waiver__requirement_id": "Điều kiện",
    },
    {
        FIELD + "session_item__is_passed": "Đạt",
        STATE + "emulation_commendation__state__endorsed": "Đơn vị đã thông qua",
    },
    {FIELD + "bulk_result__skipped_ids": "Đã bỏ qua", VIEW + "emulation_reason_wizard_view_form": "Hủy bỏ"},
    {
        FIELD + "council_member__has_vote": "Có quyền biểu quyết",
        FIELD + "session__ballot_way": "Hình thức biểu quyết",
    },
    {
        FIELD + "commendation__evaluation_id": "Phiếu chấm điểm",
        ACTION + "emulation_evaluation_action": "Chấm điểm",
    },
    {
        FIELD + "achievement_report__commendation_id": "Hồ sơ khen thưởng",
        ACTION + "emulation_commendation_action": "Khen thưởng",
    },
    {
        FIELD + "block_year__head_id": "Trưởng cụm, trưởng khối",
        FIELD + "block_year__deputy_id": "Phó trưởng cụm, khối",
        COMPANY + "emulation_head_id": "Thủ trưởng cơ quan",
    },
    {
        STATE + "emulation_requirement__kind__registration": "Đã đăng ký thi đua",
        FIELD + "participation__campaign_id": "Phong trào thi đua",
    },
    {
        FIELD + "session__attendance_ids": "Danh sách tham dự",
        FIELD + "session__item_ids": "Nội dung họp",
        FIELD + "initiative_mark__item_id": "Trường hợp xét",
    },
    {
        FIELD + "commendation__stage": "Trạng thái",
        FIELD + "initiative_criterion__stage": "Vòng xét",
    },
    {
        VIEW + "emulation_commendation_view_form": "Lấy lại để sửa",
        VIEW + "emulation_propaganda_view_form": "Gỡ tin",
    },
    {
        FIELD + "decision_issue_doubt__question": "Vấn đề cần xác định",
        FIELD + "report_question__name": "Câu hỏi",
    },
    {
        FIELD + "import_line__import_id": "Lần nhập danh sách",
        VIEW + "emulation_rating_view_list": "Nhập từ tệp",
    },
    {
        FIELD + "decision__document_check": "Tình trạng tệp PDF",
        FIELD + "decision__document_attachment_id": "Bản PDF đã ban hành",
    },
    {FIELD + "decision__line_count": "Số trường hợp", FIELD + "decision__certificate_count": "Số lượng bằng"},
    {FIELD + "commendation__offer_text": "Số lượng khen thưởng", FIELD + "criterion__target": "Chỉ tiêu"},
    {
        STATE + "emulation_inspection__state__issued": "Đã lập biên bản",
        STATE + "emulation_propaganda__state__draft": "Đã ghi nhận",
    },
    {FIELD + "fund__left": "Còn lại", STATE + "emulation_certificate_field__align__left": "Trái"},
    {
        FIELD + "achievement_report__background": "Sơ lược lý lịch hoặc đặc điểm, tình hình",
        FIELD + "certificate_template__background": "Ảnh nền",
    },
    {
        STATE + "emulation_propaganda__kind__article": "Tin, bài",
        FIELD + "requirement__article": "Điều khoản viện dẫn",
    },
    {
        STATE + "emulation_dossier_paper__due_at__grant": "Khi quyết định",
        STATE + "emulation_reliance__state__open": "Chờ quyết định",
    },
    {
        FIELD + "award_rule__agency_kind_ids": "Loại hình cơ quan được tặng",
        FIELD + "consent__user_id": "Người đồng ý",
    },
    {FIELD + "statistic_line__form_id": "Biểu thống kê", FIELD + "session__form": "Hình thức họp"},
    {
        FIELD + "report_question__guidance": "Hướng dẫn trả lời",
        FIELD + "criterion__guidance": "Hướng dẫn chấm",
    },
    {
        STATE + "emulation_report_commendation__standing__leader": "Lãnh đạo, quản lý",
        FIELD + "block_year__leader_id": "Đơn vị dẫn đầu",
    },
    {
        FIELD + "target__reached": "Kết quả đạt được đến nay",
        FIELD + "campaign_milestone__is_reached": "Đã hoàn thành",
    },
    {
        STATE + "emulation_initiative_item__outcome__recognise": "Đề nghị công nhận",
        VIEW + "emulation_achievement_view_form": "Ghi nhận",
    },
    {
        FIELD + "automatic_fill_line__value": "Theo sổ theo dõi",
        VIEW + "emulation_mass_registration_view_form": "Đăng ký",
    },
    {
        FIELD + "automatic_fill_line__evaluation_id": "Phiếu chấm điểm",
        FIELD + "import_line__sheet": "Trang tính",
    },
    {FIELD + "initiative_item__author": "Tác giả", FIELD + "publication_comment__author_id": "Người gửi"},
    {FIELD + "retention__years": "Số năm lưu trữ", FIELD + "block__year_ids": "Các năm"},
    {FIELD + "statistic_form__source": "Số liệu lấy từ", FIELD + "review__part_weight": "Số lần tính"},
    {FIELD + "inspection_item__answer": "Kết quả", FIELD + "report_question__answer": "Trả lời"},
    {FIELD + "campaign_point__style": "Cách đánh số", FIELD + "requirement__since_reading": "Cách tính"},
    {
        FIELD + "initiative_mark__verdict": "Đạt hay không đạt",
        FIELD + "import_line__verdict": "Kết quả kiểm tra",
    },
    {
        STATE + "emulation_report_question__answer__text": "Bằng lời",
        FIELD + "campaign_point__text": "Nội dung",
    },
    {FIELD + "post_group__rank": "Thứ bậc", FIELD + "evaluation__rank": "Thứ hạng"},
    {
        FIELD + "import_line__unknown": "Công thức chưa có kết quả",
        VIEW + "verification_page": "Không tìm thấy",
    },
    {FIELD + "bulk_result_line__record_ids": "Các hồ sơ liên quan", VIEW + "portal_inspection": "Biên bản"},
    {FIELD + "upload_part__start": "Byte đầu tiên", FIELD + "target__date_start": "Tính từ ngày"},
    {
        VIEW + "emulation_campaign_document_view_search": "Ngày ban hành",
        VIEW + "verification_page": "Ngày cấp",
    },
    {
        FIELD + "signing_key__private_key": "Khóa bí mật",
        FIELD + "signing_key__public_key": "Khóa công khai",
    },
)


def read_catalogue():
    """Return ``[(places, Vietnamese)]`` of the catalogue."""
    entries = []
    for block in (HOME / "i18n" / "vi.po").read_text(encoding="utf-8").split("\n\n")[1:]:
        places = {
            place.removesuffix(":0")
            for line in block.splitlines()
            if line.startswith("#:")
            for place in line[2:].split()
        }
        text = "".join(re.findall(r'"(.*)"', block.partition("\nmsgstr ")[2]))
        entries.append((places, text.replace('\\"', '"').replace("\\n", "\n")))
    return entries


def read_sources():
    """Return the English texts of the catalogue."""
    blocks = (HOME / "i18n" / "vi.po").read_text(encoding="utf-8").split("\n\n")[1:]
    return [
        "".join(re.findall(r'"(.*)"', block.partition("\nmsgid ")[2].partition("\nmsgstr ")[0])).replace(
            '\\"', '"'
        )
        for block in blocks
    ]


CATALOGUE = read_catalogue()
SOURCES = read_sources()
GLOSSARY = HOME / "docs" / "words.md"


def read_glossary():
    """Return ``[(meaning, words kept, words given up)]`` of the page."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in GLOSSARY.read_text(encoding="utf-8").partition("## As documents")[0].splitlines()
        if line.startswith("| ")
    ]
    return [tuple(row) for row in rows[1:]]


@pytest.mark.parametrize("pattern", [*DROPPED, *DROPPED_TRANSLATIONS])
def test_a_dropped_word_is_in_no_translation(pattern):
    better = {**DROPPED, **DROPPED_TRANSLATIONS}[pattern]
    found = [text for _places, text in CATALOGUE if re.search(pattern, text)]
    assert not found, f"say: {better}"


@pytest.mark.parametrize("pattern", PRIVATE)
def test_a_private_word_is_in_no_source_text(pattern):
    found = [text for text in SOURCES if re.search(pattern, text)]
    assert not found, f"say: {PRIVATE[pattern]}"


@pytest.mark.parametrize("pattern", DROPPED)
def test_a_dropped_word_is_in_no_text(pattern):
    files = [
        path
        for folder in FOLDERS
        for path in sorted((HOME / folder).rglob("*"))
        if path.suffix in KINDS and path.is_file()
    ]
    files.remove(GLOSSARY)
    files.append(HOME / "README.md")
    found = [
        f"{path.relative_to(HOME)}:{number}: {line.strip()[:100]}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]
    assert not found, f"say: {DROPPED[pattern]}"


@pytest.mark.parametrize("group", SAID, ids=lambda group: " / ".join(group.values()))
def test_two_meanings_share_no_text(group):
    assert len(set(group.values())) == len(group)
    missing = [
        f"{place}: {text}"
        for place, text in group.items()
        if not any(place in places and said == text for places, said in CATALOGUE)
    ]
    assert not missing, "give each meaning its own English text, then this Vietnamese"


@pytest.mark.parametrize(("meaning", "kept", "_given_up"), read_glossary())
def test_a_kept_word_is_said(meaning, kept, _given_up):
    """Each alternative of the page begins with the word itself: one of the catalogue."""
    said = "\n".join(text for _places, text in CATALOGUE).lower()
    words = [
        re.split(r" (?:an?|of|is)\b| \(", part)[0]
        for part in re.split(r"[;,] (?!hình thức|tổng kết|giấy)", kept)
    ]
    assert words, meaning
    assert [word for word in words if word != "or no pronoun" and word.lower() not in said] == []


@pytest.mark.parametrize("folder", ["data", "demo"])
def test_a_share_is_written_as_in_the_law(folder):
    found = [
        f"{path.name}:{number}: {line.strip()[:100]}"
        for path in sorted((HOME / folder).rglob("*"))
        if path.suffix in (".xml", ".csv")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"\d %", line)
    ]
    assert not found, "70%, without a space"


def test_a_list_of_records_is_labelled_in_the_plural():
    """Odoo makes a singular label out of ``line_ids``: columns and filters over many records need their own."""
    right = {"legal_basis_ids", "evidence_ids", "replaces_ids"}  # said in the mixin, or no singular
    found = [
        f"{path.relative_to(HOME)}: {target.id}"
        for folder in ("models", "wizard", "report")
        for path in sorted((HOME / folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        if isinstance(node.value.func, ast.Attribute) and node.value.func.attr in ("One2many", "Many2many")
        for target in node.targets
        if isinstance(target, ast.Name) and target.id not in right
        if not any(keyword.arg in ("string", "related") for keyword in node.value.keywords)
        if not any(isinstance(arg, ast.Constant) and " " in str(arg.value) for arg in node.value.args)
    ]
    assert not found, "say string= in the plural"


CHECKED = r'(?:check_paper\(\s*\w+,\s*|self\.check\()\s*"(\w+)"'


def test_every_paper_is_printed_in_english_and_without_a_language():
    """What ``check_paper`` is asked for in the tests is every report there is."""
    papers = {
        name
        for path in (HOME / "report").glob("*.xml")
        for name in re.findall(r'<record id="action_report_(\w+)"', path.read_text(encoding="utf-8"))
    }
    checked = {
        name
        for path in (HOME / "tests").rglob("test_*.py")
        for name in re.findall(CHECKED, path.read_text(encoding="utf-8"))
    }
    assert papers - checked == set()
