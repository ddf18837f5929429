from odoo import fields, models


class EmulationAgencyKind(models.Model):
    """What an agency is in the law: it decides which awards its head may give (Law 06/2022/QH15, Articles 77–80)."""

    _name = "emulation.agency.kind"
    _description = "Kind of agency"
    _order = "sequence, id"

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10, aggregator=None)

    _code_uniq = models.Constraint("UNIQUE (code)", "There is already a kind of agency with this code.")
