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
    emulation_ad_hoc_days = fields.Integer(
        string="Days for an ad hoc commendation",
        default=10,
        help="Target: days from the sudden achievement to the decision.",
    )
    emulation_show_granted = fields.Boolean(
        string="Show commendations to all staff",
        default=True,
        help="Every employee of the company sees who was commended for what; never proposals or reasons.",
    )
