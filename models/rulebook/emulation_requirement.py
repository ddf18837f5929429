from odoo import fields, models


class EmulationRequirement(models.Model):
    _name = "emulation.requirement"
    _description = "Requirement of an award rule"
    _order = "award_rule_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10, aggregator=None)
    award_rule_id = fields.Many2one("emulation.award.rule", required=True, ondelete="cascade", index=True)
    kind = fields.Char(required=True)
    severity = fields.Selection(
        [("block", "Blocks"), ("warn", "Warns"), ("info", "Informs")], required=True, default="block"
    )
    alternative_group = fields.Char(
        help="Requirements of one award with the same group are alternatives (or)."
    )
    article = fields.Char(help="Where the law says so.")
