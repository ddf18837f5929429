import logging
from datetime import timedelta

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import file_open

from ...engine.vietnamese import format_amount
from ...models.portal.emulation_request import CAUSES
from ...printing.badge import Badge, bake, get_credential, sign
from ..verification import get_issuer
from .files import download, download_attachment, safe_name
from .gate import PAGE, Gate, form_route
from .rows import DOSSIER_FIELDS, ENDINGS, commendation_row, fetch_dossiers
from .texts import day, day_of, days_left, paragraphs, word

_logger = logging.getLogger(__name__)
COMMENDATIONS = "/my/emulation/commendations"
# The road of a dossier, in order. A step an award does not need (the council, the superior) shows only when taken.
ROAD = ("draft", "submitted", "endorsed", "appraised", "voted", "forwarded", "granted")
OPTIONAL = {"voted", "forwarded"}
PAGE_FIELDS = [
    *DOSSIER_FIELDS,
    *("period_from", "prize_amount", "prize_state", "import_id", "decision_id", "external_decision"),
    *("certificate_ids", "request_ids"),
    *("submitted_on", "endorsed_on", "appraised_on", "state_changed_on", "write_date", "company_id"),
    *("honour_consent", "honour_story", "needs_endorsement", "deadline", "commendation_type"),
]
BADGE_PICTURE = "hr_emulation/static/src/portal/badge.png"
ANSWERED = ("granted", "rejected", "revoked")
REQUEST_LENGTH, STORY_LENGTH = 4000, 2000


class Commendations(http.Controller):
    """My commendations: where each dossier stands, the papers to keep, and what the recipient says back."""

    @http.route(COMMENDATIONS, **PAGE)
    def commendations(self, **_query):
        gate = Gate.enter(former=True)
        found = gate.search("emulation.commendation", gate.person.dossiers(), DOSSIER_FIELDS, limit=500)
        fetch_dossiers(found)
        title = gate.env._("My commendations")
        values = {"years": group_by_year(found)}
        return gate.render("hr_emulation.portal_commendations", title, values, tab="commendations")

    @http.route(f"{COMMENDATIONS}/<int:commendation_id>", **PAGE)
    def commendation(self, commendation_id, **_query):
        gate = Gate.enter(former=True)
        domain = gate.person.dossiers()
        commendation = gate.find("emulation.commendation", commendation_id, domain, PAGE_FIELDS)
        fetch_dossiers(commendation)
        commendation.certificate_ids.fetch(["number", "state", "issue_date", "token"])
        values = {"commendation": {**commendation_page(commendation), **request_values(gate, commendation)}}
        crumbs = [(gate.env._("My commendations"), COMMENDATIONS)]
        title = commendation.award_id.name
        return gate.render("hr_emulation.portal_commendation", title, values, crumbs, tab="commendations")

    @http.route(f"{COMMENDATIONS}/<int:commendation_id>/decision", **PAGE)
    def decision(self, commendation_id, **_query):
        """Download the decision that granted the commendation."""
        gate = Gate.enter(former=True)
        domain = gate.person.own_or_led() & Domain("state", "in", ("granted", "revoked"))
        commendation = gate.find("emulation.commendation", commendation_id, domain)
        return download_attachment(commendation.decision_id.document_attachment_id)

    # Not readonly: a certificate that was never printed is rendered and stored now.
    @http.route("/my/emulation/certificates/<int:certificate_id>", **{**PAGE, "readonly": False})
    def certificate(self, certificate_id, **_query):
        """Download a valid certificate as PDF."""
        gate = Gate.enter(former=True)
        certificate = find_certificate(gate, certificate_id)
        try:
            content = certificate.attachment_id.raw or certificate._get_pdf()[1]
        except UserError as error:
            return send_back(gate, certificate, error)
        return download(content, f"{get_file_name(certificate)}.pdf", "application/pdf")

    # Not readonly: the agency's key may be made now.
    @http.route("/my/emulation/certificates/<int:certificate_id>/badge", **{**PAGE, "readonly": False})
    def badge(self, certificate_id, **_query):
        """Download a valid certificate as an Open Badge 3.0: a picture with the signed credential in it."""
        gate = Gate.enter(former=True)
        certificate = find_certificate(gate, certificate_id)
        try:
            with file_open(BADGE_PICTURE, "rb") as file:
                content = bake(file.read(), sign_badge(certificate))
        except UserError as error:
            return send_back(gate, certificate, error)
        return download(content, f"{get_file_name(certificate)}.png", "image/png")

    @http.route("/my/emulation/certificates/<int:certificate_id>/request", **PAGE)
    def reissue_request(self, certificate_id, **_query):
        """Download the request for another certificate, to be signed."""
        gate = Gate.enter(former=True)
        certificate = find_certificate(gate, certificate_id)
        gate.throttle("print", limit=20)
        reports = gate.records("ir.actions.report")
        report = "hr_emulation.action_report_reissue_request"
        content = reports._render_qweb_pdf(report, certificate.ids)[0]
        number = (certificate.number or "").replace("/", "-")
        return download(content, f"de-nghi-cap-lai-{number}.pdf", "application/pdf")

    @form_route(f"{COMMENDATIONS}/<int:commendation_id>/request", back=f"{COMMENDATIONS}/{{commendation_id}}")
    def ask(self, commendation_id, **_form):
        """Confirm the receipt, ask for a correction or another certificate, or appeal."""
        gate = Gate.enter()
        commendation = gate.find("emulation.commendation", commendation_id, gate.person.dossiers())
        gate.throttle("request", limit=10)
        return gate.act(
            lambda: do_ask(gate, commendation),
            gate.env._("Thank you, the emulation officer has been told."),
            f"{COMMENDATIONS}/{commendation.id}#requests",
            lambda: self.commendation(commendation_id),
        )

    @form_route(f"{COMMENDATIONS}/<int:commendation_id>/consent", back=f"{COMMENDATIONS}/{{commendation_id}}")
    def consent(self, commendation_id, **_form):
        """Give or take back the consent to be shown on the honour board; only the person itself can."""
        gate = Gate.enter()
        commendation = gate.find("emulation.commendation", commendation_id, gate.person.own())
        gate.throttle("consent", limit=20)
        agreed = bool(gate.form.choice("consent", ("1", "on")))
        return gate.act(
            lambda: store_consent(gate.form, commendation, agreed),
            gate.env._("You are on the honour board.") if agreed else gate.env._("You are not shown."),
            f"{COMMENDATIONS}/{commendation.id}#requests",
            lambda: self.commendation(commendation_id),
        )


def find_certificate(gate, certificate_id):
    domain = Domain("commendation_id", "any", gate.person.own_or_led()) & Domain("state", "=", "issued")
    return gate.find("emulation.certificate", certificate_id, domain)


def send_back(gate, certificate, error):
    """Say that a paper cannot be made here; why is the officers' business and stands in the log."""
    _logger.warning("certificate %s: %s", certificate.id, error)
    gate.say("danger", gate.env._("This cannot be made now. Please ask the emulation officer of the agency."))
    return request.redirect(f"{COMMENDATIONS}/{certificate.commendation_id.id}", code=303)


def get_file_name(certificate):
    """Return what the visitor's copy is called: award, name and number, as people look for it."""
    parts = (certificate.award_name, certificate.recipient_name, (certificate.number or "").replace("/", "-"))
    return safe_name(" - ".join(filter(None, parts)), "x").removesuffix(".x")


def sign_badge(certificate):
    """Return what was signed of the certificate as a signed credential.

    :raises UserError: this is a copy, its address is doubtful, the agency's private key is not on this server, or the
        register says something else than was signed
    """
    env = certificate.env
    certificate._check_signed()
    env["emulation.installation"]._check_public_address()  # a badge leads there for ever, like a printed code
    # Always today's key: one that was retired or stolen signs nothing new.
    key = env["emulation.signing.key"]._get_current(certificate.company_id)
    address = env["emulation.installation"]._get_public_address()
    issuer = get_issuer(env, certificate.company_id)
    said = certificate._read_signed()
    badge = Badge(
        certificate._get_verification_url(),
        said.name,
        said.award,
        f"{issuer.address}#{certificate.award_id.code}",
        said.number,
        said.decision,
        fields.Date.to_date(said.date),
    )
    credential = get_credential(badge, issuer)
    return sign(credential, key._get_private_key(), f"{address}/emulation/keys/{key.key_id}.jwk")


def group_by_year(commendations):
    """Return the commendations by year, the latest first: granted ones by the year of the decision."""
    years = {}
    for commendation in commendations:
        date = commendation.granted_date or commendation.period_to or commendation.create_date.date()
        years.setdefault(date.year, []).append(commendation_row(commendation))
    return [
        {
            "year": year,
            "rows": rows,
            "granted": sum(row["state"] == "granted" for row in rows),
            "moving": sum(row["is_moving"] for row in rows),
        }
        for year, rows in sorted(years.items(), reverse=True)
    ]


def commendation_page(commendation):
    decision = commendation.decision_id
    granted = commendation.state == "granted" and decision
    prize = commendation._get_due_prize() if granted else 0
    return {
        **commendation_row(commendation),
        "period": " – ".join(filter(None, [day(commendation.period_from), day(commendation.period_to)])),
        "summary": paragraphs(commendation.summary),
        "reason": commendation.reason or "",
        "steps": get_steps(commendation),
        "prize": format_amount(round(prize)) if prize else "",
        "decision_number": decision._get_document_number() if granted else "",
        "decision_date": day(decision.issue_date) if granted else "",
        "ceremony": decision._get_ceremony_text() if granted else "",
        "external_decision": commendation.external_decision or "",
        "has_decision_file": bool(granted and decision.document_attachment_id),
        "certificates": [
            {
                "id": certificate.id,
                "number": certificate.number or "",
                "state": certificate.state,
                "state_name": word(certificate, "state"),
                "issue_date": day(certificate.issue_date),
                # sudo: emulation.certificate - the address printed on the owner's own certificate
                "address": certificate._get_verification_url() if certificate.token else "",
            }
            for certificate in commendation.certificate_ids
        ],
    }


# ----------------------------------------------------------------------------------------------------
# The road of a dossier
# ----------------------------------------------------------------------------------------------------


def get_steps(commendation):
    """Return the road of the dossier: done steps with their day, the present one, those to come."""
    dates = get_step_dates(commendation)
    ended = commendation.state in ENDINGS
    present = ROAD.index(commendation.state) if not ended else len(ROAD)
    words = get_step_words(commendation)
    expected = get_expected(commendation, dates)
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
            {
                "kind": step_kind,
                "title": title,
                "text": explanation if step_kind != "next" else "",  # nothing of it has happened yet
                "date": day(dates.get(name)),
                "expected": day(expected.get(name)),
            }
        )
    if ended:
        title, explanation = words[commendation.state]
        date = day(dates.get(commendation.state))
        steps.append({"kind": "ended", "title": title, "text": explanation, "date": date, "expected": ""})
    return steps


def get_expected(commendation, dates):
    """Return {step to come: day until which people may expect it}: the deadline of an ad hoc award, else the days the
    agency gives itself for each step, counted from the last one taken.
    """
    company, state = commendation.company_id, commendation.state
    if state in ENDINGS or state in ("draft", "granted"):
        return {}
    days = {
        "endorsed": company.emulation_endorse_days if commendation.needs_endorsement else None,
        "appraised": company.emulation_appraise_days,
        "granted": company.emulation_decide_days,
    }
    moment = max((date for name, date in dates.items() if name in ROAD), default=None)
    expected = {}
    for name in ROAD[ROAD.index(state) + 1 :]:
        if name in days and days[name] is not None and moment:
            if not days[name]:
                break  # the agency tells no date, so none after it can be told
            moment += timedelta(days=days[name])
            expected[name] = moment
    if commendation.deadline and commendation.commendation_type == "ad_hoc":
        expected["granted"] = commendation.deadline
    return expected


def get_step_dates(commendation):
    """Return {state: day it was reached}, as far as the dossier keeps it."""
    user = commendation.env.user
    dates = {"draft": fields.Datetime.context_timestamp(user, commendation.create_date).date()}
    for state in ("submitted", "endorsed", "appraised"):
        stamp = f"{state}_on" in commendation._fields and commendation[f"{state}_on"]
        if stamp:
            dates[state] = fields.Datetime.context_timestamp(user, stamp).date()
    if commendation.granted_date:
        dates["granted"] = commendation.granted_date
    return dates


def get_step_words(commendation):
    env = commendation.env
    passed = env._("The council passed it.")
    refused = env._("The council did not pass it.")
    return {
        "draft": (env._("Prepared"), env._("The dossier is being written.")),
        "submitted": (
            env._("Proposed"),
            env._("The dossier is with the head of the unit."),
        ),
        "endorsed": (
            env._("Passed by the unit"),
            env._("The dossier is with the emulation officer."),
        ),
        "appraised": (env._("Appraised"), env._("The conditions have been checked.")),
        "voted": (
            env._("Voted by the council"),
            passed if commendation.vote_passed or commendation.state == "granted" else refused,
        ),
        "forwarded": (
            env._("Sent to the higher level"),
            env._("The superior agency decides."),
        ),
        "granted": (env._("Commended"), env._("The decision has been issued.")),
        "rejected": (
            env._("Not considered"),
            env._("The dossier has been closed without an award."),
        ),
        "withdrawn": (env._("Withdrawn"), env._("The proposer took the dossier back.")),
        "revoked": (
            env._("Revoked"),
            env._("The commendation has been revoked by a decision."),
        ),
    }


# ----------------------------------------------------------------------------------------------------
# What the recipient says back
# ----------------------------------------------------------------------------------------------------


def request_values(gate, commendation):
    can_write = not gate.person.is_former
    requests = [
        {
            "kind": entry.kind,
            "kind_name": word(entry, "kind"),
            "date": day_of(gate.env, entry.create_date),
            "text": paragraphs(entry.text),
            "state": entry.state,
            "state_name": word(entry, "state"),
            "answer": paragraphs(entry.answer) if entry.state == "answered" else [],
            "answer_by": day(entry.answer_by),
            "days_left": days_left(entry.answer_by, gate.today),
            "paper": f"/my/emulation/certificates/{entry.certificate_id.id}/request"
            if entry.certificate_id.state == "issued"
            else "",
        }
        for entry in commendation.request_ids
    ]
    granted = commendation.state == "granted" and can_write
    received = [entry["date"] for entry in requests if entry["kind"] == "receipt"]
    return {
        "requests": [entry for entry in requests if entry["kind"] != "receipt"],
        "received_on": received[0] if received else "",
        "may_receive": granted and not received,
        "may_correct": can_write,
        "may_appeal": can_write and may_appeal(commendation),
        "appeal_until": day(get_appeal_end(commendation)),
        "appeal_days_left": days_left(get_appeal_end(commendation), gate.today),
        "may_reissue": granted and any(card.state == "issued" for card in commendation.certificate_ids),
        "causes": commendation.env["emulation.request"]
        ._fields["cause"]
        ._description_selection(commendation.env),
        "may_consent": granted and commendation.recipient_type == "employee",
        "consent": commendation.honour_consent,
        "consent_wording": commendation.env["emulation.consent"]._get_wording("honour_board"),
        "story": commendation.honour_story or "",
    }


def get_appeal_end(commendation):
    """Return the last day to appeal, or None where there is nothing to appeal against."""
    days = commendation.company_id.emulation_appeal_days
    if commendation.state not in ANSWERED or not days:
        return None
    since = commendation.granted_date if commendation.state == "granted" else None
    since = since or (commendation.state_changed_on or commendation.write_date).date()
    return since + timedelta(days=days)


def may_appeal(commendation):
    until = get_appeal_end(commendation)
    return bool(until and fields.Date.context_today(commendation.env.user) <= until)


def do_ask(gate, commendation):
    allowed = {"correction"}
    if commendation.state == "granted":
        allowed |= {"receipt", "reissue"}
    if may_appeal(commendation):
        allowed.add("appeal")
    kind, text = gate.form.choice("kind", allowed), gate.form.text("text", REQUEST_LENGTH)
    cause = gate.form.choice("cause", dict(CAUSES))
    if not kind:
        raise UserError(gate.env._("This is not possible for this dossier now."))
    gate.form.check()
    gate.records("emulation.request")._ask(commendation, kind, text, cause)


def store_consent(form, commendation, agreed):
    story = form.text("story", STORY_LENGTH)
    form.check()
    consents = commendation.env["emulation.consent"]
    consents._answer(commendation, agreed, story)  # taken back at any time, whatever became of the award
