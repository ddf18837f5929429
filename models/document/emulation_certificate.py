from dataclasses import dataclass, field

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import consteq
from odoo.tools.translate import LazyTranslate

from ...engine import vietnamese
from ...printing import signing
from ..mixin.actions import open_list
from ..mixin.verb import Verb
from .emulation_certificate_print import NotSignedError
from .reissue_paper import ReissuePaper

_lt = LazyTranslate(__name__)

STATES = [("issued", "Valid"), ("suspended", "Suspended"), ("revoked", "Recalled"), ("replaced", "Replaced")]
NOT_IN_FORCE = ("suspended", "revoked", "replaced")
DECIDERS = {"officer": None, "stand_in": None}
VERBS = {
    "suspend": Verb(("issued",), "suspended", DECIDERS, _lt("Suspend")),
    "resume": Verb(("suspended",), "issued", DECIDERS, _lt("Make valid again")),
    "replace": Verb(
        ("issued",),
        "replaced",
        DECIDERS,
        _lt("Re-issue"),
        also="a new one with a new number and code is registered in its place; an amending decision does it too",
    ),
    "revoke": Verb(
        ("issued", "suspended"), "revoked", document=True, also="by an issued revocation decision"
    ),
}
PRINTED = "printed"


@dataclass(frozen=True)
class Verification:
    """What the public page says: the signed facts first, then whether the register agrees.

    :param certificate: the register's entry, as superuser; None when the code leads to none
    :param signature: verdict on the code that the visitor brought, ``absent`` if there was none
    :param statement: ``signing.Statement`` that the issuing body signed; None when nothing is proven
    :param issuer: name of the issuing body, as the key says
    :param differences: {fact: what the register says} where it is not what was signed
    :param is_damaged: the register's own entry carries no genuine signature
    :param is_stolen: the key was reported as stolen; only the register tells what is genuine
    """

    certificate: object = None
    signature: str = "absent"
    statement: object = None
    issuer: str = ""
    differences: dict = field(default_factory=dict)
    is_damaged: bool = False
    is_stolen: bool = False

    @property
    def page(self):
        """The name of the page to show."""
        if not self.certificate:
            return "unregistered" if self.statement else "unknown"
        if self.signature not in ("absent", "valid"):
            return "forged"
        return "differs" if self.differences or self.is_damaged else self.certificate.state


class EmulationCertificate(models.Model):
    """One entry of the register (sổ cấp): a certificate that exists on paper.

    Made by an issued decision only, never deleted. A lost or misprinted one is replaced: the chain stays.
    How it is printed is its part ``emulation.certificate.printing``.
    """

    _name = "emulation.certificate"
    _description = "Certificate"
    _inherit = [
        "emulation.certificate.printing",
        "emulation.search.mixin",
        "emulation.verb.mixin",
        "emulation.thread.mixin",
    ]
    _search_key_fields = (
        "number",
        "recipient_name",
        "unit_name",
        "decision_id.number",
        "award_id.official_name",
    )
    _order = "id desc"
    _rec_name = "number"
    _check_company_auto = True
    # Signed letter by letter: what was signed is stored as it is.
    _emulation_raw_fields = frozenset({"payload", "token", "award_name"})
    _sealed_attachment_field = "attachment_id"
    _verbs = VERBS
    # Another layout, as long as it is not printed; all else is the decision's.
    _writable = {"issued suspended": {"officer": {"template_id"}}}

    number = fields.Char(readonly=True, copy=False)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    commendation_id = fields.Many2one(
        "emulation.commendation", required=True, readonly=True, index=True, ondelete="restrict"
    )
    decision_id = fields.Many2one("emulation.decision", readonly=True, index=True, ondelete="restrict")
    award_id = fields.Many2one(related="commendation_id.award_id", store=True)
    award_name = fields.Char(string="Award as printed", readonly=True, copy=False)
    template_id = fields.Many2one("emulation.certificate.template", ondelete="restrict")
    recipient_name = fields.Char(string="Recipient name", readonly=True)
    recipient_key = fields.Char(
        compute="_compute_recipient_key", store=True, help="The name without accents, as people type it."
    )
    unit_name = fields.Char(string="Unit name", readonly=True)
    position_name = fields.Char(string="Position name", readonly=True)
    issue_date = fields.Date(string="Date of issue", readonly=True)
    rank = fields.Integer(
        string="Order in the ceremony",
        readonly=True,
        aggregator=None,
        help="Place in the order of the ceremony.",
    )
    state = fields.Selection(STATES, default="issued", required=True, readonly=True, tracking=True)
    state_reason = fields.Char(string="State reason", readonly=True, copy=False)
    token = fields.Char(readonly=True, copy=False, groups="hr_emulation.group_emulation_officer")
    payload = fields.Char(
        string="Signed code", readonly=True, copy=False, groups="hr_emulation.group_emulation_officer"
    )
    signing_key_id = fields.Many2one(
        "emulation.signing.key",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups="hr_emulation.group_emulation_officer",
    )
    replaced_by_id = fields.Many2one(
        "emulation.certificate", string="Replaced by", readonly=True, index="btree_not_null"
    )
    replaces_ids = fields.One2many("emulation.certificate", "replaced_by_id", readonly=True)
    request_ids = fields.One2many(
        "emulation.request", "certificate_id", string="Requests for another one", readonly=True
    )
    attachment_id = fields.Many2one(
        "ir.attachment", string="PDF", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    print_state = fields.Selection(
        [("none", "Not printed"), ("queued", "Waiting"), ("done", "Printed")],
        string="PDF state",
        default="none",
        required=True,
        readonly=True,
        index=True,
    )

    _token_uniq = models.UniqueIndex("(token) WHERE token IS NOT NULL")
    _number_uniq = models.UniqueIndex("(company_id, number)", "This register number is already used.")
    # Every agency has a number 0001 of the year: number and name together find one among any number of them.
    _verification_idx = models.Index("(number, recipient_key)")
    _not_in_force_idx = models.Index("(state) WHERE state IN ('suspended', 'revoked', 'replaced')")

    # ------------------------------------------------------------------
    # Compute methods
    # ------------------------------------------------------------------

    @api.depends("recipient_name")
    def _compute_recipient_key(self):
        for card in self:
            card.recipient_key = vietnamese.search_key(card.recipient_name)

    # ------------------------------------------------------------------
    # Who and what
    # ------------------------------------------------------------------

    @api.model
    def _get_role_fields(self):
        return super()._get_role_fields() | {"commendation_id"}

    def _is_emulation_owner(self, user):
        """Nobody decides on the certificate of their own award."""
        return self.commendation_id._is_emulation_owner(user)

    def _get_emulation_owner_users(self):
        return self.commendation_id._get_emulation_owner_users()

    @api.model
    def _get_owner_domain(self, user):
        return Domain("commendation_id", "any!", self.env["emulation.commendation"]._get_owner_domain(user))

    def _get_guard_states(self):
        # sudo: emulation.certificate - only whether it is printed
        printed = self.sudo().filtered("attachment_id")
        return {**super()._get_guard_states(), **dict.fromkeys(printed._ids, PRINTED)}

    # ------------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------------

    def action_suspend(self):
        """Suspend valid certificates while a case is being examined."""
        return self._run_verb("suspend")

    def action_resume(self):
        """Make suspended certificates valid again."""
        return self._run_verb("resume")

    def action_replace(self):
        """Re-issue valid certificates that were lost or misprinted: new number and code, same award."""
        result = self._run_verb("replace")
        if result["type"] == "ir.actions.act_window":  # some could not go: say which
            return result
        return open_list(
            "emulation.certificate", [("id", "in", self.replaced_by_id.ids)], self.env._("Certificates")
        )

    def _get_cannot_suspend_reason(self):
        return self._check_verb("suspend")

    def _get_cannot_resume_reason(self):
        return self._check_verb("resume")

    def _get_cannot_replace_reason(self):
        return self._check_verb("replace")

    def _get_cannot_revoke_reason(self):
        return self._check_verb("revoke")

    @api.private
    def _do_suspend(self):
        self._start("suspend")._finish("suspend")

    @api.private
    def _do_resume(self):
        self._start("resume")._finish("resume")

    @api.private
    def _do_revoke(self, decision):
        """Revoke what is in force of these, by an issued revocation decision."""
        reason = self.env._("Revoked by decision %(number)s", number=decision._get_document_number())
        in_force = self.filtered(lambda card: card.state in ("issued", "suspended"))
        in_force._start("revoke")._finish("revoke", reason, state_reason=reason)

    @api.private
    def _do_replace(self, reason=None):
        """Register a new certificate for each of these and point the old one to it.

        :return: the new certificates
        """
        todo, today = self._start("replace"), fields.Date.context_today(self)
        replacements = self.browse()
        for company, cards in todo.grouped("company_id").items():
            numbers = self._take_register_numbers(company, today, len(cards))
            found = self._create_signed(
                [
                    {**card._prepare_replacement(), "number": number, "issue_date": today}
                    for number, card in zip(numbers, cards, strict=True)
                ]
            )
            for card, replacement in zip(cards, found, strict=True):
                card._write_protected({"replaced_by_id": replacement.id})
            replacements |= found
        reason = reason or self.env._("Re-issued: lost, damaged or misprinted")
        todo._finish("replace", reason, state_reason=reason)
        self.env["emulation.request"]._answer_replaced(todo)
        return replacements

    # ------------------------------------------------------------------
    # Asked for by its recipient
    # ------------------------------------------------------------------

    def _get_reissue_request(self):
        """Return the latest request for another one in place of this; may be empty."""
        return self.request_ids.sorted("id", reverse=True)[:1]

    def _get_reissue_paper(self):
        self.ensure_one()
        return ReissuePaper(self.with_context(lang="vi_VN")).get_values()

    # ------------------------------------------------------------------
    # Register
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def _do_register(self, decision):
        """Register a certificate for every line of an issued decision, in the order of the ceremony."""
        lines = decision._get_ordered_lines()
        templates = self.env["emulation.certificate.template"]._get_for_commendations(lines)
        numbers = self._take_register_numbers(decision.company_id, decision.issue_date, len(lines))
        return self._create_signed(
            [
                {
                    **self._prepare_entry(line),
                    "number": number,
                    "company_id": decision.company_id.id,
                    "decision_id": decision.id,
                    "template_id": templates[line.award_id].id,
                    "issue_date": decision.issue_date,
                    "rank": rank,
                }
                for rank, (number, line) in enumerate(zip(numbers, lines, strict=True), start=1)
            ]
        )

    @staticmethod
    def _prepare_entry(line):
        """Return what the register says of a recipient."""
        return {
            "commendation_id": line.id,
            "recipient_name": line._get_recipient_name(),
            "unit_name": line.unit_name,
            "position_name": line.position_name,
        }

    @api.model
    @api.private
    def _clean_register_number(self, text):
        """Return a number of the register as it is printed, however somebody types it: ``1 / 2026``, ``0001/2026``."""
        figure, stroke, year = "".join((text or "").split()).partition("/")
        figure = figure.lstrip("0").zfill(4) if figure.isascii() and figure.isdigit() else figure
        return f"{figure}{stroke}{year}"

    @api.model
    def _take_register_numbers(self, company, date, count):
        """Return the next numbers of the register of a company, as ``0012/2026``."""

        def get_taken(numbers):
            names = {f"{number:04d}/{date.year}": number for number in numbers}
            domain = [("company_id", "=", company.id), ("number", "in", list(names))]
            # sudo: emulation.certificate - numbers only, of the agency's whole register
            return {names[card.number] for card in self.sudo().search_fetch(domain, ["number"])}

        series = self.env["emulation.number.series"]
        numbers = series._take(company, "certificate", date.year, count, get_taken)
        return [f"{number:04d}/{date.year}" for number in numbers]

    def _create_signed(self, vals_list):
        """Register certificates of one company, each with a code signed by its key."""
        company = self.env["res.company"].browse(vals_list[0]["company_id"]) if vals_list else None
        if not company:
            return self.browse()
        key = self.env["emulation.signing.key"]._get_current(company)
        private = key._get_private_key()
        lines = self.env["emulation.commendation"].browse(vals["commendation_id"] for vals in vals_list)
        decisions = self.env["emulation.decision"].browse(vals["decision_id"] for vals in vals_list)
        awards = {line.id: name for line, name in lines._get_printed_awards().items()}
        for vals, decision in zip(vals_list, decisions, strict=True):
            vals["token"] = signing.new_token()
            vals["award_name"] = awards[vals["commendation_id"]]
            vals["signing_key_id"] = key.id
            statement = self._prepare_statement(vals, decision._get_document_number())
            vals["payload"] = self._sign(statement, private, key.agency)
        # sudo: emulation.certificate - nobody makes one by hand, an issued decision does
        return self.sudo()._create_protected(vals_list).sudo(False)

    def _sign(self, statement, private, agency):
        try:
            return signing.sign(statement, private, agency)
        except ValueError as error:
            raise UserError(
                self.env._(
                    "%(recipient)s: the names are too long for the code of a certificate. Shorten them.",
                    recipient=statement.name[:60],
                )
            ) from error

    @staticmethod
    def _prepare_statement(vals, decision_number):
        """Return what the certificate says, as it is signed."""
        return signing.Statement(
            token=vals["token"],
            number=vals["number"],
            name=vietnamese.clean_line(vals["recipient_name"] or ""),
            award=vals["award_name"],
            decision=decision_number,
            date=fields.Date.to_string(vals["issue_date"]),
        )

    def _prepare_replacement(self):
        return {
            **self._prepare_entry(self.commendation_id),
            "company_id": self.company_id.id,
            "decision_id": self.decision_id.id,
            "template_id": self.template_id.id,
            "rank": self.rank,
        }

    # ------------------------------------------------------------------
    # Verification
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def _verify_code(self, code):
        """Return what the public page says of a printed code of version 2, as ``Verification``."""
        return self._find_by_token(signing.get_token(code))._verify(code)

    @api.model
    @api.private
    def _find_by_token(self, token):
        """Return the certificate of a printed code as superuser, or an empty set."""
        if not token or not token.isascii() or not token.isprintable() or len(token) > 64:
            # sudo: emulation.certificate - an empty set, like the one that is found
            return self.sudo().browse()
        # sudo: emulation.certificate - the code on the paper is the right to look
        found = self.sudo().search([("token", "=", token)], limit=1)
        return found if found and consteq(found.token, token) else found.browse()

    @api.model
    @api.private
    def _find_by_number(self, number, name):
        """Return the certificates whose number and name both match what is printed, accents aside.

        More than one only where agencies gave the same number to people of the same name.
        """
        key = vietnamese.search_key(name)
        domain = [("number", "=", self._clean_register_number(number)), ("recipient_key", "=", key)]
        # sudo: emulation.certificate - as above
        return self.sudo().search(domain) if key else self.sudo().browse()

    @api.private
    def _verify(self, code=None):
        """Return what the public page says of this certificate, or of a code that leads to none.

        :param str code: what the visitor brought; None when the certificate was found otherwise
        :rtype: Verification
        """
        keys = self.env["emulation.signing.key"]._get_public_keys(self.company_id or None)
        signature, brought = signing.check(code, keys) if code else ("absent", None)
        if not self:
            key = self.env["emulation.signing.key"]._find_by_name(signing.get_key_name(code or ""))
            return Verification(
                signature=signature, statement=brought, issuer=key.agency or "", is_stolen=bool(key.stolen_on)
            )
        self.ensure_one()
        registered = self._read_signed(keys)
        if brought and (brought.token != self.token or registered not in (None, brought)):
            signature, brought = "mismatch", None
        # What is signed comes first: a register that says something else was changed behind its back.
        proof = self.payload if registered else brought and code
        # The key that the code names, whatever the row says.
        key = self.env["emulation.signing.key"]._find_by_name(signing.get_key_name(proof or ""))
        statement = registered or (None if key.stolen_on else brought)
        return Verification(
            certificate=self,
            signature=signature,
            statement=statement,
            issuer=key.agency or self.company_id.name,
            differences=self._get_differences(statement) if statement else {},
            is_damaged=not registered,
            is_stolen=bool(registered and key.stolen_on),
        )

    def _read_signed(self, keys=None):
        """Return what the register's own code says if it is genuine and of this certificate, else None."""
        keys = keys or self.env["emulation.signing.key"]._get_public_keys(self.company_id)
        statement = signing.check(self.payload or "", keys)[1]
        return statement if statement and statement.token == self.token else None

    @api.private
    def _check_signed(self):
        """Refuse to make anything of certificates whose entry is not what the issuing body signed.

        :raises NotSignedError: naming them
        """
        wrong = self.browse()
        # sudo: emulation.certificate, emulation.signing.key - codes and public halves only
        for company, cards in self.sudo().grouped("company_id").items():
            keys = self.env["emulation.signing.key"]._get_public_keys(company)
            for card in cards:
                statement = card._read_signed(keys)
                if not statement or card._get_differences(statement):
                    wrong |= card
        if wrong:
            raise NotSignedError(
                self.env._(
                    "%(numbers)s: the register does not say what was signed. Nothing is made of it.",
                    numbers=", ".join(wrong.mapped("number")),
                )
            )

    def _get_differences(self, statement):
        """Return ``{fact: what the register says}`` where it is not what was signed."""
        register = self._get_registered_facts()
        return {fact: said for fact, said in register.items() if said != getattr(statement, fact)}

    @api.private
    def _get_registered_facts(self):
        """Return what the register says, signed or not."""
        self.ensure_one()
        return {
            "number": self.number or "",
            "name": vietnamese.clean_line(self.recipient_name or ""),
            "award": self.award_name or "",
            "decision": self.decision_id._get_document_number() if self.decision_id else "",
            "date": fields.Date.to_string(self.issue_date) or "",
        }

    @api.model
    @api.private
    def _get_status_marks(self):
        """Return ``{company: {state: [mark]}}`` of the certificates that are no longer in force."""
        # sudo: emulation.certificate - the marks are hashes, made to be public
        cards = self.sudo().search_fetch([("state", "in", NOT_IN_FORCE)], ["company_id", "state", "token"])
        return {
            company: {
                state: [signing.status_mark(card.token) for card in found]
                for state, found in own.grouped("state").items()
            }
            for company, own in cards.grouped("company_id").items()
        }

    @api.model
    @api.private
    def _get_genuine_marks(self, keys):
        """Return the marks of what stolen keys had really signed: the register knows, the signature alone no more."""
        # sudo: emulation.certificate - marks of signatures only
        cards = self.sudo().search_fetch([("signing_key_id", "in", keys.ids)], ["payload"]) if keys else self
        return sorted(signing.get_mark(card.payload) for card in cards)
