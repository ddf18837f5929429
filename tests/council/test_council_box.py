"""The ballot box of a session: sealed while the vote is open, opened once, and lost with its key."""

import doctest
import os
import re
import time
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.sql_db import Cursor
from odoo.tests import HttpCase, tagged

from ...engine import ballot_box, voting
from ...models.council import key_folder
from ..helpers.council_common import CouncilCommon


class BoxCommon(CouncilCommon):
    def open_session(self, count=1, **vals):
        session = self.new_session(self.new_candidates(count), **vals)
        session.action_open()
        return session

    def read_box(self, session):
        """Return {line of the attendance list: sealed ballot}, as somebody with the database sees it."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT attendance_id, sealed FROM emulation_ballot_envelope WHERE attendance_id = ANY(%s)",
            [session.attendance_ids.ids],
        )
        return {row: bytes(sealed) for row, sealed in self.env.cr.fetchall()}

    def get_seat(self, session, user):
        return session.attendance_ids.filtered(lambda row: row.user_id == user)

    def list_keys(self):
        return set(self.key_folder.list_older_than(-60))

    def name_board(self, session, people):
        """Put people on the counting board, each with a code to hold; return their lines."""
        session.write(
            {
                "key_holder": "board",
                "teller_ids": [
                    Command.create({"employee_id": person.id, "holds_code": True}) for person in people
                ],
            }
        )
        return session.teller_ids


@tagged("post_install", "-at_install", "security")
class TestBallotBox(BoxCommon):
    def test_examples_of_key_files(self):
        result = doctest.testmod(key_folder)
        self.assertTrue(result.attempted)
        self.assertFalse(result.failed)

    def test_a_choice_exists_only_sealed(self):
        session = self.open_session(3)
        for user, choice in zip(self.voters, (*voting.CHOICES, *voting.CHOICES), strict=False):
            self.cast(session, user, choice)
        box = self.read_box(session)
        self.assertEqual(len(box), 6)
        self.assertEqual(len(set(box.values())), 6)
        self.assertEqual(len({len(sealed) for sealed in box.values()}), 1, "all envelopes are equally long")
        ballots = self.env["emulation.ballot"].sudo().search_count([("item_id", "in", session.item_ids.ids)])
        self.assertFalse(ballots)

    def test_an_envelope_without_a_vote_looks_the_same(self):
        """Whoever has no vote on an item is not told by the length of the ballot."""
        own = self.new_commendation(self.employee_council, state="appraised", award=self.council_award)
        session = self.new_session(own | self.new_candidates(1))
        session.action_open()
        for user in (self.user_council, self.user_sub_head):
            self.cast(session, user)
        self.assertEqual(len({len(sealed) for sealed in self.read_box(session).values()}), 1)

    def test_every_statement_is_the_same_whatever_the_choice(self):
        session = self.open_session(2)
        texts = {}
        # The first vote fills caches; it is not compared.
        for user, choice in zip(self.voters, ("agree", *voting.CHOICES), strict=False):
            with self.record_statements() as statements:
                self.cast(session, user, choice)
                self.env.flush_all()
            texts[user, choice] = statements
            self.env.invalidate_all()
        found = [self.normalise(statements) for statements in list(texts.values())[1:]]
        self.assertTrue(
            any("emulation_ballot_envelope" in text for text in found[0]), "the vote was recorded"
        )
        self.assertEqual(found[0], found[1])
        self.assertEqual(found[0], found[2])
        for statements in texts.values():
            for choice in voting.CHOICES:
                self.assertFalse([text for text in statements if f"'{choice}'" in text])

    def test_closing_tells_nothing_of_who_chose_what(self):
        """The same sums from other members: every statement of the closing is the same, and so is their order."""
        choices = ["agree", "agree", "agree", "disagree", "disagree", "blank", "agree"]
        found = []
        for turn in range(3):  # the first closing fills caches; it is not compared
            session = self.open_session(2)
            for user, choice in zip(self.voters, [*choices[turn:], *choices[:turn]], strict=True):
                self.cast(session, user, choice)
            self.env.flush_all()
            self.env.invalidate_all()
            with self.record_statements() as statements:
                session._do_close()
                self.env.flush_all()
            found.append([self.normalise_words(statement) for statement in statements])
        self.assertTrue(any("INSERT INTO emulation_ballot" in text for text in found[1]))
        self.assertEqual(found[1], found[2])

    def normalise_words(self, statement):
        """Leave out ids, times, sealed ballots and texts, but not the names of the choices."""
        kept = "|".join(voting.CHOICES)
        return re.sub(rf"'(?!(?:{kept})')[^']*'|\d+", "N", statement)

    def record_statements(self):
        return StatementRecorder()

    def normalise(self, statements):
        """Leave out what differs from one member to another: ids, times and what is sealed."""
        texts = [re.sub(r"'\\x[0-9a-f]+'", "SEALED", text) for text in statements]
        return [re.sub(r"'[^']*\d{2}:\d{2}[^']*'|\d+", "N", text) for text in texts]

    # ------------------------------------------------------------------
    # Keys
    # ------------------------------------------------------------------

    def test_the_key_lies_outside_the_database_and_goes_on_closing(self):
        session = self.open_session()
        name = session.key_name
        file = self.key_folder.path / name
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        self.assertEqual(file.parent.stat().st_mode & 0o777, 0o700)
        for user in self.voters:
            self.cast(session, user)
        session.action_close()
        self.assertFalse(self.read_box(session), "envelopes are destroyed")
        self.assertFalse(session.key_name)
        self.assertTrue(file.exists(), "the transaction may still fail")
        self.env.cr.postcommit.run()
        self.assertFalse(file.exists())

    def test_a_failed_opening_leaves_no_key(self):
        before = self.list_keys()
        session = self.open_session()
        self.assertIn(session.key_name, self.list_keys())
        self.env.cr.postrollback.run()
        self.assertEqual(self.list_keys(), before)

    def test_calling_off_destroys_box_and_key(self):
        session = self.open_session()
        self.cast(session, self.user_council)
        name = session.key_name
        session._do_cancel("Hoãn họp")
        self.env.cr.postcommit.run()
        self.assertFalse(self.read_box(session))
        self.assertNotIn(name, self.list_keys())

    def test_keys_that_no_vote_needs_are_destroyed(self):
        session = self.open_session()
        box = self.env["emulation.ballot.envelope"].sudo()
        left = box._get_key_folder().add_private(ballot_box.new_key())
        fresh = box._get_key_folder().add_private(ballot_box.new_key())
        old = time.time() - 2 * 24 * 3600
        for name in (left, session.key_name):
            os.utime(self.key_folder.path / name, (old, old))
        box._gc_keys()
        self.assertEqual(self.list_keys() & {left, fresh, session.key_name}, {fresh, session.key_name})

    def test_a_lost_key_means_vote_again(self):
        session = self.open_session()
        self.cast(session, self.voters[0], "disagree")
        self.key_folder.wipe(session.key_name)
        with self.assertRaisesRegex(UserError, "must be held again"):
            self.cast(session, self.voters[1])
        with self.assertRaisesRegex(UserError, "must be held again"):
            session.action_close()
        self.assertEqual(session.state, "open")
        session._do_restart("Mất khóa hòm phiếu")
        self.assertEqual(session.state, "draft")
        self.assertFalse(session.voted_count)
        self.assertFalse(self.read_box(session))
        self.assertIn("held again", session.message_ids[0].body)
        self.assertIn("Mất khóa hòm phiếu", session.message_ids[0].body)
        session.action_open()
        for user in self.voters:
            self.cast(session, user)
        session.action_close()
        self.assertEqual(session.item_ids.agree_count, 7)

    def test_voting_again_forgets_what_was_counted_on_paper(self):
        session = self.new_session(self.new_candidates(1))
        session.attendance_ids[:2].uses_paper = True
        session.action_open()
        session.item_ids.paper_agree = 2
        session._do_restart("Mất khóa hòm phiếu")
        self.assertFalse(session.item_ids.paper_agree)
        self.assertFalse(session.item_ids.conflict_row_ids)

    # ------------------------------------------------------------------
    # Tampering
    # ------------------------------------------------------------------

    def check_refused(self, session, pattern):
        with self.assertRaisesRegex(UserError, pattern):
            session.action_close()
        self.assertEqual(session.state, "open")
        self.assertFalse(session.item_ids.agree_count)

    def execute(self, query, *params):
        self.env.flush_all()
        self.env.cr.execute(query, params)
        self.env.invalidate_all()

    def test_a_changed_envelope_is_noticed(self):
        session = self.open_session()
        for user in self.voters:
            self.cast(session, user)
        seat = self.get_seat(session, self.voters[0])
        changed = bytearray(self.read_box(session)[seat.id])
        changed[-1] ^= 1
        query = "UPDATE emulation_ballot_envelope SET sealed = %s WHERE attendance_id = %s"
        self.execute(query, bytes(changed), seat.id)
        self.check_refused(session, "does not open")

    def test_a_copied_envelope_is_noticed(self):
        session = self.open_session()
        for user in self.voters:
            self.cast(session, user)
        box = self.read_box(session)
        first, second = self.get_seat(session, self.voters[0]), self.get_seat(session, self.voters[1])
        query = "UPDATE emulation_ballot_envelope SET sealed = %s WHERE attendance_id = %s"
        self.execute(query, box[first.id], second.id)
        self.check_refused(session, "does not open")

    def test_a_removed_envelope_is_noticed(self):
        session = self.open_session()
        for user in self.voters:
            self.cast(session, user)
        seat = self.get_seat(session, self.voters[0])
        self.execute("DELETE FROM emulation_ballot_envelope WHERE attendance_id = %s", seat.id)
        self.check_refused(session, "6 ballots lie in the box, but 7 members have voted")

    # ------------------------------------------------------------------
    # Frozen when the vote is opened
    # ------------------------------------------------------------------

    def test_the_account_that_votes_is_fixed(self):
        """Whoever moves the account of a member to somebody else while the vote is open moves no vote."""
        session = self.open_session()
        member = self.employee_council
        member.sudo().user_id = False
        member.sudo().user_id = self.new_user("emulation_usurper", "base.group_user")
        self.env.flush_all()
        row = session.attendance_ids.filtered(lambda row: row.name == member.name)
        self.assertEqual(row.user_id, self.user_council)
        with self.assertRaises(AccessError):
            self.cast(session, member.sudo().user_id)
        self.cast(session, self.user_council)

    def test_the_right_to_vote_is_fixed(self):
        session = self.open_session()
        self.council.member_ids[:3].write({"has_vote": False, "role": "secretary"})
        self.assertEqual(session.member_count, 7)
        self.assertEqual(session.attendance_ids[0].role, "chair")

    def test_the_list_follows_the_members_until_then(self):
        session = self.new_session(self.new_candidates(1))
        self.council.member_ids[-1].has_vote = False
        self.assertEqual(session.member_count, 6)

    def test_quorum_and_conflicts_are_fixed(self):
        unit = self.new_commendation(self.other_unit, state="appraised", award=self.council_unit_award)
        session = self.new_session(unit)
        session.action_open()
        names = session.item_ids.conflict_names
        self.council.write({"quorum": 100, "own_unit_conflict": False})
        self.employee_proposer.sudo().department_id = self.other_unit
        session.item_ids.invalidate_recordset()
        self.assertEqual(session.item_ids.conflict_names, names)
        self.assertAlmostEqual(session._get_quorum(), 66.67)

    def test_a_member_without_an_account_votes_on_paper(self):
        self.employee_portal.sudo().user_id = False
        session = self.new_session(self.new_candidates(1))
        row = session.attendance_ids.filtered(lambda row: row.name == self.employee_portal.name)
        self.assertTrue(row.uses_paper)
        row.uses_paper = False
        with self.assertRaisesRegex(UserError, "Without an account"):
            session.action_open()

    def test_more_votes_than_voters_is_said_in_words(self):
        session = self.new_session(self.new_candidates(1))
        session.attendance_ids[:2].uses_paper = True
        session.action_open()
        for user in self.voters[2:]:
            self.cast(session, user)
        self.execute("UPDATE emulation_session_item SET paper_agree = 9 WHERE id = %s", session.item_ids.id)
        self.check_refused(session, "only 2 members vote on paper")
        item = session.item_ids
        with self.assertRaisesRegex(UserError, "9 votes, but only 2 members may vote"):
            item._make_tally(3, 2, 2, {"agree": 9, "disagree": 0, "blank": 0})


class StatementRecorder:
    """Records every statement as PostgreSQL gets it."""

    def __enter__(self):
        self.statements = []
        execute = Cursor.execute
        recorder = self

        def recording(self, *args, **kwargs):
            try:
                return execute(self, *args, **kwargs)
            finally:
                recorder.statements.append((self._obj.query or b"").decode())

        self.patcher = patch.object(Cursor, "execute", recording)
        self.patcher.start()
        return self.statements

    def __exit__(self, *exception):
        self.patcher.stop()


@tagged("post_install", "-at_install", "security")
class TestCountingBoard(BoxCommon):
    def setUp(self):
        super().setUp()
        self.session = self.new_session(self.new_candidates(1))
        self.tellers = self.name_board(self.session, self.employee_sub_head | self.employee_other_head)

    def make_codes(self):
        return [teller.sudo()._do_make_code() for teller in self.tellers]

    def vote(self):
        self.session.action_open()
        for user in self.voters:
            self.cast(self.session, user)

    def test_the_box_opens_with_both_codes_only(self):
        before = self.list_keys()
        codes = self.make_codes()
        self.vote()
        for typed in ([], [codes[0]], [codes[1]], [codes[0], codes[0]], [codes[0], ballot_box.new_code()]):
            with self.assertRaisesRegex(UserError, "missing or wrong"):
                self.session._do_close(typed)
        self.assertEqual(self.session.state, "open")
        self.assertEqual(len(self.read_box(self.session)), 7)
        self.session._do_close([codes[1].lower(), codes[0].replace("-", " ")])
        self.assertEqual(self.session.item_ids.agree_count, 7)
        self.assertFalse(self.read_box(self.session))
        self.env.cr.postcommit.run()
        self.assertEqual(self.list_keys(), before)

    def test_neither_code_nor_private_key_is_kept(self):
        self.make_codes()
        self.vote()
        for name in self.tellers.mapped("key_name"):
            with self.assertRaises(ballot_box.BoxError):
                self.key_folder.get_private(name)
            self.assertEqual((self.key_folder.path / name).stat().st_size, 32)
        self.assertFalse(self.session.key_name)

    def test_the_button_leads_to_the_page_of_codes(self):
        self.make_codes()
        self.vote()
        self.assertEqual(self.session.action_close()["url"], f"/emulation/counting/{self.session.id}")
        self.assertEqual(self.session.state, "open")

    def test_no_vote_before_both_codes_are_made(self):
        with self.assertRaisesRegex(UserError, "not made their code yet"):
            self.session.action_open()
        self.tellers[0].sudo()._do_make_code()
        with self.assertRaisesRegex(UserError, f"code yet: {self.tellers[1].name}"):
            self.session.action_open()
        self.tellers[0].unlink()
        with self.assertRaisesRegex(UserError, "two members"):
            self.session.action_open()

    def test_holders_are_asked_for_their_codes(self):
        self.tellers[0].sudo()._do_make_code()
        self.session.action_ask_codes()
        told = self.env["mail.message"].search(
            [
                ("model", "=", "emulation.session"),
                ("res_id", "=", self.session.id),
                ("subject", "ilike", "your code"),
            ]
        )
        self.assertEqual(told.partner_ids, self.tellers[1].employee_id.user_id.partner_id)
        self.assertIn(f"/emulation/counting/{self.session.id}/code", told.body)

    def test_a_new_code_makes_the_old_one_void(self):
        before = self.list_keys()
        old = self.make_codes()
        new = self.make_codes()
        self.env.cr.postcommit.run()
        self.assertEqual(len(self.list_keys() - before), 2)
        self.vote()
        with self.assertRaisesRegex(UserError, "missing or wrong"):
            self.session._do_close(old)
        self.session._do_close(new)

    def test_no_code_while_the_vote_is_open(self):
        self.make_codes()
        self.vote()
        with self.assertRaisesRegex(UserError, "codes are made before"):
            self.tellers[0].sudo()._do_make_code()

    def test_the_board_is_fixed_while_the_vote_is_open(self):
        self.make_codes()
        with self.assertRaisesRegex(UserError, "has made a code"):
            self.tellers[0].employee_id = self.employee_council
        self.vote()
        for deed in (
            lambda: self.tellers[0].write({"holds_code": False}),
            self.tellers.unlink,
            lambda: self.session.write({"teller_ids": [Command.clear()]}),
            lambda: self.session.write({"key_holder": "server"}),
        ):
            with self.assertRaisesRegex(UserError, "does not allow|cannot be deleted|made a code"):
                deed()
        with self.assertRaises(AccessError):
            self.tellers[0].key_name = "0" * 32

    def test_no_candidate_counts(self):
        own = self.new_commendation(self.employee_sub_head, state="appraised", award=self.council_award)
        session = self.new_session(own)
        tellers = self.name_board(session, self.employee_sub_head | self.employee_other_head)
        for teller in tellers:
            teller.sudo()._do_make_code()
        with self.assertRaisesRegex(UserError, f"not on the counting board: {self.employee_sub_head.name}"):
            session.action_open()

    def test_a_lost_code_means_vote_again_with_new_codes(self):
        self.make_codes()
        self.vote()
        self.session._do_restart("Mất mã")
        self.assertFalse(any(self.tellers.mapped("key_name")))
        with self.assertRaisesRegex(UserError, "not made their code yet"):
            self.session.action_open()

    def test_the_council_says_who_holds_the_key(self):
        self.council.key_holder = "board"
        session = self.new_session(self.new_candidates(1))
        self.assertEqual(session.key_holder, "board")
        self.assertTrue(session._is_board_box())
        session.ballot_way = "hands"
        self.assertFalse(session._is_board_box(), "there is no box to open")


@tagged("post_install", "-at_install", "security")
class TestCountingPages(BoxCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.vote_session = self.new_session(self.new_candidates(1))
        self.tellers = self.name_board(self.vote_session, self.employee_sub_head | self.employee_portal)
        self.url = f"/emulation/counting/{self.vote_session.id}"
        self.env.flush_all()

    def post(self, url, **data):
        page = self.url_open(url).text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        return self.url_open(url, data={"csrf_token": token, **data}, allow_redirects=False)

    def make_code(self, user):
        self.authenticate(user.login, user.login)
        response = self.post(f"{self.url}/code")
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        return re.search(r"(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}", response.text)[0]

    def test_from_codes_to_count(self):
        codes = [self.make_code(user) for user in (self.user_sub_head, self.user_portal)]
        self.assertNotIn(codes[1], self.url_open(f"{self.url}/code").text, "shown once")
        self.vote_session.action_open()
        for user in self.voters:
            self.cast(self.vote_session, user)
        self.authenticate(self.user_officer.login, self.user_officer.login)
        refused = self.post(self.url, first=codes[0], second=codes[0])
        self.assertEqual(refused.status_code, 200)
        self.assertIn("missing or wrong", refused.text)
        self.assertNotIn(codes[0], refused.text)
        self.assertEqual(self.vote_session.state, "open")
        self.assertEqual(self.post(self.url, first=codes[1], second=codes[0]).status_code, 303)
        self.env.invalidate_all()
        self.assertEqual(self.vote_session.state, "closed")
        self.assertEqual(self.vote_session.item_ids.agree_count, 7)

    def test_who_finds_these_pages(self):
        found = {
            "code": {self.user_sub_head, self.user_portal},
            "": {self.user_officer, self.user_admin},
        }
        people = (self.user_sub_head, self.user_portal, self.user_officer, self.user_admin)
        for user in (*people, self.user_council, self.user_foreign_officer):
            self.authenticate(user.login, user.login)
            for page, allowed in found.items():
                with self.subTest(user=user.login, page=page):
                    status = self.url_open(f"{self.url}/{page}".rstrip("/")).status_code
                    self.assertEqual(status, 200 if user in allowed else 404)

    def test_a_box_of_the_server_has_no_such_page(self):
        self.vote_session.key_holder = "server"
        self.env.flush_all()
        self.authenticate(self.user_officer.login, self.user_officer.login)
        self.assertEqual(self.url_open(self.url).status_code, 404)
