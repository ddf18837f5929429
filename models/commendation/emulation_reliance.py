from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from ..mixin.dossier_states import FINAL_STATES, PENDING_STATES
from ..mixin.verb import Verb

_lt = LazyTranslate(__name__)

DECIDERS = {"officer": None, "stand_in": None}
UNDECIDED = ("open", "review")
VERBS = {
    "keep": Verb(UNDECIDED, "kept", DECIDERS, _lt("Uphold it"), reason=True),
    "review": Verb(("open",), "review", DECIDERS, _lt("Look into it"), reason=True),
    "revoke": Verb(
        UNDECIDED,
        "revoke",
        DECIDERS,
        _lt("Revoke it too"),
        reason=True,
        also="a granted one goes on a revocation decision, one under way is rejected or returned by its own verbs",
    ),
    "reopen": Verb(
        ("kept", "revoke", "review"),
        "open",
        DECIDERS,
        _lt("Take the decision back"),
        reason=True,
        checks=("_check_not_followed",),
        also="nothing followed from it: a granted one is on no revocation decision, one under way is not closed",
    ),
}
OVER = set(FINAL_STATES) - {"granted"}


class EmulationReliance(models.Model):
    """What may rest on an award that was revoked: granted later or still on its way. Each asks for a decision.

    Whether the rule of the later award asks for the earlier one is noted: only then it surely rests on it.
    """

    _name = "emulation.reliance"
    _description = "Rests on a revoked award"
    _inherit = ["emulation.verb.mixin", "emulation.thread.mixin"]
    _order = "state desc, is_required desc, id"
    _rec_name = "commendation_id"
    _verbs = VERBS

    revoked_id = fields.Many2one(
        "emulation.commendation", string="Revoked award", required=True, ondelete="cascade", index=True
    )
    commendation_id = fields.Many2one(
        "emulation.commendation", string="What may rest on it", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="commendation_id.company_id", store=True, index=True)
    award_id = fields.Many2one(related="commendation_id.award_id")
    commendation_state = fields.Selection(related="commendation_id.state", string="Stands at")
    granted_date = fields.Date(related="commendation_id.granted_date")
    is_required = fields.Boolean(
        string="Its rule asks for that award", readonly=True, help="Then it surely rests on it."
    )
    state = fields.Selection(
        [
            ("open", "To decide"),
            ("review", "Looked into"),
            ("kept", "Upheld"),
            ("revoke", "To be revoked too"),
        ],
        default="open",
        required=True,
        readonly=True,
        index=True,
    )
    reason = fields.Char(readonly=True)
    decided_on = fields.Date(string="Decided on", readonly=True)
    decider_id = fields.Many2one("res.users", string="Decided by", readonly=True)

    _pair_uniq = models.Constraint(
        "UNIQUE (revoked_id, commendation_id)", "This pair is on the list already."
    )

    # ---------- How it comes on the list ----------

    @api.model
    @api.private
    def _list(self, revoked):
        """Put on the list what may rest on these revoked awards: the same recipient's later or pending ones. Those
        granted are flagged.

        :param revoked: commendations just revoked
        :return: the rows created
        """
        first = {}
        for line in revoked.sorted("granted_date", reverse=True):
            first[line.recipient_key] = line
        # sudo: emulation.commendation - what rests on it may belong to another body and must not be overlooked
        later = revoked.sudo().search(
            [
                *(("recipient_key", "in", list(first)), ("id", "not in", revoked.ids)),
                ("state", "in", ("granted", *PENDING_STATES)),
            ]
        )
        later = later.filtered(
            lambda line: (
                line.state != "granted" or self._is_later(line.granted_date, first[line.recipient_key])
            )
        )
        self._flag(later.filtered(lambda line: line.state == "granted"))
        rules = self.env["emulation.award.rule"]._get_of(later)
        # sudo: emulation.reliance - put on the list by the revocation, never by a person
        return self.sudo()._create_protected(
            [
                {
                    "revoked_id": first[line.recipient_key].id,
                    "commendation_id": line.id,
                    "is_required": self._asks_for(rules[line], first[line.recipient_key].award_id),
                }
                for line in later
            ]
        )

    @staticmethod
    def _flag(later):
        """Flag awards that may have counted on the one revoked."""
        later._write_protected({"revoked_reliance": True})
        note = later.env._("An earlier award of the same recipient was revoked: look at this one again.")
        later._message_log_batch({line.id: note for line in later})

    @staticmethod
    def _is_later(granted, revoked):
        return bool(granted) and (not revoked.granted_date or granted >= revoked.granted_date)

    @api.model
    def _asks_for(self, rule, award):
        """Return whether a requirement of the rule counts awards of this kind."""
        # sudo: emulation.requirement - the law is the same for everybody
        wanted = rule.sudo().requirement_ids.filtered(lambda line: line.kind == "prior_award")
        return award in wanted.award_ids

    # ---------- Decisions ----------

    def action_keep(self):
        return self._ask_reason("keep")

    def action_review(self):
        return self._ask_reason("review")

    def action_revoke(self):
        return self._ask_reason("revoke")

    def action_reopen(self):
        """Take decisions back, with a reason: each is to be decided again."""
        return self._ask_reason("reopen")

    def _get_cannot_keep_reason(self):
        return self._check_verb("keep")

    def _get_cannot_review_reason(self):
        return self._check_verb("review")

    def _get_cannot_revoke_reason(self):
        return self._check_verb("revoke")

    def _get_cannot_reopen_reason(self):
        return self._check_verb("reopen")

    def _check_not_followed(self):
        """Return {id: reason} where the decision was carried out, or what it is about is over."""
        reasons = {}
        for row in self.sudo():  # sudo: emulation.commendation - where it stands, and on which decision
            if row.commendation_id.state in OVER:
                reasons[row.id] = self.env._(
                    "It is over already: %(state)s.", state=row.commendation_id._get_state_label()
                )
            elif row.commendation_id.revocation_decision_id:
                reasons[row.id] = self.env._("It is on a revocation decision: take it off there first.")
        return reasons

    @api.private
    def _do_keep(self, reason):
        self._decide("keep", reason)

    @api.private
    def _do_review(self, reason):
        self._decide("review", reason)

    @api.private
    def _do_revoke(self, reason):
        self._decide("revoke", reason)

    @api.private
    def _do_reopen(self, reason):
        """Ask for a decision again; the reason stands in its place."""
        undecided = {"decided_on": False, "decider_id": False}
        self._start("reopen", reason)._finish("reopen", reason, reason=reason, **undecided)

    def _decide(self, verb, reason):
        stamp = {"decided_on": fields.Date.context_today(self), "decider_id": self.env.uid}
        self._start(verb, reason)._finish(verb, reason, reason=reason, **stamp)

    def action_add_to_revocation(self):
        """Put the granted awards that fall too on one new draft revocation decision."""
        falling = self.filtered(lambda row: row.state == "revoke" and row.commendation_state == "granted")
        if not falling:
            raise UserError(self.env._("None of them is granted and to be revoked too."))
        return self.env["emulation.onward"]._add_to_revocation(falling.commendation_id)
