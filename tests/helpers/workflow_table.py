"""What every verb of every model does, as one Markdown page, for people to check without Odoo.

``write_file(env)`` refreshes it from a shell of a database that has the addon: ``./dev shell``.
"""

import os

from odoo.modules.module import get_module_path

from ...models.mixin.verb import ROLES
from ...tools.inside import translation

INTRODUCTION = """# The life of everything that has a state

<!-- Written by tests/helpers/workflow_table.py from the tables of the models; to refresh it, in `./dev shell`:
`from odoo.addons.hr_emulation.tests.helpers import workflow_table; workflow_table.write_file(env)` -->

Every verb is idempotent, locks the records it moves, and skips and explains what cannot go. Nobody acts on their own
matter: whoever a record is about, and the head of the unit it is about, is "owner" there and nothing else.

| role | who |
|---|---|
"""


def get_path():
    return os.path.join(get_module_path(translation.MODULE), "docs", "workflow.md")


def write_file(env):
    """Refresh the page."""
    with open(get_path(), "w", encoding="utf-8") as page:
        page.write(build(env))


def get_models(env):
    """Return the models with verbs, by name."""
    env = env(context={**env.context, "lang": "en_US"})
    return [
        env[name]
        for name in sorted(env.registry)
        if not env[name]._abstract and hasattr(env[name], "_get_verbs") and env[name]._get_verbs()
    ]


def build(env):
    """Return the page."""
    roles = "".join(f"| {role} | {words} |\n" for role, words in ROLES.items())
    return INTRODUCTION + roles + "".join(describe(model) for model in get_models(env))


def describe(model):
    """Return the section of one model: its table and its diagram."""
    labels = dict(model._fields["state"]._description_selection(model.env))
    lines = [f"\n## {model._description} (`{model._name}`)\n"]
    lines += ["| verb | from | to | who | reason | also |", "|---|---|---|---|---|---|"]
    for verb, step in model._get_verbs().items():
        sources = ", ".join(labels[state] for state in step.source)
        target = labels[step.target] if step.target else "–"
        reason = "needed" if step.reason else "–"
        lines.append(
            f"| {verb} | {sources} | {target} | {who(step, labels)} | {reason} | {step.also or '–'} |"
        )
    lines += ["", "```mermaid", "stateDiagram-v2", f"    [*] --> {next(iter(labels))}"]
    for verb, step in model._get_verbs().items():
        lines += [f"    {state} --> {step.target or state} : {verb}" for state in step.source]
    return "\n".join([*lines, "```", ""])


def who(step, labels):
    """Return who may use a verb, in words."""
    if step.document:
        return "a document of the house"
    return "; ".join(
        role if states is None else f"{role} (from {', '.join(labels[state] for state in states)})"
        for role, states in step.roles.items()
    )
