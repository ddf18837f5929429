from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

from ..mixin.emulation_recipient_mixin import RECIPIENT_NAMES
from ..mixin.verb import Verb

_lt = LazyTranslate(__name__)

DECIDERS = {"officer": None, "stand_in": None}
VERBS = {
    "publish": Verb(
        ("draft", "withdrawn"),
        "published",
        DECIDERS,
        _lt("Publish"),
        checks=("_check_consent",),
        also="the consent holds today",
    ),
    "withdraw_consent": Verb(
        ("published",), "withdrawn", {"owner": None, **DECIDERS}, _lt("Consent withdrawn")
    ),
}
CONTENT = {
    *("recipient_type", "employee_id", "department_id", "partner_id", "subject", "unit_id", "company_id"),
    *("name", "story", "campaign_id", "achievement_id", "commendation_id", "consent_date", "consent_until"),
}


class EmulationExemplar(models.Model):
    """An exemplary model (điển hình tiên tiến, Law 06/2022/QH15, Article 17): a story told with consent, as long as it
    holds.
    """

    _name = "emulation.exemplar"
    _description = "Exemplary model"
    _inherit = ["emulation.verb.mixin", "emulation.recipient.mixin", "emulation.thread.mixin"]
    _search_key_fields = ("name", *RECIPIENT_NAMES)
    _order = "id desc"
    _check_company_auto = True
    _verbs = VERBS
    _writable = {"draft withdrawn": {"officer": CONTENT}}
    _deletable = {"draft": "officer"}

    name = fields.Char(string="Title", required=True)
    story = fields.Text(required=True)
    campaign_id = fields.Many2one("emulation.campaign", index="btree_not_null", check_company=True)
    achievement_id = fields.Many2one("emulation.achievement", index="btree_not_null")
    commendation_id = fields.Many2one("emulation.commendation", index="btree_not_null")
    consent_date = fields.Date(string="Consent given on")
    consent_until = fields.Date(string="Consent holds until", help="Empty: until withdrawn.")
    state = fields.Selection(
        [("draft", "In preparation"), ("published", "Published"), ("withdrawn", "Consent withdrawn")],
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
        return self._run_verb("publish")

    def action_withdraw_consent(self):
        """Take the story back everywhere at once."""
        return self._run_verb("withdraw_consent")

    def _get_cannot_publish_reason(self):
        return self._check_verb("publish")

    def _get_cannot_withdraw_consent_reason(self):
        return self._check_verb("withdraw_consent")

    def _check_consent(self):
        today = fields.Date.context_today(self)
        return {
            exemplar.id: self.env._("%(name)s: there is no valid consent.", name=exemplar.name)
            for exemplar in self
            if not exemplar.consent_date
            or exemplar.consent_date > today
            or (exemplar.consent_until and exemplar.consent_until < today)
        }

    @api.private
    def _do_publish(self):
        self._start("publish")._finish("publish")

    @api.private
    def _do_withdraw_consent(self):
        self._start("withdraw_consent")._finish("withdraw_consent")

    @api.model
    def _get_shown_domain(self):
        """Return the domain of what may be shown today, in the portal and in reports alike."""
        today = fields.Date.context_today(self)
        holds = Domain("consent_until", "=", False) | Domain("consent_until", ">=", today)
        return Domain("state", "=", "published") & Domain("consent_date", "<=", today) & holds
