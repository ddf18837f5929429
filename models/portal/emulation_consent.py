from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# Raise with the wording below: a consent keeps the version it was given to.
WORDING_VERSION = "1"
OF_MODEL = {"emulation.commendation": "commendation_id", "emulation.exemplar": "exemplar_id"}


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
        "emulation.commendation", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    exemplar_id = fields.Many2one(
        "emulation.exemplar", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", compute="_compute_company_id", store=True, index=True)
    user_id = fields.Many2one("res.users", string="Given by", required=True, readonly=True)
    purpose = fields.Selection(
        [("honour_board", "Honour board"), ("exemplar", "Story of an exemplary model")],
        required=True,
        readonly=True,
    )
    is_given = fields.Boolean(string="Agreed", readonly=True)
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    wording = fields.Text(required=True, readonly=True)
    wording_version = fields.Char(required=True, readonly=True)

    _about_one_thing = models.Constraint(
        "CHECK (num_nonnulls(commendation_id, exemplar_id) = 1)", "A consent is about one thing."
    )

    @api.depends("commendation_id", "exemplar_id")
    def _compute_company_id(self):
        for consent in self:
            consent.company_id = (consent.commendation_id or consent.exemplar_id).company_id

    @api.model
    def _get_wording(self, purpose):
        """Return what the person agrees to, in the person's language."""
        return {
            "honour_board": self.env._(
                "I agree that my name, unit, award and, if I tell one, my story are shown on the honour board "
                "of the agency. I can take this back at any time."
            ),
            "exemplar": self.env._(
                "I agree that this story is told with my name, unit and picture to the employees of the agency and, "
                "where its honour board is public, to everybody. I can take this back at any time."
            ),
        }[purpose]

    @api.model
    @api.private
    def _answer(self, commendation, given, story=""):
        """The person commended agrees to be shown on the honour board, or takes that back.

        :raises AccessError: somebody else asks
        :raises UserError: to show what was not granted, or was taken back meanwhile
        """
        commendation.ensure_one().lock_for_update()
        # sudo: emulation.commendation - only its state
        if given and commendation.sudo().state != "granted":
            raise UserError(self.env._("This is not possible for this dossier now."))
        self._record(commendation, "honour_board", given)
        # sudo: emulation.commendation - the person writes nothing else of it.
        commendation.sudo()._write_protected({"honour_consent": given, "honour_story": given and story})

    @api.model
    @api.private
    def _record(self, about, purpose, given):
        """Add a line for the current user.

        :param about: a commendation or an exemplary model
        :raises AccessError: it is not about the current user
        """
        # sudo: hr.employee - whose account it is; only equality leaves.
        if about.sudo().employee_id.user_id != self.env.user:
            raise AccessError(self.env._("Only the person it is about can consent."))
        # sudo: emulation.consent - nobody writes this log by hand.
        return self.sudo()._create_protected(
            [
                {
                    OF_MODEL[about._name]: about.id,
                    "user_id": self.env.uid,
                    "purpose": purpose,
                    "is_given": given,
                    "wording": self._get_wording(purpose),
                    "wording_version": WORDING_VERSION,
                }
            ]
        )
