"""A later day granted to a unit holds for its people wherever a day is told, and for nobody else."""

from datetime import timedelta

from lxml import html
from odoo.tests import tagged

from ..helpers.portal_common import PortalCommon, force

CAMPAIGNS, EVALUATIONS = "/my/emulation/campaigns", "/my/emulation/evaluations"


@tagged("post_install", "-at_install")
class TestPortalPutOff(PortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.granted = cls.today + timedelta(days=7)
        cls.late_campaign = cls._campaign("Phong trào đã hết hạn")
        force(cls.late_campaign, {"registration_deadline": cls.today - timedelta(days=3)})
        cls.url = f"{CAMPAIGNS}/{cls.late_campaign.id}"

    def grant(self, what="registration", unit=None, day=None):
        campaign = self.late_campaign if what == "registration" else self.campaign
        self.env["emulation.extension"].create(
            {
                "campaign_id": campaign.id,
                "review_id": what != "registration" and self.review.id,
                "what": what,
                "department_id": (unit or self.unit).id,
                "date": day or self.granted,
                "reason": "Đơn vị tập trung phòng chống bão",
            }
        )

    def read(self, url, person):
        self.login(person)
        return self.url_open(url).text

    def has_form(self, person):
        return f'action="{self.url}/register' in self.read(self.url, person)

    def get_days(self, person):
        """Return the day of each event in the calendar of a person, by the page it leads to."""
        lines = self.read("/my/emulation/calendar.ics", person).replace("\r\n ", "").splitlines()
        days = [line.rpartition(":")[2] for line in lines if line.startswith("DTSTART")]
        pages = [line.partition("example.org")[2] for line in lines if line.startswith("URL")]
        return dict(zip(pages, days, strict=True))

    def test_who_was_granted_a_day_registers_until_then(self):
        self.assertFalse(self.has_form(self.an))
        self.assertNotIn(self.url, self.get_days(self.an))
        self.grant(unit=self.other_unit)
        self.assertFalse(self.has_form(self.an))
        self.assertTrue(self.has_form(self.dung))
        self.grant()
        self.assertTrue(self.has_form(self.an))
        self.assertIn("Days left to register: 7", " ".join(self.read(self.url, self.an).split()))
        self.assertEqual(self.get_days(self.an)[self.url], f"{self.granted:%Y%m%d}")
        form = {"recipient": f"employee:{self.an.id}", "pledge": "Tôi cam kết"}
        self.assertEqual(self.post(f"{self.url}/register", form).status_code, 303)
        registration = self.env["emulation.participation"].search(
            [("campaign_id", "=", self.late_campaign.id), ("employee_id", "=", self.an.id)]
        )
        self.assertEqual((registration.state, registration.late_days), ("submitted", 0))

    def test_a_head_registers_the_unit_that_was_granted_a_day_only(self):
        force(self.late_campaign, {"collective_set_id": self.late_campaign.individual_set_id.id})
        force(self.other_unit, {"parent_id": False})
        self._make_head(self.other_unit, self.chi)  # of two units now, and working in the first
        self.grant(unit=self.other_unit)
        page = html.document_fromstring(self.read(self.url, self.chi))
        offered = page.xpath(
            "//select[@name = 'recipient']/option/@value | //input[@name = 'recipient']/@value"
        )
        self.assertEqual([key for key in offered if key], [f"department:{self.other_unit.id}"])

    def test_the_day_that_is_over_is_the_one_that_was_granted(self):
        self.grant(day=self.today - timedelta(days=1))
        self.login(self.an)
        form = {"recipient": f"employee:{self.an.id}", "pledge": "Tôi cam kết"}
        answer = self.post(f"{self.url}/register", form)
        self.assertEqual(answer.status_code, 422)
        self.assertIn(f"{self.today - timedelta(days=1):%m/%d/%Y}", answer.text)

    def test_a_sheet_is_late_after_the_day_granted(self):
        force(self.review, {"self_deadline": self.today - timedelta(days=2)})
        url = f"{EVALUATIONS}/{self.sheet.id}"
        self.assertIn("overdue", self.read("/my/emulation", self.an))
        self.grant("self", self.other_unit)
        self.assertIn("overdue", self.read("/my/emulation", self.an))
        self.grant("self")
        day = f"{self.granted:%d/%m/%Y}"
        for page in ("/my/emulation", EVALUATIONS, url):
            text = self.read(page, self.an)
            self.assertIn(day, text)
            self.assertNotIn("overdue", text)
        self.assertEqual(self.get_days(self.an)[url], f"{self.granted:%Y%m%d}")

    def test_the_next_step_is_expected_by_the_day_granted(self):
        force(self.review, {"verify_deadline": self.today + timedelta(days=12)})
        force(self.sheet, {"state": "submitted"})
        day = self.today + timedelta(days=19)
        self.grant("verify", day=day)
        self.assertIn(f"{day:%d/%m/%Y}", self.read(f"{EVALUATIONS}/{self.sheet.id}", self.an))
        self.assertEqual(self.get_days(self.chi)["/my/emulation/unit#verify"], f"{day:%Y%m%d}")
