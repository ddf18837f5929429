from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """Rule book settings of a company."""

    _inherit = "res.company"

    emulation_rulebook_id = fields.Many2one(
        "emulation.rulebook",
        string="Preferred rule book",
        domain="[('state', '=', 'active'), ('company_id', 'in', [id, False])]",
        help="Used on every day it covers. Empty: the company's own book, else the shared one in force.",
        groups="base.group_user",
    )
    emulation_register_from = fields.Date(
        string="Registers complete from",
        help="Awards, ratings and initiatives from this day on are all recorded. What is not on record since"
        " then did not happen; before, it may be missing, and a person must look.",
        groups="base.group_user",
    )
    emulation_prize_rounding = fields.Integer(
        string="Round prizes up to (đồng)",
        default=10_000,
        help="Decree 152/2025/NĐ-CP: ten thousand đồng.",
        groups="base.group_user",
    )
    emulation_round_individual_first = fields.Boolean(
        string="Round before multiplying",
        help="For collectives and households, round the individual's amount before multiplying it. The decree"
        " multiplies first and rounds once, at the end.",
        groups="base.group_user",
    )

    @api.constrains("emulation_prize_rounding")
    def _check_emulation_prize_rounding(self):
        for company in self:
            if company.emulation_prize_rounding <= 0:
                raise ValidationError(
                    self.env._(
                        "%(company)s: prizes must be rounded to one đồng or more.", company=company.name
                    )
                )
