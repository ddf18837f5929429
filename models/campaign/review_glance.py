"""Units at a glance: how far each unit of a round has come, as a table of bars for the screen."""

from markupsafe import Markup, escape
from odoo.tools.misc import formatLang

from ..mixin.labels import get_labels
from .review_report import STATES

STATE_STYLES = {
    "draft": "text-bg-secondary",
    "submitted": "text-bg-info",
    "verified": "text-bg-warning",
    "confirmed": "text-bg-success",
}


def draw_glance(env, units):
    """Return the table, its heading explaining the colours; False without units.

    :param units: rows of ``ReviewFigures.list_units``
    """
    if not units:
        return False
    labels = get_labels(env["emulation.evaluation"], "state")
    legend = Markup(" ").join(
        Markup('<span class="badge %s">%s</span>') % (STATE_STYLES[state], labels[state]) for state in STATES
    )
    rows = Markup("").join(_draw_row(env, unit, labels) for unit in units)
    return Markup(
        '<div class="table-responsive"><table class="table table-sm"><thead><tr><th>%s</th>'
        '<th>%s</th><th class="text-end">%s</th><th class="text-end">%s</th></tr></thead><tbody>%s</tbody></table>'
        "</div>"
    ) % (env._("Unit"), legend, env._("Confirmed"), env._("Mean"), rows)


def _draw_row(env, unit, labels):
    """Return a bar of one unit: what part of its sheets has come how far."""
    parts = Markup("").join(
        Markup('<div class="progress-bar %s" style="width: %s%%" title="%s">%s</div>')
        % (
            STATE_STYLES[state],
            round(100 * unit[state] / unit["count"], 2),
            f"{labels[state]}: {unit[state]}",
            unit[state],
        )
        for state in STATES
        if unit[state]
    )
    cells = (
        (unit["name"] or env._("Without a unit"), ""),
        (Markup('<div class="progress" style="height: 1.25rem">%s</div>') % parts, "w-50"),
        (f"{unit['confirmed']}/{unit['count']}", "text-end text-nowrap"),
        ("–" if unit["mean"] is None else formatLang(env, unit["mean"], digits=2), "text-end"),
    )
    return Markup("<tr>%s</tr>") % Markup("").join(
        Markup('<td class="%s">%s</td>') % (style, escape(text)) for text, style in cells
    )
