"""Export the addon's terms in memory and keep ``i18n/`` in step with them.

``write_files(env)`` refreshes both files from a shell of a database that has the addon without demo data:
new terms appear in ``vi.po`` with an empty translation, terms that are gone leave it.
"""

import io
import os
import re
from unittest.mock import patch

import polib
from odoo.modules.module import get_module_path
from odoo.tools.translate import trans_export

MODULE = "hr_emulation"
WIDTH = 78
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\{.*?\}\}")


def get_path(name):
    """Return the path of a file of the addon's ``i18n`` folder."""
    return os.path.join(get_module_path(MODULE), "i18n", name)


def export_template(env):
    """Return all terms of the addon as it runs now, as a ``polib.POFile`` without translations."""
    buffer = io.BytesIO()
    with patch("odoo.tools.translate.os.walk", _walk_own_files(os.walk)):
        trans_export(None, [MODULE], buffer, "po", env)
    template = polib.pofile(buffer.getvalue().decode(), wrapwidth=WIDTH)
    template.header = "Terms of the addon. Written by `./dev i18n`; do not edit."
    template.metadata = _get_metadata(template.metadata)
    return template


def _walk_own_files(walk):
    # The export reads every Python file on the addons path, half a minute of disk for terms of others.
    own = get_module_path(MODULE)

    def walk_own_files(top, **kwargs):
        if os.path.realpath(top) == os.path.realpath(os.path.dirname(own)):
            yield from walk(own, **kwargs)

    return walk_own_files


def _get_metadata(metadata):
    """Return the header without its dates, which would change with every export."""
    return {key: value for key, value in metadata.items() if not key.endswith("-Date")}


def merge(template, catalogue):
    """Return ``template`` with the translations of ``catalogue``; terms that are gone are dropped."""
    known = {entry.msgid: entry.msgstr for entry in catalogue if not entry.obsolete}
    for entry in template:
        entry.msgstr = known.get(entry.msgid, "")
    template.header = ""
    template.metadata |= {
        "Language": "vi",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    return template


def find_problems(template, stored_template, catalogue):
    """Return what is wrong with the stored files, one sentence per term; empty if nothing is."""
    fresh = {entry.msgid for entry in template}
    stored = {entry.msgid for entry in stored_template if not entry.obsolete}
    translated = {entry.msgid: entry for entry in catalogue if not entry.obsolete}
    problems = [f"not in the .pot: {term!r}" for term in sorted(fresh - stored)]
    problems += [f"gone, but still in the .pot: {term!r}" for term in sorted(stored - fresh)]
    problems += [f"gone, but still in vi.po: {term!r}" for term in sorted(translated.keys() - fresh)]
    for term in sorted(fresh):
        problems += _find_entry_problems(term, translated.get(term))
    return problems


def _find_entry_problems(term, entry):
    if not entry or not entry.msgstr.strip():
        return [f"not translated: {term!r}"]
    if entry.fuzzy:
        return [f"fuzzy: {term!r}"]
    if sorted(PLACEHOLDER.findall(term)) != sorted(PLACEHOLDER.findall(entry.msgstr)):
        return [f"placeholders differ: {term!r} / {entry.msgstr!r}"]
    return []


def write_files(env):
    """Refresh the .pot and ``vi.po``; return the problems left to a translator."""
    template = export_template(env)
    template.save(get_path(f"{MODULE}.pot"))
    path = get_path("vi.po")
    old = polib.pofile(path) if os.path.exists(path) else polib.POFile()
    catalogue = merge(export_template(env), old)
    catalogue.wrapwidth = WIDTH
    catalogue.save(path)
    return find_problems(template, template, catalogue)
