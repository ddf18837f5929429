"""What sessions, submissions and decisions do to commendations. Called by those documents only."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .transitions import TRANSITIONS


class EmulationCommendation(models.Model):
    _inherit = "emulation.commendation"

    # ------------------------------------------------------------------
    # Layer 2: reasons, for the previews of the documents
    # ------------------------------------------------------------------

    def _get_cannot_vote_reason(self):
        return self._get_cannot_by_document_reason("vote")

    def _get_cannot_forward_reason(self):
        return self._get_cannot_by_document_reason("forward")

    def _get_cannot_grant_reason(self):
        return self._get_cannot_by_document_reason("grant")

    def _get_cannot_revoke_reason(self):
        return self._get_cannot_by_document_reason("revoke")

    def _get_cannot_by_document_reason(self, verb):
        """Return {id: why a document cannot do ``verb`` to it, or False}."""
        rules = self._get_award_rules()
        return {record.id: record._get_document_reason(verb, rules[record]) for record in self}

    def _get_document_reason(self, verb, rule):
        self.ensure_one()
        wrong = self._get_wrong_state_reason(verb, TRANSITIONS[verb])
        if wrong or verb not in ("forward", "grant"):
            return wrong
        if self.state == "appraised" and self._needs_council(rule):
            return self.env._("The council has not voted on it.")
        if self.state == "voted" and not self.vote_passed:
            return self.env._("The council did not pass it.")
        return False

    def _needs_council(self, rule):
        """A sudden achievement is decided without the council: the prompt procedure."""
        self.ensure_one()
        return bool(rule.needs_council) and self.commendation_type != "ad_hoc"

    # ------------------------------------------------------------------
    # Layer 3: deeds
    # ------------------------------------------------------------------

    @api.private
    def _do_vote(self, passed, note=False):
        """Record the result of a closed session.

        :param bool passed: threshold and quorum were reached
        :param str note: the explained tally, e.g. "13/14 members = 92.86 % ≥ 90 %"
        """
        self._start_transition("vote")._finish_transition("vote", vote_passed=passed, vote_note=note)

    @api.private
    def _do_forward(self):
        """The submission (tờ trình) to the superior agency was sent."""
        todo = self._start_document_transition("forward")
        todo._finish_transition("forward")

    @api.private
    def _do_grant(self, decision, values=None):
        """Grant by an issued decision.

        :param decision: ``emulation.decision`` that lists these commendations
        :param dict values: {commendation id: {prize_amount (đồng), prize_coefficient, prize_note,
            external_decision}}; missing ids keep what they have
        """
        decision.ensure_one()
        todo = self._start_document_transition("grant")
        todo.sudo()._store_each(values or {})
        granted_on = decision.issue_date or fields.Date.context_today(self)
        todo._finish_transition("grant", decision_id=decision.id, granted_date=granted_on)

    @api.private
    def _do_revoke(self, decision, reason):
        """Take a commendation back by an issued revocation decision; the grant stays on record."""
        decision.ensure_one()
        todo = self._start_transition("revoke", reason=reason)
        todo._finish_transition("revoke", revocation_decision_id=decision.id, reason=reason)

    def _start_document_transition(self, verb):
        todo = self._start_transition(verb)
        reasons = todo._get_cannot_by_document_reason(verb)
        for record in todo:
            if reasons[record.id]:
                raise UserError(
                    self.env._(
                        "%(record)s: %(reason)s", record=record.display_name, reason=reasons[record.id]
                    )
                )
        return todo

    def _store_each(self, values):
        """Write per-record values; the ORM sends them to the database together."""
        allowed = {"prize_amount", "prize_coefficient", "prize_note", "external_decision"}
        for record in self:
            vals = values.get(record.id)
            if vals:
                unknown = vals.keys() - allowed
                if unknown:
                    raise ValueError(f"Not a value of a grant: {sorted(unknown)}")
                record._write_protected(vals)
