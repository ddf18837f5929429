from odoo import api, fields, models
from odoo.exceptions import AccessError

# Raise with the wording below: a consent keeps the version it was given to.
WORDING_VERSION = "1"


class EmulationConsent(models.Model):
    """A person's word that it may be shown, or no longer: who, when, to which wording. Only ever added to.

    The agency has to prove a consent (Decree 13/2023/NĐ-CP, Article 11); withdrawing it is a line of its own.
    """

    _name = "emulation.consent"
    _description = "Consent of a person shown"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "commendation_id"
    _write_once = True
    _order = "id desc"

    commendation_id = fields.Many2one(
        "emulation.commendation", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="commendation_id.company_id", store=True, index=True)
    user_id = fields.Many2one("res.users", string="Given by", required=True, readonly=True)
    purpose = fields.Selection([("honour_board", "Honour board")], required=True, readonly=True)
    is_given = fields.Boolean(string="Agreed", readonly=True)
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    wording = fields.Text(required=True, readonly=True)
    wording_version = fields.Char(required=True, readonly=True)

    @api.model
    def _get_wording(self, purpose):
        """Return what the person agrees to, in the person's language."""
        return {
            "honour_board": self.env._(
                "I agree that my name, unit, award and, if I tell one, my story are shown on the honour board "
                "of the agency. I can take this back at any time."
            )
        }[purpose]

    @api.model
    @api.private
    def _record(self, commendation, purpose, given):
        """Add a line for the current user.

        :raises AccessError: the commendation is not about the current user
        """
        # sudo: hr.employee - whose account it is; only equality leaves.
        if commendation.sudo().employee_id.user_id != self.env.user:
            raise AccessError(self.env._("Only the person it is about can consent."))
        # sudo: emulation.consent - nobody writes this log by hand.
        return self.sudo()._create_protected(
            [
                {
                    "commendation_id": commendation.id,
                    "user_id": self.env.uid,
                    "purpose": purpose,
                    "is_given": given,
                    "wording": self._get_wording(purpose),
                    "wording_version": WORDING_VERSION,
                }
            ]
        )
