from odoo import api, fields, models
from odoo.fields import Command

from ..engine.vietnamese import format_decimal
from ..models.campaign import automatic

MOST_SHOWN = 200


class EmulationAutomaticFill(models.TransientModel):
    """What the registers say of the open sheets of a round, to look at before it is filled in."""

    _name = "emulation.automatic.fill"
    _description = "Figures from the registers"
    _inherit = ["emulation.wizard.mixin"]

    review_id = fields.Many2one("emulation.review", required=True, readonly=True, ondelete="cascade")
    line_ids = fields.One2many(
        "emulation.automatic.fill.line", "fill_id", string="Rows", compute="_compute_line_ids"
    )
    is_anything_drawn = fields.Boolean(compute="_compute_line_ids")
    line_count = fields.Integer(string="Lines that change", compute="_compute_line_ids")
    hidden_count = fields.Integer(string="Not shown", compute="_compute_line_ids")

    @api.depends("review_id")
    def _compute_line_ids(self):
        for dialog in self:
            found = dialog._find_rows()
            rows = [row for row in found if row.is_changed]
            shown = rows[:MOST_SHOWN]
            dialog.line_ids = [Command.clear(), *(Command.create(dialog._prepare_line(row)) for row in shown)]
            dialog.is_anything_drawn = bool(found)
            dialog.line_count = len(rows)
            dialog.hidden_count = len(rows) - len(shown)

    def _find_rows(self):
        review = self.review_id._origin
        review.check_access("write")
        return automatic.find(review) if review.state == "open" else []

    @staticmethod
    def _prepare_line(row):
        return {
            "evaluation_id": row.evaluation_id,
            "criterion_id": row.criterion_id,
            "former_value": "–" if row.former is None else format_decimal(row.former),
            "value": row.value,
            "points": row.points,
        }

    def action_fill(self):
        """Fill in what the registers say now."""
        self.ensure_one()
        self.review_id.action_fill_automatic()
        return {"type": "ir.actions.act_window_close"}


class EmulationAutomaticFillLine(models.TransientModel):
    _name = "emulation.automatic.fill.line"
    _description = "Figure from a register"
    _inherit = ["emulation.wizard.mixin"]

    fill_id = fields.Many2one(
        "emulation.automatic.fill",
        string="Figures from the registers",
        required=True,
        ondelete="cascade",
        index=True,
    )
    evaluation_id = fields.Many2one("emulation.evaluation", string="Scoring sheet", ondelete="cascade")
    criterion_id = fields.Many2one("emulation.criterion", ondelete="cascade")
    former_value = fields.Char(string="So far")
    value = fields.Float(string="In the register")
    points = fields.Float()
