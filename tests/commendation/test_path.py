"""The main job, end to end, by the people whose job each step is: from a launch letter to a verified certificate."""

import io
from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfReader
from openpyxl import load_workbook

from ..helpers.campaign_common import CampaignCommon


def read_pdf(content):
    """Return the text of all pages, white space collapsed."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def read_qr_codes(content):
    """Return what a reader sees in the rendered pictures of a PDF."""
    # Of the test environment, not of the addon: loaded only here.
    import pypdfium2
    import zxingcpp

    pictures = [page.render(scale=3).to_pil() for page in pypdfium2.PdfDocument(content)]
    return [
        code.text
        for picture in pictures
        for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    ]


@tagged("post_install", "-at_install")
class TestPath(CampaignCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["emulation.base.salary"].search([]).unlink()
        cls.env["emulation.base.salary"].create({"date_from": date(2024, 7, 1), "amount": 2_340_000})
        for award, coefficients in ((cls.award, (0.3, 0, 0)), (cls.collective_award, (0, 0.6, 0))):
            rule = cls.rulebook.award_rule_ids.filtered(lambda r, a=award: r.award_id == a)
            rule.coefficient_individual, rule.coefficient_collective, rule.coefficient_household = (
                coefficients
            )
        cls.officer_env = cls.env(user=cls.user_officer)

    def test_from_launch_letter_to_verified_certificate(self):
        self.launch()
        sheets = self.register_and_score()
        proposals = self.propose_and_endorse(sheets)
        decision = self.appraise_and_decide(proposals)
        certificate = self.check_certificates(decision)
        self.verify_in_public(certificate)
        self.download_in_the_portal(certificate)
        self.export(decision)

    # ---------- Steps ----------

    def launch(self):
        campaign = self.campaign.with_user(self.user_officer)
        numbered = {"number": "05", "symbol": "STN-VP", "issue_date": date(2025, 1, 2)}
        document = self.new_document(campaign, signer_title="Giám đốc", **numbered)
        document.with_context(force_report_rendering=True).action_issue()
        self.assertEqual(campaign.state, "launched")
        text = read_pdf(document.document_attachment_id.raw)
        for expected in (
            "05/STN-VP",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Hoàn thành nhiệm vụ năm",
            "Nội dung thi đua",
        ):
            self.assertIn(expected, text)

    def register_and_score(self):
        """The portal employee registers on the site, the sub-unit through its head; both are approved and scored."""
        recipient = {"recipient_type": "employee", "employee_id": self.employee_portal.id}
        # As the portal's gate does for its own person: a portal user has no access rights of its own.
        registrations = self.env["emulation.participation"].with_user(self.user_portal).sudo()
        mine = registrations._find_or_register(self.campaign, recipient, pledge="Không để hồ sơ quá hạn.")
        mine.action_submit()
        self.assertEqual((mine.employee_id, mine.state), (self.employee_portal, "submitted"))
        self.assertEqual(mine.pledge, "Không để hồ sơ quá hạn.")
        unit = (
            self.env["emulation.participation"]
            .with_user(self.user_officer)
            .create(
                {
                    "campaign_id": self.campaign.id,
                    "company_id": self.company.id,
                    "recipient_type": "department",
                    "department_id": self.sub_unit.id,
                }
            )
        )
        unit.action_submit()
        (mine | unit).with_user(self.user_head).action_approve()
        self.assertEqual((mine | unit).mapped("state"), ["approved", "approved"])
        review = self.open_round()
        for sheet, user in zip(
            review.evaluation_ids.sorted("id"), (self.user_portal, self.user_sub_head), strict=True
        ):
            # The portal page acts for its person in the same way, past the missing access rights.
            lines = {line.id: self.get_self_score(line) for line in sheet.score_ids}
            self.env["emulation.evaluation"].browse(sheet.id).with_user(user).sudo()._save_self_scores(lines)
            sheet.with_user(user).sudo().action_submit()
        sheets = review.evaluation_ids.with_user(self.user_head)
        self.assertEqual(set(sheets.mapped("state")), {"submitted"})
        sheets.action_verify()
        sheets.with_user(self.user_officer).action_confirm()
        for sheet in sheets.with_env(self.env):
            self.assertEqual((sheet.self_total, sheet.verified_total, sheet.final_total), (98, 98, 98))
            self.assertEqual((sheet.state, sheet.grade_id.name, sheet.rank), ("confirmed", "A", 1))
        return review.evaluation_ids

    def get_self_score(self, line):
        name = line.criterion_id.name
        return {
            "Hoàn thành nhiệm vụ": {"actual_value": 100},
            "Kỷ luật": {"self_points": 28},
            "Sáng kiến": {"self_points": 0},
            "Nộp muộn": {"actual_value": 0},
        }[name]

    def propose_and_endorse(self, sheets):
        proposals = (
            self.env["emulation.commendation"]
            .with_user(self.user_proposer)
            .create(
                [
                    {
                        **self.prepare_commendation(s.participation_id._get_recipient()),
                        "campaign_id": self.campaign.id,
                    }
                    for s in sheets
                ]
            )
        )
        proposals.action_submit()
        listed = (
            self.env["emulation.commendation"].with_user(self.user_head).search([("is_my_turn", "=", True)])
        )
        self.assertEqual(listed, proposals.sorted("id", reverse=True))
        listed.action_endorse()  # the header button of the list
        self.assertEqual(set(proposals.mapped("state")), {"endorsed"})
        return proposals

    def appraise_and_decide(self, proposals):
        proposals = proposals.with_user(self.user_officer)
        proposals.action_appraise()
        self.assertEqual(set(proposals.mapped("state")), {"appraised"})
        decision = self.officer_env["emulation.decision"].browse(self.put_on("decision", proposals)["res_id"])
        decision.write(
            {
                "abstract": "Về việc khen thưởng năm 2025",
                "issue_date": date(2026, 1, 15),
                "number": "07",
                "place": "Hà Nội",
                "signer_id": self.employee_head.id,
                "signer_title": "Giám đốc",
            }
        )
        if not decision.article_ids:
            decision.article_ids = [
                (0, 0, {"content": "Tặng thưởng cho các tập thể, cá nhân có tên kèm theo."})
            ]
        decision.with_context(force_report_rendering=True).action_issue()
        self.assertEqual((decision.state, decision._get_document_number()), ("issued", "07/QĐ"))
        self.assertEqual(set(proposals.mapped("state")), {"granted"})
        # 0.3 × 2,340,000 → 710,000 for a person, 0.6 × → 1,410,000 for a unit (law: rounded up to 10,000).
        self.assertEqual(sorted(proposals.mapped("prize_amount")), [710_000, 1_410_000])
        self.assertEqual(decision.prize_total, 2_120_000)
        self.assertEqual(decision.prize_total_words, "Hai triệu một trăm hai mươi nghìn đồng")
        text = read_pdf(decision.document_attachment_id.raw)
        for expected in ("Hai triệu một trăm hai mươi nghìn đồng", "2.120.000", "07/QĐ", "Bùi Ngoại Tuyến"):
            self.assertIn(expected, text)
        return decision

    def check_certificates(self, decision):
        self.assertEqual(len(decision.certificate_ids), 2)
        certificate = decision.certificate_ids.filtered(
            lambda card: card.commendation_id.employee_id == self.employee_portal
        )
        content = certificate._get_pdf()[1]
        self.assertEqual(len(PdfReader(io.BytesIO(content)).pages), 1)
        self.assertIn("Bùi Ngoại Tuyến", read_pdf(content))
        codes = read_qr_codes(content)
        self.assertEqual(len(codes), 1)
        self.assertTrue(codes[0].endswith(f"/kt/{certificate.payload}"))
        self.code = codes[0]
        return certificate

    def verify_in_public(self, certificate):
        self.authenticate(None, None)
        path = self.code[self.code.index("/kt/") :]
        answer = self.url_open(f"{path}?lang=en")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("Bùi Ngoại Tuyến", answer.text)
        self.assertIn("Valid", answer.text)
        self.assertEqual(self.url_open("/emulation/verify/khong-co-ma-nay").status_code, 404)

    def download_in_the_portal(self, certificate):
        self.authenticate(self.user_portal.login, self.user_portal.login)
        page = self.url_open(f"/my/emulation/commendations/{certificate.commendation_id.id}")
        self.assertIn(f"/my/emulation/certificates/{certificate.id}", page.text)
        for path in (
            f"/my/emulation/certificates/{certificate.id}",
            f"/my/emulation/commendations/{certificate.commendation_id.id}/decision",
        ):
            answer = self.url_open(path)
            self.assertEqual((answer.status_code, answer.content[:5]), (200, b"%PDF-"))
            self.assertIn("attachment", answer.headers["Content-Disposition"])

    def export(self, decision):
        self.authenticate(self.user_officer.login, self.user_officer.login)
        answer = self.url_open(decision.action_export_xlsx()["url"])
        rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
        amounts = {row[1]: row[9] for row in rows[7:] if isinstance(row[0], int)}
        self.assertEqual(amounts, {"Bùi Ngoại Tuyến": 710_000, "Tổ Thi đua": 1_410_000})

    # ---------- Bad input: a clear message, nothing lost ----------

    def test_launch_without_criteria(self):
        campaign = self.new_campaign("Thiếu tiêu chí", individual_set_id=False, collective_set_id=False)
        with self.assertRaisesRegex(UserError, "criteria"):
            campaign.with_user(self.user_officer).action_launch()
        self.assertEqual(campaign.state, "draft")

    def test_end_before_start(self):
        """As a browser sends it: the message is the constraint's own, the old dates stay."""
        self.authenticate(self.user_officer.login, self.user_officer.login)
        self.env.flush_all()
        call = {
            "model": "emulation.campaign",
            "method": "write",
            "args": [[self.campaign.id], {"date_end": "2024-01-01"}],
            "kwargs": {},
        }
        with mute_logger("odoo.sql_db", "odoo.http"):
            answer = self.opener.post(f"{self.base_url()}/web/dataset/call_kw", json={"params": call}).json()
        self.assertIn("cannot end before it starts", answer["error"]["data"]["message"])
        self.env.invalidate_all()
        self.assertEqual(self.campaign.date_end, date(2099, 12, 31))

    def test_a_score_above_the_maximum(self):
        self.campaign.with_user(self.user_officer).action_launch()
        self.register(self.employee_proposer)
        sheet = self.open_round().evaluation_ids
        lines = sheet.score_ids.sorted("sequence").with_user(self.user_proposer)
        lines[0].actual_value = 90
        with self.assertRaisesRegex(ValidationError, "between 0 and 30"), self.env.cr.savepoint():
            lines[1].self_points = 31
        self.assertEqual((lines[0].self_points, lines[1].self_points), (63, 0))

    def test_a_non_image_as_evidence(self):
        self.campaign.with_user(self.user_officer).action_launch()
        self.register(self.employee_proposer)
        line = self.open_round().evaluation_ids.score_ids.sorted("sequence")[1].with_user(self.user_proposer)
        line.self_points = 20
        page = Command.create({"name": "photo.png", "raw": b"<html><script>alert(1)</script></html>"})
        with (
            self.assertRaisesRegex(ValidationError, "photo.png.*cannot be evidence"),
            self.env.cr.savepoint(),
        ):
            line.evidence_ids = [page]
        self.assertEqual(line.self_points, 20)
        self.assertFalse(line.evidence_ids)
