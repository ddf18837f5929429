from odoo import http
from odoo.fields import Domain
from odoo.http import request

from .evaluations import SHEET_FIELDS, EmulationEvaluations
from .proposals import EmulationProposals
from .texts import day

MOST = 50
DOSSIER_FIELDS = [
    *("award_id", "campaign_id", "recipient_type", "recipient_name", "employee_id", "department_id"),
    *("state", "reason", "granted_date", "summary", "create_date"),
]
HEAD_TASKS = ("pass", "verify", "approve")


class EmulationWaiting(EmulationEvaluations, EmulationProposals):
    """What waits for this person, in one list, each with the way to it."""

    @http.route("/my/emulation", type="http", auth="user", website=True, readonly=True)
    def emulation_home(self, **_query):
        person = self._emulation_person()
        waiting = self._emulation_waiting(person)
        # Sudoed throughout: portal users have no access rights; the domains hold the visitor's own ids.
        found = {
            name: request.env[model].sudo().search_fetch(domain, DOSSIER_FIELDS, limit=MOST)
            for name, (model, domain) in waiting.items()
            if name not in HEAD_TASKS
        }
        to_fill = self._emulation_sheets(person) & Domain("state", "=", "draft")
        sheets = (
            request.env["emulation.evaluation"]
            .sudo()
            .search_fetch(to_fill & Domain("review_id.state", "=", "open"), SHEET_FIELDS, limit=MOST)
        )
        self._emulation_fetch_sheets(sheets)
        values = {
            "sheets": [self._emulation_sheet_row(sheet) for sheet in sheets],
            "mend": [self._emulation_proposal_row(proposal) for proposal in found["mend"]],
            "receipts": [
                {
                    "url": f"/my/emulation/commendations/{commendation.id}#requests",
                    "award": commendation.award_id.name,
                    "recipient": commendation._get_recipient_name(),
                    "date": day(commendation.granted_date),
                }
                for commendation in found["receipt"]
            ],
            "unit_counts": {
                name: request.env[waiting[name][0]].sudo().search_count(waiting[name][1])
                for name in HEAD_TASKS
                if name in waiting
            },
            "joinable": self._get_emulation_campaign_count(person),
            "ballots": request.env["emulation.session"].sudo()._get_open_ballot_count(request.env.user),
        }
        title = request.env._("For me to do")
        return self._emulation_render(
            "hr_emulation.portal_waiting", title, values, tab="waiting", person=person
        )
