from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from ...engine import targets
from ..mixin.actions import open_dialog
from ..mixin.verb import Verb
from . import leaving

_lt = LazyTranslate(__name__)

DECIDERS = {"head": None, "officer": None, "stand_in": None}
VERBS = {
    "submit": Verb(
        ("draft",),
        "submitted",
        {"owner": None, "head": None, "officer": None, "declarer": None},
        _lt("Hand in the target"),
        checks=("_check_campaign",),
        also="the campaign has not ended",
    ),
    "approve": Verb(
        ("draft", "submitted"),
        "active",
        {"head": ("submitted",), "officer": None, "stand_in": None},
        _lt("Approve the target"),
        checks=("_check_campaign",),
        waited=True,
        also="the campaign has not ended",
    ),
    "return": Verb(("submitted",), "draft", DECIDERS, _lt("Return the target"), reason=True),
    "take_back": Verb(
        ("submitted",),
        "draft",
        {"owner": None, "declarer": None},
        _lt("Take it back to correct it"),
        shown_if=("_check_campaign",),  # what could not be handed in again stays where it is
        also="until somebody acted on it, and while the campaign has not ended",
    ),
    "cancel": Verb(
        ("active",),
        "cancelled",
        {"officer": None, "stand_in": None},
        _lt("Drop the target"),
        reason=True,
        shown_if=("_check_over",),  # what a campaign that is over has reached stays
    ),
    "stop": Verb(
        ("active",), "stopped", reason=True, document=True, also="by taking its holder out of the campaign"
    ),
    "resume": Verb(("stopped",), "active", document=True, also="by taking its holder back"),
}
CONTENT = {
    *("name", "campaign_id", "department_id", "employee_id", "parent_id", "weight", "roll_up"),
    *("figure", "unit_of_measure", "direction", "adds_up", "date_start", "deadline", "note"),
}
LIGHTS = [("none", "Not reported"), ("red", "Behind"), ("amber", "At risk"), ("green", "On course")]


class EmulationTarget(models.Model):
    """A figure to be reached by a day (chỉ tiêu thi đua): of a campaign, of a unit or of a person.

    The campaign's own target has neither unit nor person; it is followed by figures of its own, or by those of the
    targets below it, which units register (``roll_up``).
    """

    _name = "emulation.target"
    _description = "Emulation target"
    _inherit = [
        "emulation.verb.mixin",
        "emulation.own.mixin",
        "emulation.search.mixin",
        "emulation.thread.mixin",
    ]
    _search_key_fields = ("name", "campaign_id.name", "department_id.name", "employee_id.name")
    _order = "campaign_id, sequence, id"
    _check_company_auto = True
    _verbs = VERBS
    _turn_action = "hr_emulation.emulation_target_action"
    _writable = {
        "draft": {"owner head officer declarer": CONTENT},
        "draft submitted active": {"officer": {"needs_approval", "parent_id", "weight", "sequence"}},
        "active": {"owner head officer": {"progress_ids"}},
    }
    _deletable = {"draft": "owner head officer declarer"}
    _over_with = "campaign_id"

    name = fields.Char(string="Target", required=True)
    sequence = fields.Integer(default=10)
    campaign_id = fields.Many2one(
        "emulation.campaign", required=True, ondelete="restrict", index=True, check_company=True
    )
    company_id = fields.Many2one(related="campaign_id.company_id", store=True, precompute=True, index=True)
    department_id = fields.Many2one(
        "hr.department", string="Unit", index="btree_not_null", check_company=True, ondelete="restrict"
    )
    employee_id = fields.Many2one(
        "hr.employee", string="Person", index="btree_not_null", check_company=True, ondelete="restrict"
    )
    unit_id = fields.Many2one(
        "hr.department",
        string="Unit in charge",
        compute="_compute_unit_id",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    holder_name = fields.Char(string="Whose", compute="_compute_holder_name", compute_sudo=True)
    parent_id = fields.Many2one(
        "emulation.target",
        string="Target above",
        index="btree_not_null",
        ondelete="restrict",
        help="The target of the campaign, or of the one above, that this one is a part of.",
    )
    child_ids = fields.One2many("emulation.target", "parent_id", string="Targets below")
    roll_up = fields.Selection(
        [("own", "By its own figures"), ("sum", "Sum of those below"), ("mean", "Mean of those below")],
        string="Followed",
        default="own",
        required=True,
    )
    weight = fields.Float(default=1, help="In the mean of the target above, e.g. the number of people.")
    figure = fields.Float(required=True, digits=(16, 2))
    unit_of_measure = fields.Char(string="Unit of measure", required=True, help="%, dossiers, million dong…")
    direction = fields.Selection(
        [("more", "More is better"), ("less", "Less is better")], default="more", required=True
    )
    adds_up = fields.Boolean(
        string="Grows with time",
        default=True,
        help="Dossiers done add up over the year; a share of dossiers on time does not.",
    )
    date_start = fields.Date(
        string="Counted from", compute="_compute_dates", store=True, readonly=False, precompute=True
    )
    deadline = fields.Date(
        string="To be reached by", compute="_compute_dates", store=True, readonly=False, precompute=True
    )
    needs_approval = fields.Boolean(
        string="Figures are approved",
        help="What is reported counts once the head above or an officer approved it.",
    )
    note = fields.Text(string="How it is to be reached")
    state = fields.Selection(
        [
            ("draft", "In preparation"),
            ("submitted", "Handed in"),
            ("active", "Approved"),
            ("stopped", "Stopped"),
            ("cancelled", "Dropped"),
        ],
        default="draft",
        required=True,
        copy=False,
        tracking=True,
        index=True,
    )
    is_running = fields.Boolean(
        string="Running",
        compute="_compute_is_running",
        search="_search_is_running",
        help="Approved, and its campaign has not ended.",
    )
    reason = fields.Char(copy=False, readonly=True)
    progress_ids = fields.One2many("emulation.target.progress", "target_id", string="Figures reported")
    reached = fields.Float(
        string="Reached so far",
        compute="_compute_reached",
        store=True,
        recursive=True,
        digits=(16, 2),
        aggregator=None,
    )
    reached_on = fields.Date(string="As of", compute="_compute_reached", store=True, recursive=True)
    percent = fields.Float(
        string="% reached",
        compute="_compute_reached",
        store=True,
        recursive=True,
        digits=(16, 2),
        aggregator="avg",
    )
    forecast = fields.Float(
        string="Expected at the deadline",
        compute="_compute_forecast",
        digits=(16, 2),
        help="If it goes on as until the last report.",
    )
    light = fields.Selection(
        LIGHTS,
        compute="_compute_light",
        store=True,
        recursive=True,
        help="Green: reached, or to be expected. Amber: at least 80% to be expected. "
        "Red: less, or over the day without having reached it.",
    )
    can_submit = fields.Boolean(compute="_compute_can")
    can_approve = fields.Boolean(compute="_compute_can")
    can_return = fields.Boolean(compute="_compute_can")
    can_take_back = fields.Boolean(compute="_compute_can")
    can_report = fields.Boolean(compute="_compute_can_report")

    _one_holder = models.Constraint(
        "CHECK (department_id IS NULL OR employee_id IS NULL)",
        "A target is of a unit or of a person, not of both.",
    )
    _in_order = models.Constraint(
        "CHECK (deadline IS NULL OR date_start IS NULL OR deadline >= date_start)",
        "The deadline cannot be before the first day.",
    )
    _figure_is_positive = models.Constraint("CHECK (figure >= 0)", "The figure is not below zero.")

    # ---------- Whose, until when ----------

    # Not on employee_id.department_id: a later move must not rewrite the unit of this record.
    @api.depends("employee_id", "department_id")
    def _compute_unit_id(self):
        for target in self:
            # sudo: hr.version - the unit of an employee; a plain user may not read it
            target.unit_id = target.employee_id.sudo().department_id or target.department_id

    @api.depends("state", "campaign_id.state")
    def _compute_is_running(self):
        for target in self:
            # sudo: emulation.campaign - its state
            target.is_running = target.state == "active" and target.sudo().campaign_id.state == "launched"

    def _search_is_running(self, operator, value):
        if operator != "in":
            return NotImplemented
        # any!: whoever reads a target may not read a campaign of another agency
        return Domain("state", "=", "active") & Domain("campaign_id", "any!", [("state", "=", "launched")])

    @api.depends("employee_id.name", "department_id.name", "company_id.name")
    def _compute_holder_name(self):
        for target in self:
            target.holder_name = (target.employee_id or target.department_id or target.company_id).name

    @api.depends("campaign_id.date_start", "campaign_id.date_end")
    def _compute_dates(self):
        for target in self:
            # sudo: emulation.campaign - its dates, the form is opened before it is chosen
            campaign = target.campaign_id.sudo()
            target.date_start = target.date_start or campaign.date_start
            target.deadline = target.deadline or campaign.date_end

    @api.constrains("parent_id", "campaign_id", "unit_of_measure")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A target cannot be above itself."))
        for target in self.filtered("parent_id"):
            # sudo: the target and the campaign above - another unit's or agency's, compared only
            above = target.sudo().parent_id
            path = {int(part) for part in (target.sudo().campaign_id.parent_path or "").split("/") if part}
            if above.campaign_id.id not in path:
                raise ValidationError(
                    self.env._("The target above belongs to this campaign or to one above it.")
                )
            if above.unit_of_measure != target.unit_of_measure:
                raise ValidationError(self.env._("A target above is measured in the same unit of measure."))

    # ---------- How far ----------

    @api.depends(
        *("progress_ids.state", "progress_ids.date", "progress_ids.value", "figure", "direction", "roll_up"),
        *("child_ids.reached", "child_ids.reached_on", "child_ids.state", "child_ids.weight"),
    )
    def _compute_reached(self):
        for target in self:
            reached, day = target._add_up()
            target.reached = float(reached or 0)
            target.reached_on = day
            is_known = reached is not None
            target.percent = float(targets.get_percent(target._as_rule(), reached)) if is_known else 0

    def _add_up(self):
        """Return (reached or None, the day it is about) of one target: its own figures, or those below it."""
        # sudo: emulation.target - those below, of other units: sums only
        target = self.sudo()
        if target.roll_up == "own":
            last = target.progress_ids.filtered(lambda entry: entry.state == "approved").sorted(
                lambda entry: (entry.date, entry._origin.id or 0)
            )[-1:]
            return (Decimal(str(last.value)), last.date) if last else (None, False)
        below = target.child_ids.filtered(lambda child: child._is_counted(child.reached_on))
        parts = [
            (Decimal(str(child.reached)) if child.reached_on else None, Decimal(str(child.weight)))
            for child in below
        ]
        reached = targets.roll_up(target.roll_up, parts)
        days = [child.reached_on for child in below if child.reached_on]
        return reached, (max(days) if days and reached is not None else False)

    def _is_counted(self, is_known):
        """Return whether it is a part of the target above; who left without a figure weighs nothing in a mean."""
        return self.state == "active" or (self.state == "stopped" and bool(is_known))

    def _as_rule(self):
        """Return the target as the engine reads it."""
        return targets.Target(
            Decimal(str(self.figure)),
            self.direction == "less",
            self.adds_up,
            self.date_start or None,
            self.deadline or None,
        )

    def _get_known(self):
        """Return what is reached, or None while nothing is reported."""
        return Decimal(str(self.reached)) if self.reached_on else None

    @api.depends("reached", "reached_on", "adds_up", "date_start", "deadline")
    def _compute_forecast(self):
        for target in self:
            known = target._get_known()
            expected = (
                targets.get_forecast(target._as_rule(), known, target.reached_on) if known is not None else 0
            )
            target.forecast = float(expected or 0)

    @api.depends("reached", "reached_on", "adds_up", "date_start", "deadline")
    def _compute_light(self):
        today = fields.Date.context_today(self)
        for target in self:
            target.light = target._get_light(today)

    def _get_light(self, today):
        return targets.get_light(self._as_rule(), self._get_known(), self.reached_on or None, today)

    @api.model
    def _refresh_lights(self):
        """Time passes: the scheduled job stores what today's light is, in one statement."""
        today = fields.Date.context_today(self)
        running = self.search_fetch(
            [("state", "=", "active")],
            [
                *("figure", "direction", "adds_up", "date_start", "deadline"),
                *("reached", "reached_on", "light"),
            ],
        )
        rows = [(target.id, target._get_light(today)) for target in running]
        running._store_rows(
            ["light"], [row for row, target in zip(rows, running, strict=True) if row[1] != target.light]
        )

    # ---------- Buttons ----------

    @api.depends(lambda self: self._get_can_fields())
    @api.depends_context("uid")
    def _compute_can_report(self):
        blocked = self._get_cannot_report_reason()
        for target in self:
            target.can_report = target.id not in blocked

    def _get_cannot_report_reason(self):
        """Return {id: reason} of the targets for which the current user may report no figure today."""
        roles, reasons = self._get_roles(), {}
        for target in self:
            # sudo: the target - its state
            found = target.sudo()
            if found.state != "active" or found.campaign_id.state != "launched":
                reasons[target.id] = self.env._("Figures are reported on approved targets while it runs.")
            elif found.roll_up != "own":
                reasons[target.id] = self.env._("It is followed by the targets below it.")
            elif not roles.get(target.id, frozenset()) & {"owner", "head", "officer", "stand_in"}:
                reasons[target.id] = self.env._("Only whoever has the target, or the officer, reports on it.")
        return reasons

    def action_submit(self):
        """Hand the target in for approval."""
        return self._run_verb("submit")

    def action_approve(self):
        return self._run_verb("approve")

    def action_return(self):
        return self._ask_reason("return")

    def action_take_back(self):
        """Make it a draft again, to correct it and hand it in anew."""
        return self._run_verb("take_back")

    def action_cancel(self):
        return self._ask_reason("cancel")

    def action_report(self):
        """Open the form of a new figure."""
        self.ensure_one()
        return open_dialog(
            "emulation.target.progress", {"default_target_id": self.id}, self.env._("Report a figure")
        )

    def _get_cannot_submit_reason(self):
        return self._check_verb("submit")

    def _get_cannot_approve_reason(self):
        return self._check_verb("approve")

    def _get_cannot_return_reason(self):
        return self._check_verb("return")

    def _get_cannot_take_back_reason(self):
        return self._check_verb("take_back")

    def _get_cannot_cancel_reason(self):
        return self._check_verb("cancel")

    def _get_cannot_stop_reason(self):
        return self._check_verb("stop")

    def _get_cannot_resume_reason(self):
        return self._check_verb("resume")

    def _check_over(self):
        text = self.env._("The campaign has ended.")
        return dict.fromkeys(self._get_over("campaign_id")._ids, text)

    @api.model
    def _get_turn_domain(self, verb):
        """In a campaign that is not over only; whoever stands in may not read the campaign itself."""
        goes_on = Domain("campaign_id", "any!", [("state", "in", ("draft", "launched"))])
        return super()._get_turn_domain(verb) & goes_on

    def _check_campaign(self):
        gone = self.env._("Its holder has left the campaign.")
        left = leaving.find_left(self.sudo())  # sudo: emulation.campaign - its state, and who has left it
        reasons = {}
        for target in self.sudo():  # sudo: emulation.campaign - as above
            if (target.campaign_id, target.employee_id or target.department_id) in left:
                reasons[target.id] = gone
        return {**reasons, **self._check_over()}

    @api.private
    def _do_submit(self):
        self._start("submit")._finish("submit", reason=False)

    @api.private
    def _do_approve(self):
        self._start("approve")._finish("approve", reason=False)

    @api.private
    def _do_return(self, reason):
        self._start("return", reason)._finish("return", reason, reason=reason)

    @api.private
    def _do_take_back(self):
        self._start("take_back")._finish("take_back")

    @api.private
    def _do_cancel(self, reason):
        self._start("cancel", reason)._finish("cancel", reason, reason=reason)

    @api.private
    def _do_stop(self, reason):
        """No figure is asked for any more; what is reached stays in the target above."""
        self._start("stop", reason)._finish("stop", reason, reason=reason)

    @api.private
    def _do_resume(self):
        self._start("resume")._finish("resume", reason=False)

    # ---------- For reports ----------

    def _get_reached_on(self, day):
        """Return {id: what was reached on a day, or None}; one query, whatever the number of targets.

        :param day: date; figures about a later day do not count
        """
        # sudo: emulation.target - of all units: sums for a report
        tree = self.sudo().search_fetch(
            Domain("id", "in", self.ids) | Domain("parent_id", "child_of", self.ids),
            ["roll_up", "parent_id", "weight", "state"],
        )
        found = dict.fromkeys(tree.ids)
        for target_id, value in self._get_last_figures(tree, day):
            found[target_id] = Decimal(str(value))
        below = tree.grouped("parent_id")
        for target in tree.sorted(lambda target: -len(self._get_path(target))):
            if target.roll_up != "own":
                parts = [
                    (found[child.id], Decimal(str(child.weight)))
                    for child in below.get(target, ())
                    if child._is_counted(found[child.id] is not None)
                ]
                found[target.id] = targets.roll_up(target.roll_up, parts)
        return {target.id: found.get(target.id) for target in self}

    def _get_path(self, target):
        """Return the targets above one, itself last."""
        path = []
        while target:
            path.append(target.id)
            target = target.parent_id
        return path

    def _get_last_figures(self, tree, day):
        self.env["emulation.target.progress"].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (target_id) target_id, value FROM emulation_target_progress
                 WHERE target_id IN %s AND state = 'approved' AND date <= %s
              ORDER BY target_id, date DESC, id DESC
                """,
                tuple(tree.ids) or (0,),
                day,
            )
        )
