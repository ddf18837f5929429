"""A registration as it is signed: who takes part, what for, what is promised (đăng ký thi đua).

Words are Vietnamese whatever the user's language. The law leaves the form to each agency.
"""

from odoo import fields

from ...engine import vietnamese
from ...engine.wording import campaign_text, keep_place

DIRECTIONS = {"more": "ít nhất", "less": "nhiều nhất"}


def get_values(participation):
    """Return what the printed registration says."""
    company, campaign = participation.company_id, participation.campaign_id
    today = fields.Date.context_today(participation)
    named = participation._prepare_snapshot(participation._get_employee_versions(today))
    return {
        "style": participation.env["ir.actions.report"]._get_lean_style("document"),
        "is_state_body": company.emulation_is_state_body,
        "parent_agency": keep_place(company.name),
        "agency": keep_place(named["unit_name"] or company.name),
        "is_draft": participation.state in ("draft", "refused", "withdrawn"),
        "is_person": participation.subject == "individual",
        "abstract": f"Tham gia {campaign_text(campaign.name)}",
        "name": participation._get_recipient_name(),
        "post": ", ".join(filter(None, (named["position_name"], named["unit_name"]))),
        "awards": campaign._get_award_names(participation.award_ids, company),
        "pledge": [line for line in (participation.pledge or "").splitlines() if line.strip()],
        "targets": _list_targets(participation),
        "place_date": ", ".join(filter(None, (company.city, _get_day(participation)))),
    }


def _get_day(participation):
    if not participation.submitted_on:
        return "ngày … tháng … năm …"
    vietnam = participation.with_context(tz="Asia/Ho_Chi_Minh")
    return vietnamese.administrative_date(
        fields.Datetime.context_timestamp(vietnam, participation.submitted_on).date()
    )


def _list_targets(participation):
    """Return the targets it registered itself, one text each."""
    holder = "employee_id" if participation.employee_id else "department_id"
    recipient = participation[holder]
    targets = participation.env["emulation.target"].search(
        [
            ("campaign_id", "=", participation.campaign_id.id),
            (holder, "=", recipient.id or 0),
            ("state", "in", ("draft", "submitted", "active")),
        ]
    )
    return [
        f"{target.name}: {DIRECTIONS[target.direction]} "
        + vietnamese.with_measure(vietnamese.format_decimal(target.figure), target.unit_of_measure)
        for target in targets
    ]
