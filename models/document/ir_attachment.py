from odoo import api, models
from odoo.exceptions import AccessError

# Whoever may read a file may ask for a link to it, and the browser stores the thumbnail it drew; nothing of the
# file changes.
OPEN_FIELDS = {"access_token", "thumbnail"}


class IrAttachment(models.Model):
    """Keeps the stored PDF of an issued document and of a registered certificate as it is, whoever asks."""

    _inherit = "ir.attachment"

    def write(self, vals):
        if not vals.keys() <= OPEN_FIELDS:
            self._check_not_sealed()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sealed(self):
        self._check_not_sealed()

    def _check_not_sealed(self):
        sealed = self._get_sealed()
        if sealed:
            raise AccessError(
                self.env._(
                    "%(files)s: the PDF of an issued document is never changed or deleted.",
                    files=", ".join(sealed.mapped("name")),
                )
            )

    def _get_sealed(self):
        """Return those of these files that a document or certificate holds as its issued PDF or as its annex."""
        sealed = self.browse()
        # sudo: ir.attachment - a file is sealed for everybody, also for who cannot see the document it
        # belongs to
        for model, files in self.sudo().grouped("res_model").items():
            holder = self.env.get(model) if model else None
            field = getattr(holder, "_sealed_attachment_field", None)
            if field:
                # sudo: documents and certificates - as above
                sealed |= holder.sudo().search([(field, "in", files.ids)])[field] & files
            annexes = getattr(holder, "_sealed_files_field", None)
            if annexes:
                domain = [(annexes, "in", files.ids), ("state", "in", holder._issued_states)]
                sealed |= holder.sudo().search(domain)[annexes] & files
        return sealed.sudo(False)
