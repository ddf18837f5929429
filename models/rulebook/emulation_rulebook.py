from odoo import fields, models


class EmulationRulebook(models.Model):
    _name = "emulation.rulebook"
    _description = "Rule book"
    _order = "date_from desc, id desc"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    date_from = fields.Date(required=True)
    date_to = fields.Date()
    company_id = fields.Many2one("res.company", help="Empty: shared by all companies.")
    legal_document_ids = fields.Many2many("emulation.legal.document")
    award_rule_ids = fields.One2many("emulation.award.rule", "rulebook_id")
    note = fields.Text()
    active = fields.Boolean(default=True)
