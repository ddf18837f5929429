import io
import os
import re
import tempfile
import textwrap
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.pdf import PdfReader, PdfWriter

from ...printing import archive, layout, pdf, word
from ...printing.fonts import font_face_css, style_sheet
from ..mixin.emulation_document_mixin import ANEW

# Private names of Odoo's own report model: it offers no public way to run the program it has found.
from odoo.addons.base.models.ir_actions_report import _run_wkhtmltopdf, _wkhtml


def print_body(paper, body):
    """Run wkhtmltopdf on one HTML text; no cursor, so that it may run in a thread.

    :param tuple paper: width, height, then margins top, right, bottom, left, in mm
    :return: ``(content, error)``
    """
    with tempfile.TemporaryDirectory(prefix="emulation.print.") as folder:
        source, target = os.path.join(folder, "page.html"), os.path.join(folder, "page.pdf")
        with open(source, "w", encoding="utf-8") as file:
            file.write(body)
        process = _run_wkhtmltopdf([*layout.paper_arguments(paper, is_patched_qt()), source, target])
        if process.returncode not in (0, 1) or not os.path.exists(target):
            return None, f"{process.returncode} {process.stderr[-500:]}"
        with open(target, "rb") as file:
            return file.read(), None


class PrintError(Exception):
    """wkhtmltopdf failed; says how."""


@lru_cache(maxsize=4)
def print_once(paper, body):
    """Return the PDF of an HTML text; as :func:`print_body`, but the same text is printed once."""
    content, error = print_body(paper, body)
    if error:  # raised, and so not remembered
        raise PrintError(error)
    return content


def is_patched_qt():
    """Return whether the installed wkhtmltopdf can number pages, take a resolution and so on."""
    return _wkhtml().is_patched_qt


class IrActionsReport(models.Model):
    """Print this addon's lean pages: each ``section.sheet`` says its paper and margins in millimetres.

    Odoo's own pipeline cannot mix portrait and landscape, take a paper size from a record or number pages
    without a patched Qt. Everything else (access, wkhtmltopdf, merging) stays Odoo's.
    """

    _inherit = "ir.actions.report"

    @api.model
    def _get_paper_addons(self):
        """Return the addons whose reports are lean pages; one with papers of its own adds its name."""
        return {"hr_emulation"}

    def _is_paper(self, report_name):
        return report_name.split(".")[0] in self._get_paper_addons()

    @api.private
    @api.model
    def _get_paper_ref(self, name):
        """Return the external id of the report of a paper: what another addon prints is named by it in full."""
        return name if "." in name else f"hr_emulation.action_report_{name}"

    @api.model
    def _get_report_from_name(self, report_name):
        """Return the report whose name a downloaded file takes: of papers the Vietnamese one."""
        report = super()._get_report_from_name(report_name)
        return report._in_vietnamese() if self._is_paper(report_name) else report

    def _in_vietnamese(self):
        """Return the same reports by the clocks of Viet Nam, in the language of the papers where it is installed."""
        reports = self.with_context(tz="Asia/Ho_Chi_Minh")
        is_known = self.env["res.lang"]._get_data(code="vi_VN")
        return reports.with_context(lang="vi_VN") if is_known else reports

    def _render_qweb_html(self, report_ref, docids, data=None):
        """Render papers in the language of papers, whoever prints them, a job of the server too.

        In a copy of the database every sheet says so.
        """
        report = self._get_report(report_ref)
        if not self._is_paper(report.report_name):
            return super()._render_qweb_html(report_ref, docids, data=data)
        documents = self.env[report.model].browse(docids)
        if hasattr(documents, "_check_has_paper"):
            documents._check_has_paper(report.report_name)
        reports = super(IrActionsReport, self._in_vietnamese())
        page, kind = reports._render_qweb_html(report_ref, docids, data=data)
        is_copy = self.env["emulation.installation"]._is_copy()
        return layout.mark_copies(page) if is_copy else page, kind

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        if not self._is_paper(self._get_report(report_ref).report_name):
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids)
        if self._get_report(report_ref).report_name == "hr_emulation.report_certificate":
            return self._get_certificate_streams(res_ids)
        streams = self._get_kept_streams(self._get_report(report_ref), res_ids)
        for res_id in dict.fromkeys(res_ids or []):
            if res_id in streams:
                continue
            page = self._render_qweb_html(report_ref, [res_id], data=data)[0]
            streams[res_id] = {"stream": io.BytesIO(self._print_sheets(page)), "attachment": None}
        return streams

    def _get_kept_streams(self, report, res_ids):
        """Return the kept PDFs of issued documents: whatever was renamed since, their paper says what was signed."""
        documents = self.env[report.model].browse(dict.fromkeys(res_ids or []))
        paper = getattr(documents, "_document_report", "")
        if not paper or self.env.context.get("emulation_print") is ANEW:
            return {}
        if self.env.ref(self._get_paper_ref(paper)) != report:
            return {}
        documents.check_access("read")
        return {
            document.id: {
                "stream": io.BytesIO(
                    # sudo: ir.attachment - who may read a document may have its PDF
                    document.document_attachment_id.sudo().with_context(bin_size=False).raw
                ),
                "attachment": None,
            }
            for document in documents
            if document.document_attachment_id and not document._is_document_draft()
        }

    @api.private
    @api.model
    def _build_word(self, name, record_id):
        """Return ``(file name, content)`` of a record's paper as a Word file: the template of its PDF.

        :param str name: of the report, without its prefix
        :raises AccessError: the record is not the user's to read
        :raises MissingError: there is no such record
        :rtype: tuple[str, bytes]
        """
        report = self._get_report(self._get_paper_ref(name))._in_vietnamese()
        document = self.with_context(**report.env.context).env[report.model].browse(record_id)
        document.check_access("read")
        # sudo: ir.actions.report - who may print the paper at all
        groups = report.sudo().group_ids
        if groups and not groups & self.env.user.all_group_ids:
            raise AccessError(self.env._("Only officers make this paper."))
        title = self._get_word_title(report, document, name)
        page = self._render_qweb_html(report, document.ids)[0]
        if template := self.env["emulation.word.template"]._get_for(name, document.company_id):
            return f"{title}.docx", template._fill(document, page)
        return f"{title}.docx", word.build(page, title=title, author=document.company_id.name)

    @api.private
    @api.model
    def _get_paper_names(self, papers):
        """Return ``{paper: name}`` of papers that are called as their reports, in the user's language."""
        ids = {
            paper: self.env["ir.model.data"]._xmlid_to_res_id(self._get_paper_ref(paper)) for paper in papers
        }
        # sudo: ir.actions.report - names of reports
        names = {report.id: report.name for report in self.sudo().browse(filter(None, ids.values())).exists()}
        return {paper: names.get(report_id, paper) for paper, report_id in ids.items()}

    @api.private
    @api.model
    def _get_word_action(self, name, record):
        """Return the action that downloads a paper of a record as a Word file."""
        record.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/emulation/word/{name}/{record.id}",
            "target": "download",
        }

    def _get_word_title(self, report, document, name):
        """Return what the file is called: as the PDF of the document, other papers by what they are and of what."""
        if name == getattr(document, "_document_report", ""):
            return document._get_document_file_name()
        title = re.sub(r'[/\\"]+', " ", f"{report.name} {document.display_name or ''}")
        return textwrap.shorten(title, 120, placeholder="…")  # between two words

    def _get_certificate_streams(self, res_ids):
        """Return the kept PDFs of certificates: each is printed once."""
        cards = self.env["emulation.certificate"].browse(dict.fromkeys(res_ids or []))
        cards.check_access("read")
        cards._print_missing()
        # sudo: ir.attachment - who may read a certificate may have its PDF
        return {
            card.id: {
                "stream": io.BytesIO(card.attachment_id.sudo().with_context(bin_size=False).raw),
                "attachment": None,
            }
            for card in cards
        }

    @api.model
    def _get_lean_style(self, *names, families=("Tinos",)):
        """Return fonts and style sheets (of ``static/src/report``) to put into a page's ``<style>``."""
        # Our own files: nothing of it comes from users, and quotes must survive inside <style>.
        return Markup("\n").join(map(Markup, [font_face_css(*families), *map(style_sheet, names)]))

    @api.private
    @api.model
    def _print_sheets(self, page):
        """Print the sheets of a lean HTML page, in order, as one PDF.

        :param page: HTML text or bytes whose body holds ``section.sheet`` elements
        :rtype: bytes
        """
        style, root = layout.read_page(page)
        jobs, numbered = [], []
        for paper, sections in layout.group_sheets(root):
            jobs.append((paper, layout.assemble_sheets(style, paper, sections)))
            numbered.append(sections[0].get("data-page-numbers"))
        contents = list(self._print_bodies(jobs))
        if len(jobs) == 1 and not numbered[0]:
            return contents[0]
        papers = [paper for paper, _body in jobs]
        return self._merge_sheets(zip(contents, papers, numbered, strict=True))

    @api.private
    @api.model
    def _can_print(self):
        """Return whether the server has anything to print with."""
        return self.get_wkhtmltopdf_state() != "install"

    @api.private
    @api.model
    def _print_bodies(self, jobs):
        """Print ``(paper, HTML)`` pairs, a process on every core; yield the PDFs in the same order.

        The jobs are taken as they are needed: few are ever in memory.

        :raises UserError: wkhtmltopdf is not installed or fails
        """
        if not self._can_print():
            raise UserError(self.env._("Wkhtmltopdf is not installed on the server: nothing can be printed."))
        cores, running = os.cpu_count() or 1, deque()
        with ThreadPoolExecutor(max_workers=cores) as pool:
            for job in jobs:
                running.append(pool.submit(print_body, *job))
                if len(running) >= 2 * cores:
                    yield self._get_printed(*running.popleft().result())
            while running:
                yield self._get_printed(*running.popleft().result())

    def _get_printed(self, content, error):
        if error:
            raise UserError(self.env._("Wkhtmltopdf failed: %(error)s", error=error))
        return content

    @api.private
    @api.model
    def _get_archived(self, content, title, company):
        """Return a PDF as the agency keeps it: PDF/A-2b where it says so."""
        # sudo: res.company - a setting
        if not company.sudo().emulation_keep_as_archive:
            return content
        now = fields.Datetime.context_timestamp(
            self.with_context(tz="Asia/Ho_Chi_Minh"), fields.Datetime.now()
        )
        # sudo: res.company - its name
        return archive.archive(content, title, company.sudo().name, now)

    @api.private
    @api.model
    def _print_once(self, paper, body):
        """Return the PDF of a page that many others are laid over; printed at the first call only."""
        try:
            return print_once(paper, body)
        except PrintError as error:
            return self._get_printed(None, error)

    @api.private
    @api.model
    def _split_pages(self, content, background=None):
        """Return a PDF for each page of one, drawn over the only page of the background.

        :rtype: list[bytes]
        """
        return pdf.split(content, background)

    @api.private
    @api.model
    def _merge_pages(self, attachments):
        """Return the PDFs of attachments, in this order, as one in which equal fonts and pictures are kept once.

        :rtype: bytes
        """
        return pdf.merge(attachment.raw for attachment in attachments.with_context(bin_size=False))

    def _merge_sheets(self, parts):
        writer = PdfWriter()
        for content, paper, numbered in parts:
            pages = PdfReader(io.BytesIO(content)).pages
            stamps = None
            if numbered and len(pages) > 1:
                stamps = PdfReader(io.BytesIO(layout.draw_page_numbers(len(pages), paper)))
            for index, page in enumerate(pages):
                printed = writer.add_page(page)
                if stamps and index:
                    printed.merge_page(stamps.pages[index])
        for (
            page
        ) in writer.pages:  # laid over one another they are unpacked: a long annex would be ten times as big
            page.compress_content_streams()
        output = io.BytesIO()
        writer.write(output)
        return output.getvalue()
