from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    emulation_parent_agency = fields.Char(
        string="Agency above", help="Printed above the company's name on administrative documents."
    )
    emulation_is_state_body = fields.Boolean(
        string="State body",
        default=True,
        help="Documents follow Decree 30/2020; otherwise the letterhead is used.",
    )
    emulation_document_symbol = fields.Char(
        string="Symbol of the agency", help="Used in document numbers, for example SCT in 05/QĐ-SCT."
    )
