"""How the points of a sheet came about, as a table for the screen."""

from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup

from ...engine import levels, scoring
from ...engine.vietnamese import format_decimal
from ..mixin.reason import tell
from . import grades, totals

ROW = Markup(
    "<tr><td>%s</td><td class='text-muted'>%s</td><td class='text-end text-nowrap'>%s</td></tr>"
)  # what, how, points
TABLE = Markup("<table class='table table-sm o_emulation_explanation'><tbody>%s</tbody></table>")
STAGES = {
    "draft": "self_points",
    "submitted": "self_points",
    "verified": "verified_points",
    "confirmed": "final_points",
    "stopped": "self_points",
}


class Row(NamedTuple):
    """A row of the table: what, how its points came about (may be empty), the points; ``name`` is what stands for
    them where a set has levels by name and no points.
    """

    label: str
    how: str
    amount: Decimal
    name: str = ""

    @property
    def text(self):
        return self.name or format_decimal(self.amount)


def get_rows(evaluation, scores=None):
    """Return the rows that add up to the total of the step reached, the total last.

    :param scores: the lines of the sheet, where they are read already
    """
    env, stage = evaluation.env, STAGES[evaluation.state]
    lines = {line.criterion_id.id: line for line in (evaluation.score_ids if scores is None else scores)}
    given = {key: line[stage] for key, line in lines.items()}
    sheet = evaluation.set_id
    on_sheet, frame = totals.get_frame(totals.read_rules(sheet), evaluation, given)
    rules = {one.key: one for one in on_sheet}
    labels = _get_labels(env, frame)
    names = {line.id: line.name for line in sheet.criterion_ids}
    stretch = _tell_stretch(env, on_sheet, frame)
    rows = []
    for row in scoring.explain(on_sheet, given, *frame):
        if row.what == "base":
            rows += _get_part_rows(evaluation, row.amount) or [Row(labels["base"], "", row.amount)]
        elif row.what == "line":
            line = lines[row.key]
            how = [_tell_line(line, rules[row.key], stage)]
            how += [stretch] if line.criterion_id.kind in scoring.BASIC_KINDS else []
            text = "; ".join(filter(None, how))
            rows.append(Row(names[row.key], text, row.amount, _name_line(line, stage)))
        elif row.what == "ceiling":
            rows.append(_get_ceiling_row(sheet.criterion_ids.browse(row.key), row.amount))
        else:
            rows.append(Row(labels[row.what], "", row.amount))
    if sheet.scale == "levels":
        return [row for row in rows if row.name]
    return [*rows, Row(env._("Total"), "", sum((row.amount for row in rows), scoring.points(0)))]


def _get_labels(env, frame):
    """Return what the rows are called that belong to no line of the sheet."""
    limits = {name: format_decimal(value) for name, value in frame._asdict().items() if value is not None}
    return {
        "base": env._("From the parts of the period"),
        "bonus_cap": env._("Bonus beyond the limit of %(points)s", points=limits.get("bonus_cap", "")),
        "deduction_cap": env._(
            "Deductions beyond the limit of %(points)s", points=limits.get("deduction_cap", "")
        ),
        "floor": env._("A total is never below 0"),
        "most": env._("Beyond what a sheet counts at most: %(points)s", points=limits.get("most", "")),
        "rounding": env._("Rounding"),
    }


def _get_ceiling_row(group, amount):
    env = group.env
    limit = env._("counts %(points)s at most", points=format_decimal(group.max_points))
    return Row(env._("Beyond the limit of “%(group)s”", group=group.name), limit, amount)


def _name_line(line, stage):
    """Return the level that stands for the points of a line, where the set has no points; a dash before it is given."""
    if line.criterion_id.set_id.scale != "levels":
        return ""
    if stage == "self_points" and not line.is_self_scored:
        return "–"
    return line.criterion_id._name_points(line[stage])


def _tell_line(line, engine, stage):
    """Return how the points of a line came about; where somebody gave others than were measured, nothing is said.

    :param engine: the criterion as ``engine.scoring.Criterion``
    """
    criterion, env = line.criterion_id, line.env
    texts = []
    if line.is_measured and line.is_self_scored and scoring.score(engine, line.actual_value) == line[stage]:
        result = format_decimal(line.actual_value)
        if criterion.kind == "quantity":
            reached = f"{result} {criterion.unit_of_measure or ''}".strip()
            texts.append(env._("reached: %(result)s", result=reached))
        else:
            each = format_decimal(criterion.points_per_occurrence)
            texts.append(f"{result} × {each}")
            if (
                criterion.max_points
                and line.actual_value * criterion.points_per_occurrence > criterion.max_points
            ):
                texts.append(env._("%(points)s at most", points=format_decimal(criterion.max_points)))
    if (
        engine.levels
        and criterion.set_id.scale != "levels"
        and (stage != "self_points" or line.is_self_scored)
    ):
        texts.append(levels.get_name(engine.levels, line[stage]))
    if engine.weight is not None and criterion.kind in scoring.BASIC_KINDS:
        given, most, weight = map(format_decimal, (line[stage], criterion.max_points, criterion.weight))
        texts.append(f"{given} / {most} × {weight}")
    return "; ".join(texts)


def _tell_stretch(env, on_sheet, frame):
    """Return by how much the lines that apply count more, where others do not apply to the recipient."""
    maximum = scoring.get_maximum(on_sheet)
    if frame.full is None or not maximum or maximum == frame.full:
        return ""
    factor = f"{format_decimal(frame.full)} / {format_decimal(maximum)}"
    return env._("× %(factor)s: other criteria do not apply", factor=factor)


def _get_part_rows(evaluation, base):
    """Return a row for each part of the period; none where its points were changed after this sheet was confirmed."""
    env = evaluation.env
    ((_sheet, points, combined),) = totals.combine_parts(evaluation)
    if scoring.points(combined.total) != base:
        return []
    rows, sheets = [], evaluation.part_sheet_ids.grouped("review_id")
    for part, given, share in zip(
        evaluation.review_id.part_ids.sorted("date_from"), points, combined.shares, strict=True
    ):
        how = env._("no sheet") if given is None else env._("%(points)s points", points=format_decimal(given))
        if given is not None and evaluation.review_id.way == "weighted":
            how = env._("%(how)s, counts %(times)s times", how=how, times=format_decimal(part.part_weight))
        label = env._("From the parts: %(part)s", part=part.name)
        if evaluation.set_id.scale == "levels":
            sheet = sheets.get(part, evaluation.browse())
            rows.append(Row(label, sheet.levels_text or how, share, sheet.grade_id.name or "–"))
        else:
            rows.append(Row(label, how, share))
    return rows


def explain_sheet(evaluation):
    """Return the table of a sheet, and what the next better grade asks for."""
    if not evaluation.review_id:
        return False
    rows = Markup("").join(ROW % (row.label, row.how, row.text) for row in get_rows(evaluation))
    title, reasons = get_way_up(evaluation)
    if not title:
        return TABLE % rows
    lines = Markup("").join(Markup("<li>%s</li>") % reason for reason in reasons)
    return TABLE % rows + Markup("<p class='mb-1'>%s</p><ul>%s</ul>") % (title, lines)


def get_way_up(evaluation):
    """Return (title, reasons) why the points of the step reached are not worth the next better grade.

    Without grades, or with the best one, there is nothing to say: ("", []).
    """
    env, stage = evaluation.env, STAGES[evaluation.state].removesuffix("_points")
    graded = grades.find(evaluation, stage).get(evaluation.id)
    if not graded or not graded.missing:
        return "", []
    grade, reasons = list(graded.missing.items())[-1]
    # sudo: emulation.grade - its name, on a sheet that is read
    name = env["emulation.grade"].sudo().browse(grade).name
    if evaluation.state == "confirmed":
        title = env._("For “%(grade)s” it lacked:", grade=name)
    else:
        title = env._("For “%(grade)s” it still lacks:", grade=name)
    return title, [tell(env, reason) for reason in reasons]
