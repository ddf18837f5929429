import io
import re

from docx import Document
from docx.oxml.ns import qn
from lxml import html
from odoo import SUPERUSER_ID
from pypdf import PdfReader

# Words no Vietnamese paper holds, and every English one does.
ENGLISH = re.compile(
    r"\b(the|of|and|for|with|from|by|is|unit|award|points|rank|certificate|draft|page|sheet|list)\b", re.I
)

# Drawn to the millimetre: there is no Word file of them.
DRAWN = {"certificate", "recognition_certificates", "stress", "calibration"}


def get_text(env, report, records):
    """Return the text of a paper as it is rendered for the user and the language of ``env``."""
    page = env["ir.actions.report"]._render_qweb_html(f"hr_emulation.action_report_{report}", records.ids)[0]
    root = html.fromstring(page.decode() if isinstance(page, bytes) else page)
    return " ".join(f"{root.findtext('head/title') or ''} {root.find('body').text_content()}".split())


def get_printed(case, env, report, records):
    """Return the text of the PDF that the real job makes of a paper."""
    with case.allow_pdf_render():
        reports = env["ir.actions.report"].with_context(force_report_rendering=True)
        content, _kind = reports._render_qweb_pdf(f"hr_emulation.action_report_{report}", records.ids)
    file = PdfReader(io.BytesIO(content))
    title = (file.metadata.title if file.metadata else None) or ""
    return " ".join(" ".join([title, *(page.extract_text() for page in file.pages)]).split())


def get_word(env, report, record):
    """Return the text of the Word file of a paper, with its name and what stands above and below each page."""
    name, content = env["ir.actions.report"]._build_word(report, record.id)
    document = Document(io.BytesIO(content))
    parts = [document.element.body]
    for section in document.sections:
        frames = (section.first_page_header, section.header, section.first_page_footer, section.footer)
        parts += [frame._element for frame in frames]
    paragraphs = [paragraph for part in parts for paragraph in part.iter(qn("w:p"))]
    return " ".join([name, *("".join(paragraph.itertext()) for paragraph in paragraphs)])


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
    document = Document(io.BytesIO(content))
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
        texts["English, in Word"] = get_word(english, report, records)
    for who, text in texts.items():
        with case.subTest(report=report, who=who):
            case.assertEqual(ENGLISH.findall(text), [], text)
            for part in parts:
                case.assertIn(squeeze(part), squeeze(text))
            for part in without:
                case.assertNotIn(squeeze(part), squeeze(text))
