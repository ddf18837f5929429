"""The request for another certificate in place of one that was lost, damaged or misprinted, as plain values for
``report/reissue_report.xml``.

Words are Vietnamese, whatever the user's language. A lost certificate is issued again (cấp lại), a damaged or wrong
one is exchanged (cấp đổi); the form is the agency's own (Decree 152/2025/NĐ-CP, Article 6(2)).
"""

from odoo import fields

from ...engine.points import end_sentence
from ...engine.wording import NO_BREAK, keep_place

DOTS = "………………………………………………………………"
ANY_CAUSE = "bị mất / bị hư hỏng / in sai thông tin (gạch bỏ nội dung không đúng)"
WAYS = {"lost": "cấp lại", "damaged": "cấp đổi", "misprinted": "cấp đổi"}
CAUSES = {"lost": "bị mất", "damaged": "bị hư hỏng", "misprinted": "in sai thông tin"}


class ReissuePaper:
    """The request about one ``emulation.certificate``; blanks where nobody has asked yet."""

    def __init__(self, certificate):
        self.certificate = certificate
        self.request = certificate._get_reissue_request()
        self.line = certificate.commendation_id

    def get_values(self):
        """Return what the report ``hr_emulation.report_reissue_request`` prints."""
        card, company = self.certificate, self.certificate.company_id
        is_person = self.line.subject == "individual"
        cause = self.request.cause
        way = WAYS.get(cause, "cấp đổi, cấp lại")
        year = fields.Date.context_today(card).year
        return {
            "style": card.env["ir.actions.report"]._get_lean_style("document"),
            "is_state_body": company.emulation_is_state_body,
            "parent_agency": keep_place(company.name),
            "agency": keep_place(card.recipient_name or ""),
            "is_person": is_person,
            "title": "Đơn đề nghị" if is_person else "Giấy đề nghị",
            "abstract": f"{way.capitalize()} {self.get_object()}",
            "way": way,
            "addressee": f"Kính gửi: {company.name}",
            "name": card.recipient_name or "",
            "post": ", ".join(filter(None, (card.position_name, card.unit_name))) if is_person else "",
            "award": card.award_name or "",
            "number": card.number or "",
            **self.get_decision(),
            "cause": CAUSES.get(cause, ANY_CAUSE),
            "reason": end_sentence(self.request.text or "") or DOTS,
            "gives_back": cause != "lost",
            "place_date": ", ".join(
                filter(None, (company.city, f"ngày {NO_BREAK * 5} tháng {NO_BREAK * 5} năm {year}"))
            ),
        }

    def get_decision(self):
        """Return number, day and issuer of the decision; blanks where the register of old papers names none."""
        decision = self.certificate.decision_id
        if not decision:
            return dict.fromkeys(("decision", "decision_day", "issuer"), DOTS[:10])
        return {
            "decision": decision._get_document_number(),
            "decision_day": decision._get_place_date().split(", ")[-1],
            "issuer": decision._get_issuer_name(),
        }

    def get_object(self):
        """Return what was handed over: a flag, the certificate of a title, or what the award is called itself."""
        award = self.line.award_id
        name = (self.certificate.award_name or "").strip()
        if award.kind == "title" and not name.lower().startswith(("cờ", "bằng")):
            return f"bằng chứng nhận danh hiệu {name}"
        return name[:1].lower() + name[1:]
