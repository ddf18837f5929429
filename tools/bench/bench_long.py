"""The longest verbs beside Odoo's own limit of a request: 120 seconds.

Registrations and rounds of more than 5,000 go on in the background, 2,000 a piece; a decision is issued whole or not at
all. Each stays below a quarter of the limit, so that a machine with other work does not reach it.
"""

from bench_scoring import prepare
from certificates import make_decision
from measure import Result, duration

from odoo.addons.hr_emulation.models.campaign import opening
from odoo.addons.hr_emulation.models.mixin.emulation_job import AT_ONCE, PIECE

LIMIT = 120  # seconds: Odoo's limit_time_real; that of the processor, 60, counts less, for PostgreSQL works beside it
GOAL = 0.25
LINES = 2_000


def run(env):
    """Registering, opening a round, issuing a decision: at once and by pieces."""
    campaign, wizard = prepare(env)
    people = wizard._find()[0].ids
    review = env["emulation.review"].create(
        {"name": "Năm", "campaign_id": campaign.id, "date_from": "2025-01-01", "date_to": "2025-12-31"}
    )
    for what, start, count in (("at once", 0, AT_ONCE), ("a piece", AT_ONCE, PIECE)):
        ids = people[start : start + count]
        yield result(env, f"{count:,} registered and approved, {what}", register, campaign, ids)
        yield result(env, f"{count:,} sheets × 20 opened, {what}", open_sheets, review)
    decision = make_decision(env, LINES)
    yield result(env, f"a decision of {LINES:,} lines issued, with its PDF", decision._do_issue)


def result(env, name, deed, *arguments):
    """Return what a call takes, from a cold cache to the last statement."""
    env.flush_all()
    env.invalidate_all()
    seconds = duration(lambda: (deed(*arguments), env.flush_all()))
    return Result(name, seconds, LIMIT, GOAL)


def register(campaign, ids):
    campaign._work_register(ids, model="hr.employee", is_approved=True)


def open_sheets(review):
    review._work_open(opening.find_without_sheet(review))
