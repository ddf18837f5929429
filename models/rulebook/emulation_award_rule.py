from odoo import fields, models


class EmulationAwardRule(models.Model):
    """What one rule book says about one award."""

    _name = "emulation.award.rule"
    _description = "Award rule"
    _rec_name = "award_id"

    rulebook_id = fields.Many2one("emulation.rulebook", required=True, ondelete="cascade", index=True)
    award_id = fields.Many2one("emulation.award", required=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(related="rulebook_id.company_id", store=True)
    coefficient_individual = fields.Float(digits=(8, 3), help="Multiple of the base salary.")
    coefficient_collective = fields.Float(digits=(8, 3))
    coefficient_household = fields.Float(digits=(8, 3))
    vote_threshold = fields.Float(string="Vote threshold (%)")
    quorum = fields.Float(string="Quorum (%)")
    vote_base = fields.Selection(
        [("all_members", "All members"), ("present", "Members present")], default="all_members", required=True
    )
    secret_ballot = fields.Boolean()
    publication_days = fields.Integer(string="Publication (working days)")
    quota_percent = fields.Float(string="Quota (%)")
    needs_endorsement = fields.Boolean(default=True)
    needs_council = fields.Boolean(default=False)
    requirement_ids = fields.One2many("emulation.requirement", "award_rule_id")

    _award_uniq = models.Constraint(
        "UNIQUE (rulebook_id, award_id)", "This rule book already has a rule for the award."
    )
