from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import AccessError
from odoo.tools import ormcache

from .emulation_thread_mixin import THREAD

# What changes in a message for who reads it, not in what was said.
OPEN_FIELDS = {"notification_ids", "starred_partner_ids", "reaction_ids"}


class MailMessage(models.Model):
    """What was said and logged about a record of this addon stays: by whom, when, and what changed.

    Odoo lets whoever may write a record write its messages too, under any name. Here they are made through the
    record (``emulation.thread.mixin``), in one's own name, and go with the record only.
    """

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        kept = self._get_emulation_threads()
        about = [vals for vals in vals_list if vals.get("model") in kept]
        if about and not self.env.su and self.env.context.get("emulation_thread") is not THREAD:
            raise AccessError(self.env._("Write in the conversation of the record itself."))
        if self.env.uid != SUPERUSER_ID:
            for vals in about:
                self._sign(vals)
        return super().create(vals_list)

    def write(self, vals):
        if not vals.keys() <= OPEN_FIELDS:
            self._check_not_kept()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        self._check_not_kept()

    def _check_not_kept(self):
        """Refuse to change or delete what is logged about a record; code of the addon may.

        :raises AccessError: always for a message about a record of this addon
        """
        if self.env.su:
            return
        # sudo: mail.message - only what it is about
        if set(self.sudo().mapped("model")) & self._get_emulation_threads():
            raise AccessError(
                self.env._("What was said or logged about a record is neither changed nor deleted.")
            )

    def _sign(self, vals):
        """Put the current user's name under a message; the agency may speak too (``base.partner_root``)."""
        user = self.env.user
        # sudo: ir.model.data - which contact the agency speaks as, without a query a message
        speaker = self.env["ir.model.data"].sudo()._xmlid_to_res_id("base.partner_root")
        if vals.get("author_id") not in (None, False, speaker, user.partner_id.id) or vals.get(
            "author_guest_id"
        ):
            vals |= {"author_id": user.partner_id.id, "author_guest_id": False}
        if vals.get("author_id") == user.partner_id.id:
            vals["email_from"] = user.email_formatted or vals.get("email_from")

    @api.model
    @ormcache()
    def _get_emulation_threads(self):
        """Return the names of the models whose conversations are kept."""
        thread = self.env.registry["emulation.thread.mixin"]
        return frozenset(name for name in self.env.registry if isinstance(self.env[name], thread))
