"""The views that figures are counted from: right figures, and only of what one may read."""

import json
from datetime import date, timedelta

from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..helpers.campaign_common import CampaignCommon


@tagged("post_install", "-at_install")
class TestReporting(CampaignCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.state_award = cls.new_award("TEST-NN", level="state")
        cls.items = cls.env["emulation.commendation"]
        for recipient, state, award in (
            (cls.employee_sub, "draft", cls.award),
            (cls.employee_unit, "submitted", cls.award),
            (cls.employee_other, "endorsed", cls.award),
            (cls.employee_sub, "appraised", cls.state_award),
            (cls.employee_unit, "granted", cls.state_award),
            (cls.employee_proposer, "granted", cls.award),
            (cls.employee_proposer, "rejected", cls.state_award),
        ):
            cls.items |= cls.new_commendation(recipient, award=award, state=state)
        cls.env.flush_all()

    def report(self, name, user=None):
        return self.read_as(user or self.user_officer, f"emulation.report.{name}")

    def read_as(self, user, model):
        own = self.env[model].with_user(user)
        return own.with_context(allowed_company_ids=user.company_ids.ids)

    # ------------------------------------------------------------------
    # Who sees what
    # ------------------------------------------------------------------

    def get_users(self):
        names = (
            "proposer",
            "sub_head",
            "head",
            "other_head",
            "council",
            "officer",
            "admin",
            "foreign_officer",
        )
        return [getattr(self, f"user_{name}") for name in names]

    def check_same_rows(self, report, source, domain=()):
        for user in self.get_users():
            with self.subTest(user=user.login):
                expected = self.read_as(user, source).search(list(domain))
                self.assertEqual(set(self.report(report, user).search([]).ids), set(expected.ids))

    def test_commendations_are_those_one_may_read(self):
        self.check_same_rows("commendation", "emulation.commendation")

    def test_steps_are_those_of_the_commendations_one_may_read(self):
        for user in self.get_users():
            with self.subTest(user=user.login):
                readable = self.read_as(user, "emulation.commendation").search([])
                steps = self.report("step", user).search([])
                self.assertLessEqual(set(steps.sudo().commendation_id.ids), set(readable.ids))

    def test_registrations_and_sheets_are_those_one_may_read(self):
        self.campaign.with_user(self.user_officer).action_launch()
        self.register(self.employee_sub, self.employee_other, self.other_unit)
        self.open_round()
        self.env.flush_all()
        self.check_same_rows("participation", "emulation.participation")
        self.check_same_rows("evaluation", "emulation.evaluation")
        self.assertEqual(len(self.report("evaluation").search([("campaign_id", "=", self.campaign.id)])), 3)

    def test_officers_fields_are_the_officers(self):
        self.assertNotIn("sex", self.report("commendation", self.user_head).fields_get())
        self.assertNotIn("finding_state", self.report("commendation", self.user_head).fields_get())
        self.assertIn("sex", self.report("commendation").fields_get())

    # ------------------------------------------------------------------
    # Right figures
    # ------------------------------------------------------------------

    def count(self, query, *params):
        """Return rows of a query written apart from the code under test."""
        self.env.cr.execute(query, params)
        return dict(self.env.cr.fetchall())

    def test_awards_by_level(self):
        groups = self.report("commendation")._read_group(
            [("state", "=", "granted"), ("company_id", "=", self.company.id)], ["level"], ["__count"]
        )
        expected = self.count(
            "SELECT level, COUNT(*) FROM emulation_award a, emulation_commendation c"
            " WHERE a.id = c.award_id AND state = 'granted' AND c.company_id = %s GROUP BY level",
            self.company.id,
        )
        self.assertEqual(dict(groups), expected)
        self.assertEqual(expected["state"], 1)

    def test_money(self):
        granted = self.items.filtered(lambda item: item.state == "granted")
        for amount, item in zip((1_000_000, 2_340_000), granted, strict=True):
            item._write_protected({"prize_amount": amount, "prize_state": "to_pay"})
        self.env.flush_all()
        groups = self.report("commendation")._read_group(
            [("id", "in", self.items.ids)], ["prize_state"], ["prize_amount:sum"]
        )
        expected = self.count(
            "SELECT prize_state, SUM(prize_amount) FROM emulation_commendation WHERE id = ANY(%s) GROUP BY 1",
            self.items.ids,
        )
        self.assertEqual(dict(groups)["to_pay"], 3_340_000)
        self.assertEqual(float(expected["to_pay"]), 3_340_000)
        granted[1]._write_protected({"state": "revoked", "prize_state": "to_return"})
        self.env.flush_all()
        sums = self.report("commendation")._read_group(
            [("id", "in", self.items.ids)], [], ["prize_amount:sum", "revoked_prize:sum"]
        )
        self.assertEqual(sums, [(1_000_000, 2_340_000)])

    def test_waiting_and_overdue(self):
        item = self.items.filtered(lambda item: item.state == "submitted")
        days = {3: "week", 7: "week", 8: "month", 30: "month", 31: "quarter", 91: "longer"}
        for ago, age in days.items():
            since = f"{date.today() - timedelta(days=ago)} 12:00:00"
            item._write_protected({"state_changed_on": since, "deadline": date.today() - timedelta(days=1)})
            self.env.flush_all()
            row = self.report("commendation").browse(item.id)
            row.invalidate_recordset()
            with self.subTest(days=ago):
                self.assertRecordValues(row, [{"waiting_days": ago, "waiting_age": age, "is_overdue": True}])
        granted = self.items.filtered(lambda item: item.state == "granted")[0]
        granted._write_protected({"deadline": date.today() - timedelta(days=1)})
        self.env.flush_all()
        self.assertRecordValues(
            self.report("commendation").browse(granted.id),
            [{"waiting_days": 0, "waiting_age": False, "is_overdue": False}],
        )

    def test_days_of_vietnam(self):
        """What was handed in at 23:30 in Hà Nội counts for that day, what came at 00:30 for the next."""
        item = self.items.filtered(lambda item: item.state == "granted")[0]
        for moment, days in (("2026-03-09 16:30:00", 2), ("2026-03-09 17:30:00", 1)):
            item._write_protected({"submitted_on": moment, "granted_date": "2026-03-11"})
            self.env.flush_all()
            self.env.invalidate_all()
            with self.subTest(moment=moment):
                self.assertEqual(self.report("commendation").browse(item.id).days_to_decide, days)

    def test_time_at_each_step(self):
        item = self.items.filtered(lambda item: item.state == "granted")[0]
        item._write_protected(
            {
                "submitted_on": "2026-03-02 03:00:00",
                "endorsed_on": "2026-03-04 03:00:00",
                "appraised_on": "2026-03-09 03:00:00",
                "granted_date": "2026-03-20",
                "needs_endorsement": True,
            }
        )
        self.env.flush_all()
        steps = self.report("step").search([("commendation_id", "=", item.id)], order="date_from")
        self.assertEqual(
            steps.mapped(lambda step: (step.step, step.days, step.is_open)),
            [("unit", 2, False), ("officer", 5, False), ("decision", 11, False)],
        )

    def test_a_step_that_is_over_is_not_open(self):
        """A rejected proposal waits for nobody."""
        item = self.items.filtered(lambda item: item.state == "rejected")
        self.assertFalse(
            self.report("step").search([("commendation_id", "=", item.id), ("is_open", "=", True)])
        )
        waiting = self.items.filtered(lambda item: item.state == "submitted")
        found = self.report("step").search([("commendation_id", "=", waiting.id), ("is_open", "=", True)])
        self.assertEqual(found.step, "unit" if waiting.needs_endorsement else "officer")

    def test_leaders_and_workers(self):
        rows = self.report("commendation").browse(self.items.ids)
        heads = self.env["hr.department"].search([]).manager_id
        for row in rows:
            with self.subTest(row=row.recipient_name):
                self.assertEqual(row.standing, "leader" if row.employee_id in heads else "worker")

    def test_sheets(self):
        self.campaign.with_user(self.user_officer).action_launch()
        self.register(self.employee_sub, self.employee_unit)
        review = self.open_round()
        review.self_deadline = date.today() - timedelta(days=2)
        mine = review.evaluation_ids[0]
        self.fill(mine, self.user_officer)
        mine.with_user(self.user_officer).action_verify()
        mine.with_user(self.user_officer).action_confirm()
        self.env.flush_all()
        rows = self.report("evaluation").search([("review_id", "=", review.id)], order="id")
        self.assertRecordValues(
            rows,
            [
                {
                    "state": "confirmed",
                    "self_total": 100,
                    "final_total": 100,
                    "difference": 0,
                    "is_overdue": False,
                },
                {"state": "draft", "self_total": 0, "final_total": 0, "difference": 0, "is_overdue": True},
            ],
        )
        mean = self.report("evaluation")._read_group(
            [("review_id", "=", review.id)], [], ["final_total:avg", "__count"]
        )
        self.assertEqual(mean, [(100, 2)], "a sheet without points does not lower the mean")
        missing = self.report("participation")._read_group(
            [("campaign_id", "=", self.campaign.id)], [], ["missing_count:sum", "sheet_count:sum"]
        )
        self.assertEqual(missing, [(1, 2)])
        review._write_protected({"state": "closed"})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(rows.search([("review_id", "=", review.id), ("is_missing", "=", True)]))
        missing = self.report("participation")._read_group(
            [("campaign_id", "=", self.campaign.id)], [], ["missing_count:sum"]
        )
        self.assertEqual(missing, [(0,)], "nobody waits for the sheets of a closed round")

    # ------------------------------------------------------------------
    # Screens
    # ------------------------------------------------------------------

    def test_every_view_opens(self):
        menus = self.env["ir.ui.menu"].search(
            [("parent_id", "=", self.env.ref("hr_emulation.menu_emulation_reporting").id)]
        )
        self.assertGreaterEqual(len(menus), 7)
        for action in menus.mapped("action"):
            if action._name != "ir.actions.act_window":
                continue
            model = self.env[action.res_model].with_user(self.user_officer)
            for _view, mode in action.views:
                with self.subTest(action=action.name, mode=mode):
                    self.assertTrue(model.get_view(view_type=mode)["arch"])

    def test_a_row_opens_its_record(self):
        item = self.items[1]
        action = self.report("commendation").browse(item.id).action_open_source()
        self.assertEqual((action["res_model"], action["res_id"]), ("emulation.commendation", item.id))
        step = self.report("step").search([("commendation_id", "=", item.id)], limit=1)
        self.assertEqual(step.action_open_source()["res_id"], item.id)


@tagged("post_install", "-at_install")
class TestListHead(CampaignCommon):
    """Counts above a list: each is the number of rows its filter shows, to whoever looks."""

    def get_counts(self, model, user):
        cards = self.env[model].with_user(user).get_list_head()
        self.assertEqual([card["name"] for card in cards], list(self.env[model]._head_filters))
        self.assertTrue(all(card["label"] for card in cards))
        return {card["name"]: card["count"] for card in cards}

    def test_commendations(self):
        items = [
            self.new_commendation(self.employee_sub, state="submitted"),
            self.new_commendation(self.employee_unit, state="endorsed"),
            self.new_commendation(self.employee_other, state="granted"),
            self.new_commendation(self.employee_other, state="granted"),
        ]
        items[0]._write_protected({"deadline": date.today() - timedelta(days=1)})
        items[1]._write_protected({"state_changed_on": f"{date.today() - timedelta(days=40)} 03:00:00"})
        items[2]._write_protected({"granted_date": date.today()})
        items[3]._write_protected({"granted_date": date(date.today().year + 1, 1, 1)})
        self.env.flush_all()
        counts = self.get_counts("emulation.commendation", self.user_officer)
        officer = self.env["emulation.commendation"].with_user(self.user_officer)
        for name in ("submitted", "endorsed", "appraised"):
            self.assertEqual(counts[name], officer.search_count([("state", "=", name)]))
        self.assertEqual((counts["late"], counts["stuck"], counts["granted_year"]), (1, 1, 1))
        self.assertEqual(counts["my_turn"], len(officer.search([]).filtered("is_my_turn")))
        other = self.get_counts("emulation.commendation", self.user_other_head)
        self.assertEqual(other["submitted"], 0, "a head counts what is of the own units")

    def test_campaigns(self):
        self.campaign.with_user(self.user_officer).action_launch()
        self.register(self.employee_sub, self.employee_unit)
        before = self.get_counts("emulation.campaign", self.user_officer)
        review = self.open_round()
        review.confirm_deadline = date.today() - timedelta(days=1)
        self.env.flush_all()
        after = self.get_counts("emulation.campaign", self.user_officer)
        self.assertEqual(after["missing"] - before["missing"], 1, "campaigns, not sheets")
        labels = {card["name"]: card["label"] for card in self.env["emulation.campaign"].get_list_head()}
        figures = self.env["emulation.overview"].with_user(self.user_officer).get_overview()["blocks"]
        sheets = [figure["label"] for block in figures for figure in block["figures"]]
        self.assertNotIn(labels["missing"], sheets, "one label, one number")
        self.assertEqual(after["overdue"] - before["overdue"], 1)
        self.assertEqual(after["running"], before["running"])

    def test_labels_follow_the_user(self):
        self.user_officer.lang = "vi_VN"
        head = self.env["emulation.campaign"].with_user(self.user_officer).with_context(lang="vi_VN")
        self.assertIn("Đang diễn ra", [card["label"] for card in head.get_list_head()])


@tagged("post_install", "-at_install", "is_tour")
class TestListHeadTour(CampaignCommon, HttpCase):
    def test_a_click_filters(self):
        self.new_commendation(self.employee_sub, state="submitted")
        self.new_commendation(self.employee_unit, state="draft", user=self.user_officer)
        self.start_tour(
            "/odoo/emulation-commendations", "hr_emulation_list_head", login=self.user_officer.login
        )


@tagged("post_install", "-at_install", "is_tour")
class TestListHeadOnAPhone(CampaignCommon, HttpCase):
    """Odoo shows cards there in place of rows."""

    browser_size = "390x844"
    touch_enabled = True

    def test_a_touch_filters(self):
        self.new_commendation(self.employee_sub, state="submitted")
        self.new_commendation(self.employee_unit, state="draft", user=self.user_officer)
        page, login = "/odoo/emulation-commendations", self.user_officer.login
        self.start_tour(page, "hr_emulation_list_head_phone", login=login)


@tagged("post_install", "-at_install")
class TestCsv(CampaignCommon, HttpCase):
    """Any list an officer sees may be taken out as CSV; whoever only works here takes none."""

    def ask(self, user):
        self.authenticate(user.login, user.login)
        fields = [{"name": "recipient_name", "label": "Tên"}]
        asked = {"model": "emulation.commendation", "fields": fields, "ids": self.line.ids, "domain": []}
        asked |= {"import_compat": False, "context": {}}
        token = Request.csrf_token(self)
        return self.url_open("/web/export/csv", data={"data": json.dumps(asked), "csrf_token": token})

    def test_officers_take_lists_out(self):
        self.line = self.new_commendation(self.employee_sub, state="submitted")
        self.line._write_protected({"recipient_name": "Nguyễn Thị Ánh"})
        answer = self.ask(self.user_officer)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("Nguyễn Thị Ánh", answer.content.decode())
        with mute_logger("odoo.http", "odoo.addons.web.controllers.export"):
            self.assertNotEqual(self.ask(self.user_head).status_code, 200)
