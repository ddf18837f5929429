"""The first screen: what waits for me, what of it is late, what comes; told as the lists it opens tell it."""

from datetime import timedelta

from freezegun import freeze_time
from lxml import etree
from odoo import fields
from odoo.tests import HttpCase, tagged

from ..campaign.test_unit_report import UnitReportCommon
from ..helpers.common import EmulationCommon
from ..helpers.document_common import DocumentCommon


@tagged("post_install", "-at_install")
class TestDesk(DocumentCommon):
    def desk(self, user):
        self.env.invalidate_all()
        return self.env["emulation.desk"].with_user(user).get_desk()

    def card(self, user, model):
        found = [card for card in self.desk(user)["waiting"] if card["model"] == model]
        return found[0] if found else None

    def test_every_model_that_waits_names_a_list_of_its_own_with_the_filter(self):
        kinds = self.env["emulation.desk"].with_user(self.user_admin)._get_kinds()  # who sees most
        self.assertGreaterEqual(len(kinds), 14)
        for records in kinds:
            with self.subTest(model=records._name):
                action = self.env.ref(records._turn_action)
                self.assertEqual(action.res_model, records._name)
                arch = etree.fromstring(records.get_view(view_type="search")["arch"])
                domains = [
                    node.get("domain") for node in arch.iter("filter") if node.get("name") == "my_turn"
                ]
                self.assertEqual(domains, ["[('is_my_turn', '=', True)]"])

    def test_an_administrator_has_a_desk_too(self):
        self.env["emulation.erasure"]._create_protected(
            [
                {
                    "employee_id": self.employee_sub.id,
                    "user_id": self.user_proposer.id,
                    "company_id": self.company.id,
                }
            ]
        )
        self.assertEqual(self.card(self.user_admin, "emulation.erasure")["count"], 1)
        self.assertFalse(self.card(self.user_officer, "emulation.erasure"))

    def test_nothing_waits_for_who_has_no_part(self):
        self.new_lines(2, state="submitted")
        self.assertFalse(self.card(self.user_other_head, "emulation.commendation"))

    def test_dossiers_wait_for_the_officer_and_are_counted_as_the_list_counts(self):
        before = self.card(self.user_officer, "emulation.commendation")
        self.new_lines(3, state="endorsed")
        card = self.card(self.user_officer, "emulation.commendation")
        self.assertEqual(card["count"] - (before or {"count": 0})["count"], 3)
        listed = self.env["emulation.commendation"].with_user(self.user_officer)
        self.assertEqual(card["count"], listed.search_count([("is_my_turn", "=", True)]))
        self.assertEqual(card["action"]["context"], {"search_default_my_turn": 1})

    def test_the_number_in_the_bar_is_the_sum_of_the_cards(self):
        self.new_lines(3, state="endorsed")
        cards = self.desk(self.user_officer)["waiting"]
        count = self.env["emulation.desk"].with_user(self.user_officer).get_waiting()
        self.assertEqual(count, sum(card["count"] for card in cards))

    def test_a_deadline_of_the_law_comes_then_waits_then_is_late(self):
        self.company.emulation_agency_kind_id = self.env.ref("hr_emulation.agency_province")
        rule = self.env.ref("hr_emulation.deadline_statistics")
        (self.env["emulation.deadline.rule"].search([]) - rule).active = False
        with freeze_time("2026-11-20"):
            self.env["emulation.deadline"]._create_missing()
            coming = [row for row in self.desk(self.user_officer)["coming"] if row["name"] == rule.name]
            self.assertEqual([(row["date"], row["days"]) for row in coming], [("2026-12-15", 25)])
            self.assertFalse(self.card(self.user_officer, "emulation.deadline"))
        with freeze_time("2026-12-20"):
            card = self.card(self.user_officer, "emulation.deadline")
            self.assertEqual((card["count"], card["late"]), (1, 1))
            coming = [row["name"] for row in self.desk(self.user_officer)["coming"]]
            self.assertNotIn(rule.name, coming, "what is past does not come")

    def test_an_evening_in_the_office_is_the_day_of_the_office(self):
        self.user_officer.sudo().tz = "Asia/Ho_Chi_Minh"
        council = self.env["emulation.council"].create({"name": "Hội đồng", "company_id": self.company.id})
        self.env["emulation.session"].create({"council_id": council.id, "date_start": "2026-12-01 18:00:00"})
        with freeze_time("2026-12-01 20:00:00"):  # 3 o'clock on 2 December
            days = [
                row["date"]
                for row in self.desk(self.user_officer)["coming"]
                if row["model"] == "emulation.session"
            ]
            self.assertEqual(days, ["2026-12-02"])

    def test_the_year_at_a_glance_counts_the_sessions_that_come(self):
        """Not one that was called off, and the last day too, as on the first screen."""
        council = self.env["emulation.council"].create({"name": "Hội đồng", "company_id": self.company.id})
        today = fields.Date.context_today(self.user_officer.with_user(self.user_officer))
        sessions = self.env["emulation.session"].create(
            [
                {"council_id": council.id, "date_start": f"{today + timedelta(days=days)} 02:00:00"}
                for days in (5, 6, 10, 30, 31)
            ]
        )
        sessions[:2]._write_protected({"state": "cancelled"})
        overview = self.env["emulation.overview"].with_user(self.user_officer).get_overview()
        (count,) = (
            figure["value"]
            for block in overview["blocks"]
            for figure in block["figures"]
            if figure["label"] == "Council sessions in the next 30 days"
        )
        rows = self.desk(self.user_officer)["coming"]
        coming = [row["id"] for row in rows if row["model"] == "emulation.session"]
        self.assertEqual((count, coming), (2, sessions[2:4].ids))

    def test_what_comes_stays_short_and_near(self):
        today = fields.Date.context_today(self.env.user)
        self.company.emulation_agency_kind_id = self.env.ref("hr_emulation.agency_province")
        rule = self.env.ref("hr_emulation.deadline_statistics")
        self.env["emulation.deadline"].with_user(self.user_officer).create(
            [
                {"rule_id": rule.id, "company_id": self.company.id, "date": today + timedelta(days=day)}
                for day in range(-5, 60)
            ]
        )
        rows = self.desk(self.user_officer)["coming"]
        self.assertEqual(len(rows), 12)
        self.assertEqual(rows, sorted(rows, key=lambda row: row["days"]))
        self.assertTrue(all(0 <= row["days"] <= 30 for row in rows))

    def test_the_desk_costs_the_same_for_many(self):
        def count():
            return self.count_queries(lambda: self.desk(self.user_officer))

        self.new_lines(2, state="endorsed")
        count()
        few = count()
        self.new_lines(22, state="endorsed")
        self.assertEqual(count(), few)


@tagged("post_install", "-at_install")
class TestDeskOfHeads(UnitReportCommon):
    """Sheets of open rounds and reports that are owed wait for the head, the late ones marked."""

    def card(self, model):
        self.env.invalidate_all()
        cards = self.env["emulation.desk"].with_user(self.user_head).get_desk()["waiting"]
        return next((card for card in cards if card["model"] == model), {"count": 0, "late": 0})

    def test_sheets_of_a_round_that_is_not_open_wait_for_nobody(self):
        self.register(self.employee_sub)
        review = self.open_round()
        sheet = review.evaluation_ids
        sheet._write_protected({"state": "submitted"})
        review.verify_deadline = self.today - timedelta(days=1)
        mine = sheet.with_user(self.user_head)
        for state, count in (("open", 1), ("draft", 0), ("closed", 0)):
            review._write_protected({"state": state})
            card = self.card("emulation.evaluation")
            self.assertEqual((card["count"], card["late"]), (count, count), state)
            self.assertEqual(mine.is_my_turn, bool(count), state)

    def test_an_owed_report_waits_for_its_unit_and_is_late_after_its_day(self):
        self.new_round(self.unit, due=40)
        self.assertFalse(self.card("emulation.unit.report")["count"], "there is time")
        near = self.new_round(self.unit, due=5)
        late = self.new_round(self.unit, due=-1)
        card = self.card("emulation.unit.report")
        self.assertEqual((card["count"], card["late"]), (2, 1))
        reports = (near | late).report_ids.with_user(self.user_head)
        self.assertEqual(reports.mapped("is_my_turn"), [True, True])
        self.assertFalse(any(reports.with_user(self.user_other_head).mapped("is_my_turn")))


@tagged("post_install", "-at_install")
class TestDeskTour(HttpCase, EmulationCommon):
    def test_from_the_number_to_the_list(self):
        employees = self.env["hr.employee"].create(
            [
                {"name": f"Người {number}", "department_id": self.sub_unit.id, "company_id": self.company.id}
                for number in range(3)
            ]
        )
        records = self.env["emulation.commendation"].with_user(self.user_proposer)
        records = records.create([self.prepare_commendation(employee) for employee in employees])
        self.walk(records, "submitted")
        self.user_head.sudo().lang = "vi_VN"
        self.start_tour("/odoo/emulation-desk", "hr_emulation_desk", login=self.user_head.login)

    def test_each_role_is_shown_around_its_own_screens(self):
        desk = self.env["emulation.desk"]
        for user, guide in (
            (self.user_officer, "officer"),
            (self.user_council, "council"),
            (self.user_head, "staff"),
        ):
            with self.subTest(user.login):
                name = f"hr_emulation_guide_{guide}"
                self.assertEqual(desk.with_user(user)._get_guide(), name)
                self.start_tour("/odoo/emulation-desk", name, login=user.login)

    def test_a_guide_begins_on_the_desk_and_nothing_follows_it(self):
        begin = """
            document.querySelector(".o_emulation_desk_guide").click();
            const end = Date.now() + 20000;
            const { user } = odoo.loader.modules.get("@web/core/user");
            const { orm } = odoo.__WOWL_DEBUG__.root.env.services;
            const look = async () => {
                const [{ tour_enabled: goesOn }] = await orm.read("res.users", [user.userId], ["tour_enabled"]);
                if (document.querySelector(".o_tour_pointer") && !goesOn) {
                    console.log("test successful");
                } else if (Date.now() > end) {
                    console.error(goesOn ? "Odoo's tours stay on" : "no pointer");
                } else {
                    setTimeout(look, 100);
                }
            };
            look();
        """
        ready = "odoo.isReady && !!document.querySelector('.o_emulation_desk_guide')"
        self.browser_js("/odoo/emulation-desk", begin, ready, login=self.user_officer.login)
