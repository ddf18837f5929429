from odoo import models
from odoo.http import request
from werkzeug.exceptions import HTTPException

OWN_PAGES = ("/my/emulation", "/emulation/")
# Of a form sent by the page's own script, which wants its answer as JSON.
SCRIPT_HEADER = "X-Emulation-Form"


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        return [*super()._get_translation_frontend_modules_name(), "hr_emulation"]

    @classmethod
    def _match(cls, path):
        # An address with a line end is nobody's page; led on to another language, it would break the header.
        if path.startswith(OWN_PAGES) and not path.isprintable():
            request.is_frontend = request.is_frontend_multilang = False
        return super()._match(path)

    @classmethod
    def _serve_fallback(cls):
        # A path with a NUL is nobody's page; asked for by it, the database refuses the query itself.
        if "\x00" in request.httprequest.path:
            return None
        return super()._serve_fallback()

    @classmethod
    def _handle_error(cls, exception):
        """Answer an error on our own pages in their frame and in words, not as a bare page of the server."""
        response = super()._handle_error(exception)
        is_page = request.dispatcher.routing_type == "http"
        if not is_page or not request.httprequest.path.startswith(OWN_PAGES):
            return response
        code = response.code if isinstance(response, HTTPException) else response.status_code
        return cls._render_emulation_error(code, response) if code and code >= 400 else response

    @classmethod
    def _render_emulation_error(cls, code, response):
        if not request.env.uid:
            cls._auth_method_public()
        request.env.cr.rollback()
        wait = getattr(response, "retry_after", None)
        text = request.env["emulation.portal"]._get_error_text(code)
        if SCRIPT_HEADER in request.httprequest.headers:
            answer = {"status": "error", "code": code, "message": text, "wait": wait}
            answered = request.make_json_response(answer, status=code)
        else:
            values = {
                **request.env["emulation.portal"]._get_frame(),
                "error_code": code,
                "page_title": text.partition(".")[0],
                "error_text": text.partition(".")[2].strip(),
            }
            answered = request.render("hr_emulation.portal_error", values, status=code)
            answered.flatten()
        if wait:
            answered.headers["Retry-After"] = str(wait)
        answered.headers["Cache-Control"] = "no-store"
        cls._post_dispatch(answered)
        return answered
