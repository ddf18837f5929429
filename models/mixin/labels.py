"""The words for the values of a selection field."""


def get_labels(records, name):
    """Return ``{value: label}`` of a selection field, in the language of the records."""
    return dict(records._fields[name]._description_selection(records.env))
