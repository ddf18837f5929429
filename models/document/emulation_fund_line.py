from odoo import api, fields, models
from odoo.exceptions import ValidationError


class EmulationFundLine(models.Model):
    """What is put into the fund of a year, or taken out of it otherwise than by the prize of a decision."""

    _name = "emulation.fund.line"
    _description = "Line of the emulation fund"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "fund_id"
    _writable = {"*": {"officer": {"fund_id", "date", "name", "kind", "amount", "is_planned"}}}
    _deletable = {"*": "officer"}
    _order = "date, id"

    fund_id = fields.Many2one("emulation.fund", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="fund_id.company_id", store=True)
    currency_id = fields.Many2one(related="fund_id.currency_id")
    date = fields.Date(required=True, default=fields.Date.context_today)
    name = fields.Char(string="What for", required=True)
    kind = fields.Selection(
        [
            ("income", "Put in"),
            ("objects", "Certificates, badges, frames, flowers"),
            ("gifts", "Souvenirs and gifts"),
            ("organising", "Organising"),
            ("other", "Other"),
        ],
        required=True,
        default="objects",
    )
    amount = fields.Monetary(required=True)
    is_planned = fields.Boolean(string="Planned", help="Not spent yet.")

    @api.constrains("amount")
    def _check_amount(self):
        for line in self:
            if line.amount <= 0 or line.amount != int(line.amount):
                raise ValidationError(
                    self.env._("%(line)s: give a whole amount of đồng above zero.", line=line.name)
                )
