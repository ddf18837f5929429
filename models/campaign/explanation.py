"""How the points of a sheet came about, as a table for the screen."""

from markupsafe import Markup

from ...engine import scoring
from ...engine.vietnamese import format_decimal
from ..mixin.reason import tell
from . import grades

ROW = Markup("<tr><td>%s</td><td class='text-end text-nowrap'>%s</td></tr>")
TABLE = Markup("<table class='table table-sm o_emulation_explanation'><tbody>%s</tbody></table>")
STAGES = {
    "draft": "self_points",
    "submitted": "self_points",
    "verified": "verified_points",
    "confirmed": "final_points",
}


def get_rows(evaluation):
    """Return [(label, points)] that add up to the total of the step reached, the total last."""
    env, stage = evaluation.env, STAGES[evaluation.state]
    given = {line.criterion_id.id: line[stage] for line in evaluation.score_ids}
    sheet = evaluation.set_id
    frame = evaluation._get_frame(
        {sheet.id: (*sheet._get_engine_criteria(), sheet.total_points)}, evaluation, given
    )
    labels = {
        "base": env._("From the parts of the period"),
        "bonus_cap": env._("Bonus beyond the limit"),
        "floor": env._("A total is never below 0"),
        "rounding": env._("Rounding"),
    }
    names = {line.criterion_id.id: line.criterion_id.name for line in evaluation.score_ids}
    rows = [
        (labels.get(row.what) or names[row.key], row.amount)
        for row in scoring.explain(frame[0], given, *frame[1:])
    ]
    return [*rows, (env._("Total"), sum((amount for _label, amount in rows), scoring.points(0)))]


def explain_sheet(evaluation):
    """Return the table of a sheet, and for a graded one what a better grade asks for."""
    if not evaluation.review_id:
        return False
    rows = Markup("").join(ROW % (label, format_decimal(amount)) for label, amount in get_rows(evaluation))
    return TABLE % rows + _get_way_up(evaluation)


def _get_way_up(evaluation):
    """Return what is missing for the next better grade."""
    graded = grades.find(evaluation).get(evaluation.id)
    if not graded or not graded.missing or evaluation.state != "confirmed":
        return Markup("")
    grade, reasons = list(graded.missing.items())[-1]
    name = evaluation.env["emulation.grade"].browse(grade).name
    lines = Markup("").join(Markup("<li>%s</li>") % tell(evaluation.env, reason) for reason in reasons)
    title = evaluation.env._("For “%(grade)s” it lacked:", grade=name)
    return Markup("<p class='mb-1'>%s</p><ul>%s</ul>") % (title, lines)
