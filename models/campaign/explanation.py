"""How the points of a sheet came about, as a table for the screen."""

from markupsafe import Markup

from ...engine import scoring
from ...engine.vietnamese import format_decimal
from ..mixin.reason import tell
from . import grades, totals

ROW = Markup("<tr><td>%s</td><td class='text-end text-nowrap'>%s</td></tr>")
TABLE = Markup("<table class='table table-sm o_emulation_explanation'><tbody>%s</tbody></table>")
STAGES = {
    "draft": "self_points",
    "submitted": "self_points",
    "verified": "verified_points",
    "confirmed": "final_points",
    "stopped": "self_points",
}


def get_rows(evaluation):
    """Return [(label, points)] that add up to the total of the step reached, the total last."""
    env, stage = evaluation.env, STAGES[evaluation.state]
    given = {line.criterion_id.id: line[stage] for line in evaluation.score_ids}
    sheet = evaluation.set_id
    frame = totals.get_frame(
        {sheet.id: (*sheet._get_engine_criteria(), sheet.total_points)}, evaluation, given
    )
    labels = {
        "base": env._("From the parts of the period"),
        "bonus_cap": env._("Bonus beyond the limit"),
        "floor": env._("A total is never below 0"),
        "rounding": env._("Rounding"),
    }
    names = {line.id: line.name for line in sheet.criterion_ids}
    beyond = env._("Beyond the limit of “%(group)s”")
    rows = [
        (
            beyond % {"group": names[row.key]}
            if row.what == "ceiling"
            else labels.get(row.what) or names[row.key],
            row.amount,
        )
        for row in scoring.explain(frame[0], given, *frame[1:])
    ]
    return [*rows, (env._("Total"), sum((amount for _label, amount in rows), scoring.points(0)))]


def explain_sheet(evaluation):
    """Return the table of a sheet, and what the next better grade asks for."""
    if not evaluation.review_id:
        return False
    rows = Markup("").join(ROW % (label, format_decimal(amount)) for label, amount in get_rows(evaluation))
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
