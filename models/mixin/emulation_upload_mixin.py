from odoo import api, models


class EmulationUploadMixin(models.AbstractModel):
    """Files that are uploaded before their record is saved become the record's own when it is: only who uploaded them
    reads a file that belongs to none, so a colleague would neither see nor seal nor send it.
    """

    _name = "emulation.upload.mixin"
    _description = "Record that takes in uploaded files"

    _upload_field = None  # the field that lists the files

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if any(vals.get(self._upload_field) for vals in vals_list):
            records._take_in()
        return records

    def write(self, vals):
        result = super().write(vals)
        if vals.get(self._upload_field):
            self._take_in()
        return result

    def _take_in(self):
        user = self.env.user
        # sudo: ir.attachment - the user's own uploads; from now on read by whoever reads the record
        for record in self._with_seal().sudo():
            loose = record[self._upload_field].filtered(
                lambda file: not (file.res_id or file.res_field) and (self.env.su or file.create_uid == user)
            )
            if loose:
                loose.write({"res_model": record._name, "res_id": record.id})
