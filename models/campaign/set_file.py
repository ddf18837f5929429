"""A set of criteria to a file that another agency can read, and from one; and the sample sets that come along.

What a file may hold is ``office.criteria_file``. It says nothing about whom a line applies to, who marks it and where
its figures are read: that is each agency's own.
"""

from functools import cache
from pathlib import Path

from odoo.exceptions import UserError
from odoo.fields import Command

from ...office import criteria_file

LIBRARY = Path(__file__).resolve().parents[2] / "data" / "criteria_library"

SHEET = (
    *("name", "subject", "scale", "total_points", "bonus_cap", "deduction_cap", "most_points"),
    *("is_head_not_above", "note"),
)
CRITERION = (
    *("code", "name", "kind", "max_points", "weight", "minimum_points", "target", "unit_of_measure"),
    *("lower_is_better", "least_value", "points_per_occurrence", "evidence_required", "evidence_each"),
    *("is_marked_only", "is_whole_only"),
    *("levels", "drawn_from", "guidance"),
)
GRADE = ("name", "min_points", "rating", "max_share")


@cache
def read_samples():
    """Return {name of the file: content} of the sample sets."""
    return {path.stem: criteria_file.read(path.read_bytes()) for path in sorted(LIBRARY.glob("*.json"))}


def sort_samples(kind, sector):
    """Return the sample sets as ``read_samples`` does: those for a kind of agency or its field of work first, those
    for every agency then, those for others last.

    :param kind: code of an ``emulation.agency.kind``, or nothing
    :param sector: field of work, or nothing
    """

    def distance(item):
        fits = set(item[1].get("fits", ()))
        return 1 if not fits else 0 if fits & {kind, sector} else 2

    return dict(sorted(read_samples().items(), key=distance))


# ----------------------------------------------------------------------
# Out
# ----------------------------------------------------------------------


def describe(sheet):
    """Return what a set says as a file holds it."""
    roots = sheet.criterion_ids.filtered(lambda line: not line.parent_id)
    return {
        **_take(sheet, SHEET),
        "criteria": [_describe_line(line) for line in roots],
        "grades": [_describe_grade(grade) for grade in sheet.grade_ids],
        "ties": [_describe_tie(key) for key in sheet.tie_ids],
    }


def _take(record, names):
    """Return the values that say something; what is empty, no or 0 is left out."""
    return {name: record[name] for name in names if record[name]}


def _describe_line(line):
    steps = [
        {"start": step.start, "points": step.points, **({} if step.is_open else {"end": step.end})}
        for step in line.step_ids
    ]
    lists = {
        "steps": steps,
        "drawn_awards": line.drawn_award_ids.mapped("code"),
        "minimums": {minimum.award_id.code: minimum.points for minimum in line.minimum_ids},
        "children": [_describe_line(child) for child in line.child_ids],
    }
    return _take(line, CRITERION) | {name: value for name, value in lists.items() if value}


def _describe_grade(grade):
    shares = {share.unit_grade: share.share for share in grade.share_ids}
    conditions = [_describe_condition(condition) for condition in grade.condition_ids]
    share_of = grade.share_of if grade.share_of != "people" else False
    lists = {"share_of": share_of, "shares": shares, "conditions": conditions}
    kept = {name: value for name, value in lists.items() if value}
    return {"min_points": 0, **_take(grade, GRADE), **kept}


def _describe_condition(condition):
    codes = [_get_code(line) for line in condition.criterion_ids]
    return _take(condition, ("kind", "value", "level", "count")) | ({"criteria": codes} if codes else {})


def _describe_tie(key):
    return {"kind": key.kind, **({"criterion": _get_code(key.criterion_id)} if key.criterion_id else {})}


def _get_code(line):
    """Return the code by which a rule names a criterion.

    :raises UserError: it has none
    """
    if not line.code:
        raise UserError(line.env._("“%(name)s” needs a code: a rule of the set names it.", name=line.name))
    return line.code


# ----------------------------------------------------------------------
# In
# ----------------------------------------------------------------------


def create(env, content):
    """Make a new set of the user's agency from what a file says.

    :raises UserError: it asks for a title this agency does not have
    """
    awards = _find_awards(env, content)
    sheet = env["emulation.criterion.set"].create(_pick(content, SHEET))
    lines = _create_lines(sheet, content["criteria"], awards)
    by_code = {line.code: line.id for line in lines if line.code}
    env["emulation.grade"].create(
        [_prepare_grade(sheet, grade, by_code) for grade in content.get("grades", ())]
    )
    env["emulation.tie.key"].create(
        [
            {
                "set_id": sheet.id,
                "sequence": place,
                "kind": tie["kind"],
                "criterion_id": by_code.get(tie.get("criterion"), False),
            }
            for place, tie in enumerate(content.get("ties", ()))
        ]
    )
    return sheet


def _pick(part, names):
    return {name: part[name] for name in names if name in part}


def _find_awards(env, content):
    """Return {code: id} of the titles that lines of a file name."""
    lines = criteria_file.iter_lines(content["criteria"])
    codes = {code for line in lines for name in ("minimums", "drawn_awards") for code in line.get(name, ())}
    found = env["emulation.award"].search(
        [("code", "in", list(codes)), ("company_id", "in", [False, env.company.id])], order="company_id DESC"
    )
    awards = {
        award.code: award.id for award in found
    }  # an own title comes last and stands before a common one
    if unknown := codes - awards.keys():
        raise UserError(env._("No award has the code “%(code)s”.", code=min(unknown)))
    return awards


def _create_lines(sheet, content, awards):
    """Create the lines level by level: as many statements for a hundred as for ten."""
    criteria = sheet.env["emulation.criterion"]
    order = {id(line): place for place, line in enumerate(criteria_file.iter_lines(content))}
    created, level = criteria, [(criteria, line) for line in content]
    while level:
        found = criteria.create(
            [
                {
                    **_prepare_line(line, awards),
                    "set_id": sheet.id,
                    "parent_id": group.id,
                    "sequence": order[id(line)],
                }
                for group, line in level
            ]
        )
        created |= found
        level = [
            (group, child)
            for group, (_above, line) in zip(found, level, strict=True)
            for child in line.get("children", ())
        ]
    return created


def _prepare_line(line, awards):
    steps = [
        {
            "start": step["start"],
            "end": step.get("end", 0),
            "is_open": "end" not in step,
            "points": step["points"],
        }
        for step in line.get("steps", ())
    ]
    minimums = [
        {"award_id": awards[code], "points": points} for code, points in line.get("minimums", {}).items()
    ]
    return {
        **_pick(line, CRITERION),
        "step_ids": [*map(Command.create, steps)],
        "minimum_ids": [*map(Command.create, minimums)],
        "drawn_award_ids": [Command.set([awards[code] for code in line.get("drawn_awards", ())])],
    }


def _prepare_grade(sheet, grade, by_code):
    conditions = [
        _pick(condition, ("kind", "value", "level", "count"))
        | {"criterion_ids": [Command.set([by_code[code] for code in condition.get("criteria", ())])]}
        for condition in grade.get("conditions", ())
    ]
    shares = [{"unit_grade": name, "share": share} for name, share in grade.get("shares", {}).items()]
    return {
        **_pick(grade, (*GRADE, "share_of")),
        "set_id": sheet.id,
        "condition_ids": [*map(Command.create, conditions)],
        "share_ids": [*map(Command.create, shares)],
    }
