from odoo import api, fields, models
from odoo.tools import SQL

from .keeping import drop_old

KEPT_DAYS = 3  # a phone that finds its network later than this sends a form anew


class EmulationFormAnswer(models.Model):
    """What a form of the portal was answered, by what was sent: sent twice, it is done once.

    A double click, a lost answer and a form sent again when the network is back all come with the same key. The
    row is written before the form is acted on, in the same transaction: the second of two at once waits for it.
    """

    _name = "emulation.form.answer"
    _description = "Answered form of the portal"
    _rec_name = "key"
    _inherit = ["emulation.guard.mixin"]  # nobody writes one but the portal

    key = fields.Char(required=True, readonly=True)
    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade", index=True)
    url = fields.Char(readonly=True, help="Where the visitor was sent.")

    _key_uniq = models.Constraint("UNIQUE (key)", "This form has been sent before.")

    @api.model
    @api.private
    def _claim(self, key):
        """Take the key for the current user and return None, or return the address an earlier form was answered with.

        :param str key: of the form and of exactly what was typed into it
        :raises psycopg2.errors.SerializationFailure: the same form was just answered; the request is tried again
        """
        now = fields.Datetime.now()
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO emulation_form_answer (key, user_id, create_uid, create_date, write_uid, write_date)
                     VALUES (%(key)s, %(user)s, %(user)s, %(now)s, %(user)s, %(now)s)
                ON CONFLICT (key) DO NOTHING RETURNING id
                """,
                key=key,
                user=self.env.uid,
                now=now,
            )
        )
        if rows:
            return None
        # sudo: emulation.form.answer - the visitor's own answers, nobody has access rights
        return self.sudo().search([("key", "=", key)], limit=1).url or "/my/emulation"

    @api.model
    @api.private
    def _answer(self, key, url):
        """Remember where the form of this key led."""
        # sudo: emulation.form.answer - as above
        self.sudo().search([("key", "=", key)])._write_protected({"url": url})

    @api.autovacuum
    def _gc_answers(self):
        # sudo: emulation.form.answer - nobody has rights on it; old ones go
        return drop_old(self.sudo(), KEPT_DAYS)
