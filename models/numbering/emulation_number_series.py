from odoo import api, fields, models
from odoo.tools import SQL
from psycopg2.errors import SerializationFailure

from ...engine import numbering
from ..mixin.emulation_numbered_mixin import NumberTaken
from ..mixin.verb import ANY

SERIES = [
    ("decision", "Decisions"),
    ("submission", "Submissions"),
    ("letter", "Official letters"),
    ("appeal", "Appeals"),
    ("plan", "Plans"),
    ("directive", "Directives"),
    ("notice", "Notices"),
    ("report", "Reports"),
    ("minutes", "Minutes"),
    ("guidance", "Guidance documents"),
    ("certificate", "Register of certificates"),
]


class EmulationNumberSeries(models.Model):
    """The last number given out by itself, for an agency, a kind of document and a year.

    A row is locked until the end of the transaction that takes from it: numbers follow each other without a gap,
    and a roll-back gives them back. Numbers typed by hand are stepped over.
    """

    _name = "emulation.number.series"
    _description = "Numbers of a year"
    _inherit = "emulation.guard.mixin"
    _writable = {ANY: {"admin": {"last"}}}
    _order = "year desc, company_id, series"
    _rec_name = "series"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    series = fields.Selection(SERIES, string="Numbers of", required=True, readonly=True)
    year = fields.Integer(required=True, readonly=True, aggregator=None)
    last = fields.Integer(
        string="Last number",
        required=True,
        default=0,
        aggregator=None,
        help="The next document gets the next free number after this one. Raise it when documents of the year "
        "were numbered elsewhere.",
    )

    _series_uniq = models.Constraint(
        "UNIQUE (company_id, series, year)", "This series of the year is already there."
    )
    _last_not_negative = models.Constraint("CHECK (last >= 0)", "A number is never below zero.")

    @api.model
    @api.private
    def _take(self, company, series, year, count, get_taken):
        """Take the next free numbers.

        :param company: agency, one record
        :param str series: one of ``SERIES``
        :param int year: numbers start again at 1 each year
        :param get_taken: called with a list of numbers; returns the set of those given by hand
        :return: ``count`` numbers, rising
        :rtype: list[int]
        :raises NumberTaken: somebody took from this series since this transaction began
        """
        row, last = self._lock(company, series, year)
        numbers = numbering.next_free(last, count, get_taken)
        if numbers:
            # sudo: emulation.number.series - whoever issues a document moves its series, nothing else
            self.sudo().browse(row)._write_protected({"last": numbers[-1]})
            self.flush_model(["last"])
        return numbers

    def _lock(self, company, series, year):
        """Return ``(id, last number)`` of a series, locked; a series nobody took from yet is made now."""
        self.flush_model()
        try:
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO emulation_number_series
                        (company_id, series, year, last, create_uid, write_uid, create_date, write_date)
                    VALUES (%(company)s, %(series)s, %(year)s, 0, %(uid)s, %(uid)s, %(now)s, %(now)s)
                    ON CONFLICT (company_id, series, year)
                    DO UPDATE SET last = emulation_number_series.last
                    RETURNING id, last
                    """,
                    company=company.id,
                    series=series,
                    year=year,
                    uid=self.env.uid,
                    now=self.env.cr.now(),
                ),
                log_exceptions=False,
            )
        except SerializationFailure as error:
            raise NumberTaken(self.env) from error
        return self.env.cr.fetchone()
