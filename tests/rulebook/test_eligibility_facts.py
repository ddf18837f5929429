from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ...engine import prize
from ...engine.eligibility import MET, NEEDS_REVIEW, NOT_MET, Candidate, verdict
from ..helpers.common import EmulationCommon

YEAR = (date(2025, 1, 1), date(2025, 12, 31))


@tagged("post_install", "-at_install")
class TestEligibilityFacts(EmulationCommon):
    """What is in the registers reaches the engine, for any number of candidates at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.award._rule(cls.rulebook)
        cls.unit_rule = cls.collective_award._rule(cls.rulebook)
        cls.prior = cls.new_award("PRIOR")
        cls.rules = cls.rule | cls.unit_rule
        cls.company.emulation_register_from = date(2020, 1, 1)

    def require(self, kind, rule=None, **vals):
        rule = rule or self.rule
        self.rules.requirement_ids.unlink()
        return self.env["emulation.requirement"].create(
            {"award_rule_id": rule.id, "name": kind, "kind": kind, **vals}
        )

    def candidate(self, recipient=None, **facts):
        recipient = recipient or self.employee_sub
        kind, award = (
            ("employee", self.award)
            if recipient._name == "hr.employee"
            else ("department", self.collective_award)
        )
        subject = "individual" if kind == "employee" else "collective"
        values = {"period_from": YEAR[0], "period_to": YEAR[1], "on": date(2026, 1, 10), "subject": subject}
        return Candidate(kind, recipient.id, award.code, **(values | facts))

    def check(self, candidate=None, user=None):
        candidate = candidate or self.candidate()
        rules = self.rules.with_user(user or self.user_proposer)
        [finding] = rules._check_eligibility([candidate])[candidate.key]
        return finding

    def status(self, candidate=None):
        return self.check(candidate).status

    def granted(self, recipient, year, state="granted", **vals):
        return self.new_commendation(
            recipient,
            state=state,
            award=self.prior,
            period_from=date(year, 1, 1),
            period_to=date(year, 12, 31),
            **vals,
        )

    # registers --------------------------------------------------------------------------------------

    def test_prior_awards(self):
        self.require("prior_award", award_ids=self.prior, count=2, consecutive=True, years=3)
        self.assertEqual(self.status(), NOT_MET)
        self.granted(self.employee_sub, 2025)
        second = self.granted(self.employee_sub, 2024, state="submitted")
        self.assertEqual(self.check().reason.code, "pending")
        second.sudo()._do_withdraw()
        self.assertEqual(self.status(), NOT_MET)
        self.granted(self.employee_sub, 2024, state="revoked")
        self.assertEqual(self.status(), NOT_MET)
        self.granted(self.employee_sub, 2024, commendation_type="ad_hoc", achieved_on=date(2024, 5, 1))
        self.assertEqual(self.status(), NOT_MET)
        self.granted(self.employee_sub, 2024)
        found = self.check()
        self.assertEqual(found.status, MET)
        self.assertTrue(all(evidence.startswith("PRIOR 202") for evidence in found.evidence))

    def test_registers_that_may_lack_years(self):
        self.require("prior_award", award_ids=self.prior, years=3)
        self.company.emulation_register_from = False
        self.assertEqual(self.status(), NEEDS_REVIEW)
        self.company.emulation_register_from = date(2024, 6, 1)
        self.assertEqual(self.status(), NEEDS_REVIEW)
        self.company.emulation_register_from = date(2023, 1, 1)
        self.assertEqual(self.status(), NOT_MET)

    def test_each_register_is_complete_since_a_year_of_its_own(self):
        self.require("prior_award", award_ids=self.prior, years=3)
        self.company.emulation_register_from = False
        self.company.emulation_ratings_since = 2015
        self.assertEqual(self.status(), NEEDS_REVIEW)
        self.company.emulation_awards_since = 2015
        self.assertEqual(self.status(), NOT_MET)
        self.company.emulation_awards_since = 2025
        self.assertEqual(self.status(), NEEDS_REVIEW)
        with self.assertRaises(ValidationError):
            self.company.emulation_awards_since = 15

    def test_ratings(self):
        self.require("rating", rating="good", years=2, count=0)
        rate = self.env["emulation.rating"].create
        person = {"employee_id": self.employee_sub.id, "company_id": self.company.id}
        rate({**person, "year": 2025, "rating": "excellent"})
        self.assertEqual(self.status(), NEEDS_REVIEW)
        rating = rate({**person, "year": 2024, "rating": "completed"})
        self.assertEqual(self.status(), NOT_MET)
        rating.rating = "good"
        self.assertEqual(self.status(), MET)

    def test_initiatives(self):
        self.require("initiative", reach="province", years=1)
        initiative = self.env["emulation.achievement"].create(
            {
                "name": "Sổ tay điện tử",
                "kind": "initiative",
                "employee_id": self.employee_sub.id,
                "company_id": self.company.id,
                "date_to": date(2025, 6, 1),
            }
        )
        self.assertEqual(self.check().reason.code, "pending")
        self.env.cr.execute(
            "UPDATE emulation_achievement SET state = 'recognised', reach = 'unit' WHERE id = %s",
            [initiative.id],
        )
        self.assertEqual(self.status(), NOT_MET)
        self.env.cr.execute(
            "UPDATE emulation_achievement SET reach = 'nation' WHERE id = %s", [initiative.id]
        )
        self.assertEqual(self.check().evidence, ("Sổ tay điện tử",))

    def test_restrictions_are_seen_for_a_proposer_who_may_not_see_them(self):
        self.require("no_open_restriction")
        self.assertEqual(self.status(), MET)
        restriction = self.env["emulation.restriction"].create(
            {
                "employee_id": self.employee_sub.id,
                "company_id": self.company.id,
                "kind": "pending",
                "date_from": date(2025, 12, 1),
            }
        )
        found = self.check()
        self.assertEqual((found.status, found.confidential), (NOT_MET, True))
        restriction.date_to = date(2026, 1, 1)
        self.assertEqual(self.status(), MET)

    def test_share_of_members(self):
        self.require("member_share", self.unit_rule, award_ids=self.prior, share=50)
        unit = self.candidate(self.other_unit)  # four employees
        members = self.env["hr.employee"].search([("department_id", "=", self.other_unit.id)])
        self.assertEqual(
            self.check(unit).reason.values, {"found": 0, "total": len(members), "needed": "50%", "pending": 0}
        )
        half = members[: (len(members) + 1) // 2]
        for member in half[1:]:
            self.granted(member, 2025)
        self.assertEqual(self.status(unit), NOT_MET)
        self.granted(half[0], 2025)
        self.assertEqual(self.status(unit), MET)
        self.assertEqual(self.status(self.candidate(self.other_unit, period_to=date(2024, 12, 31))), NOT_MET)

    def test_members_of_units_below_and_as_of_the_period(self):
        self.require("member_share", self.unit_rule, award_ids=self.prior, share=1)
        inside = self.env["hr.employee"].search([("department_id", "child_of", self.unit.id)])
        self.assertEqual(self.check(self.candidate(self.unit)).reason.values["total"], len(inside))
        self.employee_sub.create_version(
            {"date_version": date(2025, 7, 1), "department_id": self.other_unit.id}
        )
        self.assertEqual(
            self.check(self.candidate(self.unit)).reason.values["total"], len(inside) - 1, "moved in July"
        )
        before = self.candidate(self.unit, period_to=date(2024, 12, 31))
        self.assertEqual(self.check(before).reason.values["total"], len(inside))
        gone = self.employee_unit
        gone.active = False
        self.assertEqual(self.check(self.candidate(self.unit)).reason.values["total"], len(inside) - 2)

    def test_discipline_of_a_member(self):
        self.require("no_discipline", self.unit_rule, level="warning", members=True)
        unit = self.candidate(self.unit)
        self.assertEqual(self.status(unit), MET)
        self.env["emulation.restriction"].create(
            {
                "employee_id": self.employee_sub.id,
                "company_id": self.company.id,
                "kind": "discipline",
                "discipline_level": "warning",
                "date_from": date(2025, 3, 1),
                "date_to": date(2025, 9, 1),
            }
        )
        self.assertEqual(self.status(unit), NOT_MET)

    def test_a_fine_is_no_open_case(self):
        restriction = self.env["emulation.restriction"].create(
            {
                "employee_id": self.employee_sub.id,
                "company_id": self.company.id,
                "kind": "fine",
                "date_from": date(2025, 3, 1),
                "date_to": date(2025, 3, 1),
            }
        )
        self.require("no_open_restriction")
        self.assertEqual(self.status(), MET)
        self.require("no_fine")
        self.assertEqual(self.status(), NOT_MET)
        restriction.write({"date_from": date(2024, 3, 1), "date_to": date(2024, 3, 1)})
        self.assertEqual(self.status(), MET)
        restriction.date_to = date(2025, 1, 1)
        self.assertEqual(self.status(), NOT_MET, "counts into the year, says the agency")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            restriction.date_to = False
            restriction.flush_recordset()

    def test_service(self):
        self.require("service_months", months=10)
        self.assertEqual(self.check().reason.code, "no_service", "the date of entry of the data says nothing")
        version = self.employee_sub.version_id
        version.contract_date_start = date(2025, 3, 1)
        self.assertEqual(self.status(), MET)
        version.contract_date_start = date(2025, 4, 1)
        self.assertEqual(self.status(), NOT_MET)

    def test_quota(self):
        self.require("group_quota", award_ids=self.prior, share=50, count=0)
        self.granted(self.employee_sub, 2025)
        self.assertEqual(self.check().reason.values, {"found": 1, "needed": 0})
        self.granted(self.employee_unit, 2025)
        self.assertEqual(self.status(), MET)
        rules = self.rules
        two = [self.candidate(), self.candidate(self.employee_unit)]
        for findings in rules._check_eligibility(two).values():
            self.assertEqual(findings[0].reason.values, {"found": 2, "needed": 1})

    def test_quota_of_each_unit_without_exempt_people(self):
        exempt = self.env["hr.employee.category"].create({"name": "Diện miễn"})
        rule = self.require("group_quota", share=50, count=0, scope="unit")
        staff = self.env["hr.employee"].search([("department_id", "=", self.sub_unit.id)])
        found = self.check()
        self.assertEqual(found.reason.values, {"found": 1, "needed": len(staff) // 2})
        rule.exempt_category_ids = exempt
        (staff - self.employee_sub).write({"category_ids": exempt.ids})
        self.assertEqual(self.check().reason.values, {"found": 1, "needed": 0})

    def test_quota_of_a_campaign(self):
        campaign = self.env["emulation.campaign"].create(
            {"name": "Thi đua nước rút", "date_start": date(2025, 10, 1), "date_end": date(2025, 12, 31)}
        )
        self.require("group_quota", award_ids=self.prior, share=50, count=2, scope="campaign")
        self.assertEqual(self.check(self.candidate(campaign=campaign.id)).status, MET)
        self.assertEqual(self.check().reason.code, "no_quota", "no campaign, no group")

    def test_share_of_leaders(self):
        self.require("leader_share", share=40)
        people = (self.employee_sub_head, self.employee_head, self.employee_sub)
        candidates = [self.candidate(person) for person in people]
        found = self.rules._check_eligibility(candidates)
        self.assertEqual(
            [found[candidate.key][0].status for candidate in candidates],
            [NOT_MET, NOT_MET, MET],
            "two of three lead",
        )

    def test_leave_and_courses(self):
        self.require("leave_days", days=40)
        sick, maternity, course = (
            self.env.ref(f"hr_emulation.absence_type_{name}") for name in ("sick", "maternity", "study")
        )
        absence = {
            "employee_id": self.employee_sub.id,
            "date_from": date(2025, 3, 3),
            "date_to": date(2025, 4, 26),
        }
        away = self.env["emulation.absence"].create({**absence, "type_id": sick.id})
        self.assertEqual(
            away.days, 40, "eight weeks without the Hùng Kings' day, and the Saturday worked for 2 May"
        )
        self.assertEqual(self.status(), NOT_MET)
        away.date_to = False
        self.assertEqual(self.status(), NOT_MET, "still away: counted until the end of the year")
        away.write({"date_to": date(2025, 4, 26), "type_id": maternity.id})
        self.assertEqual(self.status(), MET, "maternity leave counts as work")
        self.require("long_study", months=12)
        self.assertEqual(self.status(), MET)
        away.write({"type_id": course.id, "date_from": date(2024, 9, 1), "date_to": date(2025, 12, 31)})
        self.assertEqual(self.status(), NEEDS_REVIEW)

    def test_transfer(self):
        self.require("transfer", months=6)
        self.assertEqual(self.status(), MET)
        self.employee_sub.create_version(
            {"date_version": date(2025, 7, 1), "department_id": self.other_unit.id}
        )
        found = self.check()
        self.assertEqual((found.status, found.evidence), (NEEDS_REVIEW, ("Tổ Thi đua",)))

    def test_unit(self):
        self.require("unit_rating", rating="excellent")
        self.assertEqual(self.status(), NEEDS_REVIEW)
        self.env["emulation.rating"].create(
            {
                "recipient_type": "department",
                "department_id": self.sub_unit.id,
                "company_id": self.company.id,
                "year": 2025,
                "rating": "excellent",
            }
        )
        self.assertEqual(self.status(), MET)
        self.require("unit_rank", count=3)
        self.assertEqual(self.check().reason.code, "no_rank")

    def test_posts(self):
        group = self.env["emulation.post.group"].create({"name": "Phó Giám đốc", "rank": 5})
        self.require("post_months", post_group_id=group.id, months=60, months_women=40)
        self.company.emulation_register_from = date(1990, 1, 1)
        self.env["emulation.post"].create(
            {
                "employee_id": self.employee_sub.id,
                "name": "Phó Giám đốc Sở",
                "group_id": group.id,
                "date_from": date(2022, 1, 1),
            }
        )
        self.assertEqual(self.check().reason.code, "woman_or_not")
        self.employee_sub.version_id.sex = "female"
        self.assertEqual(self.status(), MET)
        self.employee_sub.version_id.sex = "male"
        self.assertEqual(self.status(), NOT_MET)

    def test_time_since_the_previous_award(self):
        """However long ago: every year since the award counts (Decree 152/2025/NĐ-CP, Article 33(7))."""
        self.require("rating", rating="good", years=5, count=0, since_award_ids=self.prior)
        self.granted(self.employee_sub, 2018)
        rate = self.env["emulation.rating"].create
        person = {"employee_id": self.employee_sub.id, "company_id": self.company.id}
        ratings = rate([{**person, "year": year, "rating": "good"} for year in range(2019, 2026)])
        self.assertEqual(self.status(), MET)
        ratings[0].rating = "completed"
        self.assertEqual(str(self.check().reason), "Not reached in 2019.")

    def test_stored_proposals_are_candidates(self):
        self.require("not_yet_given")
        own = self.new_commendation(self.employee_sub, state="submitted")
        [candidate] = self.rule._prepare_candidates(own, on=date(2026, 1, 10))
        self.assertEqual(
            (candidate.key, candidate.award, candidate.recipient), (own.id, "TEST-GK", own.recipient_key)
        )
        self.assertEqual(self.status(candidate), MET, "a proposal is no fact about itself")
        self.assertEqual(self.status(), NEEDS_REVIEW, "but about another one for the same year")

    def test_award_without_a_rule(self):
        with self.assertRaisesRegex(UserError, "PRIOR"):
            self.rule._check_eligibility(
                [self.candidate(), Candidate("employee", self.employee_sub.id, "PRIOR")]
            )

    # texts ------------------------------------------------------------------------------------------

    def test_findings_as_texts(self):
        requirement = self.require("prior_award", award_ids=self.prior, count=2, years=3, article="Điều 22")
        found = self.check()
        for finding in (found, found.as_dict()):
            [text] = self.rule.with_context(lang="en_US")._describe_findings([finding])
            self.assertEqual(text["text"], "Only 0 on record, 2 needed.")
            self.assertEqual(
                (text["name"], text["article"], text["blocks"]), ("prior_award", "Điều 22", True)
            )
        requirement.unlink()
        self.assertEqual(
            self.rule._describe_findings([found.as_dict()])[0]["name"], "prior_award", "kept as it was"
        )

    def test_ratings_are_named(self):
        self.require("rating", rating="good", years=1, count=0)
        self.env["emulation.rating"].create(
            {
                "employee_id": self.employee_sub.id,
                "company_id": self.company.id,
                "year": 2025,
                "rating": "excellent",
            }
        )
        [text] = self.rule.with_context(lang="en_US")._describe_findings([self.check()])
        self.assertEqual(text["evidence"], "2025: Excellent")

    # cost -------------------------------------------------------------------------------------------

    def test_queries_do_not_grow_with_candidates(self):
        """Every kind of requirement, people and units."""
        self.rules.requirement_ids.unlink()
        group = self.env["emulation.post.group"].create({"name": "Phó Giám đốc", "rank": 5})
        rating = {"rating": "good", "award_ids": self.prior.ids, "share": 50, "months": 10, "days": 40}
        rating["post_group_id"] = group.id
        for rule in self.rules:
            for kind, _label in self.env["emulation.requirement"]._fields["kind"].selection:
                self.env["emulation.requirement"].create(
                    {"award_rule_id": rule.id, "name": kind, "kind": kind, "scope": "unit", **rating}
                )
        self.new_commendation(self.employee_sub, state="submitted")
        people = [self.new_employee(f"Người {number}", self.sub_unit) for number in range(21)]
        units = [self.new_unit(f"Tổ {number}", parent=self.other_unit) for number in range(21)]
        few, many = (
            [self.candidate(recipient) for recipient in [*people[:count], *units[:count]]]
            for count in (1, 21)
        )
        rules = self.rules.with_user(self.user_officer)
        rules._check_eligibility(many)  # caches of the registry
        costs = [self.count_queries(lambda some=some: rules._check_eligibility(some)) for some in (few, many)]
        self.assertEqual(costs[0], costs[1])
        self.assertLess(costs[0], 40)
        for findings in rules._check_eligibility(many).values():
            self.assertIn(verdict(findings), (MET, NEEDS_REVIEW, NOT_MET))


@tagged("post_install", "-at_install")
class TestPrizeClaims(EmulationCommon):
    """What a commendation is worth by the rule book and the company's settings."""

    def setUp(self):
        super().setUp()
        self.rule = self.award._rule(self.rulebook)
        self.rule.coefficient_individual = 0.3

    def pay(self, commendation, base=2_340_000):
        company = commendation.company_id
        [line] = prize.prize_lines(
            [self.rule._prepare_prize_claim(commendation)],
            base,
            company.emulation_prize_rounding,
            company.emulation_round_individual_first,
        )
        return line.reason.code, line.amount

    def test_individual(self):
        commendation = self.new_commendation(self.employee_sub)
        self.assertEqual(self.pay(commendation), ("paid", 710_000))
        self.company.emulation_prize_rounding = 1_000
        self.assertEqual(self.pay(commendation), ("paid", 702_000))

    def test_collective_of_a_form_is_twice_the_individual(self):
        self.award.write({"kind": "form", "subject_collective": True})
        commendation = self.new_commendation(self.unit, award=self.award)
        self.assertEqual(self.pay(commendation), ("paid", 1_410_000))
        self.company.emulation_round_individual_first = True
        self.assertEqual(self.pay(commendation), ("paid", 1_420_000))

    def test_collective_of_a_title_has_its_own_coefficient_or_none(self):
        self.award.write({"kind": "title", "subject_collective": True})
        commendation = self.new_commendation(self.unit, award=self.award)
        self.assertEqual(self.pay(commendation), ("no_coefficient", 0))

    def test_foreigner(self):
        self.employee_sub.country_id = self.env.ref("base.fr")
        self.assertEqual(self.pay(self.new_commendation(self.employee_sub)), ("souvenir", 0))
        self.employee_unit.country_id = self.env.ref("base.vn")
        self.assertEqual(self.pay(self.new_commendation(self.employee_unit)), ("paid", 710_000))

    def test_award_without_a_rule(self):
        claim = self.rule.browse()._prepare_prize_claim(self.new_commendation(self.employee_sub))
        self.assertIsNone(claim.coefficient)

    def test_step_of_rounding(self):
        with self.assertRaisesRegex(ValidationError, "Sở Thử nghiệm"):
            self.company.emulation_prize_rounding = 0
