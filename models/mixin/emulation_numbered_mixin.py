from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL
from psycopg2.errors import UniqueViolation

from ...engine import numbering


class NumberTaken(UserError, ConcurrencyError):
    """Somebody else takes the same number at this moment: the server tries again, at last the user reads why."""

    def __init__(self, env):
        super().__init__(
            env._("Somebody else is taking a number of this series at this moment. Please try again.")
        )


class EmulationNumberedMixin(models.AbstractModel):
    """A document with a number of its own in the year, given by the clerk or by the series of its kind.

    No agency has the same number twice for one kind of document, symbol and year, however it is written (``2``,
    ``02``) and whatever model it is: decisions on awards and on initiatives are numbered in one series. A cancelled
    document gives its number back.
    """

    _name = "emulation.numbered.mixin"
    _description = "Numbered document"

    # The series of this kind of document; a model with several kinds answers in ``_get_number_series``.
    _number_series = ""

    number = fields.Char(copy=False, tracking=True, help="As given by the clerk, without the symbol.")
    symbol = fields.Char(help="For example QĐ-SNV or KH-VPUBND.")
    issue_date = fields.Date(string="Issue date", copy=False, tracking=True)
    number_key = fields.Char(
        compute="_compute_number_key",
        store=True,
        copy=False,
        help="What no other document of the agency has: kind, year, number and symbol.",
    )

    is_number_doubled = fields.Boolean(
        string="Number given twice",
        compute="_compute_is_number_doubled",
        search="_search_is_number_doubled",
        help="Another document of this kind and year has the same number. It came from an older version: today none"
        " gets a number that is taken.",
    )

    _number_uniq = models.UniqueIndex(
        "(company_id, number_key) WHERE number_key IS NOT NULL",
        "Another document of the year has this number. Take another number.",
    )

    @api.depends("number", "symbol", "issue_date", "state")
    def _compute_number_key(self):
        for document in self:
            document.number_key = document._get_number_key(document.number)

    @api.depends("number_key")
    def _compute_is_number_doubled(self):
        doubled = self._find_doubled_ids()
        for document in self:
            document.is_number_doubled = document._origin.id in doubled

    def _search_is_number_doubled(self, operator, value):
        return Domain("id", "in", self._find_doubled_ids()) if operator == "in" else NotImplemented

    @api.model
    def _find_doubled_ids(self):
        """Return the ids of the documents of this model whose number another document, of any model, has too."""
        return [
            id_ for holders in self._list_doubled().values() for name, id_ in holders if name == self._name
        ]

    @api.model
    @api.private
    def _list_doubled(self):
        """Return ``{(company id, key): [(model, id)]}`` of the numbers that stand twice, in one query."""
        parts = []
        for model in self._list_numbered():
            model.flush_model(["company_id", "number_key"])
            parts.append(
                SQL(
                    "SELECT company_id, number_key, %s AS model, id FROM %s WHERE number_key IS NOT NULL",
                    model._name,
                    SQL.identifier(model._table),
                )
            )
        rows = self.env.execute_query(
            SQL(
                "SELECT company_id, number_key, array_agg(model ORDER BY model, id), array_agg(id ORDER BY model, id)"
                "  FROM (%s) numbered GROUP BY 1, 2 HAVING count(*) > 1",
                SQL(" UNION ALL ").join(parts),
            )
        )
        return {(company, key): list(zip(names, ids, strict=True)) for company, key, names, ids in rows}

    def _get_number_series(self):
        """Return the series this document is numbered in."""
        self.ensure_one()
        return self._number_series

    def _get_number_key(self, number):
        """Return the key of this document with a number; False while it is not dated or once it is cancelled."""
        if not (number and self.issue_date) or self.state == "cancelled":
            return False
        return numbering.key(self._get_number_series(), self.issue_date.year, number, self.symbol)

    @api.constrains("number", "symbol", "issue_date", "company_id")
    def _check_number_is_free(self):
        """Say which document has the number; of two clerks at the same moment one waits for the other."""
        for company, documents in self.filtered("number").grouped("company_id").items():
            documents._lock_series(company)
            keys = {}
            for document in documents:
                key = document._get_number_key(document.number)
                if key in keys:
                    raise ValidationError(document._explain_taken_number(keys[key]))
                keys.update({key: document} if key else {})
            for key, holder in self._find_holders(company, keys).items():
                raise ValidationError(keys[key]._explain_taken_number(holder))

    def _explain_taken_number(self, holder):
        return self.env._(
            "Number %(number)s of %(year)s is taken: “%(document)s” has it.",
            number=self._get_document_number(),
            year=self.issue_date.year,
            document=holder.sudo().display_name,  # sudo: the document - the name only
        )

    def _lock_series(self, company):
        """Hold the series of these documents until the transaction ends: a number of another model is in no unique
        index that this one would meet.

        :raises NumberTaken: somebody took or typed a number of the series since this transaction began
        """
        series = self.env["emulation.number.series"]
        dated = self.filtered(lambda document: document._get_number_key(document.number))
        for name, year in sorted({(one._get_number_series(), one.issue_date.year) for one in dated}):
            series._lock(company, name, year)

    def _find_holders(self, company, keys):
        """Return ``{key: document}`` of the other documents of a company, of any model, that have one of these keys.

        Nothing of this model is flushed: what is being checked must not meet the unique index before.
        """
        # sudo: the same model - keys of documents that are written in this transaction
        pending = self.env.records_to_compute(self._fields["number_key"]).sudo()
        pending = pending.filtered(lambda document: document.id and document.company_id == company)
        mine = {*self.ids, *pending.ids}
        found = [
            (key, holder)
            for key, holder in self._search_keys(company, keys)
            if holder._name != self._name or holder.id not in mine
        ]
        found += [(document._get_number_key(document.number), document) for document in pending - self]
        return {key: holder.sudo(False) for key, holder in found if key in keys}

    @api.model
    def _search_keys(self, company, keys):
        """Return ``[(key, document)]`` of whatever numbers documents, in one query."""
        parts = []
        for model in self._list_numbered():
            if model._name != self._name:
                model.flush_model(["number_key"])  # each was checked when it was written
            parts.append(
                SQL(
                    "SELECT %s, number_key, id FROM %s WHERE company_id = %s AND number_key = ANY(%s)",
                    model._name,
                    SQL.identifier(model._table),
                    company.id,
                    list(keys),
                )
            )
        rows = self.env.execute_query(SQL(" UNION ALL ").join(parts))
        return [(key, self.env[name].browse(id_)) for name, key, id_ in rows]

    @api.model
    def _list_numbered(self):
        """Return the models whose documents are numbered."""
        names = self.env.registry.descendants(["emulation.numbered.mixin"], "_inherit")
        return [self.env[name] for name in sorted(names) if not self.env[name]._abstract]

    def _get_document_number(self):
        """Return number and symbol as printed, e.g. ``05/QĐ-SCT``; empty while not numbered."""
        self.ensure_one()
        return numbering.printed(self.number, self.symbol)

    @api.private
    def _take_number(self):
        """Number these dated documents; a number given by the clerk stays.

        :raises NumberTaken: somebody takes the same number at this moment; the request is tried again
        """
        for document in self.filtered(lambda document: not document.number):
            (number,) = self.env["emulation.number.series"]._take(
                document.company_id,
                document._get_number_series(),
                document.issue_date.year,
                1,
                document._get_taken_numbers,
            )
            document.number = str(number)
            document._flush_number()

    def _get_taken_numbers(self, numbers):
        """Return which of these numbers another document has, typed by hand."""
        keys = {self._get_number_key(str(number)): number for number in numbers}
        return {keys[key] for key in self._find_holders(self.company_id, keys)}

    def _flush_number(self):
        try:
            self.flush_recordset(["number", "number_key"])
        except UniqueViolation as error:
            raise NumberTaken(self.env) from error
