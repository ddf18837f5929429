import os
from itertools import takewhile

from odoo import api, models
from odoo.exceptions import UserError

from ...engine import vietnamese, wording
from ...printing.layout import assemble_page
from ..mixin.actions import download
from ..mixin.file_names import name_file
from .emulation_installation import AddressError
from .ir_actions_report import is_patched_qt

CHUNK = 50  # certificates in one run of wkhtmltopdf, kept in one transaction
FAMILIES = ("Tinos", "Emulation Display", "Great Vibes")


class TemplateError(UserError):
    """The template cannot be printed."""


class NotSignedError(UserError):
    """The register does not say what was signed: nothing is made of it."""


class EmulationCertificatePrinting(models.AbstractModel):
    """The part of a certificate that prints it: every page once, kept as its own PDF, and never printed again.

    wkhtmltopdf prints what differs, fifty certificates a run and a run on every core; the frame, the same on all,
    is printed once and laid under each page.
    """

    _name = "emulation.certificate.printing"
    _description = "How a certificate is printed"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_pdf(self):
        self.ensure_one()
        self._get_pdf()
        return download(self.attachment_id)

    def action_print(self):
        """Queue the selected certificates; a scheduled job prints them in chunks and can be interrupted."""
        self.check_access("write")
        self.env["emulation.installation"]._check_public_address()
        self.filtered(lambda card: not card.attachment_id)._write_protected({"print_state": "queued"})
        # sudo: ir.cron - officers may start the job, not edit it
        self.env.ref("hr_emulation.cron_print_certificates").sudo()._trigger()

    # ------------------------------------------------------------------
    # Print
    # ------------------------------------------------------------------

    @api.private
    def _get_pdf(self):
        """Return ``(file name, content)`` of this certificate; printed once, then kept.

        :rtype: tuple[str, bytes]
        """
        self.ensure_one()
        self._print_missing()
        # sudo: ir.attachment - the caller may read the certificate
        return self._get_file_name(), self.attachment_id.sudo().with_context(bin_size=False).raw

    def _get_file_name(self):
        return name_file(f"{self.number} {self.recipient_name}") + ".pdf"

    @api.model
    @api.private
    def _cron_print(self):
        """Print what is queued: each chunk is committed as it comes, a killed job goes on where it stopped.

        When the scheduler's time is over, what has begun is finished and kept; the scheduler calls again.
        """
        if not self.env["ir.actions.report"]._can_print():
            return  # the queue waits
        self.env["emulation.document.mixin"]._print_waiting()
        # Why a template cannot be printed is told in the history of the decision: in Vietnamese.
        told = self.with_context(lang="vi_VN")
        queue = told.search([("print_state", "=", "queued")], order="decision_id, rank, id")
        remaining, clock = len(queue), {"left": True}
        for cards in queue.grouped("template_id").values():
            for printed in cards._iterate_printed_or_give_up(lambda: clock["left"]):
                remaining -= len(printed)
                clock["left"] = self.env["ir.cron"]._commit_progress(len(printed), remaining=remaining)
            if not clock["left"]:
                return

    def _iterate_printed_or_give_up(self, goes_on):
        """Print these certificates of one template; a template nobody can print shall not hold up the others."""
        try:
            yield from self._iterate_printed(goes_on)
        except (TemplateError, AddressError, NotSignedError) as error:  # another try would end the same
            left = self.filtered(lambda card: not card.attachment_id)
            left._write_protected({"print_state": "none"})
            for decision in left.decision_id:
                decision._message_log(body=str(error))
            yield left

    @api.private
    def _print_missing(self):
        """Print those of these certificates that never were.

        :raises LockError: one is being printed by somebody else at this moment
        """
        missing = self.filtered(lambda card: not card.attachment_id)
        # sudo: emulation.certificate - who may read a certificate may have it printed
        missing.sudo().lock_for_update()
        missing._print_chunk()

    def _print_chunk(self):
        """Print these certificates and keep each page as its own PDF."""
        for _cards in self._iterate_printed():
            pass

    def _iterate_printed(self, goes_on=lambda: True):
        """Print these certificates; yield them by chunks, each when its PDFs are kept.

        While one chunk is kept, the next are being printed: memory stays flat, all cores work.

        :param goes_on: asked before each chunk; when it says no, only the chunks that are begun are still printed
        """
        chunks = list(self._get_chunks())
        if chunks:
            self.env["emulation.installation"]._check_public_address()
            self._check_signed()
        # sudo: ir.actions.report - a fixed layout, own records
        report = self.env["ir.actions.report"].sudo()
        prints = report._print_bodies(
            chunk._prepare_job() for chunk in takewhile(lambda _chunk: goes_on(), chunks)
        )
        backgrounds = {}
        for cards, content in zip(chunks, prints, strict=False):  # fewer prints when it does not go on
            kind = (cards.template_id, cards.company_id)
            if kind not in backgrounds:
                backgrounds[kind] = cards._print_background()
            cards._keep_pages(report._split_pages(content, backgrounds[kind]))
            yield cards

    def _get_chunks(self):
        """Yield these certificates by template, few enough for a page of HTML, shared out among the cores.

        Each is in its own company: a shared template may bear the company's logo.
        """
        cores = os.cpu_count() or 1
        groups = self.browse(self.ids).grouped(lambda card: (card.template_id, card.company_id))
        for (template, company), cards in groups.items():
            if not template:
                numbers = ", ".join(cards.mapped("number"))
                raise TemplateError(
                    self.env._("Choose a template for the certificates: %(numbers)s.", numbers=numbers)
                )
            size = min(CHUNK, -(-len(cards) // cores))
            for start in range(0, len(cards), size):
                # Of their own: a commit empties the cache, and a chunk shall not read all others again.
                yield self.browse(cards.ids[start : start + size]).with_company(company)

    def _prepare_job(self):
        """Return the paper in mm and the HTML of these certificates of one template, as wkhtmltopdf gets them."""
        # sudo: emulation.certificate.template - the recipient prints the own certificate, the layout is the
        # officer's
        return self.template_id.sudo()._get_paper(), self._render_body(
            "report_certificate", bare=is_patched_qt()
        )

    def _print_background(self):
        """Return the PDF of what lies under each of these certificates of one template, or None."""
        # sudo: emulation.certificate.template - as above
        layout = self.template_id.sudo()._get_layout()
        # An unpatched Qt paints every page white first: there each page is printed with its background.
        if not (layout["background"] or layout["emblems"]) or not is_patched_qt():
            return None
        body = self._render_body("report_certificate_background")
        # sudo: ir.actions.report, emulation.certificate.template - as above
        return self.env["ir.actions.report"].sudo()._print_once(self.template_id.sudo()._get_paper(), body)

    def _render_body(self, view, bare=False):
        # sudo: ir.qweb, emulation.certificate.template - a fixed layout and names only
        html = self.env["ir.qweb"].sudo()._render(f"hr_emulation.{view}", {"docs": self.sudo(), "bare": bare})
        # sudo: emulation.certificate.template - as above
        paper = self.template_id.sudo()._get_paper()
        return assemble_page(paper, str(html))

    def _keep_pages(self, pages):
        if len(pages) != len(self):
            raise TemplateError(self.env._("A certificate does not fit on its page: look at its template."))
        # Locked and looked at again: somebody may have opened one in the meantime.
        self.env["emulation.installation"]._note_printed_address()
        # sudo: emulation.certificate - who may read a certificate may have it printed
        waiting = self.sudo().try_lock_for_update().filtered(lambda card: not card.attachment_id)
        page_of = dict(zip(self.ids, pages, strict=True))
        reports = self.env["ir.actions.report"]
        # sudo: ir.attachment - the PDF belongs to the register, not to whoever asked for it first
        attachments = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                [
                    {
                        "name": card._get_file_name(),
                        "raw": reports._get_archived(page_of[card.id], card.number, card.company_id),
                        "mimetype": "application/pdf",
                        "res_model": self._name,
                        "res_id": card.id,
                    }
                    for card in waiting
                ]
            )
        )
        for card, attachment in zip(waiting._with_seal(), attachments, strict=True):
            card.write({"attachment_id": attachment.id, "print_state": "done"})

    # ------------------------------------------------------------------
    # Sheets
    # ------------------------------------------------------------------

    def _get_certificate_style(self):
        """Return fonts and style sheet; only the fonts that these certificates use."""
        # sudo: emulation.certificate.template - the fonts of the layout only
        used = {"Tinos", *self.template_id.sudo().field_ids.mapped("font")} if self else set(FAMILIES)
        families = tuple(family for family in FAMILIES if family in used)
        return self.env["ir.actions.report"]._get_lean_style("certificate", families=families)

    def _get_sheets(self):
        """Return what each page prints, in order; what certificates have in common is worked out once."""
        # sudo: emulation.certificate - layouts and names only, for the recipient's own certificate
        cards = self.sudo()
        layouts = {
            kind: kind[0].with_company(kind[1])._get_layout()
            for kind in {(card.template_id, card.company_id) for card in cards}
        }
        common = {decision: self._get_common_values(decision) for decision in cards.decision_id}
        return [
            self._prepare_sheet(
                layouts[card.template_id, card.company_id],
                {**common[card.decision_id], **card._get_own_values()},
            )
            for card in cards
        ]

    @api.model
    def _prepare_sheet(self, layout, values):
        """Return what one page prints: paper in mm, background, boxes."""
        boxes = [box.prepare(values) for box in layout["boxes"]]
        return {**layout, "boxes": [box for box in boxes if box]}

    @api.model
    def _get_common_values(self, decision):
        """Return the texts of the placeholders that are the same for all of a decision."""
        # One line only: it stands where the first of two would, the room below is for the signature.
        on_behalf, title = [*decision._get_signer_lines(), ""][:2]
        return {
            "decision_number": decision._get_document_number(),
            "decision_date": vietnamese.administrative_date(decision.issue_date),
            "signer_on_behalf": on_behalf,
            "signer_title": title,
            "signer_name": decision._get_names()["signer"],
            "agency": self._get_awarding_body(decision),
        }

    def _get_own_values(self):
        """Return the texts of the placeholders that differ from certificate to certificate."""
        line = self.commendation_id
        date = vietnamese.administrative_date(self.issue_date)
        return {
            "verb": wording.verb([line.is_posthumous]),
            "recipient_name": self.recipient_name,
            "position_unit": ", ".join(filter(None, (self.position_name, self.unit_name))),
            "achievement": wording.keep_place(self._get_achievement(line)),
            "award": self.award_name,
            "register_number": self.number,
            "place_date": ", ".join(filter(None, (self.decision_id.place, date))),
            "verify_address": self.env["emulation.installation"]._get_shown_address(),
            "qr": self._get_qr_value(),
        }

    @staticmethod
    def _get_awarding_body(decision):
        names = decision._get_names()
        head, agency = decision.signer_on_behalf or decision._get_signer_post(), names["agency"]
        return (
            agency if not head or head.lower() in agency.lower() else wording.join_overlapping(head, agency)
        )

    @staticmethod
    def _get_achievement(line):
        if line.summary and len(line.summary) <= 200:
            return line.summary
        period = line._get_period_text()
        if line.campaign_id:
            return f"Đã có thành tích xuất sắc trong {wording.campaign_text(line.campaign_id.name)}"
        return f"Đã có thành tích xuất sắc trong công tác {period}".rstrip()

    def _get_qr_value(self):
        """Return what the printed code says: an address that leads to the register, and the signed facts."""
        address = self.env["emulation.installation"]._get_public_address()
        # sudo: emulation.certificate - it is printed on the paper
        code = self.sudo().payload
        return f"{address}/kt/{code}" if code.isdigit() else f"{self._get_verification_url()}?p={code}"

    @api.private
    def _get_verification_url(self):
        """Return the public address of this certificate."""
        self.ensure_one()
        address = self.env["emulation.installation"]._get_public_address()
        # sudo: emulation.certificate - the token is printed on it
        return f"{address}/emulation/verify/{self.sudo().token}"
