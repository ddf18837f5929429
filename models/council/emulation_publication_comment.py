from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

from ..mixin.verb import Verb

_lt = LazyTranslate(__name__)

VERBS = {
    "handle": Verb(
        ("received",),
        "handled",
        {"officer": None, "stand_in": None},
        _lt("Handled"),
        checks=("_check_answer",),
        waited=True,
        also="it is written down how the comment was handled",
    ),
}


class EmulationPublicationComment(models.Model):
    """A signed comment on a published list, for the officers only; handled with an answer before the vote.

    It comes through the page of the list and is never rewritten; only the answer is typed, until it is handled.
    """

    _name = "emulation.publication.comment"
    _description = "Comment on a publication"
    _inherit = ["emulation.verb.mixin"]
    _order = "publication_id, id"
    _rec_name = "author_name"
    _check_company_auto = True
    _verbs = VERBS
    _turn_action = "hr_emulation.emulation_publication_comment_action"
    _writable = {"received": {"officer stand_in": {"answer"}}}

    publication_id = fields.Many2one(
        "emulation.publication", required=True, ondelete="restrict", index=True, readonly=True
    )
    company_id = fields.Many2one(related="publication_id.company_id", store=True, index=True)
    state = fields.Selection(
        [("received", "Received"), ("handled", "Handled")], default="received", required=True, copy=False
    )
    commendation_id = fields.Many2one(
        "emulation.commendation", string="About", index="btree_not_null", ondelete="restrict", readonly=True
    )
    author_id = fields.Many2one("res.users", required=True, readonly=True, default=lambda self: self.env.user)
    author_name = fields.Char(related="author_id.name", store=True, string="Signed by")
    text = fields.Text(string="Comment", required=True, readonly=True)
    answer = fields.Text(
        string="Handling", help="How it was handled; its author sees it, and it goes into the minutes."
    )
    is_handled = fields.Boolean(string="Handled", compute="_compute_is_handled")

    can_handle = fields.Boolean(compute="_compute_can")

    @api.depends("state")
    def _compute_is_handled(self):
        for comment in self:
            comment.is_handled = comment.state == "handled"

    # ------------------------------------------------------------------
    # Who: a comment is about the recipient of the dossier, and of whoever wrote it
    # ------------------------------------------------------------------

    @api.model
    def _get_role_fields(self):
        return super()._get_role_fields() | {"commendation_id", "author_id"}

    def _is_emulation_owner(self, user):
        about = self.commendation_id
        return self.author_id.id == user.uid or bool(about and about._is_emulation_owner(user))

    def _get_emulation_owner_users(self):
        about = self.commendation_id
        return self.author_id | (about._get_emulation_owner_users() if about else about.env["res.users"])

    @api.model
    def _get_owner_domain(self, user):
        about = self.env["emulation.commendation"]._get_owner_domain(user)
        return Domain("author_id", "=", user.uid) | Domain("commendation_id", "any!", about)

    def action_handle(self):
        """Mark comments as handled; each needs its answer."""
        return self._run_verb("handle")

    def _get_cannot_handle_reason(self):
        return self._check_verb("handle")

    def _check_answer(self):
        text = self.env._("Write how the comment was handled.")
        return {comment.id: text for comment in self if not (comment.answer or "").strip()}

    @api.private
    def _do_handle(self):
        self._start("handle")._finish("handle")
