from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine import prize, vietnamese

BASES = [
    ("salary", "Grade salary fund of the year"),
    ("spending", "Regular budget spending of the year"),
    ("own", "Own rules: no ceiling in the decree"),
]


class EmulationFund(models.Model):
    """The emulation and commendation fund (quỹ thi đua, khen thưởng) of an agency for a year.

    What may be put in, and what part of it may pay for the organising of movements, comes from the kind of agency
    and the rule book (Decree 152/2025/NĐ-CP, Articles 46–48); prizes are counted from the decisions, everything
    else is a line.

    A year keeps what was paid in it, whatever happens later: a prize that comes back after its decision was revoked
    (Article 58) counts in the year it comes back. What is still to pay counts in the year of its decision, and
    once that year is over in the running one, which will pay it.
    """

    _name = "emulation.fund"
    _description = "Emulation and commendation fund"
    _inherit = ["emulation.guard.mixin", "emulation.thread.mixin"]
    _order = "year desc, company_id"
    _writable = {
        "*": {
            "officer": {
                *("company_id", "year", "basis", "basis_amount", "ceiling_percent", "organising_percent"),
                "article",
                "line_ids",
            }
        }
    }
    _deletable = {"*": "officer"}

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True, tracking=True
    )
    year = fields.Integer(
        required=True,
        default=lambda self: fields.Date.context_today(self).year,
        aggregator=None,
        tracking=True,
    )
    currency_id = fields.Many2one(
        "res.currency", default=lambda self: self.env.ref("base.VND"), required=True, readonly=True
    )

    # what the law allows
    basis = fields.Selection(
        BASES,
        compute="_compute_limits",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        tracking=True,
    )
    basis_amount = fields.Monetary(string="Amount it is measured by", tracking=True)
    ceiling_percent = fields.Float(
        string="At most (%)",
        digits=(5, 2),
        compute="_compute_limits",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="From the kind of agency; change it where your province or ministry has its own figure.",
    )
    organising_percent = fields.Float(
        string="For organising, at most (%)",
        digits=(5, 2),
        compute="_compute_limits",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="Launching, guiding and reviewing movements, publicity, inspection, council meetings.",
    )
    article = fields.Char(compute="_compute_limits", store=True, readonly=False, precompute=True)
    ceiling = fields.Monetary(compute="_compute_ceiling", help="Empty: no ceiling.")

    # planned, spent, left
    line_ids = fields.One2many("emulation.fund.line", "fund_id", string="Entries")
    income = fields.Monetary(compute="_compute_amounts")
    income_planned = fields.Monetary(
        string="To be put in", compute="_compute_amounts", help="Planned, and not there yet."
    )
    prizes_spent = fields.Monetary(string="Prizes paid", compute="_compute_amounts")
    prizes_returned = fields.Monetary(
        string="Prizes that came back",
        compute="_compute_amounts",
        help="Of revoked decisions, in the year they came back. Where they go to the state budget instead, enter them"
        " as taken out.",
    )
    prizes_planned = fields.Monetary(
        string="Prizes to pay",
        compute="_compute_amounts",
        help="Of issued decisions, and what drafts would come to; of earlier years too, while they are not paid.",
    )
    organising = fields.Monetary(compute="_compute_amounts", help="Planned and spent.")
    spent = fields.Monetary(compute="_compute_amounts")
    planned = fields.Monetary(compute="_compute_amounts")
    left = fields.Monetary(
        string="Amount left",
        compute="_compute_amounts",
        help="What was put in and what came back, less what is spent and planned.",
    )
    warnings = fields.Text(compute="_compute_amounts")
    is_used = fields.Boolean(
        string="Money moved", readonly=True, copy=False, help="Money went in or out once."
    )

    _figures_sane = models.Constraint(
        "CHECK (basis_amount >= 0 AND ceiling_percent BETWEEN 0 AND 100 AND organising_percent BETWEEN 0 AND 100)",
        "An amount is never below zero, and a share lies between 0 and 100 per cent.",
    )
    _year_sane = models.Constraint("CHECK (year BETWEEN 2000 AND 2100)", "Give the year with four figures.")
    _year_uniq = models.Constraint(
        "UNIQUE (company_id, year)", "The agency already has a fund for this year."
    )

    @api.depends("year", "company_id")
    def _compute_display_name(self):
        for fund in self:
            fund.display_name = self.env._("Fund of %(year)s", year=fund.year)

    @api.depends("company_id", "year")
    def _compute_limits(self):
        books = self.env["emulation.rulebook"]
        for fund in self:
            kind = fund.company_id.sudo().emulation_agency_kind_id  # sudo: res.company - a setting
            last_day = fields.Date.to_date(f"{fund.year:04d}-12-31") if 1900 < fund.year < 2200 else False
            today = fields.Date.context_today(self)
            book = (
                books._for_date(fund.company_id, min(last_day, today), raise_if_none=False)
                if last_day
                else books
            )
            fund.basis = kind.fund_basis or "own"
            fund.ceiling_percent = kind.fund_percent
            fund.article = ", ".join(filter(None, (kind.fund_article, book.organising_article))) or False
            fund.organising_percent = book.organising_percent

    @api.depends("basis", "basis_amount", "ceiling_percent")
    def _compute_ceiling(self):
        for fund in self:
            is_bound = fund.basis != "own"
            fund.ceiling = self._take_share(fund.basis_amount, fund.ceiling_percent) if is_bound else 0

    @staticmethod
    def _take_share(amount, percent):
        """Return so many per cent of an amount in whole đồng, without binary error.

        >>> EmulationFund._take_share(100_000_000, 1.15)
        1150000
        """
        return int(prize.exact(amount) * prize.exact(percent) / 100)

    @api.depends(
        "company_id",
        "year",
        "ceiling",
        "ceiling_percent",
        "basis",
        "basis_amount",
        "organising_percent",
        "line_ids.amount",
        "line_ids.date",
        "line_ids.kind",
        "line_ids.is_planned",
    )
    def _compute_amounts(self):
        paid, returned, to_pay, uncounted = self._get_prizes()
        for fund in self:
            key = fund.company_id.id, fund.year
            lines = fund.line_ids
            costs = lines.filtered(lambda line: line.kind != "income")
            planned = costs.filtered("is_planned")
            income = (lines - costs).grouped("is_planned")
            fund.income = sum(income.get(False, lines.browse()).mapped("amount"))
            fund.income_planned = sum(income.get(True, lines.browse()).mapped("amount"))
            fund.organising = sum(costs.filtered(lambda line: line.kind == "organising").mapped("amount"))
            fund.prizes_spent, fund.prizes_planned = paid.get(key, 0), to_pay.get(key, 0)
            fund.prizes_returned = returned.get(key, 0)
            fund.spent = sum((costs - planned).mapped("amount")) + fund.prizes_spent
            fund.planned = sum(planned.mapped("amount")) + fund.prizes_planned
            fund.left = fund.income + fund.prizes_returned - fund.spent - fund.planned
            fund.warnings = "\n".join(fund._get_warnings(uncounted.get(key, []))) or False

    def _get_prizes(self):
        """Return what was paid, what came back and what is to pay, each ``{(company id, year): đồng}``, and the drafts
        that cannot be counted."""
        today = fields.Date.context_today(self)
        back = [("prize_state", "=", "returned"), ("prize_returned_on", "!=", False)]
        # What came back before its day was kept is as if it had never been paid.
        paid = self._sum_prizes(
            "prize_paid_on", ["|", ("prize_state", "in", ("paid", "to_return")), "&", *back]
        )
        returned = self._sum_prizes("prize_returned_on", back)
        to_pay, uncounted = {}, {}
        for (company, year), total in self._sum_prizes(
            "granted_date", [("prize_state", "=", "to_pay")]
        ).items():
            key = company, max(year, today.year)
            to_pay[key] = to_pay.get(key, 0) + total
        drafts = self._get_drafts()
        totals = drafts._count_drafts()
        for draft in drafts:
            key = draft.company_id.id, max((draft.issue_date or today).year, today.year)
            to_pay[key] = to_pay.get(key, 0) + totals.get(draft, 0)
            if draft not in totals:
                uncounted.setdefault(key, []).append(draft.display_name)
        return paid, returned, to_pay, uncounted

    def _sum_prizes(self, date_field, domain):
        # sudo: emulation.commendation - sums only, of the agency's whole fund
        groups = (
            self.env["emulation.commendation"]
            .sudo()
            ._read_group(
                [
                    ("company_id", "in", self.company_id.ids),
                    ("decision_id.external_issuer", "=", False),
                    (date_field, "!=", False),
                    *domain,
                ],
                ["company_id", f"{date_field}:year"],
                ["prize_amount:sum"],
            )
        )
        return {(company.id, day.year): int(total or 0) for company, day, total in groups}

    def _get_drafts(self):
        """Return the drafts of decisions that would be paid from these funds."""
        # sudo: emulation.decision - sums only, as above
        return (
            self.env["emulation.decision"]
            .sudo()
            .search(
                [("company_id", "in", self.company_id.ids), ("state", "=", "draft"), ("kind", "=", "grant")]
            )
        )

    def _get_warnings(self, uncounted):
        """Return what is above a ceiling, or cannot be told, in words.

        :param uncounted: names of drafts that cannot be counted
        """
        money = vietnamese.format_amount
        warnings = self._get_gaps(uncounted)
        put_in = self.income + self.income_planned
        if self.ceiling and put_in > self.ceiling:
            warnings.append(
                self.env._(
                    "%(income)s đồng were put in, the ceiling is %(ceiling)s đồng (%(article)s).",
                    income=money(int(put_in)),
                    ceiling=money(int(self.ceiling)),
                    article=self.article or "…",
                )
            )
        allowed = self._take_share(put_in, self.organising_percent)
        if self.organising > allowed:
            warnings.append(
                self.env._(
                    "Organising takes %(amount)s đồng; at most %(allowed)s đồng of the fund may (%(article)s).",
                    amount=money(int(self.organising)),
                    allowed=money(allowed),
                    article=self.article or "…",
                )
            )
        if self.left < 0:
            warnings.append(
                self.env._(
                    "%(amount)s đồng more are spent and planned than were put in.",
                    amount=money(-int(self.left)),
                )
            )
        return warnings

    def _log_entries(self, texts):
        """Keep what happened to entries of this fund in its log."""
        self.ensure_one()
        self._message_log(body=Markup("<br/>").join(texts))

    def _get_gaps(self, uncounted):
        """Return what is missing for the figures to be right, in words."""
        gaps = []
        if self.basis != "own" and not self.ceiling:
            gaps.append(
                self.env._(
                    "Enter the amount and the percentage of the ceiling: nobody can tell whether it is kept"
                    " (%(article)s).",
                    article=self.article or "…",
                )
            )
        outside = self.line_ids.filtered(lambda line: line.date and line.date.year != self.year)
        if outside:
            gaps.append(
                self.env._(
                    "%(count)s entries are dated outside %(year)s: %(names)s.",
                    count=len(outside),
                    year=self.year,
                    names="; ".join(outside[:3].mapped("name")),
                )
            )
        if uncounted:
            gaps.append(
                self.env._(
                    "No base salary is known on the day of these drafts, their prizes are not counted: %(names)s.",
                    names="; ".join(uncounted[:3]),
                )
            )
        return gaps

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        """What money went in and out is not made to disappear (Law 06/2022/QH15, Article 15), nor is the log of entries
        that were deleted since."""
        if used := self.filtered("is_used"):
            raise UserError(
                self.env._(
                    "Money went in or out: it stays on record (%(names)s).",
                    names=", ".join(used.mapped("display_name")),
                )
            )

    @api.model
    def _get_for_decision(self, decision):
        """Return the fund a decision is paid from; may be empty."""
        day = decision.issue_date or fields.Date.context_today(self)
        return self.search([("company_id", "=", decision.company_id.id), ("year", "=", day.year)])
