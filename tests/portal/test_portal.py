import base64
import json
import re
import urllib.parse
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from odoo.tests import tagged

from ..helpers.portal_common import PortalCommon, force


@tagged("post_install", "-at_install")
class TestPortal(PortalCommon):
    """Pages show what is the visitor's, in words, and cost the same whatever lies behind them."""

    def test_campaign_is_found_without_accents(self):
        self.login(self.an)
        page = self.url_open("/my/emulation/campaigns?search=doan ket")
        self.assertIn("Đoàn kết lập thành tích", page.text)
        page = self.url_open("/my/emulation/campaigns?search=khong co gi")
        self.assertNotIn("Đoàn kết lập thành tích", page.text)

    def test_a_step_to_come_says_nothing_as_done(self):
        self.login(self.an)
        page = self.url_open(f"/my/emulation/commendations/{self.mine.id}").text
        self.assertIn("o_emulation_step_next", page)
        self.assertNotIn("The decision has been issued.", page)
        force(self.mine, {"state": "granted", "granted_date": self.today})
        page = self.url_open(f"/my/emulation/commendations/{self.mine.id}").text
        self.assertIn("The decision has been issued.", page)

    def test_every_sign_is_drawn(self):
        """A sign the style sheet does not know is a black box."""
        top = Path(__file__).resolve().parents[2]
        sources = [*top.glob("views/portal_*.xml"), *top.glob("controllers/portal/*.py")]
        used = {sign for path in sources for sign in re.findall(r"\bfa-[a-z-]+", path.read_text("utf-8"))}
        drawn = re.findall(
            r"\.(fa-[a-z-]+) \{", (top / "static/src/portal/page/portal.scss").read_text("utf-8")
        )
        self.assertGreater(len(used), 15)
        self.assertFalse(used - set(drawn))

    def test_the_way_to_the_content_is_in_the_language_of_the_page(self):
        self.speak_vietnamese()
        self.login(self.an)
        self.assertIn("Đến nội dung chính", self.url_open("/my/emulation").text)

    def test_unknown_filter_and_far_page_are_harmless(self):
        self.login(self.an)
        page = self.url_open("/my/emulation/campaigns/page/99?filterby=%27x")
        self.assertEqual(page.status_code, 200)
        self.assertIn("Đoàn kết lập thành tích", page.text)

    def test_campaign_page_reads_well(self):
        self.login(self.an)
        page = self.url_open(f"/my/emulation/campaigns/{self.campaign.id}")
        for text in (
            "Thi đua đổi mới, sáng tạo",
            "Cải cách hành chính",
            "Hoàn thành nhiệm vụ",
            "Lao động tiên tiến",
        ):
            self.assertIn(text, page.text)

    def test_draft_campaign_is_not_there(self):
        force(self.campaign, {"state": "draft"})
        self.login(self.an)
        self.assertEqual(self.url_open(f"/my/emulation/campaigns/{self.campaign.id}").status_code, 404)

    def test_campaign_of_another_unit_is_not_there(self):
        force(
            self.campaign,
            {"audience_kind": "departments", "audience_department_ids": self.other_unit.ids},
        )
        self.login(self.binh)
        self.assertEqual(self.url_open(f"/my/emulation/campaigns/{self.campaign.id}").status_code, 404)
        self.login(self.dung)
        self.assertEqual(self.url_open(f"/my/emulation/campaigns/{self.campaign.id}").status_code, 200)

    def test_my_commendation_is_told_in_words(self):
        self.login(self.an)
        page = self.url_open("/my/emulation/commendations")
        self.assertIn("Lao động tiên tiến", page.text)
        page = self.url_open(f"/my/emulation/commendations/{self.mine.id}")
        self.assertIn("The dossier is with the head of the unit.", page.text)
        self.assertIn("Sáng kiến tiết kiệm giấy.", page.text)

    def test_every_state_of_a_commendation_has_a_page(self):
        self.login(self.an)
        states = [name for name, _label in self.mine._fields["state"].selection]
        for state in states:
            with self.subTest(state=state):
                force(self.mine, {"state": state})
                page = self.url_open(f"/my/emulation/commendations/{self.mine.id}")
                self.assertEqual(page.status_code, 200)

    def test_certificate_is_downloaded_never_shown(self):
        attachment = self.env["ir.attachment"].create({"name": "bang.pdf", "raw": b"%PDF-1.4 test"})
        certificate = self.new_certificate(attachment)
        self.login(self.an)
        answer = self.url_open(f"/my/emulation/certificates/{certificate.id}")
        self.assertEqual(answer.content, b"%PDF-1.4 test")
        self.assertTrue(answer.headers["Content-Disposition"].startswith("attachment"))
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        force(certificate, {"state": "revoked"})
        self.assertEqual(self.url_open(f"/my/emulation/certificates/{certificate.id}").status_code, 404)

    def test_certificate_never_printed_is_printed_for_its_owner(self):
        template = self.env["emulation.certificate.template"].search([], limit=1)
        self.assertTrue(template, "the addon ships a template")
        decision = self.env["emulation.decision"].create(
            {"company_id": self.agency.id, "issue_date": self.today}
        )
        certificate = self.new_certificate(
            template_id=template.id,
            decision_id=decision.id,
            recipient_name="Nguyễn Thị An",
            issue_date=self.today,
            token="t" * 32,
            payload="1234567890",
        )
        url = f"/my/emulation/certificates/{certificate.id}"
        self.login(self.binh)
        self.assertEqual(self.url_open(url).status_code, 404)
        self.assertFalse(certificate.attachment_id, "nothing is printed for a stranger")
        self.login(self.an)
        answer = self.url_open(url)
        self.assertTrue(answer.content.startswith(b"%PDF"), answer.content[:80])
        self.assertTrue(answer.headers["Content-Disposition"].startswith("attachment"))
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        kept = certificate.attachment_id
        self.assertEqual(kept.raw, answer.content)
        self.assertEqual(self.url_open(url).content, kept.raw, "printed once, then kept")

    def test_badge_of_a_certificate(self):
        decision = self.env["emulation.decision"].create(
            {"company_id": self.agency.id, "issue_date": self.today, "number": "12"}
        )
        force(self.mine, {"state": "granted", "granted_date": self.today, "decision_id": decision.id})
        certificate = self.new_certificate(
            decision_id=decision.id, recipient_name="Nguyễn Thị An", issue_date=self.today
        )
        self.login(self.an)
        url = f"/my/emulation/certificates/{certificate.id}/badge"
        self.assertIn(url, self.url_open(f"/my/emulation/commendations/{self.mine.id}").text)
        answer = self.url_open(url)
        self.assertTrue(answer.content.startswith(b"\x89PNG"))
        name = "Lao động tiên tiến - Nguyễn Thị An - 01.png"
        self.assertIn(urllib.parse.quote(name), answer.headers["Content-Disposition"])
        # A signature is 64 bytes, 86 letters; the checksum that follows may look like one more.
        found = re.search(rb"openbadgecredential\0+([\w-]+\.[\w-]+\.[\w-]{86})", answer.content)
        token = found.group(1).decode()
        head, claims, signature = token.split(".")
        decode = lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))  # noqa: E731
        key = self.env["emulation.signing.key"]._find_by_name(
            json.loads(decode(head))["kid"].rpartition("/")[2].removesuffix(".jwk")
        )
        Ed25519PublicKey.from_public_bytes(decode(key.public_key)).verify(
            decode(signature), f"{head}.{claims}".encode()
        )
        said = json.loads(decode(claims))
        self.assertEqual(said["credentialSubject"]["achievement"]["name"], "Lao động tiên tiến")
        self.assertEqual(said["id"], certificate._get_verification_url())

    def test_counters(self):
        self.login(self.an)
        names = [
            "emulation_campaign_count",
            "emulation_evaluation_count",
            "emulation_commendation_count",
            "emulation_waiting_count",
        ]
        self.assertEqual(
            self.make_jsonrpc_request("/my/counters", {"counters": names}),
            dict(zip(names, (0, 1, 1, 1), strict=True)),
            "the first card counts everything that waits, the sheet to fill in too",
        )
        self.login(self.chi)
        counters = self.make_jsonrpc_request("/my/counters", {"counters": names})
        self.assertEqual(counters["emulation_waiting_count"], 4, "proposal, report, finding, block")
        self.login(self.em)
        counters = self.make_jsonrpc_request("/my/counters", {"counters": names})
        self.assertFalse(any(counters.values()))

    def test_display_choice_is_kept(self):
        self.login(self.an)
        answer = self.url_open(
            "/my/emulation/display?size=large&contrast=1&back=/my/emulation/campaigns", allow_redirects=False
        )
        self.assertIn("emulation_display=large-contrast", answer.headers["Set-Cookie"])
        page = self.url_open("/my/emulation/campaigns", cookies={"emulation_display": "large-contrast"})
        self.assertIn("o_emulation_text_large o_emulation_contrast", page.text)
        for trap in (
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "/\r\nX: y",
        ):
            answer = self.url_open("/my/emulation/display", params={"back": trap}, allow_redirects=False)
            self.assertTrue(answer.headers["Location"].endswith("/my"), answer.headers["Location"])
