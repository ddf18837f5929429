"""Records of every guarded model in every state, and what the tables say of each user towards them."""

from odoo.tools import SQL

from ...models.mixin.verb import ANY, get_fields
from .record_builder import RecordBuilder

OWN = {"id", "create_uid", "create_date", "write_uid", "write_date", "display_name", "parent_path"}


def get_guarded(env):
    """Yield (name, model) of every model that keeps a list."""
    for name in sorted(env.registry):
        model = env[name]
        if not model._abstract and not model._transient and hasattr(model, "_get_writable"):
            yield name, model


def get_writable(model):
    """Return the fields somebody may write in some state."""
    table = model._get_writable()
    return frozenset().union(*(get_fields(table, state) for state in [*table, ANY]))


def get_closed(model):
    """Return the stored fields that nobody ever types: what verbs decide and what is computed."""
    inherited = model.env["mail.thread"]._fields.keys() | model.env["mail.activity.mixin"]._fields.keys()
    return {
        name
        for name, field in model._fields.items()
        if field.store and name not in get_writable(model) | OWN | inherited
    }


def get_states(model):
    """Return the states the record of a model, or its parent's, can be in."""
    while model._guard_parent:
        model = model.env[model._fields[model._guard_parent].comodel_name]
    if "state" not in model._fields:
        return [None]
    return list(dict(model._fields["state"]._description_selection(model.env)))


class StateSetter:
    """Puts a built record, or the parent it follows, into a state by the back door of the database."""

    def __init__(self, env):
        self.env = env

    def put(self, record, state):
        while record._guard_parent:
            record = record[record._guard_parent]
        if state is not None:
            self.env.flush_all()
            self.env.cr.execute(
                SQL("UPDATE %s SET state = %s WHERE id = %s", SQL.identifier(record._table), state, record.id)
            )
            self.forget()

    def forget(self):
        """Let all that is ours be read anew. What Odoo knows of users, groups, units and companies follows from no
        record of ours: read anew for each of thousands of cases, it takes most of their time."""
        for field in list(self.env.transaction.field_data):
            if "emulation" in field.model_name or "emulation" in field.name:
                field._invalidate_cache(self.env)

    def drop_pending(self):
        """Let nothing wait to be stored or computed: all is read anew where something does."""
        pending = self.env.transaction
        if any(pending.field_dirty.values()) or any(pending.tocompute.values()):
            pending.field_dirty.clear()
            pending.tocompute.clear()
            self.env.invalidate_all(flush=False)


def build_records(case):
    """Return (builder, {model: a record about ``case.employee_unit``}) for every guarded model."""
    commendation = case.new_commendation(case.employee_unit, state="submitted")
    known = {
        "emulation.rulebook": case.rulebook,
        "emulation.award": case.award,
        "emulation.award.rule": case.rulebook.award_rule_ids[:1],
        "emulation.commendation": commendation.sudo(),
    }
    builder = RecordBuilder(case.env, case.company, case.employee_unit, known)
    builder.build_special(case.other_unit)
    return builder, {name: builder.get(name) for name, _model in get_guarded(case.env)}


ABOUT = ("department_id", "commendation_id", "participation_id", "evaluation_id", "target_id")


def is_about_somebody(model):
    fields = model._fields
    return "employee_id" in fields or any(name in fields and fields[name].required for name in ABOUT)


def build_own_records(case, builder, employee):
    """Return {model: a record about an employee or the unit} for every model with verbs that is about somebody.

    :param builder: of ``build_records``: what is about nobody is shared
    """
    shared = {
        name: record
        for name, record in builder.known.items()
        if name.startswith("emulation.") and not is_about_somebody(record)
    }
    commendation = case.new_commendation(employee, state="submitted").sudo()
    own = RecordBuilder(case.env, case.company, employee, {**shared, commendation._name: commendation})
    names = [name for name, model in get_guarded(case.env) if is_about_somebody(model)]
    return {name: own.get(name) for name in names if hasattr(case.env[name], "_get_verbs")}
