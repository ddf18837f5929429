"""Numbers were drawn from Odoo's sequences: the series of each year goes on where its sequence stood."""

SERIES = {
    "emulation.decision": "decision",
    "emulation.submission": "submission",
    "emulation.campaign.letter": "letter",
    "emulation.review.report": "report",
    "emulation.certificate": "certificate",
}


def migrate(cr, version):
    cr.execute(
        """
        INSERT INTO emulation_number_series
            (company_id, series, year, last, create_uid, write_uid, create_date, write_date)
        SELECT s.company_id, m.series, extract(year FROM r.date_from)::int, max(r.number_next) - 1, 1, 1, now(), now()
          FROM ir_sequence s
          JOIN ir_sequence_date_range r ON r.sequence_id = s.id
          JOIN unnest(%s, %s) AS m(code, series) ON m.code = s.code
         WHERE s.company_id IS NOT NULL
      GROUP BY 1, 2, 3
   ON CONFLICT (company_id, series, year) DO NOTHING
        """,
        [list(SERIES), list(SERIES.values())],
    )
    cr.execute("DELETE FROM ir_sequence WHERE code = ANY(%s)", [list(SERIES)])
