from odoo.tests import tagged

from ..helpers import picture
from ..helpers.document_common import DocumentCommon

TEXT_LEFT, TEXT_RIGHT = 30, 195  # mm: the paper less its margins


@tagged("post_install", "-at_install")
class TestDocumentLayout(DocumentCommon):
    """Where the elements of an administrative document stand, in mm (Decree 30/2020/NĐ-CP, Annex I)."""

    def _print(self, **values):
        decision = self.new_decision(
            self.new_lines(1),
            issue_date="2026-01-05",
            place="Hà Nội",
            authority="Giám đốc Sở",
            legal_basis_ids=self.env.ref("hr_emulation.legal_law_2022").ids,
            recipient_lines="Như Điều 3\nLưu: VT",
            **values,
        )
        self.issue(decision)
        return decision.document_attachment_id.raw

    def _find(self, content, words):
        box = picture.find_words(content, words)
        self.assertTrue(box, words)
        return dict(zip(("left", "top", "right", "bottom"), box, strict=True))

    def _middle(self, box):
        return (box["left"] + box["right"]) / 2

    def test_every_element_stands_where_the_decree_puts_it(self):
        content = self._print(signer_capacity="KT", signer_on_behalf="Giám đốc", signer_title="Phó Giám đốc")
        nation = self._find(content, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        motto = self._find(content, "Độc lập - Tự do - Hạnh phúc")
        parent, agency = self._find(content, "UBND TỈNH"), self._find(content, "SỞ THỬ NGHIỆM")
        number, date = self._find(content, "Số: 01/QĐ-STN"), self._find(content, "Hà Nội, ngày 05")
        title, authority = self._find(content, "QUYẾT ĐỊNH"), self._find(content, "GIÁM ĐỐC SỞ")
        basis, article = self._find(content, "Căn cứ Luật"), self._find(content, "Điều 1.")
        recipients, signer = self._find(content, "Nơi nhận:"), self._find(content, "KT. GIÁM ĐỐC")
        deputy, name = self._find(content, "PHÓ GIÁM ĐỐC"), self._find(content, "Vũ Ký Tên")

        order = [nation, motto, date, title, authority, basis, article, signer, deputy, name]
        self.assertEqual([box["top"] for box in order], sorted(box["top"] for box in order))
        self.assertTrue(20 <= nation["top"] <= 26, nation)
        self.assertAlmostEqual(self._middle(nation), self._middle(motto), delta=1)
        self.assertLess(nation["right"], TEXT_RIGHT + 0.5)
        self.assertLess(parent["top"], agency["top"])
        self.assertAlmostEqual(self._middle(parent), self._middle(agency), delta=1)
        self.assertLess(agency["right"], nation["left"])
        self.assertAlmostEqual(number["bottom"], date["bottom"], delta=1.5)
        for box in (title, authority):
            self.assertAlmostEqual(self._middle(box), (TEXT_LEFT + TEXT_RIGHT) / 2, delta=1)
        for box in (basis, article):
            self.assertAlmostEqual(box["left"], TEXT_LEFT + 10, delta=1)
        self.assertAlmostEqual(recipients["left"], TEXT_LEFT, delta=1)
        self.assertAlmostEqual(self._middle(signer), self._middle(name), delta=1)
        self.assertGreater(signer["left"], self._middle({"left": TEXT_LEFT, "right": TEXT_RIGHT}))
        self.assertGreaterEqual(name["top"] - deputy["bottom"], 25, "room for signature and seal")

    def test_letters_are_as_large_as_the_decree_says(self):
        sizes = {}

        def visit(text, matrix, text_matrix, _font, size):
            if text.strip():
                sizes.setdefault(text.strip(), size * abs(matrix[3] * text_matrix[3]))

        self.pages(self._print())[0].extract_text(visitor_text=visit)
        allowed = {
            "UBND TỈNH": (12, 13),
            "SỞ THỬ NGHIỆM": (12, 13),
            "CỘNG HÒA XÃ HỘI": (12, 13),
            "Độc lập - Tự do": (13, 14),
            "Số: 01": (13, 13),
            "Hà Nội, ngày": (13, 14),
            "QUYẾT ĐỊNH": (13, 14),
            "Về việc": (13, 14),
            "Căn cứ Luật": (13, 14),
            "Điều 1.": (13, 14),
            "GIÁM ĐỐC": (13, 14),
            "Vũ Ký Tên": (13, 14),
            "Nơi nhận:": (12, 12),
            "- Như Điều 3": (11, 11),
        }
        for start, (smallest, largest) in allowed.items():
            size = next(size for text, size in sizes.items() if text.startswith(start))
            # Printers round letters to whole pixels, a fifth of a point here.
            self.assertTrue(smallest - 0.2 <= size <= largest + 0.2, f"{start}: {size} pt")

    def test_a_company_prints_its_own_letterhead(self):
        self.company.write({"emulation_is_state_body": False, "street": "12 phố Huế", "city": "Hà Nội"})
        content = self._print()
        self.assertFalse(picture.find_words(content, "CỘNG HÒA"))
        self.assertFalse(picture.find_words(content, "Độc lập"))
        name, street = self._find(content, "Sở Thử nghiệm"), self._find(content, "12 phố Huế")
        self.assertLess(name["top"], street["top"])
        self.assertLess(street["top"], self._find(content, "QUYẾT ĐỊNH")["top"])
