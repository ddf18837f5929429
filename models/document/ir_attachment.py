from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL, ormcache

# Whoever may read a file may ask for a link to it, and the browser stores the thumbnail it drew; nothing of the
# file changes.
OPEN_FIELDS = {"access_token", "thumbnail"}


class IrAttachment(models.Model):
    """Keeps files as they are, whoever asks: the stored PDF of an issued document and of a registered certificate
    always, a file of evidence or of a dossier once its record is closed."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create(vals_list)
        if not self.env.su:
            files._check_own_fields()  # a file that says which field it fills is a way to write that field
        return files

    def write(self, vals):
        if vals.keys() <= OPEN_FIELDS:
            return super().write(vals)
        self._check_not_sealed()
        self._check_not_closed()
        result = super().write(vals)
        if vals.keys() & {"raw", "datas", "db_datas"}:
            self._check_still_evidence()
        if not self.env.su:
            self._check_own_fields()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sealed(self):
        self._check_not_sealed()
        self._check_not_closed()

    # ------------------------------------------------------------------
    # Issued documents
    # ------------------------------------------------------------------

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

    # ------------------------------------------------------------------
    # What hangs in a field of a guarded record follows that field
    # ------------------------------------------------------------------

    def _check_not_closed(self):
        """Refuse to change a file where its record would refuse another in its place.

        :raises AccessError, UserError: as the record's list of fields says (``emulation.guard.mixin``)
        """
        if not self.env.su:
            self._check_own_fields()
        for record, field in self._get_holders():
            if not record._has_seal():
                record._check_writable([field])

    def _check_own_fields(self):
        """Refuse to touch a file that is itself the content of a field: who changes it changes the field, which looks
        at what is put there and remembers its hash.

        :raises AccessError: the file is the content of a field of a guarded record
        """
        guard = self.env.registry["emulation.guard.mixin"]
        # Code of the addon stores what it computes itself; this is for those who come by themselves.
        # sudo: ir.attachment - only where the files belong
        for file in self.sudo():
            holder = self.env.get(file.res_model) if file.res_model and file.res_field else None
            if isinstance(holder, guard) and file.res_id and not holder._has_seal():
                raise AccessError(
                    self.env._("%(file)s is the content of a field: change it there.", file=file.name or "")
                )

    def _check_still_evidence(self):
        """What was put in the place of a file of evidence is a document or a picture too."""
        for record, field in self._get_holders():
            if field == "evidence_ids":
                # sudo: the holder - its files, whoever may see it
                record.sudo()._check_evidence()

    def _get_holders(self):
        """Return [(records, field)] of the guarded records that list any of these files; one query."""
        if not self.ids:
            return []
        parts = [
            SQL(
                "SELECT %s, %s, %s FROM %s WHERE %s IN %s",
                *(model, name, SQL.identifier(holder), SQL.identifier(relation), SQL.identifier(file)),
                tuple(self.ids),
            )
            for model, name, relation, holder, file in self._get_listing_fields()
        ]
        found = {}
        for model, name, record in self.env.execute_query(SQL(" UNION ").join(parts)) if parts else ():
            found.setdefault((model, name), []).append(record)
        return [(self.env[model].browse(ids), name) for (model, name), ids in found.items()]

    @api.model
    @ormcache()
    def _get_listing_fields(self):
        """Return ((model, field, table, column of the record, column of the file), …) of guarded models."""
        guard = self.env.registry["emulation.guard.mixin"]
        return tuple(
            (name, field.name, field.relation, field.column1, field.column2)
            for name in sorted(self.env.registry)
            if isinstance(self.env[name], guard) and self.env[name]._auto and not self.env[name]._abstract
            for field in self.env[name]._fields.values()
            if field.type == "many2many" and field.comodel_name == self._name and field.store
        )
