"""A dossier whole, the same for everybody who has to judge it: proposer, head and council members."""

from odoo import http
from werkzeug.exceptions import NotFound

from .files import download, safe_name
from .gate import PAGE, Gate
from .rows import DOSSIER_FIELDS, evidence_rows, listed_dossier, paper_row, write_total
from .texts import day, paragraphs

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOSSIERS = "/my/emulation/dossiers"
FIELDS = [
    *DOSSIER_FIELDS,
    *("position_name", "unit_name", "period_from", "achievement_ids", "paper_ids", "report_ids"),
    *("evaluation_id", "finding_snapshot", "company_id", "subject"),
]


class Dossiers(http.Controller):
    """Read only; whoever may not judge it gets 404."""

    @http.route(f"{DOSSIERS}/<int:commendation_id>", **PAGE)
    def dossier(self, commendation_id, **_query):
        gate = Gate.enter()
        dossier = gate.find("emulation.commendation", commendation_id, gate.person.readable(), FIELDS)
        title = dossier._get_recipient_name()
        values = {"dossier": dossier_page(gate, dossier)}
        return gate.render("hr_emulation.portal_dossier", title, values, tab="waiting")

    @http.route(f"{DOSSIERS}/<int:commendation_id>/report", **PAGE)
    def report(self, commendation_id, **query):
        """Download the achievement report as it is printed, or as a Word file."""
        gate = Gate.enter()
        dossier = gate.find("emulation.commendation", commendation_id, gate.person.readable())
        gate.throttle("print", limit=20)
        if not dossier.report_ids:
            raise NotFound
        name = " - ".join((gate.env._("Achievement report"), dossier._get_recipient_name()))
        if query.get("file") == "docx":
            return download(dossier.report_ids._get_word(), safe_name(f"{name}.x", "docx"), DOCX)
        return download(dossier.report_ids._get_pdf(), safe_name(f"{name}.x", "pdf"), "application/pdf")


def dossier_page(gate, dossier):
    sheet = dossier.evaluation_id
    return {
        **listed_dossier(dossier),
        "campaign": dossier.campaign_id.name or "",
        "period": " – ".join(filter(None, [day(dossier.period_from), day(dossier.period_to)])),
        "summary": paragraphs(dossier.summary),
        "sections": dossier.report_ids._get_sections() if dossier.report_ids else [],
        "report_url": f"{DOSSIERS}/{dossier.id}/report" if dossier.report_ids else "",
        "merits": [merit_row(merit) for merit in dossier.achievement_ids],
        "papers": [paper_row(paper) for paper in dossier.paper_ids],
        "score": write_total(sheet, "final_total") if sheet.state == "confirmed" else "",
        "grade": sheet.grade_id.name if sheet.state == "confirmed" and sheet.grade_id else "",
        "findings": gate.records("emulation.appraisal")._list_findings(dossier),
    }


def merit_row(merit):
    return {
        "name": merit.name,
        "text": paragraphs(merit.description),
        "recognition": merit.recognition_number or "",
        "evidence": evidence_rows(merit.evidence_ids),
    }
