"""Issue a decision: everything in one transaction, or nothing; and what it pays."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine import prize, vietnamese
from ..mixin.reason import tell


class EmulationDecision(models.Model):
    _inherit = "emulation.decision"

    # ------------------------------------------------------------------
    # Issue
    # ------------------------------------------------------------------

    def _get_cannot_issue_reason(self):
        """Return ``{decision id: reason}``: every bad line is named."""
        reasons = {}
        for decision in self:
            missing = decision._get_missing_parts()
            problems = decision._get_line_problems(decision._get_lines())
            if decision.state != "draft":
                reasons[decision.id] = self.env._(
                    "%(decision)s: already issued or cancelled.", decision=decision.abstract
                )
            elif missing:
                reasons[decision.id] = self.env._(
                    "%(decision)s: still missing: %(parts)s.",
                    decision=decision.abstract or decision.id,
                    parts=", ".join(missing),
                )
            elif problems:
                reasons[decision.id] = "\n".join(problems.values())
        return reasons

    def _get_missing_parts(self):
        self.ensure_one()
        parts = {
            self.env._("lines"): self._get_lines(),
            self.env._("abstract"): self.abstract,
            self.env._("articles"): self.article_ids,
            self.env._("signer"): self.signer_id,
        }
        if self.kind == "revocation":
            parts[self.env._("ground of the revocation")] = self.revocation_ground
        return [label for label, value in parts.items() if not value]

    @api.private
    def _do_issue(self):
        """Issue this draft in the running transaction; a decision already issued is left alone.

        :raises LockError: somebody is issuing it at this moment
        :raises UserError: a part is missing or a line is bad
        """
        self.ensure_one()
        self.lock_for_update()
        self.invalidate_recordset(["state"])
        if self.state == "issued":
            return
        reasons = self._get_cannot_issue_reason()
        if reasons:
            raise UserError("\n".join(reasons.values()))
        if not self.issue_date:
            self.issue_date = fields.Date.context_today(self)
        getattr(self, f"_issue_{self.kind}")()
        self._take_number()
        self._after_number()
        self._write_protected(
            {"issued_articles": self._get_article_texts(), "issuer_id": self.env.uid, "state": "issued"}
        )
        self._write_protected(self._store_document_pdf("hr_emulation.action_report_decision"))
        self.message_post(body=self.env._("Issued as %(number)s.", number=self._get_document_number()))

    def _issue_grant(self):
        lines = self.commendation_ids
        lines.lock_for_update()
        prizes = self._get_prize_lines()
        total = sum(line.amount for line in prizes)
        self._write_protected(
            {"prize_total": total, "prize_total_words": vietnamese.amount_in_words(total) if total else False}
        )
        lines._do_grant(self, {line.key: self._prepare_prize(line) for line in prizes})
        lines.filtered("prize_amount")._write_protected({"prize_state": "to_pay"})

    def _issue_amendment(self):
        self.change_ids._do_apply()

    def _issue_revocation(self):
        lines = self.revoked_commendation_ids
        lines.lock_for_update()
        total = sum(lines.filtered(lambda line: line.prize_state == "paid").mapped("prize_amount"))
        self._write_protected(
            {"prize_total": total, "prize_total_words": vietnamese.amount_in_words(total) if total else False}
        )
        lines._do_revoke(self, self._get_revocation_reason())
        paid = lines.filtered(lambda line: line.prize_state == "paid")
        paid._write_protected({"prize_state": "to_return"})
        lines._flag_reliant()
        (lines - paid)._write_protected({"prize_state": "none"})

    def _get_revocation_reason(self):
        ground = dict(self._fields["revocation_ground"]._description_selection(self.env))
        return ". ".join(filter(None, [ground.get(self.revocation_ground), self.revocation_reason]))

    def _after_number(self):
        """What needs the decision's number: the register."""
        if self.kind == "grant":
            self.env["emulation.certificate"]._do_register(self)
        elif self.kind == "revocation":
            self.revoked_commendation_ids.certificate_ids._do_revoke(self)
        else:
            self.change_ids._do_replace_certificates()

    # ------------------------------------------------------------------
    # Money
    # ------------------------------------------------------------------

    def _get_prize_lines(self):
        """Return what the engine decides for every line, as ``engine.prize.PrizeLine``."""
        self.ensure_one()
        date = self.issue_date or fields.Date.context_today(self)
        rules = self.commendation_ids._get_award_rules()
        return prize.prize_lines(
            [rules[line]._prepare_prize_claim(line) for line in self.commendation_ids],
            self.env["emulation.base.salary"]._amount_on(date),
            self.company_id.emulation_prize_rounding,
            self.company_id.emulation_round_individual_first,
        )

    def _prepare_prize(self, line):
        return {
            "prize_amount": line.amount,
            "prize_coefficient": float(line.coefficient),
            "prize_note": tell(self.env, line.reason),
        }
