"""Papers and pages: what wkhtmltopdf is told so that a millimetre of the page is a millimetre of the paper.

A lean page is HTML whose ``section.sheet`` elements say their paper (``data-paper``) and margins
(``data-margins``) in millimetres.
"""

import io
import re
from collections.abc import Iterator, Sequence
from itertools import chain

from lxml import etree, html

from .breaks import keep_words
from .fonts import font
from .pagination import Element, paginate

# Width, height, then margins top, right, bottom, left, all in mm.
Paper = tuple[float, ...]
A4, MARGINS = "210 297", "20 15 20 30"
# wkhtmltopdf lays a page out in whole pixels and shrinks it, by half at most, until its width fits the paper. A
# page that is almost twice too wide comes out in exact millimetres, letters placed twice as finely, and the same
# with patched and unpatched Qt (an unpatched one cannot be told not to shrink).
LAYOUT_ZOOM = 1.9
# On a large paper letters are large; beyond some 128 pixels the two Qt no longer round alike.
LARGE_PAPER, LARGE_PAPER_ZOOM = 300, 1.4
POINTS_PER_MM = 72 / 25.4


def paper_arguments(paper: Paper, is_patched: bool) -> list[str]:
    """Return wkhtmltopdf's arguments for a paper: nothing is fetched, no script runs, millimetres are kept.

    :param is_patched: the program has a patched Qt, which can take a resolution
    """
    width, height, *margins = paper
    arguments = ["--disable-local-file-access", "--disable-javascript", "--javascript-delay", "0", "--quiet"]
    arguments += ["--page-width", f"{width}mm", "--page-height", f"{height}mm"]
    for side, margin in zip(("top", "right", "bottom", "left"), margins, strict=True):
        arguments += [f"--margin-{side}", f"{margin}mm"]
    if is_patched:
        arguments += ["--dpi", "96", "--zoom", "1"]  # what the unpatched one cannot change
    return arguments


def layout_zoom(paper_width: float) -> float:
    """Return how much larger than the paper a page is laid out."""
    return LARGE_PAPER_ZOOM if paper_width > LARGE_PAPER else LAYOUT_ZOOM


def in_whole_pixels(points: float, paper_width: float) -> float:
    """Return the length nearest to ``points`` that is a whole number of pixels of the layout.

    Between letters the two Qt round parts of a pixel differently, and a long title adds them up.
    """
    pixel = 72 / 96 / layout_zoom(paper_width)
    count = round(points / pixel)
    return (count + 0.01) * pixel if count else 0.0


def layout_style(paper: Paper) -> str:
    """Return the style that makes a page exactly as wide as its paper between the margins.

    >>> layout_style((210, 297, 20, 15, 20, 30))
    'html{zoom:1.9} body,.sheet{width:165mm}'
    """
    width, _height, _top, right, _bottom, left = paper
    return f"html{{zoom:{layout_zoom(width)}}} body,.sheet{{width:{width - left - right}mm}}"


SHEET = re.compile(r"""<section\b[^>]*\bclass=["']sheet\b[^>]*>""")
COPY_TEXT = "BẢN THỬ – KHÔNG CÓ GIÁ TRỊ"


def mark_copies(page: str | bytes) -> bytes:
    """Return a page on each of whose sheets stands that it is worth nothing: it was printed in a copy.

    Sheets that say so themselves, as certificates do, say it once.

    >>> mark_copies("<section class='sheet'>1</section>").decode()
    "<section class='sheet'><div class='copy-mark'>BẢN THỬ – KHÔNG CÓ GIÁ TRỊ</div>1</section>"
    """
    text = page.decode() if isinstance(page, bytes) else str(page)
    if 'class="copy-mark"' not in text:
        text = SHEET.sub(lambda found: f"{found[0]}<div class='copy-mark'>{COPY_TEXT}</div>", text)
    return text.encode()


def read_page(page: str | bytes) -> tuple[str, Element]:
    """Return the style of a lean HTML page and its root element."""
    root = html.fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
    return "".join(root.xpath("//head/style/text()")), root


def group_sheets(root: Element) -> Iterator[tuple[Paper, list[Element]]]:
    """Yield ``(paper, sections)``: one print per run of sheets of one paper that are not numbered."""
    run_paper: Paper = ()
    run: list[Element] = []
    sections = root.xpath("//section[contains(@class, 'sheet')]")
    for section in sections:
        join_marks(section)
        keep_signature(section)
        keep_words(section)
    for section in chain.from_iterable(map(paginate, sections)):
        sizes = [*section.get("data-paper", A4).split(), *section.get("data-margins", MARGINS).split()]
        paper = tuple(map(float, sizes))
        numbered = section.get("data-page-numbers") or (run and run[0].get("data-page-numbers"))
        if run and (paper != run_paper or numbered) and not section.get("data-continued"):
            yield run_paper, run
            run = []
        run_paper, run = paper, [*run, section]
    if run:
        yield run_paper, run


def join_marks(section: Element) -> None:
    """Take away marks that only say where a field is: a printer draws each by itself, and its text reads "07 ;".

    >>> section = html.fromstring("<section><p>Có <span data-field='present'>07</span>;</p></section>")
    >>> join_marks(section), etree.tostring(section, encoding="unicode")
    (None, '<section><p>Có 07;</p></section>')
    """
    for mark in section.xpath(".//span[@data-field and not(@class)]"):
        mark.drop_tag()


def keep_signature(section: Element) -> None:
    """Keep the last paragraph of a document on the page of its signature: nobody signs an empty page."""
    tables = section.xpath("./table[contains(concat(' ', @class, ' '), ' signature ')]")
    words = tables[0].getprevious() if tables else None
    while words is not None and words.tag == "div" and len(words):
        words = words[-1]
    if words is None or words.tag != "p":
        return
    box = etree.Element("div", style="page-break-inside:avoid")
    tables[0].addprevious(box)
    for node in (words, *tables):
        box.append(node)


def assemble_sheets(style: str, paper: Paper, sections: Sequence[Element]) -> str:
    """Return the HTML text of sheets of one paper."""
    content = "".join(etree.tostring(node, encoding="unicode", method="html") for node in sections)
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><style>{style}\n{layout_style(paper)}</style></head>"
        f"<body class='paper'>{content}</body></html>"
    )


def assemble_page(paper: Paper, page: str) -> str:
    """Return a whole page of sheets of one paper as wkhtmltopdf gets it, without parsing it."""
    zoom = f"<style>{layout_style(paper)}</style>"
    body = page[page.index("<html") :].replace("<body>", "<body class='paper'>", 1)
    return f"<!DOCTYPE html>{body.replace('</head>', f'{zoom}</head>', 1)}"


def draw_page_numbers(count: int, paper: Paper) -> bytes:
    """Return a PDF of ``count`` pages with the numbers 2 …, centred over the text in the top margin
    (Decree 30/2020/NĐ-CP, Annex I); the first page has none."""
    from reportlab.pdfgen.canvas import Canvas

    font("Tinos-Regular")  # known to reportlab from here on
    width, height, top, right, _bottom, left = (number * POINTS_PER_MM for number in paper)
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=(width, height), initialFontName="Tinos-Regular", initialFontSize=13)
    for number in range(1, count + 1):
        if number > 1:
            canvas.setFont("Tinos-Regular", 13)
            canvas.drawCentredString((left + width - right) / 2, height - top * 0.62, str(number))
        canvas.showPage()
    canvas.save()
    return output.getvalue()
