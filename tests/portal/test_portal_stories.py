import hashlib
import io
import zipfile
from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...controllers.portal.files import safe_name
from ...printing.evidence import identify
from ..helpers.picture import png
from ..helpers.portal_common import PDF, PortalCommon, force

COMMENDATIONS = "/my/emulation/commendations"


@tagged("post_install", "-at_install")
class TestPortalStories(PortalCommon):
    """What a person does in the portal, without script: every form works by itself."""

    def test_register_and_withdraw(self):
        self.login(self.binh)
        form = {"recipient": f"employee:{self.binh.id}", "award": self.award.id, "pledge": "Tôi quyết tâm"}
        self.post(f"/my/emulation/campaigns/{self.campaign.id}/register", form)
        found = self.campaign.participation_ids.filtered(lambda entry: entry.employee_id == self.binh)
        self.assertRecordValues(found, [{"state": "submitted", "pledge": "Tôi quyết tâm"}])
        self.assertEqual(found.award_ids, self.award)
        self.post(f"/my/emulation/registrations/{found.id}/withdraw")
        self.assertEqual(found.state, "withdrawn")
        self.post(f"/my/emulation/campaigns/{self.campaign.id}/register", form)
        self.assertEqual(found.state, "submitted", "who withdrew may come back while registration is open")

    def test_nobody_registers_another(self):
        self.login(self.binh)
        for recipient in (f"employee:{self.chi.id}", f"department:{self.unit.id}", "partner:1", "x", ""):
            with self.subTest(recipient=recipient):
                url = f"/my/emulation/campaigns/{self.campaign.id}/register"
                self.post(url, {"recipient": recipient})
                self.assertEqual(self.campaign.participation_ids, self.participation)

    def test_reason_of_a_refusal_is_shown(self):
        force(self.participation, {"state": "refused", "refusal_reason": "Chưa đủ thời gian công tác"})
        self.login(self.an)
        page = self.url_open(f"/my/emulation/campaigns/{self.campaign.id}")
        self.assertIn("Chưa đủ thời gian công tác", page.text)

    # Evaluation ----------------------------------------------------------------------------------------

    def _save(self, *lines):
        url = f"/my/emulation/evaluations/{self.sheet.id}/save"
        return self.make_jsonrpc_request(url, {"lines": list(lines)})

    def _line(self, points, base="", score=None):
        score = score or self.line
        return {
            "id": score.id,
            "base": {"self_points": base, "actual_value": "", "note": ""},
            "values": {"self_points": points},
        }

    def test_sheet_saves_as_you_go(self):
        self.login(self.an)
        answer = self._save(self._line("50,5"))
        self.assertEqual(answer["lines"][0]["status"], "saved")
        self.assertEqual((answer["total"], answer["done"]), ("50,5", 1))
        self.assertEqual(self.line.self_points, 50.5)

    def test_sending_again_after_a_lost_answer_is_harmless(self):
        self.login(self.an)
        self._save(self._line("50"))
        again = self._save(self._line("50"))
        self.assertEqual(again["lines"][0]["status"], "saved")

    def test_second_tab_overwrites_nothing(self):
        self.login(self.an)
        self._save(self._line("50"))
        second = self._save(self._line("40"))
        self.assertEqual(second["lines"][0]["status"], "conflict")
        self.assertEqual(second["lines"][0]["values"]["self_points"], "50")
        self.assertEqual(self.line.self_points, 50)
        chosen = self._save(self._line("40", base="50"))
        self.assertEqual(chosen["lines"][0]["status"], "saved")
        self.assertEqual(self.line.self_points, 40)

    def test_wrong_points_are_refused_by_line(self):
        self.login(self.an)
        other = self.sheet.score_ids[1]
        answer = self._save(self._line("61"), self._line("abc"), self._line("40", score=other))
        self.assertEqual([line["status"] for line in answer["lines"]], ["refused", "refused", "saved"])
        self.assertTrue(answer["lines"][0]["message"])
        self.assertEqual(other.self_points, 40, "one wrong line does not hold up the others")

    def test_line_of_another_sheet_is_refused(self):
        self._participation(self.binh)
        self.review._do_open()
        other = self.review.evaluation_ids - self.sheet
        self.login(self.an)
        answer = self._save(self._line("1", score=other.score_ids[0]))
        self.assertEqual(answer["lines"][0]["status"], "refused")
        self.assertFalse(other.score_ids[0].is_self_scored)

    def test_garbage_is_harmless(self):
        self.login(self.an)
        url = f"/my/emulation/evaluations/{self.sheet.id}/save"
        for lines in ("x", [1], [{"id": "x"}], [{"id": self.line.id, "values": 3, "base": None}], {}):
            with self.subTest(lines=lines):
                self.assertIn("total", self.make_jsonrpc_request(url, {"lines": lines}))

    def test_hand_in_names_what_is_missing(self):
        self.login(self.an)
        url = f"/my/emulation/evaluations/{self.sheet.id}/submit"
        self.post(url, {"hand_in": "1", f"self_points-{self.line.id}": "55"})
        self.assertEqual(self.sheet.state, "draft")
        self.assertIn("Kỷ luật", self.url_open(url.removesuffix("/submit")).text)
        second = self.sheet.score_ids[1]
        self.post(f"/my/emulation/scores/{second.id}/evidence", files={"evidence": ("a.pdf", PDF)})
        form = {f"self_points-{self.line.id}": "55", f"self_points-{second.id}": "40", "hand_in": "1"}
        self.post(url, form)
        self.assertRecordValues(self.sheet, [{"state": "submitted", "self_total": 95}])
        self._save(self._line("1", base="55"))
        self.assertEqual(self.line.self_points, 55, "handed in is handed in")

    def test_a_sheet_is_taken_back_until_somebody_acted(self):
        url = f"/my/emulation/evaluations/{self.sheet.id}"
        force(self.sheet, {"state": "submitted", "submitted_on": "2026-01-05 01:30:00"})
        force(self.review, {"verify_deadline": "2031-02-03"})
        self.login(self.binh)
        self.assertEqual(self.post(f"{url}/submit", {"take_back": "1"}).status_code, 404)
        self.login(self.an)
        page = self.url_open(url).text
        self.assertIn("05/01/2026", page)
        self.assertIn("03/02/2031", page, "when the head may be expected to have verified it")
        self.assertIn('name="take_back"', page)
        self.post(f"{url}/submit", {"take_back": "1"})
        self.assertRecordValues(self.sheet, [{"state": "draft", "submitted_on": False}])
        self.assertNotIn('name="take_back"', self.url_open(url).text)
        self._save(self._line("51", base=""))
        self.assertEqual(self.line.self_points, 51)

    def test_a_sheet_being_verified_or_closed_is_not_taken_back(self):
        url = f"/my/emulation/evaluations/{self.sheet.id}"
        self.login(self.an)

        def refused():
            answer = self.post(f"{url}/submit", {"take_back": "1"})
            self.assertNotIn('name="take_back"', self.url_open(url).text)
            return answer.status_code == 422 and self.sheet.state == "submitted"

        handed_in = {"state": "submitted", "submitted_on": "2026-01-05 01:30:00"}
        force(self.sheet, handed_in)
        force(self.line, {"is_verified": True, "verified_points": 40})
        self.assertTrue(refused(), "the head has begun")
        force(self.line, {"is_verified": False})
        force(self.review, {"late_policy": "refuse", "self_deadline": self.today - timedelta(days=30)})
        self.assertTrue(refused(), "it could not be handed in again")
        force(self.review, {"late_policy": "mark", "state": "closed"})
        self.assertTrue(refused(), "the round is over")

    def test_a_report_is_taken_back_until_the_officer_acted(self):
        url = f"/my/emulation/unit/reports/{self.unit_report.id}"
        self.login(self.chi)
        line = self.unit_report.line_ids
        self.post(f"{url}/save", {f"text-{line.id}": "Đúng hạn", "hand_in": "1"})
        self.assertEqual(self.unit_report.state, "submitted")
        self.assertIn('name="take_back"', self.url_open(url).text)
        self.post(f"{url}/save", {"take_back": "1"})
        self.assertRecordValues(self.unit_report, [{"state": "owed", "submitted_on": False}])
        self.assertEqual(line.text, "Đúng hạn", "what was written stays")
        self.post(f"{url}/save", {f"text-{line.id}": "Đúng hạn", "hand_in": "1"})
        self.unit_report._do_accept()
        self.assertEqual(self.post(f"{url}/save", {"take_back": "1"}).status_code, 422)
        self.assertEqual(self.unit_report.state, "accepted")

    # Evidence ------------------------------------------------------------------------------------------

    def _attach(self, name, content):
        before = self.line.evidence_ids
        self.post(f"/my/emulation/scores/{self.line.id}/evidence", files={"evidence": (name, content)})
        self.line.invalidate_recordset()
        return self.line.evidence_ids - before

    def test_evidence_is_checked_by_content(self):
        self.login(self.an)
        self.assertFalse(self._attach("a.pdf", b"<html><script>alert(1)</script>"))
        self.assertFalse(self._attach("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"))
        attached = self._attach("../../ảnh đẹp.exe", b"\x89PNG\r\n\x1a\n....")
        self.assertEqual((attached.name, attached.mimetype), ("ảnh đẹp.png", "image/png"))
        self.assertEqual(attached.create_uid, self.an.user_id)

    def test_a_file_that_is_refused_says_why(self):
        """Without a script nothing is converted or looked at before; the words stand at the field."""
        self.login(self.an)
        url = f"/my/emulation/scores/{self.line.id}/evidence"
        for name, content, words in (
            ("rong.pdf", b"", "rong.pdf is empty"),
            ("anh.heic", b"\0\0\0\x18ftypheic" + bytes(40), "Most compatible"),
            ("a.exe", b"MZ" + bytes(40), "only PDF, PNG"),
        ):
            with self.subTest(name=name):
                answer = self.post(url, {}, files={"evidence": (name, content)})
                self.assertEqual(answer.status_code, 422)
                self.assertIn(words, answer.text)
        self.assertFalse(self.line.evidence_ids - self.proof)

    # Files in parts ------------------------------------------------------------------------------------

    def _send_part(self, content, start, part, **values):
        form = {"key": hashlib.sha256(content).hexdigest(), "size": len(content), "start": start, **values}
        return self.post("/my/emulation/uploads", form, files={"part": ("part", part)})

    def _attach_parts(self, content, name="bao-cao.pdf"):
        before = self.line.evidence_ids
        uploaded = f"{hashlib.sha256(content).hexdigest()}/{name}"
        url = f"/my/emulation/scores/{self.line.id}/evidence"
        answer = self.post(url, {"uploaded": uploaded})
        self.line.invalidate_recordset()
        return answer.status_code, self.line.evidence_ids - before

    def test_a_broken_file_goes_on_where_it_stopped(self):
        content = PDF + bytes(range(256)) * 8
        self.login(self.an)
        self.assertEqual(self._send_part(content, 0, b"").json(), {"received": 0})
        self.assertEqual(self._send_part(content, 0, content[:1000]).json(), {"received": 1000})
        self.assertEqual(self._attach_parts(content), (422, self.env["ir.attachment"]), "not whole yet")
        # The line broke, the answer was lost: the same part again, one too far, then the rest.
        self.assertEqual(self._send_part(content, 0, content[:1000]).json(), {"received": 1000})
        self.assertEqual(self._send_part(content, 1500, content[1500:]).json(), {"received": 1000})
        self.assertEqual(self._send_part(content, 1000, content[1000:]).json(), {"received": len(content)})
        status, file = self._attach_parts(content)
        self.assertEqual((status, file.raw, file.name), (303, content, "bao-cao.pdf"))
        self.assertEqual(file.create_uid, self.an.user_id)
        self.assertEqual(self._attach_parts(content)[0], 422, "parts are used once")

    def test_parts_are_looked_at_as_any_file(self):
        self.login(self.an)
        page = b"<html><script>alert(1)</script>" * 40
        self._send_part(page, 0, page)
        self.assertEqual(self._attach_parts(page), (422, self.env["ir.attachment"]))
        wrong = self._send_part(page, 0, page, key=hashlib.sha256(PDF).hexdigest())
        self.assertEqual(wrong.status_code, 200)
        self.assertEqual(self._attach_parts(PDF), (422, self.env["ir.attachment"]), "not the file promised")
        self.agency.emulation_evidence_size = 1
        self.assertEqual(self._send_part(PDF, 0, PDF, size=2 * 1024 * 1024).status_code, 422)
        self.assertEqual(self._send_part(PDF, len(PDF), b"x").status_code, 422, "more than the whole")
        self.assertEqual(self._send_part(PDF, 0, PDF, key="../../x").status_code, 422)

    def test_parts_of_another_are_nobody_elses(self):
        self.login(self.an)
        self._send_part(PDF, 0, PDF)
        self.login(self.binh)
        self.assertEqual(self._send_part(PDF, 0, b"").json(), {"received": 0})
        self.login(self.an)
        force(self.sheet, {"state": "submitted"})
        self.assertEqual(self._attach_parts(PDF), (422, self.env["ir.attachment"]), "handed in is handed in")

    def test_so_much_and_no_more_is_on_its_way(self):
        parts = self.env(user=self.an.user_id)["emulation.upload.part"]
        key = hashlib.sha256(PDF).hexdigest()
        self.assertEqual(parts._receive(key, 0, b"12345", 5), 5)
        with self.assertRaises(UserError):
            parts._receive("f" * 64, 0, b"1", 5)
        self.env.cr.execute("UPDATE emulation_upload_part SET create_date = create_date - interval '3 days'")
        self.env["emulation.upload.part"]._gc_parts()
        self.assertEqual(parts._get_received(key), 0, "what nobody finished is forgotten")

    def test_evidence_has_a_largest_size_and_a_quota(self):
        self.agency.emulation_evidence_size = 1
        self.login(self.an)
        self.assertFalse(self._attach("a.pdf", b"%PDF-" + b"0" * 1024 * 1024))
        self.agency.emulation_evidence_quota = 0
        self.assertFalse(self._attach("a.pdf", PDF))
        self.agency.emulation_evidence_quota = 1
        self.assertTrue(self._attach("a.pdf", PDF))

    def test_evidence_is_a_download(self):
        self.login(self.an)
        answer = self.url_open(f"/my/emulation/evidence/{self.proof.id}")
        self.assertEqual(answer.content, PDF)
        self.assertTrue(answer.headers["Content-Disposition"].startswith("attachment"))
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.login(self.chi)
        self.assertEqual(
            self.url_open(f"/my/emulation/evidence/{self.proof.id}").status_code, 200, "the head reads"
        )

    def test_evidence_is_removed_while_a_draft(self):
        self.login(self.an)
        self.post(f"/my/emulation/evidence/{self.proof.id}/remove")
        self.assertFalse(self.proof.exists())

    def test_identify(self):
        def archive(*names, mimetype=None):
            buffer = io.BytesIO()
            with zipfile.ZipFile(buffer, "w") as file:
                for name in names:
                    file.writestr(name, mimetype or "x")
            return buffer.getvalue()

        self.assertEqual(identify(archive("[Content_Types].xml", "word/document.xml"))[0], "docx")
        self.assertEqual(identify(archive("[Content_Types].xml", "xl/workbook.xml"))[0], "xlsx")
        odt = archive("mimetype", mimetype="application/vnd.oasis.opendocument.text")
        self.assertEqual(identify(odt)[0], "odt")
        self.assertEqual(identify(archive("[Content_Types].xml", "word/vbaProject.bin")), (None, None))
        self.assertEqual(identify(archive("virus.exe")), (None, None))
        self.assertEqual(identify(b"PK\x03\x04broken"), (None, None))
        self.assertEqual(safe_name("a\u202egpj.exe", "pdf"), "agpj.pdf")

    def test_odd_signs_are_harmless(self):
        self.login(self.an)
        odd = "\x00' OR 1=1 -- %_\\ <b>\u202e"
        for page in ("/my/emulation/campaigns", "/emulation/honour", "/my/emulation/nominate"):
            with self.subTest(page=page):
                answer = self.url_open(
                    page, params={"search": odd, "filterby": odd, "year": odd, "award": odd}
                )
                self.assertEqual(answer.status_code, 200)
                self.assertNotIn("<b>\u202e", answer.text)
        self.assertEqual(
            self._save({**self._line("5"), "values": {"note": odd}})["lines"][0]["status"], "saved"
        )
        self.post("/my/emulation/achievements/save", {"name": odd, "kind": odd, "description": odd})
        self.assertTrue(self.env["emulation.achievement"].search([("name", "like", "OR 1=1")]))

    # Commendations -------------------------------------------------------------------------------------

    def test_receipt_correction_and_appeal(self):
        force(self.mine, {"state": "granted", "granted_date": self.today})
        self.login(self.an)
        url = f"{COMMENDATIONS}/{self.mine.id}/request"
        for form in (
            {"kind": "receipt"},
            {"kind": "receipt"},
            {"kind": "correction", "text": "Tên tôi là Ân"},
        ):
            self.post(url, form)
        self.post(url, {"kind": "appeal", "text": "Đề nghị xem lại mức thưởng"})
        self.post(url, {"kind": "appeal", "text": "Lần hai"})
        self.assertEqual(sorted(self.mine.request_ids.mapped("kind")), ["appeal", "correction", "receipt"])
        appeal = self.mine.request_ids.filtered(lambda entry: entry.kind == "appeal")
        appeal.answer = "Đã xem lại, đúng quy định."
        appeal.action_answer()
        page = self.url_open(f"{COMMENDATIONS}/{self.mine.id}")
        self.assertIn("Đã xem lại, đúng quy định.", page.text)

    def test_another_certificate_is_asked_for_and_issued(self):
        force(self.mine, {"state": "granted", "granted_date": self.today})
        self.login(self.an)
        url, page = f"{COMMENDATIONS}/{self.mine.id}/request", f"{COMMENDATIONS}/{self.mine.id}"
        form = {"kind": "reissue", "cause": "lost", "text": "Thất lạc khi chuyển trụ sở"}
        self.post(url, form)
        self.assertFalse(self.mine.request_ids, "there is no certificate yet")
        decision = self.env["emulation.decision"].create({"company_id": self.agency.id})
        card = self.new_certificate(decision_id=decision.id, issue_date=self.today)
        self.assertIn("reissue_cause", self.url_open(page).text)
        self.post(url, {**form, "cause": "sold"})
        self.assertFalse(self.mine.request_ids)
        self.post(url, form)
        asked = self.mine.request_ids
        self.assertRecordValues(
            asked, [{"kind": "reissue", "cause": "lost", "certificate_id": card.id, "state": "open"}]
        )
        paper = f"/my/emulation/certificates/{card.id}/request"
        self.assertIn(paper, self.url_open(page).text)
        text = self.url_open(paper).text  # a test server sends the page that would be printed
        for part in ("Cấp lại", "Thất lạc khi chuyển trụ sở", card.number, "Đơn đề nghị"):
            self.assertIn(part, text)
        self.login(self.binh)
        self.assertEqual(self.url_open(paper).status_code, 404)
        asked.action_reissue()
        self.assertEqual((card.state, asked.state), ("replaced", "answered"))
        self.assertIn(card.replaced_by_id.number, asked.answer)
        self.login(self.an)
        page = self.url_open(page).text
        self.assertIn(card.replaced_by_id.number, page)
        self.assertNotIn(paper, page)

    def test_appeal_has_a_last_day(self):
        long_ago = self.today.replace(year=self.today.year - 1)
        force(self.mine, {"state": "granted", "granted_date": long_ago})
        self.login(self.an)
        self.post(f"{COMMENDATIONS}/{self.mine.id}/request", {"kind": "appeal", "text": "Muộn"})
        self.assertFalse(self.mine.request_ids)

    def test_declare_edit_and_hand_in_an_achievement(self):
        self.login(self.binh)
        answer = self.post("/my/emulation/achievements/save", {"name": "Số hóa hồ sơ", "kind": "initiative"})
        found = self.env["emulation.achievement"].search([("employee_id", "=", self.binh.id)])
        self.assertRecordValues(found, [{"name": "Số hóa hồ sơ", "kind": "initiative", "state": "draft"}])
        self.assertTrue(answer.headers["Location"].endswith(str(found.id)))
        url = f"/my/emulation/achievements/{found.id}"
        self.post(f"{url}/save", {"name": "Số hóa", "date_from": "2026-02-01", "date_to": "2026-01-01"})
        self.assertEqual(found.name, "Số hóa hồ sơ", "it cannot end before it starts")
        self.post(f"{url}/evidence", files={"evidence": ("b.pdf", PDF)})
        self.assertEqual(len(found.evidence_ids), 1)
        self.post(f"{url}/save", {"name": "Số hóa", "hand_in": "1"})
        self.assertRecordValues(found, [{"name": "Số hóa", "state": "submitted"}])
        self.post(f"{url}/save", {"name": "Đổi lại"})
        self.assertEqual(found.name, "Số hóa", "handed in is handed in")

    def test_nominate_a_colleague(self):
        form = {
            "employee": self.binh.id,
            "award": self.award.id,
            "summary": "Giúp cả phòng học việc mới",
            "date_from": "2026-01-01",
            "date_to": "2026-10-31",
        }
        domain = [("employee_id", "=", self.binh.id)]
        commendations = self.env["emulation.commendation"]
        self.login(self.an)
        self.post("/my/emulation/nominate/send", {**form, "employee": self.dung.id})
        self.assertFalse(commendations.search([("employee_id", "=", self.dung.id)]), "only the own unit")
        self.post("/my/emulation/nominate/send", form)
        found = commendations.search(domain)
        self.assertRecordValues(found, [{"state": "draft", "proposer_id": self.an.user_id.id}])
        self.post(f"/my/emulation/proposals/{found.id}/save", {**form, "hand_in": "1"})
        self.assertRecordValues(found, [{"state": "submitted", "proposer_id": self.an.user_id.id}])
        self.agency.emulation_nomination = "off"
        self.assertEqual(self.url_open("/my/emulation/nominate").status_code, 404)
        self.assertEqual(self.post("/my/emulation/nominate/send", form).status_code, 404)
        self.agency.emulation_nomination = "agency"
        page = self.url_open("/my/emulation/nominate?search=pham dung")
        self.assertIn("Phạm Dũng", page.text)

    # Honour board --------------------------------------------------------------------------------------

    def test_honour_board_needs_consent(self):
        force(self.mine, {"state": "granted", "granted_date": self.today, "recipient_name": "Nguyễn Thị An"})
        self.login(self.an)
        self.assertNotIn("Nguyễn Thị An</strong>", self.url_open("/emulation/honour").text)
        self.post(f"{COMMENDATIONS}/{self.mine.id}/consent", {"consent": "1", "story": "Từ một tờ giấy"})
        self.login(self.binh)
        page = self.url_open("/emulation/honour?search=nguyen thi an")
        self.assertIn("Nguyễn Thị An</strong>", page.text)
        self.assertIn("Từ một tờ giấy", page.text)
        self.login(self.em)
        self.assertNotIn("Nguyễn Thị An", self.url_open("/emulation/honour").text)
        self.login(self.an)
        self.post(f"{COMMENDATIONS}/{self.mine.id}/consent", {})
        self.login(self.binh)
        self.assertNotIn("Nguyễn Thị An", self.url_open("/emulation/honour").text)

    def test_the_own_story_is_told_when_one_agrees(self):
        story = self.env["emulation.exemplar"].create(
            {
                "employee_id": self.an.id,
                "company_id": self.agency.id,
                "name": "Người giữ lửa",
                "story": "Mười năm không trễ hạn.",
            }
        )
        story.action_foster()
        page, consent = "/my/emulation/exemplars", f"/my/emulation/exemplars/{story.id}/consent"
        self.login(self.binh)
        self.assertNotIn("Người giữ lửa", self.url_open(page).text)
        self.assertEqual(self.post(consent, {"consent": "1"}).status_code, 404)
        self.login(self.an)
        text = self.url_open(page).text
        for words in ("Stories about me", "Người giữ lửa", "I agree that this story is told"):
            self.assertIn(words, text)
        self.post(consent, {"consent": "1"})
        self.assertIn("I have agreed.", self.url_open(page).text)
        # by the clock of who agreed: in the evening of UTC it is the next day there
        story.with_context(tz="Asia/Ho_Chi_Minh").action_publish()
        self.assertIn("Take my consent back", self.url_open(page).text)
        self.assertIn("Người giữ lửa", self.url_open("/emulation/honour/stories").text)
        self.post(consent, {})
        self.assertEqual(story.state, "withdrawn")
        self.assertNotIn("Người giữ lửa", self.url_open("/emulation/honour/stories").text)
        given = self.env["emulation.consent"].search([("exemplar_id", "=", story.id)], order="id")
        self.assertEqual(given.mapped("is_given"), [True, False])

    def test_news_of_a_campaign_reach_the_public_page_and_the_campaigns_own(self):
        line = self.env["emulation.propaganda"].create(
            {
                "name": "Lễ phát động phong trào",
                "kind": "article",
                "campaign_id": self.campaign.id,
                "company_id": self.agency.id,
                "text": "Ba trăm người tham dự.",
                "url": "https://example.org/bai-viet",
            }
        )
        self.agency.emulation_honour_board = "public"
        pages = ("/emulation/honour/news", f"/my/emulation/campaigns/{self.campaign.id}")
        for published in (False, True):
            for user, url in zip((None, self.an), pages, strict=True):
                self.login(user)
                shown = "Lễ phát động phong trào" in self.url_open(url).text
                self.assertEqual(shown, published, url)
            if not published:
                line._do_publish()
        self.login(None)
        page = self.url_open(pages[0]).text
        self.assertIn("Ba trăm người tham dự.", page)
        self.assertIn("https://example.org/bai-viet", page)
        self.assertNotIn(f"/news/{line.id}/picture", page, "it has none")
        line._do_take_back()
        line.picture = png()
        picture = f"/emulation/honour/news/{line.id}/picture"
        self.assertEqual(self.url_open(picture).status_code, 404, "not published")
        line._do_publish()
        self.assertIn(picture, self.url_open(pages[0]).text)
        answer = self.url_open(picture)
        self.assertEqual((answer.status_code, answer.headers["Content-Type"]), (200, "image/png"))
        self.agency.emulation_honour_board = "employees"
        self.assertNotIn("Lễ phát động phong trào", self.url_open(pages[0]).text)
        self.assertEqual(self.url_open(picture).status_code, 404)

    def test_honour_board_follows_the_setting(self):
        force(self.mine, {"state": "granted", "granted_date": self.today, "honour_consent": True})
        self.env["res.company"].search([]).emulation_honour_board = "employees"
        self.authenticate(None, None)
        self.assertEqual(self.url_open("/emulation/honour").status_code, 404)
        self.agency.emulation_honour_board = "public"
        page = self.url_open("/emulation/honour")
        self.assertIn("Nguyễn Thị An", page.text)
        self.agency.emulation_honour_board = "off"
        self.assertEqual(self.url_open("/emulation/honour").status_code, 404)

    # Head of a unit ------------------------------------------------------------------------------------

    def test_head_passes_several_at_once(self):
        second = self._commendation(self.binh)
        own = self._commendation(self.chi)
        self.login(self.chi)
        page = self.url_open("/my/emulation/unit")
        self.assertIn("Trần Văn Bình", page.text)
        body = {"verb": "endorse", "record": [self.mine.id, second.id, own.id]}
        self.post("/my/emulation/unit/proposals", body)
        self.assertEqual((self.mine + second).mapped("state"), ["endorsed", "endorsed"])
        self.assertEqual(own.state, "submitted", "nobody passes the own proposal")

    def test_head_returns_with_a_reason(self):
        self.login(self.chi)
        self.post("/my/emulation/unit/proposals", {"verb": "return", "record": self.mine.id})
        self.assertEqual(self.mine.state, "submitted", "a reason is needed")
        self.post(
            "/my/emulation/unit/proposals",
            {"verb": "return", "record": self.mine.id, "reason": "Thiếu minh chứng"},
        )
        self.assertRecordValues(self.mine, [{"state": "draft", "reason": "Thiếu minh chứng"}])

    def test_head_verifies_line_by_line(self):
        second = self.sheet.score_ids[1]
        self.sheet._save_self_scores({self.line.id: {"self_points": 60}, second.id: {"self_points": 40}})
        self.sheet._do_submit()
        self.login(self.chi)
        url = f"/my/emulation/unit/evaluations/{self.sheet.id}"
        self.assertIn("Hoàn thành nhiệm vụ", self.url_open(url).text)
        self.post(f"{url}/verify", {f"verified_points-{self.line.id}": "61"})
        self.assertEqual(self.sheet.state, "submitted", "above the maximum: nothing happens")
        self.post(
            f"{url}/verify", {f"verified_points-{self.line.id}": "55", f"verified_points-{second.id}": "40"}
        )
        self.assertRecordValues(self.sheet, [{"state": "verified", "verified_total": 95}])

    def test_head_approves_registrations(self):
        pending = self._participation(self.binh, state="submitted")
        self.login(self.chi)
        self.post("/my/emulation/unit/registrations", {"verb": "approve", "record": pending.id})
        self.assertEqual(pending.state, "approved")

    def test_head_approves_figures(self):
        """Of people below, never the own or the unit's; the page names target, day and evidence."""
        target = self._target(self.campaign, name="Hồ sơ đúng hạn", employee_id=self.binh.id)
        first, second = self._figure(target, 40), self._figure(target, 55.5)
        own = self._figure(self._target(self.campaign, employee_id=self.chi.id))
        of_unit = self._figure(self._target(self.campaign, department_id=self.unit.id))
        self.login(self.chi)
        self.assertIn("unit#figures", self.url_open("/my/emulation").text)
        page = self.url_open("/my/emulation/unit").text
        self.assertIn("55,5 hồ sơ", page)
        ticked = [first.id, own.id, of_unit.id]
        url = "/my/emulation/unit/figures"
        self.post(url, {"verb": "approve", "record": ticked})
        self.assertEqual((first | own | of_unit).mapped("state"), ["approved", "submitted", "submitted"])
        self.post(url, {"verb": "refuse", "record": second.id})
        self.assertEqual(second.state, "submitted", "a reason is needed")
        self.post(url, {"verb": "refuse", "record": second.id, "reason": "Thiếu minh chứng"})
        self.assertRecordValues(second, [{"state": "refused", "reason": "Thiếu minh chứng"}])
        news = self.env["emulation.news"].search([("user_id", "=", self.binh.user_id.id)], limit=1)
        self.assertEqual((news.kind, news.res_id), ("figure_refused", target.id))

    def test_head_approves_targets(self):
        """Of people and units below, never the own; who has it hears of it, and of the reason when it comes back."""
        first, second = (
            self._target(self.campaign, state="submitted", name=name, employee_id=self.binh.id)
            for name in ("Hồ sơ đúng hạn", "Sáng kiến")
        )
        own = self._target(self.campaign, state="submitted", employee_id=self.chi.id)
        of_unit = self._target(self.campaign, state="submitted", department_id=self.unit.id)
        self.login(self.chi)
        page = self.url_open("/my/emulation/unit").text
        self.assertIn("Hồ sơ đúng hạn", page)
        self.assertIn("100 hồ sơ", page)
        ticked = [first.id, own.id, of_unit.id]
        self.post("/my/emulation/unit/targets", {"verb": "approve", "record": ticked})
        self.assertEqual((first | own | of_unit).mapped("state"), ["active", "submitted", "submitted"])
        self.post("/my/emulation/unit/targets", {"verb": "return", "record": second.id})
        self.assertEqual(second.state, "submitted", "a reason is needed")
        reason = "Nêu số liệu năm trước"
        self.post("/my/emulation/unit/targets", {"verb": "return", "record": second.id, "reason": reason})
        self.assertRecordValues(second, [{"state": "draft", "reason": reason}])
        news = self.env["emulation.news"].search([("user_id", "=", self.binh.user_id.id)], limit=2)
        self.assertEqual(
            news.mapped(lambda line: (line.kind, line.res_id)),
            [("target_returned", second.id), ("target_approved", first.id)],
        )
        texts = " ".join(line["text"] for line in news._get_lines())
        self.assertIn("Đoàn kết lập thành tích – Sáng kiến", texts)
        self.login(self.binh)
        self.assertEqual(self.url_open(f"/my/emulation/targets/{second.id}").status_code, 200)
