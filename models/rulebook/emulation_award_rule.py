from decimal import Decimal

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...engine import eligibility, prize
from ..mixin.dossier_states import PENDING_STATES
from .confidence import CONFIDENCE, CONFIDENCE_HELP
from .eligibility_facts import EligibilityFacts
from .finding_texts import describe_findings

SUBJECTS = ("individual", "collective", "household")
MONEY_FIELDS = [f"{figure}_{subject}" for figure in ("coefficient", "amount") for subject in SUBJECTS]


class EmulationAwardRule(models.Model):
    """What one rule book says about one award: money, vote, publication, dossier, requirements."""

    _name = "emulation.award.rule"
    _description = "Award rule"
    _rec_name = "award_id"
    _order = "rulebook_id, award_sequence, id"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "rulebook_id"
    _writable = {
        "*": {
            "admin": {
                *("rulebook_id", "award_id", *MONEY_FIELDS, "is_multiplied", "coefficient_is_maximum"),
                *("prize_article", "needs_endorsement", "needs_council", "vote_threshold", "quorum"),
                *("vote_base", "secret_ballot", "vote_article", "publication_days", "quota_percent"),
                *("paper_ids", "dossier_check", "confidence", "confirmation_note", "requirement_ids"),
                *("agency_kind_ids", "decide_article", "printed_name"),
            }
        }
    }
    _deletable = {"*": "admin"}

    rulebook_id = fields.Many2one("emulation.rulebook", required=True, ondelete="cascade", index=True)
    award_id = fields.Many2one("emulation.award", required=True, ondelete="restrict", index=True)
    award_sequence = fields.Integer(related="award_id.sequence", store=True)
    award_code = fields.Char(related="award_id.code")
    company_id = fields.Many2one(related="rulebook_id.company_id", store=True, index=True)
    is_official = fields.Boolean(related="rulebook_id.is_official")
    active = fields.Boolean(related="rulebook_id.active", store=True)

    # prize
    coefficient_individual = fields.Float(
        string="Individual", digits=(8, 3), help="Multiple of the base salary; 0: no amount is fixed."
    )
    coefficient_collective = fields.Float(
        string="Collective", digits=(8, 3), help="Multiple of the base salary; 0: no amount is fixed."
    )
    coefficient_household = fields.Float(
        string="Household", digits=(8, 3), help="Multiple of the base salary; 0: no amount is fixed."
    )
    is_multiplied = fields.Boolean(
        string="Multiple of the individual's",
        compute="_compute_is_multiplied",
        store=True,
        readonly=False,
        precompute=True,
        help="Without a figure of their own, collectives and households receive a multiple of the individual's "
        "amount; the rule book says which.",
    )
    amount_individual = fields.Integer(
        string="Fixed, individual (đồng)",
        aggregator=None,
        help="Where the agency fixes amounts of its own instead of multiples; 0: the multiple counts.",
    )
    amount_collective = fields.Integer(string="Fixed, collective (đồng)", aggregator=None)
    amount_household = fields.Integer(string="Fixed, household (đồng)", aggregator=None)
    coefficient_is_maximum = fields.Boolean(string="At most", help="The agency may pay less.")
    prize_article = fields.Char(string="Article on money")

    # who gives it, and how it is printed
    agency_kind_ids = fields.Many2many(
        "emulation.agency.kind",
        string="Agencies that give it",
        help="Empty: by anybody, or the law does not say.",
    )
    decide_article = fields.Char(string="Article on who gives it")
    printed_name = fields.Char(
        string="Printed name",
        help="On decisions and certificates while this book is in force; {head} {agency} stand for who gives it."
        " Empty: as the law names the award.",
    )

    # vote
    needs_endorsement = fields.Boolean(string="Endorsed by the unit", default=True)
    needs_council = fields.Boolean(string="Needs a vote of the council")
    vote_threshold = fields.Float(string="Vote threshold (%)", digits=(5, 2))
    quorum = fields.Float(string="Quorum (%)", digits=(5, 2))
    vote_base = fields.Selection(
        [("all_members", "All members"), ("present", "Members present")],
        string="Counted on",
        default="all_members",
        required=True,
    )
    secret_ballot = fields.Boolean(string="Secret ballot")
    vote_article = fields.Char(string="Article on the vote")

    # publication, quota, dossier
    publication_days = fields.Integer(string="Publication (working days)")
    quota_percent = fields.Float(
        string="Quota (%)", digits=(5, 2), help="At most this share is proposed; 0: no quota."
    )
    paper_ids = fields.Many2many("emulation.dossier.paper", string="Dossier papers")
    dossier_check = fields.Selection(
        [("warn", "Warns"), ("block", "Stops the step")],
        string="A missing paper",
        help="Empty: as the company decides.",
    )

    # source
    confidence = fields.Selection(CONFIDENCE, default="verified", required=True, help=CONFIDENCE_HELP)
    confirmation_note = fields.Char(string="What to confirm", translate=True)
    confirmed_on = fields.Date(string="Confirmed on", company_dependent=True, readonly=True, copy=False)
    needs_confirmation = fields.Boolean(compute="_compute_needs_confirmation")
    requirement_ids = fields.One2many(
        "emulation.requirement", "award_rule_id", copy=True, string="Requirements"
    )
    requirement_count = fields.Integer(compute="_compute_requirement_count")

    _award_uniq = models.Constraint(
        "UNIQUE (rulebook_id, award_id)", "This rule book already has a rule for the award."
    )

    @api.depends("award_id.kind")
    def _compute_is_multiplied(self):
        """The decree multiplies forms of commendation; titles have figures of their own."""
        for rule in self:
            rule.is_multiplied = rule.award_id.kind == "form"

    @api.depends("confidence", "confirmed_on", "requirement_ids.needs_confirmation")
    @api.depends_context("company")
    def _compute_needs_confirmation(self):
        for rule in self:
            own = rule.confidence != "verified" and not rule.confirmed_on
            rule.needs_confirmation = own or any(rule.requirement_ids.mapped("needs_confirmation"))

    @api.depends("requirement_ids")
    def _compute_requirement_count(self):
        for rule in self:
            rule.requirement_count = len(rule.requirement_ids)

    @api.depends("award_id", "rulebook_id")
    def _compute_display_name(self):
        for rule in self:
            rule.display_name = f"{rule.award_id.display_name or ''} ({rule.rulebook_id.code or ''})"

    @api.constrains(*MONEY_FIELDS)
    def _check_coefficients(self):
        for rule in self:
            if min(rule[name] for name in MONEY_FIELDS) < 0:
                raise ValidationError(
                    self.env._("%(rule)s: a coefficient cannot be below zero.", rule=rule.display_name)
                )

    @api.constrains("vote_threshold", "quorum", "quota_percent", "publication_days")
    def _check_shares(self):
        for rule in self:
            for name in ("vote_threshold", "quorum", "quota_percent"):
                if not 0 <= rule[name] <= 100:
                    raise ValidationError(
                        self.env._(
                            "%(rule)s: %(field)s must lie between 0 and 100, not %(value)s.",
                            rule=rule.display_name,
                            field=self._fields[name]._description_string(self.env),
                            value=f"{rule[name]:g}",
                        )
                    )
            if rule.publication_days < 0:
                raise ValidationError(
                    self.env._(
                        "%(rule)s: the publication cannot last less than zero days.", rule=rule.display_name
                    )
                )

    @api.constrains("rulebook_id", "award_id")
    def _check_overlap(self):
        self.rulebook_id._check_overlap()

    @api.constrains("requirement_ids")
    def _check_circular(self):
        """Refuse awards that need one another: nobody could ever receive them."""
        # The catalogue is small and a circle may run through any of it.
        awards = self.env["emulation.award"].with_context(active_test=False).search([])  # pylint: disable=no-search-all
        for rulebook in self.rulebook_id:
            rules = {
                award.code: rule._get_requirements() for award, rule in rulebook._get_rules(awards).items()
            }
            if codes := eligibility.unreachable(rules):
                raise ValidationError(
                    self.env._(
                        "%(book)s: nobody could receive %(awards)s, each needs another of them first.",
                        book=rulebook.code,
                        awards=", ".join(codes),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        books = self.env["emulation.rulebook"].browse(
            vals["rulebook_id"] for vals in vals_list if "rulebook_id" in vals
        )
        books._check_not_official()
        return super().create(vals_list)

    def write(self, vals):
        if vals.keys() - {"confirmed_on"}:
            (
                self.rulebook_id | self.env["emulation.rulebook"].browse(vals.get("rulebook_id"))
            )._check_not_official()
        result = super().write(vals)
        self._log_change(
            [self._fields[name]._description_string(self.env) for name in vals if name in self._fields]
        )
        return result

    @api.private
    def _log_change(self, what):
        """Say in every dossier under way that the rule it is judged by was changed, what of it, and by whom.

        :param what: labels of what was changed
        """
        if self.env.uid == SUPERUSER_ID or not self or not what:
            return
        books = self.rulebook_id | self.rulebook_id.child_ids
        # sudo: emulation.commendation - all that wait for this rule, whoever may see them
        pending = self.env["emulation.commendation"].sudo()
        pending = pending.search(
            Domain("award_id", "in", self.award_id.ids)
            & Domain("rulebook_id", "in", books.ids)
            & Domain("state", "in", PENDING_STATES)
        )
        text = self.env._(
            "The rule of this award was changed (%(books)s): %(what)s.",
            books=", ".join(self.rulebook_id.mapped("code")),
            what=", ".join(sorted(set(what))),
        )
        pending._message_log_batch(bodies=dict.fromkeys(pending.ids, text))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_official(self):
        self.rulebook_id._check_not_official()

    def action_adapt(self):
        """Copy the rule into the company's local book, where it may be changed, and open it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self._get_local_rule(self.env.company).id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_confirm(self):
        """Record that the company checked the figures that do not come from the law itself."""
        self.check_access("write")
        today = fields.Date.context_today(self)
        self.filtered(lambda rule: rule.confidence != "verified")._write_protected({"confirmed_on": today})
        self.requirement_ids._confirm_reading()

    def _get_local_rule(self, company):
        self.ensure_one()
        book = self.rulebook_id._get_local_book(company)
        return self.search([("rulebook_id", "=", book.id), ("award_id", "=", self.award_id.id)]) or self.copy(
            {"rulebook_id": book.id}
        )

    # ------------------------------------------------------------------------------------------------
    # Eligibility
    # ------------------------------------------------------------------------------------------------

    def _get_requirements(self, kinds=None):
        """Return the requirements as the engine reads them.

        :param kinds: only these; default all
        :rtype: list[engine.eligibility.Requirement]
        """
        self.ensure_one()
        lines = self.requirement_ids.filtered(lambda line: kinds is None or line.kind in kinds)
        return [requirement._prepare_engine_requirement() for requirement in lines]

    def _check_eligibility(self, candidates, kinds=None, batch=()):
        """Judge candidates by these rules, in a number of queries that does not grow with them.

        Facts are read whatever the caller's rights, because a proposer may not see disciplines: show findings
        marked ``confidential`` to emulation officers only.

        :param candidates: ``engine.eligibility.Candidate`` objects; ``award`` is the code of an award these
            rules are about. ``_prepare_candidates`` makes them from commendations
        :param kinds: only requirements of these kinds; default all
        :param batch: who else is on the list and counts in quotas, as ``QuotaCounts`` takes it
        :return: ``{candidate.key: [engine.eligibility.Finding]}``; sum up with
            ``engine.eligibility.verdict``, store with ``finding.as_dict()``, show with ``_describe_findings``
        :rtype: dict
        :raises UserError: there is no rule for a candidate's award
        """
        # sudo: emulation.award.rule - the law is the same for everybody
        rules = {rule.award_id.code: rule._get_requirements(kinds) for rule in self.sudo()}
        candidates = list(candidates)
        if missing := {candidate.award for candidate in candidates} - rules.keys():
            raise UserError(self.env._("No rule for %(awards)s.", awards=", ".join(sorted(missing))))
        facts = EligibilityFacts(self.env, candidates, rules, batch)
        return {
            candidate.key: eligibility.judge(
                facts.complete(candidate), rules[candidate.award], facts.of(candidate)
            )
            for candidate in candidates
        }

    @api.model
    @api.private
    def _get_of(self, commendations):
        """Return {commendation: the rule of its rule book on its award (empty if none)}, in a query a book."""
        # sudo: emulation.commendation, emulation.award.rule - the law is the same for everybody; book and award are
        # read only to look the rule up
        records = commendations.sudo()
        rules = {book: book._get_rules(records.award_id) for book in records.rulebook_id}
        none = records.env[self._name]
        return {
            record: rules.get(stored.rulebook_id, {}).get(stored.award_id, none)
            for record, stored in zip(commendations, records, strict=True)
        }

    def _is_given_by(self, company):
        """Tell whether a company may give the award: True, False, or None where its kind is not entered."""
        # sudo: res.company - what it is, to decide
        kind = company.sudo().emulation_agency_kind_id
        if not self.agency_kind_ids:
            return True
        return kind in self.agency_kind_ids if kind else None

    def _get_lines_for(self, commendation):
        """Return the requirements that concern a commendation: its subject and its kind."""
        return self.requirement_ids.filtered(
            lambda line: (
                line.subject in (False, commendation.subject)
                and line.basis in (False, commendation.commendation_type)
            )
        )

    @api.model
    def _prepare_candidates(self, commendations, on=None):
        """Make candidates from commendations, keyed by the commendation's id.

        :param commendations: ``emulation.commendation`` records
        :param datetime.date on: the day of the judgement; default today
        :rtype: list[engine.eligibility.Candidate]
        """
        on = on or fields.Date.context_today(self)
        # sudo: emulation.commendation - only which agency, for its working days
        companies = commendations.sudo().company_id
        is_working = {company: company._get_emulation_is_working() for company in companies}
        handed_in = self.env["emulation.submission.line"]._get_days_sent(commendations)
        # sudo: emulation.commendation - names and dates only, to judge
        return [
            eligibility.Candidate(
                recipient_type=commendation.recipient_type,
                recipient_id=commendation._get_recipient().id,
                award=commendation.award_id.code,
                period_from=commendation.period_from or None,
                period_to=commendation.period_to or None,
                on=on,
                handed_in=handed_in.get(commendation.id),
                is_working=is_working[commendation.company_id],
                subject=commendation.subject,
                basis=commendation.commendation_type,
                source=commendation.id,
                campaign_from=commendation.campaign_id.date_start or None,
                campaign_to=commendation.campaign_id.date_end or None,
                campaign=commendation.campaign_id.id or None,
                unit=commendation.unit_id.id or None,
            )
            for commendation in commendations.sudo()
        ]

    @api.model
    def _describe_findings(self, findings):
        """Return findings as sentences in the user's language.

        :param findings: Finding objects or the dictionaries stored from them
        :return: dictionaries with ``name``, ``status``, ``text``, ``evidence``, ``article``, ``severity``,
            ``blocks``, ``decisive``, ``confidential``
        :rtype: list[dict]
        """
        return describe_findings(self.env, findings)

    # ------------------------------------------------------------------------------------------------
    # Prize
    # ------------------------------------------------------------------------------------------------

    def _get_coefficient(self, subject):
        """Return the coefficient of a subject, a Decimal, or None if no amount is fixed.

        :param str subject: ``individual``, ``collective`` or ``household``
        """
        if not self or not self.award_id[f"subject_{subject}"]:
            return None
        figures = {
            name: Decimal(f"{value:.3f}").normalize() if value else None
            for name, value in (
                ("individual", self.coefficient_individual),
                ("collective", self.coefficient_collective),
                ("household", self.coefficient_household),
            )
        }
        return prize.coefficient_for(subject, figures, self._get_multipliers())

    def _get_fixed_amount(self, subject):
        """Return the amount the agency has fixed, in đồng; None if it goes by the multiple of the base salary."""
        if not self or not self.award_id[f"subject_{subject}"]:
            return None
        return self[f"amount_{subject}"] or None

    def _get_multipliers(self):
        """Return ``{subject: what the individual's coefficient is multiplied by}``."""
        return self.rulebook_id._get_multipliers() if self.is_multiplied else {}

    def _prepare_prize_claim(self, commendation):
        """Make the claim that ``engine.prize.prize_lines`` weighs; without a rule no amount is fixed.

        :param commendation: the ``emulation.commendation`` this rule is about
        :rtype: engine.prize.PrizeClaim
        """
        # sudo: emulation.commendation - who it is, to decide; nothing of it is shown
        commendation = commendation.sudo()
        period = (commendation.period_from, commendation.period_to)
        derived = commendation.subject in self._get_multipliers()
        return prize.PrizeClaim(
            key=commendation.id,
            recipient=commendation.recipient_key,
            kind=commendation.award_id.kind,
            coefficient=self._get_coefficient(commendation.subject),
            individual_coefficient=self._get_coefficient("individual") if derived else None,
            period=period if all(period) else None,
            amount=self._get_fixed_amount(commendation.subject),
            is_maximum=self.coefficient_is_maximum,
            achievements=frozenset(commendation.achievement_ids.ids),
            foreign=self._is_foreign(commendation._get_recipient()),
            article=self.prize_article or "",
            choice=commendation.prize_choice or "",
            settled=int(commendation.prize_amount) if commendation.prize_state == "paid" else 0,
            is_decided=commendation.state == "granted",
        )

    @api.model
    def _is_foreign(self, recipient):
        """Tell whether a person is a foreigner or lives abroad; a unit never is."""
        country = recipient["country_id"] if "country_id" in recipient._fields else None
        return bool(country) and country.code != "VN"
