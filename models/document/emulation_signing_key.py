import json

from odoo import api, fields, models
from odoo.fields import NO_ACCESS

from ...printing import signing


class EmulationSigningKey(models.Model):
    """A company's Ed25519 key. The newest active one signs; old public keys stay so old papers stay checkable."""

    _name = "emulation.signing.key"
    _description = "Signing key"
    _order = "id desc"
    _rec_name = "key_id"
    _emulation_raw_fields = frozenset({"key_id", "public_key", "private_key"})

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    key_id = fields.Char(string="Key name", required=True, readonly=True)
    public_key = fields.Char(required=True, readonly=True)
    # Only the code itself, as superuser, ever reads it: no group, no export, no RPC.
    private_key = fields.Char(readonly=True, copy=False, groups=NO_ACCESS)
    retired_on = fields.Date(readonly=True)

    _key_uniq = models.Constraint("UNIQUE (key_id)", "This key already exists.")

    @api.model
    @api.private
    def _get_current(self, company):
        """Return the key that signs for the company, made now if there is none."""
        keys = self.sudo()  # keys are nobody's business
        return keys.search(
            [("company_id", "=", company.id), ("retired_on", "=", False)], limit=1
        ) or keys._make(company)

    @api.model
    @api.private
    def _make(self, companies):
        values = []
        for company in companies:
            private, public = signing.new_key()
            values.append(
                {
                    "company_id": company.id,
                    "key_id": signing.key_id(public),
                    "public_key": public,
                    "private_key": private,
                }
            )
        return self.sudo().create(values)  # only this method makes keys

    @api.model
    @api.private
    def _make_missing(self):
        """Give every company without a key one; called when the addon is installed."""
        companies = self.env["res.company"].sudo().search([])  # pylint: disable=no-search-all
        having = self.sudo().search([("retired_on", "=", False)]).company_id
        self._make(companies - having)

    @api.model
    @api.private
    def _get_public_keys(self, company=None):
        """Return ``{key id: public key}``, old ones included, of one company or of all."""
        domain = [("company_id", "=", company.id)] if company else [("public_key", "!=", False)]
        return {key.key_id: key.public_key for key in self.sudo().search(domain)}  # public halves only

    @api.model
    @api.private
    def _get_status_lists(self):
        """Return the signed lists of the certificates no longer in force, one a company (docs/verify-offline.md).

        They hold no name, no number and no code: only marks that whoever has the paper can compute.
        """
        marks = self.env["emulation.certificate"]._get_status_marks()
        return [
            self._prepare_status_list(company, marks.get(company, {}))
            for (company,) in self.sudo()._read_group([], ["company_id"])  # public halves only
        ]

    def _prepare_status_list(self, company, marks):
        key = self._get_current(company)
        content = {
            "date": fields.Date.to_string(fields.Date.context_today(self)),
            "keys": sorted(self._get_public_keys(company)),
            **{state: sorted(marks.get(state, [])) for state in ("suspended", "revoked", "replaced")},
        }
        text = json.dumps(content)
        return {"key": key.key_id, "list": text, "signature": signing.sign_status(text, key.private_key)}

    def action_rotate(self):
        """Retire these keys and make new ones; what they signed stays valid."""
        self.check_access("write")
        self.sudo().write({"retired_on": fields.Date.context_today(self)})  # readonly over RPC
        self._make(self.company_id)
