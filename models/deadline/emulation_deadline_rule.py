from datetime import date as Date

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...engine import working_days
from ..rulebook.confidence import CONFIDENCE, CONFIDENCE_HELP

WAITING = ("submitted", "endorsed", "appraised")


class EmulationDeadlineRule(models.Model):
    """What has to be done by when, and what sets the clock (Decree 152/2025/NĐ-CP, Articles 35, 56 and 58)."""

    _name = "emulation.deadline.rule"
    _description = "Rule of a deadline"
    _inherit = ["emulation.search.mixin", "emulation.guard.mixin", "emulation.shipped.mixin"]
    _shipped_fields = (
        "name",
        "sequence",
        "trigger",
        "month",
        "day",
        "days",
        "warn_days",
        "article",
        "confidence",
    )
    _writable = {
        "*": {
            "admin": {
                *("name", "sequence", "trigger", "month", "day", "days", "warn_days", "award_ids", "article"),
                *("agency_kind_ids", "confidence", "company_id", "active"),
            }
        }
    }
    _deletable = {"*": "admin"}
    _search_key_fields = ("name",)
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10, aggregator=None)
    trigger = fields.Selection(
        [
            ("yearly", "Every year on a day"),
            ("received", "Dossier received"),
            ("rejected", "Proposal refused"),
            ("revoked", "Decision revoked"),
        ],
        string="Runs from",
        required=True,
        default="yearly",
    )
    month = fields.Integer(default=12, aggregator=None)
    day = fields.Integer(default=31, aggregator=None)
    days = fields.Integer(string="Working days", default=10, aggregator=None)
    warn_days = fields.Integer(
        string="Told so many days before", default=14, aggregator=None, help="Calendar days."
    )
    award_ids = fields.Many2many("emulation.award", string="Awards", help="Empty: all awards.")
    agency_kind_ids = fields.Many2many(
        "emulation.agency.kind", string="Kinds of agency", help="Empty: every agency."
    )
    article = fields.Char()
    confidence = fields.Selection(CONFIDENCE, default="recalled", required=True, help=CONFIDENCE_HELP)
    company_id = fields.Many2one("res.company", index=True, help="Empty: shared by all companies.")
    active = fields.Boolean(default=True)

    _days_positive = models.Constraint(
        "CHECK (days > 0 AND warn_days >= 0)", "Count one working day or more."
    )

    @api.constrains("trigger", "month", "day")
    def _check_day(self):
        for rule in self.filtered(lambda rule: rule.trigger == "yearly"):
            try:
                Date(2027, rule.month, rule.day)
            except ValueError:
                raise ValidationError(
                    self.env._("%(rule)s: there is no such day in the calendar.", rule=rule.name)
                ) from None

    def _concerns(self, company):
        """Return whether the rule binds an agency."""
        self.ensure_one()
        if self.company_id and self.company_id != company:
            return False
        return not self.agency_kind_ids or company.emulation_agency_kind_id in self.agency_kind_ids

    # ------------------------------------------------------------------
    # What sets the clock
    # ------------------------------------------------------------------

    def _prepare_deadlines(self, company):
        """Return the values of the deadlines that run now for an agency, those on record already included."""
        self.ensure_one()
        return getattr(self, f"_prepare_{self.trigger}")(company)

    def _prepare_yearly(self, company):
        """The next one, within a year."""
        today, is_working = fields.Date.context_today(self), company._get_emulation_is_working()
        for year in (today.year - 1, today.year):
            end = working_days.end_of_period(Date(year, self.month, self.day), is_working)
            if end >= today:
                return [{"year": year, "date": end}]
        end = working_days.end_of_period(Date(today.year + 1, self.month, self.day), is_working)
        return [{"year": today.year + 1, "date": end}]

    def _prepare_received(self, company):
        domain = [("state", "in", WAITING), ("received_on", "!=", False)]
        return self._prepare_for_commendations(company, domain, "received_on")

    def _prepare_rejected(self, company):
        """Of the last half year: what was refused before is history."""
        since = fields.Date.context_today(self) - relativedelta(months=6)
        domain = [("state", "=", "rejected"), ("rejected_on", ">=", since)]
        return self._prepare_for_commendations(company, domain, "rejected_on")

    def _prepare_for_commendations(self, company, domain, start):
        is_working = company._get_emulation_is_working()
        awards = [("award_id", "in", self.award_ids.ids)] if self.award_ids else []
        records = self.env["emulation.commendation"].search(
            [("company_id", "=", company.id), *domain, *awards]
        )
        records.fetch([start])
        return [
            {
                "commendation_id": record.id,
                "date": working_days.deadline_after(
                    fields.Date.to_date(record[start]), self.days, is_working
                ),
            }
            for record in records
        ]

    def _prepare_revoked(self, company):
        since = fields.Date.context_today(self) - relativedelta(months=6)
        is_working = company._get_emulation_is_working()
        decisions = self.env["emulation.decision"].search(
            [
                ("company_id", "=", company.id),
                ("kind", "=", "revocation"),
                ("state", "=", "issued"),
                ("issue_date", ">=", since),
            ]
        )
        return [
            {
                "decision_id": decision.id,
                "date": working_days.deadline_after(decision.issue_date, self.days, is_working),
            }
            for decision in decisions
        ]
