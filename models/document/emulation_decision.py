from collections import Counter
from datetime import UTC
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools.translate import LazyTranslate

from ...engine import vietnamese
from ..hr import resume
from ..mixin.actions import open_list
from ..mixin.labels import get_labels
from ..mixin.verb import Verb
from . import exchange_papers
from .ceremony_papers import CeremonyPaper
from .emulation_decision_template import KINDS

_lt = LazyTranslate(__name__)

CLOCK = ZoneInfo("Asia/Ho_Chi_Minh")
REVOCATION_GROUNDS = [
    ("fraud", "Cheating in declaring achievements"),
    ("forgery", "False information or forged papers"),
    ("unlawful", "Examined or proposed against the law"),
    ("violation", "A later conclusion shows a violation in the counted period"),
]

VERBS = {
    "issue": Verb(
        ("draft",),
        "issued",
        {"officer": None},
        _lt("Issue"),
        also="lines, abstract, articles, signer and the signer's post are there, and every line may be decided",
    ),
    "cancel": Verb(
        ("draft",),
        "cancelled",
        {"officer": None},
        _lt("Discard draft"),
        also="its lines are free for another decision",
    ),
}
CONTENT = {
    *("company_id", "kind", "template_id", "campaign_id", "authority", "proposal_line", "article_ids"),
    *("change_ids", "amended_decision_id", "revocation_ground", "revocation_reason", "fund_source"),
    "authority_waiver",
}


class EmulationDecision(models.Model):
    """A commendation decision (quyết định khen thưởng), or one that amends or revokes.

    An officer prepares it, adds lines, edits articles, looks at the preview and issues it. Issuing is one
    transaction: check every line, prizes, number, commendations granted, certificates registered, PDF stored.
    One bad line: nothing happens and it is named. Issued, it and what hangs on it can neither be edited nor
    deleted; a mistake is corrected by another decision.

    What it says and what it pays are its parts ``emulation.decision.text`` and ``emulation.decision.prize``;
    numbering, signature and the stored PDF come with ``emulation.issued.document.mixin``.
    """

    _name = "emulation.decision"
    _description = "Commendation decision"
    _inherit = ["emulation.decision.text", "emulation.decision.prize", "emulation.issued.document.mixin"]
    _symbol_kind = "QĐ"
    _number_series = "decision"
    _document_report = "decision"
    _verbs = VERBS
    _writable = {
        "draft": {"officer": CONTENT},
        # Often fixed after the decision, and moved again.
        "draft issued": {"officer": {"ceremony_on", "ceremony_place", "seats_per_row"}},
    }

    kind = fields.Selection(KINDS, required=True, default="grant")
    template_id = fields.Many2one("emulation.decision.template", string="Start from")
    campaign_id = fields.Many2one("emulation.campaign", check_company=True, index=True)
    authority = fields.Char(help="Printed in capitals above the legal bases, for example: GIÁM ĐỐC SỞ …")
    proposal_line = fields.Char(
        string="Proposal line", help="The last line of the legal bases, for example: Theo đề nghị của …"
    )
    article_ids = fields.One2many("emulation.decision.article", "decision_id", string="Articles", copy=True)
    issued_articles = fields.Json(readonly=True, copy=False)
    issued_lines = fields.Json(string="Annex as issued", readonly=True, copy=False)
    # Certificates printed later bear them: an agency may have been merged since, a signer promoted.
    issued_names = fields.Json(string="Names as issued", readonly=True, copy=False)
    issuer_id = fields.Many2one("res.users", string="Issued by user", readonly=True, copy=False)
    external_issuer = fields.Char(
        string="External issuer",
        readonly=True,
        copy=False,
        help="Set on a decision of a superior agency that is only recorded here.",
    )

    # lines
    commendation_ids = fields.One2many("emulation.commendation", "decision_id", string="Commendations")
    certificate_ids = fields.One2many("emulation.certificate", "decision_id", string="Certificates")
    revoked_commendation_ids = fields.One2many(
        "emulation.commendation", "revocation_decision_id", string="Revoked commendations"
    )
    change_ids = fields.One2many("emulation.decision.change", "decision_id", copy=True, string="Corrections")
    line_count = fields.Integer(compute="_compute_counts")
    certificate_count = fields.Integer(compute="_compute_counts")
    print_progress = fields.Integer(
        string="Print progress", compute="_compute_print_progress", help="Certificates printed, in %."
    )
    amended_decision_id = fields.Many2one(
        "emulation.decision",
        string="Amended decision",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The decision this one amends or revokes lines of.",
    )
    revocation_ground = fields.Selection(
        REVOCATION_GROUNDS, string="Revocation ground", help="Law 06/2022/QH15, Article 93(2)."
    )
    revocation_reason = fields.Char(string="Revocation reason")

    # ceremony
    ceremony_on = fields.Datetime(
        string="Ceremony", copy=False, help="When the awards are handed over: recipients are told."
    )
    ceremony_place = fields.Char(string="Place of the ceremony", copy=False)
    seats_per_row = fields.Integer(
        string="Seats in a row",
        default=8,
        required=True,
        aggregator=None,
        help="As many are called to the stage at a time, at most.",
    )

    # money
    currency_id = fields.Many2one(
        "res.currency", default=lambda self: self.env.ref("base.VND"), required=True, readonly=True
    )
    prize_total = fields.Monetary(string="Prize total", readonly=True, copy=False)
    prize_total_words = fields.Char(string="Prize total words", readonly=True, copy=False)
    fund_source = fields.Char(string="Source of funds", default="Quỹ thi đua, khen thưởng")
    authority_waiver = fields.Char(
        string="Authorised by",
        help="Where the law gives the award to another body: the act by which this agency may give it.",
    )

    _seats = models.Constraint("CHECK (seats_per_row BETWEEN 1 AND 12)", "A row has from 1 to 12 seats.")

    # ------------------------------------------------------------------
    # Compute methods
    # ------------------------------------------------------------------

    @api.depends("commendation_ids", "revoked_commendation_ids", "change_ids", "certificate_ids")
    def _compute_counts(self):
        lines = {
            "grant": self._count("emulation.commendation", "decision_id"),
            "revocation": self._count("emulation.commendation", "revocation_decision_id"),
            "amendment": self._count("emulation.decision.change", "decision_id"),
        }
        certificates = self._count("emulation.certificate", "decision_id")
        for decision in self:
            decision.line_count = lines[decision.kind].get(decision._origin.id, 0) if decision.kind else 0
            decision.certificate_count = certificates.get(decision._origin.id, 0)

    @api.depends("certificate_ids.print_state")
    def _compute_print_progress(self):
        done = self._count("emulation.certificate", "decision_id", [("print_state", "=", "done")])
        for decision in self:
            total = decision.certificate_count
            decision.print_progress = 100 * done.get(decision._origin.id, 0) // total if total else 0

    def _count(self, model, field, domain=()):
        """Return ``{decision id: how many}`` records of a model hang on these decisions, counted by the database."""
        domain = [(field, "in", self._origin.ids), *domain]
        return {
            decision.id: count
            for decision, count in self.env[model]._read_group(domain, [field], ["__count"])
        }

    @api.onchange("template_id")
    def _onchange_template_id(self):
        if self.template_id:
            self.update(self._prepare_from_template(self.template_id))

    # ------------------------------------------------------------------
    # ORM overrides
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        decisions = super().create(vals_list)
        for decision, vals in zip(decisions, vals_list, strict=True):
            if decision.state == "draft" and not vals.get("article_ids"):
                decision._start_from_template(vals)
        return decisions

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"ceremony_on", "ceremony_place"}:
            self.filtered(lambda decision: decision.state == "issued")._invite()
        return result

    def _invite(self):
        """Tell the recipients when and where the awards are handed over."""
        coming = self.filtered(
            lambda decision: decision.ceremony_on and decision.ceremony_on > fields.Datetime.now()
        )
        lines = coming.commendation_ids.filtered(lambda line: line.state == "granted")
        self.env["emulation.news"]._tell(lines, "invite")

    def _get_ceremony_text(self):
        """Return when and where the awards are handed over, in Vietnam's time; empty while it is not fixed."""
        if not self.ceremony_on:
            return ""
        moment = self.ceremony_on.replace(tzinfo=UTC).astimezone(CLOCK)
        return ", ".join(filter(None, (f"{moment:%H:%M %d/%m/%Y}", self.ceremony_place)))

    def _start_from_template(self, vals):
        template = self.template_id or self.env["emulation.decision.template"]._get_for(
            self.kind, self.company_id
        )
        if template:
            prepared = self._prepare_from_template(template)
            self.write({name: value for name, value in prepared.items() if not vals.get(name)})

    def _prepare_from_template(self, template):
        return {
            "template_id": template.id,
            "kind": template.kind,
            "abstract": template.abstract,
            "authority": template.authority,
            "proposal_line": template.proposal_line,
            "recipient_lines": template.recipient_lines,
            "legal_basis_ids": [Command.set(template.legal_basis_ids.ids)],
            "article_ids": [
                Command.clear(),
                *(
                    Command.create(
                        {
                            "sequence": article.sequence,
                            "content": article.content,
                            "only_with_money": article.only_with_money,
                        }
                    )
                    for article in template.article_ids
                ),
            ],
        }

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_preview(self):
        """Open what issuing would do; the wizard asks for a typed confirmation."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Issue the decision"),
            "res_model": "emulation.decision.issue",
            "res_id": self.env["emulation.decision.issue"].create({"decision_id": self.id}).id,
            "view_mode": "form",
            "target": "new",
        }

    def action_issue(self):
        """Issue the decisions that can be; the others are reported with every bad line."""
        return self._run_verb("issue")

    def action_cancel(self):
        """Give up drafts: their lines are free for other decisions."""
        return self._run_verb("cancel")

    def _check_has_paper(self, report):
        """Refuse to draw up here what another body has decided; what is made of it (a ceremony script) may be.

        :raises UserError: it is a superior's decision that is only recorded here
        """
        theirs = self.filtered("external_issuer")
        if theirs and report == f"hr_emulation.report_{self._document_report}":
            raise UserError(
                self.env._(
                    "%(number)s was decided by %(issuer)s: its paper is theirs. Attach a copy of it instead.",
                    number=theirs[0]._get_document_number() or theirs[0].display_name,
                    issuer=theirs[0].external_issuer,
                )
            )

    def action_print_certificates(self):
        """Queue all certificates of the decision for printing."""
        return self.certificate_ids.action_print()

    def action_merge_certificates(self):
        """Offer all certificates as one file in the order of the ceremony, once every one is printed."""
        self.ensure_one()
        if self.print_progress < 100:
            self.action_print_certificates()
            raise UserError(self.env._("Not all certificates are printed yet: they are now on their way."))
        name = f"{self._get_document_file_name()}.pdf"
        return self.env["emulation.export.mixin"]._get_download(name, self._merge_certificates())

    def _merge_certificates(self):
        cards = self.certificate_ids.filtered(lambda card: card.state == "issued").sorted("rank")
        return self.env["ir.actions.report"]._merge_pages(cards.attachment_id)

    def action_print_ceremony(self):
        self.ensure_one()
        return self.env.ref("hr_emulation.action_report_ceremony").report_action(self, config=False)

    def _get_ceremony_paper(self):
        self.ensure_one()
        return CeremonyPaper(self)

    def action_print_payments(self):
        """Print who gets or returns how much, with room for each signature."""
        self.ensure_one()
        return self.env.ref("hr_emulation.action_report_payments").report_action(self, config=False)

    def export_signed(self):
        """Return the signed file of this issued decision: its lines with awards, prizes and certificates.

        :rtype: str
        :raises UserError: it grants nothing, or nothing yet
        """
        self.ensure_one()
        self.check_access("write")
        if self.state != "issued" or self.kind != "grant" or self.external_issuer:
            raise UserError(
                self.env._("Only an issued decision of the agency that grants has a signed file.")
            )
        return self.env["emulation.exchange"]._seal(exchange_papers.describe_decision(self), self.company_id)

    def action_export_signed(self):
        name = self._get_document_file_name()
        return self.env["emulation.exchange"]._offer(self, name, self.export_signed())

    def action_open_lines(self):
        self.ensure_one()
        field = "revocation_decision_id" if self.kind == "revocation" else "decision_id"
        return open_list("emulation.commendation", [(field, "=", self.id)], self.env._("Lines"))

    def action_open_certificates(self):
        self.ensure_one()
        return open_list("emulation.certificate", [("decision_id", "=", self.id)], self.env._("Certificates"))

    # ------------------------------------------------------------------
    # Issue
    # ------------------------------------------------------------------

    def _get_cannot_issue_reason(self):
        """Return ``{decision id: reason}``: every bad line is named."""
        reasons = self._check_verb("issue")
        for decision in self.filtered(lambda decision: decision.id not in reasons):
            missing = decision._get_missing_parts()
            problems = decision._get_line_problems(decision._get_lines())
            if missing:
                reasons[decision.id] = self.env._(
                    "%(decision)s: still missing: %(parts)s.",
                    decision=decision.abstract or decision.id,
                    parts=", ".join(missing),
                )
            elif problems:
                reasons[decision.id] = "\n".join(problems.values())
            elif doubts := decision._get_prize_doubts():
                reasons[decision.id] = self.env._(
                    "%(decision)s: say first whether these prizes are paid: %(lines)s.",
                    decision=decision.abstract,
                    lines="; ".join(line.display_name for line in doubts),
                )
        return reasons

    def _get_missing_parts(self):
        self.ensure_one()
        parts = {
            self.env._("lines"): self._get_lines(),
            self.env._("abstract"): self.abstract,
            self.env._("articles"): self.article_ids,
            self.env._("signer"): self.signer_id,
        }
        if self.signer_id:
            # Certificates and the paper itself would bear a name without a post.
            parts[self.env._("post of the signer")] = self._get_signer_post()
        if self.kind == "revocation":
            parts[self.env._("ground of the revocation")] = self.revocation_ground
        return [label for label, value in parts.items() if not value]

    def _get_cannot_cancel_reason(self):
        return self._check_verb("cancel")

    @api.private
    def _do_cancel(self):
        todo = self._start("cancel")
        todo.commendation_ids._write_protected({"decision_id": False})
        todo.revoked_commendation_ids._write_protected({"revocation_decision_id": False})
        todo._finish("cancel")

    @api.private
    def _do_issue(self):
        """Issue these drafts in the running transaction; those already issued are left alone.

        :raises LockError: somebody is issuing one at this moment
        :raises UserError: a part is missing or a line is bad
        """
        for decision in self._start("issue"):
            decision._issue()

    def _issue(self):
        reasons = self._get_cannot_issue_reason()
        if reasons:
            raise UserError("\n".join(reasons.values()))
        if not self.issue_date:
            self._write_protected({"issue_date": fields.Date.context_today(self)})
        getattr(self, f"_issue_{self.kind}")()
        self._take_number()
        self._after_number()
        self._write_protected(
            {
                "issued_articles": self._get_article_texts(),
                "issued_names": self._get_names(),
                "issuer_id": self.env.uid,
            }
        )
        self._finish("issue", self.env._("Issued as %(number)s.", number=self._get_document_number()))
        # With the prizes as they were decided, so after all else.
        self._write_protected({"issued_lines": self._get_annex_lines()})
        self._invite()
        self._write_protected(self._store_document_pdf())

    def _get_names(self):
        """Return what stands under the decision; once it is issued, as it was then."""
        if self.issued_names and not self._is_document_draft():
            return self.issued_names
        return super()._get_names()

    def _issue_grant(self):
        lines = self.commendation_ids
        lines.lock_for_update()
        lines._do_grant(self, self._decide_prizes())
        lines.filtered("prize_amount")._write_protected({"prize_state": "to_pay"})

    def _issue_amendment(self):
        self.change_ids._do_apply()

    def _issue_revocation(self):
        lines = self.revoked_commendation_ids
        lines.lock_for_update()
        self._write_prize_total(self._get_expected_total())
        self._take_back(lines, self._get_revocation_reason())

    def _take_back(self, lines, reason):
        """Revoke lines, with what hangs on them: prizes, and what may rest on them."""
        lines._do_revoke(self, reason)
        paid = lines.filtered(lambda line: line.prize_state == "paid")
        paid._write_protected({"prize_state": "to_return"})
        self.env["emulation.reliance"]._list(lines)
        (lines - paid)._write_protected({"prize_state": "none"})
        self._pay_what_gave_way()

    def _get_revocation_reason(self):
        ground = get_labels(self, "revocation_ground")
        return ". ".join(filter(None, [ground.get(self.revocation_ground), self.revocation_reason]))

    def _after_number(self):
        """What needs the decision's number: the register, and what it says of prizes it takes the place of."""
        if self.kind == "grant":
            self._let_lower_give_way()
            self.env["emulation.certificate"]._do_register(self)
            resume.write(self.commendation_ids)
        elif self.kind == "revocation":
            self._unregister(self.revoked_commendation_ids)
        else:
            self.change_ids._do_replace_certificates()

    def _unregister(self, lines):
        """Take lines off the register of certificates and the résumés."""
        lines.certificate_ids._do_revoke(self)
        resume.remove(lines)

    # ------------------------------------------------------------------
    # Lines
    # ------------------------------------------------------------------

    @api.private
    def _do_add(self, commendations):
        """Put commendations on this draft.

        :raises UserError: a line is not ready, or is on another decision
        """
        self.ensure_one()
        if self.state != "draft":
            raise UserError(self._get_wrong_state_text())
        commendations.lock_for_update()
        problems = self._get_line_problems(commendations, adding=True)
        if problems:
            raise UserError("\n".join(problems.values()))
        field = "revocation_decision_id" if self.kind == "revocation" else "decision_id"
        commendations._write_protected({field: self.id})

    def _get_lines(self):
        self.ensure_one()
        return {
            "grant": self.commendation_ids,
            "revocation": self.revoked_commendation_ids,
            "amendment": self.change_ids.commendation_id,
        }[self.kind]

    def _get_line_problems(self, commendations, adding=False):
        """Return ``{commendation id: reason}`` for lines that cannot be decided, each named."""
        reasons = self._get_line_reasons(commendations, adding)
        return {
            line.id: f"{line.display_name}: {reasons[line.id]}"
            for line in commendations
            if line.id in reasons
        }

    def _get_line_reasons(self, commendations, adding=False):
        """Return ``{commendation id: reason}`` for lines that cannot be decided."""
        other = "revocation_decision_id" if self.kind == "revocation" else "decision_id"
        verb = "grant" if self.kind == "grant" else "revoke"
        reasons = commendations._get_refused(verb)
        foreign = self._get_foreign_awards(commendations) if self.kind == "grant" and not adding else {}
        problems = {}
        for line in commendations:
            if line.company_id != self.company_id:
                problems[line.id] = self.env._("It belongs to another company.")
            elif found := reasons.get(line.id) or foreign.get(line.id):
                problems[line.id] = found
            elif adding and self.kind != "amendment" and line[other] not in (self, self.browse()):
                problems[line.id] = self.env._("It is on another decision.")
        return problems

    def _get_foreign_awards(self, commendations):
        """Return ``{commendation id: reason}`` where the law gives the award to another body than this agency, or
        nobody said what kind of body this agency is."""
        if (self.authority_waiver or "").strip():
            return {}
        return {
            line.id: self._explain_foreign_award(line.award_id, rule)
            for line, rule in self.env["emulation.award.rule"]._get_of(commendations).items()
            if rule and not rule._is_given_by(self.company_id)
        }

    def _explain_foreign_award(self, award, rule):
        values = {
            "award": award.display_name,
            "kinds": ", ".join(rule.agency_kind_ids.mapped("name")),
            "article": rule.decide_article or "",
            "agency": self.company_id.name,
        }
        if rule._is_given_by(self.company_id) is None:
            return self.env._(
                "%(award)s is given by: %(kinds)s (%(article)s). The settings do not say which kind of agency"
                " %(agency)s is: choose it there, or name on the decision the act that lets it give the award.",
                **values,
            )
        return self.env._(
            "%(award)s is given by: %(kinds)s (%(article)s). If another act lets %(agency)s give it, name that"
            " act on the decision.",
            **values,
        )

    def _get_duplicates(self):
        """Return lines whose recipient gets the same award for the same period twice, here or earlier."""
        lines = self.commendation_ids
        earlier = self.env["emulation.commendation"].search(
            [
                ("recipient_key", "in", lines.mapped("recipient_key")),
                ("award_id", "in", lines.award_id.ids),
                ("state", "=", "granted"),
                ("id", "not in", lines.ids),
            ]
        )
        keys = Counter(map(self._duplicate_key, lines | earlier))
        return lines.filtered(lambda line: keys[self._duplicate_key(line)] > 1)

    @staticmethod
    def _duplicate_key(line):
        return line.recipient_key, line.award_id.id, line.campaign_id.id, line.period_from, line.period_to

    # ------------------------------------------------------------------
    # Decisions of others
    # ------------------------------------------------------------------

    @api.depends("external_issuer")
    def _compute_number_key(self):
        return super()._compute_number_key()

    def _get_number_key(self, number):
        """A superior's decision has a number of the superior's."""
        return False if self.external_issuer else super()._get_number_key(number)

    @api.model
    @api.private
    def _get_external(self, company, number, date, issuer, is_certain=False, kind="grant"):
        """Return the record of a superior's decision, made at its first mention.

        :param is_certain: the issuer is told by itself, not typed: another one's decision is another decision, though
            both may bear the same number on the same day
        """
        figure, _slash, symbol = number.partition("/")
        values = {
            "company_id": company.id,
            "number": figure,
            "symbol": symbol,
            "issue_date": date,
            "kind": kind,
        }
        # Never one issued here: nobody gets onto a decision that names somebody else.
        superior = Domain("external_issuer", "!=", False)
        known = Domain.AND([Domain(name, "=", value) for name, value in values.items()])
        found = self.search(superior & known, limit=None if is_certain else 1)
        if is_certain and issuer:
            same = vietnamese.name_key(issuer)
            found = found.filtered(lambda one: vietnamese.name_key(one.external_issuer) == same)
        return found[:1] or self._create_protected(
            [
                {
                    **values,
                    "state": "issued",
                    "external_issuer": issuer or self.env._("Superior agency"),
                    "abstract": self.env._("Decision %(number)s of a superior agency", number=number),
                    "article_ids": False,
                    "template_id": False,
                }
            ]
        )

    @api.private
    def _record_revocation(self, lines, reason):
        """Revoke lines by this decision of a superior agency, which is only recorded here."""
        lines.lock_for_update()
        if not self.revocation_reason:
            self._write_protected(
                {"revocation_reason": reason, "amended_decision_id": lines.decision_id[:1].id}
            )
        self._take_back(lines, reason)
        self._unregister(lines)

    @api.private
    def _drop_unused_external(self):
        """Delete records of superior or earlier decisions that nothing is on any more."""
        unused = self.filtered(
            lambda decision: (
                decision.external_issuer
                and not (
                    decision.commendation_ids | decision.revoked_commendation_ids or decision.certificate_ids
                )
            )
        )
        # sudo: emulation.decision - issued documents are never deleted but here
        unused.sudo()._with_seal().unlink()
