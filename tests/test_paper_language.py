import re

from lxml import html
from odoo import SUPERUSER_ID
from odoo.tests import tagged

from .document_common import DocumentCommon

# Words no Vietnamese paper holds, and every English one does.
ENGLISH = re.compile(
    r"\b(the|of|and|for|with|from|by|is|unit|award|points|rank|certificate|draft|page)\b", re.I
)
ENGLISH_NAME, VIETNAMESE_NAME = "Grassroots Trial Fighter", "Chiến sĩ thử cơ sở"


@tagged("post_install", "-at_install")
class TestPaperLanguage(DocumentCommon):
    """A paper is Vietnamese whoever prints it: a user of another language, or a job of the server that has none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("vi_VN")
        cls.title = cls.new_document_award(ENGLISH_NAME, "CSTHU", 1.0, kind="title")
        cls.title.with_context(lang="vi_VN").name = VIETNAMESE_NAME
        cls.title.official_name = VIETNAMESE_NAME
        cls.decision = cls.new_decision(
            cls.new_lines(2, award=cls.title), issue_date="2026-01-05", place="Hà Nội"
        )
        cls.submission = cls.env["emulation.submission"].create(
            {
                "company_id": cls.company.id,
                "abstract": "Về việc đề nghị khen thưởng",
                "addressee": "UBND tỉnh",
                "line_ids": [
                    (0, 0, {"commendation_id": line.id}) for line in cls.new_lines(2, award=cls.title)
                ],
            }
        )
        cls.campaign = cls.env["emulation.campaign"].create(
            {
                "name": "Phong trào thử",
                "company_id": cls.company.id,
                "date_start": "2025-01-01",
                "date_end": "2025-12-31",
                "purpose": "Hoàn thành nhiệm vụ",
                "award_line_ids": [(0, 0, {"award_id": cls.title.id})],
            }
        )

    def get_text(self, report, record, **who):
        """Return the text of a paper as it is rendered for somebody."""
        reports = self.env(**who)["ir.actions.report"]
        page = reports._render_qweb_html(f"hr_emulation.action_report_{report}", record.ids)[0]
        body = html.fromstring(page.decode() if isinstance(page, bytes) else page).find("body")
        return " ".join(body.text_content().split())

    def check(self, report, record, *parts):
        readers = {
            "a job without a language": {"user": SUPERUSER_ID, "context": {}},
            "English": {"user": self.user_officer.id, "context": {"lang": "en_US"}},
        }
        for who, environment in readers.items():
            with self.subTest(report=report, who=who):
                text = self.get_text(report, record, **environment)
                self.assertEqual(ENGLISH.findall(text), [])
                self.assertNotIn(ENGLISH_NAME, text)
                for part in parts:
                    self.assertIn(part, text)

    def test_decision_and_what_hangs_on_it(self):
        self.check("decision", self.decision, VIETNAMESE_NAME, "QUYẾT ĐỊNH")
        self.check("ceremony", self.decision, VIETNAMESE_NAME, "Kịch bản trao thưởng")

    def test_submission(self):
        self.check("submission", self.submission, VIETNAMESE_NAME, "Tờ trình")

    def test_launch_letter(self):
        self.check("campaign_launch", self.campaign, VIETNAMESE_NAME, "Mục tiêu")

    def test_amendment(self):
        self.issue(self.decision)
        lines = self.decision.commendation_ids
        amendment = self.env["emulation.decision"].create(
            {
                "company_id": self.company.id,
                "signer_id": self.signer.id,
                "kind": "amendment",
                "amended_decision_id": self.decision.id,
                "change_ids": [
                    (0, 0, {"commendation_id": line.id, "recipient_name": f"Tên đúng {line.id}"})
                    for line in lines
                ],
            }
        )
        self.check("decision", amendment, VIETNAMESE_NAME, f"Tên đúng {lines[0].id}")

    def test_certificates_of_the_real_job(self):
        """The job runs as the server does: without a language."""
        self.issue(self.decision)
        cards = self.decision.certificate_ids
        with self.allow_pdf_render():
            cards.with_env(
                self.env(user=SUPERUSER_ID, context={"force_report_rendering": True})
            )._print_missing()
        cards.invalidate_recordset()
        for card in cards:
            text = " ".join(page.extract_text() for page in self.pages(card.attachment_id.raw))
            self.assertNotIn(ENGLISH_NAME.lower(), text.lower())
            self.assertIn(VIETNAMESE_NAME.lower(), " ".join(text.split()).lower())
