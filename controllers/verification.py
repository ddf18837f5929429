import logging
from dataclasses import asdict
from datetime import UTC, date
from zoneinfo import ZoneInfo

from odoo import fields, http
from odoo.http import request
from werkzeug.exceptions import NotFound, TooManyRequests

from ..engine.typed import read_search
from ..engine.vietnamese import search_key
from ..printing.badge import Issuer, get_jwk, get_profile
from .portal import throttle

# Who guesses is stopped: by address, and by what is guessed. A name is not tried with number after number (what was
# this person given?), a number not with name after name (who got it?). Only what is not found counts, so that an
# honest paper may be checked by everybody.
SEARCHES, SEARCH_TIME = 20, 60
GUESSES, GUESS_TIME = 5, 3600
PAYLOAD_LENGTH = 4000
SEARCH_PAGE = "/kiem-tra"
SHARE_IMAGE = "/hr_emulation/static/src/portal/share.png"
CLOCK = ZoneInfo("Asia/Ho_Chi_Minh")
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
}
PAGE = {"type": "http", "auth": "public", "methods": ["GET"], "sitemap": False, "save_session": False}


def list_search_page(env, rule, query_string):
    """Yield the page on which anybody checks a certificate, for the sitemap of a website; its answers stay out."""
    if not query_string or query_string in SEARCH_PAGE:
        yield {"loc": SEARCH_PAGE}


class NoVisitorInLog(logging.Filter):
    """Keeps the server's access log silent about who checks which certificate."""

    def filter(self, record):
        message = record.getMessage()
        return "/emulation/verify" not in message and " /kt/" not in message and " /kiem-tra" not in message


logging.getLogger("werkzeug").addFilter(NoVisitorInLog())


class EmulationVerification(http.Controller):
    """The public page behind the QR code of a certificate: what is printed, and whether it still holds.

    Read-only, and nothing about the visitor is stored: no cookie, no session, no line in the access log.
    """

    @http.route("/kt/<string:code>", **PAGE)
    def verify_code(self, code, lang=None):
        """The address in the codes that are printed."""
        return self._render_check(
            request.env["emulation.certificate"]._verify_code(code[:PAYLOAD_LENGTH]), lang
        )

    @http.route("/emulation/verify/<string:token>", **PAGE)
    def verify(self, token, p=None, lang=None):
        """The address in codes that were printed earlier, and in the backend."""
        certificate = request.env["emulation.certificate"]._find_by_token(token)
        p = read_search(p, PAYLOAD_LENGTH) or None
        check = certificate._verify(p)
        query = f"p={p}&" if check.signature == "valid" else ""
        return self._render_check(check, lang, query=query)

    def _render_check(self, check, lang, **values):
        return self._render(
            check.page, lang, status=200 if check.certificate else 404, checks=[check], **values
        )

    # Read-only, so it needs no token against forged requests; sent as POST the name stays out of every address.
    @http.route(
        ["/emulation/verify", SEARCH_PAGE],
        csrf=False,
        **{**PAGE, "methods": ["GET", "POST"], "sitemap": list_search_page},
    )
    def search(self, number=None, name=None, lang=None):
        number, name = read_search(number, 40), read_search(name, 200)
        if request.httprequest.method == "GET" or not number or not name:
            return self._render("search", lang)
        searched = {"number": number, "name": name}
        try:
            found = find_by_number(request.env, number, name)
        except TooManyRequests:
            return self._render("busy", lang, status=429, searched=searched)
        if not found:
            return self._render("unknown", lang, status=404, searched=searched)
        checks = [certificate._verify() for certificate in found]
        return self._render(checks[0].page, lang, checks=checks, searched=searched)

    @http.route("/emulation/keys", **PAGE)
    def keys(self, lang=None):
        # sudo: emulation.signing.key - public halves only
        keys = request.env["emulation.signing.key"].sudo().search([])
        return self._render("keys", lang, keys=keys)

    @http.route("/emulation/keys.json", **PAGE)
    def keys_json(self):
        return request.make_json_response(request.env["emulation.signing.key"]._get_key_list())

    @http.route("/emulation/status.json", **PAGE)
    def status_json(self):
        return request.make_json_response(request.env["emulation.signing.key"]._get_status_lists())

    @http.route("/emulation/keys/<string:name>.jwk", **PAGE)
    def key_jwk(self, name):
        """The public key a badge is signed with, as validators ask for it; of a stolen one, nothing any more."""
        key = request.env["emulation.signing.key"]._find_by_name(name)
        if not key or key.stolen_on:
            raise NotFound
        return self._publish(get_jwk(key.key_id, key.public_key))

    @http.route("/emulation/issuers/<int:company_id>", **PAGE)
    def issuer(self, company_id):
        """The profile of an issuing body, as badges name it."""
        return self._publish(get_profile(get_issuer(request.env, find_issuer(request.env, company_id))))

    @staticmethod
    def _publish(content):
        response = request.make_json_response(content)
        response.headers["Access-Control-Allow-Origin"] = "*"  # wallets ask from their own pages
        return response

    def _render(self, page, lang, status=200, **values):
        installed = dict(request.env["res.lang"].get_installed())
        wanted = {"vi": "vi_VN", "en": "en_US"}.get(lang) or request.env.context.get("lang")
        code = wanted if wanted in installed else request.env.lang or "en_US"
        # sudo: ir.ui.view - a fixed public page
        view = request.env["ir.ui.view"].with_context(lang=code).sudo()
        values = verification_values(request.env, page, code, **values)
        content = view._render_template("hr_emulation.verification_page", values)
        return request.make_response(
            content,
            headers=[("Content-Type", "text/html; charset=utf-8"), *get_headers(page).items()],
            status=status,
        )


def get_headers(page):
    """Return the headers of a page; the empty form alone may be found by search engines."""
    left_out = {"X-Robots-Tag"} if page == "search" else set()
    return {name: value for name, value in HEADERS.items() if name not in left_out}


def find_by_number(env, number, name):
    """Return the certificates with this number and name: one, or several of namesakes in different agencies.

    :raises TooManyRequests: too many searches of this visitor, or too many wrong guesses at this name or number
    """
    throttle.check(env, (request.httprequest.remote_addr, "verify"), SEARCHES, SEARCH_TIME)
    printed = env["emulation.certificate"]._clean_register_number(number)
    guesses = [("verify name", search_key(name)), ("verify number", printed)]
    for guess in guesses:
        throttle.require(env, guess, GUESSES, GUESS_TIME)
    found = env["emulation.certificate"]._find_by_number(number, name)
    if not found:
        for guess in guesses:
            throttle.count(env, guess)
    return found


def find_issuer(env, company_id):
    """Return an agency that signs certificates.

    :raises NotFound: there is none by this id
    """
    # sudo: emulation.signing.key - that an agency signs is public
    key = env["emulation.signing.key"].sudo().search([("company_id", "=", company_id)], limit=1)
    if not key:
        raise NotFound
    return key.company_id


def get_issuer(env, company):
    """Return an agency as badges name it."""
    address = env["emulation.installation"]._get_public_address()
    return Issuer(f"{address}/emulation/issuers/{company.id}", company.name, company.partner_id.website or "")


def verification_values(env, page, code, checks=(), **values):
    """Return what the template of the public page shows.

    :param str page: state of the certificate, ``forged``, ``differs``, ``unregistered``, ``unknown``, ``busy``,
        ``search`` or ``keys``
    :param str code: language, as ``vi_VN``
    :param checks: what the register says of each certificate found
    """
    cards = [get_card(check, code) for check in checks]
    agencies = {card["certificate"].company_id for card in cards if card["certificate"]}
    return {
        "page": page,
        "title": get_title(env(context=dict(env.context, lang=code)), page),
        "checked_at": f"{fields.Datetime.now().replace(tzinfo=UTC).astimezone(CLOCK):%H:%M %d/%m/%Y}",
        "contacts": [get_contact(agency) for agency in agencies],
        "query": "",
        "searched": None,
        "is_vietnamese": code == "vi_VN",
        # sudo: ir.actions.report - our own style sheet; the fonts are the visitor's
        "page_style": env["ir.actions.report"].sudo()._get_lean_style("verification", families=()),
        "cards": cards or [{"page": page, "facts": None}],
        "share_image": f"{env['emulation.installation']._get_public_address()}{SHARE_IMAGE}",
        "is_copy": env["emulation.installation"]._is_copy(),
        **values,
    }


def get_card(check, code):
    """Return what the page shows of one certificate: what is signed, and where the register differs."""
    certificate, statement = check.certificate, check.statement
    facts = asdict(statement) if statement else certificate and certificate._get_registered_facts()
    return {
        "page": check.page,
        "check": check,
        "certificate": certificate,
        "facts": facts and {**facts, "date": facts["date"] and date.fromisoformat(facts["date"])},
        "award": get_award_in(certificate, code) if statement and "award" not in check.differences else "",
        "differences": check.differences,
        "ending": get_ending(certificate) if certificate else None,
    }


def get_title(env, page):
    """Return what the tab of the browser says: the verdict in a word."""
    titles = {
        "issued": env._("Valid certificate"),
        "suspended": env._("Suspended certificate"),
        "revoked": env._("Revoked certificate"),
        "replaced": env._("Replaced certificate"),
        "keys": env._("Public keys"),
    }
    return titles.get(page) or env._("Check a certificate")


def get_contact(agency):
    """Return whom to ask about a certificate: name, telephone, mail and site of the agency, as far as it says them."""
    partner = agency.partner_id
    return {
        "name": agency.name,
        "phone": partner.phone or "",
        "email": partner.email or "",
        "website": partner.website or "",
    }


def get_ending(certificate):
    """Return why and since when a certificate is not in force: the decision that revoked it, the one in its place."""
    decision = certificate.commendation_id.revocation_decision_id
    if certificate.state == "revoked" and decision:
        return {"number": decision._get_document_number(), "date": decision.issue_date, "url": ""}
    other = certificate.replaced_by_id
    if certificate.state == "replaced" and other:
        return {"number": other.number, "date": other.issue_date, "url": f"/emulation/verify/{other.token}"}
    return None


def get_award_in(certificate, code):
    """Return the award's name in the visitor's language, where that is not the one printed.

    Only as the law's catalogue came: what an agency calls an award afterwards says nothing of what was signed.
    """
    if not certificate or not certificate.award_id._is_named_as_shipped():
        return ""
    name = certificate.award_id.with_context(lang=code).name
    return name if name != certificate.award_name else ""
