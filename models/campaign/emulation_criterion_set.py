from odoo import fields, models


class EmulationCriterionSet(models.Model):
    """A scoring sheet. A launched campaign owns a locked copy of the template it was made from."""

    _name = "emulation.criterion.set"
    _description = "Criterion set"

    name = fields.Char(required=True)
    subject = fields.Selection(
        [("individual", "Individual"), ("collective", "Collective"), ("any", "Any")],
        default="any",
        required=True,
    )
    total_points = fields.Float(default=100, required=True, help="What the basic criteria must add up to.")
    template_id = fields.Many2one("emulation.criterion.set", string="Made from", readonly=True, copy=False)
    is_template = fields.Boolean(default=True)
    locked = fields.Boolean(readonly=True, copy=False)
    version = fields.Integer(default=1, readonly=True, copy=False, aggregator=None)
    criterion_ids = fields.One2many("emulation.criterion", "set_id", copy=True)
    grade_ids = fields.One2many("emulation.grade", "set_id", copy=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    active = fields.Boolean(default=True)
