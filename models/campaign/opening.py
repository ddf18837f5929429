"""How a round is opened: each approved registration gets its sheet and the lines of the sheet.

In two statements: a campaign may have 10,000 registrations with 20 lines each.
"""

from odoo.tools import SQL

from ...engine.vietnamese import search_key
from ..mixin.search_words import LONGEST_KEY
from . import totals


def find_without_sheet(review):
    """Return the ids of the registrations that get a sheet and have none."""
    review.env.flush_all()
    rows = review.env.execute_query(
        SQL(
            """
            SELECT p.id
              FROM emulation_participation p
              LEFT JOIN emulation_evaluation e ON e.participation_id = p.id AND e.review_id = %s
             WHERE p.campaign_id = %s AND p.state = 'approved' AND e.id IS NULL
          ORDER BY p.id
            """,
            review.id,
            review.campaign_id.id,
        )
    )
    return [id_ for (id_,) in rows]


def give_sheets(review, ids):
    """Give these registrations their sheets.

    :return: the sheets; a registration may have got none
    """
    env = review.env
    env.flush_all()
    inserted = _insert_sheets(review, ids)
    if inserted:
        _insert_lines(review, inserted)
    env.invalidate_all()
    opened = env["emulation.evaluation"].browse(inserted)
    if review.part_ids:
        totals.take_parts(opened)
        totals.update(opened)
    return opened


def _insert_sheets(review, ids):
    rows = review.env.execute_query(
        SQL(
            """
            INSERT INTO emulation_evaluation
                (participation_id, review_id, campaign_id, company_id, employee_id, department_id, unit_id,
                 set_id, search_key, state, create_uid, write_uid, create_date, write_date)
            SELECT p.id, %(review)s, p.campaign_id, p.company_id, p.employee_id, p.department_id, p.unit_id,
                   %(set)s, LEFT(p.search_key || ' ' || %(key)s, %(longest)s),
                   'draft', %(uid)s, %(uid)s, %(now)s, %(now)s
              FROM emulation_participation p
             WHERE p.id IN %(ids)s AND p.campaign_id = %(campaign)s AND p.state = 'approved'
               AND %(set)s IS NOT NULL AND %(parts)s
          ORDER BY p.id
            ON CONFLICT DO NOTHING
         RETURNING id
            """,
            ids=tuple(ids),
            review=review.id,
            campaign=review.campaign_id.id,
            set=_get_set_sql(review.campaign_id),
            parts=_get_has_parts_sql(review),
            key=search_key(review.name),
            longest=LONGEST_KEY,
            uid=review.env.uid,
            now=review.env.cr.now(),
        )
    )
    return tuple(id_ for (id_,) in rows)


def _insert_lines(review, evaluation_ids):
    review.env.cr.execute(
        SQL(
            """
            INSERT INTO emulation_score
                (evaluation_id, criterion_id, sequence, company_id, actual_value, self_points,
                 verified_points, final_points, is_self_scored, is_verified, is_final, is_abstained, marked_stage,
                 create_uid, write_uid, create_date, write_date)
            SELECT e.id, c.id, c.sequence, e.company_id, 0, 0, 0, 0, FALSE, FALSE, FALSE, FALSE, 0,
                   %(uid)s, %(uid)s, %(now)s, %(now)s
              FROM emulation_evaluation e JOIN emulation_criterion c ON c.set_id = e.set_id
             WHERE e.id IN %(ids)s AND c.kind <> 'group' AND (%(applies)s) AND %(period)s
          ORDER BY e.id, c.sequence, c.id
            """,
            period=_get_period_sql(review),
            applies=review.env["emulation.criterion"]._get_applies_sql(),
            ids=evaluation_ids,
            uid=review.env.uid,
            now=review.env.cr.now(),
        )
    )


def _get_set_sql(campaign):
    """Return which set of criteria a registration ``p`` is scored by."""
    return SQL(
        "CASE p.subject WHEN 'individual' THEN %s::int WHEN 'household' THEN %s::int ELSE %s::int END",
        campaign.individual_set_id.id or None,
        (campaign.household_set_id or campaign.collective_set_id).id or None,
        campaign.collective_set_id.id or None,
    )


def _get_has_parts_sql(review):
    """Return which registrations ``p`` get a sheet: nobody is given 0 for a year in which nothing was scored."""
    if not review.part_ids or review.missing_parts == "zero":
        return SQL("TRUE")
    return SQL(
        "EXISTS (SELECT FROM emulation_evaluation part WHERE part.participation_id = p.id"
        " AND part.review_id IN %s AND part.state = 'confirmed')",
        tuple(review.part_ids.ids),
    )


def _get_period_sql(review):
    """Return which criteria ``c`` stand on the sheets of this round: a whole made of parts has only its own; a
    quarter made of months and a part of the year has none, else they would count twice.
    """
    if review.part_ids and review.part_of_id:
        return SQL("FALSE")
    if review.part_ids:
        return SQL("c.is_whole_only IS TRUE")
    return SQL("c.is_whole_only IS NOT TRUE") if review.part_of_id else SQL("TRUE")
