from odoo import fields, models


class EmulationCertificateTemplate(models.Model):
    _name = "emulation.certificate.template"
    _description = "Certificate template"

    name = fields.Char(required=True)
    company_id = fields.Many2one("res.company", help="Empty: shared by all companies.")
    award_ids = fields.Many2many("emulation.award")
    mode = fields.Selection(
        [("full", "Everything"), ("preprinted", "Pre-printed stock")], default="full", required=True
    )
    page_width = fields.Float(string="Width (mm)", default=297, required=True)
    page_height = fields.Float(string="Height (mm)", default=210, required=True)
    offset_x = fields.Float(string="Shift right (mm)")
    offset_y = fields.Float(string="Shift down (mm)")
    field_ids = fields.One2many("emulation.certificate.field", "template_id", copy=True)
    active = fields.Boolean(default=True)
