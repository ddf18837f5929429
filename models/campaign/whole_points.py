"""The points of single criteria on the sheet of a period that is made of parts.

Its total comes from the sheets of the parts, and so do its lines: "teaching at least 54 in the year" looks at the mean
of the terms, weighed as their totals are, of the same best months. Grades, minimums of titles and equal totals ask.
"""

from decimal import Decimal

from odoo.tools import SQL

from ...engine.parts import Part, make_up, weigh


def read(sheets, criteria):
    """Return {sheet: {criterion: points}} of what the closed sheets of the parts bring, line by line.

    A few queries a round, however many sheets. A line that stood on some parts only is made of these; sheets of levels
    by name bring nothing.

    :param criteria: of the sets of these sheets; in other versions the same by code, else by name
    """
    found = {}
    # sudo: emulation.review, emulation.evaluation - only points leave, of the sheets that were asked about
    for review, own in sheets.sudo().grouped("review_id").items():
        if review.part_ids and criteria:
            found |= _read_round(review, own, criteria)
    return found


def _read_round(review, sheets, criteria):
    rows, absent = _flatten(review, sheets)
    whole_shares = _add_up_shares(rows, absent)
    lines = _find_lines(sheets, [leaf for _whole, leaf, _share in rows], criteria)
    sets = {sheet.id: sheet.set_id.id for sheet in sheets}
    found = {}
    for whole, line, earned, share in _sum_up(sheets.env, rows, lines):
        criterion = lines[line].get(sets[whole])
        there = share + absent.get(whole, Decimal(0))
        if criterion and there:
            mine = found.setdefault(whole, {})
            earned *= make_up(review.way, whole_shares[whole], there)
            mine[criterion] = mine.get(criterion, Decimal(0)) + earned
    return found


def _flatten(review, sheets):
    """Return ([(sheet, sheet of a part without parts, its share)], {sheet: share of what has no sheet and counts 0}).

    :param review: a round made of parts, which may be made of parts again
    """
    rows, absent = [], {}
    parts = review.part_ids.sorted("date_from")
    for whole, closed in _read_closed(sheets, parts).items():
        given = [Part(closed.get(part.id, (None, None))[1], part.part_weight) for part in parts]
        shares = weigh(review.way, given, review.best_count, review.missing_parts)
        for part, share in zip(parts, shares, strict=True):
            if share and part.id in closed:
                rows.append((whole, closed[part.id][0], share))
            elif share:
                absent[whole] = absent.get(whole, Decimal(0)) + share
    for part in parts.filtered("part_ids"):
        rows, absent = _open_up(part, rows, absent)
    return rows, absent


def _open_up(part, rows, absent):
    """Put in the place of the sheets of a part those of its own parts."""
    own = {sheet.id for sheet in part.evaluation_ids}
    kept = [row for row in rows if row[1] not in own]
    above = {middle: (whole, share) for whole, middle, share in rows if middle in own}
    below, missing = _flatten(part, part.evaluation_ids.browse(above))
    for middle, leaf, share in below:
        whole, of_whole = above[middle]
        kept.append((whole, leaf, share * of_whole))
    for middle, share in missing.items():
        whole, of_whole = above[middle]
        absent[whole] = absent.get(whole, Decimal(0)) + share * of_whole
    return kept, absent


def _read_closed(sheets, parts):
    """Return {sheet: {part: (its closed sheet there, total)}}."""
    if not sheets:
        return {}
    sheets.flush_model()
    query = SQL(
        """
        SELECT whole.id, part.review_id, part.id, part.final_total
          FROM emulation_evaluation whole
          JOIN emulation_evaluation part ON part.participation_id = whole.participation_id
         WHERE whole.id IN %s AND part.review_id IN %s AND part.state = 'confirmed'
        """,
        tuple(sheets.ids),
        tuple(parts.ids),
    )
    found = {}
    for whole, part, sheet, total in sheets.env.execute_query(query):
        found.setdefault(whole, {})[part] = (sheet, total)
    return found


def _add_up_shares(rows, absent):
    shares = dict(absent)
    for whole, _leaf, share in rows:
        shares[whole] = shares.get(whole, Decimal(0)) + share
    return shares


def _find_lines(sheets, leaves, criteria):
    """Return {criterion of a part: {set: the same criterion in it}}."""

    def get_key(line):
        return line.code or line.name

    asked = {}
    for line in criteria:
        asked.setdefault(get_key(line), {})[line.set_id.id] = line.id
    used = sheets._read_group([("id", "in", leaves)], ["set_id"])
    lines = sheets.env["emulation.criterion"].union(*(one.criterion_ids for (one,) in used))
    return {
        line.id: asked[get_key(line)] for line in lines if line.kind != "group" and get_key(line) in asked
    }


def _sum_up(env, rows, lines):
    """Return [(sheet, criterion of a part, points by their shares, these shares)]."""
    if not rows or not lines:
        return []
    wholes, leaves, shares = zip(*rows, strict=True)
    env["emulation.score"].flush_model()
    found = env.execute_query(
        SQL(
            """
            SELECT w.whole, s.criterion_id, SUM(s.final_points::numeric * w.share), SUM(w.share)
              FROM unnest(%s::int[], %s::int[], %s::numeric[]) AS w(whole, leaf, share)
              JOIN emulation_score s ON s.evaluation_id = w.leaf AND s.criterion_id = ANY(%s)
          GROUP BY w.whole, s.criterion_id
            """,
            list(wholes),
            list(leaves),
            list(shares),
            list(lines),
        )
    )
    return [(*keys, Decimal(str(earned)), Decimal(str(share))) for *keys, earned, share in found]
