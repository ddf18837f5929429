"""A field's value as a reader sees it, for dialogs that put two records side by side."""

from ..engine.vietnamese import format_decimal
from ..models.mixin.labels import get_labels


def get_text(record, name):
    """Return the text of a field's value, in the user's language."""
    field, value = record._fields[name], record[name]
    if field.type == "boolean":
        return record.env._("yes") if value else record.env._("no")
    if field.type == "selection":
        return get_labels(record, name).get(value, "")
    if field.relational:
        return ", ".join(value.mapped("display_name"))
    if field.type == "float":
        return format_decimal(value)
    return str(value) if field.type == "integer" else value or ""


def compare(old, new, names):
    """Yield (label of the field, text before, text after) of the fields in which two records differ."""
    for name in names:
        before, after = (get_text(record, name) for record in (old, new))
        if before != after:
            yield old._fields[name]._description_string(old.env), before, after
