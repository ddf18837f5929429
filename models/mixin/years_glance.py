"""The years of a person or a unit at a glance: rating, points and awards, as a table of bars for the screen."""

from markupsafe import Markup
from odoo.fields import Domain
from odoo.tools.misc import formatLang

from .labels import get_labels

FULL = 100  # points a bar is drawn against, unless more were given
RATING_STYLES = {
    "excellent": "text-bg-success",
    "good": "text-bg-info",
    "completed": "text-bg-warning",
    "not_completed": "text-bg-danger",
}


def read_years(env, field, ids):
    """Return ``{id: {year: {rating, points, awards}}}`` of what the user may read; a query for each, however many.

    Points are the mean of the final rounds of the year, awards those that stand.

    :param str field: ``employee_id`` or ``department_id``
    """
    found = {}

    def row(recipient, year):
        blank = {"rating": False, "points": None, "awards": 0}
        return found.setdefault(recipient, {}).setdefault(year, blank)

    mine, granted = Domain(field, "in", ids), Domain("state", "=", "granted")
    final = Domain("state", "=", "confirmed") & Domain("review_kind", "=", "final")
    for rating in env["emulation.rating"].search(mine):
        row(rating[field].id, rating.year)["rating"] = rating.rating
    sheets = env["emulation.report.evaluation"]
    for recipient, year, points in sheets._read_group(mine & final, [field, "year"], ["final_total:avg"]):
        row(recipient.id, year)["points"] = points
    for award in env["emulation.granted"].search(mine & granted):
        if day := award.period_to or award.granted_date:
            row(award[field].id, day.year)["awards"] += 1
    return found


def draw_years(env, years):
    """Return the table, the latest year first; False without any year.

    :param years: ``{year: {rating, points, awards}}``
    """
    if not years:
        return False
    labels = get_labels(env["emulation.rating"], "rating")
    full = max([FULL, *(year["points"] or 0 for year in years.values())])
    rows = Markup("").join(
        _draw_year(env, year, years[year], labels, full) for year in sorted(years, reverse=True)
    )
    return Markup(
        '<div class="table-responsive"><table class="table table-sm"><thead><tr><th>%s</th>'
        "<th>%s</th><th>%s</th><th>%s</th></tr></thead><tbody>%s</tbody></table></div>"
    ) % (env._("Year"), env._("Yearly rating"), env._("Final points"), env._("Commendations"), rows)


def _draw_year(env, year, found, labels, full):
    badge, bar = "", ""
    if found["rating"]:
        style = RATING_STYLES.get(found["rating"], "text-bg-secondary")
        badge = Markup('<span class="badge %s">%s</span>') % (style, labels.get(found["rating"], ""))
    if found["points"] is not None:
        bar = Markup(
            '<div class="d-flex align-items-center gap-2"><div class="progress flex-grow-1" style="height: 1rem">'
            '<div class="progress-bar" style="width: %s%%"></div></div><span>%s</span></div>'
        ) % (round(100 * max(found["points"], 0) / full, 2), formatLang(env, found["points"], digits=2))
    cups = Markup('<i class="fa fa-trophy text-warning me-1" aria-hidden="true"></i>%s') % found["awards"]
    return Markup(
        '<tr><th>%s</th><td>%s</td><td class="w-50">%s</td><td class="text-nowrap">%s</td></tr>'
    ) % (
        year,
        badge,
        bar,
        cups if found["awards"] else "",
    )
