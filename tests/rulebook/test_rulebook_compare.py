from datetime import date

from odoo.fields import Command
from odoo.tests import Form, tagged

from ..helpers.common import EmulationCommon


@tagged("post_install", "-at_install")
class TestRulebookCompare(EmulationCommon):
    """What changed between two books, and the forms an administrator fills in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, lang="en_US"))
        cls.rule = cls.award._rule(cls.rulebook)
        cls.other_book = cls.env["emulation.rulebook"].create(
            {"name": "Sau", "code": "AFTER", "state": "draft", "company_id": cls.company.id}
        )
        cls.other_rule = cls.rule.copy({"rulebook_id": cls.other_book.id})
        cls.collective_award._rule(cls.rulebook).copy({"rulebook_id": cls.other_book.id})

    def compare(self):
        comparison = (
            self.env["emulation.rulebook.compare"]
            .with_user(self.user_officer)
            .create(
                {
                    "old_id": self.rulebook.id,
                    "new_id": self.other_book.id,
                    "award_ids": [Command.set((self.award | self.collective_award).ids)],
                }
            )
        )
        return [
            (line.award_id.code, line.point, line.old_value, line.new_value) for line in comparison.line_ids
        ]

    def test_copies_say_the_same(self):
        self.assertEqual(self.compare(), [])

    def test_figures(self):
        self.rule.write({"coefficient_individual": 0.3, "secret_ballot": False, "vote_base": "present"})
        self.other_rule.write(
            {"coefficient_individual": 0.45, "secret_ballot": True, "vote_base": "all_members"}
        )
        self.assertEqual(
            self.compare(),
            [
                ("TEST-GK", "Individual", "0,3", "0,45"),
                ("TEST-GK", "Counted on", "Members present", "All members"),
                ("TEST-GK", "Secret ballot", "no", "yes"),
            ],
        )

    def test_requirements(self):
        def require(rule, **vals):
            rule.requirement_ids = [Command.create({"name": "Sáng kiến", "kind": "initiative", **vals})]

        require(self.rule, severity="warn", reach="unit", article="Điều 1")
        require(self.other_rule, severity="block", reach="nation", article="Điều 1")
        require(self.other_rule, name="Thâm niên", kind="service_months", months=10)
        self.assertEqual(
            self.compare(),
            [
                (
                    "TEST-GK",
                    "Sáng kiến",
                    "Warns · Reach at least: Unit · Number: 1 · Điều 1 · Read in the law",
                    "Blocks · Reach at least: Nation · Number: 1 · Điều 1 · Read in the law",
                ),
                ("TEST-GK", "Thâm niên", "not asked for", "Blocks · Months: 10 · Read in the law"),
            ],
        )

    def test_rule_that_is_gone(self):
        self.other_rule.unlink()
        self.assertEqual(self.compare(), [("TEST-GK", "Rule", "has a rule", "has none")])

    def test_local_book_is_compared_with_the_one_it_adapts(self):
        official = self.env.ref("hr_emulation.rulebook_2025").with_user(self.user_admin)
        rule = self.env.ref("hr_emulation.award_ldtt")._rule(official)
        local = rule.browse(rule.action_adapt()["res_id"])
        local.vote_threshold = 80
        context = local.rulebook_id.action_compare()["context"]
        comparison = Form(
            self.env["emulation.rulebook.compare"].with_user(self.user_admin).with_context(**context)
        )
        self.assertEqual(comparison.old_id, official)
        [line] = comparison.save().line_ids
        self.assertEqual((line.point, line.old_value, line.new_value), ("Vote threshold (%)", "66,66", "80"))

    def test_a_requirement_of_a_known_kind_needs_no_code(self):
        with Form(self.rule.with_user(self.user_admin)) as form, form.requirement_ids.new() as line:
            line.name = "Hai năm liền xếp loại tốt"
            line.kind = "rating"
            line.rating = "good"
            line.years = 2
            line.count = 0
        [requirement] = self.rule.requirement_ids
        self.assertEqual(requirement.parameter_text, "Rated at least: Good · Within years: 2")
        self.assertEqual(requirement._prepare_engine_requirement().rating, "good")

    def test_settings(self):
        admin = self.user_admin
        admin.group_ids += self.env.ref("base.group_system")
        with Form(self.env["res.config.settings"].with_user(admin)) as settings:
            settings.emulation_register_from = date(2020, 1, 1)
            settings.emulation_prize_rounding = 1_000
        self.assertEqual(self.company.emulation_register_from, date(2020, 1, 1))
        self.assertEqual(self.company.emulation_prize_rounding, 1_000)
