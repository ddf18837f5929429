"""Plain values for the templates: dates, points and the words of selections in the visitor's language."""

from functools import lru_cache

from odoo import fields

from ...engine.vietnamese import format_decimal
from ...models.mixin.search_words import get_words_domain


def day(date):
    """Write a date as day/month/year, in every language; empty for none."""
    return f"{date:%d/%m/%Y}" if date else ""


def day_of(env, moment):
    """Write the day of a moment by the visitor's clock."""
    return day(fields.Datetime.context_timestamp(env.user, moment).date()) if moment else ""


def days_left(date, today):
    """Return how many days are left until a date, 0 on the day itself; None without a date or after it."""
    return (date - today).days if date and date >= today else None


@lru_cache(10_000)
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


def found_by(search):
    """Return the domain of records of ``emulation.search.mixin`` in which every word of ``search`` stands."""
    return get_words_domain("search_key", search)


def file_size(size):
    """Write a size in bytes as kB or MB."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} kB"
    return f"{format_decimal(size / 1024 / 1024, 1)} MB"
