"""Registrations of many at once, as the dialog asks for them."""


def register(campaign, recipients, award_ids, pledge, is_approved):
    """Register employees or departments; those who withdrew are taken in again where it is approved at once.

    :return: those who are in already
    """
    known, registrations = _find_registered(campaign, recipients), campaign.env["emulation.participation"]
    if is_approved:
        registrations, returned = _find_withdrawn(campaign, recipients)
        known, recipients = known - returned, recipients - returned
    registrations |= registrations._insert_registrations(campaign, recipients - known, award_ids, pledge)
    if is_approved:
        registrations._do_submit()
        registrations._do_approve()
    return known


def _find_registered(campaign, recipients):
    """Return those of the employees or departments who are in already."""
    field = _get_field(recipients)
    groups = campaign.env["emulation.participation"]._read_group(
        [("campaign_id", "=", campaign.id), (field, "in", recipients.ids)], [field]
    )
    return recipients & recipients.browse(found.id for (found,) in groups)


def _find_withdrawn(campaign, recipients):
    """Return (registrations withdrawn, whose they are): they are taken in again."""
    field = _get_field(recipients)
    found = campaign.env["emulation.participation"].search(
        [("campaign_id", "=", campaign.id), (field, "in", recipients.ids), ("state", "=", "withdrawn")]
    )
    return found, recipients & recipients.browse(found[field].ids)


def _get_field(recipients):
    return "employee_id" if recipients._name == "hr.employee" else "department_id"
