from markupsafe import Markup
from odoo import models
from odoo.fields import Command
from odoo.tools import format_date

LISTED = 50  # deadlines named in one mail


class ResUsers(models.Model):
    _inherit = "res.users"

    def _prepare_emulation_deadlines(self, deadlines):
        """Return the mail that names deadlines, in the language of its reader."""
        env = self.with_context(lang=self.lang).env
        news = self.env["emulation.news"]
        records = deadlines.with_context(lang=self.lang)
        items = [
            Markup("<li>%s: %s</li>")
            % (format_date(env, record.date), news._get_link("/odoo/emulation-deadlines", record.display_name))
            for record in records[:LISTED]
        ]
        more = len(records) - LISTED
        if more > 0:
            items.append(Markup("<li>%s</li>") % env._("and %(count)s more", count=more))
        intro = env._("These deadlines of the law are near:")
        return {
            "subject": env._("Emulation: deadlines of the law"),
            "recipient_ids": [Command.link(self.partner_id.id)],
            "body_html": Markup("<p>%s</p><ul>%s</ul>") % (intro, Markup("").join(items)),
            "auto_delete": True,
        }
