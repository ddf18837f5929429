"""What ARCHITECTURE.md promises to a newcomer: each example, as it stands there, does what its heading says."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools.translate import LazyGettext, code_translations

from ...engine import reason
from ...engine.eligibility.kinds import KINDS
from ...models.mixin.reason import tell
from ...models.rulebook.finding_texts import describe_findings
from ..helpers import architecture_page as page
from ..helpers.common import EmulationCommon
from ..helpers.portal_common import PortalCommon

RUN_HERE = {
    "Add a check before endorse",
    "Do something after a verb",
    "Add a field",
    "Add a requirement kind",
    "Add a portal page",
    "Export another list",
    "Add a model with verbs",
}


@tagged("post_install", "-at_install")
class TestArchitecture(EmulationCommon):
    def load(self, heading):
        """Load an example for the rest of the test."""
        self.env.flush_all()
        return self.enterContext(page.loaded(self.env, heading))

    def test_every_example_is_run(self):
        self.assertEqual(page.read_examples().keys(), RUN_HERE)

    def test_a_check_before_endorse(self):
        bare = self.new_commendation(self.employee_sub, state="submitted")
        told = self.new_commendation(self.employee_unit, state="submitted")
        bare._write_protected({"summary": False})
        self.load("Add a check before endorse")
        both = (bare | told).with_user(self.user_head)
        self.assertEqual(both.mapped("can_endorse"), [False, True])
        self.assertEqual(both.mapped("is_my_turn"), [False, True])
        with self.assertRaisesRegex(UserError, "what was achieved"):
            both[:1].action_endorse()
        both.action_endorse()
        self.assertEqual(both.mapped("state"), ["submitted", "endorsed"])

    def test_something_after_a_verb(self):
        self.load("Do something after a verb")
        record = self.new_commendation(self.employee_sub, state="submitted")
        record.with_user(self.user_head).action_endorse()
        self.assertTrue(record.message_ids.filtered(lambda note: "stands behind it" in (note.body or "")))

    def test_a_field(self):
        self.load("Add a field")
        record = self.new_commendation(self.employee_sub, state="submitted")
        record.with_user(self.user_officer).newsletter_title = "Người tốt, việc tốt"
        self.assertEqual(record.newsletter_title, "Người tốt, việc tốt")
        with self.assertRaises(AccessError):
            record.with_user(self.user_proposer).newsletter_title = "Của tôi"
        record._write_protected({"state": "endorsed"})
        with self.assertRaises(UserError):
            record.with_user(self.user_officer).newsletter_title = "Muộn"

    def test_a_requirement_kind(self):
        self.addCleanup(KINDS.pop, "one_proposal", None)
        self.addCleanup(reason.TEXTS.pop, "another_proposal", None)
        self.load("Add a requirement kind")
        rule = self.rulebook.award_rule_ids.filtered(lambda rule: rule.award_id == self.award)
        self.env["emulation.requirement"].create(
            {
                "award_rule_id": rule.id,
                "name": "Mỗi năm một đề nghị",
                "kind": "one_proposal",
                "severity": "block",
            }
        )
        other = self.new_award("TEST-KHAC")
        self.new_commendation(self.employee_sub, state="submitted", award=other)
        twice = self.new_commendation(self.employee_sub, award=self.award)
        once = self.new_commendation(self.employee_unit, award=self.award)
        candidates = self.env["emulation.award.rule"]._prepare_candidates(twice | once)
        found = rule._check_eligibility(candidates)
        answers = {
            key: (finding.status, tell(self.env, finding.reason))
            for key, findings in found.items()
            for finding in findings
            if finding.requirement.kind == "one_proposal"
        }
        self.assertEqual(answers[twice.id], ("not_met", "Proposed for 1 other awards of the year."))
        self.assertEqual(answers[once.id][0], "met")
        spoken = {"Proposed for %(found)s other awards of the year.": "Đã đề nghị %(found)s danh hiệu khác."}
        catalogues = {("hr_emulation", "vi_VN"): spoken}  # of the addon the example is loaded into
        with patch.dict(code_translations.python_translations, catalogues):
            told = describe_findings(self.env(context={"lang": "vi_VN"}), found[twice.id])
        self.assertIn("Đã đề nghị 1 danh hiệu khác.", [finding["text"] for finding in told])

    def test_a_sentence_of_another_addon_is_looked_up_there(self):
        text = LazyGettext("Ends on %(day)s.", _module="another_addon")
        self.enterContext(patch.dict(reason.TEXTS, {"ends": text}))
        catalogues = {("another_addon", "vi_VN"): {"Ends on %(day)s.": "Kết thúc ngày %(day)s."}}
        self.enterContext(patch.dict(code_translations.python_translations, catalogues))
        ends = reason.Reason("ends", {"day": "31/12"})
        self.assertEqual(tell(self.env(context={"lang": "vi_VN"}), ends), "Kết thúc ngày 31/12.")
        self.assertEqual(tell(self.env(context={"lang": "en_US"}), ends), "Ends on 31/12.")

    def test_another_list(self):
        self.load("Export another list")
        record = self.env["emulation.legal.document"].search([], limit=2)
        name, content = record._build_export()
        self.assertEqual((name, content[:2]), ("Văn bản pháp luật.xlsx", b"PK"))
        self.assertIn("/emulation/export/emulation.legal.document", record.action_export_xlsx()["url"])

    def test_a_model_with_verbs(self):
        self.load("Add a model with verbs")
        visits = self.env["emulation.visit"].create(
            [{"name": name, "company_id": self.company.id} for name in ("Thăm tổ 1", "Thăm tổ 2")]
        )
        own = visits.with_user(self.user_officer).sudo()
        self.assertEqual(own.mapped("can_confirm"), [True, True])
        with self.assertRaises(AccessError):
            visits[0].state = "confirmed"
        self.assertEqual(own[0]._get_cannot_confirm_reason(), {})
        own.action_confirm()
        self.assertEqual(visits.mapped("state"), ["confirmed", "confirmed"])
        self.assertTrue(all(visits.mapped("confirmed_on")))
        with self.assertRaises(UserError):
            visits[0].day = "2026-01-01"
        with self.assertRaisesRegex(UserError, "another step"):
            own[0].action_confirm()
        with self.assertRaisesRegex(UserError, "Give a reason"):
            visits[0]._do_call_off(" ")


@tagged("post_install", "-at_install")
class TestArchitecturePortal(PortalCommon):
    def test_a_portal_page(self):
        self.achievement._write_protected({"kind": "initiative", "name": "Số hóa hồ sơ"})
        self.env.flush_all()
        self.enterContext(page.loaded(self.env, "Add a portal page"))
        self.login(self.an)
        own = self.url_open("/my/emulation/ideas")
        self.assertEqual(own.status_code, 200)
        self.assertIn("Số hóa hồ sơ", own.text)
        self.assertIn(f"/my/emulation/achievements/{self.achievement.id}", own.text)
        self.assertRegex(own.text, r'href="/my/emulation/ideas"\s+aria-current="page"')
        self.assertIn('href="/my/emulation/ideas"', self.url_open("/my/emulation").text)
        self.login(self.binh)
        other = self.url_open("/my/emulation/ideas").text
        self.assertNotIn("Số hóa hồ sơ", other)
        self.assertIn("No idea yet.", other)
        self.login(None)
        self.assertNotIn("/my/emulation/ideas", self.url_open("/emulation/honour").text)

    def test_it_is_gone_with_its_addon(self):
        self.login(self.an)
        self.assertEqual(self.url_open("/my/emulation/ideas").status_code, 404)
