"""The Vietnamese texts of records and views that the addon ships, as plain values.

The texts of a field are ``{external id: {term: Vietnamese}}``: views have many terms, a field that is translated as a
whole has one, "". A place is a pair (model, field).
"""

import hashlib
import html
import re

from odoo.tools import file_open
from odoo.tools.translate import TranslationImporter, get_po_paths

MODULE = "hr_emulation"
LANG = "vi_VN"
WHOLE = ""
EARLIER = f"{MODULE}/i18n/earlier.txt"


def read(cr):
    """Return what the catalogue of the addon says today: ``{place: texts}``."""
    importer = TranslationImporter(cr, verbose=False)
    for path in get_po_paths(MODULE, LANG):
        importer.load_file(path, LANG)
    found = {}
    for model, fields in importer.model_translations.items():
        for name, records in fields.items():
            found[model, name] = {xml_id: {WHOLE: langs[LANG]} for xml_id, langs in records.items()}
    for model, fields in importer.model_terms_translations.items():
        for name, records in fields.items():
            found[model, name] = {
                xml_id: {term: langs[LANG] for term, langs in terms.items()}
                for xml_id, terms in records.items()
            }
    return found


def store(cr, found):
    """Write texts over those that are there; Odoo knows where in a view a term stands.

    :param dict found: ``{place: texts}``
    """
    importer = TranslationImporter(cr, verbose=False)
    for (model, name), records in found.items():
        for xml_id, terms in records.items():
            for term, text in terms.items():
                if term == WHOLE:
                    importer.model_translations[model][name][xml_id][LANG] = text
                else:
                    importer.model_terms_translations[model][name][xml_id][term][LANG] = text
    importer.save(force_overwrite=True)


def tidy(text):
    """Return a text as it is compared: a view writes the same XML in several ways."""
    text = re.sub(r"\s*/?>", ">", html.unescape(str(text)))
    return " ".join(text.replace("'", '"').split())


def digest(place, xml_id, text):
    """Return by what a text of an earlier version is known: a text of one's own is mistaken for one in 10,000 times."""
    return hashlib.sha256("\0".join((*place, xml_id, tidy(text))).encode()).hexdigest()[:6]


def read_earlier():
    """Return the digests of what versions shipped that noted nothing, where it reads otherwise today."""
    with file_open(EARLIER) as lines:
        return {line.strip() for line in lines if not line.startswith("#")}


def split(field, values):
    """Return ``{term: Vietnamese}`` of a stored value; a term that is not translated is not in it.

    :param dict values: ``{language: value}`` as PostgreSQL has it; what waits to be confirmed begins with "_"
    """
    if field.translate is True:
        return {WHOLE: values[LANG]}
    english, own = (values.get(f"_{lang}", values.get(lang)) for lang in ("en_US", LANG))
    terms = field.get_translation_dictionary(english, {LANG: own}) if english else {}
    return {term: langs[LANG] for term, langs in terms.items() if langs[LANG] != term}


def compare(place, shipped, stored, noted, earlier):
    """Tell what gives way to what is shipped now from what somebody changed.

    :param dict shipped: texts of today
    :param dict stored: texts of the database
    :param dict noted: texts that were shipped last; of a record that is not in it, ``earlier`` tells
    :param set earlier: digests
    :return: (texts that are brought, ``[[external id, text of the database, text of today]]``)
    """
    brought, kept = {}, []
    for xml_id, terms in shipped.items():
        # English that was reworded brings the Vietnamese of its former term along.
        last = {tidy(text) for text in noted.get(xml_id, {}).values()}
        for term, text in terms.items():
            own = stored.get(xml_id, {}).get(term)
            if not own or own == text or tidy(own) == tidy(text):
                continue
            if tidy(own) in last or (not last and digest(place, xml_id, own) in earlier):
                brought.setdefault(xml_id, {})[term] = text
            else:
                kept.append([xml_id, own, text])
    return brought, kept
