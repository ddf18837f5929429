"""Sixteen awards of the shipped book: voted on in one session, issued and printed, and read back from the papers."""

from odoo.tests import tagged

from ..helpers.council_common import CouncilCommon
from ..helpers.document_common import DocumentCommon

YEAR = ("2026-01-01", "2026-12-31")
SCHOOL_YEAR = ("2025-09-01", "2026-05-31")
DECIDED = "2027-01-15"  # most are signed in January: the paper speaks of the year, not of the signature
DEPARTMENT, PROVINCE, SCHOOL, COMMUNE = "department", "province", "unit", "commune"
AGENCIES = {
    DEPARTMENT: ("Sở Công Thương", "Giám đốc"),
    PROVINCE: ("Ủy ban nhân dân tỉnh Lai Châu", "Chủ tịch"),
    SCHOOL: ("Trường Cao đẳng Lai Châu", "Hiệu trưởng"),
    COMMUNE: ("Ủy ban nhân dân xã Bum Tở", "Chủ tịch"),
}
# Award, agency, subject, values of the proposal, what the article says, sum, sum in words.
CASES = [
    ("LDTT", DEPARTMENT, "individual", {}, "Tặng danh hiệu “Lao động tiên tiến” cho", "năm 2026", 760_000),
    (
        "CSTDCS",
        DEPARTMENT,
        "individual",
        {},
        "Tặng danh hiệu “Chiến sĩ thi đua cơ sở” cho",
        "năm 2026",
        2_530_000,
    ),
    (
        *("TTLDTT", SCHOOL, "collective"),
        *({"period": SCHOOL_YEAR}, "Tặng danh hiệu “Tập thể lao động tiên tiến” cho"),
        *("năm học 2025 - 2026", 2_030_000),
    ),
    (
        "GKSO",
        DEPARTMENT,
        "individual",
        {},
        "Tặng Giấy khen của Giám đốc Sở Công Thương cho",
        "năm 2026",
        760_000,
    ),
    (
        "GKSO",
        DEPARTMENT,
        "collective",
        {},
        "Tặng Giấy khen của Giám đốc Sở Công Thương cho",
        "năm 2026",
        1_520_000,
    ),
    (
        *("GKTT", SCHOOL, "individual", {"period": SCHOOL_YEAR}),
        *("Tặng Giấy khen của Hiệu trưởng Trường Cao đẳng Lai Châu cho", "năm học 2025 - 2026", 760_000),
    ),
    (
        *("GKXA", COMMUNE, "individual", {"commendation_type": "ad_hoc", "achieved_on": "2026-09-10"}),
        *("Tặng Giấy khen của Chủ tịch Ủy ban nhân dân xã Bum Tở cho", "ngày 10 tháng 9 năm 2026", 760_000),
    ),
    (
        *("BKT", PROVINCE, "individual", {"period": ("2024-01-01", "2026-12-31")}),
        *("Tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh Lai Châu cho", "giai đoạn 2024 - 2026"),
        3_800_000,
    ),
    (
        *("BKT", PROVINCE, "individual", {"is_posthumous": True}),
        *("Truy tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh Lai Châu cho", "năm 2026", 3_800_000),
    ),
    (
        *("TTLDXS", PROVINCE, "collective", {}),
        *("Tặng danh hiệu “Tập thể lao động xuất sắc” cho", "năm 2026", 3_800_000),
    ),
    (
        "XPTB",
        PROVINCE,
        "collective",
        {},
        "Tặng danh hiệu “Xã, phường, đặc khu tiêu biểu” cho",
        "năm 2026",
        5_060_000,
    ),
    (
        *("GKXA", COMMUNE, "household", {}),
        *("Tặng Giấy khen của Chủ tịch Ủy ban nhân dân xã Bum Tở cho", "năm 2026", 1_140_000),
    ),
    ("LDTT", COMMUNE, "individual", {}, "Tặng danh hiệu “Lao động tiên tiến” cho", "năm 2026", 760_000),
    (
        *("BKT", PROVINCE, "collective", {}),
        *("Tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh Lai Châu cho", "năm 2026", 7_590_000),
    ),
    (
        *("BKT", PROVINCE, "household", {"commendation_type": "ad_hoc", "achieved_on": "2026-02-03"}),
        *("Tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh Lai Châu cho", "ngày 03 tháng 02 năm 2026"),
        5_700_000,
    ),
    ("GDVH", COMMUNE, "household", {}, "Tặng danh hiệu “Gia đình văn hóa” cho", "năm 2026", 0),
]
WORDS = {
    1_140_000: "Một triệu một trăm bốn mươi nghìn đồng",
    7_590_000: "Bảy triệu năm trăm chín mươi nghìn đồng",
    5_700_000: "Năm triệu bảy trăm nghìn đồng",
    760_000: "Bảy trăm sáu mươi nghìn đồng",
    1_520_000: "Một triệu năm trăm hai mươi nghìn đồng",
    2_030_000: "Hai triệu không trăm ba mươi nghìn đồng",
    2_530_000: "Hai triệu năm trăm ba mươi nghìn đồng",
    3_800_000: "Ba triệu tám trăm nghìn đồng",
    5_060_000: "Năm triệu không trăm sáu mươi nghìn đồng",
}
ENGLISH = (
    "Advanced",
    "Emulation",
    "Certificate",
    "Commendation",
    "Decision",
    "Cultur",
    "Article",
    "Total",
    "year",
)


@tagged("post_install", "-at_install")
class TestAwardsOnPaper(DocumentCommon, CouncilCommon):
    """Names, period, article, sum, words and language of minutes, decision and certificate, for an English user."""

    def set_agency(self, kind):
        name, head = AGENCIES[kind]
        self.company.write(
            {
                "name": name,
                "emulation_head_title": head,
                "emulation_agency_kind_id": self.env.ref(f"hr_emulation.agency_{kind}").id,
            }
        )

    def prepare(self, code, kind, subject, values):
        """Return a line ready to be decided by an agency of a kind."""
        self.set_agency(kind)
        award = self.env["emulation.award"].search([("code", "=", code), ("company_id", "=", False)])
        start, end = values.pop("period", YEAR)
        recipient = {
            # Somebody else every time: two awards of one day for one would be weighed against each other.
            "individual": {
                "recipient_type": "employee",
                "employee_id": self.new_employee("Đặng Văn Bình", self.unit).id,
            },
            "collective": {"recipient_type": "department", "department_id": self.new_unit("Phòng Thử").id},
            "household": {
                "recipient_type": "partner",
                "subject": "household",
                "partner_id": self.env["res.partner"].create({"name": "Hộ ông Lò Văn Thử"}).id,
            },
        }[subject]
        line = self.env["emulation.commendation"].create(
            {
                "award_id": award.id,
                "company_id": self.company.id,
                "period_from": start,
                "period_to": end,
                **recipient,
            }
        )
        versions = line._get_employee_versions(self.today())
        line._write_protected(
            {
                **line._prepare_snapshot(versions),
                **values,
                "rulebook_id": self.env.ref("hr_emulation.rulebook_2025").id,
                "state": "voted",
                "vote_passed": True,
            }
        )
        return line

    def read_words(self, content):
        return " ".join(" ".join(page.extract_text() for page in self.pages(content)).split())

    def vote(self, lines):
        """Let the council pass these proposals in one session and return it, with its minutes stored."""
        lines._write_protected({"state": "appraised", "vote_passed": False})
        session = self.new_session(lines, location="Hội trường tầng 2")
        session.action_open()
        for user in self.voters:
            self.cast(session, user)
        session.action_close()
        session.write({"conclusion": "Đề nghị Thủ trưởng quyết định.", "number": "7"})
        with self.allow_pdf_render():
            session.with_context(force_report_rendering=True, lang="en_US").action_store_minutes()
        session.invalidate_recordset()
        return session

    def check_minutes(self, session, lines):
        """Every recipient with his award and the count of his votes, in Vietnamese."""
        text = self.read_words(session.document_attachment_id.raw)
        names = lines._get_printed_awards()
        for line in lines:
            with self.subTest(minutes=names[line]):
                self.assertIn(line._get_recipient_name(), text)
                self.assertIn(names[line].lower(), text.lower())
        self.assertEqual(text.count("7/7 = 100%"), len(lines))
        self.assertNotIn("Không đạt", text)
        for part in ("HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG", "Số: 07/BB-HĐTĐKT", "ngày 20 tháng 11 năm 2026"):
            self.assertIn(part, text)
        self.assertEqual([word for word in ENGLISH if word in text], [])

    def test_what_leaves_the_house_says_the_truth(self):
        prepared = [self.prepare(code, kind, who, dict(vals)) for code, kind, who, vals, *_rest in CASES]
        lines = self.env["emulation.commendation"].union(*prepared)
        self.set_agency(PROVINCE)
        self.check_minutes(self.vote(lines), lines)
        self.assertEqual(set(lines.mapped("state")), {"voted"})
        for line, (code, kind, subject, values, article, period, amount) in zip(prepared, CASES, strict=True):
            with self.subTest(award=code, subject=subject, **values):
                self.set_agency(kind)
                decision = self.new_decision(line, issue_date=DECIDED, place="Lai Châu")
                self.issue(decision.with_context(lang="en_US"))
                text = self.read_words(decision.document_attachment_id.raw)
                self.check_decision(text, line, article, period, amount)
                card = decision.certificate_ids
                with self.allow_pdf_render():
                    card.with_context(lang="en_US")._print_chunk()
                self.check_certificate(self.read_words(card.sudo().attachment_id.raw), line, article, period)

    def check_decision(self, text, line, article, period, amount):
        self.assertIn(f"Điều 1. {article} {line.recipient_name}", text)
        self.assertIn(f"trong công tác {period}.", text)
        if amount:
            figure = f"{amount:,}".replace(",", ".")
            self.assertIn(f"Tổng số tiền thưởng là {figure} đồng (Bằng chữ: {WORDS[amount]})", text)
            self.assertIn("Như Điều 3", text)
        else:
            self.assertNotIn("tiền thưởng", text)
            self.assertNotIn("Điều 3", text)
            self.assertIn("Như Điều 2", text)
        self.assertIn("Căn cứ Luật Thi đua, khen thưởng", text)
        self.assertIn("ngày 15 tháng 01 năm 2027", text)
        self.assertEqual([word for word in ENGLISH if word in text], [])

    def check_certificate(self, text, line, article, period):
        # A face in capitals says the same.
        lower = text.lower()
        self.assertIn(line.recipient_name.lower(), lower)
        self.assertIn(f"công tác {period}".lower(), lower)
        self.assertEqual("truy tặng" in lower, line.is_posthumous)
        self.assertEqual([word for word in ENGLISH if word in text], [])
        if line.award_id.kind == "title":
            self.assertIn(article.split("“")[1].split("”")[0].lower(), lower)

    def test_the_annex_of_two_periods_names_both(self):
        lines = self.prepare("LDTT", DEPARTMENT, "individual", {})
        other = self.prepare("LDTT", DEPARTMENT, "individual", {"period": ("2025-01-01", "2025-12-31")})
        other._write_protected({"recipient_name": "Nguyễn Thị Ánh"})
        decision = self.new_decision(lines | other, issue_date=DECIDED)
        decision._do_issue()
        headings = [heading for heading, _lines in decision._get_annex_groups()]
        self.assertEqual(
            sorted(headings),
            ["Lao động tiên tiến cho cá nhân, năm 2025", "Lao động tiên tiến cho cá nhân, năm 2026"],
        )
        self.assertIn("năm 2025, năm 2026", decision._get_article_texts()[0])

    def test_the_agency_s_own_name_is_printed_before_the_book_s(self):
        line = self.prepare("GKSO", DEPARTMENT, "individual", {})
        line.award_id.with_company(self.company).printed_name = "Giấy khen “Người tốt việc tốt”"
        self.assertEqual(line._get_printed_awards()[line], "Giấy khen “Người tốt việc tốt”")

    def test_the_book_of_2024_names_the_commune_title_as_then(self):
        line = self.prepare("XPTB", PROVINCE, "collective", {})
        line._write_protected({"rulebook_id": self.env.ref("hr_emulation.rulebook_2024").id})
        self.assertEqual(line._get_printed_awards()[line], "Xã, phường, thị trấn tiêu biểu")
