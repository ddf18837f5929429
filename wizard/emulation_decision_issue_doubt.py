from odoo import fields, models


class EmulationDecisionIssueDoubt(models.TransientModel):
    """A prize the law leaves open: whoever issues says whether it is paid."""

    _name = "emulation.decision.issue.doubt"
    _description = "Prize to decide"
    _inherit = ["emulation.wizard.mixin"]

    wizard_id = fields.Many2one("emulation.decision.issue", required=True, ondelete="cascade")
    commendation_id = fields.Many2one("emulation.commendation", required=True, ondelete="cascade")
    award_id = fields.Many2one(related="commendation_id.award_id", related_sudo=False)
    question = fields.Char(string="What is in doubt")
    choice = fields.Selection(related="commendation_id.prize_choice", related_sudo=False)

    def action_pay(self):
        """Pay the prize beside the other award."""
        return self._answer("pay")

    def action_leave(self):
        """Do not pay the prize beside the other award."""
        return self._answer("none")

    def _answer(self, choice):
        self.ensure_one()
        self.env["emulation.decision"]._answer_prize(self.commendation_id, choice)
        return self.wizard_id.decision_id.action_preview()
