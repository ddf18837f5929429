import json
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import NO_ACCESS

from ...engine.vietnamese import clean_line
from ...printing import signing
from ..mixin.actions import open_dialog


class EmulationSigningKey(models.Model):
    """An agency's Ed25519 key. The newest active one signs; old public keys stay so old papers stay checkable.

    A key is never changed: it is retired, or reported as stolen. Its private half lies outside the database where
    that is possible (docs/verify-offline.md).
    """

    _name = "emulation.signing.key"
    _description = "Signing key"
    _inherit = "emulation.guard.mixin"  # nothing of a key is written but by its verbs
    _order = "id desc"
    _rec_name = "key_id"
    _emulation_raw_fields = frozenset({"key_id", "public_key", "private_key"})

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    agency = fields.Char(readonly=True, help="Name of the issuing body that the key is bound to.")
    key_id = fields.Char(string="Key name", required=True, readonly=True)
    public_key = fields.Char(string="Public key", required=True, readonly=True)
    fingerprint = fields.Char(
        compute="_compute_fingerprint",
        help="Read out to an agency that enters this key to take in signed files.",
    )
    # Only the code itself, as superuser, ever reads it: no group, no export, no RPC.
    private_key = fields.Char(readonly=True, copy=False, groups=NO_ACCESS)
    place = fields.Selection(
        [("database", "Database"), ("file", "File on the server")],
        string="Private key in",
        default="database",
        required=True,
        readonly=True,
        help="Who has a copy of the database has a key that lies in it. One given by the environment of the server "
        "goes before both.",
    )
    is_here = fields.Boolean(
        string="Can sign", compute="_compute_is_here", help="Its private key is on this server."
    )
    is_trial = fields.Boolean(
        string="For trying out", readonly=True, help="Made in a neutralised copy: no other database knows it."
    )
    retired_on = fields.Date(string="Retired on", readonly=True)
    stolen_on = fields.Date(
        string="Stolen since",
        readonly=True,
        help="Since this day somebody else may sign with it. Certificates in the register stay valid.",
    )
    stolen_note = fields.Char(string="What happened", readonly=True)

    _key_uniq = models.Constraint("UNIQUE (key_id)", "This key already exists.")

    @api.depends("public_key", "agency")
    def _compute_fingerprint(self):
        for key in self:
            key.fingerprint = signing.PublicKey(key.public_key, key.agency or "").fingerprint

    @api.depends("private_key", "place")
    def _compute_is_here(self):
        for key in self.sudo():  # sudo: emulation.signing.key - whether there is a private half, not the half
            key.is_here = bool(key._find_private_key())

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_rotate(self):
        """Retire these keys and make new ones; what they signed stays valid."""
        self.check_access("write")
        self.env["emulation.installation"]._check_may_sign()
        active = self.filtered(lambda key: not key.retired_on)
        active._do_retire()
        self._make(active.company_id)

    def action_report_stolen(self):
        """Ask since when somebody else may have these keys."""
        self.check_access("write")
        return open_dialog(
            "emulation.signing.key.theft",
            {"default_key_ids": self.ids},
            self.env._("A private key was stolen"),
        )

    @api.private
    def _do_retire(self):
        # sudo: emulation.signing.key - the caller was checked, or the system replaces a key it cannot use
        self.sudo()._write_protected({"retired_on": fields.Date.context_today(self)})

    @api.private
    def _do_report_stolen(self, since, note):
        """Say in public since when these keys may be in wrong hands; those still in use are replaced.

        :raises UserError: a day to come, or a later one than was said before: nobody is told less than before
        """
        self.check_access("write")
        self._check_theft(fields.Date.to_date(since))
        # sudo: emulation.signing.key - the caller was checked
        self.sudo()._write_protected({"stolen_on": since, "stolen_note": note})
        active = self.filtered(lambda key: not key.retired_on)
        active._do_retire()
        self._make(active.company_id)

    def _check_theft(self, since):
        if since > fields.Date.context_today(self):
            raise UserError(self.env._("This day is still to come."))
        # sudo: emulation.signing.key - the caller was checked
        known = self.sudo().filtered(lambda key: key.stolen_on and key.stolen_on < since)
        if known:
            raise UserError(
                self.env._(
                    "%(key)s was reported as stolen since an earlier day. That day stays.",
                    key=known[0].key_id,
                )
            )

    # ------------------------------------------------------------------
    # Private halves
    # ------------------------------------------------------------------

    def _find_private_key(self):
        """Return the private half, or None when it is not on this server; one that fits no public half is none."""
        self.ensure_one()
        private = self.env["emulation.installation"]._get_key_store().find(self.key_id) or self.private_key
        try:
            return private if private and signing.public_of(private) == self.public_key else None
        except ValueError:
            return None

    @api.private
    def _get_private_key(self):
        """Return the private half.

        :raises UserError: it is not on this server
        """
        private = self._find_private_key()
        if not private:
            raise UserError(
                self.env._(
                    "The private key %(key)s of %(agency)s is not on this server. Put its file back, or let an "
                    "administrator make a new key in Configuration ▸ Signing keys.",
                    key=self.key_id,
                    agency=self.company_id.name,
                )
            )
        return private

    @api.model
    @api.private
    def _get_current(self, company):
        """Return the key that signs for the company, made now if there is none.

        :raises UserError: this database is a copy
        """
        installation = self.env["emulation.installation"]
        installation._check_may_sign()
        installation._remember()
        # sudo: emulation.signing.key - officers sign by issuing, and see no key
        active = self.sudo().search([("company_id", "=", company.id), ("retired_on", "=", False)])
        usable = active.filtered(lambda key: key._fits(company))
        (active - usable)._do_retire()
        return usable[:1] or self._make(company)

    def _fits(self, company):
        """Return whether this active key may go on signing: one that was used but lost is asked for, not replaced."""
        installation = self.env["emulation.installation"]
        if self.agency != self._get_agency(company) or self.is_trial != installation._is_neutralized():
            return False
        return self._is_used() or (
            self.is_here and not (self.place == "file" and installation._is_demonstration())
        )

    def _is_used(self):
        # sudo: emulation.certificate - only whether there is one
        return bool(
            self.env["emulation.certificate"].sudo().search_count([("signing_key_id", "=", self.id)], 1)
        )

    @staticmethod
    def _get_agency(company):
        return clean_line(company.name)

    @api.model
    @api.private
    def _make(self, companies):
        # sudo: emulation.signing.key - only this method makes keys
        return self.sudo()._create_protected([self._prepare_key(company) for company in companies]).sudo()

    def _prepare_key(self, company):
        installation = self.env["emulation.installation"]
        private, public = signing.new_key()
        agency = self._get_agency(company)
        name = signing.PublicKey(public, agency).name
        is_trial = installation._is_neutralized()
        store = installation._get_key_store()
        in_file = not (is_trial or installation._is_demonstration()) and store.keep(name, private)
        if in_file:
            self.env.cr.postrollback.add(partial(store.forget, name))
        return {
            "company_id": company.id,
            "agency": agency,
            "key_id": name,
            "public_key": public,
            "place": "file" if in_file else "database",
            "private_key": False if in_file else private,
            "is_trial": is_trial,
        }

    @api.model
    @api.private
    def _make_missing(self):
        """Give every company without a key one; called when the addon is installed."""
        # sudo: res.company, emulation.signing.key - every company gets a key when the addon is installed
        companies = self.env["res.company"].sudo().search([])  # pylint: disable=no-search-all
        having = self.sudo().search([("retired_on", "=", False)]).company_id
        self._make(companies - having)

    # ------------------------------------------------------------------
    # In public
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def _get_public_keys(self, company=None):
        """Return ``{key name: signing.PublicKey}``, old ones included, of one company or of all."""
        domain = [("company_id", "=", company.id)] if company else [("public_key", "!=", False)]
        # sudo: emulation.signing.key - public halves only
        return {
            key.key_id: signing.PublicKey(key.public_key, key.agency or "")
            for key in self.sudo().search(domain)
        }

    @api.model
    @api.private
    def _find_by_name(self, name):
        """Return the key of this name as superuser, or an empty set."""
        if not name or not name.isascii() or not name.isalnum():
            return self.browse()
        # sudo: emulation.signing.key - public halves only
        return self.sudo().search([("key_id", "=", name)], limit=1)

    @api.model
    @api.private
    def _get_key_list(self):
        """Return what ``keys.json`` publishes: each key with its agency, and the words texts are packed with."""
        # sudo: emulation.signing.key - public halves only
        keys = self.sudo().search([("public_key", "!=", False)])
        return {
            "format": 2,
            "words": signing.words().decode(),
            "keys": [key._prepare_listed() for key in keys],
        }

    def _prepare_listed(self):
        listed = {
            "id": self.key_id,
            "key": self.public_key,
            "agency": self.agency or "",
            "body": self.company_id.id,  # the same for all keys of an agency, whatever it was called
            "made": fields.Date.to_string(self.create_date),
            "retired": fields.Date.to_string(self.retired_on) or None,
            "stolen": fields.Date.to_string(self.stolen_on) or None,
        }
        return {**listed, "trial": True} if self.is_trial else listed

    @api.model
    @api.private
    def _get_status_lists(self):
        """Return the signed lists of the certificates no longer in force, one a company (docs/verify-offline.md).

        They hold no name, no number and no code: only marks that whoever has the paper can compute. A copy of the
        database, and an agency whose private key is not here, has none to give.
        """
        if self.env["emulation.installation"]._is_moved():
            return []
        marks = self.env["emulation.certificate"]._get_status_marks()
        # sudo: emulation.signing.key - public halves, and a signature
        keys = self.sudo().search([("public_key", "!=", False)]).grouped("company_id")
        return [
            own._prepare_status_list(signer, marks.get(company, {}))
            for company, own in keys.items()
            if (signer := own.filtered(lambda key: not key.retired_on and key.is_here)[:1])
        ]

    def _prepare_status_list(self, signer, marks):
        """Return the signed list of the company these keys belong to."""
        stolen = self.filtered("stolen_on")
        content = {
            "date": fields.Date.to_string(fields.Date.context_today(self)),
            "keys": sorted(self.mapped("key_id")),
            "stolen": {key.key_id: fields.Date.to_string(key.stolen_on) for key in stolen},
            "genuine": self.env["emulation.certificate"]._get_genuine_marks(stolen),
            **{state: sorted(marks.get(state, [])) for state in ("suspended", "revoked", "replaced")},
        }
        text = json.dumps(content)
        signature = signing.sign_status(text, signer._get_private_key())
        return {"key": signer.key_id, "list": text, "signature": signature}
