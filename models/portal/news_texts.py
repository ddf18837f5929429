"""What news say: the sentence of each kind, what it names, and the page it leads to."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

TEXTS = {
    "registration_approved": _lt("Your registration is approved: %(name)s."),
    "registration_refused": _lt("Your registration was not approved: %(name)s."),
    "registration_withdrawn": _lt("Your registration was withdrawn: %(name)s."),
    "registration_left": _lt("You no longer take part: %(name)s."),
    "registration_back": _lt("You take part again: %(name)s."),
    "target_approved": _lt("Your target is approved: %(name)s."),
    "target_returned": _lt("Your target came back: %(name)s."),
    "target_dropped": _lt("Your target was dropped: %(name)s."),
    "figure_approved": _lt("A figure you reported counts: %(name)s."),
    "figure_refused": _lt("A figure you reported does not count: %(name)s."),
    "sheet_open": _lt("A scoring sheet waits for you: %(name)s."),
    "sheet_returned": _lt("Your scoring sheet came back: %(name)s."),
    "sheet_confirmed": _lt("Your scoring sheet is concluded: %(name)s."),
    "report_returned": _lt("The report of your unit came back: %(name)s."),
    "report_accepted": _lt("The report of your unit is accepted: %(name)s."),
    "visit_recorded": _lt("The record of an inspection of your unit is here: %(name)s."),
    "finding_reopened": _lt("A finding of an inspection is not resolved yet: %(name)s."),
    "comment_answered": _lt("Your comment is answered: %(name)s."),
    "published": _lt("A list with your dossier is open for comments: %(name)s."),
    "granted": _lt("You are commended: %(name)s. Decision and certificate are here."),
    "rejected": _lt("A dossier was closed without an award: %(name)s."),
    "revoked": _lt("An award was revoked: %(name)s."),
    "answered": _lt("Your request is answered: %(name)s."),
    "ceremony": _lt("The award is handed over at %(moment)s: %(name)s."),
    "suspended": _lt("Your certificate is suspended: %(name)s."),
    "resumed": _lt("Your certificate is valid again: %(name)s."),
    "story_asked": _lt("A story about you is taken up: %(name)s. Read it, and say whether it may be told."),
    "story_published": _lt("The story about you is published: %(name)s."),
    "story_honoured": _lt("You are honoured as an exemplary model: %(name)s."),
    "story_hidden": _lt("The story about you is no longer shown: %(name)s."),
    "helper_named": _lt("You are asked to help foster a model by %(day)s: %(name)s."),
    "erased": _lt("What you asked for on %(day)s is done: your data were erased."),
    "erasure_refused": _lt(
        "What you asked for on %(day)s, to erase your data, was refused. The reason is here."
    ),
    "replaced": _lt("You have a new certificate in place of the earlier one: %(name)s."),
    "initiative_returned": _lt("Your initiative is to be changed: %(name)s."),
    "initiative_recognised": _lt("What you declared is recognised: %(name)s."),
    "initiative_refused": _lt("What you declared was not recognised: %(name)s."),
    "received": _lt("Your proposal was received under number %(number)s: %(name)s."),
}
# kind: what its sentence says beside the name
DETAILS = {
    "ceremony": lambda record: {"moment": record.decision_id._get_ceremony_text()},
    "helper_named": lambda record: {"day": _write_day(record.date)},
    "erased": lambda record: {"day": _write_day(record.asked_on)},
    "erasure_refused": lambda record: {"day": _write_day(record.asked_on)},
    "received": lambda record: {"number": record.env["emulation.receipt"]._get_number(record)},
}
# model: what a record is called, and its page below /my/emulation
PLACES = {
    "emulation.participation": lambda one: (one.campaign_id.name, f"/campaigns/{one.campaign_id.id}"),
    "emulation.evaluation": lambda one: (
        f"{one.campaign_id.name} – {one.review_id.name}",
        f"/evaluations/{one.id}",
    ),
    "emulation.target": lambda one: (f"{one.campaign_id.name} – {one.name}", f"/targets/{one.id}"),
    "emulation.unit.report": lambda one: (one.round_id.name, f"/unit/reports/{one.id}"),
    "emulation.inspection": lambda one: (one.subject, f"/unit/inspections/{one.id}"),
    "emulation.inspection.finding": lambda one: (one.name, f"/unit/inspections/{one.inspection_id.id}"),
    "emulation.achievement": lambda one: (one.name, f"/achievements/{one.id}"),
    "emulation.exemplar": lambda one: (one.name, "/exemplars"),
    "emulation.exemplar.step": lambda one: (f"{one.exemplar_id.name} – {one.name}", "/exemplars#helped"),
    "emulation.erasure": lambda one: (_write_day(one.asked_on), "/data"),
    "emulation.publication": lambda one: (one.name, f"/publications/{one.id}" if one.is_open else ""),
}


def tell(news, record, awards):
    """Return (sentence, address of the page) of one news.

    :param record: what it is about, as far as the person may know it
    :param dict awards: {dossier: name of its award on paper}
    """
    name, page = _find_place(news.kind, record, awards)
    details = DETAILS.get(news.kind, lambda _record: {})(record)
    text = news.env._(TEXTS[news.kind])  # a lazy text takes no values
    return text % {"name": name, **details}, f"/my/emulation{page}"


def _find_place(kind, record, awards):
    if record._name in PLACES:
        return PLACES[record._name](record)
    if kind == "received":
        return record.display_name, f"/proposals/{record.id}"
    return awards[record], f"/commendations/{record.id}"


def _write_day(day):
    return f"{day:%d/%m/%Y}"
