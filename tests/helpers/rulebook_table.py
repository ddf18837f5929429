"""The official rule books as one Markdown page, for a lawyer to check without Odoo.

``write_file(env)`` refreshes it from a shell of a database that has the addon: ``./dev shell``.
"""

import os

import polib
from odoo.modules.module import get_module_path

from ...tools.inside import translation

INTRODUCTION = """# The rule books, award by award

<!-- Written from the records by tests/helpers/rulebook_table.py; do not edit. To refresh, in `./dev shell`:
`from odoo.addons.hr_emulation.tests.helpers import rulebook_table; rulebook_table.write_file(env)` -->

What the addon takes the law to say, so that it can be checked without Odoo. Every line names its article and how sure
we are of it:

* **law**: read in the text of the law or decree;
* **secondary**: found only in press, agency pages or other programs;
* **practice**: recalled or customary, found in no text;
* **not compared**: copied from the book before, not yet compared with the amended law.

A legal officer need not open each line: *Own reading ▸ Download the lines* on the book gives a list of all conditions.
Write “Giữ nguyên”, “Sửa” or “Bỏ” beside a line, “Thêm” in a new row, and bring the list back. What is kept counts as
confirmed by your agency; what differs goes into your agency's own book, so that the official book stays as it is. Rows
without a verdict are left for later, a file with one bad row changes nothing.

The last three are defaults an agency must confirm or change; the forms say so until somebody does. A requirement that
**blocks** and is not met stops the appraisal unless an officer waives it with a reason; one that **warns** asks for a
look; one that **informs** only says so. Missing data is never "not met". Requirements with the same letter under *Or*
are alternatives; those with the same branch (A.1) hold together.
"""
CONFIDENCE = {
    "verified": "law",
    "secondary": "secondary",
    "recalled": "practice",
    "uncompared": "not compared",
}
SUBJECTS = ("individual", "collective", "household")


def get_path():
    return os.path.join(get_module_path(translation.MODULE), "docs", "rulebook.md")


def write_file(env):
    """Refresh the page."""
    with open(get_path(), "w", encoding="utf-8") as page:
        page.write(build(env))


def build(env):
    """Return the page as text."""
    env = env(context={"lang": "en_US", "active_test": False})
    catalogue = polib.pofile(translation.get_path("vi.po"))
    vietnamese = {entry.msgid: entry.msgstr for entry in catalogue if entry.msgstr}
    book = env.ref("hr_emulation.rulebook_2025")
    older = env.ref("hr_emulation.rulebook_2024")
    parts = [
        INTRODUCTION,
        *describe_books(env),
        *describe_money(env),
        f"## Requirements in {book.code}\n",
        *(text for rule in book.award_rule_ids for text in describe_requirements(rule, vietnamese)),
        *describe_figures(book),
        *describe_votes(book),
        *describe_changes(env, older, book, vietnamese),
        *describe_doubts(env.ref("hr_emulation.rulebook_2026")),
    ]
    return "\n".join(parts)


def make_table(head, rows):
    """Return a Markdown table, or a dash if there is nothing in it."""
    lines = [head, ["---"] * len(head), *rows]
    cells = [[str(cell).replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in cells) + "\n"


def describe_books(env):
    books = env["emulation.rulebook"].search([("is_official", "=", True)], order="code")
    yield "## Rule books\n"
    yield make_table(
        ["Book", "From", "Until", "In use", "Legal bases", "Note"],
        [
            [
                f"{book.code} {book.name}",
                book.date_from or "",
                book.date_to or "",
                "yes" if book.state == "active" else "no",
                "; ".join(act._get_citation(book.date_from) for act in book.legal_document_ids),
                book.note or "",
            ]
            for book in books
        ],
    )


def describe_money(env):
    yield "## Base salary\n"
    shipped = env["ir.model.data"].search(
        [("module", "=", translation.MODULE), ("model", "=", "emulation.base.salary")]
    )
    salaries = env["emulation.base.salary"].browse(shipped.mapped("res_id")).exists().sorted("date_from")
    yield make_table(
        ["From", "Đồng a month", "Act", "Confidence"],
        [
            [
                line.date_from,
                f"{int(line.amount):,}",
                line.legal_document_id.citation,
                CONFIDENCE[line.confidence],
            ]
            for line in salaries
        ],
    )


def describe_requirements(rule, vietnamese):
    """Yield heading and table of one award that has requirements."""
    award, requirements = rule.award_id, rule.requirement_ids
    if not requirements:
        return
    yield f"### {award.code} · {award.official_name}\n"
    yield f"{award.name}. Decided by: {award.decider}. {award.legal_reference}.\n"
    yield make_table(
        ["Requirement", "Điều kiện", "Kind and parameters", "For", "Or", "Severity", "Article", "Confidence"],
        [
            [
                line.name,
                vietnamese.get(line.name, ""),
                " · ".join(filter(None, [get_label(line, "kind"), line.parameter_text])),
                " ".join(filter(None, [get_label(line, "subject"), get_label(line, "basis")])).lower(),
                ".".join(filter(None, [line.alternative_group, line.alternative_branch])),
                get_label(line, "severity").lower(),
                line.article or "",
                CONFIDENCE[line.confidence],
            ]
            for line in requirements
        ],
    )


def describe_figures(book):
    """Yield what the whole book says about money, grounds and votes."""
    yield f"## Figures of the whole of {book.code}\n"
    counted = {True: "a ground", False: "no ground"}
    yield make_table(
        ["Point", "Figure", "Article"],
        [
            [
                "Collective, of the individual's amount",
                f"{book.multiplier_collective:g} times",
                book.multiplier_article,
            ],
            [
                "Household, of the individual's amount",
                f"{book.multiplier_household:g} times",
                book.multiplier_article,
            ],
            ["Awards for sudden achievements", counted[book.counts_ad_hoc], book.counts_article],
            ["Awards of thematic campaigns", counted[book.counts_thematic], book.counts_article],
            ["Vote without a threshold of its own", f"more than {book.majority_percent:g}%", "default"],
            [
                "Meeting of a unit or block",
                f"more than {book.unit_vote_percent:g}% of the people present",
                f"default; the rate stands in the minutes: {book.unit_vote_article}"
                if book.unit_vote_article
                else "default",
            ],
            ["Looked back where the law sets no time", f"{book.lookback_years} years", "default"],
            [
                "Opinion of a body that is asked",
                f"within {book.opinion_days} working days",
                book.opinion_article or "default",
            ],
        ],
    )


def describe_votes(book):
    yield f"## Money, vote, publication and papers in {book.code}\n"
    yield (
        "Coefficients are multiples of the base salary. The vote's figures without an article are defaults: "
        "the law leaves them to ministries and provinces.\n"
    )
    yield make_table(
        [
            "Award",
            "Individual",
            "Collective",
            "Household",
            "Article",
            "Vote",
            "Quorum",
            "Article",
            "Public days",
            "Papers",
        ],
        [
            [
                f"{rule.award_code} {rule.award_id.official_name}",
                *(
                    ("≤ " if rule.coefficient_is_maximum else "") + f"{rule[f'coefficient_{subject}']:g}"
                    if rule[f"coefficient_{subject}"]
                    else ""
                    for subject in SUBJECTS
                ),
                rule.prize_article or "",
                f"{rule.vote_threshold:g}%{' secret' if rule.secret_ballot else ''}",
                f"{rule.quorum:g}%",
                rule.vote_article or "default",
                rule.publication_days or "",
                ", ".join(rule.paper_ids.mapped("name")),
            ]
            for rule in book.award_rule_ids
        ],
    )


def describe_changes(env, old, new, vietnamese):
    """Yield what the later book says otherwise than the earlier one."""
    comparison = env["emulation.rulebook.compare"].new({"old_id": old.id, "new_id": new.id})
    yield f"## What changed from {old.code} to {new.code}\n"
    yield make_table(
        ["Award", "Point", old.code, new.code],
        [
            [
                env["emulation.award"].browse(line["award_id"]).code,
                line["point"],
                line["old_value"],
                line["new_value"],
            ]
            for line in comparison._get_changes()
        ],
    )


def describe_doubts(book):
    """Yield what a book leaves to a person because the text of the law was not seen."""
    yield f"## What is in doubt in {book.code}\n"
    yield (
        f"{book.code} is a copy of the book before it. Until an agency confirms these lines, whatever they find needs a"
        " person.\n"
    )
    yield make_table(
        ["Award", "Requirement", "Doubt"],
        [
            [line.award_id.code, line.name, line.doubt]
            for line in book.award_rule_ids.requirement_ids.filtered("doubt")
        ],
    )


def get_label(record, name):
    return dict(record._fields[name]._description_selection(record.env)).get(record[name], "")
