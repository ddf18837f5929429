from datetime import date

from odoo import api, fields, models

PRIZE_STATES = [
    ("none", "Nothing to pay"),
    ("to_pay", "To pay"),
    ("paid", "Paid"),
    ("to_return", "To return"),
    ("returned", "Returned"),
]


OWN_PROTECTED = frozenset({"prize_state", "prize_paid_on", "revoked_reliance"})


class EmulationCommendation(models.Model):
    """What decisions add to a commendation: where it stands in them, and the payment."""

    _inherit = "emulation.commendation"

    is_posthumous = fields.Boolean(
        string="Posthumous", help="Truy tặng: called after the living (Decree 152/2025/NĐ-CP, Article 30)."
    )
    prize_state = fields.Selection(PRIZE_STATES, default="none", required=True, readonly=True, copy=False)
    prize_paid_on = fields.Date(readonly=True, copy=False)
    revoked_reliance = fields.Boolean(
        string="Relied on a revoked award",
        readonly=True,
        copy=False,
        help="An award granted before this one was revoked later: look at this one again.",
    )

    def write(self, vals):
        self._check_protected(OWN_PROTECTED & vals.keys())
        return super().write(vals)

    def _get_listed_name(self):
        """Return the name as lists print it."""
        self.ensure_one()
        return f"{self._get_recipient_name()}{' (truy tặng)' if self.is_posthumous else ''}"

    def action_prize_paid(self):
        """Record that the prizes to pay were paid, or that prizes to take back came back."""
        self.env["emulation.decision"].check_access("write")
        # Sudoed after the access check: granted lines are closed to everybody's plain write.
        self.filtered(lambda line: line.prize_state == "to_pay").sudo()._write_protected(
            {"prize_state": "paid", "prize_paid_on": fields.Date.context_today(self)}
        )
        self.filtered(lambda line: line.prize_state == "to_return").sudo()._write_protected(
            {"prize_state": "returned"}
        )

    def action_add_to_decision(self):
        """Put the selected commendations on a new draft decision."""
        decision = self.env["emulation.decision"].create(
            {"company_id": self.company_id[:1].id, "campaign_id": self.campaign_id[:1].id}
        )
        decision._do_add(self)
        return {
            "type": "ir.actions.act_window",
            "res_model": "emulation.decision",
            "res_id": decision.id,
            "view_mode": "form",
        }

    @api.private
    def _flag_reliant(self):
        """Flag later awards of the same recipients: they may have counted on the ones revoked."""
        first = {}
        for line in self.sorted("granted_date", reverse=True):
            first[line.recipient_key] = line.granted_date
        # Sudoed: a later award of another body of the house may rely on it too, and must not be overlooked.
        later = self.sudo().search(
            [("recipient_key", "in", list(first)), ("state", "=", "granted"), ("id", "not in", self.ids)]
        )
        later = later.filtered(
            lambda line: line.granted_date and line.granted_date >= (first[line.recipient_key] or date.min)
        )
        later._write_protected({"revoked_reliance": True})
        note = self.env._("An earlier award of the same recipient was revoked: look at this one again.")
        later._message_log_batch({line.id: note for line in later})

    def action_add_to_revocation(self):
        """Put the selected granted commendations on a new draft revocation decision."""
        decision = self.env["emulation.decision"].create(
            {
                "company_id": self.company_id[:1].id,
                "kind": "revocation",
                "amended_decision_id": self.decision_id[:1].id,
            }
        )
        decision._do_add(self)
        return {
            "type": "ir.actions.act_window",
            "res_model": "emulation.decision",
            "res_id": decision.id,
            "view_mode": "form",
        }

    def action_add_to_submission(self):
        """Put the selected commendations on a new draft submission to a superior agency."""
        submission = self.env["emulation.submission"].create(
            {
                "company_id": self.company_id[:1].id,
                "abstract": "Về việc đề nghị khen thưởng",
                "line_ids": [fields.Command.create({"commendation_id": line.id}) for line in self],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "emulation.submission",
            "res_id": submission.id,
            "view_mode": "form",
        }
