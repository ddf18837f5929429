from pathlib import Path

from odoo import api, fields, models
from odoo.tools import SQL, config

from ...engine import ballot_box
from .key_folder import KeyFolder

# A key younger than this may belong to a session that another transaction is just opening.
KEY_GRACE = 24 * 3600  # seconds


class EmulationBallotEnvelope(models.Model):
    """The sealed ballot of one member while the vote is open: two envelopes.

    The outer one is this row: it names the member's line on the attendance list, so that nobody votes twice.
    The inner one is sealed with the keys of the session's box, which lie outside the database (``KeyFolder``
    or the codes of the counting board): what was chosen exists nowhere else. On closing the outer envelopes
    are removed, the inner ones shuffled, opened and counted, all in one transaction, and the keys destroyed.

    Nobody has access rights to this model.
    """

    _name = "emulation.ballot.envelope"
    _description = "Sealed ballot"
    _inherit = ["emulation.guard.mixin"]
    _log_access = False

    attendance_id = fields.Many2one(
        "emulation.session.attendance",
        string="Line of the attendance list",
        required=True,
        ondelete="restrict",
    )
    sealed = fields.Binary(string="Sealed ballot", required=True, attachment=False)

    _attendance_uniq = models.Constraint("UNIQUE (attendance_id)", "A member has one ballot.")

    # ------------------------------------------------------------------
    # Keys
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def _get_key_folder(self):
        """Return the folder of the keys: beside the files of Odoo, in no backup that Odoo makes."""
        return KeyFolder(Path(config["data_dir"]) / "emulation_ballot_keys" / self.env.cr.dbname)

    @api.model
    @api.private
    def _add_key(self, private, is_kept):
        """Add a key to the folder; it goes again if the transaction fails.

        :param bytes private: the private key
        :param bool is_kept: keep the private key too; else only the public one
        :return: the name of the key
        """
        folder = self._get_key_folder()
        if is_kept:
            name = folder.add_private(private)
        else:
            name = folder.add_public(ballot_box.get_public(private))
        self.env.cr.postrollback.add(lambda: folder.wipe(name))
        return name

    @api.model
    @api.private
    def _wipe_keys(self, names):
        """Destroy keys as soon as the transaction is committed."""
        folder = self._get_key_folder()
        for name in filter(None, names):
            self.env.cr.postcommit.add(lambda name=name: folder.wipe(name))

    @api.autovacuum
    def _gc_keys(self):
        """Destroy keys that no vote needs: of a server that stopped between closing and wiping."""
        folder = self._get_key_folder()
        # sudo: emulation.session, emulation.session.teller - only the names of keys in use
        sessions = self.env["emulation.session"].sudo().search([("key_name", "!=", False)])
        # sudo: emulation.session.teller - as above
        tellers = self.env["emulation.session.teller"].sudo().search([("key_name", "!=", False)])
        used = {*sessions.mapped("key_name"), *tellers.mapped("key_name")}
        for name in folder.list_older_than(KEY_GRACE):
            if name not in used:
                folder.wipe(name)

    # ------------------------------------------------------------------
    # Envelopes
    # ------------------------------------------------------------------

    @api.private
    def _put(self, seat, sealed):
        """Keep a member's sealed ballot. No log of the statement tells a choice: there is none in it.

        :param seat: the member's line on the attendance list
        """
        self.env.cr.execute(
            SQL(
                "INSERT INTO emulation_ballot_envelope (attendance_id, sealed) VALUES (%s, %s)",
                seat.id,
                sealed,
            )
        )

    @api.private
    def _read_sealed(self, rows):
        if not rows:
            return []
        self.env.flush_all()
        self.env.cr.execute(
            SQL("SELECT sealed FROM emulation_ballot_envelope WHERE attendance_id IN %s", tuple(rows.ids))
        )
        return [bytes(sealed) for (sealed,) in self.env.cr.fetchall()]

    @api.private
    def _destroy(self, rows):
        """Empty the box."""
        if rows:
            self.env.flush_all()
            self.env.cr.execute(
                SQL("DELETE FROM emulation_ballot_envelope WHERE attendance_id IN %s", tuple(rows.ids))
            )
            self.invalidate_model()
