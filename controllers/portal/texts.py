"""Plain values for the templates: dates, points and the words of selections in the visitor's language."""

from odoo.http import request
from odoo.tools.misc import format_date

from ...engine.vietnamese import format_decimal, search_key


def day(date):
    """Write a date in the visitor's format; empty for none."""
    return format_date(request.env, date) if date else ""


def points(number):
    """Write points with a comma and at most two digits after it."""
    return format_decimal(round(number or 0, 2))


def word(record, name):
    """Return the label of a selection's value in the visitor's language."""
    labels = dict(record._fields[name]._description_selection(record.env))
    return labels.get(record[name], "")


def paragraphs(text):
    """Split a text into its non-empty lines."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def matches(search, *texts):
    """Tell whether every word of ``search`` stands in one of the texts, whatever the accents and capitals."""
    haystack = search_key(" ".join(text or "" for text in texts))
    return all(term in haystack for term in search_key(search).split())


def file_size(size):
    """Write a size in bytes as kB or MB."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} kB"
    return f"{format_decimal(size / 1024 / 1024, 1)} MB"
