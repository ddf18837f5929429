from odoo import api, fields, models
from odoo.fields import NO_ACCESS

from ...engine import signing


class EmulationSigningKey(models.Model):
    """A company's Ed25519 key. The newest active one signs; old public keys stay so old papers stay checkable."""

    _name = "emulation.signing.key"
    _description = "Signing key"
    _order = "id desc"
    _rec_name = "key_id"

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
    def _get_public_keys(self):
        return {key.key_id: key.public_key for key in self.sudo().search([("public_key", "!=", False)])}

    def action_rotate(self):
        """Retire these keys and make new ones; what they signed stays valid."""
        self.check_access("write")
        self.sudo().write({"retired_on": fields.Date.context_today(self)})  # readonly over RPC
        self._make(self.company_id)
