from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ...engine import prize


class EmulationBaseSalary(models.Model):
    """Base salary (mức lương cơ sở) by date: prizes are multiples of it."""

    _name = "emulation.base.salary"
    _description = "Base salary"
    _order = "date_from desc"
    _rec_name = "date_from"
    _inherit = ["emulation.guard.mixin", "emulation.shipped.mixin"]
    _shipped_fields = ("date_from", "amount", "legal_document_id")
    _shipped_returns = False
    _writable = {"*": {"admin": {"date_from", "amount", "legal_document_id"}}}
    _deletable = {"*": "admin"}

    date_from = fields.Date(string="In force from", required=True)
    currency_id = fields.Many2one(
        "res.currency", default=lambda self: self.env.ref("base.VND"), required=True, readonly=True
    )
    amount = fields.Monetary(required=True, help="Đồng a month.")
    legal_document_id = fields.Many2one("emulation.legal.document", string="Legal basis")
    confidence = fields.Selection(related="legal_document_id.confidence")

    _date_uniq = models.Constraint("UNIQUE (date_from)", "There is already a base salary from this date.")

    @api.constrains("amount")
    def _check_amount(self):
        for salary in self:
            if salary.amount <= 0 or salary.amount != int(salary.amount):
                raise ValidationError(
                    self.env._(
                        "The base salary from %(date)s must be a whole number of đồng above zero.",
                        date=format_date(self.env, salary.date_from),
                    )
                )

    @api.model
    def _get_amounts(self, days):
        """Return ``{day: base salary}``, without days before the first one."""
        # sudo: emulation.base.salary - public figures
        table = [(line.date_from, int(line.amount)) for line in self.sudo().search([])]
        first = min(table)[0] if table else None
        return {day: prize.base_salary_on(day, table) for day in days if first and day >= first}

    @api.model
    def _amount_on(self, date):
        """Return the base salary in force on a date: for a prize, the decision's issue date.

        :param datetime.date date: the day
        :return: đồng a month
        :rtype: int
        :raises UserError: the day lies before the first base salary
        """
        # sudo: emulation.base.salary - a plain lookup of a public figure, also for portal pages
        table = [(line.date_from, int(line.amount)) for line in self.sudo().search([])]
        try:
            return prize.base_salary_on(date, table)
        except ValueError as error:
            first = format_date(self.env, min(table)[0]) if table else self.env._("(none)")
            raise UserError(
                self.env._(
                    "No base salary is known on %(date)s: the first starts on %(first)s.",
                    date=format_date(self.env, date),
                    first=first,
                )
            ) from error
