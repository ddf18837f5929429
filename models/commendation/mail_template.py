from odoo import models


class MailTemplate(models.Model):
    """The addon's own mails may be rewritten; an update brings a new wording where nobody did."""

    _name = "mail.template"
    _inherit = ["mail.template", "emulation.shipped.mixin"]
    _shipped_fields = ("subject", "body_html")
