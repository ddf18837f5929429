from odoo import http
from odoo.fields import Domain

from .files import download_attachment
from .gate import PAGE, Gate, form_route
from .texts import day, days_left, paragraphs, word
from .unit import UNIT, run

INSPECTIONS, FINDINGS = f"{UNIT}/inspections", f"{UNIT}/findings"
MOST = 60
TEXT_LENGTH = 1000
VISIT_FIELDS = [
    *("subject", "campaign_id", "department_id", "company_id", "visit_date", "lead_id", "team", "attendants"),
    *("conclusion", "item_ids", "finding_ids", "number", "symbol", "issue_date", "document_attachment_id"),
]


class Inspections(http.Controller):
    """For whoever acts as the head of a unit: the recorded visits to it, what they found, and the answer to each."""

    @http.route(INSPECTIONS, **PAGE)
    def inspections(self, **_query):
        gate = Gate.enter(head=True)
        visits = gate.search("emulation.inspection", readable_visits(gate), VISIT_FIELDS, limit=MOST)
        visits.campaign_id.fetch(["name"])
        visits.department_id.fetch(["name"])
        rows = [visit_row(gate, visit) for visit in visits]
        title = gate.env._("Inspections of my unit")
        values = {"visits": sorted(rows, key=lambda row: not row["open_count"])}
        return gate.render("hr_emulation.portal_inspections", title, values, get_crumbs(gate)[:1], tab="unit")

    @http.route(f"{INSPECTIONS}/<int:inspection_id>", **PAGE)
    def inspection(self, inspection_id, **_query):
        gate = Gate.enter(head=True)
        visit = find_visit(gate, inspection_id, VISIT_FIELDS)
        blocked = visit.finding_ids._get_cannot_mend_reason()
        values = {
            "visit": {**visit_row(gate, visit), **visit_page(visit)},
            "items": [item_row(item) for item in visit.item_ids],
            "findings": [
                finding_row(gate, finding, finding.id not in blocked) for finding in visit.finding_ids
            ],
        }
        return gate.render(
            "hr_emulation.portal_inspection", visit.subject, values, get_crumbs(gate), tab="unit"
        )

    @http.route(f"{INSPECTIONS}/<int:inspection_id>/record", **PAGE)
    def record(self, inspection_id, **_query):
        gate = Gate.enter(head=True)
        return download_attachment(find_visit(gate, inspection_id).document_attachment_id)

    @form_route(f"{FINDINGS}/<int:finding_id>/mend", back=INSPECTIONS)
    def mend(self, finding_id, **_form):
        """Say how a finding was resolved; the officer looks at it next."""
        gate = Gate.enter(head=True)
        recorded = Domain("inspection_id", "any", readable_visits(gate))
        finding = gate.find("emulation.inspection.finding", finding_id, recorded)
        visit_id = finding.inspection_id.id
        gate.throttle("unit", limit=60)
        return gate.act(
            lambda: do_mend(gate, finding),
            gate.env._("Handed in. The officer looks at it next."),
            f"{INSPECTIONS}/{visit_id}",
            lambda: self.inspection(visit_id),
        )


def readable_visits(gate):
    """Return the domain of recorded visits to units this person heads, or in campaigns its unit follows up."""
    person = gate.person
    mine = Domain("department_id", "in", person.headed_ids)
    mine |= Domain("campaign_id.standing_unit_id", "in", person.headed_ids)
    return Domain("state", "=", "issued") & Domain("company_id", "in", person.company_ids) & mine


def find_visit(gate, inspection_id, names=()):
    return gate.find("emulation.inspection", inspection_id, readable_visits(gate), names)


def visit_row(gate, visit):
    waiting = visit.finding_ids.filtered(lambda finding: finding.state == "open")
    return {
        "url": f"{INSPECTIONS}/{visit.id}",
        "name": visit.subject,
        "campaign": visit.campaign_id.name,
        "unit": visit.department_id.name,
        "date": day(visit.visit_date),
        "count": len(visit.finding_ids),
        "open_count": len(waiting),
        "is_late": any(is_late(gate, finding) for finding in waiting),
    }


def visit_page(visit):
    return {
        "number": visit._get_document_number(),
        "team": visit._get_team_names(),
        "attendants": paragraphs(visit.attendants),
        "conclusion": paragraphs(visit.conclusion),
        "has_record": bool(visit.document_attachment_id),
    }


def item_row(item):
    return {"name": item.name, "answer": word(item, "answer"), "note": item.note or ""}


def finding_row(gate, finding, may_mend):
    is_open = finding.state == "open"
    return {
        "id": finding.id,
        "lines": paragraphs(finding.name),
        "state": finding.state,
        "state_name": word(finding, "state"),
        "deadline": day(finding.deadline),
        "days_left": days_left(finding.deadline, gate.today) if is_open else None,
        "is_late": is_late(gate, finding),
        "answer": "" if is_open else finding.reason or "",
        "returned": (finding.reason or "") if is_open else "",
        "settled_on": day(finding.settled_on),
        "may_mend": may_mend,
    }


def is_late(gate, finding):
    return bool(finding.state == "open" and finding.deadline and finding.deadline < gate.today)


def get_crumbs(gate):
    return [(gate.env._("My unit"), UNIT), (gate.env._("Inspections of my unit"), INSPECTIONS)]


def do_mend(gate, finding):
    text = gate.form.line("text", TEXT_LENGTH, gate.env._("Say how it was resolved."))
    gate.form.check()
    run(finding, "mend", text)
