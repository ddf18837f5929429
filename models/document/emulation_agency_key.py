import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.translate import LazyTranslate

from ...printing import signing
from ..mixin.verb import Verb

_lt = LazyTranslate(__name__)

PUBLIC_KEY = re.compile(r"[A-Za-z0-9_-]{43}")  # 32 bytes, URL-safe base64
VERBS = {
    "confirm": Verb(
        ("draft",),
        "confirmed",
        {"admin": None},
        _lt("The fingerprint is right"),
        stamp=("confirmed_on", "confirmed_by_id"),
        also="the fingerprint was compared with the other agency by another way than the file came",
    ),
    "withdraw": Verb(
        ("draft", "confirmed"), "withdrawn", {"officer": None}, _lt("Trust it no longer"), reason=True
    ),
}


class EmulationAgencyKey(models.Model):
    """The public key of another agency: files it signed are taken in once an administrator confirmed it.

    Nothing tells a true key from a false one but the fingerprint, which people compare on the telephone or on paper.
    """

    _name = "emulation.agency.key"
    _description = "Key of another agency"
    _inherit = ["emulation.search.mixin", "emulation.verb.mixin", "emulation.thread.mixin"]
    _search_key_fields = ("agency", "key_id")
    _order = "agency, id desc"
    _rec_name = "agency"
    _verbs = VERBS
    _writable = {"draft": {"officer": {"company_id", "agency", "public_key"}}}
    _deletable = {"draft": "officer"}

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True, ondelete="cascade"
    )
    agency = fields.Char(required=True, help="Name of the agency, letter by letter as its key says it.")
    public_key = fields.Char(string="Public key", required=True)
    key_id = fields.Char(string="Key name", compute="_compute_key_id", store=True)
    fingerprint = fields.Char(
        compute="_compute_fingerprint", help="Compare it with the other agency by telephone or on paper."
    )
    state = fields.Selection(
        [("draft", "Not confirmed"), ("confirmed", "Trusted"), ("withdrawn", "No longer trusted")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    reason = fields.Char(string="Why it is no longer trusted", readonly=True, copy=False)
    confirmed_on = fields.Datetime(string="Confirmed on", readonly=True, copy=False)
    confirmed_by_id = fields.Many2one("res.users", string="Confirmed by", readonly=True, copy=False)
    can_confirm = fields.Boolean(compute="_compute_can")
    can_withdraw = fields.Boolean(compute="_compute_can")

    _key_uniq = models.UniqueIndex("(company_id, key_id)", "This key is entered already.")

    @api.depends("agency", "public_key")
    def _compute_key_id(self):
        for record in self:
            record.key_id = record._has_key() and record._get_key().name

    @api.depends("agency", "public_key")
    def _compute_fingerprint(self):
        for record in self:
            record.fingerprint = record._has_key() and record._get_key().fingerprint

    @api.constrains("public_key")
    def _check_public_key(self):
        for record in self:
            if not record._has_key():
                raise ValidationError(self.env._("This is no public key: 43 letters and figures are needed."))

    def _has_key(self):
        return bool(PUBLIC_KEY.fullmatch(self.public_key or ""))

    def _get_key(self):
        return signing.PublicKey(self.public_key, self.agency or "")

    # ------------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------------

    def action_confirm(self):
        return self._run_verb("confirm")

    def action_withdraw(self):
        return self._ask_reason("withdraw")

    def _get_cannot_confirm_reason(self):
        return self._check_verb("confirm")

    def _get_cannot_withdraw_reason(self):
        return self._check_verb("withdraw")

    @api.private
    def _do_confirm(self):
        self._start("confirm")._finish("confirm")

    @api.private
    def _do_withdraw(self, reason):
        self._start("withdraw", reason)._finish("withdraw", reason, reason=reason)

    # ------------------------------------------------------------------
    # Trust
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def _get_trusted(self, key, company):
        """Return the entry of a key that an agency trusts.

        :param signing.PublicKey key: what a file is signed with
        :param company: the agency that takes it in
        :raises UserError: it is unknown, not confirmed, no longer trusted or stolen
        """
        known = self.search(
            [("company_id", "=", company.id), ("key_id", "=", key.name), ("public_key", "=", key.public)]
        )
        if reason := known._get_distrust(key):
            raise UserError(reason)
        return known

    def _get_distrust(self, key):
        """Return why a key is not trusted; empty where it is."""
        values = {"agency": key.agency, "fingerprint": key.fingerprint}
        if self.env["emulation.signing.key"]._find_by_name(key.name).stolen_on:
            return self.env._("%(agency)s has reported the key %(fingerprint)s as stolen.", **values)
        texts = {
            False: self.env._(
                "The key %(fingerprint)s, said to be of %(agency)s, is not known here.", **values
            ),
            "draft": self.env._(
                "No administrator has confirmed the key %(fingerprint)s of %(agency)s.", **values
            ),
            "withdrawn": self.env._("The key %(fingerprint)s of %(agency)s is no longer trusted.", **values),
        }
        return texts.get(self.state, "")
