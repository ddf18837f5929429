from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine import ballot_box

# So many members of the board hold a code, and the box opens only with all of them.
HOLDERS = 2


class EmulationSessionTeller(models.Model):
    """A member of the counting board (ban kiểm phiếu) of one session.

    Where the board holds the keys of the ballot box, two of its members each get a code on a page of their
    own, once. The code is the key: it is shown and not stored; the server keeps the public half only.
    """

    _name = "emulation.session.teller"
    _description = "Member of a counting board"
    _inherit = ["emulation.guard.mixin"]
    _order = "session_id, sequence, id"
    _rec_name = "name"
    _check_company_auto = True
    _guard_parent = "session_id"
    _writable = {"draft": {"officer": {"session_id", "sequence", "employee_id", "role", "holds_code"}}}
    _deletable = {"draft": "officer"}

    session_id = fields.Many2one("emulation.session", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="session_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10, aggregator=None)
    employee_id = fields.Many2one("hr.employee", required=True, check_company=True, index=True)
    # Stored, so that a member who may not read employees sees who counts.
    name = fields.Char(related="employee_id.name", store=True, string="Member")
    role = fields.Selection(
        [("head", "Head of the board"), ("member", "Member of the board")], required=True, default="member"
    )
    holds_code = fields.Boolean(
        string="Holds a code", help="Two members of the board hold a code; the box opens only with both."
    )
    position_name = fields.Char(string="Post of the member", readonly=True, copy=False)
    # Which key file belongs to the code; neither code nor key is in the database.
    key_name = fields.Char(string="Key file", readonly=True, copy=False)
    has_code = fields.Boolean(string="Code made", compute="_compute_has_code")

    _employee_uniq = models.Constraint(
        "UNIQUE (session_id, employee_id)", "A person is on the counting board once."
    )

    @api.depends("key_name")
    def _compute_has_code(self):
        for teller in self:
            teller.has_code = bool(teller.key_name)

    # ------------------------------------------------------------------
    # ORM overrides
    # ------------------------------------------------------------------

    def write(self, vals):
        if {"employee_id", "holds_code"} & vals.keys() and any(self.mapped("key_name")):
            raise UserError(
                self.env._("This person has made a code. Remove the line and add the other person.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_with_key(self):
        # sudo: emulation.ballot.envelope - nobody has rights on it
        self.env["emulation.ballot.envelope"].sudo()._wipe_keys(self.mapped("key_name"))

    # ------------------------------------------------------------------
    # Codes
    # ------------------------------------------------------------------

    @api.model
    def _find_own(self, session_id, user):
        """Return the user's line on the counting board of a session, or an empty one."""
        # sudo: emulation.session.teller, hr.employee - the user's own line
        return self.sudo().search(
            [("session_id", "=", session_id), ("employee_id.user_id", "=", user.id)], limit=1
        )

    @api.private
    def _pin(self):
        """Note the posts as they are when the vote is opened."""
        for teller in self:
            # sudo: hr.employee - the post only, for the minutes
            teller._write_protected({"position_name": teller.sudo().employee_id.job_title})

    def _get_position(self):
        self.ensure_one()
        return self.position_name or ""

    def _get_holders(self):
        return self.filtered("holds_code")

    def _list_missing_codes(self):
        """Return, in words, what the box still needs before the vote can be opened."""
        holders = self._get_holders()
        if len(holders) != HOLDERS:
            return [self.env._("Name the two members of the counting board who hold a code.")]
        texts = []
        if waiting := holders.filtered(lambda teller: not teller.key_name):
            names = ", ".join(waiting.mapped("name"))
            texts.append(self.env._("These have not made their code yet: %(names)s.", names=names))
        # sudo: emulation.commendation - only whether a member of the board is on the agenda
        candidates = self.session_id.item_ids.sudo().commendation_id.employee_id
        # sudo: hr.employee - as above
        if concerned := self.filtered(lambda teller: teller.sudo().employee_id in candidates):
            names = ", ".join(concerned.mapped("name"))
            texts.append(self.env._("On the agenda, so not on the counting board: %(names)s.", names=names))
        return texts

    @api.private
    def _ask_for_codes(self):
        """Write to those who hold a code and have not made it, each in the own language."""
        waiting = self._get_holders().filtered(lambda teller: not teller.key_name)
        # sudo: hr.employee, res.users - only the partners to write to
        holders = waiting.sudo().employee_id.user_id.partner_id
        self.session_id._tell(
            holders,
            f"/emulation/counting/{self.session_id.id}/code",
            lambda told: (
                told.env._("Your code of the ballot box: %(session)s", session=told.display_name),
                told.env._("You hold one of two codes of a ballot box. Please make your code."),
                told.env._("Make my code"),
            ),
        )

    def _get_cannot_make_code_reason(self):
        """Return {id: reason}."""
        reasons = {}
        for teller in self:
            if teller.session_id.state != "draft":
                reasons[teller.id] = self.env._("The vote is open or over: codes are made before.")
            elif not teller.holds_code or not teller.session_id._is_board_box():
                reasons[teller.id] = self.env._("You hold no code of this ballot box.")
        return reasons

    @api.private
    def _do_make_code(self):
        """Make the code of this member of the board; a code made before is void.

        :return: the code; it is shown once and stored nowhere
        """
        self.ensure_one()
        self.lock_for_update()
        for reason in self._get_cannot_make_code_reason().values():
            raise UserError(reason)
        code = ballot_box.new_code()
        # sudo: emulation.ballot.envelope - nobody has rights on it
        box = self.env["emulation.ballot.envelope"].sudo()
        box._wipe_keys([self.key_name])
        self._write_protected({"key_name": box._add_key(ballot_box.key_of_code(code), is_kept=False)})
        return code

    @api.private
    def _get_privates(self, codes):
        """Return the private keys of these members, in their order.

        :param codes: what was typed, in any order
        :raises UserError: naming those whose code is missing or wrong
        """
        typed = {}
        for code in codes:
            private = ballot_box.key_of_code(code)
            typed[ballot_box.get_fingerprint(ballot_box.get_public(private))] = private
        missing = self.filtered(lambda teller: teller.key_name not in typed)
        if missing:
            raise UserError(
                self.env._(
                    "The code of these is missing or wrong: %(names)s. The box stays closed.",
                    names=", ".join(missing.mapped("name")),
                )
            )
        return [typed[teller.key_name] for teller in self]
