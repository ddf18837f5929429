"""10,000 registrations × 20 criteria opened, scored and ranked, beside raw SQL that writes the same rows."""

import resource
from datetime import date

from measure import Result, duration
from odoo.fields import Command

PEOPLE = 10_000
CRITERIA = 20
GOAL = 3.0
MEMORY_GOAL = 1.0


def prepare(env):
    """Return a launched campaign with its approved registrations."""
    sheet = env["emulation.criterion.set"].create(
        {
            "name": "Bộ tiêu chí đo",
            "grade_ids": [
                Command.create({"name": f"Loại {start}", "min_points": start}) for start in (90, 70, 50)
            ],
        }
    )
    env["emulation.criterion"].create(
        [{"set_id": sheet.id, "name": f"Tiêu chí {number}", "max_points": 5} for number in range(CRITERIA)]
    )
    campaign = env["emulation.campaign"].create(
        {
            "name": "Phong trào đo",
            "purpose": "Đo",
            "scope": "Đo",
            "audience": "Đo",
            "content_ids": [Command.create({"name": "Đo"})],
            "date_start": date(2025, 1, 1),
            "date_end": date(2099, 1, 1),
            "individual_set_id": sheet.id,
        }
    )
    campaign.action_launch()
    # Outside parties: an employee costs HR twenty times as long to create, and scores the same.
    people = env["res.partner"].create([{"name": f"Người {number}"} for number in range(PEOPLE)])
    registrations = (
        env["emulation.participation"]
        .with_context(tracking_disable=True)
        .create(
            [
                {"campaign_id": campaign.id, "recipient_type": "partner", "partner_id": person.id}
                for person in people
            ]
        )
    )
    registrations._do_submit()
    registrations._do_approve()
    return campaign


def run(env):
    """Yield the time from opening the round to the last rank, and the memory the worker took."""
    env = env(context=dict(env.context, tracking_disable=True))
    campaign = prepare(env)
    reviews = env["emulation.review"].create(
        [
            {"name": name, "campaign_id": campaign.id, "date_from": "2025-01-01", "date_to": "2025-12-31"}
            for name in ("addon", "floor")
        ]
    )
    env.flush_all()
    env.invalidate_all()
    before = env.cr.sql_log_count
    seconds = duration(lambda: score(env, reviews[0]))
    queries = env.cr.sql_log_count - before
    floor = duration(lambda: write_rows(env, reviews[1]))
    yield Result(f"open, score, rank {PEOPLE:,} × {CRITERIA} ({queries} queries)", seconds, floor, GOAL)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    yield Result("worker memory", memory, 1.0, MEMORY_GOAL, "GiB")


def score(env, review):
    """Take a round through all its steps, as the buttons do."""
    review._do_open()
    evaluations = review.evaluation_ids
    env.cr.execute(
        "UPDATE emulation_score SET self_points = id %% 6, is_self_scored = TRUE WHERE evaluation_id = ANY(%s)",
        [evaluations.ids],
    )
    evaluations._do_submit()
    evaluations._do_verify()
    evaluations._do_confirm()
    env.flush_all()


def write_rows(env, review):
    """Write the same rows with the same figures, and nothing else."""
    env.cr.execute(
        """
        INSERT INTO emulation_evaluation (participation_id, review_id, campaign_id, company_id, employee_id, unit_id,
                                          set_id, state, self_total, verified_total, final_total, grade_id, rank)
        SELECT participation_id, %s, campaign_id, company_id, employee_id, unit_id,
               set_id, 'draft', 0, 0, 0, NULL::int, NULL::int
          FROM emulation_evaluation WHERE review_id <> %s
        """,
        [review.id, review.id],
    )
    env.cr.execute(
        """
        INSERT INTO emulation_score (evaluation_id, criterion_id, sequence, company_id, self_points,
                                     verified_points, final_points)
        SELECT e.id, c.id, c.sequence, e.company_id, 0, 0, 0
          FROM emulation_evaluation e JOIN emulation_criterion c USING (set_id) WHERE e.review_id = %s
        """,
        [review.id],
    )
    ours = "evaluation_id IN (SELECT id FROM emulation_evaluation WHERE review_id = %s)"
    for change in (
        "self_points = id %% 6",
        "verified_points = self_points",
        "final_points = verified_points",
    ):
        env.cr.execute(f"UPDATE emulation_score SET {change} WHERE {ours}", [review.id])  # noqa: S608
    for change in ("state = 'submitted'", "self_total = 50, final_total = 50, state = 'confirmed', rank = 1"):
        env.cr.execute(f"UPDATE emulation_evaluation SET {change} WHERE review_id = %s", [review.id])  # noqa: S608
