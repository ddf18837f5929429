import re

from odoo import api, fields, models
from odoo.tools import SQL

from ...engine.vietnamese import search_key, sort_text

# Who stands on the board: people with their consent, units always; nothing that was revoked.
HONOURED = "state = 'granted' AND (recipient_type = 'department' OR honour_consent IS TRUE)"


class EmulationCommendation(models.Model):
    _inherit = "emulation.commendation"

    honour_consent = fields.Boolean(
        string="On the honour board",
        copy=False,
        readonly=True,
        help="The person agreed to be shown. Given and taken back by the person in the portal; units need none.",
    )
    honour_consent_date = fields.Datetime(copy=False, readonly=True)
    honour_story = fields.Text(string="Story", copy=False, help="Shown on the honour board with the name.")
    honour_key = fields.Char(
        compute="_compute_honour_key", store=True, help="Sorts the board the Vietnamese way, byte by byte."
    )
    honour_search = fields.Char(
        compute="_compute_honour_key", store=True, help="Name and unit without accents, for the search."
    )
    request_ids = fields.One2many("emulation.request", "commendation_id", string="Requests of the recipient")

    # The board in its own order, with all it is searched by: a page is read without sorting the rest.
    _honour_idx = models.Index(
        "(company_id, date_part('year', granted_date), award_id, (recipient_type = 'department'), "
        f'honour_key COLLATE "C", id) INCLUDE (honour_search) WHERE {HONOURED}'
    )

    @api.depends("recipient_type", "recipient_name", "unit_name")
    def _compute_honour_key(self):
        for record in self:
            name = record.recipient_name or ""
            record.honour_key = sort_text(name, is_person=record.recipient_type != "department")
            record.honour_search = search_key(f"{name} {record.unit_name or ''}")

    # ------------------------------------------------------------------
    # The honour board, in short queries whatever lies behind it
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def _get_honour_years(self, company_id):
        """Return the years in which somebody on the board was commended, the latest first."""
        self.flush_model(["state", "recipient_type", "honour_consent", "granted_date", "company_id"])
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
    def _get_honour_counts(self, company_id, year, search=""):
        """Return {award id: how many were commended with it in ``year``}, the highest award first.

        :param str search: words of name or unit, whatever the accents
        """
        self.flush_model(["honour_search", "award_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT found.award_id, found.number
                  FROM (SELECT award_id, COUNT(*) AS number FROM emulation_commendation
                         WHERE %s GROUP BY award_id) found
                  JOIN emulation_award a ON a.id = found.award_id
              ORDER BY a.sequence, a.code, a.id
                """,
                self._get_honour_condition(company_id, year, search),
            )
        )
        return dict(rows)

    @api.model
    @api.private
    def _get_honoured(self, company_id, year, counts, search="", offset=0, limit=50):
        """Return one page of the board: award by award, persons before units, names the Vietnamese way.

        :param dict counts: {award id: number}, of the awards to show, in their order (``_get_honour_counts``)
        :return: rows as dictionaries
        """
        self.flush_model(["honour_key", "honour_story", "recipient_name", "unit_name"])
        condition = self._get_honour_condition(company_id, year, search)
        pieces = []
        for award, number in counts.items():
            taken = min(max(0, number - offset), limit)
            if taken:
                pieces.append(self._get_honour_piece(condition, award, taken, offset))
            limit -= taken
            offset = max(0, offset - number)
        # All pieces in one query, each read along the index from where the page begins to where it ends.
        rows = self.env.execute_query(SQL(" UNION ALL ").join(pieces)) if pieces else []
        names = ("id", "award_id", "name", "unit", "story", "is_unit")
        found = [dict(zip(names, row, strict=True)) for row in rows]
        order = list(counts)
        found.sort(key=lambda row: order.index(row["award_id"]))  # a database may interleave the pieces
        for row in found:  # records older than the snapshot
            row["name"] = row["name"] or self.browse(row["id"])._get_recipient_name()
        return found

    def _get_honour_piece(self, condition, award, limit, offset):
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

    def _get_honour_condition(self, company_id, year, search):
        condition = SQL(
            "company_id = %s AND date_part('year', granted_date) = %s AND %s", company_id, year, SQL(HONOURED)
        )
        words = re.sub(r"[\\\\%_]", " ", search_key(search)).split()
        return SQL(" AND ").join([condition, *(SQL("honour_search LIKE %s", f"%{word}%") for word in words)])
