"""The rows of the proposing dialog as queries: however many there are, only those on a page become records."""

from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

from odoo.fields import Domain
from odoo.tools import SQL

from ..models.campaign import totals
from ..models.mixin.dossier_states import LIVE_STATES

# source -> (model, field of a row, table of what is ticked, its column, order)
SHEETS = ("emulation.evaluation", "evaluation_id", "emulation_propose_sheet_rel", "sheet_id", "rank, id")
DRAFTS = ("emulation.commendation", "commendation_id", "emulation_propose_ticked_rel", "draft_id", "id")
TAKING = ("draft", *LIVE_STATES)
LEADS = SQL(
    "COALESCE(e.id IN (SELECT l.manager_id FROM hr_department l WHERE l.active AND l.manager_id IS NOT NULL), FALSE)"
)


class Row(NamedTuple):
    """One of a list, as much as is counted of it."""

    id: int
    campaign_id: int | None
    subject: str
    unit_id: int | None
    occasion_id: int | None
    employee_id: int | None
    department_id: int | None
    recipient_key: str
    company_id: int
    place_id: int | None  # the unit the proposal names
    year: int
    rank: int | None
    leads: bool
    sex: str | None
    is_kept: bool  # ticked, as it was saved last


class ProposedList:
    """What a dialog lists, what of it is ticked, who is on it; always within what the user may see.

    :param wizard: an ``emulation.propose``, perhaps one that is being edited
    """

    def __init__(self, wizard):
        self.wizard = wizard
        self.env = wizard.env
        self.is_drafts = wizard.source == "draft"
        name, self.field, table, column, self.order = DRAFTS if self.is_drafts else SHEETS
        self.model = self.env[name]
        self.table, self.column = SQL.identifier(table), SQL.identifier(column)
        self.unfit = frozenset()

    # ------------------------------------------------------------------
    # Which
    # ------------------------------------------------------------------

    def find(self, typed=""):
        """Return the query of all rows, the best first.

        :param typed: only those of this name
        """
        domain = Domain.TRUE if self.is_drafts else self._get_sheets_domain()
        if typed:
            domain &= Domain("display_name", "ilike", typed)
        query = self.model._search(domain, order=self.order)
        if not self.is_drafts:
            query.add_join(
                "JOIN", "p", "emulation_participation", SQL("p.id = emulation_evaluation.participation_id")
            )
            query.add_where(SQL("p.subject = ANY(%s)", self._get_subjects()))
        else:
            listed = SQL(
                "SELECT draft_id FROM emulation_propose_draft_rel WHERE propose_id = %s",
                self.wizard._origin.id or 0,
            )
            query.add_where(SQL("emulation_commendation.id IN (%s)", listed))
        return query

    def _get_sheets_domain(self):
        wizard = self.wizard
        domain = Domain("state", "=", "confirmed") & Domain("company_id", "=", wizard.company_id.id)
        domain &= Domain("review_id", "=", wizard.review_id.id)
        if wizard.grade_ids:
            domain &= Domain("grade_id", "in", wizard.grade_ids.ids)
        if wizard.max_rank:
            domain &= Domain("rank", ">", 0) & Domain("rank", "<=", wizard.max_rank)
        return domain

    def _get_subjects(self):
        award = self.wizard.award_id
        return [name for name in ("individual", "collective", "household") if award[f"subject_{name}"]]

    def find_fitting(self):
        """Return the query of those that may be ticked: not proposed already, nowhere below a minimum."""
        query = self.find()
        if not self.is_drafts:
            query.add_where(
                SQL(
                    "p.recipient_key NOT IN %s",
                    self.find_taken().subselect(SQL.identifier("emulation_commendation", "recipient_key")),
                )
            )
            sheet = SQL.identifier("emulation_evaluation", "id")
            if low := totals.get_too_low_sql(self._find_sets(), self.wizard.award_id, sheet):
                query.add_where(SQL("NOT %s", low))
            query.add_where(SQL("%s <> ALL(%s)", sheet, self._find_not_offered()))
        return query

    def _find_not_offered(self):
        """Return ids of sheets: the campaign does not offer them the award; asked once for those who are alike."""
        wizard, alike = self.wizard, defaultdict(list)
        for row in self.rows:
            alike[row.campaign_id, row.subject, row.unit_id].append(row)
        campaigns = self.env["emulation.campaign"].browse({campaign for campaign, _subject, _unit in alike})
        lines = self.env["emulation.campaign.award"]._find_for(campaigns, wizard.award_id)
        found = []
        if not lines:
            return found
        sheets = self.model.browse(rows[0].id for rows in alike.values())
        for sheet, rows in zip(sheets, alike.values(), strict=True):
            if lines._explain_not_offered(sheet, wizard.award_id, wizard.occasion_id):
                found += [row.id for row in rows]
                continue
            for line in lines.filtered("max_rank"):
                if line._matches(sheet, wizard.occasion_id):
                    found += [row.id for row in rows if not 0 < (row.rank or 0) <= line.max_rank]
        return found

    def find_taken(self, keys=None):
        """Return the query of what is proposed already for the award and the period.

        :param keys: only of these recipients
        """
        domain = Domain("award_id", "=", self.wizard.award_id.id) & Domain("state", "in", TAKING)
        domain &= Domain("period_to", "=", self.wizard.period_to) & Domain("recipient_key", "!=", False)
        if keys is not None:
            domain &= Domain("recipient_key", "in", keys)
        return self.env["emulation.commendation"]._search(domain)

    @staticmethod
    def count(query):
        """Return how many rows a query finds."""
        query.order = None
        return len(query)

    def _find_sets(self):
        self.env.flush_all()
        query = self.find()
        query.order = None
        rows = self.env.execute_query(
            query.select(SQL("DISTINCT %s", SQL.identifier("emulation_evaluation", "set_id")))
        )
        return self.env["emulation.criterion.set"].browse(set_id for (set_id,) in rows)

    # ------------------------------------------------------------------
    # What is ticked: kept apart from the rows of a page, which show it and may be changed and not saved yet
    # ------------------------------------------------------------------

    def get_ticked_ids(self):
        """Return the ids of what is ticked, as it is on the screen now."""
        return [row.id for row in self.ticked]

    @property
    def ticked(self):
        """The rows that are ticked, as it is on the screen now."""
        shown = {line[self.field]._origin.id: line.is_selected for line in self.wizard.line_ids}
        return [row for row in self.rows if shown.get(row.id, row.is_kept) and row.id not in self.unfit]

    def leave_out_unfit(self):
        """Leave out who was proposed elsewhere, or fell below a minimum, since it was ticked.

        :return: the ids of the others, the best first
        """
        ids = self.get_ticked_ids()
        fitting = list(self.restrict(self.find_fitting(), ids))
        self.unfit = frozenset(ids).difference(fitting)
        return fitting

    @cached_property
    def rows(self):
        """All rows, read in one query."""
        return self._read()

    def restrict(self, query, ids):
        """Return a query that finds only these; an array is looked up by a hash, whatever PostgreSQL expects of it."""
        query.add_where(SQL("%s = ANY(%s)", SQL.identifier(self.model._table, "id"), list(ids)))
        return query

    def tick_best(self, most):
        """Tick the best that fit, at most so many, and nothing else."""
        self.env.cr.execute(SQL("DELETE FROM %s WHERE propose_id = %s", self.table, self.wizard.id))
        if most:
            best = self.find_fitting()
            best.limit = most
            self._add(best.select())

    def change(self, ticked, unticked):
        """Tick some records and untick others."""
        self.env.cr.execute(
            SQL(
                "DELETE FROM %s WHERE propose_id = %s AND %s = ANY(%s)",
                self.table,
                self.wizard.id,
                self.column,
                unticked.ids,
            )
        )
        self._add(SQL("SELECT unnest(%s::int[])", ticked.ids))

    def _add(self, ids):
        self.env.cr.execute(
            SQL(
                "INSERT INTO %(table)s (propose_id, %(column)s) SELECT %(wizard)s, found.id FROM (%(ids)s) found(id)"
                " ON CONFLICT DO NOTHING",
                table=self.table,
                column=self.column,
                wizard=self.wizard.id,
                ids=ids,
            )
        )

    def get_ticked(self, records):
        """Return the ids of those of some records that are ticked."""
        rows = self.env.execute_query(
            SQL(
                "SELECT %(column)s FROM %(table)s WHERE propose_id = %(wizard)s AND %(column)s = ANY(%(ids)s)",
                column=self.column,
                table=self.table,
                wizard=self.wizard.id,
                ids=records.ids,
            )
        )
        return {id_ for (id_,) in rows}

    # ------------------------------------------------------------------
    # Who
    # ------------------------------------------------------------------

    def _read(self):
        self.env.flush_all()
        own = self.model._table
        names = ("id", "campaign_id", "unit_id", "employee_id", "department_id")
        columns = {name: SQL.identifier(own, name) for name in names}
        query = self.find()
        query.order = None
        query.add_join("LEFT JOIN", "e", "hr_employee", SQL("e.id = %s", columns["employee_id"]))
        query.add_join("LEFT JOIN", "v", "hr_version", SQL("v.id = e.current_version_id"))
        query.add_join("LEFT JOIN", "d", "hr_department", SQL("d.id = %s", columns["department_id"]))
        columns |= self._get_own_columns()
        kept = SQL(
            "SELECT %s FROM %s WHERE propose_id = %s", self.column, self.table, self.wizard._origin.id or 0
        )
        columns |= {
            "company_id": SQL("COALESCE(e.company_id, d.company_id, %s)", self.env.company.id),
            "leads": LEADS,
            "sex": SQL("v.sex"),
            "is_kept": SQL("%s IN (%s)", columns["id"], kept),
        }
        rows = self.env.execute_query(query.select(*(columns[name] for name in Row._fields)))
        return list(map(Row._make, rows))

    def _get_own_columns(self):
        """Return {name: SQL} of what sheets and drafts say differently; a sheet will be proposed by today's unit."""
        year = "EXTRACT(YEAR FROM COALESCE(%s::date, %s::date))::int"
        today = self.wizard._get_today()
        if self.is_drafts:
            own = "emulation_commendation"
            names = ("subject", "occasion_id", "recipient_key")
            return {name: SQL.identifier(own, name) for name in names} | {
                "rank": SQL("NULL::int"),
                "place_id": SQL("COALESCE(emulation_commendation.unit_id, v.department_id)"),
                "year": SQL(year, SQL.identifier(own, "period_to"), today),
            }
        return {
            "subject": SQL("p.subject"),
            "occasion_id": SQL("%s::int", self.wizard.occasion_id.id or None),
            "rank": SQL.identifier("emulation_evaluation", "rank"),
            "recipient_key": SQL("p.recipient_key"),
            "place_id": SQL("v.department_id"),
            "year": SQL(year, self.wizard.period_to or None, today),
        }
