from collections import defaultdict

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class MailFollowers(models.Model):
    """Who follows a record of this addon is known to who may read that record.

    Odoo lets every internal user read the followers of anything: the names of candidates, members of councils and
    officers of every agency, with their addresses.
    """

    _inherit = "mail.followers"

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if operation != "read" or self.env.su:
            return result
        hidden = self.browse(self._get_hidden_ids(self))
        if not hidden:
            return result
        if result:
            hidden |= result[0]
        return hidden, lambda: AccessError(self.env._("Only who may read a record sees who follows it."))

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        if not (bypass_access or self.env.su):
            # sudo: mail.followers - which rows are about records the user may not read
            about = self.sudo().search(Domain(domain) & Domain("res_model", "in", self._get_kept_models()))
            if hidden := self._get_hidden_ids(about):
                domain = Domain(domain) & Domain("id", "not in", hidden)
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    @api.model
    def _get_kept_models(self):
        return self.env["mail.message"]._get_emulation_threads()

    @api.model
    def _get_hidden_ids(self, followers):
        """Return the ids of those that follow a record the user may not read; oneself one always sees."""
        kept, own = self._get_kept_models(), self.env.user.partner_id
        followed = defaultdict(lambda: defaultdict(list))
        # sudo: mail.followers - what they are about
        for follower in followers.sudo():
            if follower.res_model in kept and follower.partner_id != own:
                followed[follower.res_model][follower.res_id].append(follower.id)
        hidden = []
        for model, ids in followed.items():
            records = self.env[model].browse(ids).exists()
            readable = set(records._filtered_access("read")._ids)
            hidden += [one for key, found in ids.items() if key not in readable for one in found]
        return hidden
