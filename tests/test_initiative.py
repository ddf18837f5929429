import io

from docx import Document
from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfReader
from psycopg2 import IntegrityError

from ..engine.eligibility import Candidate, Requirement
from ..models.rulebook.eligibility_facts import EligibilityFacts
from .common import EmulationCommon
from .paper_language import check_paper


@tagged("post_install", "-at_install")
class TestInitiative(EmulationCommon):
    """From the hand-in over the council to the decision, the certificate and eligibility."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"emulation_document_symbol": "STN"})
        cls.officer = cls.env(user=cls.user_officer)
        seats = (cls.employee_head, cls.employee_other_head, cls.employee_council)
        for user in (cls.user_head, cls.user_other_head, cls.user_council):
            user.sudo().group_ids += cls.env.ref("hr_emulation.group_emulation_council")
        cls.council = cls.officer["emulation.council"].create(
            {
                "name": "Hội đồng sáng kiến",
                "kind": "initiative",
                "company_id": cls.company.id,
                "member_ids": [Command.create({"employee_id": employee.id}) for employee in seats],
            }
        )
        cls.env["emulation.initiative.criterion"].search([]).write({"active": False})
        cls.points, cls.harmless = cls.officer["emulation.initiative.criterion"].create(
            [
                {"name": "Hiệu quả", "kind": "points", "most": 100, "company_id": cls.company.id},
                {"name": "Không trái quy định", "kind": "pass", "company_id": cls.company.id},
            ]
        )

    def new_initiative(self, employee=None, **vals):
        record = self.officer["emulation.achievement"].create(
            {
                "recipient_type": "employee",
                "employee_id": (employee or self.employee_unit).id,
                "company_id": self.company.id,
                "kind": "initiative",
                "name": "Số hóa hồ sơ thi đua",
                **vals,
            }
        )
        record._do_submit()
        return record

    def new_session(self, initiatives, **vals):
        return self.officer["emulation.initiative.session"].create(
            {
                "council_id": self.council.id,
                "company_id": self.company.id,
                "item_ids": [
                    Command.create({"achievement_id": item.id, "reach": "province"}) for item in initiatives
                ],
                **vals,
            }
        )

    def mark(self, session, user, points, verdict="pass"):
        marks = (
            self.env["emulation.initiative.mark"].with_user(user).search([("session_id", "=", session.id)])
        )
        self.assertEqual(marks.user_id, user)
        for mark in marks:
            mark.write({"points": points} if mark.kind == "points" else {"verdict": verdict})

    def mark_all(self, session, *points):
        session.action_open()
        for user, number in zip(
            (self.user_head, self.user_other_head, self.user_council), points, strict=False
        ):
            self.mark(session, user, number)

    def test_from_hand_in_to_eligibility(self):
        initiative = self.new_initiative()
        session = self.new_session(initiative)
        self.mark_all(session, 80, 60, 40)
        session.action_close()
        item = session.item_ids
        self.assertEqual(
            (item.outcome, item.agree_count, item.member_count, item.average), ("recognise", 2, 3, 60)
        )
        self.assertEqual(initiative.state, "submitted", "the head recognises, not the council")
        recognition = self.officer["emulation.recognition"].browse(
            session.action_make_recognition()["res_id"]
        )
        with self.assertRaisesRegex(UserError, "signer"):
            recognition.action_issue()
        recognition.write({"signer_id": self.employee_head.id, "issue_date": "2026-01-05", "place": "Hà Nội"})
        with self.allow_pdf_render():
            recognition.with_context(force_report_rendering=True, lang="en_US").action_issue()
            certificates = (
                self.env["ir.actions.report"]
                .with_context(force_report_rendering=True, lang="en_US")
                ._render_qweb_pdf("hr_emulation.action_report_recognition_certificates", recognition.ids)[0]
            )
        self.env.invalidate_all()
        check_paper(self, "recognition", recognition)
        check_paper(self, "recognition_certificates", recognition)
        self.assertEqual(
            (
                initiative.state,
                initiative.reach,
                initiative.recognition_number,
                str(initiative.recognition_date),
            ),
            ("recognised", "province", "01/QĐ-STN", "2026-01-05"),
        )
        self.assertFalse(session._get_to_decide())
        for content in (recognition.document_attachment_id.raw, certificates):
            text = self.read_words(content)
            for words in ("Số hóa hồ sơ thi đua", "Đặng Văn Bình", "cấp tỉnh", "01/QĐ-STN"):
                self.assertIn(words, text)
        self.assertIn("Công nhận 01 sáng kiến", self.read_words(recognition.document_attachment_id.raw))
        self.assertIn("GIẤY CHỨNG NHẬN SÁNG KIẾN", self.read_words(certificates).upper())
        register = self.env.ref("hr_emulation.emulation_initiative_register_action")
        self.assertIn("recognised", register.domain)

    def read_words(self, content):
        return " ".join(
            " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split()
        )

    def test_an_officer_says_nothing_of_the_own_initiative(self):
        """It comes before the council; how far it reaches, and whether it goes back, is another's to say."""
        own = self.new_initiative(self.employee_officer)
        with self.assertRaises(UserError):
            self.new_session(own)  # with a reach
        session = self.officer["emulation.initiative.session"].create(
            {
                "council_id": self.council.id,
                "company_id": self.company.id,
                "item_ids": [Command.create({"achievement_id": own.id})],
            }
        )
        for values in ({"reach": "nation"}, {"needs_change": True}, {"comment": "Tốt"}):
            with self.assertRaises(UserError):
                session.item_ids.write(values)
        session.item_ids.with_user(self.user_admin).write({"reach": "unit"})
        self.assertEqual(session.item_ids.reach, "unit")

    def test_too_few_points_are_refused_with_the_figures(self):
        initiative = self.new_initiative()
        session = self.new_session(initiative)
        self.mark_all(session, 80, 40, 30)
        session.action_close()
        self.assertEqual((session.item_ids.outcome, initiative.state), ("refuse", "refused"))
        self.assertIn("1 of 3 members agree", initiative.refusal_reason)

    def test_closing_costs_the_same_for_many(self):
        self.harmless.active = False  # the ORM stores a hundred rows at a time: one mark a member stays below

        def close(count):
            found = self.officer["emulation.achievement"]
            for number in range(count):
                found |= self.new_initiative(name=f"Giải pháp số {number} của {count}")
            session = self.new_session(found)
            self.mark_all(session, 80, 40, 30)
            back = session.item_ids[: count // 2]
            back.write({"needs_change": True, "comment": "Bổ sung số liệu"})
            self.env.invalidate_all()
            queries = self.count_queries(session.action_close)
            self.assertEqual(back.achievement_id.mapped("return_reason"), ["Bổ sung số liệu"] * len(back))
            refused = (session.item_ids - back).achievement_id
            self.assertTrue(all("1 of 3" in reason for reason in refused.mapped("refusal_reason")))
            self.assertEqual(set(refused.mapped("state")), {"refused"})
            return queries

        close(2)
        self.assertEqual(close(2), close(22))

    def test_a_failed_criterion_outweighs_points(self):
        initiative = self.new_initiative()
        session = self.new_session(initiative)
        session.action_open()
        for user in (self.user_head, self.user_other_head, self.user_council):
            self.mark(session, user, 90, "fail")
        session.action_close()
        self.assertEqual(initiative.state, "refused")

    def test_back_to_the_author_and_in_again(self):
        initiative = self.new_initiative()
        session = self.new_session(initiative)
        session.action_open()
        session.item_ids.write({"needs_change": True, "comment": "Bổ sung số liệu hiệu quả"})
        session.action_close()
        self.assertEqual((initiative.state, initiative.return_reason), ("draft", "Bổ sung số liệu hiệu quả"))
        initiative._do_submit()
        self.mark_all(again := self.new_session(initiative), 80, 80, 80)
        again.action_close()
        self.assertEqual(again.item_ids.outcome, "recognise")

    def test_nobody_closes_before_enough_have_marked(self):
        session = self.new_session(self.new_initiative())
        self.mark_all(session, 80)
        with self.assertRaisesRegex(UserError, "Too few members"):
            session.action_close()

    def test_the_author_has_no_mark(self):
        session = self.new_session(self.new_initiative(self.employee_council))
        session.action_open()
        self.assertEqual(
            session.mark_ids.member_id.employee_id, self.employee_head | self.employee_other_head
        )

    def test_a_mark_is_its_member_s_alone(self):
        session = self.new_session(self.new_initiative())
        session.action_open()
        mark = session.mark_ids.filtered(
            lambda mark: mark.user_id == self.user_head and mark.kind == "points"
        )
        with self.assertRaises(AccessError):
            mark.with_user(self.user_council).points = 10
        with self.assertRaises(UserError):
            mark.with_user(self.user_officer).points = 10
        with self.assertRaises(ValidationError):
            mark.with_user(self.user_head).points = 101
        mark.with_user(self.user_head).points = 0
        self.assertTrue(mark.is_given, "zero points are points")
        with self.assertRaises(UserError):
            mark.with_user(self.user_head).member_id = False

    def test_members_read_what_is_before_their_council(self):
        initiative = self.new_initiative()
        member = initiative.with_user(self.user_council)
        session = self.new_session(initiative)
        with self.assertRaises(AccessError):
            member.read(["name"])
        session.action_open()
        self.env.invalidate_all()
        self.assertEqual(member.name, "Số hóa hồ sơ thi đua")

    def test_the_first_look_recognises_nothing(self):
        self.points.stage = self.harmless.stage = "first"
        initiative = self.new_initiative()
        session = self.new_session(initiative, stage="first")
        self.mark_all(session, 80, 80, 80)
        session.action_close()
        self.assertFalse(session.to_decide_count)
        self.assertEqual(initiative.state, "submitted")

    def test_what_was_not_handed_in_does_not_come_before_the_council(self):
        session = self.new_session(self.new_initiative(kind="achievement"))
        with self.assertRaisesRegex(UserError, "only an initiative"):
            session.action_open()

    def test_given_up_it_is_free_again(self):
        initiative = self.new_initiative()
        self.mark_all(session := self.new_session(initiative), 80, 80, 80)
        session.action_close()
        recognition = self.officer["emulation.recognition"].browse(
            session.action_make_recognition()["res_id"]
        )
        recognition.action_cancel()
        self.assertEqual(session._get_to_decide(), initiative)

    # ------------------------------------------------------------------
    # Minutes
    # ------------------------------------------------------------------

    def close_with_minutes(self):
        members = {member.employee_id: member for member in self.council.member_ids}
        first = self.new_initiative()
        first._write_protected(
            {"author_ids": [Command.create({"employee_id": self.employee_sub.id, "share": 35.5})]}
        )
        second = self.new_initiative(name="Quy trình hai bước")
        session = self.new_session(
            first | second,
            date="2026-11-20",
            chair_id=members[self.employee_head].id,
            secretary_id=members[self.employee_other_head].id,
            location="Phòng họp số 2",
            discussion="Đề nghị nhân rộng.",
            place="Hà Nội",
        )
        self.mark_all(session, 80, 60, 40)
        session.item_ids.filtered(lambda item: item.achievement_id == second).write(
            {"needs_change": True, "comment": "Bổ sung số liệu"}
        )
        session.action_close()
        session.write({"conclusion": "Trình Giám đốc quyết định."})
        return session

    def test_minutes_say_who_marked_by_what_and_what_came_out(self):
        session = self.close_with_minutes()
        facts = (
            *("BIÊN BẢN", "ngày 20 tháng 11 năm 2026", "Phòng họp số 2", "Hiệu quả (tối đa 100 điểm)"),
            *("Đặng Văn Bình (64,5%)", "(35,5%)", "60%", "2/3", "cấp tỉnh", "Đề nghị công nhận"),
            *("Quy trình hai bước", "Yêu cầu chỉnh sửa, bổ sung", "Bổ sung số liệu", "01/02 sáng kiến"),
            *("Đề nghị nhân rộng.", "Trình Giám đốc quyết định."),
        )
        check_paper(self, "initiative_minutes", session, *(fact for fact in facts if fact != "BIÊN BẢN"))
        with self.allow_pdf_render():
            session.with_context(force_report_rendering=True, lang="en_US").action_store_minutes()
        self.assertEqual(session._get_document_number().partition("/")[0], "01")
        text = self.read_words(session.document_attachment_id.raw)
        for fact in facts:
            with self.subTest(fact=fact):
                self.assertIn(fact.upper(), text.upper())
        with self.assertRaises(UserError):
            session.write({"conclusion": "Khác"})
        with self.assertRaisesRegex(UserError, "stored already"):
            session.action_store_minutes()

    def test_minutes_as_a_word_file_say_the_same(self):
        session = self.close_with_minutes()
        reports = self.env["ir.actions.report"].with_user(self.user_officer)
        name, content = reports._build_word("initiative_minutes", session.id)
        self.assertTrue(name.endswith(".docx"))
        document = Document(io.BytesIO(content))
        lines = [paragraph.text for paragraph in document.paragraphs]
        lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        text = " ".join(" ".join(lines).split())
        for fact in (
            "Phòng họp số 2",
            "Đặng Văn Bình (64,5%)",
            "2/3",
            "Đề nghị công nhận",
            "01/02 sáng kiến",
        ):
            with self.subTest(fact=fact):
                self.assertIn(fact, text)
        with self.assertRaises(AccessError):
            self.env["ir.actions.report"].with_user(self.user_proposer)._build_word(
                "initiative_minutes", session.id
            )

    # ------------------------------------------------------------------
    # Co-authors
    # ------------------------------------------------------------------

    def test_an_initiative_counts_for_a_co_author_from_the_share_of_the_agency(self):
        initiative = self.new_initiative(date_to="2026-06-01")
        initiative._write_protected(
            {"author_ids": [Command.create({"employee_id": self.employee_sub.id, "share": 30})]}
        )
        initiative._write_protected({"reach": "unit"})
        initiative._do_recognise()
        candidate = Candidate(
            *("employee", self.employee_sub.id, "CSTDCS"),
            *map(fields.Date.to_date, ("2026-01-01", "2026-12-31")),
        )
        rules = {"CSTDCS": [Requirement(1, "initiative", reach="unit", years=1)]}
        for least, found in ((30, 1), (31, 0), (0, 1)):
            self.company.emulation_coauthor_share = least
            facts = EligibilityFacts(self.env, [candidate], rules).of(candidate)
            self.assertEqual(len(facts.achievements), found, least)

    def test_shares_leave_something_for_the_first_author(self):
        initiative = self.officer["emulation.achievement"].create(
            {
                "recipient_type": "employee",
                "employee_id": self.employee_unit.id,
                "company_id": self.company.id,
                "kind": "initiative",
                "name": "Chung",
            }
        )
        cases = ((60, 40), ValidationError), ((120,), IntegrityError), ((0,), IntegrityError)
        for shares, error in cases:
            pairs = zip((self.employee_sub, self.employee_head), shares, strict=False)
            lines = [Command.create({"employee_id": who.id, "share": share}) for who, share in pairs]
            with (
                self.subTest(shares=shares),
                mute_logger("odoo.sql_db"),
                self.assertRaises(error),
                self.env.cr.savepoint(),
            ):
                initiative.write({"author_ids": lines})
                self.env.flush_all()
