"""Large files come in parts, so that a lost line costs the last part and not the file."""

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .evidence import MEGABYTE, MOST_FILES, UPLOAD_KEY
from .gate import REFUSED, Gate

UPLOADS = "/my/emulation/uploads"
PART = 256 * 1024


class Uploads(http.Controller):
    @http.route(UPLOADS, type="http", auth="user", methods=["POST"])
    def receive(self, **_form):
        """Store the next part of a file, or say without a part where to go on.

        Fields: ``key`` (SHA-256 of the file), ``size`` (of the file), ``start`` and ``part``. The answer is
        ``{"received": bytes that are here}``, or ``{"status": "refused", "message"}``.
        """
        gate = Gate.enter()
        gate.throttle("upload", limit=240)
        form = gate.form
        key = form.line("key", 64)
        start, size = form.number("start") or 0, form.number("size") or 0
        company = gate.records("res.company").browse(gate.person.employees[0][2])
        limit = company.emulation_evidence_size
        if not UPLOAD_KEY.fullmatch(key) or form.errors or size < 1:
            return refuse(gate.env._("This file cannot be sent in parts."))
        if size > limit * MEGABYTE:
            return refuse(gate.env._("A file may be at most %(limit)s MB.", limit=limit))
        part = form.files.get("part")
        content = part.read(PART + 1) if part else b""
        if len(content) > PART or start + len(content) > size:
            return refuse(gate.env._("This file cannot be sent in parts."))
        most = MOST_FILES * limit * MEGABYTE
        try:
            received = gate.env["emulation.upload.part"]._receive(key, int(start), content, most)
        except UserError as error:
            return refuse(error.args[0])
        return request.make_json_response({"received": received})


def refuse(text):
    return request.make_json_response({"status": "refused", "message": str(text)}, status=REFUSED)
