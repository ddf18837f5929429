from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..mixin.emulation_recipient_mixin import RECIPIENT_FIELDS

# What the proposer wrote: fixed once it left the proposer's hands (L22 Art 15: no silent edits).
CONTENT_FIELDS = frozenset(
    {
        "recipient_type",
        "employee_id",
        "department_id",
        "partner_id",
        "subject",
        "unit_id",
        "company_id",
        "award_id",
        "commendation_type",
        "is_posthumous",
        "campaign_id",
        "evaluation_id",
        "rulebook_id",
        "period_from",
        "period_to",
        "achieved_on",
        "summary",
        "achievement_ids",
    }
)


class EmulationCommendation(models.Model):
    """One recipient × one award, from proposal to grant and, if need be, revocation (DESIGN §3).

    Who may do what (states and verbs: ``transitions.TRANSITIONS``):

    ===================  ==========================================================================
    proposer             reads own proposals; edits, deletes and submits drafts; withdraws
    recipient            reads what is proposed for him
    unit head            reads what is proposed in his unit and the units below; endorses or returns it
    council member       reads what is appraised, voted, forwarded or granted
    officer              reads all of his companies; appraises, returns, rejects, waives findings
    documents            sessions vote, submissions forward, decisions grant and revoke
    ===================  ==========================================================================

    Nobody, the superuser included, sets a protected field by ``write``; nobody edits the content
    after submission: an officer returns it with a reason.
    """

    _name = "emulation.commendation"
    _description = "Commendation"
    _inherit = [
        "emulation.protected.mixin",
        "emulation.recipient.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"
    _protected_fields = frozenset(
        {
            "state",
            "reason",
            "proposer_id",
            "finding_snapshot",
            "finding_state",
            "needs_endorsement",
            "decision_id",
            "revocation_decision_id",
            "granted_date",
            "external_decision",
            "import_id",
            "prize_amount",
            "prize_coefficient",
            "prize_note",
            "vote_passed",
            "vote_note",
            "recipient_name",
            "unit_name",
            "position_name",
            "submitted_on",
            "endorsed_on",
            "endorser_id",
            "appraised_on",
            "appraiser_id",
            "state_changed_on",
            "deadline",
            "officer_log",
        }
    )

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
        ],
        required=True,
        default="merit",
        help="Kind of commendation, L22 Art 8.",
    )
    campaign_id = fields.Many2one("emulation.campaign", index=True, check_company=True)
    evaluation_id = fields.Many2one("emulation.evaluation", index="btree_not_null", check_company=True)
    rulebook_id = fields.Many2one(
        "emulation.rulebook",
        compute="_compute_rulebook_id",
        store=True,
        readonly=False,
        precompute=True,
        help="Rule book in force; pinned when the proposal is submitted.",
    )
    period_from = fields.Date()
    period_to = fields.Date()
    achieved_on = fields.Date(
        help="Day of a sudden achievement: the clock of the prompt procedure starts here."
    )
    summary = fields.Text(string="Achievement")
    achievement_ids = fields.Many2many(
        "emulation.achievement", string="Achievements and initiatives", check_company=True
    )

    # where it stands
    proposer_id = fields.Many2one(
        "res.users", default=lambda self: self.env.user, readonly=True, copy=False, index=True
    )
    # No tracking: one message a record by the ORM would be most of the cost of a bulk approval.
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("endorsed", "Endorsed"),
            ("appraised", "Appraised"),
            ("voted", "Voted"),
            ("forwarded", "Forwarded"),
            ("granted", "Granted"),
            ("rejected", "Rejected"),
            ("withdrawn", "Withdrawn"),
            ("revoked", "Revoked"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    reason = fields.Char(readonly=True, copy=False, help="Why it was last returned, rejected or revoked.")
    needs_endorsement = fields.Boolean(
        readonly=True,
        copy=False,
        help="Fixed on submission: the award rule asks for it and a head other than the recipient exists.",
    )
    submitted_on = fields.Datetime(readonly=True, copy=False)
    endorsed_on = fields.Datetime(readonly=True, copy=False)
    endorser_id = fields.Many2one("res.users", string="Endorsed by", readonly=True, copy=False)
    appraised_on = fields.Datetime(readonly=True, copy=False)
    appraiser_id = fields.Many2one("res.users", string="Appraised by", readonly=True, copy=False)
    state_changed_on = fields.Datetime(string="In this state since", readonly=True, copy=False)
    deadline = fields.Date(readonly=True, copy=False, help="An ad hoc commendation is decided by this day.")

    # what the rules say: the details may name a confidential restriction, so officers only
    finding_snapshot = fields.Json(readonly=True, copy=False, groups="hr_emulation.group_emulation_officer")
    finding_state = fields.Selection(
        [
            ("met", "Requirements met"),
            ("review", "Needs the officer's review"),
            ("not_met", "Not met"),
        ],
        string="Eligibility",
        readonly=True,
        copy=False,
        groups="hr_emulation.group_emulation_officer",
    )

    # council, superior agency, decision
    vote_passed = fields.Boolean(readonly=True, copy=False)
    vote_note = fields.Char(readonly=True, copy=False, help="The explained tally; never who voted what.")
    currency_id = fields.Many2one(
        "res.currency", default=lambda self: self.env.ref("base.VND"), required=True, readonly=True
    )
    decision_id = fields.Many2one(
        "emulation.decision", readonly=True, copy=False, index=True, ondelete="restrict"
    )
    revocation_decision_id = fields.Many2one(
        "emulation.decision", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    granted_date = fields.Date(readonly=True, copy=False)
    external_decision = fields.Char(
        readonly=True, copy=False, help="Number, date and issuer of a superior's decision."
    )
    prize_amount = fields.Monetary(readonly=True, copy=False)
    prize_coefficient = fields.Float(readonly=True, copy=False, digits=(8, 3))
    prize_note = fields.Char(readonly=True, copy=False)
    certificate_ids = fields.One2many("emulation.certificate", "commendation_id")

    _period_in_order = models.Constraint(
        "CHECK (period_from IS NULL OR period_to IS NULL OR period_to >= period_from)",
        "The achievement period cannot end before it starts.",
    )
    _state_unit_idx = models.Index("(company_id, state, unit_id)")

    # ------------------------------------------------------------------
    # Compute methods
    # ------------------------------------------------------------------

    @api.depends("campaign_id", "period_to", "company_id")
    def _compute_rulebook_id(self):
        rulebooks = self.env["emulation.rulebook"].search([("state", "=", "active")])
        today = fields.Date.context_today(self)
        for record in self:
            day = record.period_to or today
            in_force = rulebooks.filtered(
                lambda book, day=day, company=record.company_id: (
                    book.date_from <= day <= (book.date_to or day)
                    and book.company_id in (company, company.browse())
                )
            )
            # An agency's own book goes before the shared one.
            record.rulebook_id = (
                record.campaign_id.rulebook_id or in_force.sorted(lambda b: not b.company_id)[:1]
            )

    @api.depends("award_id", "recipient_name", "employee_id", "department_id", "partner_id")
    def _compute_display_name(self):
        for record in self:
            has_recipient = record.recipient_type and record[RECIPIENT_FIELDS[record.recipient_type]]
            name = record._get_recipient_name() if has_recipient else ""
            record.display_name = " – ".join(filter(None, [name, record.award_id.name]))

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

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

    def write(self, vals):
        frozen = CONTENT_FIELDS & vals.keys()
        if frozen and any(record.state != "draft" for record in self):
            labels = ", ".join(sorted(self._fields[name]._description_string(self.env) for name in frozen))
            raise UserError(
                self.env._(
                    "%(fields)s: fixed since the proposal was submitted. Return it to the proposer first.",
                    fields=labels,
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        if any(record.state != "draft" or record.submitted_on for record in self) and not self._has_seal():
            raise UserError(self.env._("Only a draft that was never submitted can be deleted. Withdraw it."))

    # ------------------------------------------------------------------
    # Reading for others
    # ------------------------------------------------------------------

    def _get_award_rules(self):
        """Return {commendation: the award rule of its rule book (empty if none)}, in a query a book."""
        # Sudoed: the law is the same for everybody; record rules of shared books need no check here.
        rules = {book: book._get_rules(self.sudo().award_id) for book in self.sudo().rulebook_id}
        none = self.env["emulation.award.rule"].sudo()
        return {
            record: rules.get(record.sudo().rulebook_id, {}).get(record.sudo().award_id, none)
            for record in self
        }
