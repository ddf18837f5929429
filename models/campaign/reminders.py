"""Who still owes something in the open rounds is told, one mail a person, on the days that count."""

from markupsafe import Markup
from odoo import fields

from ...engine.deadlines import is_reminder_day
from ..mixin.list_mail import prepare_list_mail
from . import marking

STEPS = {"draft": "self", "submitted": "verify", "verified": "confirm"}  # state -> what ends on a day
# Who marks single lines does so while the head verifies, or after it.
MARKED = {"submitted": False, "verified": True}
# Where what waits is done.
PLACES = {
    "draft": "/my/emulation/evaluations",
    "submitted": "/my/emulation/unit#verify",
    "verified": "/odoo/action-hr_emulation.emulation_evaluation_action",
    "marked": "/odoo/emulation-marking",
}


def remind(reviews):
    """Tell those who owe sheets, or marks on them, of these rounds; once a day."""
    today = fields.Date.context_today(reviews)
    reviews = reviews.filtered(lambda review: review.reminded_on != today)
    owed = {}
    for state in STEPS:
        for task, evaluation, partner, day in _iter_due(reviews, state, today):
            key = (evaluation.review_id, task, day)
            owed.setdefault(partner, {}).setdefault(key, set()).add(evaluation.id)
    reviews.env["mail.mail"].create([_prepare_mail(partner, tasks) for partner, tasks in owed.items()])
    reviews._write_protected({"reminded_on": today})


def _iter_due(reviews, state, today):
    """Yield (task, evaluation, partner, last day) of those who are reminded today of what they owe in a step.

    A round is looked into on the days of its own deadline, and daily where a unit was granted a later one: then each
    sheet has its day.
    """
    what, extensions = STEPS[state], reviews.env["emulation.extension"]
    due = reviews.filtered(lambda review: is_reminder_day(review[f"{what}_deadline"], today))
    debtors = list(_iter_debtors(due | extensions._find_put_off(reviews, what), state))
    sheets = reviews.env["emulation.evaluation"].union(
        *(evaluation for _task, evaluation, _partner in debtors)
    )
    days = extensions._get_deadlines(sheets, what)
    for task, evaluation, partner in debtors:
        if is_reminder_day(days[evaluation.id], today):
            yield task, evaluation, partner, days[evaluation.id]


def _iter_debtors(reviews, state):
    """Yield (task, evaluation, partner) of those whose turn it is in the step that ends on a deadline."""
    owing = [("review_id", "in", reviews.ids), ("state", "=", state)]
    for evaluation, partner in reviews.env["emulation.evaluation"].search(owing)._get_debtors(state):
        yield state, evaluation, partner
    if state not in MARKED:
        return
    for company, own in reviews.grouped("company_id").items():
        waiting = marking.find_waiting(own, after_head=MARKED[state])
        markers = reviews.env["emulation.criterion.marker"].union(*waiting)
        users = marking.get_markers_users(markers, company)
        for marker, sheets in waiting.items():
            for partner in users[marker].partner_id.filtered("email"):
                yield from (("marked", sheet, partner) for sheet in sheets)


def _prepare_mail(partner, tasks):
    env = partner.with_context(lang=partner.lang).env
    texts = {
        "draft": env._("to fill in"),
        "submitted": env._("to verify"),
        "verified": env._("to confirm"),
        "marked": env._("to mark"),
    }
    news = env["emulation.news"]
    lines = [
        Markup("%s: %s %s (%s)")
        % (
            news._get_link(PLACES[task], f"{review.campaign_id.name} – {review.name}"),
            len(found),
            texts[task],
            f"{day:%d/%m/%Y}",
        )
        for (review, task, day), found in tasks.items()
    ]
    return prepare_list_mail(
        partner,
        env._("Emulation: scoring sheets waiting for you"),
        env._("These scoring sheets are waiting for you:"),
        lines,
    )
