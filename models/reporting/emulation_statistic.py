from markupsafe import Markup
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import float_round
from odoo.tools.translate import LazyTranslate

from ...engine import vietnamese
from ...engine.delivered import get_shares
from ...printing.workbook import Column, build_workbook
from ..mixin.verb import Verb

_lt = LazyTranslate(__name__)

VERBS = {
    "close": Verb(
        ("draft",),
        "closed",
        {"officer": None},
        _lt("Close the year"),
        stamp=("closed_on", "closed_by"),
        checks=("_get_outdated",),
        also="they are counted anew and none differs from what was counted last; since then no row or column came or "
        "went, and no agency below delivered its figures or took them back",
    ),
    "reopen": Verb(
        ("closed",),
        "draft",
        {"admin": None},
        _lt("Open the year again"),
        reason=True,
        checks=("_get_taken_up",),
        also="no agency above has locked its year with these figures",
    ),
}
# What figures are counted for: with anything of it changed they are of something else.
COUNTED_FOR = frozenset({"form_id", "year", "company_id", "with_below"})
NAMED = 5  # figures that differ, of any number


class EmulationStatistic(models.Model):
    """A statistical form filled in for an agency and a year: counted as often as needed, then closed.

    Figures of all agencies below, at whatever distance, are added once they closed theirs. A locked year shows the
    rows and columns it was counted by, whatever became of the form since.
    """

    _name = "emulation.statistic"
    _description = "Statistics of a year"
    _inherit = ["emulation.search.mixin", "emulation.verb.mixin", "emulation.thread.mixin"]
    _search_key_fields = ("form_id.search_key", "company_id.name")
    _order = "year desc, form_id, id"
    _check_company_auto = True
    _verbs = VERBS
    _writable = {"draft": {"officer": {"form_id", "year", "company_id", "with_below", "note"}}}
    _deletable = {"draft": "officer"}

    form_id = fields.Many2one(
        "emulation.statistic.form", string="Statistical form", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    year = fields.Integer(
        required=True, default=lambda self: fields.Date.context_today(self).year, aggregator=None
    )
    state = fields.Selection(
        [("draft", "Open"), ("closed", "Locked")], default="draft", required=True, readonly=True, copy=False
    )
    with_below = fields.Boolean(
        string="With the agencies below", help="Their closed figures are added; who has not closed is named."
    )
    note = fields.Text(copy=False)
    counted_on = fields.Datetime(string="Counted at", readonly=True, copy=False)
    # {id of a locked form of an agency below: when it was locked}
    delivered = fields.Json(string="Figures added", readonly=True, copy=False)
    closed_on = fields.Datetime(string="Locked at", readonly=True, copy=False)
    closed_by = fields.Many2one("res.users", string="Closed by", readonly=True, copy=False)
    cell_ids = fields.One2many(
        "emulation.statistic.cell", "statistic_id", string="Figures by cell", readonly=True, copy=False
    )
    missing_names = fields.Char(string="Not delivered yet", compute="_compute_missing_names")
    table_html = fields.Html(string="Figures", compute="_compute_table_html", sanitize=False)
    can_close = fields.Boolean(compute="_compute_can")
    can_reopen = fields.Boolean(compute="_compute_can")

    _year_uniq = models.Constraint(
        "UNIQUE (form_id, company_id, year)", "This form of the year is already there."
    )

    @api.depends("form_id", "year")
    def _compute_display_name(self):
        for record in self:
            record.display_name = f"{record.form_id.code or ''} – {record.year}"

    @api.depends("with_below", "form_id", "year", "company_id")
    def _compute_missing_names(self):
        for record in self:
            missing = record._get_below() - record._get_delivered().company_id
            record.missing_names = ", ".join(missing.mapped("name")) or False

    @api.depends("cell_ids.value", "cell_ids.before", "cell_ids.is_changed", "form_id")
    def _compute_table_html(self):
        for record in self:
            record.table_html = record._draw_table() if record.cell_ids else False

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & COUNTED_FOR:
            self._forget_count()
        return result

    # ------------------------------------------------------------------
    # Counting
    # ------------------------------------------------------------------

    def action_count(self):
        """Count the open forms again; figures that changed keep the one before beside them."""
        self._check_writable(["note"])
        for record in self:
            record._do_count()
        return True

    @api.private
    def _do_count(self):
        """Count every cell; closed figures of the agencies below are added."""
        self.ensure_one()
        self.lock_for_update()
        figures = self._count_figures()
        known = self._get_values()
        for key, cell in known.items():
            if key in figures:
                cell._take(figures[key])
        self._drop_cells(key for key in known if key not in figures)
        self.env["emulation.statistic.cell"]._create_protected(
            [
                {"statistic_id": self.id, "row_id": row.id, "column_id": column.id, "value": value}
                for (row, column), value in figures.items()
                if (row, column) not in known
            ]
        )
        self._write_protected({"counted_on": fields.Datetime.now(), "delivered": self._list_delivered()})

    def _count_figures(self):
        """Return ``{(row, column): figure}`` as they are now, with what the agencies below delivered."""
        figures = self.form_id._count(self.company_id, self.year)
        # sudo: emulation.statistic - an agency delivers its closed figures to those above it
        for one, share in self.sudo()._get_shares().items():
            for cell in one.cell_ids:
                if (cell.row_id, cell.column_id) in figures:
                    figures[cell.row_id, cell.column_id] += share * cell.value
        return {key: float_round(value, precision_digits=0) for key, value in figures.items()}

    def _forget_count(self):
        """Drop figures that were counted for another form, year or agency."""
        counted = self.filtered("cell_ids")
        counted.cell_ids._with_seal().unlink()
        counted._write_protected({"counted_on": False, "delivered": False})

    def _drop_cells(self, keys):
        keys = set(keys)
        gone = self.cell_ids.filtered(lambda cell: (cell.row_id, cell.column_id) in keys)
        gone._with_seal().unlink()

    def _get_below(self):
        """Return the agencies below, at whatever distance, where their figures are wanted."""
        # sudo: res.company - which agencies there are below is known to the one above
        companies = self.company_id.sudo()
        below = Domain("id", "child_of", companies.ids) & Domain("id", "not in", companies.ids)
        return companies.search(below if self.with_below else Domain.FALSE)

    def _get_delivered(self):
        """Return the closed forms of the year of the agencies below, those nearest first."""
        # sudo: emulation.statistic - an agency delivers its closed figures to the one above it
        return (
            self.sudo()
            .search(
                [
                    ("company_id", "in", self._get_below().ids),
                    ("form_id", "=", self.form_id.id),
                    ("year", "=", self.year),
                    ("state", "=", "closed"),
                ]
            )
            .sorted(lambda one: (one.company_id.parent_path.count("/"), one.id))
        )

    def _get_shares(self):
        """Return ``{closed form of an agency below: how often its figures are added}``."""
        closed = self._get_delivered()
        shares = get_shares({one.id: set(map(int, one.delivered or {})) for one in closed})
        return {one: shares[one.id] for one in closed if shares[one.id]}

    def _list_delivered(self):
        """Return ``{id: when it was locked}`` of the closed forms of agencies below, as ``delivered`` keeps it."""
        return {str(one.id): fields.Datetime.to_string(one.closed_on) for one in self._get_delivered()}

    def _is_up_to_date(self):
        """Return whether a new count would have the same cells, whatever is in them, and the same agencies below."""
        rows, columns = self.form_id.row_ids, self.form_id.column_ids
        counted = {(cell.row_id, cell.column_id) for cell in self.cell_ids}
        is_same_form = counted == {(row, column) for row in rows for column in columns}
        return is_same_form and (self.delivered or {}) == self._list_delivered()

    # ------------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------------

    def action_close(self):
        """Lock the figures of the year."""
        return self._run_verb("close")

    def action_reopen(self):
        return self._ask_reason("reopen")

    def _get_cannot_close_reason(self):
        """Return {id: reason}; only what was counted is closed."""
        reasons = self._check_verb("close")
        for record in self:
            if not record.cell_ids:
                reasons.setdefault(record.id, self.env._("Count the figures first."))
        return reasons

    def _get_cannot_reopen_reason(self):
        return self._check_verb("reopen")

    def _get_outdated(self):
        """Return {id: reason} of those whose figures are no longer what a count would give, and what differs."""
        reasons = {}
        for record in self:
            if differing := record._list_differing():
                shown = "; ".join(differing[:NAMED])
                if len(differing) > NAMED:
                    shown = self.env._(
                        "%(figures)s; and %(count)s more", figures=shown, count=len(differing) - NAMED
                    )
                reasons[record.id] = self.env._(
                    "The figures are others now, count again before you lock them: %(figures)s.",
                    figures=shown,
                )
            elif not record._is_up_to_date():
                reasons[record.id] = self.env._(
                    "The form, or the figures of agencies below, changed since: count again."
                )
        return reasons

    def _list_differing(self):
        """Return the figures that a new count changes, in words: “row – column: old → new”."""
        figures, known = self._count_figures(), self._get_values()
        old = {key: int(cell.value) for key, cell in known.items()}
        new = {key: int(value) for key, value in figures.items()}
        lines = sorted(old.keys() | new.keys(), key=lambda key: [(line.sequence, line.id) for line in key])
        return [
            f"{row.name} – {column.name}: {_write(old.get((row, column)))} → {_write(new.get((row, column)))}"
            for row, column in lines
            if old.get((row, column)) != new.get((row, column))
        ]

    def _get_taken_up(self):
        """Return {id: reason} of those whose figures stand in a locked year of an agency above."""
        reasons = {}
        for record in self:
            # sudo: emulation.statistic, res.company - whether an agency above has locked these figures within its own
            one = record.sudo()
            above = one.search(
                [
                    ("company_id", "parent_of", one.company_id.parent_id.ids),
                    ("form_id", "=", one.form_id.id),
                    ("year", "=", one.year),
                    ("state", "=", "closed"),
                ]
            )
            above = above.filtered(lambda found, id_=str(record.id): id_ in (found.delivered or {}))[:1]
            if above:
                reasons[record.id] = self.env._(
                    "%(agency)s has locked its year with these figures: it opens its own first.",
                    agency=above.company_id.name,
                )
        return reasons

    @api.private
    def _do_close(self):
        """Lock the figures; they are delivered to the agency above."""
        self._start("close")._finish("close")

    @api.private
    def _do_reopen(self, reason):
        """Let the figures be counted again, with the reason in the talk."""
        self._start("reopen", reason)._finish("reopen", reason)

    # ------------------------------------------------------------------
    # Showing
    # ------------------------------------------------------------------

    def _get_lines(self, axis):
        """Return the rows or columns; of a locked year those it was counted by.

        :param str axis: ``row`` or ``column``
        """
        if self.state != "closed":
            return self.form_id[f"{axis}_ids"]
        return self.cell_ids[f"{axis}_id"].sorted(lambda line: (line.sequence, line.id))

    def _get_values(self):
        return {(cell.row_id, cell.column_id): cell for cell in self.cell_ids}

    def _draw_table(self):
        """Return the form as a table; each figure opens the records it counts."""
        cells = self._get_values()
        columns = self._get_lines("column")
        head = Markup("").join(Markup('<th class="text-center">%s</th>') % column.name for column in columns)
        rows = Markup("").join(
            Markup('<tr><td>%s</td><td style="min-width: 16rem"%s>%s</td>%s</tr>')
            % (
                row.code or "",
                Markup(' class="ps-4"') if row.is_subtotal else "",
                row.name,
                Markup("").join(self._draw_cell(cells.get((row, column))) for column in columns),
            )
            for row in self._get_lines("row")
        )
        return Markup(
            '<div class="table-responsive"><table class="table table-sm table-bordered"'
            ' style="table-layout: auto"><thead><tr><th>%s</th>'
            "<th>%s</th>%s</tr></thead><tbody>%s</tbody></table></div>"
        ) % (self.env._("No."), self.env._("Content"), head, rows)

    @staticmethod
    def _draw_cell(cell):
        if not cell:
            return Markup("<td></td>")
        figure = _write(cell.value)
        changed = Markup(' title="%s"') % _write(cell.before) if cell.is_changed else ""
        return Markup('<td class="text-end text-nowrap"%s>%s</td>') % (changed, figure)

    def action_open_cells(self):
        """Open the figures one by one, each with the records behind it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("hr_emulation.emulation_statistic_cell_action")
        return {**action, "domain": [("statistic_id", "=", self.id)]}

    # ------------------------------------------------------------------
    # The form as a workbook
    # ------------------------------------------------------------------

    def action_export_xlsx(self):
        """Download the form with the heading of the agency and the signatures."""
        self.ensure_one()
        self.check_access("read")
        name = f"{self.form_id.code.replace('/', '-')} {self.year}.xlsx"
        return self.env["emulation.export.mixin"]._get_download(name, self._build_form())

    def _build_form(self):
        form, cells, counted = self.form_id, self._get_values(), self._get_lines("column")
        columns = [Column("STT", 7), Column("Nội dung", 44)]
        columns += [Column(line.name, 16 if line.measure == "money" else 13, "money") for line in counted]
        rows = [
            [row.code or "", f"- {row.name}" if row.is_subtotal else row.name]
            + [cells[row, column].value if (row, column) in cells else None for column in counted]
            for row in self._get_lines("row")
        ]
        frame = self.env["emulation.export.mixin"]._frame_list(self.company_id, f"(Biểu {form.code})")
        return build_workbook(
            f"{form.name} năm {self.year}",
            columns,
            rows,
            frame,
        )


class EmulationStatisticCell(models.Model):
    """A figure of a statistical form, and the one it replaced when it was counted last."""

    _name = "emulation.statistic.cell"
    _description = "Figure of a statistical form"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "statistic_id"
    _order = "statistic_id, id"
    _writable = {}

    statistic_id = fields.Many2one("emulation.statistic", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="statistic_id.company_id", store=True, index=True)
    row_id = fields.Many2one("emulation.statistic.line", required=True, ondelete="cascade", index=True)
    column_id = fields.Many2one("emulation.statistic.line", required=True, ondelete="cascade", index=True)
    value = fields.Float(string="Figure", digits=(16, 0))
    before = fields.Float(string="Figure before", digits=(16, 0))
    is_changed = fields.Boolean(
        string="Changed by the last count", help="The last count changed it: the figure before is another."
    )

    _cell_uniq = models.Constraint("UNIQUE (statistic_id, row_id, column_id)", "A cell has one figure.")

    def _take(self, figure):
        """Store what a new count gave; the figure before stands beside one that changed, and no longer."""
        values = {"value": figure, "before": self.value, "is_changed": True}
        if self.value == figure:
            values = {"before": 0, "is_changed": False}
        if any(self[name] != value for name, value in values.items()):
            self._write_protected(values)

    def action_open_records(self):
        """Open the records the figure counts, of the own agency."""
        self.ensure_one()
        statistic = self.statistic_id
        form = statistic.form_id
        domain = form._get_cell_domain(statistic.company_id, statistic.year, self.row_id, self.column_id)
        return {
            "type": "ir.actions.act_window",
            "name": f"{self.row_id.name} – {self.column_id.name}",
            "res_model": form.source,
            "view_mode": "list",
            "views": [(False, "list")],
            "domain": list(domain),
        }


def _write(figure):
    """Return a figure as a form shows it; of a row or column that was not there a dash."""
    return "–" if figure is None else vietnamese.format_decimal(int(figure))
