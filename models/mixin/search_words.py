"""What a person types into a search box, as a domain on a stored key without accents."""

from odoo.fields import Domain

from ...engine.vietnamese import search_key

# An entry of a PostgreSQL index holds some 2700 bytes.
LONGEST_KEY = 800
# Each with a pattern between wildcards; the exact ones (``=``, ``=ilike``) go the usual way.
FUZZY_OPERATORS = ("ilike", "not ilike", "like", "not like")


def get_words_domain(field_name, text):
    """Return the domain of records whose key holds each word typed, in any order and whatever its accents.

    :param str field_name: a stored field filled by ``engine.vietnamese.search_key``
    :param str text: what was typed; an empty text finds everything
    """
    words = search_key(text).replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_").split()
    return Domain.AND(Domain(field_name, "like", word) for word in words)


def get_search_domain(field_name, operator, value):
    """Return the domain of a ``_search_display_name``; None if the operator wants exact values.

    :param str operator: any operator of a domain
    """
    if operator not in FUZZY_OPERATORS or not isinstance(value, str):
        return None
    found = get_words_domain(field_name, value)
    return ~found if operator in Domain.NEGATIVE_OPERATORS else found


def get_index_definition(field_name):
    """Return a function for ``models.Index``: trigrams where PostgreSQL has them, else the beginning of the key."""

    def definition(registry):
        if registry.has_trigram:
            return f"USING gin ({field_name} gin_trgm_ops)"
        return f"({field_name} text_pattern_ops)"

    return definition
