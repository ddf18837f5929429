import base64
import io
from functools import partial
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools.image import image_data_uri

from ...models.document import emulation_certificate_print, ir_actions_report
from ..helpers.document_common import DocumentCommon

SIGNED = ("agency", "signer_name", "signer_lines")


@tagged("post_install", "-at_install")
class TestCertificatePrint(DocumentCommon):
    """The frame is printed once and laid under; each page is kept once; one bad template holds up nobody."""

    def _issued(self, count):
        decision = self.new_decision(self.new_lines(count), issue_date="2026-01-05")
        self.issue(decision)
        return decision.certificate_ids.sorted("rank")

    def _print(self, cards):
        with self.allow_pdf_render():
            cards._print_chunk()

    def _run_job(self):
        with self.allow_pdf_render():  # enters registry test mode: the job may commit
            self.env.ref("hr_emulation.cron_print_certificates").method_direct_trigger()
        self.env.invalidate_all()

    def _picture(self, content):
        import pypdfium2

        return pypdfium2.PdfDocument(content)[0].render(scale=1.5).to_pil().convert("RGB")

    def test_kept_page_is_the_page_on_the_screen(self):
        from PIL import ImageChops

        cards = self._issued(1)
        for template in self.env["emulation.certificate.template"].search([("page_width", "<", 300)]):
            with self.subTest(template=template.name), self.allow_pdf_render():
                cards.template_id = template
                paper, body = cards._prepare_job()
                printed, _error = ir_actions_report.print_body(paper, body)
                (kept,) = self.env["ir.actions.report"]._split_pages(printed, cards._print_background())
                screen, _error = ir_actions_report.print_body(paper, cards._render_body("report_certificate"))
                difference = ImageChops.difference(self._picture(kept), self._picture(screen))
                self.assertLess(max(high for _low, high in difference.getextrema()), 24)

    def test_shared_template_bears_the_logo_of_each_company(self):
        card = self._issued(1)
        card.template_id.sudo().write({"company_id": False, "emblem_source": "logo"})
        other = self.env["res.company"].create({"name": "Công ty khác", "logo": self._square("blue")})
        self.company.logo = self._square("red")
        emblem = image_data_uri(self.company.logo)
        for cards in (card.with_company(other), *card.with_company(other)._get_chunks()):
            self.assertIn(emblem, cards._get_sheets()[0]["emblems"][0])
        (chunk,) = card.with_company(other)._get_chunks()
        self.assertIn(emblem, chunk._render_body("report_certificate_background"))

    def _square(self, colour):
        from PIL import Image

        picture = io.BytesIO()
        Image.new("RGB", (50, 50), colour).save(picture, "PNG")
        return base64.b64encode(picture.getvalue())

    def test_forty_cost_no_more_queries_than_four(self):
        few, many = self._issued(4), self._issued(40)
        self._print(few[:2])  # what is read once in a process
        counts = [self.count_queries(partial(self._print, cards)) for cards in (few[2:], many)]
        self.assertLessEqual(counts[1], counts[0])

    def test_card_without_template_holds_up_nobody(self):
        cards = self._issued(3)
        cards.with_user(self.user_officer).action_print()
        cards[0].template_id = False
        self._run_job()
        self.assertEqual(cards.mapped("print_state"), ["none", "done", "done"])
        told = cards.decision_id.message_ids[0].body
        self.assertIn(cards[0].number, told)
        self.assertIn("mẫu in", told, "in Vietnamese: the job itself has no language")

    def test_what_is_begun_when_time_is_over_is_kept(self):
        cards = self._issued(12)
        cards.with_user(self.user_officer).action_print()
        printed = []

        def count(_cards, pages):
            printed.extend(pages)
            return keep(_cards, pages)

        model = self.env.registry["emulation.certificate"]
        keep, cron = model._keep_pages, self.env.registry["ir.cron"]
        with (
            patch.object(emulation_certificate_print, "CHUNK", 1),
            patch.object(ir_actions_report.os, "cpu_count", return_value=2),
            patch.object(model, "_keep_pages", count),
            patch.object(cron, "_commit_progress", return_value=0),
        ):
            cards.browse()._cron_print()
        done = cards.filtered(lambda card: card.print_state == "done")
        self.assertEqual(len(done), len(printed))
        self.assertLess(len(done), 12)
        self.assertEqual(set((cards - done).mapped("print_state")), {"queued"})

    def test_opened_while_queued_is_kept_once(self):
        cards = self._issued(2)
        cards.with_user(self.user_officer).action_print()
        self._print(cards[0])
        kept = cards[0].attachment_id
        self._print(cards)
        self.assertEqual(cards[0].attachment_id, kept)
        files = self.env["ir.attachment"].search_count(
            [("res_model", "=", "emulation.certificate"), ("res_id", "in", cards.ids)]
        )
        self.assertEqual(files, 2)

    def test_what_is_printed_later_bears_the_names_of_the_day_of_issue(self):
        """An agency may have been merged since, whoever signed promoted or renamed."""
        cards = self._issued(1)
        decision, draft = cards.decision_id, self.new_decision(self.new_lines(1))
        printed = cards._get_common_values(decision)
        signed = {name: decision._get_document_values()[name] for name in SIGNED}
        self.assertEqual((printed["signer_name"], signed["agency"]), (self.signer.name, self.company.name))
        self.company.name = "Sở Hợp nhất"
        self.signer.write({"name": "Người Đổi Tên", "job_title": "Chức vụ mới"})
        self.assertEqual(cards._get_common_values(decision), printed)
        self.assertEqual({name: decision._get_document_values()[name] for name in SIGNED}, signed)
        now = draft._get_document_values()
        self.assertEqual((now["signer_name"], now["agency"]), ("Người Đổi Tên", "Sở Hợp nhất"))

    def test_print_menu_gives_the_kept_file(self):
        cards = self._issued(2)
        with self.allow_pdf_render():
            report = self.env["ir.actions.report"].with_user(self.user_officer)
            report = report.with_context(force_report_rendering=True)
            content, kind = report._render_qweb_pdf("hr_emulation.action_report_certificate", cards.ids)
        self.assertEqual(kind, "pdf")
        self.assertEqual(len(self.pages(content)), 2)
        self.assertEqual(cards.mapped("print_state"), ["done", "done"])

    def test_merged_file_keeps_frame_and_fonts_once(self):
        cards = self._issued(8)
        self._print(cards)
        merged = cards.decision_id._merge_certificates()
        self.assertEqual(len(self.pages(merged)), 8)
        if ir_actions_report.is_patched_qt():  # where the frame is laid under
            self.assertLess(len(merged), sum(len(card.attachment_id.raw) for card in cards) / 2)
