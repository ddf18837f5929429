"""What a campaign says on paper: right when it leaves the house, sealed, changed by another document alone."""

import base64
import re
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ...models.campaign.emulation_campaign import CONTENT
from ...models.campaign.emulation_campaign_change import LINES, SIMPLE
from ..helpers.campaign_common import CampaignCommon
from ..helpers.paper_language import check_paper

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="


class DocumentCase(CampaignCommon):
    def render(self, document):
        report = self.env["ir.actions.report"].with_user(self.user_officer)
        html = report._render_qweb_html("hr_emulation.report_campaign_document", document.ids)[0].decode()
        body = re.sub(r"<style>.*?</style>|</?[bi]>", "", html, flags=re.S)
        return " ".join(re.sub(r"<[^>]+>", " ", body).split())

    def issue(self, purpose="launch", campaign=None, **vals):
        document = self.new_document(campaign or self.campaign, purpose, **vals)
        document.action_issue()
        return document


@tagged("post_install", "-at_install")
class TestLaunchDocument(DocumentCase):
    def test_nothing_leaves_without_signer_bases_and_recipients(self):
        campaign = self.campaign.with_user(self.user_officer)
        bare = campaign.env["emulation.campaign.document"]._start_for(campaign, "launch")
        bare.recipient_lines = False
        with self.assertRaisesRegex(UserError, "Signer, Legal bases, Sent to"):
            bare.action_issue()
        self.assertEqual(
            (bare.state, campaign.state, bare.document_attachment_id.id), ("draft", "draft", False)
        )
        with self.assertRaisesRegex(UserError, "issue it first"):
            bare.action_send()
        self.assertIn("DỰ THẢO", self.render(bare))
        self.assertEqual(bare.action_print()["type"], "ir.actions.report", "a draft is printed, never stored")

    def test_the_draft_knows_the_law_and_whom_it_is_for(self):
        law = self.env.ref("hr_emulation.legal_law_2022")
        self.rulebook.legal_document_ids = law
        documents = self.env["emulation.campaign.document"].with_user(self.user_officer)
        draft = documents._start_for(self.campaign, "launch")
        self.assertEqual(draft.legal_basis_ids, law)
        self.assertEqual(draft.recipient_lines, "Như trên\nLưu: VT, TĐKT")
        with Form(draft) as form:
            form.kind = "plan"
            self.assertEqual(form.recipient_lines, "Các phòng, đơn vị thuộc Sở Thử nghiệm\nLưu: VT, TĐKT")
            form.kind = "letter"
            self.assertEqual(form.recipient_lines, "Như trên\nLưu: VT, TĐKT")
            form.recipient_lines = "Sở Nội vụ"
            form.kind = "plan"
            self.assertEqual(form.recipient_lines, "Sở Nội vụ", "what was typed stays")

    def test_a_document_is_dated_where_its_own_agency_is(self):
        other = self.env["res.company"].create({"name": "Sở khác", "city": "Lào Cai"})
        self.assertNotEqual(self.env.company, other)
        record = self.env["emulation.recognition"].create({"company_id": other.id})
        self.assertEqual(record.place, "Lào Cai")
        typed = self.env["emulation.recognition"].create({"company_id": other.id, "place": "Sa Pa"})
        self.assertEqual(typed.place, "Sa Pa")

    def test_issuing_numbers_dates_seals_and_launches(self):
        self.company.emulation_document_symbol = "STN"
        document = self.issue()
        today = document._fields["issue_date"].context_today(document)
        self.assertEqual((document.number, document.issue_date), ("1", today))
        self.assertEqual((document.state, document.document_check), ("issued", "intact"))
        self.assertEqual((self.campaign.state, self.campaign.launch_document_id), ("launched", document))
        text, number = self.render(document), document._get_document_number()
        self.assertNotIn("DỰ THẢO", text)
        self.assertEqual(number, "01/STN")
        self.assertIn(f"Số: {number}", text)

    def test_what_is_missing_in_the_campaign_stops_the_document(self):
        self.campaign.purpose = False
        document = self.new_document(self.campaign)
        with self.assertRaisesRegex(UserError, "aim"):
            document.action_issue()
        self.assertFalse(document.number)

    def test_the_issued_document_is_sealed_for_everybody(self):
        document = self.issue()
        file, other = document.document_attachment_id, self.env["ir.attachment"].create({"name": "khác.pdf"})
        for vals in (
            {"document_attachment_id": other.id},
            {"document_sha256": "0" * 64},
            {"number": "9"},
            {"opening": "Khác"},
            {"state": "draft"},
        ):
            for user in (self.user_officer, self.user_admin):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    document.with_user(user).write(vals)
            with self.assertRaises(UserError), self.env.cr.savepoint():
                document.sudo().write(vals)
        with self.assertRaises(UserError):
            document.unlink()
        with self.assertRaises(AccessError):
            file.with_user(self.user_officer).write({"raw": b"khac"})
        self.assertEqual(document.document_check, "intact")

    def test_annexes_are_sealed_and_the_signed_copy_comes_later(self):
        annex = self.env["ir.attachment"].create(
            {
                "name": "phu-luc.png",
                "raw": base64.b64decode(PIXEL),
                "res_model": "emulation.campaign.document",
            }
        )
        document = self.issue(evidence_ids=[Command.link(annex.id)])
        self.assertEqual(set(document.annex_digests), {"phu-luc.png"})
        self.assertIn("Phụ lục kèm theo: 1. phu-luc.png", self.render(document))
        with self.assertRaises(AccessError):
            annex.with_user(self.user_officer).unlink()
        document.write({"signed_copy": PIXEL, "signed_copy_name": "ban-ky.png"})
        self.assertEqual(len(document.signed_copy_sha256), 64)
        self.assertEqual(document.document_check, "intact", "it stands beside what was issued")
        document.action_send()
        sent = self.campaign.message_ids[0].attachment_ids
        self.assertEqual(
            set(sent.mapped("name")), {document.document_attachment_id.name, "phu-luc.png", "ban-ky.png"}
        )

    def test_a_colleagues_annex_is_sealed_printed_and_sent(self):
        """Uploaded before the document was saved, a file belongs to nobody yet: others would not see it."""
        colleague = self.new_user("emulation_colleague", "hr_emulation.group_emulation_officer")
        annex = (
            self.env["ir.attachment"]
            .with_user(colleague)
            .create(
                {
                    "name": "phu-luc.png",
                    "raw": base64.b64decode(PIXEL),
                    "res_model": "emulation.campaign.document",
                    "res_id": 0,
                }
            )
        )
        document = self.new_document(self.campaign)
        document.with_user(colleague).evidence_ids = [Command.link(annex.id)]
        self.env.invalidate_all()
        self.assertEqual(document.evidence_ids, annex)
        document.action_issue()
        self.assertEqual(set(document.annex_digests), {"phu-luc.png"})
        self.env.invalidate_all()
        document.action_send()
        self.assertIn("phu-luc.png", self.campaign.message_ids[0].attachment_ids.mapped("name"))

    def test_a_campaign_is_launched_by_one_document(self):
        self.issue()
        with self.assertRaisesRegex(UserError, "launched by a document already"):
            self.issue()

    def test_it_goes_to_the_audience_once(self):
        document = self.issue()
        document.action_send()
        message = self.campaign.message_ids[0]
        self.assertIn(self.user_proposer.partner_id, message.partner_ids)
        self.assertNotIn(self.employee_foreign.work_contact_id, message.partner_ids)
        self.assertEqual(message.attachment_ids, document.document_attachment_id)
        with self.assertRaisesRegex(UserError, "was sent"):
            document.action_send()

    def test_employees_read_what_was_issued(self):
        document = self.new_document(self.campaign)
        mine = document.with_user(self.user_proposer)
        self.assertFalse(mine.has_access("read"))
        document.action_issue()
        self.assertTrue(mine.has_access("read"))
        self.assertFalse(mine.has_access("write"))


@tagged("post_install", "-at_install")
class TestOwnWords(DocumentCase):
    def test_what_is_drafted_says_what_the_law_asks(self):
        self.campaign.theme = "Kỷ cương, sáng tạo"
        text = self.render(self.new_document(self.campaign, kind="plan"))
        for part in (
            "Kế hoạch",
            "với chủ đề: “Kỷ cương, sáng tạo”",
            "Toàn cơ quan",
            "a) Thi đua hoàn thành nhiệm vụ",
            "01 tháng 01 năm 2025",
            "Đối với cá nhân (tổng 100 điểm)",
            "Căn cứ Luật Thi đua, khen thưởng.",
        ):
            self.assertIn(part, text)
        self.assertNotIn("Kính gửi", text)

    def test_a_letter_is_addressed_unless_the_writer_says_to_nobody(self):
        document = self.new_document(self.campaign)
        text = self.render(document)
        self.assertIn("Kính gửi: Các phòng, đơn vị thuộc Sở Thử nghiệm", text)
        self.assertIn("1. Mục tiêu: Hoàn thành nhiệm vụ năm", text, "no space before the colon")
        document.addressee = False
        self.assertNotIn("Kính gửi", self.render(document))

    def test_own_opening_points_and_closing_in_the_writers_order(self):
        with Form(self.new_document(self.campaign, kind="appeal")) as form:
            form.title = "Phát động phong trào thi đua"
            form.opening = "Năm qua tình hình có nhiều khó khăn.\nTrường phát động phong trào thi đua:"
            for level, style, name in (
                (1, "number", "Tuyên truyền"),
                (2, "letter", "Luật"),
                (2, "letter", "Nghị định"),
                (1, "number", "Phòng, chống dịch"),
                (2, "letter", "Tại lớp"),
            ):
                with form.point_ids.new() as point:
                    point.level, point.style, point.name = level, style, name
            form.closing = "Kêu gọi mọi người hăng hái thi đua"
        text = self.render(self.env["emulation.campaign.document"].browse(form.record.id))
        self.assertIn("Phát động phong trào thi đua", text)
        self.assertIn("Năm qua tình hình có nhiều khó khăn. Trường phát động", text)
        self.assertRegex(
            text, r"1\. Tuyên truyền .*a\) Luật .*b\) Nghị định .*2\. Phòng, chống dịch .*a\) Tại lớp"
        )
        self.assertIn("Kêu gọi mọi người hăng hái thi đua./.", text)
        for drafted in ("Mục tiêu", "Phạm vi", "Tiêu chí"):
            self.assertNotIn(drafted, text)

    def test_a_point_quotes_another_movement_word_by_word(self):
        quoted = "Hưởng ứng phong trào “Cả nước chung tay vì người nghèo - không để ai bị bỏ lại phía sau”."
        points = [Command.create({"level": 1, "style": "number", "text": quoted})]
        document = self.new_document(self.campaign, kind="appeal", point_ids=points)
        self.assertIn(f"1. {quoted}", self.render(document))

    def test_the_draft_is_taken_over_to_be_mended(self):
        document = self.new_document(self.campaign)
        before = self.render(document)
        document.action_take_over()
        self.assertTrue(document.point_ids)
        self.assertEqual(self.render(document), before)
        document.point_ids[0].name = "Mục đích, yêu cầu"
        self.assertIn("1. Mục đích, yêu cầu", self.render(document))

    def test_directives_are_carried_out_laws_are_grounds(self):
        directive = self.env["emulation.legal.document"].create(
            {
                "name": "Chỉ thị 02",
                "kind": "directive",
                "number": "02/CT-UBND",
                "issue_date": date(2021, 8, 11),
            }
        )
        document = self.new_document(self.campaign, executed_basis_ids=directive.ids)
        self.assertIn(
            "Căn cứ Luật Thi đua, khen thưởng; Thực hiện Chỉ thị số 02/CT-UBND ngày 11 tháng 8 năm 2021.",
            self.render(document),
        )
        document.legal_basis_ids = False
        document.action_issue()
        self.assertEqual(document.state, "issued", "a directive alone is ground enough")

    def test_an_abbreviation_keeps_its_capitals(self):
        self.campaign.name = "PTTĐ năm 2026"
        self.assertEqual(self.new_document(self.campaign).abstract, "phát động PTTĐ năm 2026")


@tagged("post_install", "-at_install")
class TestGuidance(DocumentCase):
    def guide(self):
        """Start the guidance of the launched campaign by its button; return it."""
        officer = self.campaign.with_user(self.user_officer).with_context(emulation_purpose="guidance")
        return officer.document_ids.browse(officer.action_new_document()["res_id"])

    def test_a_launched_campaign_is_guided_by_a_document_of_its_own_kind(self):
        self.campaign.write({"registration_deadline": date(2025, 3, 1)})
        rule = self.env["emulation.award.rule"].search([("award_id", "=", self.award.id)], limit=1)
        rule.paper_ids = self.env["emulation.dossier.paper"].create({"name": "Báo cáo thành tích thử"})
        offer = [Command.create({"award_id": self.award.id})]
        self.campaign.write({"rulebook_id": rule.rulebook_id.id, "award_line_ids": offer})
        self.issue()
        document = self.guide()
        self.assertEqual((document.kind, document.symbol[:2]), ("guidance", "HD"))
        text = self.render(document)
        for part in (
            "Hướng dẫn",
            "Thực hiện",
            "phát động theo Công văn số 01",
            "Hoàn thành đăng ký chậm nhất",
            "ngày 01 tháng 3 năm 2025",
            ": Báo cáo thành tích thử.",
        ):
            self.assertIn(part, text)
        before = self.campaign.read(["state", "date_end", "theme"])
        document.action_issue()
        self.assertEqual(
            (document.state, document.number, document.document_check), ("issued", "1", "intact")
        )
        self.assertEqual(self.campaign.read(["state", "date_end", "theme"]), before, "it changes nothing")
        check_paper(self, "campaign_document", document)

    def test_nothing_is_guided_before_the_launch(self):
        document = self.new_document(self.campaign, "guidance", kind="guidance")
        with self.assertRaisesRegex(UserError, "not launched"):
            document.action_issue()


@tagged("post_install", "-at_install")
class TestChanges(DocumentCase):
    def setUp(self):
        super().setUp()
        self.launch = self.issue()

    def test_a_launched_campaign_is_not_rewritten(self):
        officer = self.campaign.with_user(self.user_officer)
        for vals in (
            {"theme": "Khác"},
            {"purpose": "Khác"},
            {"date_end": date(2098, 1, 1)},
            {"budget": 5},
            {"name": "Khác"},
            {"content_ids": [Command.clear()]},
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                officer.write(vals)
        with self.assertRaises(UserError):
            self.campaign.content_ids.with_user(self.user_officer).name = "Khác"
        with self.assertRaises(UserError):
            self.env["emulation.campaign.award"].with_user(self.user_officer).create(
                {"campaign_id": self.campaign.id, "award_id": self.award.id}
            )

    def test_an_amendment_says_old_and_new_and_why(self):
        content = self.campaign.content_ids
        document = self.new_document(
            self.campaign,
            "amendment",
            reason="Tỉnh giao thêm chỉ tiêu",
            change_ids=[
                Command.create({"what": "purpose", "new_text": "Vượt mọi chỉ tiêu"}),
                Command.create({"what": "budget", "new_number": 5_000_000}),
                Command.create({"what": "content", "content_id": content.id, "new_text": "Trước 15/12."}),
                Command.create({"what": "content", "new_name": "Chuyển đổi số"}),
                Command.create({"what": "award", "award_id": self.award.id, "new_number": 3}),
            ],
        )
        text = self.render(document)
        for part in (
            "phát động theo Công văn số 01",
            "Lý do: Tỉnh giao thêm chỉ tiêu. Nội dung điều chỉnh, bổ sung như sau:",
            "1. Điều chỉnh mục tiêu: từ “Hoàn thành nhiệm vụ năm” thành “Vượt mọi chỉ tiêu”.",
            "2. Bổ sung kinh phí: 5.000.000 đồng.",
            "4. Bổ sung nội dung: Chuyển đổi số.",
        ):
            self.assertIn(part, text)
        document.action_issue()
        self.assertIn(
            "4. Bổ sung nội dung: Chuyển đổi số.", self.render(document), "issued, it says the same"
        )
        self.assertEqual((self.campaign.purpose, self.campaign.budget), ("Vượt mọi chỉ tiêu", 5_000_000))
        self.assertEqual(content.description, "Trước 15/12.")
        self.assertEqual(set(self.campaign.content_ids.mapped("name")), {content.name, "Chuyển đổi số"})
        self.assertEqual(self.campaign.award_line_ids.mapped("quota"), [3])
        self.assertEqual(document.change_ids[0].old_value, "Hoàn thành nhiệm vụ năm")
        self.assertIn(document.display_name, "".join(self.campaign.message_ids.mapped("body")))
        with self.assertRaises(UserError):
            document.change_ids[0].new_text = "Khác"
        for paper in document | self.campaign.launch_document_id:
            check_paper(self, "campaign_document", paper, "Sở Thử nghiệm")
        self.assertIn("từ “Hoàn thành nhiệm vụ năm” thành “Vượt mọi chỉ tiêu”", self.render(document))

    def amend_by(self, *changes, campaign=None, **vals):
        """Issue an amendment with these changes."""
        commands = [Command.create(change) for change in changes]
        return self.issue("amendment", campaign, reason="Theo tình hình mới", change_ids=commands, **vals)

    def test_co_ordinating_bodies_come_change_and_go(self):
        bodies = self.env["emulation.campaign.body"]
        document = self.amend_by(
            {"what": "body", "new_name": "Công đoàn cơ sở", "new_text": "Vận động đoàn viên"},
            {"what": "body", "new_unit_id": self.other_unit.id, "new_text": "Theo dõi kinh phí"},
        )
        union, unit = self.campaign.body_ids.sorted("id")
        self.assertEqual((union.name, union.part), ("Công đoàn cơ sở", "Vận động đoàn viên"))
        self.assertEqual((unit.name, unit.department_id), (self.other_unit.name, self.other_unit))
        self.assertTrue(self.campaign.with_user(self.user_other_head).is_mine, "its head follows it now")
        text = self.render(document)
        self.assertIn("Bổ sung cơ quan, tổ chức phối hợp: Công đoàn cơ sở: Vận động đoàn viên.", text)
        document = self.amend_by(
            {"what": "body", "body_id": union.id, "new_text": "Chấm điểm phong trào"},
            {"what": "body", "body_id": unit.id, "is_removal": True},
        )
        text = self.render(document)
        self.assertIn(
            "Điều chỉnh cơ quan, tổ chức phối hợp “Công đoàn cơ sở”: từ “Công đoàn cơ sở: Vận động đoàn viên” thành "
            "“Công đoàn cơ sở: Chấm điểm phong trào”",
            text,
        )
        self.assertEqual((self.campaign.body_ids, bodies.search([("id", "=", unit.id)])), (union, bodies))
        with self.assertRaisesRegex(UserError, "nothing is written"):
            self.amend_by({"what": "body", "new_text": "Không rõ ai"})

    def test_who_takes_part_occasions_blocks_and_the_duty_to_register(self):
        occasion = self.env["emulation.occasion"].create(
            {"name": "Ngày Giải phóng Thủ đô", "date": date(2026, 10, 10), "company_id": self.company.id}
        )
        block = self.env["emulation.block"].create({"name": "Khối Văn phòng", "company_id": self.company.id})
        above = self.new_campaign("Phong trào của Sở")
        document = self.amend_by(
            {"what": "audience_department_ids", "new_unit_ids": [Command.set(self.unit.ids)]},
            {"what": "occasion_ids", "new_occasion_ids": [Command.set(occasion.ids)]},
            {"what": "block_ids", "new_block_ids": [Command.set(block.ids)]},
            {"what": "registration_required", "new_required": True},
            {"what": "parent_id", "new_parent_id": above.id},
            {
                "what": "award",
                "award_id": self.collective_award.id,
                "new_number": 2,
                "new_subject": "collective",
                "new_unit_id": self.unit.id,
                "new_occasion_ids": [Command.set(occasion.ids)],
            },
        )
        campaign = self.campaign
        self.assertEqual(
            (campaign.audience_kind, campaign.audience_department_ids), ("departments", self.unit)
        )
        self.assertEqual((campaign.occasion_ids, campaign.block_ids), (occasion, block))
        self.assertTrue(campaign.registration_required)
        self.assertEqual(campaign.parent_id, above)
        offer = campaign.award_line_ids
        self.assertEqual(
            (offer.subject, offer.department_id, offer.occasion_id, offer.quota),
            ("collective", self.unit, occasion, 2),
        )
        text = self.render(document)
        for part in (
            f"Bổ sung đơn vị tham gia: {self.unit.name}.",
            "Bổ sung dịp thi đua: Ngày Giải phóng Thủ đô.",
            "Bổ sung cụm, khối thi đua: Khối Văn phòng.",
            "Điều chỉnh hình thức đăng ký: từ “tự nguyện” thành “bắt buộc”.",
            "Bổ sung phong trào cấp trên: Phong trào của Sở.",
        ):
            self.assertIn(part, text)
        document = self.amend_by({"what": "audience_department_ids", "is_removal": True})
        self.assertEqual((campaign.audience_kind, campaign.audience_department_ids.ids), ("all", []))
        with self.assertRaisesRegex(UserError, "nothing is written"):
            self.amend_by({"what": "registration_required", "new_required": True})

    def test_an_amendment_does_nothing_that_cannot_be(self):
        over = self.new_campaign("Đã hết")
        over.with_user(self.user_officer).action_launch()
        over.with_user(self.user_officer).action_close()
        below = self.new_campaign("Bên dưới", parent_id=self.campaign.id)
        for what, text in (
            ({"what": "parent_id", "new_parent_id": over.id}, "is over"),
            ({"what": "parent_id", "new_parent_id": below.id}, "above itself"),
            ({"what": "date_start", "new_date": "2030-01-01"}, "has begun"),
            ({"what": "date_end", "new_date": "2020-01-01"}, "cannot end before"),
            ({"what": "registration_required", "is_removal": True}, "cannot be without"),
        ):
            with self.subTest(text=text), self.assertRaisesRegex(UserError, text), self.env.cr.savepoint():
                self.amend_by(what)

    def test_two_days_are_moved_at_once(self):
        """A campaign ahead is put off; taken one after the other the days would cross."""
        campaign = self.new_campaign(
            "Sang năm",
            date_start=date(2098, 1, 1),
            date_end=date(2098, 6, 30),
            registration_from=date(2098, 1, 1),
            registration_deadline=date(2098, 1, 31),
        )
        self.issue(campaign=campaign)
        days = {
            "registration_from": date(2098, 3, 1),
            "registration_deadline": date(2098, 3, 31),
            "date_start": date(2098, 7, 1),
            "date_end": date(2098, 12, 31),
        }
        self.amend_by(*({"what": what, "new_date": day} for what, day in days.items()), campaign=campaign)
        self.assertEqual({name: campaign[name] for name in days}, days)
        crossed = {"what": "registration_deadline", "new_date": "2098-02-01"}
        with self.assertRaisesRegex(UserError, "Registration cannot end before it starts"):
            self.amend_by(crossed, campaign=campaign)

    def test_those_below_keep_what_is_their_own(self):
        wizard = self.env["emulation.campaign.push"].with_user(self.user_officer)
        wizard.create({"campaign_id": self.campaign.id, "department_ids": self.other_unit.ids}).action_push()
        child = self.campaign.child_ids
        above = self.new_campaign("Phong trào của Sở")
        self.amend_by(
            {"what": "audience_department_ids", "new_unit_ids": [Command.set(self.unit.ids)]},
            {"what": "parent_id", "new_parent_id": above.id},
            {"what": "registration_required", "new_required": True},
        )
        self.assertEqual((child.audience_department_ids, child.parent_id), (self.other_unit, self.campaign))
        self.assertTrue(child.registration_required, "what was said alike follows")
        with self.assertRaisesRegex(UserError, "handed down stays"):
            self.amend_by({"what": "parent_id", "new_parent_id": above.id}, campaign=child)

    def test_every_field_a_launch_fixes_changes_by_amendment_or_has_its_reason(self):
        kept = {
            "company_id": "whose it is",
            "kind": "another kind is another campaign",
            "name": "every document and certificate cites it",
            "currency_id": "đồng",
            "rulebook_id": "the day of receipt chooses the book",
            "individual_set_id": "a new version of the set, with a reason",
            "collective_set_id": "a new version of the set, with a reason",
            "household_set_id": "a new version of the set, with a reason",
            "audience_kind": "follows the units",
            "audience_employee_ids": "people are named by their unit or their tag",
            "audience_category_ids": "whoever gets the tag takes part",
        }
        lines = {"content_ids", "award_line_ids", "milestone_ids", "body_ids"}
        self.assertEqual(CONTENT - lines - SIMPLE.keys(), kept.keys())
        self.assertEqual(
            {self.campaign._fields[name].comodel_name for name in lines},
            {model for _field, model, _name in LINES.values()},
        )

    def test_an_amendment_needs_a_reason_and_a_change(self):
        with self.assertRaisesRegex(UserError, "Reason of the change"):
            self.issue("amendment", change_ids=[Command.create({"what": "theme", "new_text": "Mới"})])
        with self.assertRaisesRegex(UserError, "cannot be issued without"):
            self.issue("amendment", reason="Không có gì")
        with self.assertRaisesRegex(UserError, "nothing is written"):
            self.issue("amendment", reason="Lý do", change_ids=[Command.create({"what": "theme"})])

    def test_an_extension_moves_the_end_and_those_handed_down_follow(self):
        action = self.campaign.with_user(self.user_officer).action_push()
        wizard = self.env["emulation.campaign.push"].with_user(self.user_officer)
        form = Form(wizard.with_context(**action["context"]))
        form.department_ids.add(self.other_unit)
        form.save().action_push()
        child = self.campaign.child_ids
        own = self.new_campaign("Của riêng", parent_id=self.campaign.id, date_end=date(2098, 1, 1))
        officer = self.campaign.with_user(self.user_officer)
        action = officer.with_context(emulation_purpose="extension").action_new_document()
        extension = officer.env["emulation.campaign.document"].browse(action["res_id"])
        self.assertEqual((extension.signer_id, extension.change_ids.what), (self.employee_head, "date_end"))
        with Form(extension) as form:
            form.reason = "Chờ số liệu cuối năm"
            with form.change_ids.edit(0) as line:
                line.new_date = date(2100, 3, 31)
        extension.action_issue()
        self.assertEqual((self.campaign.date_end, child.date_end), (date(2100, 3, 31),) * 2)
        self.assertEqual(own.date_end, date(2098, 1, 1), "what says something else stays")
        self.assertIn("was changed", "".join(child.message_ids.mapped("body")))
        self.assertIn(self.user_other_head, child.activity_ids.user_id)
        self.assertIn("was changed", " ".join(child.activity_ids.mapped("summary")))

    def test_what_began_by_a_document_ends_by_one_and_is_then_only_read(self):
        officer = self.campaign.with_user(self.user_officer)
        with self.assertRaisesRegex(UserError, "closing document"):
            officer.action_close()
        closing = self.issue("closing", reason="Hoàn thành các mục tiêu")
        self.assertEqual(self.campaign.state, "closed")
        self.assertIn("thông báo kết thúc phong trào thử", self.render(closing))
        for vals in ({"theme": "Khác"}, {"date_end": date(2098, 1, 1)}, {"review_ids": [Command.create({})]}):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                officer.write(vals)
        with self.assertRaisesRegex(UserError, "not launched"):
            self.issue(
                "amendment", reason="Muộn", change_ids=[Command.create({"what": "theme", "new_text": "M"})]
            )

    def test_a_campaign_ends_after_those_below_it(self):
        child = self.new_campaign("Bên dưới", parent_id=self.campaign.id)
        child.with_user(self.user_officer).action_launch()
        with self.assertRaisesRegex(UserError, "Bên dưới"):
            self.issue("closing", reason="Hết hạn")
        child.with_user(self.user_officer).action_close()
        self.issue("closing", reason="Hết hạn")
        self.assertEqual(self.campaign.state, "closed")

    def test_reopening_needs_a_reason(self):
        self.issue("closing", reason="Hết hạn")
        action = self.campaign.with_user(self.user_officer).action_reopen()
        wizard = self.env["emulation.reason.wizard"].with_user(self.user_officer)
        wizard.with_context(**action["context"]).create({"reason": "Bổ sung hồ sơ"}).action_confirm()
        self.assertEqual(self.campaign.state, "launched")
        self.assertIn("Bổ sung hồ sơ", "".join(self.campaign.message_ids.mapped("body")))

    def test_a_closed_campaign_takes_and_changes_no_registration(self):
        draft, sent, approved = (
            self.register(person, state=state)
            for person, state in (
                (self.employee_sub, "draft"),
                (self.employee_proposer, "submitted"),
                (self.employee_unit, "approved"),
            )
        )
        for user in (self.user_head, self.user_officer):
            with self.assertRaises(UserError):
                approved.with_user(user).pledge = "Khác"
        self.issue("closing", reason="Hết hạn")
        for record in (draft, approved):
            with self.assertRaises(UserError):
                record.with_user(self.user_officer).pledge = "Khác"
        with self.assertRaisesRegex(UserError, "not launched"):
            sent.with_user(self.user_officer).action_approve()
        with self.assertRaises(UserError):
            self.env["emulation.participation"].with_user(self.user_officer).create(
                {"campaign_id": self.campaign.id, "employee_id": self.employee_other.id}
            )

    def test_a_rank_is_asked_for_by_amendment(self):
        change = {"what": "award", "award_id": self.award.id, "new_number": 3, "new_rank": 2}
        document = self.issue("amendment", reason="Bổ sung", change_ids=[Command.create(change)])
        offer = self.campaign.award_line_ids
        self.assertEqual((offer.quota, offer.max_rank), (3, 2))
        self.assertEqual(document.change_ids.new_value, "3, xếp hạng từ 2 trở lên")
        again = {"what": "award", "award_line_id": offer.id, "new_number": 4}
        document = self.issue("amendment", reason="Điều chỉnh", change_ids=[Command.create(again)])
        self.assertEqual((offer.quota, offer.max_rank), (4, 2))
        self.assertEqual(document.change_ids.old_value, "3, xếp hạng từ 2 trở lên")

    def test_contents_and_milestones_below_follow_too(self):
        self.campaign._write_protected(
            {"milestone_ids": [Command.create({"name": "Sơ kết", "date": date(2025, 6, 30)})]}
        )
        push = self.env["emulation.campaign.push"].with_user(self.user_officer)
        push.create({"campaign_id": self.campaign.id, "department_ids": self.unit.ids}).action_push()
        child = self.campaign.child_ids
        own = self.new_campaign("Của riêng", parent_id=self.campaign.id)
        content, milestone = self.campaign.content_ids, self.campaign.milestone_ids
        self.issue(
            "amendment",
            reason="Điều chỉnh",
            change_ids=[
                Command.create({"what": "content", "content_id": content.id, "new_name": "Nội dung sửa"}),
                Command.create({"what": "content", "new_name": "Nội dung thêm"}),
                Command.create(
                    {"what": "milestone", "milestone_id": milestone.id, "new_date": date(2025, 7, 15)}
                ),
            ],
        )
        self.assertEqual(child.content_ids.mapped("name"), ["Nội dung sửa", "Nội dung thêm"])
        self.assertEqual(child.milestone_ids.date, date(2025, 7, 15))
        self.assertEqual(own.content_ids.mapped("name"), ["Thi đua hoàn thành nhiệm vụ"])
        added = self.campaign.content_ids - content
        self.issue(
            "amendment",
            reason="Bỏ nội dung",
            change_ids=[Command.create({"what": "content", "content_id": added.id, "is_removal": True})],
        )
        self.assertEqual(child.content_ids.mapped("name"), ["Nội dung sửa"])

    def test_nothing_new_begins_in_a_campaign_that_is_over(self):
        self.issue("closing", reason="Hết hạn")
        day, campaign = date(2025, 6, 1), {"campaign_id": self.campaign.id}
        of_unit = {**campaign, "department_id": self.unit.id}
        for model, vals in (
            ("extension", {**of_unit, "date": day, "reason": "Xin thêm"}),
            ("inspection", {**of_unit, "planned_date": day, "subject": "Kiểm tra"}),
            ("propaganda", {**campaign, "name": "Tin", "company_id": self.company.id}),
            ("review", {**campaign, "name": "Sơ kết", "date_from": day, "date_to": day}),
            ("campaign.document", {**campaign, "purpose": "amendment"}),
        ):
            with self.subTest(model), self.assertRaisesRegex(UserError, "The campaign is over"):
                self.env[f"emulation.{model}"].with_user(self.user_officer).create(vals)

    def test_changing_below_costs_the_same_for_many(self):
        def cost(count):
            campaign = self.new_campaign(f"Quy mô {count}")
            self.issue(campaign=campaign)
            self.env["emulation.campaign"]._create_protected(
                [
                    {
                        **campaign.copy_data({"name": f"Dưới {number}", "parent_id": campaign.id})[0],
                        "company_id": self.company.id,
                        "is_handed_down": True,
                        "owner_unit_id": self.other_unit.id,
                    }
                    for number in range(count)
                ]
            ).action_launch()
            change = Command.create({"what": "theme", "new_text": "Mới"})
            document = self.new_document(campaign, "amendment", reason="Lý do", change_ids=[change])
            return self.count_queries(document.action_issue)

        cost(2)
        self.assertLessEqual(cost(22), cost(2) + 3)
