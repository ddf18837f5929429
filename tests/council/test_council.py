"""Councils: who votes, how, what comes out, and that nobody learns who voted what."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..helpers.council_common import CouncilCommon


@tagged("post_install", "-at_install")
class TestCouncilVote(CouncilCommon):
    def test_the_whole_way_of_a_proposal(self):
        passed, failed = self.new_candidates(2)
        session = self.new_session(passed | failed)
        session.action_open()
        items = session.item_ids.grouped("commendation_id")
        against = self.voters[:2]
        for user in self.voters:
            second = "disagree" if user in against else "agree"
            session.sudo()._do_cast(user, {items[passed].id: "agree", items[failed].id: second})
        self.assertEqual(session.voted_count, 7)
        session.action_close()
        self.assertEqual((passed | failed).mapped("state"), ["voted", "voted"])
        self.assertEqual([passed.vote_passed, failed.vote_passed], [True, False])
        self.assertEqual(passed.vote_note, "7/7 = 100% ≥ 80%")
        self.assertEqual(failed.vote_note, "5/7 = 71,43% < 80%")
        self.assertEqual((items[failed].agree_count, items[failed].disagree_count), (5, 2))
        self.assertNotIn(passed.id, passed._get_cannot_grant_reason())
        self.assertIn("did not pass", failed._get_cannot_grant_reason()[failed.id])

    def test_a_blank_vote_is_no_agreement(self):
        candidate = self.new_candidates(1)
        session = self.new_session(candidate)
        session.action_open()
        for user in self.voters[:5]:
            self.cast(session, user)
        for user in self.voters[5:]:
            session.sudo()._do_cast(user, {})
        session.action_close()
        self.assertEqual(session.item_ids.blank_count, 2)
        self.assertFalse(candidate.vote_passed)

    def test_who_does_not_vote_still_counts_as_a_member(self):
        candidate = self.new_candidates(1)
        session = self.new_session(candidate)
        session.action_open()
        for user in self.voters[:5]:
            self.cast(session, user)
        session.action_close()
        self.assertEqual(candidate.vote_note, "5/7 = 71,43% < 80%")

    def test_written_opinions_of_absent_members_count(self):
        candidate = self.new_candidates(1)
        session = self.new_session(candidate)
        session.attendance_ids[-1].presence = "written"
        session.action_open()
        for user in self.voters:
            self.cast(session, user)
        session.action_close()
        self.assertEqual(session.participant_count, 7)
        self.assertEqual(candidate.vote_note, "7/7 = 100% ≥ 80%")

    def test_nobody_votes_on_himself(self):
        own = self.new_commendation(self.employee_council, state="appraised", award=self.council_award)
        session = self.new_session(own)
        session.action_open()
        self.assertEqual(session.item_ids.conflict_names, "Đỗ Hội Đồng")
        with self.assertRaisesRegex(UserError, "not a choice"):
            session.sudo()._do_cast(self.user_council, {session.item_ids.id: "agree"})
        for user in self.voters - self.user_council:
            self.cast(session, user)
        session.action_close()
        # Of all members: six of seven agree, and the seventh still counts.
        self.assertEqual(own.vote_note, "6/7 = 85,71% ≥ 80%")
        self.assertEqual(session.item_ids.entitled_count, 6)

    def test_a_member_concerned_leaves_the_count_where_the_council_says_so(self):
        self.council.conflict_rule = "left_out"
        own = self.new_commendation(self.employee_council, state="appraised", award=self.council_award)
        session = self.new_session(own)
        session.action_open()
        for user in self.voters - self.user_council:
            self.cast(session, user)
        session.action_close()
        self.assertEqual(own.vote_note, "6/6 = 100% ≥ 80%")
        self.assertEqual(session.item_ids.left_out_count, 1)

    def test_a_member_concerned_votes_where_the_council_says_so(self):
        self.council.conflict_rule = "votes"
        own = self.new_commendation(self.employee_council, state="appraised", award=self.council_award)
        session = self.new_session(own)
        session.action_open()
        for user in self.voters:
            self.cast(session, user)
        session.action_close()
        self.assertEqual(own.vote_note, "7/7 = 100% ≥ 80%")

    def test_what_cannot_pass_is_said_before_the_vote(self):
        own = self.new_commendation(self.employee_council, state="appraised", award=self.council_award)
        session = self.new_session(own)
        self.assertFalse(session.warning_text, "6/7 = 85,71% is enough for 80%")
        self.env["emulation.award.rule"]._get_of(own)[own].sudo().vote_threshold = 90
        session.invalidate_recordset(["warning_text"])
        self.assertIn("(6/7 = 85,71% < 90%)", session.warning_text)
        session.action_open()
        self.assertIn("(6/7 = 85,71% < 90%)", session.warning_text)
        self.council.conflict_rule = "left_out"
        session._do_restart("Mất khóa")
        self.assertFalse(session.warning_text)

    def test_nobody_votes_on_his_own_unit_where_the_council_says_so(self):
        unit = self.new_commendation(self.other_unit, state="appraised", award=self.council_unit_award)
        session = self.new_session(unit)
        names = {"Vũ Trưởng Khác", "Đỗ Hội Đồng", "Hồ Chuyên Viên"}
        self.assertEqual(set(session.item_ids.conflict_names.split(", ")), names)
        session.action_open()
        for user in self.voters:
            self.cast(session, user)
        session.action_close()
        # Counted on those who took part and may vote.
        self.assertEqual(unit.vote_note, "4/4 = 100% ≥ 2/3")
        self.council.own_unit_conflict = False
        later = self.new_session(
            self.new_commendation(self.other_unit, state="appraised", award=self.council_unit_award)
        )
        self.assertFalse(later.item_ids.conflict_names)

    def test_members_of_a_unit_above_do_vote_on_a_sub_unit(self):
        unit = self.new_commendation(self.sub_unit, state="appraised", award=self.council_unit_award)
        session = self.new_session(unit)
        # The head of the unit above works above, not in it; the four below work in it.
        self.assertNotIn("Phạm Trưởng Phòng", session.item_ids.conflict_names)
        self.assertIn("Lê Tổ Trưởng", session.item_ids.conflict_names)

    def test_paper_ballots(self):
        candidate = self.new_candidates(1)
        session = self.new_session(candidate)
        paper = session.attendance_ids[:3]
        paper.uses_paper = True
        session.action_open()
        for user in self.voters - paper.member_id.sudo().user_id:
            self.cast(session, user)
        with self.assertRaises(AccessError):
            self.cast(session, paper.member_id.sudo().user_id[0])
        with self.assertRaisesRegex(UserError, "on paper"):
            session.action_close()
        with self.assertRaisesRegex(ValidationError, "only 3 members"):
            session.item_ids.paper_agree = 4
        session.item_ids.write({"paper_agree": 2, "paper_blank": 1})
        session.action_close()
        self.assertEqual(session.item_ids.agree_count, 6)
        self.assertEqual(candidate.vote_note, "6/7 = 85,71% ≥ 80%")

    def test_a_secret_award_is_not_voted_by_show_of_hands(self):
        session = self.new_session(self.new_candidates(1), ballot_way="hands")
        with self.assertRaisesRegex(UserError, "secret ballot"):
            session.action_open()

    def test_show_of_hands(self):
        unit = self.new_commendation(self.unit, state="appraised", award=self.council_unit_award)
        session = self.new_session(unit)
        session.ballot_way = "hands"
        session.action_open()
        self.assertTrue(all(row.uses_paper for row in session.attendance_ids))
        session.item_ids.write({"paper_agree": 2, "paper_disagree": 1})
        session.action_close()
        self.assertEqual(session.item_ids.explanation, "2/3 = 66,67% ≥ 2/3")
        self.assertTrue(unit.vote_passed)

    def test_latecomers_vote_and_nobody_is_sent_out(self):
        candidate = self.new_candidates(1)
        session = self.new_session(candidate, present=self.voters[:5])
        session.action_open()
        late = self.voters[5]
        with self.assertRaises(AccessError):
            self.cast(session, late)
        rows = session.attendance_ids.grouped("user_id")
        rows[late].action_arrive()
        self.assertIn("Arrived after the vote was opened", session.message_ids[0].body)
        self.cast(session, late)
        with self.assertRaisesRegex(UserError, "only who was absent"):
            rows[late].action_arrive()
        for change in ({"presence": "absent"}, {"uses_paper": True}):
            with self.subTest(change=change), self.assertRaisesRegex(UserError, "does not allow"):
                rows[self.voters[0]].write(change)

    def test_all_but_one_at_once(self):
        passed, failed = self.new_candidates(2)
        session = self.new_session(passed | failed)
        session.action_open()
        items = session.item_ids.grouped("commendation_id")
        for user in self.voters:
            session.sudo()._do_cast(user, {items[failed].id: "disagree"}, rest="agree")
        session.action_close()
        self.assertEqual([passed.vote_passed, failed.vote_passed], [True, False])
        self.assertEqual(items[failed].disagree_count, 7)

    # ------------------------------------------------------------------
    # What is refused
    # ------------------------------------------------------------------

    def test_no_quorum_no_vote(self):
        session = self.new_session(self.new_candidates(1), present=self.voters[:4])
        with self.assertRaisesRegex(UserError, "4 of 7 take part; 5 are needed"):
            session.action_open()

    def test_who_was_asked_in_writing_takes_part_by_answering(self):
        candidate = self.new_candidates(1)
        session = self.new_session(candidate, form="written")
        session.action_open()
        for user in self.voters[:4]:
            self.cast(session, user)
        with self.assertRaisesRegex(UserError, "No quorum: 4 of 7"):
            session.action_close()
        self.cast(session, self.voters[4])
        session.action_close()
        self.assertEqual(candidate.vote_note, "5/7 = 71,43% < 80%")
        self.assertEqual(session.item_ids.entitled_count, 5)

    def test_what_a_session_lacks_is_listed_at_once(self):
        session = (
            self.env["emulation.session"]
            .with_user(self.user_officer)
            .create({"council_id": self.council.id, "abstract": "Phiên trống", "chair_id": False})
        )
        session.write({"chair_id": False})
        with self.assertRaises(UserError) as caught:
            session.action_open()
        for text in ("agenda is empty", "chair and the secretary", "No quorum"):
            self.assertIn(text, str(caught.exception))

    def test_nobody_votes_twice(self):
        session = self.new_session(self.new_candidates(1))
        session.action_open()
        self.cast(session, self.user_council)
        with self.assertRaises(AccessError):
            self.cast(session, self.user_council, "disagree")

    def test_outsiders_do_not_vote(self):
        session = self.new_session(self.new_candidates(1))
        session.action_open()
        for user in (self.user_admin, self.user_foreign_officer):
            with self.assertRaises(AccessError):
                self.cast(session, user)

    def test_an_invented_choice_or_item_is_refused(self):
        session = self.new_session(self.new_candidates(1))
        other = self.new_session(self.new_candidates(1))
        session.action_open()
        for choices in ({session.item_ids.id: "maybe"}, {other.item_ids.id: "agree"}):
            with self.assertRaisesRegex(UserError, "not a choice"):
                session.sudo()._do_cast(self.user_council, choices)

    def test_a_proposal_is_on_one_agenda_only(self):
        candidate = self.new_candidates(1)
        self.new_session(candidate)
        with self.assertRaisesRegex(UserError, "another session"):
            self.new_session(candidate)

    def test_only_appraised_proposals_are_voted_on(self):
        draft = self.new_commendation(self.employee_sub, award=self.council_award)
        with self.assertRaises(UserError):
            self.new_session(draft)
        candidate = self.new_candidates(1)
        session = self.new_session(candidate)
        candidate.with_user(self.user_officer)._do_return("Thiếu minh chứng")
        with self.assertRaisesRegex(UserError, "in another step"):
            session.action_open()

    def test_the_agenda_is_fixed_once_the_vote_is_open(self):
        session = self.new_session(self.new_candidates(1))
        session.action_open()
        with self.assertRaises(UserError):
            session.item_ids.unlink()
        with self.assertRaises(UserError):
            session.item_ids = [Command.create({"commendation_id": self.new_candidates(1).id})]
        with self.assertRaises(UserError):
            session.ballot_way = "paper"

    def test_nothing_changes_after_the_end(self):
        session = self.new_session(self.new_candidates(1))
        session.action_open()
        for user in self.voters:
            self.cast(session, user)
        session.action_close()
        with self.assertRaises(UserError):
            session.attendance_ids[0].presence = "absent"
        with self.assertRaises(UserError):
            session.item_ids.paper_agree = 1
        with self.assertRaisesRegex(UserError, "in another step"):
            session.action_close()
        with self.assertRaises(UserError):
            session.action_cancel()
        with self.assertRaises(UserError):
            session.unlink()
        session._do_close()  # idempotent
        self.assertEqual(session.state, "closed")

    def test_results_cannot_be_forged(self):
        session = self.new_session(self.new_candidates(1))
        session.action_open()
        item, row = session.item_ids, session.attendance_ids[0]
        for record, values in (
            (session, {"state": "closed"}),
            (item, {"agree_count": 7}),
            (item, {"is_passed": True}),
            (item, {"threshold": 1}),
            (row, {"has_voted": True}),
            (row, {"has_vote": False}),
            (row, {"user_id": self.user_officer.id}),
            (row.member_id, {"user_id": self.user_officer.id}),
            (session, {"key_name": "x"}),
            (item, {"conflict_row_ids": row.ids}),
        ):
            with self.subTest(values=values), self.assertRaises(AccessError):
                record.write(values)

    def test_a_session_called_off_frees_its_proposals(self):
        candidate = self.new_candidates(1)
        session = self.new_session(candidate)
        session.action_open()
        self.cast(session, self.user_council)
        session._do_cancel("Hoãn")
        self.assertEqual(candidate.state, "appraised")
        again = self.new_session(candidate)
        again.action_open()
        self.cast(again, self.user_council)
        self.assertEqual(again.voted_count, 1)

    def test_a_seat_is_taken_once(self):
        old = {"employee_id": self.employee_sub.id, "date_to": "2024-12-31"}
        new = {"employee_id": self.employee_sub.id, "date_from": "2025-01-01"}
        self.council.member_ids = [Command.create(old), Command.create(new)]
        members = self.council._get_members_on(self.PERIOD[0])
        self.assertEqual(len(members), 8)
        with self.assertRaisesRegex(ValidationError, "already"):
            self.council.member_ids = [Command.create({"employee_id": self.employee_head.id})]

    def test_many_items_cost_no_more_queries(self):
        # The first one only fills the caches of rights and rules.
        sessions = [self.new_session(self.new_candidates(count)) for count in (1, 2, 22)]
        for session in sessions:
            # As on another day: a record appraised in the very same second would need one column less.
            session.item_ids.commendation_id._write_protected({"state_changed_on": "2026-01-01"})
        opened = [self.count_queries(session.action_open) for session in sessions]
        for session in sessions:
            for user in self.voters:
                self.cast(session, user)
        closed = [self.count_queries(session.action_close) for session in sessions]
        self.assertEqual(opened[1], opened[2])
        self.assertEqual(closed[1], closed[2])


@tagged("post_install", "-at_install", "security")
class TestCouncilSecrecy(CouncilCommon):
    """No column, order, time, log line or right joins a voter and a choice."""

    def test_a_ballot_holds_a_choice_and_nothing_else(self):
        self.env.cr.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'emulation_ballot'"
        )
        self.assertEqual({row[0] for row in self.env.cr.fetchall()}, {"id", "item_id", "choice"})
        stored = {name for name, field in self.env["emulation.ballot"]._fields.items() if field.store}
        self.assertEqual(stored, {"id", "item_id", "choice"})

    def test_nobody_may_touch_ballots(self):
        session = self.new_session(self.new_candidates(1))
        session.action_open()
        self.cast(session, self.user_council)
        seat = session.attendance_ids.filtered("has_voted")
        envelope = self.env["emulation.ballot.envelope"].sudo().search([("attendance_id", "=", seat.id)])
        ballot = (
            self.env["emulation.ballot"]
            .sudo()
            ._create_protected([{"item_id": session.item_ids.id, "choice": "agree"}])
        )
        self.assertTrue(envelope)
        for record, name, values in (
            (ballot, "choice", {"item_id": session.item_ids.id, "choice": "agree"}),
            (envelope, "sealed", {"attendance_id": seat.id, "sealed": b"eA=="}),
        ):
            for user in (self.user_admin, self.user_officer, self.user_council, self.user_portal):
                own = record.with_user(user)
                for deed in (
                    lambda own=own, name=name: own.read([name]),
                    lambda own=own: own.search([]),
                    lambda own=own: own._read_group([], [], ["__count"]),
                    lambda own=own, values=values: own.write(values),
                    lambda own=own, values=values: own.create(values),
                    lambda own=own: own.unlink(),
                ):
                    with self.subTest(user=user.login, name=name), self.assertRaises(AccessError):
                        deed()

    def test_counts_are_hidden_while_the_vote_is_open(self):
        session = self.new_session(self.new_candidates(1))
        session.action_open()
        for user in self.voters[:4]:
            self.cast(session, user)
        item = session.item_ids
        self.assertEqual((item.agree_count, item.disagree_count, item.blank_count), (0, 0, 0))
        self.assertFalse(item.explanation)
        self.assertEqual(session.voted_count, 4)

    def test_after_the_end_nothing_tells_the_order(self):
        session = self.new_session(self.new_candidates(3))
        session.action_open()
        for user in self.voters[:6]:
            self.cast(session, user)
        self.assertFalse(self.read_ballots(session), "no ballot before the end")
        session.action_close()
        after = self.read_ballots(session)
        self.assertEqual(len(after), 18)
        self.assertEqual(len({row[2] for row in after}), 1, "in one and the same transaction")
        self.env.cr.execute(
            "SELECT count(DISTINCT (write_date, write_uid, xmin::text)) FROM emulation_session_attendance "
            "WHERE session_id = %s",
            [session.id],
        )
        self.assertEqual(self.env.cr.fetchone(), (1,), "the list tells no times")

    def test_the_order_on_the_disk_is_random(self):
        """Forty items, all agreed on first and disagreed on last: were the order kept, it would show."""
        session = self.new_session(self.new_candidates(40))
        session.action_open()
        for index, user in enumerate(self.voters):
            self.cast(session, user, "agree" if index < 4 else "disagree")
        session.action_close()
        by_item = {}
        for _id, item, _xmin, choice in sorted(self.read_ballots(session)):
            by_item.setdefault(item, []).append(choice)
        in_order = sum(choices == sorted(choices) for choices in by_item.values())
        # By chance one in thirty-five; all forty would mean that the order of casting was kept.
        self.assertLess(in_order, 20)

    def read_ballots(self, session):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT id, item_id, xmin::text, choice FROM emulation_ballot WHERE item_id = ANY(%s)",
            [session.item_ids.ids],
        )
        return self.env.cr.fetchall()

    def test_the_chatter_does_not_follow_the_vote(self):
        session = self.new_session(self.new_candidates(1))
        session.action_open()
        before = len(session.message_ids)
        self.cast(session, self.user_council)
        self.env.flush_all()
        self.assertEqual(len(session.message_ids), before)

    def test_who_sees_a_session(self):
        draft, running = self.new_session(self.new_candidates(1)), self.new_session(self.new_candidates(1))
        running.action_open()
        sessions = self.env["emulation.session"]
        self.assertEqual(sessions.with_user(self.user_council).search([]), running)
        self.assertEqual(sessions.with_user(self.user_officer).search([]), draft | running)
        outsider = self.new_user("emulation_outsider", "hr_emulation.group_emulation_council")
        self.assertFalse(sessions.with_user(outsider).search([]))
        self.assertFalse(
            sessions.with_user(self.user_foreign_officer)
            .with_context(allowed_company_ids=self.other_company.ids)
            .search([])
        )
        plain = self.new_user("emulation_plain", "base.group_user")
        with self.assertRaises(AccessError):
            sessions.with_user(plain).search([])

    def test_a_member_with_a_desk_is_let_in(self):
        group = self.env.ref("hr_emulation.group_emulation_council")
        self.assertIn(group, self.user_sub_head.all_group_ids)
        self.assertNotIn(group, self.user_portal.all_group_ids)

    def test_members_do_not_run_the_session(self):
        session = self.new_session(self.new_candidates(1))
        session.action_open()
        own = session.with_user(self.user_council)
        for deed in (own.action_close, own.action_cancel, own.action_all_present, own.action_restart):
            with self.assertRaisesRegex(UserError, "Only an emulation officer|not allowed to modify"):
                deed()
        with self.assertRaises(UserError):
            own.attendance_ids[0].presence = "absent"
