from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from .emulation_council_member import ROLES

# What follows the member until the vote is opened, and stays as it was then.
PINNED_FIELDS = ("sequence", "name", "role", "has_vote", "user_id")


class EmulationSessionAttendance(models.Model):
    """The attendance list of a session: who takes part, how, and who has voted. Never how anybody voted.

    A line follows the member until the vote is opened. From then on name, role, right to vote and account
    stay as they were; only who comes late is marked as arrived.
    """

    _name = "emulation.session.attendance"
    _description = "Attendance at a session"
    _inherit = ["emulation.guard.mixin"]
    _order = "session_id, sequence, id"
    _rec_name = "name"
    _check_company_auto = True
    _guard_parent = "session_id"
    _writable = {
        "draft": {"officer": {"session_id", "member_id", "presence", "uses_paper", "reason"}},
        "open": {"officer": {"reason"}},
    }
    _deletable = {"draft": "officer"}

    session_id = fields.Many2one("emulation.session", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="session_id.company_id", store=True, index=True)
    member_id = fields.Many2one("emulation.council.member", required=True, ondelete="restrict", index=True)
    sequence = fields.Integer(compute="_compute_pinned", store=True, precompute=True)
    name = fields.Char(compute="_compute_pinned", store=True, precompute=True)
    role = fields.Selection(ROLES, compute="_compute_pinned", store=True, precompute=True)
    has_vote = fields.Boolean(string="Votes", compute="_compute_pinned", store=True, precompute=True)
    user_id = fields.Many2one(
        "res.users",
        string="Account",
        compute="_compute_pinned",
        store=True,
        precompute=True,
        index="btree_not_null",
        help="The account that votes from this line. It is fixed when the vote is opened.",
    )
    position_name = fields.Char(string="Post of the member", readonly=True, copy=False)
    presence = fields.Selection(
        [("present", "Present"), ("written", "Opinion in writing"), ("absent", "Absent")],
        required=True,
        default="absent",
    )
    uses_paper = fields.Boolean(
        string="On paper", help="Votes on paper or by show of hands; the secretary enters the totals."
    )
    reason = fields.Char(string="Reason of absence")
    has_voted = fields.Boolean(string="Has voted", readonly=True, copy=False)

    _member_uniq = models.Constraint("UNIQUE (session_id, member_id)", "A member is on the list once.")

    @api.depends(*(f"member_id.{name}" for name in PINNED_FIELDS))
    def _compute_pinned(self):
        for row in self:
            # sudo: emulation.council.member - the seat the line is about
            source = row.member_id.sudo() if row.session_id.state in (False, "draft") else row
            for name in PINNED_FIELDS:
                row[name] = source[name]

    @property
    def _is_voter(self):
        """Whether the member is expected to vote: in the room or in writing."""
        return self.has_vote and self.presence != "absent"

    @property
    def _takes_part(self):
        """Whether the member takes part: who was asked in writing does once the opinion is there."""
        asked = self.presence == "written" and not self.uses_paper and self.session_id.state != "draft"
        asked = asked and self.session_id.item_ids  # where nothing is voted on, no vote is waited for
        return self._is_voter and (self.has_voted or not asked)

    def _can_cast(self):
        """Tell whether an electronic vote is still to be cast from this seat."""
        self.ensure_one()
        is_awaited = self.session_id.state == "open" and bool(self.session_id.item_ids)
        return is_awaited and self._is_voter and not (self.uses_paper or self.has_voted)

    @api.constrains("uses_paper")
    def _check_paper(self):
        if any(not row.uses_paper and row.session_id.ballot_way != "electronic" for row in self):
            raise ValidationError(self.env._("In this session everybody votes on paper or by show of hands."))

    # ------------------------------------------------------------------
    # Who comes late
    # ------------------------------------------------------------------

    def action_arrive(self):
        """Mark who comes after the vote was opened as present, so that they vote too."""
        self.check_access("write")
        reasons = self._get_cannot_arrive_reason()
        if len(reasons) == len(self):
            raise UserError("\n".join(reasons.values()))
        self.filtered(lambda row: row.id not in reasons)._do_arrive()

    def _get_cannot_arrive_reason(self):
        """Return {id: reason}."""
        return {
            row.id: self.env._(
                "%(member)s: only who was absent arrives, while the vote is open.", member=row.name
            )
            for row in self
            if row.session_id.state != "open" or row.presence != "absent"
        }

    @api.private
    def _do_arrive(self):
        self._wait_for_lock()
        late = self.filtered(lambda row: row.session_id.state == "open" and row.presence == "absent")
        for session, rows in late.grouped("session_id").items():
            presence = "written" if session.form == "written" else "present"
            for paper, some in rows.grouped(lambda row: row.uses_paper or not row.user_id).items():
                some._write_protected({"presence": presence, "uses_paper": paper, "reason": False})
            session.message_post(
                body=self.env._(
                    "Arrived after the vote was opened: %(names)s.", names=", ".join(rows.mapped("name"))
                )
            )
            session._notify_voters(rows)

    # ------------------------------------------------------------------
    # For the session
    # ------------------------------------------------------------------

    @api.private
    def _pin(self):
        """Note the posts of the members as they are; the rest of the line stays as it is from now on."""
        self.flush_recordset()
        for row in self:
            # sudo: hr.employee - the post only, for the minutes
            row._write_protected({"position_name": row.sudo().member_id.employee_id.job_title})

    def _get_position(self):
        """Return the post of the member: as noted when the vote was opened, else as it is now."""
        self.ensure_one()
        if self.session_id.state != "draft":
            return self.position_name or ""
        # sudo: hr.employee - the post only, for a paper
        return self.sudo().member_id.employee_id.job_title or ""

    @api.private
    def _wait_for_lock(self):
        """Lock the lines; wait for a vote being cast from one of them.

        If one was changed meanwhile, PostgreSQL refuses and the whole request is played again, with nothing
        in the log: it is no fault.
        """
        if self:
            self.env.cr.execute(
                SQL(
                    "SELECT id FROM emulation_session_attendance WHERE id IN %s ORDER BY id FOR UPDATE",
                    tuple(self.ids),
                ),
                log_exceptions=False,
            )
            self.invalidate_recordset(["has_voted", "presence", "uses_paper"], flush=True)

    @api.private
    def _forget_times(self):
        """Give all lines the same author and time: when somebody voted is nobody's business afterwards."""
        self.flush_recordset()
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
