from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.tools import format_date
from odoo.tools.translate import LazyTranslate

from ..mixin.emulation_document_mixin import FRAME
from ..mixin.verb import Verb

_lt = LazyTranslate(__name__)

LAUNCH_LETTER = "hr_emulation.report_campaign_launch"
DECIDERS = {"officer": None, "stand_in": None}
VERBS = {
    "launch": Verb(
        ("draft",),
        "launched",
        DECIDERS,
        _lt("Launch"),
        checks=("_check_parts", "_check_sets"),
        also="aim, scope, audience, contents, criteria and period are there (Law 06/2022/QH15, Article 17)",
    ),
    "close": Verb(
        ("launched",),
        "closed",
        DECIDERS,
        _lt("Close the campaign"),
        checks=("_check_rounds",),
        also="no round is open",
    ),
    "cancel": Verb(("draft", "launched"), "cancelled", DECIDERS, _lt("Cancel the campaign"), reason=True),
}
# A launched campaign keeps these.
CORE = frozenset({"individual_set_id", "collective_set_id", "date_start", "parent_id", "company_id", "kind"})
CONTENT = FRAME | {
    *("name", "theme", "launch_document_kind", "purpose", "scope", "audience", "audience_kind"),
    *("audience_department_ids", "audience_employee_ids", "audience_category_ids", "content_ids", "date_end"),
    *("registration_from", "registration_deadline", "registration_grace_days", "registration_required"),
    *("milestone_ids", "currency_id", "budget", "standing_unit_id", "occasion_ids", "rulebook_id"),
    *("award_line_ids", "review_ids", "participation_ids", "active"),
}


class EmulationCampaign(models.Model):
    """An emulation campaign (phong trào thi đua, Law 06/2022/QH15, Articles 16–18), and its launch letter."""

    _name = "emulation.campaign"
    _description = "Emulation campaign"
    _inherit = [
        "emulation.search.mixin",
        "emulation.verb.mixin",
        "emulation.document.mixin",
        "emulation.thread.mixin",
        "mail.activity.mixin",
        "hr.mixin",
        "emulation.list.head",
    ]
    _head_filters = ("running", "registering", "ending", "missing", "overdue")
    _search_key_fields = ("name", "theme", "number")
    _verbs = VERBS
    _writable = {
        "draft": {"officer": CONTENT | CORE},
        "launched": {"officer": CONTENT},
        "closed cancelled": {"officer": {"active"}},
    }
    _deletable = {"draft": "officer"}
    _order = "date_start desc, id desc"
    _parent_store = True
    _check_company_auto = True
    _issued_states = ("launched", "closed")
    _document_report = "campaign_launch"

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
    owner_unit_id = fields.Many2one(
        "hr.department", string="Handed down to", index="btree_not_null", readonly=True, copy=False
    )
    is_handed_down = fields.Boolean(
        string="Handed down", readonly=True, copy=False, help="Its head hears of it when it is launched."
    )
    launch_document_kind = fields.Selection(
        [("letter", "Official launch letter"), ("plan", "Plan"), ("directive", "Directive")],
        default="letter",
        required=True,
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
        default="all",
        required=True,
    )
    audience_department_ids = fields.Many2many("hr.department", string="Audience departments")
    audience_employee_ids = fields.Many2many("hr.employee", string="Audience employees")
    audience_category_ids = fields.Many2many("hr.employee.category", string="Employee tags")
    content_ids = fields.One2many("emulation.campaign.content", "campaign_id", copy=True, string="Contents")
    date_start = fields.Date(tracking=True)
    date_end = fields.Date(tracking=True)
    registration_from = fields.Date(
        string="Registration from", help="Empty: from the launch on. It opens and closes by itself."
    )
    registration_deadline = fields.Date()
    registration_text = fields.Char(
        string="Registration", compute="_compute_registration_text", help="Who must register, and until when."
    )
    registration_grace_days = fields.Integer(
        help="Days after the deadline on which registration is still taken."
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
    progress = fields.Integer(compute="_compute_progress", help="Time passed, in %.")
    warning = fields.Char(string="Note on dates", compute="_compute_warning")
    standing_unit_id = fields.Many2one("hr.department", check_company=True)
    occasion_ids = fields.Many2many("emulation.occasion", string="Occasions")
    rulebook_id = fields.Many2one("emulation.rulebook")
    individual_set_id = fields.Many2one(
        "emulation.criterion.set", string="Criteria for people", check_company=True
    )
    collective_set_id = fields.Many2one(
        "emulation.criterion.set", string="Criteria for units", check_company=True
    )
    award_line_ids = fields.One2many(
        "emulation.campaign.award", "campaign_id", string="Awards on offer", copy=True
    )
    participation_ids = fields.One2many("emulation.participation", "campaign_id", string="Participations")
    review_ids = fields.One2many("emulation.review", "campaign_id", string="Review rounds")
    letter_sent_date = fields.Date(string="Sent to the audience on", readonly=True, copy=False)
    active = fields.Boolean(default=True)

    _registration_in_order = models.Constraint(
        "CHECK (registration_from IS NULL OR registration_deadline IS NULL"
        " OR registration_deadline >= registration_from)",
        "Registration cannot end before it starts.",
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_start IS NULL OR date_end IS NULL OR date_end >= date_start)",
        "The campaign cannot end before it starts.",
    )

    @api.depends("participation_ids.state")
    def _compute_counts(self):
        groups = self.env["emulation.participation"]._read_group(
            [("campaign_id", "in", self.ids)], ["campaign_id", "state"], ["__count"]
        )
        for campaign in self:
            counts = {state: count for found, state, count in groups if found == campaign}
            campaign.registration_count = sum(counts.values()) - counts.get("withdrawn", 0)
            campaign.approved_count = counts.get("approved", 0)
            campaign.to_approve_count = counts.get("submitted", 0)

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

    @api.depends("date_end", "date_start", "parent_id.date_end", "parent_id.date_start")
    def _compute_warning(self):
        for campaign in self:
            # sudo: emulation.campaign - the campaign above may belong to another company; its dates only
            above = campaign.parent_id.sudo()
            campaign.warning = False
            if above.date_end and campaign.date_end and campaign.date_end > above.date_end:
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

    def copy_data(self, default=None):
        """Keep the people named: the ORM leaves out those an officer without HR rights cannot read."""
        vals_list = super().copy_data(default)
        if "audience_employee_ids" not in (default or {}):
            for campaign, vals in zip(self, vals_list, strict=True):
                # sudo: emulation.campaign - whom it asks; the copy asks the same people
                vals["audience_employee_ids"] = [Command.set(campaign.sudo().audience_employee_ids.ids)]
        return vals_list

    # ---------- Verbs ----------

    def action_launch(self):
        """Launch: everything Article 17 asks for has to be there."""
        return self._run_verb("launch")

    def action_close(self):
        """End the campaign; no round may be open."""
        return self._run_verb("close")

    def action_cancel(self):
        return self._ask_reason("cancel")

    def action_clone(self):
        """Copy the campaign one year later, as a draft, and open it."""
        clones = self.browse()
        for campaign in self:
            clones |= campaign.copy(campaign._prepare_next_year())
        action = self.env["ir.actions.act_window"]._for_xml_id("hr_emulation.emulation_campaign_action")
        return {**action, "res_id": clones[:1].id, "views": [(False, "form")]}

    def action_push(self):
        """Open the wizard that launches the campaign and hands it down."""
        return self._open_wizard(self.env._("Launch and hand down"), "emulation.campaign.push")

    def action_mass_register(self):
        """Open the wizard that registers everybody a filter finds."""
        return self._open_wizard(self.env._("Mass registration"), "emulation.mass.registration")

    def _open_wizard(self, name, model):
        self.ensure_one()
        action = {"type": "ir.actions.act_window", "name": name, "res_model": model, "view_mode": "form"}
        return {**action, "target": "new", "context": {"default_campaign_id": self.id}}

    def _open_below(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("hr_emulation.emulation_campaign_action")
        return {**action, "domain": [("id", "child_of", self.id)]}

    def _get_owner_user(self):
        """Return the user who heads the unit or company the campaign was handed down to."""
        unit = self.owner_unit_id or self.env["hr.department"].search(
            [("company_id", "=", self.company_id.id), ("parent_id", "=", False), ("manager_id", "!=", False)],
            limit=1,
        )
        return unit.manager_id.user_id

    def action_view_participations(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("hr_emulation.emulation_participation_action")
        context = {"default_campaign_id": self.id, "default_company_id": self.company_id.id}
        return {**action, "domain": [("campaign_id", "=", self.id)], "context": context}

    def _get_cannot_launch_reason(self):
        return self._check_verb("launch")

    def _get_cannot_close_reason(self):
        return self._check_verb("close")

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
        reasons = {}
        for campaign in self:
            bad = (campaign.individual_set_id | campaign.collective_set_id)._get_cannot_use_reason()
            if bad:
                reasons[campaign.id] = " ".join(bad.values())
        return reasons

    def _check_rounds(self):
        """No review round may be open when the campaign ends."""
        return {
            campaign.id: self.env._("%(name)s has an open review round.", name=campaign.name)
            for campaign in self
            if "open" in campaign.review_ids.mapped("state")
        }

    def _get_missing(self):
        self.ensure_one()
        present = {
            self.env._("aim"): self.purpose,
            self.env._("scope"): self.scope,
            self.env._("audience"): self.audience or self._has_audience(),
            self.env._("contents"): self.content_ids,
            self.env._("criteria"): self.individual_set_id or self.collective_set_id,
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
            for name in ("individual_set_id", "collective_set_id")
            if campaign[name] and not campaign[name].locked
        ]
        copies = self.env["emulation.criterion.set"]._take_locked_copies(
            [(campaign[name], f"{campaign[name].name} – {campaign.name}") for campaign, name in wanted]
        )
        for (campaign, name), own in zip(wanted, copies, strict=True):
            campaign._write_protected({name: own.id})
        todo._finish("launch")
        todo.filtered("is_handed_down")._notify_heads()

    def _notify_heads(self):
        """One activity a campaign for the head of the unit it was handed down to; no mail goes out."""
        todo = self.env.ref("mail.mail_activity_data_todo")
        model = self.env["ir.model"]._get(self._name)
        # sudo: hr.department - who heads a unit; the activity shows it to the head alone
        heads = {campaign: campaign.sudo()._get_owner_user() for campaign in self}
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [
                {
                    "activity_type_id": todo.id,
                    "summary": self.env._("A campaign was handed down to your unit"),
                    "res_model_id": model.id,
                    "res_id": campaign.id,
                    "user_id": head.id,
                }
                for campaign, head in heads.items()
                if head
            ]
        )

    @api.private
    def _do_close(self):
        self._start("close")._finish("close")

    @api.private
    def _do_cancel(self, reason):
        """Cancel with a reason; what was registered stays readable."""
        self._start("cancel", reason)._finish("cancel", reason)

    # ---------- For registration ----------

    @api.model
    def _get_open_for_registration_domain(self):
        """Return the domain of launched campaigns that still take registrations today."""
        today = fields.Date.context_today(self)
        launched = Domain("state", "=", "launched") & (
            Domain("registration_from", "=", False) | Domain("registration_from", "<=", today)
        )
        running = Domain("date_end", "=", False) | Domain("date_end", ">=", today)
        # sudo: emulation.campaign - ids only, part of a domain that obeys the rules of the caller
        late = [
            campaign.id
            for campaign in self.sudo().search(launched & Domain("registration_deadline", "<", today))
            if campaign._get_registration_closed_reason()
        ]  # grace days differ by campaign
        return launched & running & Domain("id", "not in", late)

    def _get_registration_closed_reason(self):
        """Return why registration is closed today, or False; the grace period counts as open."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        if self.state != "launched":
            return self.env._("The campaign is not launched.")
        start, deadline = self.registration_from, self.registration_deadline
        if start and today < start:
            return self.env._("Registration starts on %(date)s.", date=fields.Date.to_string(start))
        if deadline and today > fields.Date.add(deadline, days=self.registration_grace_days):
            return self.env._("Registration ended on %(date)s.", date=fields.Date.to_string(deadline))
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

    def _prepare_next_year(self):
        self.ensure_one()
        shifted = {
            name: fields.Date.add(self[name], years=1)
            for name in ("date_start", "date_end", "registration_from", "registration_deadline")
            if self[name]
        }
        templates = {
            name: (self[name].template_id or self[name]).id
            for name in ("individual_set_id", "collective_set_id")
            if self[name]
        }
        return {"name": self.env._("%(name)s (next year)", name=self.name), **shifted, **templates}

    # ------------------------------------------------------------------
    # Launch letter: its number, its PDF and its way to the audience
    # ------------------------------------------------------------------

    def action_take_number(self):
        """Number the letters from the series of the year; a number given by the clerk stays."""
        self.filtered(lambda campaign: not campaign.issue_date).issue_date = fields.Date.context_today(self)
        self._take_number()

    def _get_number_series(self):
        return self.launch_document_kind

    @api.depends("launch_document_kind")
    def _compute_number_key(self):
        return super()._compute_number_key()

    def action_send_letter(self):
        """Store the PDF and send it to the audience, once."""
        self.ensure_one()
        if self.state != "launched":
            raise UserError(self.env._("%(name)s is not launched.", name=self.name))
        if self.letter_sent_date:
            raise UserError(self.env._("The launch letter was sent on %(date)s.", date=self.letter_sent_date))
        self.lock_for_update()
        self._store_letter()
        # sudo: hr.employee - addresses are readable by HR only; one message goes to all of them
        employees = self.env["hr.employee"].sudo().search(self._get_audience_domain())
        self.message_post(
            body=self.env._("%(name)s is launched. The letter is attached.", name=self.name),
            partner_ids=(employees.user_id.partner_id | employees.work_contact_id).ids,
            attachment_ids=self.document_attachment_id.ids,
        )
        self._write_protected({"letter_sent_date": fields.Date.context_today(self)})

    @api.private
    def _store_letter(self):
        if not self.document_attachment_id:
            self._write_protected(self._store_document_pdf(LAUNCH_LETTER))
