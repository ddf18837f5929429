from odoo import fields, models


class EmulationLegalDocument(models.Model):
    _name = "emulation.legal.document"
    _description = "Legal document"
    _order = "issue_date desc, id desc"

    name = fields.Char(required=True, help="Short name, for example: Luật Thi đua, khen thưởng.")
    kind = fields.Selection(
        [
            ("law", "Law"),
            ("decree", "Decree"),
            ("circular", "Circular"),
            ("resolution", "Resolution"),
            ("directive", "Directive"),
            ("decision", "Decision"),
            ("plan", "Plan"),
            ("letter", "Official letter"),
            ("other", "Other"),
        ],
        default="other",
        required=True,
    )
    number = fields.Char()
    issue_date = fields.Date()
    issuer = fields.Char()
    abstract = fields.Char()
    date_from = fields.Date(string="In force from")
    date_to = fields.Date(string="In force until")
    company_id = fields.Many2one("res.company", help="Empty: shared by all companies.")
    active = fields.Boolean(default=True)
