from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import ormcache

from .naming import check_named
from .verb import ANY, get_fields, merge_writable

# The identity of this object is the key: no RPC call can carry it, so nobody outside the code can forge it.
_KEY = object()
OVER = "over"  # no state of a model: its campaign has ended
OVER_STATES = ("closed", "cancelled")  # of the campaign
# With these a client could keep a change out of the record's log.
SILENCERS = ("tracking_disable", "mail_notrack", "mail_create_nolog", "mail_create_nosubscribe")


class EmulationGuardMixin(models.AbstractModel):
    """A record of which only what is listed can be written; the rest belongs to its verbs.

    ``_writable`` says who may write which field in which state (``verb.py``); an heir adds to the table of
    those it inherits from. Whatever is not in it, a field added tomorrow included, is refused through every
    door: ``create`` with a value or a default of the context, ``write``, ``copy``, ``load``, both sides of a
    relation. The superuser is bound by the states and the list, not by the roles. Verbs store what they
    decide through ``_write_protected`` and ``_create_protected``.

    ``_deletable`` is the same for deletion: {state: roles}. ``_write_once``: given at creation, never changed.

    The record of a child (a line, a paper) follows the state and the roles of its parent: ``_guard_parent``.
    """

    _name = "emulation.guard.mixin"
    _inherit = ["emulation.role.mixin"]
    _description = "Record of which only what is listed can be written"

    _writable = {}
    _deletable = {}
    _write_once = False
    # The field to a campaign: once that is over, the record is only read.
    _over_with = None
    # The field to a campaign: once that is over, no new record begins; what was begun is brought to its end.
    _begun_in = None

    # ------------------------------------------------------------------
    # The table
    # ------------------------------------------------------------------

    @api.model
    @ormcache()
    def _get_writable(self):
        """Return {state: {role: fields}}, of this model and all it is made of."""
        return merge_writable([cls.__dict__.get("_writable") or {} for cls in type(self).mro()])

    @api.model
    @ormcache()
    def _get_deletable(self):
        """Return {state: roles that may delete}."""
        found = {}
        for cls in type(self).mro():
            for states, roles in (cls.__dict__.get("_deletable") or {}).items():
                for state in states.split():
                    found[state] = found.get(state, frozenset()) | frozenset(roles.split())
        return found

    @api.model
    def _get_initial_state(self):
        """Return the state a new record is born in; None where there are none."""
        field = self._fields.get("state")
        if not field or self._guard_parent:
            return None
        return field.default(self) if field.default else None  # not from the context

    def _get_guard_states(self):
        """Return {id: the state that decides what may be written}."""
        if self._guard_parent:
            # sudo: the parent - only its state, which decides what may be written
            parents = self.sudo()[self._guard_parent]
            states = parents._get_guard_states()
            # sudo: the parent - as above
            return {record.id: states.get(record.sudo()[self._guard_parent].id) for record in self}
        if "state" not in self._fields:
            return dict.fromkeys(self._ids)
        # sudo: the record - only its state, which decides what may be written
        states = {record.id: record.state for record in self.sudo()}
        return {**states, **dict.fromkeys(self._get_over(self._over_with)._ids, OVER)}

    def _get_over(self, field):
        """Return the records whose campaign is over; a draft one is not readable by everybody."""
        if not field:
            return self.browse()
        # sudo: emulation.campaign - whether it is over
        return self.sudo().filtered(lambda record: record[field].state in OVER_STATES).sudo(False)

    def _get_fixed(self):
        """Return {id: fields that stay as they are, whatever the state allows}: something rests on them.

        A record with any of them is not deleted either.
        """
        return {}

    # ------------------------------------------------------------------
    # The doors
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_values(vals)
        if self._has_seal():
            # What a verb stores it says itself; a default that a client sent along is none of it.
            sealed = super(EmulationGuardMixin, self._drop_foreign_defaults())
            return sealed.create(vals_list).with_env(self.env)
        records_model = self._drop_foreign_defaults()._drop_silencers()
        allowed = records_model._get_creatable()
        given = [records_model._keep_allowed(vals, allowed) for vals in vals_list]
        records = super(EmulationGuardMixin, records_model).create(given)
        defaults = {
            key.removeprefix("default_") for key in records_model.env.context
        } & records._fields.keys()
        defaults |= self.env["ir.default"]._get_emulation_personal(self._name)
        records._check_born([vals.keys() | defaults & allowed for vals in given])
        for record, vals in zip(records, given, strict=True):
            record._check_far_sides(vals)
        return records.with_env(self.env)

    def write(self, vals):
        self._check_values(vals)
        if vals and not self._has_seal():
            self._check_writable(vals.keys())
            self._check_far_sides(vals)
            result = super(EmulationGuardMixin, self._drop_silencers()).write(vals)
            if vals.keys() & self._get_role_fields():
                self._check_listed(vals.keys())  # nobody writes oneself out of the guard's sight
            return result
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        """Answer for records the user may read: what a form computes of another one would tell about it."""
        check_named(self, [values])
        return super().onchange(values, field_names, fields_spec)

    def copy_data(self, default=None):
        """Copy what could have been typed; the rest starts anew."""
        allowed = self._get_creatable()
        return [
            {name: value for name, value in vals.items() if self._has_seal() or name in allowed}
            for vals in super().copy_data(default)
        ]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_deletable(self):
        if self._has_seal():
            return
        table, states = self._get_deletable(), self._get_guard_states()
        roles = {} if self.env.su else self._get_roles()
        fixed, kept = self._get_fixed(), self.browse()
        for record in self:
            able = table.get(states[record.id] or ANY, frozenset()) | table.get(ANY, frozenset())
            if fixed.get(record.id) or not able or (not self.env.su and not able & roles[record.id]):
                kept |= record
        if kept:
            names = ", ".join(dict.fromkeys(kept[:5].mapped("display_name")))
            raise UserError(self.env._("%(names)s: this cannot be deleted.", names=names))

    @api.depends_context("lang")
    def _compute_display_name(self):
        """A record without a name is called what it is, not by its table and number."""
        result = super()._compute_display_name()
        if not self._rec_name:
            self.display_name = self.env["ir.model"]._get(self._name).name
        return result

    # ------------------------------------------------------------------
    # How a door decides
    # ------------------------------------------------------------------

    @api.model
    def _get_creatable(self):
        """Return the fields that somebody may give a new record."""
        if self._guard_parent:
            states = self._get_writable().keys() or {ANY}
            return frozenset().union(*(get_fields(self._get_writable(), state) for state in states))
        return get_fields(self._get_writable(), self._get_initial_state())

    def _drop_foreign_defaults(self):
        """Return the model without defaults of the context for fields that nobody may give."""
        allowed = self._get_creatable()
        kept = {
            key: value
            for key, value in self.env.context.items()
            if not key.startswith("default_") or key.removeprefix("default_") in allowed
        }
        return self if kept == dict(self.env.context) else self.with_env(self.env(context=kept))

    def _drop_silencers(self):
        """Return the records without what would keep a user's change out of the log."""
        used = [key for key in SILENCERS if self.env.context.get(key)]
        return self if self.env.su or not used else self.with_context(**dict.fromkeys(used, False))

    def _keep_allowed(self, vals, allowed):
        """Return the values that may be given; others must be empty or what the record would get anyway.

        :raises AccessError: naming the fields
        """
        others = [name for name in vals if name not in allowed]
        forged = [name for name in others if vals[name]]
        if forged:
            defaults = self.default_get(forged)
            self._refuse([name for name in forged if vals[name] != defaults.get(name)])
        return {name: value for name, value in vals.items() if name in allowed}

    def _check_born(self, names_by_record):
        """Refuse a record with values its creator may not give.

        :param names_by_record: for each record the fields that were given
        """
        if self.env.su or not self:
            return
        if self._get_over(self._begun_in):
            self._refuse_over()
        table, roles, states = self._get_writable(), self._get_roles(), self._get_guard_states()
        fixed = self._get_fixed()
        for record, names in zip(self, names_by_record, strict=True):
            allowed = get_fields(table, states[record.id], roles[record.id]) - fixed.get(
                record.id, frozenset()
            )
            wrong = [name for name in names - allowed if record[name]]
            if wrong or not allowed:
                self._refuse(wrong or sorted(names), OVER if states[record.id] == OVER else None)

    def _check_writable(self, names):
        """Refuse a field that is not in the list for the state of a record and a role of the user.

        :raises AccessError: nobody, or not this user, may write it
        :raises UserError: it may be written in another state
        """
        if fixed := frozenset(names) & frozenset().union(*self._get_fixed().values()):
            labels = ", ".join(sorted(self._fields[name]._description_string(self.env) for name in fixed))
            raise UserError(
                self.env._("Something rests on it already: %(fields)s cannot change.", fields=labels)
            )
        self._check_listed(names)

    def _check_listed(self, names):
        """Refuse a field that the tables do not list; raises as ``_check_writable``."""
        for state, wrong in self._get_unwritable(names).items():
            self._refuse(sorted(wrong), state, once=self._write_once)

    def _get_unwritable(self, names):
        """Return {state: those of the fields that the user may not write in a record of that state}."""
        table, states = self._get_writable(), self._get_guard_states()
        roles = {} if self.env.su else self._get_roles()
        unwritable = {}
        for state, mine in {(states[id_], roles.get(id_)) for id_ in self._ids}:
            allowed = frozenset() if self._write_once else get_fields(table, state, mine)
            if wrong := set(names) - allowed:
                unwritable[state] = unwritable.get(state, set()) | wrong
        return unwritable

    def _refuse_over(self):
        raise UserError(self.env._("The campaign is over: it is only read. Reopen it first."))

    def _refuse(self, names, state=None, once=False):
        """Say which fields may not be written, and whether another step would allow it.

        :param once: the record is never changed
        """
        if not names:
            return
        if state == OVER:
            self._refuse_over()
        labels = ", ".join(
            sorted(
                self._fields[name]._description_string(self.env) if name in self._fields else name
                for name in names
            )
        )
        table = self._get_writable()
        elsewhere = frozenset().union(*(get_fields(table, other) for other in [*table, ANY]))
        if once or not set(names) <= elsewhere:
            raise AccessError(
                self.env._("Only the actions of the record can set: %(fields)s.", fields=labels)
            )
        if set(names) - get_fields(table, state):
            raise UserError(self.env._("This step does not allow to change: %(fields)s.", fields=labels))
        raise AccessError(self.env._("You may not change: %(fields)s.", fields=labels))

    def _check_far_sides(self, vals):
        """Refuse a link that the record on its other side would refuse."""
        for name, value in vals.items():
            field = self._fields.get(name)
            if field is None or field.type != "many2many" or not value:
                continue
            for inverse in self.pool.field_inverses[field]:
                far = self.env[inverse.model_name]
                if isinstance(far, EmulationGuardMixin):
                    self._get_linked(far, name, value)._check_writable([inverse.name])

    def _get_linked(self, far, name, commands):
        """Return the records of the other side whose links the commands change."""
        # sudo: the record - ids only, to see which links change
        ids, now = set(), set(self.sudo()[name].ids)
        commands = commands if isinstance(commands, list | tuple) else []
        if all(isinstance(command, int) for command in commands):  # plain ids replace what is there
            commands = [Command.set(commands)]
        for command in commands:
            if command[0] == Command.SET:
                ids |= now ^ set(command[2])
            elif command[0] == Command.CLEAR:
                ids |= now
            elif command[0] == Command.LINK:
                ids |= {command[1]} - now
            elif command[0] in (Command.UNLINK, Command.DELETE):
                ids.add(command[1])
        return far.browse(ids).exists()

    # ------------------------------------------------------------------
    # The way in for verbs
    # ------------------------------------------------------------------

    def _has_seal(self):
        """Return whether one of the record's own verbs is writing."""
        return self.env.context.get("emulation_seal") is _KEY

    @api.private
    def _with_seal(self):
        """Return the records with the right to set any field, for code that writes itself."""
        return self.with_context(emulation_seal=_KEY)

    @api.private
    def _write_protected(self, vals):
        """Write what only verbs decide; the only way in."""
        self._with_seal().write(vals)

    @api.private
    def _create_protected(self, vals_list):
        """Create records with what only verbs decide; returns them without the key."""
        return self._with_seal().create(vals_list).with_context(emulation_seal=None)
