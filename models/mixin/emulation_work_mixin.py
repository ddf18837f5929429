from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import LockError, UserError
from psycopg2.errors import LockNotAvailable, SerializationFailure

LATER = timedelta(minutes=1)


class EmulationWorkMixin(models.AbstractModel):
    """Long work that a scheduled job does piece by piece for the one who asked for it, with this person's rights.

    Each piece is a transaction of its own: what it locks is free again after a second or two, and work that is killed
    goes on with the next piece. An heir says which job does it (``_work_cron``), in which states it waits
    (``_work_states``), whose it is (``_get_asker``), does one piece (``_work_piece``) and says what becomes of work
    that cannot go on (``_fail``).
    """

    _name = "emulation.work.mixin"
    _description = "Work of a scheduled job"

    _work_cron = None
    _work_states = ("waiting",)

    @api.model
    def _wake(self, at=None):
        # sudo: ir.cron - who may ask for the work may start the job, not edit it
        self.env.ref(self._work_cron).sudo()._trigger(at)

    @api.model
    @api.private
    def _cron_work(self):
        """Go on with all that waits, the oldest first; each piece is committed as it comes."""
        for work in self.search([("state", "in", self._work_states)], order="id"):
            goes_on = True
            while goes_on:
                goes_on = work._try_piece()
                if not self.env["ir.cron"]._commit_progress(1, remaining=int(goes_on)):
                    return

    def _try_piece(self):
        """Do the next piece; return whether to go on at once.

        What other work overtook, a stop for one, is done again in a new transaction.
        """
        try:
            goes_on = self._do_piece()
            self.env.flush_all()
        except SerializationFailure:
            self.env.cr.rollback()
            return True
        return goes_on

    @api.private
    def _do_piece(self):
        """Try one piece: what fails leaves nothing. What others hold at the moment is tried a minute later."""
        if self.state not in self._work_states:
            return False
        try:
            with self._get_frame():
                goes_on = self._work_piece()
        except (LockError, LockNotAvailable):
            self._wake(fields.Datetime.now() + LATER)
            return False
        except UserError as error:
            self._fail(str(error))
            return False
        return goes_on and self.state in self._work_states

    def _get_frame(self):
        """Return what a piece is done in; work that commits within a piece has no savepoint to go back to."""
        return self.env.cr.savepoint()

    def _for_asker(self, records):
        """Return records as who asked sees them, in this person's language.

        :raises UserError: this person's account was closed meanwhile
        """
        user = self._get_asker()
        if not user.active and user.id != SUPERUSER_ID:  # whose account is never open
            raise UserError(self.env._("The account of %(name)s was closed.", name=user.name))
        return records.with_user(user).with_context(lang=user.lang)

    def _tell_asker(self, asker, body):
        """Tell who asked what became of it.

        :param body: a text in this person's language
        """
        told = self.with_context(lang=asker.lang)
        told.message_notify(partner_ids=asker.partner_id.ids, subject=told._get_work_name(), body=body)

    # ------------------------------------------------------------------
    # What an heir says
    # ------------------------------------------------------------------

    def _get_asker(self):
        """Return the user who asked for the work."""
        return self.user_id

    def _get_work_name(self):
        """Return what the work is called towards who asked for it."""
        return self.display_name

    def _work_piece(self):
        """Do the next piece; return whether there are more.

        :raises UserError: it cannot be done; the text is told
        """
        raise NotImplementedError

    def _fail(self, problem):
        """End the work, or stop it, for a reason that is told."""
        raise NotImplementedError
