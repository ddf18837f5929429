from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..mixin.verb import ANY

# What can be counted -> the date that says which year it belongs to; none: it is counted as it is on the day.
SOURCES = {
    "emulation.report.commendation": "granted_date",
    "emulation.campaign": "date_start",
    "emulation.council": None,
    "emulation.report.staff": None,
}
MEASURES = {"count": "__count", "money": "prize_amount:sum"}
COUNTS = frozenset({"form_id", "axis", "domain", "measure"})  # what decides which records a line counts


class EmulationStatisticForm(models.Model):
    """A statistical form: rows and columns are records, so that an administrator follows a new circular alone.

    Shipped forms follow 0601 to 0605.N/BNV-TĐKT (Circular 02/2023/TT-BNV) as far as the registers know their
    figures; an administrator changes rows and columns, or adds forms. What has no date (councils, staff) is counted
    as it is on the day: the form is counted and closed when the year ends.
    """

    _name = "emulation.statistic.form"
    _description = "Statistical form"
    _inherit = ["emulation.guard.mixin", "emulation.search.mixin", "emulation.shipped.mixin"]
    _shipped_fields = ("code", "name", "legal_reference", "source", "domain")
    _search_key_fields = ("code", "name")
    _order = "code, id"
    _writable = {
        ANY: {
            "admin": {
                *("code", "name", "legal_reference", "source", "domain", "company_id", "active"),
                *("row_ids", "column_ids"),
            }
        }
    }
    _deletable = {ANY: "admin"}

    code = fields.Char(required=True)
    name = fields.Char(required=True)
    legal_reference = fields.Char(string="Legal reference")
    source = fields.Selection(
        [
            ("emulation.report.commendation", "Awards granted"),
            ("emulation.campaign", "Campaigns"),
            ("emulation.council", "Councils in office"),
            ("emulation.report.staff", "People who do the work of emulation"),
        ],
        string="Figures are taken from",
        required=True,
        default="emulation.report.commendation",
    )
    domain = fields.Char(string="Counted at all", required=True, default="[]")
    company_id = fields.Many2one("res.company", index=True, help="Empty: shared by all companies.")
    active = fields.Boolean(default=True)
    row_ids = fields.One2many(
        "emulation.statistic.line",
        "form_id",
        string="Rows",
        domain=[("axis", "=", "row"), ("is_dropped", "=", False)],
        copy=True,
    )
    column_ids = fields.One2many(
        "emulation.statistic.line",
        "form_id",
        string="Columns",
        domain=[("axis", "=", "column"), ("is_dropped", "=", False)],
        context={"default_axis": "column"},
        copy=True,
    )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for form in self:
            form.display_name = " ".join(filter(None, (form.code, form.name)))

    @api.constrains("domain", "source")
    def _check_domain(self):
        for form in self:
            form._read_domain(form.domain)
            (form.row_ids | form.column_ids)._check_domain()

    def _get_fixed(self):
        """What a locked year was counted by stays; an update of the addon may still mend it."""
        if self.env.su:
            return {}
        # sudo: emulation.statistic - whether there is one, of any agency
        years = self.env["emulation.statistic"].sudo()
        locked = years._read_group([("form_id", "in", self.ids), ("state", "=", "closed")], ["form_id"])
        return {form.id: frozenset({"source", "domain"}) for (form,) in locked}

    def _read_domain(self, text):
        """Return a condition an administrator wrote; it is data, no code.

        :raises ValidationError: it is no condition on what the form counts
        """
        try:
            domain = Domain(literal_eval(text or "[]"))
            domain.validate(self.env[self.source])
        except (ValueError, SyntaxError, TypeError, KeyError) as error:
            raise ValidationError(
                self.env._("“%(condition)s” is no condition on what is counted.", condition=text)
            ) from error
        return domain

    def _get_year_domain(self, year):
        """Return the condition that a record belongs to a calendar year."""
        day = SOURCES[self.source]
        if not day:
            return Domain.TRUE
        return Domain(day, ">=", f"{year}-01-01") & Domain(day, "<=", f"{year}-12-31")

    def _get_cell_domain(self, company, year, row, column):
        """Return the condition of a cell: what it counts, and what a click on it shows."""
        parts = [self.domain, row.domain, column.domain]
        conditions = [self._read_domain(part) for part in parts]
        own = Domain("company_id", "=", company.id)
        return Domain.AND([own, self._get_year_domain(year), *conditions])

    def _count(self, company, year):
        """Return {(row, column): figure}, a query for each cell whatever the number of records."""
        source = self.env[self.source].with_company(company)
        return {
            (row, column): source._read_group(
                self._get_cell_domain(company, year, row, column), [], [MEASURES[column.measure]]
            )[0][0]
            or 0
            for row in self.row_ids
            for column in self.column_ids
        }


class EmulationStatisticLine(models.Model):
    """A row or a column of a statistical form: its words, and which records it counts.

    One that a locked year was counted by keeps what it counts. Deleted, it is only put out of sight: that year still
    shows it.
    """

    _name = "emulation.statistic.line"
    _description = "Row or column of a statistical form"
    _inherit = ["emulation.guard.mixin", "emulation.shipped.mixin"]
    _shipped_fields = ("axis", "sequence", "code", "name", "domain", "measure", "is_subtotal")
    _shipped_returns = False
    _guard_parent = "form_id"
    _order = "form_id, axis, sequence, id"
    _writable = {
        ANY: {"admin": {"form_id", "axis", "sequence", "code", "name", "domain", "measure", "is_subtotal"}}
    }
    _deletable = {ANY: "admin"}

    form_id = fields.Many2one(
        "emulation.statistic.form", string="Statistical form", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="form_id.company_id", store=True)
    axis = fields.Selection([("row", "Row"), ("column", "Column")], required=True, default="row")
    sequence = fields.Integer(default=10, aggregator=None)
    code = fields.Char(string="No.")
    name = fields.Char(required=True)
    domain = fields.Char(string="Counts those with", required=True, default="[]")
    measure = fields.Selection(
        [("count", "Number"), ("money", "Prizes in đồng")], required=True, default="count"
    )
    is_subtotal = fields.Boolean(string="Of which", help="A part of the figure before it: printed indented.")
    is_dropped = fields.Boolean(
        string="Deleted", readonly=True, copy=False, help="Deleted ones stay for the years that were locked."
    )

    @api.constrains("domain", "measure")
    def _check_domain(self):
        for line in self:
            line.form_id._read_domain(line.domain)
            if line.measure == "money" and line.form_id.source != "emulation.report.commendation":
                raise ValidationError(line.env._("Only awards have prizes."))

    def unlink(self):
        kept = self._get_locked()
        kept._check_listed({"name"})
        kept._write_protected({"is_dropped": True})
        return super(EmulationStatisticLine, self - kept).unlink()

    def _get_fixed(self):
        """As of the form."""
        return {} if self.env.su else dict.fromkeys(self._get_locked().ids, COUNTS)

    def _get_locked(self):
        """Return those that a locked year was counted by."""
        # sudo: emulation.statistic.cell - whether there is one, of any agency
        cells = self.env["emulation.statistic.cell"].sudo()
        found = self.browse()
        for axis in ("row_id", "column_id"):
            locked = [(axis, "in", self.ids), ("statistic_id.state", "=", "closed")]
            found |= self.browse(line.id for (line,) in cells._read_group(locked, [axis]))
        return found
