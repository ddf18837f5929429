from odoo import api, fields, models
from odoo.tools import SQL


class EmulationRestrictionReading(models.Model):
    """Who looked at which restriction, changed or deleted it, and when. Only ever added to.

    For administrators and the head of the agency.

    A discipline or a pending case is confidential: the agency has to be able to say who saw it (Law
    91/2025/QH15 on personal data). A line holds the number of the restriction and no name, so that reading the log
    discloses nothing and outlives what it is about.
    """

    _name = "emulation.restriction.reading"
    _description = "Look at a restriction"
    _inherit = ["emulation.guard.mixin"]
    _order = "id desc"
    _rec_name = "restriction_number"
    _write_once = True

    user_id = fields.Many2one("res.users", string="Who", required=True, readonly=True, index=True)
    date = fields.Datetime(string="When", required=True, readonly=True)
    restriction_number = fields.Integer(
        string="Record number", required=True, readonly=True, aggregator=None, help="0: counted or grouped."
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    what = fields.Selection(
        [
            ("read", "Opened or listed"),
            ("grouped", "Counted or grouped"),
            ("changed", "Changed"),
            ("deleted", "Deleted"),
        ],
        string="Kind of look",
        required=True,
        readonly=True,
    )

    # One line a request, in however many pieces it reads.
    _once_a_request = models.UniqueIndex("(user_id, restriction_number, company_id, date, what)")

    @api.model
    @api.private
    def _note(self, restrictions, what="read"):
        """Keep that the current user reads, changes or deletes these restrictions; one statement for any number."""
        restrictions = restrictions._origin  # a form that is being filled in has no record to read
        # A record that is being entered is nobody's secret yet, and has no number.
        if ids := tuple(restrictions.ids):
            source = SQL("SELECT id, company_id, %s FROM emulation_restriction WHERE id IN %s", what, ids)
            self._insert(source)

    @api.model
    @api.private
    def _note_grouping(self):
        """Keep that the current user counts or groups restrictions: that tells of them without opening one."""
        companies = self.env.companies._ids or (0,)
        self._insert(SQL("SELECT 0, id, 'grouped' FROM res_company WHERE id IN %s", companies))

    def _insert(self, source):
        # By SQL: nobody may write here, and a list of eighty costs one statement.
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO emulation_restriction_reading
                    (user_id, date, create_uid, create_date, write_uid, write_date,
                     restriction_number, company_id, what)
                SELECT %(uid)s, %(now)s, %(uid)s, %(now)s, %(uid)s, %(now)s, source.*
                  FROM (%(source)s) AS source
                    ON CONFLICT DO NOTHING
                """,
                uid=self.env.uid,
                now=self.env.cr.now(),
                source=source,
            )
        )

    def action_open(self):
        """Open the restriction, which is one more look at it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "emulation.restriction",
            "res_id": self.restriction_number,
            "view_mode": "form",
        }
