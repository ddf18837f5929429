"""What a proposal takes from the sheet it is made of."""

from ...engine import points


def prepare_proposal(sheet, values):
    """Return the values of a draft; ``values`` are those of all of them."""
    registration = sheet.participation_id
    # Printed on papers: Vietnamese, and without the score, which stays on the sheet.
    text = f"Đã có thành tích xuất sắc trong {points.inside_sentence(sheet.campaign_id.name)}"
    return {
        **values,
        "recipient_type": registration.recipient_type,
        "employee_id": registration.employee_id.id,
        "department_id": registration.department_id.id,
        "partner_id": registration.partner_id.id,
        "subject": registration.subject,
        "company_id": sheet.company_id.id,
        "campaign_id": sheet.campaign_id.id,
        "evaluation_id": sheet.id,
        "summary": values["summary"] or text,
    }
