from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# Register of the engine -> the year from which it is complete.
REGISTERS = {
    "awards": "emulation_awards_since",
    "ratings": "emulation_ratings_since",
    "achievements": "emulation_initiatives_since",
}


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
    emulation_awards_since = fields.Integer(
        string="Awards complete since",
        help="A year, once the lists of that year and later are imported. 0: as for all registers.",
        groups="base.group_user",
    )
    emulation_ratings_since = fields.Integer(
        string="Ratings complete since",
        help="A year, once the lists of that year and later are imported. 0: as for all registers.",
        groups="base.group_user",
    )
    emulation_initiatives_since = fields.Integer(
        string="Initiatives complete since",
        help="A year, once the lists of that year and later are imported. 0: as for all registers.",
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
        help="Decree 152/2025/NĐ-CP, Article 54(2), gives a collective twice “the money of the individual”: on, the"
        " rounded amount is doubled; off, the multiples are multiplied and the result is rounded once.",
        groups="base.group_user",
    )

    @api.constrains("emulation_awards_since", "emulation_ratings_since", "emulation_initiatives_since")
    def _check_emulation_since(self):
        for company in self:
            for name in REGISTERS.values():
                if company[name] and not 1945 <= company[name] <= 2200:
                    raise ValidationError(self.env._("Write the year in full."))

    def _get_emulation_known(self):
        """Return {register: first day from which it is complete}, for the registers with a day of their own."""
        self.ensure_one()
        return {register: date(self[name], 1, 1) for register, name in REGISTERS.items() if self[name]}

    @api.constrains("emulation_prize_rounding")
    def _check_emulation_prize_rounding(self):
        for company in self:
            if company.emulation_prize_rounding <= 0:
                raise ValidationError(
                    self.env._(
                        "%(company)s: prizes must be rounded to one đồng or more.", company=company.name
                    )
                )
