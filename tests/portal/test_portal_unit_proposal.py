"""A head who only has the portal proposes the unit itself, as it does people; nobody else does."""

from lxml import html
from odoo.tests import tagged

from ..helpers.common import give_rule
from ..helpers.portal_common import PDF, force
from .test_portal_dossier import DOSSIERS, PROPOSALS, DossierCommon

NOMINATE = "/my/emulation/nominate"


@tagged("post_install", "-at_install")
class TestPortalUnitProposal(DossierCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.title = cls.env["emulation.award"].create(
            {
                "code": "TTLDTT-T",
                "name": "Tập thể lao động tiên tiến",
                "company_id": cls.agency.id,
                "subject_individual": False,
                "subject_collective": True,
            }
        )
        give_rule(cls.title, cls.agency, paper_ids=cls.env.ref("hr_emulation.paper_report").ids)
        cls.award.subject_collective = False

    def _form(self, employee=None, **values):
        form = super()._form(employee, **{"unit": self.unit.id, "award": self.title.id, **values})
        del form["employee"]
        return form

    def _fields(self, url):
        page = html.fromstring(self.url_open(url).text)
        return page, set(page.xpath("//main//*[@name]/@name"))

    def test_only_awards_of_collectives_are_offered(self):
        self.login(self.chi)
        self.assertIn(f"{NOMINATE}?unit={self.unit.id}", self.url_open("/my/emulation/unit").text)
        page, fields = self._fields(f"{NOMINATE}?unit={self.unit.id}")
        self.assertIn("unit", fields)
        self.assertNotIn("employee", fields)
        offered = page.xpath("//select[@name='award']/option/@value")
        self.assertIn(str(self.title.id), offered)
        self.assertNotIn(str(self.award.id), offered)
        page, fields = self._fields(NOMINATE)
        self.assertNotIn(str(self.title.id), page.xpath("//select[@name='award']/option/@value"))
        answer = self.post(f"{NOMINATE}/send", self._form(award=self.award.id))
        self.assertEqual(answer.status_code, 422)
        again = html.fromstring(answer.text)
        self.assertEqual(again.xpath("//input[@name='unit']/@value"), [str(self.unit.id)])
        self.assertIn("Cắt giảm 30 %", answer.text, "what was typed stays")

    def test_from_draft_to_receipt(self):
        merit = self.env["emulation.achievement"].create(
            {
                "recipient_type": "department",
                "department_id": self.unit.id,
                "company_id": self.agency.id,
                "name": "Không hồ sơ quá hạn",
            }
        )
        force(merit, {"state": "submitted"})
        proposal = self._begin(self.chi)
        self.assertRecordValues(
            proposal,
            [
                {
                    "state": "draft",
                    "department_id": self.unit.id,
                    "employee_id": False,
                    "subject": "collective",
                    "proposer_id": self.chi.user_id.id,
                    "company_id": self.agency.id,
                }
            ],
        )
        url = f"{PROPOSALS}/{proposal.id}"
        page, fields = self._fields(url)
        self.assertLessEqual({"background", "duties", "results", "awards", "merit"}, fields)
        self.assertIn("Đơn vị nào", page.text_content())
        self.assertIn("Còn thiếu", page.text_content())
        self.assertIn("Không hồ sơ quá hạn", page.text_content())
        saved = self._save(proposal, keep="1", results="Giảm 200 giờ.", merit=merit.id)
        self.assertEqual(saved.status_code, 303, saved.text)
        self.assertEqual(proposal.achievement_ids, merit)
        headings = [part["heading"] for part in proposal.sudo().report_ids._get_sections()]
        self.assertEqual(headings[0], "I. Sơ lược đặc điểm, tình hình")
        self.assertEqual(self.url_open(f"{DOSSIERS}/{proposal.id}/report").status_code, 200)
        self._save(proposal, hand_in="1", results="Giảm 200 giờ.")
        self.assertEqual(proposal.state, "submitted")
        self.assertIn(f"{proposal.submitted_on.year}/{proposal.id:06d}", self.url_open(url).text)
        self.assertEqual(self.url_open(f"{url}/receipt").status_code, 200)
        self.assertIn("Tập thể lao động tiên tiến", self.url_open("/my/emulation/commendations").text)

    def test_nobody_endorses_the_own_unit(self):
        proposal = self._begin(self.chi)
        self._save(proposal, hand_in="1")
        self.assertNotIn(f"/dossiers/{proposal.id}", self.url_open("/my/emulation/unit").text)
        reasons = proposal.with_user(self.chi.user_id).sudo()._get_cannot_endorse_reason()
        self.assertIn(proposal.id, reasons)
        self.post("/my/emulation/unit/proposals", {"verb": "endorse", "record": proposal.id})
        self.assertEqual(proposal.state, "submitted")

    def test_the_head_above_passes_it(self):
        above = self.env["hr.department"].create({"name": "Khối Văn phòng", "company_id": self.agency.id})
        self.unit.parent_id = above
        self._make_head(above, self.dung)
        proposal = self._begin(self.chi)
        self._save(proposal, hand_in="1")
        self.login(self.dung)
        self.assertIn(f"/dossiers/{proposal.id}", self.url_open("/my/emulation/unit").text)
        self.post("/my/emulation/unit/proposals", {"verb": "endorse", "record": proposal.id})
        self.assertEqual(proposal.state, "endorsed")

    def test_the_same_twice_is_told(self):
        self._save(self._begin(self.chi), hand_in="1")
        second = self._begin(self.chi)
        self.assertIn("Có thể khen thưởng trùng", self.url_open(f"{PROPOSALS}/{second.id}").text)
        self.assertEqual(self._save(second, hand_in="1").status_code, 422)
        self.assertEqual(second.state, "draft")

    def test_members_other_heads_and_former_heads_do_not(self):
        before = self.proposals.search_count([])
        for person, unit in (
            (self.an, self.unit),
            (self.dung, self.unit),
            (self.chi, self.other_unit),
            (self.em, self.unit),
        ):
            self.login(person)
            with self.subTest(person=person.name, unit=unit.name):
                self.assertEqual(self.url_open(f"{NOMINATE}?unit={unit.id}").status_code, 404)
                self.assertEqual(self.post(f"{NOMINATE}/send", self._form(unit=unit.id)).status_code, 404)
        self.login(self.chi)
        for odd in ("0", "-1", "abc", "²", str(2**40)):
            with self.subTest(odd=odd):
                self.assertEqual(self.url_open(NOMINATE, params={"unit": odd}).status_code, 404)
                self.assertEqual(self.post(f"{NOMINATE}/send", self._form(unit=odd)).status_code, 404)
        self.assertEqual(self.proposals.search_count([]), before)

    def test_who_is_head_no_more_writes_no_more(self):
        proposal = self._begin(self.chi)
        paper = proposal.paper_ids
        self._make_head(self.unit, self.binh)
        self.login(self.chi)
        self.assertEqual(self._save(proposal, keep="1", results="Vẫn viết").status_code, 404)
        self.assertEqual(self._save(proposal, hand_in="1").status_code, 404)
        files = {"evidence": ("a.pdf", PDF)}
        self.assertEqual(
            self.post(f"/my/emulation/papers/{paper.id}/evidence", {}, files=files).status_code, 404
        )
        self.assertFalse(paper.attachment_ids)
        page = self.url_open(f"{PROPOSALS}/{proposal.id}")
        self.assertEqual(page.status_code, 200)
        self.assertNotIn('method="post"', page.text)

    def test_a_closed_portal_takes_none(self):
        self.agency.emulation_nomination = "off"
        self.login(self.chi)
        self.assertEqual(self.url_open(f"{NOMINATE}?unit={self.unit.id}").status_code, 404)
        self.assertNotIn(NOMINATE, self.url_open("/my/emulation/unit").text)
