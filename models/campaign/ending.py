"""How a campaign ends, by hand or by itself, and is opened again: what is asked before, and until when.

Each check returns {id: reason} of those that fail (``emulation_campaign.VERBS`` lists them).
"""

from odoo import fields
from odoo.fields import Domain
from odoo.tools import format_date

from . import asking

REOPENED_DAYS = 30  # so long a campaign stays open that was reopened after its last day

# ---------- Asked before ----------


def round_is_open(campaigns):
    """No review round may be open when the campaign ends."""
    return {
        campaign.id: campaign.env._("%(name)s has an open review round.", name=campaign.name)
        for campaign in campaigns
        if "open" in campaign.review_ids.mapped("state")
    }


def one_runs_below(campaigns):
    """Nothing may still run below."""
    return _explain_running(_find_running_below(campaigns))


def one_runs_below_in_time(campaigns):
    """A campaign ends after those below it; a movement of several years goes on after the year it is part of."""
    return _explain_running(_find_running_below(campaigns).filtered(lambda below: not outlasts(below)))


def _find_running_below(campaigns):
    # sudo: emulation.campaign - those below may belong to other agencies; only names leave
    return campaigns.sudo().search([("parent_id", "in", campaigns.ids), ("state", "=", "launched")])


def _explain_running(running):
    """Return {id: reason} naming the first of those that still run below."""
    return {
        campaign.id: running.env._(
            "%(name)s: campaigns below it still run: %(below)s.",
            name=campaign.name,
            below=", ".join(below[:5].mapped("display_name")),
        )
        for campaign, below in running.grouped("parent_id").items()
    }


def outlasts(campaign):
    """Return whether a campaign goes on, by its own days, after the one above it."""
    end = campaign.parent_id.date_end
    return bool(end and campaign.date_end and campaign.date_end > end)


def above_is_over(campaigns):
    """Nothing starts below a campaign that is over."""
    reasons = {}
    for campaign in campaigns:
        # sudo: emulation.campaign - the one above may belong to another agency; its name is printed anyway
        above = campaign.sudo().parent_id
        if above.state in ("closed", "cancelled"):
            reasons[campaign.id] = campaign.env._(
                "The campaign above it is over: %(name)s.", name=above.display_name
            )
    return reasons


def above_is_over_for_it(campaigns):
    """Nothing is opened again below a campaign that is over, but what went on when that one was closed: a movement of
    several years is open again whatever became of the year it is part of.
    """
    # sudo: emulation.campaign - the one above may belong to another agency; its state and last day only
    known = campaigns.sudo()
    longer = known.filtered(lambda one: one.parent_id.state == "closed" and outlasts(one))
    return above_is_over(campaigns - longer.sudo(False))


def was_not_reopened(campaigns):
    """Only what was reopened after its end has a day to put off; any other end is moved by a document."""
    text = campaigns.env._("It was not reopened after its last day: extend it by a document.")
    return {one.id: text for one in campaigns if not (one.is_over and one.reopened_until)}


def end_document_is_missing(campaigns):
    """What was launched by a document ends by one: the closing document or the report of the final review."""
    begun = campaigns.filtered("launch_document_id")
    ended = begun.review_ids.filtered(
        lambda review: review.kind == "final" and review.report_issued_date
    ).campaign_id
    ended |= begun.document_ids.filtered(
        lambda document: document.purpose == "closing" and document.state == "issued"
    ).campaign_id
    return {
        campaign.id: campaign.env._(
            "%(name)s was launched by a document: issue the report of its final review or a closing document.",
            name=campaign.name,
        )
        for campaign in begun - ended
    }


# What stands against closing, whoever would do it.
CLOSING = (round_is_open, one_runs_below_in_time, end_document_is_missing)

# ---------- Open again ----------


def reopen(campaigns, reason):
    """Open closed campaigns again, with a reason; after their last day for some time only."""
    todo, today = campaigns._start("reopen", reason), fields.Date.context_today(campaigns)
    late = todo.filtered(lambda campaign: campaign.date_end and campaign.date_end < today)
    late._finish("reopen", reason, reopened_until=_get_reopened_until(campaigns))
    (todo - late)._finish("reopen", reason, reopened_until=False)


def keep_open(campaigns, reason):
    """Put off the day on which reopened campaigns end by themselves."""
    todo, day = campaigns._start("keep_open", reason), _get_reopened_until(campaigns)
    todo._finish("keep_open", reopened_until=day)
    text = todo.env._("Open until %(date)s: %(reason)s", date=format_date(todo.env, day), reason=reason)
    todo._message_log_batch(bodies=dict.fromkeys(todo.ids, text))


def _get_reopened_until(campaigns):
    return fields.Date.add(fields.Date.context_today(campaigns), days=REOPENED_DAYS)


# ---------- By themselves ----------


def end(campaigns):
    """Close what is over and complete, those below first; tell the officers what still stands against the rest."""
    levels = campaigns.grouped(lambda campaign: campaign.parent_path.count("/"))
    for _depth, level in sorted(levels.items(), reverse=True):
        obstacles = _find_obstacles(level)
        level.filtered(lambda campaign, found=obstacles: campaign.id not in found)._do_close()
    _tell_obstacles(campaigns.filtered(lambda campaign: campaign.state == "launched"))


def find_ended(model):
    """Return what is over; what was reopened after its end has until the day it was given."""
    today = fields.Date.context_today(model)
    opened = Domain("reopened_until", "=", False) | Domain("reopened_until", "<", today)
    return model.search(Domain("is_over", "=", True) & opened)


def _tell_obstacles(campaigns):
    obstacles, env = _find_obstacles(campaigns), campaigns.env
    advice = env._("Close it, or extend it by a document.")
    notes = {
        campaign: env._(
            "Its time was over on %(date)s. %(reason)s",
            date=format_date(env, campaign.date_end),
            reason=obstacles.get(campaign.id) or advice,
        )
        for campaign in campaigns
    }
    asking.ask_officers(env._("Time is over"), notes)


def _find_obstacles(campaigns):
    """Return {id: the first of what stands against closing}."""
    found = {}
    for check in reversed(CLOSING):
        found.update(check(campaigns))
    return found
