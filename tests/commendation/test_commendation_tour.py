from odoo.tests import HttpCase, tagged

from ..helpers.common import EmulationCommon


@tagged("post_install", "-at_install", "is_tour")
class TestCommendationTour(EmulationCommon, HttpCase):
    def test_unit_head_clears_fifty_proposals_by_keyboard(self):
        employees = self.env["hr.employee"].create(
            [
                {
                    "name": f"Người thứ {number:02}",
                    "department_id": self.sub_unit.id,
                    "company_id": self.company.id,
                }
                for number in range(49)
            ]
        )
        employees |= self.employee_sub_head
        records = (
            self.env["emulation.commendation"]
            .with_user(self.user_proposer)
            .create([self.prepare_commendation(employee) for employee in employees])
        )
        self.walk(records, "submitted")
        records.sudo()[:2]._do_endorse()  # the head above was quicker
        self.env.flush_all()
        login = self.user_sub_head.login
        self.start_tour("/odoo/emulation-commendations", "hr_emulation_unit_head", login=login)
        self.env.invalidate_all()
        counts = {state: len(group) for state, group in records.with_env(self.env).grouped("state").items()}
        self.assertEqual(counts, {"endorsed": 49, "submitted": 1})
        self.assertEqual(
            records.filtered(lambda r: r.state == "submitted").employee_id, self.employee_sub_head
        )
