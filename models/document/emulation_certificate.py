from odoo import fields, models


class EmulationCertificate(models.Model):
    """One entry of the register (sổ cấp): a certificate that exists on paper."""

    _name = "emulation.certificate"
    _description = "Certificate"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _rec_name = "number"
    _check_company_auto = True

    number = fields.Char(readonly=True, copy=False, index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    commendation_id = fields.Many2one(
        "emulation.commendation", required=True, readonly=True, index=True, ondelete="restrict"
    )
    decision_id = fields.Many2one("emulation.decision", readonly=True, index=True, ondelete="restrict")
    award_id = fields.Many2one(related="commendation_id.award_id", store=True)
    template_id = fields.Many2one("emulation.certificate.template", ondelete="restrict")
    recipient_name = fields.Char(readonly=True)
    unit_name = fields.Char(readonly=True)
    position_name = fields.Char(readonly=True)
    issue_date = fields.Date(readonly=True)
    state = fields.Selection(
        [("issued", "Valid"), ("suspended", "Suspended"), ("revoked", "Revoked"), ("replaced", "Replaced")],
        default="issued",
        required=True,
        readonly=True,
        tracking=True,
    )
    token = fields.Char(readonly=True, copy=False, groups="hr_emulation.group_emulation_officer")
    replaced_by_id = fields.Many2one("emulation.certificate", readonly=True, index="btree_not_null")
    attachment_id = fields.Many2one("ir.attachment", readonly=True, copy=False)

    _token_uniq = models.UniqueIndex("(token) WHERE token IS NOT NULL")
