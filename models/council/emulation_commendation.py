from odoo import api, fields, models
from odoo.exceptions import UserError


class EmulationCommendation(models.Model):
    _inherit = "emulation.commendation"

    session_item_ids = fields.One2many("emulation.session.item", "commendation_id", string="Sessions")

    def action_add_to_session(self):
        """Put the selected commendations on the agenda of a new session of the company's council."""
        reasons = {record: reason for record in self if (reason := record._get_cannot_be_tabled_reason())}
        if len(self.company_id) > 1:
            raise UserError(self.env._("Choose commendations of one company."))
        able = self - self.browse(record.id for record in reasons)
        if not able:
            raise UserError("\n".join(f"{record.display_name}: {text}" for record, text in reasons.items()))
        council = self.env["emulation.council"].search(
            [("company_id", "=", able.company_id.id), ("kind", "=", "emulation")], limit=1
        )
        if not council:
            raise UserError(
                self.env._("Set up the council of %(company)s first.", company=able.company_id.name)
            )
        session = self.env["emulation.session"]._create_for(council, able)
        return {
            "type": "ir.actions.act_window",
            "res_model": "emulation.session",
            "res_id": session.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_add_to_publication(self):
        """Put the selected commendations on a new list for comments."""
        if len(self.company_id) > 1:
            raise UserError(self.env._("Choose commendations of one company."))
        early = self.filtered(lambda record: record.state not in ("submitted", "endorsed", "appraised"))
        if early:
            raise UserError(
                self.env._(
                    "Only proposals on their way are published: %(names)s.",
                    names=", ".join(early.mapped("display_name")),
                )
            )
        publication = self.env["emulation.publication"]._create_for(self)
        return {
            "type": "ir.actions.act_window",
            "res_model": "emulation.publication",
            "res_id": publication.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _get_cannot_be_tabled_reason(self):
        """Return why the commendation cannot go on an agenda, or False."""
        self.ensure_one()
        reason = self._get_cannot_vote_reason()[self.id]
        if reason:
            return reason
        if any(item.session_id.state in ("draft", "open") for item in self.session_item_ids):
            return self.env._("It is on the agenda of another session.")
        return False

    @api.private
    def _do_vote_each(self, results):
        """Record the results of a closed session, each with its own explained tally.

        :param dict results: {commendation: (passed, explained tally)}
        """
        todo = self._start_transition("vote")
        for record in todo:
            record.sudo()._write_protected({"vote_note": results[record][1]})
        for passed, records in todo.grouped(lambda record: results[record][0]).items():
            records._finish_transition("vote", vote_passed=passed)
