"""Lists published for comments: working days, signed comments, and no vote before they are over and handled."""

from datetime import date, datetime, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..helpers.council_common import CouncilCommon
from ..helpers.portal_common import PortalCommon


@tagged("post_install", "-at_install")
class TestPublication(CouncilCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.state_award = cls.new_award(
            "TEST-HC", rule={"needs_council": True, "quorum": 50, "publication_days": 10}, kind="form"
        )
        cls.monday = fields.Date.today() + timedelta(days=7 - fields.Date.today().weekday())

    def new_state_proposal(self, **vals):
        return self.new_commendation(
            self.new_employee("Người Được Xét", self.other_unit),
            state="appraised",
            award=self.state_award,
            **vals,
        )

    def publish(self, proposals, **vals):
        action = self.put_on("publication", proposals.with_user(self.user_officer))
        publication = self.env["emulation.publication"].with_user(self.user_officer).browse(action["res_id"])
        publication.write({"date_from": self.monday, **vals})
        publication.action_publish()
        return publication

    def day_after(self, publication, days=1):
        """Hold the session ``days`` after the last day, in the morning (Vietnamese time)."""
        day = publication.date_to + timedelta(days=days)
        return datetime(day.year, day.month, day.day, 2, 0)

    def test_ten_working_days_leave_out_weekends_and_holidays(self):
        proposal = self.new_state_proposal()
        publication = self.publish(proposal)
        self.assertEqual(publication.days, 10)
        self.assertEqual(publication.date_to, self.monday + timedelta(days=11), "two weeks, Monday to Friday")
        calendar = self.company.resource_calendar_id
        holiday = datetime.combine(self.monday + timedelta(days=2), datetime.min.time())
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Quốc khánh",
                "calendar_id": calendar.id,
                "company_id": self.company.id,
                "date_from": holiday - timedelta(hours=8),
                "date_to": holiday + timedelta(hours=20),
            }
        )
        self.env.invalidate_all()
        self.assertEqual(publication._count_working_days(), self.monday + timedelta(days=14))
        self.assertEqual(publication.date_to, self.monday + timedelta(days=11), "as it was published")

    def test_the_last_day_stays_whatever_becomes_of_the_calendar(self):
        publication = self.publish(self.new_state_proposal())
        last = publication.date_to
        self.company.resource_calendar_id = self.env["resource.calendar"].create({"name": "Làm cả tuần"})
        self.company.resource_calendar_id.attendance_ids.filtered(
            lambda line: line.dayofweek in ("0", "1")
        ).unlink()
        self.env.flush_all()
        self.assertEqual(publication.date_to, last)
        with self.assertRaises(AccessError):
            publication.date_to = last - timedelta(days=7)

    def test_no_vote_without_a_list(self):
        session = self.new_session(self.new_state_proposal())
        with self.assertRaisesRegex(UserError, "not published for comments"):
            session.action_open()

    def test_no_vote_while_comments_are_taken(self):
        proposal = self.new_state_proposal()
        publication = self.publish(proposal)
        session = self.new_session(proposal)
        session.date_start = self.day_after(publication, days=0)
        session.action_all_present()
        with self.assertRaisesRegex(UserError, "still taken"):
            session.action_open()
        session.date_start = self.day_after(publication)
        session.action_open()
        self.assertEqual(session.state, "open")

    def test_a_short_list_does_not_count(self):
        proposal = self.new_state_proposal()
        publication = self.publish(proposal, days=5)
        session = self.new_session(proposal)
        session.date_start = self.day_after(publication)
        session.action_all_present()
        with self.assertRaisesRegex(UserError, "fewer working days"):
            session.action_open()

    def test_a_list_taken_back_does_not_count(self):
        proposal = self.new_state_proposal()
        publication = self.publish(proposal)
        publication._do_withdraw("Danh sách thiếu người")
        session = self.new_session(proposal)
        with self.assertRaisesRegex(UserError, "not published"):
            session.action_open()

    def test_every_comment_is_handled_first(self):
        proposal = self.new_state_proposal()
        publication = self.publish(proposal)
        comment = publication._do_comment(self.user_proposer, "Đề nghị xem lại số liệu.", proposal)
        session = self.new_session(proposal)
        session.date_start = self.day_after(publication)
        session.action_all_present()
        with self.assertRaisesRegex(UserError, "not handled"):
            session.action_open()
        own = comment.with_user(self.user_officer)
        with self.assertRaisesRegex(UserError, "how the comment was handled"):
            own.action_handle()
        own.answer = "Đã kiểm tra, số liệu đúng."
        own.action_handle()
        session.action_open()
        self.assertEqual(session.state, "open")

    def test_a_comment_on_another_line_does_not_stop_this_one(self):
        first, second = self.new_state_proposal(), self.new_state_proposal()
        publication = self.publish(first | second)
        publication._do_comment(self.user_proposer, "Xem lại.", second)
        reasons = self.env["emulation.publication"]._get_not_ready_reasons(
            first | second, publication.date_to + timedelta(days=1)
        )
        self.assertEqual(list(reasons), second.ids)

    def test_the_simple_procedure_needs_no_list(self):
        sudden = self.new_state_proposal(commendation_type="ad_hoc", achieved_on="2025-06-01")
        reasons = self.env["emulation.publication"]._get_not_ready_reasons(sudden, date(2026, 1, 1))
        self.assertFalse(reasons)

    def test_what_was_published_is_not_changed(self):
        publication = self.publish(self.new_state_proposal())
        for values in ({"days": 1}, {"date_from": self.monday - timedelta(days=30)}):
            with self.assertRaisesRegex(UserError, "does not allow"):
                publication.write(values)
        with self.assertRaises(AccessError):
            publication.write({"state": "draft"})
        with self.assertRaises(UserError):
            publication.unlink()

    def test_a_list_does_not_start_in_the_past(self):
        with self.assertRaisesRegex(UserError, "in the past"):
            self.publish(self.new_state_proposal(), date_from=fields.Date.today() - timedelta(days=1))

    def test_drafts_and_granted_ones_are_not_published(self):
        draft = self.new_commendation(self.employee_sub, award=self.state_award)
        with self.assertRaisesRegex(UserError, "on their way"):
            self.put_on("publication", draft.with_user(self.user_officer))

    def test_taking_back_asks_for_the_reason(self):
        publication = self.publish(self.new_state_proposal())
        action = publication.action_withdraw()
        self.assertEqual(action["res_model"], "emulation.reason.wizard")
        dialog = self.env["emulation.reason.wizard"].with_user(self.user_officer)
        dialog.with_context(**action["context"]).create({"reason": "Thiếu một trường hợp"}).action_confirm()
        self.assertEqual(publication.state, "withdrawn")
        self.assertIn("Thiếu một trường hợp", publication.message_ids[0].body)

    def test_officers_only(self):
        publication = self.publish(self.new_state_proposal())
        for user in (self.user_head, self.user_council, self.user_portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                publication.with_user(user).read(["name"])
        with self.assertRaises(AccessError):
            publication.with_user(self.user_foreign_officer).read(["name"])

    def test_a_comment_is_neither_rewritten_nor_deleted(self):
        publication = self.publish(self.new_state_proposal())
        comment = publication._do_comment(self.user_proposer, "Ý kiến")
        own = comment.with_user(self.user_officer)
        for values in ({"text": "Ý kiến khác"}, {"state": "handled"}, {"author_id": self.user_officer.id}):
            with self.assertRaises(AccessError):
                own.write(values)
        own.answer = "Đã xem."
        own.action_handle()
        with self.assertRaises(UserError):
            own.answer = "Chưa xem."
        with self.assertRaises(AccessError):
            own.unlink()


@tagged("post_install", "-at_install")
class TestPublicationPortal(PortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line = cls._commendation(cls.binh)
        cls.publication = cls._publication(cls.line)
        cls.url = f"/my/emulation/publications/{cls.publication.id}"

    def test_a_signed_comment_reaches_the_officers_only(self):
        self.login(self.an)
        page = self.url_open(self.url).text
        self.assertIn("Trần Văn Bình", page)
        self.assertNotIn("Sáng kiến tiết kiệm giấy", page, "no more than name, unit and award")
        self.post(f"{self.url}/comment", {"about": str(self.line.id), "text": "Xin xem lại."})
        self.assertRecordValues(
            self.publication.comment_ids,
            [{"author_name": "Nguyễn Thị An", "commendation_id": self.line.id, "text": "Xin xem lại."}],
        )
        self.assertIn("Not answered yet", self.url_open(self.url).text)
        self.login(self.chi)
        self.assertNotIn("Xin xem lại.", self.url_open(self.url).text)

    def test_the_answer_comes_back(self):
        comment = self.publication._do_comment(self.an.user_id, "Xin xem lại.")
        comment.answer = "Đã xem lại, không thay đổi."
        comment._do_handle()
        self.login(self.an)
        self.assertIn("Đã xem lại, không thay đổi.", self.url_open(self.url).text)

    def test_an_empty_comment_or_a_foreign_line(self):
        self.login(self.an)
        self.post(f"{self.url}/comment", {"text": "  "})
        self.assertFalse(self.publication.comment_ids)
        self.post(f"{self.url}/comment", {"about": str(self.mine.id), "text": "x"})
        self.assertFalse(self.publication.comment_ids.commendation_id, "only lines of this list")

    def test_a_list_that_is_over_or_taken_back_is_gone(self):
        self.login(self.an)
        self.publication._do_withdraw("Danh sách thiếu người")
        self.assertEqual(self.url_open(self.url).status_code, 404)
        self.assertEqual(self.post(f"{self.url}/comment", {"text": "x"}).status_code, 404)

    def test_what_waits_names_the_list(self):
        self.login(self.an)
        self.assertIn("/my/emulation/publications", self.url_open("/my/emulation").text)
