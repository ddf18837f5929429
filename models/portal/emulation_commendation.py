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

    _honour_idx = models.Index(f"(company_id, granted_date, award_id) WHERE {HONOURED}")

    @api.depends("recipient_type", "recipient_name", "unit_name")
    def _compute_honour_key(self):
        for record in self:
            name = record.recipient_name or ""
            record.honour_key = sort_text(name, is_person=record.recipient_type != "department")
            record.honour_search = search_key(f"{name} {record.unit_name or ''}")

    # ------------------------------------------------------------------
    # The honour board, in three short queries whatever lies behind it
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
                    SELECT (SELECT MAX(granted_date) FROM %(board)s) AS day
                     UNION ALL
                    SELECT (SELECT MAX(granted_date) FROM %(board)s
                               AND granted_date < DATE_TRUNC('year', latest.day)::date)
                      FROM latest WHERE latest.day IS NOT NULL)
                SELECT EXTRACT(year FROM day)::int FROM latest WHERE day IS NOT NULL
                """,
                board=board,
            )
        )
        return [year for (year,) in rows]

    @api.model
    @api.private
    def _get_honour_counts(self, company_id, year):
        """Return {award id: how many were commended with it in ``year``} on the board of a company."""
        rows = self.env.execute_query(
            SQL(
                "SELECT award_id, COUNT(*) FROM emulation_commendation WHERE company_id = %s AND %s"
                " AND granted_date BETWEEN %s AND %s GROUP BY award_id",
                company_id,
                SQL(HONOURED),
                f"{year}-01-01",
                f"{year}-12-31",
            )
        )
        return dict(rows)

    @api.model
    @api.private
    def _get_honoured(self, company_id, year, award_id=None, search="", offset=0, limit=50):
        """Return one page of the board: the highest award first, persons before units, names the Vietnamese way.

        :param str search: words of name or unit, whatever the accents
        :return: (number of all found, rows as dictionaries)
        """
        self.flush_model(["honour_key", "honour_search", "honour_story", "recipient_name", "unit_name"])
        wanted = [
            SQL("c.honour_search LIKE %s", f"%{term}%")
            for term in search_key(search).replace("\\", "").replace("%", "").replace("_", "").split()
        ]
        if award_id:
            wanted.append(SQL("c.award_id = %s", award_id))
        rows = self.env.execute_query(
            SQL(
                """
                SELECT c.id, c.award_id, c.recipient_name, c.unit_name, c.honour_story,
                       c.recipient_type = 'department', COUNT(*) OVER ()
                  FROM (SELECT * FROM emulation_commendation WHERE company_id = %s AND %s
                           AND granted_date BETWEEN %s AND %s) c
                  JOIN emulation_award a ON a.id = c.award_id
                 WHERE %s
              ORDER BY a.sequence, a.code, a.id, c.recipient_type = 'department', c.honour_key COLLATE "C", c.id
                 LIMIT %s OFFSET %s
                """,
                company_id,
                SQL(HONOURED),
                f"{year}-01-01",
                f"{year}-12-31",
                SQL(" AND ").join(wanted) if wanted else SQL("TRUE"),
                limit,
                offset,
            )
        )
        names = ("id", "award_id", "name", "unit", "story", "is_unit")
        found = [dict(zip(names, row[:-1], strict=True)) for row in rows]
        for row in found:  # records older than the snapshot
            row["name"] = row["name"] or self.browse(row["id"])._get_recipient_name()
        return (rows[0][-1] if rows else 0), found
