"""The years of a person and of a unit at a glance: what was recorded, to whoever may read it."""

from odoo.tests import tagged

from ...models.mixin.years_glance import read_years
from ..helpers.campaign_common import CampaignCommon


@tagged("post_install", "-at_install")
class TestYears(CampaignCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        ratings = [(2023, "good"), (2024, "excellent")]
        cls.env["emulation.rating"].create(
            [{"employee_id": cls.employee_sub.id, "year": year, "rating": rating} for year, rating in ratings]
        )

    def score(self):
        """Confirm a final sheet of 95 points for 2025."""
        self.campaign.with_user(self.user_officer).action_launch()
        self.register(self.employee_sub, self.other_unit)
        sheets = self.open_round().evaluation_ids
        for sheet, discipline in zip(sheets, (25, 28), strict=True):
            self.fill(sheet, self.user_officer, discipline=discipline)
        sheets.with_user(self.user_officer).action_verify()
        sheets.with_user(self.user_officer).action_confirm()
        self.env.flush_all()

    def read(self, user, record, field="employee_id"):
        env = self.env(user=user.id, context={"allowed_company_ids": user.company_ids.ids})
        return read_years(env, field, record.ids).get(record.id, {})

    def test_ratings_points_and_awards_of_each_year(self):
        self.score()
        self.new_commendation(self.employee_sub, state="granted")
        self.assertEqual(
            self.read(self.user_officer, self.employee_sub),
            {
                2023: {"rating": "good", "points": None, "awards": 0},
                2024: {"rating": "excellent", "points": None, "awards": 0},
                2025: {"rating": False, "points": 95, "awards": 1},
            },
        )
        unit = self.read(self.user_officer, self.other_unit, "department_id")
        self.assertEqual(unit, {2025: {"rating": False, "points": 98, "awards": 0}})

    def test_what_is_revoked_does_not_count(self):
        self.new_commendation(self.employee_sub, state="revoked")
        self.assertNotIn(2025, self.read(self.user_officer, self.employee_sub))

    def test_a_colleague_sees_the_awards_only(self):
        self.score()
        self.new_commendation(self.employee_sub, state="granted")
        self.assertEqual(
            self.read(self.user_other_head, self.employee_sub),
            {2025: {"rating": False, "points": None, "awards": 1}},
        )
        self.assertEqual(set(self.read(self.user_head, self.employee_sub)), {2023, 2024, 2025})

    def test_the_screens(self):
        self.score()
        for record, user in (
            (self.employee_sub, self.user_officer),
            (self.env["hr.employee.public"].browse(self.employee_sub.id), self.user_head),
            (self.other_unit, self.user_officer),
        ):
            html = record.with_user(user).emulation_years_html
            with self.subTest(model=record._name):
                self.assertIn("<th>2025</th>", html)
                self.assertIn("progress-bar", html)
        self.assertFalse(self.employee_other.with_user(self.user_officer).emulation_years_html)
        arch = self.env["hr.department"].with_user(self.user_officer).get_view(view_type="form")["arch"]
        self.assertIn("emulation_years_html", arch)

    def test_it_costs_the_same_for_many(self):
        def cost(number):
            people = self.env["hr.employee"]
            for index in range(number):
                people |= self.new_employee(f"Người thứ {index}", self.sub_unit)
            self.env["emulation.rating"].create(
                [{"employee_id": person.id, "year": 2025, "rating": "good"} for person in people]
            )
            shown = self.env["hr.employee.public"].with_user(self.user_officer).browse(people.ids)
            return self.count_queries(lambda: shown.read(["emulation_years_html"]))

        few, more = cost(2), cost(22)
        self.assertLessEqual(more, few + 2, f"2: {few} queries, 22: {more}")
