from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..mixin.emulation_recipient_mixin import RECIPIENT_NAMES

MOVES = {
    "submit": (("draft",), "submitted"),
    "recognise": (("submitted",), "recognised"),
    "refuse": (("submitted",), "refused"),
}
# What an officer recognised stays as it was recognised.
FROZEN_STATES = ("recognised", "refused")


class EmulationAchievement(models.Model):
    """What a recipient achieved: an achievement or a recognised initiative (sáng kiến), L22 Art 3(4).

    Who declares it edits the draft and submits it; an officer recognises or refuses. An initiative is
    spent once per title (the commendation checks it).
    """

    _name = "emulation.achievement"
    _description = "Achievement"
    _inherit = [
        "emulation.protected.mixin",
        "emulation.recipient.mixin",
        "emulation.evidence.mixin",
        "mail.thread",
    ]
    _search_key_fields = ("name", *RECIPIENT_NAMES, "recognition_number")
    _order = "date_to desc, id desc"
    _check_company_auto = True
    _mail_post_access = "read"
    _protected_fields = frozenset({"state", "refusal_reason"})

    name = fields.Char(required=True)
    kind = fields.Selection(
        [("achievement", "Achievement"), ("initiative", "Initiative"), ("project", "Science project")],
        required=True,
        default="achievement",
    )
    description = fields.Text()
    date_from = fields.Date()
    date_to = fields.Date()
    reach = fields.Selection(
        [("unit", "Unit"), ("province", "Province"), ("ministry", "Ministry"), ("nation", "Nation")],
        help="How far the effect reaches, as recognised by the competent head (ND152 Art 33(6)).",
    )
    recognition_number = fields.Char(string="Recognised by decision")
    recognition_date = fields.Date()
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("recognised", "Recognised"),
            ("refused", "Refused"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    refusal_reason = fields.Char(readonly=True, copy=False)
    commendation_ids = fields.Many2many("emulation.commendation", string="Used in", readonly=True)
    is_officer = fields.Boolean(compute="_compute_is_officer")

    _dates_in_order = models.Constraint(
        "CHECK (date_from IS NULL OR date_to IS NULL OR date_to >= date_from)",
        "The achievement cannot end before it starts.",
    )

    @api.depends_context("uid")
    def _compute_is_officer(self):
        self.is_officer = self.env.user.has_group("hr_emulation.group_emulation_officer")

    def write(self, vals):
        content = vals.keys() - self._protected_fields - {"commendation_ids", "message_follower_ids"}
        if content and any(record.state in FROZEN_STATES for record in self):
            raise UserError(self.env._("What was recognised or refused stays as it is."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_handed_in(self):
        if any(record.state != "draft" for record in self) and not self._has_seal():
            raise UserError(self.env._("Only a draft can be deleted."))

    @api.private
    def _delete_imported(self):
        """Delete what an import brought in: the import is being undone."""
        self._with_seal().unlink()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_submit(self):
        self.check_access("read")
        return self._do_move("submit")

    def action_recognise(self):
        self._check_officer()
        missing = self.filtered(lambda record: record.kind != "achievement" and not record.reach)
        if missing:
            raise UserError(
                self.env._("Say how far it reaches: %(names)s.", names=", ".join(missing.mapped("name")))
            )
        return self._do_move("recognise")

    def action_refuse(self):
        self._check_officer()
        return self._do_move("refuse")

    def _check_officer(self):
        self.check_access("write")
        if not self.env.user.has_group("hr_emulation.group_emulation_officer"):
            raise UserError(self.env._("Only an emulation officer can do this."))
        # Sudoed: the link from an employee to its user is not for everybody; only equality leaves.
        if any(record.employee_id.user_id == self.env.user for record in self.sudo()):
            raise UserError(self.env._("Nobody can recognise an achievement of their own."))

    @api.private
    def _do_move(self, verb):
        """Move what can be moved; doing it again changes nothing."""
        self.lock_for_update()
        from_states, to_state = MOVES[verb]
        todo = self.filtered(lambda record: record.state in from_states)
        wrong = self.filtered(lambda record: record.state not in (*from_states, to_state))
        if wrong:
            raise UserError(
                self.env._("It is in another step: %(names)s.", names=", ".join(wrong.mapped("name")))
            )
        if verb == "submit":
            todo.sudo()._take_snapshot()
        # Sudoed: record rules let the one who declares write drafts only; the guards are above.
        todo.sudo()._write_protected({"state": to_state})
        label = dict(self._fields["state"]._description_selection(self.env))[to_state]
        todo._message_log_batch(dict.fromkeys(todo.ids, label))

    def _get_uses(self):
        """Return {achievement: live commendations that rest on it}."""
        # Sudoed: where it was used counts, whoever may read the other proposal.
        records = (
            self.env["emulation.commendation"]
            .sudo()
            .search(
                Domain("achievement_ids", "in", self.ids)
                & Domain("state", "not in", ("rejected", "withdrawn"))
            )
        )
        return {
            item: records.filtered(lambda record, item=item: item in record.achievement_ids) for item in self
        }
