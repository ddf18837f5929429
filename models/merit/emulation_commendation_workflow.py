"""The verbs of a commendation, three layers each: button → reasons → deed (DESIGN §3)."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .transitions import HUMAN_VERBS, TRANSITIONS


class EmulationCommendation(models.Model):
    _inherit = "emulation.commendation"

    can_submit = fields.Boolean(compute="_compute_can")
    can_endorse = fields.Boolean(compute="_compute_can")
    can_appraise = fields.Boolean(compute="_compute_can")
    can_return = fields.Boolean(compute="_compute_can")
    can_reject = fields.Boolean(compute="_compute_can")
    can_withdraw = fields.Boolean(compute="_compute_can")
    is_my_turn = fields.Boolean(
        string="My turn",
        compute="_compute_is_my_turn",
        search="_search_is_my_turn",
        help="The next step is mine: endorse in my unit, appraise as officer, mend what was returned to me.",
    )

    # ------------------------------------------------------------------
    # Compute methods
    # ------------------------------------------------------------------

    @api.depends_context("uid")
    @api.depends("state", "unit_id", "proposer_id", "needs_endorsement", "employee_id")
    def _compute_can(self):
        for verb in HUMAN_VERBS:
            reasons = self._get_cannot_reason(verb)
            for record in self:
                record[f"can_{verb}"] = not reasons[record.id]

    @api.depends_context("uid")
    @api.depends("state", "unit_id", "proposer_id", "needs_endorsement", "employee_id")
    def _compute_is_my_turn(self):
        endorse, appraise = (self._get_cannot_reason(verb, deep=False) for verb in ("endorse", "appraise"))
        for record in self:
            returned_to_me = (
                record.state == "draft" and record.proposer_id == self.env.user and bool(record.reason)
            )
            record.is_my_turn = returned_to_me or not endorse[record.id] or not appraise[record.id]

    def _search_is_my_turn(self, operator, value):
        if operator != "in":
            return NotImplemented
        user = self.env.user
        not_about_me = Domain("employee_id", "=", False) | Domain("employee_id.user_id", "!=", user.id)
        mine = (
            Domain("state", "=", "draft")
            & Domain("proposer_id", "=", user.id)
            & Domain("reason", "!=", False)
        )
        headed = Domain("unit_id.emulation_is_headed", "=", True) & Domain("needs_endorsement", "=", True)
        domain = mine | (Domain("state", "=", "submitted") & headed & not_about_me)
        if user.has_group("hr_emulation.group_emulation_officer"):
            ready = Domain("state", "=", "endorsed") | (
                Domain("state", "=", "submitted") & Domain("needs_endorsement", "=", False)
            )
            domain |= ready & not_about_me
        return domain

    # ------------------------------------------------------------------
    # Layer 1: buttons
    # ------------------------------------------------------------------

    def action_submit(self):
        return self._run_verb("submit")

    def action_endorse(self):
        return self._run_verb("endorse")

    def action_appraise(self):
        return self._run_verb("appraise")

    def action_withdraw(self):
        return self._run_verb("withdraw")

    def action_return(self):
        return self._ask_reason("return")

    def action_reject(self):
        return self._ask_reason("reject")

    def action_show_ratios(self):
        """Open own drafts of one award with their ratios; ticking rows asks "what if"."""
        drafts = self.filtered(lambda record: record.state == "draft")
        if len(drafts.award_id) != 1:
            raise UserError(self.env._("Choose drafts of one award."))
        wizard = self.env["emulation.propose"].create(
            {
                "source": "draft",
                "company_id": drafts[:1].company_id.id,
                "award_id": drafts.award_id.id,
                "period_to": drafts[:1].period_to,
                "line_ids": [
                    fields.Command.create({"commendation_id": draft.id, "is_selected": True})
                    for draft in drafts
                ],
            }
        )
        return wizard._reopen()

    def _ask_reason(self, verb):
        """Open the dialog that asks for a reason; with nothing to act on, say why at once."""
        reasons = self._get_cannot_reason(verb)
        if all(reasons.values()):
            return self._report_verb(verb, self.browse(), reasons)
        return {
            "type": "ir.actions.act_window",
            "name": self.env["emulation.commendation.reason"]._get_verb_label(verb),
            "res_model": "emulation.commendation.reason",
            "view_mode": "form",
            "target": "new",
            "context": {"default_verb": verb, "default_commendation_ids": self.ids},
        }

    def _run_verb(self, verb, **values):
        """Do ``verb`` on the records that can go, skip the others and report them by reason.

        :param values: passed to ``_do_<verb>`` (``reason`` where the table asks for one)
        :return: a client action: a note when all went, else the dialog of what could not go
        """
        self.check_access("read")
        reasons = self._get_cannot_reason(verb)
        able = self.filtered(lambda record: not reasons[record.id])
        # Somebody else's open transaction holds these rows: skip them, do not wait and do not fail the rest.
        locked = able.try_lock_for_update()
        for record in able - locked:
            reasons[record.id] = self.env._(
                "Somebody else is working on it right now. Try again in a moment."
            )
        if locked:
            getattr(locked, f"_do_{verb}")(**values)
        return self._report_verb(verb, locked, reasons)

    def _report_verb(self, verb, done, reasons):
        """Return what the user sees after a button: one dialog grouped by reason, or a short note."""
        skipped = self - done
        if len(self) == 1 and skipped:
            raise UserError(reasons[self.id])
        if skipped:
            return self.env["emulation.bulk.result"]._open(verb, done, {r.id: reasons[r.id] for r in skipped})
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%(count)s done.", count=len(done)),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    # ------------------------------------------------------------------
    # Layer 2: reasons
    # ------------------------------------------------------------------

    def _get_cannot_submit_reason(self):
        return self._get_cannot_reason("submit")

    def _get_cannot_endorse_reason(self):
        return self._get_cannot_reason("endorse")

    def _get_cannot_appraise_reason(self):
        return self._get_cannot_reason("appraise")

    def _get_cannot_return_reason(self):
        return self._get_cannot_reason("return")

    def _get_cannot_reject_reason(self):
        return self._get_cannot_reason("reject")

    def _get_cannot_withdraw_reason(self):
        return self._get_cannot_reason("withdraw")

    def _get_cannot_reason(self, verb, deep=True):
        """Return {id: why the current user cannot do ``verb``, or False}: state, then role, then content.

        :param deep: also what needs more than the record and the user (missing content, findings)
        """
        transition = TRANSITIONS[verb]
        role_reasons = self._get_wrong_role_reason(verb, transition)
        reasons = {
            record.id: record._get_wrong_state_reason(verb, transition) or role_reasons.get(record.id, False)
            for record in self
        }
        able = self.filtered(lambda record: not reasons[record.id])
        if deep and able:
            reasons.update(getattr(able, f"_get_cannot_{verb}_more", dict)())
        return reasons

    def _get_wrong_role_reason(self, verb, transition):
        """Return {id: why the user is none of those who may do it}; what is missing may be done."""
        reasons = getattr(self, f"_get_not_{transition.role}_reason")(verb)
        for role, states in transition.others:
            refused = self.browse(
                record.id for record in self if record.id in reasons and record.state in states
            )
            others = getattr(refused, f"_get_not_{role}_reason")(verb)
            reasons = {key: text for key, text in reasons.items() if key not in refused.ids or key in others}
        return reasons

    def _get_wrong_state_reason(self, verb, transition):
        self.ensure_one()
        if self.state not in transition.from_states:
            return self.env._("It is already in another step: %(state)s.", state=self._get_state_label())
        if verb == "endorse" and not self.needs_endorsement:
            return self.env._("This award needs no endorsement by the unit.")
        if verb == "appraise" and self.state == "submitted" and self.needs_endorsement:
            return self.env._("The unit has not endorsed it yet.")
        return False

    def _get_state_label(self):
        self.ensure_one()
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    def _get_not_proposer_reason(self, verb):
        text = self.env._("Only the person who proposed it can do this.")
        return {record.id: text for record in self if record.proposer_id != self.env.user}

    def _get_not_officer_reason(self, verb):
        if not self.env.user.has_group("hr_emulation.group_emulation_officer"):
            return dict.fromkeys(self.ids, self.env._("Only an emulation officer can do this."))
        return {**self._get_other_company_reason(), **self._get_own_reason()}

    def _get_not_unit_head_reason(self, verb):
        text = self.env._("Only the head of the recipient's unit, or of a unit above, can do this.")
        # Sudoed: whether I head the unit is asked of the unit itself; only yes or no leaves.
        strangers = self.filtered(lambda record: not record.unit_id.sudo().emulation_is_headed)
        past_heads = self.filtered(lambda record: not record.needs_endorsement)
        unneeded = dict.fromkeys(past_heads.ids, self.env._("This award needs no endorsement by the unit."))
        return {**unneeded, **self._get_own_reason(), **dict.fromkeys(strangers.ids, text)}

    def _get_other_company_reason(self):
        text = self.env._("It belongs to another company.")
        return {record.id: text for record in self if record.company_id not in self.env.user.company_ids}

    def _get_own_reason(self):
        """Nobody decides on his own commendation."""
        text = self.env._("Nobody can decide on a commendation of their own.")
        # Sudoed: the link from an employee to its user is not for everybody; only equality leaves.
        return {record.id: text for record in self.sudo() if record.employee_id.user_id == self.env.user}

    def _get_cannot_submit_more(self):
        """What is missing before a proposal can be handed in."""
        reasons = {}
        for record in self:
            if not record.period_from or not record.period_to:
                reasons[record.id] = self.env._("The achievement period is missing.")
            elif not record.summary and not record.achievement_ids:
                reasons[record.id] = self.env._("The achievement is not described.")
            elif record.commendation_type == "ad_hoc" and not record.achieved_on:
                reasons[record.id] = self.env._("The day of the sudden achievement is missing.")
        return reasons

    # ------------------------------------------------------------------
    # Layer 3: deeds. Guards are above; record rules let a proposer write drafts only, so the
    # state itself is stored in sudo here and nowhere else.
    # ------------------------------------------------------------------

    @api.private
    def _do_submit(self):
        todo = self._start_transition("submit")
        todo._take_submission_snapshot()
        needed = todo._get_needs_endorsement()
        for needs, records in todo.grouped(lambda record: needed[record.id]).items():
            records._finish_transition(
                "submit", needs_endorsement=needs, submitted_on=fields.Datetime.now(), reason=False
            )
        todo._set_deadlines()
        todo._refresh_findings()

    @api.private
    def _do_endorse(self):
        todo = self._start_transition("endorse")
        todo._finish_transition("endorse", endorsed_on=fields.Datetime.now(), endorser_id=self.env.uid)

    @api.private
    def _do_appraise(self):
        todo = self._start_transition("appraise")
        todo._finish_transition("appraise", appraised_on=fields.Datetime.now(), appraiser_id=self.env.uid)

    @api.private
    def _do_return(self, reason):
        todo = self._start_transition("return", reason=reason)
        todo._finish_transition(
            "return",
            reason=reason,
            endorsed_on=False,
            endorser_id=False,
            appraised_on=False,
            appraiser_id=False,
        )

    @api.private
    def _do_reject(self, reason):
        self._start_transition("reject", reason=reason)._finish_transition("reject", reason=reason)

    @api.private
    def _do_withdraw(self):
        self._start_transition("withdraw")._finish_transition("withdraw")

    def _start_transition(self, verb, reason=None):
        """Lock, drop what already arrived (idempotent) and refuse what may not leave its state.

        :return: the records to move
        :raises UserError: a record is in no from-state of ``verb``, or the reason is missing
        :raises LockError: somebody else holds a record
        """
        self.lock_for_update()
        transition = TRANSITIONS[verb]
        if transition.needs_reason and not (reason or "").strip():
            raise UserError(self.env._("Give a reason."))
        todo = self.filtered(lambda record: record.state != transition.to_state)
        for record in todo:
            wrong = record._get_wrong_state_reason(verb, transition)
            if wrong:
                raise UserError(
                    self.env._("%(record)s: %(reason)s", record=record.display_name, reason=wrong)
                )
        return todo

    def _finish_transition(self, verb, **values):
        """Store the new state of all records in one write and log it in one batch."""
        if not self:
            return
        values.update(state=TRANSITIONS[verb].to_state, state_changed_on=fields.Datetime.now())
        self.sudo()._write_protected(values)
        body = self._get_transition_note(verb, values.get("reason"))
        self._message_log_batch(dict.fromkeys(self.ids, body))

    def _get_transition_note(self, verb, reason):
        label = dict(self._fields["state"]._description_selection(self.env))[TRANSITIONS[verb].to_state]
        return f"{label}: {reason}" if reason else label

    def _take_submission_snapshot(self):
        """Freeze name, unit and post at the end of the achievement period; the unit that acts is today's."""
        self.sudo()._with_seal()._compute_unit_id()
        for day, records in self.grouped(lambda record: record.period_to).items():
            records.sudo()._with_seal()._take_snapshot(day)

    def _get_needs_endorsement(self):
        """Return {id: whether a head must endorse}: the rule asks for it and somebody else can do it."""
        rules = self._get_award_rules()
        result = {}
        for record, rule in rules.items():
            asked = rule.needs_endorsement if rule else True
            # Sudoed: who heads a unit and which user he has is not readable by everybody.
            record_sudo = record.sudo()
            heads = record_sudo.unit_id._get_emulation_head_users()
            result[record.id] = bool(asked and heads - record_sudo.employee_id.user_id)
        return result

    def _set_deadlines(self):
        """Ad hoc: decided within the company's target days, counted from the achievement."""
        for record in self.filtered(lambda record: record.commendation_type == "ad_hoc"):
            days = record.company_id.sudo().emulation_ad_hoc_days
            deadline = fields.Date.add(record.achieved_on, days=days)
            record.sudo()._write_protected({"deadline": deadline})
