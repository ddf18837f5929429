from contextlib import contextmanager
from types import MappingProxyType

from odoo import api, fields, models, tools
from odoo.fields import Domain


def _read_day(value):
    """Return a day as it was sent; what is none is refused where it is stored.

    >>> _read_day("2026-02-28"), _read_day("31/02/2026"), _read_day([1])
    (datetime.date(2026, 2, 28), None, None)
    """
    try:
        return fields.Date.to_date(value) or None
    except (TypeError, ValueError):
        return None


class EmulationCalendarDay(models.Model):
    """A day off, or a day worked, that neither the working schedule nor the public holidays know.

    Each year the Government exchanges working days: a Monday off, a Saturday worked for it. What the addon does not
    know yet an agency enters here; deadlines, lists for comments and leave count by it at once.
    """

    _name = "emulation.calendar.day"
    _description = "Day off or worked"
    _inherit = ["emulation.search.mixin", "emulation.guard.mixin"]
    _writable = {"*": {"admin": {"date", "kind", "name", "company_id"}}}
    _deletable = {"*": "admin"}
    _search_key_fields = ("name",)
    _order = "date desc, id desc"

    date = fields.Date(string="Day", required=True, index=True)
    kind = fields.Selection(
        [("off", "Day off"), ("worked", "Worked")], string="Kind of day", required=True, default="off"
    )
    name = fields.Char(string="Why", required=True, help="With the paper that says so.")
    company_id = fields.Many2one("res.company", index=True, help="Empty: shared by all companies.")

    _day_uniq = models.UniqueIndex("(date, COALESCE(company_id, 0))", "This day is entered already.")

    @api.model_create_multi
    def create(self, vals_list):
        days = {_read_day(vals.get("date")) for vals in vals_list}
        with self._followed(days):
            return super().create(vals_list)

    def write(self, vals):
        days = {*self.mapped("date"), _read_day(vals.get("date"))}
        with self._followed(days):
            return super().write(vals)

    def unlink(self):
        with self._followed(set(self.mapped("date"))):
            return super().unlink()

    # ------------------------------------------------------------------
    # Who counts by it
    # ------------------------------------------------------------------

    @api.model
    @tools.ormcache("company_id")
    def _get_days(self, company_id):
        """Return ``{day: whether it is worked}``; what an agency entered for itself goes before what is shared.

        :rtype: Mapping[datetime.date, bool]
        """
        # sudo: emulation.calendar.day - the days of an agency are no secret
        lines = self.sudo().search([("company_id", "in", (company_id, False))])
        lines = lines.sorted(lambda line: bool(line.company_id))
        return MappingProxyType({line.date: line.kind == "worked" for line in lines})

    @contextmanager
    def _followed(self, days):
        """Let what was counted by the calendar follow a change of these days; what somebody typed stays."""
        days = {day for day in days if day}
        before = self._get_counted(days)
        yield
        self.env.flush_all()
        self.env.registry.clear_cache()
        after = self._get_counted(days)
        for name, model in (("date", "emulation.deadline"), ("days", "emulation.absence")):
            moved = {
                record: day
                for record, day in after[model].items()
                if record in before[model] and record[name] == before[model][record] != day
            }
            for record, day in moved.items():
                record._write_protected({name: day})
        self._recount_lists()

    @api.model
    def _get_counted(self, days):
        """Return, for deadlines and leave that run, ``{record: what the calendar gives now}``."""
        # sudo: emulation.absence - days only, for the administrator of the calendar
        absences = self.env["emulation.absence"].sudo()
        # sudo: emulation.deadline - as above
        deadlines = self.env["emulation.deadline"].sudo()
        spans = Domain.OR(Domain("date_from", "<=", day) & Domain("date_to", ">=", day) for day in days)
        return {
            "emulation.deadline": deadlines._get_counted(),
            "emulation.absence": {
                absence: absence._count_working_days() for absence in absences.search(spans)
            },
        }

    @api.model
    def _recount_lists(self):
        """Lists for comments that are not published yet end by the new calendar."""
        # sudo: emulation.publication - the day they end, as above
        lists = self.env["emulation.publication"].sudo()
        drafts = lists.search([("state", "=", "draft")])
        self.env.add_to_compute(lists._fields["date_to"], drafts)
