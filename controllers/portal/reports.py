from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ...engine.vietnamese import with_measure
from .evidence import read_files
from .files import download_attachment
from .gate import PAGE, Gate, form_route
from .rows import evidence_rows, file_values
from .texts import day, days_left, paragraphs, points, word

REPORTS = "/my/emulation/unit/reports"
MOST = 60
TEXT_LENGTH = 4000
REPORT_FIELDS = [
    *("round_id", "campaign_id", "company_id", "department_id", "unit_name", "state", "due_date"),
    *("submitted_on", "is_late", "reason", "score", "evidence_ids"),
]
LINE_FIELDS = [
    "name",
    "guidance",
    "answer",
    "unit_of_measure",
    "is_required",
    "target_id",
    "planned",
    "text",
    "figure",
    "is_given",
]


class Reports(http.Controller):
    """For whoever acts as the head of a unit: the reports and plans the unit owes, handed in with text and files."""

    @http.route(REPORTS, **PAGE)
    def reports(self, **_query):
        gate = Gate.enter(head=True)
        found = gate.search("emulation.unit.report", own_reports(gate), REPORT_FIELDS, limit=MOST)
        found.round_id.fetch(["name"])
        found.campaign_id.fetch(["name"])
        rows = [report_row(gate, report) for report in found.sorted("due_date")]
        values = {
            "owed": [row for row in rows if row["is_open"]],
            "others": [row for row in rows if not row["is_open"] and row["state"] != "stopped"],
        }
        title = gate.env._("Reports of my unit")
        return gate.render("hr_emulation.portal_reports", title, values, get_crumbs(gate)[:1], tab="unit")

    @http.route(f"{REPORTS}/<int:report_id>", **PAGE)
    def report(self, report_id, **_query):
        gate = Gate.enter(head=True)
        report = gate.find("emulation.unit.report", report_id, own_reports(gate), REPORT_FIELDS)
        report.round_id.fetch(["name", "state", "date_from", "date_to", "template_id"])
        lines = gate.search("emulation.unit.report.line", [("report_id", "=", report.id)], LINE_FIELDS)
        values = {
            "report": {
                **report_row(gate, report),
                **report_page(report),
                "may_take_back": report.can_take_back,
            },
            "lines": [line_row(line) for line in lines],
            "files": evidence_rows(report.evidence_ids),
            **file_values(report.company_id),
        }
        return gate.render(
            "hr_emulation.portal_report", report.round_id.name, values, get_crumbs(gate), tab="unit"
        )

    @http.route(f"{REPORTS}/<int:report_id>/file/<int:attachment_id>", **PAGE)
    def file(self, report_id, attachment_id, **_query):
        gate = Gate.enter(head=True)
        report = gate.find("emulation.unit.report", report_id, own_reports(gate))
        return download_attachment(report.evidence_ids.filtered(lambda file: file.id == attachment_id))

    @form_route(f"{REPORTS}/<int:report_id>/save", back=f"{REPORTS}/{{report_id}}")
    def save(self, report_id, **_form):
        """Keep what was written; with ``hand_in`` hand it in, with ``take_back`` get it back to correct it."""
        gate = Gate.enter(head=True)
        report = gate.find("emulation.unit.report", report_id, own_reports(gate))
        gate.throttle("unit", limit=60)
        act, done = lambda: do_save(gate, report), gate.env._("Saved.")
        if "take_back" in gate.form:
            act, done = report.action_take_back, gate.env._("The report is yours to correct again.")
        elif "hand_in" in gate.form:
            done = gate.env._("Handed in.")
        return gate.act(
            act,
            done,
            f"{REPORTS}/{report.id}",
            lambda: self.report(report_id),
        )


def own_reports(gate):
    """Return the domain of the reports of the units this person heads directly, today."""
    person = gate.person
    asked = Domain("round_id.state", "!=", "draft") & Domain("company_id", "in", person.company_ids)
    return asked & Domain("department_id", "in", person.led_ids)


def report_row(gate, report):
    is_open = report.state == "owed"
    return {
        "id": report.id,
        "url": f"{REPORTS}/{report.id}",
        "name": report.round_id.name,
        "campaign": report.campaign_id.name,
        "unit": report.unit_name or "",
        "state": report.state,
        "state_name": word(report, "state"),
        "is_open": is_open,
        "due_date": day(report.due_date),
        "days_left": days_left(report.due_date, gate.today) if is_open else None,
        "is_overdue": is_open and report.due_date < gate.today,
        "is_late": report.is_late and not is_open,
        "submitted_on": day(report.submitted_on),
        "reason": report.reason or "",
    }


def report_page(report):
    return {
        "period": f"{day(report.round_id.date_from)} – {day(report.round_id.date_to)}",
        "note": paragraphs(report.round_id.template_id.note),
        "score": points(report.score) if report.score else "",
    }


def line_row(line):
    is_text = line.answer == "text"
    return {
        "id": line.id,
        "name": line.name,
        "guidance": line.guidance or "",
        "is_text": is_text,
        "measure": line.unit_of_measure or "",
        "is_required": line.is_required,
        "planned": with_measure(points(line.planned), line.unit_of_measure) if line.target_id else "",
        "text": line.text or "",
        "lines": paragraphs(line.text),
        "figure": points(line.figure) if line.is_given and not is_text else "",
    }


def get_crumbs(gate):
    return [(gate.env._("My unit"), "/my/emulation/unit"), (gate.env._("Reports of my unit"), REPORTS)]


def do_save(gate, report):
    form = gate.form
    if report.state != "owed":
        raise UserError(gate.env._("It has been handed in and cannot be changed any more."))
    answers = {}
    for line in report.line_ids:
        if line.answer == "text":
            answers[line] = {"text": form.text(f"text-{line.id}", TEXT_LENGTH)}
        else:
            answers[line] = {"figure": form.number(f"figure-{line.id}")}
    form.check()
    files = read_files(gate, report.company_id)
    for line, values in answers.items():
        line.write(values)
    if files:
        held = [{**file, "res_model": report._name, "res_id": report.id} for file in files]
        attachments = report.env["ir.attachment"].create(held)
        report.write({"evidence_ids": [Command.link(attachment.id) for attachment in attachments]})
    if "hand_in" in form:
        report.action_submit()
