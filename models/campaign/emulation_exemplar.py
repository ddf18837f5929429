from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..mixin.emulation_recipient_mixin import RECIPIENT_NAMES


class EmulationExemplar(models.Model):
    """An exemplary model (điển hình tiên tiến), L22 Art 17: a story told with consent, as long as it
    holds.
    """

    _name = "emulation.exemplar"
    _description = "Exemplary model"
    _inherit = ["emulation.protected.mixin", "emulation.recipient.mixin", "mail.thread"]
    _search_key_fields = ("name", *RECIPIENT_NAMES)
    _order = "id desc"
    _check_company_auto = True
    _protected_fields = frozenset(("state",))

    name = fields.Char(string="Title", required=True)
    story = fields.Text(required=True)
    campaign_id = fields.Many2one("emulation.campaign", index="btree_not_null", check_company=True)
    achievement_id = fields.Many2one("emulation.achievement", index="btree_not_null")
    commendation_id = fields.Many2one("emulation.commendation", index="btree_not_null")
    consent_date = fields.Date(string="Consent given on")
    consent_until = fields.Date(string="Consent holds until", help="Empty: until withdrawn.")
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published"), ("withdrawn", "Consent withdrawn")],
        default="draft",
        required=True,
        copy=False,
        tracking=True,
    )

    _consent_in_order = models.Constraint(
        "CHECK (consent_until IS NULL OR consent_date IS NULL OR consent_until >= consent_date)",
        "Consent cannot end before it was given.",
    )

    def action_publish(self):
        """Show the story; only with a consent that holds today."""
        today = fields.Date.context_today(self)
        for exemplar in self:
            until = exemplar.consent_until
            if not exemplar.consent_date or exemplar.consent_date > today or (until and until < today):
                raise UserError(self.env._("%(name)s: there is no valid consent.", name=exemplar.name))
        self.lock_for_update()
        self._write_protected({"state": "published"})

    def action_withdraw_consent(self):
        """Take the story back everywhere at once."""
        self.lock_for_update()
        self._write_protected({"state": "withdrawn"})

    @api.model
    def _get_shown_domain(self):
        """Return the domain of what may be shown today, in the portal and in reports alike."""
        today = fields.Date.context_today(self)
        holds = Domain("consent_until", "=", False) | Domain("consent_until", ">=", today)
        return Domain("state", "=", "published") & Domain("consent_date", "<=", today) & holds
