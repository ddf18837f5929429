"""The money of a decision: weighed with what other decisions of the same day give, and what a person has to say."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...engine import prize, vietnamese
from ..mixin.reason import tell
from ..mixin.refusals import OFFICERS_ONLY


class EmulationDecisionPrize(models.AbstractModel):
    """The part of a decision that pays; ``self`` is the decision."""

    _name = "emulation.decision.prize"
    _description = "What a decision pays"

    # ------------------------------------------------------------------
    # What people say of the money of single awards
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def _record_payment(self, commendations):
        """Record that the prizes to pay were paid, or that prizes to take back came back."""
        self.check_access("write")
        roles = commendations._get_roles()
        lines = commendations.filtered(lambda line: {"officer", "stand_in"} & roles[line.id])
        if commendations and not lines:
            raise AccessError(self.env._(OFFICERS_ONLY))
        today = fields.Date.context_today(self)
        # sudo: emulation.commendation - granted lines are closed to everybody's plain write.
        lines.filtered(lambda line: line.prize_state == "to_pay").sudo()._write_protected(
            {"prize_state": "paid", "prize_paid_on": today}
        )
        # sudo: emulation.commendation - as above
        lines.filtered(lambda line: line.prize_state == "to_return").sudo()._write_protected(
            {"prize_state": "returned", "prize_returned_on": today}
        )

    @api.model
    @api.private
    def _answer_prize(self, commendation, choice):
        """Say whether a prize in doubt is paid beside another award of the same day.

        :param str choice: ``pay`` or ``none``
        """
        commendation.ensure_one()
        self.check_access("write")
        if reason := commendation._get_refused("grant").get(commendation.id):
            raise UserError(reason)
        # sudo: emulation.commendation - the answer of who prepares the decision
        commendation.sudo()._write_protected({"prize_choice": choice})

    # ------------------------------------------------------------------
    # What the law gives
    # ------------------------------------------------------------------

    def _decide_prizes(self):
        """Store the sum of a draft and return ``{line id: values}`` for its lines."""
        prizes = self._get_prize_lines()
        self._write_prize_total(sum(line.amount for line in prizes))
        return {line.key: self._prepare_prize(line) for line in prizes}

    def _let_lower_give_way(self):
        """Do not pay what another decision of this day gives for less than these lines, unless it is paid out."""
        own = set(self.commendation_ids.ids)
        lower = [line.key for line in self._weigh_prizes() if line.key not in own and line.prevailing in own]
        # sudo: emulation.commendation - granted lines are closed to everybody's plain write
        lines = self.env["emulation.commendation"].sudo().browse(lower)
        unpaid = lines.filtered(lambda line: line.prize_state == "to_pay")
        note = self.with_context(lang="vi_VN").env._(
            "Not paid out: the higher award of %(number)s of the same day is paid.",
            number=self._get_document_number() or self.abstract,
        )
        unpaid._write_protected({"prize_state": "none", "prize_note": note})
        unpaid._message_log_batch({line.id: note for line in unpaid})

    def _pay_what_gave_way(self):
        """Pay what was not paid only because of the awards this decision takes back: the lower title of the day stands,
        and its money is due again (Decree 152/2025/NĐ-CP, Article 49(5))."""
        revoked = self.revoked_commendation_ids
        # sudo: emulation.commendation - the lower award may stand on a decision of another agency
        lower = revoked.sudo().search(
            [
                ("recipient_key", "in", [key for key in revoked.mapped("recipient_key") if key]),
                ("decision_id.issue_date", "in", revoked.decision_id.mapped("issue_date")),
                ("decision_id.external_issuer", "=", False),
                ("state", "=", "granted"),
                ("prize_state", "=", "none"),
            ]
        )
        decisions = lower.decision_id
        salaries = self.env["emulation.base.salary"]._get_amounts(set(decisions.mapped("issue_date")))
        weighed = {line.key: line for lines in decisions._weigh_each(salaries).values() for line in lines}
        due = lower.filtered(lambda line: weighed[line.id].amount)
        for line in due:
            line._write_protected({**self._prepare_prize(weighed[line.id]), "prize_state": "to_pay"})
        note = self.env._("To be paid after all: the higher award of the same day was revoked.")
        due._message_log_batch({line.id: note for line in due})

    def _write_prize_total(self, total):
        words = vietnamese.amount_in_words(total) if total else False
        self._write_protected({"prize_total": total, "prize_total_words": words})

    def _prepare_prize(self, line):
        return {
            "prize_amount": line.amount,
            "prize_coefficient": float(line.coefficient),
            "prize_note": tell(self.with_context(lang="vi_VN").env, line.reason),
        }

    def _get_prize_lines(self):
        """Return what the engine decides for every line, as ``engine.prize.PrizeLine``."""
        own = set(self.commendation_ids.ids)
        return [line for line in self._weigh_prizes() if line.key in own]

    def _weigh_prizes(self):
        """Weigh the lines beside what other decisions of the same day gave to the same recipients.

        "At the same moment" is the day, whatever the number of decisions (Decree 152/2025/NĐ-CP, Article 49(5)).

        :raises UserError: no base salary is known on the day
        """
        self.ensure_one()
        day = self.issue_date or fields.Date.context_today(self)
        return self._weigh_each({day: self.env["emulation.base.salary"]._amount_on(day)})[self]

    def _weigh_each(self, salaries):
        """Weigh each of these decisions by itself, in a number of queries that does not grow with them.

        :param salaries: {day: base salary} of the days they are dated
        :return: {decision: [engine.prize.PrizeLine]}
        """
        today = fields.Date.context_today(self)
        days = {decision: decision.issue_date or today for decision in self}
        others = self._find_same_day(days, ("granted",))
        # sudo: emulation.commendation - a prize is one whoever may see the other decision
        own = {decision: decision.sudo().commendation_ids for decision in self}
        lines = {
            decision: own[decision].filtered(lambda line: line.state != "revoked") | others[decision]
            for decision in self
        }
        # sudo: emulation.commendation - as above
        every = self.env["emulation.commendation"].sudo().union(*lines.values())
        rules = self.env["emulation.award.rule"]._get_of(every)
        return {
            decision: prize.prize_lines(
                [rules[line]._prepare_prize_claim(line) for line in weighed.with_prefetch(every._ids)],
                salaries[days[decision]],
                decision.company_id.emulation_prize_rounding,
                decision.company_id.emulation_round_individual_first,
            )
            for decision, weighed in lines.items()
        }

    def _get_same_day_lines(self, date, states=("granted",)):
        """Return lines of other decisions of a day for the recipients of this one."""
        return self._find_same_day({self: date}, states)[self]

    def _find_same_day(self, days, states):
        """Return ``{decision: lines of other decisions of its day for its recipients}``.

        :param days: {decision: its day}
        """
        # sudo: emulation.commendation - see above
        lines = self.env["emulation.commendation"].sudo()
        keys = {
            decision: set(filter(None, decision.commendation_ids.mapped("recipient_key")))
            for decision in days
        }
        found = lines.search(
            [
                ("recipient_key", "in", list(set().union(*keys.values()))),
                ("decision_id.issue_date", "in", list(set(days.values()))),
                ("state", "in", states),
            ]
        )
        by_day = found.grouped(lambda line: line.decision_id.issue_date)
        return {
            decision: by_day.get(day, lines).filtered(
                lambda line, decision=decision: (
                    line.recipient_key in keys[decision] and line.decision_id != decision
                )
            )
            for decision, day in days.items()
        }

    def _count_drafts(self):
        """Return ``{draft: đồng it would come to}``; without those of a day on which no base salary is known."""
        today = fields.Date.context_today(self)
        salaries = self.env["emulation.base.salary"]._get_amounts(
            {draft.issue_date or today for draft in self}
        )
        known = self.filtered(lambda draft: (draft.issue_date or today) in salaries)
        totals = {}
        for draft, lines in known._weigh_each(salaries).items():
            own = set(draft.sudo().commendation_ids.ids)  # sudo: emulation.commendation - ids only, to add up
            totals[draft] = sum(line.amount for line in lines if line.key in own)
        return totals

    def _get_prize_doubts(self):
        """Return ``{line: engine.reason.Reason}`` of the prizes a person decides before the decision goes out."""
        self.ensure_one()
        if self.kind != "grant" or not self.commendation_ids:
            return {}
        browse = self.env["emulation.commendation"].browse
        return {browse(line.key): line.doubt for line in self._get_prize_lines() if line.doubt}

    def _get_expected_total(self):
        if self.kind != "grant" or not self.commendation_ids:
            paid = self._get_lines().filtered(lambda line: line.prize_state == "paid")
            return int(sum(paid.mapped("prize_amount")))
        return sum(line.amount for line in self._get_prize_lines())

    def _get_amounts(self):
        """Return ``{line: đồng}``: what was decided, on a draft what issuing it today would pay."""
        self.ensure_one()
        if self.kind != "grant" or self.state == "issued":
            return {line: int(line.prize_amount) for line in self._get_lines()}
        amounts = {prize.key: prize.amount for prize in self._get_prize_lines()}
        return {line: int(amounts.get(line.id) or 0) for line in self.commendation_ids}

    def _get_payment_lines(self):
        """Return the lines with money to pay or paid, or to take back by a revocation, in the order of the annex.

        Who was revoked before being paid is not among them; who was paid before stays: it was signed for.
        """
        lines = self._get_ordered_lines().filtered("prize_amount")
        if self.kind == "revocation":
            return lines.filtered(lambda line: line.prize_state in ("to_return", "returned"))
        if self.state != "issued":
            return lines
        return lines.filtered(lambda line: line.prize_state != "none")
