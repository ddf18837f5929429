from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from .commendations import DOSSIER_FIELDS
from .evaluations import SHEET_FIELDS, VERIFY_FIELDS
from .texts import day, paragraphs, points, typed
from .waiting import HEAD_TASKS, EmulationWaiting

MOST = 15
COUNTED = 1000  # no list says more than this
SHOWN = {
    "pass": DOSSIER_FIELDS,
    "verify": SHEET_FIELDS,
    "approve": [
        *("campaign_id", "award_ids", "pledge", "recipient_type", "recipient_name"),
        *("employee_id", "department_id"),
    ],
}
# Verbs whose conditions are those of another.
CHECKED = {("emulation.evaluation", "return"): "verify", ("emulation.participation", "refuse"): "approve"}


class EmulationUnit(EmulationWaiting):
    """For the head of a unit: pass or return proposals and verify scores, several at once."""

    @http.route("/my/emulation/unit", type="http", auth="user", website=True, readonly=True)
    def emulation_unit(self, **_query):
        person = self._emulation_person(head=True)
        found, totals = {}, {}
        for name, (model, domain) in self._emulation_waiting(person).items():
            if name in HEAD_TASKS:
                # Sudoed: portal users have no access rights; the domain is the units headed today.
                records = request.env[model].sudo().search(domain, limit=COUNTED, order="id")  # ids only
                found[name], totals[name] = records[:MOST], len(records)
                found[name].fetch(SHOWN[name])
        proposals, sheets, registrations = (found[name] for name in HEAD_TASKS)
        self._emulation_fetch_sheets(sheets)
        self._emulation_fetch_names(proposals)
        (proposals.campaign_id | sheets.campaign_id | registrations.campaign_id).fetch(["name"])
        values = {
            "totals": totals,
            "proposals": [
                {
                    "id": proposal.id,
                    "recipient": proposal._get_recipient_name(),
                    "award": proposal.award_id.name,
                    "campaign": proposal.campaign_id.name or "",
                    "summary": paragraphs(proposal.summary),
                    "date": day(proposal.create_date.date()),
                }
                for proposal in proposals
            ],
            "sheets": [
                {
                    "id": sheet.id,
                    "url": f"/my/emulation/unit/evaluations/{sheet.id}",
                    "recipient": sheet.participation_id._get_recipient_name(),
                    "campaign": sheet.campaign_id.name,
                    "review": sheet.review_id.name,
                    "total": points(sheet.self_total),
                }
                for sheet in sheets
            ],
            "registrations": [
                {
                    "id": registration.id,
                    "recipient": registration._get_recipient_name(),
                    "campaign": registration.campaign_id.name,
                    "awards": ", ".join(registration.award_ids.mapped("name")),
                    "pledge": registration.pledge or "",
                }
                for registration in registrations
            ],
        }
        return self._emulation_render(
            "hr_emulation.portal_unit", request.env._("My unit"), values, tab="unit", person=person
        )

    def _emulation_chosen(self, model, person):
        """Return the ticked records that are really waiting in a unit the person heads."""
        ids = [int(value) for value in request.httprequest.form.getlist("record") if value.isdigit()][:MOST]
        domain = Domain("id", "in", ids) & person.headed()
        records = request.env[model].sudo().search(domain)  # limited to the units headed today
        if not records:
            raise UserError(request.env._("Tick at least one line."))
        return records

    def _emulation_run(self, records, verb, reason=None, checked=None):
        """Do a verb on those that can go; one that cannot is named with its reason.

        :param checked: the verb whose conditions apply (default: the same)
        """
        reasons = getattr(records, f"_get_cannot_{checked or verb}_reason")()
        able = records.filtered(lambda record: not reasons.get(record.id))
        if not able:
            raise UserError("\n".join(dict.fromkeys(text for text in reasons.values() if text)))
        deed = getattr(able, f"_do_{verb}")
        deed() if reason is None else deed(reason)
        return len(able), len(records) - len(able)

    def _emulation_unit_act(self, model, verb, form, done):
        """Run the verb of a head's list and say how many went and how many did not."""
        person = self._emulation_person(head=True)
        self._emulation_throttle("unit", limit=60)
        counts = []
        reason = typed(form.get("reason"), 500) if verb in ("return", "refuse") else None

        def act():
            if reason == "":
                raise UserError(request.env._("Give a reason."))
            checked = {
                "emulation.evaluation": {"return": "verify"},
                "emulation.participation": {"refuse": "approve"},
            }
            conditions = checked.get(model, {}).get(verb)
            counts.extend(
                self._emulation_run(self._emulation_chosen(model, person), verb, reason, conditions)
            )

        answer = self._emulation_act("/my/emulation/unit", done, act)
        if counts:
            text = request.env._(
                "%(done)s: %(count)s. Could not go: %(skipped)s.",
                done=done,
                count=counts[0],
                skipped=counts[1],
            )
            self._emulation_say("success", text)
        return answer

    @http.route("/my/emulation/unit/proposals", type="http", auth="user", website=True, methods=["POST"])
    def emulation_unit_proposals(self, verb="endorse", **form):
        verbs = {"endorse": request.env._("Passed"), "return": request.env._("Returned")}
        verb = verb if verb in verbs else "endorse"
        return self._emulation_unit_act("emulation.commendation", verb, form, verbs[verb])

    @http.route("/my/emulation/unit/registrations", type="http", auth="user", website=True, methods=["POST"])
    def emulation_unit_registrations(self, verb="approve", **form):
        verbs = {"approve": request.env._("Approved"), "refuse": request.env._("Refused")}
        verb = verb if verb in verbs else "approve"
        return self._emulation_unit_act("emulation.participation", verb, form, verbs[verb])

    @http.route("/my/emulation/unit/evaluations", type="http", auth="user", website=True, methods=["POST"])
    def emulation_unit_evaluations(self, verb="verify", **form):
        verbs = {"verify": request.env._("Verified"), "return": request.env._("Returned")}
        verb = verb if verb in verbs else "verify"
        return self._emulation_unit_act("emulation.evaluation", verb, form, verbs[verb])

    @http.route(
        "/my/emulation/unit/evaluations/<int:evaluation_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def emulation_unit_evaluation(self, evaluation_id, **_query):
        person = self._emulation_person(head=True)
        evaluation = self._emulation_find(
            "emulation.evaluation", evaluation_id, self._emulation_to_verify(person), SHEET_FIELDS
        )
        sheet = self._emulation_sheet(evaluation)
        for line, score in zip(sheet["lines"], self._emulation_sheet_scores(evaluation), strict=True):
            given = score.verified_points if score.is_verified else score.self_points
            line["verified"] = f"{given:g}"
        crumbs = [(request.env._("My unit"), "/my/emulation/unit")]
        return self._emulation_render(
            "hr_emulation.portal_verify",
            sheet["recipient"],
            {"sheet": sheet},
            crumbs,
            tab="unit",
            person=person,
        )

    def _emulation_to_verify(self, person):
        return person.to_verify() & Domain("state", "=", "submitted")

    @http.route(
        "/my/emulation/unit/evaluations/<int:evaluation_id>/verify",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def emulation_unit_verify(self, evaluation_id, **form):
        """Store the head's points of one sheet and pass it on."""
        person = self._emulation_person(head=True)
        evaluation = self._emulation_find(
            "emulation.evaluation", evaluation_id, self._emulation_to_verify(person)
        )
        self._emulation_throttle("unit", limit=60)
        return self._emulation_act(
            "/my/emulation/unit",
            request.env._("Verified."),
            lambda: self._emulation_do_verify(evaluation, form),
        )

    def _emulation_do_verify(self, evaluation, form):
        values = {}
        for score in evaluation.score_ids:
            given = {
                name: typed(form[f"{name}-{score.id}"], 1000)
                for name in VERIFY_FIELDS
                if f"{name}-{score.id}" in form
            }
            if given.get("verified_points"):
                given["verified_points"] = self._emulation_number("verified_points", given["verified_points"])
                values[score.id] = given
        if values:
            evaluation._save_verified_scores(values)
        self._emulation_run(evaluation, "verify")
