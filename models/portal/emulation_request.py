from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

from ..mixin.labels import get_labels
from ..mixin.verb import Verb

_lt = LazyTranslate(__name__)

DECIDERS = {"officer": None, "stand_in": None}
CAUSES = [("lost", "It was lost"), ("damaged", "It is damaged"), ("misprinted", "It is misprinted")]
VERBS = {
    "answer": Verb(
        ("open",),
        "answered",
        DECIDERS,
        _lt("Send the answer"),
        stamp=("answered_on",),
        checks=("_check_answer",),
        waited=True,
        also="the answer is written",
    ),
}


class EmulationRequest(models.Model):
    """What a recipient says back about a dossier: received, correct my data, appeal (kiến nghị).

    Written in the portal by the recipient, answered by an officer. The text of an asked request never changes.
    """

    _name = "emulation.request"
    _description = "Request of a recipient"
    _inherit = ["emulation.search.mixin", "emulation.verb.mixin", "emulation.thread.mixin"]
    _search_key_fields = ("commendation_id.search_key", "author_id.name")
    _order = "id desc"
    _check_company_auto = True
    _verbs = VERBS
    _turn_action = "hr_emulation.emulation_request_action"
    _writable = {"open": {"officer stand_in": {"answer"}}}

    kind = fields.Selection(
        [
            ("receipt", "Receipt"),
            ("correction", "Correction of data"),
            ("appeal", "Appeal"),
            ("reissue", "Another certificate"),
        ],
        required=True,
        readonly=True,
        help="An appeal here asks to look again; a complaint takes the way of the Law on Complaints.",
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
    certificate_id = fields.Many2one(
        "emulation.certificate",
        readonly=True,
        copy=False,
        index="btree_not_null",
        check_company=True,
        help="In place of which another one is asked for.",
    )
    cause = fields.Selection(CAUSES, string="What happened to it", readonly=True, copy=False)
    author_id = fields.Many2one("res.users", required=True, readonly=True, default=lambda self: self.env.user)
    text = fields.Text(readonly=True)
    answer = fields.Text()
    answer_by = fields.Date(
        string="To be answered by",
        compute="_compute_answer_by",
        help="The days the agency gives itself, from the day it was asked.",
    )
    answered_on = fields.Datetime(string="Answered on", readonly=True, copy=False)
    state = fields.Selection(
        [("open", "To answer"), ("answered", "Answered")],
        default="open",
        required=True,
        readonly=True,
        copy=False,
    )

    _certificate_of_reissue = models.Constraint(
        "CHECK ((kind = 'reissue') = (certificate_id IS NOT NULL AND cause IS NOT NULL))",
        "Say which certificate is to be replaced, and why.",
    )
    _one_receipt = models.UniqueIndex(
        "(commendation_id) WHERE kind = 'receipt'", "The receipt has already been confirmed."
    )

    @api.depends("kind", "commendation_id")
    def _compute_display_name(self):
        labels = get_labels(self, "kind")
        for request in self:
            request.display_name = f"{labels.get(request.kind, '')} – {request.commendation_id.display_name}"

    @api.depends("kind", "state", "create_date", "company_id.emulation_answer_days")
    @api.depends_context("tz")
    def _compute_answer_by(self):
        for request in self:
            # sudo: res.company - the days the agency gives itself, for the person who waits
            days = request.company_id.sudo().emulation_answer_days
            waits = request.state == "open" and request.create_date and days
            asked = fields.Datetime.context_timestamp(self, request.create_date).date() if waits else None
            request.answer_by = asked + timedelta(days=days) if asked else False

    # ------------------------------------------------------------------
    # Who: the request is about the recipient of the dossier, and of whoever wrote it
    # ------------------------------------------------------------------

    @api.model
    def _get_role_fields(self):
        return super()._get_role_fields() | {"commendation_id", "author_id"}

    def _is_emulation_owner(self, user):
        return self.author_id.id == user.uid or self.commendation_id._is_emulation_owner(user)

    def _get_emulation_owner_users(self):
        return self.commendation_id._get_emulation_owner_users() | self.author_id

    @api.model
    def _get_owner_domain(self, user):
        about = self.env["emulation.commendation"]._get_owner_domain(user)
        return Domain("author_id", "=", user.uid) | Domain("commendation_id", "any!", about)

    # ------------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------------

    def action_answer(self):
        """Send the answer: the recipient reads it in the portal."""
        return self._run_verb("answer")

    def _get_cannot_answer_reason(self):
        return self._check_verb("answer")

    def _check_answer(self):
        unwritten = self.filtered(lambda request: not (request.answer or "").strip())
        return {request.id: self.env._("Write the answer first.") for request in unwritten}

    def action_reissue(self):
        """Register another certificate in place of the one asked about; that answers the request."""
        return self.certificate_id.action_replace()

    @api.private
    def _do_answer(self):
        self._start("answer")._finish("answer")

    @api.model
    @api.private
    def _answer_replaced(self, certificates):
        """Answer the open requests for others in place of these certificates, which there are now."""
        domain = [
            ("certificate_id", "in", certificates.ids),
            ("kind", "=", "reissue"),
            ("state", "=", "open"),
        ]
        # sudo: emulation.request - answered by what was done, by whoever may do it
        waiting = self.sudo().search(domain)
        for request in waiting:
            number, old = request.certificate_id.replaced_by_id.number, request.certificate_id.number
            answer = f"Đã cấp bằng số {number} thay cho bằng số {old}."
            request._write_protected({"answer": "\n".join(filter(None, (request.answer, answer)))})
        waiting._do_answer()

    @api.private
    def _ask(self, commendation, kind, text="", cause=False):
        """Store one request of the current user; asking the same again changes nothing.

        :param str kind: ``receipt``, ``correction``, ``appeal`` or ``reissue``
        :param cause: of a re-issue, one of ``CAUSES``
        :raise UserError: no text where one is needed, an open request of this kind waits for its answer, or there is
            no certificate in force to be replaced
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
        values = {"commendation_id": commendation.id, "kind": kind, "text": text, "state": state}
        if kind == "reissue":
            values |= self._prepare_reissue(commendation, cause)
        return self._create_protected([values])

    def _prepare_reissue(self, commendation, cause):
        # sudo: emulation.certificate - the recipient's own, to be named in the request
        card = commendation.sudo().certificate_ids.filtered(lambda card: card.state == "issued")[:1]
        if not card or cause not in dict(CAUSES):
            raise UserError(self.env._("There is no valid certificate to be replaced."))
        return {"certificate_id": card.id, "cause": cause}
