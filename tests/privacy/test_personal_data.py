"""What a person may ask of the data about itself, and what happens when a retention period is over."""

import io
import json
from datetime import date

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from pypdf import PdfReader

from ..helpers.campaign_common import CampaignCommon
from ..helpers.paper_language import ENGLISH
from ..helpers.portal_common import PortalCommon, force
from ..helpers.queries import count_queries

DATA = "/my/emulation/data"


@tagged("post_install", "-at_install", "security")
class TestPersonalDataInThePortal(PortalCommon):
    def get_copy(self, person):
        self.login(person)
        answer = self.url_open(f"{DATA}/json")
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        return answer.json()

    def test_a_person_gets_everything_about_itself_and_nothing_else(self):
        kind = self.env["emulation.absence.type"].search([], limit=1)
        about_an = {"employee_id": self.an.id, "date_from": "2025-01-01", "date_to": "2025-02-01"}
        self.env["emulation.absence"].create([{**about_an, "type_id": kind.id, "label": "QĐ 15/nghỉ"}])
        cases = [("discipline", "Khiển trách vì đi muộn"), ("pending", "Đang xác minh đơn thư")]
        for case, reason in cases:
            self.env["emulation.restriction"].create(
                [
                    {
                        **about_an,
                        "recipient_type": "employee",
                        "company_id": self.agency.id,
                        "kind": case,
                        "reason": reason,
                    }
                ]
            )
        data = self.get_copy(self.an)
        self.assertEqual((data["format"], data["version"]), ("hr_emulation/personal-data", 1))
        self.assertEqual(data["person"], [self.an.name])
        found = {section["kind"]: section["records"] for section in data["sections"]}
        self.assertEqual([line["name"] for line in found["emulation.achievement"]], ["Bí mật của An"])
        self.assertEqual(len(found["emulation.participation"]), 1)
        self.assertEqual(len(found["emulation.score"]), len(self.sheet.score_ids))
        self.assertEqual([line["label"] for line in found["emulation.absence"]], ["QĐ 15/nghỉ"])
        reasons = [line["reason"] for line in found["emulation.restriction"]]
        self.assertEqual(reasons, ["Khiển trách vì đi muộn"], "a pending case is not told")
        others = json.dumps(self.get_copy(self.binh), ensure_ascii=False)
        for secret in ("Bí mật của An", self.an.name, "QĐ 15/nghỉ"):
            self.assertNotIn(secret, others)

    def test_an_award_goes_by_its_name_on_paper(self):
        self.award.with_company(self.agency).printed_name = "Giấy khen của {head} {agency}"
        self.agency.write({"name": "Sở Thử nghiệm", "emulation_head_title": "Giám đốc"})
        registration = self.env["emulation.participation"].search([("employee_id", "=", self.an.id)])
        force(registration, {"award_ids": [(6, 0, self.award.ids)]})
        found = {section["kind"]: section["records"] for section in self.get_copy(self.an)["sections"]}
        name = "Giấy khen của Giám đốc Sở Thử nghiệm"
        self.assertEqual([line["award_id"] for line in found["emulation.commendation"]], [name])
        self.assertEqual([line["award_ids"] for line in found["emulation.participation"]], [[name]])

    def test_every_model_about_a_person_has_a_section(self):
        """A model added tomorrow that knows an employee is in the copy, or says here why not."""
        kept_out = {
            "emulation.deputy",  # who stands in for whom: an act of the unit
            "emulation.import.line",  # rows of a list, stored as the records above
            "emulation.session.teller",  # an office in a session, as in its minutes
        }
        sections = {section.model for section in self.env["emulation.personal.data"]._get_sections()}
        about = {
            name
            for name in self.env.registry
            if name.startswith("emulation.")
            and not self.env[name]._abstract
            and not self.env[name]._transient
            and self.env[name]._auto  # a view shows what its sources hold
            and "employee_id" in self.env[name]._fields
            and self.env[name]._fields["employee_id"].comodel_name == "hr.employee"
        }
        self.assertEqual(about - sections, kept_out)

    def test_on_paper(self):
        self.login(self.an)
        answer = self.url_open(f"{DATA}/pdf")
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
        self.assertIn("Bí mật của An", text)
        self.assertEqual(ENGLISH.findall(text), [], text)

    def test_as_cheap_for_many(self):
        person = self.env(user=self.an.user_id)["emulation.portal"]._get_person()
        collector = self.env(user=self.an.user_id)["emulation.personal.data"]

        def count():
            return count_queries(self.env, lambda: collector._collect(person))

        count()
        few = count()
        for number in range(20):
            self.achievement.copy({"name": f"Việc {number}"})
        self.assertLessEqual(count(), few)

    def test_asking_to_be_forgotten(self):
        force(self.mine, {"state": "granted", "granted_date": self.today})
        mine = self.mine.with_user(self.an.user_id)
        mine.env["emulation.consent"]._answer(mine, True, "Chuyện của An")
        self.login(self.an)
        self.assertEqual(self.post(f"{DATA}/forget", {"text": "Tôi nghỉ"}).status_code, 422, "not ticked")
        self.assertEqual(self.post(f"{DATA}/forget", {"text": "Tôi nghỉ", "sure": "1"}).status_code, 303)
        asked = self.env["emulation.erasure"].search([("employee_id", "=", self.an.id)])
        self.assertEqual((asked.state, asked.user_id, asked.text), ("asked", self.an.user_id, "Tôi nghỉ"))
        self.env.invalidate_all()
        self.assertFalse(self.mine.honour_consent or self.mine.honour_story, "consent ends at once")
        self.assertEqual(self.post(f"{DATA}/forget", {"sure": "1"}).status_code, 422, "it waits already")
        self.assertNotIn('name="sure"', self.url_open(DATA).text)


@tagged("post_install", "-at_install", "security")
class TestErasure(CampaignCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign._write_protected({"state": "launched"})

    def ask(self, employee, user):
        person = self.env(user=user)["emulation.portal"]._get_person()
        self.env(user=user)["emulation.erasure"]._ask(person)
        return self.env["emulation.erasure"].search([("employee_id", "=", employee.id)])

    def test_names_and_texts_go_numbers_and_the_register_stay(self):
        person = self.employee_proposer
        registration = self.register(person)
        registration._write_protected({"pledge": "Tôi hứa"})
        review = self.open_round()
        sheet = review.evaluation_ids
        self.fill(sheet, self.user_proposer)
        sheet.score_ids[0]._write_protected({"note": "Lời của tôi"})
        sheet.with_user(self.user_sub_head).action_verify()
        sheet.with_user(self.user_officer).action_confirm()
        review._write_protected({"state": "closed"})
        rejected = self.new_commendation(person, state="submitted")
        rejected._write_protected({"state": "rejected", "reason": "Vì lý do riêng"})
        granted = self.new_commendation(person, state="granted", summary="Việc khác")
        rating = self.env["emulation.rating"].create(
            {"recipient_type": "employee", "employee_id": person.id, "year": 2025, "rating": "good"}
        )
        before = (sheet.final_total, sheet.unit_id, registration.unit_id)
        erasure = self.ask(person, self.user_proposer)
        self.assertIn("1", erasure.with_user(self.user_admin).preview)
        for user in (self.user_officer, self.user_proposer, self.user_foreign_officer):
            with self.assertRaises(UserError):  # AccessError is one
                erasure.with_user(user).action_erase()
        erasure.with_user(self.user_admin).action_erase()
        self.env.invalidate_all()
        self.assertEqual((erasure.state, erasure.done_by), ("done", self.user_admin))
        self.assertTrue(erasure.result)
        for record in (registration, rejected, rating):
            self.assertFalse(record.employee_id)
            self.assertNotIn(person.name, record._get_recipient_name())
            self.assertNotIn("xuat", (record.search_key or "").split())
        self.assertFalse(registration.pledge or rejected.summary or rejected.reason)
        self.assertFalse(rejected.message_ids or sheet.score_ids.filtered("note"))
        self.assertEqual((sheet.final_total, sheet.unit_id, registration.unit_id), before, "numbers stay")
        self.assertEqual(rating.rating, "good")
        self.assertEqual((granted.state, granted.employee_id), ("granted", person), "the register stays")
        self.assertEqual(granted.recipient_name, person.name)

    def test_what_pends_comes_first(self):
        self.new_commendation(self.employee_proposer, state="submitted")
        erasure = self.ask(self.employee_proposer, self.user_proposer)
        with self.assertRaises(UserError):
            erasure.with_user(self.user_admin).action_erase()
        self.assertEqual(erasure.state, "asked")

    def test_two_people_of_one_campaign(self):
        """Anonymous registrations of one campaign do not run into each other."""
        self.register(self.employee_proposer, self.employee_officer)
        for employee, user in (
            (self.employee_proposer, self.user_proposer),
            (self.employee_officer, self.user_officer),
        ):
            self.ask(employee, user).with_user(self.user_admin).action_erase()
        self.assertEqual(len(self.campaign.participation_ids.partner_id), 2)

    def test_nobody_decides_on_the_own_request(self):
        erasure = self.ask(self.employee_admin, self.user_admin).with_user(self.user_admin)
        self.assertFalse(erasure.can_erase or erasure.can_refuse)
        with self.assertRaises(UserError):
            erasure.action_erase()

    def test_a_refusal_says_why(self):
        erasure = self.ask(self.employee_proposer, self.user_proposer).with_user(self.user_admin)
        with self.assertRaises(UserError):
            erasure._do_refuse(" ")
        erasure._run_verb("refuse", reason="Hồ sơ đang thanh tra")
        self.assertEqual((erasure.state, erasure.reason), ("refused", "Hồ sơ đang thanh tra"))


@tagged("post_install", "-at_install", "security")
class TestRetention(CampaignCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.old = cls.new_commendation(cls.employee_sub, state="submitted")
        cls.old._write_protected({"state": "rejected", "state_changed_on": "2010-01-01 00:00:00"})
        cls.young = cls.new_commendation(cls.employee_sub, state="submitted", summary="Việc khác")
        cls.young._write_protected({"state": "rejected", "state_changed_on": fields.Datetime.now()})
        ended = {"company_id": cls.company.id, "date_from": date(2005, 1, 1), "date_to": date(2006, 1, 1)}
        people = cls.employee_sub | cls.employee_admin
        cls.cases = cls.env["emulation.restriction"].create(
            [{**ended, "recipient_type": "employee", "employee_id": person.id} for person in people]
        )
        cls.disposal = cls.env["emulation.disposal"]._list(cls.company)

    def test_it_lists_first(self):
        lines = self.disposal.line_ids
        found = {(line.kind, line.record_number) for line in lines}
        self.assertLessEqual({("dossier", self.old.id), ("restriction", self.cases[0].id)}, found)
        self.assertNotIn(("dossier", self.young.id), found)
        self.assertTrue(self.old.exists(), "nothing goes before it is confirmed")
        self.assertIn(self.user_admin, self.disposal.activity_ids.user_id)
        self.env["emulation.disposal"]._cron_list()
        self.assertEqual(self.disposal.search_count([("company_id", "=", self.company.id)]), 1)

    def test_it_acts_after_confirmation(self):
        line = self.disposal.line_ids.filtered(lambda line: line.record_number == self.old.id)
        for user in (self.user_officer, self.user_proposer, self.user_foreign_officer):
            with self.assertRaises(UserError):  # AccessError is one
                self.disposal.with_user(user).action_carry_out()
        self.disposal.with_user(self.user_admin).action_carry_out()
        self.assertFalse(self.old.exists() or self.cases[0].exists())
        self.assertTrue(self.cases[1].exists(), "nobody decides on the own")
        self.assertTrue(line.is_deleted)
        self.assertFalse(any(self.disposal.line_ids.mapped("label")), "the list names nobody any more")

    def test_what_is_marked_stays(self):
        line = self.disposal.line_ids.filtered(lambda line: line.record_number == self.old.id)
        line.with_user(self.user_admin).write({"is_kept": True, "why_kept": "Đang khiếu nại"})
        self.disposal.with_user(self.user_admin).action_carry_out()
        self.assertTrue(self.old.exists())

    def test_nothing_is_put_on_the_list(self):
        for vals in ({"record_number": self.young.id}, {"kind": "sheet"}, {"is_deleted": True}):
            with self.assertRaises(AccessError):
                self.disposal.line_ids[0].with_user(self.user_admin).write(vals)
        with self.assertRaises(AccessError):
            self.env["emulation.disposal.line"].with_user(self.user_admin).create(
                [{"disposal_id": self.disposal.id, "kind": "dossier", "record_number": self.young.id}]
            )

    def test_an_agency_s_own_period_goes_before_the_shared_one(self):
        self.env["emulation.retention"].with_user(self.user_admin).create(
            {"kind": "dossier", "years": 0, "company_id": self.company.id}
        )
        periods = self.env["emulation.retention"]._get_periods(self.company)
        self.assertNotIn("dossier", periods, "for ever")
        self.assertIn("dossier", self.env["emulation.retention"]._get_periods(self.other_company))
