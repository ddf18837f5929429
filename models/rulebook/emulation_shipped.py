from odoo import api, fields, models


class EmulationShipped(models.Model):
    """What the addon shipped last of a record that users may change (``emulation.shipped.mixin``)."""

    _name = "emulation.shipped"
    _description = "Original values of a supplied record"
    _inherit = ["emulation.guard.mixin"]  # nobody writes one but an update of the addon
    _rec_name = "res_model"

    res_model = fields.Char(string="Model", required=True, readonly=True)
    res_id = fields.Integer(string="Record number", required=True, readonly=True)
    xml_id = fields.Char(string="External ID", readonly=True)
    shipped_values = fields.Json(string="Original values", readonly=True)

    _record_uniq = models.UniqueIndex("(res_model, res_id)")

    @api.model
    @api.private
    def _find(self, model, ids):
        # sudo: emulation.shipped - what the files of the addon say; an update of the addon or a form asks
        return self.sudo().search([("res_model", "=", model), ("res_id", "in", ids)])

    @api.model
    @api.private
    def _get_values(self, records):
        """Return ``{id: {field: value of the addon's files}}`` of the records that were noted."""
        return {row.res_id: row.shipped_values for row in self._find(records._name, records.ids)}

    @api.model
    @api.private
    def _get_names(self, model):
        """Return the external ids of all that was ever shipped of a model, deleted ones too."""
        # sudo: emulation.shipped - as above
        return set(self.sudo().search([("res_model", "=", model), ("xml_id", "!=", False)]).mapped("xml_id"))

    @api.model
    @api.private
    def _note(self, model, shipped):
        """Remember what was shipped.

        :param dict shipped: ``{external id: {field: value}}``
        """
        by_id = {self.env.ref(xml_id).id: (xml_id, values) for xml_id, values in shipped.items() if values}
        known = {row.res_id: row for row in self._find(model, list(by_id))}
        for res_id, (xml_id, values) in by_id.items():
            if res_id in known:
                # Several files may each say something of a record.
                values = {**known[res_id].shipped_values, **values}
                known[res_id]._write_protected({"xml_id": xml_id, "shipped_values": values})
        fresh = [
            {"res_model": model, "res_id": res_id, "xml_id": xml_id, "shipped_values": values}
            for res_id, (xml_id, values) in by_id.items()
            if res_id not in known
        ]
        # sudo: emulation.shipped - as above
        self.sudo()._create_protected(fresh)
