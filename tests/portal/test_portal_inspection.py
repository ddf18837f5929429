"""The head of a unit with nothing but a portal account reads what an inspection found and answers it."""

from odoo.fields import Command
from odoo.tests import tagged

from ..helpers.portal_common import PDF, PortalCommon, force

INSPECTIONS, FINDINGS = "/my/emulation/unit/inspections", "/my/emulation/unit/findings"


@tagged("post_install", "-at_install")
class TestPortalInspection(PortalCommon):
    def _answer(self, text, finding=None):
        return self.post(f"{FINDINGS}/{(finding or self.finding).id}/mend", {"text": text})

    def test_from_what_waits_to_the_answer(self):
        self.login(self.chi)
        self.assertIn("Findings of inspections to answer: 1", self._words("/my/emulation"))
        self.assertIn("Việc thực hiện phong trào", self._words(INSPECTIONS))
        page = self._words(f"{INSPECTIONS}/{self.inspection.id}")
        for text in (
            "Chưa có sổ theo dõi",
            f"{self.finding.deadline:%d/%m/%Y}",
            "Đơn vị thực hiện nghiêm túc.",
        ):
            self.assertIn(text, page)
        self.assertEqual(self._answer("Đã lập sổ").status_code, 303)
        self.assertEqual((self.finding.state, self.finding.reason), ("mended", "Đã lập sổ"))
        self.assertNotIn("Findings of inspections", self._words("/my/emulation"))
        self.assertIn("How it was resolved: Đã lập sổ", self._words(f"{INSPECTIONS}/{self.inspection.id}"))

    def _words(self, url):
        from lxml import html

        return " ".join(html.document_fromstring(self.url_open(url).text).text_content().split())

    def test_what_came_back_is_told_and_says_why(self):
        self.finding._do_mend("Đã làm")
        self.env["emulation.news"].search([])._with_seal().unlink()
        self.finding._do_reopen("Sổ chưa ghi đủ")
        news = self.env["emulation.news"].search([])
        self.assertEqual((news.kind, news.user_id), ("finding_reopened", self.chi.user_id))
        self.login(self.chi)
        (line,) = news._get_lines()
        self.assertEqual(line["url"], f"{INSPECTIONS}/{self.inspection.id}")
        self.assertIn("Sổ chưa ghi đủ", self._words(line["url"]))
        self.assertEqual(self._answer("Đã ghi đủ").status_code, 303)
        self.assertEqual(self.finding.state, "mended")

    def test_a_recorded_visit_is_told(self):
        visit = self._visit(["Thiếu kế hoạch"])
        self.env["emulation.news"].search([])._with_seal().unlink()
        self.env["emulation.news"]._tell(visit, "issue")
        news = self.env["emulation.news"].search([])
        self.assertEqual((news.kind, news.user_id), ("visit_recorded", self.chi.user_id))
        self.login(self.chi)
        self.assertEqual(self.url_open(news._get_lines()[0]["url"]).status_code, 200)

    def test_nothing_is_answered_twice_late_or_empty(self):
        self.login(self.chi)
        self.assertEqual(self._answer("").status_code, 422)
        self.assertEqual(self._answer(" \n ").status_code, 422)
        self.assertEqual(self._answer("x" * 1001).status_code, 422)
        self.assertEqual(self.finding.state, "open")
        for state in ("mended", "settled"):
            force(self.finding, {"state": state, "reason": "Như cũ"})
            page = self._answer("Ghi đè")
            self.assertEqual((page.status_code, self.finding.reason), (422, "Như cũ"))
            self.assertIn("another step", page.text)

    def test_a_planned_visit_is_nobodys_yet(self):
        for state in ("draft", "cancelled"):
            force(self.inspection, {"state": state})
            self.login(self.chi)
            self.assertEqual(self.url_open(f"{INSPECTIONS}/{self.inspection.id}").status_code, 404)
            self.assertEqual(self._answer("x").status_code, 404)
            self.assertNotIn("Findings of inspections", self._words("/my/emulation"))

    def test_heads_of_others_and_the_head_above(self):
        """The head above and the unit that follows up read; the unit itself answers."""
        above = self.env["hr.department"].create({"name": "Khối văn phòng", "company_id": self.agency.id})
        self.unit.parent_id = above
        self._make_head(self.other_unit, self.dung)
        self.login(self.dung)
        page = f"{INSPECTIONS}/{self.inspection.id}"
        self.assertEqual(self.url_open(page).status_code, 404)
        force(self.campaign, {"standing_unit_id": self.other_unit.id})
        self.assertEqual(self.url_open(page).status_code, 200)
        self.assertNotIn(f"{FINDINGS}/", self.url_open(page).text)
        self.assertEqual(self._answer("Thay đơn vị").status_code, 422)
        force(self.campaign, {"standing_unit_id": False})
        self._make_head(above, self.binh)
        self.login(self.binh)
        self.assertEqual(self.url_open(page).status_code, 200)
        self.assertEqual(self._answer("Thay đơn vị").status_code, 422)
        self.assertEqual(self.finding.state, "open")

    def test_the_record_is_downloaded(self):
        self.login(self.chi)
        url = f"{INSPECTIONS}/{self.inspection.id}/record"
        self.assertEqual(self.url_open(url).status_code, 404)
        paper = self.env["ir.attachment"].create({"name": "bien-ban.pdf", "raw": PDF})
        force(self.inspection, {"document_attachment_id": paper.id})
        answer = self.url_open(url)
        self.assertEqual(answer.content, PDF)
        self.assertTrue(answer.headers["Content-Disposition"].startswith("attachment"))
        self.login(self.binh)
        self.assertEqual(self.url_open(url).status_code, 404)

    def test_the_reminder_leads_to_a_page_that_opens(self):
        self.patch(type(self.env["emulation.installation"]), "_is_copy", lambda self: False)
        self.chi.user_id.email = "chi@example.vn"
        findings = self.env["emulation.inspection.finding"].with_context(tz="Asia/Ho_Chi_Minh")
        findings._cron_remind()
        mails = self.env["mail.mail"].search([("recipient_ids", "in", self.chi.user_id.partner_id.ids)])
        self.assertIn(f"https://thidua.example.org{INSPECTIONS}/{self.inspection.id}", mails.body_html)

    def test_the_day_stands_in_the_calendar(self):
        force(self.finding, {"deadline": "2099-03-04"})
        self.login(self.chi)
        self.assertIn("20990304", self.url_open("/my/emulation/calendar.ics").text)

    def test_a_text_with_signs_is_only_text(self):
        text = "<script>alert(1)</script> & =1+1"
        self.login(self.chi)
        self._answer(text)
        page = self.url_open(f"{INSPECTIONS}/{self.inspection.id}").text
        self.assertNotIn("<script>alert", page)
        self.assertIn("&lt;script&gt;", page)

    def test_a_deputy_answers_a_closed_unit_does_not(self):
        self.env["emulation.deputy"].create(
            {
                "department_id": self.unit.id,
                "employee_id": self.binh.id,
                "date_from": self.today,
                "date_to": self.today,
            }
        )
        self.login(self.binh)
        self.assertEqual(self._answer("Phó trưởng phòng trả lời").status_code, 303)
        self.unit.write({"active": False, "child_ids": [Command.clear()]})
        self.assertEqual(self.url_open(f"{INSPECTIONS}/{self.inspection.id}").status_code, 404)
