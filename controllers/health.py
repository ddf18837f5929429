from odoo import http
from odoo.http import request
from werkzeug.exceptions import NotFound

from ..models.mixin.emulation_role_mixin import ADMIN_GROUP

UNAVAILABLE = 503


class EmulationHealth(http.Controller):
    """A page for the monitor of a server; it shows itself with the API key of an administrator."""

    @http.route("/emulation/health", type="http", auth="bearer", methods=["GET"], readonly=True)
    def show_health(self):
        """Answer 200 if all is well and 503 if not, with what was looked at as JSON; 404 to who is no administrator."""
        if not request.env.user.has_group(ADMIN_GROUP):
            raise NotFound
        found = request.env["emulation.health"]._look()
        answer = request.make_json_response(found, status=200 if found["ok"] else UNAVAILABLE)
        answer.headers["Cache-Control"] = "no-store"
        return answer
