from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    emulation_honour_board = fields.Selection(related="company_id.emulation_honour_board", readonly=False)
    emulation_nomination = fields.Selection(related="company_id.emulation_nomination", readonly=False)
    emulation_evidence_size = fields.Integer(related="company_id.emulation_evidence_size", readonly=False)
    emulation_evidence_quota = fields.Integer(related="company_id.emulation_evidence_quota", readonly=False)
    emulation_appeal_days = fields.Integer(related="company_id.emulation_appeal_days", readonly=False)
