from odoo import models


class ResourceResource(models.Model):
    """The name of an employee is that of the resource."""

    _inherit = "resource.resource"
    _emulation_text_fields = frozenset({"name"})
