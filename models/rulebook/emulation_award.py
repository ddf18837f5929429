from odoo import fields, models


class EmulationAward(models.Model):
    _name = "emulation.award"
    _description = "Emulation title or form of commendation"
    _order = "sequence, code"

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(
        default=100, aggregator=None, help="Rank: lower comes first in lists and ceremonies."
    )
    kind = fields.Selection(
        [
            ("title", "Emulation title"),
            ("form", "Form of commendation"),
            ("recognition", "Internal recognition"),
        ],
        required=True,
        default="recognition",
    )
    subject_individual = fields.Boolean(default=True)
    subject_collective = fields.Boolean()
    subject_household = fields.Boolean()
    level = fields.Selection(
        [
            ("internal", "Internal"),
            ("grassroots", "Grassroots"),
            ("sub_ministry", "Below ministry"),
            ("province", "Province"),
            ("ministry", "Ministry"),
            ("state", "State"),
        ],
        required=True,
        default="internal",
    )
    decider = fields.Char(translate=True)
    award_object = fields.Char(string="Object", translate=True, help="Certificate, flag, badge …")
    legal_reference = fields.Char()
    is_official = fields.Boolean(readonly=True, help="Shipped from the law: cannot be deleted.")
    company_id = fields.Many2one("res.company", help="Empty: shared by all companies.")
    active = fields.Boolean(default=True)
    rule_ids = fields.One2many("emulation.award.rule", "award_id")
