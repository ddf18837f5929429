from odoo import fields, models


class EmulationCertificateField(models.Model):
    _name = "emulation.certificate.field"
    _description = "Box on a certificate"
    _order = "template_id, sequence, id"

    template_id = fields.Many2one(
        "emulation.certificate.template", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10, aggregator=None)
    content = fields.Char(required=True)
    x = fields.Float(string="X (mm)", aggregator=None)
    y = fields.Float(string="Y (mm)", aggregator=None)
    width = fields.Float(string="Width (mm)", aggregator=None)
    font_size = fields.Float(string="Size (pt)", default=14, aggregator=None)
    align = fields.Selection(
        [("left", "Left"), ("center", "Centre"), ("right", "Right")], default="center", required=True
    )
    company_id = fields.Many2one(related="template_id.company_id", store=True)
