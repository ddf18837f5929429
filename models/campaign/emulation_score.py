from odoo import fields, models


class EmulationScore(models.Model):
    _name = "emulation.score"
    _description = "Score line"
    _order = "evaluation_id, sequence, id"

    evaluation_id = fields.Many2one("emulation.evaluation", required=True, ondelete="cascade", index=True)
    criterion_id = fields.Many2one("emulation.criterion", required=True, ondelete="restrict", index=True)
    sequence = fields.Integer(related="criterion_id.sequence", store=True, aggregator=None)
    company_id = fields.Many2one(related="evaluation_id.company_id", store=True, index=True)
    actual_value = fields.Float(help="What was reached, in the criterion's unit.")
    is_self_scored = fields.Boolean(readonly=True)
    is_verified = fields.Boolean(readonly=True)
    self_points = fields.Float(digits=(8, 2))
    verified_points = fields.Float(digits=(8, 2))
    final_points = fields.Float(digits=(8, 2))
    note = fields.Text()
    evidence_ids = fields.Many2many("ir.attachment", string="Evidence")

    _criterion_uniq = models.Constraint(
        "UNIQUE (evaluation_id, criterion_id)", "This criterion is already on the sheet."
    )
