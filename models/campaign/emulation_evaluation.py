from odoo import fields, models


class EmulationEvaluation(models.Model):
    """Scores of one registration in one review round."""

    _name = "emulation.evaluation"
    _description = "Evaluation"
    _inherit = ["mail.thread"]
    _order = "review_id, id"
    _check_company_auto = True

    participation_id = fields.Many2one(
        "emulation.participation", required=True, ondelete="cascade", index=True
    )
    review_id = fields.Many2one("emulation.review", required=True, ondelete="cascade", index=True)
    campaign_id = fields.Many2one(related="participation_id.campaign_id", store=True, index=True)
    company_id = fields.Many2one(related="participation_id.company_id", store=True, index=True)
    employee_id = fields.Many2one(related="participation_id.employee_id", store=True, index=True)
    department_id = fields.Many2one(related="participation_id.department_id", store=True, index=True)
    unit_id = fields.Many2one(related="participation_id.unit_id", store=True, index=True)
    set_id = fields.Many2one("emulation.criterion.set", required=True, ondelete="restrict")
    state = fields.Selection(
        [
            ("draft", "To fill in"),
            ("submitted", "Submitted"),
            ("verified", "Verified"),
            ("confirmed", "Confirmed"),
        ],
        default="draft",
        required=True,
        copy=False,
        tracking=True,
    )
    score_ids = fields.One2many("emulation.score", "evaluation_id")
    self_total = fields.Float(readonly=True, digits=(8, 2))
    verified_total = fields.Float(readonly=True, digits=(8, 2))
    final_total = fields.Float(readonly=True, digits=(8, 2))
    grade_id = fields.Many2one("emulation.grade", readonly=True, ondelete="restrict")
    rank = fields.Integer(readonly=True, aggregator=None)

    _one_per_round = models.Constraint(
        "UNIQUE (participation_id, review_id)", "There is already an evaluation for this review round."
    )
