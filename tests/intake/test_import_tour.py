from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..helpers.import_common import ImportCommon


@tagged("post_install", "-at_install", "is_tour")
class TestImportTour(ImportCommon, HttpCase):
    def test_from_the_file_to_a_judged_proposal(self):
        self.user_officer.lang = "vi_VN"
        award = self.new_award("TEST-CAO")
        rule = award.rule_ids.filtered(lambda rule: rule.rulebook_id == self.rulebook)
        rule.requirement_ids = [
            Command.create(
                {
                    "name": "Hai lần Lao động tiên tiến",
                    "kind": "prior_award",
                    "award_ids": self.ldtt.ids,
                    "count": 2,
                    "years": 3,
                    "consecutive": True,
                }
            )
        ]
        self.company.emulation_awards_since = 2015
        proposal = self.new_commendation(self.employee_sub, self.user_officer, award=award)
        login = self.user_officer.login
        self.start_tour("/odoo/emulation-imports", "hr_emulation_import", login=login)
        self.env.invalidate_all()
        self.assertEqual(len(self.get_granted(self.employee_sub)), 2)
        self.assertEqual(self.get_granted(self.employee_other).award_id, self.cstdcs)
        self.start_tour(
            f"/odoo/emulation-commendations/{proposal.id}", "hr_emulation_import_judged", login=login
        )
        self.env.invalidate_all()
        self.assertEqual(proposal.finding_state, "met")
