import hashlib
import re
from functools import partial

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..helpers.document_common import DocumentCommon
from ..helpers.paper_language import check_paper


@tagged("post_install", "-at_install")
class TestDecision(DocumentCommon):
    """Issue: all or nothing, numbered without gaps, and never touched again."""

    def test_the_annex_names_households_where_they_are_listed(self):
        lines = self.new_lines(3, self.new_award("TEST-HO", subject_household=True))
        decision = self.new_decision(lines)
        self.assertEqual(decision._get_annex_title(), "Danh sách tập thể, cá nhân được khen thưởng")
        lines[0]._write_protected({"subject": "household"})
        self.assertEqual(
            decision._get_annex_title(), "Danh sách tập thể, hộ gia đình, cá nhân được khen thưởng"
        )

    def test_issue_grants_numbers_pays_registers_and_stores(self):
        lines = self.new_lines(2)
        decision = self.new_decision(lines, issue_date="2026-06-30")
        self.issue(decision)
        self.assertEqual(decision.state, "issued")
        self.assertEqual(decision._get_document_number(), "01/QĐ-STN")
        self.assertEqual(set(lines.mapped("state")), {"granted"})
        self.assertEqual(lines.mapped("prize_amount"), [710_000, 710_000])
        self.assertEqual(set(lines.mapped("prize_state")), {"to_pay"})
        self.assertEqual(decision.prize_total_words, "Một triệu bốn trăm hai mươi nghìn đồng")
        content = decision.document_attachment_id.raw
        self.assertEqual(hashlib.sha256(content).hexdigest(), decision.document_sha256)
        self.assertEqual(decision.certificate_ids.sorted("rank").mapped("number"), ["0001/2026", "0002/2026"])

    def test_the_sum_in_the_words_of_a_foreigner(self):
        decision = self.new_decision(self.new_lines(2), issue_date="2026-06-30")
        decision.article_ids = [Command.clear(), Command.create({"content": "{total} ({total_words_en})."})]
        self.assertEqual(
            decision._get_article_texts(), ["1.420.000 (One million, four hundred and twenty thousand dong)."]
        )

    def test_numbers_follow_each_other_and_start_again_each_year(self):
        numbers = []
        for date in ("2026-01-02", "2026-01-03", "2027-01-02"):
            decision = self.new_decision(self.new_lines(1), issue_date=date)
            self.issue(decision)
            numbers.append(decision.number)
        self.assertEqual(numbers, ["1", "2", "1"])

    def test_one_bad_line_is_named_and_nothing_changes(self):
        lines = self.new_lines(1000)
        decision = self.new_decision(lines, issue_date="2026-01-02")
        lines[700]._write_protected({"state": "rejected"})
        with self.assertRaisesRegex(UserError, "Ứng Viên 0700") as error:
            self.issue(decision)
        self.assertNotIn("0699", str(error.exception))
        self.assertEqual(decision.state, "draft")
        self.assertEqual(set((lines - lines[700]).mapped("state")), {"appraised"})
        self.assertFalse(decision.certificate_ids)
        lines[700]._write_protected({"state": "appraised"})
        self.issue(decision)
        self.assertEqual(decision.number, "1", "a refused issue burns no number")
        self.assertEqual(len(decision.certificate_ids), 1000)
        self.assertEqual(set(lines.mapped("state")), {"granted"})

    def test_issuing_twice_is_one_decision(self):
        decision = self.new_decision(self.new_lines(1))
        self.issue(decision)
        decision._do_issue()
        self.assertEqual(len(decision.certificate_ids), 1)

    def test_an_issued_decision_is_closed(self):
        decision = self.new_decision(self.new_lines(1))
        self.issue(decision)
        with self.assertRaises(UserError):
            decision.abstract = "Khác"
        with self.assertRaises(UserError):
            decision.article_ids[0].content = "Khác"
        with self.assertRaises(UserError):
            decision.unlink()
        with self.assertRaises(AccessError):
            self.new_decision(self.new_lines(1)).write({"state": "issued"})
        with self.assertRaises(UserError):
            decision.certificate_ids.sudo().unlink()

    def test_wizard_wants_the_typed_words(self):
        decision = self.new_decision(self.new_lines(2))
        wizard = (
            self.env["emulation.decision.issue"]
            .with_user(self.user_officer)
            .create({"decision_id": decision.id})
        )
        self.assertIn("Giấy khen thử", wizard.preview)
        wizard.confirmation = "yes"
        with self.assertRaises(UserError):
            wizard.action_confirm()
        wizard.confirmation = "issue 2"
        with self.allow_pdf_render():
            wizard.with_context(force_report_rendering=True).action_confirm()
        self.assertEqual(decision.state, "issued")

    def test_order_of_the_law(self):
        merit = self.new_document_award("Bằng khen thử", "BKTHU", 1.5, level="ministry")
        lower = self.new_lines(2)
        lower[0]._write_protected({"recipient_name": "Trần Thị Đào"})
        lower[1]._write_protected({"recipient_name": "Lê Văn Cường"})
        unit = self.env["emulation.commendation"].create(
            {
                "recipient_type": "department",
                "department_id": self.unit.id,
                "award_id": self.document_award.id,
                "company_id": self.company.id,
            }
        )
        unit._write_protected({"state": "appraised", "recipient_name": "Phòng Tổng hợp"})
        upper = self.new_lines(1, merit)
        late = self.new_lines(1, state="draft")
        late.is_posthumous = True
        late._write_protected({"recipient_name": "Bùi Văn An", "state": "appraised"})
        decision = self.new_decision(lower | unit | upper | late)
        self.assertEqual(decision._get_ordered_lines(), upper | unit | lower[1] | lower[0] | late)
        self.assertEqual(late._get_listed_name(), "Bùi Văn An (truy tặng)")

    def test_revocation_strikes_out_and_asks_the_money_back(self):
        lines = self.new_lines(2)
        grant = self.new_decision(lines)
        self.issue(grant)
        self.pay_out(lines[0].with_user(self.user_officer))
        action = self.put_on("revocation", lines.with_user(self.user_officer))
        revocation = self.env["emulation.decision"].with_user(self.user_officer).browse(action["res_id"])
        revocation.signer_id = self.signer
        with self.assertRaisesRegex(UserError, "ground"):
            revocation.action_issue()
        revocation.write({"revocation_ground": "fraud", "revocation_reason": "Kê khai gian dối"})
        self.issue(revocation)
        self.assertEqual(set(lines.mapped("state")), {"revoked"})
        self.assertEqual(lines.mapped("prize_state"), ["to_return", "none"])
        self.assertEqual(revocation.prize_total, lines[0].prize_amount)
        self.assertEqual(set(grant.certificate_ids.mapped("state")), {"revoked"})

    def test_revocation_flags_later_awards_that_may_rely_on_it(self):
        lines = self.new_lines(2)
        first = self.new_decision(lines, issue_date="2026-01-05")
        self.issue(first)
        second_award = self.new_document_award("Bằng khen thử", "BKTHU", 1.5)
        later = lines.browse()
        for line in lines:
            copied = line.copy({"award_id": second_award.id})
            copied._write_protected({"state": "appraised", "recipient_name": line.recipient_name})
            later |= copied
        second = self.new_decision(later, issue_date="2026-03-05")
        self.issue(second)
        action = self.put_on("revocation", lines[0].with_user(self.user_officer))
        revocation = self.env["emulation.decision"].with_user(self.user_officer).browse(action["res_id"])
        revocation.write({"signer_id": self.signer.id, "revocation_ground": "forgery"})
        self.issue(revocation)
        self.assertEqual(later.mapped("revoked_reliance"), [True, False])

    def test_flagging_costs_the_same_for_2_and_22(self):
        counts = []
        for count in (1, 2, 22):  # the first warms caches up
            lines = self.new_lines(count, state="revoked")
            counts.append(self.count_queries(partial(self.env["emulation.reliance"]._list, lines)))
        self.assertEqual(counts[1], counts[2])

    def test_payment_list_and_states(self):
        lines = self.new_lines(3)
        decision = self.new_decision(lines, issue_date="2026-01-05")
        self.issue(decision)
        check_paper(self, "payments", decision)
        with self.allow_pdf_render():
            content = (
                self.env["ir.actions.report"]
                .with_context(force_report_rendering=True)
                ._render_qweb_pdf("hr_emulation.action_report_payments", decision.ids)[0]
            )
        text = " ".join(self.pages(content)[0].extract_text().split())
        for words in (
            *lines.mapped("recipient_name"),
            "710.000",
            "2.130.000",
            "Hai triệu một trăm ba mươi nghìn đồng",
        ):
            self.assertIn(words, text)
        self.pay_out(lines[0].with_user(self.user_officer))
        self.assertEqual(lines.mapped("prize_state"), ["paid", "to_pay", "to_pay"])
        self.assertTrue(lines[0].prize_paid_on)

    def test_preview_warns_of_papers_findings_and_duplicates(self):
        lines = self.new_lines(2)
        paper = self.env["emulation.dossier.paper"].search([], limit=1)
        self.env["emulation.commendation.paper"].create(
            {"commendation_id": lines[0].id, "paper_id": paper.id}
        )
        again = lines[1].copy()
        again._write_protected({"state": "appraised", "recipient_name": lines[1].recipient_name})
        decision = self.new_decision(lines | again)
        wizard = (
            self.env["emulation.decision.issue"]
            .with_user(self.user_officer)
            .create({"decision_id": decision.id})
        )
        self.assertIn("Papers are missing: ", wizard.warnings)
        self.assertIn("twice", wizard.warnings)
        decision.legal_basis_ids = False
        wizard.invalidate_recordset()
        self.assertIn("legal basis", wizard.warnings)
        self.assertIn("3", wizard.preview)

    def test_amendment_corrects_the_name_and_replaces_the_certificate(self):
        line = self.new_lines(1)
        grant = self.new_decision(line)
        self.issue(grant)
        amendment = self.new_correction(line, "Nguyễn Tên Đúng")
        self.issue(amendment)
        (page,) = self.pages(amendment.document_attachment_id.raw)
        text = " ".join(page.extract_text().split())
        self.assertIn("đã ghi “Nguyễn Thị Ứng Viên 0000”, nay sửa thành “Nguyễn Tên Đúng”", text)
        old = grant.certificate_ids.filtered(lambda card: card.state == "replaced")
        self.assertEqual(line.recipient_name, "Nguyễn Tên Đúng")
        self.assertEqual(old.replaced_by_id.recipient_name, "Nguyễn Tên Đúng")

    def test_an_amendment_by_an_own_text_shows_old_and_new_in_its_annex(self):
        line = self.new_lines(1)
        grant = self.new_decision(line)
        self.issue(grant)
        amendment = self.env["emulation.decision"].create(
            {
                "company_id": self.company.id,
                "kind": "amendment",
                "signer_id": self.signer.id,
                "amended_decision_id": grant.id,
                "abstract": "Về việc sửa đổi",
                "article_ids": [(0, 0, {"content": "Sửa đổi thông tin của {recipients}{list}."})],
                "change_ids": [(0, 0, {"commendation_id": line.id, "recipient_name": "Nguyễn Tên Đúng"})],
            }
        )
        self.issue(amendment)
        first, annex = self.pages(amendment.document_attachment_id.raw)
        self.assertIn("(có danh sách kèm theo)", " ".join(first.extract_text().split()))
        text = " ".join(annex.extract_text().split())
        for words in ("Nguyễn Thị Ứng Viên 0000", "Nguyễn Tên Đúng", "Giấy khen thử"):
            self.assertIn(words, text)

    def test_papers_are_vietnamese_whoever_prints_them(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        award = self.new_document_award("Advanced worker", "LDTTTHU", 0.3)
        award.with_context(lang="vi_VN").name = "Lao động tiên tiến"
        grant = self.new_decision(lines := self.new_lines(1, award))
        self.issue(grant)
        card = grant.certificate_ids
        self.assertEqual(card.sudo()._get_own_values()["award"], "Lao động tiên tiến")
        self.assertEqual(card._verify(card.sudo().payload).statement.award, "Lao động tiên tiến")
        amendment = self.env["emulation.decision"].create(
            {
                "company_id": self.company.id,
                "kind": "amendment",
                "amended_decision_id": grant.id,
                "article_ids": [(0, 0, {"content": "Sửa đổi."})],
                "change_ids": [(0, 0, {"commendation_id": lines.id, "recipient_name": "Nguyễn Tên Đúng"})],
            }
        )
        for document in (grant, amendment):
            html = self.env["ir.actions.report"]._render_qweb_html(
                "hr_emulation.action_report_decision", document.ids
            )[0]
            self.assertNotIn(b"Advanced worker", html)
            self.assertIn("Lao động tiên tiến".encode(), html)

    def test_a_flag_is_printed_as_a_flag_whoever_prints_it(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        award = self.new_document_award("Emulation flag", "COTHU", 0.3)
        award.with_context(lang="vi_VN").name = "Cờ thi đua của sở"
        lines = self.new_lines(1, award)
        template = self.env["emulation.certificate.template"]._get_for_commendations(lines)[award]
        self.assertEqual(template.kind, "flag")

    def test_counting_costs_the_same_for_many(self):
        def cost(count):
            decisions = self.env["emulation.decision"].browse()
            for _index in range(count):
                decisions |= self.new_decision(self.new_lines(count))
            return self.count_queries(
                lambda: decisions.read(["line_count", "certificate_count", "print_progress"])
            )

        self.assertEqual(cost(2), cost(6))

    def test_the_ceremony_costs_the_same_for_many(self):
        def cost(count):
            decision = self.new_decision(self.new_lines(count), issue_date="2026-01-05")
            decision._do_issue()
            report = self.env["ir.actions.report"]
            return self.count_queries(
                lambda: report._render_qweb_html("hr_emulation.action_report_ceremony", decision.ids)
            )

        cost(1)
        self.assertEqual(cost(2), cost(22))

    def test_a_long_annex_is_packed(self):
        decision = self.new_decision(self.new_lines(400), issue_date="2026-01-05")
        self.issue(decision)
        self.assertLess(len(decision.document_attachment_id.raw), 200_000)

    def test_the_preview_of_many_names_a_few(self):
        lines = self.new_lines(300)
        lines._write_protected({"recipient_name": False})
        wizard = self.env["emulation.decision.issue"].with_user(self.user_officer)
        warnings = wizard.create({"decision_id": self.new_decision(lines).id}).warnings
        self.assertIn("and 295 more", warnings)
        self.assertLess(len(warnings), 2000)

    def test_golden_for_1_2_and_100(self):
        for count in (1, 2, 100):
            with self.subTest(count=count):
                decision = self.new_decision(self.new_lines(count), issue_date="2026-01-05", place="Hà Nội")
                self.issue(decision)
                first, *annex = self.pages(decision.document_attachment_id.raw)
                self.assertEqual(self.size(first), (210, 297))
                self.assertEqual({self.size(page) for page in annex}, {(297, 210)} if count > 1 else set())
                for page, width in ((first, 210), *((page, 297) for page in annex)):
                    self.assert_own_fonts_embedded(page)
                    self._check_margins(page, width)
                text = "".join(page.extract_text() for page in annex or [first])
                self.assertEqual(len(re.findall(r"Nguyễn Thị Ứng Viên \d{4}", text)), count)

    def _check_margins(self, page, width):
        """Left 30–35, right 15–20, top 20–25 mm (Decree 30/2020, Annex I); only a page number stands above."""
        spots = [spot for spot in self.spots(page) if not (spot[0].isdigit() and spot[2] < 18)]
        self.assertGreaterEqual(min(x for _text, x, _y in spots), 29.5)
        self.assertLessEqual(min(x for _text, x, _y in spots), 35)
        self.assertLess(max(x for _text, x, _y in spots), width - 15)
        self.assertGreaterEqual(min(y for _text, _x, y in spots), 20)

    def test_pages_are_numbered_from_the_second_on(self):
        decision = self.new_decision(self.new_lines(60), issue_date="2026-01-05", place="Hà Nội")
        decision.article_ids[0].content = "Tặng Giấy khen. " + "Nội dung của điều này khá dài. " * 150
        self.issue(decision)
        pages = self.pages(decision.document_attachment_id.raw)
        body = [page for page in pages if self.size(page) == (210, 297)]
        annex = [page for page in pages if self.size(page) == (297, 210)]
        self.assertGreater(len(body), 1)
        self.assertGreater(len(annex), 2)
        for part, middle in ((body, 30 + 165 / 2), (annex, 30 + 252 / 2)):
            numbers = [[spot for spot in self.spots(page) if spot[2] < 18] for page in part]
            self.assertEqual(numbers[0], [], "the first page bears no number")
            for number, found in enumerate(numbers[1:], start=2):
                self.assertEqual([text for text, _x, _y in found], [str(number)])
                self.assertAlmostEqual(found[0][1], middle, delta=3)

    def test_layout_in_millimetres(self):
        decision = self.new_decision(
            self.new_lines(60), issue_date="2026-01-05", place="Hà Nội", authority="Giám đốc Sở Thử nghiệm"
        )
        self.issue(decision)
        pages = self.pages(decision.document_attachment_id.raw)
        sizes = [self.size(page) for page in pages]
        self.assertEqual(sizes[0], (210, 297))
        self.assertEqual(set(sizes[1:]), {(297, 210)})
        text = pages[0].extract_text()
        for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 01/QĐ-STN"):
            self.assertIn(words, text)
        self.assertIn("Hà Nội, ngày 05 tháng 01 năm 2026", text)
        annex = [page.extract_text() for page in pages[1:]]
        self.assertGreater(len(annex), 1)
        self.assertTrue(all("Họ và tên" in page for page in annex), "headings repeat on every page")
        edges = self.spots(pages[0])
        self.assertAlmostEqual(min(x for _text, x, _y in edges), 30, delta=1.5)
        self.assertGreaterEqual(min(y for _text, _x, y in edges), 18)
        self.assertLess(max(x for _text, x, _y in edges), 196)
        motto = next(spot for spot in edges if "Độc lập" in spot[0])
        agency = next(spot for spot in edges if "SỞ THỬ NGHIỆM" in spot[0])
        self.assertGreater(motto[1], 105, "the national name stands on the right")
        self.assertLess(agency[1], 105, "the issuing body on the left")

    def test_articles_name_people_and_campaigns_as_papers_do(self):
        self.employee_sub.sudo().sex = "female"
        line = self.new_commendation(self.employee_sub, state="appraised", award=self.award)
        decision = self.new_decision(line)
        text = decision._get_recipient_text(line)
        self.assertTrue(text.startswith(f"bà {line.recipient_name}"), text)
        self.assertIn(" ".join(filter(None, (line.position_name, line.unit_name))), text)
        decision.campaign_id = self.env["emulation.campaign"].create(
            {
                "name": "Phong trào thi đua năm 2025",
                "company_id": self.company.id,
                "date_start": "2025-01-01",
                "date_end": "2025-12-31",
            }
        )
        self.assertTrue(decision._get_achievement_text().startswith("phong trào thi đua năm 2025"))
        decision.campaign_id.name = "Chung sức xây dựng nông thôn mới"
        self.assertIn("phong trào thi đua “Chung sức", decision._get_achievement_text())
        self.company.emulation_head_title = "Giám đốc"
        self.assertEqual(decision._get_placeholder_values()["amended_by"], f"Giám đốc {self.company.name}")
