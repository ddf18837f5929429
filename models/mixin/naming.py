"""What a form names: only records its user may read, for what is worked out of one would tell about it."""

from odoo.fields import Command


def check_named(records, vals_list):
    """Refuse forms that name a record their user may not read, but what the records name already.

    :raises AccessError: there is one
    """
    if records.env.su:
        return
    named = {}
    for values in vals_list:
        for model, id_ in find_named(records, values):
            named.setdefault(model, set()).add(id_)
    for model, ids in named.items():
        found = records.env[model].with_context(active_test=False).browse(ids)
        if hidden := found - found.search([("id", "in", found.ids)]):
            hidden.check_access("read")


def find_named(records, values):
    """Yield ``(model, id)`` of what the values of a form name and the records do not name already, lines included."""
    for name, value in values.items():
        field = records._fields.get(name)
        if field is None or not field.relational or not value:
            continue
        lines = records.env[field.comodel_name]
        # sudo: the records - only what they name already
        known = set(records.sudo()[name].ids)
        ids = set()
        if field.type == "many2one":
            value = [value.get("id") if isinstance(value, dict) else value]
        for command in value if isinstance(value, list | tuple) else ():
            # a plain id is a link
            kind, id_, more = (
                (*command, 0, ())[:3] if isinstance(command, list | tuple) else (Command.LINK, command, ())
            )
            if kind in (Command.CREATE, Command.UPDATE):
                line = lines.browse(id_ if kind == Command.UPDATE else ())
                yield from find_named(line, more or {})
            elif kind == Command.LINK and isinstance(id_, int):
                ids.add(id_)
            elif kind == Command.SET:
                ids.update(more or ())
        yield from ((field.comodel_name, id_) for id_ in ids - known if id_)
