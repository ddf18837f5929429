"""The dossier whole, in the portal: begun as a draft, written, handed in, taken back, read by who has to judge it."""

import io
import json
from datetime import timedelta

from docx import Document
from lxml import html
from odoo.fields import Command
from odoo.tests import tagged

from ..helpers.common import give_rule
from ..helpers.portal_common import PDF, PortalCommon, force

PROPOSALS, DOSSIERS = "/my/emulation/proposals", "/my/emulation/dossiers"


class DossierCommon(PortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.speak_vietnamese()
        force(cls.mine, {"state": "withdrawn"})
        cls.proposals = cls.env["emulation.commendation"]

    def _form(self, employee=None, **values):
        return {
            "employee": (employee or self.an).id,
            "award": self.award.id,
            "summary": "Cắt giảm 30 % thời gian giải quyết hồ sơ",
            "date_from": f"{self.today.year}-01-01",
            "date_to": f"{self.today.year}-12-31",
            **values,
        }

    def _begin(self, person=None, employee=None, **values):
        """Begin a proposal in the portal; return it."""
        self.login(person or self.an)
        answer = self.post("/my/emulation/nominate/send", self._form(employee or person, **values))
        self.assertEqual(answer.status_code, 303)
        return self.proposals.browse(int(answer.headers["Location"].rpartition("/")[2]))

    def _save(self, proposal, **values):
        return self.post(f"{PROPOSALS}/{proposal.id}/save", {**self._form(), **values})


@tagged("post_install", "-at_install")
class TestPortalDossier(DossierCommon):
    def test_a_draft_begins_with_what_the_registers_hold(self):
        earlier = self._commendation(self.an, state="granted", external_decision=False)
        force(
            earlier,
            {
                "granted_date": self.today.replace(year=self.today.year - 2, day=1),
                "external_decision": "Quyết định số 12/QĐ-UBND",
                "period_from": self.today.replace(year=self.today.year - 2, day=1),
                "period_to": self.today.replace(year=self.today.year - 2, day=2),
            },
        )
        self.env["emulation.rating"].create(
            {"employee_id": self.an.id, "company_id": self.agency.id, "year": 2025, "rating": "excellent"}
        )
        initiative = self.env["emulation.achievement"].create(
            {
                "employee_id": self.an.id,
                "company_id": self.agency.id,
                "name": "Số hóa hồ sơ",
                "kind": "initiative",
                "reach": "province",
                "recognition_number": "QĐ 7/SCT",
            }
        )
        force(initiative, {"state": "recognised"})
        proposal = self._begin()
        report = proposal.report_ids
        self.assertEqual(proposal.state, "draft")
        self.assertIn("Nguyễn Thị An", report.background)
        self.assertIn("Lao động tiên tiến, Quyết định số 12/QĐ-UBND", report.awards)
        self.assertIn("Năm 2025", report.ratings)
        self.assertIn("Số hóa hồ sơ, phạm vi ảnh hưởng: cấp tỉnh", report.initiatives)
        page = self.url_open(f"{PROPOSALS}/{proposal.id}").text
        for words in ("Còn thiếu", "Báo cáo thành tích", "Quyết định số 12/QĐ-UBND", "Lưu nháp"):
            self.assertIn(words, page)

    def test_ratings_of_a_colleague_are_not_told(self):
        self.env["emulation.rating"].create(
            {"employee_id": self.binh.id, "company_id": self.agency.id, "year": 2025, "rating": "completed"}
        )
        proposal = self._begin(self.an, self.binh)
        self.assertFalse(proposal.report_ids.ratings)
        page = self.url_open(f"{PROPOSALS}/{proposal.id}").text
        self.assertNotIn("2025:", page)

    def test_sections_are_kept_and_printed(self):
        proposal = self._begin()
        self._save(proposal, keep="1", results="Giảm 200 giờ.\nTiết kiệm 40 triệu đồng.")
        self.assertEqual(proposal.report_ids.results, "Giảm 200 giờ.\nTiết kiệm 40 triệu đồng.")
        self.assertTrue(proposal.paper_ids.is_there, "the report written here is the report asked for")
        printed = self.url_open(f"{DOSSIERS}/{proposal.id}/report")
        self.assertEqual(printed.status_code, 200)
        word = self.url_open(f"{DOSSIERS}/{proposal.id}/report?file=docx")
        self.assertIn("attachment", word.headers["Content-Disposition"])
        texts = [paragraph.text for paragraph in Document(io.BytesIO(word.content)).paragraphs]
        self.assertIn("Tiết kiệm 40 triệu đồng.", texts)
        sections = proposal.report_ids._get_sections()
        self.assertEqual(sections[2]["heading"], "III. Thành tích đạt được")
        self.assertEqual(sections[2]["lines"], ["Giảm 200 giờ.", "Tiết kiệm 40 triệu đồng."])
        self.assertEqual(sections[1]["lines"], ["Không."])

    def test_papers_are_attached_and_removed(self):
        proposal = self._begin()
        paper = proposal.paper_ids
        url = f"/my/emulation/papers/{paper.id}/evidence"
        self.post(url, {}, files={"evidence": ("xac-nhan.pdf", PDF)})
        self.assertEqual(paper.attachment_ids.mapped("name"), ["xac-nhan.pdf"])
        file = f"/my/emulation/evidence/{paper.attachment_ids.id}"
        self.assertEqual(self.url_open(file).content, PDF)
        self.login(self.binh)
        self.assertEqual(self.url_open(file).status_code, 404)
        self.assertEqual(self.post(f"{file}/remove").status_code, 404)
        self.login(self.an)
        self.post(f"{file}/remove")
        self.assertFalse(paper.attachment_ids)
        self._save(proposal, hand_in="1")
        self.post(url, {}, files={"evidence": ("muon.pdf", PDF)})
        self.assertFalse(paper.attachment_ids, "handed in is handed in")

    def test_handed_in_with_a_receipt(self):
        self.agency.emulation_dossier_guard = "block"
        proposal = self._begin()
        refused = self._save(proposal, hand_in="1")
        self.assertEqual(refused.status_code, 422)
        self.assertIn("Hồ sơ chưa đủ: Báo cáo thành tích", refused.text)
        self.assertIn("Cắt giảm 30 %", refused.text)
        self._save(proposal, hand_in="1", results="Giảm 200 giờ.")
        self.assertEqual(proposal.state, "submitted")
        number = f"{proposal.submitted_on.year}/{proposal.id:06d}"
        page = self.url_open(f"{PROPOSALS}/{proposal.id}").text
        self.assertIn(number, page)
        receipt = self.url_open(f"{PROPOSALS}/{proposal.id}/receipt")
        self.assertIn("attachment", receipt.headers["Content-Disposition"])
        news = self.env["emulation.news"].search([("kind", "=", "received")])
        self.assertEqual(news.user_id, self.an.user_id)
        self.an.user_id.partner_id.email = "an@example.org"
        news._send()
        message = self.env["mail.message"].search(
            [("partner_ids", "in", self.an.user_id.partner_id.ids)], limit=1
        )
        self.assertIn(number, message.subject)
        self.assertEqual(message.attachment_ids.name, f"tiep-nhan-{number.replace('/', '-')}.pdf")

    def test_the_same_twice_is_told_at_the_award(self):
        first = self._begin()
        self._save(first, hand_in="1")
        second = self._begin()
        page = self.url_open(f"{PROPOSALS}/{second.id}").text
        self.assertIn("Có thể khen thưởng trùng thành tích", page)
        headers = {"X-Emulation-Form": "1"}
        url = f"{PROPOSALS}/{second.id}/save"
        answer = self.post(url, {**self._form(), "hand_in": "1"}, headers=headers)
        self.assertEqual(answer.status_code, 422)
        self.assertIn("đã được đề nghị hoặc khen thưởng", json.loads(answer.text)["errors"]["award"])
        self.assertEqual(second.state, "draft")

    def test_taken_back_until_somebody_acted(self):
        proposal = self._begin()
        self._save(proposal, hand_in="1")
        self.post(f"{PROPOSALS}/{proposal.id}/save", {"take_back": "1"})
        self.assertRecordValues(proposal, [{"state": "draft", "received_on": False}])
        self._save(proposal, hand_in="1", summary="Đã sửa số liệu")
        self.assertRecordValues(
            proposal, [{"state": "submitted", "summary": "Đã sửa số liệu", "received_on": self.today}]
        )
        proposal.with_user(self.chi.user_id).sudo()._do_endorse()
        self.post(f"{PROPOSALS}/{proposal.id}/save", {"take_back": "1"})
        self.assertEqual(proposal.state, "endorsed", "the head has acted")

    def test_not_taken_back_from_a_published_list(self):
        proposal = self._begin()
        self._save(proposal, hand_in="1")
        self._publication(proposal)
        answer = self.post(f"{PROPOSALS}/{proposal.id}/save", {"take_back": "1"})
        self.assertIn("công khai lấy ý kiến", answer.text)
        self.assertEqual(proposal.state, "submitted")

    def test_a_sudden_achievement_is_told_of_in_its_own_way(self):
        self.login(self.an)
        send, today = "/my/emulation/nominate/send", self.today.isoformat()
        answer = self.post(send, self._form(self.an, commendation_type="ad_hoc", summary="Cứu người"))
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Hãy ghi ngày lập thành tích.", answer.text)
        self.assertIn("Cứu người", answer.text, "what was typed stays")
        later = (self.today + timedelta(days=1)).isoformat()
        answer = self.post(send, self._form(self.an, commendation_type="ad_hoc", achieved_on=later))
        self.assertIn("Ngày này chưa đến.", answer.text)
        sudden = {"commendation_type": "ad_hoc", "achieved_on": today, "period_reason": "Bão lũ"}
        proposal = self._begin(**sudden)
        self.assertEqual((proposal.commendation_type, proposal.achieved_on), ("ad_hoc", self.today))
        self.assertEqual(proposal.period_reason, "Bão lũ")
        page = html.fromstring(self.url_open(f"{PROPOSALS}/{proposal.id}").text)
        fields = page.xpath("//textarea[starts-with(@id, 'report_')]/@name")
        self.assertEqual(fields, ["background", "results", "influence"])
        self._save(proposal, **sudden, influence="Cả xã noi theo", discipline="không thuộc mẫu này")
        report = proposal.sudo().report_ids
        self.assertEqual((report.influence, report.discipline), ("Cả xã noi theo", False))
        self._save(proposal)
        self.assertEqual((proposal.commendation_type, proposal.achieved_on), ("merit", False))
        self._save(proposal, achieved_on=later)
        self.assertFalse(proposal.achieved_on, "of a kind without a day none is asked")

    def test_achievements_are_ticked_and_unticked_while_it_is_a_draft(self):
        force(self.achievement, {"state": "submitted"})
        proposal = self._begin()
        self.assertEqual(self._save(proposal, keep="1", merit=self.achievement.id).status_code, 303)
        self.assertEqual(proposal.achievement_ids, self.achievement)
        self.assertEqual(self._save(proposal, keep="1").status_code, 303)
        self.assertFalse(proposal.achievement_ids)

    def test_texts_of_another_kind_are_kept_and_can_be_moved(self):
        sudden = {"commendation_type": "ad_hoc", "achieved_on": self.today.isoformat()}
        proposal = self._begin(**sudden)
        report = proposal.sudo().report_ids
        url = f"{PROPOSALS}/{proposal.id}"
        self.assertNotIn('id="kept"', self.url_open(url).text, "what the registers hold is no loss")
        self._save(proposal, keep="1", influence="Cả xã noi theo")
        page = self.url_open(url).text
        self.assertIn("viết ở những phần của loại báo cáo khác vẫn được giữ", page)
        kept = html.fromstring(page).get_element_by_id("kept")
        self.assertIn("Cả xã noi theo", kept.text_content())
        self.assertEqual(kept.xpath(".//select/@name"), ["move-influence"])
        self.assertEqual(report.kept_sections, "influence")
        self._save(proposal, keep="1", results="Giảm 200 giờ.", **{"move-influence": "results"})
        self.assertEqual((report.results, report.influence), ("Giảm 200 giờ.\nCả xã noi theo", False))
        self.assertNotIn('id="kept"', self.url_open(url).text)
        self._save(proposal, keep="1", **{"move-influence": "awards"})
        self.assertEqual(report.results, "Giảm 200 giờ.\nCả xã noi theo", "nothing is left to be moved")

    def test_a_kept_text_too_long_for_its_new_place_stays(self):
        proposal = self._begin()
        report = proposal.sudo().report_ids
        force(report, {"influence": "y" * 15_000})
        answer = self._save(proposal, keep="1", results="x" * 15_000, **{"move-influence": "results"})
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(report.influence, "y" * 15_000)

    def test_the_day_is_asked_of_the_kinds_that_have_one(self):
        self.login(self.an)
        page = html.fromstring(self.url_open("/my/emulation/nominate").text)
        self.assertEqual(page.find_class("o_emulation_has_day")[0].get("value"), "ad_hoc")
        self.assertTrue(page.find_class("o_emulation_with_day")[0].xpath(".//input[@name='achieved_on']"))

    def test_a_title_is_for_the_work_of_a_year(self):
        self.award.kind = "title"
        self.login(self.an)
        values = {"commendation_type": "ad_hoc", "achieved_on": self.today.isoformat()}
        answer = self.post("/my/emulation/nominate/send", self._form(self.an, **values))
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Danh hiệu xét theo thành tích của cả năm", answer.text)

    def test_a_campaign_gives_what_it_offers(self):
        other = self.env["emulation.award"].create(
            {"code": "GK-T", "name": "Giấy khen của Sở", "company_id": self.agency.id}
        )
        give_rule(other, self.agency)
        self.login(self.an)
        form = self._form(award=other.id, campaign=self.campaign.id)
        answer = self.post("/my/emulation/nominate/send", form)
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Phong trào này xét: Lao động tiên tiến.", answer.text)
        proposal = self._begin(campaign=self.campaign.id)
        self.assertEqual(proposal.campaign_id, self.campaign)


@tagged("post_install", "-at_install")
class TestFittingAwards(DossierCommon):
    def _offered(self):
        return self.env["emulation.award"]._get_fitting(self.agency)

    def test_of_the_kind_of_the_agency(self):
        code = lambda name: self.env.ref(f"hr_emulation.award_{name}")  # noqa: E731
        awards = code("gkso") + code("gkdn") + code("gkxa") + code("cstt") + code("ldtt")
        give_rule(awards, self.agency)
        self.agency.emulation_agency_kind_id = self.env.ref("hr_emulation.agency_department")
        self.assertEqual(self._offered() & awards, code("ldtt") + code("gkso"))
        self.agency.emulation_agency_kind_id = self.env.ref("hr_emulation.agency_enterprise")
        self.assertEqual(self._offered() & awards, code("ldtt") + code("gkdn"))
        self.agency.emulation_agency_kind_id = False
        self.assertEqual(self._offered() & awards, awards)

    def test_only_what_a_book_rules(self):
        ruled = self._offered()
        lonely = self.env["emulation.award"].create(
            {"code": "KHONG", "name": "Chưa có quy tắc", "company_id": self.agency.id}
        )
        self.assertIn(self.award, ruled)
        self.assertNotIn(lonely, self._offered())

    def test_given_last_year_comes_first(self):
        late = self.env["emulation.award"].create(
            {"code": "Z", "name": "Khen quý", "company_id": self.agency.id, "sequence": 999}
        )
        give_rule(late, self.agency)
        self.assertNotEqual(self._offered()[0], late)
        granted = self._commendation(self.binh, state="granted", award_id=late.id)
        force(granted, {"granted_date": self.today})
        self.assertEqual(self._offered()[0], late)


@tagged("post_install", "-at_install")
class TestDossierReaders(DossierCommon):
    """Head and council members read the same dossier, files included; others do not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.achievement._do_submit()
        file = cls.env["ir.attachment"].create({"name": "a.pdf", "raw": PDF})
        force(cls.achievement, {"evidence_ids": [Command.link(file.id)]})
        cls.dossier = cls._commendation(cls.an, proposer=cls.an, summary="Số hóa toàn bộ hồ sơ")
        force(cls.dossier, {"achievement_ids": [Command.link(cls.achievement.id)]})
        report = cls.env["emulation.achievement.report"]
        report._create_protected([{"commendation_id": cls.dossier.id, "results": "Giảm 200 giờ"}])
        cls.file_url = f"/my/emulation/evidence/{file.id}"
        cls.url = f"{DOSSIERS}/{cls.dossier.id}"

    def _reads(self, person):
        self.login(person)
        page = self.url_open(self.url)
        if page.status_code == 404:
            self.assertEqual(self.url_open(self.file_url).status_code, 404)
            self.assertEqual(self.url_open(f"{self.url}/report").status_code, 404)
            return False
        for words in ("Số hóa toàn bộ hồ sơ", "Bí mật của An", "Giảm 200 giờ", "a.pdf"):
            self.assertIn(words, page.text)
        self.assertEqual(self.url_open(self.file_url).content, PDF)
        self.assertEqual(self.url_open(f"{self.url}/report").status_code, 200)
        return True

    def test_the_head_reads_it_once_it_is_handed_in(self):
        self.assertTrue(self._reads(self.chi))
        self.assertIn(self.url, self.url_open("/my/emulation/unit").text)
        force(self.dossier, {"state": "draft"})
        for url in (self.url, f"{self.url}/report"):
            self.assertEqual(self.url_open(url).status_code, 404)

    def test_colleagues_former_heads_and_others_do_not(self):
        for person in (self.binh, self.dung, self.em):
            self.assertFalse(self._reads(person))

    def test_a_council_member_reads_it_while_the_vote_is_open(self):
        session = self._session(self.binh, self.dossier)
        self.assertTrue(self._reads(self.binh))
        self.assertIn(self.url, self.url_open(f"/my/emulation/ballots/{session.id}").text)
        session._do_cast(self.binh.user_id, {session.item_ids.id: "agree"})
        session.action_close()
        self.assertFalse(self._reads(self.binh))


@tagged("post_install", "-at_install")
class TestVerifyPage(DossierCommon):
    def test_a_head_sees_result_target_and_guidance_and_may_return(self):
        criterion = self.line.criterion_id
        force(criterion, {"guidance": "Theo báo cáo quý"})
        force(self.sheet, {"state": "submitted"})
        self.login(self.chi)
        url = f"/my/emulation/unit/evaluations/{self.sheet.id}"
        self.assertIn("Theo báo cáo quý", self.url_open(url).text)
        self.assertEqual(self.post(f"{url}/verify", {"return": "1"}).status_code, 422)
        self.post(f"{url}/verify", {"return": "1", "reason": "Thiếu minh chứng"})
        self.assertEqual(self.sheet.state, "draft")
