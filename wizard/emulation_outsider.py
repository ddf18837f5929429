from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..models.mixin.emulation_role_mixin import OFFICER_GROUP
from ..models.mixin.refusals import OFFICERS_ONLY


class EmulationOutsider(models.TransientModel):
    """Enters a household, enterprise or person from outside right where they are registered or proposed.

    Officers of emulation keep no address book; this one door lets them name whom they commend, nothing more.
    """

    _name = "emulation.outsider"
    _description = "New household, enterprise or person from outside"
    _inherit = ["emulation.wizard.mixin"]

    kind = fields.Selection(
        [
            ("household", "Household"),
            ("enterprise", "Enterprise or organisation"),
            ("person", "Person"),
            ("foreigner", "Foreigner"),
        ],
        required=True,
        default="household",
    )
    name = fields.Char(required=True, help="Of a household: of its head.")
    street = fields.Char(string="Address")
    country_id = fields.Many2one("res.country", string="Nationality")
    vat = fields.Char(string="Tax or identity number")
    purpose = fields.Selection(
        [
            ("emulation.commendation", "Propose for an award"),
            ("emulation.participation", "Register in a campaign"),
        ],
        required=True,
        default="emulation.commendation",
    )
    campaign_id = fields.Many2one("emulation.campaign")

    def action_create(self):
        """Create the contact, or take the one there is with the same number, and open the form it is for.

        :raises AccessError: the user is no officer
        :raises UserError: a foreigner without nationality
        """
        self.ensure_one()
        if not self.env.user.has_group(OFFICER_GROUP):
            raise AccessError(self.env._(OFFICERS_ONLY))
        if self.kind == "foreigner" and not self.country_id:
            raise UserError(self.env._("Enter the nationality."))
        partner = self._find() or self._create_partner()
        subjects = {"household": "household", "enterprise": "collective"}
        return {
            "type": "ir.actions.act_window",
            "name": partner.name,
            "res_model": self.purpose,
            "view_mode": "form",
            "context": {
                "default_recipient_type": "partner",
                "default_partner_id": partner.id,
                "default_subject": subjects.get(self.kind, "individual"),
                "default_campaign_id": self.campaign_id.id,
            },
        }

    def _find(self):
        # sudo: res.partner - one of the same number is looked up, so that nobody is there twice
        partners = self.env["res.partner"].sudo()
        own = Domain("company_id", "in", [self.env.company.id, False])  # not what another agency entered
        return partners.search(own & Domain("vat", "=", self.vat), limit=1) if self.vat else partners

    def _create_partner(self):
        # sudo: res.partner - the few fields of this dialog, by an officer of emulation
        return (
            self.env["res.partner"]
            .sudo()
            .create(
                {
                    "name": self.name,
                    "is_company": self.kind == "enterprise",
                    "street": self.street,
                    "country_id": self.country_id.id,
                    "vat": self.vat,
                    "company_id": self.env.company.id,
                }
            )
        )
