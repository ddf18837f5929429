from odoo import http
from odoo.fields import Domain
from odoo.http import request

from .commendations import DOSSIER_FIELDS
from .evaluations import SHEET_FIELDS, EmulationEvaluations
from .proposals import EmulationProposals
from .publications import EmulationPublications
from .texts import day

MOST = 50
HEAD_TASKS = ("pass", "verify", "approve")


class EmulationWaiting(EmulationEvaluations, EmulationProposals, EmulationPublications):
    """What waits for this person, in one list, each with the way to it."""

    @http.route("/my/emulation", type="http", auth="user", website=True, readonly=True)
    def emulation_home(self, **_query):
        person = self._emulation_person()
        waiting = {
            **self._emulation_waiting(person),
            "vote": ("emulation.session.attendance", self._emulation_votes()),
            "comment": ("emulation.publication", self._emulation_published(person)),
        }
        counts = self._emulation_count(waiting)

        def read(name, names):
            """Read what waits under ``name``, if anything does."""
            model, domain = waiting[name]
            records = request.env[model].sudo()  # portal users have no access rights; own records only
            return records.search_fetch(domain, names, limit=MOST) if counts[name] else records

        # Sudoed: as above.
        sheets = request.env["emulation.evaluation"].sudo()
        sheets = sheets.search_fetch(self._emulation_to_fill(person), SHEET_FIELDS, limit=MOST)
        self._emulation_fetch_sheets(sheets)
        values = {
            "sheets": [self._emulation_sheet_row(sheet) for sheet in sheets],
            "mend": [self._emulation_proposal_row(proposal) for proposal in read("mend", DOSSIER_FIELDS)],
            "receipts": [
                {
                    "url": f"/my/emulation/commendations/{commendation.id}#requests",
                    "award": commendation.award_id.name,
                    "recipient": commendation._get_recipient_name(),
                    "date": day(commendation.granted_date),
                }
                for commendation in read("receipt", DOSSIER_FIELDS)
            ],
            "unit_counts": {name: counts.get(name, 0) for name in HEAD_TASKS},
            "ballots": counts["vote"],
            "publications": counts["comment"],
        }
        title = request.env._("For me to do")
        return self._emulation_render(
            "hr_emulation.portal_waiting", title, values, tab="waiting", person=person
        )

    def _emulation_votes(self):
        """Domain of the seats from which this visitor may still vote."""
        return Domain(request.env["emulation.session"]._open_seat_domain(request.env.user))
