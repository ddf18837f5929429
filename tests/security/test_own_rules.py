"""Rules about "mine" and "of my units" compare ids: no record is joined with every employee of the province."""

from odoo.tests import tagged

from ..helpers.common import EmulationCommon

MODELS = (
    "emulation.participation",
    "emulation.evaluation",
    "emulation.score",
    "emulation.score.change",
    "emulation.achievement",
    "emulation.rating",
    "emulation.commendation",
    "emulation.granted",
    "emulation.achievement.report",
    "emulation.report.commendation",
    "emulation.report.step",
    "emulation.report.participation",
    "emulation.report.evaluation",
    "emulation.commendation.paper",
    "emulation.target",
    "emulation.target.progress",
)
JOINED = ("hr_employee", "hr_department", "hr_version", "res_company")


@tagged("post_install", "-at_install", "security")
class TestOwnRules(EmulationCommon):
    def test_no_join_with_people_units_or_companies(self):
        for model in MODELS:
            for user in (self.user_proposer, self.user_head, self.user_council):
                query = self.env[model].with_user(user)._search([], order="id")
                text = query.select().code
                with self.subTest(model=model, user=user.login):
                    self.assertFalse([table for table in JOINED if f'"{table}"' in text], text)

    def test_as_many_queries_whatever_one_heads(self):
        def look():
            self.env["emulation.commendation"].with_user(self.user_head).search([])

        self.new_commendation(self.employee_sub, state="submitted")
        look()
        few = self.count_queries(look)
        for number in range(22):
            self.new_commendation(self.new_employee(f"Người {number}", self.sub_unit), state="submitted")
        look()
        self.assertEqual(self.count_queries(look), few)

    def test_in_memory_as_in_the_database(self):
        records = self.new_commendation(self.employee_proposer, state="submitted") | self.new_commendation(
            self.employee_other, state="granted"
        )
        self.env.flush_all()
        granted = self.env["emulation.granted"].browse(records[1].id)
        for user in (self.user_proposer, self.user_head, self.user_other_head):
            for mine, names in ((records, ()), (granted, ("is_shown_to_all",))):
                for name in ("is_about_me", "is_of_my_units", *names):
                    with self.subTest(user=user.login, model=mine._name, field=name):
                        seen = mine.with_user(user).sudo()
                        found = seen.search([("id", "in", seen.ids), (name, "=", True)])
                        self.assertEqual(seen.filtered(name), found)
