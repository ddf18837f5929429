"""Awards granted before this register began: recorded from lists, taken back while nothing rests on them."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class EmulationCommendation(models.Model):
    _inherit = "emulation.commendation"

    import_id = fields.Many2one(
        "emulation.import",
        string="Imported from",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The list the award was recorded from. It was not proposed and judged here.",
    )

    @api.model
    @api.private
    def _do_record_history(self, record, vals_list):
        """Record awards that were granted elsewhere or earlier; returns them, granted.

        :param record: the ``emulation.import`` that stands for them: who, when, which file
        :param vals_list: create values, with ``granted_date`` and, where known, ``decision_id``
        """
        record.check_access("write")
        now = fields.Datetime.now()
        stamp = {"state": "granted", "state_changed_on": now, "import_id": record.id, "proposer_id": False}
        quiet = self.with_context(
            tracking_disable=True, mail_create_nosubscribe=True, mail_create_nolog=True, mail_notrack=True
        )
        return quiet.sudo()._create_protected([{**vals, **stamp} for vals in vals_list]).sudo(False)

    @api.private
    def _do_take_back_history(self):
        """Delete what an import recorded: the import is being undone.

        :raises UserError: something rests on it, or it was not imported
        """
        resting = self._get_resting()
        if resting or any(not record.import_id for record in self):
            raise UserError("\n".join(resting) or self.env._("Only imported awards are taken back."))
        self.sudo()._with_seal().unlink()  # sudo: emulation.commendation - officers delete drafts only; checked above

    def _get_resting(self):
        """Return texts saying what rests on imported awards: certificates, requests, later documents."""
        # sudo: several models - what rests on it counts, whoever may read it
        records = self.sudo()
        found = [(record, self.env._("revoked")) for record in records if record.state == "revoked"]
        for model, name in (
            ("emulation.certificate", "commendation_id"),
            ("emulation.request", "commendation_id"),
            ("emulation.decision.change", "commendation_id"),
        ):
            items = self.env[model].sudo().search([(name, "in", records.ids)])
            found += [(item[name], self.env[model]._description) for item in items]
        return [f"{record.display_name}: {what}" for record, what in found]
