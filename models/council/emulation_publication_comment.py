from odoo import api, fields, models
from odoo.exceptions import UserError


class EmulationPublicationComment(models.Model):
    """A signed comment on a published list, for the officers only; handled with an answer before the vote."""

    _name = "emulation.publication.comment"
    _description = "Comment on a publication"
    _inherit = ["emulation.protected.mixin"]
    _order = "publication_id, id"
    _rec_name = "author_name"
    _check_company_auto = True
    _protected_fields = frozenset({"is_handled"})

    publication_id = fields.Many2one(
        "emulation.publication", required=True, ondelete="restrict", index=True, readonly=True
    )
    company_id = fields.Many2one(related="publication_id.company_id", store=True, index=True)
    commendation_id = fields.Many2one(
        "emulation.commendation", string="About", index="btree_not_null", ondelete="restrict", readonly=True
    )
    author_id = fields.Many2one("res.users", required=True, readonly=True, default=lambda self: self.env.user)
    author_name = fields.Char(related="author_id.name", store=True, string="Signed by")
    text = fields.Text(string="Comment", required=True, readonly=True)
    answer = fields.Text(help="How it was handled; its author sees it, and it goes into the minutes' file.")
    is_handled = fields.Boolean(string="Handled", readonly=True, copy=False)

    def write(self, vals):
        if {"text", "author_id", "commendation_id", "publication_id"} & vals.keys():
            raise UserError(self.env._("A comment is not rewritten."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("A comment is kept."))

    def action_handle(self):
        """Mark comments as handled; each needs its answer."""
        self.check_access("write")
        if any(not (comment.answer or "").strip() for comment in self):
            raise UserError(self.env._("Write how the comment was handled."))
        self._do_handle()

    @api.private
    def _do_handle(self):
        self.lock_for_update()
        self.filtered(lambda comment: not comment.is_handled)._write_protected({"is_handled": True})
