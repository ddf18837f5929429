from odoo import fields, models


class EmulationCriterion(models.Model):
    _name = "emulation.criterion"
    _description = "Criterion"
    _order = "set_id, sequence, id"

    set_id = fields.Many2one("emulation.criterion.set", required=True, ondelete="cascade", index=True)
    parent_id = fields.Many2one("emulation.criterion", ondelete="cascade", index=True)
    child_ids = fields.One2many("emulation.criterion", "parent_id")
    sequence = fields.Integer(default=10, aggregator=None)
    code = fields.Char()
    name = fields.Char(required=True)
    guidance = fields.Text()
    kind = fields.Selection(
        [
            ("group", "Group"),
            ("quantity", "Quantity"),
            ("rating", "Rating"),
            ("yes_no", "Yes or no"),
            ("bonus", "Bonus"),
            ("deduction", "Deduction"),
        ],
        required=True,
        default="rating",
    )
    max_points = fields.Float(help="Points at most; for a deduction, points taken off at most.")
    unit_of_measure = fields.Char()
    target = fields.Float()
    lower_is_better = fields.Boolean()
    points_per_occurrence = fields.Float(help="For a deduction: points taken off each time.")
    evidence_required = fields.Boolean()
    company_id = fields.Many2one(related="set_id.company_id", store=True, index=True)
