from odoo import fields, models


class EmulationCampaignPoint(models.Model):
    """One point of a document, in the writer's order and words."""

    _name = "emulation.campaign.point"
    _description = "Point of a campaign's document"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "document_id"
    _writable = {"draft": {"officer": {"document_id", "sequence", "level", "style", "name", "text"}}}
    _deletable = {"draft": "officer"}
    _order = "document_id, sequence, id"

    document_id = fields.Many2one(
        "emulation.campaign.document", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="document_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10, aggregator=None)
    level = fields.Integer(default=1, required=True, aggregator=None, help="1 outermost, 3 innermost.")
    style = fields.Selection(
        [
            ("roman", "I. II. III."),
            ("number", "1. 2. 3."),
            ("letter", "a) b) c) d) đ)"),
            ("dash", "–"),
            ("none", "Without a mark"),
        ],
        string="Numbering",
        default="number",
        required=True,
    )
    name = fields.Char(string="Heading")
    text = fields.Text(help="Each line is a paragraph.")
    table = fields.Json(readonly=True, help="Figures below the text: taken when the point was drafted.")

    _level_range = models.Constraint(
        "CHECK (level BETWEEN 1 AND 3)", "A point stands on one of three levels."
    )
