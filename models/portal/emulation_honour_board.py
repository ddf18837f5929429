import re

from odoo import api, models
from odoo.tools import SQL

from ...engine.vietnamese import search_key

# Who stands on the board: people with their consent, units always; nothing that was revoked.
HONOURED = "state = 'granted' AND (recipient_type = 'department' OR honour_consent IS TRUE)"


class EmulationHonourBoard(models.AbstractModel):
    """The board of those commended, in short queries whatever lies behind it."""

    _name = "emulation.honour.board"
    _description = "Honour board"

    @api.model
    def _flush_commendations(self, names):
        self.env["emulation.commendation"].flush_model(names)

    @api.model
    @api.private
    def _get_years(self, company_id):
        """Return the years in which somebody on the board was commended, the latest first."""
        self._flush_commendations(["state", "recipient_type", "honour_consent", "granted_date", "company_id"])
        board = SQL("emulation_commendation WHERE company_id = %s AND %s", company_id, SQL(HONOURED))
        # From year to year along the index: as many steps as years, not as commendations.
        rows = self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE latest AS (
                    SELECT (SELECT MAX(date_part('year', granted_date)) FROM %(board)s) AS year
                     UNION ALL
                    SELECT (SELECT MAX(date_part('year', granted_date)) FROM %(board)s
                               AND date_part('year', granted_date) < latest.year)
                      FROM latest WHERE latest.year IS NOT NULL)
                SELECT year::int FROM latest WHERE year IS NOT NULL
                """,
                board=board,
            )
        )
        return [year for (year,) in rows]

    @api.model
    @api.private
    def _get_counts(self, company_id, year, search=""):
        """Return {award id: how many were commended with it in ``year``}, the highest award first.

        :param str search: words of name or unit, whatever the accents
        """
        self._flush_commendations(["honour_search", "award_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT found.award_id, found.number
                  FROM (SELECT award_id, COUNT(*) AS number FROM emulation_commendation
                         WHERE %s GROUP BY award_id) found
                  JOIN emulation_award a ON a.id = found.award_id
              ORDER BY a.sequence, a.code, a.id
                """,
                self._get_condition(company_id, year, search),
            )
        )
        return dict(rows)

    @api.model
    @api.private
    def _get_page(self, company_id, year, counts, search="", offset=0, limit=50):
        """Return one page of the board: award by award, persons before units, names the Vietnamese way.

        :param dict counts: {award id: number}, of the awards to show, in their order (``_get_counts``)
        :return: rows as dictionaries
        """
        self._flush_commendations(["honour_key", "honour_story", "recipient_name", "unit_name"])
        condition = self._get_condition(company_id, year, search)
        pieces = []
        for award, number in counts.items():
            taken = min(max(0, number - offset), limit)
            if taken:
                pieces.append(self._get_piece(condition, award, taken, offset))
            limit -= taken
            offset = max(0, offset - number)
        # All pieces in one query, each read along the index from where the page begins to where it ends.
        rows = self.env.execute_query(SQL(" UNION ALL ").join(pieces)) if pieces else []
        names = ("id", "award_id", "name", "unit", "story", "is_unit")
        found = [dict(zip(names, row, strict=True)) for row in rows]
        order = list(counts)
        found.sort(key=lambda row: order.index(row["award_id"]))  # a database may interleave the pieces
        for row in found:  # records older than the snapshot
            row["name"] = (
                row["name"] or self.env["emulation.commendation"].browse(row["id"])._get_recipient_name()
            )
        return found

    def _get_piece(self, condition, award, limit, offset):
        return SQL(
            """
            (SELECT id, award_id, recipient_name, unit_name, honour_story, recipient_type = 'department'
               FROM emulation_commendation
              WHERE %s AND award_id = %s
           ORDER BY recipient_type = 'department', honour_key COLLATE "C", id
              LIMIT %s OFFSET %s)
            """,
            condition,
            award,
            limit,
            offset,
        )

    def _get_condition(self, company_id, year, search):
        condition = SQL(
            "company_id = %s AND date_part('year', granted_date) = %s AND %s", company_id, year, SQL(HONOURED)
        )
        words = re.sub(r"[\\\\%_]", " ", search_key(search)).split()
        return SQL(" AND ").join([condition, *(SQL("honour_search LIKE %s", f"%{word}%") for word in words)])
