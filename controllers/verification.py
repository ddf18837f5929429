import logging

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
        return "/emulation/verify" not in record.getMessage()


logging.getLogger("werkzeug").addFilter(NoVisitorInLog())


class EmulationVerification(http.Controller):
    """The public page behind the QR code of a certificate: what is printed, and whether it still holds.

    Read-only, and nothing about the visitor is stored: no cookie, no session, no line in the access log.
    """

    @http.route("/emulation/verify/<string:token>", **PAGE)
    def verify(self, token, p=None, lang=None):
        certificate = request.env["emulation.certificate"]._find_by_token(token)
        p = read_search(p, PAYLOAD_LENGTH)
        if not certificate:
            return self._render("unknown", lang, status=404)
        signature = certificate._check_payload(p) if p else "absent"
        page = certificate.state if signature in ("absent", "valid") else "forged"
        query = f"p={p}&" if signature == "valid" else ""
        return self._render(page, lang, certificate=certificate, signature=signature, query=query)

    # Read-only, so it needs no token against forged requests; sent as POST the name stays out of every address.
    @http.route("/emulation/verify", csrf=False, **{**PAGE, "methods": ["GET", "POST"]})
    def search(self, number=None, name=None, lang=None):
        number, name = read_search(number, 40), read_search(name, 200)
        if request.httprequest.method == "GET" or not number or not name:
            return self._render("search", lang)
        searched = {"number": number, "name": name}
        try:
            certificate = find_by_number(request.env, number, name)
        except TooManyRequests:
            return self._render("busy", lang, status=429, searched=searched)
        if not certificate:
            return self._render("unknown", lang, status=404, searched=searched)
        return self._render(
            certificate.state, lang, certificate=certificate, signature="absent", searched=searched
        )

    @http.route("/emulation/keys", **PAGE)
    def keys(self, lang=None):
        # Sudoed: public halves of the keys only.
        keys = request.env["emulation.signing.key"].sudo().search([])
        return self._render("keys", lang, keys=keys)

    @http.route("/emulation/keys.json", **PAGE)
    def keys_json(self):
        return request.make_json_response(request.env["emulation.signing.key"]._get_public_keys())

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
    """Return the certificate with this number and name, or an empty set.

    :raises TooManyRequests: too many searches of this visitor, or too many wrong guesses at this name or number
    """
    throttle.check(env, (request.httprequest.remote_addr, "verify"), SEARCHES, SEARCH_TIME)
    guesses = [("verify name", search_key(name)), ("verify number", number.casefold())]
    for guess in guesses:
        throttle.require(env, guess, GUESSES, GUESS_TIME)
    certificate = env["emulation.certificate"]._find_by_number(number, name)
    if not certificate:
        for guess in guesses:
            throttle.count(env, guess)
    return certificate


def verification_values(env, page, code, certificate=None, **values):
    """Return what the template of the public page shows.

    :param str page: state of the certificate, ``forged``, ``unknown``, ``busy``, ``search`` or ``keys``
    :param str code: language, as ``vi_VN``
    """
    return {
        "page": page,
        "query": "",
        "searched": None,
        "is_vietnamese": code == "vi_VN",
        # Sudoed: our own style sheet.
        "page_style": env["ir.actions.report"].sudo()._get_lean_style("verification"),
        "certificate": certificate,
        "award": certificate.award_id.with_context(lang=code).name if certificate else "",
        **values,
    }
