from odoo import api, fields, models


class EmulationAchievement(models.Model):
    """What a recipient achieved: an achievement or a recognised initiative (sáng kiến), L22 Art 3(4)."""

    _name = "emulation.achievement"
    _description = "Achievement"
    _inherit = ["emulation.recipient.mixin", "mail.thread"]
    _order = "date_to desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True)
    kind = fields.Selection(
        [("achievement", "Achievement"), ("initiative", "Initiative"), ("project", "Science project")],
        required=True,
        default="achievement",
    )
    description = fields.Text()
    date_from = fields.Date()
    date_to = fields.Date()
    reach = fields.Selection(
        [("unit", "Unit"), ("province", "Province"), ("ministry", "Ministry"), ("nation", "Nation")],
        help="How far the effect reaches, as recognised by the competent head (ND152 Art 33(6)).",
    )
    recognition_number = fields.Char(string="Recognised by decision")
    recognition_date = fields.Date()
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("recognised", "Recognised"),
            ("refused", "Refused"),
        ],
        default="draft",
        required=True,
        copy=False,
        tracking=True,
    )
    evidence_ids = fields.Many2many("ir.attachment", string="Evidence")
    commendation_ids = fields.Many2many("emulation.commendation", string="Used in")

    def action_submit(self):
        """Hand drafts in for recognition; from then on the recipient does not change them."""
        self.filtered(lambda achievement: achievement.state == "draft")._do_submit()

    @api.private
    def _do_submit(self):
        if self:
            self.lock_for_update()
            self._take_snapshot()
            self.write({"state": "submitted"})
