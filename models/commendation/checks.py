"""What is asked of commendations before a verb: each function returns {id: reason} of those that fail.

Which verb asks what stands in ``transitions.VERBS`` (``shown_if``, ``checks``). Another addon adds its own by
extending ``_get_cannot_<verb>_reason`` with ``super()``.
"""

from odoo import fields
from odoo.tools import format_date

from . import endorsement

# ----------------------------------------------------------------------
# Cheap: they decide whether the button shows
# ----------------------------------------------------------------------


def needs_no_endorsement(records):
    """The award asks for none, or nobody but the recipient could give it."""
    text = records.env._("This award needs no endorsement by the unit.")
    return {record.id: text for record in records if not record.needs_endorsement}


def waits_for_endorsement(records):
    """The unit comes first, as long as somebody in office there can act."""
    waiting = records.filtered(lambda record: record.state == "submitted" and record.needs_endorsement)
    text = records.env._("The unit has not endorsed it yet.")
    return {key: text for key, able in endorsement.has_head(waiting).items() if able}


def council_is_missing(records):
    """Where the award rule asks for a council: it has voted, and passed it."""
    reasons = {}
    for record, rule in records.env["emulation.award.rule"]._get_of(records).items():
        if record.state == "appraised" and not rule:
            reasons[record.id] = _get_missing_rule(record)
        elif record.state == "appraised" and _needs_council(record, rule):
            reasons[record.id] = records.env._("The council has not voted on it.")
        elif record.state == "voted" and not record.vote_passed:
            reasons[record.id] = records.env._("The council did not pass it.")
    return reasons


def _needs_council(record, rule):
    """A sudden achievement is decided without the council: the prompt procedure."""
    return bool(rule.needs_council) and record.commendation_type != "ad_hoc"


def cannot_be_tabled(records):
    """It cannot go on the agenda of a council."""
    reasons = {**records.env["emulation.campaign.award"]._find_problems(records, "vote")}
    reasons.update(records._get_cannot_vote_reason())
    for record in records:
        if any(item.session_id.state in ("draft", "open") for item in record.session_item_ids):
            reasons.setdefault(record.id, records.env._("It is on the agenda of another session."))
    return reasons


# ----------------------------------------------------------------------
# Asked only before it is really done
# ----------------------------------------------------------------------


def rule_is_missing(records):
    """Without a rule book, or a rule for the award, nobody knows what it takes: no council, papers or money."""
    return {
        record.id: _get_missing_rule(record)
        for record, rule in records.env["emulation.award.rule"]._get_of(records).items()
        if not rule
    }


def _get_missing_rule(record):
    """Say what is missing: the book of the day, or what it says about the award."""
    book = record.sudo().rulebook_id  # sudo: emulation.rulebook - the law is the same for everybody
    if not book:
        day = record.received_on or fields.Date.context_today(record)
        return book._get_missing_message(record.company_id, day)
    return record.env._(
        "The rule book %(book)s says nothing about %(award)s. An administrator adds a rule first.",
        book=book.code,
        award=record.award_id.display_name,
    )


def is_published(records):
    """Others comment on it already."""
    # sudo: emulation.publication - that it is published is known to all
    listed = (
        records.env["emulation.publication"]
        .sudo()
        .search([("commendation_ids", "in", records.ids), ("state", "=", "published")])
    )
    text = records.env._("It stands on a list published for comments.")
    return dict.fromkeys(set(records.ids) & set(listed.commendation_ids.ids), text)


def content_is_missing(records):
    """What a proposal cannot be handed in without."""
    reasons = {}
    for record in records:
        if not record.period_from or not record.period_to:
            reasons[record.id] = records.env._("The achievement period is missing.")
        elif not record.summary and not record.achievement_ids:
            reasons[record.id] = records.env._("The achievement is not described.")
        elif record.commendation_type == "ad_hoc" and not record.achieved_on:
            reasons[record.id] = records.env._("The day of the sudden achievement is missing.")
        elif not record.period_reason and _is_outside_campaign(record):
            reasons[record.id] = records.env._(
                "The achievement period does not meet the time of the campaign. Say why."
            )
    return reasons


def _is_outside_campaign(record):
    campaign = record.campaign_id.sudo()  # sudo: emulation.campaign - its dates, whoever proposes
    ends_before = campaign.date_start and record.period_to < campaign.date_start
    starts_after = campaign.date_end and record.period_from > campaign.date_end
    return bool(ends_before or starts_after)


def initiative_is_spent(records):
    """An initiative counts once for a title; two proposals may have been handed in at the same moment."""
    spent = records.env["emulation.appraisal"]._get_spent_initiatives(records)
    return {
        key: records.env._("The initiative “%(name)s” was already used for this title.", name=name)
        for key, name in spent.items()
    }


def finding_blocks(records):
    """A blocking requirement, or a certain duplicate, that no officer waived with a reason."""
    appraisal = records.env["emulation.appraisal"]
    reasons = {}
    for record in records:
        blocking = appraisal._get_blocking(record)
        if blocking:
            reasons[record.id] = records.env._(
                "Not met and not waived: %(names)s.", names="; ".join(blocking)
            )
    return reasons


def finding_still_blocks(records):
    """Judged again since the appraisal, by another book or on other facts, it no longer meets the conditions.

    What a superior agency has granted is recorded as it is.
    """
    # sudo: emulation.commendation - its state and whose decision it stands on
    stored = records.sudo()
    return finding_blocks(records.browse(stored.filtered(lambda record: not _is_superiors(record))._ids))


# What the day decides, and not what was achieved: asked once more when the paper goes out.
DAILY = {
    "forward": frozenset({"no_open_restriction", "no_discipline", "period_age"}),
    "grant": frozenset({"no_open_restriction", "no_discipline"}),
}


def became_unlawful(records, verb):
    """A case opened, or a limit passed, since the appraisal: nothing is awarded or proposed while a case is open
    (Decree 152/2025/NĐ-CP, Article 4(4)), nothing is submitted after six months (Article 33(9)).

    A decision that bears an earlier day is asked for that day too. What a superior agency has granted is recorded as
    it is; a proposal that was sent up and is decided here after all is asked like any other.
    """
    # sudo: emulation.commendation - its state and the day of its decision, to decide
    stored = records.sudo().filtered(lambda record: not _is_superiors(record))
    reasons = _ask_on_day(records.browse(stored._ids), verb)
    if verb == "grant":
        today = fields.Date.context_today(records)
        for day, dated in stored.grouped(lambda record: record.decision_id.issue_date).items():
            if day and day < today:
                reasons = _ask_on_day(records.browse(dated._ids), verb, day) | reasons
    return reasons


def _ask_on_day(records, verb, day=None):
    """Return {id: reason} of those that do not meet what the day decides, today or on an earlier day."""
    appraisal = records.env["emulation.appraisal"]
    findings = appraisal._get_findings(records, DAILY[verb], day)
    unwaived = _list_unwaived(records, findings, appraisal._get_waived(records))
    return {key: _say_unmet(records.env, names, day) for key, names in unwaived.items()}


def _say_unmet(env, names, day):
    names = "; ".join(names)
    if not day:
        return env._("Not met today, and not waived: %(names)s.", names=names)
    return env._(
        "Not met on %(day)s, the day of the decision, and not waived: %(names)s.",
        day=format_date(env, day),
        names=names,
    )


def _is_superiors(record):
    """Tell whether a superior agency decides it, and not a decision of this one."""
    own = record.decision_id
    return record.state == "forwarded" and (not own or bool(own.external_issuer))


def _list_unwaived(records, findings, waived):
    """Return {id: names of blocking requirements that are not met and not waived}."""
    found = {
        record.id: [
            one.requirement.name
            for one in findings.get(record.id, [])
            if one.blocks and one.requirement.key not in waived[record.id]
        ]
        for record in records
    }
    return {key: names for key, names in found.items() if names}


def offer_is_exhausted(records, verb):
    """The campaign has no more of the award on offer for them."""
    return records.env["emulation.campaign.award"]._find_problems(records, verb)


def paper_is_missing(records, verb):
    """A paper due by then is neither there nor waived, and the rule or the company insists."""
    rules = records.env["emulation.award.rule"]._get_of(records)
    reasons = {}
    for key, papers in records.paper_ids._get_missing(records, verb).items():
        record = records.browse(key)
        # sudo: res.company - a setting
        check = rules[record].dossier_check or record.company_id.sudo().emulation_dossier_guard
        if check == "block":
            reasons[key] = records.env._(
                "The dossier is not complete: %(papers)s.", papers=", ".join(papers.mapped("name"))
            )
    return reasons
