"""What an agency sets up first: a list that ticks itself, each step with the screen where it is done."""

from odoo.tests import HttpCase, tagged

from ..helpers.common import EmulationCommon
from ..helpers.document_common import DocumentCommon


def get_steps(user, company=None):
    env = user.env(user=user.id)
    if company:
        env = user.with_user(user).with_company(company).env
    return {step["key"]: step for step in env["emulation.first.steps"].get_steps()}


@tagged("post_install", "-at_install")
class TestFirstSteps(DocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.empty = cls.env["res.company"].create({"name": "Sở mới"})
        cls.user_officer.sudo().company_ids += cls.empty

    def new_head(self, name, unit):
        values = {"name": name, "department_id": unit.id, "company_id": self.empty.id}
        return self.env["hr.employee"].create(values)

    def done(self, company=None):
        self.env.invalidate_all()
        steps = get_steps(self.user_officer, company or self.empty)
        return {key for key, step in steps.items() if step["done"]}

    def test_an_empty_agency_has_everything_before_it(self):
        shared = (
            {"criteria"}
            if self.env["emulation.criterion.set"].search([("company_id", "=", False)])
            else set()
        )
        doubts = self.env["emulation.installation"]._get_open_doubts()
        self.assertEqual(self.done(), shared | (set() if doubts else {"address"}))

    def test_each_step_ticks_itself(self):
        def tick(key, change):
            self.assertNotIn(key, self.done())
            change()
            self.assertIn(key, self.done())

        company, env = self.empty, self.env
        kind = env.ref("hr_emulation.agency_province")
        tick(
            "agency",
            lambda: company.write({"emulation_agency_kind_id": kind.id, "emulation_head_title": "Giám đốc"}),
        )
        tick(
            "letterhead",
            lambda: company.write(
                {
                    "emulation_document_symbol": "SM",
                    "city": "Lai Châu",
                    "emulation_parent_agency": "UBND tỉnh",
                }
            ),
        )
        unit = env["hr.department"].create({"name": "Phòng mới", "company_id": company.id})
        self.assertNotIn("units", self.done(), "a unit without a head")
        head = self.new_head("Người Đứng Đầu", unit)
        head.user_id = self.user_officer
        tick("head", lambda: company.write({"emulation_head_id": head.id}))
        tick("units", lambda: unit.write({"manager_id": head.id}))
        tick("since", lambda: company.write({"emulation_awards_since": 2015}))
        tick(
            "campaign",
            lambda: (
                env["emulation.campaign"]
                .create(
                    {
                        "name": "Phong trào đầu tiên",
                        "company_id": company.id,
                        "date_start": "2026-01-01",
                        "date_end": "2026-12-31",
                    }
                )
                ._write_protected({"state": "launched"})
            ),
        )
        council = env["emulation.council"].create({"name": "Hội đồng", "company_id": company.id})
        people = [self.new_head(f"Ủy viên {number}", unit) for number in range(3)]
        tick(
            "council",
            lambda: env["emulation.council.member"].create(
                [{"council_id": council.id, "employee_id": person.id} for person in people]
            ),
        )

    def test_a_head_without_a_login_is_counted_as_missing(self):
        units = self.env["hr.department"].create(
            [{"name": f"Phòng {number}", "company_id": self.empty.id} for number in range(2)]
        )
        head = self.new_head("Không Tài Khoản", units[0])
        units[0].manager_id = head
        step = get_steps(self.user_officer, self.empty)["units"]
        self.assertFalse(step["done"])
        self.assertIn("0", step["detail"])
        self.assertIn("2", step["detail"])

    def test_what_only_an_administrator_may_has_no_button_for_an_officer(self):
        step = get_steps(self.user_officer, self.empty)["agency"]
        self.assertFalse(step["action"])
        self.assertTrue(step["detail"])
        self.user_officer.sudo().group_ids += self.env.ref("base.group_system")
        step = get_steps(self.user_officer, self.empty)["agency"]
        self.assertEqual(step["action"], "hr_emulation.emulation_settings_action")

    def test_nobody_but_officers_is_shown_it(self):
        for user in (self.user_head, self.user_proposer, self.user_council):
            self.assertEqual(get_steps(user), {})
            self.assertFalse(self.env["emulation.desk"].with_user(user).get_desk()["steps"])

    def test_the_desk_leads_there_until_the_first_decision(self):
        def steps():
            self.env.invalidate_all()
            return self.env["emulation.desk"].with_user(self.user_officer).get_desk()["steps"]

        progress = steps()
        self.assertEqual(progress["all"], len(get_steps(self.user_officer)))
        self.issue(self.new_decision(self.new_lines(1), issue_date="2026-01-05"))
        self.assertFalse(steps())

    def test_it_costs_the_same_for_many_units(self):
        def add(count):
            units = self.env["hr.department"].create(
                [{"name": f"Phòng {number}", "company_id": self.empty.id} for number in range(count)]
            )
            self.env.flush_all()
            return units

        def count():
            self.env.invalidate_all()
            return self.count_queries(lambda: get_steps(self.user_officer, self.empty))

        add(2)
        count()
        few = count()
        add(22)
        self.assertEqual(count(), few)

    def test_every_screen_of_a_step_is_there(self):
        for step in get_steps(self.user_officer).values():
            if step["action"]:
                self.assertTrue(self.env.ref(step["action"]))

    def test_every_empty_list_says_what_belongs_there(self):
        own = self.env["ir.model.data"].search(
            [("module", "=", "hr_emulation"), ("model", "=", "ir.actions.act_window")]
        )
        silent = [
            action.xml_id
            for action in self.env["ir.actions.act_window"].browse(own.mapped("res_id"))
            if action.view_mode.startswith(("list", "kanban")) and action.target != "new" and not action.help
        ]
        self.assertEqual(silent, [])


@tagged("post_install", "-at_install")
class TestFirstStepsTour(HttpCase, EmulationCommon):
    def test_from_the_desk_to_the_first_step(self):
        self.user_officer.sudo().lang = "vi_VN"
        self.start_tour("/odoo/emulation-desk", "hr_emulation_first_steps", login=self.user_officer.login)
