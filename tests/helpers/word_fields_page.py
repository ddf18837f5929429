"""What an agency may write between braces in a Word file of its own, paper by paper, as one Markdown page.

``write_file(env)`` refreshes it from a shell of a database that has the addon: ``./dev shell``.
"""

import os

from odoo.modules.module import get_module_path

from ...models.document.word_fields import PAPERS, get_meaning
from ...tools.inside import translation

INTRODUCTION = """# Fields of Word templates

<!-- Written by tests/helpers/word_fields_page.py from models/document/word_fields.py; to refresh it, in `./dev shell`:
`from odoo.addons.hr_emulation.tests.helpers import word_fields_page; word_fields_page.write_file(env)` -->

*Configuration ▸ Word templates* takes a .docx of the agency for each of these papers. A field stands in braces. One
with a point, as `{line.name}`, stands in a row of a table, which is repeated for every line. `{body}` and `{annex}`
stand in a paragraph of their own: there come the paragraphs and tables of the paper, in styles ("Thân văn bản", "Điều",
"Ô bảng") that the agency's file may define itself. A field with several lines that stands alone makes a paragraph of
each. What goes to many, as ballot papers, is filled once for each, on a page of its own; what differs among them, as a
name, stands in no header or footer, which all pages share. A field that is not in the list of its paper is refused with
its place; templates compute nothing.
"""


def get_path():
    return os.path.join(get_module_path(translation.MODULE), "docs", "word-templates.md")


def write_file(env):
    """Refresh the page."""
    with open(get_path(), "w", encoding="utf-8") as page:
        page.write(build(env))


def build(env):
    """Return the page."""
    env = env(context={**env.context, "lang": "en_US"})
    names = env["ir.actions.report"]._get_paper_names(PAPERS)
    return INTRODUCTION + "".join(describe(env, names[paper], fields) for paper, fields in PAPERS.items())


def describe(env, name, fields):
    """Return the section of one paper."""
    held = {field: env._(get_meaning(field).text) for field in fields.list_names()}
    rows = [f"| `{{{field}}}` | {text} |" for field, text in held.items()]
    return "\n".join([f"\n## {name}\n", "| Field | Holds |", "|---|---|", *rows, ""])
