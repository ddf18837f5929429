from odoo import fields, models

from ..mixin.emulation_document_mixin import DOCUMENT_STATES


class EmulationDecision(models.Model):
    """A commendation decision (quyết định khen thưởng), or one that revokes."""

    _name = "emulation.decision"
    _description = "Commendation decision"
    _inherit = ["emulation.document.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "issue_date desc, id desc"
    _rec_name = "abstract"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    state = fields.Selection(DOCUMENT_STATES, default="draft", required=True, copy=False, tracking=True)
    kind = fields.Selection(
        [("grant", "Commends"), ("amendment", "Amends"), ("revocation", "Revokes")],
        required=True,
        default="grant",
    )
    campaign_id = fields.Many2one("emulation.campaign", check_company=True, index=True)
    commendation_ids = fields.One2many("emulation.commendation", "decision_id")
    certificate_ids = fields.One2many("emulation.certificate", "decision_id")
    currency_id = fields.Many2one(
        "res.currency", default=lambda self: self.env.ref("base.VND"), required=True, readonly=True
    )
    prize_total = fields.Monetary(readonly=True, copy=False)
    prize_total_words = fields.Char(readonly=True, copy=False)
    fund_source = fields.Char()
