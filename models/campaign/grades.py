"""Grades of confirmed sheets: which one each reaches, and what a round has to hold before it closes.

The rules are ``engine.grading``; here is what they look at, read in a few queries however many sheets.
"""

from odoo.tools import SQL

from ...engine import grading
from ..mixin.labels import get_labels
from . import whole_points


def store(sheets):
    """Store the grade of each sheet by its final points."""
    rows = [(sheet, graded.key or None) for sheet, graded in find(sheets).items()]
    sheets._store_rows(("grade_id",), rows)


def find(sheets, stage="final"):
    """Return {sheet id: ``engine.grading.Graded``} by the points of a stage: self, verified or final."""
    sheets.fetch(["set_id", "review_id", f"{stage}_total"])
    order = {one.id: one.grade_ids._to_engine() for one in sheets.set_id}
    full = {one.id: {line.id: line.max_points for line in one.criterion_ids} for one in sheets.set_id}
    kinds = {line.id: line.kind for line in sheets.set_id.criterion_ids}
    levels = {line.id: line._get_levels() for line in sheets.set_id.criterion_ids if line.levels}
    given = _read_points(sheets, stage) if sheets.set_id.grade_ids.condition_ids else {}
    brought = whole_points.read(sheets, sheets.set_id.grade_ids.condition_ids._get_asked_lines())
    parts = _read_part_grades(sheets) if sheets.review_id.part_ids else {}
    found = {}
    for sheet in sheets:
        mine, maxima = given.get(sheet.id, {}) | brought.get(sheet.id, {}), full[sheet.set_id.id]
        # of twelve months added up no line has a full mark
        summed = brought.get(sheet.id, ()) if sheet.review_id.way == "sum" else ()
        graded = grading.Sheet(
            sheet[f"{stage}_total"],
            mine,
            {key: 0 if key in summed else maxima.get(key, 0) for key in mine},
            tuple(parts.get(sheet.id, ())),
            kinds,
            levels,
        )
        found[sheet.id] = grading.grade(order[sheet.set_id.id], graded)
    return found


def _read_points(sheets, stage):
    """Return {sheet: {criterion: points of the stage}}."""
    sheets.env["emulation.score"].flush_model()
    query = SQL(
        "SELECT evaluation_id, criterion_id, %s FROM emulation_score WHERE evaluation_id IN %s",
        SQL.identifier(f"{stage}_points"),
        sheets._ids,
    )
    found = {}
    for sheet, criterion, earned in sheets.env.execute_query(query):
        found.setdefault(sheet, {})[criterion] = earned
    return found


def _read_part_grades(sheets):
    """Return {sheet: [grade of each part]}; a grade of the same name in another version counts alike.

    A part without a confirmed sheet has none where missing parts count 0, and is left out otherwise.
    """
    names = {(grade.set_id.id, grade.name): grade.id for grade in sheets.set_id.grade_ids}
    query = SQL(
        """
        SELECT whole.id, whole.set_id, grade.name
          FROM emulation_evaluation whole
          JOIN emulation_review year ON year.id = whole.review_id
          JOIN emulation_review review ON review.part_of_id = year.id
     LEFT JOIN emulation_evaluation part ON part.participation_id = whole.participation_id
                                        AND part.review_id = review.id AND part.state = 'confirmed'
     LEFT JOIN emulation_grade grade ON grade.id = part.grade_id
         WHERE whole.id IN %s AND (part.id IS NOT NULL OR year.missing_parts = 'zero')
        """,
        sheets._ids,
    )
    found = {}
    for sheet, set_id, name in sheets.env.execute_query(query):
        found.setdefault(sheet, []).append(names.get((set_id, name)))
    return found


def _get_unit_grades(review):
    """Return {unit: its own grade in the round}; a sheet that was stopped counts nowhere."""
    return {
        sheet.department_id: sheet.grade_id
        for sheet in review.evaluation_ids
        if sheet.department_id and sheet.state == "confirmed"
    }


def describe_over_share(review):
    """Return a sentence for each unit that gives a grade to more people than its share, and for each grade that more
    units have than their share.

    Who left the campaign is nobody's share; people of a unit that is not graded itself count with the next one above
    that is. Units share among themselves by a set that is for collectives only: in one for everybody the share is of
    people.
    """
    confirmed = review.evaluation_ids.filtered(lambda sheet: sheet.state == "confirmed")
    people = confirmed.filtered("employee_id")
    own = _get_unit_grades(review)
    found = []
    for unit, sheets in people.grouped(lambda sheet: _get_graded_unit(sheet.unit_id, own)).items():
        name = own[unit].name if unit in own else None
        found += [_tell_over_share(unit, *over) for over in _iter_over_share(sheets, name)]
    units = confirmed.filtered(lambda sheet: sheet.department_id and sheet.set_id.subject == "collective")
    return found + [_tell_units_over_share(*over) for over in _iter_over_share(units, None)]


def _iter_over_share(sheets, unit_grade_name):
    """Yield (grade, how many have it, how many may, of how many) where there are too many."""
    by_grade = sheets.grouped("grade_id")
    counts = {grade: len(graded) for grade, graded in by_grade.items()}
    for grade, count in counts.items():
        share = grade._get_share(unit_grade_name) if grade else None
        if share is None:
            continue
        total = grade._count_shared(counts)
        allowed = grading.get_allowed(share, total)
        if count > allowed:
            yield grade, count, allowed, total


def _get_graded_unit(unit, own):
    """Return the unit itself where it or none above it is graded, else the nearest above that is."""
    # sudo: hr.department - which unit stands above is no secret
    above = unit.sudo()
    while above and above not in own:
        above = above.parent_id
    return (above or unit).with_env(unit.env)


def _tell_over_share(unit, grade, count, allowed, total):
    figures = {
        "unit": unit.display_name or grade.env._("Without a unit"),
        "count": count,
        "grade": grade.name,
        "allowed": allowed,
        "total": total,
    }
    if grade.share_of == "people":
        return grade.env._(
            "%(unit)s: %(count)s people graded “%(grade)s”, at most %(allowed)s of %(total)s allowed.",
            **figures,
        )
    return grade.env._(
        "%(unit)s: %(count)s people graded “%(grade)s”, at most %(allowed)s allowed (share of: %(of)s, %(total)s).",
        **figures,
        of=get_labels(grade, "share_of")[grade.share_of],
    )


def _tell_units_over_share(grade, count, allowed, total):
    return grade.env._(
        "%(count)s units graded “%(grade)s”, at most %(allowed)s allowed: a share of %(total)s.",
        count=count,
        grade=grade.name,
        allowed=allowed,
        total=total,
    )


def get_heads_above(review):
    """Return the names of heads graded better than a unit they lead, where the set forbids it.

    Grades of people and of units may bear different names: then the yearly ratings they stand for are compared.
    """
    own, found = _get_unit_grades(review), []
    # sudo: hr.department - who leads a unit is no secret
    heads = {unit: unit.sudo().manager_id for unit in own}
    for sheet in review.evaluation_ids.filtered("set_id.is_head_not_above"):
        led = [own[unit] for unit, head in heads.items() if sheet.employee_id and head == sheet.employee_id]
        if sheet.state == "confirmed" and any(_is_above(sheet, grade) for grade in led):
            found.append(sheet.display_name)
    return found


def _is_above(sheet, unit_grade):
    order = sheet.set_id.grade_ids.mapped("name")
    if unit_grade.name in order:
        return grading.is_better(order, sheet.grade_id.name, unit_grade.name)
    return grading.is_better(grading.RATINGS, sheet.grade_id.rating, unit_grade.rating)
