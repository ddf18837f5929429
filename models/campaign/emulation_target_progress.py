from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

from ..mixin.verb import Verb

_lt = LazyTranslate(__name__)

DECIDERS = {"head": None, "officer": None, "stand_in": None}
VERBS = {
    "approve": Verb(("submitted",), "approved", DECIDERS, _lt("Approve the figure"), waited=True),
    "refuse": Verb(
        ("submitted", "approved"),
        "refused",
        {"head": ("submitted",), "officer": None, "stand_in": None},
        _lt("Refuse the figure"),
        reason=True,
    ),
    "take_back": Verb(
        ("submitted",),
        "withdrawn",
        {"declarer": None},
        _lt("Take the figure back"),
        also="until somebody acted on it; the right one is reported anew",
    ),
}
CONTENT = {"target_id", "date", "value", "note", "evidence_ids"}


class EmulationTargetProgress(models.Model):
    """What is reached of a target on a day, with its evidence; a total up to that day.

    It is never changed: a wrong one is followed by a right one of the same day, which then counts, or is refused. Who
    reported it takes it back while nobody has approved it.
    """

    _name = "emulation.target.progress"
    _description = "Figure reported on a target"
    _inherit = ["emulation.verb.mixin", "emulation.own.mixin", "emulation.evidence.mixin"]
    _order = "date desc, id desc"
    _rec_name = "target_id"
    _check_company_auto = True
    _verbs = VERBS
    _turn_action = "hr_emulation.emulation_target_progress_action"
    _writable = {"submitted": {"owner head officer": CONTENT}}
    _deletable = {"submitted": "owner head officer"}
    _over_with = "campaign_id"

    target_id = fields.Many2one("emulation.target", required=True, ondelete="cascade", index=True)
    campaign_id = fields.Many2one(related="target_id.campaign_id", store=True, precompute=True, index=True)
    company_id = fields.Many2one(related="target_id.company_id", store=True, precompute=True, index=True)
    department_id = fields.Many2one(
        related="target_id.department_id", store=True, precompute=True, index="btree_not_null"
    )
    employee_id = fields.Many2one(
        related="target_id.employee_id", store=True, precompute=True, index="btree_not_null"
    )
    unit_id = fields.Many2one(
        related="target_id.unit_id", store=True, precompute=True, index="btree_not_null"
    )
    unit_of_measure = fields.Char(related="target_id.unit_of_measure")
    date = fields.Date(string="As of", required=True, default=fields.Date.context_today)
    value = fields.Float(
        string="Reached so far",
        required=True,
        digits=(16, 2),
        aggregator=None,
        help="In all, up to this day.",
    )
    note = fields.Text(string="What was done")
    state = fields.Selection(
        [
            ("submitted", "To approve"),
            ("approved", "Counts"),
            ("refused", "Refused"),
            ("withdrawn", "Taken back"),
        ],
        default="submitted",
        required=True,
        copy=False,
        index=True,
    )
    reason = fields.Char(copy=False, readonly=True)
    can_approve = fields.Boolean(compute="_compute_can")
    can_refuse = fields.Boolean(compute="_compute_can")
    can_take_back = fields.Boolean(compute="_compute_can")

    def _get_fixed(self):
        """A figure is changed by who reported it; others approve or refuse it."""
        if self.env.su:
            return {}
        user = self.env.user._get_emulation_identity()
        # sudo: emulation.target.progress - who reported it, whom it is about
        others = self.sudo().filtered(
            lambda entry: entry.create_uid.id != user.uid and not entry._is_emulation_owner(user)
        )
        return dict.fromkeys(others._ids, frozenset(CONTENT))

    @api.constrains("date", "value")
    def _check_figure(self):
        """Refuse figures of days to come and below zero.

        :raises ValidationError: either
        """
        today = fields.Date.context_today(self)
        for entry in self:
            if entry.date > today:
                raise ValidationError(self.env._("Nothing is reached yet on a day to come."))
            if entry.value < 0:
                raise ValidationError(self.env._("What is reached is not below zero."))

    @api.model_create_multi
    def create(self, vals_list):
        """Take figures on running targets; where nobody approves them they count at once.

        :raises UserError: the target takes no figures now
        """
        entries = super().create(vals_list)
        if not self._has_seal():
            entries._check_running()
            # sudo: the target - whether figures on it are approved
            free = entries.filtered(lambda entry: not entry.sudo().target_id.needs_approval)
            free._write_protected({"state": "approved"})
        return entries

    def _check_running(self):
        for target in self.sudo().target_id:  # sudo: the target - its state
            if target.state != "active" or target.campaign_id.state != "launched":
                raise UserError(self.env._("Figures are reported on approved targets while it runs."))
            if target.roll_up != "own":
                raise UserError(self.env._("It is followed by the targets below it."))

    def action_approve(self):
        """Let the figures count."""
        return self._run_verb("approve")

    def action_refuse(self):
        return self._ask_reason("refuse")

    def action_take_back(self):
        """Take figures back that nobody has approved yet."""
        return self._run_verb("take_back")

    @api.model
    def _get_turn_domain(self, verb):
        """In a running campaign only; whoever stands in may not read the campaign itself."""
        is_running = Domain("campaign_id", "any!", [("state", "=", "launched")])
        return super()._get_turn_domain(verb) & is_running

    def _check_over(self, verb):
        """Return {id: reason}; in a campaign that is over no figure begins or ceases to count."""
        text = self.env._("The campaign has ended.")
        return {**dict.fromkeys(self._get_over("campaign_id")._ids, text), **self._check_verb(verb)}

    def _get_cannot_approve_reason(self):
        return self._check_over("approve")

    def _get_cannot_refuse_reason(self):
        return self._check_over("refuse")

    @api.private
    def _do_approve(self):
        self._start("approve")._finish("approve", reason=False)

    def _get_cannot_take_back_reason(self):
        return self._check_over("take_back")

    @api.private
    def _do_take_back(self):
        self._start("take_back")._finish("take_back")

    @api.private
    def _do_refuse(self, reason):
        """A figure that is refused counts no more; the one before it does."""
        self._start("refuse", reason)._finish("refuse", reason, reason=reason)
