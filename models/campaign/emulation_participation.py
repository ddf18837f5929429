from odoo import fields, models


class EmulationParticipation(models.Model):
    """Registration (đăng ký thi đua) of one person or unit in one campaign."""

    _name = "emulation.participation"
    _description = "Registration"
    _inherit = ["emulation.recipient.mixin", "mail.thread"]
    _order = "campaign_id, id"
    _check_company_auto = True

    campaign_id = fields.Many2one("emulation.campaign", required=True, ondelete="restrict", index=True)
    award_ids = fields.Many2many("emulation.award", string="Titles aimed at")
    pledge = fields.Text()
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
        ],
        default="draft",
        required=True,
        copy=False,
        tracking=True,
    )
    refusal_reason = fields.Char(copy=False, readonly=True)
    evaluation_ids = fields.One2many("emulation.evaluation", "participation_id")

    _recipient_uniq = models.UniqueIndex(
        "(campaign_id, recipient_key)", "Already registered in this campaign."
    )
