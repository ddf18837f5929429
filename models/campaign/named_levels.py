"""What a sheet was given in levels by name: how often each."""

from odoo.tools import SQL

from ...engine import levels

# The points of the step a sheet has reached, and whether somebody gave them.
REACHED = {
    "draft": ("self_points", "is_self_scored"),
    "submitted": ("self_points", "is_self_scored"),
    "stopped": ("self_points", "is_self_scored"),
    "verified": ("verified_points", None),
    "confirmed": ("final_points", None),
}


def count_levels(sheets):
    """Return {sheet id: “3 A+, 2 A”}; sheets without levels by name are left out.

    One query for each step, however many sheets.
    """
    named = {}
    for criterion in sheets.set_id.criterion_ids:
        if found := criterion._get_levels():
            named[criterion.id] = found
    order = list(dict.fromkeys(level.name for found in named.values() for level in found))
    given = {}
    if named:
        for state, same in sheets.grouped("state").items():
            for sheet, criterion, earned in _read(same, named, *REACHED[state]):
                given.setdefault(sheet, []).append(levels.get_name(named[criterion], earned))
    return {sheet: levels.count(names, order) for sheet, names in given.items()}


def _read(sheets, criteria, points, given):
    scores = sheets.env["emulation.score"]
    scores.flush_model()
    return sheets.env.execute_query(
        SQL(
            "SELECT evaluation_id, criterion_id, %s FROM emulation_score"
            " WHERE evaluation_id IN %s AND criterion_id IN %s AND %s",
            SQL.identifier(points),
            tuple(sheets.ids) or (0,),
            tuple(criteria),
            SQL.identifier(given) if given else SQL("TRUE"),
        )
    )
