from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    emulation_rulebook_id = fields.Many2one(related="company_id.emulation_rulebook_id", readonly=False)
    emulation_register_from = fields.Date(related="company_id.emulation_register_from", readonly=False)
    emulation_awards_since = fields.Integer(related="company_id.emulation_awards_since", readonly=False)
    emulation_ratings_since = fields.Integer(related="company_id.emulation_ratings_since", readonly=False)
    emulation_initiatives_since = fields.Integer(
        related="company_id.emulation_initiatives_since", readonly=False
    )
    emulation_prize_rounding = fields.Integer(related="company_id.emulation_prize_rounding", readonly=False)
    emulation_round_individual_first = fields.Boolean(
        related="company_id.emulation_round_individual_first", readonly=False
    )
