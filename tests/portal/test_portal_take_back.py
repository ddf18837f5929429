"""What was handed in comes back to be corrected until somebody acted; by when an answer may be expected is told."""

from datetime import timedelta

from lxml import html
from odoo.tests import tagged

from ..helpers.portal_common import PortalCommon, force

ACHIEVEMENTS, TARGETS = "/my/emulation/achievements", "/my/emulation/targets"
TAKE_BACK = 'name="take_back"'


@tagged("post_install", "-at_install")
class TestPortalTakeBack(PortalCommon):
    # Achievements --------------------------------------------------------------------------------------

    def _hand_in(self, achievement):
        self.login(self.an)
        form = {"name": achievement.name, "kind": "initiative", "coauthor-0": "", "hand_in": "1"}
        self.assertEqual(self.post(f"{ACHIEVEMENTS}/{achievement.id}/save", form).status_code, 303)
        self.assertEqual(achievement.state, "submitted")

    def _refused(self, achievement):
        """Return whether neither the page offers it nor the form does it."""
        url = f"{ACHIEVEMENTS}/{achievement.id}"
        self.assertNotIn(TAKE_BACK, self.url_open(url).text)
        answer = self.post(f"{url}/save", {"take_back": "1"})
        return answer.status_code == 422 and achievement.state == "submitted"

    def test_an_achievement_is_taken_back_corrected_and_handed_in_again(self):
        url = f"{ACHIEVEMENTS}/{self.achievement.id}"
        self._hand_in(self.achievement)
        self.assertIn(TAKE_BACK, self.url_open(url).text)
        self.login(self.binh)
        self.assertEqual(self.post(f"{url}/save", {"take_back": "1"}).status_code, 404)
        self.login(self.an)
        self.assertEqual(self.post(f"{url}/save", {"take_back": "1"}).status_code, 303)
        self.assertEqual(self.achievement.state, "draft")
        self._hand_in(self.achievement)

    def test_what_a_council_or_a_proposal_rests_on_stays(self):
        self._hand_in(self.achievement)
        marking = self._marking(self.chi, self.an, self.achievement)
        self.assertTrue(self._refused(self.achievement), "a council marks it")
        force(marking, {"state": "closed"})
        marking.item_ids._write_protected({"outcome": "change"})
        self.assertIn(TAKE_BACK, self.url_open(f"{ACHIEVEMENTS}/{self.achievement.id}").text)
        force(self.mine, {"achievement_ids": [(6, 0, self.achievement.ids)]})
        self.assertTrue(self._refused(self.achievement), "a proposal that was handed in rests on it")

    def test_what_was_decided_stays(self):
        self._hand_in(self.achievement)
        force(self.achievement, {"state": "refused"})
        answer = self.post(f"{ACHIEVEMENTS}/{self.achievement.id}/save", {"take_back": "1"})
        self.assertEqual((answer.status_code, self.achievement.state), (422, "refused"))

    # Targets -------------------------------------------------------------------------------------------

    def test_a_target_is_taken_back_and_corrected(self):
        target = self._target(self.campaign, state="submitted", employee_id=self.an.id)
        url = f"{TARGETS}/{target.id}"
        self.login(self.binh)
        self.assertEqual(self.post(f"{url}/save", {"take_back": "1"}).status_code, 404)
        self.login(self.an)
        self.assertIn(TAKE_BACK, self.url_open(url).text)
        self.assertEqual(self.post(f"{url}/save", {"name": "Lén sửa", "hand_in": "1"}).status_code, 422)
        self.post(f"{url}/save", {"take_back": "1"})
        self.assertEqual(target.state, "draft")
        form = {"name": "Chỉ tiêu đúng", "figure": "1.250", "unit_of_measure": "hồ sơ", "note": "Mỗi tuần"}
        self.post(f"{url}/save", form)
        self.assertRecordValues(target, [{"name": "Chỉ tiêu đúng", "figure": 1250, "state": "draft"}])
        self.post(f"{url}/save", {**form, "adds_up": "1", "hand_in": "1"})
        self.assertRecordValues(target, [{"state": "submitted", "adds_up": True, "note": "Mỗi tuần"}])

    def test_a_target_that_came_back_is_corrected_in_the_portal(self):
        target = self._target(self.campaign, state="submitted", employee_id=self.an.id)
        target._do_return("Thấp hơn năm trước")
        self.login(self.an)
        page = self.url_open(f"{TARGETS}/{target.id}").text
        self.assertIn("Thấp hơn năm trước", page)
        self.assertIn(f"{TARGETS}/{target.id}/save", page)
        form = {"name": target.name, "figure": "120", "unit_of_measure": "hồ sơ", "hand_in": "1"}
        self.post(f"{TARGETS}/{target.id}/save", form)
        self.assertRecordValues(target, [{"state": "submitted", "figure": 120, "reason": False}])

    def test_an_approved_target_stays(self):
        self.login(self.an)
        answer = self.post(f"{TARGETS}/{self.target.id}/save", {"take_back": "1"})
        self.assertEqual((answer.status_code, self.target.state), (422, "active"))
        self.assertNotIn(TAKE_BACK, self.url_open(f"{TARGETS}/{self.target.id}").text)

    def test_a_figure_is_taken_back_and_comes_back_into_the_form(self):
        force(self.target, {"needs_approval": True})
        url = f"{TARGETS}/{self.target.id}"
        self.login(self.an)
        form = {"value": "37,5", "date": self.today.isoformat(), "note": "Nhập nhầm"}
        self.post(f"{url}/progress", form)
        figure = self.target.progress_ids
        back = f"/my/emulation/figures/{figure.id}/take_back"
        self.login(self.binh)
        self.assertEqual(self.post(back, {}).status_code, 404)
        self.login(self.an)
        self.assertIn(back, self.url_open(url).text)
        self.assertEqual(self.post(back, {}).status_code, 303)
        self.assertRecordValues(figure, [{"state": "withdrawn", "value": 37.5, "note": "Nhập nhầm"}])
        page = self.url_open(url).text
        self.assertIn('value="37,5"', page, "what was typed stands in the form again")
        self.assertNotIn(back, page)
        self.post(f"{url}/progress", {**form, "value": "40"})
        right = self.target.progress_ids - figure
        right._do_approve()
        self.post(f"/my/emulation/figures/{right.id}/take_back", {})
        self.assertRecordValues(right, [{"state": "approved"}])
        self.assertEqual(self.target.reached, 40)


@tagged("post_install", "-at_install")
class TestPortalExpected(PortalCommon):
    def _read(self, url):
        """Return the page as it is read: one space for all that is blank, no tags."""
        return " ".join(html.document_fromstring(self.url_open(url).text).text_content().split())

    def _by_their_clock(self, record):
        return f"{record.with_context(tz='Asia/Ho_Chi_Minh').answer_by:%d/%m/%Y}"

    def test_a_registration_tells_when_an_answer_may_be_expected(self):
        self.agency.emulation_registration_days = 12
        campaign = self._campaign("Phong trào mới", registration_deadline=self.today + timedelta(days=9))
        url = f"/my/emulation/campaigns/{campaign.id}"
        self.login(self.an)
        page = self._read(url)
        self.assertIn(f"{self.today + timedelta(days=9):%d/%m/%Y}", page)
        self.assertRegex(page, r"Days left to register: [89]\b", "by the visitor's clock")
        self.post(f"{url}/register", {"recipient": f"employee:{self.an.id}"})
        found = self.env["emulation.participation"].search([("campaign_id", "=", campaign.id)])
        self.assertTrue(found.submitted_on)
        self.assertIn(f"Answer expected by {self._by_their_clock(found)}", self._read(url))
        found._do_approve()
        self.assertFalse(found.answer_by, "answered")

    def test_a_request_tells_when_an_answer_may_be_expected(self):
        url = f"/my/emulation/commendations/{self.mine.id}"
        self.login(self.an)
        self.post(f"{url}/request", {"kind": "correction", "text": "Sai tên"})
        asked = self.mine.request_ids
        self.assertEqual((asked.answer_by - asked.create_date.date()).days // 2, 7, "15 days, by the clock")
        self.assertIn(f"Answer expected by {self._by_their_clock(asked)}", self._read(url))
        self.agency.emulation_answer_days = 0
        self.assertNotIn("Answer expected", self._read(url), "the agency tells no date")

    def test_days_left_to_appeal_to_comment_and_to_reach_a_target(self):
        force(self.mine, {"state": "granted", "granted_date": self.today})
        listed = self._publication(self._commendation(self.binh, state="appraised"))
        force(self.target, {"deadline": self.today + timedelta(days=40)})
        self.login(self.an)
        for url in (
            f"/my/emulation/commendations/{self.mine.id}",
            f"/my/emulation/publications/{listed.id}",
            "/my/emulation/publications",
            f"{TARGETS}/{self.target.id}",
        ):
            with self.subTest(url=url):
                self.assertRegex(self._read(url), r"Days left:\s*\d+")
