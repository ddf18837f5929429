from contextlib import contextmanager
from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..helpers.common import EmulationCommon


class RulebookCase(EmulationCommon):
    @contextmanager
    def refused(self, error, pattern):
        """Expect an error, and leave nothing behind of what failed."""
        with self.assertRaisesRegex(error, pattern), self.env.cr.savepoint():
            yield


@tagged("post_install", "-at_install")
class TestRulebook(RulebookCase):
    """Which book holds on a day, what may be changed, and that bad figures are refused by name."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.books = cls.env["emulation.rulebook"].with_user(cls.user_admin)
        cls.rulebook = cls.rulebook.with_user(cls.user_admin)
        cls.rule = cls.award._rule(cls.rulebook)

    def new_book(self, code, date_from, date_to=None, **vals):
        return self.books.create(
            {
                "name": code,
                "code": code,
                "date_from": date_from,
                "date_to": date_to,
                "company_id": self.company.id,
                **vals,
            }
        )

    def new_official_book(self, **vals):
        return (
            self.env["emulation.rulebook"]
            .create(
                {
                    "name": "Luật",
                    "code": "OFFICIAL",
                    "date_from": date(1990, 1, 1),
                    "date_to": date(1990, 12, 31),
                    "is_official": True,
                    **vals,
                }
            )
            .with_user(self.user_admin)
        )

    # which book -------------------------------------------------------------------------------------

    def test_book_of_a_day(self):
        later = self.new_book("LATER", date(2019, 1, 1), date(2019, 12, 31))
        for day, book in ((date(2019, 12, 31), later), (date(2020, 1, 1), self.rulebook)):
            self.assertEqual(self.books._for_date(self.company, day), book)

    def test_day_outside_every_book(self):
        with self.refused(UserError, r"Sở Thử nghiệm.*01/01/1901.*TEST \(01/01/2020"):
            self.books.with_context(lang="en_US")._for_date(self.company, date(1901, 1, 1))
        self.assertFalse(self.books._for_date(self.company, date(1901, 1, 1), raise_if_none=False))

    def test_book_not_in_use_is_not_applied(self):
        self.rulebook.action_stop_using()
        self.assertNotEqual(
            self.books._for_date(self.company, date(2026, 1, 1), raise_if_none=False), self.rulebook
        )
        self.rulebook.action_use()
        self.assertEqual(self.books._for_date(self.company, date(2026, 1, 1)), self.rulebook)

    def test_preferred_book(self):
        shared = self.env["emulation.rulebook"].create(
            {"name": "Chung", "code": "SHARED", "date_from": date(1980, 1, 1), "date_to": date(2027, 1, 1)}
        )
        self.assertEqual(self.books._for_date(self.company, date(2026, 1, 1)), self.rulebook)
        self.company.emulation_rulebook_id = shared
        self.assertEqual(self.books._for_date(self.company, date(2026, 1, 1)), shared)
        self.assertEqual(self.books._for_date(self.company, date(2028, 1, 1)), self.rulebook, "past its end")

    def test_another_company_is_not_ruled(self):
        self.assertNotEqual(
            self.books._for_date(self.other_company, date(2026, 1, 1), raise_if_none=False), self.rulebook
        )

    def test_overlap_names_books_and_awards(self):
        other = self.new_book("OTHER", date(2021, 1, 1))
        with self.refused(ValidationError, "(OTHER and TEST|TEST and OTHER).*TEST-GK"):
            self.env["emulation.award.rule"].with_user(self.user_admin).create(
                {"rulebook_id": other.id, "award_id": self.award.id}
            )

    def test_books_with_other_awards_may_overlap(self):
        other = self.new_book("OTHER", date(2021, 1, 1))
        award = self.new_award("OWN", rule={"rulebook_id": other.id})
        self.assertEqual(self.books._for_date(self.company, date(2026, 1, 1), award=award), other)
        self.assertEqual(
            self.books._for_date(self.company, date(2026, 1, 1), award=self.award), self.rulebook
        )

    def test_moving_a_date_into_another_book(self):
        other = self.new_book("OTHER", date(2010, 1, 1), date(2019, 12, 31))
        self.env["emulation.award.rule"].create({"rulebook_id": other.id, "award_id": self.award.id})
        with self.refused(ValidationError, "TEST"):
            other.date_to = date(2020, 1, 1)

    def test_gap_is_reported(self):
        self.new_book("OLD", date(2010, 1, 1), date(2019, 11, 30))
        self.rulebook.invalidate_recordset(["gap_note"])
        note = self.rulebook.with_context(lang="en_US").gap_note
        self.assertRegex(note, "12/01/2019 to 12/31/2019")
        self.new_book("BETWEEN", date(2019, 12, 1), date(2019, 12, 31))
        self.rulebook.invalidate_recordset(["gap_note"])
        self.assertFalse(self.rulebook.gap_note)

    # official and local -----------------------------------------------------------------------------

    def test_official_book_is_not_changed(self):
        book = self.new_official_book()
        rule = self.env["emulation.award.rule"].create({"rulebook_id": book.id, "award_id": self.award.id})
        rule = rule.with_user(self.user_admin)
        for change in (
            lambda: book.write({"date_to": date(1991, 1, 1)}),
            lambda: book.write({"award_rule_ids": [(5,)]}),
            lambda: rule.write({"vote_threshold": 1}),
            lambda: rule.write({"rulebook_id": self.rulebook.id}),
            lambda: self.rule.write({"rulebook_id": book.id}),
            lambda: rule.requirement_ids.create({"award_rule_id": rule.id, "name": "x", "kind": "judgement"}),
            rule.unlink,
        ):
            with self.refused(AccessError, "OFFICIAL"):
                change()
        with self.refused(UserError, "OFFICIAL"):
            book.unlink()
        with self.refused(AccessError, ""):
            self.rulebook.is_official = True
        book.action_archive()
        self.assertFalse(book.active)

    def test_local_book_overrides_one_award(self):
        book = self.new_official_book(date_from=date(1990, 1, 1))
        self.env["emulation.award.rule"].create(
            [
                {"rulebook_id": book.id, "award_id": self.award.id, "vote_threshold": 50},
                {"rulebook_id": book.id, "award_id": self.collective_award.id, "vote_threshold": 60},
            ]
        )
        rule = self.award._rule(book)
        local_rule = rule.browse(rule.action_adapt()["res_id"])
        self.assertEqual(rule.action_adapt()["res_id"], local_rule.id, "a second click opens the same rule")
        local_rule.vote_threshold = 90
        local = local_rule.rulebook_id
        self.assertEqual((local.parent_id, local.company_id), (book, self.company))
        self.assertEqual(self.books._for_date(self.company, date(1990, 5, 1)), local)
        self.assertEqual(self.award._rule(local).vote_threshold, 90)
        self.assertEqual(self.collective_award._rule(local).vote_threshold, 60, "from the official book")
        self.assertEqual(self.award._rule(book).vote_threshold, 50)

    def test_an_adapted_book_does_not_outlive_the_law_it_adapts(self):
        """The amended law holds from its day, though somebody lengthened the agency's copy of the old one."""
        old = self.new_official_book(date_from=date(1990, 1, 1), date_to=date(1990, 9, 30))
        new = self.new_official_book(code="LUAT-MOI", date_from=date(1990, 10, 1))
        for book in (old, new):
            self.env["emulation.award.rule"].create({"rulebook_id": book.id, "award_id": self.award.id})
        local = old.with_user(self.user_admin)._get_local_book(self.company)
        local.date_to = False
        self.assertEqual(self.books._for_date(self.company, date(1990, 9, 30), self.award), local)
        self.assertEqual(self.books._for_date(self.company, date(1990, 10, 1), self.award), new)
        new.sudo().state = "draft"
        self.assertEqual(self.books._for_date(self.company, date(1990, 10, 1), self.award), local)

    def test_officer_reads_but_does_not_change(self):
        self.assertTrue(self.rule.with_user(self.user_officer).vote_base)
        with self.refused(AccessError, ""):
            self.rule.with_user(self.user_officer).vote_threshold = 50
        with self.refused(AccessError, ""):
            self.rulebook.with_user(self.user_officer).action_stop_using()

    def test_defaults_are_confirmed_by_company(self):
        self.rule.confidence = "recalled"
        self.rule.requirement_ids = [(0, 0, {"name": "x", "kind": "judgement", "confidence": "secondary"})]
        self.assertTrue(self.rule.needs_confirmation)
        self.assertEqual(self.rulebook.to_confirm_count, 1)
        self.rule.action_confirm()
        self.assertFalse(self.rule.needs_confirmation)
        self.assertTrue(self.rule.with_company(self.other_company).sudo().needs_confirmation)

    # figures ----------------------------------------------------------------------------------------

    def test_impossible_figures_are_refused_by_name(self):
        for values in (
            {"coefficient_individual": -0.3},
            {"vote_threshold": 100.5},
            {"quorum": -1},
            {"quota_percent": 101},
            {"publication_days": -1},
        ):
            with self.refused(ValidationError, r"TEST-GK.*\(TEST\)"):
                self.rule.write(values)

    def test_impossible_requirements_are_refused_by_name(self):
        prior = [(4, self.collective_award.id)]
        for values in (
            {"kind": "prior_award", "award_ids": False},
            {"kind": "rating", "rating": False},
            {"kind": "rating", "rating": "good", "years": 2, "count": 3},
            {
                "kind": "prior_award",
                "award_ids": prior,
                "consecutive": True,
                "years": 2,
                "count": 3,
            },
            {"kind": "member_share", "award_ids": prior, "share": 170},
            {"kind": "service_months", "months": -1},
        ):
            with self.refused(ValidationError, "TEST-GK.*Ba năm liền"):
                self.rule.requirement_ids = [(0, 0, {"name": "Ba năm liền", **values})]

    def test_circular_prerequisite_names_the_awards(self):
        other = self.new_award("TEST-BK")
        self.rule.requirement_ids = [
            (0, 0, {"name": "BK", "kind": "prior_award", "award_ids": [(4, other.id)]})
        ]
        with self.refused(ValidationError, "TEST: .*TEST-BK, TEST-GK|TEST: .*TEST-GK, TEST-BK"):
            other._rule(self.rulebook).requirement_ids = [
                (0, 0, {"name": "GK", "kind": "prior_award", "award_ids": [(4, self.award.id)]})
            ]

    def test_base_salary_of_a_day(self):
        salaries = self.env["emulation.base.salary"].with_user(self.user_admin)
        salaries.create({"date_from": date(1901, 1, 1), "amount": 100})
        self.assertEqual(
            self.env["emulation.base.salary"].with_user(self.user_portal)._amount_on(date(1902, 1, 1)), 100
        )
        with self.refused(UserError, "12/31/1900"):
            salaries.with_context(lang="en_US")._amount_on(date(1900, 12, 31))
        for amount in (0, -5):
            with self.refused(ValidationError, "1903"):
                salaries.create({"date_from": date(1903, 1, 1), "amount": amount})

    def test_coefficient_is_exact(self):
        self.rule.coefficient_individual = 0.3
        self.assertEqual(str(self.rule._get_coefficient("individual")), "0.3")
        self.assertIsNone(self.rule._get_coefficient("household"))


@tagged("post_install", "-at_install")
class TestAward(RulebookCase):
    """The catalogue: found without accents, official records protected, own records welcome."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.awards = cls.env["emulation.award"].with_user(cls.user_admin)
        cls.official = cls.env["emulation.award"].create(
            {
                "code": "T-LDTT",
                "name": "Test worker",
                "official_name": "Lao động thử nghiệm",
                "is_official": True,
            }
        )
        cls.official = cls.official.with_user(cls.user_admin)

    def find(self, text):
        return self.awards.browse(award_id for award_id, _name in self.awards.name_search(text))

    def test_found_however_it_is_typed(self):
        for text in (
            "ldtn",
            "LDTN",
            "lao dong thu nghiem",
            "Lao động thử nghiệm",
            "thử  lao",
            "t-ldtt",
            "worker",
        ):
            self.assertIn(self.official, self.find(text), text)
        self.assertNotIn(self.official, self.find("lao dong tien tien khong co"))
        self.assertNotIn(self.official, self.awards.search([("display_name", "not ilike", "lao dong")]))
        self.assertIn(self.official, self.awards.search([("display_name", "=", "Test worker")]))

    def test_local_name(self):
        self.official.local_name = "Nhân viên của quý"
        self.assertEqual(self.official.display_name, "Nhân viên của quý")
        self.assertIn(self.official, self.find("nhân viên của quý"))
        other = self.official.sudo().with_company(self.other_company)
        self.assertEqual(other.display_name, "Test worker")

    def test_official_record_is_protected(self):
        with self.refused(UserError, "Test worker"):
            self.official.unlink()
        with self.refused(AccessError, "Test worker"):
            self.official.code = "OTHER"
        with self.refused(AccessError, ""):
            self.awards.create({"code": "FAKE", "name": "Fake", "is_official": True})
        with self.refused(AccessError, ""):
            self.award.with_user(self.user_admin).is_official = True
        self.official.active = False
        self.assertFalse(self.official.active)

    def test_own_award_beside_the_official_ones(self):
        own = self.official.copy()
        self.assertEqual((own.is_official, own.company_id), (False, self.company))
        own.code = "OWN"
        with self.refused(ValidationError, "T-LDTT.*Test worker"):
            own.code = "T-LDTT"
        own.unlink()

    def test_award_for_nobody(self):
        with self.refused(ValidationError, "Danh hiệu TEST-GK"):
            self.award.with_user(self.user_admin).subject_individual = False


@tagged("post_install", "-at_install")
class TestLegalDocument(EmulationCommon):
    def test_laws_by_name_decrees_by_number(self):
        documents = (
            self.env["emulation.legal.document"]
            .with_user(self.user_officer)
            .create(
                [
                    {
                        "name": "Luật Thử",
                        "kind": "law",
                        "number": "01/1990/QH8",
                        "issue_date": date(1990, 1, 5),
                    },
                    {
                        "name": "Nghị định thử",
                        "kind": "decree",
                        "number": "02/1990/NĐ-CP",
                        "issue_date": date(1990, 10, 20),
                        "issuer": "Chính phủ",
                        "abstract": "về việc thử",
                    },
                ]
            )
        )
        self.assertEqual(
            documents._get_legal_basis_lines("Theo đề nghị của Chánh Văn phòng"),
            [
                "Căn cứ Luật Thử ngày 05 tháng 01 năm 1990;",
                "Căn cứ Nghị định số 02/1990/NĐ-CP ngày 20 tháng 10 năm 1990 của Chính phủ về việc thử;",
                "Theo đề nghị của Chánh Văn phòng.",
            ],
        )
        self.assertIn(documents[1], documents.search([("display_name", "ilike", "nghi dinh thu")]))

    def test_documents_print_what_the_record_shows(self):
        rules = {
            "name": "Quy chế thi đua, khen thưởng",
            "kind": "other",
            "number": "12/QC-SCT",
            "issue_date": date(2026, 3, 5),
            "issuer": "Sở Công Thương",
        }
        documents = self.env["emulation.legal.document"].create([rules, rules])
        citation = "Quy chế thi đua, khen thưởng số 12/QC-SCT ngày 05 tháng 3 năm 2026 của Sở Công Thương"
        self.assertEqual(documents.mapped("citation"), [citation, citation])
        decision = self.env["emulation.decision"].create(
            {"company_id": self.company.id, "legal_basis_ids": documents.ids}
        )
        decision.proposal_line = False
        self.assertEqual(
            decision._get_legal_basis_lines(),
            [f"Căn cứ {citation};", f"Căn cứ {citation}."],
            "two that read alike: one full stop",
        )
