from odoo import fields, http
from odoo.fields import Domain
from odoo.http import request

from ...engine.vietnamese import format_amount
from .files import download, download_attachment
from .gate import EmulationGate
from .texts import day, paragraphs, word

# The road of a dossier, in order. A step an award does not need (the council, the superior) shows only when taken.
ROAD = ("draft", "submitted", "endorsed", "appraised", "voted", "forwarded", "granted")
OPTIONAL = {"voted", "forwarded"}
# What a list shows of a dossier, and no more: what the officers found is long and not for the recipient.
DOSSIER_FIELDS = [
    *("award_id", "campaign_id", "recipient_type", "recipient_name", "employee_id", "department_id"),
    *("partner_id", "state", "reason", "granted_date", "period_to", "summary", "create_date"),
]
PAGE_FIELDS = [
    *DOSSIER_FIELDS,
    *("period_from", "prize_amount", "decision_id", "external_decision", "certificate_ids", "request_ids"),
    *("submitted_on", "endorsed_on", "appraised_on", "state_changed_on", "write_date", "company_id"),
    *("honour_consent", "honour_story"),
]
ENDINGS = {"rejected", "withdrawn", "revoked"}


class EmulationCommendations(EmulationGate):
    """My commendations: where each dossier stands, in words, and the papers to keep."""

    @http.route("/my/emulation/commendations", type="http", auth="user", website=True, readonly=True)
    def emulation_commendations(self, **_query):
        person = self._emulation_person()
        # Sudoed: portal users have no access rights; the domain is the visitor's own records.
        dossiers = request.env["emulation.commendation"].sudo()
        found = dossiers.search_fetch(person.dossiers(), DOSSIER_FIELDS, limit=500)
        self._emulation_fetch_names(found)
        values = {"years": self._emulation_years(found)}
        title = request.env._("My commendations")
        return self._emulation_render(
            "hr_emulation.portal_commendations", title, values, tab="commendations", person=person
        )

    def _emulation_years(self, commendations):
        """Return the commendations by year, the latest first: granted ones by the year of the decision."""
        years = {}
        for commendation in commendations:
            date = commendation.granted_date or commendation.period_to or commendation.create_date.date()
            years.setdefault(date.year, []).append(self._emulation_commendation_row(commendation))
        return [
            {
                "year": year,
                "rows": rows,
                "granted": sum(row["state"] == "granted" for row in rows),
                "moving": sum(row["is_moving"] for row in rows),
            }
            for year, rows in sorted(years.items(), reverse=True)
        ]

    def _emulation_commendation_row(self, commendation):
        return {
            "id": commendation.id,
            "url": f"/my/emulation/commendations/{commendation.id}",
            "award": commendation.award_id.name,
            "campaign": commendation.campaign_id.name or "",
            "recipient": commendation._get_recipient_name(),
            "is_unit": commendation.recipient_type == "department",
            "state": commendation.state,
            "state_name": word(commendation, "state"),
            "is_moving": commendation.state not in ENDINGS | {"granted"},
            "granted_date": day(commendation.granted_date),
        }

    @http.route(
        "/my/emulation/commendations/<int:commendation_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def emulation_commendation(self, commendation_id, **_query):
        person = self._emulation_person()
        commendation = self._emulation_find(
            "emulation.commendation", commendation_id, person.dossiers(), PAGE_FIELDS
        )
        self._emulation_fetch_names(commendation)
        commendation.certificate_ids.fetch(["number", "state", "issue_date"])
        crumbs = [(request.env._("My commendations"), "/my/emulation/commendations")]
        return self._emulation_render(
            "hr_emulation.portal_commendation",
            commendation.award_id.name,
            {"commendation": self._emulation_commendation_page(commendation)},
            crumbs,
            tab="commendations",
            person=person,
        )

    def _emulation_commendation_page(self, commendation):
        decision = commendation.decision_id
        granted = commendation.state == "granted" and decision
        return {
            **self._emulation_commendation_row(commendation),
            "period": " – ".join(filter(None, [day(commendation.period_from), day(commendation.period_to)])),
            "summary": paragraphs(commendation.summary),
            "reason": commendation.reason or "",
            "steps": self._emulation_steps(commendation),
            "prize": format_amount(round(commendation.prize_amount))
            if granted and commendation.prize_amount
            else "",
            "decision_number": decision._get_document_number() if granted else "",
            "decision_date": day(decision.issue_date) if granted else "",
            "external_decision": commendation.external_decision or "",
            "has_decision_file": bool(granted and decision.document_attachment_id),
            "certificates": [
                {
                    "id": certificate.id,
                    "number": certificate.number or "",
                    "state": certificate.state,
                    "state_name": word(certificate, "state"),
                    "issue_date": day(certificate.issue_date),
                }
                for certificate in commendation.certificate_ids
            ],
        }

    def _emulation_steps(self, commendation):
        """Return the road of the dossier: done steps with their day, the present one, those to come."""
        dates = self._emulation_step_dates(commendation)
        ended = commendation.state in ENDINGS
        present = ROAD.index(commendation.state) if not ended else len(ROAD)
        words = self._emulation_step_words()
        steps = []
        for index, name in enumerate(ROAD):
            done = name in dates if ended else index <= present and (name in dates or name not in OPTIONAL)
            if not done and (ended or name in OPTIONAL):
                continue
            step_kind = "done" if done and (ended or index < present) else "present" if done else "next"
            if name == "granted" and step_kind == "present":
                step_kind = "done"
            title, explanation = words[name]
            steps.append(
                {"kind": step_kind, "title": title, "text": explanation, "date": day(dates.get(name))}
            )
        if ended:
            title, explanation = words[commendation.state]
            date = day(dates.get(commendation.state))
            steps.append({"kind": "ended", "title": title, "text": explanation, "date": date})
        return steps

    def _emulation_step_dates(self, commendation):
        """Return {state: day it was reached}, as far as the dossier keeps it."""
        dates = {"draft": commendation.create_date.date()}
        for state in ("submitted", "endorsed", "appraised"):
            stamp = f"{state}_on" in commendation._fields and commendation[f"{state}_on"]
            if stamp:
                dates[state] = fields.Datetime.context_timestamp(request.env.user, stamp).date()
        if commendation.granted_date:
            dates["granted"] = commendation.granted_date
        return dates

    def _emulation_step_words(self):
        return {
            "draft": (request.env._("Prepared"), request.env._("The dossier is being written.")),
            "submitted": (
                request.env._("Proposed"),
                request.env._("The dossier is with the head of the unit."),
            ),
            "endorsed": (
                request.env._("Passed by the unit"),
                request.env._("The dossier is with the emulation officer."),
            ),
            "appraised": (request.env._("Appraised"), request.env._("The conditions have been checked.")),
            "voted": (
                request.env._("Voted by the council"),
                request.env._("The council has given its opinion."),
            ),
            "forwarded": (
                request.env._("Sent to the higher level"),
                request.env._("The superior agency decides."),
            ),
            "granted": (request.env._("Commended"), request.env._("The decision has been issued.")),
            "rejected": (
                request.env._("Not considered"),
                request.env._("The dossier has been closed without an award."),
            ),
            "withdrawn": (request.env._("Withdrawn"), request.env._("The proposer took the dossier back.")),
            "revoked": (
                request.env._("Revoked"),
                request.env._("The commendation has been revoked by a decision."),
            ),
        }

    @http.route(
        "/my/emulation/commendations/<int:commendation_id>/decision",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def emulation_commendation_decision(self, commendation_id, **_query):
        """Download the decision that granted the commendation."""
        person = self._emulation_person()
        domain = person.own_or_led() & Domain("state", "in", ("granted", "revoked"))
        commendation = self._emulation_find("emulation.commendation", commendation_id, domain)
        return download_attachment(commendation.decision_id.document_attachment_id)

    # Not readonly: a certificate that was never printed is rendered and stored now.
    @http.route("/my/emulation/certificates/<int:certificate_id>", type="http", auth="user", website=True)
    def emulation_certificate(self, certificate_id, **_query):
        """Download a valid certificate as PDF."""
        person = self._emulation_person()
        domain = Domain("commendation_id", "any", person.own_or_led()) & Domain("state", "=", "issued")
        certificate = self._emulation_find("emulation.certificate", certificate_id, domain)
        return self._emulation_certificate_file(certificate)

    def _emulation_certificate_file(self, certificate):
        if certificate.attachment_id:
            return download_attachment(certificate.attachment_id)
        name = f"{(certificate.number or 'certificate').replace('/', '-')}.pdf"
        return download(certificate._get_pdf()[1], name, "application/pdf")
