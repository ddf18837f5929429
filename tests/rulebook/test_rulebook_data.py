from datetime import date

from odoo.tests import TransactionCase, tagged

from ...engine import eligibility, prize
from ..helpers import rulebook_table


@tagged("post_install", "-at_install")
class TestRulebookData(TransactionCase):
    """What ships: the catalogue, the books, the money."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.book_2024, cls.book_2025, cls.book_2026 = (
            cls.env.ref(f"hr_emulation.rulebook_{year}") for year in (2024, 2025, 2026)
        )
        cls.all_awards = cls.env["emulation.award"].with_context(active_test=False)

    def award(self, code):
        return self.env.ref(f"hr_emulation.award_{code.lower()}")

    def test_catalogue(self):
        official = self.all_awards.search([("is_official", "=", True)])
        self.assertEqual(len(official), 69, "68 of the law, and the district certificate kept for history")
        self.assertEqual(official.filtered(lambda award: not award.active), self.award("GKHUYEN"))
        self.assertEqual(len(official.filtered(lambda award: award.kind == "title")), 18)
        for award in official:
            self.assertTrue(award.decider and award.legal_reference and award.official_name, award.code)
            self.assertFalse(award.company_id)

    def test_search_as_people_type(self):
        for text in ("ldtt", "lao dong tien tien", "Lao động tiên tiến", "LĐTT"):
            found = self.env["emulation.award"].name_search(text)
            self.assertIn(self.award("LDTT").id, [award_id for award_id, _name in found], text)

    def test_books_in_force(self):
        books, company = self.env["emulation.rulebook"], self.env.company
        for day, book in (
            (date(2024, 1, 1), self.book_2024),
            (date(2025, 6, 30), self.book_2024),
            (date(2025, 7, 1), self.book_2025),
            (date(2026, 9, 30), self.book_2025),
            (date(2026, 10, 1), self.book_2026),
            (date(2027, 2, 28), self.book_2026),
        ):
            self.assertEqual(books._for_date(company, day), book)
        for day in (date(2023, 12, 31), date(2027, 3, 1)):
            self.assertFalse(books._for_date(company, day, raise_if_none=False), day)
        self.assertFalse(self.book_2025.gap_note or self.book_2026.gap_note)

    def test_base_salaries(self):
        amount_on = self.env["emulation.base.salary"]._amount_on
        for day, amount in (
            (date(2023, 6, 30), 1_490_000),
            (date(2024, 6, 30), 1_800_000),
            (date(2026, 6, 30), 2_340_000),
            (date(2026, 7, 1), 2_530_000),
        ):
            self.assertEqual(amount_on(day), amount)

    def test_the_amended_book_is_a_copy_that_nobody_has_compared(self):
        """Law 06/2026/QH16: its text was not seen, so nothing in the book is called verified."""
        lines = self.book_2026.award_rule_ids.requirement_ids
        self.assertEqual(len(lines), len(self.book_2025.award_rule_ids.requirement_ids))
        self.assertNotIn(
            "verified", lines.mapped("confidence") + self.book_2026.award_rule_ids.mapped("confidence")
        )
        self.assertEqual(
            self.book_2026.uncompared_count, len(lines.filtered(lambda line: line.confidence == "uncompared"))
        )
        doubtful = lines.filtered("doubt")
        self.assertEqual(set(doubtful.award_id.mapped("code")), {"CSTDCS", "LDTT", "XPTB"})
        rule = self.award("CSTDCS")._rule(self.book_2026)
        self.assertTrue(any(line.doubt for line in rule._get_requirements()))
        rule.action_confirm()
        self.assertFalse(any(line.doubt for line in rule._get_requirements()), "confirmed for this company")
        other = self.env["res.company"].create({"name": "Sở Khác"})
        self.assertTrue(any(line.doubt for line in rule.with_company(other)._get_requirements()))

    def test_the_law_is_cited_as_amended_from_the_day_of_the_amendment(self):
        law = self.env.ref("hr_emulation.legal_law_2022")
        self.assertEqual(
            law._get_legal_basis_lines(day=date(2026, 9, 30)),
            ["Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022."],
        )
        self.assertEqual(
            law._get_legal_basis_lines(day=date(2026, 10, 1)),
            [
                "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"
                " (được sửa đổi, bổ sung ngày 23 tháng 4 năm 2026)."
            ],
        )

    def test_every_award_has_a_rule(self):
        awards = self.env["emulation.award"].search([("is_official", "=", True)])
        for book in (self.book_2024, self.book_2025, self.book_2026):
            self.assertFalse(awards - book.award_rule_ids.award_id)

    def test_what_is_not_law_is_marked(self):
        """A default without an article is never called verified."""
        for book in (self.book_2024, self.book_2025):
            for requirement in book.award_rule_ids.requirement_ids:
                if not requirement.article:
                    self.assertNotEqual(requirement.confidence, "verified", requirement.name)
            for rule in book.award_rule_ids.filtered(
                lambda rule: rule.vote_threshold and not rule.vote_article
            ):
                self.assertNotEqual(rule.confidence, "verified", rule.display_name)
                self.assertTrue(rule.confirmation_note)

    def test_prizes_of_the_decree(self):
        """Decree 152/2025, Articles 50 and 54, at the base salaries of July 2024 and July 2026."""
        vectors = {
            ("LDTT", "individual"): (710_000, 760_000),
            ("GKTT", "individual"): (710_000, 760_000),
            ("GKTT", "household"): (1_060_000, 1_140_000),
            ("GKTT", "collective"): (1_410_000, 1_520_000),
            ("TTLDTT", "collective"): (1_880_000, 2_030_000),
            ("CSTDCS", "individual"): (2_340_000, 2_530_000),
            ("TTLDXS", "collective"): (3_510_000, 3_800_000),
            ("BKT", "individual"): (3_510_000, 3_800_000),
            ("BKB", "household"): (5_270_000, 5_700_000),
            ("CSTDT", "individual"): (7_020_000, 7_590_000),
            ("BKB", "collective"): (7_020_000, 7_590_000),
            ("BKTTG", "individual"): (8_190_000, 8_860_000),
            ("CSTDTQ", "individual"): (10_530_000, 11_390_000),
            ("HCLD3", "individual"): (10_530_000, 11_390_000),
            ("BKTTG", "household"): (12_290_000, 13_290_000),
            ("BKTTG", "collective"): (16_380_000, 17_710_000),
            ("CTDT", "collective"): (18_720_000, 20_240_000),
            ("CTDCP", "collective"): (28_080_000, 30_360_000),
        }
        salaries = self.env["emulation.base.salary"]
        bases = [salaries._amount_on(day) for day in (date(2026, 6, 30), date(2026, 7, 1))]
        for (code, subject), amounts in vectors.items():
            coefficient = self.award(code)._rule(self.book_2025)._get_coefficient(subject)
            paid = tuple(prize.prize_amount(coefficient, base) for base in bases)
            self.assertEqual(paid, amounts, (code, subject))

    def test_subjects_have_their_coefficient(self):
        """No coefficient for somebody who cannot receive the award."""
        for rule in self.book_2025.award_rule_ids:
            for subject in ("individual", "collective", "household"):
                if rule._get_coefficient(subject):
                    self.assertTrue(rule.award_id[f"subject_{subject}"], rule.display_name)

    def test_votes_the_law_fixes(self):
        for code, threshold in (("CSTDTQ", 90), ("AHLD", 90), ("AHLLVT", 90), ("TAH", 90), ("CTDCP", 80)):
            rule = self.award(code)._rule(self.book_2025)
            self.assertEqual((rule.vote_threshold, rule.vote_base), (threshold, "all_members"), code)

    def test_national_legal_bases(self):
        law, decree = (
            self.env.ref("hr_emulation.legal_law_2022"),
            self.env.ref("hr_emulation.legal_decree_152_2025"),
        )
        self.assertTrue(law.citation.startswith("Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"))
        self.assertTrue(
            decree.citation.startswith("Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ")
        )


@tagged("post_install", "-at_install")
class TestRulebookVocabulary(TransactionCase):
    """The engine's words and the models' words are the same."""

    def test_kinds(self):
        selection = dict(self.env["emulation.requirement"]._fields["kind"].selection)
        self.assertEqual(set(selection), set(eligibility.KINDS))

    def test_parameters_are_fields(self):
        names = {"awards": "award_ids", "since": "since_award_ids", "rank": "post_group_id"}
        for kind, entry in eligibility.KINDS.items():
            for parameter in entry.parameters:
                self.assertIn(
                    names.get(parameter, parameter), self.env["emulation.requirement"]._fields, kind
                )

    def test_selections(self):
        def keys(model, field):
            return {key for key, _label in self.env[model]._fields[field].selection if key}

        self.assertEqual(keys("emulation.rating", "rating"), set(eligibility.RATINGS))
        self.assertEqual(
            keys("emulation.requirement", "rating"), keys("emulation.rating", "rating") - {"not_completed"}
        )
        self.assertEqual(keys("emulation.achievement", "reach"), set(eligibility.REACHES))
        self.assertEqual(
            keys("emulation.restriction", "discipline_level"), set(eligibility.DISCIPLINE_LEVELS)
        )
        self.assertEqual(
            keys("emulation.requirement", "basis"), keys("emulation.commendation", "commendation_type")
        )
        not_counted = self.env["emulation.rulebook"].new()._get_not_counted()
        self.assertEqual(
            not_counted, {"ad_hoc", "thematic"}, "as the decree says, unless a book says otherwise"
        )
        self.assertLessEqual(not_counted, keys("emulation.commendation", "commendation_type"))


@tagged("post_install", "-at_install")
class TestRulebookPage(TransactionCase):
    """docs/rulebook.md is what the records say."""

    def test_page_is_up_to_date(self):
        with open(rulebook_table.get_path(), encoding="utf-8") as page:
            self.assertEqual(page.read(), rulebook_table.build(self.env), "refresh docs/rulebook.md")
