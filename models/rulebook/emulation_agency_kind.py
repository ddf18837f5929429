from odoo import fields, models


class EmulationAgencyKind(models.Model):
    """What an agency is in the law: it decides which awards its head may give (Law 06/2022/QH15, Articles 77–80)
    and what its commendation fund may hold (Decree 152/2025/NĐ-CP, Article 46)."""

    _name = "emulation.agency.kind"
    _description = "Kind of agency"
    _order = "sequence, id"
    _inherit = ["emulation.guard.mixin"]
    _writable = {
        "*": {
            "admin": {
                *("code", "name", "fund_basis", "fund_percent", "fund_article", "sequence"),
                "set_aside_award_ids",
            }
        }
    }
    _deletable = {"*": "admin"}

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    fund_basis = fields.Selection(
        [("salary", "Grade salary fund"), ("spending", "Regular budget spending"), ("own", "Own rules")],
        default="own",
        required=True,
        help="What the commendation fund is measured by (Decree 152/2025/NĐ-CP, Article 46).",
    )
    fund_percent = fields.Float(string="Fund, at most (%)", digits=(5, 2))
    fund_article = fields.Char(string="Article on the fund")
    set_aside_award_ids = fields.Many2many(
        "emulation.award",
        "emulation_agency_kind_set_aside_rel",
        string="Awards set aside",
        help="Not offered to such an agency; whoever types the name finds them.",
    )
    sequence = fields.Integer(default=10, aggregator=None)

    _code_uniq = models.Constraint("UNIQUE (code)", "There is already a kind of agency with this code.")
