"""Figures that are not typed: read from the registers, or from the source an administrator set up, for all open sheets
of a round at once. They are looked at first and stored when somebody agrees.
"""

from functools import cache
from typing import NamedTuple

from odoo import fields
from odoo.tools import SQL

from ...engine import registers, scoring
from ..rulebook.eligibility_facts import EligibilityFacts
from . import totals


class Row(NamedTuple):
    """A line of a sheet that would take a figure: what stands there (None: nothing) and what would."""

    score_id: int
    evaluation_id: int
    criterion_id: int
    former: float | None
    value: float
    points: float

    @property
    def is_changed(self):
        return self.former is None or fields.Float.compare(self.former, self.value, 4) != 0


class Line(NamedTuple):
    score_id: int
    evaluation_id: int
    criterion_id: int
    former: float | None
    employee_id: int | None
    department_id: int | None
    recipient_key: str


def find(review):
    """Return the rows of a round: one query for the lines, one for each register or source."""
    # sudo: emulation.criterion, emulation.criterion.source - where figures come from; a source reads with the rights of
    # its administrator
    sheets = review.sudo().env["emulation.evaluation"]
    sets = sheets._read_group([("review_id", "=", review.id)], ["set_id"])
    criteria = sheets.env["emulation.criterion"].union(*(one.criterion_ids for (one,) in sets))
    criteria = criteria.filtered(lambda line: line.source_ids or line.drawn_from)
    lines = _read_lines(review, criteria)
    facts = _read_facts(criteria, lines)
    rows = []
    for criterion in criteria:
        read, score = _get_reader(criterion, review, facts), _get_scorer(criterion)
        pairs = [(line, read(line)) for line in lines.get(criterion.id, ())]
        rows += [Row(*line[:4], float(value), score(value)) for line, value in pairs if value is not None]
    return rows


def _get_scorer(criterion):
    """Return the function that turns a figure into points; the same figure is reckoned once."""
    engine = criterion._to_engine()
    return cache(lambda value: float(scoring.score(engine, value)))


def _read_lines(review, criteria):
    """Return {criterion: lines of sheets that their recipients may still change}."""
    review.env.flush_all()
    found = review.env.execute_query(
        SQL(
            """
            SELECT s.id, s.evaluation_id, s.criterion_id, CASE WHEN s.is_self_scored THEN s.actual_value END,
                   e.employee_id, e.department_id, p.recipient_key
              FROM emulation_score s
              JOIN emulation_evaluation e ON e.id = s.evaluation_id
              JOIN emulation_participation p ON p.id = e.participation_id
             WHERE e.review_id = %s AND e.state = 'draft' AND s.criterion_id = ANY(%s)
          ORDER BY s.id
            """,
            review.id,
            criteria.ids,
        )
    )
    lines = {}
    for line in map(Line._make, found):
        lines.setdefault(line.criterion_id, []).append(line)
    return lines


def _read_facts(criteria, lines):
    """Return {recipient key: facts} of the registers that any of the criteria is drawn from."""
    wanted = {criterion.drawn_from for criterion in criteria if criterion.drawn_from}
    keys = {line.recipient_key for found in lines.values() for line in found}
    return EligibilityFacts.read_registers(criteria.env, keys, wanted) if wanted and keys else {}


def _get_reader(criterion, review, facts):
    """Return the function that gives the figure of a line; None: it says nothing about this recipient."""
    if source := criterion.source_ids[:1]:
        by_employee = source.recipient_field_id.relation == "hr.employee"
        values = source._read_values(review)

        def read_source(line):
            recipient = line.employee_id if by_employee else line.department_id
            return values.get(recipient, 0) if recipient else None

        return read_source
    codes = frozenset(criterion.drawn_award_ids.mapped("code"))
    period = (review.date_from, review.date_to)
    today = fields.Date.context_today(review)
    is_working = review.company_id._get_emulation_is_working()
    return lambda line: registers.count(
        criterion.drawn_from, facts[line.recipient_key], *period, codes, today, is_working
    )


def store(review, rows):
    """Store the figures and their points: one statement, then the totals."""
    if not rows:
        return
    review.env.cr.execute(
        SQL(
            """
            UPDATE emulation_score s
               SET actual_value = d.value, self_points = d.points, is_self_scored = TRUE
              FROM unnest(%s::int[], %s::numeric[], %s::numeric[]) AS d(id, value, points), emulation_evaluation e
             WHERE s.id = d.id AND e.id = s.evaluation_id AND e.state = 'draft'
            """,
            [row.score_id for row in rows],
            [row.value for row in rows],
            [row.points for row in rows],
        )
    )
    review.env.invalidate_all()
    totals.update(review.env["emulation.evaluation"].browse({row.evaluation_id for row in rows}))
