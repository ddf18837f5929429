from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ...engine import deadlines, duplicates, wording
from ...engine.vietnamese import search_key, sort_text
from ..mixin import notices
from ..mixin.actions import open_dialog
from ..mixin.dossier_states import PENDING_STATES
from ..mixin.emulation_recipient_mixin import RECIPIENT_FIELDS
from ..portal.emulation_honour_board import HONOURED
from . import books, endorsement, handing_in
from .transitions import STAGES, STATES, VERBS, WRITABLE

PRIZE_STATES = [
    ("none", "Nothing to pay"),
    ("to_pay", "To pay"),
    ("paid", "Paid"),
    ("to_return", "To return"),
    ("returned", "Recovered"),
]
SORTED_GROUPS = ("award_id", "unit_id", "campaign_id")
GRANT_VALUES = frozenset({"prize_amount", "prize_coefficient", "prize_note", "external_decision"})


class EmulationCommendation(models.Model):
    """One recipient × one award, from proposal to grant and, if need be, revocation.

    Where to find what:

    ====================================  ===================================================================
    ``transitions.py``                    states, verbs, who may use them, what may be written when
    ``checks.py``                         what is asked before a verb: content, spent initiatives, findings, papers
    ``books.py``                          which rule book holds, and why
    ``handing_in.py``                     what is fixed when it is handed in: receipt, names, deadline
    ``endorsement.py``                    who can give the unit's yes
    ``emulation_onward.py``               on to a session, a list for comments, a decision, a submission
    ``emulation_appraisal.py``            what the rule book says, duplicates
    ``namesakes.py``                      who was commended under the same name, or nearly
    ``emulation_notifier.py``             activities and the daily mail
    ``emulation_commendation_paper.py``   the papers of the dossier
    ``emulation_achievement_report.py``   the achievement report, section by section
    ``emulation_receipt.py``              the receipt of who handed in
    ``emulation_waiver.py``               an officer's word that a finding does not stop it
    ``emulation.consent``                 the person's word that it may be shown
    ``emulation.decision``                what is paid for it
    ====================================  ===================================================================

    Nobody, the superuser included, sets by ``write`` what a verb decides; nobody edits the content after
    submission: an officer returns it with a reason.
    """

    _name = "emulation.commendation"
    _description = "Commendation"
    _inherit = [
        "emulation.verb.mixin",
        "emulation.recipient.mixin",
        "emulation.thread.mixin",
        "mail.activity.mixin",
        "emulation.list.head",
    ]
    _order = "id desc"
    _check_company_auto = True
    _head_filters = (
        "my_turn",
        "submitted",
        "endorsed",
        "appraised",
        "voted",
        "late",
        "stuck",
        "granted_year",
    )
    _verbs = VERBS
    _shown_state = "stage"  # “Voted” says nothing: passed or refused
    _turn_action = "hr_emulation.emulation_commendation_action"
    _writable = WRITABLE
    _deletable = {"draft": "proposer officer"}

    # what for
    award_id = fields.Many2one("emulation.award", required=True, ondelete="restrict", index=True)
    commendation_type = fields.Selection(
        [
            ("merit", "Merit"),
            ("thematic", "Thematic"),
            ("ad_hoc", "Ad hoc"),
            ("career", "Career contribution"),
            ("seniority", "Length of service"),
            ("external", "External affairs"),
            ("resistance", "Resistance wars"),
        ],
        string="Commendation type",
        compute="_compute_commendation_type",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="Kind of commendation, Law 06/2022/QH15, Article 8.",
    )
    is_posthumous = fields.Boolean(
        string="Posthumous", help="Truy tặng: called after the living (Decree 152/2025/NĐ-CP, Article 30)."
    )
    # Of the own agency, or one that an agency above has launched; not check_company, which knows the own one only.
    campaign_id = fields.Many2one(
        "emulation.campaign",
        index=True,
        domain="['|', '|', ('company_id', '=', company_id), ('company_id', 'parent_of', company_id),"
        " ('child_ids.company_id', '=', company_id)]",
    )
    campaign_occasion_ids = fields.Many2many(
        related="campaign_id.occasion_ids", string="Occasions of the campaign"
    )
    occasion_id = fields.Many2one(
        "emulation.occasion",
        index="btree_not_null",
        ondelete="restrict",
        help="The anniversary the campaign marks by it: its own number may be on offer for it.",
    )
    offer_text = fields.Char(
        string="On offer",
        compute="_compute_offer_text",
        help="How many the campaign offers and how many are left.",
    )
    evaluation_id = fields.Many2one("emulation.evaluation", index="btree_not_null", check_company=True)
    received_on = fields.Date(
        string="Received on",
        readonly=True,
        copy=False,
        help="Day the dossier was received: it decides by which rule book it is judged (Decree 152/2025/NĐ-CP,"
        " Article 60(3)).",
    )
    rulebook_id = fields.Many2one(
        "emulation.rulebook",
        compute="_compute_rulebook_id",
        store=True,
        precompute=True,
        copy=False,
        help="The book in force on the day of receipt; on a draft, today's.",
    )
    rulebook_reason = fields.Char(
        readonly=True, copy=False, help="Why an officer chose another rule book than the day of receipt does."
    )
    rulebook_basis = fields.Char(string="Why this book", compute="_compute_rulebook_basis")
    rulebook_warning = fields.Char(string="Not confirmed", compute="_compute_rulebook_warning")
    period_from = fields.Date(string="Period from")
    period_to = fields.Date(string="Period to")
    period_reason = fields.Char(
        string="Why another period", help="Needed where the achievement lies outside the campaign's time."
    )
    achieved_on = fields.Date(
        string="Achieved on",
        help="Day of a sudden achievement: the clock of the prompt procedure starts here.",
    )
    summary = fields.Text(string="Achievement")
    achievement_ids = fields.Many2many(
        "emulation.achievement", string="Achievements and initiatives", check_company=True
    )

    # where it stands
    proposer_id = fields.Many2one(
        "res.users", default=lambda self: self.env.user, readonly=True, copy=False, index=True
    )
    state = fields.Selection(STATES, default="draft", required=True, readonly=True, copy=False, index=True)
    stage = fields.Selection(
        STAGES, compute="_compute_stage", help="The state, and which way the council voted."
    )
    reason = fields.Char(readonly=True, copy=False, help="Why it was last returned, rejected or revoked.")
    needs_endorsement = fields.Boolean(
        readonly=True,
        copy=False,
        help="Fixed on submission: the award rule asks for it and a head other than the recipient exists.",
    )
    submitted_on = fields.Datetime(string="Submitted on", readonly=True, copy=False)
    endorsed_on = fields.Datetime(string="Endorsed on", readonly=True, copy=False)
    endorser_id = fields.Many2one("res.users", string="Endorsed by", readonly=True, copy=False)
    appraised_on = fields.Datetime(string="Appraised on", readonly=True, copy=False)
    appraiser_id = fields.Many2one("res.users", string="Appraised by", readonly=True, copy=False)
    state_changed_on = fields.Datetime(string="In this state since", readonly=True, copy=False)
    deadline = fields.Date(
        string="To be decided by",
        readonly=True,
        copy=False,
        help="By the days the agency gives itself: an ad hoc one from the achievement, the others from the receipt.",
    )
    overdue_text = fields.Char(string="Overdue", compute="_compute_overdue_text")
    days_taken = fields.Integer(
        string="Days from receipt to decision", compute="_compute_days_taken", store=True, aggregator="avg"
    )
    is_in_time = fields.Boolean(
        string="Decided in time",
        compute="_compute_days_taken",
        store=True,
        help="By the day it was to be decided.",
    )

    # what the rules say: the details may name a confidential restriction, so officers only
    finding_snapshot = fields.Json(readonly=True, copy=False, groups="hr_emulation.group_emulation_officer")
    finding_state = fields.Selection(
        [
            ("met", "Requirements met"),
            ("review", "Needs review"),
            ("not_met", "Not met"),
        ],
        string="Eligibility",
        readonly=True,
        copy=False,
        groups="hr_emulation.group_emulation_officer",
    )

    finding_html = fields.Html(
        string="Requirements", compute="_compute_finding_html", sanitize=False, compute_sudo=True
    )
    waiver_ids = fields.One2many(
        "emulation.waiver", "commendation_id", groups="hr_emulation.group_emulation_officer", string="Waivers"
    )
    officer_log = fields.Text(
        string="Officers' log", readonly=True, copy=False, groups="hr_emulation.group_emulation_officer"
    )
    paper_ids = fields.One2many("emulation.commendation.paper", "commendation_id", string="Dossier")
    report_ids = fields.One2many(
        "emulation.achievement.report", "commendation_id", string="Achievement report"
    )
    missing_paper_count = fields.Integer(
        string="Papers missing", compute="_compute_missing_paper_count", store=True, aggregator="sum"
    )

    # council, superior agency, decision
    session_item_ids = fields.One2many("emulation.session.item", "commendation_id", string="Sessions")
    vote_passed = fields.Boolean(readonly=True, copy=False)
    vote_note = fields.Char(
        string="Vote note", readonly=True, copy=False, help="The explained tally; never who voted what."
    )
    currency_id = fields.Many2one(
        "res.currency",
        default=lambda self: self.env["ir.model.data"]._xmlid_to_res_id("base.VND"),
        required=True,
        readonly=True,
    )
    decision_id = fields.Many2one(
        "emulation.decision", readonly=True, copy=False, index=True, ondelete="restrict"
    )
    revocation_decision_id = fields.Many2one(
        "emulation.decision",
        string="Revocation decision",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    granted_date = fields.Date(string="Granted date", readonly=True, copy=False)
    external_decision = fields.Char(
        string="External decision",
        readonly=True,
        copy=False,
        help="Number, date and issuer of a superior's decision.",
    )
    rejected_on = fields.Date(readonly=True, copy=False)
    prize_amount = fields.Monetary(string="Prize amount", readonly=True, copy=False)
    prize_coefficient = fields.Float(readonly=True, copy=False, digits=(8, 3))
    prize_note = fields.Char(string="Prize note", readonly=True, copy=False)
    prize_choice = fields.Selection(
        [("pay", "Paid"), ("none", "Not paid")],
        string="Answer about the prize",
        readonly=True,
        copy=False,
        help="What a person decided where the law leaves it open whether two awards of one day are both paid.",
    )
    prize_state = fields.Selection(
        PRIZE_STATES, string="Prize state", default="none", required=True, readonly=True, copy=False
    )
    prize_paid_on = fields.Date(readonly=True, copy=False)
    prize_returned_on = fields.Date(readonly=True, copy=False)
    revoked_reliance = fields.Boolean(
        string="Relied on a revoked award",
        readonly=True,
        copy=False,
        help="An award granted before this one was revoked later: look at this one again.",
    )
    reliance_ids = fields.One2many("emulation.reliance", "commendation_id", string="Rests on revoked awards")
    reliance_state = fields.Selection(
        related="reliance_ids.state",
        string="Revoked award below it",
        groups="hr_emulation.group_emulation_officer",
    )
    certificate_ids = fields.One2many("emulation.certificate", "commendation_id", string="Certificates")
    received_line_ids = fields.One2many(
        "emulation.received.line", "commendation_id", string="Received from another agency", readonly=True
    )

    import_id = fields.Many2one(
        "emulation.import",
        string="Imported from",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The list the award was recorded from. It was not proposed and judged here.",
    )

    # after the grant
    honour_consent = fields.Boolean(
        string="On the honour board",
        copy=False,
        readonly=True,
        help="The person agreed to be shown. Given and taken back by the person in the portal; units need none.",
    )
    honour_story = fields.Text(
        string="Story", copy=False, readonly=True, help="Shown on the honour board with the name."
    )
    honour_key = fields.Char(
        compute="_compute_honour_key", store=True, help="Sorts the board the Vietnamese way, byte by byte."
    )
    honour_search = fields.Char(
        compute="_compute_honour_key", store=True, help="Name and unit without accents, for the search."
    )
    name_key = fields.Char(
        compute="_compute_name_key",
        store=True,
        precompute=True,
        help="Name without accents and order of words: who was commended before is found by it.",
    )
    request_ids = fields.One2many("emulation.request", "commendation_id", string="Requests of the recipient")
    meeting_vote_ids = fields.One2many(
        "emulation.meeting.vote", "commendation_id", string="Votes of the unit's meetings"
    )

    # what I can do
    can_submit = fields.Boolean(compute="_compute_can")
    can_endorse = fields.Boolean(compute="_compute_can")
    can_appraise = fields.Boolean(compute="_compute_can")
    can_return = fields.Boolean(compute="_compute_can")
    can_reject = fields.Boolean(compute="_compute_can")
    can_withdraw = fields.Boolean(compute="_compute_can")
    can_take_back = fields.Boolean(compute="_compute_can")

    _period_in_order = models.Constraint(
        "CHECK (period_from IS NULL OR period_to IS NULL OR period_to >= period_from)",
        "The achievement period cannot end before it starts.",
    )
    _state_unit_idx = models.Index("(company_id, state, unit_id)")
    # Counted by award without reading the rows themselves; and the proposals of a year for a quota.
    _award_idx = models.Index("(company_id, award_id, period_to)")
    # Who was commended before under this name, or nearly this name, whatever lies in the history.
    _name_idx = models.Index("(company_id, recipient_type, name_key text_pattern_ops)")
    _name_end_idx = models.Index("(company_id, recipient_type, reverse(name_key) text_pattern_ops)")
    # What is on its way, whatever lies in the history.
    _pending_idx = models.Index(
        "(company_id, id) WHERE state IN ('draft', 'submitted', 'endorsed', 'appraised', 'voted', 'forwarded')"
    )
    # What was granted lately, whatever lies in the history.
    _granted_idx = models.Index("(company_id, granted_date) INCLUDE (award_id) WHERE state = 'granted'")
    # The board in its own order, with all it is searched by: a page is read without sorting the rest.
    _honour_idx = models.Index(
        "(company_id, date_part('year', granted_date), award_id, (recipient_type = 'department'), "
        f'honour_key COLLATE "C", id) INCLUDE (honour_search) WHERE {HONOURED}'
    )

    @api.model
    def _read_group_orderby(self, order, groupby_terms, query):
        """Sort groups of a linked record after they are counted, once a group.

        Joined, its texts would be compared for each of a hundred thousand rows, and no index could count them.
        """
        name, _space, direction = (order or "").partition(" ")
        if (
            name not in SORTED_GROUPS
            or list(groupby_terms) != [name]
            or direction.upper() not in ("", "ASC", "DESC")
        ):
            return super()._read_group_orderby(order, groupby_terms, query)
        # sudo: award, unit, campaign - ids in their order only
        linked = self.env[self._fields[name].comodel_name].sudo().with_context(active_test=False)
        ids = linked.search([]).ids  # pylint: disable=no-search-all
        return SQL("array_position(%s, %s) %s", ids, groupby_terms[name], SQL(direction.upper() or "ASC"))

    # ------------------------------------------------------------------
    # Defaults and computed fields
    # ------------------------------------------------------------------

    @api.depends("campaign_id", "award_id")
    def _compute_commendation_type(self):
        """A sudden, career-long or foreign achievement stays what the proposer called it."""
        for record in self:
            if record.commendation_type in (False, "merit", "thematic"):
                record.commendation_type = record.award_id._get_usual_type(record.campaign_id)

    @api.depends("campaign_id", "award_id", "company_id", "received_on")
    def _compute_rulebook_id(self):
        books.choose(self)

    @api.depends("campaign_id", "award_id", "subject", "unit_id", "occasion_id")
    @api.depends_context("lang")
    def _compute_offer_text(self):
        """Say what is left of each number that limits this proposal, or that it is not on offer; one count for all."""
        lines = self.env["emulation.campaign.award"]._find_for(self.campaign_id, self.award_id)
        used = lines._count_used()
        for record in self:
            texts = [
                self.env._(
                    "%(left)s of %(quota)s left%(whom)s",
                    left=line.quota - sum(used.get(line.id, {}).values()),
                    quota=line.quota,
                    whom=line._get_limits_text(),
                )
                for line in lines
                if line.quota and line._matches(record)
            ]
            record.offer_text = lines._explain_not_offered(record) or "; ".join(texts) or False

    @api.depends("rulebook_id", "rulebook_reason", "received_on", "campaign_id", "state")
    @api.depends_context("lang")
    def _compute_rulebook_basis(self):
        for record in self:
            record.rulebook_basis = books.describe_basis(record)

    @api.depends("rulebook_id", "award_id", "subject", "commendation_type")
    @api.depends_context("lang", "company")
    def _compute_rulebook_warning(self):
        books.warn(self)

    @api.depends("state", "vote_passed")
    def _compute_stage(self):
        for record in self:
            is_voted = record.state == "voted"
            record.stage = ("passed" if record.vote_passed else "refused") if is_voted else record.state

    @api.depends("award_id", "recipient_name", "employee_id", "department_id", "partner_id")
    def _compute_display_name(self):
        for record in self:
            has_recipient = record.recipient_type and record[RECIPIENT_FIELDS[record.recipient_type]]
            name = record._get_recipient_name() if has_recipient else ""
            record.display_name = " – ".join(filter(None, [name, record.award_id.name]))

    @api.depends("finding_snapshot", "waiver_ids", "paper_ids.is_there")
    @api.depends_context("uid", "lang")
    def _compute_finding_html(self):
        appraisal = self.env["emulation.appraisal"]
        for record in self:
            record.finding_html = appraisal._describe(record)

    @api.depends("paper_ids.is_there")
    def _compute_missing_paper_count(self):
        for record in self:
            record.missing_paper_count = len(record.paper_ids.filtered(lambda paper: not paper.is_there))

    @api.depends("recipient_type", "recipient_name", "unit_name")
    def _compute_honour_key(self):
        for record in self:
            name = record.recipient_name or ""
            record.honour_key = sort_text(name, is_person=record.recipient_type != "department")
            record.honour_search = search_key(f"{name} {record.unit_name or ''}")

    @api.depends("recipient_name", "employee_id.name", "department_id.name", "partner_id.name")
    def _compute_name_key(self):
        for record in self:
            has_recipient = record.recipient_type and record[RECIPIENT_FIELDS[record.recipient_type]]
            record.name_key = duplicates.name_key(record._get_recipient_name()) if has_recipient else False

    @api.depends("deadline", "state")
    @api.depends_context("lang")
    def _compute_overdue_text(self):
        today = fields.Date.context_today(self)
        for record in self:
            late = deadlines.days_late(record.deadline, today) if record.state in PENDING_STATES else 0
            record.overdue_text = bool(late) and self.env._(
                "To be decided by %(date)s: %(days)s days late.",
                date=format_date(self.env, record.deadline),
                days=late,
            )

    @api.depends("granted_date", "received_on", "deadline")
    def _compute_days_taken(self):
        for record in self:
            granted, received = record.granted_date, record.received_on
            record.days_taken = (granted - received).days if granted and received else 0
            record.is_in_time = bool(granted and record.deadline and granted <= record.deadline)

    @api.constrains("campaign_id", "company_id")
    def _check_campaign(self):
        """An agency proposes for its own campaigns and for those of its superiors.

        :raises ValidationError: the campaign is another agency's
        """
        for record in self.filtered("campaign_id"):
            # sudo: emulation.campaign, res.company - whose it is; the superior's may be out of sight by now
            if not record.campaign_id.sudo()._is_open_to(record.company_id.sudo()):
                raise ValidationError(
                    self.env._("The campaign is of another agency, which is not above this one.")
                )

    @api.constrains("award_id", "subject")
    def _check_award_subject(self):
        for record in self:
            if not record.award_id[f"subject_{record.subject}"]:
                raise ValidationError(
                    self.env._(
                        "%(award)s is not for this kind of recipient.", award=record.award_id.display_name
                    )
                )

    # ------------------------------------------------------------------
    # ORM overrides
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env["emulation.commendation.paper"]._follow_rules(records)
        return records

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"award_id", "campaign_id"}:
            self.env["emulation.commendation.paper"]._follow_rules(self)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        if any(record.submitted_on for record in self) and not self._has_seal():
            raise UserError(self.env._("Only a draft that was never submitted can be deleted. Withdraw it."))

    # ------------------------------------------------------------------
    # Reading for others
    # ------------------------------------------------------------------

    def _get_printed_awards(self):
        """Return {commendation: the name of its award on paper}."""
        # sudo: emulation.award - the name of an award is no secret
        return {
            record: record.sudo().award_id._get_printed_name(record.company_id, rule)
            for record, rule in self.env["emulation.award.rule"]._get_of(self).items()
        }

    def _get_period_text(self):
        """Return the achievement period as decisions write it, e.g. ``năm học 2025 - 2026``."""
        self.ensure_one()
        if self.commendation_type == "ad_hoc" and self.achieved_on:
            return wording.period_text(self.achieved_on, self.achieved_on)
        return wording.period_text(self.period_from or None, self.period_to or None)

    def _get_due_prize(self):
        """Return what is or was paid for it, as ``emulation.report.commendation`` counts it.

        An award that gave way to a higher one of its day keeps the sum its decision names; nobody gets it. What was
        paid for one that was revoked is to be returned and no prize any more. Of what a
        list from the past brought nobody keeps whether it was paid.
        """
        self.ensure_one()
        is_due = self.state == "granted" and (self.prize_state != "none" or self.import_id)
        return self.prize_amount if is_due else 0

    def _get_outcome_values(self):
        """Return plain values for the report ``hr_emulation.report_outcome_notice``."""
        self.ensure_one()
        return notices.get_outcome(self)

    def _get_listed_name(self):
        """Return the name as lists print it."""
        self.ensure_one()
        return f"{self._get_recipient_name()}{' (truy tặng)' if self.is_posthumous else ''}"

    # ------------------------------------------------------------------
    # Who: a head has a say only where the unit's endorsement is asked for
    # ------------------------------------------------------------------

    def _iter_roles(self, user, stands_in):
        for role in super()._iter_roles(user, stands_in):
            if role != "head" or self.needs_endorsement:
                yield role

    @api.model
    def _get_can_fields(self):
        return [*super()._get_can_fields(), "needs_endorsement", "reason"]

    def _get_waited_roles(self):
        roles = super()._get_waited_roles()
        return roles if self.needs_endorsement else roles - {"head"}

    @api.model
    def _get_other_turn_domain(self):
        """A proposal that came back waits for who wrote it."""
        returned = Domain("state", "=", "draft") & Domain("reason", "!=", False)
        return returned & self._get_role_domain("proposer")

    @api.model
    def _get_late_domain(self, today):
        return Domain("deadline", "<", today)

    @api.model
    def _get_turn_domain(self, verb):
        domain = super()._get_turn_domain(verb)
        if verb == "endorse":
            return domain & Domain("needs_endorsement", "=", True)
        if verb == "appraise":
            headless = Domain("id", "in", endorsement.find_headless(self.env).ids)
            return domain & (~endorsement.get_waiting_domain() | headless)
        return domain

    # ------------------------------------------------------------------
    # Layer 1: buttons
    # ------------------------------------------------------------------

    def action_submit(self):
        return self._run_verb("submit")

    def action_endorse(self):
        return self._run_verb("endorse")

    def action_appraise(self):
        """Judge again on the facts of today, then appraise what may go."""
        return self._run_verb("appraise")

    def _refresh_books(self):
        books.refresh(self)

    def _judge_again(self):
        blocked = self._get_blocked("appraise")
        ready = self.filtered(lambda record: record.id not in blocked)
        # Rows somebody else is moving are not waited for: the verb itself skips and explains them.
        self.env["emulation.appraisal"]._judge(ready.try_lock_for_update())

    def action_withdraw(self):
        return self._run_verb("withdraw")

    def action_take_back(self):
        return self._run_verb("take_back")

    def action_return(self):
        return self._ask_reason("return")

    def action_reject(self):
        return self._ask_reason("reject")

    def action_change_rulebook(self):
        """Open the dialog in which an officer says by which book a proposal is judged, and why."""
        self.ensure_one()
        return open_dialog(
            "emulation.rulebook.change",
            {"default_commendation_id": self.id},
            self.env._("Rule book of this proposal"),
        )

    def action_show_ratios(self):
        """Open own drafts of one award with their ratios; ticking rows asks "what if"."""
        return self.env["emulation.onward"]._show_ratios(self)

    # ------------------------------------------------------------------
    # Layer 2: reasons
    # ------------------------------------------------------------------

    def _get_cannot_submit_reason(self):
        return self._check_verb("submit")

    def _get_cannot_endorse_reason(self):
        return self._check_verb("endorse")

    def _get_cannot_appraise_reason(self):
        return self._check_verb("appraise")

    def _get_cannot_return_reason(self):
        return self._check_verb("return")

    def _get_cannot_reject_reason(self):
        return self._check_verb("reject")

    def _get_cannot_withdraw_reason(self):
        return self._check_verb("withdraw")

    def _get_cannot_take_back_reason(self):
        return self._check_verb("take_back")

    def _get_cannot_vote_reason(self):
        return self._check_verb("vote")

    def _get_cannot_forward_reason(self):
        return self._check_verb("forward")

    def _get_cannot_grant_reason(self):
        return self._check_verb("grant")

    def _get_cannot_revoke_reason(self):
        return self._check_verb("revoke")

    # ------------------------------------------------------------------
    # Layer 3: what is done
    # ------------------------------------------------------------------

    @api.private
    def _do_submit(self):
        todo = self._start("submit")
        handing_in.receive(todo)
        handing_in.freeze_names(todo)
        needed = endorsement.is_needed(todo)
        now = fields.Datetime.now()
        for needs, records in todo.grouped(lambda record: needed[record.id]).items():
            records._finish("submit", needs_endorsement=needs, submitted_on=now, reason=False)
        handing_in.set_deadlines(todo)
        self.env["emulation.appraisal"]._judge(todo)

    @api.private
    def _do_endorse(self):
        self._start("endorse")._finish("endorse")

    @api.private
    def _do_appraise(self):
        self._start("appraise")._finish("appraise")

    @api.private
    def _do_return(self, reason):
        cleared = dict.fromkeys(("endorsed_on", "endorser_id", "appraised_on", "appraiser_id"), False)
        self._start("return", reason)._finish("return", reason=reason, **cleared)

    @api.private
    def _do_reject(self, reason):
        self._start("reject", reason)._finish("reject", reason=reason)

    @api.private
    def _do_withdraw(self):
        self._start("withdraw")._finish("withdraw")

    @api.private
    def _do_take_back(self):
        """Handed in again, it is received again: the day of receipt is the later one."""
        self._start("take_back")._finish("take_back", received_on=False)

    @api.private
    def _do_vote(self, results):
        """Record the results of a closed session, each with its explained tally; never who voted what.

        :param dict results: {commendation: (passed, explained tally)}
        """
        todo = self._start("vote")
        rows = [(record.id, bool(results[record][0]), results[record][1] or None) for record in todo]
        # sudo: emulation.commendation - the session has counted; nobody types a result
        todo.sudo()._store_rows(("vote_passed", "vote_note"), rows)
        todo._finish("vote")

    @api.private
    def _do_forward(self):
        """The submission (tờ trình) to the superior agency was sent."""
        self._start_document("forward")._finish("forward")

    @api.private
    def _do_grant(self, decision, values=None):
        """Grant by an issued decision.

        :param decision: ``emulation.decision`` that lists these commendations
        :param dict values: {commendation id: {prize_amount (đồng), prize_coefficient, prize_note,
            external_decision}}; missing ids keep what they have
        """
        decision.ensure_one()
        todo = self._start_document("grant")
        # sudo: emulation.commendation - the issued decision is the authority
        todo.sudo()._store_each(values or {})
        granted_on = decision.issue_date or fields.Date.context_today(self)
        todo._finish("grant", decision_id=decision.id, granted_date=granted_on)

    @api.private
    def _do_revoke(self, decision, reason):
        """Take a commendation back by an issued revocation decision; the grant stays on record."""
        decision.ensure_one()
        todo = self._start_document("revoke", reason)
        todo._finish("revoke", revocation_decision_id=decision.id, reason=reason)

    def _finish(self, verb, reason=None, **values):
        if reason is not None:
            values["reason"] = reason
        return super()._finish(verb, reason or None, state_changed_on=fields.Datetime.now(), **values)

    def _store_each(self, values):
        """Write per-record values of a grant; the ORM sends them to the database together."""
        for record in self:
            vals = values.get(record.id)
            if vals:
                unknown = vals.keys() - GRANT_VALUES
                if unknown:
                    raise ValueError(f"Not a value of a grant: {sorted(unknown)}")
                record._write_protected(vals)

    def _after_verb(self, verb):
        self.env["emulation.notifier"]._notify()
        return super()._after_verb(verb)

    def _prepare_snapshot(self, versions):
        """An outside party whom another agency proposed has unit and post as that agency wrote them."""
        line = self.received_line_ids.filtered(lambda line: line.partner_id == self.partner_id)[:1]
        return super()._prepare_snapshot(versions) | (line._get_snapshot() if line else {})
