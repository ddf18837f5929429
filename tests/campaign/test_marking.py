"""Criteria marked by offices and people, stage by stage, in a grid over all units and people."""

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ..helpers.campaign_common import CampaignCommon


class MarkingCommon(CampaignCommon):
    """“Kỷ luật” is marked by the accounts office, then by one person; the work by nobody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line = cls.sheet.criterion_ids.filtered(lambda line: line.name == "Kỷ luật")
        cls.give_markers(
            cls.line, {"department_id": cls.other_unit.id}, {"user_id": cls.user_proposer.id, "stage": 2}
        )

    @classmethod
    def give_markers(cls, line, *markers):
        cls.env["emulation.criterion.marker"].create([{"criterion_id": line.id, **vals} for vals in markers])

    def open_marking(self, *recipients, submit=True):
        self.campaign.with_user(self.user_officer).action_launch()
        self.register(*recipients)
        review = self.open_round()
        if submit:
            for sheet in review.evaluation_ids:
                self.fill(sheet, self.user_officer, discipline=30)
        return review

    def get_lines(self, review, name="Kỷ luật"):
        return review.evaluation_ids.score_ids.filtered(lambda line: line.criterion_id.name == name).sorted(
            "id"
        )

    def mark(self, user, review, marks, reason=None):
        scores = self.env["emulation.score"].with_user(user)
        return scores.save_marking(review.id, [[line.id, points] for line, points in marks], reason)

    def count_waiting(self, user):
        self.env.flush_all()
        return self.env["emulation.score"].with_user(user).search_count([("is_to_mark", "=", True)])


@tagged("post_install", "-at_install")
class TestMarking(MarkingCommon):
    def test_an_office_marks_its_line_over_all_people(self):
        review = self.open_marking(self.employee_sub, self.employee_portal)
        grid = self.env["emulation.score"].with_user(self.user_council).get_marking()
        self.assertEqual(grid["review"], review.id)
        self.assertEqual([column["name"] for column in grid["columns"]], ["Kỷ luật"])
        self.assertEqual(len(grid["rows"]), 2)
        self.assertEqual([(cell["self"], cell["is_open"]) for cell in grid["cells"]], [(30, True)] * 2)
        self.assertEqual(
            (self.count_waiting(self.user_council), self.count_waiting(self.user_proposer)), (2, 0)
        )
        desk = self.env["emulation.desk"].with_user(self.user_council)
        card = next(card for card in desk.get_desk()["waiting"] if card["model"] == "emulation.score")
        self.assertEqual((card["count"], desk.get_waiting()), (2, 2))

    def test_a_change_needs_a_reason_and_stands_in_the_trail(self):
        review = self.open_marking(self.employee_sub, self.employee_portal)
        first, second = self.get_lines(review)
        answer = self.mark(self.user_council, review, [(first, 28), (second, 30)])
        self.assertEqual((answer["saved"], list(answer["errors"])), (1, [first.id]), "the good one is kept")
        answer = self.mark(self.user_council, review, [(first, 28)], "Đi muộn hai lần")
        self.assertEqual(answer, {"saved": 1, "errors": {}})
        self.assertEqual(first.verified_points, 28)
        self.assertEqual(first.evaluation_id.verified_total, 28, "the work has no verified points yet")
        trail = first.mark_ids
        self.assertEqual(
            (trail.marker_name, trail.former_points, trail.points, trail.reason, trail.create_uid),
            ("Phòng Kế toán", 30, 28, "Đi muộn hai lần", self.user_council),
        )
        for vals in ({"points": 30}, {"reason": "khác"}):
            with self.assertRaises(AccessError):
                trail.with_user(self.user_officer).write(vals)

    def test_stage_after_stage_each_sees_the_former_mark(self):
        review = self.open_marking(self.employee_sub)
        line = self.get_lines(review)
        answer = self.mark(self.user_proposer, review, [(line, 25)], "Sớm quá")
        self.assertEqual(list(answer["errors"]), [line.id], "the office first")
        self.mark(self.user_council, review, [(line, 28)], "Đi muộn")
        self.mark(self.user_council, review, [(line, 27)], "Thêm một lần")
        self.assertEqual(
            (self.count_waiting(self.user_council), self.count_waiting(self.user_proposer)), (0, 1)
        )
        grid = self.env["emulation.score"].with_user(self.user_proposer).get_marking(review.id)
        self.assertEqual([mark["points"] for mark in grid["cells"][0]["trail"]], [28, 27])
        sheet = review.evaluation_ids.with_user(self.user_officer)
        sheet.with_user(self.user_sub_head).action_verify()
        self.assertEqual(
            (line.verified_points, line.final_points), (27, 27), "the head keeps what was marked"
        )
        self.assertIn("have not marked", sheet._get_cannot_confirm_reason()[sheet.id])
        self.mark(self.user_proposer, review, [(line, 27)])
        self.assertEqual(
            list(self.mark(self.user_council, review, [(line, 20)], "Muộn")["errors"]), [line.id]
        )
        sheet.action_confirm()
        self.assertEqual((sheet.state, sheet.final_total), ("confirmed", 97))

    def test_nobody_marks_oneself_nor_an_office_itself(self):
        review = self.open_marking(self.employee_proposer, self.employee_council, self.other_unit)
        lines = self.get_lines(review).grouped(lambda line: line.evaluation_id.employee_id)
        answer = self.mark(self.user_council, review, [(lines[self.employee_council], 30)])
        self.assertTrue(answer["errors"])
        self.assertTrue(
            self.mark(self.user_council, review, [(lines[self.env["hr.employee"]], 30)])["errors"]
        )
        self.assertFalse(
            self.mark(self.user_council, review, [(lines[self.employee_proposer], 30)])["errors"]
        )
        self.assertTrue(
            self.mark(self.user_proposer, review, [(lines[self.employee_proposer], 30)])["errors"]
        )

    def test_others_see_and_mark_nothing(self):
        review = self.open_marking(self.employee_sub)
        line = self.get_lines(review)
        seen = line.with_user(self.user_council)
        self.assertEqual(seen.self_points, 30)
        with self.assertRaises(AccessError):
            self.get_lines(review, "Hoàn thành nhiệm vụ").with_user(self.user_council).check_access("read")
        for vals in ({"verified_points": 5}, {"note": "không phải phiếu của tôi"}, {"self_points": 1}):
            with self.assertRaises(UserError):
                seen.write(vals)
        with self.assertRaises(AccessError):
            line.with_user(self.user_officer).write({"marked_stage": 2})
        with self.assertRaises(UserError):
            self.mark(self.user_foreign_officer, review, [(line, 5)])
        with self.assertRaises(AccessError):
            self.mark(self.user_portal, review, [(line, 5)])
        for vals in ({"verified_points": 5}, {"is_abstained": True}):
            with self.assertRaisesRegex(UserError, "Phòng Kế toán → "):
                line.with_user(self.user_sub_head).write(vals)

    def test_wrong_figures_are_refused_one_by_one(self):
        review = self.open_marking(self.employee_sub, self.employee_portal)
        first, second = self.get_lines(review)
        answer = self.mark(self.user_council, review, [(first, 31), (second, 29.5)], "Sai")
        self.assertEqual((answer["saved"], list(answer["errors"])), (1, [first.id]))
        self.assertEqual(second.verified_points, 29.5)
        for wrong in ("abc", float("nan"), float("inf"), None, 1e300):
            self.assertTrue(self.mark(self.user_council, review, [(first, wrong)], "Sai")["errors"], wrong)

    def test_nothing_a_client_invents_breaks_the_grid(self):
        review = self.open_marking(self.employee_sub)
        line = self.get_lines(review)
        scores = self.env["emulation.score"].with_user(self.user_council)
        odd = (
            10**400,
            float("nan"),
            float("inf"),
            1e308,
            -1,
            True,
            None,
            "30",
            [1],
            {"a": 1},
            "²",
            "9" * 5000,
        )
        for points in odd:
            with self.subTest(points=str(points)[:20]):
                answer = scores.save_marking(review.id, [[line.id, points]], "x")
                self.assertEqual(answer["saved"], 0)
                self.assertIn(line.id, answer["errors"])
        for cells in (
            5,
            "x",
            [5],
            [[line.id]],
            [["x", 1]],
            [["²", 1]],
            [["9" * 5000, 1]],
            [[10**400, 1]],
            {"a": 1},
        ):
            with self.subTest(cells=str(cells)[:20]), self.assertRaises(UserError):
                scores.save_marking(review.id, cells)
        for review_id in ("x", [review.id], 10**400, None, True):
            with self.subTest(review=str(review_id)[:20]), self.assertRaises(UserError):
                scores.save_marking(review_id, [[line.id, 30]])
            self.assertTrue(scores.get_marking(review_id)["reviews"])
        self.assertFalse(line.is_verified)
        for reason in (["x"], {"a": 1}, 5, "  ", "\x00"):
            answer = scores.save_marking(review.id, [[line.id, 20]], reason)
            self.assertEqual(answer["saved"], 0, "another figure needs a reason in words")
        self.assertEqual(scores.save_marking(review.id, [[line.id, 20]], "Đi trễ\x00")["saved"], 1)
        self.assertEqual(line.mark_ids.reason, "Đi trễ")

    def test_a_line_the_recipient_does_not_score(self):
        self.line.is_marked_only = True
        review = self.open_marking(self.employee_sub, submit=False)
        line = self.get_lines(review)
        self.assertFalse(line._is_missing())
        with self.assertRaises(UserError):
            line.with_user(self.user_officer).self_points = 30
        self.assertFalse(
            self.mark(self.user_council, review, [(line, 26)])["errors"], "no figure stood there"
        )
        self.assertFalse(line.mark_ids.reason)
        work = self.get_lines(review, "Hoàn thành nhiệm vụ").with_user(self.user_officer)
        work.actual_value = 100
        sheet = review.evaluation_ids.with_user(self.user_officer)
        sheet.action_submit()
        sheet.action_verify()
        self.assertEqual(sheet.verified_total, 96)

    def test_a_set_with_a_line_nobody_marks_is_not_launched(self):
        other = self.sheet.criterion_ids.filtered(lambda line: line.name == "Hoàn thành nhiệm vụ")
        other.is_marked_only = True
        self.assertIn(other.name, self.sheet._get_cannot_use_reason()[self.sheet.id])

    def test_a_marker_who_left_stops_no_reminder_and_starts_no_campaign(self):
        review = self.open_marking(self.employee_sub)
        self.user_council.email = "hoidong@example.com"
        self.other_unit.manager_id = self.employee_council
        line = self.get_lines(review)
        self.mark(self.user_council, review, [(line, 30)])
        self.user_proposer.active = False
        self.env.flush_all()
        told = self.remind(review, verify_deadline=True)
        self.assertNotIn(self.user_proposer, told)
        reasons = self.sheet._get_cannot_use_reason()
        self.assertIn("Kỷ luật", reasons[self.sheet.id], "its second stage would wait for ever")
        self.user_proposer.active = True
        self.assertFalse(self.sheet._get_cannot_use_reason())

    def test_markers_of_a_group_mark_all_below_and_go_with_a_copy(self):
        group = self.env["emulation.criterion"].create(
            {"set_id": self.sheet.id, "name": "Nhóm", "kind": "group"}
        )
        late = self.sheet.criterion_ids.filtered(lambda line: line.name == "Nộp muộn")
        late.parent_id = group
        self.give_markers(group, {"department_id": self.other_unit.id})
        self.campaign.with_user(self.user_officer).action_launch()
        own = self.campaign.individual_set_id
        stages = own.criterion_ids._get_stages()
        names = {own.criterion_ids.browse(key).name: list(found) for key, found in stages.items()}
        self.assertEqual(names, {"Kỷ luật": [1, 2], "Nộp muộn": [1]})

    def test_a_person_takes_over_in_a_set_in_use(self):
        self.campaign.with_user(self.user_officer).action_launch()
        sheet = self.campaign.individual_set_id
        marker = sheet.criterion_ids.marker_ids.filtered("user_id").with_user(self.user_officer)
        marker.user_id = self.user_council
        self.assertIn(self.user_council.name, sheet.message_ids[0].body)
        for vals in ({"stage": 3}, {"is_after_head": True}):
            with self.assertRaises(UserError):
                marker.write(vals)
        with self.assertRaises(UserError):
            marker.unlink()

    def test_the_officer_decides_where_a_marker_does_not(self):
        review = self.open_marking(self.employee_sub)
        line, sheet = self.get_lines(review), review.evaluation_ids.with_user(self.user_officer)
        sheet.action_verify()
        with self.assertRaises(UserError):
            line.with_user(self.user_officer).final_points = 25
        self.env["emulation.score.change.wizard"].with_user(self.user_officer).create(
            {"score_id": line.id, "new_points": 25, "reason": "Người chấm đi học dài hạn"}
        ).action_change()
        sheet.action_confirm()
        self.assertEqual((sheet.final_total, line.change_ids.reason), (95, "Người chấm đi học dài hạn"))

    def test_what_is_returned_is_marked_anew(self):
        review = self.open_marking(self.employee_sub)
        line = self.get_lines(review)
        self.mark(self.user_council, review, [(line, 28)], "Đi muộn")
        review.evaluation_ids.with_user(self.user_officer)._do_return("Thiếu minh chứng")
        self.assertEqual((line.marked_stage, len(line.mark_ids)), (0, 1), "the trail stays")
        self.fill(review.evaluation_ids, self.user_officer, discipline=29)
        self.assertEqual(self.count_waiting(self.user_council), 1)

    def remind(self, review, **deadlines):
        """Return {user: text of the mail} of the reminders of today."""
        today = fields.Date.context_today(review)
        review.write(dict.fromkeys(("verify_deadline", "confirm_deadline"), False))
        review.write(dict.fromkeys(deadlines, today))
        review._write_protected({"reminded_on": False})
        before = self.env["mail.mail"].search([]).ids
        self.env["emulation.review"]._cron_remind()
        mails = self.env["mail.mail"].search([("id", "not in", before)])
        return {mail.recipient_ids.user_ids: mail.body_html for mail in mails}

    def test_who_marks_is_reminded_when_its_turn_has_come(self):
        self.other_unit.manager_id = self.employee_council
        users = self.user_council | self.user_proposer | self.user_sub_head
        for user in users:
            user.email = f"{user.login}@example.com"
        review = self.open_marking(self.employee_sub, self.employee_portal)
        told = self.remind(review, verify_deadline=True)
        self.assertIn("2 to mark", told[self.user_council])
        self.assertIn("/odoo/emulation-marking", told[self.user_council])
        self.assertNotIn(self.user_proposer, told, "the office marks first")
        lines = self.get_lines(review)
        self.mark(self.user_council, review, [(line, 30) for line in lines])
        self.env.flush_all()
        told = self.remind(review, verify_deadline=True)
        self.assertNotIn(self.user_council, told)
        self.assertIn("2 to mark", told[self.user_proposer])
        lines.criterion_id.marker_ids.filtered("user_id")._with_seal().write({"is_after_head": True})
        self.assertNotIn(self.user_proposer, self.remind(review, verify_deadline=True))
        review.evaluation_ids[0].with_user(self.user_sub_head).action_verify()
        told = self.remind(review, confirm_deadline=True)
        self.assertIn("1 to mark", told[self.user_proposer])

    def test_reminding_many_markers_costs_what_two_do(self):
        def queries(count):
            campaign = self.new_campaign(f"Nhắc {count}")
            campaign.with_user(self.user_officer).action_launch()
            people = [self.new_employee(f"Người {count}.{number}", self.sub_unit) for number in range(count)]
            self.register(*people, campaign=campaign)
            review = self.open_round(campaign)
            for one in review.evaluation_ids:
                self.fill(one, self.user_officer)
            told = {}
            cost = self.count_queries(lambda: told.update(self.remind(review, verify_deadline=True)))
            self.assertIn(f"{count} to mark", told[self.user_council])
            return cost

        self.other_unit.manager_id = self.employee_council
        self.user_council.email = "hoidong@example.com"
        queries(1)
        self.assertEqual(queries(2), queries(22))

    def test_many_lines_cost_what_two_do(self):
        def queries(count):
            campaign = self.new_campaign(f"Phong trào {count}")
            campaign.with_user(self.user_officer).action_launch()
            people = [self.new_employee(f"Người {count}.{number}", self.sub_unit) for number in range(count)]
            self.register(*people, campaign=campaign)
            review = self.open_round(campaign)
            for sheet in review.evaluation_ids:
                self.fill(sheet, self.user_officer)
            lines = self.get_lines(review)
            self.env.flush_all()
            self.env.invalidate_all()
            scores = self.env["emulation.score"].with_user(self.user_council)
            # Twice: what a full cache dropped meanwhile is read once more.
            read = min(self.count_queries(lambda: scores.get_marking(review.id)) for _time in range(2))
            marks = [(line, 28) for line in lines]
            return read, self.count_queries(lambda: self.mark(self.user_council, review, marks, "Đi muộn"))

        queries(1)  # what is read once for all
        (few_read, few_saved), (many_read, many_saved) = queries(2), queries(22)
        self.assertEqual((few_read, few_saved), (many_read, many_saved))


@tagged("post_install", "-at_install")
class TestMarkingTour(MarkingCommon, HttpCase):
    def test_an_office_marks_units_with_the_keyboard(self):
        work = self.sheet.criterion_ids.filtered(lambda line: line.name == "Hoàn thành nhiệm vụ")
        self.give_markers(work, {"department_id": self.other_unit.id})
        self.user_council.lang = "vi_VN"
        review = self.open_marking(self.sub_unit, self.unit)
        self.start_tour("/odoo/emulation-marking", "hr_emulation_marking", login=self.user_council.login)
        found = {
            (line.evaluation_id.department_id.name, line.criterion_id.name): line.verified_points
            for line in review.evaluation_ids.score_ids
            if line.marked_stage
        }
        self.assertEqual(
            found,
            {
                ("Phòng Tổng hợp", "Hoàn thành nhiệm vụ"): 65.5,
                ("Phòng Tổng hợp", "Kỷ luật"): 28,
                ("Tổ Thi đua", "Hoàn thành nhiệm vụ"): 70,
                ("Tổ Thi đua", "Kỷ luật"): 27.25,
            },
        )
        self.assertEqual(
            set(review.evaluation_ids.score_ids.mark_ids.mapped("reason")), {"Theo báo cáo quý", False}
        )
