"""10,000 registrations × 20 criteria opened, scored and ranked, beside raw SQL that writes the same rows."""

import resource
from datetime import date

from measure import Result, duration, finish_jobs
from odoo.fields import Command

from odoo.addons.hr_emulation.tools.inside.people import new_employees

PEOPLE = 10_000
CRITERIA = 20
GOAL = 3.0
MEMORY_GOAL = 1.0


def prepare(env):
    """Return a launched campaign and the wizard that registers everybody."""
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
    unit = env["hr.department"].create({"name": "Đơn vị đo", "company_id": env.company.id})
    new_employees(env, unit, PEOPLE)
    wizard = env["emulation.mass.registration"].create(
        {"campaign_id": campaign.id, "department_ids": unit.ids}
    )
    return campaign, wizard


def run(env):
    """Yield each stage's queries, the time from registration to the last rank, and the memory of the worker."""
    campaign, wizard = prepare(env)
    wizard.is_approved = True
    reviews = env["emulation.review"].create(
        [
            {"name": name, "campaign_id": campaign.id, "date_from": "2025-01-01", "date_to": "2025-12-31"}
            for name in ("addon", "floor")
        ]
    )
    env.flush_all()
    env.invalidate_all()
    before = env.cr.sql_log_count
    seconds = duration(lambda: score(env, wizard, reviews[0]))
    queries = env.cr.sql_log_count - before
    floor = duration(lambda: write_rows(env, *reviews))
    name = f"register, open, score, rank {PEOPLE:,} × {CRITERIA} ({queries} queries)"
    yield Result(name, seconds, floor, GOAL)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    yield Result("worker memory", memory, 1.0, MEMORY_GOAL, "GiB")


def score(env, wizard, review):
    """Register everybody and take a round through all its steps, by the buttons, with lines in the chatters."""
    wizard.action_register()
    finish_jobs(env)
    review.action_open()
    finish_jobs(env)
    env.cr.execute(
        "UPDATE emulation_score SET self_points = id %% 6, is_self_scored = TRUE WHERE evaluation_id = ANY(%s)",
        [review.evaluation_ids.ids],
    )
    for verb in ("submit", "verify", "confirm"):
        getattr(review.evaluation_ids, f"action_{verb}")()
        finish_jobs(env)
    env.flush_all()


def write_rows(env, done, review):
    """Write the same rows in the same stages with the same figures, and nothing else."""
    write_registrations(env, review.campaign_id.id)
    write_sheets(env, done, review)
    ours = "WHERE evaluation_id IN (SELECT id FROM emulation_evaluation WHERE review_id = %s)"
    scores = "UPDATE emulation_score SET {} " + ours
    sheets = "UPDATE emulation_evaluation SET {} WHERE review_id = %s"
    for query, change in (
        (scores, "self_points = id %% 6, is_self_scored = TRUE"),
        (sheets, "state = 'submitted'"),
        (scores, "verified_points = self_points, final_points = self_points"),
        (sheets, "state = 'verified', self_total = 50, verified_total = 50, final_total = 50"),
        (sheets, "state = 'confirmed', rank = 1"),
    ):
        env.cr.execute(query.format(change), [review.id])
    write_chatters(env)


def write_registrations(env, campaign_id):
    env.cr.execute(
        """
        INSERT INTO emulation_participation (campaign_id, company_id, recipient_type, subject, employee_id, unit_id,
                                             recipient_key, state)
        SELECT campaign_id, company_id, recipient_type, subject, employee_id, unit_id, 'copy:' || employee_id, 'draft'
          FROM emulation_participation WHERE campaign_id = %s
        """,
        [campaign_id],
    )
    for change in (
        "recipient_name = 'Người', unit_name = 'Đơn vị', state = 'submitted'",
        "state = 'approved'",
    ):
        query = "UPDATE emulation_participation SET {} WHERE recipient_key LIKE 'copy:%%'"
        env.cr.execute(query.format(change))


def write_sheets(env, done, review):
    env.cr.execute(
        """
        INSERT INTO emulation_evaluation (participation_id, review_id, campaign_id, company_id, employee_id, unit_id,
                                          set_id, state)
        SELECT p.id, %s, e.campaign_id, e.company_id, e.employee_id, e.unit_id, e.set_id, 'draft'
          FROM emulation_evaluation e JOIN emulation_participation p
            ON p.employee_id = e.employee_id AND p.recipient_key LIKE 'copy:%%'
         WHERE e.review_id = %s
        """,
        [review.id, done.id],
    )
    env.cr.execute(
        """
        INSERT INTO emulation_score (evaluation_id, criterion_id, sequence, company_id)
        SELECT n.id, s.criterion_id, s.sequence, s.company_id
          FROM emulation_score s JOIN emulation_evaluation e ON e.id = s.evaluation_id
          JOIN emulation_evaluation n ON n.employee_id = e.employee_id AND n.review_id = %s
         WHERE e.review_id = %s
        """,
        [review.id, done.id],
    )


def write_chatters(env):
    """Write as many lines into chatters."""
    env.cr.execute(
        """
        WITH copied AS (
            INSERT INTO mail_message (model, res_id, message_type, subtype_id, author_id, date, message_id)
            SELECT 'copy', id, message_type, subtype_id, author_id, date, message_id FROM mail_message
             WHERE model IN ('emulation.participation', 'emulation.evaluation') RETURNING id, res_id
        )
        INSERT INTO mail_tracking_value (mail_message_id, field_id, old_value_char, new_value_char)
        SELECT c.id, v.field_id, v.old_value_char, v.new_value_char
          FROM copied c JOIN mail_tracking_value v ON v.mail_message_id = c.res_id
        """
    )
