"""The person concerned hears of it: in the own language, by a link that opens, one message whatever the number."""

from odoo import sql_db
from odoo.fields import Command
from odoo.tests import tagged

from ...models.portal.emulation_news import CURRENT, EVENTS, UNTOLD
from ..helpers.portal_common import PortalCommon, force

# By these a record is about a person or a unit, or about what belongs to one.
ABOUT_SOMEBODY = {"employee_id", "department_id", "commendation_id", "commendation_ids", "author_id"}
# Whoever it is about does these alone: nothing is decided.
OWN_ROLES = {"owner", "proposer", "declarer"}
# A verb that others may use for the person, who then knows of it: it was handed in, prepared or written.
OWN_STEPS = {"submit", "nominate", "mend", "take_back"}


@tagged("post_install", "-at_install")
class TestPortalNews(PortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.news = cls.env["emulation.news"]
        cls.an.user_id.email = "an@example.vn"
        cls.news.search([])._with_seal().unlink()

    def _mails(self):
        return self.env["mail.mail"].search([("recipient_ids", "in", self.an.user_id.partner_id.ids)])

    def _run_cron(self):
        self.env.flush_all()
        self.env.ref("hr_emulation.cron_news").method_direct_trigger()
        self.env.invalidate_all()

    def _happen(self):
        """Everything there is to hear of, once."""
        pending = self._participation(self.an, state="submitted", campaign=self._campaign("Phong trào mới"))
        pending._do_approve()
        refused = self._participation(self.an, state="submitted", campaign=self._campaign("Phong trào hai"))
        refused._do_refuse("Quá hạn")
        self._review(pending.campaign_id)._do_open()
        force(self.sheet, {"state": "submitted"})
        self.sheet._do_return("Thiếu minh chứng")
        self._publication(self._commendation(self.an))
        rejected = self._commendation(self.an)
        rejected._do_reject("Không đủ điều kiện")
        self.env["emulation.request"].with_user(self.an.user_id).sudo()._ask(self.mine, "correction", "Tên")
        self.mine.request_ids.answer = "Đã sửa"
        self.mine.request_ids._do_answer()
        self._invite()

    def _invite(self):
        """Fix the ceremony of a decision that granted An an award."""
        self.granted = self._commendation(self.an)
        self.decision = self.env["emulation.decision"].create({"company_id": self.agency.id})
        force(self.granted, {"state": "granted", "granted_date": self.today, "decision_id": self.decision.id})
        force(self.decision, {"state": "issued"})
        self.decision.write({"ceremony_on": "2099-01-05 01:30:00", "ceremony_place": "Hội trường tầng 2"})

    def test_everything_is_told_with_a_link_that_opens(self):
        self._happen()
        found = self.news.search([("user_id", "=", self.an.user_id.id)])
        kinds = {
            *("registration_approved", "registration_refused", "sheet_open", "sheet_returned"),
            *("published", "rejected", "answered", "ceremony"),
        }
        self.assertEqual(set(found.mapped("kind")), kinds)
        self.login(self.an)
        for line in found._get_lines():
            with self.subTest(line=line["text"]):
                self.assertEqual(self.url_open(line["url"]).status_code, 200)
        page = self.url_open("/my/emulation").text
        self.assertIn("Phong trào mới", page)

    def test_the_ceremony_stands_in_the_dossier_and_in_the_calendar(self):
        self._invite()
        self.login(self.an)
        page = self.url_open(f"/my/emulation/commendations/{self.granted.id}").text
        self.assertIn("08:30 05/01/2099, Hội trường tầng 2", page)
        calendar = self.url_open("/my/emulation/calendar.ics").text
        self.assertIn("DTSTART:20990105T013000Z", calendar)
        self.login(self.binh)
        self.assertNotIn("20990105", self.url_open("/my/emulation/calendar.ics").text)

    def test_targets_stand_in_the_calendar_of_who_has_them(self):
        force(self.target, {"deadline": "2099-03-04"})
        self.login(self.an)
        self.assertIn("20990304", self.url_open("/my/emulation/calendar.ics").text)
        self.login(self.binh)
        self.assertNotIn("20990304", self.url_open("/my/emulation/calendar.ics").text)

    def test_a_ceremony_gone_by_or_a_draft_tells_nobody(self):
        decision = self.env["emulation.decision"].create({"company_id": self.agency.id})
        force(self.mine, {"state": "granted", "granted_date": self.today, "decision_id": decision.id})
        decision.ceremony_on = "2099-01-05 01:30:00"
        force(decision, {"state": "issued"})
        decision.ceremony_on = "2020-01-05 01:30:00"
        self.assertFalse(self.news.search([]))

    def test_nobody_hears_of_others(self):
        self._happen()
        self.assertEqual(self.news.search([]).user_id, self.an.user_id)
        self.login(self.binh)
        self.assertNotIn("Phong trào mới", self.url_open("/my/emulation").text)

    def test_one_message_a_person_whatever_the_number(self):
        self._happen()
        self._run_cron()
        mails = self._mails()
        self.assertEqual(len(mails), 1)
        self.assertIn("https://thidua.example.org/my/emulation/campaigns/", mails.body_html)
        self.assertIn("/my/emulation/settings", mails.body_html)
        self._run_cron()
        self.assertEqual(self._mails(), mails, "nothing is told twice")

    def test_it_speaks_the_language_of_the_person(self):
        self.speak_vietnamese()
        self._happen()
        self._run_cron()
        self.assertIn("Đăng ký của anh/chị", self._mails().body_html)

    def test_a_person_may_want_one_mail_a_day_or_none(self):
        self.login(self.an)
        self.post("/my/emulation/settings/save", {"news": "digest"})
        self.assertEqual(self.an.user_id.emulation_news, "digest")
        self._happen()
        self._run_cron()
        self.assertFalse(self._mails())
        self.env["emulation.notifier"]._cron_send_digests()
        self.assertEqual(len(self._mails()), 1)
        self.post("/my/emulation/settings/save", {"news": "off"})
        self._commendation(self.an)._do_reject("Không đủ điều kiện")
        self._run_cron()
        self.env["emulation.notifier"]._cron_send_digests()
        self.assertEqual(len(self._mails()), 1)

    def test_a_unit_is_told_through_who_acts_for_it(self):
        force(self.campaign, {"collective_set_id": self.campaign.individual_set_id.id})
        values = {"recipient_type": "department", "department_id": self.unit.id}
        registered = self.env["emulation.participation"]._find_or_register(self.campaign, values)
        registered._do_submit()
        registered._do_approve()
        found = self.news.search([("kind", "=", "registration_approved")])
        self.assertEqual(found.user_id, self.chi.user_id)

    def test_a_head_is_told_of_a_report_that_was_accepted(self):
        force(self.unit_report, {"state": "submitted"})
        self.unit_report._do_accept()
        self.assertEqual(self._told(self.chi).keys(), {"report_accepted"})

    def test_a_head_is_told_of_a_report_that_came_back(self):
        force(self.unit_report, {"state": "submitted"})
        self.unit_report._do_return("Thiếu số liệu")
        found = self.news.search([("kind", "=", "report_returned")])
        self.assertEqual(found.user_id, self.chi.user_id)
        self.login(self.chi)
        (line,) = found._get_lines()
        self.assertIn("Báo cáo quý", line["text"])
        self.assertEqual(self.url_open(line["url"]).status_code, 200)

    def test_every_decision_about_a_person_is_told_or_says_why_not(self):
        """A new verb of a record about people fails here until somebody says who hears of it."""
        decisions = set()
        for name, model in self.env.registry.items():
            if model._abstract or "_verbs" not in dir(model) or not ABOUT_SOMEBODY & model._fields.keys():
                continue
            for verb, step in self.env[name]._get_verbs().items():
                if (step.document or set(step.roles) - OWN_ROLES) and verb not in OWN_STEPS:
                    decisions.add((name, verb))
        self.assertGreater(len(decisions), 40)
        silent = decisions - EVENTS.keys() - UNTOLD.keys() - self._of_documents()
        self.assertFalse(silent, "say in EVENTS who hears of it, or in UNTOLD why nobody does")
        self.assertFalse(EVENTS.keys() & UNTOLD.keys())
        self.assertTrue(all(UNTOLD.values()))
        for model, verb in UNTOLD:
            self.assertIn(verb, self.env[model]._get_verbs(), f"{model} has no such verb any more")

    def _of_documents(self):
        """Return the verbs of papers and sessions about many: what they do to each person is told by its own verb."""
        many = ("decision", "submission", "recognition", "session", "council", "publication", "review")
        return {
            (f"emulation.{name}", verb)
            for name in (*many, "initiative.session")
            if f"emulation.{name}" in self.env and "_verbs" in dir(self.env[f"emulation.{name}"])
            for verb in self.env[f"emulation.{name}"]._get_verbs()
        }

    def _told(self, person):
        """Return {kind: (sentence, address)} of all that was told to a person; each address opens."""
        found = self.news.search([("user_id", "=", person.user_id.id)])
        lines = {news.kind: line for news in found for line in news._get_lines()}
        self.login(person)
        for kind, line in lines.items():
            with self.subTest(kind=kind):
                self.assertEqual(self.url_open(line["url"]).status_code, 200)
        return {kind: (line["text"], line["url"]) for kind, line in lines.items()}

    def test_a_figure_is_told_both_ways(self):
        first, second = self._figure(self.target, 40), self._figure(self.target, 50)
        first._do_approve()
        second._do_refuse("Không có minh chứng")
        told = self._told(self.an)
        self.assertEqual(told.keys(), {"figure_approved", "figure_refused"})
        self.assertEqual(told["figure_approved"][1], f"/my/emulation/targets/{self.target.id}")

    def test_an_initiative_is_told_to_all_its_authors(self):
        initiative = self._initiative(self.an)
        force(
            initiative,
            {
                "state": "submitted",
                "reach": "unit",
                "author_ids": [Command.create({"employee_id": self.binh.id, "share": 30})],
            },
        )
        initiative._do_recognise()
        for person in (self.an, self.binh):
            self.assertEqual(self._told(person).keys(), {"initiative_recognised"})

    def test_a_certificate_suspended_and_made_valid_again(self):
        force(self.mine, {"state": "granted", "granted_date": self.today})
        certificate = self.new_certificate()
        self.news.search([])._with_seal().unlink()
        certificate._do_suspend()
        certificate._do_resume()
        self.assertEqual(self._told(self.an).keys(), {"suspended", "resumed"})

    def test_a_story_is_told_to_whom_it_is_about(self):
        story = self._story(self.an)
        self.news.search([])._with_seal().unlink()
        force(story, {"state": "nominated"})
        story._do_foster()
        self.assertEqual(self._told(self.an).keys(), {"story_asked"})
        story.with_user(self.an.user_id).sudo()._do_agree()
        self.assertFalse(self._told(self.an), "asked and answered")
        story._do_publish()
        self.assertEqual(self._told(self.an).keys(), {"story_published"})
        story._do_withdraw_consent()
        self.assertEqual(self._told(self.an).keys(), {"story_hidden"})

    def test_who_is_to_help_with_a_model_is_told_and_reads_it(self):
        story = self._story(self.binh)
        step = {"name": "Hướng dẫn đồng nghiệp", "date": self.today, "helper_id": self.an.id}
        story.step_ids = [Command.create(step)]
        told = self._told(self.an)
        self.assertIn("Hướng dẫn đồng nghiệp", told["helper_named"][0])
        page = self.url_open("/my/emulation/exemplars").text
        self.assertIn("Hướng dẫn đồng nghiệp", page)
        story.step_ids.is_done = True
        self.assertNotIn("helper_named", self._told(self.an))
        self.assertNotIn("Hướng dẫn đồng nghiệp", self.url_open("/my/emulation/exemplars").text)
        self.login(self.dung)
        story.step_ids.is_done = False
        self.assertNotIn("Hướng dẫn đồng nghiệp", self.url_open("/my/emulation/exemplars").text)

    def test_who_comments_and_who_asks_to_be_forgotten_is_answered(self):
        listed = self._publication(self._commendation(self.binh, state="appraised"))
        self.news.search([])._with_seal().unlink()
        listed._do_comment(self.an.user_id, "Nhất trí")
        listed.comment_ids.answer = "Đã ghi nhận"
        listed.comment_ids._do_handle()
        erasure = self.env["emulation.erasure"]
        person = self.env["emulation.portal"].with_user(self.an.user_id)._get_person()
        erasure.with_user(self.an.user_id)._ask(person, "Xin xóa")
        erasure.search([("user_id", "=", self.an.user_id.id)])._do_refuse("Còn hồ sơ đang xét")
        told = self._told(self.an)
        self.assertEqual(told.keys(), {"comment_answered", "erasure_refused"})
        self.assertEqual(told["comment_answered"][1], f"/my/emulation/publications/{listed.id}")
        self.assertFalse(self.news.search([("kind", "=", "comment_answered")]).user_id - self.an.user_id)

    def test_a_registration_withdrawn_by_the_officer_is_told(self):
        pending = self._participation(self.an, state="submitted", campaign=self._campaign("Phong trào mới"))
        pending._do_withdraw()
        self.assertEqual(self._told(self.an).keys(), {"registration_withdrawn"})

    def test_what_was_asked_and_is_done_is_told_no_more(self):
        """Each kind that asks, and each that says what something is now, until it is done or is so no longer."""
        self._happen()
        self.assertIn("sheet_returned", self._told(self.an))
        force(self.sheet, {"state": "submitted"})
        told = self._told(self.an)
        self.assertNotIn("sheet_returned", told)
        self.assertIn("sheet_open", told, "another sheet, still to be filled in")
        opened = self.news.search([("kind", "=", "sheet_open")])
        force(self.env["emulation.evaluation"].browse(opened.res_id).review_id, {"state": "closed"})
        self.assertNotIn("sheet_open", self._told(self.an))
        listed = self.env["emulation.publication"].search([("is_open", "=", True)])
        force(listed, {"date_to": "2020-01-02", "date_from": "2020-01-01"})
        self.assertNotIn("published", self._told(self.an))
        self.assertIn("ceremony", self._told(self.an))
        self.decision._write_protected({"ceremony_on": "2020-01-05 01:30:00"})
        self.assertNotIn("ceremony", self._told(self.an))
        self.assertLessEqual({"registration_approved", "rejected", "answered"}, self._told(self.an).keys())
        self.login(self.an)
        self.assertNotIn("Your scoring sheet came back", self.url_open("/my/emulation").text)

    def test_every_kind_that_asks_ends(self):
        """Whatever asks by its words says in which states it asks."""
        kinds = dict(self.news._fields["kind"].selection)
        asking = {kind for kind in kinds if kind.endswith(("_open", "_returned", "_reopened", "_asked"))}
        self.assertEqual(asking - CURRENT.keys(), set())
        self.assertEqual(CURRENT.keys() - kinds.keys(), set())

    def test_what_came_back_to_a_head_is_told_until_it_is_handed_in_again(self):
        force(self.unit_report, {"state": "submitted"})
        self.unit_report._do_return("Thiếu số liệu")
        force(self.finding, {"state": "mended"})
        self.finding._do_reopen("Chưa xong")
        self.assertEqual(self._told(self.chi).keys(), {"report_returned", "finding_reopened"})
        force(self.unit_report, {"state": "submitted"})
        force(self.finding, {"state": "mended"})
        self.assertFalse(self._told(self.chi))

    def test_a_mail_asks_for_nothing_that_is_done(self):
        force(self.sheet, {"state": "submitted"})
        self.sheet._do_return("Thiếu minh chứng")
        force(self.sheet, {"state": "submitted"})
        self._run_cron()
        self.assertFalse(self._mails())

    def test_a_calendar_without_a_day_is_not_offered(self):
        self.login(self.em)
        self.assertNotIn("calendar.ics", self.url_open("/my/emulation").text)
        answer = self.url_open("/my/emulation/calendar.ics", allow_redirects=False)
        self.assertEqual((answer.status_code, answer.headers["Location"][-13:]), (303, "/my/emulation"))
        self.assertIn("Nothing with a day waits", self.url_open("/my/emulation").text)
        self.login(self.an)
        self.assertIn("calendar.ics", self.url_open("/my/emulation").text)
        self.assertIn("BEGIN:VEVENT", self.url_open("/my/emulation/calendar.ics").text)

    def test_telling_many_costs_the_same(self):
        costs = []
        for number in (2, 22):
            people = self.env["hr.employee"].create(
                [{"name": f"Người {index}", "company_id": self.agency.id} for index in range(number)]
            )
            users = self.env["res.users"].create(
                [
                    {
                        "name": employee.name,
                        "login": f"nguoi{number}.{employee.id}",
                        "company_id": self.agency.id,
                        "company_ids": [(6, 0, self.agency.ids)],
                        "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
                    }
                    for employee in people
                ]
            )
            for employee, user in zip(people, users, strict=True):
                employee.user_id = user
            campaign = self._campaign(f"Phong trào {number}")
            found = self.env["emulation.participation"]
            for employee in people:
                found |= self._participation(employee, state="submitted", campaign=campaign)
            self.env.flush_all()
            self.env.invalidate_all()
            before = sql_db.sql_counter
            self.news._tell(found, "approve")
            self.env.flush_all()
            costs.append(sql_db.sql_counter - before)
            self.assertEqual(len(self.news.search([("res_id", "in", found.ids)])), number)
        self.assertLessEqual(costs[1], costs[0])
