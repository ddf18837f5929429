from odoo import http
from odoo.exceptions import UserError
from odoo.http import request
from werkzeug.exceptions import NotFound

PAGE = {"type": "http", "auth": "user", "website": True, "sitemap": False}


class EmulationCounting(http.Controller):
    """Pages of the counting board (ban kiểm phiếu): each member gets a code; two codes open the ballot box.

    Codes go through forms of their own pages only: no dialog of the backend stores one, no log names one.
    """

    @http.route("/emulation/counting/<int:session_id>/code", methods=["GET"], **PAGE)
    def show_code_page(self, session_id):
        """Show a member of the board whether the own code is made."""
        return self._render("hr_emulation.counting_code", teller=self._find_teller(session_id))

    @http.route("/emulation/counting/<int:session_id>/code", methods=["POST"], **PAGE)
    def make_code(self, session_id):
        """Make the code of a member of the board and show it, this once."""
        teller = self._find_teller(session_id)
        code, error = self._try(teller._do_make_code)
        return self._render("hr_emulation.counting_code", teller=teller, code=code, error=error)

    @http.route("/emulation/counting/<int:session_id>", methods=["GET"], **PAGE)
    def show_opening_page(self, session_id):
        """Show where the two codes are typed."""
        return self._render("hr_emulation.counting_open", council_session=self._find_session(session_id))

    @http.route("/emulation/counting/<int:session_id>", methods=["POST"], **PAGE)
    def open_box(self, session_id, first="", second=""):
        """Close the vote with two codes."""
        session = self._find_session(session_id)
        _nothing, error = self._try(lambda: session._close_with_codes((str(first), str(second))))
        if error:
            return self._render("hr_emulation.counting_open", council_session=session, error=error)
        return request.redirect(f"/odoo/emulation-sessions/{session.id}", code=303)

    def _find_teller(self, session_id):
        teller = request.env["emulation.session.teller"]._find_own(session_id, request.env.user)
        if not teller:
            raise NotFound
        return teller

    def _find_session(self, session_id):
        """Return a session with a box of the counting board that the visitor runs."""
        sessions = request.env["emulation.session"]
        found = sessions.has_access("write") and sessions.search([("id", "=", session_id)])
        if not found or not found.has_access("write") or not found._is_board_box():
            raise NotFound
        return found

    @staticmethod
    def _try(action):
        """Return (outcome, error text) of an action; a refused one leaves nothing behind."""
        try:
            with request.env.cr.savepoint():
                return action(), ""
        except UserError as error:
            return None, str(error.args[0])

    @staticmethod
    def _render(template, **values):
        response = request.render(template, {"error": "", "code": "", **values})
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response
