"""Plain values for the templates: dates, points and the words of selections in the visitor's language."""

from functools import lru_cache

import babel.dates
from odoo.http import request
from odoo.tools.misc import babel_locale_parse, get_lang, posix_to_ldml

from ...engine.vietnamese import format_decimal, search_key
from ...models.mixin.search_words import get_words_domain


def day(date):
    """Write a date in the visitor's format; empty for none."""
    if not date:
        return ""
    lang = get_lang(request.env)
    return _write_day(date, lang.date_format, lang.code)


@lru_cache(10_000)
def _write_day(date, pattern, code):
    """Write a date as Odoo does; a page repeats the same few days, and writing one costs more than a row."""
    locale = babel_locale_parse(code)
    return babel.dates.format_date(date, format=posix_to_ldml(pattern, locale=locale), locale=locale)


@lru_cache(10_000)
def points(number):
    """Write points with a comma and at most two digits after it."""
    return format_decimal(round(number or 0, 2))


def typed(text, limit):
    """Return what a visitor typed, without blanks around it, cut and without the one sign no database takes."""
    return str(text or "").replace("\x00", "").strip()[:limit]


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


def found_by(search):
    """Return the domain of records of ``emulation.search.mixin`` in which every word of ``search`` stands."""
    return get_words_domain("search_key", search)


def file_size(size):
    """Write a size in bytes as kB or MB."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} kB"
    return f"{format_decimal(size / 1024 / 1024, 1)} MB"
