from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import formatLang
from odoo.tools.translate import LazyTranslate

from ..mixin.dossier_states import PENDING_STATES

_lt = LazyTranslate(__name__)

BARS = 10  # of a comparison: the longest first
AWARDS = "emulation.report.commendation"
SHEETS = "emulation.report.evaluation"
# what the awards of a year are split by; a field the user may not read is left out
SPLITS = {"level": _lt("Granted by level"), "unit_id": _lt("Granted by unit")}
PEOPLE_SPLITS = {
    "standing": _lt("Granted to leaders and direct workers"),
    "sex": _lt("Granted by sex"),
}
ON_THE_WAY = {"state": _lt("On the way by step"), "waiting_age": _lt("On the way by age")}


class EmulationOverview(models.AbstractModel):
    """A year at a glance for who leads: figures and comparisons, each of which opens what it counts.

    It stores nothing. Every figure is counted over the rows the user may read of ``emulation.report.mixin`` and the
    registers, so that a head sees the own units. What does not belong to the year shown is not looked at.
    """

    _name = "emulation.overview"
    _description = "Figures at a glance"

    @api.model
    @api.readonly
    def get_overview(self, year=None):
        """Return what the screen shows the current user.

        :param int year: of the awards and the money; empty: this year
        :return: ``{"year", "blocks": [{"title", "figures": [{label, text, is_bad, model, domain}], "bars": [{"title",
            "model", "rows": [{label, count, domain}]}]}]}``
        """
        year = year or fields.Date.context_today(self).year
        blocks = [
            self._prepare_awards(year),
            self._prepare_on_the_way(),
            self._prepare_time(year),
            self._prepare_money(year),
            self._prepare_campaigns(year),
            self._prepare_quality(year),
        ]
        return {"year": year, "blocks": [block for block in blocks if block["figures"] or block["bars"]]}

    # ------------------------------------------------------------------
    # The blocks
    # ------------------------------------------------------------------

    def _prepare_awards(self, year):
        granted = self._get_granted(year)
        people, others = (granted & Domain("subject", sign, "individual") for sign in ("=", "!="))
        return {
            "title": self.env._("Awards of the year"),
            "figures": [
                self._count(self.env._("Granted"), AWARDS, granted),
                self._count(self.env._("To individuals"), AWARDS, people),
                self._count(self.env._("To collectives and households"), AWARDS, others),
            ],
            "bars": self._split(AWARDS, granted, SPLITS) + self._split(AWARDS, people, PEOPLE_SPLITS),
        }

    def _prepare_on_the_way(self):
        waiting = Domain("state", "in", PENDING_STATES)
        late = waiting & Domain("is_overdue", "=", True)
        return {
            "title": self.env._("Dossiers on their way"),
            "figures": [
                self._count(self.env._("On their way"), AWARDS, waiting),
                self._count(self.env._("Past their day"), AWARDS, late, is_bad=True),
            ],
            "bars": self._split(AWARDS, waiting, ON_THE_WAY),
        }

    def _prepare_time(self, year):
        """Return how long it took: days are known of what was decided here."""
        decided = self._get_granted(year) & Domain("is_imported", "=", False)
        sudden = decided & Domain("commendation_type", "=", "ad_hoc")
        late = sudden & Domain("is_past_target", "=", True)
        return {
            "title": self.env._("Days to the decision"),
            "figures": [
                self._measure(self.env._("On average"), AWARDS, decided, "days_to_decide:avg"),
                self._measure(
                    self.env._("Sudden achievements, on average"), AWARDS, sudden, "days_to_decide:avg"
                ),
                self._count(self.env._("Sudden achievements after the target"), AWARDS, late, is_bad=True),
            ],
            "bars": [],
        }

    def _prepare_money(self, year):
        paid = self._get_granted(year) & Domain("prize_amount", ">", 0)
        figures = [
            self._measure(label, AWARDS, domain, "prize_amount:sum")
            for label, domain in (
                (self.env._("Prizes decided (đồng)"), paid),
                (self.env._("Of which paid (đồng)"), paid & Domain("prize_state", "=", "paid")),
                (self.env._("Still to pay (đồng)"), paid & Domain("prize_state", "=", "to_pay")),
            )
        ]
        return {
            "title": self.env._("Prize money"),
            "figures": [*figures, *self._prepare_fund(year)],
            "bars": [],
        }

    def _prepare_fund(self, year):
        if not self.env["emulation.fund"].has_access("read"):
            return []
        domain = Domain("year", "=", year) & Domain("company_id", "in", self.env.companies.ids)
        funds = self.env["emulation.fund"].search(domain)
        left = sum(funds.mapped("left"))
        label = self.env._("Left in the fund (đồng)")
        return [self._figure(label, "emulation.fund", domain, left, is_bad=left < 0)] if funds else []

    def _prepare_campaigns(self, year):
        missing = Domain("is_missing", "=", True)
        first, last = f"{year}-01-01", f"{year}-12-31"
        honoured = Domain("honoured_on", ">=", first) & Domain("honoured_on", "<=", last)
        figures = [
            self._count(
                self.env._("Campaigns running"), "emulation.campaign", Domain("state", "=", "launched")
            ),
            self._count(self.env._("Sheets not submitted"), SHEETS, missing),
            self._count(
                self.env._("Sheets past their day"), SHEETS, Domain("is_overdue", "=", True), is_bad=True
            ),
            self._count(self.env._("Exemplary models honoured"), "emulation.exemplar", honoured),
            self._count(
                self.env._("Council sessions in the next 30 days"),
                "emulation.session",
                self.env["emulation.desk"]._get_coming_domain("emulation.session/date_start"),
            ),
        ]
        return {
            "title": self.env._("Campaigns and council"),
            "figures": [figure for figure in figures if figure],
            "bars": self._split(SHEETS, missing, {"unit_id": _lt("Sheets not submitted by unit")}),
        }

    def _prepare_quality(self, year):
        """Return what is missing in the registers and makes figures and eligibility less than they could be."""
        title, last = self.env._("Quality of data"), year - 1
        if not self._is_officer():
            return {"title": title, "figures": [], "bars": []}
        unknown = self._get_granted(year) & Domain("sex", "=", "unknown")
        people = Domain("id", "not in", self._get_rated(last)) & Domain(
            "company_id", "in", self.env.companies.ids
        )
        return {
            "title": title,
            "figures": [
                self._count(
                    self.env._("Awards to people whose sex is not recorded"), AWARDS, unknown, is_bad=True
                ),
                self._count(
                    self.env._("People without a yearly rating for %(year)s", year=last),
                    "hr.employee.public",
                    people,
                    is_bad=True,
                ),
            ],
            "bars": [],
        }

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def _get_granted(self, year):
        day = "granted_date"
        of_year = Domain(day, ">=", f"{year}-01-01") & Domain(day, "<=", f"{year}-12-31")
        return Domain("state", "=", "granted") & of_year

    def _get_rated(self, year):
        ratings = self.env["emulation.rating"].search_fetch(
            Domain("year", "=", year) & Domain("employee_id", "!=", False), ["employee_id"]
        )
        return ratings.employee_id.ids

    def _is_officer(self):
        return self.env.user.has_group("hr_emulation.group_emulation_officer")

    def _count(self, label, model, domain, is_bad=False):
        """Return a number of records; nothing where the user may not read them at all."""
        records = self.env[model]
        if not records.has_access("read"):
            return None
        count = records.search_count(domain)
        return self._figure(label, model, domain, count, is_bad=is_bad and count > 0)

    def _measure(self, label, model, domain, measure):
        [(value, count)] = self.env[model]._read_group(domain, [], [measure, "__count"])
        return self._figure(label, model, domain, (value or 0) if count else None)

    def _figure(self, label, model, domain, value, is_bad=False):
        text = "–" if value is None else formatLang(self.env, value, digits=0 if value == int(value) else 1)
        return {
            "label": label,
            "text": text,
            "value": value,
            "is_bad": is_bad,
            "model": model,
            "domain": list(domain),
        }

    def _split(self, model, domain, splits):
        """Return comparisons, the longest bar first; one without any row is left out."""
        records = self.env[model]
        readable = [name for name in splits if records._has_field_access(records._fields[name], "read")]
        made = [
            {"title": str(splits[name]), "model": model, "rows": self._list_rows(records, domain, name)}
            for name in readable
        ]
        return [bar for bar in made if bar["rows"]]

    def _list_rows(self, records, domain, name):
        field = records._fields[name]
        labels = dict(field._description_selection(self.env)) if field.type == "selection" else {}
        groups = records._read_group(domain, [name], ["__count"], order="__count DESC")
        rows = []
        for value, count in groups[:BARS]:
            key = value.id if field.type == "many2one" else value
            # sudo: hr.department - the name only
            label = value.sudo().name if field.type == "many2one" and value else labels.get(value)
            rows.append(
                {
                    "label": label or self.env._("Not recorded"),
                    "count": count,
                    "domain": list(domain & Domain(name, "=", key or False)),
                }
            )
        return rows
