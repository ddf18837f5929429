from datetime import date, datetime, timedelta

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..helpers.document_common import DocumentCommon


@tagged("post_install", "-at_install")
class TestWorkingDays(DocumentCommon):
    """The days of an agency: its own calendar, less Vietnam's public holidays."""

    def test_ten_working_days_over_tet(self):
        is_working = self.company._get_emulation_is_working()
        self.assertTrue(is_working(date(2027, 1, 28)))
        for day in (date(2027, 2, 8), date(2027, 1, 30), date(2026, 9, 2), date(2026, 4, 30)):
            self.assertFalse(is_working(day), day)
        list_ = self.env["emulation.publication"].new(
            {"company_id": self.company.id, "date_from": date(2027, 1, 28), "days": 10}
        )
        self.assertEqual(list_._count_working_days(), date(2027, 2, 17))

    def test_an_agency_elsewhere_counts_by_its_calendar_alone(self):
        self.company.emulation_public_holidays = False
        self.assertTrue(self.company._get_emulation_is_working()(date(2026, 9, 2)))

    def test_days_off_of_the_agency_count_too(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Ngày truyền thống",
                "calendar_id": self.company.resource_calendar_id.id,
                "company_id": self.company.id,
                "date_from": datetime(2026, 11, 24, 20, 0),
                "date_to": datetime(2026, 11, 25, 20, 0),
            }
        )
        is_working = self.company._get_emulation_is_working()
        self.assertFalse(is_working(date(2026, 11, 25)))
        self.assertTrue(is_working(date(2026, 11, 26)))

    def test_an_absence_over_tet_counts_its_working_days(self):
        absence = self.env["emulation.absence"].create(
            {
                "employee_id": self.employee_unit.id,
                "type_id": self.env["emulation.absence.type"].search([], limit=1).id,
                "date_from": date(2027, 2, 1),
                "date_to": date(2027, 2, 28),
            }
        )
        self.assertEqual(absence.days, 15)


@tagged("post_install", "-at_install")
class TestCalendarDay(DocumentCommon):
    """A Monday off and the Saturday worked for it, as the Government exchanges them."""

    def enter(self, *days, user=None, company=None):
        return (
            self.env["emulation.calendar.day"]
            .with_user(user or self.user_admin)
            .create(
                [
                    {
                        "date": day,
                        "kind": kind,
                        "name": "Hoán đổi ngày làm việc",
                        "company_id": company and company.id,
                    }
                    for day, kind in days
                ]
            )
        )

    def exchange(self, **values):
        """Friday 2 January 2026 off, Saturday the 10th worked: announced, and not known to the addon."""
        return self.enter((date(2026, 1, 2), "off"), (date(2026, 1, 10), "worked"), **values)

    def test_both_days_count_at_once(self):
        is_working = self.company._get_emulation_is_working()
        self.assertEqual((is_working(date(2026, 1, 2)), is_working(date(2026, 1, 10))), (True, False))
        days = self.exchange()
        is_working = self.company._get_emulation_is_working()
        self.assertEqual((is_working(date(2026, 1, 2)), is_working(date(2026, 1, 10))), (False, True))
        days.unlink()
        self.assertTrue(self.company._get_emulation_is_working()(date(2026, 1, 2)))

    def test_what_the_addon_knows_of_exchanges_is_worked(self):
        is_working = self.company._get_emulation_is_working()
        self.assertEqual((is_working(date(2026, 8, 22)), is_working(date(2026, 8, 31))), (True, False))
        self.company.emulation_public_holidays = False
        self.assertFalse(self.company._get_emulation_is_working()(date(2026, 8, 22)))

    def test_an_agency_s_own_day_goes_before_a_shared_one(self):
        self.enter((date(2026, 1, 2), "off"))
        self.enter((date(2026, 1, 2), "worked"), company=self.company)
        self.assertTrue(self.company._get_emulation_is_working()(date(2026, 1, 2)))
        self.assertFalse(self.other_company._get_emulation_is_working()(date(2026, 1, 2)))

    def test_a_list_not_published_yet_ends_by_it(self):
        list_ = self.env["emulation.publication"].create(
            {
                "name": "Danh sách công khai",
                "company_id": self.company.id,
                "date_from": date(2025, 12, 29),
                "days": 10,
            }
        )
        self.assertEqual(list_.date_to, date(2026, 1, 12))
        saturday, friday = self.enter((date(2026, 1, 10), "worked"), (date(2026, 1, 2), "off"))
        self.assertEqual(list_.date_to, date(2026, 1, 12))
        friday.unlink()
        self.assertEqual(list_.date_to, date(2026, 1, 10))
        saturday.write({"kind": "off"})
        self.assertEqual(list_.date_to, date(2026, 1, 12))

    def test_open_deadlines_and_leave_follow_but_what_was_typed_stays(self):
        rule = self.env["emulation.deadline.rule"].create(
            {"name": "Báo cáo", "trigger": "yearly", "month": 1, "day": 2, "company_id": self.company.id}
        )
        with freeze_time("2025-12-20"):
            self.env["emulation.deadline"]._create_missing()
            deadline = self.env["emulation.deadline"].search([("rule_id", "=", rule.id)])
            self.assertEqual(deadline.date, date(2026, 1, 2))
            days = self.exchange()
            self.assertEqual(deadline.date, date(2026, 1, 5))
            days.unlink()
            self.assertEqual(deadline.date, date(2026, 1, 2))
            deadline.with_user(self.user_officer).date = date(2025, 12, 31)
            self.exchange()
            self.assertEqual(deadline.date, date(2025, 12, 31))

    def test_leave_is_counted_anew_unless_corrected_by_hand(self):
        values = {
            "type_id": self.env["emulation.absence.type"].search([], limit=1).id,
            "date_from": date(2025, 12, 29),
            "date_to": date(2026, 1, 9),
        }
        counted, typed = self.env["emulation.absence"].create(
            [{**values, "employee_id": person.id} for person in (self.employee_unit, self.employee_head)]
        )
        self.assertEqual(counted.days, 9)
        typed.days = 7
        self.exchange()
        self.assertEqual((counted.days, typed.days), (8, 7))

    def test_the_list_is_the_administrator_s(self):
        with self.assertRaises(AccessError):
            self.exchange(user=self.user_officer)
        day = self.exchange()[0]
        with self.assertRaises(AccessError):
            day.with_user(self.user_officer).write({"kind": "worked"})
        own = self.enter((date(2026, 3, 2), "off"), company=self.other_company, user=self.env.user)
        self.assertNotIn(own, self.env["emulation.calendar.day"].with_user(self.user_admin).search([]))

    def test_a_day_is_entered_once(self):
        self.exchange()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.enter((date(2026, 1, 2), "worked"))


@tagged("post_install", "-at_install")
class TestDeadline(DocumentCommon):
    """What the law wants by a day is written down, told before, and ticked off."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.emulation_agency_kind_id = cls.env.ref("hr_emulation.agency_province")
        cls.deadlines = cls.env["emulation.deadline"]

    def refresh(self, day):
        with freeze_time(day):
            self.deadlines._create_missing()
        self.env.invalidate_all()
        return self.deadlines.search([("company_id", "=", self.company.id)])

    def of_rule(self, name, day="2026-11-28"):
        rule = self.env.ref(f"hr_emulation.deadline_{name}")
        return self.refresh(day).filtered(lambda deadline: deadline.rule_id == rule)

    def test_every_year(self):
        for name, day in (
            ("national_fighter", date(2026, 12, 31)),
            ("government_flag", date(2027, 6, 30)),
            ("statistics", date(2026, 12, 15)),
        ):
            self.assertEqual(self.of_rule(name).mapped("date"), [day], name)
        self.assertEqual(
            self.of_rule("government_flag", "2028-06-01").mapped("date"),
            [date(2027, 6, 30), date(2028, 6, 30)],
        )

    def test_a_day_off_moves_the_end(self):
        self.env.ref("hr_emulation.deadline_statistics").write({"month": 1, "day": 31})
        self.assertEqual(
            self.of_rule("statistics").mapped("date"), [date(2027, 2, 1)], "31 January 2027 is a Sunday"
        )

    def test_written_down_once(self):
        first = self.refresh("2026-11-28")
        self.assertEqual(self.refresh("2026-11-29"), first)

    def test_other_kinds_of_agency_are_not_bound(self):
        self.company.emulation_agency_kind_id = self.env.ref("hr_emulation.agency_enterprise")
        self.assertFalse(self.refresh("2026-11-28"))

    def test_a_dossier_is_examined_in_thirty_or_forty_working_days(self):
        labour, hero = (
            self.env["emulation.award"].search([("code", "=", code), ("company_id", "=", False)])
            for code in ("HCLD3", "AHLD")
        )
        lines = self.new_lines(2)
        for line, award in zip(lines, (labour, hero), strict=True):
            line._write_protected({"award_id": award.id, "received_on": "2026-11-02", "state": "submitted"})
        self.assertEqual(self.of_rule("examine").mapped("date"), [date(2026, 12, 15)])
        self.assertEqual(self.of_rule("examine_highest").mapped("date"), [date(2026, 12, 29)])
        lines._write_protected({"state": "forwarded"})
        done = self.deadlines._get_done_meanwhile()
        self.assertEqual(done.commendation_id, lines)
        done._do_finish()
        self.assertEqual(set(done.mapped("state")), {"done"})

    def test_a_refusal_is_told_within_ten_working_days(self):
        line = self.new_lines(1)
        with freeze_time("2026-11-27 05:00:00"):
            line.with_user(self.user_officer)._do_reject("Chưa đủ tiêu chuẩn")
        self.assertEqual(line.rejected_on, date(2026, 11, 27))
        self.assertEqual(self.of_rule("refusal").mapped("date"), [date(2026, 12, 11)])

    def test_what_is_revoked_comes_back_within_fifteen_working_days(self):
        line = self.new_lines(1)
        grant = self.new_decision(line, issue_date="2026-01-05")
        grant._do_issue()
        self.pay_out(line.with_user(self.user_officer))
        action = self.put_on("revocation", line.with_user(self.user_officer))
        revocation = self.env["emulation.decision"].with_user(self.user_officer).browse(action["res_id"])
        revocation.write(
            {
                "signer_id": self.signer.id,
                "issue_date": "2026-11-02",
                "revocation_ground": "fraud",
                "revocation_reason": "Kê khai gian dối",
            }
        )
        revocation._do_issue()
        deadline = self.of_rule("return")
        self.assertEqual((deadline.decision_id, deadline.date), (revocation, date(2026, 11, 23)))
        self.assertFalse(self.deadlines._get_done_meanwhile() & deadline)
        self.pay_out(line.with_user(self.user_officer))
        self.assertIn(deadline, self.deadlines._get_done_meanwhile())

    def test_my_turn_from_the_day_of_the_warning_on(self):
        deadline = self.of_rule("statistics").with_user(self.user_officer)
        for day, mine in (("2026-11-23", False), ("2026-11-24", True), ("2026-12-20", True)):
            with freeze_time(day):
                self.env.invalidate_all()
                self.assertEqual(deadline.is_my_turn, mine, day)
                found = deadline.search([("is_my_turn", "=", True), ("id", "=", deadline.id)])
                self.assertEqual(bool(found), mine, day)
        with freeze_time("2026-12-20"):
            self.env.invalidate_all()
            self.assertTrue(deadline.is_late)
        deadline.action_finish()
        self.assertEqual((deadline.state, deadline.doer_id), ("done", self.user_officer))
        self.assertFalse(deadline.is_my_turn)
        deadline.action_reopen()
        self.assertEqual((deadline.state, deadline.done_on), ("open", False))

    def test_officers_are_mailed_once_before(self):
        deadline = self.of_rule("statistics")
        self.user_officer.sudo().lang = "en_US"
        with freeze_time("2026-11-25"):
            self.deadlines._remind()
            mails = self.env["mail.mail"].search([("recipient_ids", "in", self.user_officer.partner_id.ids)])
            self.assertEqual(len(mails), 1)
            self.assertIn(deadline.rule_id.name, mails.body_html)
            self.deadlines._remind()
        self.assertEqual(
            self.env["mail.mail"].search_count([("recipient_ids", "in", self.user_officer.partner_id.ids)]), 1
        )
        self.assertEqual(deadline.mailed_on, date(2026, 11, 25))

    def test_who_may(self):
        deadline = self.of_rule("statistics")
        with self.assertRaises(AccessError):
            deadline.with_user(self.user_proposer).read(["date"])
        with self.assertRaises(UserError):
            deadline.with_user(self.user_foreign_officer).action_finish()
        own = self.deadlines.with_user(self.user_officer).create(
            {"rule_id": deadline.rule_id.id, "company_id": self.company.id, "date": "2026-12-01"}
        )
        own.note = "Theo công văn của Sở Nội vụ"
        with self.assertRaises(UserError):
            own.state = "done"

    def test_there_is_no_thirtieth_of_february(self):
        with self.assertRaises(ValidationError):
            self.env["emulation.deadline.rule"].create({"name": "Thử", "month": 2, "day": 30})

    def test_many_dossiers_cost_the_same(self):
        award = self.env["emulation.award"].search([("code", "=", "HCLD3"), ("company_id", "=", False)])

        def cost(count):
            lines = self.new_lines(count)
            lines._write_protected(
                {"award_id": award.id, "received_on": self.today() - timedelta(days=1), "state": "submitted"}
            )
            return self.count_queries(self.deadlines._create_missing)

        cost(1)
        self.assertEqual(cost(2), cost(22))
