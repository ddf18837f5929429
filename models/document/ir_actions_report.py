import base64
import io
from functools import lru_cache

from lxml import etree, html
from markupsafe import Markup
from odoo import api, models
from odoo.tools import file_open
from odoo.tools.pdf import PdfReader, PdfWriter

from odoo.addons.base.models.ir_actions_report import _wkhtml

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
# What an unpatched Qt shrinks every page by; the only thing that undoes it there is CSS zoom.
UNPATCHED_ZOOM = 1.3
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


def is_patched_qt():
    """Return whether the installed wkhtmltopdf keeps millimetres by itself."""
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
        streams = {}
        for res_id in dict.fromkeys(res_ids or []):
            page = self._render_qweb_html(report_ref, [res_id], data=data)[0]
            streams[res_id] = {"stream": io.BytesIO(self._print_sheets(page)), "attachment": None}
        return streams

    @api.model
    def _build_wkhtmltopdf_args(
        self, paperformat_id, landscape, specific_paperformat_args=None, set_viewport_size=False
    ):
        sheet = (specific_paperformat_args or {}).get("emulation_sheet")
        if not sheet:
            return super()._build_wkhtmltopdf_args(
                paperformat_id, landscape, specific_paperformat_args, set_viewport_size
            )
        width, height, *margins = sheet
        args = ["--disable-local-file-access", "--disable-javascript", "--javascript-delay", "0", "--quiet"]
        args += ["--page-width", f"{width}mm", "--page-height", f"{height}mm"]
        for side, margin in zip(("top", "right", "bottom", "left"), margins, strict=True):
            args += [f"--margin-{side}", f"{margin}mm"]
        if is_patched_qt():
            args += ["--dpi", "96", "--zoom", "1", "--disable-smart-shrinking"]
        return args

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
        parts = []
        for paper, sections in self._group_sheets(root):
            body = self._assemble_sheets(style, sections)
            part = self._run_wkhtmltopdf([body], specific_paperformat_args={"emulation_sheet": paper})
            parts.append((part, paper, sections[0].get("data-page-numbers")))
        if len(parts) == 1 and not parts[0][2]:
            return parts[0][0]
        return self._merge_sheets(parts)

    def _group_sheets(self, root):
        """Yield ``(paper, sections)``: one print per run of sheets of one paper that are not numbered."""
        run_paper, run = None, []
        for section in root.xpath("//section[contains(@class, 'sheet')]"):
            paper = tuple(
                float(number)
                for number in [
                    *section.get("data-paper", "210 297").split(),
                    *section.get("data-margins", "20 15 20 30").split(),
                ]
            )
            if run and (paper != run_paper or section.get("data-page-numbers")):
                yield run_paper, run
                run = []
            run_paper, run = paper, [*run, section]
        if run:
            yield run_paper, run

    def _assemble_sheets(self, style, sections):
        zoom = "" if is_patched_qt() else f"html{{zoom:{UNPATCHED_ZOOM}}}"
        content = "".join(etree.tostring(node, encoding="unicode", method="html") for node in sections)
        return (
            f"<!DOCTYPE html><html><head><meta charset='utf-8'><style>{style}\n{zoom}</style></head>"
            f"<body class='paper'>{content}</body></html>"
        )

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
