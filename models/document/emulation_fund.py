from odoo import api, fields, models

from ...engine import vietnamese

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
    """

    _name = "emulation.fund"
    _description = "Emulation and commendation fund"
    _inherit = ["emulation.guard.mixin", "emulation.thread.mixin"]
    _order = "year desc, company_id"
    _writable = {
        "*": {
            "officer": {
                *(
                    "company_id",
                    "year",
                    "basis",
                    "basis_amount",
                    "ceiling_percent",
                    "organising_percent",
                    "article",
                ),
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
    prizes_spent = fields.Monetary(string="Prizes paid", compute="_compute_amounts")
    prizes_planned = fields.Monetary(
        string="Prizes to pay",
        compute="_compute_amounts",
        help="Of issued decisions of the year, and what its drafts would come to.",
    )
    organising = fields.Monetary(compute="_compute_amounts", help="Planned and spent.")
    spent = fields.Monetary(compute="_compute_amounts")
    planned = fields.Monetary(compute="_compute_amounts")
    left = fields.Monetary(
        compute="_compute_amounts", help="What was put in, less what is spent and planned."
    )
    warnings = fields.Text(compute="_compute_amounts")

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
            fund.ceiling = int(fund.basis_amount * fund.ceiling_percent / 100) if is_bound else 0

    @api.depends(
        "company_id",
        "year",
        "ceiling",
        "organising_percent",
        "line_ids.amount",
        "line_ids.kind",
        "line_ids.is_planned",
    )
    def _compute_amounts(self):
        prizes = self._get_prizes()
        for fund in self:
            lines = fund.line_ids
            costs = lines.filtered(lambda line: line.kind != "income")
            planned = costs.filtered("is_planned")
            fund.income = sum((lines - costs).mapped("amount"))
            fund.organising = sum(costs.filtered(lambda line: line.kind == "organising").mapped("amount"))
            fund.prizes_spent, fund.prizes_planned = prizes.get((fund.company_id.id, fund.year), (0, 0))
            fund.spent = sum((costs - planned).mapped("amount")) + fund.prizes_spent
            fund.planned = sum(planned.mapped("amount")) + fund.prizes_planned
            fund.left = fund.income - fund.spent - fund.planned
            fund.warnings = "\n".join(fund._get_warnings()) or False

    def _get_prizes(self):
        """Return ``{(company id, year): (paid, to pay)}`` in đồng: paid in the year; to pay by decisions dated in it,
        and what its drafts would come to."""
        paid = self._sum_prizes("prize_paid_on", [("prize_state", "in", ("paid", "to_return"))])
        to_pay = self._sum_prizes("granted_date", [("prize_state", "=", "to_pay")])
        for decision in self._get_drafts():
            day = decision.issue_date or fields.Date.context_today(self)
            key = decision.company_id.id, day.year
            to_pay[key] = to_pay.get(key, 0) + decision._get_expected_total()
        return {key: (paid.get(key, 0), to_pay.get(key, 0)) for key in paid.keys() | to_pay.keys()}

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

    def _get_warnings(self):
        """Return what is above a ceiling, in words."""
        money = vietnamese.format_amount
        warnings = []
        if self.ceiling and self.income > self.ceiling:
            warnings.append(
                self.env._(
                    "%(income)s đồng were put in, the ceiling is %(ceiling)s đồng (%(article)s).",
                    income=money(int(self.income)),
                    ceiling=money(int(self.ceiling)),
                    article=self.article or "…",
                )
            )
        allowed = int(self.income * self.organising_percent / 100)
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

    @api.model
    def _get_for_decision(self, decision):
        """Return the fund a decision is paid from; may be empty."""
        day = decision.issue_date or fields.Date.context_today(self)
        return self.search([("company_id", "=", decision.company_id.id), ("year", "=", day.year)])
