"""A year of 10,000 people made of twelve months of 20 criteria, and the grid of 100 units × 40 criteria.

The months are there already, 2.4 million lines; measured is what brings them together in the sheets of the year.
"""

from datetime import date

from bench_scoring import CRITERIA, PEOPLE, prepare, write_registrations, write_sheets
from measure import Result, duration, finish_jobs
from odoo.fields import Command

MONTHS = 12
UNITS, LINES = 100, 40
GOAL = 3.0
GRID_GOAL = 8.0


def run(env):
    """Yield the time of the year's sheets beside SQL that writes the same rows, then that of the grid."""
    campaign, wizard = prepare(env)
    wizard.is_approved = True
    wizard.action_register()
    finish_jobs(env)
    yield measure_year(env, campaign)
    yield measure_grid(env)


# ----------------------------------------------------------------------
# The year
# ----------------------------------------------------------------------


def measure_year(env, campaign):
    year, bare = new_year(env, campaign), new_year(env, campaign)
    write_months(env, year)
    env.cr.execute("ANALYZE emulation_evaluation, emulation_score, emulation_participation")
    env.invalidate_all()
    before = env.cr.sql_log_count
    seconds = duration(lambda: (year.action_open(), finish_jobs(env), env.flush_all()))
    queries = env.cr.sql_log_count - before
    write_registrations(env, campaign.id)  # of the floor's own
    floor = duration(lambda: write_year(env, year, bare))
    name = f"{PEOPLE:,} × {CRITERIA} × {MONTHS} months to a year ({queries} queries)"
    return Result(name, seconds, floor, GOAL)


def new_year(env, campaign):
    """Return a round over the year whose parts are its months, closed."""
    vals = {"campaign_id": campaign.id, "kind": "interim"}
    year = env["emulation.review"].create(
        {**vals, "name": "Cả năm", "date_from": "2025-01-01", "date_to": "2025-12-31", "way": "mean"}
    )
    months = env["emulation.review"].create(
        [
            {
                **vals,
                "name": f"Tháng {month}",
                "part_of_id": year.id,
                "date_from": date(2025, month, 1),
                "date_to": date(2025, month, 28),
            }
            for month in range(1, MONTHS + 1)
        ]
    )
    months._write_protected({"state": "closed"})
    env.flush_all()
    return year


def write_months(env, year):
    """Write the confirmed sheets of the months with their lines."""
    env.cr.execute(
        """
        INSERT INTO emulation_evaluation (participation_id, review_id, campaign_id, company_id, employee_id, unit_id,
                                          set_id, state, final_total)
        SELECT p.id, r.id, p.campaign_id, p.company_id, p.employee_id, p.unit_id, c.individual_set_id, 'confirmed',
               60 + p.id %% 40
          FROM emulation_participation p JOIN emulation_campaign c ON c.id = p.campaign_id, emulation_review r
         WHERE p.campaign_id = %s AND p.recipient_key NOT LIKE 'copy:%%' AND r.part_of_id = %s
        """,
        [year.campaign_id.id, year.id],
    )
    env.cr.execute(
        """
        INSERT INTO emulation_score (evaluation_id, criterion_id, sequence, company_id, final_points)
        SELECT e.id, c.id, c.sequence, e.company_id, 4
          FROM emulation_evaluation e JOIN emulation_review r ON r.id = e.review_id
          JOIN emulation_criterion c ON c.set_id = e.set_id
         WHERE r.part_of_id = %s
        """,
        [year.id],
    )


def write_year(env, done, bare):
    """Write the same sheets of the year, with the mean of the months, and nothing else."""
    write_sheets(env, done, bare)
    env.cr.execute(
        """
        UPDATE emulation_evaluation whole SET parts_total = part.mean
          FROM (SELECT m.employee_id, AVG(m.final_total) AS mean
                  FROM emulation_evaluation m JOIN emulation_review r ON r.id = m.review_id
                 WHERE r.part_of_id = %s AND m.state = 'confirmed' GROUP BY m.employee_id) part
         WHERE whole.employee_id = part.employee_id AND whole.review_id = %s
        """,
        [done.id, bare.id],
    )
    env.cr.execute(
        "UPDATE emulation_evaluation SET self_total = parts_total, verified_total = parts_total,"
        " final_total = parts_total WHERE review_id = %s",
        [bare.id],
    )


# ----------------------------------------------------------------------
# The grid
# ----------------------------------------------------------------------


def measure_grid(env):
    """Save every line of the grid in one call, beside the statements that write the same figures."""
    marker = new_marker(env)
    review = new_grid(env, marker)
    lines = review.evaluation_ids.score_ids
    given = [[line.id, 2] for line in lines]
    env.flush_all()
    env.invalidate_all()
    answers, before = [], env.cr.sql_log_count
    save = env["emulation.score"].with_user(marker).save_marking
    seconds = duration(lambda: (answers.append(save(review.id, given, "Đo")), env.flush_all()))
    queries = env.cr.sql_log_count - before
    if answers[0]["errors"] or answers[0]["saved"] != UNITS * LINES:
        raise AssertionError(answers)
    floor = duration(lambda: write_grid(env, lines))
    return Result(f"save a grid of {UNITS} × {LINES} ({queries} queries)", seconds, floor, GRID_GOAL)


def new_marker(env):
    """Return an officer: the superuser, as whom this runs, has no account that could mark."""
    officer = env.ref("hr_emulation.group_emulation_officer")
    return env["res.users"].create(
        {"name": "Người chấm", "login": "bench_marker", "group_ids": [Command.set(officer.ids)]}
    )


def new_grid(env, marker):
    """Return an open round in which a user marks every line of 100 units."""
    sheet = env["emulation.criterion.set"].create({"name": "Bộ tiêu chí đơn vị", "total_points": LINES * 5})
    env["emulation.criterion"].create(
        [
            {
                "set_id": sheet.id,
                "name": f"Tiêu chí {number}",
                "max_points": 5,
                "is_marked_only": True,
                "marker_ids": [Command.create({"user_id": marker.id})],
            }
            for number in range(LINES)
        ]
    )
    campaign = env["emulation.campaign"].create(
        {
            **{"name": "Phong trào đơn vị", "purpose": "Đo", "scope": "Đo", "audience": "Đo"},
            "content_ids": [Command.create({"name": "Đo"})],
            "date_start": date(2025, 1, 1),
            "date_end": date(2099, 1, 1),
            "collective_set_id": sheet.id,
        }
    )
    campaign.action_launch()
    units = env["hr.department"].create(
        [{"name": f"Đơn vị {number}", "company_id": env.company.id} for number in range(UNITS)]
    )
    env["emulation.participation"]._create_protected(
        [
            {"campaign_id": campaign.id, "recipient_type": "department", "department_id": unit.id}
            for unit in units
        ]
    )._write_protected({"state": "approved"})
    review = env["emulation.review"].create(
        {"name": "Năm", "campaign_id": campaign.id, "date_from": "2025-01-01", "date_to": "2025-12-31"}
    )
    review.action_open()
    return review


def write_grid(env, lines):
    """Write the same points, the same trail and the same totals, and nothing else."""
    env.cr.execute(
        "UPDATE emulation_score SET verified_points = 2, is_verified = TRUE, marked_stage = 1 WHERE id = ANY(%s)",
        [lines.ids],
    )
    env.cr.execute(
        """
        INSERT INTO emulation_score_mark (score_id, stage, marker_name, former_points, points, create_uid, create_date)
        SELECT id, 1, 'Người chấm', 0, 2, %s, now() FROM emulation_score WHERE id = ANY(%s)
        """,
        [env.uid, lines.ids],
    )
    env.cr.execute(
        """
        UPDATE emulation_evaluation e SET verified_total = t.total
          FROM (SELECT evaluation_id, SUM(verified_points) AS total FROM emulation_score WHERE id = ANY(%s)
                 GROUP BY evaluation_id) t
         WHERE e.id = t.evaluation_id
        """,
        [lines.ids],
    )
