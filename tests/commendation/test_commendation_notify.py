"""Nobody is flooded: one activity per approver and stage, one digest per person and day."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..helpers.common import EmulationCommon, load_vietnamese


@tagged("post_install", "-at_install")
class TestCommendationNotify(EmulationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.user_proposer, cls.user_sub_head, cls.user_officer):
            user.email = f"{user.login}@example.com"

    def get_activities(self, user):
        types = self.env.ref("hr_emulation.activity_type_endorse") | self.env.ref(
            "hr_emulation.activity_type_appraise"
        )
        return self.env["mail.activity"].search(
            [("user_id", "=", user.id), ("activity_type_id", "in", types.ids)]
        )

    def get_mails(self, user):
        return self.env["mail.mail"].search([("recipient_ids", "in", user.partner_id.ids)])

    def test_one_activity_per_approver_and_stage(self):
        employees = (self.employee_sub, self.employee_proposer, self.employee_portal)
        records = self.env["emulation.commendation"]
        for employee in employees:
            records |= self.new_commendation(employee)
        records.with_user(self.user_proposer).action_submit()
        self.assertEqual(len(self.get_activities(self.user_sub_head)), 1, "three proposals, one activity")
        self.assertFalse(self.get_activities(self.user_other_head))
        records[:2].with_user(self.user_sub_head).action_endorse()
        self.assertEqual(len(self.get_activities(self.user_sub_head)), 1, "one proposal still waits")
        self.assertEqual(len(self.get_activities(self.user_officer)), 1)
        records[2:].with_user(self.user_sub_head).action_endorse()
        self.assertFalse(self.get_activities(self.user_sub_head), "done")
        records.with_user(self.user_officer).action_appraise()
        self.assertFalse(self.get_activities(self.user_officer))

    def test_one_digest_per_person_and_day(self):
        self.new_commendation(self.employee_sub, state="submitted")
        returned = self.new_commendation(self.employee_portal, state="submitted")
        returned._do_return("Thiếu minh chứng")
        self.env["emulation.notifier"]._cron_send_digests()
        self.assertEqual(len(self.get_mails(self.user_sub_head)), 1)
        mail = self.get_mails(self.user_proposer)
        self.assertEqual(len(mail), 1)
        self.assertIn("Thiếu minh chứng", mail.body_html)
        self.env["emulation.notifier"]._cron_send_digests()
        self.assertEqual(len(self.get_mails(self.user_sub_head)), 1, "not twice a day")

    def test_what_is_past_its_day_is_named(self):
        """To who is waited for, by name and days; what has time is only counted."""
        late = self.new_commendation(self.employee_sub, state="submitted")
        self.new_commendation(self.employee_portal, state="submitted")
        ready = self.new_commendation(self.employee_proposer, state="endorsed")
        today = fields.Date.context_today(late)
        (late | ready)._write_protected({"deadline": today - timedelta(days=3)})
        self.env["emulation.notifier"]._cron_send_digests()
        head, officer = (self.get_mails(user).body_html for user in (self.user_sub_head, self.user_officer))
        self.assertIn(f"{late.display_name} – To be decided by", head)
        self.assertIn("3 days late", head)
        self.assertIn(f"/odoo/emulation.commendation/{late.id}", head)
        self.assertEqual(head.count("days late"), 1)
        self.assertIn(ready.display_name, officer)
        self.assertNotIn(late.display_name, officer)

    def test_naming_many_costs_as_many_queries_as_a_few(self):
        def deed(count):
            made = self.env["emulation.commendation"]
            for number in range(count):
                made |= self.new_commendation(
                    self.new_employee(f"Trễ {number}", self.sub_unit), state="submitted"
                )
            today = fields.Date.context_today(made)
            made._write_protected({"deadline": today - timedelta(days=3)})
            self.env.flush_all()
            self.env.invalidate_all()
            return self.count_queries(lambda: self.env["emulation.notifier"]._get_late(today))

        few = deed(2)
        self.assertLessEqual(deed(22), few)

    def test_the_digest_speaks_the_reader_s_language(self):
        """Two readers, two languages, the same day; subject, body and states."""
        load_vietnamese(self.env)
        self.user_sub_head.lang = self.user_proposer.lang = "vi_VN"
        self.new_commendation(self.employee_sub, state="submitted")
        self.new_commendation(self.employee_proposer, state="endorsed")
        self.new_commendation(self.employee_portal, state="submitted")._do_return("Thiếu minh chứng")
        self.env["emulation.notifier"]._cron_send_digests()
        head, proposer, officer = (
            self.get_mails(user) for user in (self.user_sub_head, self.user_proposer, self.user_officer)
        )
        self.assertEqual(head.subject, "Khen thưởng: tin trong ngày")
        self.assertIn("Kính gửi", head.body_html)
        self.assertRegex(head.body_html, r"1\s+đề nghị đang chờ anh/chị xử lý")
        self.assertIn("/odoo/emulation-my-turn", head.body_html)
        self.assertIn(
            "Bùi Ngoại Tuyến – Danh hiệu TEST-GK: Đã trả lại (Thiếu minh chứng)", proposer.body_html
        )
        self.assertNotIn("Dear", head.body_html + proposer.body_html)
        self.assertEqual(officer.subject, "Commendations: news of the day")
        self.assertRegex(officer.body_html, r"1\s+proposals wait for you")

    def test_who_has_no_desk_is_sent_to_the_portal(self):
        self.sub_unit.manager_id = self.employee_portal
        self.user_portal.email = "portal@example.com"
        self.new_commendation(self.employee_sub, state="submitted")
        self.env["emulation.notifier"]._cron_send_digests()
        mail = self.get_mails(self.user_portal)
        self.assertIn("/my/emulation", mail.body_html)
        self.assertNotIn("/odoo/", mail.body_html)


@tagged("post_install", "-at_install")
class TestCommendedHistory(EmulationCommon):
    def test_everybody_reads_who_was_commended(self):
        record = self.new_commendation(self.employee_sub, state="granted")
        for user in (self.user_proposer, self.user_other_head, self.user_officer):
            with self.subTest(user=user.login):
                person = self.env["hr.employee.public"].with_user(user).browse(self.employee_sub.id)
                self.assertEqual(person.emulation_granted_count, 1)
                self.assertIn(record.award_id.name, person.emulation_history_html)
                self.assertTrue(person.name, "plain reads still work")
                self.assertTrue(self.employee_sub.with_user(user).name)

    def test_a_company_may_hide_it(self):
        self.new_commendation(self.employee_sub, state="granted")
        self.company.emulation_show_granted = False
        person = self.env["hr.employee.public"].with_user(self.user_other_head).browse(self.employee_sub.id)
        self.assertEqual(person.emulation_granted_count, 0)
        self.assertFalse(person.emulation_history_html)

    def test_a_revoked_one_is_struck_out(self):
        record = self.new_commendation(self.employee_sub, state="revoked")
        public = self.env["hr.employee.public"].with_user(self.user_officer).browse(self.employee_sub.id)
        self.assertEqual(public.emulation_granted_count, 0)
        self.assertIn(f"<s>{record.award_id.name}</s>", public.emulation_history_html)

    def test_the_history_names_both_decisions(self):
        record = self.new_commendation(self.employee_sub, state="revoked")
        record.decision_id.write({"number": "12", "symbol": "QĐ-STN"})
        record.revocation_decision_id.write({"number": "7", "symbol": "QĐ-STN"})
        person = self.env["hr.employee"].with_user(self.user_officer).browse(self.employee_sub.id)
        self.assertIn("12/QĐ-STN", person.emulation_history_html)
        self.assertIn("07/QĐ-STN", person.emulation_history_html)

    def test_one_query_for_many_people(self):
        def deed(count):
            people = self.env["hr.employee"]
            for number in range(count):
                people |= self.new_employee(f"Người thứ {number}", self.sub_unit)
                self.new_commendation(people[-1], state="granted")
            shown = self.env["hr.employee.public"].with_user(self.user_proposer).browse(people.ids)
            return self.count_queries(
                lambda: shown.read(["emulation_granted_count", "emulation_history_html"])
            )

        few, more = deed(2), deed(22)
        self.assertLessEqual(more, few + 2, f"2: {few} queries, 22: {more}")

    def test_a_unit_has_its_own_history(self):
        self.new_commendation(self.sub_unit, state="granted")
        unit = self.sub_unit.with_user(self.user_officer)
        self.assertEqual(unit.emulation_granted_count, 1)
        action = unit.action_open_emulation_commendations()
        self.assertEqual(len(self.env["emulation.commendation"].search(action["domain"])), 1)
