from datetime import timedelta

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.http import request

from .commendations import EmulationCommendations
from .texts import day, paragraphs, typed, word

ANSWERED = ("granted", "rejected", "revoked")


class EmulationRequests(EmulationCommendations):
    """What a recipient says back: received, correct my data, appeal; and consent to the honour board."""

    def _emulation_commendation_page(self, commendation):
        values = super()._emulation_commendation_page(commendation)
        requests = [
            {
                "kind": entry.kind,
                "kind_name": word(entry, "kind"),
                "date": day(entry.create_date.date()),
                "text": paragraphs(entry.text),
                "state": entry.state,
                "state_name": word(entry, "state"),
                "answer": paragraphs(entry.answer) if entry.state == "answered" else [],
            }
            for entry in commendation.request_ids
        ]
        granted = commendation.state == "granted"
        received = any(entry["kind"] == "receipt" for entry in requests)
        return {
            **values,
            "requests": [entry for entry in requests if entry["kind"] != "receipt"],
            "received_on": next((entry["date"] for entry in requests if entry["kind"] == "receipt"), ""),
            "may_receive": granted and not received,
            "may_appeal": self._emulation_may_appeal(commendation),
            "appeal_until": day(self._emulation_appeal_until(commendation)),
            "may_consent": granted and commendation.recipient_type == "employee",
            "consent": commendation.honour_consent,
            "story": commendation.honour_story or "",
        }

    def _emulation_appeal_until(self, commendation):
        """Return the last day to appeal, or None where there is nothing to appeal against."""
        days = commendation.company_id.emulation_appeal_days
        if commendation.state not in ANSWERED or not days:
            return None
        since = commendation.granted_date if commendation.state == "granted" else None
        since = since or (commendation.state_changed_on or commendation.write_date).date()
        return since + timedelta(days=days)

    def _emulation_may_appeal(self, commendation):
        until = self._emulation_appeal_until(commendation)
        return bool(until and fields.Date.context_today(request.env.user) <= until)

    @http.route(
        "/my/emulation/commendations/<int:commendation_id>/request",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def emulation_request(self, commendation_id, kind="", text="", **_form):
        person = self._emulation_person()
        commendation = self._emulation_find("emulation.commendation", commendation_id, person.dossiers())
        self._emulation_throttle("request", limit=10)
        return self._emulation_act(
            f"/my/emulation/commendations/{commendation.id}#requests",
            request.env._("Thank you, the emulation officer has been told."),
            lambda: self._emulation_ask(commendation, kind, text),
        )

    def _emulation_ask(self, commendation, kind, text):
        allowed = {
            "receipt": commendation.state == "granted",
            "correction": True,
            "appeal": self._emulation_may_appeal(commendation),
        }
        if not allowed.get(kind):
            raise UserError(request.env._("This is not possible for this dossier now."))
        # Sudoed: portal users have no access rights; the dossier has passed the gate.
        request.env["emulation.request"].sudo()._ask(commendation, kind, typed(text, 4000))

    @http.route(
        "/my/emulation/commendations/<int:commendation_id>/consent",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def emulation_consent(self, commendation_id, consent="", story="", **_form):
        """Give or take back the consent to be shown on the honour board; only the person itself can."""
        person = self._emulation_person()
        commendation = self._emulation_find("emulation.commendation", commendation_id, person.own())
        self._emulation_throttle("consent", limit=20)
        agreed = bool(consent)
        values = {
            "honour_consent": agreed,
            "honour_consent_date": fields.Datetime.now(),
            "honour_story": typed(story, 2000) if agreed else False,
        }
        done = (
            request.env._("You are on the honour board.") if agreed else request.env._("You are not shown.")
        )
        url = f"/my/emulation/commendations/{commendation.id}#requests"
        return self._emulation_act(url, done, lambda: self._emulation_store_consent(commendation, values))

    def _emulation_store_consent(self, commendation, values):
        if commendation.state != "granted":
            raise UserError(request.env._("This is not possible for this dossier now."))
        commendation.write(values)
