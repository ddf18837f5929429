import logging
from dataclasses import asdict
from datetime import date

from odoo import http
from odoo.http import request
from werkzeug.exceptions import TooManyRequests

from ..engine.typed import read_search
from ..engine.vietnamese import search_key
from .portal import throttle

# Who guesses is stopped: by address, and by what is guessed. A name is not tried with number after number (what was
# this person given?), a number not with name after name (who got it?). Only what is not found counts, so that an
# honest paper may be checked by everybody.
SEARCHES, SEARCH_TIME = 20, 60
GUESSES, GUESS_TIME = 5, 3600
PAYLOAD_LENGTH = 4000
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
    @http.route(["/emulation/verify", "/kiem-tra"], csrf=False, **{**PAGE, "methods": ["GET", "POST"]})
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
        # Sudoed: public halves of the keys only.
        keys = request.env["emulation.signing.key"].sudo().search([])
        return self._render("keys", lang, keys=keys)

    @http.route("/emulation/keys.json", **PAGE)
    def keys_json(self):
        return request.make_json_response(request.env["emulation.signing.key"]._get_key_list())

    @http.route("/emulation/status.json", **PAGE)
    def status_json(self):
        return request.make_json_response(request.env["emulation.signing.key"]._get_status_lists())

    def _render(self, page, lang, status=200, **values):
        installed = dict(request.env["res.lang"].get_installed())
        wanted = {"vi": "vi_VN", "en": "en_US"}.get(lang) or request.env.context.get("lang")
        code = wanted if wanted in installed else request.env.lang or "en_US"
        view = request.env["ir.ui.view"].with_context(lang=code).sudo()  # a fixed public page
        values = verification_values(request.env, page, code, **values)
        content = view._render_template("hr_emulation.verification_page", values)
        return request.make_response(
            content,
            headers=[("Content-Type", "text/html; charset=utf-8"), *HEADERS.items()],
            status=status,
        )


def find_by_number(env, number, name):
    """Return the certificates with this number and name: one, or several of namesakes in different agencies.

    :raises TooManyRequests: too many searches of this visitor, or too many wrong guesses at this name or number
    """
    throttle.check(env, (request.httprequest.remote_addr, "verify"), SEARCHES, SEARCH_TIME)
    guesses = [("verify name", search_key(name)), ("verify number", number.casefold())]
    for guess in guesses:
        throttle.require(env, guess, GUESSES, GUESS_TIME)
    found = env["emulation.certificate"]._find_by_number(number, name)
    if not found:
        for guess in guesses:
            throttle.count(env, guess)
    return found


def verification_values(env, page, code, checks=(), **values):
    """Return what the template of the public page shows.

    :param str page: state of the certificate, ``forged``, ``differs``, ``unregistered``, ``unknown``, ``busy``,
        ``search`` or ``keys``
    :param str code: language, as ``vi_VN``
    :param checks: what the register says of each certificate found
    """
    return {
        "page": page,
        "query": "",
        "searched": None,
        "is_vietnamese": code == "vi_VN",
        # Sudoed: our own style sheet.
        "page_style": env["ir.actions.report"].sudo()._get_lean_style("verification"),
        "cards": [get_card(check, code) for check in checks] or [{"page": page, "facts": None}],
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
    }


def get_award_in(certificate, code):
    """Return the award's name in the visitor's language, where that is not the one printed."""
    if not certificate:
        return ""
    name = certificate.award_id.with_context(lang=code).name
    return name if name != certificate.award_name else ""
