from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class EmulationSessionAttendance(models.Model):
    """The roll of a session: who takes part, how, and who has voted. Never how anybody voted."""

    _name = "emulation.session.attendance"
    _description = "Attendance at a session"
    _inherit = ["emulation.protected.mixin"]
    _order = "session_id, sequence, id"
    _rec_name = "name"
    _check_company_auto = True
    _protected_fields = frozenset({"has_voted"})

    session_id = fields.Many2one("emulation.session", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="session_id.company_id", store=True, index=True)
    member_id = fields.Many2one("emulation.council.member", required=True, ondelete="restrict", index=True)
    sequence = fields.Integer(related="member_id.sequence", store=True)
    name = fields.Char(related="member_id.name", store=True, string="Name")
    role = fields.Selection(related="member_id.role", store=True)
    has_vote = fields.Boolean(related="member_id.has_vote", store=True)
    presence = fields.Selection(
        [("present", "Present"), ("written", "Opinion in writing"), ("absent", "Absent")],
        required=True,
        default="absent",
    )
    uses_paper = fields.Boolean(
        string="On paper", help="Votes on paper or by show of hands; the secretary enters the totals."
    )
    reason = fields.Char(string="Reason of absence")
    has_voted = fields.Boolean(string="Voted", readonly=True, copy=False)

    _member_uniq = models.Constraint("UNIQUE (session_id, member_id)", "A member is on the roll once.")

    @property
    def _is_voter(self):
        """Whether the member takes part and has a vote."""
        return self.has_vote and self.presence != "absent"

    def _can_cast(self):
        """Tell whether an electronic vote is still to be cast from this seat."""
        self.ensure_one()
        return self.session_id.state == "open" and self._is_voter and not (self.uses_paper or self.has_voted)

    def write(self, vals):
        changes = {"presence", "uses_paper", "member_id", "session_id"} & vals.keys()
        if changes and not self._has_seal():
            self._check_roll_open()
        result = super().write(vals)
        if changes:
            self.session_id.filtered(lambda session: session.state == "open")._sync_ballots()
        return result

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._check_roll_open()
        rows.session_id.filtered(lambda session: session.state == "open")._sync_ballots()
        return rows

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if any(row.session_id.state != "draft" for row in self):
            raise UserError(
                self.env._("The roll of a session that was opened is kept. Mark who left as absent.")
            )

    def _check_roll_open(self):
        if any(row.session_id.state not in ("draft", "open") for row in self):
            raise UserError(self.env._("The session is over: its roll is fixed."))
        if any(row.has_voted for row in self):
            raise UserError(self.env._("Who has voted took part: that cannot be changed."))

    @api.private
    def _forget_times(self):
        """Give all rows the same author and time: when somebody voted is nobody's business afterwards."""
        if self:
            self.env.cr.execute(
                SQL(
                    "UPDATE emulation_session_attendance SET write_uid = %s, write_date = %s WHERE id IN %s",
                    self.env.uid,
                    self.env.cr.now(),
                    tuple(self.ids),
                )
            )
            self.invalidate_recordset(["write_uid", "write_date"])
