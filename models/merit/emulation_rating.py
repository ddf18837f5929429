from odoo import api, fields, models


class EmulationRating(models.Model):
    """Yearly completion level of a person or a unit."""

    _name = "emulation.rating"
    _description = "Yearly rating"
    _inherit = ["emulation.recipient.mixin"]
    _order = "year desc, id desc"
    _check_company_auto = True
    _writable = {
        "*": {
            "officer stand_in": {
                *("recipient_type", "employee_id", "department_id", "partner_id", "subject", "unit_id"),
                *("company_id", "year", "rating", "source"),
            }
        }
    }
    _deletable = {"*": "officer stand_in"}

    year = fields.Integer(required=True, aggregator=None)
    rating = fields.Selection(
        [
            ("excellent", "Excellent"),
            ("good", "Good"),
            ("completed", "Completed"),
            ("not_completed", "Not completed"),
        ],
        required=True,
    )
    source = fields.Char(help="Decision or evaluation the rating comes from.")
    evaluation_id = fields.Many2one(
        "emulation.evaluation", readonly=True, ondelete="set null", index="btree_not_null"
    )

    _year_uniq = models.UniqueIndex(
        "(recipient_key, year)", "This recipient already has a rating for the year."
    )
    # The list in its own order, without sorting the rest.
    _latest_idx = models.Index("(company_id, year DESC, id DESC)")
    _year_is_a_year = models.Constraint("CHECK (year BETWEEN 1945 AND 2200)", "Write the year in full.")

    @api.depends("year", "recipient_type", "employee_id", "department_id", "partner_id")
    def _compute_display_name(self):
        for rating in self:
            name = rating._get_recipient_name() if rating.recipient_type else ""
            rating.display_name = f"{name} – {rating.year}" if name else False
