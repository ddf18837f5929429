"""The totals of sheets: the points of their lines, and what the sheets of a period's parts bring.

How points are added up is ``engine.scoring`` and ``engine.parts``; here they are read and stored in a few statements,
however many sheets.
"""

from typing import NamedTuple

from odoo.tools import SQL

from ...engine import scoring
from ...engine.parts import Part, combine
from . import whole_points


class Rules(NamedTuple):
    """What a set says of the sums of its sheets: its criteria for the engine, those only for a whole period, limits;
    levels by name are added up to nothing.
    """

    criteria: list[scoring.Criterion]
    whole_only: frozenset[int]
    bonus_cap: float | None
    most: float | None
    has_points: bool
    deduction_cap: float | None


class Frame(NamedTuple):
    """How a sheet is added up, in the order of ``engine.scoring.add_up``: limit of its bonus, what full marks are worth
    for everybody (None: as they are), points of the parts, ceiling, limit of its deductions.
    """

    bonus_cap: float | None
    full: float | None
    base: float | None
    most: float | None
    deduction_cap: float | None


def update(sheets):
    """Add the lines up and store the three totals: two queries, however many sheets.

    A sheet of levels by name has none, and is no 0 in any mean either.
    """
    if not sheets:
        return
    lines = _read_lines(sheets)
    # sudo: emulation.evaluation - as for the verbs
    sheets.sudo().fetch(["set_id", "review_id", "parts_total"])
    rules = read_rules(sheets.set_id)
    rows = [_get_row(rules, sheet, lines.get(sheet.id, {})) for sheet in sheets]
    sheets._store_rows(("self_total", "verified_total", "final_total"), rows)
    _update_wholes(sheets)


def _read_lines(sheets):
    """Return {sheet: {criterion: points of the three stages}}."""
    sheets.env["emulation.score"].flush_model()
    rows = sheets.env.execute_query(
        SQL(
            "SELECT evaluation_id, criterion_id, self_points, verified_points, final_points"
            " FROM emulation_score WHERE evaluation_id IN %s",
            tuple(sheets.ids),
        )
    )
    lines = {}
    for sheet, criterion, *stages in rows:
        lines.setdefault(sheet, {})[criterion] = stages
    return lines


def read_rules(sets):
    """Return {set id: its rules}."""
    return {
        one.id: Rules(
            one._get_engine_criteria(),
            frozenset(one.criterion_ids.filtered("is_whole_only").ids),
            one.bonus_cap or None,
            one.most_points or None,
            one.scale != "levels",
            one.deduction_cap or None,
        )
        for one in sets
    }


def _get_row(rules, sheet, lines):
    if not rules[sheet.set_id.id].has_points:
        return (sheet.id, None, None, None)
    on_sheet, frame = get_frame(rules, sheet, lines)
    stages = ({key: row[stage] for key, row in lines.items()} for stage in range(3))
    return (sheet.id, *(scoring.add_up(on_sheet, given, *frame).total for given in stages))


def get_frame(rules, sheet, lines):
    """Return (criteria on the sheet, ``Frame``).

    Lines that do not apply to somebody are made up for by the others of the round; those of the year are none of a
    month's, so a month of 90 points stays one of 90. A quarter made of months and a part of the year has none.

    :param dict rules: as ``read_rules`` gives them
    """
    rule, review = rules[sheet.set_id.id], sheet.review_id
    of_round = rule.criteria
    if review.part_ids or review.part_of_id:
        is_top = not review.part_of_id
        of_round = [one for one in of_round if (one.key in rule.whole_only) == is_top]
        of_round = of_round if is_top or not review.part_ids else []
    on_sheet = [one for one in of_round if one.key in lines]
    full = scoring.get_maximum(of_round) if len(on_sheet) < len(of_round) else None
    base = sheet.parts_total if review.part_ids else None
    return on_sheet, Frame(rule.bonus_cap, full, base, rule.most, rule.deduction_cap)


def _update_wholes(sheets):
    """Carry points changed afterwards on into the open sheets of the period these are parts of."""
    wholes = sheets.review_id.part_of_id.filtered(lambda review: review.state == "open")
    if not wholes:
        return
    above = wholes.evaluation_ids.filtered(
        lambda sheet: (
            sheet.participation_id in sheets.participation_id and sheet.state not in ("confirmed", "stopped")
        )
    )
    take_parts(above)
    update(above)


def take_parts(sheets):
    """Store what the closed sheets of the parts bring to these sheets of the whole: one query a round."""
    rows = [
        (sheet.id, None if found.total is None else float(found.total))
        for sheet, _points, found in combine_parts(sheets)
    ]
    sheets._store_rows(("parts_total",), rows)


def combine_parts(sheets):
    """Yield (sheet, [points of each part in the order of time, None where there are none], what they come to)."""
    for review, own in sheets.grouped("review_id").items():
        parts = review.part_ids.sorted("date_from")
        found = _read_part_points(own, parts)
        for sheet in own:
            given = [Part(found.get((sheet.id, part.id)), part.part_weight) for part in parts]
            combined = combine(review.way, given, review.best_count, review.missing_parts)
            yield sheet, [part.points for part in given], combined


def _read_part_points(sheets, parts):
    """Return {(sheet of the whole, part): confirmed points}."""
    sheets.flush_model()
    rows = sheets.env.execute_query(
        SQL(
            """
            SELECT whole.id, part.review_id, part.final_total
              FROM emulation_evaluation whole
              JOIN emulation_evaluation part ON part.participation_id = whole.participation_id
             WHERE whole.id IN %s AND part.review_id IN %s AND part.state = 'confirmed'
            """,
            tuple(sheets.ids),
            tuple(parts.ids) or (0,),
        )
    )
    return {(whole, part): total for whole, part, total in rows}


def find_too_low(sheets, award):
    """Return {id: names of the criteria below their minimum for a title}, by final points; one query for all."""
    sheets.fetch(["set_id", "review_id"])
    criteria = sheets.env["emulation.criterion"].search([("set_id", "in", sheets.set_id.ids)])
    minimums = criteria._get_minimums(award)
    lines = sheets.env["emulation.score"].search_fetch(
        [("evaluation_id", "in", sheets.ids), ("criterion_id", "in", list(minimums))],
        ["evaluation_id", "criterion_id", "final_points"],
    )
    names = {line.id: line.name for line in criteria}
    given = whole_points.read(sheets, criteria.browse(minimums))
    for line in lines:
        given.setdefault(line.evaluation_id.id, {})[line.criterion_id.id] = line.final_points
    found = {sheet: scoring.find_too_low(minimums, points) for sheet, points in given.items()}
    return {
        sheet: sheets.env._("Below the minimum: %(criteria)s", criteria=", ".join(names[key] for key in keys))
        for sheet, keys in found.items()
        if keys
    }


def get_too_low_sql(sets, award, sheet):
    """Return SQL of whether a sheet is below a minimum for a title, as ``find_too_low`` says; None where no criterion
    of these sets has one.

    :param sheet: SQL of the id of the sheet
    """
    criteria = sets.env["emulation.criterion"].search([("set_id", "in", sets.ids)])
    minimums = criteria._get_minimums(award)
    if not minimums:
        return None
    sets.env["emulation.score"].flush_model()
    return SQL(
        "EXISTS (SELECT FROM emulation_score s"
        " JOIN unnest(%s::int[], %s::numeric[]) AS m(id, least) ON m.id = s.criterion_id"
        " WHERE s.evaluation_id = %s AND ROUND(COALESCE(s.final_points, 0)::numeric, 2) < ROUND(m.least, 2))",
        list(minimums),
        list(minimums.values()),
        sheet,
    )
