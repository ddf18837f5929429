from odoo import fields, models

from . import field_labels


class EmulationImportColumn(models.Model):
    """A column of the file and what it is read as; what an officer changes is remembered for the agency."""

    _name = "emulation.import.column"
    _description = "Column of an imported list"
    _order = "import_id, sequence, id"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "import_id"
    _writable = {"draft checked undone": {"officer": {"sequence", "field_name"}}}

    import_id = fields.Many2one(
        "emulation.import", string="Import of a list", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="import_id.company_id", store=True)
    kind = fields.Selection(related="import_id.kind")
    sequence = fields.Integer()
    key = fields.Char(required=True, readonly=True)
    heading = fields.Char(readonly=True)
    sample = fields.Char(string="First cells", readonly=True)
    year = fields.Integer(readonly=True, aggregator=None, help="Where each year has a column of its own.")
    field_name = fields.Selection(
        field_labels.FIELDS, string="Is read as", help="Empty: the column is not read."
    )

    def write(self, vals):
        result = super().write(vals)
        if "field_name" in vals:
            for column in self:
                self.env["emulation.import.memory"]._learn(
                    column.company_id, "heading", column.key, column.kind, field_name=column.field_name
                )
        return result
