"""What stops when a participant leaves a running campaign, and what goes on when it comes back.

Sheets, targets and reports that wait for it wait no more; what was concluded, reached and handed in before stays and
is counted. Some queries, however many participants.
"""

from odoo.fields import Domain

UNCONCLUDED = ("draft", "submitted", "verified")


def stop(registrations, reason):
    """Stop what the participants still owe in these campaigns.

    :param registrations: those who leave
    :param str reason: why, for the history of each
    """
    _find_sheets(registrations, Domain("state", "in", UNCONCLUDED))._do_stop(reason)
    targets = _find_targets(registrations, Domain("state", "in", ("submitted", "active")))
    targets.filtered(lambda target: target.state == "submitted")._do_return(reason)
    targets.filtered(lambda target: target.state == "active")._do_stop(reason)
    _find_reports(registrations, Domain("state", "=", "owed"))._do_stop(reason)


def resume(registrations):
    """Ask again for what is still open of what was stopped."""
    stopped = Domain("state", "=", "stopped")
    _find_sheets(registrations, stopped & Domain("review_id.state", "=", "open"))._do_resume()
    _find_targets(registrations, stopped)._do_resume()
    _find_reports(registrations, stopped & Domain("round_id.state", "=", "open"))._do_resume()


def find_left(records):
    """Return {(campaign, unit or person)} of those who have left the campaigns of these records."""
    # sudo: emulation.participation - who has left
    left = records.env["emulation.participation"].sudo()
    left = left.search([("campaign_id", "in", records.campaign_id.ids), ("state", "=", "left")])
    return {(one.campaign_id, one.employee_id or one.department_id) for one in left}


def _find_sheets(registrations, domain):
    # sudo: emulation.evaluation - of those who leave; the verb has checked who may take them out
    sheets = registrations.env["emulation.evaluation"].sudo()
    return sheets.search(domain & Domain("participation_id", "in", registrations.ids))


def _find_targets(registrations, domain):
    # sudo: emulation.target - as above
    targets = registrations.env["emulation.target"].sudo()
    holders = Domain("employee_id", "in", registrations.employee_id.ids)
    holders |= Domain("department_id", "in", registrations.department_id.ids)
    found = targets.search(domain & _of_campaigns(registrations) & holders)
    own = {(one.campaign_id, one.employee_id or one.department_id) for one in registrations}
    return found.filtered(
        lambda target: (target.campaign_id, target.employee_id or target.department_id) in own
    )


def _find_reports(registrations, domain):
    # sudo: emulation.unit.report - as above
    reports = registrations.env["emulation.unit.report"].sudo()
    units = Domain("department_id", "in", registrations.department_id.ids)
    found = reports.search(domain & _of_campaigns(registrations) & units)
    own = {(one.campaign_id, one.department_id) for one in registrations}
    return found.filtered(lambda report: (report.campaign_id, report.department_id) in own)


def _of_campaigns(registrations):
    return Domain("campaign_id", "in", registrations.campaign_id.ids)
