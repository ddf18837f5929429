"""The ballot box of a session: who holds its keys, how a ballot gets into it, and how it is opened once."""

from odoo.exceptions import UserError

from ...engine import ballot_box, voting


class Box:
    """The box of one session. Ballots lie in it sealed (``emulation.ballot.envelope``), its keys beside the database.

    What was chosen can be read with the keys only: the server's, or the codes of two members of the counting board.
    """

    def __init__(self, session):
        session.ensure_one()
        self.session = session
        self.env = session.env
        # sudo: emulation.ballot.envelope - nobody has rights on it
        self.envelopes = session.env["emulation.ballot.envelope"].sudo()

    # ------------------------------------------------------------------
    # Keys
    # ------------------------------------------------------------------

    def make_key(self):
        """Make the key of an electronic box, unless the counting board has made its own; return its name."""
        if self.session._is_board_box() or self.session.ballot_way != "electronic":
            return False
        return self.envelopes._add_key(ballot_box.new_key(), is_kept=True)

    def destroy(self):
        """Throw away sealed ballots and keys, and what could tell who voted when."""
        session, tellers = self.session, self.session.teller_ids
        self.envelopes._destroy(session.attendance_ids)
        self.envelopes._wipe_keys([session.key_name, *tellers.mapped("key_name")])
        session._write_protected({"key_name": False})
        tellers._write_protected({"key_name": False})
        session.attendance_ids._forget_times()

    def _get_key_names(self):
        """Return the names of the keys, in the order in which envelopes are sealed."""
        if self.session._is_board_box():
            return self._get_holders().mapped("key_name")
        return [self.session.key_name or ""]

    def _get_holders(self):
        return self.session.teller_ids._get_holders().sorted("id")

    def _get_privates(self, codes):
        """Return the private keys.

        :param codes: what two members of the counting board typed, if they hold the keys
        :raises UserError: a key is lost, or a code is missing or wrong
        """
        if self.session._is_board_box():
            return self._get_holders()._get_privates(codes)
        return self._read_keys(self.envelopes._get_key_folder().get_private)

    def _read_keys(self, read):
        try:
            return [read(name) for name in self._get_key_names()]
        except ballot_box.BoxError as error:
            raise UserError(
                self.env._(
                    "The key of the ballot box is not on this server any more. The vote must be held again."
                )
            ) from error

    # ------------------------------------------------------------------
    # Ballots
    # ------------------------------------------------------------------

    def put(self, seat, choices):
        """Seal a member's ballot and put it into the box.

        :param seat: the member's line on the attendance list
        :param dict choices: {item id: choice}; an item without one has no vote of this member
        """
        marks = [choices.get(item_id) for item_id in self._get_items()]
        publics = self._read_keys(self.envelopes._get_key_folder().get_public)
        sealed = ballot_box.seal(ballot_box.pack(marks, voting.CHOICES), publics, self._get_context())
        self.envelopes._put(seat, sealed)

    def open(self, codes):
        """Open the envelopes, store anonymous ballots and remove the envelopes.

        :param codes: the codes of the counting board, where it holds the keys
        :raises UserError: the box and the attendance list do not agree, or an envelope does not open
        """
        rows = self.session.attendance_ids
        envelopes = self.envelopes._read_sealed(rows)
        voted = len(rows.filtered("has_voted"))
        if len(envelopes) != voted:
            raise UserError(
                self.env._(
                    "%(envelopes)s ballots lie in the box, but %(voted)s members have voted. "
                    "The vote must be held again.",
                    envelopes=len(envelopes),
                    voted=voted,
                )
            )
        if envelopes:
            counts = self._count(envelopes, self._get_privates(codes))
            self.envelopes._destroy(rows)
            self.envelopes.env["emulation.ballot"]._store(counts)

    def _count(self, envelopes, privates):
        try:
            return ballot_box.count(
                envelopes, privates, self._get_context(), self._get_items(), voting.CHOICES
            )
        except ballot_box.BoxError as error:
            raise UserError(
                self.env._("A ballot in the box does not open: it was changed. The vote must be held again.")
            ) from error

    def _get_items(self):
        """Return the ids of the agenda in the order in which a ballot is written."""
        return sorted(self.session.item_ids.ids)

    def _get_context(self):
        """Return what an envelope is bound to."""
        return f"{self.session._name},{self.session.id}".encode()
