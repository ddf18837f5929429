"""A mail that lists what waits for one person: whatever the number of lines, it is one."""

from markupsafe import Markup
from odoo.fields import Command

LINE = Markup("<li>%s</li>")


def prepare_list_mail(partner, subject, intro, lines):
    """Return the values of a mail.

    :param partner: who is written to
    :param str subject: subject, in the reader's language as all texts
    :param str intro: what the lines are
    :param lines: texts or markup, a line each
    """
    items = Markup("").join(LINE % line for line in lines)
    return {
        "subject": subject,
        "recipient_ids": [Command.link(partner.id)],
        "body_html": Markup("<p>%s</p><ul>%s</ul>") % (intro, items),
        "auto_delete": True,
    }
