import base64
import io
import os
import tempfile
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from itertools import chain

from lxml import etree, html
from markupsafe import Markup
from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import file_open
from odoo.tools.pdf import PdfReader, PdfWriter

from ...engine import pdf
from ...typesetting.pagination import paginate
from odoo.addons.base.models.ir_actions_report import _run_wkhtmltopdf, _wkhtml

FONTS = {
    "Tinos": [
        ("Tinos-Regular", "normal", "normal"),
        ("Tinos-Bold", "bold", "normal"),
        ("Tinos-Italic", "normal", "italic"),
        ("Tinos-BoldItalic", "bold", "italic"),
    ],
    "Emulation Display": [
        ("EmulationDisplay-Bold", "bold", "normal"),
        ("EmulationDisplay-Italic", "normal", "italic"),
    ],
    "Great Vibes": [("GreatVibes-Regular", "normal", "normal")],
}
# wkhtmltopdf lays a page out in whole pixels and shrinks it, by half at most, until its width fits the paper. A
# page that is almost twice too wide comes out in exact millimetres, letters placed twice as finely, and the same
# with patched and unpatched Qt (an unpatched one cannot be told not to shrink).
LAYOUT_ZOOM = 1.9
# On a large paper letters are large; beyond some 128 pixels the two Qt no longer round alike.
LARGE_PAPER, LARGE_PAPER_ZOOM = 300, 1.4
POINTS_PER_MM = 72 / 25.4


@lru_cache(maxsize=8)
def font_face_css(*families):
    """Return ``@font-face`` rules of the shipped fonts, each font as a data: URI."""
    rules = []
    for family in families:
        for file_name, weight, style in FONTS[family]:
            with file_open(f"hr_emulation/static/fonts/{file_name}.ttf", "rb") as font:
                data = base64.b64encode(font.read()).decode()
            rules.append(
                f"@font-face{{font-family:'{family}';font-weight:{weight};font-style:{style};"
                f"src:url(data:font/ttf;base64,{data}) format('truetype')}}"
            )
    return "\n".join(rules)


@lru_cache(maxsize=8)
def style_sheet(name):
    with file_open(f"hr_emulation/static/src/report/{name}.css") as css:
        return css.read()


def print_body(paper, body):
    """Run wkhtmltopdf on one HTML text; no cursor, so that it may run in a thread.

    :param tuple paper: width, height, then margins top, right, bottom, left, in mm
    :return: ``(content, error)``
    """
    with tempfile.TemporaryDirectory(prefix="emulation.print.") as folder:
        source, target = os.path.join(folder, "page.html"), os.path.join(folder, "page.pdf")
        with open(source, "w", encoding="utf-8") as file:
            file.write(body)
        process = _run_wkhtmltopdf([*paper_arguments(paper), source, target])
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


def paper_arguments(paper):
    """Return wkhtmltopdf's arguments for a paper: nothing is fetched, no script runs, millimetres are kept."""
    width, height, *margins = paper
    arguments = ["--disable-local-file-access", "--disable-javascript", "--javascript-delay", "0", "--quiet"]
    arguments += ["--page-width", f"{width}mm", "--page-height", f"{height}mm"]
    for side, margin in zip(("top", "right", "bottom", "left"), margins, strict=True):
        arguments += [f"--margin-{side}", f"{margin}mm"]
    if is_patched_qt():
        arguments += ["--dpi", "96", "--zoom", "1"]  # what the unpatched one cannot change
    return arguments


def layout_zoom(paper_width):
    return LARGE_PAPER_ZOOM if paper_width > LARGE_PAPER else LAYOUT_ZOOM


def in_whole_pixels(points, paper_width):
    """Return the length nearest to ``points`` that is a whole number of pixels of the layout.

    Between letters the two Qt round parts of a pixel differently, and a long title adds them up.
    """
    pixel = 72 / 96 / layout_zoom(paper_width)
    count = round(points / pixel)
    return (count + 0.01) * pixel if count else 0.0


def layout_style(paper):
    """Return the style that makes a page exactly as wide as its paper between the margins."""
    width, _height, _top, right, _bottom, left = paper
    return f"html{{zoom:{layout_zoom(width)}}} body,.sheet{{width:{width - left - right}mm}}"


def is_patched_qt():
    """Return whether the installed wkhtmltopdf can number pages, take a resolution and so on."""
    return _wkhtml().is_patched_qt


class IrActionsReport(models.Model):
    """Print this addon's lean pages: each ``section.sheet`` says its paper and margins in millimetres.

    Odoo's own pipeline cannot mix portrait and landscape, take a paper size from a record or number pages
    without a patched Qt. Everything else (access, wkhtmltopdf, merging) stays Odoo's.
    """

    _inherit = "ir.actions.report"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        if not self._get_report(report_ref).report_name.startswith("hr_emulation."):
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids)
        if self._get_report(report_ref).report_name == "hr_emulation.report_certificate":
            return self._get_certificate_streams(res_ids)
        streams = {}
        for res_id in dict.fromkeys(res_ids or []):
            page = self._render_qweb_html(report_ref, [res_id], data=data)[0]
            streams[res_id] = {"stream": io.BytesIO(self._print_sheets(page)), "attachment": None}
        return streams

    def _get_certificate_streams(self, res_ids):
        """Return the kept PDFs of certificates: each is printed once."""
        cards = self.env["emulation.certificate"].browse(dict.fromkeys(res_ids or []))
        cards.check_access("read")
        cards._print_missing()
        # Sudoed: who may read a certificate may have its PDF.
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
        root = html.fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
        style = "".join(root.xpath("//head/style/text()"))
        jobs, numbered = [], []
        for paper, sections in self._group_sheets(root):
            jobs.append((paper, self._assemble_sheets(style, paper, sections)))
            numbered.append(sections[0].get("data-page-numbers"))
        contents = list(self._print_bodies(jobs))
        if len(jobs) == 1 and not numbered[0]:
            return contents[0]
        papers = [paper for paper, _body in jobs]
        return self._merge_sheets(zip(contents, papers, numbered, strict=True))

    @api.private
    @api.model
    def _print_bodies(self, jobs):
        """Print ``(paper, HTML)`` pairs, a process on every core; yield the PDFs in the same order.

        The jobs are taken as they are needed: few are ever in memory.

        :raises UserError: wkhtmltopdf is not installed or fails
        """
        if self.get_wkhtmltopdf_state() == "install":
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

    def _group_sheets(self, root):
        """Yield ``(paper, sections)``: one print per run of sheets of one paper that are not numbered."""
        run_paper, run = None, []
        sections = root.xpath("//section[contains(@class, 'sheet')]")
        for section in chain.from_iterable(map(paginate, sections)):
            paper = tuple(
                float(number)
                for number in [
                    *section.get("data-paper", "210 297").split(),
                    *section.get("data-margins", "20 15 20 30").split(),
                ]
            )
            numbered = section.get("data-page-numbers") or (run and run[0].get("data-page-numbers"))
            if run and (paper != run_paper or numbered) and not section.get("data-continued"):
                yield run_paper, run
                run = []
            run_paper, run = paper, [*run, section]
        if run:
            yield run_paper, run

    def _assemble_sheets(self, style, paper, sections):
        content = "".join(etree.tostring(node, encoding="unicode", method="html") for node in sections)
        return (
            f"<!DOCTYPE html><html><head><meta charset='utf-8'><style>{style}\n{layout_style(paper)}</style></head>"
            f"<body class='paper'>{content}</body></html>"
        )

    def _assemble_page(self, paper, page):
        """Return a whole page of sheets of one paper as wkhtmltopdf gets it, without parsing it."""
        zoom = f"<style>{layout_style(paper)}</style>"
        body = page[page.index("<html") :].replace("<body>", "<body class='paper'>", 1)
        return f"<!DOCTYPE html>{body.replace('</head>', f'{zoom}</head>', 1)}"

    def _merge_sheets(self, parts):
        writer = PdfWriter()
        for content, paper, numbered in parts:
            pages = PdfReader(io.BytesIO(content)).pages
            stamps = self._draw_page_numbers(len(pages), paper) if numbered and len(pages) > 1 else None
            for index, page in enumerate(pages):
                printed = writer.add_page(page)
                if stamps and index:
                    printed.merge_page(stamps.pages[index])
        output = io.BytesIO()
        writer.write(output)
        return output.getvalue()

    def _draw_page_numbers(self, count, paper):
        """Draw numbers 2 … ``count``, centred over the text in the top margin (Decree 30/2020, Annex I)."""
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont
        from reportlab.pdfgen.canvas import Canvas

        with file_open("hr_emulation/static/fonts/Tinos-Regular.ttf", "rb") as font:
            pdfmetrics.registerFont(TTFont("Tinos", io.BytesIO(font.read())))
        width, height, top, right, _bottom, left = (number * POINTS_PER_MM for number in paper)
        output = io.BytesIO()
        canvas = Canvas(output, pagesize=(width, height), initialFontName="Tinos", initialFontSize=13)
        for number in range(1, count + 1):
            if number > 1:
                canvas.setFont("Tinos", 13)
                canvas.drawCentredString((left + width - right) / 2, height - top * 0.62, str(number))
            canvas.showPage()
        canvas.save()
        return PdfReader(io.BytesIO(output.getvalue()))
