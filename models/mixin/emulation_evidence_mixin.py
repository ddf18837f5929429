from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...printing.evidence import identify


def take_in(records, name):
    """Make files that were uploaded before their record was saved the record's own: only who uploaded them reads a file
    that belongs to none, so a colleague would neither see nor seal nor send it.

    :param str name: the field that lists the files
    """
    user = records.env.user
    # sudo: ir.attachment - the user's own uploads; from now on read by whoever reads the record
    for record in records._with_seal().sudo():
        loose = record[name].filtered(
            lambda file: not (file.res_id or file.res_field) and (records.env.su or file.create_uid == user)
        )
        if loose:
            loose.write({"res_model": record._name, "res_id": record.id})


class EmulationEvidenceMixin(models.AbstractModel):
    """Files that prove something: documents and pictures only, whatever door they come through."""

    _name = "emulation.evidence.mixin"
    _description = "Record with files of evidence"

    evidence_ids = fields.Many2many("ir.attachment")

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if any(vals.get("evidence_ids") for vals in vals_list):
            take_in(records, "evidence_ids")
        return records

    def write(self, vals):
        result = super().write(vals)
        if vals.get("evidence_ids"):
            take_in(self, "evidence_ids")
        return result

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
