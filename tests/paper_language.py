import re

from lxml import html
from odoo import SUPERUSER_ID

# Words no Vietnamese paper holds, and every English one does.
ENGLISH = re.compile(
    r"\b(the|of|and|for|with|from|by|is|unit|award|points|rank|certificate|draft|page|sheet|list)\b", re.I
)


def get_text(env, report, records):
    """Return the text of a paper as it is rendered for the user and the language of ``env``."""
    page = env["ir.actions.report"]._render_qweb_html(f"hr_emulation.action_report_{report}", records.ids)[0]
    body = html.fromstring(page.decode() if isinstance(page, bytes) else page).find("body")
    return " ".join(body.text_content().split())


def check_paper(case, report, records, *parts, without=()):
    """Render a paper as a job of the server does, without a language, and as an English officer does: Vietnamese.

    :param parts: texts that stand in it
    :param without: texts that do not
    """
    case.env["res.lang"]._activate_lang("vi_VN")
    case.env.flush_all()
    readers = {
        "a job without a language": case.env(user=SUPERUSER_ID, context={}),
        "English": case.env(user=case.user_officer.id, context={"lang": "en_US"}),
    }
    for who, env in readers.items():
        with case.subTest(report=report, who=who):
            text = get_text(env, report, records)
            case.assertEqual(ENGLISH.findall(text), [], text)
            for part in parts:
                case.assertIn(part, text)
            for part in without:
                case.assertNotIn(part, text)
