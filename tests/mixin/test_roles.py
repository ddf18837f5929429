"""Who may act now: one answer for buttons, lists, activities and record rules."""

import re
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.commendation import endorsement
from ..helpers.common import EmulationCommon


@tagged("post_install", "-at_install")
class TestHeads(EmulationCommon):
    def setUp(self):
        super().setUp()
        self.record = self.new_commendation(self.employee_sub, state="submitted")

    def may(self, user, verb="endorse", record=None):
        record = (record or self.record).with_user(user)
        record.invalidate_recordset()
        can = record[f"can_{verb}"]
        mine = record in record.search([("is_my_turn", "=", True)])
        if verb in ("endorse", "appraise"):
            self.assertEqual(can, mine, "the list of what waits says what the button says")
            self.assertEqual(can, record.is_my_turn)
        return can

    def test_a_head_who_left_hands_on_to_the_one_above(self):
        self.assertTrue(self.may(self.user_sub_head))
        self.employee_sub_head.action_archive()
        self.assertFalse(self.may(self.user_sub_head))
        self.assertTrue(self.may(self.user_head))
        self.assertEqual(self.record.next_actors, self.user_head.name)

    def test_a_closed_account_counts_as_no_head(self):
        self.user_sub_head.action_archive()
        self.assertTrue(self.may(self.user_head))
        self.assertEqual(self.record.next_actors, self.user_head.name)

    def test_asking_who_can_endorse_costs_the_same_for_many_units(self):
        """Units, heads, deputies and recipients are read at once."""

        def make(count):
            units, people = self.env["hr.department"], []
            for number in range(count):
                unit = self.new_unit(f"Tổ {count}.{number}", self.unit if number % 2 else None)
                user = self.new_user(f"head_{count}_{number}", "base.group_user")
                unit.manager_id = self.new_employee(f"Trưởng {count}.{number}", unit, user)
                units |= unit
                people.append(self.new_employee(f"Người {count}.{number}", unit))
            return self.env["emulation.commendation"].union(
                *(self.new_commendation(recipient, state="submitted") for recipient in (*people, *units))
            )

        few, many = make(2), make(22)
        for ask in (
            endorsement.has_head,
            lambda records: records._get_next_actors(),
            lambda records: records.unit_id._get_emulation_heads(),
        ):
            costs = [self.count_queries(lambda some=some, ask=ask: ask(some)) for some in (few, many)]
            self.assertLessEqual(costs[1], costs[0] + 1)
        able = endorsement.has_head(many)
        self.assertTrue(all(able[record.id] for record in many if record.employee_id))
        alone = many.filtered(lambda record: record.department_id and not record.department_id.parent_id)
        self.assertFalse(
            any(able[record.id] for record in alone), "its head is the recipient, nobody is above"
        )

    def test_where_no_head_is_left_the_officer_goes_on(self):
        self.assertFalse(self.may(self.user_officer, "appraise"))
        (self.user_sub_head | self.user_head).action_archive()
        self.assertTrue(self.may(self.user_officer, "appraise"))
        self.record.invalidate_recordset()
        self.assertIn(self.user_officer.name, self.record.next_actors)
        self.record.with_user(self.user_officer).action_appraise()
        self.assertEqual(self.record.state, "appraised")

    def test_a_head_blind_to_the_company_is_not_asked(self):
        stranger = self.new_employee("Người nơi khác", self.foreign_unit, self.user_foreign_officer)
        (self.sub_unit | self.unit).manager_id = stranger
        fresh = self.new_commendation(self.employee_sub, state="submitted", summary="Việc khác")
        self.assertFalse(fresh.needs_endorsement)
        self.assertTrue(self.may(self.user_officer, "appraise", fresh))

    def test_a_closed_unit_passes_its_work_to_its_successor(self):
        self.sub_unit.emulation_successor_id = self.other_unit
        self.sub_unit.action_archive()
        self.assertTrue(self.may(self.user_other_head))
        self.assertFalse(self.may(self.user_sub_head))
        self.assertEqual(self.record.next_actors, self.user_other_head.name)
        self.record.with_user(self.user_other_head).action_endorse()
        self.assertEqual(self.record.state, "endorsed")

    def test_a_closed_unit_without_successor_passes_it_up(self):
        self.sub_unit.action_archive()
        self.assertTrue(self.may(self.user_head))

    def test_a_deputy_acts_from_day_to_day(self):
        today = fields.Date.context_today(self.record)
        deputies = self.env["emulation.deputy"].with_user(self.user_sub_head)
        deputies.create(
            {
                "department_id": self.sub_unit.id,
                "employee_id": self.employee_proposer.id,
                "date_from": today - timedelta(days=3),
                "date_to": today - timedelta(days=1),
            }
        )
        self.assertFalse(self.may(self.user_proposer), "over yesterday")
        deputies.create(
            {
                "department_id": self.sub_unit.id,
                "employee_id": self.employee_proposer.id,
                "date_from": today,
                "date_to": today,
            }
        )
        self.assertTrue(self.may(self.user_proposer))
        self.assertTrue(self.may(self.user_sub_head), "the head keeps the right")

    def test_nobody_makes_oneself_a_deputy(self):
        today = fields.Date.context_today(self.record)
        vals = {"department_id": self.sub_unit.id, "date_from": today, "date_to": today}
        for user, employee in (
            (self.user_proposer, self.employee_proposer),
            (self.user_officer, self.employee_officer),
            (self.user_other_head, self.employee_other_head),
        ):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["emulation.deputy"].with_user(user).create({**vals, "employee_id": employee.id})
        deputy = self.env["emulation.deputy"].create({**vals, "employee_id": self.employee_proposer.id})
        with self.assertRaises(AccessError):
            deputy.with_user(self.user_proposer).write({"date_to": today + timedelta(days=99)})


@tagged("post_install", "-at_install")
class TestNobodyActsOnOneself(EmulationCommon):
    def test_the_only_officer_is_decided_on_by_the_head_of_the_agency(self):
        self.company.emulation_head_id = self.employee_other_head
        self.user_admin.group_ids -= self.env.ref("hr_emulation.group_emulation_admin")
        own = self.new_commendation(self.employee_officer, state="submitted")
        own._do_endorse()
        mine = own.with_user(self.user_officer)
        with self.assertRaisesRegex(UserError, re.escape(self.user_other_head.name)):
            mine.action_appraise()
        self.assertFalse(mine.can_appraise or mine.can_return or mine.can_reject)
        self.assertEqual(own.next_actors, self.user_other_head.name)
        head = own.with_user(self.user_other_head)
        self.assertTrue(head.is_my_turn)
        self.assertIn(own, head.search([("is_my_turn", "=", True)]))
        head.action_appraise()
        self.assertEqual((own.state, own.appraiser_id), ("appraised", self.user_other_head))

    def test_a_second_officer_comes_before_the_head_of_the_agency(self):
        self.company.emulation_head_id = self.employee_other_head
        own = self.new_commendation(self.employee_officer, state="submitted")
        own._do_endorse()
        self.assertIn(self.user_admin.name, own.next_actors)
        self.assertFalse(own.with_user(self.user_other_head).can_appraise)

    def test_an_officer_neither_rates_nor_registers_nor_recognises_the_own(self):
        officer = self.env(user=self.user_officer)
        rating = {"recipient_type": "employee", "year": 2025, "rating": "excellent"}
        with self.assertRaises(AccessError):
            officer["emulation.rating"].create({**rating, "employee_id": self.employee_officer.id})
        known = officer["emulation.rating"].create({**rating, "employee_id": self.employee_sub.id})
        with self.assertRaises(AccessError):
            known.write({"employee_id": self.employee_officer.id})
        own = officer["emulation.achievement"].create(
            {"recipient_type": "employee", "employee_id": self.employee_officer.id, "name": "Của tôi"}
        )
        own.action_submit()
        with self.assertRaises(UserError):
            own.action_recognise()
        with self.assertRaises(AccessError):
            own.write({"reach": "nation"})
        self.assertEqual(own.state, "submitted")
