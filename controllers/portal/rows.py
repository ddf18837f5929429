"""What pages show of a record, as plain values: the same row wherever the record is listed.

A list first reads what its rows show, with ``fetch_…``, and no more: a campaign, a review or an award has many long
texts. Records come in superuser mode from the gate, which has checked whose they are.
"""

from odoo import fields

from ...models.campaign.explanation import get_rows, get_way_up
from ...printing.evidence import MAGIC_NAMES
from .texts import day, days_left, file_size, paragraphs, points, word

ACCEPTED_FILES = ",".join(f".{name}" for name in MAGIC_NAMES)
# A dossier in a list: what the officers found is long and not for the recipient.
DOSSIER_FIELDS = [
    *("award_id", "campaign_id", "recipient_type", "recipient_name", "employee_id", "department_id"),
    *("partner_id", "state", "reason", "granted_date", "period_to", "summary", "create_date"),
]
SHEET_FIELDS = [
    *("campaign_id", "review_id", "participation_id", "department_id", "employee_id", "unit_id"),
    *("state", "grade_id", "self_total", "verified_total", "final_total", "set_id", "company_id"),
]
SCORE_FIELDS = [
    *("criterion_id", "self_points", "verified_points", "final_points", "actual_value", "note"),
    *("verifier_note", "is_self_scored", "is_verified", "is_final", "evidence_ids", "company_id"),
]
CRITERION_FIELDS = [
    *("name", "parent_id", "kind", "guidance", "max_points", "unit_of_measure", "target"),
    *("evidence_required", "evidence_each", "points_per_occurrence", "is_marked_only", "lower_is_better"),
    *("least_value", "minimum_points", "step_ids", "levels", "set_id", "weight", "is_whole_only"),
]
SET_FIELDS = ["total_points", "scale", "bonus_cap", "deduction_cap", "most_points"]
CAMPAIGN_FIELDS = [
    "name",
    "theme",
    "kind",
    "state",
    "date_start",
    "date_end",
    "registration_deadline",
]
ENDINGS = {"rejected", "withdrawn", "revoked"}
TIMES = {"lần", "lượt", "times"}


# ----------------------------------------------------------------------------------------------------
# Reading ahead
# ----------------------------------------------------------------------------------------------------


def fetch_dossiers(dossiers):
    """Read the names a dossier is listed by."""
    without_snapshot = dossiers.filtered(lambda record: not record.recipient_name)
    without_snapshot.employee_id.fetch(["name"])
    without_snapshot.department_id.fetch(["name"])
    dossiers.award_id.fetch(["name"])
    dossiers.campaign_id.fetch(["name"])


def fetch_sheets(evaluations):
    """Read what the rows of scoring sheets show."""
    evaluations.campaign_id.fetch(["name"])
    evaluations.set_id.fetch(SET_FIELDS)
    evaluations.review_id.fetch(
        [
            *("name", "state", "self_deadline", "verify_deadline", "confirm_deadline", "date_to"),
            *("part_of_id", "way"),
        ]
    )
    evaluations.participation_id.fetch(
        ["recipient_name", "recipient_type", "employee_id", "department_id", "partner_id"]
    )


def fetch_scores(evaluation):
    """Return the lines of a scoring sheet in their order, read with what a page shows of them."""
    scores = evaluation.env["emulation.score"].search_fetch(
        [("evaluation_id", "=", evaluation.id)], SCORE_FIELDS, order="sequence, id"
    )
    scores.criterion_id.fetch(CRITERION_FIELDS)
    return scores


# ----------------------------------------------------------------------------------------------------
# Campaigns and scoring sheets
# ----------------------------------------------------------------------------------------------------


def get_today(record):
    return fields.Date.context_today(record.env.user)


def campaign_row(campaign, last_day):
    """Return what is said of a campaign.

    :param last_day: the last day to register for who looks, or None
    """
    today = get_today(campaign)
    deadline = last_day or campaign.date_end
    return {
        "id": campaign.id,
        "url": f"/my/emulation/campaigns/{campaign.id}",
        "name": campaign.name,
        "theme": campaign.theme or "",
        "kind": word(campaign, "kind"),
        "state": campaign.state,
        "state_name": word(campaign, "state"),
        "date_start": day(campaign.date_start),
        "date_end": day(campaign.date_end),
        "deadline": day(deadline),
        "days_left": days_left(deadline, today),
        "is_open": campaign.state == "launched" and (not deadline or deadline >= today),
    }


def sheet_rows(evaluations):
    """Return what is said of each sheet; the day to fill it in is the one that holds for its unit."""
    days = evaluations.env["emulation.extension"]._get_deadlines(evaluations, "self")
    return [sheet_row(evaluation, days[evaluation.id]) for evaluation in evaluations]


def sheet_row(evaluation, last_day):
    today = get_today(evaluation)
    deadline = last_day or evaluation.review_id.date_to
    is_open = evaluation.state == "draft" and evaluation.review_id.state == "open"
    is_confirmed = evaluation.state == "confirmed"
    return {
        "id": evaluation.id,
        "url": f"/my/emulation/evaluations/{evaluation.id}",
        "campaign": evaluation.campaign_id.name,
        "review": evaluation.review_id.name,
        "recipient": evaluation.participation_id._get_recipient_name(),
        "is_unit": bool(evaluation.department_id),
        "state": evaluation.state,
        "state_name": word(evaluation, "state"),
        "is_open": is_open,
        "deadline": day(deadline),
        "days_left": days_left(deadline, today) if is_open else None,
        "is_late": is_open and deadline < today,
        "grade": evaluation.grade_id.name if is_confirmed else "",
        "final_total": write_total(evaluation, "final_total") if is_confirmed else "",
        "has_points": evaluation.scale != "levels",
    }


def sheet_page(evaluation):
    """Return what the page of one scoring sheet shows, line by line."""
    fetch_sheets(evaluation)
    scores = fetch_scores(evaluation)
    lines = [score_line(score, evaluation.state) for score in scores]
    parts = evaluation.part_sheet_ids
    fetch_sheets(parts)
    done = sum(not line["missing"] for line in lines)
    sheet, *part_rows = sheet_rows(evaluation | parts)
    return {
        **sheet,
        "lines": lines,
        "parts": part_rows,
        "self_total": write_total(evaluation, "self_total"),
        "maximum": "" if evaluation.scale == "levels" else points(evaluation.set_id.total_points),
        "done": done,
        "count": len(lines),
        "percent": round(100 * done / len(lines)) if lines else 0,
        "missing": [line["name"] for line in lines if line["missing"]],
        **explain(evaluation, scores),
        **file_values(evaluation.company_id),
        "user": evaluation.env.uid,
    }


def write_total(evaluation, name):
    """Return a total of a sheet; where the set has no points, how often each level was given at the step reached."""
    if evaluation.scale == "levels":
        return evaluation.levels_text or "–"
    return points(evaluation[name])


def explain(evaluation, scores):
    """Return how the points came about, line by line, and what the next better grade still asks for.

    :param scores: the lines of the sheet, as they were read
    """
    title, reasons = get_way_up(evaluation)
    rows = get_rows(evaluation, scores)
    return {
        "rows": [{"label": row.label, "how": row.how, "points": row.text} for row in rows],
        "next_grade": title,
        "next_reasons": reasons,
    }


def score_line(score, state):
    """Return one line of a scoring sheet; points show as soon as who gave them has handed the sheet on."""
    criterion = score.criterion_id
    told, standing = criterion._name_points, score.verified_points if score.is_verified else score.self_points
    choices = list_choices(criterion)
    most = "" if criterion._is_unlimited() else points(criterion.max_points)
    return {
        "id": score.id,
        "name": criterion.name,
        "group": criterion.parent_id.name or "",
        "guidance": criterion.guidance or "",
        "rule": criterion.rule_text,
        "choices": choices,
        # what the head agrees with stands there; where it is no choice, nothing is chosen beforehand
        "verify_choices": choices[points(standing) in dict(choices) :],
        "is_levelled": bool(criterion.levels),
        "max_points": most,
        "points_label": label_points(criterion, criterion.env._("Points"), most),
        "verify_label": label_points(criterion, criterion.env._("Verified points"), most),
        "is_measured": criterion._is_measured(),
        "reached_label": label_reached(criterion),
        "needs_evidence": criterion.evidence_required,
        "evidence_text": score._tell_evidence() if score._lacks_evidence() else "",
        "is_marked_only": criterion.is_marked_only,
        "marker_names": score.marker_names or "",
        "missing": score._is_missing(),
        "values": score_values(score),
        "self_text": self_text(score),
        "verified_text": told(score.verified_points) if state in ("verified", "confirmed") else "",
        "final_text": told(score.final_points) if state == "confirmed" else "",
        "verified": points(standing),
        "verified_so_far": told(standing),
        "verifier_note": score.verifier_note or "",
        "evidence": evidence_rows(score.evidence_ids),
    }


def label_points(criterion, name, most):
    """Return what a field of points is called, with what may be entered; of a deduction the points taken off.

    :param str most: the points at most; empty where there is no limit
    """
    env = criterion.env
    if criterion.kind == "deduction":
        name = env._("Points taken off")
    if not most:
        return env._("%(name)s (0 or more)", name=name)
    return env._("%(name)s (0 to %(most)s)", name=name, most=most)


def label_reached(criterion):
    """Return what the figure is called from which points follow: how often, or what was reached, with its unit."""
    env, unit = criterion.env, criterion.unit_of_measure or ""
    is_counted = criterion._is_counted()
    name = env._("Number of times") if is_counted else env._("Result reached")
    # "times (times)" says it twice
    return f"{name} ({unit})" if unit and not (is_counted and unit.strip().lower() in TIMES) else name


def list_choices(criterion):
    """Return [(points, what is read)] of a line on which something is chosen, nothing first; [] where any points will
    do.
    """
    env, named = criterion.env, criterion._get_level_choices()
    if criterion.kind == "yes_no":
        named = [(env._("No"), 0), (env._("Yes"), criterion.max_points)]
    return [("", "–"), *((points(worth), name) for name, worth in named)] if named else []


def self_text(score):
    """Return the recipient's own points as a page shows them; nothing where none are given."""
    return score.criterion_id._name_points(score.self_points) if score.is_self_scored else ""


def score_values(score):
    """Return what the form holds of a line; an untouched line is empty, not zero."""
    given = score.is_self_scored
    return {
        "self_points": points(score.self_points) if given else "",
        "actual_value": points(score.actual_value) if given or score.actual_value else "",
        "note": score.note or "",
    }


def file_values(company):
    """Return what a form says of the files it takes, before one is chosen."""
    company.fetch(["emulation_evidence_size"])
    limit = company.emulation_evidence_size
    hint = company.env._("PDF, picture, Word, Excel or OpenDocument file, at most %(limit)s MB", limit=limit)
    return {"accept": ACCEPTED_FILES, "file_limit": limit, "file_hint": hint}


def evidence_rows(attachments):
    return [
        {"id": attachment.id, "name": attachment.name, "size": file_size(attachment.file_size)}
        for attachment in attachments
    ]


# ----------------------------------------------------------------------------------------------------
# Dossiers
# ----------------------------------------------------------------------------------------------------


def commendation_row(commendation):
    return {
        "id": commendation.id,
        "url": f"/my/emulation/commendations/{commendation.id}",
        "award": commendation.award_id.name,
        "campaign": commendation.campaign_id.name or "",
        "recipient": commendation._get_recipient_name(),
        "is_unit": commendation.recipient_type == "department",
        "state": commendation.state,
        "state_name": word(commendation, "stage"),
        "is_moving": commendation.state not in ENDINGS | {"granted"},
        "granted_date": day(commendation.granted_date),
    }


def proposal_row(proposal):
    """Return a dossier as its proposer sees it."""
    return {
        "id": proposal.id,
        "url": f"/my/emulation/proposals/{proposal.id}",
        "award": proposal.award_id.name,
        "recipient": proposal._get_recipient_name(),
        "state": proposal.state,
        "state_name": word(proposal, "stage"),
        "reason": proposal.reason or "",
    }


def paper_row(paper):
    """Return one line of the checklist of a dossier: what is asked for, by when, and what is there."""
    return {
        "id": paper.id,
        "name": paper.paper_id.name,
        "due": word(paper, "due_at"),
        "is_there": paper.is_there,
        "is_waived": paper.is_waived,
        "on_paper": paper.on_paper,
        "evidence": evidence_rows(paper.attachment_ids),
    }


def achievement_row(achievement):
    return {
        "id": achievement.id,
        "url": f"/my/emulation/achievements/{achievement.id}",
        "name": achievement.name,
        "kind": achievement.kind,
        "kind_name": word(achievement, "kind"),
        "state": achievement.state,
        "state_name": word(achievement, "state"),
        "period": " – ".join(filter(None, [day(achievement.date_from), day(achievement.date_to)])),
        "reach": word(achievement, "reach"),
        "recognition": achievement.recognition_number or "",
        "reason": achievement.refusal_reason or "",
    }


def place(record):
    """Return post and unit of a recipient, as on the day of the snapshot."""
    return ", ".join(filter(None, (record.position_name, record.unit_name)))


def listed_dossier(dossier):
    """Return a dossier as council members and readers of a published list see it: name, post and award."""
    return {
        "id": dossier.id,
        "recipient": dossier._get_recipient_name(),
        "place": place(dossier),
        "award": dossier.award_id.name,
    }


def summary_of(dossier):
    return {
        "summary": paragraphs(dossier.summary),
        "achievements": dossier.achievement_ids.mapped("name"),
    }
