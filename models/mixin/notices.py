"""Letters and notices that have no record of their own, as plain values for ``report/notice_reports.xml``.

Words are Vietnamese by law (Decree 30/2020/NĐ-CP), whatever the user's language. Number, day and signature are set by
hand: these papers go through the agency's own register of letters.
"""

from odoo import fields
from odoo.exceptions import UserError
from odoo.tools.image import image_data_uri

from ...engine import vietnamese
from ...engine.wording import NO_BREAK, close_lines, keep_place, signer_lines

SUBJECTS = {"collective": "tập thể", "household": "hộ gia đình", "individual": "cá nhân"}
# by the state of the dossier: what the notice is about, what was decided, how it ends
OUTCOMES = {
    "draft": (
        "trả lại hồ sơ đề nghị khen thưởng",
        "trả lại hồ sơ để bổ sung, hoàn thiện",
        "Đề nghị {addressee} bổ sung, hoàn thiện và gửi lại hồ sơ để được xem xét./.",
    ),
    "rejected": (
        "không xét khen thưởng",
        "không xét khen thưởng đối với trường hợp này",
        "{agency} thông báo để {addressee} được biết; ý kiến (nếu có) gửi về {agency} để được giải đáp./.",
    ),
}


def get_frame(company, symbol, file_name, recipients):
    """Return what ``hr_emulation.administrative_document`` prints around the body.

    :param str symbol: of the kind of paper, before the agency's; empty for a letter
    :param recipients: who gets it, above the line of the archive; a letter goes to whom it is addressed
    """
    year = fields.Date.context_today(company).year
    place, agency = company.city, company.emulation_document_symbol
    day = f"ngày {NO_BREAK * 5} tháng {NO_BREAK * 5} năm {year}"
    # sudo: res.users, hr.employee - name and title only, for the signature
    head = company._get_emulation_head()[:1].sudo()
    post = head.employee_ids.filtered(lambda employee: employee.company_id == company)[:1].job_title
    title = company.emulation_head_title or post or "Thủ trưởng cơ quan"
    lines = [*recipients, f"Lưu: VT{', TĐKT' if agency else ''}"]
    return {
        "style": company.env["ir.actions.report"]._get_lean_style("document"),
        "file_name": file_name,
        "is_draft": False,
        "is_state_body": company.emulation_is_state_body,
        "parent_agency": keep_place(company.emulation_parent_agency or ""),
        "agency": keep_place(company.name),
        "logo": image_data_uri(company.logo) if company.logo else False,
        "letterhead": company._get_emulation_letterhead(),
        "number": f"{NO_BREAK * 8}/{'-'.join(filter(None, (symbol, agency)))}",
        "place_date": ", ".join(filter(None, (place, day))),
        "legal_bases": [],
        "recipients": close_lines(f"- {line}" for line in lines),
        "signer_lines": signer_lines(title, company.name),
        "signer_name": head.name or "",
    }


def count_subjects(lines):
    """Return e.g. ``02 tập thể và 05 cá nhân`` of commendations."""
    counts = [(sum(line.subject == subject for line in lines), name) for subject, name in SUBJECTS.items()]
    texts = [f"{count:02d} {name}" for count, name in counts if count]
    return " và ".join(filter(None, [", ".join(texts[:-1]), *texts[-1:]])) or "…"


def list_lines(lines):
    """Return name, unit and award of commendations, and nothing else of them."""
    awards = lines._get_printed_awards()
    return [
        {
            "name": line._get_listed_name(),
            "unit": line.unit_name or line.unit_id.name or "",
            "award": awards[line],
        }
        for line in lines
    ]


def get_publication(publication):
    """Return the notice of a list that is shown for comments (Decree 152/2025/NĐ-CP, Article 44(2))."""
    # sudo: emulation.commendation - name, unit and award are what the list publishes
    lines, company = publication.sudo().commendation_ids, publication.company_id
    title = "Về việc công khai danh sách đề nghị khen thưởng"
    start, end = map(vietnamese.administrative_date, (publication.date_from, publication.date_to))
    return {
        "document": get_frame(company, "TB", title, [f"Các đơn vị thuộc {company.name}"]),
        "abstract": title,
        "opening": f"{company.name} công khai danh sách {count_subjects(lines)} được đề nghị khen thưởng"
        " để lấy ý kiến trước khi xét, cụ thể như sau:",
        "lines": list_lines(lines),
        "closing": [
            f"Thời gian công khai: {publication.days:02d} ngày làm việc, từ {start} đến hết {end}.",
            f"Ý kiến đối với danh sách gửi về {company.name} bằng văn bản có họ tên, địa chỉ người gửi, hoặc gửi trên"
            f" hệ thống, chậm nhất {end}. Ý kiến gửi sau thời hạn này không được xem xét trong lần"
            " công khai này./.",
        ],
    }


def get_outcome(commendation):
    """Return the notice that a dossier is returned, or that it is refused, with the reason that was given.

    :raises UserError: it was neither returned nor refused
    """
    if commendation.state not in OUTCOMES or not commendation.reason:
        raise UserError(commendation.env._("This proposal was neither returned nor refused."))
    about, outcome, closing = OUTCOMES[commendation.state]
    company = commendation.company_id
    superior = _get_refusing_superior(commendation)
    if superior:
        about = "kết quả trình cấp trên khen thưởng"
        outcome = f"đã trình {superior}; {superior} không xét khen thưởng đối với trường hợp này"
    name, unit = commendation._get_recipient_name(), commendation.unit_name or commendation.unit_id.name
    # sudo: res.users - the name only, of who proposed
    addressee = unit or commendation.proposer_id.sudo().name or "…"
    kind = "danh hiệu " if commendation.award_id.kind == "title" else ""
    award = kind + commendation._get_printed_awards()[commendation]
    period = commendation._get_period_text()
    return {
        "document": get_frame(company, "TB", f"Về việc {about}", [addressee]),
        "abstract": f"Về việc {about}",
        "paragraphs": [
            f"{company.name} đã nhận hồ sơ đề nghị tặng {award} cho {SUBJECTS[commendation.subject]} {name}"
            f"{f', thời gian lập thành tích {period}' if period else ''}.",
            f"Sau khi xem xét, {company.name} {outcome}. Lý do: {commendation.reason.strip().rstrip('.')}.",
            closing.format(addressee=addressee, agency=company.name),
        ],
    }


def _get_refusing_superior(commendation):
    """Return who refused a proposal that was forwarded; empty where the agency itself refused, or it was not."""
    if commendation.state != "rejected":
        return ""
    # sudo: emulation.submission.line - to whom it went and what came back, for who may read the proposal
    lines = commendation.env["emulation.submission.line"].sudo()
    refused = lines.search(
        [("commendation_id", "=", commendation.id), ("answer", "=", "refused"), ("is_recorded", "=", True)],
        order="id desc",
        limit=1,
    )
    return refused.external_issuer or refused.submission_id.addressee or ""


def _get_opinion_days(company):
    """Return in how many working days the book of today has a body answer; 0 where none is in force."""
    today = fields.Date.context_today(company)
    return company.env["emulation.rulebook"]._for_date(company, today, raise_if_none=False).opinion_days


def list_opinion_requests(submission):
    """Return a letter for each body that is asked for its opinion; one with a blank if none is named yet."""
    company, lines = submission.company_id, submission._get_ordered_lines().commendation_id
    about = "lấy ý kiến đối với các trường hợp đề nghị khen thưởng"
    frame = get_frame(company, "", about, ["Như trên"])
    bodies = [body.strip(" -;.") for body in (submission.consulted or "").splitlines() if body.strip(" -;.")]
    superior = f" {submission.addressee}" if submission.addressee else ""
    days = _get_opinion_days(company) or "……"
    return [
        {
            "body": body,
            "about": about,
            "addressee": f"Kính gửi: {body}",
            "document": frame,
            "lines": list_lines(lines),
            "paragraphs": [
                f"{company.name} đang xem xét, trình{superior} khen thưởng {count_subjects(lines)}"
                " (có tên trong phiếu trả lời gửi kèm).",
                f"Căn cứ Điều 34 Nghị định số 152/2025/NĐ-CP, {company.name} đề nghị {body} cho ý kiến về việc chấp"
                " hành chủ trương của Đảng, chính sách, pháp luật của Nhà nước thuộc lĩnh vực quản lý đối với các"
                " trường hợp nêu trên.",
                f"Văn bản trả lời gửi về {company.name} trong thời hạn {days} ngày làm việc kể từ ngày nhận được văn"
                " bản này./.",
            ],
        }
        for body in bodies or ["……………"]
    ]
