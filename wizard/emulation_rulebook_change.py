from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.commendation import books
from ..models.mixin.dossier_states import PENDING_STATES as OPEN_STATES
from ..models.mixin.refusals import OFFICERS_ONLY


class EmulationRulebookChange(models.TransientModel):
    """An officer says by which rule book a proposal is judged, or when it was really received, and why."""

    _name = "emulation.rulebook.change"
    _description = "Rule book of a proposal"
    _inherit = ["emulation.wizard.mixin"]

    commendation_id = fields.Many2one("emulation.commendation", required=True, ondelete="cascade")
    received_on = fields.Date(
        string="Received on",
        compute="_compute_received_on",
        compute_sudo=False,
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    rulebook_id = fields.Many2one(
        "emulation.rulebook",
        compute="_compute_rulebook_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
        domain="[('state', '=', 'active'), ('company_id', 'in', [company_id, False])]",
        help="Proposed from the day of receipt.",
    )
    company_id = fields.Many2one(related="commendation_id.company_id", related_sudo=False)
    reason = fields.Char(
        required=True, help="Kept on the proposal, for example: Article 60(3), received before."
    )

    @api.depends("commendation_id")
    def _compute_received_on(self):
        for wizard in self:
            wizard.received_on = wizard.commendation_id.received_on or fields.Date.context_today(self)

    @api.depends("received_on", "commendation_id")
    def _compute_rulebook_id(self):
        for wizard in self:
            record = wizard.commendation_id
            key = (record.company_id, wizard.received_on or fields.Date.context_today(self), record.award_id)
            wizard.rulebook_id = self.env["emulation.rulebook"]._choose_many([key])[key]

    def action_confirm(self):
        """Judge by the chosen book from now on."""
        self.ensure_one()
        record = self.commendation_id
        record.check_access("write")
        if not {"officer", "stand_in"} & record._get_roles()[record.id]:
            raise UserError(self.env._(OFFICERS_ONLY))
        if record.state not in ("draft", *OPEN_STATES):
            raise UserError(self.env._("It is decided: the rule book no longer changes."))
        self._check_choice()
        books.change(record, self.rulebook_id, self.received_on, self.reason.strip())
        return {"type": "ir.actions.act_window_close"}

    def _check_choice(self):
        """Refuse what the form does not offer.

        :raises UserError: a book of another agency, one that is not in force, or a day still to come
        """
        book, today = self.rulebook_id, fields.Date.context_today(self)
        if book and (
            book.state != "active" or book.company_id not in (book.company_id.browse(), self.company_id)
        ):
            raise UserError(self.env._("Choose a rule book in force, of this agency or of all."))
        if self.received_on > today:
            raise UserError(self.env._("This day is still to come."))
