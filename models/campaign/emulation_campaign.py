from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.tools import format_date
from odoo.tools.translate import LazyTranslate

from ...engine import deadlines
from ..mixin.actions import open_dialog, open_form
from ..mixin.labels import get_labels
from ..mixin.refusals import HEADS_ONLY, OFFICERS_ONLY
from ..mixin.verb import Verb
from . import asking, ending, mass_registration, target_glance, tree

_lt = LazyTranslate(__name__)

DECIDERS = {"officer": None, "stand_in": None}
# The head of the unit a campaign belongs to completes and launches it, and ends it.
OWNERS = {**DECIDERS, "head": None}
VERBS = {
    "launch": Verb(
        ("draft",),
        "launched",
        OWNERS,
        _lt("Launch"),
        checks=("_check_parts", "_check_sets", ending.above_is_over),
        also="aim, scope, audience, contents, criteria and period are there (Law 06/2022/QH15, Article 17); the "
        "campaign above it is not over",
    ),
    "close": Verb(
        ("launched",),
        "closed",
        OWNERS,
        _lt("Close the campaign"),
        checks=ending.CLOSING,
        also="no round is open, no campaign below still runs but what goes on longer by its own days, and what began "
        "by a document ends by one: the report of the final review or a closing document",
    ),
    "reopen": Verb(
        ("closed",),
        "launched",
        DECIDERS,
        _lt("Reopen"),
        reason=True,
        checks=(ending.above_is_over_for_it,),
        also="the campaign above it is not over, or is closed and ends before it by its own days; after its last day "
        "it is open again for 30 days and then ends by itself",
    ),
    "keep_open": Verb(
        ("launched",),
        None,
        DECIDERS,
        _lt("Keep it open"),
        reason=True,
        checks=(ending.was_not_reopened,),
        also="it was reopened after its last day, and is still over; 30 days from today",
    ),
    "cancel": Verb(
        ("draft", "launched"),
        "cancelled",
        DECIDERS,
        _lt("Cancel the campaign"),
        reason=True,
        checks=(ending.one_runs_below,),
        also="no campaign below still runs",
    ),
}
# What a launch fixes: a launched campaign changes by an amendment alone (emulation.campaign.change).
CONTENT = frozenset(
    {
        *("individual_set_id", "collective_set_id", "household_set_id"),
        *("date_start", "parent_id", "company_id", "kind"),
        *("name", "theme", "purpose", "scope", "audience", "audience_kind", "audience_department_ids"),
        *("audience_employee_ids", "audience_category_ids", "content_ids", "date_end", "registration_from"),
        *("registration_deadline", "registration_grace_days", "registration_required", "milestone_ids"),
        *("currency_id", "budget", "standing_unit_id", "occasion_ids", "rulebook_id", "award_line_ids"),
        *("block_ids", "body_ids"),
    }
)
# What the head of the unit it belongs to fills in before the launch.
OF_THE_UNIT = frozenset(
    {
        *("name", "theme", "purpose", "scope", "audience", "content_ids", "milestone_ids", "occasion_ids"),
        *("audience_kind", "audience_employee_ids", "audience_category_ids", "date_start", "date_end"),
        *("registration_from", "registration_deadline", "registration_grace_days", "registration_required"),
        "body_ids",
    }
)
# What belongs to a campaign while it runs.
LIFE = frozenset(
    {"review_ids", "participation_ids", "document_ids", "milestone_ids", "extension_ids", "active"}
)


class EmulationCampaign(models.Model):
    """An emulation campaign (phong trào thi đua), Law 06/2022/QH15, Articles 16–18.

    What it says on paper are records of their own (``emulation.campaign.document``): the launch letter, and the
    amendments by which alone a launched campaign changes. Closed, it is only read.
    """

    _name = "emulation.campaign"
    _description = "Emulation campaign"
    _inherit = [
        "emulation.search.mixin",
        "emulation.verb.mixin",
        "emulation.pieces.mixin",
        "emulation.thread.mixin",
        "mail.activity.mixin",
        "hr.mixin",
        "emulation.list.head",
    ]
    _set_fields = ("individual_set_id", "collective_set_id", "household_set_id")
    _head_filters = ("running", "registering", "ending", "missing", "overdue")
    _search_key_fields = ("name", "theme", "document_ids.number", "owner_unit_id.name")
    _verbs = VERBS
    _writable = {
        "draft": {"officer": CONTENT | LIFE, "head": OF_THE_UNIT},
        "launched": {"officer": LIFE, "head": {"milestone_ids"}},
        "closed cancelled": {"officer": {"active"}},
    }
    _deletable = {"draft": "officer"}
    _order = "date_start desc, id desc"
    _parent_store = True
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    theme = fields.Text()
    kind = fields.Selection(
        [
            ("regular", "Regular"),
            ("thematic", "Thematic"),
            ("phase", "In phases"),
            ("special", "Special"),
            ("ad_hoc", "Ad hoc"),
        ],
        required=True,
        default="regular",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("launched", "Launched"), ("closed", "Closed"), ("cancelled", "Cancelled")],
        default="draft",
        required=True,
        copy=False,
        tracking=True,
        group_expand="_expand_states",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    parent_id = fields.Many2one(
        "emulation.campaign", string="Campaign above", index=True, ondelete="restrict"
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("emulation.campaign", "parent_id", string="Campaigns below")
    previous_id = fields.Many2one(
        "emulation.campaign",
        string="Repeats",
        index="btree_not_null",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="The campaign of the period before, which this one was repeated from.",
    )
    owner_unit_id = fields.Many2one(
        "hr.department", string="Handed down to", index="btree_not_null", readonly=True, copy=False
    )
    is_handed_down = fields.Boolean(
        string="Handed down", readonly=True, copy=False, help="Its head hears of it when it is launched."
    )
    purpose = fields.Text(string="Aim")
    scope = fields.Text()
    audience = fields.Text(help="Who may take part, in words.")
    audience_kind = fields.Selection(
        [
            ("all", "Whole agency"),
            ("departments", "Departments"),
            ("employees", "Named employees"),
            ("tags", "Employees with a tag"),
        ],
        string="Audience kind",
        default="all",
        required=True,
    )
    audience_department_ids = fields.Many2many("hr.department", string="Audience departments")
    audience_employee_ids = fields.Many2many("hr.employee", string="Audience employees")
    audience_category_ids = fields.Many2many("hr.employee.category", string="Employee tags")
    content_ids = fields.One2many("emulation.campaign.content", "campaign_id", copy=True, string="Contents")
    date_start = fields.Date(string="Start date", tracking=True)
    date_end = fields.Date(string="End date", tracking=True)
    registration_from = fields.Date(
        string="Registration from", help="Empty: from the launch on. It opens and closes by itself."
    )
    registration_deadline = fields.Date(string="Registration deadline")
    registration_text = fields.Char(
        string="Registration", compute="_compute_registration_text", help="Who must register, and until when."
    )
    registration_grace_days = fields.Integer(
        string="Registration grace days", help="Days after the deadline on which registration is still taken."
    )
    registration_required = fields.Boolean(string="Registration is compulsory")
    milestone_ids = fields.One2many(
        "emulation.campaign.milestone", "campaign_id", copy=True, string="Milestones"
    )
    currency_id = fields.Many2one(
        "res.currency", default=lambda self: self.env.ref("base.VND"), required=True
    )
    budget = fields.Monetary()
    registration_count = fields.Integer(string="Registrations", compute="_compute_counts")
    approved_count = fields.Integer(string="Approved", compute="_compute_counts")
    to_approve_count = fields.Integer(string="To approve", compute="_compute_counts")
    left_count = fields.Integer(string="Have left", compute="_compute_counts")
    below_count = fields.Integer(string="Number of campaigns below", compute="_compute_tree")
    running_below_count = fields.Integer(string="Still running below", compute="_compute_tree")
    tree_registration_count = fields.Integer(
        string="Registrations, all levels", compute="_compute_tree", help="Of this campaign and all below it."
    )
    tree_approved_count = fields.Integer(string="Approved, all levels", compute="_compute_tree")
    tree_granted_count = fields.Integer(string="Commended, all levels", compute="_compute_tree")
    tree_prize_total = fields.Monetary(
        string="Prizes decided",
        compute="_compute_tree",
        help="Paid or to be paid, of this campaign and all below it; compare with the budget.",
    )
    is_over_budget = fields.Boolean(string="More than the budget", compute="_compute_tree")
    progress = fields.Integer(
        string="Time passed", compute="_compute_progress", help="In % of the campaign's days."
    )
    warning = fields.Char(string="Note on dates", compute="_compute_warning")
    standing_unit_id = fields.Many2one("hr.department", string="Standing unit", check_company=True)
    body_ids = fields.One2many(
        "emulation.campaign.body", "campaign_id", string="Co-ordinating bodies", copy=True
    )
    occasion_ids = fields.Many2many("emulation.occasion", string="Occasions")
    block_ids = fields.Many2many(
        "emulation.block",
        string="Clusters and blocks",
        help="In which the units compare themselves; named in the letter.",
    )
    rulebook_id = fields.Many2one("emulation.rulebook")
    individual_set_id = fields.Many2one(
        "emulation.criterion.set", string="Criteria for people", check_company=True
    )
    collective_set_id = fields.Many2one(
        "emulation.criterion.set", string="Criteria for units", check_company=True
    )
    household_set_id = fields.Many2one(
        "emulation.criterion.set",
        string="Criteria for households",
        check_company=True,
        help="Empty: households are scored by the criteria for units.",
    )
    award_line_ids = fields.One2many(
        "emulation.campaign.award", "campaign_id", string="Awards on offer", copy=True
    )
    participation_ids = fields.One2many("emulation.participation", "campaign_id", string="Participations")
    review_ids = fields.One2many("emulation.review", "campaign_id", string="Review rounds")
    document_ids = fields.One2many("emulation.campaign.document", "campaign_id", string="Documents")
    launch_document_id = fields.Many2one(
        "emulation.campaign.document", compute="_compute_launch_document_id", help="The one that was issued."
    )
    active = fields.Boolean(default=True)
    is_mine = fields.Boolean(
        string="Of my unit",
        compute="_compute_is_mine",
        search="_search_is_mine",
        help="I head its unit, the unit that follows it up, or one that co-ordinates it.",
    )
    leads_unit = fields.Boolean(string="I head a unit", compute="_compute_is_mine")
    can_launch = fields.Boolean(compute="_compute_can")
    can_close = fields.Boolean(compute="_compute_can")
    can_push = fields.Boolean(string="Can hand down", compute="_compute_is_mine")
    is_over = fields.Boolean(
        string="Time is over",
        compute="_compute_is_over",
        search="_search_is_over",
        help="Its last day has passed and it is not closed yet.",
    )
    reopened_until = fields.Date(
        string="Open again until",
        readonly=True,
        copy=False,
        help="Reopened after its last day: it ends by itself after this one.",
    )
    extension_ids = fields.One2many("emulation.extension", "campaign_id", string="Extensions")
    target_ids = fields.One2many("emulation.target", "campaign_id", string="Targets of the campaign")
    target_count = fields.Integer(string="Targets", compute="_compute_targets")
    target_percent = fields.Float(
        string="Targets reached",
        compute="_compute_targets",
        help="In % of all running targets, those of the campaigns below included.",
    )
    target_red_count = fields.Integer(string="Targets behind", compute="_compute_targets")

    _registration_in_order = models.Constraint(
        "CHECK (registration_from IS NULL OR registration_deadline IS NULL"
        " OR registration_deadline >= registration_from)",
        "Registration cannot end before it starts.",
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_start IS NULL OR date_end IS NULL OR date_end >= date_start)",
        "The campaign cannot end before it starts.",
    )

    @api.depends("name", "state", "is_handed_down", "owner_unit_id.name", "company_id.name")
    @api.depends_context("lang", "formatted_display_name")
    def _compute_display_name(self):
        """Name with the unit it was handed down to; where one chooses, its state too."""
        labels = get_labels(self, "state")
        is_choice = self.env.context.get("formatted_display_name")
        for campaign in self:
            # sudo: hr.department, res.company - the name of who carries it out is no secret
            known = campaign.sudo()
            owner = known.owner_unit_id.name or (known.is_handed_down and known.company_id.name)
            name = f"{campaign.name} – {owner}" if owner else campaign.name or ""
            campaign.display_name = f"{name}\t--{labels.get(campaign.state)}--" if is_choice else name

    def _compute_tree(self):
        sums = tree.count(self)
        for campaign in self:
            campaign.update(sums.get(campaign.id) or dict.fromkeys(tree.SUMS, 0))
            campaign.is_over_budget = 0 < campaign.budget < campaign.tree_prize_total

    @api.depends("participation_ids.state")
    def _compute_counts(self):
        groups = self.env["emulation.participation"]._read_group(
            [("campaign_id", "in", self.ids)], ["campaign_id", "state"], ["__count"]
        )
        for campaign in self:
            counts = {state: count for found, state, count in groups if found == campaign}
            campaign.registration_count = sum(counts.values()) - counts.get("withdrawn", 0)
            campaign.left_count = counts.get("left", 0)
            # Who was approved and has left since was approved all the same: figures of the past do not move.
            campaign.approved_count = counts.get("approved", 0) + campaign.left_count
            campaign.to_approve_count = counts.get("submitted", 0)

    @api.depends("document_ids.state", "document_ids.purpose")
    def _compute_launch_document_id(self):
        issued = self.env["emulation.campaign.document"].search(
            [("campaign_id", "in", self.ids), ("purpose", "=", "launch"), ("state", "=", "issued")]
        )
        by_campaign = issued.grouped("campaign_id")
        for campaign in self:
            campaign.launch_document_id = by_campaign.get(campaign._origin, issued.browse())[:1]

    @api.depends(
        "registration_required", "registration_from", "registration_deadline", "registration_grace_days"
    )
    @api.depends_context("lang")
    def _compute_registration_text(self):
        for campaign in self:
            campaign.registration_text = " ".join(campaign._get_registration_sentences())

    def _get_registration_sentences(self):
        """Return what a person who registers has to know, in sentences."""
        start, end = self.registration_from, self.registration_deadline
        texts = [
            self.env._("Registration is compulsory here.")
            if self.registration_required
            else self.env._("Registration is voluntary here.")
        ]
        if start:
            texts.append(self.env._("It starts on %(date)s.", date=format_date(self.env, start)))
        if end:
            texts.append(self.env._("It ends on %(date)s.", date=format_date(self.env, end)))
        if end and self.registration_grace_days > 0:
            late = fields.Date.add(end, days=self.registration_grace_days)
            texts.append(self.env._("Late ones are taken until %(date)s.", date=format_date(self.env, late)))
        return texts

    @api.depends("date_start", "date_end")
    def _compute_progress(self):
        today = fields.Date.context_today(self)
        for campaign in self:
            campaign.progress = 0
            if campaign.date_start and campaign.date_end and today >= campaign.date_start:
                days = (campaign.date_end - campaign.date_start).days + 1
                campaign.progress = min(100, 100 * ((today - campaign.date_start).days + 1) // days)

    @api.depends("date_end", "state")
    def _compute_is_over(self):
        today = fields.Date.context_today(self)
        for campaign in self:
            campaign.is_over = bool(
                campaign.state == "launched" and campaign.date_end and campaign.date_end < today
            )

    def _search_is_over(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "=", "launched") & Domain("date_end", "<", fields.Date.context_today(self))

    @api.depends("date_end", "date_start", "parent_id.date_end", "parent_id.date_start")
    def _compute_warning(self):
        for campaign in self:
            # sudo: emulation.campaign - the campaign above may belong to another company; its dates only
            above = campaign.parent_id.sudo()
            campaign.warning = False
            if ending.outlasts(campaign.sudo()):
                campaign.warning = self.env._("This campaign outlasts the one above it.")
            elif above.date_start and campaign.date_start and campaign.date_start < above.date_start:
                campaign.warning = self.env._("This campaign starts before the one above it.")

    @api.model
    def _expand_states(self, states, _domain):
        """Return the columns of the kanban: what runs first; cancelled ones only if there are any."""
        return ["launched", "draft", "closed", *(state for state in states if state == "cancelled")]

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A campaign cannot be above itself."))
        # sudo: emulation.campaign.award - what is on offer below may belong to other agencies; only numbers leave
        below = self.env["emulation.campaign.award"].sudo().search([("campaign_id", "child_of", self.ids)])
        below._check_shares()

    def copy_data(self, default=None):
        """Keep the people named: the ORM leaves out those an officer without HR rights cannot read."""
        vals_list = super().copy_data(default)
        if "audience_employee_ids" not in (default or {}):
            for campaign, vals in zip(self, vals_list, strict=True):
                # sudo: emulation.campaign - whom it asks; the copy asks the same people
                vals["audience_employee_ids"] = [Command.set(campaign.sudo().audience_employee_ids.ids)]
        return vals_list

    @api.depends("target_ids.state", "target_ids.percent", "target_ids.light")
    def _compute_targets(self):
        target_glance.fill(self)

    # ---------- Whose it is ----------

    @api.model
    def _get_role_fields(self):
        return super()._get_role_fields() | {"owner_unit_id"}

    def _get_acting_unit_id(self):
        """The head of the unit it was handed down to, or of one above, acts on it."""
        return self.owner_unit_id.id

    @api.depends("owner_unit_id", "standing_unit_id", "body_ids.department_id", "state", "company_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        led, headed = self.env["hr.department"]._get_emulation_acting_ids()
        roles = self._get_roles()
        for campaign in self:
            known = campaign.sudo()  # sudo: hr.department - ids of units only
            units = known.owner_unit_id | known.standing_unit_id | known.body_ids.department_id
            campaign.is_mine = not headed.isdisjoint(units.ids)
            campaign.leads_unit = bool(led)
            is_running = campaign.state in ("draft", "launched")
            able = roles.get(campaign.id, frozenset()) & {"officer", "stand_in", "head"}
            campaign.can_push = bool(is_running and able)

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        _led, headed = self.env["hr.department"]._get_emulation_acting_ids()
        names = ("owner_unit_id", "standing_unit_id", "body_ids.department_id")
        return Domain.OR(Domain(name, "in", list(headed)) for name in names)

    def action_new_below(self):
        """Start a campaign of one's own unit below this one and open it; its head completes and launches it.

        :raises UserError: the user heads no unit
        """
        self.ensure_one()
        self.check_access("read")
        led, headed = self.env["hr.department"]._get_emulation_acting_ids()
        # sudo: emulation.campaign, hr.department - the unit of a campaign is no secret
        owner = self.sudo().owner_unit_id
        unit = owner if owner.id in headed else owner.browse(sorted(led)[:1])
        if not unit:
            raise UserError(self.env._(HEADS_ONLY))
        # sudo: emulation.campaign - who heads a unit may not create campaigns anywhere else
        below = self.sudo()._create_protected([self.sudo()._prepare_below(unit)])
        return open_form(below.sudo(False))

    def _prepare_below(self, unit):
        """Return what a unit's own campaign starts from: time and criteria of the one above, the unit's people."""
        return {
            "name": self.env._("Campaign of the unit"),
            "parent_id": self.id,
            "company_id": self.company_id.id,
            "owner_unit_id": unit.id,
            "standing_unit_id": unit.id,
            "kind": "thematic",
            "date_start": self.date_start,
            "date_end": self.date_end,
            "audience_kind": "departments",
            "audience_department_ids": [Command.set(unit.ids)],
            **{name: (self[name].template_id or self[name]).id for name in self._set_fields},
        }

    def action_remind_units(self):
        """Ask the heads of the units from which nobody has registered yet; for the standing unit as well.

        :raises AccessError: the user neither runs the campaign nor follows it up
        """
        self.ensure_one()
        if not (self.is_mine or self._get_roles()[self.id] & {"officer", "stand_in", "head"}):
            raise AccessError(self.env._(OFFICERS_ONLY))
        silent = asking.remind_silent_units(self)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%(count)s units reminded.", count=len(silent)),
            },
        }

    # ---------- Verbs ----------

    def action_launch(self):
        """Launch: everything Article 17 asks for has to be there."""
        return self._run_verb("launch")

    def action_close(self):
        """End the campaign; nothing of it may still run."""
        return self._run_verb("close")

    def action_reopen(self):
        return self._ask_reason("reopen")

    def action_keep_open(self):
        """Keep a campaign open that was reopened after its last day."""
        return self._ask_reason("keep_open")

    def action_cancel(self):
        return self._ask_reason("cancel")

    def action_clone(self):
        """Repeat the campaign and all below it in the next period, as drafts, and open it."""
        self.check_access("write")
        clones = self.browse([tree.Repetition(campaign).run().id for campaign in self])
        action = self.env["ir.actions.act_window"]._for_xml_id("hr_emulation.emulation_campaign_action")
        return {**action, "res_id": clones[:1].id, "views": [(False, "form")]}

    def action_new_document(self):
        """Open the document the button names in the context: the draft there is, else a new one."""
        self.ensure_one()
        purpose = self.env.context.get("emulation_purpose", "launch")
        begun = self.document_ids.filtered(lambda one: (one.purpose, one.state) == (purpose, "draft"))
        return open_form(begun[:1] or begun._start_for(self, purpose))

    def action_open_launch_document(self):
        """Open the launch document, issued or in the making; start it if there is none."""
        self.ensure_one()
        document = self.launch_document_id or self.document_ids.filtered(lambda d: d.purpose == "launch")[:1]
        return open_form(document or self.env["emulation.campaign.document"]._start_for(self, "launch"))

    def action_push(self):
        """Open the wizard that launches the campaign and hands it down."""
        return self._open_wizard(self.env._("Launch and hand down"), "emulation.campaign.push")

    def action_mass_register(self):
        """Open the wizard that registers everybody a filter finds."""
        return self._open_wizard(self.env._("Mass registration"), "emulation.mass.registration")

    def _open_wizard(self, name, model):
        self.ensure_one()
        return open_dialog(model, {"default_campaign_id": self.id}, name)

    def action_view_below(self):
        """Open the campaign and all below it, level by level."""
        self.ensure_one()
        return self._open_below()

    def _open_below(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("hr_emulation.emulation_campaign_action")
        views = [(False, "list"), (False, "kanban"), (False, "form")]
        return {**action, "views": views, "domain": [("id", "child_of", self.id)]}

    def action_view_participations(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("hr_emulation.emulation_participation_action")
        context = {"default_campaign_id": self.id, "default_company_id": self.company_id.id}
        return {**action, "domain": [("campaign_id", "=", self.id)], "context": context}

    def action_view_targets(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("hr_emulation.emulation_target_action")
        context = {"default_campaign_id": self.id}
        return {**action, "domain": [("campaign_id", "child_of", self.id)], "context": context}

    def _get_cannot_launch_reason(self):
        return self._check_verb("launch")

    def _get_cannot_close_reason(self):
        return self._check_verb("close")

    def _get_cannot_reopen_reason(self):
        return self._check_verb("reopen")

    def _get_cannot_keep_open_reason(self):
        return self._check_verb("keep_open")

    def _get_cannot_cancel_reason(self):
        return self._check_verb("cancel")

    def _check_parts(self):
        """Return {id: reason} naming what is missing of all that Article 17 asks for."""
        return {
            campaign.id: self.env._(
                "%(name)s cannot be launched without: %(missing)s "
                "(Law on Emulation and Commendation, Article 17).",
                name=campaign.name,
                missing=", ".join(missing),
            )
            for campaign in self
            if (missing := campaign._get_missing())
        }

    def _check_sets(self):
        wrong = self._get_sets()._get_cannot_use_reason()
        bad = {
            campaign.id: [wrong[sheet.id] for sheet in campaign._get_sets() if sheet.id in wrong]
            for campaign in self
        }
        return {campaign: " ".join(texts) for campaign, texts in bad.items() if texts}

    def _get_sets(self):
        """Return the criteria of these campaigns, for whomever they are."""
        return self.individual_set_id | self.collective_set_id | self.household_set_id

    def _get_missing(self):
        self.ensure_one()
        present = {
            self.env._("aim"): self.purpose,
            self.env._("scope"): self.scope,
            self.env._("audience"): self.audience or self._has_audience(),
            self.env._("contents"): self.content_ids,
            self.env._("criteria"): self._get_sets(),
            self.env._("period"): self.date_start and self.date_end,
        }
        return [label for label, value in present.items() if not value]

    def _has_audience(self):
        chosen = {
            "departments": self.audience_department_ids,
            "employees": self.audience_employee_ids,
            "tags": self.audience_category_ids,
        }
        return bool(chosen.get(self.audience_kind, False))

    @api.private
    def _do_launch(self):
        """Give each campaign its own locked copy of its criterion sets and launch it."""
        todo = self._start("launch")
        wanted = [
            (campaign, name)
            for campaign in todo
            for name in self._set_fields
            if campaign[name] and not campaign[name].locked
        ]
        # sudo: emulation.criterion.set - the copy belongs to the campaign; the verb has checked who launches
        copies = (
            self.env["emulation.criterion.set"]
            .sudo()
            ._take_locked_copies(
                [(campaign[name], f"{campaign[name].name} – {campaign.name}") for campaign, name in wanted]
            )
        )
        for (campaign, name), own in zip(wanted, copies, strict=True):
            campaign.sudo()._write_protected({name: own.id})  # sudo: emulation.campaign - as above
        todo._finish("launch")
        asking.tell_heads(todo.filtered("is_handed_down"))

    @api.private
    def _do_close(self):
        self._start("close")._finish("close", reopened_until=False)

    @api.private
    def _do_reopen(self, reason):
        """Open a closed campaign again, with a reason; after its last day for some time only."""
        ending.reopen(self, reason)

    @api.private
    def _do_keep_open(self, reason):
        """Put off the day on which a reopened campaign ends by itself."""
        ending.keep_open(self, reason)

    @api.model
    def _cron_follow(self):
        """End what is over, and remind of milestones. A copy of the database does nothing."""
        if self.env["emulation.installation"]._is_copy():
            return
        ending.end(ending.find_ended(self))
        self.env["emulation.campaign.milestone"]._remind()

    @api.private
    def _do_cancel(self, reason):
        """Cancel with a reason; what was registered stays readable."""
        self._start("cancel", reason)._finish("cancel", reason)

    def action_export_xlsx(self):
        """Return the results of the selected campaigns as a workbook."""
        evaluations = self.env["emulation.evaluation"].search([("campaign_id", "in", self.ids)])
        by_rank = evaluations.sorted(lambda e: (e.campaign_id.id, e.review_id.id, e.rank or 10**9))
        return by_rank.action_export_xlsx()

    def _is_open_to(self, company):
        """Return whether an agency may propose for this campaign: its own, or one that an agency above launched."""
        self.ensure_one()
        if company == self.company_id:
            return True
        is_above = self.company_id in company.parent_ids or company in self.child_ids.company_id
        return is_above and self.state in ("launched", "closed")

    # ---------- Its awards on paper ----------

    def _get_rulebook_day(self):
        """Return the day whose rule book its awards go by, where it names none."""
        return self.date_end or self.date_start or fields.Date.context_today(self)

    def _get_award_names(self, awards, company):
        """Return the names on paper of awards, in their order: by its rule book, else by the one in force then.

        :param company: the agency whose document it is
        """
        if self.rulebook_id:
            return awards._get_printed_names(company, self.rulebook_id)
        names = awards._get_printed_names_on(company, self._get_rulebook_day())
        return [names[award] for award in awards]

    # ---------- For registration ----------

    @api.private
    def _work_register(self, ids, *, model, award_ids=(), pledge=False, is_approved=False):
        """Register many at once (``emulation.pieces.mixin``).

        :param str model: ``hr.employee`` or ``hr.department``, whose ids these are
        :return: the ids of those who are in already
        """
        recipients = self.env[model].browse(ids).exists()
        return mass_registration.register(self, recipients, award_ids, pledge, is_approved).ids

    @api.model
    def _get_open_for_registration_domain(self, units):
        """Return the domain of launched campaigns in which one of the units, or its people, may register today."""
        today = fields.Date.context_today(self)
        launched = Domain("state", "=", "launched") & (
            Domain("registration_from", "=", False) | Domain("registration_from", "<=", today)
        )
        running = Domain("date_end", "=", False) | Domain("date_end", ">=", today)
        # sudo: emulation.campaign - ids only, part of a domain that obeys the rules of the caller
        late = self.sudo().search(launched & Domain("registration_deadline", "<", today))
        days = late._get_registration_days(units)
        # Grace days differ by campaign, and days granted by unit.
        closed = [one.id for one in late if one._get_registration_closed_reason(days[one.id])]
        return launched & running & Domain("id", "not in", closed)

    def _get_registration_days(self, units):
        """Return {campaign id: the last day to register}; the latest day granted to one of the units counts."""
        granted = {}
        for (campaign, _unit), days in (
            self.env["emulation.extension"]._get_days(self, "registration", units).items()
        ):
            granted.setdefault(campaign, []).extend(days)
        return {one.id: deadlines.latest(one.registration_deadline, granted.get(one.id, [])) for one in self}

    def _get_open_units(self, units):
        """Return those of the units that may register today, they and their people: a day granted to them counts."""
        self.ensure_one()
        if not self._get_registration_closed_reason():
            return units
        granted = self.env["emulation.extension"]._get_days(self, "registration", units)
        days = {
            unit: deadlines.latest(self.registration_deadline, granted.get((self.id, unit.id), []))
            for unit in units
        }
        return units.filtered(lambda unit: not self._get_registration_closed_reason(days[unit]))

    def _get_registration_closed_reason(self, until=None):
        """Return why registration is closed today, or False; the grace period counts as open.

        :param until: the deadline that holds for the unit asked about, where a later one was granted to it
        """
        self.ensure_one()
        today = fields.Date.context_today(self)
        if self.state != "launched":
            return self.env._("The campaign is not launched.")
        start, deadline = self.registration_from, until or self.registration_deadline
        if start and today < start:
            return self.env._("Registration starts on %(date)s.", date=format_date(self.env, start))
        if deadlines.is_refused(deadline, self.registration_grace_days, today):
            return self.env._("Registration ended on %(date)s.", date=format_date(self.env, deadline))
        if self.date_end and today > self.date_end:
            return self.env._("The campaign ended on %(date)s.", date=format_date(self.env, self.date_end))
        return False

    def _get_audience_domain(self):
        """Return the domain of the employees the campaign is for."""
        self.ensure_one()
        company = Domain("company_id", "=", self.company_id.id)
        if self.audience_kind == "departments":
            return company & Domain("department_id", "child_of", self.audience_department_ids.ids)
        if self.audience_kind == "employees":
            return company & Domain("id", "in", self.audience_employee_ids.ids)
        if self.audience_kind == "tags":
            return company & Domain("category_ids", "in", self.audience_category_ids.ids)
        return company
