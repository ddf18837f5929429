from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _serve_fallback(cls):
        # A path with a NUL is nobody's page; asked for by it, the database refuses the query itself.
        if "\x00" in request.httprequest.path:
            return None
        return super()._serve_fallback()
