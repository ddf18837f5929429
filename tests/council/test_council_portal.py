"""A council member votes in the portal: by clicking, on a phone as well; and nobody else can."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..helpers.portal_common import WIDTHS, PortalCommon


@tagged("post_install", "-at_install", "is_tour")
class TestCouncilPortalTour(PortalCommon):
    width = WIDTHS["desktop"]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.speak_vietnamese()

    def test_vote(self):
        session = self._session(self.an, self._commendation(self.binh))
        self.play("/my/emulation", "ballot", self.an, self.width)
        self.assertTrue(session.attendance_ids.has_voted)
        session.action_close()
        self.assertRecordValues(session.item_ids, [{"agree_count": 0, "disagree_count": 1}])


@tagged("post_install", "-at_install", "is_tour")
class TestCouncilPortalTourPhone(TestCouncilPortalTour):
    width = WIDTHS["phone"]
    allow_inherited_tests_method = True


@tagged("post_install", "-at_install")
class TestCouncilPortal(PortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.council_session = cls._session(cls.an, cls._commendation(cls.binh))
        cls.url = f"/my/emulation/ballots/{cls.council_session.id}"

    def vote(self, choice):
        return self.post(f"{self.url}/cast", {f"item-{self.council_session.item_ids.id}": choice})

    def test_the_page_never_shows_a_choice(self):
        self.login(self.an)
        self.assertIn("Trần Văn Bình", self.url_open(self.url).text)
        self.assertEqual(self.vote("disagree").status_code, 303)
        page = self.url_open(self.url).text
        self.assertIn("You have voted", page)
        self.assertNotIn('type="radio"', page)
        self.assertNotIn("= 0%", page)

    def test_a_second_vote_changes_nothing(self):
        self.login(self.an)
        self.vote("agree")
        self.assertIn("You have voted already", self.vote("disagree").text)
        self.council_session.action_close()
        self.assertEqual(self.council_session.item_ids.agree_count, 1)

    def test_an_invented_choice_is_a_blank_vote(self):
        self.login(self.an)
        self.vote("agree; drop")
        self.council_session.action_close()
        self.assertEqual(self.council_session.item_ids.blank_count, 1)

    def test_a_closed_session_shows_its_results_to_members(self):
        self.login(self.an)
        self.vote("agree")
        self.council_session.action_close()
        self.assertIn("1/1 = 100%", self.url_open(self.url).text)

    def test_strangers_find_nothing(self):
        for person in (self.binh, self.chi, self.em):
            self.login(person)
            with self.subTest(person=person.name):
                self.assertEqual(self.url_open(self.url).status_code, 404)
                self.assertEqual(self.vote("agree").status_code, 404)
                self.assertNotIn("Hội đồng của An", self.url_open("/my/emulation/ballots").text)
        self.assertFalse(self.council_session.attendance_ids.has_voted)

    def test_the_member_is_told_once(self):
        notes = self.council_session.message_ids.filtered(
            lambda message: self.an.user_id.partner_id in message.notified_partner_ids
        )
        found = notes or self.env["mail.message"].search(
            [("model", "=", "emulation.session"), ("partner_ids", "=", self.an.user_id.partner_id.id)]
        )
        self.assertEqual(len(found), 1)

    def test_portal_members_have_no_rights_by_rpc(self):
        own = self.council_session.with_user(self.an.user_id)
        for deed in (lambda: own.read(["abstract"]), lambda: own.item_ids.read(["commendation_id"])):
            with self.assertRaises(AccessError):
                deed()
