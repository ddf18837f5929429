import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...printing.evidence import identify
from .emulation_document_mixin import DOCUMENT_STATES, FRAME


class EmulationIssuedDocumentMixin(models.AbstractModel):
    """A document that is sent out once: drafted, issued, then closed, with its signed copy beside it."""

    _name = "emulation.issued.document.mixin"
    _description = "Document issued once"
    _inherit = [
        "emulation.search.mixin",
        "emulation.verb.mixin",
        "emulation.document.mixin",
        "emulation.thread.mixin",
        "mail.activity.mixin",
    ]
    _search_key_fields = ("number", "symbol", "abstract")
    _order = "issue_date desc, id desc"
    _rec_name = "abstract"
    _check_company_auto = True
    # What still comes to an issued document is its signed copy.
    _writable = {
        "draft": {"officer": FRAME | {"company_id"}},
        "draft issued": {"officer": {"signed_copy", "signed_copy_name"}},
    }
    _deletable = {"draft": "officer"}
    # What the symbol of such a document begins with, as QĐ in QĐ-SNV (Decree 30/2020, Annex III).
    _symbol_kind = ""

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    state = fields.Selection(DOCUMENT_STATES, default="draft", required=True, copy=False, tracking=True)
    symbol = fields.Char(compute="_compute_symbol", store=True, readonly=False, precompute=True)
    signed_copy = fields.Binary(
        attachment=True,
        copy=False,
        help="Scan of the signed paper or the digitally signed PDF, kept beside the issued PDF.",
    )
    signed_copy_name = fields.Char(copy=False)
    signed_copy_sha256 = fields.Char(string="SHA-256 of the signed copy", copy=False, readonly=True)

    @api.depends("company_id")
    def _compute_symbol(self):
        for document in self:
            agency = document.company_id.emulation_document_symbol
            kind = document._symbol_kind
            document.symbol = f"{kind}-{agency}" if agency else document.symbol or kind

    @api.constrains("signed_copy")
    def _check_signed_copy(self):
        for document in self.filtered("signed_copy"):
            kind = identify(document._get_signed_content())[1]
            if kind not in ("application/pdf", "image/jpeg", "image/png"):
                raise ValidationError(self.env._("A signed copy is a PDF or a picture (JPEG, PNG)."))

    def write(self, vals):
        result = super().write(vals)
        if "signed_copy" in vals:
            self._note_signed_copy()
        return result

    def _get_signed_content(self):
        self.ensure_one()
        return base64.b64decode(self.with_context(bin_size=False).signed_copy or b"")

    def _note_signed_copy(self):
        for document in self:
            content = document._get_signed_content()
            digest = hashlib.sha256(content).hexdigest() if content else False
            document._write_protected({"signed_copy_sha256": digest})
            document.message_post(
                body=self.env._(
                    "Signed copy: %(name)s, SHA-256 %(digest)s",
                    name=document.signed_copy_name or "–",
                    digest=digest or "–",
                )
            )
