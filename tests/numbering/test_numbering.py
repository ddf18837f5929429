from datetime import date

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import SQL

from ..helpers.document_common import DocumentCommon


@tagged("post_install", "-at_install")
class TestNumbering(DocumentCommon):
    """One number a document: per agency, kind and year; typed and automatic ones get along."""

    def draft(self, number=False, day="2026-11-20", **values):
        return (
            self.env["emulation.decision"]
            .with_user(self.user_officer)
            .create(
                {
                    "company_id": self.company.id,
                    "abstract": "Thử",
                    "number": number,
                    "issue_date": day,
                    **values,
                }
            )
        )

    def take(self, **values):
        document = self.draft(**values)
        document._take_number()
        return document

    def test_typed_numbers_are_stepped_over(self):
        numbers = [self.take().number, self.draft("2").number, self.take().number, self.take().number]
        self.assertEqual(numbers, ["1", "2", "3", "4"])
        self.draft("7")
        self.assertEqual([self.take().number for _index in range(3)], ["5", "6", "8"])

    def test_a_number_is_compared_as_it_is_printed(self):
        self.assertEqual(self.draft(" 2 ")._get_document_number(), "02/QĐ-STN")
        for spelling in ("2", "02", "002", " 2", "２"):
            with self.subTest(spelling=spelling), self.assertRaises(ValidationError) as error:
                self.draft(spelling)
            self.assertIn("02/QĐ-STN", str(error.exception))
        with self.assertRaises(ValidationError):
            self.draft("02", symbol=" qđ-stn")

    def test_a_number_without_symbol_is_guarded_too(self):
        self.draft("5", symbol=False)
        with self.assertRaises(ValidationError):
            self.draft("05", symbol=False)

    def test_a_symbol_typed_behind_the_number_is_no_way_to_a_second_one(self):
        """Both would be printed as 05/QĐ-STN."""
        first = self.draft("5")
        for typed in ("05/QĐ-STN", "5/qđ-stn"):
            with self.subTest(typed=typed), self.assertRaises(ValidationError):
                self.draft(typed, symbol=False)
        self.assertEqual(first._get_document_number(), "05/QĐ-STN")

    def test_one_series_in_several_models_has_each_number_once(self):
        """A decision on initiatives is numbered among the decisions: both would be printed as 05/QĐ-STN."""

        def recognise(number=False, **values):
            values = {"company_id": self.company.id, "number": number, "issue_date": "2026-11-20", **values}
            return self.env["emulation.recognition"].with_user(self.user_officer).create(values)

        self.draft("5")
        with self.assertRaises(ValidationError) as error:
            recognise("05")
        self.assertIn("05/QĐ-STN", str(error.exception))
        recognise("5", symbol="QĐ-KHAC")
        recognise("1")
        self.assertEqual([self.take().number for _index in range(4)], ["2", "3", "4", "6"])
        with self.assertRaises(ValidationError):
            self.draft("01")
        draft = recognise("7")
        with self.assertRaises(ValidationError):
            draft.number = "6"

    def test_years_symbols_and_agencies_count_for_themselves(self):
        self.draft("1")
        self.draft("1", day="2027-01-04")
        self.draft("1", symbol="QĐ-KHAC")
        other = self.env["emulation.decision"].with_user(self.user_foreign_officer)
        other = other.with_context(allowed_company_ids=self.other_company.ids)
        other.create(
            {
                "company_id": self.other_company.id,
                "abstract": "Thử",
                "number": "1",
                "issue_date": "2026-11-20",
            }
        )
        self.assertEqual(self.take().number, "2")

    def test_a_given_up_draft_gives_its_number_back(self):
        self.draft("4").action_cancel()
        self.assertEqual(self.draft("04")._get_document_number(), "04/QĐ-STN")

    def test_an_edit_does_not_slip_into_a_taken_number(self):
        self.draft("1")
        document = self.draft("2")
        with self.assertRaises(ValidationError):
            document.number = "01"
        document = self.draft("1", day="2025-11-20")
        with self.assertRaises(ValidationError):
            document.issue_date = "2026-01-01"

    def test_an_agency_that_counted_elsewhere_goes_on_from_there(self):
        self.take()
        series = self.env["emulation.number.series"].search(
            [("company_id", "=", self.company.id), ("series", "=", "decision"), ("year", "=", 2026)]
        )
        series.with_user(self.user_admin).last = 44
        self.assertEqual(self.take().number, "45")

    def test_every_numbered_model_has_the_index(self):
        numbered = [
            model
            for name, model in self.env.items()
            if not model._abstract and model._auto and "number_key" in model._fields
        ]
        self.assertGreaterEqual(
            {model._name for model in numbered},
            {"emulation.decision", "emulation.submission", "emulation.campaign.document", "emulation.review"},
        )
        self.env.cr.execute("SELECT tablename, indexdef FROM pg_indexes WHERE indexdef LIKE '%%number_key%%'")
        indexes = dict(self.env.cr.fetchall())
        for model in numbered:
            self.assertIn("UNIQUE INDEX", indexes.get(model._table, ""), model._name)
            sample = model.new({})
            self.assertTrue(sample._number_series or sample._get_number_series(), model._name)

    def test_numbers_that_stand_twice_are_listed(self):
        """As an older version left them, of one model and of two."""
        first, second, other, alone = (self.draft(str(number)) for number in (31, 32, 33, 34))
        values = {
            "company_id": self.company.id,
            "number": "35",
            "issue_date": "2026-11-20",
            "symbol": "QĐ-STN",
        }
        recognition = self.env["emulation.recognition"].create(values)
        self.env.flush_all()
        self.env.cr.execute("DROP INDEX emulation_decision_number_uniq")
        self.env.cr.execute(
            SQL(
                "UPDATE emulation_decision SET number = 31, number_key = %s WHERE id = %s",
                first.number_key,
                second.id,
            )
        )
        self.env.cr.execute(
            SQL(
                "UPDATE emulation_decision SET number = 35, number_key = %s WHERE id = %s",
                recognition.number_key,
                other.id,
            )
        )
        self.env.invalidate_all()
        decisions = self.env["emulation.decision"].with_user(self.user_officer)
        mine = [("id", "in", (first | second | other | alone).ids)]
        self.assertEqual(decisions.search([*mine, ("is_number_doubled", "=", True)]), other | second | first)
        self.assertEqual(decisions.search([*mine, ("is_number_doubled", "=", False)]), alone)
        self.assertTrue(recognition.is_number_doubled)
        self.assertFalse(alone.is_number_doubled)

    def test_plans_letters_and_directives_count_for_themselves(self):
        campaign = self.env["emulation.campaign"].create({"name": "Thử", "company_id": self.company.id})
        values = {"campaign_id": campaign.id, "issue_date": "2026-01-02"}
        documents = self.env["emulation.campaign.document"].create(
            [{**values, "kind": kind} for kind in ("letter", "plan", "directive", "plan")]
        )
        documents.with_user(self.user_officer).action_take_number()
        self.assertEqual(documents.mapped("number"), ["1", "1", "1", "2"])

    def test_superiors_number_their_own(self):
        decisions = self.env["emulation.decision"]
        for issuer, day in (("UBND tỉnh", "2026-01-05"), ("Bộ Nội vụ", "2026-02-05")):
            decisions |= decisions._get_external(self.company, "12/QĐ-STN", date.fromisoformat(day), issuer)
        self.assertEqual(decisions.mapped("number"), ["12", "12"])
        self.assertEqual(self.draft("12").number, "12")

    def test_registering_costs_the_same_for_many(self):
        def cost(count):
            return self.count_queries(
                lambda: self.env["emulation.certificate"]._take_register_numbers(
                    self.company, date(2026, 1, 5), count
                )
            )

        cost(1)
        self.assertEqual(cost(2), cost(22))
