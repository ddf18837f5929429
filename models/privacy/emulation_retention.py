from odoo import api, fields, models
from odoo.fields import Domain

# kind: (model, which of its records end, the day its period starts). What a record of the register needs is never here.
KINDS = {
    "dossier": (
        "emulation.commendation",
        [
            ("state", "in", ("rejected", "withdrawn")),
            ("session_item_ids", "=", False),
            ("decision_id", "=", False),
            ("certificate_ids", "=", False),
        ],
        "state_changed_on",
    ),
    "sheet": (
        "emulation.evaluation",
        [("state", "=", "confirmed"), ("review_id.state", "=", "closed")],
        "review_id.date_to",
    ),
    "restriction": ("emulation.restriction", [("date_to", "!=", False)], "date_to"),
    "absence": ("emulation.absence", [("date_to", "!=", False)], "date_to"),
    "request": ("emulation.request", [("state", "=", "answered")], "answered_on"),
    "import": ("emulation.import", [("state", "in", ("draft", "checked", "undone"))], "create_date"),
    "reading": ("emulation.restriction.reading", [], "date"),
}


class EmulationRetention(models.Model):
    """How long an agency keeps a kind of record; when the time is over, it comes onto a list to decide on.

    An agency without a period of its own follows the shared one. Personal data is kept no longer than its purpose needs
    (Decree 13/2023/NĐ-CP, Article 3(7)); the purposes are in docs/personal-data.md.
    """

    _name = "emulation.retention"
    _description = "Retention period"
    _inherit = ["emulation.guard.mixin"]
    _order = "company_id, kind"
    _rec_name = "kind"
    _writable = {"*": {"admin": {"kind", "years", "note", "company_id"}}}
    _deletable = {"*": "admin"}

    kind = fields.Selection(
        [
            ("dossier", "Dossiers closed without an award"),
            ("sheet", "Concluded scoring sheets"),
            ("restriction", "Disciplines and cases that ended"),
            ("absence", "Absences that ended"),
            ("request", "Answered requests of recipients"),
            ("import", "Imported lists of which nothing is stored"),
            ("reading", "Log of looks at restrictions"),
        ],
        required=True,
    )
    years = fields.Integer(string="Years kept", required=True, aggregator=None, help="0: kept for ever.")
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self.env.company if not self.env.su else False,
        help="Empty: for every agency without a period of its own.",
    )
    note = fields.Char(string="Ground", help="For example the agency's own list of retention periods.")

    _kind_uniq = models.UniqueIndex(
        "(kind, COALESCE(company_id, 0))", "There is already a period for this kind of record."
    )
    _years_not_negative = models.Constraint("CHECK (years BETWEEN 0 AND 100)", "Write a number of years.")

    @api.model
    @api.private
    def _get_periods(self, company):
        """Return {kind: years} for an agency, without what is kept for ever."""
        # sudo: emulation.retention - the shared ones and the agency's own, which go before
        rows = self.sudo().search([("company_id", "in", (company.id, False))])
        years = {row.kind: row.years for row in rows.sorted(lambda row: bool(row.company_id))}
        return {kind: number for kind, number in years.items() if number}

    @api.model
    @api.private
    def _find_due(self, company, kind, years, today):
        """Return the records of a kind whose period is over.

        :param int years: full years since the day the period starts
        """
        model, ended, start = KINDS[kind]
        limit = fields.Date.subtract(today, years=years)
        domain = Domain(ended) & Domain("company_id", "=", company.id) & Domain(start, "<", limit)
        # sudo: the model of the kind - a job finds them, an administrator decides
        return self.env[model].sudo().search(domain, order="id", limit=5000)
