import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .keeping import drop_old

KEPT_DAYS = 2  # a phone that finds its network later than this sends the file anew


class EmulationUploadPart(models.Model):
    """Parts of a file on its way into a form of the portal: after a lost line it goes on where it stopped.

    Nobody reads them and no address gives them back. A file is evidence of nothing until its form is sent; only then
    are whose record it is, its size and its kind looked at, as of a file sent in one piece.
    """

    _name = "emulation.upload.part"
    _description = "Part of a file on its way"
    _rec_name = "key"
    _inherit = ["emulation.guard.mixin"]  # nobody writes one but the portal

    key = fields.Char(required=True, readonly=True, help="SHA-256 of the whole file.")
    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade", index=True)
    start = fields.Integer(
        string="First byte", required=True, readonly=True, help="In bytes from the beginning of the file."
    )
    content = fields.Binary(attachment=False, readonly=True)

    _part_uniq = models.Constraint("UNIQUE (user_id, key, start)", "This part has been sent before.")

    @api.model
    @api.private
    def _get_received(self, key):
        """Return how many bytes of the current user's file are here."""
        found = self.env.execute_query(
            SQL(
                "SELECT COALESCE(SUM(LENGTH(content)), 0) FROM emulation_upload_part"
                " WHERE user_id = %s AND key = %s",
                self.env.uid,
                key,
            )
        )
        return int(found[0][0])

    @api.model
    @api.private
    def _receive(self, key, start, content, most):
        """Store the next part of a file and return how many bytes of it are here.

        A part that does not begin where the file stops is not stored: the answer says where to go on.

        :param str key: SHA-256 of the whole file, 64 hexadecimal figures
        :param int start: where the part begins
        :param bytes content: the part
        :param int most: bytes that may be on their way for one person
        :raises UserError: too much is on its way
        """
        received = self._get_received(key)
        if not content or start != received:
            return received
        # By SQL: the ORM would write bytes as base64 and read them back.
        on_the_way = self.env.execute_query(
            SQL(
                "SELECT COALESCE(SUM(LENGTH(content)), 0) FROM emulation_upload_part WHERE user_id = %s",
                self.env.uid,
            )
        )[0][0]
        if on_the_way + len(content) > most:
            raise UserError(self.env._("Too many files are on their way. Try again tomorrow."))
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO emulation_upload_part
                            (key, user_id, start, content, create_uid, create_date, write_uid, write_date)
                     VALUES (%(key)s, %(user)s, %(start)s, %(content)s, %(user)s, %(now)s, %(user)s, %(now)s)
                ON CONFLICT (user_id, key, start) DO NOTHING
                """,
                key=key,
                user=self.env.uid,
                start=start,
                content=content,
                now=fields.Datetime.now(),
            )
        )
        return received + len(content)

    @api.model
    @api.private
    def _take(self, key):
        """Return the current user's whole file and forget its parts; None if it is not whole or not the one promised.

        :param str key: SHA-256 of the whole file
        """
        rows = self.env.execute_query(
            SQL(
                "DELETE FROM emulation_upload_part WHERE user_id = %s AND key = %s RETURNING start, content",
                self.env.uid,
                key,
            )
        )
        content = b"".join(bytes(part) for _start, part in sorted(rows, key=lambda row: row[0]))
        return content if rows and hashlib.sha256(content).hexdigest() == key else None

    @api.autovacuum
    def _gc_parts(self):
        # sudo: emulation.upload.part - nobody has rights on it; old ones go
        return drop_old(self.sudo(), KEPT_DAYS)
