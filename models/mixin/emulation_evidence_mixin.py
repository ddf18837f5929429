from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...printing.evidence import identify


class EmulationEvidenceMixin(models.AbstractModel):
    """Files that prove something: documents and pictures only, whatever door they come through."""

    _name = "emulation.evidence.mixin"
    _inherit = ["emulation.upload.mixin"]
    _description = "Record with files of evidence"
    _upload_field = "evidence_ids"

    evidence_ids = fields.Many2many("ir.attachment")

    @api.constrains("evidence_ids")
    def _check_evidence(self):
        """Refuse a file whose content is neither a document nor a picture.

        :raises ValidationError: naming the file
        """
        # The web client saves with a context that gives sizes in place of contents.
        for attachment in self.evidence_ids.with_context(bin_size=False):
            if identify(attachment.raw or b"") == (None, None):
                raise ValidationError(
                    self.env._(
                        "“%(name)s” cannot be evidence: use a PDF, a JPEG or PNG picture, "
                        "or a Word, Excel or OpenDocument file without macros.",
                        name=attachment.name,
                    )
                )
