from odoo import api, fields, models
from odoo.exceptions import UserError


class EmulationHistory(models.AbstractModel):
    """Awards granted before this register began: recorded from lists, taken back while nothing rests on them."""

    _name = "emulation.history"
    _description = "History of awards"

    @api.model
    @api.private
    def _record(self, record, vals_list):
        """Record awards that were granted elsewhere or earlier; returns them, granted.

        :param record: the ``emulation.import`` that stands for them: who, when, which file
        :param vals_list: create values, with ``granted_date`` and, where known, ``decision_id``
        """
        record.check_access("write")
        now = fields.Datetime.now()
        stamp = {"state": "granted", "state_changed_on": now, "import_id": record.id, "proposer_id": False}
        quiet = self.env["emulation.commendation"].with_context(
            tracking_disable=True, mail_create_nosubscribe=True, mail_create_nolog=True, mail_notrack=True
        )
        # Judged elsewhere and in its day: no rule book of ours is pinned to it but the one in force then.
        records = [{**vals, **stamp, "received_on": vals.get("granted_date")} for vals in vals_list]
        # sudo: emulation.commendation - history enters as granted, which no rule lets anybody create
        return quiet.sudo()._create_protected(records).sudo(False)

    @api.model
    @api.private
    def _take_back(self, commendations):
        """Delete what an import recorded: the import is being undone.

        :raises UserError: something rests on it, or it was not imported
        """
        resting = self._get_resting(commendations)
        if resting or any(not record.import_id for record in commendations):
            raise UserError("\n".join(resting) or self.env._("Only imported awards are taken back."))
        # sudo: emulation.commendation - officers delete drafts only; checked above
        commendations.sudo()._with_seal().unlink()

    @api.model
    @api.private
    def _get_resting(self, commendations):
        """Return texts saying what rests on imported awards: certificates, requests, later documents."""
        # sudo: several models - what rests on it counts, whoever may read it
        records = commendations.sudo()
        found = [(record, self.env._("revoked")) for record in records if record.state == "revoked"]
        for model, name in (
            ("emulation.certificate", "commendation_id"),
            ("emulation.request", "commendation_id"),
            ("emulation.decision.change", "commendation_id"),
        ):
            # sudo: certificates, requests and changes - only what stands in the way, by its kind
            items = self.env[model].sudo().search([(name, "in", records.ids)])
            found += [(item[name], self.env[model]._description) for item in items]
        return [f"{record.display_name}: {what}" for record, what in found]
