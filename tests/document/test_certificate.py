import base64
import io

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ...printing import signing
from ..helpers.document_common import POINTS_PER_MM, DocumentCommon


@tagged("post_install", "-at_install")
class TestCertificate(DocumentCommon):
    """Register, print, replace; the picture of the page leads back to the register."""

    def _issued(self, count):
        decision = self.new_decision(self.new_lines(count), issue_date="2026-01-05")
        self.issue(decision)
        return decision

    def _print(self, cards):
        with self.allow_pdf_render():
            cards._print_chunk()

    def _picture(self, content):
        import pypdfium2

        return pypdfium2.PdfDocument(content)[0].render(scale=3).to_pil()

    def test_golden_for_1_2_and_100(self):
        """Each is one whole page of its own, in our fonts, and its picture leads back to its token."""
        for count in (1, 2, 100):
            with self.subTest(count=count):
                cards = self._issued(count).certificate_ids
                self._print(cards)
                self.assertEqual(len(cards.attachment_id), count)
                for card in cards:
                    self._check_page(card)

    def _check_page(self, card):
        import zxingcpp

        content = card.attachment_id.raw
        (page,) = self.pages(content)
        self.assertEqual(self.size(page), (297, 210))
        self.assert_own_fonts_embedded(page)
        text = " ".join(page.extract_text().split())
        for words in (
            card.recipient_name,
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
        ):
            self.assertIn(words, text)
        spots = self.spots(page)
        self.assertTrue(all(25 <= x <= 297 - 25 and 25 <= y <= 210 - 22 for _text, x, y in spots), spots)
        read = zxingcpp.read_barcodes(self._picture(content), formats=zxingcpp.BarcodeFormat.QRCode)
        self.assertEqual([code.text for code in read], [card._get_qr_value()])
        self.assertEqual(signing.get_token(read[0].text.rsplit("/", 1)[-1]), card.token)

    def test_every_layout_is_read_from_a_poor_scan(self):
        """As printed, at 150 dots an inch, slightly out of focus."""
        from ..helpers import picture

        layouts = self.env["emulation.certificate.template"].search([("company_id", "=", False)])
        self.assertGreaterEqual(len(layouts), 9)
        cards = self._issued(len(layouts)).certificate_ids
        for card, layout in zip(cards, layouts, strict=True):
            card.template_id = layout
        self._print(cards)
        for card in cards:
            with self.subTest(layout=card.template_id.name):
                read = picture.read_codes(picture.poor_scan(card.attachment_id.raw))
                self.assertEqual(read, {reader: [card._get_qr_value()] for reader in read})

    def test_box_stands_where_the_template_says(self):
        card = self._issued(1).certificate_ids
        self._print(card)
        left = self._first_x(self.pages(card.attachment_id.raw)[0], "Số sổ")
        box = card.template_id.field_ids.filtered(lambda box: (box.content or "").startswith("Số sổ"))
        self.assertAlmostEqual(left, box.x, delta=0.5)

    def _first_x(self, page, words):
        spots = []

        def visit(text, matrix, text_matrix, _font, _size):
            if words[:2] in text:
                spots.append((matrix[0] * text_matrix[4] + matrix[4]) / POINTS_PER_MM)

        page.extract_text(visitor_text=visit)
        return spots[0]

    def test_longest_names_stay_in_their_boxes(self):
        for template in self.env["emulation.certificate.template"].search([]):
            values = template._get_stress_values()
            for box in template.field_ids.filtered(lambda box: box.kind == "text"):
                prepared = box._get_box().prepare(values)
                if prepared:
                    self.assertGreaterEqual(prepared["size"], 7, f"{template.name}: {box.content}")

    def test_room_for_signature_and_seal(self):
        for template in self.env["emulation.certificate.template"].search([("kind", "!=", "flag")]):
            boxes = {box.content: box for box in template.field_ids}
            above, name = boxes["{signer_title}"], boxes["{signer_name}"]
            bottom = above.y + above.font_size * 1.22 / POINTS_PER_MM
            self.assertGreaterEqual(name.y - bottom, 25, template.name)

    def test_the_emblem_is_the_agency_s_choice(self):
        from PIL import Image

        card = self._issued(1).certificate_ids
        template = card.template_id.sudo()
        box = template.field_ids.filtered(lambda box: box.kind == "emblem")
        drawn = template.background_uri
        picture = io.BytesIO()
        Image.new("RGB", (50, 50), (0, 0, 255)).save(picture, "PNG")
        template.write({"emblem_source": "image", "emblem": base64.b64encode(picture.getvalue())})
        self.assertLess(len(template.background_uri), len(drawn), "the drawn emblem makes room")
        self._print(card)
        page = self._picture(card.attachment_id.raw)
        scale = page.width / template.page_width
        middle = [(box.x + box.width / 2) * scale, (box.y + box.width / 2) * scale]
        red, green, blue = page.getpixel(tuple(map(int, middle)))[:3]
        self.assertTrue(blue > 200 and red < 60 and green < 60, (red, green, blue))
        with self.assertRaises(ValidationError):
            template.emblem = base64.b64encode(b"<svg/>")

    def test_awarding_body_is_not_said_twice(self):
        decision = self.new_decision(self.new_lines(1)).sudo()  # as printing does
        names = {
            ("Chánh Văn phòng", "Văn phòng UBND tỉnh"): "Chánh Văn phòng UBND tỉnh",
            ("Giám đốc", "Sở Công Thương"): "Giám đốc Sở Công Thương",
            ("Giám đốc Sở Công Thương", "Sở Công Thương"): "Giám đốc Sở Công Thương",
            ("", "Công ty An Bình"): "Công ty An Bình",
        }
        for (title, agency), expected in names.items():
            self.signer.job_title = title
            decision.write({"signer_title": title})
            self.company.name = agency
            self.assertEqual(self.env["emulation.certificate"]._get_awarding_body(decision), expected)

    def test_one_line_above_the_signature_leaves_no_gap(self):
        card = self._issued(1).certificate_ids
        texts = {box.get("text"): box for box in card._get_sheets()[0]["boxes"]}
        line = card.template_id.field_ids.filtered(lambda box: box.content == "{signer_on_behalf}")
        self.assertIn(f"top:{line.y:.2f}mm", texts["GIÁM ĐỐC"]["style"])

    def test_preprinted_stock_prints_the_marked_boxes_only(self):
        card = self._issued(1).certificate_ids
        card.template_id = self.env.ref("hr_emulation.certificate_template_stock")
        texts = [box.get("text") for box in card._get_sheets()[0]["boxes"]]
        self.assertIn(card.recipient_name, texts)
        self.assertNotIn("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", texts)
        card.template_id.sudo().offset_x = 2.5
        moved = [box for box in card._get_sheets()[0]["boxes"] if box.get("text") == card.recipient_name]
        self.assertIn("left:43.50mm", moved[0]["style"])

    def test_replacement_keeps_the_chain(self):
        card = self._issued(1).certificate_ids
        card.with_user(self.user_officer).action_replace()
        self.assertEqual(card.state, "replaced")
        self.assertEqual(card.replaced_by_id.state, "issued")
        self.assertNotEqual(card.replaced_by_id.token, card.token)
        with self.assertRaises(UserError):
            card.with_user(self.user_officer).action_suspend()

    def test_queue_prints_everything_once(self):
        decision = self._issued(3)
        decision.action_print_certificates()
        first = decision.certificate_ids[0]
        self._print(first)
        kept = first.attachment_id
        with self.allow_pdf_render():  # enters registry test mode: the job may commit
            self.env.ref("hr_emulation.cron_print_certificates").method_direct_trigger()
        decision.invalidate_recordset()
        decision.certificate_ids.invalidate_recordset()
        self.assertEqual(decision.print_progress, 100)
        self.assertEqual(first.attachment_id, kept)
        merged = self.pages(decision._merge_certificates())
        names = decision.certificate_ids.sorted("rank").mapped("recipient_name")
        self.assertTrue(all(name in page.extract_text() for name, page in zip(names, merged, strict=True)))

    def test_payload_verdicts(self):
        one, two = self._issued(2).certificate_ids
        self.assertEqual(one._verify(one.payload).signature, "valid")
        self.assertEqual(one._verify(two.payload).signature, "mismatch")
        altered = one.payload[:-1] + str(int(one.payload[-1]) ^ 1)
        self.assertEqual(one._verify(altered).signature, "altered")
        private, _public = signing.new_key()
        facts = signing.Statement(one.token, one.number, one.recipient_name, "GK", "01", "2026-01-05")
        self.assertEqual(one._verify(signing.sign(facts, private, "Sở A")).signature, "unknown_key")
        self.assertEqual(one._verify("khác").signature, "unreadable")

    def test_old_keys_still_verify(self):
        card = self._issued(1).certificate_ids
        key = self.env["emulation.signing.key"]._get_current(self.company)
        key.with_user(self.user_admin).action_rotate()
        self.assertTrue(key.retired_on)
        self.assertNotEqual(self.env["emulation.signing.key"]._get_current(self.company), key)
        self.assertEqual(card._verify(card.payload).signature, "valid")

    def test_merged_bytes_are_a_pdf(self):
        decision = self._issued(1)
        self._print(decision.certificate_ids)
        self.assertTrue(io.BytesIO(decision._merge_certificates()).read(5).startswith(b"%PDF"))
