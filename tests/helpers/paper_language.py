import base64
import io
import re

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import html
from odoo import SUPERUSER_ID
from pypdf import PdfReader

from ...models.document.word_fields import PAPERS
from ...models.mixin.emulation_document_mixin import ANEW
from ...printing import word_paper

# Words no Vietnamese paper holds, and every English one does.
ENGLISH = re.compile(
    r"\b(the|of|and|for|with|from|by|is|unit|award|points|rank|certificate|draft|page|sheet|list)\b", re.I
)

# Drawn to the millimetre: there is no Word file of them.
DRAWN = {"certificate", "stress", "calibration"}


def get_text(env, report, records):
    """Return the text of a paper as it is rendered for the user and the language of ``env``."""
    page = env["ir.actions.report"]._render_qweb_html(f"hr_emulation.action_report_{report}", records.ids)[0]
    root = html.fromstring(page.decode() if isinstance(page, bytes) else page)
    return " ".join(f"{root.findtext('head/title') or ''} {root.find('body').text_content()}".split())


def get_printed(case, env, report, records):
    """Return the text of the PDF that the real job makes of a paper."""
    with case.allow_pdf_render():
        reports = env["ir.actions.report"].with_context(force_report_rendering=True, emulation_print=ANEW)
        content, _kind = reports._render_qweb_pdf(f"hr_emulation.action_report_{report}", records.ids)
    file = PdfReader(io.BytesIO(content))
    title = (file.metadata.title if file.metadata else None) or ""
    return " ".join(" ".join([title, *(page.extract_text() for page in file.pages)]).split())


def get_word(case, env, report, record):
    """Return the text of the Word file of a paper, with its name and what stands above and below each page."""
    name, content = env["ir.actions.report"]._build_word(report, record.id)
    document = Document(io.BytesIO(content))
    check_measures(case, document)
    parts = [document.element.body]
    for section in document.sections:
        frames = (section.first_page_header, section.header, section.first_page_footer, section.footer)
        parts += [frame._element for frame in frames]
    paragraphs = [paragraph for part in parts for paragraph in part.iter(qn("w:p"))]
    return " ".join([name, *("".join(paragraph.itertext()) for paragraph in paragraphs)])


def check_template(case, paper, record):
    """Fill an agency's own file that holds every field of a paper: it says what the page says, and no field is left."""
    fields = PAPERS[paper]
    made = Document()
    for name in (*fields.values, *fields.blocks):
        made.add_paragraph(f"{{{name}}}")
    for key, columns in fields.lists.items():
        cells = made.add_table(rows=1, cols=len(columns)).rows[0].cells
        for cell, column in zip(cells, columns, strict=True):
            cell.text = f"{{{key}.{column}}}"
    output = io.BytesIO()
    made.save(output)
    values = {"name": "Mẫu", "report": paper, "company_id": record.company_id.id}
    template = case.env["emulation.word.template"].create(
        {**values, "content": base64.b64encode(output.getvalue())}
    )
    content = case.env["ir.actions.report"]._build_word(paper, record.id)[1]
    template.unlink()
    page = case.env["ir.actions.report"]._render_qweb_html(f"hr_emulation.action_report_{paper}", record.ids)[
        0
    ]
    said = word_paper.read(page)
    case.assertLessEqual(
        {
            *said[0].values,
            *(
                f"{key}.{name}"
                for one in said
                for key, rows in one.lists.items()
                for row in rows
                for name in row
            ),
        },
        {*fields.values, *(f"{key}.{name}" for key, names in fields.lists.items() for name in names)},
        "every mark of the page is a field of the list",
    )
    text = "".join(Document(io.BytesIO(content)).element.body.itertext())
    case.assertNotRegex(text, r"\{[a-z_.0-9]+\}")
    for value in said[0].values.values():
        for line in value.split("\n"):
            case.assertIn(squeeze(line), squeeze(text))


def squeeze(text):
    """Return a text without spaces and capitals: a PDF cuts its lines elsewhere and prints its headings in capitals."""
    return "".join(text.split()).casefold()


def get_letters(text):
    return "".join(sign for sign in text if sign.isalnum())


def read_paper(case, name, record, user=None):
    """Return the lines of a paper, having seen that the Word file says what the page of the PDF says."""
    reports = case.env["ir.actions.report"].with_user(user or case.user_officer)
    file_name, content = reports._build_word(name, record.id)
    case.assertTrue(file_name.endswith(".docx"))
    page = reports._render_qweb_html(f"hr_emulation.action_report_{name}", record.ids)[0]
    body = html.fromstring(page).find("body")
    for mark in body.xpath(".//div[@class='draft-mark' or @class='copy-mark']"):
        mark.getparent().remove(mark)  # in Word they stand in the header
    check_template(case, name, record)
    document = Document(io.BytesIO(content))
    check_measures(case, document)
    texts = [node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t")]
    case.assertEqual(get_letters("".join(texts)), get_letters(body.text_content()))
    return [" ".join(line.split()) for line in body.text_content().splitlines() if line.strip()]


def check_paper(case, report, records, *parts, without=()):
    """Print a paper as a job of the server does, without a language, and render it for an English officer.

    :param parts: texts that stand in it
    :param without: texts that do not
    """
    case.env["res.lang"]._activate_lang("vi_VN")
    case.env.flush_all()
    job, officer = case.env(user=SUPERUSER_ID, context={}), case.env(user=case.user_officer.id)
    english = officer(context={"lang": "en_US"})
    texts = {
        "a job without a language": get_printed(case, job, report, records),
        "English": get_text(english, report, records),
    }
    if report not in DRAWN and len(records) == 1:
        texts["English, in Word"] = get_word(case, english, report, records)
        check_template(case, report, records)
    for who, text in texts.items():
        with case.subTest(report=report, who=who):
            case.assertEqual(ENGLISH.findall(text), [], text)
            for part in parts:
                case.assertIn(squeeze(part), squeeze(text))
            for part in without:
                case.assertNotIn(squeeze(part), squeeze(text))


# Decree 30/2020/NĐ-CP, Annex I: what each part of a page looks like, by the style it has in Word. Sizes in points.
LOOKS = {
    "Cơ quan chủ quản": (12, 13, False),
    "Tên cơ quan": (12, 13, True),
    "Quốc hiệu": (12, 13, True),
    "Tiêu ngữ": (13, 14, True),
    "Số, ký hiệu": (13, 13, False),
    "Trích yếu công văn": (12, 13, False),
    "Địa danh, ngày tháng": (13, 14, False),
    "Tên loại văn bản": (13, 14, True),
    "Trích yếu": (13, 14, True),
    "Thẩm quyền ban hành": (13, 14, True),
    "Thân văn bản": (13, 14, False),
    "Điều": (13, 14, False),
    "Căn cứ": (13, 14, False),
    "Nơi nhận": (11, 11, False),
    "Nơi nhận (tiêu đề)": (12, 12, True),
    "Chức vụ người ký": (13, 14, True),
    "Họ tên người ký": (13, 14, True),
}


def check_measures(case, document):
    """See that a Word file has the paper, margins, letters and page numbers of the decree."""
    for section in document.sections:
        sides = sorted(round(side.mm) for side in (section.page_width, section.page_height))
        case.assertEqual(sides, [210, 297])
        for name, least, most in (("top", 20, 25), ("bottom", 20, 25), ("left", 30, 35), ("right", 15, 20)):
            case.assertIn(round(getattr(section, f"{name}_margin").mm), range(least, most + 1), name)
        case.assertTrue(section.different_first_page_header_footer)
        case.assertNotIn("PAGE", section.first_page_header._element.xml)
        number = section.header.paragraphs[0]
        if "PAGE" in number._p.xml:
            case.assertEqual(number.alignment, WD_ALIGN_PARAGRAPH.CENTER)
            case.assertIn(get_font(document, number.style)[1], (13, 14))
            case.assertIn('w:pgNumType w:start="1"', section._sectPr.xml)
    for paragraph in document.element.body.iter(qn("w:p")):
        style = Paragraph(paragraph, document._body).style
        name, size, is_bold = get_font(document, style)
        case.assertEqual(name, "Times New Roman", style.name)
        if style.name in LOOKS:
            least, most, must_be_bold = LOOKS[style.name]
            case.assertTrue(least <= size <= most, (style.name, size))
            case.assertEqual(is_bold, must_be_bold, style.name)
    check_heading(case, document)


def get_font(document, style):
    """Return name, size in points and weight of a style, as it takes them from the styles it is based on."""
    chain = [style]
    while chain[-1].base_style is not None:
        chain.append(chain[-1].base_style)
    if chain[-1] != document.styles["Normal"]:
        chain.append(document.styles["Normal"])
    fonts = [one.font for one in chain]
    return (
        next(font.name for font in fonts if font.name),
        next(font.size for font in fonts if font.size).pt,
        bool(next((font.bold for font in fonts if font.bold is not None), False)),
    )


def check_heading(case, document):
    """See that agency and motto stand side by side at the top, each above its line."""
    if not document.tables or "Quốc hiệu" not in [style.name for style in document.styles]:
        return
    left, right = document.tables[0].rows[0].cells[0], document.tables[0].rows[0].cells[-1]
    names = [[paragraph.style.name for paragraph in cell.paragraphs] for cell in (left, right)]
    if "Quốc hiệu" not in names[1]:
        return
    case.assertIn("Đường kẻ", names[0])
    case.assertEqual(names[1][:2], ["Quốc hiệu", "Tiêu ngữ"])
    motto = right.paragraphs[1]
    case.assertTrue(all(run.underline for run in motto.runs if run.text.strip()))
    case.assertEqual(motto.text.strip(), "Độc lập - Tự do - Hạnh phúc")
