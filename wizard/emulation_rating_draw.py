from odoo import fields, models


class EmulationRatingDraw(models.TransientModel):
    """Draws the yearly ratings of people and units from the confirmed evaluations of a review."""

    _name = "emulation.rating.draw"
    _description = "Derive ratings from evaluations"

    review_id = fields.Many2one("emulation.review", required=True)
    year = fields.Integer(required=True, default=lambda self: fields.Date.context_today(self).year)

    def action_draw(self):
        """Create or refresh a rating for every confirmed evaluation whose grade stands for one."""
        self.ensure_one()
        self.env["emulation.rating"].check_access("create")
        ratings = self.env["emulation.rating"]
        evaluations = self.env["emulation.evaluation"].search(
            [
                ("review_id", "=", self.review_id.id),
                ("state", "=", "confirmed"),
                ("grade_id.rating", "!=", False),
            ]
        )
        keys = evaluations.participation_id.mapped("recipient_key")
        known = {
            rating.recipient_key: rating
            for rating in ratings.search([("recipient_key", "in", keys), ("year", "=", self.year)])
        }
        to_create = []
        for evaluation in evaluations:
            rating = known.get(evaluation.participation_id.recipient_key)
            vals = self._prepare_rating(evaluation)
            if rating:
                rating._write_protected({key: vals[key] for key in ("rating", "source", "evaluation_id")})
            else:
                to_create.append(vals)
        created = ratings._create_protected(to_create)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ratings of %(year)s", year=self.year),
            "res_model": "emulation.rating",
            "view_mode": "list",
            "domain": [("id", "in", (created | ratings.union(*known.values())).ids)],
        }

    def _prepare_rating(self, evaluation):
        participation = evaluation.participation_id
        return {
            "recipient_type": participation.recipient_type,
            "employee_id": participation.employee_id.id,
            "department_id": participation.department_id.id,
            "partner_id": participation.partner_id.id,
            "company_id": participation.company_id.id,
            "year": self.year,
            "rating": evaluation.grade_id.rating,
            "source": self.review_id.display_name,
            "evaluation_id": evaluation.id,
        }
