from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate
from psycopg2 import IntegrityError

from ..mixin.emulation_role_mixin import ADMIN_GROUP
from ..mixin.refusals import NOT_ON_ONESELF
from ..mixin.verb import Verb
from .emulation_retention import KINDS

_lt = LazyTranslate(__name__)

VERBS = {
    "carry_out": Verb(
        ("listed",),
        "done",
        {"admin": None},
        _lt("Delete what is listed"),
        stamp=("done_on", "done_by"),
        waited=True,
        also="lines that are kept, are used elsewhere or are about the person who decides stay",
    ),
    "drop": Verb(("listed",), "dropped", {"admin": None}, _lt("Keep everything"), reason=True),
}


class EmulationDisposal(models.Model):
    """Records whose retention period is over, listed by a job; nothing goes before an administrator says so."""

    _name = "emulation.disposal"
    _description = "List of records to delete"
    _inherit = ["emulation.verb.mixin", "emulation.thread.mixin", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "listed_on"
    _verbs = VERBS
    _turn_action = "hr_emulation.emulation_disposal_action"
    _writable = {"listed": {"admin": {"line_ids"}}}

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    listed_on = fields.Date(
        string="Listed on", required=True, readonly=True, default=fields.Date.context_today
    )
    state = fields.Selection(
        [("listed", "To decide"), ("done", "Deleted"), ("dropped", "Kept")],
        default="listed",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    line_ids = fields.One2many("emulation.disposal.line", "disposal_id", string="Lines")
    line_count = fields.Integer(string="Records", compute="_compute_line_count")
    done_on = fields.Datetime(string="Done on", readonly=True, copy=False)
    done_by = fields.Many2one("res.users", string="Done by", readonly=True, copy=False)
    can_carry_out = fields.Boolean(compute="_compute_can")
    can_drop = fields.Boolean(compute="_compute_can")

    _one_waits = models.UniqueIndex(
        "(company_id) WHERE state = 'listed'", "A list of this agency is waiting already."
    )

    @api.depends("line_ids")
    def _compute_line_count(self):
        for disposal in self:
            disposal.line_count = len(disposal.line_ids)

    # ------------------------------------------------------------------
    # Listing
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def _cron_list(self):
        """Make a list for each agency that has none waiting and something due."""
        waiting = self.search([("state", "=", "listed")]).company_id
        for company in self.env["res.company"].search([("id", "not in", waiting.ids)]):
            self._list(company)

    @api.model
    @api.private
    def _list(self, company):
        """Return the list of what is due in an agency; empty if nothing is."""
        retention, today = self.env["emulation.retention"], fields.Date.context_today(self)
        lines = [
            {
                "kind": kind,
                "record_number": record.id,
                "label": record.display_name,
                "period": self.env._("%(years)s years", years=years),
            }
            for kind, years in retention._get_periods(company).items()
            for record in retention._find_due(company, kind, years, today)
        ]
        if not lines:
            return self.browse()
        disposal = self._create_protected([{"company_id": company.id, "listed_on": today}])
        self.env["emulation.disposal.line"]._create_protected(
            [{**line, "disposal_id": disposal.id} for line in lines]
        )
        disposal._tell_administrators()
        return disposal

    def _tell_administrators(self):
        # sudo: res.groups - who administers the agency
        users = self.env.ref(ADMIN_GROUP).sudo().all_user_ids
        for user in users.filtered(lambda user: user.active and self.company_id in user.company_ids):
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.with_context(lang=user.lang).env._("Records whose retention period is over"),
                user_id=user.id,
            )

    # ------------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------------

    def action_carry_out(self):
        return self._run_verb("carry_out")

    def action_drop(self):
        return self._ask_reason("drop")

    def _get_cannot_carry_out_reason(self):
        return self._check_verb("carry_out")

    def _get_cannot_drop_reason(self):
        return self._check_verb("drop")

    @api.private
    def _do_drop(self, reason):
        todo = self._start("drop", reason)
        # sudo: emulation.disposal.line - the verb empties what nobody may write
        todo.line_ids.sudo()._write_protected({"label": False})
        todo._finish("drop", reason)
        todo.activity_unlink(["mail.mail_activity_data_todo"])

    @api.private
    def _do_carry_out(self):
        todo = self._start("carry_out")
        for kind, lines in todo.line_ids.filtered(lambda line: not line.is_kept).grouped("kind").items():
            lines._delete(kind)
        # sudo: emulation.disposal.line - as above
        todo.line_ids.sudo()._write_protected({"label": False})  # the list names nobody any more
        todo._finish("carry_out")
        todo.activity_unlink(["mail.mail_activity_data_todo"])


class EmulationDisposalLine(models.Model):
    """One record whose period is over, and what became of it."""

    _name = "emulation.disposal.line"
    _description = "Record to delete"
    _inherit = ["emulation.guard.mixin"]
    _order = "disposal_id, kind, id"
    _guard_parent = "disposal_id"
    _writable = {"listed": {"admin": {"is_kept", "why_kept"}}}

    disposal_id = fields.Many2one(
        "emulation.disposal", string="List", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="disposal_id.company_id", store=True, index=True)
    kind = fields.Selection(
        selection=lambda self: (
            self.env["emulation.retention"]._fields["kind"]._description_selection(self.env)
        ),
        required=True,
        readonly=True,
    )
    record_number = fields.Integer(string="Record number", required=True, readonly=True, aggregator=None)
    label = fields.Char(string="What", readonly=True, help="Emptied when the list is decided.")
    period = fields.Char(string="Kept for", readonly=True)
    is_kept = fields.Boolean(string="Keep")
    why_kept = fields.Char(string="Why it is kept")
    is_deleted = fields.Boolean(string="Deleted", readonly=True)

    @api.private
    def _delete(self, kind):
        """Delete the records of these lines; what is used elsewhere or about the user stays and says so."""
        # sudo: the model of the kind - the administrator decided; what others entered goes too
        records = self.env[KINDS[kind][0]].sudo().browse(self.mapped("record_number")).exists()
        own = {id_ for id_, roles in records.sudo(False)._get_roles().items() if "owner" in roles}
        self._keep(own, self.env._(NOT_ON_ONESELF))
        used = self._unlink_unused(records.filtered(lambda record: record.id not in own))
        self._keep(used, self.env._("It is used elsewhere."))
        done = self.filtered(lambda line: line.record_number not in own | used)
        # sudo: emulation.disposal.line - the outcome, which nobody may write
        done.sudo()._write_protected({"is_deleted": True})

    def _unlink_unused(self, records):
        """Delete the records, all at once if they can go; return the ids of those something rests on."""
        records = records._with_seal()
        try:
            with self.env.cr.savepoint():
                records.unlink()
            return set()
        except (IntegrityError, UserError):
            if len(records) <= 1:
                return set(records.ids)
            half = len(records) // 2
            return self._unlink_unused(records[:half]) | self._unlink_unused(records[half:])

    def _keep(self, numbers, why):
        kept = self.filtered(lambda line: line.record_number in numbers)
        # sudo: emulation.disposal.line - as above
        kept.sudo()._write_protected({"is_kept": True, "why_kept": why})
