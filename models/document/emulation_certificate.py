import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import consteq

from ...engine import vietnamese
from ...printing import signing

STATES = [("issued", "Valid"), ("suspended", "Suspended"), ("revoked", "Revoked"), ("replaced", "Replaced")]


class EmulationCertificate(models.Model):
    """One entry of the register (sổ cấp): a certificate that exists on paper.

    Made by an issued decision only, never deleted. A lost or misprinted one is replaced: the chain stays.
    """

    _name = "emulation.certificate"
    _description = "Certificate"
    _inherit = ["emulation.search.mixin", "emulation.protected.mixin", "mail.thread"]
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
    _emulation_raw_fields = frozenset({"payload", "token"})
    _sealed_attachment_field = "attachment_id"
    _protected_fields = frozenset(
        {
            "number",
            "company_id",
            "commendation_id",
            "decision_id",
            "recipient_name",
            "unit_name",
            "position_name",
            "issue_date",
            "state",
            "state_reason",
            "token",
            "payload",
            "replaced_by_id",
            "attachment_id",
            "rank",
            "print_state",
        }
    )

    number = fields.Char(readonly=True, copy=False, index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    commendation_id = fields.Many2one(
        "emulation.commendation", required=True, readonly=True, index=True, ondelete="restrict"
    )
    decision_id = fields.Many2one("emulation.decision", readonly=True, index=True, ondelete="restrict")
    award_id = fields.Many2one(related="commendation_id.award_id", store=True)
    template_id = fields.Many2one("emulation.certificate.template", ondelete="restrict")
    recipient_name = fields.Char(readonly=True)
    unit_name = fields.Char(readonly=True)
    position_name = fields.Char(readonly=True)
    issue_date = fields.Date(readonly=True)
    rank = fields.Integer(readonly=True, aggregator=None, help="Place in the order of the ceremony.")
    state = fields.Selection(STATES, default="issued", required=True, readonly=True, tracking=True)
    state_reason = fields.Char(readonly=True, copy=False)
    token = fields.Char(readonly=True, copy=False, groups="hr_emulation.group_emulation_officer")
    payload = fields.Char(readonly=True, copy=False, groups="hr_emulation.group_emulation_officer")
    replaced_by_id = fields.Many2one("emulation.certificate", readonly=True, index="btree_not_null")
    replaces_ids = fields.One2many("emulation.certificate", "replaced_by_id", readonly=True)
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

    # ------------------------------------------------------------------
    # ORM overrides
    # ------------------------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_except_registered(self):
        raise UserError(self.env._("The register keeps every certificate. Revoke or replace it instead."))

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_suspend(self):
        """Suspend valid certificates while a case is being examined."""
        self._change_state(("issued",), "suspended")

    def action_resume(self):
        """Make suspended certificates valid again."""
        self._change_state(("suspended",), "issued")

    def action_replace(self):
        """Re-issue valid certificates that were lost or misprinted: new number and code, same award."""
        replacements = self.filtered(lambda card: card.state == "issued")._do_replace(
            self.env._("Re-issued: lost, damaged or misprinted")
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Certificates"),
            "res_model": "emulation.certificate",
            "view_mode": "list,form",
            "domain": [("id", "in", replacements.ids)],
        }

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
                    "number": numbers[index],
                    "company_id": decision.company_id.id,
                    "commendation_id": line.id,
                    "decision_id": decision.id,
                    "template_id": templates[line.award_id].id,
                    "recipient_name": line._get_recipient_name(),
                    "unit_name": line.unit_name,
                    "position_name": line.position_name,
                    "issue_date": decision.issue_date,
                    "rank": index + 1,
                }
                for index, line in enumerate(lines)
            ],
            decision,
        )

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

    def _create_signed(self, vals_list, decision):
        key = self.env["emulation.signing.key"]._get_current(decision.company_id)
        awards = {line.id: line.award_id.with_context(lang="vi_VN").name for line in decision._get_lines()}
        for vals in vals_list:
            vals["token"] = secrets.token_urlsafe(12)
            facts = signing.Statement(
                token=vals["token"],
                number=vals["number"],
                name=vals["recipient_name"] or "",
                award=awards.get(vals["commendation_id"]) or "",
                decision=decision._get_document_number(),
                date=fields.Date.to_string(vals["issue_date"]),
            )
            vals["payload"] = signing.sign(facts, key.private_key)
        # Sudoed: nobody may create certificates by hand, an issued decision does.
        return self.sudo()._create_protected(vals_list).sudo(False)

    @api.private
    def _do_revoke(self, decision):
        reason = self.env._("Revoked by decision %(number)s", number=decision._get_document_number())
        self.filtered(lambda card: card.state in ("issued", "suspended"))._write_protected(
            {"state": "revoked", "state_reason": reason}
        )

    @api.private
    def _do_replace(self, reason):
        """Register a new certificate for each of these and point the old one to it."""
        replacements = self.browse()
        today = fields.Date.context_today(self)
        for company, cards in self.grouped("company_id").items():
            numbers = self._take_register_numbers(company, today, len(cards))
            for number, card in zip(numbers, cards, strict=True):
                vals = card._prepare_replacement(number, today)
                replacement = self._create_signed([vals], card.decision_id)
                card._write_protected(
                    {"state": "replaced", "state_reason": reason, "replaced_by_id": replacement.id}
                )
                replacements |= replacement
        return replacements

    def _prepare_replacement(self, number, date):
        line = self.commendation_id
        return {
            "number": number,
            "company_id": self.company_id.id,
            "commendation_id": line.id,
            "decision_id": self.decision_id.id,
            "template_id": self.template_id.id,
            "recipient_name": line._get_recipient_name(),
            "unit_name": line.unit_name,
            "position_name": line.position_name,
            "issue_date": date,
            "rank": self.rank,
        }

    def _change_state(self, from_states, to_state):
        self.check_access("write")
        wrong = self.filtered(lambda card: card.state not in from_states)
        if wrong:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                "\n".join(
                    self.env._("%(number)s is “%(state)s”.", number=card.number, state=labels[card.state])
                    for card in wrong
                )
            )
        self._write_protected({"state": to_state})

    # ------------------------------------------------------------------
    # Verification
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def _find_by_token(self, token):
        """Return the certificate of a printed code as superuser, or an empty set."""
        if not token or not token.isascii() or not token.isprintable() or len(token) > 64:
            return self.sudo().browse()
        found = self.sudo().search(
            [("token", "=", token)], limit=1
        )  # the code on the paper is the right to look
        return found if found and consteq(found.token, token) else found.browse()

    @api.model
    @api.private
    def _find_by_number(self, number, name):
        """Return the certificate whose number and name both match what is printed, accents aside."""
        wanted = vietnamese.search_key(name)
        found = self.sudo().search([("number", "=", (number or "").strip())], limit=20)  # as above
        return found.filtered(lambda card: wanted and vietnamese.search_key(card.recipient_name) == wanted)[
            :1
        ]

    @api.private
    def _check_payload(self, payload):
        """Return the engine's verdict on a printed payload, ``mismatch`` if it is of another certificate."""
        self.ensure_one()
        keys = self.env["emulation.signing.key"]._get_public_keys(self.company_id)
        verdict, facts = signing.check(payload, keys)
        if verdict == "valid" and facts.token != self.token:
            return "mismatch"
        return verdict

    @api.model
    @api.private
    def _get_status_marks(self):
        """Return ``{company: {state: [mark]}}`` of the certificates that are no longer in force."""
        # Sudoed: the marks are hashes, made to be public.
        cards = self.sudo().search_fetch([("state", "!=", "issued")], ["company_id", "state", "token"])
        return {
            company: {
                state: [signing.status_mark(card.token) for card in found]
                for state, found in own.grouped("state").items()
            }
            for company, own in cards.grouped("company_id").items()
        }
