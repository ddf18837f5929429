from odoo import fields, models


class EmulationBaseSalary(models.Model):
    _name = "emulation.base.salary"
    _description = "Base salary"
    _order = "date_from desc"
    _rec_name = "date_from"

    date_from = fields.Date(required=True)
    currency_id = fields.Many2one(
        "res.currency", default=lambda self: self.env.ref("base.VND"), required=True, readonly=True
    )
    amount = fields.Monetary(required=True, help="Đồng a month.")
    legal_document_id = fields.Many2one("emulation.legal.document")

    _date_uniq = models.Constraint("UNIQUE (date_from)", "There is already a base salary from this date.")
