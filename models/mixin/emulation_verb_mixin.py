from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import ormcache

from . import once
from .labels import get_labels
from .refusals import BUSY, GIVE_REASON, HEADS_ONLY, NOT_ON_ONESELF, OFFICERS_ONLY


class EmulationVerbMixin(models.AbstractModel):
    """One machine for everything with a state: button → why not → do.

    A model says in ``_verbs`` (``verb.Verb``) from where its verbs lead, who may use them and what else is
    asked; for each it has three methods:

    * ``action_<verb>()``: the button, for any number of records; ``_run_verb`` or ``_ask_reason`` do the work:
      what can go goes, the rest is reported by reason;
    * ``_get_cannot_<verb>_reason()``: {id: reason} of the records that cannot go. The machine asks it for
      buttons, lists, bulk actions and documents alike: an addon that extends it with ``super()`` stops them all;
    * ``_do_<verb>()``: does it, once; locked, idempotent, callable by code only.
    """

    _name = "emulation.verb.mixin"
    _inherit = ["emulation.guard.mixin", "emulation.bulk.mixin"]
    _description = "Record moved by verbs"

    _verbs = {}
    _shown_state = "state"  # the selection that people read
    _turn_action = (
        None  # the list that shows what waits; needed by a model with a verb somebody is waited for
    )

    is_my_turn = fields.Boolean(string="My turn", compute="_compute_is_my_turn", search="_search_is_my_turn")
    next_actors = fields.Char(
        string="Waits for", compute="_compute_next_actors", help="Who can take the next step."
    )
    is_stood_in = fields.Boolean(
        string="I stand in",
        compute="_compute_is_stood_in",
        search="_search_is_stood_in",
        compute_sudo=True,
        help="Every officer of the agency is concerned: the current user decides. Record rules rely on it.",
    )

    @api.model
    @ormcache()
    def _get_verbs(self):
        """Return {verb: Verb} of this model and all it is made of; the most special wins."""
        found = {}
        for cls in reversed(type(self).mro()):
            found.update(cls.__dict__.get("_verbs") or {})
        return found

    @api.model
    def _get_verb(self, verb):
        return self._get_verbs()[verb]

    # ------------------------------------------------------------------
    # What the screen shows
    # ------------------------------------------------------------------

    @api.model
    def _get_can_fields(self):
        """Return what the buttons depend on."""
        return ["state", *sorted(self._get_role_fields() - {"partner_id"})]

    @api.depends(lambda self: self._get_can_fields())
    @api.depends_context("uid")
    def _compute_can(self):
        """Fill each ``can_<verb>`` field the model has."""
        verbs = [verb for verb in self._get_verbs() if f"can_{verb}" in self._fields]
        with once.kept(self.env):
            blocked = {verb: self._get_blocked(verb) for verb in verbs}
        for verb, ids in blocked.items():
            for record in self:
                record[f"can_{verb}"] = record.id not in ids

    @api.depends(lambda self: self._get_can_fields())
    @api.depends_context("uid")
    def _compute_is_my_turn(self):
        waited = [verb for verb, step in self._get_verbs().items() if step.waited]
        with once.kept(self.env):
            blocked = [self._get_blocked(verb) for verb in waited]
        # sudo: the record - only whether it waits for the user
        others = self.sudo().filtered_domain(self._get_other_turn_domain())._ids
        for record in self:
            record.is_my_turn = record.id in others or any(record.id not in ids for ids in blocked)

    @api.depends(lambda self: sorted(self._get_role_fields()))
    @api.depends_context("uid")
    def _compute_is_stood_in(self):
        user = self.env.user._get_emulation_identity()
        found = self._get_stood_in_for(user)
        for record in self:
            record.is_stood_in = record.id in found and not record._is_emulation_owner(user)

    def _search_is_stood_in(self, operator, value):
        # A search method, not ids in the rule: rules are cached by user and would miss a new head.
        return self._get_role_domain("stand_in") if operator == "in" else NotImplemented

    @api.depends(lambda self: self._get_can_fields())
    def _compute_next_actors(self):
        actors = self._get_next_actors()
        for record in self:
            # sudo: res.users - names of those who have to act.
            names = actors.get(record.id, self.env["res.users"]).sudo().mapped("name")
            record.next_actors = ", ".join(names) or False

    def _get_next_actors(self):
        """Return {id: users who can take the next step}: the nearest head in office, else who decides as an officer.

        Nobody on oneself: where the head or the officer is concerned, it is the next able person.
        """
        # sudo: units and users - to name who has to act.
        records = self.sudo()
        deciders = records._get_emulation_deciders() if "company_id" in self._fields else {}
        heads, actors = records._get_acting_heads(), {}
        for record in records:
            roles = record._get_waited_roles()
            users = heads[record.id] if "head" in roles else self.env["res.users"]
            if "owner" in roles:
                users |= record._get_emulation_owner_users()
            if not users and "officer" in roles:
                users = deciders.get(record.id, users)
            elif not users and "admin" in roles:
                users = record.company_id._get_emulation_admins() - record._get_emulation_owner_users()
            actors[record.id] = users
        return actors

    def _get_waited_roles(self):
        """Return the roles that a step somebody waits for is open to."""
        steps = [step for step in self._get_verbs().values() if step.waited]
        return frozenset().union(*(step.get_roles(self.state) for step in steps))

    def _search_is_my_turn(self, operator, value):
        if operator != "in":
            return NotImplemented
        waited = [verb for verb, step in self._get_verbs().items() if step.waited]
        return Domain.OR([self._get_other_turn_domain(), *map(self._get_turn_domain, waited)])

    @api.model
    def _get_other_turn_domain(self):
        """Return the domain of what waits for the current user without a verb that is waited for."""
        return Domain.FALSE

    @api.model
    def _get_late_domain(self, today):
        """Return the domain of what should have been done before a day; of a model without days, nothing."""
        return Domain.FALSE

    @api.model
    def _get_turn_domain(self, verb):
        """Return the domain of what waits for the current user to use a verb: as its state and roles say."""
        step = self._get_verb(verb)
        domain = Domain.FALSE
        for role, states in step.roles.items():
            domain |= Domain("state", "in", states or step.source) & self._get_role_domain(role)
        return domain

    def _get_state_label(self):
        self.ensure_one()
        return self._get_state_labels()[self[self._shown_state]]

    @api.model
    @ormcache("self.env.lang")
    def _get_state_labels(self):
        """Return ``{state: label}``, looked up once for a list of any length."""
        return get_labels(self, self._shown_state)

    # ------------------------------------------------------------------
    # Layer 1: buttons
    # ------------------------------------------------------------------

    def _run_verb(self, verb, **values):
        """Do a verb on the records that can go, skip the others and report them by reason.

        :param values: passed to ``_do_<verb>`` (``reason`` where the table asks for one)
        :return: a client action: a note when all went, else the dialog of what could not go; of more than
            five thousand records the screen of the job that does them in pieces
        :raises UserError: the only record cannot go
        """
        self._check_all_seen()
        jobs = self.env["emulation.job"]
        if jobs._is_long(self):
            return jobs._hand_over_verb(self, verb, values)._open()
        return self._report_verb(*self._go(verb, **values))

    def _go(self, verb, **values):
        """Do a verb on the records that can go.

        :return: (those that went, {id: reason} of the others)
        """
        for name in self._get_verb(verb).before:
            getattr(self, name)()
        # sudo: the record - before anything reads slices of a thousand; nothing leaves
        self.sudo()._fetch_for_roles()
        if self._is_decided_from_above():
            # sudo: the record - its award, round or book lies in an agency out of the user's sight; who may is still
            # asked of the user (``_get_roles``), and the user's name stands under it
            return self.sudo()._go_now(verb, **values)
        return self._go_now(verb, **values)

    def _go_now(self, verb, **values):
        reasons = self._get_refused(verb)
        able = self.filtered(lambda record: record.id not in reasons)
        # Somebody else's open transaction holds these rows: skip them, do not wait and do not fail the rest.
        locked = able.try_lock_for_update()
        for record in able - locked:
            reasons[record.id] = self.env._(BUSY)
        if locked:
            getattr(locked, f"_do_{verb}")(**values)
        return locked, reasons

    @api.model
    @api.private
    def _work_verb(self, ids, *, verb, values, companies):
        """Do a verb on a piece of what somebody chose in a list; who may is asked of this person anew.

        :param companies: ids of the agencies that were switched on
        :return: {id: reason} of those that did not go
        """
        records = self.with_context(allowed_company_ids=companies).browse(ids).exists()
        records._check_all_seen()
        _done, reasons = records._go(verb, **values)
        gone = self.env._("The record is there no more.")
        return reasons | {id_: gone for id_ in ids if id_ not in set(records._ids)}

    def _is_decided_from_above(self):
        """Return whether these are records of agencies whose officers the user stands in for without being in them."""
        if self.env.su or not self or "company_id" not in self._fields:
            return False
        # sudo: the record - whose it is
        own = set(self.sudo().company_id.ids) & set(self.env.user.company_ids.ids)
        return not own and all(self.mapped("is_stood_in"))

    def _ask_reason(self, verb):
        """Open the dialog that asks for a reason; with nothing to act on, say why at once."""
        reasons = self._get_refused(verb)
        if len(reasons) == len(self):
            return self._report_verb(self.browse(), reasons)
        return self.env["emulation.reason.wizard"]._open(self, verb)

    def _report_verb(self, done, reasons):
        """Return what the user sees after a button: a short note, or one dialog grouped by reason."""
        if len(self) == 1 and reasons:
            raise UserError(reasons[self.id])
        if reasons:
            return self.env["emulation.bulk.result"]._open(done, self.browse(reasons), reasons)
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

    def _get_blocked(self, verb):
        """Return {id: reason} of those that cannot go, as ``_get_cannot_<verb>_reason`` says."""
        return getattr(self, f"_get_cannot_{verb}_reason")()

    def _get_refused(self, verb):
        """Return {id: reason} like ``_get_blocked``, with the checks asked only before it is really done."""
        with once.kept(self.env):  # nothing is written: who the user is, is asked once for all checks
            return self._ask_checks(self._get_verb(verb).checks, dict(self._get_blocked(verb)))

    def _ask_checks(self, checks, reasons):
        """Return the reasons with what the checks say of those that have none yet."""
        for check in checks:
            able = self.filtered(lambda record: record.id not in reasons)
            if able:
                reasons.update(check(able) if callable(check) else getattr(able, check)())
        return reasons

    def _check_verb(self, verb):
        """Return {id: reason}: the state first, then the role, then what else the button asks (``shown_if``)."""
        step = self._get_verb(verb)
        roles = {} if step.document else self._ask_roles()
        reasons = {}
        for record in self:
            # sudo: the record - only its state, to say why not
            if record.sudo().state not in step.source:
                reasons[record.id] = record._get_wrong_state_text()
            elif not step.document and not step.get_roles(record.sudo().state) & roles[record.id]:
                reasons[record.id] = record._get_wrong_role_text(verb, roles[record.id])
        return self._ask_checks(step.shown_if, reasons)

    def _get_wrong_state_text(self):
        self.ensure_one()
        # sudo: the record - only its state, to say why not
        return self.env._("It is in another step: %(state)s.", state=self.sudo()._get_state_label())

    def _get_wrong_role_text(self, verb, roles):
        """Say who could use the verb: nobody on oneself; where no officer is left, who stands in."""
        self.ensure_one()
        # sudo: the record - only its state, to say who could
        able = self._get_verb(verb).get_roles(self.sudo().state)
        if "owner" in roles and "owner" not in able:
            names = ", ".join(self._get_emulation_deciders_names(able)) if "officer" in able else ""
            if names:
                return self.env._("Nobody decides on their own matter. It is for %(names)s.", names=names)
            return self.env._(NOT_ON_ONESELF)
        texts = {
            "proposer": self.env._("Only the person who proposed it can do this."),
            "declarer": self.env._("Only the person who entered it can do this."),
            "owner": self.env._("Only the person or unit it is about can do this."),
            "head": self.env._(HEADS_ONLY),
            "officer": self.env._(OFFICERS_ONLY),
            "admin": self.env._("Only an administrator can do this."),
        }
        return next((texts[role] for role in texts if role in able), self.env._("You cannot do this."))

    def _get_emulation_deciders_names(self, able):
        """Return the names of those who have to be asked: only who sees the record and may use the verb.

        :param able: roles the verb is open to
        """
        users = self._get_emulation_deciders().get(self.id, self.env["res.users"])
        # sudo: res.company - who its officers are
        officers = users & self.sudo().company_id._get_emulation_officers()
        if officers != users and "stand_in" in able:
            officers |= (users - officers).filtered(self._is_seen_by)
        # sudo: res.users - names of those who have to be asked.
        return officers.sudo().mapped("name")

    def _is_seen_by(self, user):
        mine = self.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        return mine.has_access("read")

    # ------------------------------------------------------------------
    # Layer 3: what is done. The guards are above; record rules let people write less than the verbs do, so the state
    # is stored in sudo here and nowhere else.
    # ------------------------------------------------------------------

    def _start(self, verb, reason=None):
        """Lock, drop what already arrived (idempotent) and refuse what may not leave its state.

        :return: the records to move
        :raises UserError: a record is in no from-state of ``verb``, or the reason is missing
        :raises AccessError: the user does not even see a record
        :raises LockError: somebody else holds a record
        """
        if not self:
            return self
        self._check_all_seen()  # what follows moves records by statements that ask nobody
        self.lock_for_update()
        # sudo: the record - in one query, also for thousands; only its state is asked
        self.sudo().fetch()
        step = self._get_verb(verb)
        if step.reason and not (reason or "").strip():
            raise UserError(self.env._(GIVE_REASON))
        # sudo: the record - only its state
        todo = self.filtered(lambda record: step.target is None or record.sudo().state != step.target)
        for record in todo:
            # sudo: the record - only its state
            if record.sudo().state not in step.source:
                raise UserError(
                    self.env._(
                        "%(record)s: %(reason)s",
                        record=record.display_name,
                        reason=record._get_wrong_state_text(),
                    )
                )
        return todo

    def _start_document(self, verb, reason=None):
        """Like ``_start``, and nothing may stand against it: a document is right as a whole or not at all.

        :raises UserError: naming the first record that cannot go
        """
        todo = self._start(verb, reason)
        for key, text in todo._get_refused(verb).items():
            name = self.browse(key).display_name
            raise UserError(self.env._("%(record)s: %(reason)s", record=name, reason=text))
        return todo

    def _check_all_seen(self):
        """Refuse records the user does not see; asked of the database, where thousands cost what two do.

        :raises AccessError: naming them
        """
        seen = self.with_context(active_test=False)
        with once.kept(self.env):  # nothing is written: each rule asks who the user is
            if not self.env.su and seen.search_count([("id", "in", self.ids)]) < len(self):
                self.check_access("read")

    @api.private
    def _finish(self, verb, note=None, /, **values):
        """Store the new state of all records and their stamps in one statement and log it in one batch.

        :param note: a reason, in the same message
        :param values: other fields of the record that the verb sets
        """
        if not self:
            return
        step = self._get_verb(verb)
        if step.stamp:
            values[step.stamp[0]] = self._get_stamp_time(step.stamp[0])
        if len(step.stamp) > 1:
            values[step.stamp[1]] = self.env.uid
        # sudo: the record - the verb has checked who may; record rules allow people less
        self.sudo()._move_all(step.target, note, **values)
        self._after_verb(verb)

    def _get_stamp_time(self, name):
        if self._fields[name].type == "date":
            return fields.Date.context_today(self)
        return fields.Datetime.now()

    def _after_verb(self, verb):
        """Called once after a verb moved these records; who has to hear of it is told."""
        self.env["emulation.news"]._tell(self, verb)
