from odoo import api, fields, models


class EmulationRatingDraw(models.TransientModel):
    """Draws the yearly ratings of people and units from the confirmed evaluations of a review."""

    _name = "emulation.rating.draw"
    _description = "Derive ratings from evaluations"
    _inherit = ["emulation.wizard.mixin"]

    review_id = fields.Many2one("emulation.review", required=True)
    year = fields.Char(compute="_compute_year", help="The year the round ends in.")

    @api.depends("review_id")
    def _compute_year(self):
        for draw in self:
            draw.year = str(draw.review_id.date_to.year) if draw.review_id.date_to else False

    def action_draw(self):
        """Create or refresh a rating for every confirmed evaluation whose grade stands for one.

        Of the year of the round and no other, and what was rated otherwise stays: this is no way to write history.
        """
        self.ensure_one()
        review = self.review_id
        review.check_access("write")
        self.env["emulation.rating"].check_access("create")
        ratings = review._do_draw_ratings()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ratings of %(year)s", year=self.year),
            "res_model": "emulation.rating",
            "view_mode": "list",
            "domain": [("id", "in", ratings.ids)],
        }
