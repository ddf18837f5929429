from odoo import api, fields, models
from odoo.exceptions import UserError


class EmulationRequest(models.Model):
    """What a recipient says back about a dossier: received, correct my data, appeal (kiến nghị).

    Written in the portal by the recipient, answered by an officer. The text of an asked request never changes.
    """

    _name = "emulation.request"
    _description = "Request of a recipient"
    _inherit = ["emulation.search.mixin", "emulation.protected.mixin", "mail.thread"]
    _search_key_fields = ("commendation_id.search_key", "author_id.name")
    _order = "id desc"
    _check_company_auto = True
    _protected_fields = frozenset({"state", "answered_on"})

    kind = fields.Selection(
        [("receipt", "Receipt"), ("correction", "Correction of data"), ("appeal", "Appeal")],
        required=True,
        readonly=True,
    )
    commendation_id = fields.Many2one(
        "emulation.commendation",
        required=True,
        readonly=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="commendation_id.company_id", store=True, index=True)
    author_id = fields.Many2one("res.users", required=True, readonly=True, default=lambda self: self.env.user)
    text = fields.Text(readonly=True)
    answer = fields.Text()
    answered_on = fields.Datetime(readonly=True, copy=False)
    state = fields.Selection(
        [("open", "To answer"), ("answered", "Answered")],
        default="open",
        required=True,
        readonly=True,
        copy=False,
    )

    _one_receipt = models.UniqueIndex(
        "(commendation_id) WHERE kind = 'receipt'", "The receipt has already been confirmed."
    )

    @api.depends("kind", "commendation_id")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for request in self:
            request.display_name = f"{labels.get(request.kind, '')} – {request.commendation_id.display_name}"

    def action_answer(self):
        """Send the answer: the recipient reads it in the portal."""
        for request in self:
            if not (request.answer or "").strip():
                raise UserError(self.env._("Write the answer first."))
        self._do_answer()

    @api.private
    def _do_answer(self):
        self.lock_for_update()
        still_open = self.filtered(lambda request: request.state == "open")
        if still_open:
            still_open._write_protected({"state": "answered", "answered_on": fields.Datetime.now()})

    def write(self, vals):
        if "answer" in vals and any(request.state == "answered" for request in self):
            raise UserError(self.env._("An answer that was sent does not change."))
        return super().write(vals)

    @api.private
    def _ask(self, commendation, kind, text=""):
        """Store one request of the current user; asking the same again changes nothing.

        :param str kind: ``receipt``, ``correction`` or ``appeal``
        :raise UserError: no text where one is needed, or an open request of this kind waits for its answer
        """
        text = (text or "").strip()[:4000]
        if kind != "receipt" and not text:
            raise UserError(self.env._("Say in a few words what it is about."))
        same = self.search([("commendation_id", "=", commendation.id), ("kind", "=", kind)])
        if kind == "receipt" and same:
            return same
        if any(request.state == "open" for request in same):
            raise UserError(self.env._("Your request is still waiting for its answer."))
        state = "answered" if kind == "receipt" else "open"
        return self._create_protected(
            [{"commendation_id": commendation.id, "kind": kind, "text": text, "state": state}]
        )
