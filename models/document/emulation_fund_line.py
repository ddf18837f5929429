from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ...engine import vietnamese
from ..mixin.labels import get_labels


class EmulationFundLine(models.Model):
    """What is put into the fund of a year, or taken out of it otherwise than by the prize of a decision."""

    _name = "emulation.fund.line"
    _description = "Line of the emulation fund"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "fund_id"
    _writable = {"*": {"officer": {"fund_id", "date", "name", "kind", "amount", "is_planned"}}}
    _deletable = {"*": "officer"}
    _order = "date, id"

    fund_id = fields.Many2one("emulation.fund", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="fund_id.company_id", store=True)
    currency_id = fields.Many2one(related="fund_id.currency_id")
    date = fields.Date(required=True, default=fields.Date.context_today)
    name = fields.Char(string="What for", required=True)
    kind = fields.Selection(
        [
            ("income", "Put in"),
            ("objects", "Certificates, badges, frames, flowers"),
            ("gifts", "Souvenirs and gifts"),
            ("organising", "Organising"),
            ("other", "Other"),
        ],
        required=True,
        default="objects",
    )
    amount = fields.Monetary(required=True)
    is_planned = fields.Boolean(string="Planned", help="Not spent yet.")

    @api.constrains("amount")
    def _check_amount(self):
        for line in self:
            if line.amount <= 0 or line.amount != int(line.amount):
                raise ValidationError(
                    self.env._("%(line)s: give a whole amount of đồng above zero.", line=line.name)
                )

    # ------------------------------------------------------------------
    # Every entry, change and deletion stays in the log of the fund
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._note_use()
        lines._log({line: self.env._("Entered: %(entry)s", entry=line._describe()) for line in lines})
        return lines

    def write(self, vals):
        before = {line: (line.fund_id, line._describe()) for line in self}
        result = super().write(vals)
        self._note_use()
        notes = {}
        for line, (fund, text) in before.items():
            if line.fund_id != fund:
                fund._log_entries([self.env._("Moved to another fund: %(entry)s", entry=text)])
            if (now := line._describe()) != text:
                notes[line] = self.env._("Changed: %(before)s → %(after)s", before=text, after=now)
        self._log(notes)
        return result

    def unlink(self):
        self._log({line: self.env._("Deleted: %(entry)s", entry=line._describe()) for line in self})
        return super().unlink()

    def _note_use(self):
        """Keep on the fund that money moved, whatever becomes of the entry."""
        used = self.filtered(lambda line: not line.is_planned).fund_id
        used.filtered(lambda fund: not fund.is_used)._write_protected({"is_used": True})

    def _describe(self):
        """Return the entry in one line, as the log keeps it."""
        self.ensure_one()
        kinds = get_labels(self, "kind")
        parts = [
            self.name,
            f"{vietnamese.format_amount(int(self.amount))} đồng",
            kinds[self.kind],
            format_date(self.env, self.date),
        ]
        return ", ".join([*parts, self.env._("planned")] if self.is_planned else parts)

    def _log(self, notes):
        """Write notes into the logs of the funds, one message a fund.

        :param notes: {line: text}
        """
        for fund, lines in self.filtered(lambda line: line in notes).grouped("fund_id").items():
            fund._log_entries([notes[line] for line in lines])
