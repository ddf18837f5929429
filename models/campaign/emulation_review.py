from odoo import fields, models


class EmulationReview(models.Model):
    """A review round: interim (sơ kết) or final (tổng kết), L22 Art 17."""

    _name = "emulation.review"
    _description = "Review round"
    _inherit = ["mail.thread"]
    _order = "campaign_id, date_from, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    campaign_id = fields.Many2one("emulation.campaign", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="campaign_id.company_id", store=True, index=True)
    kind = fields.Selection([("interim", "Interim"), ("final", "Final")], required=True, default="final")
    date_from = fields.Date(required=True)
    date_to = fields.Date(required=True)
    self_deadline = fields.Date(string="Self score until")
    verify_deadline = fields.Date(string="Verified until")
    confirm_deadline = fields.Date(string="Confirmed until")
    state = fields.Selection(
        [("draft", "Draft"), ("open", "Open"), ("closed", "Closed")],
        default="draft",
        required=True,
        copy=False,
    )
    evaluation_ids = fields.One2many("emulation.evaluation", "review_id")

    _dates_in_order = models.Constraint(
        "CHECK (date_to >= date_from)", "The review period cannot end before it starts."
    )
