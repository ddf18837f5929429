import secrets

from odoo import fields, models

DOCUMENT_STATES = [("draft", "Draft"), ("issued", "Issued"), ("cancelled", "Cancelled")]


class EmulationDocumentMixin(models.AbstractModel):
    """One administrative document (Decree 30/2020): numbered, dated, signed, stored as PDF with its hash.

    Every heir has its own ``state``: usually ``DOCUMENT_STATES``, for a campaign its richer life.
    ``_issued_states`` says in which of them the document is out of the house and no longer editable.
    """

    _name = "emulation.document.mixin"
    _description = "Administrative document"

    _issued_states = ("issued",)

    number = fields.Char(copy=False, tracking=True, help="As given by the clerk, without the symbol.")
    symbol = fields.Char(help="For example QĐ-SNV or KH-VPUBND.")
    issue_date = fields.Date(copy=False, tracking=True)
    place = fields.Char(default=lambda self: self.env.company.city)
    signer_id = fields.Many2one("hr.employee", check_company=True)
    signer_capacity = fields.Selection(
        [
            ("none", "In own name"),
            ("TM", "TM. (on behalf of the collective)"),
            ("KT", "KT. (deputy for the head)"),
            ("TL", "TL. (by order)"),
            ("TUQ", "TUQ. (authorised)"),
            ("Q", "Q. (acting)"),
        ],
        default="none",
        required=True,
    )
    signer_on_behalf = fields.Char(
        help="The body or the head signed for, printed after TM., KT., TL. or TUQ."
    )
    signer_title = fields.Char()
    legal_basis_ids = fields.Many2many("emulation.legal.document", string="Legal bases")
    abstract = fields.Char(help="What the document is about, in one line.")
    recipient_lines = fields.Text(string="Sent to", help="One recipient a line.")
    document_attachment_id = fields.Many2one("ir.attachment", string="Issued PDF", copy=False, readonly=True)
    document_sha256 = fields.Char(string="SHA-256 of the PDF", copy=False, readonly=True)
    verification_token = fields.Char(
        copy=False,
        readonly=True,
        index="btree_not_null",
        groups="hr_emulation.group_emulation_officer",
        default=lambda self: self._default_verification_token(),
    )

    def _default_verification_token(self):
        return secrets.token_urlsafe(24)

    def _get_document_number(self):
        """Return number and symbol as printed, e.g. ``05/QĐ-SCT``; empty while not numbered."""
        self.ensure_one()
        if not self.number:
            return ""
        number = self.number.zfill(2) if self.number.isdigit() else self.number
        return f"{number}/{self.symbol}" if self.symbol else number
