import io
import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import consteq
from odoo.tools.pdf import PdfReader, PdfWriter

from ...engine import qr, signing, vietnamese

CHUNK = 25
AT_ONCE = 250
STATES = [("issued", "Valid"), ("suspended", "Suspended"), ("revoked", "Revoked"), ("replaced", "Replaced")]


class EmulationCertificate(models.Model):
    """One entry of the register (sổ cấp): a certificate that exists on paper.

    Made by an issued decision only, never deleted. A lost or misprinted one is replaced: the chain stays.
    """

    _name = "emulation.certificate"
    _description = "Certificate"
    _inherit = ["emulation.protected.mixin", "mail.thread"]
    _order = "id desc"
    _rec_name = "number"
    _check_company_auto = True
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
    attachment_id = fields.Many2one("ir.attachment", string="PDF", readonly=True, copy=False)
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

    def action_open_pdf(self):
        self.ensure_one()
        self._get_pdf()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=true",
            "target": "self",
        }

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

    def action_print(self):
        """Queue the selected certificates; a scheduled job prints them in chunks and can be interrupted."""
        self.check_access("write")
        self.filtered(lambda card: not card.attachment_id)._write_protected({"print_state": "queued"})
        # Sudoed: officers may start the job, not edit it.
        self.env.ref("hr_emulation.cron_print_certificates").sudo()._trigger()

    # ------------------------------------------------------------------
    # Register
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def _do_register(self, decision):
        """Register a certificate for every line of an issued decision, in the order of the ceremony."""
        lines = decision._get_ordered_lines()
        templates = self.env["emulation.certificate.template"]._get_for_commendations(lines)
        first = decision.company_id._take_emulation_numbers(self._name, decision.issue_date, len(lines))
        year = decision.issue_date.year
        return self._create_signed(
            [
                {
                    "number": f"{first + index:04d}/{year}",
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

    def _create_signed(self, vals_list, decision):
        key = self.env["emulation.signing.key"]._get_current(decision.company_id)
        awards = {line.id: line.award_id.with_context(lang="vi_VN").name for line in decision._get_lines()}
        for vals in vals_list:
            vals["token"] = secrets.token_urlsafe(12)
            facts = signing.Facts(
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
            first = company._take_emulation_numbers(self._name, today, len(cards))
            for index, card in enumerate(cards):
                vals = card._prepare_replacement(f"{first + index:04d}/{today.year}", today)
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
    # Print
    # ------------------------------------------------------------------

    @api.private
    def _get_pdf(self):
        """Return ``(file name, content)`` of this certificate; printed once, then kept.

        :rtype: tuple[str, bytes]
        """
        self.ensure_one()
        if not self.attachment_id:
            self._print_chunk()
        return self._get_file_name(), self.attachment_id.sudo().raw  # the caller may read the certificate

    def _get_file_name(self):
        return f"{self.number} {self.recipient_name}.pdf".replace("/", "-").replace('"', "")

    def _print_chunk(self):
        """Print these certificates, one HTML page per paper size, and keep each page as its own PDF."""
        batches = [
            cards[start : start + CHUNK]
            for cards in self.grouped("template_id").values()
            for start in range(0, len(cards), CHUNK)
        ]
        # A generator: the first chunks are being printed while the next are written.
        jobs = ((cards._get_paper(), body) for cards in batches for body in cards._iterate_bodies())
        contents = self.env["ir.actions.report"].sudo()._print_bodies(jobs)  # a fixed layout, own records
        for cards, content in zip(batches, contents, strict=True):
            pages = PdfReader(io.BytesIO(content)).pages
            if len(pages) != len(cards):
                raise UserError(self.env._("A certificate does not fit on its page: look at its template."))
            cards._store_pages(pages)

    def _iterate_bodies(self):
        """Yield the HTML of these certificates in chunks of one paper, as wkhtmltopdf gets it."""
        report, paper = self.env["ir.actions.report"], self._get_paper()
        for start in range(0, len(self), CHUNK):
            yield report._assemble_page(paper, str(self[start : start + CHUNK]._render_sheets()))

    def _get_paper(self):
        """Return the paper of these certificates of one template: width, height, four margins, in mm."""
        template = self.template_id.sudo()  # the recipient prints his own, the layout is the officer's
        return template.page_width, template.page_height, 0, 0, 0, 0

    def _print_all(self):
        """Print all of these, some chunks at a time: memory stays flat, all cores work."""
        for start in range(0, len(self), AT_ONCE):
            self[start : start + AT_ONCE]._print_chunk()

    def _store_pages(self, pages):
        values = []
        for card, page in zip(self, pages, strict=True):
            writer, output = PdfWriter(), io.BytesIO()
            writer.add_page(page)
            writer.write(output)
            values.append(
                {
                    "name": card._get_file_name(),
                    "raw": output.getvalue(),
                    "mimetype": "application/pdf",
                    "res_model": self._name,
                    "res_id": card.id,
                }
            )
        # Sudoed: the PDF belongs to the register, not to whoever asked for it first.
        attachments = self.env["ir.attachment"].sudo().create(values)
        for card, attachment in zip(self, attachments, strict=True):
            card.sudo()._write_protected({"attachment_id": attachment.id, "print_state": "done"})

    def _render_sheets(self):
        return (
            self.env["ir.qweb"]
            .sudo()
            ._render("hr_emulation.report_certificate", {"docs": self, "doc_model": self._name})
        )

    @api.model
    def _get_certificate_style(self):
        return self.env["ir.actions.report"]._get_lean_style(
            "certificate", families=("Tinos", "Emulation Display", "Great Vibes")
        )

    def _get_sheet(self):
        self.ensure_one()
        # Sudoed: layout and names only, for the recipient's own certificate.
        template, values = self.template_id.sudo(), self.sudo()._get_values()
        return self._prepare_sheet(template, values)

    @api.model
    def _prepare_sheet(self, template, values):
        """Return what one page prints: paper in mm, background, boxes."""
        full = template.mode == "full"
        boxes = [box._prepare_box(values) for box in template.field_ids if full or box.on_preprinted]
        for box in filter(None, boxes):
            if box["kind"] == "qr":
                box["modules"], box["path"] = qr.svg_path(box["value"])
        return {
            "width": template.page_width,
            "height": template.page_height,
            "background": template.background_uri if full else False,
            "boxes": [box for box in boxes if box],
        }

    def _get_values(self):
        """Return the texts of the placeholders."""
        decision, line = self.decision_id, self.commendation_id.with_context(lang="vi_VN")
        on_behalf, title = ["", *decision._get_signer_lines()][-2:]
        return {
            "recipient_name": self.recipient_name,
            "position_unit": ", ".join(filter(None, (self.position_name, self.unit_name))),
            "achievement": self._get_achievement(line),
            "award": line.award_id.name,
            "decision_number": decision._get_document_number(),
            "decision_date": vietnamese.administrative_date(decision.issue_date),
            "register_number": self.number,
            "place_date": ", ".join(
                filter(None, (decision.place, vietnamese.administrative_date(self.issue_date)))
            ),
            "signer_on_behalf": on_behalf,
            "signer_title": title,
            "signer_name": decision.signer_id.name,
            "agency": self._get_awarding_body(decision),
            "qr": self._get_qr_value(),
        }

    @staticmethod
    def _get_awarding_body(decision):
        head = decision.signer_on_behalf or decision.signer_title or decision.signer_id.job_title or ""
        agency = decision.company_id.name
        return agency if not head or head.lower() in agency.lower() else f"{head} {agency}"

    @staticmethod
    def _get_achievement(line):
        if line.summary and len(line.summary) <= 200:
            return line.summary
        if line.campaign_id:
            return f"Đã có thành tích xuất sắc trong phong trào thi đua “{line.campaign_id.name}”"
        year = f" năm {line.period_to.year}" if line.period_to else ""
        return f"Đã có thành tích xuất sắc trong công tác{year}"

    def _get_qr_value(self):
        return f"{self._get_verification_url()}?p={self.payload}"

    @api.private
    def _get_verification_url(self):
        """Return the public address of this certificate."""
        self.ensure_one()
        return f"{self.get_base_url()}/emulation/verify/{self.sudo().token}"  # the token is printed on it

    @api.model
    @api.private
    def _cron_print(self):
        """Print what is queued, in chunks: each chunk is committed, a killed job goes on where it stopped."""
        domain = [("print_state", "=", "queued")]
        while True:
            chunk = self.search(domain, limit=4 * CHUNK, order="decision_id, rank, id").try_lock_for_update()
            if not chunk:
                return
            chunk._print_chunk()
            if not self.env["ir.cron"]._commit_progress(len(chunk), remaining=self.search_count(domain)):
                return

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
        verdict, facts = signing.check(payload, self.env["emulation.signing.key"]._get_public_keys())
        if verdict == "valid" and facts.token != self.token:
            return "mismatch"
        return verdict
